"""The South Caucasus close up: borders by their state, and the links across Syunik and the Aras."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from shapely import line_merge
from shapely.geometry import LineString, MultiLineString

from azpak.dates import parse
from azpak.figures import credits
from azpak.figures.base_map import (
    base_map,
    great_circle,
    label,
    label_along,
    look_of,
    mark_place,
    scale_bar,
    status_keys,
)
from azpak.figures.projection import projected, projector
from azpak.findings import geography
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.vocabulary import ROUTE_STATUSES

# Equal area on the middle of each panel; west, south, east, north of it in km.
WIDE = ("+proj=laea +lat_0=40 +lon_0=46.5 +units=m", (-342, -200, 338, 214))
NEAR = ("+proj=laea +lat_0=39.2 +lon_0=46.1 +units=m", (-129, -60, 128, 66))
DETAIL_METRES = 2000
GAP, LEGEND = 0.07, 0.5  # inches between the panels, and below them

CLOSED, RESTRICTED = "#6d1a36", "#b5761a"
BORDER_LABEL = {
    "closed": "border closed",
    "restricted": "shut to travellers entering Azerbaijan, cargo passes",
}

# Colour of each link: railways that stand or are built, the crossing of Syunik, the way by Iran.
RAIL, SYUNIK, ARAS = "#0b6e6e", "#a8325a", "#4d3a94"
LINKS = {
    "btk_railway": RAIL,
    "azerbaijan_georgia_armenia_rail": RAIL,
    "gyumri_kars": RAIL,
    "kars_dilucu": RAIL,
    "nakhchivan_railway": RAIL,
    "horadiz_aghband": RAIL,
    "tripp_syunik": SYUNIK,
    "aras_corridor": ARAS,
}
STATUS_WORDS = {
    "operating": "in use", "partial": "built in part", "proposed": "still a proposal",
    "suspended": "suspended",
}  # fmt: skip
# The row of the crossing names the approaches too, which have rows of their own.
CROSSING = ("mincivan", "meghri", "ordubad")
# Straight lines between the places named for the way through Iran would cross Armenia; the line
# is bent through this point on the Iranian bank (degrees east, north).
ARAS_WAY, ARAS_BEND = ("mincivan", "julfa_irn"), (46.2, 38.71)

STATES_WIDE = {
    "AZERBAIJAN": (48.0, 40.25), "ARMENIA": (45.05, 40.5), "GEORGIA": (43.9, 41.78),
    "TÜRKİYE": (43.2, 39.75), "IRAN": (45.6, 38.36), "RUSSIA": (47.5, 41.74),
    "CASPIAN\nSEA": (50.05, 39.45),
}  # fmt: skip
PLACES_WIDE = {
    "baku": (-6, -9), "tbilisi": (5, 5), "yerevan": (5, 1), "kars": (-5, 3), "gyumri": (0, 8),
    "astara_aze": (-16, -9), "akhalkalaki": (5, -6), "horadiz": (-5, 6),
}  # fmt: skip
LABELS_WIDE = {
    "btk_railway": ("Baku-Tbilisi-Kars", 0.45, 7),
    "azerbaijan_georgia_armenia_rail": ("rail transit to Armenia", 0.88, -8),
    "kars_dilucu": ("Kars-Dilucu", 0.40, -8),
}
NAMES_NEAR = {
    "SYUNIK\nprovince of Armenia": (46.16, 39.5),
    "NAKHCHIVAN\nexclave of\nAzerbaijan": (45.53, 39.395),
    "AZERBAIJAN": (47.1, 39.69),
    "IRAN": (45.0, 39.12),
}
MOVED_NARROW = {
    "IRAN": (47.3, 38.38), "CASPIAN\nSEA": (49.93, 39.25), "ARMENIA": (44.95, 40.78),
}  # fmt: skip
TOWNS_NARROW = {"yerevan": (1, 9), "kars": (-1, -10)}
TOWNS = ("baku", "tbilisi", "yerevan", "kars")  # on a narrow drawing
NAMES_NARROW = {
    "SYUNIK\n(Armenia)": (46.12, 39.42), "NAKHCHIVAN\n(Azerbaijan)": (44.95, 39.03),
    "AZERBAIJAN": (47.05, 39.69), "IRAN": (46.9, 38.72),
}  # fmt: skip
PLACES_NEAR = {
    "sadarak": (6, -8), "nakhchivan": (5, 5), "julfa_aze": (-5, -6), "ordubad": (-1, 11),
    "meghri": (1, 12), "mincivan": (6, -5), "horadiz": (-5, 7),
}  # fmt: skip
NEAR_NARROW = {
    "nakhchivan": (2, -8), "julfa_aze": (-6, -8), "ordubad": (-1, 12), "meghri": (-3, -13),
    "mincivan": (4, -8), "horadiz": (-5, 7),
}  # fmt: skip
# What each party calls the link, and the other railways: text, degrees east, degrees north.
NAMES_OF_LINKS = (
    ("TRIPP\n(Armenia, United States)\nZangezur corridor\n(Azerbaijan, Türkiye)",
     46.81, 39.44, SYUNIK),
    ("Aras corridor (Iran)\nAraz corridor (Azerbaijan)", 46.2, 38.735, ARAS),
    ("Horadiz-Aghband\nrailway", 47.3, 39.17, RAIL),
    ("railway in\nNakhchivan", 45.71, 39.11, RAIL),
)  # fmt: skip
# On a narrow drawing, from its name to the exclave, where the name has no room; and from its name
# to the crossing of Syunik (longitudes, latitudes).
EXCLAVE = ((45.13, 45.5), (39.12, 39.36))
LEADER = ((46.7, 46.56), (39.33, 38.995))
SOURCE = (
    f"neighbours, places and routes of this report; {credits.GEONAMES}; boundaries "
    "Natural Earth 1:10m. Lambert azimuthal equal-area projection. Lines imply no "
    "judgement on any boundary."
)


@figure("caucasus-borders-links", "places")
def caucasus(report: Report, form: Form) -> ReportFigure:
    """Draw borders by their state, and the links between the two parts of Azerbaijan.

    Returns
    -------
    ReportFigure
        Two panels in Lambert's azimuthal equal-area projection. Rows: the land borders of
        Azerbaijan and Armenia with their state, and the links with status and status date.
    """
    borders = geography.land_borders(report, "AZE", "ARM").reset_index()
    routes = report.table("routes").set_index("route_id").loc[list(LINKS)]
    drawing, disputed = _drawing(report, borders, routes, form)

    shut = geography.land_borders(report, "AZE")["border_status"].isin(geography.SHUT)
    ceasefire, war = (report.day(e).year for e in ("1994-karabakh-ceasefire", "2020-karabakh-war"))
    return ReportFigure(
        title=(
            f"{'Every' if shut.all() else f'{shut.sum()} of {len(shut)}'} land border of "
            "Azerbaijan was closed or restricted when last checked; the link across Syunik was "
            f"{STATUS_WORDS[routes.at['tripp_syunik', 'status']]}"
        ),
        alt=(
            "Two maps of the South Caucasus. The borders of Armenia with Azerbaijan and Türkiye "
            "are marked closed, those of Azerbaijan with its other neighbours restricted. Below, "
            "the valley of the Aras: a dotted line through Meghri in Syunik joins the two parts "
            "of Azerbaijan through Armenia, a dashed one passes south of the river through Iran."
        ),
        description=(
            "Borders, with the date for which the state was found: "
            + "; ".join(_border_words(borders, report.names()))
            + ". Links: "
            + "; ".join(
                f"{r['name']} ({ROUTE_STATUSES[r['status']]}, {parse(r['status_date']).display()})"
                for _, r in routes.iterrows()
            )
            + ". Links run straight from town to town; the way through Iran is bent so that it "
            f"stays south of the river. The line of control of {ceasefire} to {war} is not drawn, "
            "since it describes no border of today; enclaves of Soviet date are left out."
            + (f" Hatched: {'; '.join(disputed)}." if disputed else "")
        ),
        data=_rows(borders, routes),
        source=SOURCE,
        figure=drawing,
    )


def _drawing(
    report: Report, borders: pd.DataFrame, routes: pd.DataFrame, form: Form
) -> tuple[Figure, list[str]]:
    """Return the drawing, and who administers and who claims each disputed area in it."""
    places = report.table("places").set_index("place_id")
    with style.applied():
        drawing, upper, lower = _sheet(form)
        labels = form.choose(LABELS_WIDE, {})
        disputed = _panel(report, upper, WIDE, places, routes, borders, labels)
        towns = {k: v for k, v in PLACES_WIDE.items() if not form.is_narrow or k in TOWNS}
        towns |= form.choose({}, TOWNS_NARROW)
        states = STATES_WIDE | form.choose({}, MOVED_NARROW)
        _write(upper, WIDE, places, states, towns)
        scale_bar(upper, 100)
        _frame(upper, NEAR)
        _panel(report, lower, NEAR, places, routes, borders, {})
        near = form.choose(PLACES_NEAR, NEAR_NARROW)
        _write(lower, NEAR, places, form.choose(NAMES_NEAR, NAMES_NARROW), near)
        if not form.is_narrow:
            for text, lon, lat, colour in NAMES_OF_LINKS:
                label(lower, projector(NEAR[0])(lon, lat), text, colour, 7.5, halo=False)
            lower.plot(*projector(NEAR[0])(*LEADER), color=SYUNIK, lw=0.7, zorder=7)
        else:
            lower.plot(*projector(NEAR[0])(*EXCLAVE), color=style.MUTED, lw=0.7, zorder=7)
        scale_bar(lower, 25, (0.87, 0.06))
        lower.legend(
            handles=_key(routes) + form.choose([], _link_keys()), loc="upper center",
            bbox_to_anchor=(0.5, -0.01), ncols=form.choose(3, 1), fontsize=8,
        )  # fmt: skip
    return drawing, disputed


def _sheet(form: Form):
    """Return the figure with its two panels, each as high as its window asks."""
    highs = [form.width * (n - s) / (e - w) for _, (w, s, e, n) in (WIDE, NEAR)]
    foot = form.choose(LEGEND, LEGEND + 1.15)
    total = sum(highs) + GAP + foot
    figure = style.new_figure(total, form, layout="none")
    upper = figure.add_axes((0, 1 - highs[0] / total, 1, highs[0] / total))
    lower = figure.add_axes((0, foot / total, 1, highs[1] / total))
    return figure, upper, lower


def _panel(report: Report, axes: Axes, panel, places, routes, borders, labels) -> list[str]:
    """Draw ground, borders and links of one panel; return the disputed areas in it."""
    disputed = base_map(
        report, axes, *panel, {"AZE", "ARM"},
        layer="caucasus", detail=DETAIL_METRES, strength=0.22,
    )  # fmt: skip
    _draw_borders(axes, projected(report.layer("caucasus"), panel[0]), borders)
    for route_id, row in routes.iterrows():
        xs, ys = projector(panel[0])(*_course(places, row["waypoints"], route_id))
        colour = LINKS[route_id]
        axes.plot(xs, ys, color=colour, lw=1.6, **look_of(row["status"]), zorder=6)
        if route_id in labels:
            label_along(axes, xs, ys, labels[route_id][0], colour, 7.5, *labels[route_id][1:])
    return disputed


def _write(axes: Axes, panel, places, names, marked) -> None:
    """Write the names of states and regions, and mark places."""
    for name, (lon, lat) in names.items():
        label(axes, projector(panel[0])(lon, lat), name, style.MUTED, 7.5, halo=False)
    for place_id, offset in marked.items():
        place = _both_names(places.loc[place_id])
        mark_place(axes, projector(panel[0]), place, offset, place_id == "baku", False)


def _course(places: pd.DataFrame, waypoints, route_id: str):
    """Return longitudes and latitudes of a link."""
    if route_id == "tripp_syunik":
        return great_circle(places, CROSSING, step_km=10)
    if route_id != "aras_corridor":
        return great_circle(places, waypoints, step_km=10)
    ends = places.loc[list(ARAS_WAY), ["lon", "lat"]].to_numpy(dtype=float)
    t = np.linspace(0, 1, 15)[:, None]
    curve = (1 - t) ** 2 * ends[0] + 2 * t * (1 - t) * np.array(ARAS_BEND) + t**2 * ends[1]
    return curve[:, 0], curve[:, 1]


def _draw_borders(axes: Axes, states, borders: pd.DataFrame) -> None:
    """Draw closed borders as a dark line and restricted ones as a broad light band."""
    shapes = states.set_index("adm0_a3").boundary
    drawn = {"restricted": (RESTRICTED, 3.6, 4), "closed": (CLOSED, 2.0, 4.5)}
    for _, pair in borders[borders["border_status"].isin(drawn)].iterrows():
        colour, width, zorder = drawn[pair["border_status"]]
        shared = line_merge(shapes[pair["iso3_a"]].intersection(shapes[pair["iso3_b"]]))
        for line in _lines(shared):
            xs, ys = line.simplify(DETAIL_METRES).xy
            axes.plot(xs, ys, color=colour, lw=width, zorder=zorder, solid_capstyle="round")


def _lines(shape) -> list[LineString]:
    parts = shape.geoms if isinstance(shape, MultiLineString) else getattr(shape, "geoms", [shape])
    return [part for part in parts if isinstance(part, LineString) and part.length > 0]


def _both_names(place: pd.Series) -> pd.Series:
    """Return the place with its Armenian name in brackets, where it is contested."""
    armenian = [n for n in place["other_names"] if "Armenian:" in n] if place["contested"] else []
    if not armenian:
        return place
    return place.copy().replace(place["name"], f"{place['name']} ({armenian[0].split(' (')[0]})")


def _frame(axes: Axes, panel) -> None:
    """Draw the outline of the lower map on the upper one, and say so."""
    west, south, east, north = (1000 * side for side in panel[1])
    to = projector(WIDE[0], panel[0])
    xs, ys = to([west, east, east, west, west], [south, south, north, north, south])
    axes.plot(xs, ys, color=style.INK, lw=0.8, zorder=7)
    label(axes, (xs[0], ys[0]), "map below", style.INK, 7.5, offset=(3, -6), ha="left", halo=False)


def _key(routes: pd.DataFrame) -> list:
    closed = Line2D([], [], color=CLOSED, lw=2, label=BORDER_LABEL["closed"])
    restricted = Line2D([], [], color=RESTRICTED, lw=3.6, label=BORDER_LABEL["restricted"])
    return [closed, restricted, *status_keys(routes["status"])]


def _link_keys() -> list[Line2D]:
    """Return the entries that name the links where the map has no room for names."""
    return [
        Line2D([], [], color=colour, lw=1.6, label=label_of)
        for label_of, colour in (
            ("railways", RAIL),
            ("TRIPP (Armenia, United States),\nZangezur corridor (Azerbaijan, Türkiye)", SYUNIK),
            ("Aras corridor (Iran), Araz corridor (Azerbaijan)", ARAS),
        )
    ]


def _border_words(borders: pd.DataFrame, names: pd.Series) -> list[str]:
    return [
        f"{names[p['iso3_a']]} and {names[p['iso3_b']]}: {p['border_status'].replace('-', ' ')}"
        + (f" ({parse(p['border_status_date']).display()})" if p["border_status_date"] else "")
        for _, p in borders.fillna({"border_status_date": ""}).iterrows()
    ]


def _rows(borders: pd.DataFrame, routes: pd.DataFrame) -> pd.DataFrame:
    first = borders.assign(kind="border", id=borders["pair_id"]).rename(
        columns={"border_status": "status", "border_status_date": "status_date"}
    )
    second = routes.reset_index().assign(kind="link").rename(columns={"route_id": "id"})
    columns = ["kind", "id", "name", "status", "status_date", "length_km"]
    return pd.concat([first, second]).reindex(columns=columns).reset_index(drop=True)
