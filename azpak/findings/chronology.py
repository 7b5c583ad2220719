"""How the events lie in time: the periods they are told in, and what kind falls when."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, span
from azpak.report import Report, finding

__all__ = ["FIRST_AGREEMENT", "LAST_WAR", "WELL_COVERED", "InTime", "in_time", "period", "periods"]

WELL_COVERED = 2017  # from this year on online sources are dense
FIRST_AGREEMENT = 2002  # the year of the first defence agreement
LAST_WAR = 2020  # the year of the second war over Karabakh


class InTime(NamedTuple):
    """How the active events lie in time.

    Attributes
    ----------
    n
        Events.
    first_year, last_year
        The year in which the first period begins, and that in which the last event begins.
    by_category
        Number of events by code of the category, the fullest first.
    by_confidence
        Number of events by level of confidence.
    two_groups
        Share, 0 to 1, that two or more independence groups carry.
    well_covered
        Share, 0 to 1, that begins in `WELL_COVERED` or later.
    n_early
        Events that begin before `FIRST_AGREEMENT`.
    n_since_war
        Events that begin in `LAST_WAR` or later.
    """

    n: int
    first_year: int
    last_year: int
    by_category: pd.Series
    by_confidence: pd.Series
    two_groups: float
    well_covered: float
    n_early: int
    n_since_war: int


@finding
def in_time(report: Report) -> InTime:
    """Count the active events by category, confidence and time."""
    events = report.events
    years = events["start"].dt.year
    return InTime(
        n=len(events),
        first_year=span(*periods(report).iloc[0][["start", "end"]]).start.year,
        last_year=int(years.max()),
        by_category=events["category"].value_counts(),
        by_confidence=events["confidence"].value_counts(),
        two_groups=report.evidence.share_two_groups(events.index),
        well_covered=float((years >= WELL_COVERED).mean()),
        n_early=int((years < FIRST_AGREEMENT).sum()),
        n_since_war=int((years >= LAST_WAR).sum()),
    )


@finding
def periods(report: Report) -> pd.DataFrame:
    """Return the rows of ``phases`` that part the time into periods, in order."""
    phases = report.table("phases")
    return phases[phases["kind"] == "period"].sort_values("position")


@finding
def period(report: Report, chapter_id: str) -> Date:
    """Return the period that a chapter tells; its end is None where it goes on.

    Raises
    ------
    KeyError
        If no period belongs to the chapter.
    """
    row = periods(report).set_index("chapter_id").loc[chapter_id]
    return span(row["start"], row["end"])
