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
_FEWEST_YEARS = 2  # one year drawn again and again is always the same


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
    whole: bool = True,
    by_year: bool = False,
) -> pd.DataFrame:
    """Compute how two states agree in roll calls drawn anew, with replacement.

    Each draw takes as many roll calls as there are, those on which one of the two did not vote
    among them, and computes the measures of `azpak.measures.agreement` from the common votes. It
    depends on the roll calls and the seed alone: two pairs of states, given the same of both, are
    drawn together, and their measures may be subtracted draw by draw.

    Parameters
    ----------
    rollcalls, a, b, whole
        As for `azpak.measures.agreement`; for a period, its roll calls.
    seed
        Seed of the random numbers. The same seed gives the same draws.
    draws
        How many times to draw, at least 1.
    by_year
        Whether to draw calendar years, each with all its roll calls, as many as hold one. What
        the roll calls of a year have in common then widens the bounds.

    Returns
    -------
    pandas.DataFrame
        One row for each draw: ``n_votes`` (int), ``share_same``, ``s_index`` and ``kappa``
        (float). A measure that a draw does not allow to compute is NaN.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, as `azpak.measures.agreement`, and if there is no common
        vote, no draw, or one year alone to draw from.

    Notes
    -----
    The draws treat roll calls, or years, as independent. Resolutions return from session to
    session, so that bounds taken from the draws are rather too narrow.

    References
    ----------
    Efron (1979), "Bootstrap Methods: Another Look at the Jackknife".
    """
    if draws < 1:
        raise MeasureError("there must be at least one draw", value=draws)
    votes = positions(rollcalls, a, b, whole)
    cells = votes["a"] * _PLACES + votes["b"]
    if cells.isna().all():
        raise MeasureError("no common votes: agreement is not computable", value=f"{a}-{b}")
    times = (_years_drawn if by_year else _calls_drawn)(votes["year"], seed, draws)
    counts = [times[cells.to_numpy() == cell].sum(axis=0) for cell in range(_PLACES**2)]
    crossed = np.stack(counts, axis=1).reshape(draws, _PLACES, _PLACES)
    found = coefficients(crossed)
    return pd.DataFrame({"n_votes": crossed.sum(axis=(1, 2))} | {m: found[m] for m in MEASURES})


def _calls_drawn(years: pd.Series, seed: int, draws: int) -> np.ndarray:
    """Return how often each roll call, of these years, is in each draw."""
    return _times_drawn(len(years), seed, draws)


def _years_drawn(years: pd.Series, seed: int, draws: int) -> np.ndarray:
    """Return how often each roll call is in each draw where its year is drawn as a whole."""
    codes, held = pd.factorize(years)
    if len(held) < _FEWEST_YEARS:
        raise MeasureError(
            "all roll calls are of one year: there are no years to draw", value=int(held[0])
        )
    return _times_drawn(len(held), seed, draws)[codes]


@lru_cache(maxsize=64)
def _times_drawn(held: int, seed: int, draws: int) -> np.ndarray:
    """Return how often each of the roll calls or years held (row) is in each draw (column).

    Kept, since it is the same for every two states of one period.
    """
    taken = np.random.default_rng(seed).integers(held, size=(draws, held))
    taken += held * np.arange(draws)[:, None]  # each draw counts by itself
    counts = np.bincount(taken.ravel(), minlength=draws * held).reshape(draws, held)
    times = np.ascontiguousarray(counts.T)
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
