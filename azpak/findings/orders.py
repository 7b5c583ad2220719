"""The arms orders of Armenia and Azerbaijan gathered here: reported values with their bounds."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from azpak.errors import DataError
from azpak.findings.transfers import register_deals
from azpak.measures import countable
from azpak.report import Report, finding

__all__ = [
    "MILLION", "Indian", "Registered", "gun_calibre", "indian", "registered", "values",
]  # fmt: skip

MILLION = 1e6
REPLACED_BUT_SHOWN = "ind-arm-atags-2023"  # told so often beside its other report that it is shown
GUNS = "ind-arm-kalyani-155-2022"


@finding
def values(report: Report) -> pd.DataFrame:
    """Return the gathered orders of Armenia and Azerbaijan, with values in million dollars.

    Returns
    -------
    pandas.DataFrame
        ``transfer_id``, ``supplier``, ``recipient``, ``system``, ``order_date``,
        ``value_usd_million_low`` and ``value_usd_million_high`` (missing where none is published),
        ``status``, ``counted`` (whether it counts beside the others) and ``part_of``, in the order
        of the table ``transfers``.
    """
    rows = report.table("transfers")
    sure = {*countable(rows)["transfer_id"]}
    replaced = rows["superseded_by"].notna() & (rows["transfer_id"] != REPLACED_BUT_SHOWN)
    rows = rows[
        (rows["record_kind"] == "deal") & rows["recipient"].isin(["ARM", "AZE"]) & ~replaced
    ]
    return rows.assign(
        value_usd_million_low=rows["value_usd_low"] / MILLION,
        value_usd_million_high=rows["value_usd_high"] / MILLION,
        counted=rows["transfer_id"].isin(sure),
    ).reset_index(drop=True)[
        ["transfer_id", "supplier", "recipient", "system", "order_date", "value_usd_million_low",
         "value_usd_million_high", "status", "counted", "part_of"]
    ]  # fmt: skip


class Indian(NamedTuple):
    """Armenia's orders from India.

    Attributes
    ----------
    n_rows, n_counted
        Rows gathered, and orders among them that may be counted side by side.
    n_without_value
        Rows without a published value of their own.
    low, high
        Bounds of the sum of counted orders that have a value, in million US dollars as reported.
    n_valued
        How many are in that sum.
    n_in_register
        Counted orders that the register has too.
    """

    n_rows: int
    n_counted: int
    n_without_value: int
    low: float
    high: float
    n_valued: int
    n_in_register: int


@finding
def indian(report: Report) -> Indian:
    """Count and add up Armenia's orders from India."""
    rows = values(report)
    rows = rows[(rows["supplier"] == "IND") & (rows["recipient"] == "ARM")]
    counted = rows[rows["counted"]]
    valued = counted.dropna(subset=["value_usd_million_low", "value_usd_million_high"])
    entries = report.table("transfers").set_index("transfer_id")["register_deal_ids"].map(len)
    return Indian(
        n_rows=len(rows),
        n_counted=len(counted),
        n_without_value=int(rows["value_usd_million_low"].isna().sum()),
        low=float(valued["value_usd_million_low"].sum()),
        high=float(valued["value_usd_million_high"].sum()),
        n_valued=len(valued),
        n_in_register=int((entries.loc[counted["transfer_id"]] > 0).sum()),
    )


@finding
def gun_calibre(report: Report) -> int:
    """Return the calibre, in mm, of the guns that Armenia ordered from India.

    Raises
    ------
    DataError
        If the name of the system does not have it.
    """
    transfers = report.table("transfers").set_index("transfer_id")
    system = transfers.at[GUNS, "system"]
    found = re.search(r"(\d+) mm", system)
    if found is None:
        raise DataError(
            f"the system of {GUNS} does not name its calibre in mm",
            file=report.folder / "transfers.csv", value=system,
        )  # fmt: skip
    return int(found[1])


class Registered(NamedTuple):
    """The orders of a pair in SIPRI's register.

    Attributes
    ----------
    n_lines
        Lines of the register: a system and its missiles may be two.
    ordered, delivered
        Their volume, in million trend-indicator values.
    """

    n_lines: int
    ordered: float
    delivered: float


@finding
def registered(report: Report, supplier: str, recipient: str) -> Registered:
    """Return the orders of a recipient from a supplier in the register, over all years."""
    rows = register_deals(report, supplier, recipient)
    volumes = rows[["tiv_ordered", "tiv_delivered"]].sum()
    return Registered(len(rows), *map(float, volumes))
