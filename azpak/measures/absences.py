"""What agreement could be if the votes that were not cast were known: bounds without assumption."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from azpak.errors import MeasureError
from azpak.measures.bounds import Bounds
from azpak.measures.votes import ABSENT, VOTES, coefficients

__all__ = ["absence_bounds", "absence_shares"]

MEASURES = ("share_same", "s_index", "kappa")


def absence_bounds(rollcalls: pd.DataFrame, a: str, b: str) -> dict[str, Bounds]:
    """Compute the least and the largest agreement that the absences of one of two states allow.

    Counted are the roll calls on which at least one of the two voted and the other voted or was
    absent. An absent state might have cast any vote. All absences beside one vote of the other
    state are given the same vote, in every combination: agreement is a ratio of a form linear in
    the votes of each state, so that its extremes lie there.

    Parameters
    ----------
    rollcalls
        Rows of ``unga_rollcalls``, all of which count.
    a, b
        ISO 3166-1 alpha-3.

    Returns
    -------
    dict of str to Bounds
        For ``share_same``, ``s_index`` and ``kappa``.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if there is no such roll call.

    References
    ----------
    Manski (2003), "Partial Identification of Probability Distributions".
    """
    marks = (*VOTES, ABSENT)
    counts = (
        pd.crosstab(rollcalls[a], rollcalls[b])
        .reindex(index=marks, columns=marks, fill_value=0)
        .to_numpy()
    )
    if counts.sum() == counts[-1, -1]:
        raise MeasureError("no vote of either: agreement is not computable", value=f"{a}-{b}")
    known, a_absent, b_absent = counts[:-1, :-1], counts[-1, :-1], counts[:-1, -1]
    places = range(len(VOTES))
    tables = []
    for of_a in product(places, repeat=len(VOTES)):
        for of_b in product(places, repeat=len(VOTES)):
            table = known.copy()
            np.add.at(table, (list(of_a), list(places)), a_absent)
            np.add.at(table, (list(places), list(of_b)), b_absent)
            tables.append(table)
    found = coefficients(np.stack(tables))
    return {m: Bounds(float(np.nanmin(found[m])), float(np.nanmax(found[m]))) for m in MEASURES}


def absence_shares(rollcalls: pd.DataFrame, state: str) -> pd.Series:
    """Return by calendar year the share of roll calls on which a state is recorded as absent.

    Roll calls without a record of the state are left out of the count.
    """
    recorded = rollcalls[rollcalls[state].notna()]
    years = recorded["month"].str[:4].astype("int64")
    return (recorded[state] == ABSENT).groupby(years).mean().rename_axis("year")
