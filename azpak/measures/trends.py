"""Smooth trends of a yearly series, the rival of breaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from azpak.measures.partitions import DISPERSIONS, fit_score, segment_costs

__all__ = ["growth_scores", "proportional", "trend"]

_STEPS = 60  # of Fisher scoring, at most
_SETTLED = 1e-12  # a step that changes no digit of what is printed
_RIDGE = 1e-9  # keeps the equations solvable where all weights are tiny


def trend(
    series: pd.Series, family: str, trials: np.ndarray | None = None
) -> tuple[pd.Series, float, float]:
    """Fit a smooth trend: log-linear counts, a straight line, logit-linear shares.

    For counts the dispersion is chosen among `azpak.measures.partitions.DISPERSIONS`.

    Parameters
    ----------
    series, family, trials
        As for `azpak.measures.breaks.find_breaks`.

    Returns
    -------
    expected : pandas.Series
        The fitted value by year: count, value or share.
    score : float
        On the scale of the scores of `azpak.measures.breaks.find_breaks`;
        its slope counts as one parameter.
    noise : float
        Dispersion of counts; standard deviation of values, with n - 2 in the denominator.
    """
    values = series.to_numpy(dtype="float64")
    design = _design(len(values))
    if family == "normal":
        slope, *_ = np.linalg.lstsq(design, values, rcond=None)
        expected = design @ slope
        left = ((values - expected) ** 2).sum()
        score = float(fit_score(left, len(values), family, ((values - values.mean()) ** 2).sum()))
        return pd.Series(expected, series.index), score, float(np.sqrt(left / (len(values) - 2)))
    best = None
    for dispersion in DISPERSIONS if family == "counts" else (0.0,):
        (expected,) = _regressed(values[None], design, family, dispersion, trials)
        score = float(_scores_of(values, expected, family, dispersion, trials))
        if best is None or score < best[1]:
            best = (pd.Series(expected, series.index), score, dispersion)
    return best


def growth_scores(series: np.ndarray) -> np.ndarray:
    """Return the score that `trend` gives each of some series of counts, a row each."""
    design, lowest = _design(series.shape[1]), np.full(len(series), np.inf)
    for dispersion in DISPERSIONS:
        expected = _regressed(series, design, "counts", dispersion, None)
        lowest = np.minimum(lowest, _scores_of(series, expected, "counts", dispersion, None))
    return lowest


def _design(n: int) -> np.ndarray:
    """Return a level and a slope over so many years, a column each."""
    years = np.arange(n, dtype="float64")
    return np.column_stack([np.ones_like(years), (years - years.mean()) / n])


def _regressed(
    values: np.ndarray, design: np.ndarray, family: str, dispersion: float, trials
) -> np.ndarray:
    """Return the fitted values of a log-linear or logit-linear regression, by Fisher scoring.

    Every row is a series of its own; the steps end when all have settled.
    """
    tried = np.ones(len(design)) if trials is None else np.asarray(trials, dtype="float64")
    rate = values.sum(axis=1) / tried.sum()
    start = np.log(rate) if family == "counts" else np.log(rate / (1 - rate))
    slope, ridge = np.column_stack([start, np.zeros_like(start)]), _RIDGE * np.eye(2)
    for _ in range(_STEPS):
        linear = np.minimum(np.maximum(slope @ design.T, -30), 30)
        if family == "counts":
            expected = np.exp(linear)
            weight = expected / (1 + dispersion * expected)
            residual = (values - expected) / expected
        else:
            expected = 1 / (1 + np.exp(-linear))
            weight = tried * expected * (1 - expected)
            residual = (values - tried * expected) / weight
        weighted = design.T * weight[:, None]
        information = weighted @ design + ridge
        step = np.linalg.solve(information, weighted @ residual[:, :, None])[:, :, 0]
        slope = slope + step
        if np.abs(step).max() < _SETTLED:
            break
    linear = np.clip(slope @ design.T, -30, 30)
    return np.exp(linear) if family == "counts" else 1 / (1 + np.exp(-linear))


def _scores_of(
    values: np.ndarray, expected: np.ndarray, family: str, dispersion: float, trials
) -> np.ndarray:
    """Return minus twice the log-likelihood of values about given expectations, by series."""
    if family == "shares":
        likely = stats.binom.logpmf(values, trials, expected)
    elif dispersion == 0:
        likely = stats.poisson.logpmf(values, expected)
    else:
        size = 1 / dispersion
        likely = stats.nbinom.logpmf(values, size, size / (size + expected))
    return -2 * likely.sum(axis=-1)


def proportional(series: pd.Series, exposure: pd.Series) -> float:
    """Return how badly counts fit an expectation proportional to something else.

    Parameters
    ----------
    series
        Counts by year.
    exposure
        By the same years, positive: what the expected count is proportional to.

    Returns
    -------
    float
        On the scale of the scores of `azpak.measures.breaks.find_breaks`; no parameter beyond
        those of one level is spent.
    """
    values = series.to_numpy(dtype="float64")
    offered = exposure.reindex(series.index).to_numpy(dtype="float64")
    costs = [segment_costs(values, "counts", size, exposure=offered) for size in DISPERSIONS]
    return float(min(cost[0, 0, len(values)] for cost in costs))
