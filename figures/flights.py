"""Flights between the two states by route, beside steps on trade and what was military."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from azpak.dates import parse
from azpak.findings import flights as found
from azpak.findings.flights import ANNOUNCED, DUE, FIRST, FLOWN, JOINED, STOPPED, middle
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words

CARRIERS = {"AZAL": "AZE", "PIA": "PAK", "THY": "TUR"}  # state whose colour a carrier has
NAMES = {
    "AZAL": "Azerbaijan Airlines",
    "PIA": "Pakistan International",
    "THY": "Turkish Airlines",
}
LAST = 2026.3  # the end of the axis of years: beyond what was last seen
TEXT = 9.5  # points, as in the figures on trade and visitors


@figure("flights-by-route", "trade")
def flights_by_route(report: Report, form: Form) -> ReportFigure:
    """Draw each route in time, with what is announced, reported and unknown.

    Returns
    -------
    ReportFigure
        Rows: lane (route with carrier, or kind of event), date (EDTF), what (status of the
        flight, or the event's id), flights_per_week, source_id.
    """
    flights, stretches = found.routes(report), found.stretches(report)
    steps, military = found.steps_on_trade(report), found.military(report)
    colours = style.state_colours(report)
    lanes = list(dict.fromkeys(flights.sort_values("carrier")["lane"]))
    with style.applied():
        drawing = style.new_figure(form.choose(0.42, 0.5) * (len(lanes) + 2) + 1.35, form)
        axes = drawing.subplots()
        for level, rows in enumerate((military, steps)):
            draw_events(axes, rows, level + 1)
        for level, lane in enumerate(lanes):
            said, between = (rows[rows["lane"] == lane] for rows in (flights, stretches))
            draw_route(axes, said, between, -level, colours[CARRIERS[lane.split(" ")[0]]])
        axes.axhline(0.5, color=style.RULE, lw=0.8)
        axes.set_xlim(FIRST, LAST)
        axes.set_ylim(-len(lanes) + 0.4, 2.6)
        heads = {1: "Arms, exercises", 2: "Trade steps"}
        routes = {-level: named(lane) for level, lane in enumerate(lanes)}
        style.name_rows(axes, heads | routes, form, lift=0.2, size=TEXT)
        axes.set_xticks(range(FIRST + 1, int(LAST) + 1, form.choose(2, 4)))
        axes.tick_params(labelsize=TEXT)
        style.light_grid(axes, "x")
        axes.spines["left"].set_visible(False)
        style.legend_below(axes, legend_marks(), columns=form.choose(4, 2))

    return ReportFigure(
        **words(report, lanes),
        data=pd.concat(
            [
                military.assign(lane="Arms, exercises"),
                steps.assign(lane="Trade steps"),
                flights.rename(columns={"status": "what"}),
            ],
            ignore_index=True,
        )[["lane", "date", "what", "flights_per_week", "source_id"]],
        source="announcements and reports as listed in the data; events of this report.",
        figure=drawing,
    )


def words(report: Report, lanes: list[str]) -> dict[str, str]:
    """Return title, alt text and description, computed from what is drawn."""
    flights, direct = found.routes(report), found.direct_routes(report)
    return {
        "title": (
            f"Since {direct.first_flown.start.year} {count_in_words(direct.n_flown)} of "
            f"{count_in_words(direct.n)} direct routes announced were reported as flown; "
            f"{count_in_words(direct.n_stopped)} stood still for a time"
        ),
        "alt": (
            f"Time line of {len(lanes)} routes between Azerbaijan and Pakistan from {FIRST}, below "
            f"{len(found.steps_on_trade(report))} steps on trade and "
            f"{len(found.military(report))} events on arms and exercises. "
            + "; ".join(
                f"{named(lane, ', ')}: {told(flights[flights['lane'] == lane])}" for lane in lanes
            )
            + "."
        ),
        "description": (
            "A hollow mark is a schedule as announced, a full one a report that the route was "
            "flown, a cross that it had not begun or stood still. A line joins reports that are "
            f"no more than {JOINED:g} years apart; where it is dotted it is not known whether the "
            "route was flown. A mark for a month or a year stands at its middle. The lanes above "
            "hold the events of this report by their dates; that they stand near a flight shows "
            "no cause."
        ),
    }


def named(lane: str, between: str = "\n") -> str:
    """Return carrier and route as they are printed."""
    carrier, route = lane.split(" ", 1)
    return f"{NAMES[carrier]}{between}{route}"


def draw_events(axes: Axes, rows: pd.DataFrame, level: float) -> None:
    """Draw the events of one lane."""
    axes.plot(
        [middle(text) for text in rows["date"]], [level] * len(rows), "|", ms=11, mew=1.3,
        color=style.INK,
    )  # fmt: skip


def draw_route(
    axes: Axes, said: pd.DataFrame, stretches: pd.DataFrame, y: float, colour: str
) -> None:
    """Draw the statements on one route, and the stretches of time between them."""
    for row in stretches.itertuples():
        end = LAST if pd.isna(row.end) else row.end
        draw_line(axes, row.start, end, y, colour, known=row.known)
    said = said.assign(x=said["date"].map(middle)).sort_values("x")
    for row in said.itertuples():
        if row.status in (STOPPED, DUE):
            axes.plot(row.x, y, "x", ms=6.5, mew=1.6, color=colour, zorder=4)
        else:
            fill = colour if row.status == FLOWN else "white"
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
    said = {
        ANNOUNCED: "schedule from",
        FLOWN: "reported as flown",
        STOPPED: "not flown",
        DUE: "announced and not begun",
    }
    ordered = rows.sort_values("date", key=lambda texts: texts.map(middle))
    return ", ".join(f"{said[r.status]} {parse(r.date).display()}" for r in ordered.itertuples())


def legend_marks() -> list:
    """Return the legend."""
    look = {"color": style.MUTED, "mec": style.MUTED}
    return [
        Line2D([], [], ls="", marker="o", mfc="white", mew=1.3, label="schedule announced", **look),
        Line2D([], [], ls="", marker="o", label="reported as flown", **look),
        Line2D([], [], ls="", marker="x", mew=1.6, label="not begun, or standing still", **look),
        Line2D([], [], lw=1.3, ls=(0, (1, 1.8)), color=style.MUTED, label="not known"),
    ]
