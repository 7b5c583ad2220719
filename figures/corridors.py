"""Corridors, pipelines and flights between the two states, as small maps by kind."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from azpak.dates import parse
from azpak.figures import credits
from azpak.figures.base_map import (
    STATUS_DASH,
    base_map,
    disputed_key,
    great_circle,
    label,
    status_keys,
    true_from_capitals,
)
from azpak.figures.projection import projector
from azpak.findings.routes import PANELS, drawn, joining
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.report import Report
from azpak.vocabulary import ROUTE_STATUSES

COLOURS = ("#0b6e6e", "#a8325a", "#4d3a94", "#8a4b08")
# Where along its line a number stands (share of the length within the window).
NUMBER_AT = {
    "middle_corridor": 0.4, "lapis_lazuli": 0.25, "tir_karachi_aktau_baku": 0.55,
    "instc_western": 0.22, "instc_eastern": 0.3, "tir_road_karachi_baku": 0.6, "iti_train": 0.78,
    "islamabad_kabul_ashgabat_baku": 0.45, "uap_railway": 0.35, "pakistan_russia_freight": 0.55,
    "india_iran_armenia": 0.5, "cpec": 0.55, "qtta": 0.85, "chabahar_port": 0.4,
    "btc_pipeline": 0.7, "scp_pipeline": 0.5, "tanap_pipeline": 0.5, "tapi_pipeline": 0.6,
    "air_baku_islamabad_azal": 0.55, "air_baku_lahore_azal": 0.6, "air_baku_karachi_azal": 0.55,
    "air_overflight_north": 0.45,
}  # fmt: skip
WINDOW_KM = (-2900, -1480, 1960, 1130)
DETAIL_METRES = 25_000
ROWS, COLUMNS = 3, 2
GUTTER, HEADING, KEY_LINE, LEGEND = 0.12, 0.2, 0.135, 0.34  # inches
CITIES = {"baku": (-3, 7, "right"), "islamabad": (3, 7, "left")}


@figure("corridors-air-links")
def links(report: Report) -> ReportFigure:
    """Draw the routes that join the two states or pass by both, by kind and status.

    Returns
    -------
    ReportFigure
        Six maps in the projection of the map of the region. Rows: the routes with their panel,
        number, status and status date.
    """
    places = report.table("places").set_index("place_id")
    routes = report.table("routes").set_index("route_id")
    rows, joined = drawn(report), joining(report)
    projection = true_from_capitals(places)
    project = projector(projection)
    disputed: list[str] = []
    with style.applied():
        drawing, panels, keys, legend = _sheet()
        for axes, key, (heading, names) in zip(panels, keys, PANELS.items(), strict=True):
            disputed = base_map(
                report, axes, projection, WINDOW_KM, {"AZE", "PAK"},
                detail=DETAIL_METRES, strength=0.4,
            )  # fmt: skip
            axes.set_title(heading, fontsize=8.5, pad=3)
            for number, route_id in enumerate(names, 1):
                _route(axes, project, places, routes.loc[route_id], route_id, number)
            _cities(axes, project, places)
            _write_key(key, names, routes)
        handles = [*status_keys(rows["status"]), disputed_key()]
        legend.legend(handles=handles, loc="center", ncols=len(handles), fontsize=8)

    using = joined[joined["status"] == "operating"]
    return ReportFigure(
        title=(
            f"Of the {len(joined)} routes drawn that join the two states, "
            + (
                "only flights were in use when last reported"
                if set(using["kind"]) == {"air"}
                else f"{len(using)} were in use when last reported"
            )
            + "; by land there were trials and plans"
        ),
        alt=(
            f"Six small maps of the span from Türkiye to India with {len(rows)} routes, drawn "
            f"by status: {_count(rows)}. Of the {len(joined)} that run between Azerbaijan and "
            f"Pakistan {len(using)} are in use: {'; '.join(using['name'])}."
        ),
        description=(
            "Routes by panel, with status and the date for which it was true. "
            + " ".join(_panel_words(heading, names, routes) for heading, names in PANELS.items())
            + " Lines run straight between the places that sources name and show no real course. "
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


def _sheet():
    """Return the figure, the axes of its maps, those of the keys below them and of the legend."""
    west, south, east, north = WINDOW_KM
    wide = (style.WIDTH - GUTTER * (COLUMNS - 1)) / COLUMNS
    high = wide * (north - south) / (east - west)
    below = KEY_LINE * max(map(len, PANELS.values())) + 0.1
    total = ROWS * (HEADING + high + below) + LEGEND
    figure = style.new_figure(total, layout="none")
    maps, keys = [], []
    for n in range(ROWS * COLUMNS):
        row, column = divmod(n, COLUMNS)
        left = column * (wide + GUTTER) / style.WIDTH
        bottom = total - (row + 1) * (HEADING + high) - row * below
        span = wide / style.WIDTH
        maps.append(figure.add_axes((left, bottom / total, span, high / total)))
        keys.append(figure.add_axes((left, (bottom - below) / total, span, below / total)))
    legend = figure.add_axes((0, 0, 1, LEGEND / total))
    legend.axis("off")
    for axes in keys:
        axes.axis("off")
        axes.set(xlim=(0, wide), ylim=(-below, 0))
    return figure, maps, keys, legend


def _route(axes: Axes, project, places, row: pd.Series, route_id: str, number: int) -> None:
    """Draw one route and its number."""
    colour = COLOURS[number - 1]
    xs, ys = project(*great_circle(places, row["waypoints"], step_km=120))
    axes.plot(xs, ys, color=colour, lw=1.4, ls=STATUS_DASH[row["status"]], zorder=5)
    west, south, east, north = (1000 * side for side in WINDOW_KM)
    shown = [(x, y) for x, y in zip(xs, ys, strict=True) if west < x < east and south < y < north]
    _number(axes, shown[int(NUMBER_AT[route_id] * (len(shown) - 1))], number, colour)


def _number(axes: Axes, point, number: int, colour: str) -> None:
    axes.plot(*point, "o", ms=8.5, mfc=colour, mec="white", mew=0.7, zorder=9)
    axes.annotate(
        str(number), point, color="white", fontsize=style.SMALLEST, fontweight="semibold",
        ha="center", va="center", zorder=10,
    )  # fmt: skip


def _cities(axes: Axes, project, places: pd.DataFrame) -> None:
    for place_id, (dx, dy, side) in CITIES.items():
        point = project(*places.loc[place_id, ["lon", "lat"]])
        axes.plot(*point, "o", ms=3.6, mfc=style.INK, mec="white", mew=0.6, zorder=9)
        name = places.loc[place_id, "name"]
        label(axes, point, name, style.INK, 7.5, offset=(dx, dy), ha=side, backing=style.LAND)


def _write_key(axes: Axes, names: dict[str, str], routes: pd.DataFrame) -> None:
    """Write number, name, status and its date for each route of a panel."""
    for number, (route_id, name) in enumerate(names.items(), 1):
        y = -KEY_LINE * (number - 0.2)
        axes.text(
            0.02, y, f"{number}", color=COLOURS[number - 1], fontsize=style.SMALLEST,
            fontweight="semibold", va="center",
        )  # fmt: skip
        row = routes.loc[route_id]
        axes.text(0.12, y, f"{name}: {_state(row)}", fontsize=style.SMALLEST, va="center")


def _state(row: pd.Series) -> str:
    """Return status and year of the status date."""
    date = row["status_date"]
    year = f", {parse(date).start.year}" if isinstance(date, str) and date else ", undated"
    return ROUTE_STATUSES[row["status"]] + year


def _panel_words(heading: str, names: dict[str, str], routes: pd.DataFrame) -> str:
    listed = "; ".join(
        f"{number}, {routes.at[route_id, 'name']} ({_state(routes.loc[route_id])})"
        for number, route_id in enumerate(names, 1)
    )
    return f"{heading}: {listed}."


def _count(rows: pd.DataFrame) -> str:
    counts = rows["status"].value_counts()
    return ", ".join(f"{counts[s]} {words}" for s, words in ROUTE_STATUSES.items() if s in counts)
