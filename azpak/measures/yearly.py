"""Yearly series of two states, in the short time that hundreds of pairs of states need."""

from __future__ import annotations

import numpy as np
import pandas as pd

from azpak.measures.votes import VOTES

__all__ = ["FEWEST_VOTES", "after_gap", "summed", "yearly_agreement", "yearly_distance"]

FEWEST_VOTES = 10  # common votes of a year, as in the table of ranks


def yearly_agreement(rollcalls: pd.DataFrame, a: str, b: str) -> pd.DataFrame:
    """Compute how two states agreed in each year's recorded votes on whole resolutions.

    Parameters
    ----------
    rollcalls
        The table ``unga_rollcalls``.
    a, b
        ISO 3166-1 alpha-3.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``year``: ``n_votes``, ``n_same`` and ``kappa`` of `azpak.measures.coders`,
        which it equals. Years with fewer than `FEWEST_VOTES` common votes are left out.
    """
    votes = rollcalls[rollcalls["whole"] & rollcalls[a].isin(VOTES) & rollcalls[b].isin(VOTES)]
    years = votes["month"].str[:4].astype("int64").to_numpy()
    first, span = years.min(initial=9999), np.ptp(years) + 1 if len(years) else 0
    cells = (years - first) * 9 + votes[a].map(VOTES.index) * 3 + votes[b].map(VOTES.index)
    table = np.bincount(cells, minlength=9 * span).reshape(span, 3, 3)
    n, same = table.sum(axis=(1, 2)), np.trace(table, axis1=1, axis2=2)
    expected = (table.sum(axis=2) * table.sum(axis=1)).sum(axis=1) / np.maximum(n, 1) ** 2
    left = np.where(expected < 1, 1 - expected, np.nan)
    found = pd.DataFrame(
        {"n_votes": n, "n_same": same, "kappa": (same / np.maximum(n, 1) - expected) / left},
        index=pd.RangeIndex(first, first + span, name="year"),
    )
    return found[found["n_votes"] >= FEWEST_VOTES]


def yearly_distance(points: pd.DataFrame, a: str, b: str) -> pd.Series:
    """Return the distance between the ideal points of two states by year, without unit."""
    wide = points.pivot(index="year", columns="iso3", values="ideal_point_all")
    return (wide[a] - wide[b]).abs().dropna()


def summed(rows: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Return the sum of the column ``value`` by ``year``, 0 in years without a row."""
    return rows.groupby("year")["value"].sum().reindex(range(first, last + 1), fill_value=0.0)


def after_gap(values: pd.Series) -> pd.Series:
    """Return the years after the last gap."""
    gaps = np.flatnonzero(np.diff(values.index.to_numpy()) != 1)
    return values.iloc[gaps[-1] + 1 :] if len(gaps) else values
