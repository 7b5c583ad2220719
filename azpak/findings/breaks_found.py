"""Breaks in the report's events, its sources and the series outside, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from azpak.errors import MeasureError
from azpak.findings import outside, series
from azpak.findings.outside import Outside
from azpak.findings.series import ALL
from azpak.measures import boundaries
from azpak.measures.breaks import Segmentation, find_breaks, redraw, share_of_nulls
from azpak.measures.drift import as_clear, margins_of_drift
from azpak.measures.partitions import MIN_SIZE
from azpak.report import Report, finding

__all__ = [
    "DRAWS", "DRIFT_DRAWS", "SEED", "Searched", "events", "outside_context",
    "outside_pair", "outside_rows", "searched", "sources",
]  # fmt: skip

# Any seed would do; this is the year of independence. Shares of so many draws are printed in
# hundredths, and sure to three or four of them.
SEED, DRAWS = 1991, 200
DRIFT_DRAWS = 1000  # so that a rate of one in twenty is known to a point or two


@dataclass(frozen=True, eq=False)
class Searched:
    """A series that was searched for breaks.

    Attributes
    ----------
    cut
        The levels found; None where breaks are not computable.
    draws
        Series drawn anew about the levels, with True in the years in which a level starts; None
        where breaks are not computable.
    reason
        Why they are not; else empty.
    outside
        The series, where it is one of `azpak.findings.outside`.
    """

    cut: Segmentation | None = field(repr=False)
    draws: pd.DataFrame | None = field(repr=False)
    reason: str
    outside: Outside | None = None

    @property
    def breaks(self) -> tuple[int, ...]:
        """The first years of the levels after the first; none where they are not computable."""
        return self.cut.breaks if self.cut else ()

    @property
    def beats_trend(self) -> bool:
        """Whether there are breaks that describe the series better than a smooth trend."""
        return self.cut is not None and self.cut.beats_trend

    @property
    def beats_drift(self) -> bool:
        """Whether there are breaks that drift does not describe as well or better."""
        return self.cut is not None and self.cut.beats_drift

    @property
    def total(self) -> int:
        """The sum of a series of counts."""
        return int(self.cut.series.sum())

    @property
    def level_values(self) -> list[float]:
        """The levels in order of time."""
        return list(dict.fromkeys(self.cut.levels))

    def near(self, year: int, tolerance: int = boundaries.TOLERANCE) -> bool:
        """Return whether there is a break within the tolerance of a year."""
        return boundaries.near(self.breaks, year, tolerance)

    @cached_property
    def share_of_draws(self) -> pd.Series:
        """The share of the draws, 0 to 1, with a break in each year."""
        return self.draws.mean()

    def share_of_nulls(self, null: str, draws: int = DRAWS, fewest: int | None = None) -> float:
        """Return how often a series without breaks has as many; see `azpak.measures.breaks`."""
        return share_of_nulls(self.cut, null, draws, SEED, fewest)

    @property
    def kept(self) -> float:
        """The part of a year's deviation that the next keeps; NaN for anything but values."""
        return self.cut.kept if self.cut else float("nan")

    @cached_property
    def share_of_drift(self) -> float:
        """How often drift is beaten as clearly, 0 to 1; NaN without breaks, or for counts.

        Drift that keeps the same part of a deviation, by levels found in the same way.
        """
        if not self.breaks or self.cut.family != "normal":
            return float("nan")
        cut = self.cut
        margin = cut.drift_value - cut.candidates["value"].min()
        table = margins_of_drift(len(cut.series), DRIFT_DRAWS, SEED, cut.criterion, cut.min_size)
        return as_clear(table, self.kept, margin)


def searched(
    values: pd.Series,
    family: str,
    trials: np.ndarray | None = None,
    criterion: str = "bic",
    min_size: int = MIN_SIZE,
    draws: int = DRAWS,
) -> Searched:
    """Return what is found in a series, with its draws, or why nothing can be."""
    try:
        cut = find_breaks(values, family, trials, criterion, min_size)
    except MeasureError as error:
        return Searched(None, None, error.what.removeprefix("breaks are not computable: "))
    return Searched(cut, redraw(cut, draws, SEED), "")


@finding
def events(report: Report, criterion: str = "bic", min_size: int = MIN_SIZE) -> dict[str, Searched]:
    """Return what is found in the pair's events under each weighting.

    With another criterion or shortest level only all events are searched.
    """
    counted = series.event_series(report)
    if (criterion, min_size) != ("bic", MIN_SIZE):
        counted = {ALL: counted[ALL]}
    return {
        name: searched(counts, "counts", criterion=criterion, min_size=min_size)
        for name, counts in counted.items()
    }


@finding
def sources(report: Report) -> dict[str, Searched]:
    """Return what is found in the numbers of sources and of other events."""
    return {name: searched(n, "counts") for name, n in series.source_series(report).items()}


@finding
def outside_pair(
    report: Report,
    criterion: str = "bic",
    min_size: int = MIN_SIZE,
    measures: tuple[str, ...] = outside.MEASURES,
    additive: bool = True,
    absent: str = "left out",
) -> dict[str, Searched]:
    """Return what is found in the outside series about the pair, by their names.

    See `azpak.findings.outside.pair_series` for the last three arguments.
    """
    found = outside.pair_series(report, measures, additive, absent)
    return {one.name: _searched_outside(one, criterion, min_size) for one in found}


@finding
def outside_context(report: Report) -> list[Searched]:
    """Return what is found in the outside series about one state."""
    return [_searched_outside(one) for one in outside.country_series(report)]


def _searched_outside(one: Outside, criterion: str = "bic", min_size: int = MIN_SIZE) -> Searched:
    found = searched(one.values, one.family, one.trials, criterion, min_size)
    return replace(found, outside=one)


@finding
def outside_rows(report: Report) -> pd.DataFrame:
    """Return the series about the pair in which breaks are computable, with their levels.

    Returns
    -------
    pandas.DataFrame
        ``series``, ``year``, ``value`` (for votes alike the share), ``level``, ``break_found``
        (bool), ``share_of_draws`` (0 to 1), ``release``.
    """
    return pd.concat(
        pd.DataFrame(
            {
                "series": found.outside.name,
                "year": found.cut.series.index,
                "value": _plain(found.outside).to_numpy(),
                "level": found.cut.levels.to_numpy(),
                "break_found": found.cut.series.index.isin(found.breaks),
                "share_of_draws": found.share_of_draws.to_numpy(),
                "release": found.outside.release,
            }
        )
        for found in outside_pair(report).values()
        if found.cut
    )


def _plain(one: Outside) -> pd.Series:
    """Return values as they are drawn: for shares the share, not the successes."""
    return one.values if one.trials is None else one.values / one.trials
