"""How complete the records of the events are, and the rule by which that is told."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.evidence.completeness import ASKED_OF_STATES, MARKS, names_of_persons
from azpak.report import Report, finding

__all__ = ["RULE", "Records", "marks", "of_report", "rule_rows"]

# What each mark asks, and when the answer is yes; `azpak.evidence.completeness` holds the same
# rule as code.
RULE = {
    "day": (
        "Is the date known to the day?",
        "The date, or both ends of the span it lasted, is a day without a mark of doubt.",
    ),
    "place": ("Is the place known?", "A place of the gazetteer is named, and not only a state."),
    "persons": (
        "Is a person named?",
        "Title or summary hold a name of the glossary's persons, or a name after an office.",
    ),
    "document": (
        "Was a document seen?",
        "A claim that agrees rests on the document that is the act, or on a publication of a "
        "party's own.",
    ),
}


@finding
def marks(report: Report) -> pd.DataFrame:
    """Return what is known of each active event.

    Returns
    -------
    pandas.DataFrame
        Index ``event_id`` in order of time; a column for each mark of `MARKS`: 1 where it is
        known, 0 where it is not, NaN where it is not asked of the event.
    """
    names = names_of_persons(report.table("glossary").to_dict("records"))
    rows = {e: report.evidence.completeness(e, names) for e in report.events.index}
    return pd.DataFrame.from_dict(rows, orient="index").reindex(columns=list(MARKS)).astype(float)


class Records(NamedTuple):
    """How complete the records of the events are.

    Attributes
    ----------
    n_full, n_asked
        Events of which all four marks are known, and events of which all four are asked.
    none
        Events of which all four are asked and none is known.
    n_states
        Lasting states, of which only some are asked.
    document
        Share of all active events, from 0 to 1, of which a document was seen.
    """

    n_full: int
    n_asked: int
    none: int
    n_states: int
    document: float


@finding
def of_report(report: Report) -> Records:
    """Count the events with full records, and those of which nothing is known."""
    found = marks(report)
    asked = found.dropna()
    is_state = report.events["nature"] == "state"
    assert set(found[is_state].dropna(axis=1, how="all")) <= set(ASKED_OF_STATES), (
        "the method says that of a lasting state only the document is asked"
    )
    return Records(
        int(asked.all(axis=1).sum()),
        len(asked),
        int((asked.sum(axis=1) == 0).sum()),
        int(is_state.sum()),
        float(found["document"].mean()),
    )


@finding
def rule_rows(report: Report) -> pd.DataFrame:
    """Return the rule of completeness, and of how many events each mark is known.

    Returns
    -------
    pandas.DataFrame
        A row for each mark: ``Question``, ``Known where``, ``Asked of`` and ``Known of`` (numbers
        of events).
    """
    found = marks(report)
    return pd.DataFrame(
        {
            "Question": [RULE[mark][0] for mark in MARKS],
            "Known where": [RULE[mark][1] for mark in MARKS],
            "Asked of": found.notna().sum().astype(int).to_list(),
            "Known of": found.sum().astype(int).to_list(),
        }
    )
