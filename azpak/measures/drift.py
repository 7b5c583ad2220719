"""Drift as the rival of breaks: one level about which each year keeps part of the last one's."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from azpak.measures.partitions import (
    MAX_BREAKS,
    MIN_SIZE,
    SMALLEST_VARIANCE,
    best_partitions,
    fit_score,
    penalty,
    segment_costs,
)

__all__ = ["KEPT", "as_clear", "drift", "drifting", "margins", "margins_of_drift"]

# The parts kept among which the likelihood chooses; at the last, drift is nearly a random walk.
KEPT = np.round(np.arange(-0.9, 0.991, 0.03), 2)


def drift(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit a first-order autoregression about one level to some series.

    ``y(t) - m = r (y(t - 1) - m) + e(t)``, exact Gaussian likelihood with a stationary first year;
    m and the variance of e are those that fit best for each r of `KEPT`.

    Parameters
    ----------
    values
        One series a row, one year a column.

    Returns
    -------
    score : numpy.ndarray
        By series ``n log(mean(e ** 2)) - log(1 - r ** 2)``, on the scale of the scores of
        `azpak.measures.breaks.find_breaks`: r counts as one parameter beyond the level.
    kept : numpy.ndarray
        By series, r.
    """
    values = np.atleast_2d(np.asarray(values, dtype="float64"))
    series, n = values.shape
    spread = ((values - values.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    score, kept = np.full(series, np.inf), np.zeros(series)
    for part in KEPT:
        first = np.sqrt(1 - part**2)
        plain = np.concatenate([first * values[:, :1], values[:, 1:] - part * values[:, :-1]], 1)
        one = np.concatenate([[first], np.full(n - 1, 1 - part)])
        level = plain @ one / (one @ one)
        left = ((plain - level[:, None] * one) ** 2).sum(axis=1)
        found = n * np.log(np.maximum(left, SMALLEST_VARIANCE * spread) / n) - np.log(1 - part**2)
        better = found < score
        score, kept = np.where(better, found, score), np.where(better, part, kept)
    return score, kept


def drifting(kept: float, n: int, draws: int, generator: np.random.Generator) -> np.ndarray:
    """Draw series of n years that drift about 0 with variance 1 and keep a part each year."""
    shocks = generator.normal(0, np.sqrt(1 - kept**2), (draws, n))
    shocks[:, 0] /= np.sqrt(1 - kept**2)
    for year in range(1, n):
        shocks[:, year] += kept * shocks[:, year - 1]
    return shocks


def margins(values: np.ndarray, criterion: str = "bic", min_size: int = MIN_SIZE) -> np.ndarray:
    """Return by how much levels describe each of some series better than drift does.

    The criterion of drift less that of the best levels, breaks or none; above 0 levels win.
    """
    values = np.atleast_2d(np.asarray(values, dtype="float64"))
    n = values.shape[1]
    spread = ((values - values.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    totals, starts = best_partitions(segment_costs(values, "normal"), MAX_BREAKS, min_size)
    levels = fit_score(totals, n, "normal", spread[:, None]) + penalty(starts, criterion)
    return drift(values)[0] + np.log(n) - levels.min(axis=1)


@lru_cache(maxsize=32)  # one table serves all series of a length
def margins_of_drift(
    n: int,
    draws: int,
    seed: int,
    criterion: str = "bic",
    min_size: int = MIN_SIZE,
    parts: tuple[float, ...] = (0.0, 0.2, 0.4, 0.6, 0.75, 0.9, 0.97),
) -> tuple[np.ndarray, np.ndarray]:
    """Compute by what margin levels win where there is drift alone, by the part kept.

    The margin does not depend on level and spread, so that one table serves all series of a
    length.

    Returns
    -------
    parts : numpy.ndarray
        The parts kept, in order.
    margins : numpy.ndarray
        By part, those of the draws.
    """
    generator = np.random.default_rng(seed)
    rows = [margins(drifting(part, n, draws, generator), criterion, min_size) for part in parts]
    return np.array(parts), np.array(rows)


def as_clear(table: tuple[np.ndarray, np.ndarray], kept: float, margin: float) -> float:
    """Return how often drift that keeps a part is beaten by such a margin or more, 0 to 1.

    Between the parts of the table of `margins_of_drift` the shares are joined by straight lines;
    outside them the nearest is taken.
    """
    parts, drawn = table
    return float(np.interp(kept, parts, (drawn >= margin).mean(axis=1)))
