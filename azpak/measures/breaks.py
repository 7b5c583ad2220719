"""Breaks in a yearly series, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from azpak.errors import MeasureError
from azpak.measures.drift import drift
from azpak.measures.partitions import (
    DISPERSIONS,
    MAX_BREAKS,
    MIN_SIZE,
    best_partitions,
    choose,
    fit_score,
    levels_of,
    penalty,
    segment_costs,
    simulate,
)
from azpak.measures.trends import trend

__all__ = [
    "MIN_NONZERO", "MIN_YEARS", "Segmentation", "find_breaks", "redraw", "share_of_nulls",
]  # fmt: skip

MIN_YEARS = 10  # fewer leave nothing to estimate a level, its spread and a break from
MIN_NONZERO = 3  # years with a value: one delivery in thirty years is an event and not a level
NULLS = ("constant", "trend", "drift")


@dataclass(frozen=True, eq=False)
class Segmentation:
    """A series cut into levels.

    Attributes
    ----------
    series
        The values by year; for ``shares`` the successes.
    family
        One of `azpak.measures.partitions.FAMILIES`.
    trials
        For ``shares``, by year; else None.
    criterion, min_size
        What the choice was made by.
    breaks
        First years of the levels after the first.
    levels
        The fitted level by year: mean count, share or mean.
    noise
        ``counts``: the dispersion; ``normal``: the standard deviation about the levels, with
        n - k - 1 in the denominator; ``shares``: 0.
    candidates
        By number of breaks: ``score`` (minus twice the log-likelihood, up to a constant),
        ``value`` of the criterion, ``dispersion`` and ``breaks``.
    trend_value
        The criterion for a smooth trend in place of levels (see `azpak.measures.trends.trend`);
        NaN with an exposure.
    drift_value, kept
        The criterion for drift in place of levels, and the part of a year's deviation that the next
        keeps (see `azpak.measures.drift.drift`); NaN for anything but values.
    exposure
        What the levels are rates of, by year; None for plain levels.
    """

    series: pd.Series = field(repr=False)
    family: str
    trials: np.ndarray | None = field(repr=False)
    criterion: str
    min_size: int
    breaks: tuple[int, ...]
    levels: pd.Series = field(repr=False)
    noise: float
    candidates: pd.DataFrame = field(repr=False)
    trend_value: float
    drift_value: float = float("nan")
    kept: float = float("nan")
    exposure: np.ndarray | None = field(default=None, repr=False)

    @property
    def beats_trend(self) -> bool:
        """Whether there are breaks and they describe the series better than a smooth trend."""
        chosen = self.candidates["value"].min()
        return bool(self.breaks) and bool(chosen < self.trend_value)

    @property
    def beats_drift(self) -> bool:
        """Whether there are breaks and drift does not describe the series as well or better."""
        chosen = self.candidates["value"].min()
        return bool(self.breaks) and not bool(chosen >= self.drift_value)


def find_breaks(
    series: pd.Series,
    family: str,
    trials: np.ndarray | None = None,
    criterion: str = "bic",
    min_size: int = MIN_SIZE,
    max_breaks: int = MAX_BREAKS,
    exposure: np.ndarray | None = None,
) -> Segmentation:
    """Find the breaks of a yearly series: exact search, number of breaks by a criterion.

    For every number of breaks `azpak.measures.partitions.best_partitions` finds the cut with the
    smallest sum of costs, every year being a candidate. The number with the smallest
    ``score + penalty`` is taken (`azpak.measures.partitions.fit_score`, `penalty`). For counts this
    is done for each dispersion of `azpak.measures.partitions.DISPERSIONS`, and the best is taken.

    Parameters
    ----------
    series
        Values with consecutive years as index, no year without a value.
    family, trials, criterion, min_size, max_breaks
        As for `azpak.measures.partitions.choose`.
    exposure
        As for `azpak.measures.partitions.segment_costs`: the levels are then rates. No trend is
        weighed against them.

    Returns
    -------
    Segmentation
        Breaks, levels and what was weighed.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, not computable: fewer than `MIN_YEARS` years, fewer than
        `MIN_NONZERO` years with a value other than 0, all values equal, years that do not follow
        each other, or a value missing.

    References
    ----------
    Truong, Oudre and Vayatis (2020), "Selective review of offline change point detection methods".
    """
    _refuse(series, trials)
    values = series.to_numpy(dtype="float64")
    n = len(values)
    best, starts = _best_of_each_number(values, family, trials, exposure, min_size, max_breaks)
    best["value"] = best["score"] + penalty(starts, criterion)
    best["breaks"] = [tuple(int(year) for year in series.index[row]) for row in starts]
    chosen = int(best["value"].idxmin())
    levels = levels_of(values, starts[chosen], trials if exposure is None else exposure)
    noise = float(best.at[chosen, "dispersion"])
    if family == "normal":
        noise = float(np.sqrt(((values - levels) ** 2).sum() / (n - chosen - 1)))
    smooth, drifts, kept = _rivals(series, family, trials, exposure)
    return Segmentation(
        series=series, family=family, trials=trials, criterion=criterion, min_size=min_size,
        breaks=best.at[chosen, "breaks"], levels=pd.Series(levels, series.index), noise=noise,
        candidates=best[["score", "value", "dispersion", "breaks"]],
        trend_value=smooth, drift_value=drifts, kept=kept, exposure=exposure,
    )  # fmt: skip


def _rivals(series: pd.Series, family: str, trials, exposure) -> tuple[float, float, float]:
    """Return the criteria for a trend and for drift, and its part kept; NaN where not weighed."""
    n, values = len(series), series.to_numpy(dtype="float64")
    smooth = np.nan if exposure is not None else trend(series, family, trials)[1] + np.log(n)
    if family != "normal":
        return float(smooth), np.nan, np.nan
    score, kept = drift(values)
    return float(smooth), float(score[0] + np.log(n)), float(kept[0])


def _best_of_each_number(
    values: np.ndarray, family: str, trials, exposure, min_size: int, max_breaks: int
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return, by number of breaks, the smallest ``score``, its ``dispersion``, and the cut."""
    spread = float(((values - values.mean()) ** 2).sum())
    grid = DISPERSIONS if family == "counts" else (0.0,)
    cuts = [
        best_partitions(
            segment_costs(values, family, dispersion, trials, exposure), max_breaks, min_size
        )
        for dispersion in grid
    ]
    scores = np.array([fit_score(totals[0], len(values), family, spread) for totals, _ in cuts])
    which = scores.argmin(axis=0)  # of the grid, by number of breaks
    numbers = np.arange(scores.shape[1])
    best = pd.DataFrame(
        {"score": scores[which, numbers], "dispersion": np.array(grid)[which]},
        index=pd.Index(numbers, name="n_breaks"),
    )
    return best, np.array([cuts[g][1][0, k] for k, g in zip(numbers, which, strict=True)])


def _refuse(series: pd.Series, trials: np.ndarray | None) -> None:
    """Raise if breaks are not computable."""
    years, values = series.index.to_numpy(), series.to_numpy(dtype="float64")
    if len(series) < MIN_YEARS:
        raise MeasureError(
            f"breaks are not computable: fewer than {MIN_YEARS} years", value=len(series)
        )
    if np.isnan(values).any() or (np.diff(years) != 1).any():
        raise MeasureError("breaks are not computable: a year is missing")
    if (values != 0).sum() < MIN_NONZERO:
        raise MeasureError(
            f"breaks are not computable: fewer than {MIN_NONZERO} years have a value",
            value=int((values != 0).sum()),
        )
    rates = values if trials is None else values / np.asarray(trials)
    if np.ptp(rates) == 0:
        raise MeasureError("breaks are not computable: all values are equal", value=rates[0])


def redraw(found: Segmentation, draws: int, seed: int) -> pd.DataFrame:
    """Draw a series anew from its fitted levels, and find the breaks of each draw.

    A parametric bootstrap: every year is drawn independently about its level, with the
    distribution of the family; number and places of breaks are chosen anew, by the same criterion.

    Parameters
    ----------
    found
        What `find_breaks` returned.
    draws
        How many times to draw, at least 1.
    seed
        Seed of the random numbers. The same seed gives the same draws.

    Returns
    -------
    pandas.DataFrame
        One row for each draw, one column for each year, True where a level starts in that year.

    Notes
    -----
    The draws take the fitted levels for the truth. They say how far the years around could have
    moved a break, and nothing of whether levels are the right description.
    """
    generator = np.random.default_rng(seed)
    drawn = simulate(
        found.levels.to_numpy(), found.family, draws, generator, found.noise, found.trials
    )
    return pd.DataFrame(_chosen(found, drawn).starts, columns=found.series.index)


def share_of_nulls(
    found: Segmentation, null: str, draws: int, seed: int, fewest: int | None = None
) -> float:
    """Return how often a series without breaks seems to have as many as were found, or any.

    Parameters
    ----------
    found
        What `find_breaks` returned.
    null
        ``constant``: one level, the same spread; ``trend``: that of
        `azpak.measures.trends.trend`;
        ``drift``, for ``normal`` values: one level about which each year keeps part of the last
        year's deviation (first-order autoregression with the autocorrelation of the series).
    draws, seed
        As for `redraw`.
    fewest
        How many breaks count; as many as were found by default. With 1 it is the rate of false
        alarms.

    Returns
    -------
    float
        Share of the draws with at least so many breaks, 0 to 1; NaN where none was found and no
        number is given.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, for an unknown null, or drift of anything but values.
    """
    if null not in NULLS or (null == "drift" and found.family != "normal"):
        raise MeasureError("no such null for this family", value=(null, found.family))
    fewest = len(found.breaks) if fewest is None else fewest
    if fewest < 1:
        return float("nan")
    generator = np.random.default_rng(seed)
    drawn = _drawn_without_breaks(found, null, draws, generator)
    return float((_chosen(found, drawn).n_breaks >= fewest).mean())


def _drawn_without_breaks(
    found: Segmentation, null: str, draws: int, generator: np.random.Generator
) -> np.ndarray:
    """Return draws of a series with one level, a trend or a drift."""
    values = found.series.to_numpy(dtype="float64")
    if null == "trend":
        expected, _, noise = trend(found.series, found.family, found.trials)
        return simulate(expected.to_numpy(), found.family, draws, generator, noise, found.trials)
    level = levels_of(values, np.zeros(len(values), dtype=bool), found.trials)
    noise = float(values.std(ddof=1)) if found.family == "normal" else 0.0
    if found.family == "counts":
        noise = float(found.candidates.at[0, "dispersion"])
    if null == "constant":
        return simulate(level, found.family, draws, generator, noise, found.trials)
    kept = float(np.corrcoef(values[1:], values[:-1])[0, 1])
    shocks = generator.normal(0, noise * np.sqrt(1 - kept**2), (draws, len(values)))
    shocks[:, 0] = generator.normal(0, noise, draws)
    for year in range(1, len(values)):
        shocks[:, year] += kept * shocks[:, year - 1]
    return level + shocks


def _chosen(found: Segmentation, drawn: np.ndarray):
    """Choose the breaks of draws as those of the series were chosen."""
    if found.exposure is not None:
        raise MeasureError("series with an exposure are not drawn anew")
    most = int(found.candidates.index.max())
    return choose(drawn, found.family, found.trials, found.criterion, most, found.min_size)
