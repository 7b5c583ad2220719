"""The suppliers of Azerbaijan and of Armenia as ranks in periods of five years."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.findings import suppliers
from azpak.measures import periods_of
from azpak.report import Report, finding

__all__ = ["RECIPIENTS", "UNKNOWN", "Leaders", "leaders", "ranks", "spans"]

RECIPIENTS = ("AZE", "ARM")
UNKNOWN = "UNK"  # deliveries whose supplier the register does not know: they have no rank


@finding
def spans(report: Report) -> list[tuple[int, int]]:
    """Return the periods of both states: those of Azerbaijan, and before them as far as Armenia's.

    Returns
    -------
    list of tuple of int
        First and last year of each.
    """
    first, last = suppliers.years(report, "AZE")
    earliest, latest = suppliers.years(report, "ARM")
    while first > earliest:
        first -= suppliers.WINDOW
    return periods_of(first, max(last, latest), suppliers.WINDOW)


@finding
def ranks(report: Report) -> pd.DataFrame:
    """Return the rank of each known supplier of each state in each period.

    Returns
    -------
    pandas.DataFrame
        ``recipient``, ``period`` (``2000/2004``), ``rank`` (from 1; equal volumes share one),
        ``supplier`` (ISO 3166-1 alpha-3), ``tiv_million``, ``total_million`` (of all suppliers,
        unknown ones included); by recipient, period and rank. A period in which the register has
        no delivery has no row.
    """
    parts = []
    for recipient in RECIPIENTS:
        delivered = suppliers.deliveries(report, recipient)
        for first, last in spans(report):
            tiv = delivered[delivered["year"].between(first, last)].groupby("supplier")["tiv"].sum()
            known = tiv[(tiv > 0) & (tiv.index != UNKNOWN)].sort_values(ascending=False)
            parts.append(pd.DataFrame({
                "recipient": recipient, "period": f"{first}/{last}",
                "rank": known.rank(ascending=False, method="min").astype(int),
                "supplier": known.index, "tiv_million": known, "total_million": tiv.sum(),
            }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


class Leaders(NamedTuple):
    """Who came first among the suppliers of a state.

    Attributes
    ----------
    periods
        Periods in which the register has deliveries to the state.
    first
        By period, the states that came first: one, or more with equal volumes.
    """

    periods: tuple[str, ...]
    first: dict[str, tuple[str, ...]]

    @property
    def in_turn(self) -> list[str]:
        """Who came first, each once where it follows itself."""
        found: list[str] = []
        for period in self.periods:
            found += [state for state in self.first[period] if state not in found[-1:]]
        return found

    def n_of(self, state: str) -> int:
        """Return in how many periods a state came first."""
        return sum(state in first for first in self.first.values())


@finding
def leaders(report: Report, recipient: str) -> Leaders:
    """Return who came first among the suppliers of a state (ISO 3166-1 alpha-3)."""
    rows = ranks(report)
    rows = rows[(rows["recipient"] == recipient) & (rows["rank"] == 1)]
    first = {
        str(period): tuple(map(str, part["supplier"]))
        for period, part in rows.groupby("period", sort=True)
    }
    return Leaders(tuple(first), first)
