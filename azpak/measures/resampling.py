"""How far a measure depends on which roll calls were held: agreement over roll calls drawn anew."""

from __future__ import annotations

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
    whole: bool = True,
) -> pd.DataFrame:
    """Compute how two states agree in roll calls drawn anew, with replacement.

    Each draw takes as many roll calls as there are, all with equal chance, those on which one of
    the two did not vote among them, and computes the measures of `azpak.measures.agreement` from
    the common votes that it caught. The draws depend on the roll calls and the seed alone: two
    pairs of states, given the same of both, are drawn together, and their measures may be
    subtracted draw by draw.

    Parameters
    ----------
    rollcalls, a, b, whole
        As for `azpak.measures.agreement`; for a period, its roll calls.
    seed
        Seed of the random numbers. The same seed gives the same draws.
    draws
        How many times to draw, at least 1.

    Returns
    -------
    pandas.DataFrame
        One row for each draw: ``n_votes`` (int), ``share_same``, ``s_index`` and ``kappa``
        (float). A measure that a draw does not allow to compute is NaN.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, as `azpak.measures.agreement`, and if the two have no
        common vote or ``draws`` is below 1.

    Notes
    -----
    The draws treat roll calls as independent. Resolutions return from session to session, so that
    bounds taken from the draws are rather too narrow.

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
    no_common_vote = _PLACES**2
    cells = cells.fillna(no_common_vote).to_numpy(dtype="int64")
    generator = np.random.default_rng(seed)
    rows = []
    for _ in range(draws):
        drawn = cells[generator.integers(len(cells), size=len(cells))]
        counts = np.bincount(drawn, minlength=no_common_vote + 1)[:no_common_vote]
        measures = coefficients(counts.reshape(_PLACES, _PLACES))
        rows.append({"n_votes": int(counts.sum()), **{name: measures[name] for name in MEASURES}})
    return pd.DataFrame(rows)


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
