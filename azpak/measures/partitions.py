"""Cut yearly series into levels: costs of segments, the best cuts, how many, and series drawn anew.

Everything works on many series at once, as drawing anew needs. That the cuts are the best is tested
against every possible cut, and against the library ruptures.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import gammaln, xlogy

from azpak.errors import MeasureError

__all__ = [
    "CRITERIA", "DISPERSIONS", "FAMILIES", "MAX_BREAKS", "MIN_SIZE", "Choice", "best_partitions",
    "choose", "fit_score", "levels_of", "penalty", "segment_costs", "simulate",
]  # fmt: skip

FAMILIES = ("counts", "normal", "shares")
CRITERIA = ("bic", "mbic")
MIN_SIZE = 2  # years of the shortest level: with three, a level begun in 2024 could not be seen
MAX_BREAKS = 5  # as many as there are boundaries between the phases told
# Values of the dispersion among which the likelihood chooses. 0 is Poisson.
DISPERSIONS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.3)
_AT_ONCE = 32  # series that are cut together
_STEPS = 40  # of the iteration for rates; a few settle it
SMALLEST_VARIANCE = 1e-9  # of the whole series, so that an exact fit has a logarithm


class Choice(NamedTuple):
    """What a criterion chose for each of some series.

    ``n_breaks`` and ``dispersion`` by series; ``starts``, series by position, is True where a new
    level starts.
    """

    n_breaks: np.ndarray
    dispersion: np.ndarray
    starts: np.ndarray


def segment_costs(
    values: np.ndarray,
    family: str,
    dispersion: float = 0.0,
    trials: np.ndarray | None = None,
    exposure: np.ndarray | None = None,
) -> np.ndarray:
    """Compute the cost of every segment of some series, each with the level that fits it best.

    - ``counts``: minus twice the log-likelihood of the negative binomial distribution with mean m
      and variance ``m + dispersion * m ** 2``, where m is the mean of the segment, its maximum
      likelihood estimate; dispersion 0 is Poisson.
    - ``shares``: minus twice the log-likelihood of the binomial distribution with probability
      ``sum(values) / sum(trials)`` of the segment.
    - ``normal``: the sum of squared deviations from the mean of the segment.

    Parameters
    ----------
    values
        One series a row, one year a column. For ``shares`` the number of successes.
    family
        One of `FAMILIES`.
    dispersion
        For ``counts``, not negative, the same in all segments.
    trials
        For ``shares``, trials by year, of the shape of one series.
    exposure
        For ``counts``, what the expected count of a year is proportional to within a segment; the
        level is then a rate, its maximum likelihood estimate found by iteration.

    Returns
    -------
    numpy.ndarray
        Series by start by end, ``[:, i, j]`` the cost of the years i to j - 1; infinite where
        j <= i.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, for an unknown family, values that are missing, negative
        counts, a negative dispersion, or more successes than trials.
    """
    values = _checked(values, family, dispersion, trials, exposure)
    n = values.shape[1]
    first, end = np.triu_indices(n + 1, 1)
    costs = np.full((len(values), n + 1, n + 1), np.inf)
    if family == "normal":
        shifted = values - values.mean(axis=1, keepdims=True)  # keeps the digits of small spreads
        squares = _sums(shifted**2, first, end)
        found = np.maximum(squares - _sums(shifted, first, end) ** 2 / (end - first), 0.0)
    elif family == "shares":
        found = -2 * _binomial(values, np.asarray(trials, dtype="float64"), first, end)
    elif exposure is None:
        found = -2 * _negative_binomial(values, dispersion, first, end)
    else:
        exposure = np.asarray(exposure, dtype="float64")
        rows = [_exposed(row, exposure, dispersion, first, end) for row in values]
        found = -2 * np.stack(rows)
    costs[:, first, end] = found
    return costs


def _checked(
    values: np.ndarray,
    family: str,
    dispersion: float,
    trials: np.ndarray | None,
    exposure: np.ndarray | None,
) -> np.ndarray:
    """Return the values as numbers, or raise."""
    if family not in FAMILIES:
        raise MeasureError("no such family", value=family, way_out=f"Use one of {FAMILIES}")
    values = np.atleast_2d(np.asarray(values, dtype="float64"))
    if not np.isfinite(values).all():
        raise MeasureError("a value is missing", way_out="Leave out the years without one")
    if family != "normal" and (values < 0).any():
        raise MeasureError("a count is negative", value=float(values.min()))
    if dispersion < 0:
        raise MeasureError("the dispersion is negative", value=dispersion)
    if family == "shares" and (trials is None or (values > np.asarray(trials)).any()):
        raise MeasureError("there are more successes than trials, or no trials are given")
    if exposure is not None and (family != "counts" or not (np.asarray(exposure) > 0).all()):
        raise MeasureError("an exposure is for counts, and positive in every year")
    return values


def _sums(values: np.ndarray, first: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return, for each series, the sum of the positions first to end - 1 of each segment."""
    running = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    return running[:, end] - running[:, first]


def _binomial(
    values: np.ndarray, trials: np.ndarray, first: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """Return the log-likelihood of each segment with one probability."""
    ways = gammaln(trials + 1) - gammaln(values + 1) - gammaln(trials - values + 1)
    total, tried = _sums(values, first, end), _sums(trials[None, :], first, end)
    share = np.clip(total / np.maximum(tried, 1), 0, 1)
    return _sums(ways, first, end) + xlogy(total, share) + xlogy(tried - total, 1 - share)


def _negative_binomial(
    values: np.ndarray, dispersion: float, first: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """Return the log-likelihood of each segment with one mean."""
    total, length = np.maximum(_sums(values, first, end), 0), end - first
    mean = total / length
    if dispersion == 0:
        return xlogy(total, mean) - total - _sums(gammaln(values + 1), first, end)
    size = 1 / dispersion
    own = _sums(gammaln(values + size) - gammaln(size) - gammaln(values + 1), first, end)
    return own - (length * size + total) * np.log1p(mean / size) + xlogy(total, mean / size)


def _exposed(
    values: np.ndarray, exposure: np.ndarray, dispersion: float, first: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """Return the log-likelihood of each segment of one series with one rate per exposure."""
    place = np.arange(len(values))
    inside = ((first[:, None] <= place) & (place < end[:, None])).astype("float64")
    rate = inside @ values / (inside @ exposure)
    for _ in range(_STEPS):  # iteratively weighted means; Poisson counts need one
        weight = inside / (1 + dispersion * rate[:, None] * exposure)
        rate = weight @ values / (weight @ exposure)
    expected = np.maximum(rate[:, None] * exposure, np.finfo(float).tiny)
    if dispersion == 0:
        own = xlogy(values, expected) - expected - gammaln(values + 1)
    else:
        size = 1 / dispersion
        own = gammaln(values + size) - gammaln(size) - gammaln(values + 1)
        own = own - (size + values) * np.log1p(expected / size) + xlogy(values, expected / size)
    return (inside * own).sum(axis=1)


def best_partitions(
    costs: np.ndarray, max_breaks: int = MAX_BREAKS, min_size: int = MIN_SIZE
) -> tuple[np.ndarray, np.ndarray]:
    """Find the cuts with the smallest sum of costs, for every number of breaks.

    Dynamic programming over the position of the last break: exact.

    Parameters
    ----------
    costs
        What `segment_costs` returns.
    max_breaks
        The largest number of breaks; fewer are tried where the series is too short.
    min_size
        The shortest segment.

    Returns
    -------
    totals : numpy.ndarray
        Series by number of breaks (0 first), the smallest sum of costs.
    starts : numpy.ndarray
        Series by number of breaks by position, True where a new segment starts; position 0, where
        the series itself starts, is False.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if the series is shorter than one segment.
    """
    series, n = costs.shape[0], costs.shape[1] - 1
    if n < min_size:
        raise MeasureError("the series is shorter than a segment", value=n)
    most = min(max_breaks, n // min_size - 1)
    parts = [_cut(costs[k : k + _AT_ONCE], most, min_size) for k in range(0, series, _AT_ONCE)]
    totals, last = (np.concatenate(part) for part in zip(*parts, strict=True))
    starts, rows = np.zeros((series, most + 1, n), dtype=bool), np.arange(series)
    for n_breaks in range(1, most + 1):
        end = np.full(series, n)
        for step in range(n_breaks - 1, -1, -1):
            end = last[rows, step, end]
            starts[rows, n_breaks, end] = True
    return totals, starts


def _cut(costs: np.ndarray, most: int, min_size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the smallest sums by number of breaks, and the last break before each end."""
    place = np.arange(costs.shape[1])
    by_end = np.where(place[:, None] - place >= min_size, costs.transpose(0, 2, 1), np.inf)
    best, last = by_end[:, :, 0], np.zeros((len(costs), most, len(place)), dtype="int64")
    totals = [best[:, -1]]
    for done in range(most):
        sums = by_end + best[:, None, :]  # series by end by last break
        last[:, done] = sums.argmin(axis=2)
        best = np.take_along_axis(sums, last[:, done, :, None], axis=2)[:, :, 0]
        totals.append(best[:, -1])
    return np.stack(totals, axis=1), last


def fit_score(total: np.ndarray, n: int, family: str, spread: np.ndarray | float) -> np.ndarray:
    """Return how badly levels fit, on the scale of minus twice the log-likelihood.

    For ``normal`` it is ``n * log(total / n)``: the variance, one for all segments, is estimated
    from the same levels and constants are left out. `spread` is the sum of squares of the whole
    series, below a small part of which no sum counts as smaller. For the others it is the total.
    """
    if family != "normal":
        return np.asarray(total)
    return n * np.log(np.maximum(total, SMALLEST_VARIANCE * np.asarray(spread)) / n)


def penalty(starts: np.ndarray, criterion: str = "bic") -> np.ndarray:
    """Return what a criterion charges for breaks.

    - ``bic``: ``2 k log(n)`` for k breaks in n years, since each brings two parameters, its place
      and a level; the criterion of Yao (1988) applied to the likelihood of the family.
    - ``mbic``: ``3 k log(n) + sum(log(length / n))`` over the k + 1 segments, the modified
      criterion of Zhang and Siegmund (2007), derived for normal values and used for the others
      as an approximation.

    Parameters
    ----------
    starts
        Any shape, positions last, True where a new segment starts.
    criterion
        One of `CRITERIA`.

    Returns
    -------
    numpy.ndarray
        To be added to the score of the fit; the smaller sum is preferred.

    References
    ----------
    Yao (1988), "Estimating the Number of Change-Points via Schwarz' Criterion".
    Zhang and Siegmund (2007), "A Modified Bayes Information Criterion with Applications to the
    Analysis of Comparative Genomic Hybridization Data".
    """
    if criterion not in CRITERIA:
        raise MeasureError("no such criterion", value=criterion, way_out=f"Use one of {CRITERIA}")
    n = starts.shape[-1]
    breaks = starts.sum(axis=-1)
    if criterion == "bic":
        return 2 * breaks * np.log(n)
    place = np.where(starts, np.arange(n), 0)
    latest = np.maximum.accumulate(place, axis=-1)  # start of the segment each year is in
    before = np.concatenate([np.zeros_like(latest[..., :1]), latest[..., :-1]], axis=-1)
    lengths = np.log(np.where(starts, np.arange(n) - before, n) / n).sum(axis=-1)
    return 3 * breaks * np.log(n) + lengths + np.log((n - latest[..., -1]) / n)


def choose(
    values: np.ndarray,
    family: str,
    trials: np.ndarray | None = None,
    criterion: str = "bic",
    max_breaks: int = MAX_BREAKS,
    min_size: int = MIN_SIZE,
) -> Choice:
    """Choose number and place of the breaks of each of some series.

    For counts the dispersion is chosen along with them, among `DISPERSIONS`, for each number of
    breaks anew: a series without breaks is not refused because its years vary more than Poisson
    counts.

    Parameters
    ----------
    values, family, trials
        As for `segment_costs`.
    criterion
        As for `penalty`.
    max_breaks, min_size
        As for `best_partitions`.

    Returns
    -------
    Choice
        The choice for each series.

    Raises
    ------
    azpak.errors.ReportError
        As `segment_costs` and `best_partitions`.
    """
    values = np.atleast_2d(np.asarray(values, dtype="float64"))
    series, n = values.shape
    spread = ((values - values.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    grid = DISPERSIONS if family == "counts" else (0.0,)
    lowest = np.full(series, np.inf)
    n_breaks, dispersion = np.zeros(series, dtype="int64"), np.zeros(series)
    chosen = np.zeros((series, n), dtype=bool)
    for size in grid:
        costs = segment_costs(values, family, size, trials)
        totals, starts = best_partitions(costs, max_breaks, min_size)
        scores = fit_score(totals, n, family, spread[:, None]) + penalty(starts, criterion)
        which = scores.argmin(axis=1)
        rows = np.arange(series)
        better = scores[rows, which] < lowest
        lowest = np.where(better, scores[rows, which], lowest)
        n_breaks = np.where(better, which, n_breaks)
        dispersion = np.where(better, size, dispersion)
        chosen[better] = starts[rows, which][better]
    return Choice(n_breaks, dispersion, chosen)


def levels_of(
    values: np.ndarray, starts: np.ndarray, trials: np.ndarray | None = None
) -> np.ndarray:
    """Return the fitted level of each year of one series: the mean of its segment.

    With `trials` it is the share, successes of the segment over its trials.
    """
    weights = np.ones(len(values)) if trials is None else np.asarray(trials, dtype="float64")
    segment = np.cumsum(np.asarray(starts, dtype="int64"))
    return (np.bincount(segment, values) / np.bincount(segment, weights))[segment]


def simulate(
    expected: np.ndarray,
    family: str,
    draws: int,
    generator: np.random.Generator,
    noise: float = 0.0,
    trials: np.ndarray | None = None,
) -> np.ndarray:
    """Draw series about the expected values of one, each year independently.

    Parameters
    ----------
    expected
        By year: expected count, share or value.
    family
        One of `FAMILIES`: negative binomial, binomial or normal draws.
    draws
        How many series to draw.
    generator
        Source of the random numbers.
    noise
        For ``counts`` the dispersion, for ``normal`` the standard deviation; else unused.
    trials
        For ``shares``, trials by year.

    Returns
    -------
    numpy.ndarray
        One series a row.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if `draws` is below 1.
    """
    if draws < 1:
        raise MeasureError("there must be at least one draw", value=draws)
    expected = np.asarray(expected, dtype="float64")
    shape = (draws, len(expected))
    if family == "normal":
        return generator.normal(expected, noise, shape)
    if family == "shares":
        return generator.binomial(np.asarray(trials, dtype="int64"), expected, shape).astype(float)
    if noise > 0:
        expected = generator.gamma(1 / noise, expected * noise, shape)
    return generator.poisson(expected, shape).astype(float)
