"""The routes that join the two states: one map of those by land and sea, one of flights."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from azpak.dates import parse
from azpak.figures import credits
from azpak.figures.base_map import (
    base_map,
    disputed_keys,
    great_circle,
    label,
    look_of,
    scale_bar,
    status_keys,
    true_from_capitals,
)
from azpak.figures.projection import projector
from azpak.findings.routes import drawn, joining
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.vocabulary import ROUTE_STATUSES

COLOURS = ("#0b6e6e", "#a8325a", "#4d3a94", "#8a4b08")
MAPS = {False: "By land and sea", True: "By air"}  # by whether the route is flown
# Where along its line a number stands (share of the length within the window).
NUMBER_AT = {
    "tir_karachi_aktau_baku": 0.62, "tir_road_karachi_baku": 0.55,
    "islamabad_kabul_ashgabat_baku": 0.35, "air_baku_islamabad_azal": 0.5,
    "air_baku_lahore_azal": 0.66, "air_baku_karachi_azal": 0.5, "air_overflight_north": 0.56,
}  # fmt: skip
WINDOW_KM = (-2200, -1250, 1790, 1050)
DETAIL_METRES = 15_000
HEADING, KEY_LINE, LEGEND = 0.22, 0.15, (0.34, 0.62)  # inches
# Stops that are named, and how far off their dot the name stands (points).
STOPS = {
    "baku": (-4, 6, "right"), "islamabad": (0, -8, "center"), "karachi": (-7, -3, "right"),
    "tehran": (-5, -6, "right"), "ashgabat": (-2, 8, "center"), "kabul": (0, 8, "center"),
    "aktau": (4, 6, "left"), "termez": (4, 7, "left"), "lahore": (-1, -8, "center"),
    "quetta": (5, 5, "left"),
}  # fmt: skip
# The same on a narrow drawing where it differs, by whether the routes are flown.
STOPS_NARROW = {
    False: {"islamabad": (3, -7, "left")},
    True: {"islamabad": (-4, 7, "right")},
}


@figure("corridors-air-links", "places")
def links(report: Report, form: Form) -> ReportFigure:
    """Draw the routes that join the two states, by kind and status.

    Returns
    -------
    ReportFigure
        Two maps in the projection of the map of the region. Rows: the main routes of the
        region, with their kind, number, status and status date; those that join the two states
        are drawn.
    """
    rows, joined = drawn(report), joining(report)
    drawing, disputed = _drawing(report, joined, form)

    using = joined[joined["status"] == "operating"]
    return ReportFigure(
        title=(
            f"Of the {len(joined)} routes gathered that join the two states, "
            + (
                "only flights were in use when last reported"
                if set(using["kind"]) == {"air"}
                else f"{len(using)} were in use when last reported"
            )
            + "; by land there were trials and plans"
        ),
        alt=(
            f"Two maps of the span from Türkiye to India with the {len(joined)} routes that run "
            f"between Azerbaijan and Pakistan: {_count(joined)}. In use: "
            f"{'; '.join(using['name'])}."
        ),
        description=(
            "Routes, with status and the date for which it was true: "
            + "; ".join(f"{row.name} ({_state(row)})" for row in joined.itertuples(index=False))
            + f". The data list {len(rows) - len(joined)} more of the region. "
            "Lines run straight between the places that sources name and show no real course. "
            "Hatched as disputed: " + "; ".join(disputed) + "."
        ),
        data=rows,
        source=(
            f"places and routes of this report; {credits.GEONAMES}; boundaries Natural Earth "
            "1:50m. Two-point equidistant projection on Baku and Islamabad. Lines imply no "
            "judgement on any boundary."
        ),
        figure=drawing,
    )


def _drawing(report: Report, joined: pd.DataFrame, form: Form) -> tuple[Figure, list[str]]:
    """Return the drawing, and who administers and who claims each disputed area in it."""
    places = report.table("places").set_index("place_id")
    projection = true_from_capitals(places)
    project = projector(projection)
    with style.applied():
        drawing, panels, keys, legend = _sheet(joined, form)
        for axes, key, (by_air, heading) in zip(panels, keys, MAPS.items(), strict=True):
            disputed = base_map(
                report, axes, projection, WINDOW_KM, {"AZE", "PAK"},
                detail=DETAIL_METRES, strength=0.4,
            )  # fmt: skip
            axes.set_title(heading, pad=3)
            shown = joined[(joined["kind"] == "air") == by_air]
            for number, row in enumerate(shown.itertuples(), 1):
                _route(axes, project, places, row, number)
            _stops(axes, project, places, shown, STOPS | form.choose({}, STOPS_NARROW[by_air]))
            scale_bar(axes, 500)
            _write_key(key, shown)
        handles = [*status_keys(joined["status"]), *disputed_keys()]
        columns = form.choose(len(handles), 3)
        legend.legend(handles=handles, loc="center", ncols=columns, fontsize=8, columnspacing=1.1,
                      handletextpad=0.5)  # fmt: skip
    return drawing, disputed


def _sheet(joined: pd.DataFrame, form: Form):
    """Return the figure, the axes of its maps, those of the keys below them and of the legend."""
    west, south, east, north = WINDOW_KM
    high = form.width * (north - south) / (east - west)
    flown = (joined["kind"] == "air").sum()
    below = [KEY_LINE * n + 0.12 for n in (len(joined) - flown, flown)]
    foot = form.choose(*LEGEND)
    total = len(MAPS) * (HEADING + high) + sum(below) + foot
    figure = style.new_figure(total, form, layout="none")
    maps, keys, bottom = [], [], total
    for room in below:
        bottom -= HEADING + high
        maps.append(figure.add_axes((0, bottom / total, 1, high / total)))
        bottom -= room
        keys.append(figure.add_axes((0, bottom / total, 1, room / total)))
        keys[-1].axis("off")
        keys[-1].set(xlim=(0, form.width), ylim=(-room, 0))
    legend = figure.add_axes((0, 0, 1, foot / total))
    legend.axis("off")
    return figure, maps, keys, legend


def _route(axes: Axes, project, places: pd.DataFrame, row: tuple, number: int) -> None:
    """Draw one route and its number, hollow where nothing runs."""
    colour = COLOURS[number - 1]
    xs, ys = project(*great_circle(places, row.waypoints, step_km=120))
    axes.plot(xs, ys, color=colour, lw=1.8, **look_of(row.status), zorder=5)
    west, south, east, north = (1000 * side for side in WINDOW_KM)
    shown = [(x, y) for x, y in zip(xs, ys, strict=True) if west < x < east and south < y < north]
    point = shown[int(NUMBER_AT[row.route_id] * (len(shown) - 1))]
    runs = row.status in ("operating", "partial")
    fill, ink = (colour, "white") if runs else ("white", colour)
    axes.plot(*point, "o", ms=10, mfc=fill, mec=colour, mew=1.1, zorder=9)
    axes.annotate(
        str(number), point, color=ink, fontsize=8, fontweight="semibold", ha="center", va="center",
        zorder=10,
    )  # fmt: skip


def _stops(axes: Axes, project, places: pd.DataFrame, shown: pd.DataFrame, named) -> None:
    """Mark and name the stops of the routes of a map; `named` says where each name stands."""
    stops = {stop for stops in shown["waypoints"] for stop in stops}
    landed = {stop.removesuffix("_airport") for stop in stops if stop.endswith("_airport")}
    used = landed or stops  # what a flight passes over is no stop
    for place_id in [name for name in STOPS if name in used]:
        dx, dy, side = named[place_id]
        point = project(*places.loc[place_id, ["lon", "lat"]])
        axes.plot(*point, "o", ms=3.6, mfc=style.INK, mec="white", mew=0.6, zorder=9)
        name = places.loc[place_id, "name"]
        label(axes, point, name, style.INK, 8, offset=(dx, dy), ha=side, halo=False)


def _write_key(axes: Axes, shown: pd.DataFrame) -> None:
    """Write number, name, status and its date for each route of a map."""
    for number, row in enumerate(shown.itertuples(), 1):
        y = -KEY_LINE * (number - 0.2)
        axes.text(
            0.02, y, f"{number}", color=COLOURS[number - 1], fontsize=8, fontweight="semibold",
            va="center",
        )  # fmt: skip
        axes.text(0.14, y, f"{row.name}: {_state(row)}", fontsize=8, va="center")


def _state(row: tuple) -> str:
    """Return status and year of the status date."""
    date = row.status_date
    year = f", {parse(date).start.year}" if isinstance(date, str) and date else ", undated"
    return ROUTE_STATUSES[row.status] + year


def _count(rows: pd.DataFrame) -> str:
    counts = rows["status"].value_counts()
    return ", ".join(f"{counts[s]} {words}" for s, words in ROUTE_STATUSES.items() if s in counts)
