"""Smooth trends of a yearly series, the rival of breaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from azpak.measures.partitions import DISPERSIONS, fit_score, segment_costs

__all__ = ["proportional", "trend"]

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
    years = np.arange(len(values), dtype="float64")
    design = np.column_stack([np.ones_like(years), (years - years.mean()) / len(years)])
    if family == "normal":
        slope, *_ = np.linalg.lstsq(design, values, rcond=None)
        expected = design @ slope
        left = ((values - expected) ** 2).sum()
        score = float(fit_score(left, len(values), family, ((values - values.mean()) ** 2).sum()))
        return pd.Series(expected, series.index), score, float(np.sqrt(left / (len(values) - 2)))
    best = None
    for dispersion in DISPERSIONS if family == "counts" else (0.0,):
        expected = _regressed(values, design, family, dispersion, trials)
        score = _score_of(values, expected, family, dispersion, trials)
        if best is None or score < best[1]:
            best = (pd.Series(expected, series.index), score, dispersion)
    return best


def _regressed(
    values: np.ndarray, design: np.ndarray, family: str, dispersion: float, trials
) -> np.ndarray:
    """Return the fitted values of a log-linear or logit-linear regression, by Fisher scoring."""
    tried = np.ones_like(values) if trials is None else np.asarray(trials, dtype="float64")
    rate = values.sum() / tried.sum()
    start = np.log(rate) if family == "counts" else np.log(rate / (1 - rate))
    slope, ridge = np.array([start, 0.0]), _RIDGE * np.eye(2)
    for _ in range(_STEPS):
        linear = np.minimum(np.maximum(design @ slope, -30), 30)
        if family == "counts":
            expected = np.exp(linear)
            weight = expected / (1 + dispersion * expected)
            residual = (values - expected) / expected
        else:
            expected = 1 / (1 + np.exp(-linear))
            weight = tried * expected * (1 - expected)
            residual = (values - tried * expected) / weight
        weighted = design * weight[:, None]
        information = weighted.T @ design + ridge
        step = np.linalg.solve(information, weighted.T @ residual)
        slope = slope + step
        if np.abs(step).max() < _SETTLED:
            break
    linear = np.clip(design @ slope, -30, 30)
    return np.exp(linear) if family == "counts" else 1 / (1 + np.exp(-linear))


def _score_of(
    values: np.ndarray, expected: np.ndarray, family: str, dispersion: float, trials
) -> float:
    """Return minus twice the log-likelihood of values about given expectations."""
    if family == "shares":
        return float(-2 * stats.binom.logpmf(values, trials, expected).sum())
    if dispersion == 0:
        return float(-2 * stats.poisson.logpmf(values, expected).sum())
    size = 1 / dispersion
    return float(-2 * stats.nbinom.logpmf(values, size, size / (size + expected)).sum())


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
