"""Maps. One policy on disputed areas for all: hatch and dashed edges, and no state's fill."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from pyproj import Geod, Transformer
from shapely.geometry import box

from azpak import tables
from figures import style
from figures.base import ReportFigure

GEOD = Geod(ellps="WGS84")
# About a third of a point at the scale of the map of the region.
SIMPLIFY_METRES = 3000
HALO = [patheffects.withStroke(linewidth=2.2, foreground="white")]
STATUS_DASH = {
    "operating": "-",
    "partial": (0, (5, 2)),
    "proposed": (0, (1.2, 1.8)),
    "suspended": (0, (1.2, 3.5)),
}
STATUS_LABEL = {"operating": "in use", "partial": "in use in part", "proposed": "proposed"}

# Corridors that join the two states or pass by both: name, colour, and where along the line the
# name stands (share of its length within the window) and on which side (points).
REGION_CORRIDORS = {
    "middle_corridor": ("Middle Corridor", "#0b6e6e", 0.36, 7),
    "instc_western": ("North-South (INSTC), western branch", "#7a4a12", 0.79, 7),
    "tir_road_karachi_baku": ("Karachi-Baku by road (TIR)", "#5c3d91", 0.50, 7),
    "islamabad_kabul_ashgabat_baku": ("Islamabad-Ashgabat-Baku", "#a03a5f", 0.45, -7),
}
# Names of states, set where they clear lines and capitals (degrees east, degrees north).
STATE_NAMES = {
    "AZE": ("AZERBAIJAN", 47.35, 40.45),
    "PAK": ("PAKISTAN", 69.2, 29.9),
    "IRN": ("IRAN", 55.0, 32.2),
    "TKM": ("TURKMENISTAN", 60.2, 40.3),
    "AFG": ("AFGHANISTAN", 65.2, 32.6),
    "KAZ": ("KAZAKHSTAN", 56.5, 46.6),
    "UZB": ("UZBEKISTAN", 62.6, 42.6),
    "TUR": ("TÜRKIYE", 41.2, 38.3),
    "ARM": ("ARMENIA", 41.0, 40.3),
    "GEO": ("GEORGIA", 42.9, 42.35),
    "RUS": ("RUSSIA", 44.0, 45.6),
    "IND": ("INDIA", 76.0, 26.8),
    "CHN": ("CHINA", 79.6, 38.4),
    "IRQ": ("IRAQ", 43.4, 33.4),
    "SAU": ("SAUDI ARABIA", 46.8, 27.6),
    "TJK": ("TAJIKISTAN", 70.9, 38.75),
    "KGZ": ("KYRGYZSTAN", 74.6, 41.6),
    "OMN": ("OMAN", 57.2, 22.9),
}
# Too small for its name: a thin line from the name to the state (longitudes, latitudes).
LEADER_TO_ARMENIA = ((42.45, 44.8), (40.35, 40.5))
# Capitals, and how far off its dot the name stands (points).
CAPITALS = {
    "baku": (7, 6), "islamabad": (6, -10), "tehran": (6, 4), "ashgabat": (-5, -7),
    "kabul": (3, -8), "yerevan": (-3, -8), "tbilisi": (5, 5), "delhi": (-5, -7),
}  # fmt: skip
WINDOW_KM = (-1990, -1500, 1790, 1120)  # west, south, east, north of the middle of the great circle


def region() -> ReportFigure:
    """Draw the region between the two states.

    Returns
    -------
    ReportFigure
        Two-point equidistant projection on the capitals: distances from Baku and from Islamabad
        are true and the great circle between them is a straight line. Rows: the capitals with
        their distances in km from both, and the corridors with their status.
    """
    places = tables.load("places").set_index("place_id")
    routes = tables.load("routes").set_index("route_id").loc[list(REGION_CORRIDORS)]
    ends = places.loc[["baku", "islamabad"]]
    projection = two_point_equidistant(*ends.iloc[0][["lon", "lat"]], *ends.iloc[1][["lon", "lat"]])
    project = Transformer.from_crs("EPSG:4326", projection, always_xy=True).transform
    distance = distance_km(places, "baku", "islamabad")
    touching = names_of(between("AZE", "PAK"))

    with style.applied():
        figure = style.new_figure(4.2)
        axes = figure.subplots()
        disputed = base_map(axes, projection, WINDOW_KM, {"AZE", "PAK"})
        for route_id, (name, colour, share, side) in REGION_CORRIDORS.items():
            row = routes.loc[route_id]
            xs, ys = project(*great_circle(places, row["waypoints"]))
            axes.plot(xs, ys, color=colour, lw=1.3, ls=STATUS_DASH[row["status"]], zorder=5)
            label_along(axes, xs, ys, name, colour, 7.5, share, side)
        xs, ys = project(*great_circle(places, ("baku", "islamabad")))
        axes.plot(xs, ys, color=style.INK, lw=1.6, zorder=6)
        label_along(axes, xs, ys, f"{distance:,.0f} km", style.INK, 9, 0.62, 8)
        for iso3, (name, lon, lat) in STATE_NAMES.items():
            own = iso3 in ("AZE", "PAK")
            colour = style.INK if own else style.MUTED
            label(axes, project(lon, lat), name, colour, 6.8, bold=own, halo=own)
        axes.plot(*project(*LEADER_TO_ARMENIA), color=style.MUTED, lw=0.6, zorder=7)
        for place_id, offset in CAPITALS.items():
            mark_place(axes, project, places.loc[place_id], offset, place_id in ends.index)
        scale_bar(axes, 500)
        key = region_key(routes)
        axes.legend(handles=key, loc="upper center", bbox_to_anchor=(0.5, -0.01), ncols=len(key))

    rows = capital_rows(places) + corridor_rows(routes)
    return ReportFigure(
        id="region",
        title=(
            f"Baku and Islamabad lie {distance:,.0f} km apart; {touching} alone borders both states"
        ),
        alt=(
            "Map from Türkiye to India. Azerbaijan and Pakistan are highlighted; the straight line "
            f"between Baku and Islamabad measures {distance:,.0f} km. {touching} borders both; "
            "north of it lie the Caspian Sea, Turkmenistan and Afghanistan. Jammu and Kashmir is "
            "hatched as disputed."
        ),
        description=(
            "The map shows the great circle between the capitals and the corridors that join or "
            "pass the two states, with their status: "
            + "; ".join(f"{r['name']} ({STATUS_LABEL[r['status']]})" for _, r in routes.iterrows())
            + ". Corridors are drawn as straight lines between the places their sources name, not "
            "along the real course. Areas whose sovereignty is disputed are hatched, with dashed "
            "edges, and carry no state's fill: " + "; ".join(disputed) + "."
        ),
        data=pd.DataFrame(rows),
        source=(
            "places and routes of this report; boundaries Natural Earth 1:50m. Two-point "
            "equidistant projection on the two capitals. Lines imply no judgement on any boundary."
        ),
        figure=figure,
    )


def two_point_equidistant(lon_1: float, lat_1: float, lon_2: float, lat_2: float) -> str:
    """Return the PROJ string of a projection with true distances from two points (degrees)."""
    return f"+proj=tpeqd +lat_1={lat_1} +lon_1={lon_1} +lat_2={lat_2} +lon_2={lon_2} +units=m"


def distance_km(places: pd.DataFrame, start: str, end: str) -> float:
    """Return the geodesic distance between two places in km (WGS 84, `pyproj.Geod.inv`)."""
    a, b = places.loc[start], places.loc[end]
    return GEOD.inv(a["lon"], a["lat"], b["lon"], b["lat"])[2] / 1000


def great_circle(places: pd.DataFrame, stops: Iterable[str], step_km: float = 50):
    """Return longitudes and latitudes along the geodesics from stop to stop."""
    located = places.loc[list(stops), ["lon", "lat"]].dropna()
    lons, lats = [], []
    for (lon_1, lat_1), (lon_2, lat_2) in zip(located.values[:-1], located.values[1:], strict=True):
        length = GEOD.inv(lon_1, lat_1, lon_2, lat_2)[2] / 1000
        between = GEOD.npts(lon_1, lat_1, lon_2, lat_2, max(1, int(length // step_km)))
        for lon, lat in [(lon_1, lat_1), *between, (lon_2, lat_2)]:
            lons.append(lon)
            lats.append(lat)
    return lons, lats


def between(a: str, b: str) -> list[str]:
    """Return the states (ISO3) that have a land border with both `a` and `b`, from `neighbours`."""
    pairs = tables.load("neighbours")
    pairs = pairs[pairs["land_border"]]
    touching = {
        state: set(pairs.loc[pairs["iso3_a"] == state, "iso3_b"])
        | set(pairs.loc[pairs["iso3_b"] == state, "iso3_a"])
        for state in (a, b)
    }
    return sorted(touching[a] & touching[b])


def names_of(states: Iterable[str]) -> str:
    """Return the names of `states` (ISO3) as they stand in a sentence."""
    names = tables.load("actors").set_index("actor_id")["name"]
    return " and ".join(names[state] for state in states)


def base_map(axes: Axes, projection: str, window_km, highlighted: set[str]) -> list[str]:
    """Draw land, waters, the highlighted states and, over every fill, the disputed areas.

    Returns who administers and who claims each disputed area drawn, for the description.
    """
    west, south, east, north = (1000 * side for side in window_km)
    window = box(west, south, east, north)
    layers = {
        name: simplified(tables.load_geo(name).to_crs(projection), window)
        for name in ("countries", "lakes", "disputed_areas")
    }
    colours = style.state_colours()
    land, disputed = layers["countries"], layers["disputed_areas"]
    disputed = disputed[disputed["policy"] == "disputed"]
    axes.set_facecolor(style.SEA)
    land.plot(ax=axes, color=style.LAND, edgecolor="#c3c0b6", linewidth=0.5, zorder=1)
    for iso3 in sorted(highlighted):
        land[land["adm0_a3"] == iso3].plot(
            ax=axes, color=colours[iso3], alpha=0.45, edgecolor="#8c8a82", linewidth=0.6, zorder=2
        )
    layers["lakes"].plot(ax=axes, color=style.SEA, zorder=2)
    disputed.plot(ax=axes, color=style.LAND, zorder=3)
    disputed.plot(
        ax=axes, facecolor="none", edgecolor=style.DISPUTED, hatch="/////", linewidth=0.6,
        linestyle=(0, (3, 2)), zorder=3.5,
    )  # fmt: skip
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], xlabel="", ylabel="")
    axes.set_aspect("equal")
    for spine in axes.spines.values():
        spine.set_visible(True)
    return sorted(disputed.loc[disputed.intersects(window), "label"])


def simplified(layer: gpd.GeoDataFrame, window) -> gpd.GeoDataFrame:
    """Return `layer` cut to `window` and without detail that a page cannot show."""
    cut = layer.assign(geometry=layer.make_valid()).clip(window.buffer(20_000))
    return cut.assign(geometry=cut.simplify(SIMPLIFY_METRES))


def label_along(axes, xs, ys, text, colour, size, share, side) -> None:
    """Write `text` beside a line, at `share` of its visible length, `side` points off it."""
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    shown = [(x, y) for x, y in zip(xs, ys, strict=True) if x0 <= x <= x1 and y0 <= y <= y1]
    at = int(share * (len(shown) - 2))
    (xa, ya), (xb, yb) = shown[max(at - 2, 0)], shown[min(at + 2, len(shown) - 1)]
    turn = np.degrees(np.arctan2(yb - ya, xb - xa))
    turn = (turn + 90) % 180 - 90  # never upside down
    away = np.radians(turn + 90)
    offset = (side * np.cos(away), side * np.sin(away))
    label(axes, shown[at], text, colour, size, rotation=turn, offset=offset)


def label(
    axes, point, text, colour, size, rotation=0, offset=(0, 0), bold=False, ha="center", halo=True
):
    """Write `text` at `point` (map units), shifted by `offset` points."""
    axes.annotate(
        text, point, xytext=offset, textcoords="offset points", color=colour, fontsize=size,
        fontweight="semibold" if bold else "normal", rotation=rotation, rotation_mode="anchor",
        ha=ha, va="center", path_effects=HALO if halo else None, zorder=8, annotation_clip=True,
    )  # fmt: skip


def mark_place(axes, project, place: pd.Series, offset, emphasised: bool) -> None:
    """Draw a capital and its name."""
    point = project(place["lon"], place["lat"])
    size = 5.5 if emphasised else 3
    axes.plot(*point, "o", ms=size, mfc=style.INK, mec="white", mew=0.7, zorder=9)
    label(
        axes, point, place["name"], style.INK, 9 if emphasised else 7.5, offset=offset,
        bold=emphasised, ha="right" if offset[0] < 0 else "left",
    )  # fmt: skip


def scale_bar(axes: Axes, length_km: int) -> None:
    """Draw a bar of `length_km` in the lower left corner."""
    x0, x1 = axes.get_xlim()
    y0, y1 = axes.get_ylim()
    left, low = x0 + 0.03 * (x1 - x0), y0 + 0.045 * (y1 - y0)
    axes.plot([left, left + length_km * 1000], [low, low], color=style.INK, lw=1.6, zorder=9)
    label(axes, (left + length_km * 500, low), f"{length_km} km", style.INK, 7.5, offset=(0, 6))


def region_key(routes: pd.DataFrame) -> list:
    """Return the entries of the legend of `region`."""
    used = [status for status in STATUS_LABEL if status in set(routes["status"])]
    lines = [
        Line2D([], [], color=style.MUTED, lw=1.3, ls=STATUS_DASH[s], label=STATUS_LABEL[s])
        for s in used
    ]
    great = Line2D([], [], color=style.INK, lw=1.6, label="great circle")
    disputed = Patch(
        facecolor=style.LAND, edgecolor=style.DISPUTED, hatch="/////", label="disputed area"
    )
    return [*lines, great, disputed]


def capital_rows(places: pd.DataFrame) -> list[dict]:
    """Return the capitals drawn, with their distances in km from Baku and Islamabad."""
    return [
        {
            "kind": "capital",
            "name": places.loc[place_id, "name"],
            "lon": places.loc[place_id, "lon"],
            "lat": places.loc[place_id, "lat"],
            "km_from_baku": round(distance_km(places, place_id, "baku")),
            "km_from_islamabad": round(distance_km(places, place_id, "islamabad")),
        }
        for place_id in CAPITALS
    ]


def corridor_rows(routes: pd.DataFrame) -> list[dict]:
    """Return the corridors drawn, with status and waypoints."""
    return [
        {
            "kind": "corridor",
            "name": row["name"],
            "status": row["status"],
            "status_date": row["status_date"],
            "waypoints": ";".join(row["waypoints"]),
        }
        for _, row in routes.iterrows()
    ]
