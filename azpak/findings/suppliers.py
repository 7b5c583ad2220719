"""Who supplied arms: shares of suppliers in what a state imported, by SIPRI's register."""

from __future__ import annotations

import pandas as pd

from azpak.measures import supplier_shares
from azpak.report import Report, finding

__all__ = ["shares"]


@finding
def shares(report: Report, recipient: str, first: int, last: int) -> pd.DataFrame:
    """Return the shares of suppliers in what a state imported in a span of years.

    Parameters
    ----------
    recipient
        ISO 3166-1 alpha-3.
    first, last
        The years of delivery, both included.

    Returns
    -------
    pandas.DataFrame
        As `azpak.measures.supplier_shares` returns it.
    """
    return supplier_shares(report.table("arms_transfers_tiv"), recipient, first, last)
