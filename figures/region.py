"""The map of the region between the two states."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.figures import credits
from azpak.figures.base_map import (
    base_map,
    disputed_keys,
    graticule,
    great_circle,
    label,
    label_along,
    look_of,
    mark_place,
    scale_bar,
    status_keys,
    true_from_capitals,
)
from azpak.figures.projection import projector
from azpak.findings import distances, geography
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.vocabulary import ROUTE_STATUSES

# Corridors that join the two states or pass by both: name, colour, and where along the line the
# name stands (share of its length within the window) and on which side (points).
REGION_CORRIDORS = {
    "middle_corridor": ("Middle Corridor", "#0b6e6e", 0.36, 7),
    "instc_western": ("North-South (INSTC), west", "#7a4a12", 0.76, -7),
    "tir_road_karachi_baku": ("Karachi-Baku by road (TIR)", "#5c3d91", 0.52, 7),
    "islamabad_kabul_ashgabat_baku": ("Islamabad-Ashgabat-Baku", "#a03a5f", 0.45, -7),
}
AT_SEA = "instc_western"  # whose name stands on the sea
# Names of states, set where they clear lines and capitals (degrees east, degrees north).
STATE_NAMES = {
    "PAK": ("PAKISTAN", 69.2, 29.9),
    "IRN": ("IRAN", 55.0, 32.2),
    "TKM": ("TURKMENISTAN", 60.2, 40.3),
    "AFG": ("AFGHANISTAN", 65.2, 32.6),
    "KAZ": ("KAZAKHSTAN", 56.5, 46.6),
    "UZB": ("UZBEKISTAN", 62.6, 42.6),
    "TUR": ("TÜRKİYE", 39.0, 37.9),
    "RUS": ("RUSSIA", 44.0, 45.6),
    "IND": ("INDIA", 76.0, 26.8),
    "CHN": ("CHINA", 79.6, 38.4),
    "IRQ": ("IRAQ", 43.4, 33.4),
    "SAU": ("SAUDI ARABIA", 46.8, 27.6),
    "TJK": ("TAJIKISTAN", 70.9, 38.75),
    "KGZ": ("KYRGYZSTAN", 74.6, 41.6),
    "OMN": ("OMAN", 57.2, 22.9),
}
# On a narrow drawing, and where they stand there.
NAMED_NARROW = {
    "PAK": (68.6, 28.2), "IRN": (51.4, 32.6), "TUR": (40.2, 38.2),
    "IND": (74.4, 26.0),
}  # fmt: skip
DETAIL_METRES = 6000
# Capitals, and how far off its dot the name stands (points).
CAPITALS = {
    "baku": (7, 6), "islamabad": (6, -10), "tehran": (6, 4), "ashgabat": (-5, -7),
    "kabul": (3, -8), "yerevan": (-3, -8), "tbilisi": (2, 12), "delhi": (-5, -7),
}  # fmt: skip
# Named with their capital, since the state is too small for its name.
WITH_STATE = {
    "baku": "Baku, Azerbaijan", "yerevan": "Yerevan, Armenia", "tbilisi": "Tbilisi,\nGeorgia",
}  # fmt: skip
NARROW_AT = {"baku": (3, 9), "islamabad": (-5, -13)}  # where two names stand on a narrow drawing
WINDOW_KM = (-2200, -1500, 1790, 1120)  # west, south, east, north of the middle of the great circle
SOURCE = (
    f"places and routes of this report; {credits.GEONAMES}; boundaries Natural Earth "
    "1:50m. Two-point equidistant projection on the two capitals. Lines imply no "
    "judgement on any boundary."
)


@figure("region", "places")
def region(report: Report, form: Form) -> ReportFigure:
    """Draw the region between the two states.

    Returns
    -------
    ReportFigure
        Two-point equidistant projection on the capitals: distances from Baku and from Islamabad
        are true and the great circle between them is a straight line. Rows: the capitals with
        their distances in km from both, and the corridors with their status.
    """
    routes = report.table("routes").set_index("route_id").loc[list(REGION_CORRIDORS)]
    distance = distances.km(report, "baku", "islamabad")
    touching = report.names_of(geography.between(report, "AZE", "PAK"))

    drawing, disputed = _drawing(report, routes, form)

    return ReportFigure(
        title=(
            f"Baku and Islamabad lie {distance:,.0f} km apart; {touching} alone borders both states"
        ),
        alt=(
            "Map from Türkiye to India. Azerbaijan and Pakistan are filled, Iran has a strong "
            "outline; the straight line "
            f"between Baku and Islamabad measures {distance:,.0f} km. {touching} borders both; "
            "north of it lie the Caspian Sea, Turkmenistan and Afghanistan. Jammu and Kashmir is "
            "hatched as disputed."
        ),
        description=(
            "The map shows the great circle between the capitals and the corridors that join or "
            "pass the two states, with their status: "
            + "; ".join(
                f"{r['name']} ({ROUTE_STATUSES[r['status']]})" for _, r in routes.iterrows()
            )
            + ". Corridors are drawn as straight lines between the places their sources name, not "
            "along the real course. Areas whose sovereignty is disputed are hatched, with dashed "
            "edges, and carry no state's fill: " + "; ".join(disputed) + "."
        ),
        data=rows_drawn(report, routes),
        source=SOURCE,
        figure=drawing,
    )


def _drawing(report: Report, routes: pd.DataFrame, form: Form) -> tuple[Figure, list[str]]:
    """Return the drawing, and who administers and who claims each disputed area in it."""
    places = report.table("places").set_index("place_id")
    distance = distances.km(report, "baku", "islamabad")
    projection = true_from_capitals(places)
    project = projector(projection)
    with style.applied():
        drawing = style.new_figure(form.choose(4.35, 3.6), form)
        axes = drawing.subplots()
        disputed = base_map(
            report,
            axes,
            projection,
            WINDOW_KM,
            {"AZE", "PAK"},
            detail=DETAIL_METRES,
            outlined={"IRN"},
        )
        _corridors(axes, project, places, routes, form)
        xs, ys = project(*great_circle(places, ("baku", "islamabad")))
        axes.plot(xs, ys, color=style.INK, lw=1.1, zorder=6)
        label_along(axes, xs, ys, f"{distance:,.0f} km", style.INK, 9, form.choose(0.62, 0.8), 8,
                    backing=style.LAND)  # fmt: skip
        _names(axes, project, form)
        for place_id, offset in CAPITALS.items():
            own = place_id in ("baku", "islamabad")
            if form.is_narrow and not (own or place_id == "tehran"):
                continue
            place = places.loc[place_id]
            if place_id in WITH_STATE:
                place = place.copy().replace(place["name"], WITH_STATE[place_id])
            if form.is_narrow:
                offset = NARROW_AT.get(place_id, offset)
            mark_place(axes, project, place, offset, own, own)
        scale_bar(axes, 500)
        graticule(axes, projection, form.choose(10, 20))
        key = region_key(routes)
        if form.is_narrow:
            key = [*corridor_keys(routes), *key]
        style.legend_below(axes, key, columns=form.choose(len(key), 2))
    return drawing, disputed


def _corridors(axes: Axes, project, places: pd.DataFrame, routes: pd.DataFrame, form: Form) -> None:
    """Draw the corridors, each with its name."""
    for route_id, (name, colour, share, side) in REGION_CORRIDORS.items():
        row = routes.loc[route_id]
        xs, ys = project(*great_circle(places, row["waypoints"]))
        axes.plot(xs, ys, color=colour, lw=1.3, **look_of(row["status"]), zorder=5)
        if not form.is_narrow:
            ground = style.SEA if route_id == AT_SEA else style.LAND
            label_along(axes, xs, ys, name, colour, 7.5, share, side, backing=ground)


def _names(axes: Axes, project, form: Form) -> None:
    """Write the names of the states."""
    for iso3, (name, lon, lat) in STATE_NAMES.items():
        own = iso3 in ("PAK", "IRN")
        if form.is_narrow and iso3 not in NAMED_NARROW:
            continue
        lon, lat = form.choose((lon, lat), NAMED_NARROW.get(iso3, (lon, lat)))
        colour = style.INK if own else style.MUTED
        label(axes, project(lon, lat), name, colour, style.SMALLEST, bold=own, halo=False)


def corridor_keys(routes: pd.DataFrame) -> list[Line2D]:
    """Return the entries that name the corridors where the lines have no room for names."""
    return [
        Line2D(
            [],
            [],
            color=colour,
            lw=1.6,
            label=name,
            **look_of(routes.at[route_id, "status"]),
        )
        for route_id, (name, colour, *_) in REGION_CORRIDORS.items()
    ]


def region_key(routes: pd.DataFrame) -> list:
    """Return the entries of the legend of `region`."""
    great = Line2D([], [], color=style.INK, lw=1.1, label="great circle")
    return [*status_keys(routes["status"]), great, *disputed_keys()]


def rows_drawn(report: Report, routes: pd.DataFrame) -> pd.DataFrame:
    """Return the capitals drawn, with their distances, and the corridors, with their status."""
    capitals = distances.from_both_capitals(report, tuple(CAPITALS)).assign(kind="capital")
    corridors = routes[["name", "status", "status_date"]].assign(
        kind="corridor", waypoints=routes["waypoints"].map(";".join)
    )
    columns = ["kind", *capitals.columns.drop("kind"), *corridors.columns.drop(["kind", "name"])]
    return pd.concat([capitals, corridors], ignore_index=True)[columns]
