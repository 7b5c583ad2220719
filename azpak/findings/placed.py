"""Where the events took place, by period."""

from __future__ import annotations

import pandas as pd

from azpak.findings.voices import phases_of
from azpak.report import Report, finding

__all__ = ["CAPITALS", "by_place", "located", "share_of_capitals"]

CAPITALS = ("baku", "islamabad")


@finding
def located(report: Report) -> pd.DataFrame:
    """Return the active events whose place is in the data.

    Returns
    -------
    pandas.DataFrame
        ``event_id``, ``category``, ``place_id``, ``name`` of the place, ``lon``, ``lat`` and
        ``phase_id``, the period in which the event begins; in order of time.
    """
    events = report.events.reset_index()[["event_id", "category", "place_id"]]
    places = report.table("places")[["place_id", "name", "lon", "lat"]]
    joined = events.merge(places, on="place_id")
    return joined.assign(phase_id=joined["event_id"].map(phases_of(report)))


@finding
def by_place(report: Report) -> pd.DataFrame:
    """Count the located events of each period by place.

    Returns
    -------
    pandas.DataFrame
        ``phase_id``, ``place_id``, ``name``, ``lon``, ``lat`` and ``events`` (int): in each period
        the fullest place first.
    """
    keys = ["phase_id", "place_id", "name", "lon", "lat"]
    counted = located(report).groupby(keys, sort=False).size().rename("events").reset_index()
    order = {phase: n for n, phase in enumerate(located(report)["phase_id"].unique())}
    return (
        counted.assign(order=counted["phase_id"].map(order))
        .sort_values(["order", "events", "name"], ascending=[True, False, True])
        .drop(columns="order")
        .reset_index(drop=True)
    )


@finding
def share_of_capitals(report: Report) -> pd.DataFrame:
    """Count the located events of each period, and those in one of the two capitals.

    Returns
    -------
    pandas.DataFrame
        ``events`` and ``in_capitals`` (int) by ``phase_id``, in order of time.
    """
    counted = by_place(report)
    inside = counted["events"].where(counted["place_id"].isin(CAPITALS), 0)
    return (
        counted.assign(in_capitals=inside)
        .groupby("phase_id", sort=False)[["events", "in_capitals"]]
        .sum()
    )
