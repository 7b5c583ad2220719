"""Flights between the two states by route, as announced and as reported, beside what else was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, decimal_year, parse
from azpak.findings.series import events_of_pair
from azpak.report import Report, finding

__all__ = [
    "ANNOUNCED", "DUE", "FIRST", "FLOWN", "JOINED", "STOPPED", "THROUGH", "DirectRoutes",
    "direct_routes", "last_flown", "middle", "military", "routes", "seen_flown",
    "steps_on_trade", "stretches",
]  # fmt: skip

ANNOUNCED, FLOWN, STOPPED, DUE = (  # values of the column status
    "announced-schedule", "reported-operating", "suspended", "announced-not-begun",
)  # fmt: skip
THROUGH = "THY"  # the carrier whose route leads on to a third state: not a direct one
FIRST = 2015  # the year of the first route announced
JOINED = 2.5  # years between two reports of flights beyond which nothing is assumed between them

TRADE_STEPS = {"trade", "connectivity"}  # categories of events on trade and transit
NO_STEP = "visitors|pia|azal|turnover|flight"  # in the names of counts and of flights
MILITARY = {"arms", "exercise"}


@finding
def routes(report: Report) -> pd.DataFrame:
    """Return the statements on flights, with the route that each is on.

    Returns
    -------
    pandas.DataFrame
        The table ``flights`` with ``lane``, carrier and route.
    """
    flights = report.table("flights")
    return flights.assign(lane=flights["carrier"] + " " + flights["route"])


class DirectRoutes(NamedTuple):
    """The direct routes between the two states that were announced or flown.

    Attributes
    ----------
    n, n_flown, n_stopped
        All of them; those reported as flown at some time; those that stood still at some time.
    first_flown
        When the first direct flight was reported.
    """

    n: int
    n_flown: int
    n_stopped: int
    first_flown: Date


@finding
def direct_routes(report: Report) -> DirectRoutes:
    """Count the direct routes, and those of them that were flown or stood still."""
    flights = routes(report)
    direct = flights[flights["carrier"] != THROUGH]
    found = direct.groupby("lane")["status"].agg(set)
    return DirectRoutes(
        len(found),
        *(sum(status in seen for seen in found) for status in (FLOWN, STOPPED)),
        min(_dates(direct, FLOWN), key=lambda date: date.sort_key),
    )


@finding
def seen_flown(report: Report, carrier: str) -> tuple[Date, ...]:
    """Return the dates of reports that a carrier flew, in the order of the table."""
    flights = routes(report)
    return tuple(_dates(flights[flights["carrier"] == carrier], FLOWN))


@finding
def last_flown(report: Report) -> Date:
    """Return the date of the last report of a flight."""
    return max(_dates(routes(report), FLOWN), key=lambda date: date.sort_key)


def _dates(flights: pd.DataFrame, status: str) -> Iterable[Date]:
    return map(parse, flights.loc[flights["status"] == status, "date"])


@finding
def steps_on_trade(report: Report) -> pd.DataFrame:
    """Return the events on trade and transit of the two states that happened since `FIRST`.

    Returns
    -------
    pandas.DataFrame
        ``event_id``, ``date`` (EDTF), ``what`` (the event's id). Counts and flights, which are no
        steps, are left out, and so is what was announced or alleged only.
    """
    events = _happened(report, TRADE_STEPS)
    return events[~events["event_id"].str.contains(NO_STEP)]


@finding
def military(report: Report) -> pd.DataFrame:
    """Return the events on arms and exercises of the two states that happened since `FIRST`.

    Returns
    -------
    pandas.DataFrame
        ``event_id``, ``date`` (EDTF), ``what`` (the event's id).
    """
    return _happened(report, MILITARY)


def _happened(report: Report, categories: set[str]) -> pd.DataFrame:
    events = events_of_pair(report).reset_index()
    mine = events["category"].isin(categories) & (events["nature"] == "happened")
    mine &= events["date"].map(lambda text: parse(text).start.year >= FIRST)
    return events.loc[mine, ["event_id", "date"]].assign(what=lambda rows: rows["event_id"])


@finding
def stretches(report: Report) -> pd.DataFrame:
    """Return the stretches of time between the statements on each route.

    Returns
    -------
    pandas.DataFrame
        ``lane``, ``start`` and ``end`` (years with a fraction; the end of the last one is NaN),
        ``known``: both ends say that the route is flown or due, and lie no more than `JOINED`
        years apart. There is none while a route stands still, nor before it has begun.
    """
    flights = routes(report)
    flights = flights.assign(at=flights["date"].map(middle)).sort_values("at", kind="stable")
    rows = []
    for lane, said in flights[flights["status"] != DUE].groupby("lane", sort=False):
        ends = said.assign(next=said["at"].shift(-1), then=said["status"].shift(-1))
        for one in ends[ends["status"] != STOPPED].itertuples():
            near = one.then in (ANNOUNCED, FLOWN) and one.next - one.at <= JOINED
            rows.append({"lane": lane, "start": one.at, "end": one.next, "known": near})
    return pd.DataFrame(rows)


def middle(text: str) -> float:
    """Return the middle of a date as a year with its fraction: its place on an axis of years."""
    date = parse(text)
    return (decimal_year(date.start) + decimal_year(date.end + timedelta(days=1))) / 2
