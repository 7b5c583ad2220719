"""Regression over pairs of states, with probabilities from states that change places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.errors import MeasureError

__all__ = ["Effect", "qap"]


class Effect(NamedTuple):
    """What a property of pairs has to do with a measure of them, others held fixed.

    Attributes
    ----------
    value
        The coefficient, in the unit of the measure.
    p
        The share of draws, the pairs as they are included, in which it is as far from nought.
    """

    value: float
    p: float


def qap(values: pd.Series, terms: pd.DataFrame, seed: int, draws: int) -> dict[str, Effect]:
    """Regress a measure of pairs on properties of pairs, by permuting states.

    ``value = constant + sum(coefficient x term)`` by least squares over all pairs. Pairs that share
    a state are not independent, so that usual errors do not hold: for each term what the others
    leave of it is laid out as a matrix, its rows and columns are permuted together, and the t value
    of the coefficient is compared with those of the draws.

    Parameters
    ----------
    values
        Indexed by two states, every pair of some states once.
    terms
        The same index, a column for each term.
    seed, draws
        Seed of the random numbers, and how many permutations.

    Returns
    -------
    dict of str to Effect
        By term.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if pairs are missing or twice, or the terms are not
        independent of each other.

    References
    ----------
    Dekker, Krackhardt and Snijders (2007), "Sensitivity of MRQAP Tests to Collinearity and
    Autocorrelation Conditions": double semi-partialing.
    """
    states = sorted({state for pair in values.index for state in pair})
    place = {state: n for n, state in enumerate(states)}
    ends = np.array([[place[a], place[b]] for a, b in values.index])
    size = len(states)
    if len({frozenset(pair) for pair in values.index}) != size * (size - 1) // 2:
        raise MeasureError("not every pair of the states stands once", value=len(values))
    found, design = values.to_numpy(dtype="float64"), terms.to_numpy(dtype="float64")
    design = np.column_stack([np.ones(len(design)), design])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise MeasureError("the terms are not independent of each other", value=list(terms.columns))
    generator = np.random.default_rng(seed)
    orders = np.array([generator.permutation(size) for _ in range(draws)])
    effects = {}
    for column, name in enumerate(terms.columns, start=1):
        others = np.delete(design, column, axis=1)
        left = _left(design[:, column], others)
        matrix = np.zeros((size, size))
        matrix[ends[:, 0], ends[:, 1]] = matrix[ends[:, 1], ends[:, 0]] = left
        drawn = matrix[orders[:, ends[:, 0]], orders[:, ends[:, 1]]]
        value, t = _slopes(left[None, :], others, found)
        _, again = _slopes(drawn, others, found)
        tolerance = 1e-9  # two ways of adding up one permutation
        as_far = (np.abs(again) >= np.abs(t[0]) - tolerance).sum()
        effects[str(name)] = Effect(float(value[0]), float((as_far + 1) / (draws + 1)))
    return effects


def _left(values: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return what a regression on the others leaves of values."""
    fitted, *_ = np.linalg.lstsq(others, values.T, rcond=None)
    return values - (others @ fitted).T


def _slopes(
    terms: np.ndarray, others: np.ndarray, found: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return coefficient and t value of each of some terms, one a row, beside the others."""
    own, target = _left(terms, others), _left(found, others)
    square = (own**2).sum(axis=1)
    value = own @ target / square
    rest = ((target - value[:, None] * own) ** 2).sum(axis=1)
    freedom = len(found) - others.shape[1] - 1
    return value, value / np.sqrt(rest / freedom / square)
