"""Flights between the two states by route, beside steps on trade and what was military."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from azpak import tables
from azpak.dates import decimal_year, parse
from azpak.evidence import Evidence
from azpak.text import count_in_words
from azpak.output import style
from azpak.output.figure import ReportFigure

CARRIERS = {"AZAL": "AZE", "PIA": "PAK", "THY": "TUR"}  # state whose colour a carrier has
NAMES = {
    "AZAL": "Azerbaijan Airlines",
    "PIA": "Pakistan International",
    "THY": "Turkish Airlines",
}
PAIR = {"AZE", "PAK"}
TRADE_STEPS = {"trade", "connectivity"}  # categories of events on trade and transit
NO_STEP = "visitors|pia|azal|turnover|flight"  # in the names of counts and of flights
MILITARY = {"arms", "exercise"}
FIRST, LAST = 2015, 2026.3  # years shown: from the first route announced to what was last seen
TEXT = 9.5  # points, as in the figures on trade and visitors
JOINED = 2.5  # years between two reports of flights beyond which nothing is assumed between them
FLOWN, DUE = ("announced-schedule", "reported-operating"), "announced-not-begun"


def flights_by_route() -> ReportFigure:
    """Draw each route in time, with what is announced, reported and unknown.

    Returns
    -------
    ReportFigure
        Rows: lane (route with carrier, or kind of event), date (EDTF), what (status of the
        flight, or the event's id), flights_per_week, source_id.
    """
    flights = tables.load("flights")
    flights = flights.assign(lane=flights["carrier"] + " " + flights["route"])
    steps, military = events_of(TRADE_STEPS), events_of(MILITARY)
    steps = steps[~steps["event_id"].str.contains(NO_STEP)]
    lanes = list(dict.fromkeys(flights.sort_values("carrier")["lane"]))
    with style.applied():
        figure = style.new_figure(0.42 * (len(lanes) + 2) + 1.35)
        axes = figure.subplots()
        for level, rows in enumerate((military, steps)):
            draw_events(axes, rows, level + 1)
        for level, lane in enumerate(lanes):
            draw_route(axes, flights[flights["lane"] == lane], -level)
        axes.axhline(0.5, color=style.RULE, lw=0.8)
        axes.set_xlim(FIRST, LAST)
        axes.set_ylim(-len(lanes) + 0.4, 2.6)
        axes.set_yticks(
            [1, 2, *(-level for level in range(len(lanes)))],
            ["Arms, exercises", "Trade steps", *(named(lane) for lane in lanes)],
        )
        axes.set_xticks(range(FIRST + 1, int(LAST) + 1, 2))
        axes.tick_params(labelsize=TEXT)
        style.light_grid(axes, "x")
        axes.spines["left"].set_visible(False)
        axes.legend(
            handles=legend_marks(), loc="upper center", bbox_to_anchor=(0.4, -0.08), ncols=2,
            fontsize=TEXT, columnspacing=1.2, handletextpad=0.5,
        )  # fmt: skip

    direct = flights[flights["carrier"] != "THY"]
    routes = direct.groupby("lane")["status"].agg(set)
    flown = int(routes.map(lambda found: "reported-operating" in found).sum())
    still = int(routes.map(lambda found: "suspended" in found).sum())
    start = direct[direct["status"] == "reported-operating"]["date"].min()
    return ReportFigure(
        id="flights-by-route",
        title=(
            f"Since {parse(start).start.year} {count_in_words(flown)} of "
            f"{count_in_words(len(routes))} direct routes announced were reported as flown; "
            f"{count_in_words(still)} stood still for a time"
        ),
        alt=(
            f"Time line of {len(lanes)} routes between Azerbaijan and Pakistan from {FIRST}, below "
            f"{len(steps)} steps on trade and {len(military)} events on arms and "
            "exercises. "
            + "; ".join(
                f"{named(lane, ', ')}: {told(flights[flights['lane'] == lane])}" for lane in lanes
            )
            + "."
        ),
        description=(
            "A hollow mark is a schedule as announced, a full one a report that the route was "
            "flown, a cross that it had not begun or stood still. A line joins reports that are "
            f"no more than {JOINED:g} years apart; where it is dotted it is not known whether the "
            "route was flown. A mark for a month or a year stands at its middle. The lanes above "
            "hold the events of this report by their dates; that they stand near a flight shows "
            "no cause."
        ),
        data=pd.concat(
            [
                military.assign(lane="Arms, exercises"),
                steps.assign(lane="Trade steps"),
                flights.rename(columns={"status": "what"}),
            ],
            ignore_index=True,
        )[["lane", "date", "what", "flights_per_week", "source_id"]],
        source="announcements and reports as listed in the data; events of this report.",
        figure=figure,
    )


def named(lane: str, between: str = "\n") -> str:
    """Return carrier and route as they are printed."""
    carrier, route = lane.split(" ", 1)
    return f"{NAMES[carrier]}{between}{route}"


def events_of(categories: set[str]) -> pd.DataFrame:
    """Return the events of the two states in some categories that happened in the years shown.

    Returns
    -------
    pandas.DataFrame
        ``event_id``, ``date``, ``what`` (the event's id); alleged and announced ones are left out.
    """
    events = Evidence.load().event_table().reset_index()
    both = events["actors"].map(lambda actors: {*actors} >= PAIR)
    mine = both & events["category"].isin(categories) & (events["nature"] == "happened")
    mine &= events["date"].map(lambda text: parse(text).start.year >= FIRST)
    return events.loc[mine, ["event_id", "date"]].assign(what=lambda rows: rows["event_id"])


def middle(text: str) -> float:
    """Return the middle of a date as a place on the axis."""
    date = parse(text)
    return (decimal_year(date.start) + decimal_year(date.end + timedelta(days=1))) / 2


def draw_events(axes: Axes, rows: pd.DataFrame, level: float) -> None:
    """Draw the events of one lane."""
    axes.plot(
        [middle(text) for text in rows["date"]], [level] * len(rows), "|", ms=11, mew=1.3,
        color=style.INK,
    )  # fmt: skip


def draw_route(axes: Axes, rows: pd.DataFrame, y: float) -> None:
    """Draw the statements on one route, joined where flights are reported close to each other."""
    colour = style.state_colours()[CARRIERS[rows["carrier"].iloc[0]]]
    rows = rows.assign(x=rows["date"].map(middle)).sort_values("x")
    steps = rows[rows["status"] != DUE]
    for (_, one), (_, two) in zip(
        steps.iloc[:-1].iterrows(), steps.iloc[1:].iterrows(), strict=True
    ):
        if one["status"] == "suspended":
            continue
        known = two["status"] in FLOWN and two["x"] - one["x"] <= JOINED
        draw_line(axes, one["x"], two["x"], y, colour, known=known)
    last = steps.iloc[-1]
    if last["status"] != "suspended":
        draw_line(axes, last["x"], LAST, y, colour, known=False)
    for row in rows.itertuples():
        if row.status in ("suspended", DUE):
            axes.plot(row.x, y, "x", ms=6.5, mew=1.6, color=colour, zorder=4)
        else:
            fill = colour if row.status == "reported-operating" else "white"
            axes.plot(
                row.x, y, "o", ms=6, mec=colour, mfc=fill, mew=1.3, zorder=3 + (fill == colour)
            )


def draw_line(axes: Axes, left: float, right: float, y: float, colour: str, *, known: bool) -> None:
    """Draw one stretch of a route."""
    axes.plot(
        [left, right], [y, y], color=colour, lw=3 if known else 1.3, zorder=2,
        ls="-" if known else (0, (1, 1.8)), solid_capstyle="butt",
    )  # fmt: skip


def told(rows: pd.DataFrame) -> str:
    """Return what is said of one route, in order of time."""
    words = {"announced-schedule": "schedule from", "reported-operating": "reported as flown",
             "suspended": "not flown", DUE: "announced and not begun"}  # fmt: skip
    ordered = rows.sort_values("date", key=lambda texts: texts.map(middle))
    return ", ".join(f"{words[r.status]} {parse(r.date).display()}" for r in ordered.itertuples())


def legend_marks() -> list:
    """Return the legend."""
    look = {"color": style.MUTED, "mec": style.MUTED}
    return [
        Line2D([], [], ls="", marker="o", mfc="white", mew=1.3, label="schedule announced", **look),
        Line2D([], [], ls="", marker="o", label="reported as flown", **look),
        Line2D([], [], ls="", marker="x", mew=1.6, label="not begun, or standing still", **look),
        Line2D([], [], lw=1.3, ls=(0, (1, 1.8)), color=style.MUTED, label="not known"),
    ]
