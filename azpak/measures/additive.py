"""What two states have in common beyond what each has with all: an additive model of pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from azpak.errors import MeasureError

__all__ = ["residuals"]


def residuals(values: pd.Series) -> pd.Series:
    """Compute what is left of a measure of pairs when the part of each state is taken off.

    ``value(i, j) = part(i) + part(j) + residual(i, j)``, fitted by least squares over the pairs
    that have a value: half the mean of all pairs and the deviation of a state stand in its part.
    A turn that one state makes towards all others moves its part, not the residual.

    Parameters
    ----------
    values
        Indexed by two states, each pair once; NaN, not computable, is left out.

    Returns
    -------
    pandas.Series
        By the pairs with a value, in the unit of the values. The residuals of the pairs of each
        state sum to 0.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if there are not more pairs than states.

    References
    ----------
    The model is that of additive row and column effects, as in Warner, Kenny and Stoto (1979),
    "A New Round Robin Analysis of Variance for Social Interaction Data".
    """
    known = values.dropna()
    states = sorted({state for pair in known.index for state in pair})
    if len(known) <= len(states):
        raise MeasureError("there are too few pairs for a part of each state", value=len(known))
    place = {state: n for n, state in enumerate(states)}
    design = np.zeros((len(known), len(states)))
    for row, pair in enumerate(known.index):
        design[row, [place[state] for state in pair]] = 1
    found = known.to_numpy(dtype="float64")
    parts, *_ = np.linalg.lstsq(design, found, rcond=None)
    return pd.Series(found - design @ parts, known.index)
