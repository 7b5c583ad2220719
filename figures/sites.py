"""Exercises by host and year, and where they, factories, bases and exhibitions lie."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from azpak.figures import credits
from azpak.figures.base_map import (
    base_map,
    disputed_keys,
    label,
    scale_bar,
    true_from_capitals,
)
from azpak.figures.projection import projector
from azpak.figures.tiles import draw_tiles, name_tiles, years_along
from azpak.findings import geography
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import WIDE, Form
from azpak.report import Report

# Mark of each kind of site: name, shape and colour. An exercise venue has its number in it.
EXERCISE = "exercise"
KINDS = {
    EXERCISE: ("exercises, with their number", "o", "#a8325a"),
    "base": ("base or airport", "^", "#0b6e6e"),
    "factory": ("factory", "s", "#8a4b08"),
    "headquarters": ("headquarters or academy", "D", "#4d3a94"),
    "exhibition": ("exhibition or display", "P", "#3f4852"),
}
VENUE, GROWTH, MARK = 9.0, 0.5, 5.0  # points: venue of one exercise, its growth; other marks

# Each panel: heading, projection (none: that of the map of the region), window in km, km of the
# scale bar; and the places in it with name, place of the name off the marks (points) and, where
# exercises were held, the place that their rows name.
WEST = ("Azerbaijan", "+proj=laea +lat_0=40.15 +lon_0=47.9 +units=m", (-285, -165, 262, 190), 100)
EAST = ("Around Islamabad", "+proj=laea +lat_0=33.9 +lon_0=72.5 +units=m", (-82, -56, 82, 50.4), 25)
SPAN_KM = (-3350, -1330, 1600, 560)
# Venues outside the two maps close up: where the name stands off the mark, if not below it.
PLACES_SPAN = {
    "konya": (0, -13, "center"), "karachi": (-9, 1, "right"), "izmir": (-2, 10, "center"),
    "ankara": (9, 1, "left"),
}  # fmt: skip
BELOW = (0, -13, "center")
AT_VENUES = {"konya_airport": "konya"}  # sites that have their place at a venue
PLACES_WEST = {
    "baku": ("Baku", (-16, -9, "right")),
    "baku_airport": ("Heydar Aliyev\nairport", (4, -25, "center")),
    "haji_zeynalabdin": ("Nasosnaya", (5, 6, "center")),
    "kurdamir": ("Kurdamir", (-7, 0, "right")),
    "dallar": ("Dallar", (0, -10, "center")),
}
PLACES_EAST = {
    "risalpur_air_base": ("Risalpur: air force\nacademy", (0, 15, "center")),
    "cherat": ("Cherat", (0, -10, "center")),
    "attock": ("Barotha (at Attock)", (0, -11, "center")),
    "pac_kamra": ("Kamra", (-8, 0, "right")),
    "tarbela": ("Tarbela", (0, 10, "center")),
    "wah": ("Wah", (0, -10, "center")),
    "taxila": ("Taxila", (0, 10, "center")),
    "islamabad": ("Islamabad: Air\nHeadquarters", (0, -15, "center")),
}
STATE_NAMES = {
    "TÜRKİYE": (39.6, 39.1), "IRAN": (55.0, 32.2), "AFGHANISTAN": (65.6, 33.2),
    "TURKMENISTAN": (58.9, 39.2), "PAKISTAN": (68.2, 28.9), "INDIA": (73.2, 26.4),
    "IRAQ": (43.4, 33.4),
}  # fmt: skip
# Around Azerbaijan, in the map close up; Armenia is too small for its name on the large one.
NEIGHBOURS = {
    "GEORGIA": (45.2, 41.45), "RUSSIA": (47.15, 41.6), "ARMENIA": (45.16, 40.15),
    "IRAN": (47.65, 38.85),
}  # fmt: skip
UNNAMED_NARROW = ("TURKMENISTAN", "IRAQ", "INDIA", "TÜRKİYE", "AFGHANISTAN")
MOVED_NARROW = {"PAKISTAN": (67.6, 27.9)}
GUTTER, HEADING, LEGEND = 0.12, 0.24, 0.62  # inches
TILE, NAMES, TOTALS, YEARS = 0.19, 0.85, 0.5, 0.2  # inches: a row; left, right and below the tiles


@figure("cooperation-sites", "places")
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
    years = held["start"].map(lambda day: day.year)
    return ReportFigure(
        title=(
            f"{counts[0][0]} hosted {counts[0][1]} of the {len(held)} exercises in which both "
            f"states are named; {', '.join(f'{name} {number}' for name, number in counts[1:])}"
        ),
        alt=(
            f"Tiles with the exercises of each year, {years.min()} to {years.max()}, by host: "
            + ", ".join(f"{name} {number}" for name, number in counts)
            + ". Below, three maps of sites. Exercises that name both states by place: "
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
            "Earth 1:50m, of Azerbaijan 1:10m. Two-point equidistant and, close up, Lambert "
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
    number = held["place_id"].value_counts()
    with style.applied():
        drawing, tiles, top, west, east, legend = _sheet(report, held["host"].nunique(), form)
        _tiles(tiles, held, report.names())
        disputed = base_map(
            report, top, span, SPAN_KM, {"AZE", "PAK", "TUR"}, strength=0.3, detail=18_000
        )
        top.set_title("Where, and sites of the cooperation", fontsize=9, pad=3)
        _ground(top, span, form)
        for (heading, projection, _, _), axes in ((WEST, west), (EAST, east)):
            name = form.choose(f"{heading.removeprefix('Around ')}: below", "below")
            _outline(top, span, axes, projection, name, left=axes is east)
        close_up = {*PLACES_WEST, *PLACES_EAST}
        _venues(top, span, places, rows, number.drop(close_up, errors="ignore"))
        scale_bar(top, 500)
        for neighbour, place in NEIGHBOURS.items():
            label(west, projector(WEST[1])(*place), neighbour, style.MUTED, 7.5, halo=False)
        _places(west, WEST[1], places, rows, number, PLACES_WEST)
        _places(east, EAST[1], places, rows, number, PLACES_EAST)
        legend.legend(handles=_key(), loc="center", ncols=form.choose(3, 2), fontsize=8,
                      columnspacing=1.2, handletextpad=0.4)  # fmt: skip
    return drawing, disputed


def _sheet(report: Report, n_hosts: int, form: Form):
    """Return the figure, the axes of the tiles, of three maps and of the legend.

    The lower two maps stand side by side, on a narrow drawing one below another.
    """
    w, s, e, n = SPAN_KM
    top_high = form.width * (n - s) / (e - w)
    half = form.choose((form.width - GUTTER) / 2, form.width)
    highs = [half * (k[3] - k[1]) / (k[2] - k[0]) for k in (WEST[2], EAST[2])]
    foot = form.choose(LEGEND, LEGEND + 0.35)
    lower = form.choose(max(highs), sum(highs) + HEADING)
    above = HEADING + TILE * n_hosts + YEARS
    total = above + 2 * HEADING + top_high + lower + foot
    figure = style.new_figure(total, form, layout="none")
    at, span = total - above + YEARS, half / form.width
    wide = form.width - NAMES - TOTALS
    tiles = figure.add_axes(
        (NAMES / form.width, at / total, wide / form.width, TILE * n_hosts / total)
    )
    tiles.set_title("Exercises that name both states, by host and year", pad=4, fontsize=9,
                    x=-NAMES / wide)  # fmt: skip
    at -= YEARS + HEADING + top_high
    top = figure.add_axes((0, at / total, 1, top_high / total))
    low = form.choose(foot + lower - highs[0], foot + highs[1] + HEADING)  # tops side by side
    west = figure.add_axes((0, low / total, span, highs[0] / total))
    east = figure.add_axes((1 - span, foot / total, span, highs[1] / total))
    legend = figure.add_axes((0, 0, 1, foot * 0.85 / total))
    legend.axis("off")
    base_map(report, west, WEST[1], WEST[2], {"AZE"}, layer="caucasus", detail=2500, strength=0.22)
    base_map(report, east, EAST[1], EAST[2], {"PAK"}, detail=2500, strength=0.22)
    for axes, (heading, _, _, km) in ((west, WEST), (east, EAST)):
        axes.set_title(heading, fontsize=9, pad=3)
        scale_bar(axes, km)
    return figure, tiles, top, west, east, legend


def _tiles(axes: Axes, held: pd.DataFrame, names: pd.Series) -> None:
    """Draw how many exercises each host held in each year, and their sum."""
    years = held["start"].map(lambda day: day.year)
    span = range(years.min(), years.max() + 1)
    counts = pd.crosstab(held["host"], years).reindex(columns=span, fill_value=0)
    counts = counts.loc[held["host"].value_counts().index]
    draw_tiles(axes, counts, WIDE)
    name_tiles(axes, [names[host] for host in counts.index], WIDE)
    years_along(axes, span[0], span[-1], WIDE)
    for level, number in enumerate(counts.sum(axis=1)):
        axes.text(span[-1] + 1.1, -level, f"{number}", va="center", ha="center",
                  fontweight="semibold")  # fmt: skip
    axes.text(span[-1] + 1.1, 1, "sum", va="center", ha="center", fontsize=8.5)


def _ground(axes: Axes, projection: str, form: Form) -> None:
    """Write the names of states."""
    for name, (lon, lat) in (STATE_NAMES | form.choose({}, MOVED_NARROW)).items():
        if form.is_narrow and name in UNNAMED_NARROW:
            continue
        label(axes, projector(projection)(lon, lat), name, style.MUTED, 7.5, halo=False)


def _outline(
    axes: Axes, projection: str, panel: Axes, panel_projection: str, name: str, *, left: bool
) -> None:
    """Draw the outline of a lower map on the upper one, with its name above or left of it."""
    (west, east), (south, north) = panel.get_xlim(), panel.get_ylim()
    to = projector(projection, panel_projection)
    xs, ys = to([west, east, east, west, west], [south, south, north, north, south])
    axes.plot(xs, ys, color=style.INK, lw=0.8, zorder=7)
    above, beside = (sum(xs[2:4]) / 2, max(ys)), (min(xs), sum(ys[:4]) / 4)
    label(axes, beside if left else above, name, style.INK, 7.5, offset=(-3, 0) if left else (0, 6),
          ha="right" if left else "center", halo=False)  # fmt: skip


def _venues(axes: Axes, projection: str, places, rows: pd.DataFrame, number: pd.Series) -> None:
    """Draw the venues on the large map, beside each its other sites, and their names."""
    for place_id, held in number.items():
        point = projector(projection)(*places.loc[place_id, ["lon", "lat"]])
        _venue(axes, point, held)
        same = [place_id, *(site for site, venue in AT_VENUES.items() if venue == place_id)]
        others = rows[rows["place_id"].isin(same) & (rows["kind"] != EXERCISE)]
        for n, (_, site) in enumerate(others.drop_duplicates("kind").iterrows()):
            _mark(axes, point, (VENUE + 2 + 8 * n, 0), site)
        dx, dy, side = PLACES_SPAN.get(place_id, BELOW)
        label(axes, point, places.at[place_id, "name"], style.INK, 7.5, offset=(dx, dy), ha=side,
              halo=False)  # fmt: skip


def _places(axes: Axes, projection: str, places, rows, number: pd.Series, names) -> None:
    """Draw the marks of each place where it lies, a second one left of the first, and its name."""
    for place_id, (name, (dx, dy, side)) in names.items():
        point = projector(projection)(*places.loc[place_id, ["lon", "lat"]])
        here = rows[rows["place_id"] == place_id].drop_duplicates("kind")
        held = int(number.get(place_id, 0))
        others = here[here["kind"] != EXERCISE] if held else here
        for n, (_, site) in enumerate(others.iterrows()):
            _mark(axes, point, (-8 * n - (11 if held else 0), 0), site)
        if held:
            _venue(axes, point, held)
        label(axes, point, name, style.INK, 7.5, offset=(dx, dy), ha=side, halo=False)


def _venue(axes: Axes, point, held: int) -> None:
    """Draw a venue, its area and the number in it counting the exercises held there."""
    _, shape, colour = KINDS[EXERCISE]
    axes.plot(*point, shape, ms=VENUE * held**GROWTH, mfc=colour, mec="white", mew=0.6, zorder=9)
    axes.annotate(
        str(held), point, (0, 0.5), textcoords="offset points", color="white", ha="center",
        va="center_baseline", fontsize=style.SMALLEST, zorder=10,
    )  # fmt: skip


def _mark(axes: Axes, point, offset, site: pd.Series) -> None:
    """Draw the mark of a site, `offset` points off `point`."""
    _, shape, colour = KINDS[site["kind"]]
    fill, edge, width = (colour, "white", 0.6) if site["joint"] else ("white", style.DISPUTED, 1.1)
    shift = ScaledTranslation(offset[0] / 72, offset[1] / 72, axes.figure.dpi_scale_trans)
    axes.plot(
        *point, shape, ms=MARK, mfc=fill, mec=edge, mew=width, zorder=11,
        transform=axes.transData + shift,
    )  # fmt: skip


def _key() -> list:
    marks = [
        Line2D([], [], ls="", marker=shape, ms=VENUE if kind == EXERCISE else MARK, mfc=colour,
               mec="white", label=name)
        for kind, (name, shape, colour) in KINDS.items()
    ]  # fmt: skip
    none = Line2D(
        [], [], ls="", marker="o", ms=MARK, mfc="white", mec=style.DISPUTED, mew=1.1,
        label="no Azerbaijani part found",
    )  # fmt: skip
    return [*marks, none, *disputed_keys()]


def _rows(rows: pd.DataFrame, held: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    first = rows.rename(columns={"site_id": "id"}).assign(row="site")
    second = held.rename(columns={"exercise_id": "id"}).assign(
        row="exercise", type=held["domain"], kind="exercise", country_iso3=held["host"]
    )
    columns = ["row", "id", "name", "kind", "type", "place_id", "country_iso3", "confidence"]
    both = pd.concat([first, second]).reindex(columns=columns)
    return both.join(places[["lat", "lon"]], on="place_id").reset_index(drop=True)
