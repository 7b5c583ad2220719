"""Blocs that agreement itself makes of states, beside sets drawn by others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.errors import MeasureError

__all__ = ["MOST_STATES", "Blocs", "blocs", "same_split"]

MOST_STATES = 20  # every split is tried, of which there are half a million for so many


class Blocs(NamedTuple):
    """The split of some states in two that agreement supports most.

    Attributes
    ----------
    first, second
        The two blocs, in the order of the states given; the first holds the first state. The
        second is empty where no split is better than none.
    modularity
        How much more of the agreement lies inside the two than if it were spread by how much each
        state has of it, at most a half for two blocs.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    modularity: float


def blocs(values: pd.Series, states: Iterable[str]) -> Blocs:
    """Find the split in two with the largest modularity, all splits being tried.

    ``Q = sum((w - d d' / m) inside) / m`` over ordered pairs, with the agreement w of a pair (none
    where it is negative), the sum d of a state's and the sum m of all d.

    Parameters
    ----------
    values
        A measure of agreement by two states, every pair of `states` once.
    states
        The states to be split, at most `MOST_STATES`.

    Returns
    -------
    Blocs
        The split.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if a pair has no value, no pair agrees, or the states are
        fewer than two or too many.

    References
    ----------
    Newman (2006), "Modularity and community structure in networks".
    """
    order = list(dict.fromkeys(states))
    n = len(order)
    if not 2 <= n <= MOST_STATES:
        raise MeasureError("so many states are not split", value=n)
    known = {frozenset(pair): value for pair, value in values.items()}
    weights = np.zeros((n, n))
    for i, one in enumerate(order):
        for j, other in enumerate(order[:i]):
            weights[i, j] = weights[j, i] = known.get(frozenset((one, other)), np.nan)
    if np.isnan(weights).any():
        raise MeasureError("a pair has no value: blocs are not computable")
    weights = np.maximum(weights, 0)
    degrees, total = weights.sum(axis=1), weights.sum()
    if total == 0:
        raise MeasureError("no pair agrees: blocs are not computable")
    beyond = weights - np.outer(degrees, degrees) / total
    # The first state stands on one side, so that no split is tried twice.
    others = (np.arange(2 ** (n - 1))[:, None] >> np.arange(n - 1)) & 1
    sides = np.column_stack([np.ones(len(others)), 1 - 2 * others])
    scores = np.einsum("si,si->s", sides @ beyond, sides) / (2 * total)
    best = int(scores.argmax())
    split = [
        tuple(s for s, side in zip(order, sides[best], strict=True) if side == one)
        for one in (1, -1)
    ]
    return Blocs(*split, float(scores[best]))


def same_split(found: Blocs, sets: Iterable[Iterable[str]]) -> bool:
    """Whether the blocs are two given sets, in either order."""
    return {frozenset(found.first), frozenset(found.second)} == {frozenset(s) for s in sets}
