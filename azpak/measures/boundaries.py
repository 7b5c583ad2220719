"""Which boundaries between phases the evidence shows: the rule, its verdicts and its chance level.

A boundary is *supported* if a series about the pair that owes nothing to the events gathered here
has a break there that its rivals do not explain; the conditions are those of `Support`. The rule
was made stricter after the first verdicts: drift entered it, and what each state does towards all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from azpak.dates import parse
from azpak.errors import MeasureError

__all__ = [
    "ENOUGH", "FEWEST_WORKS", "RARE", "TOLERANCE", "VERDICTS", "Support", "boundaries_told",
    "chance", "near", "reaches", "share_near", "support", "verdict",
]  # fmt: skip

TOLERANCE = 1  # years: a turn late in a year shows in the next
ENOUGH = 0.5  # of the draws: more often than not
RARE = 0.05  # of drifting series: the custom of the field
FEWEST_WORKS = 2  # that open a phase in the same year: one author's year is not a boundary told
VERDICTS = ("supported", "pattern of collection", "not seen", "cannot be told")


@dataclass(frozen=True)
class Support:
    """What one series about the pair says of one boundary.

    Attributes
    ----------
    reached
        Whether the series could have a break in that year: a shortest level before and after.
    found
        Whether it has one within the tolerance.
    sure
        Whether that is found in at least `ENOUGH` of the draws.
    beats_trend, beats_drift
        Whether its breaks describe it better than a smooth trend, and than drift.
    rare
        Whether drift is beaten as clearly in fewer than `RARE` of its draws.
    share
        Share of the draws with a break within the tolerance.
    """

    reached: bool
    found: bool
    sure: bool
    beats_trend: bool
    beats_drift: bool
    rare: bool
    share: float

    @property
    def given(self) -> bool:
        """Whether the series supports the boundary: all conditions are met."""
        rivals = self.beats_trend and self.beats_drift and self.rare
        return self.reached and self.found and self.sure and rivals


def boundaries_told(
    phases: pd.DataFrame, literature: pd.DataFrame, fewest: int = FEWEST_WORKS
) -> pd.DataFrame:
    """Return the years in which this report or several works open a phase.

    Parameters
    ----------
    phases
        The table ``phases``; rows of the kind ``period`` are the report's.
    literature
        The table ``literature``; works on method are left out.
    fewest
        How many works must open a phase in a year that is not a boundary of this report.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``year``: ``phase_id`` (missing where this report has no boundary), ``works``
        (tuple of source ids) and ``n_works``.
    """
    works = literature[literature["school"] != "method"]
    opened = works[["source_id", "phase_starts"]].explode("phase_starts").dropna()
    opened = opened.assign(year=opened["phase_starts"].astype("int64"))
    by_year = opened.groupby("year")["source_id"].agg(lambda ids: tuple(sorted(set(ids))))
    own = {
        parse(row.start).start.year: row.phase_id
        for row in phases[phases["kind"] == "period"].itertuples()
    }
    often = by_year[by_year.map(len) >= fewest]
    years = sorted(set(own) | set(often.index))
    found = [by_year.get(year, ()) for year in years]
    return pd.DataFrame(
        {
            "phase_id": [own.get(year) for year in years],
            "works": found,
            "n_works": [len(ids) for ids in found],
        },
        index=pd.Index(years, name="year"),
    )


def near(breaks: Iterable[int], year: int, tolerance: int = TOLERANCE) -> bool:
    """Return whether one of some breaks is within the tolerance of a year."""
    if tolerance < 0:
        raise MeasureError("the tolerance is negative", value=tolerance)
    return any(abs(found - year) <= tolerance for found in breaks)


def share_near(draws: pd.DataFrame, year: int, tolerance: int = TOLERANCE) -> float:
    """Return the share of draws with a break within the tolerance of a year, 0 to 1.

    Parameters
    ----------
    draws
        What `azpak.measures.breaks.redraw` returns: a row for each draw, a column for each year.
    """
    if draws.empty:
        raise MeasureError("there are no draws")
    close = [column for column in draws.columns if abs(column - year) <= tolerance]
    return float(draws[close].any(axis=1).mean()) if close else 0.0


def reaches(years: Sequence[int] | pd.Index, year: int, min_size: int) -> bool:
    """Return whether a series of these years could have a break in that year."""
    return min(years) + min_size <= year <= max(years) - min_size + 1


def support(
    years: Sequence[int] | pd.Index,
    breaks: Sequence[int],
    draws: pd.DataFrame,
    year: int,
    min_size: int,
    tolerance: int = TOLERANCE,
    *,
    beats_trend: bool = True,
    beats_drift: bool = True,
    rare: bool = True,
) -> Support:
    """Compute what a series about the pair says of a boundary.

    Parameters
    ----------
    years, breaks
        Of the series, and what was found in it.
    draws
        What `azpak.measures.breaks.redraw` returned for it.
    year
        The boundary.
    min_size
        The shortest level.
    tolerance
        In years.
    beats_trend, beats_drift, rare
        As in `Support`; true where a rival is not asked.

    Returns
    -------
    Support
        Condition by condition.
    """
    if not reaches(years, year, min_size):
        return Support(False, False, False, beats_trend, beats_drift, rare, 0.0)
    share = share_near(draws, year, tolerance)
    return Support(
        True, near(breaks, year, tolerance), share >= ENOUGH, beats_trend, beats_drift, rare, share
    )


def verdict(in_events: bool, reached: bool, supported: bool) -> str:
    """Return the verdict on a boundary.

    Parameters
    ----------
    in_events
        Whether the events gathered here have a break within the tolerance, in at least `ENOUGH`
        of the draws.
    reached
        Whether a series about the pair could have shown it.
    supported
        Whether one supports it (`Support.given`).

    Returns
    -------
    str
        One of `VERDICTS`: ``supported`` if supported, whatever the events show; else ``pattern of
        collection`` if the events alone have a break; else ``not seen`` if a series about the
        pair reached the year; else ``cannot be told``.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if a series supports what none reached.
    """
    if supported and not reached:
        raise MeasureError("a series supports a boundary that none reaches")
    if supported:
        return "supported"
    if in_events:
        return "pattern of collection"
    return "not seen" if reached else "cannot be told"


def chance(tested: Iterable[int], met: Callable[[int], bool]) -> float:
    """Return the share of years that would meet a condition: what a year at random would do.

    Parameters
    ----------
    tested
        The years in which a boundary could stand.
    met
        The condition, such as ``a series supports it``.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if there is no year.
    """
    years = list(tested)
    if not years:
        raise MeasureError("there is no year in which a boundary could stand")
    return sum(bool(met(year)) for year in years) / len(years)
