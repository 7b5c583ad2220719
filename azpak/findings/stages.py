"""How far each gathered arms deal is carried by its sources, from a report to a delivery."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.errors import MeasureError
from azpak.findings import transfers
from azpak.report import Report, finding
from azpak.text import span_of_years

__all__ = ["STAGES", "TRAINERS", "Reached", "deals", "like_the_trainers", "reached"]

# Each status of a deal with the words for the step that it has reached, in their order.
STAGES = {
    "reported-unconfirmed": "reported",
    "ordered": "ordered",
    "delivery-unconfirmed": "delivery claimed",
    "delivering": "being delivered",
    "delivered": "delivered",
}
BEGUN = ("delivering", "delivered")
TRAINERS = "pak-aze-super-mushshak-2017"
JF17 = "pak-aze-jf17-block3-2024"


@finding
def deals(report: Report) -> pd.DataFrame:
    """Return the gathered deals that no other row replaces, by the step that each has reached.

    Returns
    -------
    pandas.DataFrame
        ``transfer_id``, ``supplier``, ``recipient``, ``system``, ``order_date`` (EDTF or missing),
        ``order_year`` (empty if undated), ``status``, ``stage`` (0 to 4, as in `STAGES`),
        ``confidence``; by supplier and recipient in the order of the table.
    """
    rows = transfers.gathered(report).deals
    rows = rows[rows["superseded_by"].isna()]
    columns = ["transfer_id", "supplier", "recipient", "system", "order_date", "status"]
    return rows[[*columns, "confidence"]].assign(
        order_year=rows["order_date"].map(_years), stage=rows["status"].map(list(STAGES).index)
    ).reset_index(drop=True)  # fmt: skip


def _years(date: str | None) -> str:
    """Return the year of a date, or the first and the last in which it may lie."""
    if pd.isna(date):
        return ""
    parsed = parse(date)
    return str(span_of_years(parsed.start.year, (parsed.end or parsed.start).year))


class Reached(NamedTuple):
    """How many deals between two states there are, and in how many a delivery has begun."""

    begun: int
    all: int


@finding
def reached(report: Report, supplier: str, recipient: str) -> Reached:
    """Return how many deals of a pair there are, and in how many a delivery has begun.

    Raises
    ------
    MeasureError
        If there is none.
    """
    rows = deals(report)
    pair = rows[(rows["supplier"] == supplier) & (rows["recipient"] == recipient)]
    if pair.empty:
        raise MeasureError("no deal was gathered for a pair", value=f"{supplier} to {recipient}")
    return Reached(int(pair["status"].isin(BEGUN).sum()), len(pair))


@finding
def like_the_trainers(report: Report) -> int:
    """Return how many deals stand on the step of the trainers, and check that the JF-17 does.

    Raises
    ------
    MeasureError
        If a delivery of the trainers or of the JF-17 is more or less than claimed: the text says
        that both are.
    """
    status = deals(report).set_index("transfer_id")["status"]
    if {status[TRAINERS], status[JF17]} != {"delivery-unconfirmed"}:
        raise MeasureError(
            "trainers and JF-17 are not both deals of which a delivery is only claimed",
            value=f"{status[TRAINERS]}, {status[JF17]}",
            way_out="Rewrite the paragraph below the figure deals-by-stage",
        )
    return int((status == status[TRAINERS]).sum())
