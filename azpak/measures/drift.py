"""Drift as the rival of breaks: one level about which each year keeps part of the last one's."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from azpak.measures.partitions import MAX_BREAKS, MIN_SIZE, SMALLEST_VARIANCE, choose

__all__ = ["KEPT", "alarm_shares", "as_many", "drift", "drifting"]

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


@lru_cache(maxsize=32)  # one table serves all series of a length
def alarm_shares(
    n: int,
    draws: int,
    seed: int,
    criterion: str = "bic",
    min_size: int = MIN_SIZE,
    parts: tuple[float, ...] = (0.0, 0.2, 0.4, 0.6, 0.75, 0.9, 0.97),
) -> tuple[np.ndarray, np.ndarray]:
    """Compute how often drift seems to have breaks, by the part kept.

    The search for breaks does not depend on level and spread, so that one table serves all series
    of a length.

    Returns
    -------
    parts : numpy.ndarray
        The parts kept, in order.
    shares : numpy.ndarray
        By part and number of breaks (0 first), the share of draws with at least so many.
    """
    generator = np.random.default_rng(seed)
    rows = []
    for part in parts:
        drawn = drifting(part, n, draws, generator)
        found = choose(drawn, "normal", None, criterion, MAX_BREAKS, min_size).n_breaks
        rows.append([(found >= fewest).mean() for fewest in range(MAX_BREAKS + 1)])
    return np.array(parts), np.array(rows)


def as_many(table: tuple[np.ndarray, np.ndarray], kept: float, fewest: int) -> float:
    """Return how often drift that keeps a part seems to have so many breaks, 0 to 1.

    Between the parts of the table of `alarm_shares` the shares are joined by straight lines;
    outside them the nearest is taken.
    """
    parts, shares = table
    return float(np.interp(kept, parts, shares[:, fewest]))
