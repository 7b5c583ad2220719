"""Flights between the two states by route, beside steps on trade and what was military."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from azpak.dates import parse
from azpak.figures.tiles import DARK_FROM, FAINTEST
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
LAST = 2026.7  # the end of the axis of years: beyond what was last seen
STEP = 10  # points: the mark of a step on trade
TOUCHING = (0.27, 0.42)  # years between two marks of a route
BESIDE = (0.42, 0.6)  # years between two of these marks, so that they do not touch
KEY_LINE = 0.175  # inches: a line of the key of steps
KEY_CHARACTERS = (105, 56)  # that fit such a line


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
        key = step_lines(report, steps, form)
        rows = len(lanes) + 2
        high, foot = form.choose(0.42, 0.5) * rows, KEY_LINE * (key.count("\n") + 1)
        drawing = style.new_figure(high + foot + 0.95, form)
        axes, below = drawing.subplots(2, 1, height_ratios=(high, foot))
        draw_steps(axes, steps, 2, form)
        draw_years(axes, military, 1)
        for level, lane in enumerate(lanes):
            said, between = (rows[rows["lane"] == lane] for rows in (flights, stretches))
            draw_route(axes, said, between, -level, colours[CARRIERS[lane.split(" ")[0]]], form)
        axes.axhline(form.choose(0.5, 0.66), color=style.RULE, lw=0.8)
        axes.set_xlim(FIRST, LAST)
        axes.set_ylim(-len(lanes) + 0.4, form.choose(2.6, 2.75))
        heads = {2: "Steps on trade,\nnamed below", 1: "Arms, exercises:\nevents a year"}
        routes = {-level: named(lane) for level, lane in enumerate(lanes)}
        style.name_rows(axes, heads | routes, form, lift=0.29, size=form.choose(9, 8.5))
        axes.set_xticks(range(FIRST + 1, int(LAST) + 1, form.choose(2, 4)))
        style.light_grid(axes, "x")
        axes.spines["left"].set_visible(False)
        below.axis("off")
        left = blended_transform_factory(drawing.transFigure, below.transAxes)
        below.text(
            0.01, 1, key, transform=left, va="top", fontsize=8, linespacing=1.15
        ).set_in_layout(False)
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
            f"{len(found.steps_on_trade(report))} numbered steps on trade and the number of events "
            f"on arms and exercises a year, {len(found.military(report))} in all. "
            + "; ".join(
                f"{named(lane, ', ')}: {told(flights[flights['lane'] == lane])}" for lane in lanes
            )
            + "."
        ),
        "description": (
            "A hollow mark is a schedule as announced, a full one a report that the route was "
            "flown, a cross that it had not begun or stood still. A line joins reports that are "
            f"no more than {JOINED:g} years apart; where it is dotted it is not known whether the "
            "route was flown. A mark for a month or a year stands at its middle, marks that would "
            "touch stand side by side. The lanes above "
            "hold the events of this report: steps on trade by their dates, side by side where "
            "they would touch, and events on arms and exercises by year; that they stand near a "
            "flight shows no cause."
        ),
    }


def named(lane: str, between: str = "\n") -> str:
    """Return carrier and route as they are printed."""
    carrier, route = lane.split(" ", 1)
    return f"{NAMES[carrier]}{between}{route}"


def draw_steps(axes: Axes, rows: pd.DataFrame, level: float, form: Form) -> None:
    """Draw the steps on trade, numbered in their order, side by side where they would touch."""
    at = style.apart([middle(text) for text in rows["date"]], form.choose(*BESIDE))
    axes.plot(at, [level] * len(rows), "o", ms=STEP, mfc=style.GROUND, mec=style.INK, mew=1)
    for number, x in enumerate(at, 1):
        axes.annotate(
            str(number), (x, level), (0, 0.5), textcoords="offset points", ha="center",
            va="center_baseline", fontsize=style.SMALLEST,
        )  # fmt: skip


def draw_years(axes: Axes, rows: pd.DataFrame, level: float) -> None:
    """Draw a tile for each year with the number of events that begin in it."""
    years = rows["date"].map(lambda text: int(middle(text))).value_counts()
    for year, number in years.items():
        strength = FAINTEST + (1 - FAINTEST) * (number / years.max()) ** 0.5
        axes.add_patch(
            Rectangle((year + 0.04, level - 0.26), 0.92, 0.52, fc=style.INK, lw=0, alpha=strength)
        )
        axes.text(
            year + 0.5, level, str(number), ha="center", va="center", fontsize=style.SMALLEST,
            color=style.GROUND if strength > DARK_FROM else style.INK,
        )  # fmt: skip


def step_lines(report: Report, steps: pd.DataFrame, form: Form) -> str:
    """Return the numbered steps on trade, a line each and more where they are long."""
    told = report.events.loc[steps["event_id"], ["date_text", "title"]]
    return "\n".join(
        textwrap.fill(
            f"{number}  {row.date_text}: {row.title}", form.choose(*KEY_CHARACTERS),
            subsequent_indent="    ",
        )
        for number, row in enumerate(told.itertuples(), 1)
    )  # fmt: skip


def draw_route(
    axes: Axes, said: pd.DataFrame, stretches: pd.DataFrame, y: float, colour: str, form: Form
) -> None:
    """Draw the statements on one route, and the stretches of time between them."""
    for row in stretches.itertuples():
        end = LAST if pd.isna(row.end) else row.end
        draw_line(axes, row.start, end, y, colour, known=row.known)
    said = said.assign(x=said["date"].map(middle), done=said["status"] != ANNOUNCED)
    said = said.sort_values(["x", "done"])
    said["x"] = style.apart(list(said["x"]), form.choose(*TOUCHING))
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
