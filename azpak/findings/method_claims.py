"""How claims are coded, checked and weighed where they contradict each other."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from azpak.errors import DataError
from azpak.report import Report, finding
from azpak.text import upper_first

__all__ = [
    "MEANING", "Recheck", "Weighed", "agreement", "recheck", "rule_rows", "weighed",
]  # fmt: skip

RECHECK = "blind-recheck"

# What each rule says, as its table has it.
MEANING = {
    "act-over-report": "The document itself goes before a report of it.",
    "own-account": "A party's own account of what it said or did goes before another's of it.",
    "done-over-planned": "What is reported as done goes before what was planned.",
    "contemporary-over-later": "What was written at the time goes before what was written later.",
    "specific-over-vague": "A precise statement goes before a general one.",
    "separate-origins": "Sources of separate origins agree.",
    "against-interest": "A party says what does not serve it.",
    "later-correction": "The same source corrected itself.",
    "arithmetic": "The numbers add up in one reading only.",
    "different-definitions": "The sources count or name different things.",
    "absence-of-contemporary-record": (
        "Nothing was written at the time where something would have been."
    ),
    "none": "No rule decides.",
}


@finding
def agreement(report: Report) -> pd.Series:
    """Return the number of claims by ``agreement`` with the event as told."""
    counts = report.claims["agreement"].value_counts()
    return counts.reindex(_words(report, "claims", "agreement"), fill_value=0)


class Recheck(NamedTuple):
    """A blind check of the coding: items compared with their sources again.

    Attributes
    ----------
    items
        Items checked.
    invented
        Facts that no source has.
    one_event_in
        One event in so many had an error of date, attribution or degree, rounded.
    """

    items: int
    invented: int
    one_event_in: int


@finding
def recheck(report: Report) -> Recheck:
    """Return the result of the blind check.

    Raises
    ------
    DataError
        If the table ``checks`` has no row of it.
    """
    checks = report.table("checks").set_index("check_id")
    if RECHECK not in checks.index:
        raise DataError(
            "the blind check is missing",
            file=report.folder / "checks.csv", value=RECHECK,
            way_out="Enter its result, or take what rests on it out of the chapter on method",
        )  # fmt: skip
    return Recheck(*(int(checks.at[RECHECK, column]) for column in Recheck._fields))


class Weighed(NamedTuple):
    """Contradictions and their rulings.

    Attributes
    ----------
    n_pairs
        Pairs of claims that contradict each other.
    n_rulings
        Rulings that weigh them.
    n_preferred, n_unresolved
        Rulings that prefer a reading, and that leave it open.
    """

    n_pairs: int
    n_rulings: int
    n_preferred: int
    n_unresolved: int


@finding
def weighed(report: Report) -> Weighed:
    """Count the contradictions and the rulings."""
    resolution = report.evidence.rulings["resolution"]
    return Weighed(
        len(report.evidence.contradictions()),
        len(resolution),
        int((resolution == "preferred").sum()),
        int((resolution == "unresolved").sum()),
    )


@finding
def rule_rows(report: Report) -> pd.DataFrame:
    """Return the rules of the rulings, and how often each was applied.

    Returns
    -------
    pandas.DataFrame
        A row for each rule of the schema: ``Rule``, ``What it says``, ``Reading preferred`` and
        ``Unresolved`` (numbers).
    """
    rulings = report.evidence.rulings
    applied = pd.crosstab(rulings["rule"], rulings["resolution"]).reindex(
        index=_words(report, "rulings", "rule"),
        columns=_words(report, "rulings", "resolution"),
        fill_value=0,
    )
    return pd.DataFrame(
        {
            "Rule": [upper_first(rule.replace("-", " ")) for rule in applied.index],
            "What it says": [MEANING[rule] for rule in applied.index],
            "Reading preferred": applied["preferred"],
            "Unresolved": applied["unresolved"],
        }
    )


def _words(report: Report, table: str, column: str) -> list[Any]:
    """Return the words that the schema allows in a column, in its order."""
    fields = report.resource(table)["schema"]["fields"]
    return next(f["constraints"]["enum"] for f in fields if f["name"] == column)
