"""What hangs on a single order or a single deal: each left out in turn."""

from __future__ import annotations

import pandas as pd

from azpak.errors import MeasureError
from azpak.measures.closure import exact_bounds
from azpak.measures.concentration import herfindahl

__all__ = ["suppliers_without_each_deal", "without_each_order"]


def without_each_order(inside: int, orders: int) -> pd.DataFrame:
    """Compute the E-I index of orders with one of them left out.

    Parameters
    ----------
    inside, orders
        Orders from inside the set, and all, two at least.

    Returns
    -------
    pandas.DataFrame
        ``index``, ``low`` and ``high`` (its exact bounds), one row where the order left out is from
        ``inside`` and one where it is from ``outside``; no row for what there is none of.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if nothing would be left, or more are inside than there are.
    """
    if orders < 2 or not 0 <= inside <= orders:
        raise MeasureError("no order can be left out", value=(inside, orders))
    rows = {}
    for name, there, left in (
        ("inside", inside, inside - 1), ("outside", orders - inside, inside),
    ):  # fmt: skip
        if there:
            bounds = exact_bounds(left, orders - 1)
            rows[name] = {"index": 1 - 2 * left / (orders - 1), "low": bounds.low,
                          "high": bounds.high}  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index")


def suppliers_without_each_deal(delivered: pd.Series, deals: pd.DataFrame) -> pd.DataFrame:
    """Compute who is the first supplier, and the concentration, with one deal left out.

    Parameters
    ----------
    delivered
        Volume delivered by supplier.
    deals
        By deal, ``supplier`` and ``tiv``, the part of `delivered` that the deal makes.

    Returns
    -------
    pandas.DataFrame
        By deal: ``first`` (supplier) and ``effective_number``, the reciprocal of the Herfindahl
        index.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if a deal is larger than what its supplier delivered, or all
        there is.
    """
    rows = {}
    for deal, supplier, tiv in zip(deals.index, deals["supplier"], deals["tiv"], strict=True):
        rest = delivered.copy()
        rest[supplier] = round(rest[supplier] - tiv, 9)
        if rest[supplier] < 0 or rest.sum() <= 0:
            raise MeasureError("a deal cannot be left out of what was delivered", value=deal)
        number = herfindahl(rest / rest.sum()).effective_number
        rows[deal] = {"first": rest.idxmax(), "effective_number": number}
    return pd.DataFrame.from_dict(rows, orient="index")
