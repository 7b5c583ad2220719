"""What the summary states that no other finding has: key numbers, exercises, how to cite."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, parse
from azpak.findings import exercises, method_claims, method_confidence, suppliers, transfers, votes
from azpak.report import PAIR, Report, finding
from azpak.text import bounds, listed, per_cent, whole

__all__ = [
    "JETS", "THREE", "TRAINERS", "Exercises", "Registered", "citation",
    "exercises_found", "jets_received", "key_rows", "last_vote", "order", "registered",
    "sellers_since_war",
]  # fmt: skip

THREE = (*PAIR, "TUR")

# The rows of ``transfers`` of the two orders from Pakistan, and when the second was announced.
TRAINERS, JETS = "pak-aze-super-mushshak-2017", "pak-aze-jf17-block3-2024"
JETS_ANNOUNCED = "2024-ispr-jf17-statement"
JETS_LATER = "jf17-quantity-2025"  # what was reported the year after, told by the most reports
WAR = "2020-karabakh-war"

BILLION = 1e9


@finding
def order(report: Report, transfer_id: str) -> pd.Series:
    """Return a row of ``transfers``, such as `TRAINERS`."""
    return report.table("transfers").set_index("transfer_id").loc[transfer_id]


@finding
def jets_received(report: Report) -> float:
    """Return the least number of JF-17s that a specialist outlet reports as received."""
    return report.value("jf17-first-delivered", source="zonamilitar2025delivery")


class Registered(NamedTuple):
    """What SIPRI's register has from Pakistan to Azerbaijan.

    Attributes
    ----------
    n_deals
        Deals listed.
    register
        The date of the register, as its release names it.
    share
        Pakistan's share, 0 to 1, by volume, of what Azerbaijan imported.
    first, last
        The years that the register has; a state without deliveries in one had none.
    """

    n_deals: int
    register: Date
    share: float
    first: int
    last: int


@finding
def registered(report: Report) -> Registered:
    """Return what the register has from Pakistan to Azerbaijan."""
    deals, supply = transfers.register_deals(report, "PAK", "AZE"), suppliers.azerbaijan(report)
    volumes = report.table("arms_transfers_tiv")
    years = volumes.loc[volumes["release"] == supply.release, "year"]
    return Registered(
        len(deals),
        transfers.register_date(report),
        float(supply.shares.at["PAK", "share"]),
        int(years.min()),
        int(years.max()),
    )


@finding
def sellers_since_war(report: Report, buyer: str) -> tuple[str, ...]:
    """Return the known sellers (ISO3, sorted) of what a state ordered after the year of the war."""
    deals = transfers.register_deals(report, None, buyer)
    since = deals.loc[deals["order_year"] > report.day(WAR).year, "supplier"]
    return tuple(sorted({*since} - {"UNK"}))


class Exercises(NamedTuple):
    """Editions of exercises with forces of the two states.

    Attributes
    ----------
    n_of_three
        Editions in which sources name them and Türkiye, and no other state, and all took part in
        full.
    n_others
        Other editions in which both took part in full.
    """

    n_of_three: int
    n_others: int


@finding
def exercises_found(report: Report) -> Exercises:
    """Count the exercises with forces of the two states."""
    held = exercises.editions(report)
    of_three = exercises.with_all(exercises.alone(held, THREE), THREE)
    joint = exercises.with_all(held, PAIR)
    return Exercises(len(of_three), len(joint.index.difference(of_three.index)))


@finding
def last_vote(report: Report) -> Date:
    """Return the month of the last recorded vote on a whole resolution."""
    return parse(votes.rollcalls(report)["month"].max())


@finding
def key_rows(report: Report) -> pd.DataFrame:
    """Return the key numbers of the report.

    Returns
    -------
    pandas.DataFrame
        ``Measure``, ``Value``, ``What it rests on``.
    """
    n_events, weighed = len(report.events), method_claims.weighed(report)
    trainers, jets = order(report, TRAINERS), order(report, JETS)
    agreement = votes.agreement(report, *PAIR, *votes.LATEST)
    levels = [
        (f"Events of {level} confidence", number, f"{per_cent(number / n_events)}% of the events")
        for level, number in method_confidence.levels(report).items()
    ]
    price = bounds(jets["value_usd_low"], jets["value_usd_high"], None, times=1 / BILLION)
    said = report.claims_on("jf17-quantity-2024")["value_low"]
    beyond = listed(whole(number) for number in said[said > jets["quantity_high"]].unique())
    later = whole(report.claims_on(JETS_LATER)["value_low"].mode().item())
    rows = [
        ("Events recorded", n_events, "listed in the chronology"),
        *levels,
        ("Pairs of claims that contradict each other", weighed.n_pairs,
         f"weighed in {weighed.n_rulings} rulings, {weighed.n_unresolved} of them unresolved"),
        ("Super Mushshak trainers ordered",
         bounds(trainers["quantity_low"], trainers["quantity_high"]),
         "contract announced; delivery unconfirmed"),
        (f"JF-17 aircraft in the contract of {report.day(JETS_ANNOUNCED).year}",
         bounds(jets["quantity_low"], jets["quantity_high"]),
         f"press reports, without one that has {beyond}; later reports have a larger order, of "
         f"{later}, some of them citing Pakistan's government; no official text with a number was "
         "seen"),
        ("Value of that contract", f"{price} billion US dollars",
         "press reports of a package; no official price"),
        ("Same vote in the General Assembly", f"{per_cent(agreement.share_same)}%",
         f"{agreement.n_votes} common votes on whole resolutions, "
         f"{votes.LATEST[0]} to {last_vote(report).display()}"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Measure", "Value", "What it rests on"])


@finding
def citation(report: Report) -> str:
    """Return how the report is cited."""
    package, closed = report.package(), report.closed
    title = package["title"].removesuffix(": data")
    return (
        f"{package['contributors'][0]['title']} ({closed.start.year}). {title}: An Executable "
        f"Report. Version {package['version']}, data as of {closed.display()}."
    )
