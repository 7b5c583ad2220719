"""How probable a change of level is in each year, with drift between: a Bayesian search."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import logsumexp

from azpak.measures.partitions import MIN_SIZE

__all__ = ["CHANCES", "KEPT", "NOISES", "Posterior", "posterior"]

# What is averaged over, each with the same weight beforehand. The series is scaled to spread 1.
KEPT = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)  # part of a deviation that the next year keeps
NOISES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2)  # standard deviation of a year's own
CHANCES = (0.01, 0.03, 0.06, 0.1, 0.2)  # of a change in any year
LEVELS = 1.0  # standard deviation of levels beforehand: that of the series


class Posterior(NamedTuple):
    """What the values make probable.

    Attributes
    ----------
    by_year
        The probability, 0 to 1, that a level starts in the year; 0 for the first.
    none
        That there is no change at all.
    kept
        The mean of the part kept.
    """

    by_year: pd.Series
    none: float
    kept: float


def posterior(
    series: pd.Series, min_size: int = MIN_SIZE, kept: tuple[float, ...] = KEPT
) -> Posterior:
    """Compute the probability of a change of level in each year, drift being possible.

    Within a level a year keeps part of the deviation of the last one (first-order autoregression,
    stationary, begun anew with each level). Levels are normal about the mean of the series. For
    each part kept, noise and chance of a change all cuts are summed exactly, by recursion over the
    last change; these are then averaged with the weight that the values give them.

    Parameters
    ----------
    series
        Values with consecutive years as index.
    min_size
        The shortest level.
    kept
        The parts kept; ``(0.0,)`` for years that are independent.

    Returns
    -------
    Posterior
        Probabilities.

    References
    ----------
    Barry and Hartigan (1993), "A Bayesian Analysis for Change Point Problems"; Fearnhead (2006),
    "Exact and Efficient Bayesian Inference for Multiple Changepoint Problems".
    """
    values = series.to_numpy(dtype="float64")
    values = (values - values.mean()) / values.std()
    n = len(values)
    no_values = np.where(np.tri(n + 1, k=-min_size, dtype=bool).T, 0.0, -np.inf)
    beforehand = {chance: _sums(no_values, chance, min_size)[0][n] for chance in CHANCES}
    weights, changes, none, parts = [], [], [], []
    for part in kept:
        for noise in NOISES:
            segment = segment_evidence(values, part, noise, min_size)
            for chance in CHANCES:
                forward, backward = _sums(segment, chance, min_size)
                weights.append(forward[n] - beforehand[chance])
                changes.append(np.exp(forward[:n] + backward[:n] - forward[n]))
                none.append(np.exp(segment[0, n] + (n - 1) * np.log1p(-chance) - forward[n]))
                parts.append(part)
    share = np.exp(np.array(weights) - logsumexp(weights))
    by_year = share @ np.array(changes)
    by_year[0] = 0.0
    return Posterior(
        pd.Series(by_year, series.index), float(share @ np.array(none)), float(share @ parts)
    )


def segment_evidence(values: np.ndarray, kept: float, noise: float, min_size: int) -> np.ndarray:
    """Return the log-probability of the years i to j - 1 as one level, ``[i, j]``.

    -inf where there are fewer than `min_size` years.
    """
    n, first = len(values), 1 - kept**2
    change = values[1:] - kept * values[:-1]
    squares = np.concatenate([[0.0, 0.0], np.cumsum(change**2)])
    sums = np.concatenate([[0.0, 0.0], np.cumsum(change)])
    i, j = np.triu_indices(n + 1, min_size)
    length = j - i
    own = (length - 1) * (1 - kept)
    ones = first + own * (1 - kept)
    cross = first * values[i] + (1 - kept) * (sums[j] - sums[i + 1])
    square = first * values[i] ** 2 + squares[j] - squares[i + 1]
    ratio = (LEVELS / noise) ** 2
    found = (
        -length * np.log(noise * np.sqrt(2 * np.pi))
        + 0.5 * np.log(first)
        - 0.5 * np.log1p(ratio * ones)
        - 0.5 / noise**2 * (square - ratio * cross**2 / (1 + ratio * ones))
    )
    evidence = np.full((n + 1, n + 1), -np.inf)
    evidence[i, j] = found
    return evidence


def _sums(segment: np.ndarray, chance: float, min_size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-sums over all cuts of the years before each place, and of those from it.

    Every level after the first costs the chance of a change, every other year that of none.
    """
    n = len(segment) - 1
    stay, begin = np.log1p(-chance), np.log(chance)
    place = np.arange(n + 1)
    weighed = segment + (place[None, :] - place[:, None] - 1) * stay
    forward, backward = np.full(n + 1, -np.inf), np.full(n + 1, -np.inf)
    forward[0] = 0.0
    for end in range(min_size, n + 1):
        starts = forward[:end] + np.where(place[:end] > 0, begin, 0.0) + weighed[:end, end]
        forward[end] = np.logaddexp.reduce(starts)
    backward[n] = 0.0
    for start in range(n - min_size, -1, -1):
        own = begin if start else 0.0  # the level that begins here costs its chance
        backward[start] = own + np.logaddexp.reduce(
            weighed[start, start + 1 :] + backward[start + 1 :]
        )
    return forward, backward
