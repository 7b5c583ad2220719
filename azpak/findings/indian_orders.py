"""Arms that Armenia ordered from India in the trilateral years, as reported and as registered."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.findings.chronology import period
from azpak.findings.trilateral import CHAPTER, printed
from azpak.measures import countable
from azpak.output.table import cite
from azpak.report import Report, finding

__all__ = ["IndianOrders", "order_rows", "orders", "registered"]


class IndianOrders(NamedTuple):
    """Armenia's orders from India in the years after that of the war, to the end of the period.

    Attributes
    ----------
    rows
        By ``transfer_id`` in the order of the table: its columns, ``year`` of the order, and
        ``counted``, whether the value is added up.
    low, high
        Sum of the reported values, each deal once, in US dollars.
    """

    rows: pd.DataFrame
    low: float
    high: float


@finding
def orders(report: Report) -> IndianOrders:
    """Return the orders, and the bounds of their value."""
    told = period(report, CHAPTER)
    transfers = report.table("transfers")
    years = transfers["order_date"].map(_year).astype("Int64")
    chosen = (
        (transfers["supplier"] == "IND")
        & (transfers["recipient"] == "ARM")
        & (years > told.start.year).fillna(False)
        & (years <= told.end.year).fillna(False)
    )
    found = transfers.assign(year=years)[chosen]
    once = countable(found)
    counted = found["transfer_id"].isin(once["transfer_id"]) & found["value_usd_low"].notna()
    return IndianOrders(
        found.assign(counted=counted).set_index("transfer_id"),
        float(once["value_usd_low"].sum()),
        float(once["value_usd_high"].sum()),
    )


def _year(text: object) -> int | None:
    """Return the first year that an order can be of; None where it has no date."""
    return None if pd.isna(text) else parse(text).start.year


@finding
def order_rows(report: Report) -> pd.DataFrame:
    """Return the orders as they are printed.

    Returns
    -------
    pandas.DataFrame
        ``Reported order``, ``Number``, ``Million US dollars``, ``SIPRI's register``, ``In the
        sum``, ``Source`` (markup).
    """
    deals = report.table("arms_deals").set_index("deal_id")
    rows = [
        {
            "Reported order": row["system"],
            "Number": printed(row["quantity_low"], row["quantity_high"]),
            "Million US dollars": printed(row["value_usd_low"], row["value_usd_high"], 1e-6),
            "SIPRI's register": registered(deals, row["register_deal_ids"]),
            "In the sum": "yes" if row["counted"] else "no",
            "Source": cite(row["source_ids"]),
        }
        for _, row in orders(report).rows.iterrows()
    ]
    return pd.DataFrame(rows, dtype=object)


def registered(deals: pd.DataFrame, deal_ids: object) -> str:
    """Return what SIPRI's register has of the main system of a deal.

    Parameters
    ----------
    deals
        The table ``arms_deals`` by ``deal_id``.
    deal_ids
        The entries of a deal, that of its main system first; missing or empty where there is none.
    """
    if not isinstance(deal_ids, tuple) or not deal_ids:
        return "not listed"
    deal = deals.loc[deal_ids[0]]
    if pd.isna(deal["number_ordered"]):
        return "listed without a number"
    mark = ", estimates" if deal["number_ordered_estimated"] else ""
    return f"{deal['number_ordered']:.0f} ordered, {deal['number_delivered']:.0f} delivered{mark}"
