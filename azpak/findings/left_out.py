"""What hangs on single orders and deals of the register: closure and first suppliers without."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.findings import closure, suppliers
from azpak.findings.transfers import register_deals
from azpak.measures import Bounds
from azpak.measures.left_out import suppliers_without_each_deal, without_each_order
from azpak.report import Report, finding

__all__ = ["Deals", "Hinge", "Orders", "deals", "orders"]

# The register of deliveries has a tenth of a million, that of deals a hundredth: what one deal
# delivered can exceed the sum of the years by what that rounds.
ROUNDED = 0.05


class Orders(NamedTuple):
    """The closure of a recipient's orders after the war, with one order left out.

    Attributes
    ----------
    index
        The least and the largest E-I index.
    high
        The least and the largest upper bound.
    """

    index: Bounds
    high: Bounds


@finding
def orders(report: Report, recipient: str) -> Orders:
    """Return what the closure of a recipient's orders after the war is without each of them.

    Raises
    ------
    AssertionError
        If an order, left out, puts the exact bounds on one side of nought: the text denies it.
    """
    found = closure.of_phase(report, recipient, closure.AFTER_THE_WAR)
    rows = without_each_order(found.inside, found.orders)
    settled = (rows["high"] < 0) | (rows["low"] > 0)
    assert not settled.any(), f"one order left out settles the closure of orders of {recipient}"
    return Orders(
        Bounds(float(rows["index"].min()), float(rows["index"].max())),
        Bounds(float(rows["high"].min()), float(rows["high"].max())),
    )


class Hinge(NamedTuple):
    """A period whose first supplier is first by one deal.

    Attributes
    ----------
    period
        As ``2000/2004``.
    supplier, instead
        Who is first, and who would be without the deal (ISO3).
    weapon
        What was ordered, in the words of the register.
    tiv, of
        The volume of the deal and of the period, million TIV.
    """

    period: str
    supplier: str
    instead: str
    weapon: str
    tiv: float
    of: float


class Deals(NamedTuple):
    """Azerbaijan's suppliers with one deal of the register left out.

    Attributes
    ----------
    effective
        The least and the largest effective number of suppliers over all years.
    leader
        Who is first over all years, whichever deal is left out.
    hinge
        The one period whose first supplier is first by one deal. Deals with deliveries in other
        years too stay in.
    n_deals
        Deals of all years.
    """

    effective: Bounds
    leader: str
    hinge: Hinge
    n_deals: int


@finding
def deals(report: Report) -> Deals:
    """Return what becomes of Azerbaijan's suppliers without each deal.

    Raises
    ------
    AssertionError
        If one deal decides who is first over all years, or in another number of periods than one.
    """
    first, last = suppliers.years(report, "AZE")
    held = _delivered(report)
    inside = held[(held["from"] >= first) & (held["to"] <= last)]
    every = _without(report, first, last, inside)
    hinges = []
    for row in suppliers.azerbaijan(report).periods.itertuples():
        mine = inside[(inside["from"] >= row.first) & (inside["to"] <= row.last)]
        without = _without(report, row.first, row.last, mine)["first"]
        for deal, instead in without[without != row.first_supplier].items():
            weapon, tiv = mine.loc[deal, ["weapon", "tiv"]]
            hinges.append(
                Hinge(row.period, row.first_supplier, instead, weapon, float(tiv), float(row.tiv))
            )
    numbers, leaders = every["effective_number"], {*every["first"]}
    assert len(leaders) == 1, "one deal decides who supplied most over all years"
    assert len(hinges) == 1, f"{len(hinges)} first suppliers of a period hang on one deal"
    (leader,), (hinge,) = leaders, hinges
    return Deals(Bounds(float(numbers.min()), float(numbers.max())), leader, hinge, len(every))


def _delivered(report: Report) -> pd.DataFrame:
    """Return ``supplier``, ``weapon``, ``tiv`` and first and last year of delivery by deal."""
    lines = register_deals(report, None, "AZE")
    lines = lines[lines["tiv_delivered"] > 0]
    years = lines["delivery_years"].map(lambda listed: [int(year) for year in listed])
    return pd.DataFrame(
        {"supplier": lines["supplier"], "weapon": lines["weapon"], "tiv": lines["tiv_delivered"],
         "from": years.map(min), "to": years.map(max)}
    )  # fmt: skip


def _without(report: Report, first: int, last: int, mine: pd.DataFrame) -> pd.DataFrame:
    volumes = suppliers.shares(report, "AZE", first, last).set_index("supplier")["tiv"]
    most = mine["supplier"].map(volumes)
    close = (mine["tiv"] > most) & (mine["tiv"] <= most + ROUNDED)
    return suppliers_without_each_deal(volumes, mine.assign(tiv=mine["tiv"].mask(close, most)))
