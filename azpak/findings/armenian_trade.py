"""Armenia's trade with India, one series of one office, and the register of arms beside it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import MeasureError
from azpak.findings import suppliers, trade
from azpak.report import Report, finding

__all__ = ["SOURCE", "Turns", "measured", "turns"]

SOURCE = "armstat_tvyal_2025"  # the series, as compiled from the office's tables


@finding
def measured(report: Report) -> pd.DataFrame:
    """Return Armenia's trade with India by year, in both ways of counting imports.

    Returns
    -------
    pandas.DataFrame
        Index ``year``; ``exports``, ``imports``, ``imports_consignment`` and, with the exports,
        ``by_origin`` and ``by_consignment`` (million US dollars).
    """
    rows = report.table("trade")
    mine = (rows["reporter"] == "ARM") & (rows["partner"] == "IND")
    rows = rows[mine & (rows["status"] == trade.OFFICE_SERIES)]
    return rows.assign(
        year=rows["period"].astype(int),
        by_origin=rows["exports"] + rows["imports"],
        by_consignment=rows["exports"] + rows["imports_consignment"],
    ).set_index("year")[
        ["exports", "imports", "imports_consignment", "by_origin", "by_consignment"]
    ]


class Turns(NamedTuple):
    """Years in which Armenia's trade with India turned.

    Attributes
    ----------
    top_by_origin, top_by_consignment
        Trade was largest, by the one and by the other way of counting imports.
    leap
        Imports by origin grew most.
    top_exports
        Armenia's exports were largest.
    """

    top_by_origin: int
    top_by_consignment: int
    leap: int
    top_exports: int


@finding
def turns(report: Report) -> Turns:
    """Return the years in which Armenia's trade with India turned.

    Raises
    ------
    azpak.errors.MeasureError
        If both counts peak in one year, or the register has Indian deliveries in the year of the
        leap: the prose says that neither is so.
    """
    series = measured(report)
    found = Turns(
        *(int(series[column].idxmax()) for column in ("by_origin", "by_consignment")),
        leap=int(series["imports"].diff().idxmax()),
        top_exports=int(series["exports"].idxmax()),
    )
    if found.top_by_origin == found.top_by_consignment:
        raise MeasureError("both counts of imports peak in one year", value=found.top_by_origin)
    if found.leap in suppliers.years_from(report, "IND", "ARM"):
        raise MeasureError("the register has deliveries in the year of the leap", value=found.leap)
    return found
