"""How far a measure depends on which roll calls were held: agreement in roll calls drawn anew."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.errors import MeasureError
from azpak.measures.votes import VOTES, coefficients, positions

__all__ = ["LEVEL", "Interval", "bootstrap_agreement", "interval"]

LEVEL = 0.95  # the custom of the field
MEASURES = ("share_same", "s_index", "kappa")
_PLACES = len(VOTES)


class Interval(NamedTuple):
    """The bounds between which the middle part of some draws lies."""

    low: float
    high: float


def bootstrap_agreement(
    rollcalls: pd.DataFrame,
    a: str,
    b: str,
    seed: int,
    draws: int,
    units: np.ndarray | None = None,
) -> pd.DataFrame:
    """Compute how two states agree in roll calls drawn anew, with replacement.

    Each draw takes as many units as there are, each with all its roll calls, those on which one of
    the two did not vote among them, and computes the measures of `azpak.measures.coders` from
    the common votes. It depends on the units and the seed alone: two pairs of states, given the
    same of both, are drawn together, and their measures may be subtracted draw by draw.

    Parameters
    ----------
    rollcalls, a, b
        As for `azpak.measures.coders`; for a period, its roll calls. All rows count.
    seed
        Seed of the random numbers. The same seed gives the same draws.
    draws
        How many times to draw, at least 1.
    units
        What is drawn: the number, from 0, of the unit of each roll call, such as its item
        (`azpak.measures.crossed.items`) or its year. By default each roll call is one. A unit
        alone is the same in every draw. Bounds from single roll calls are too narrow, since
        resolutions return from session to session.

    Returns
    -------
    pandas.DataFrame
        One row for each draw: ``n_votes`` (int), ``share_same``, ``s_index`` and ``kappa``
        (float). A measure that a draw does not allow to compute is NaN.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, as `azpak.measures.coders`, and if there is no common
        vote or no draw.

    References
    ----------
    Efron (1979), "Bootstrap Methods: Another Look at the Jackknife". Cameron, Gelbach and Miller
    (2008), "Bootstrap-Based Improvements for Inference with Clustered Errors".
    """
    if draws < 1:
        raise MeasureError("there must be at least one draw", value=draws)
    votes = positions(rollcalls, a, b, whole=False)
    where = np.arange(len(votes)) if units is None else np.asarray(units)
    held = int(where.max()) + 1
    common = votes[["a", "b"]].notna().all(axis=1).to_numpy()
    if not common.any():
        raise MeasureError("no common votes: agreement is not computable", value=f"{a}-{b}")
    cells = (votes["a"] * _PLACES + votes["b"])[common].to_numpy(dtype="int64")
    counts = np.bincount(where[common] * _PLACES**2 + cells, minlength=held * _PLACES**2)
    drawn = _times_drawn(held, seed, draws) @ counts.reshape(held, -1).astype("float32")
    crossed = np.rint(drawn).astype("int64").reshape(draws, _PLACES, _PLACES)
    found = coefficients(crossed)
    return pd.DataFrame({"n_votes": crossed.sum(axis=(1, 2))} | {m: found[m] for m in MEASURES})


@lru_cache(maxsize=64)
def _times_drawn(held: int, seed: int, draws: int) -> np.ndarray:
    """Return how often each of the units held (column) is in each draw (row).

    Kept, since it is the same for every two states of one period.
    """
    taken = np.random.default_rng(seed).integers(held, size=(draws, held), dtype="int32")
    taken += held * np.arange(draws, dtype="int32")[:, None]  # each draw counts by itself
    counts = np.bincount(taken.ravel(), minlength=draws * held).reshape(draws, held)
    times = counts.astype("float32")  # exact for whole numbers of this size, and fast
    times.flags.writeable = False
    return times


def interval(values: pd.Series, level: float = LEVEL) -> Interval:
    """Compute the percentile interval of some draws.

    Parameters
    ----------
    values
        A measure, by draw. NaN, not computable, is left out.
    level
        The part of the draws that lies within, between 0 and 1.

    Returns
    -------
    Interval
        The percentiles ``(1 - level) / 2`` and ``(1 + level) / 2``.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if no draw is left or the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise MeasureError("the level is not between 0 and 1", value=level)
    kept = values.dropna()
    if kept.empty:
        raise MeasureError("there are no draws: an interval is not computable")
    low, high = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))
