"""What the record of recorded votes holds, where it ends, and how the pair's votes differ."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, from_words, parse
from azpak.errors import DataError
from azpak.findings.votes import rollcalls
from azpak.measures.votes import VOTES
from azpak.report import PAIR, Report, finding

__all__ = ["Apart", "Held", "apart", "by_subject", "held", "last_vote", "voters"]


def voters(calls: pd.DataFrame) -> list[str]:
    """Return the states (ISO 3166-1 alpha-3) that a table of roll calls has votes of."""
    return [column for column in calls.columns if len(column) == 3 and column.isupper()]


class Held(NamedTuple):
    """What the table of roll calls holds.

    Attributes
    ----------
    n_whole, n_parts
        Votes on whole resolutions, and on paragraphs and amendments.
    end, last_part
        Months of the last vote, and of the last that bears a flag of a part.
    flags_end
        The month in which the flags end, as the description of the table has it.
    n_last_year
        Votes on whole resolutions in the last year.
    """

    n_whole: int
    n_parts: int
    end: Date
    last_part: Date
    flags_end: Date
    n_last_year: int


@finding
def last_vote(report: Report) -> Date:
    """Return the day of the last vote, as the description of the table has it.

    Raises
    ------
    DataError
        If it does not say so.
    """
    return _described(report, r"Recorded votes of \d+ to")


def _described(report: Report, words: str) -> Date:
    """Return the date that stands behind some words in the description of the table."""
    described = report.resource("unga_rollcalls")["description"]
    found = re.search(rf"{words} ((?:\d+ )?\w+ \d{{4}})", described)
    if found is None:
        raise DataError(
            f"the description of unga_rollcalls does not say: {words}, and a date",
            file=report.folder / "datapackage.json",
            way_out="Keep these words and the date behind them",
        )
    return from_words(found[1])


@finding
def held(report: Report) -> Held:
    """Return what the table of roll calls holds and where parts of it end.

    Raises
    ------
    DataError
        If the description of the table no longer says where the flags end.
    """
    calls, whole = report.table("unga_rollcalls"), rollcalls(report)
    flags_end = _described(report, "amendments end in")
    return Held(
        n_whole=len(whole),
        n_parts=len(calls) - len(whole),
        end=parse(calls["month"].max()),
        last_part=parse(calls.loc[~calls["whole"], "month"].max()),
        flags_end=flags_end,
        n_last_year=int(whole["month"].str.startswith(whole["month"].max()[:4]).sum()),
    )


class Apart(NamedTuple):
    """Common votes on whole resolutions that Azerbaijan and Pakistan did not cast alike.

    Attributes
    ----------
    n
        All of them.
    n_abstains
        Those with Azerbaijan in favour and Pakistan abstaining.
    n_opposite
        Those with one in favour and the other against.
    """

    n: int
    n_abstains: int
    n_opposite: int


@finding
def apart(report: Report) -> Apart:
    """Count the common votes that the two did not cast alike, by kind."""
    calls = rollcalls(report)
    aze, pak = (calls[state].where(calls[state].isin(VOTES)) for state in PAIR)
    differ = aze.notna() & pak.notna() & (aze != pak)
    opposite = aze.isin(["y", "n"]) & pak.isin(["y", "n"])
    return Apart(
        n=int(differ.sum()),
        n_abstains=int((differ & (aze == "y") & (pak == "a")).sum()),
        n_opposite=int((differ & opposite).sum()),
    )


@finding
def by_subject(report: Report) -> pd.DataFrame:
    """Return the agreement of the two by subject, in the longest span with flags for subjects.

    Returns
    -------
    pandas.DataFrame
        By ``issue``: the columns of the table ``unga_issue_agreement``, of whole resolutions.

    Raises
    ------
    DataError
        If the longest spans of two subjects are not the same.
    """
    rows = report.table("unga_issue_agreement")
    a, b = PAIR
    rows = rows[
        (rows["country_a"] == a) & (rows["country_b"] == b) & (rows["basis"] == "whole_resolutions")
    ]
    rows = rows[rows["n_votes"] == rows.groupby("issue")["n_votes"].transform("max")]
    if rows["period"].nunique() != 1:
        raise DataError(
            "subjects are counted over different spans",
            file=report.folder / "indicators" / "unga_issue_agreement.csv",
            value=", ".join(rows["period"].unique()),
        )
    return rows.set_index("issue")
