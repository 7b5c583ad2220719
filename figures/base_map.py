"""What every map draws alike: land, waters, disputed areas, great circles, labels, scale.

One policy on disputed areas for all: hatch and dashed edges, and no state's fill.
"""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from shapely.geometry import MultiPolygon, box

from azpak.figures.projection import projected, projector, to_the_metre
from azpak.findings.distances import GEOD
from azpak.output import style
from azpak.report import Report
from azpak.vocabulary import ROUTE_STATUSES

# About a third of a point at the scale of the map of the region.
SIMPLIFY_METRES = 3000
HALO = [patheffects.withStroke(linewidth=2.2, foreground="white")]
STATUS_DASH = {
    "operating": "-",
    "partial": (0, (5, 2)),
    "proposed": (0, (1.2, 1.8)),
    "suspended": (0, (6, 1.6, 1.2, 1.6)),
}


CONTROL = "#6d1a36"  # the Line of Control
# A suspended route bears crosses, so that it is told from a planned one by more than its dashes.
CROSSED = {"marker": "x", "ms": 4, "mew": 1.1, "markevery": 0.045}


def look_of(status: str) -> dict:
    """Return how the line of a route of this status is drawn."""
    return {"ls": STATUS_DASH[status]} | (CROSSED if status == "suspended" else {})


def true_from_capitals(places: pd.DataFrame) -> str:
    """Return the PROJ string of a projection with true distances from Baku and Islamabad."""
    (lon_1, lat_1), (lon_2, lat_2) = places.loc[["baku", "islamabad"], ["lon", "lat"]].to_numpy()
    return f"+proj=tpeqd +lat_1={lat_1} +lon_1={lon_1} +lat_2={lat_2} +lon_2={lon_2} +units=m"


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


def base_map(
    report: Report,
    axes: Axes,
    projection: str,
    window_km,
    highlighted: set[str],
    *,
    layer: str = "countries",
    detail: float = SIMPLIFY_METRES,
    strength: float = 0.45,
    outlined: set[str] = frozenset(),
) -> list[str]:
    """Draw land, waters, the highlighted states and, over every fill, the disputed areas.

    `layer` names the layer of states, `detail` what may be lost of a line (metres), `strength`
    the opacity of the highlighted fills; `outlined` states have only a stronger edge. Returns who
    administers and who claims each disputed area drawn, for the description.
    """
    west, south, east, north = (1000 * side for side in window_km)
    window = box(west, south, east, north)
    layers = {
        name: report.result(
            ("drawn", name, projection, tuple(window_km), detail),
            lambda name=name: simplified(projected(report.layer(name), projection), window, detail),
        )
        for name in (layer, "lakes", "disputed_areas")
    }
    colours = style.state_colours(report)
    land, disputed = layers[layer], layers["disputed_areas"]
    disputed = disputed[disputed["policy"] == "disputed"]
    axes.set_facecolor(style.SEA)
    land.plot(ax=axes, color=style.LAND, edgecolor="#c3c0b6", linewidth=0.5, zorder=1)
    for iso3 in sorted(highlighted):
        land[land["adm0_a3"] == iso3].plot(
            ax=axes,
            color=colours[iso3],
            alpha=strength,
            edgecolor="#8c8a82",
            linewidth=0.6,
            zorder=2,
        )
    for iso3 in sorted(outlined):
        land[land["adm0_a3"] == iso3].plot(
            ax=axes, facecolor="none", edgecolor=style.INK, linewidth=1, zorder=2.1
        )
    if not layers["lakes"].empty:
        layers["lakes"].plot(ax=axes, color=style.SEA, zorder=2)
    if not disputed.empty:
        disputed.plot(ax=axes, color=style.LAND, zorder=3)
        disputed.plot(
            ax=axes, facecolor="none", edgecolor=style.DISPUTED, hatch="/////", linewidth=0.6,
            linestyle=(0, (3, 2)), zorder=3.5,
        )  # fmt: skip
    line_of_control(report, axes, projection, window, detail)
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], xlabel="", ylabel="")
    axes.set_aspect("equal")
    for spine in axes.spines.values():
        spine.set_visible(True)
    shown = disputed[disputed.intersects(window)]
    return sorted({disputed_words(area) for area in shown.itertuples()})


def disputed_words(area: tuple) -> str:
    """Return who administers and who claims an area, also where its label leaves the former out."""
    if "administered" in area.label.lower() or "no agreed line" not in area.administrator:
        return area.label
    name, _, claimed = area.label.partition(": ")
    return f"{name}: administered by {area.administrator.replace('; ', ' (')}), {claimed}"


def line_of_control(
    report: Report, axes: Axes, projection: str, window, detail: float, width: float = 1
) -> None:
    """Draw the Line of Control in Jammu and Kashmir, if in the window; `width` in points."""
    lines = report.result(
        ("line of control", projection), lambda: projected(_control(report), projection)
    )
    merged = lines.geometry.union_all()
    if not merged.intersects(window):
        return
    merged = merged.simplify(detail / 2)
    for line in getattr(merged, "geoms", [merged]):
        axes.plot(*line.xy, color=CONTROL, lw=width, zorder=3.6, solid_capstyle="round")


def _control(report: Report) -> gpd.GeoDataFrame:
    lines = report.layer("boundary_lines")
    return lines[(lines["name"] == "Line of control") & (lines["group"] == "kashmir")]


def simplified(layer: gpd.GeoDataFrame, window, detail: float) -> gpd.GeoDataFrame:
    """Return `layer` cut to `window` and without detail that a page cannot show (metres).

    Of a shape of several parts, those that a square of that side would cover are left out.
    """
    cut = layer.assign(geometry=layer.make_valid()).clip(window.buffer(20_000))
    thin = cut.assign(geometry=cut.simplify(detail))
    thin = thin[~thin.is_empty & (thin.geom_type != "Point")]
    return to_the_metre(thin.assign(geometry=[without_specks(s, detail) for s in thin.geometry]))


def without_specks(shape, detail: float):
    """Return a shape without its smallest parts, but with its largest whatever its size."""
    if shape.geom_type != "MultiPolygon":
        return shape
    largest = max(part.area for part in shape.geoms)
    return MultiPolygon([p for p in shape.geoms if p.area > min(detail**2, 0.99 * largest)])


def graticule(axes: Axes, projection: str, step: int, size: float = style.SMALLEST) -> None:
    """Draw every so many degrees a meridian and a parallel, and name each at the frame.

    Meridians are named below the map, parallels within its right edge. The layers end at 20 and
    100 degrees east, so that a globe could not be drawn from them: this says where a map lies.
    """
    project = projector(projection)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    look = {"color": style.DISPUTED, "lw": 0.4, "alpha": 0.4, "zorder": 1.5}
    said = {"color": style.MUTED, "fontsize": size, "annotation_clip": False}
    for lon in range(0, 121, step):
        xs, ys = (np.array(side) for side in project([lon] * 176, np.linspace(-10, 77.5, 176)))
        axes.plot(xs, ys, **look)
        x = round(float(np.interp(south, ys, xs)))
        if west < x < east:
            axes.annotate(f"{lon}° E", (x, south), (0, -3), textcoords="offset points", va="top",
                          ha="center", **said)  # fmt: skip
    for lat in range(0, 71, step):
        xs, ys = (np.array(side) for side in project(np.linspace(0, 130, 261), [lat] * 261))
        axes.plot(xs, ys, **look)
        y = round(float(np.interp(east, xs, ys)))
        if south < y < north:
            axes.annotate(f"{lat}° N", (east, y), (-3, 1), textcoords="offset points", ha="right",
                          va="bottom", **said)  # fmt: skip
    axes.set(xlim=(west, east), ylim=(south, north))


def label_along(axes, xs, ys, text, colour, size, share, side, backing=None) -> None:
    """Write `text` beside a line, at `share` of its visible length, `side` points off it."""
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    shown = [(x, y) for x, y in zip(xs, ys, strict=True) if x0 <= x <= x1 and y0 <= y <= y1]
    at = int(share * (len(shown) - 2))
    (xa, ya), (xb, yb) = shown[max(at - 2, 0)], shown[min(at + 2, len(shown) - 1)]
    turn = np.degrees(np.arctan2(yb - ya, xb - xa))
    turn = (turn + 90) % 180 - 90  # never upside down
    away = np.radians(turn + 90)
    offset = (side * np.cos(away), side * np.sin(away))
    label(axes, shown[at], text, colour, size, rotation=turn, offset=offset, backing=backing)


def label(
    axes, point, text, colour, size, rotation=0, offset=(0, 0), bold=False, ha="center", halo=True,
    backing=None,
):  # fmt: skip
    """Write `text` at `point` (map units), shifted by `offset` points.

    A halo makes every letter a path of its own; a `backing` (a colour) costs almost nothing and
    serves where there is much text.
    """
    box_behind = {"fc": backing, "ec": "none", "alpha": 0.7, "pad": 0.6} if backing else None
    axes.annotate(
        text, point, xytext=offset, textcoords="offset points", color=colour, fontsize=size,
        fontweight="semibold" if bold else "normal", rotation=rotation, rotation_mode="anchor",
        ha=ha, va="center", path_effects=HALO if halo and not backing else None, zorder=8,
        annotation_clip=True, bbox=box_behind, linespacing=1.15,
    )  # fmt: skip


def mark_place(axes, project, place: pd.Series, offset, emphasised: bool, halo=True) -> None:
    """Draw a place and its name."""
    point = project(place["lon"], place["lat"])
    size = 5.5 if emphasised else 3
    axes.plot(*point, "o", ms=size, mfc=style.INK, mec="white", mew=0.7, zorder=9)
    label(
        axes, point, place["name"], style.INK, 9 if emphasised else 7.5, offset=offset,
        bold=emphasised, ha="right" if offset[0] < 0 else "left", halo=halo,
    )  # fmt: skip


def scale_bar(axes: Axes, length_km: int, at=(0.03, 0.045)) -> None:
    """Draw a bar of `length_km`, its left end at the share `at` of the width and height."""
    x0, x1 = axes.get_xlim()
    y0, y1 = axes.get_ylim()
    left, low = x0 + at[0] * (x1 - x0), y0 + at[1] * (y1 - y0)
    axes.plot([left, left + length_km * 1000], [low, low], color=style.INK, lw=1.6, zorder=9)
    label(
        axes,
        (left + length_km * 500, low),
        f"{length_km} km",
        style.INK,
        7.5,
        offset=(0, 6),
        halo=False,
    )


def status_keys(statuses: Iterable[str]) -> list[Line2D]:
    """Return legend entries for the dashes of `statuses`, in the order of the scale."""
    used = set(statuses)
    return [
        Line2D(
            [],
            [],
            color=style.MUTED,
            lw=1.3,
            label=ROUTE_STATUSES[s],
            **look_of(s) | {"markevery": None},
        )
        for s in ROUTE_STATUSES
        if s in used
    ]


def disputed_keys() -> list:
    """Return the legend entries of the disputed areas and of the line between two of them."""
    return [
        Patch(facecolor=style.LAND, edgecolor=style.DISPUTED, hatch="/////", label="disputed area"),
        Line2D([], [], color=CONTROL, lw=1.4, label="Line of Control"),
    ]
