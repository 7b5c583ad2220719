"""Where exercises, factories, bases and exhibitions lie."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from azpak.figures import credits
from azpak.figures.base_map import (
    base_map,
    disputed_key,
    label,
    scale_bar,
    true_from_capitals,
)
from azpak.figures.projection import projector
from azpak.findings import geography
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report

# Mark of each kind of site: shape and colour.
KINDS = {
    "exercise": ("exercise venue", "^", "#a8325a"),
    "base": ("base or airport", "o", "#0b6e6e"),
    "factory": ("factory", "s", "#8a4b08"),
    "headquarters": ("headquarters or academy", "D", "#4d3a94"),
    "exhibition": ("exhibition or display", "P", "#3f4852"),
}

# Each panel: heading, projection (none: that of the map of the region), window in km, km of the
# scale bar; and the places in it with name, place of the name off the marks (points) and, where
# exercises were held, the place that their rows name.
WEST = ("Azerbaijan", "+proj=laea +lat_0=40.15 +lon_0=47.9 +units=m", (-235, -165, 245, 180), 100)
EAST = ("Around Islamabad", "+proj=laea +lat_0=33.9 +lon_0=72.5 +units=m", (-82, -60, 82, 58), 25)
SPAN_KM = (-2850, -1330, 1600, 560)
PLACES_SPAN = {
    "konya_airport": ("Konya", (3, -11, "center"), "konya"),
    "karachi": ("Karachi", (-11, 1, "right"), "karachi"),
}
SPAN_NARROW = {
    "konya_airport": ("Konya", (-8, -11, "left"), "konya"),
    "karachi": ("Karachi", (-11, 1, "right"), "karachi"),
}
PLACES_WEST = {
    "baku": ("Baku", (-7, -11, "right"), "baku"),
    "baku_airport": ("Heydar Aliyev\nairport", (-1, -14, "center")),
    "haji_zeynalabdin": ("Nasosnaya", (0, 10, "center")),
    "kurdamir": ("Kurdamir", (-7, 0, "right")),
    "dallar": ("Dallar", (0, -10, "center")),
}
PLACES_EAST = {
    "risalpur_air_base": ("Risalpur: air force\nacademy", (0, 15, "center")),
    "cherat": ("Cherat", (0, -10, "center")),
    "attock": ("Barotha (at Attock)", (0, -10, "center")),
    "pac_kamra": ("Kamra", (-8, 0, "right")),
    "tarbela": ("Tarbela", (0, 10, "center")),
    "wah": ("Wah", (0, -10, "center")),
    "taxila": ("Taxila", (0, 10, "center")),
    "islamabad": ("Islamabad: Air\nHeadquarters", (0, -15, "center")),
}
# Marks that would lie on others are moved off their place (points).
MOVED = {"baku_airport": (4, -22), "haji_zeynalabdin": (-4, 12)}
STATE_NAMES = {
    "TÜRKİYE": (37.6, 39.0), "IRAN": (55.0, 32.2), "AFGHANISTAN": (65.6, 33.2),
    "TURKMENISTAN": (58.9, 39.2), "PAKISTAN": (68.2, 28.9), "INDIA": (73.2, 26.4),
    "IRAQ": (43.4, 33.4), "ARMENIA": (38.9, 42.35),
}  # fmt: skip
LEADER_TO_ARMENIA = ((40.4, 44.4), (42.0, 40.6))
UNNAMED_NARROW = ("TURKMENISTAN", "ARMENIA", "IRAQ", "INDIA")
GUTTER, HEADING, LEGEND = 0.12, 0.2, 0.66  # inches


@figure("cooperation-sites")
def sites(report: Report, form: Form) -> ReportFigure:
    """Draw the sites of the cooperation, and the exercises by place.

    Returns
    -------
    ReportFigure
        The span from Türkiye to Pakistan, and two maps close up. Rows: the sites with kind and
        confidence, and the exercises in which both states are named, with their place.
    """
    places = report.table("places").set_index("place_id")
    rows, held = geography.sites(report), geography.exercises_of_both(report)
    drawing, disputed = _drawing(report, rows, held, form)

    by_place = held["place_id"].value_counts()
    unplaced = held[held["place_id"].isna()]
    hosts = held["host"].value_counts()
    names = report.names()
    counts = [(names[host], number) for host, number in hosts.items()]
    return ReportFigure(
        title=(
            f"{counts[0][0]} hosted {counts[0][1]} of the {len(held)} exercises in which both "
            f"states are named; {', '.join(f'{name} {number}' for name, number in counts[1:])}"
        ),
        alt=(
            "Three maps of sites. Exercises that name both states by place: "
            + ", ".join(f"{places.at[p, 'name']} {n}" for p, n in by_place.items())
            + f", no place published {len(unplaced)}. Pakistan's factories and headquarters stand "
            "close together around Islamabad; in Azerbaijan the sites are at Baku and three air "
            "bases."
        ),
        description=(
            "Sites: "
            + "; ".join(f"{s['name']} ({s['type']}, {s['confidence']})" for _, s in rows.iterrows())
            + ". Exercises without a published place: "
            + "; ".join(f"{e['name']} ({names[e['host']]})" for _, e in unplaced.iterrows())
            + ". Marks stand at the town or airfield, not at a building or training ground. Open "
            "grey marks: no Azerbaijani part was found. Not on the map, since no source gives a "
            "place: " + "; ".join(rows.loc[rows["place_id"].isna(), "name"]) + ". "
            "Hatched as disputed: " + "; ".join(disputed) + "."
        ),
        data=_rows(rows, held, places),
        source=(
            f"sites, exercises and places of this report; {credits.GEONAMES}; boundaries Natural "
            "Earth 1:50m, in the lower left map 1:10m. Two-point equidistant (above) and Lambert "
            "equal-area projections. Lines imply no judgement on any boundary."
        ),
        figure=drawing,
    )


def _drawing(
    report: Report, rows: pd.DataFrame, held: pd.DataFrame, form: Form
) -> tuple[Figure, list[str]]:
    """Return the drawing, and who administers and who claims each disputed area in it."""
    places = report.table("places").set_index("place_id")
    span = true_from_capitals(places)
    with style.applied():
        drawing, top, west, east, legend = _sheet(report, form)
        disputed = base_map(
            report, top, span, SPAN_KM, {"AZE", "PAK", "TUR"}, strength=0.3, detail=12_000
        )
        _ground(top, span, form)
        for (heading, projection, _, _), axes in ((WEST, west), (EAST, east)):
            name = form.choose(f"{heading}: below", "below")
            _outline(top, span, axes, projection, name)
        _places(top, span, places, rows, held, form.choose(PLACES_SPAN, SPAN_NARROW))
        scale_bar(top, 500)
        _places(west, WEST[1], places, rows, held, PLACES_WEST)
        _places(east, EAST[1], places, rows, held, PLACES_EAST)
        legend.legend(handles=_key(), loc="center", ncols=form.choose(3, 2), fontsize=8)
    return drawing, disputed


def _sheet(report: Report, form: Form):
    """Return the figure, its three maps and the axes of the legend; the lower two side by side.

    On a narrow drawing all stand one below another.
    """
    w, s, e, n = SPAN_KM
    top_high = form.width * (n - s) / (e - w)
    half = form.choose((form.width - GUTTER) / 2, form.width)
    highs = [half * (k[3] - k[1]) / (k[2] - k[0]) for k in (WEST[2], EAST[2])]
    foot = form.choose(LEGEND, LEGEND + 0.3)
    lower = form.choose(max(highs), sum(highs) + HEADING)
    total = top_high + HEADING + lower + foot
    figure = style.new_figure(total, form, layout="none")
    span = half / form.width
    top = figure.add_axes((0, 1 - top_high / total, 1, top_high / total))
    low = form.choose(foot, foot + highs[1] + HEADING)
    west = figure.add_axes((0, low / total, span, highs[0] / total))
    east = figure.add_axes((1 - span, foot / total, span, highs[1] / total))
    legend = figure.add_axes((0, 0, 1, foot * 0.8 / total))
    legend.axis("off")
    base_map(report, west, WEST[1], WEST[2], {"AZE"}, layer="caucasus", detail=1800, strength=0.22)
    base_map(report, east, EAST[1], EAST[2], {"PAK"}, detail=1800, strength=0.22)
    for axes, (heading, _, _, km) in ((west, WEST), (east, EAST)):
        axes.set_title(heading, fontsize=8.5, pad=3)
        scale_bar(axes, km)
    return figure, top, west, east, legend


def _ground(axes: Axes, projection: str, form: Form) -> None:
    """Write the names of states."""
    for name, (lon, lat) in STATE_NAMES.items():
        if form.is_narrow and name in UNNAMED_NARROW:
            continue
        label(axes, projector(projection)(lon, lat), name, style.MUTED, 7.5, halo=False)
    if not form.is_narrow:
        leader = projector(projection)(*LEADER_TO_ARMENIA)
        axes.plot(*leader, color=style.MUTED, lw=0.6, zorder=7)


def _outline(axes: Axes, projection: str, panel: Axes, panel_projection: str, name: str) -> None:
    """Draw the outline of a lower map on the upper one."""
    (west, east), (south, north) = panel.get_xlim(), panel.get_ylim()
    to = projector(projection, panel_projection)
    xs, ys = to([west, east, east, west, west], [south, south, north, north, south])
    axes.plot(xs, ys, color=style.INK, lw=0.8, zorder=7)
    offset = (0, 6)
    label(axes, (sum(xs[2:4]) / 2, max(ys)), name, style.INK, 7.5, offset=offset,
          backing=style.LAND)  # fmt: skip


def _places(axes: Axes, projection: str, places, rows, held: pd.DataFrame, names) -> None:
    """Draw the marks of each place side by side, its name and how many exercises it saw."""
    for place_id, (name, (dx, dy, side), *venue) in names.items():
        point = projector(projection)(*places.loc[place_id, ["lon", "lat"]])
        x0, y0 = MOVED.get(place_id, (0, 0))
        here = rows[rows["place_id"].isin([place_id, *venue])].drop_duplicates("kind")
        for n, (_, site) in enumerate(here.iterrows()):
            _mark(axes, point, (x0 + 8 * (n - (len(here) - 1) / 2), y0), site)
        if (x0, y0) != (0, 0):
            line = {"arrowstyle": "-", "color": style.MUTED, "lw": 0.6}
            axes.annotate("", point, (x0, y0), textcoords="offset points", arrowprops=line)
        number = int(held["place_id"].isin(venue).sum())
        words = f"{name}: {number} exercises" if number else name
        label(axes, point, words, style.INK, 7.5, offset=(x0 + dx, y0 + dy), ha=side, halo=False)


def _mark(axes: Axes, point, offset, site: pd.Series) -> None:
    """Draw the mark of a site, `offset` points off `point`."""
    _, shape, colour = KINDS[site["kind"]]
    fill, edge, width = (colour, "white", 0.6) if site["joint"] else ("white", style.DISPUTED, 1.1)
    shift = ScaledTranslation(offset[0] / 72, offset[1] / 72, axes.figure.dpi_scale_trans)
    axes.plot(
        *point, shape, ms=5.5, mfc=fill, mec=edge, mew=width, zorder=9,
        transform=axes.transData + shift,
    )  # fmt: skip


def _key() -> list:
    marks = [
        Line2D([], [], ls="", marker=shape, ms=5.5, mfc=colour, mec="white", label=name)
        for name, shape, colour in KINDS.values()
    ]
    none = Line2D(
        [], [], ls="", marker="o", ms=5.5, mfc="white", mec=style.DISPUTED, mew=1.1,
        label="no Azerbaijani part found",
    )  # fmt: skip
    return [*marks, none, disputed_key()]


def _rows(rows: pd.DataFrame, held: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    first = rows.rename(columns={"site_id": "id"}).assign(row="site")
    second = held.rename(columns={"exercise_id": "id"}).assign(
        row="exercise", type=held["domain"], kind="exercise", country_iso3=held["host"]
    )
    columns = ["row", "id", "name", "kind", "type", "place_id", "country_iso3", "confidence"]
    both = pd.concat([first, second]).reindex(columns=columns)
    return both.join(places[["lat", "lon"]], on="place_id").reset_index(drop=True)
