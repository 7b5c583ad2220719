"""Where the events took place: a map for each period, and the map that a page lights by year."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from azpak.dates import parse
from azpak.figures import credits
from azpak.figures.base_map import (
    base_map,
    disputed_keys,
    great_circle,
    label,
    scale_bar,
    true_from_capitals,
)
from azpak.figures.projection import projector
from azpak.findings import placed
from azpak.findings.chronology import periods
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.output.live_map import LiveMap
from azpak.report import Report

WINDOW_KM = (-2900, -1480, 1960, 1130)
PANEL_KM = (-1720, -1250, 1500, 600)  # of the small maps, which show the two states and between
DETAIL_METRES = 30_000  # two pixels of the small maps
SPECK_KM = 75
LIVE_DETAIL_METRES = 25_000
GUTTER, HEADING, BELOW, LEGEND = 0.12, 0.22, 0.24, (0.34, 0.62)  # inches
KEYED = (1, 10, 20)  # events of the circles in the key
# The capitals, named in the first map: name, points off the middle, side.
CAPITALS_AT = {
    "baku": ("Baku, Azerbaijan", (10, 4), "left"),
    "islamabad": ("Islamabad, Pakistan", (-5, -5), "right"),
}
SMALLEST, ROOT_KM = 32, 30  # km: radius of a mark of one event, and how it grows with the root
LIVE_KM, STRIP_KM, LIVE_WIDTH = 42, 760, 7.2  # radius; height of the strip; inches
STRIP_ROWS = 3
NAMED = 2  # places named in the line below each map
# Where the name of a place stands beside its mark, if not to the right: points, and its side.
NAMES_AT = {
    "rawalpindi": (5, -8, "left"), "islamabad": (5, 8, "left"), "lachin": (-5, -6, "right"),
    "shusha": (-5, 3, "right"), "khojaly": (-3, 9, "right"), "yerevan": (-5, 4, "right"),
    "nakhchivan_airport": (-5, -8, "right"), "baku_airport": (6, 12, "left"),
    "baku": (6, -4, "left"),
    "lahore_airport": (5, -8, "left"), "karachi_airport": (5, 8, "left"),
    "peshawar": (-5, 3, "right"), "hyderabad": (5, 0, "left"), "risalpur": (-5, 10, "right"),
    "muzaffarabad": (-4, 12, "left"), "gandhinagar": (-5, -2, "right"),
    "samarkand": (-5, 3, "right"),
}  # fmt: skip
SHORT = {
    "baku_airport": "Baku airport", "karachi_airport": "Karachi airport",
    "lahore_airport": "Lahore airport", "risalpur": "Risalpur",
}  # fmt: skip
SOURCE = (
    f"events and places of this report; {credits.GEONAMES}; boundaries Natural Earth 1:50m. "
    "Two-point equidistant projection on Baku and Islamabad. Lines imply no judgement on any "
    "boundary."
)


@figure("places-by-phase", "places")
def by_phase(report: Report, form: Form) -> ReportFigure:
    """Draw a map for each period, with a circle for each place whose area counts its events.

    Returns
    -------
    ReportFigure
        Rows: period, place, position and number of events.
    """
    rows, shares = placed.by_place(report), placed.share_of_capitals(report)
    spans = _spans(report, shares.index)
    places = report.table("places").set_index("place_id")
    projection = true_from_capitals(places)
    project = projector(projection)
    disputed: list[str] = []
    with style.applied():
        drawing, panels, legend = _sheet(len(shares), form)
        for axes, phase in zip(panels, shares.index, strict=True):
            disputed = base_map(
                report, axes, projection, PANEL_KM, {"AZE", "PAK"},
                detail=DETAIL_METRES, strength=0.4,
            )  # fmt: skip
            _in_few_paths(axes)
            if axes is panels[0]:  # all are of one scale
                scale_bar(axes, 500)
                _name_capitals(axes, project, places)
            here = rows[rows["phase_id"] == phase]
            axes.set_title(f"{spans[phase]}: {here['events'].sum()} events", fontsize=8.5, pad=3)
            outside = _circles(axes, project, here)
            _line_below(axes, here, outside)
        legend.legend(handles=[*_sizes(panels[0]), *disputed_keys()], loc="center", fontsize=8,
                      ncols=form.choose(5, 3), columnspacing=1.2, labelspacing=1)  # fmt: skip

    total, inside = shares["events"].sum(), shares["in_capitals"].sum()
    return ReportFigure(
        title=(
            f"{inside} of the {total} events with a known place took place in Baku or Islamabad"
        ),
        alt=(
            f"{len(shares)} maps from the Caucasus to Pakistan, one for each period, with a "
            f"circle for each place of an event. Of {total} events {inside} took place in one of "
            "the two capitals; the next fullest place is "
            f"{_fullest_elsewhere(rows)}."
        ),
        description=(
            "The area of a circle counts the events that began in the period and whose place is "
            "in the data; those beyond the map are counted below it. "
            + " ".join(
                f"{spans[phase]}: {row.events} events, {row.in_capitals} of them in the capitals; "
                + _listed(rows[rows["phase_id"] == phase])
                + "."
                for phase, row in shares.iterrows()
            )
            + " Hatched as disputed: "
            + "; ".join(disputed)
            + "."
        ),
        data=rows,
        source=SOURCE,
        figure=drawing,
    )


def live(report: Report) -> LiveMap:
    """Draw the map of all places and routes, each with an id by which a page lights it."""
    places = report.table("places").set_index("place_id")
    routes = report.table("routes").set_index("route_id")
    projection = true_from_capitals(places)
    project = projector(projection)
    located = placed.located(report).drop_duplicates("place_id").sort_values("place_id")
    west, south, east, north = (1000 * side for side in WINDOW_KM)
    strip = 1000 * STRIP_KM
    with style.applied():
        high = LIVE_WIDTH * (north - south + strip) / (east - west)
        drawing = Figure(figsize=(LIVE_WIDTH, high))
        axes = drawing.add_axes((0, strip / (north - south + strip), 1,
                                 (north - south) / (north - south + strip)))  # fmt: skip
        below = drawing.add_axes((0, 0, 1, strip / (north - south + strip)))
        below.set(xlim=(west, east), ylim=(0, strip))
        below.axis("off")
        base_map(report, axes, projection, WINDOW_KM, {"AZE", "PAK"},
                 detail=LIVE_DETAIL_METRES, strength=0.4)  # fmt: skip
        scale_bar(axes, 500, (0.2, 0.045))
        for route_id, row in routes.iterrows():
            line = great_circle(places, row["waypoints"], step_km=120)
            if len(line[0]) > 1:
                axes.plot(*project(*line), color=style.MUTED, lw=1, zorder=5, gid=f"on-{route_id}")
        far = []
        for row in located.itertuples():
            point = project(row.lon, row.lat)
            if west < point[0] < east and south < point[1] < north:
                _live_mark(axes, point, row, NAMES_AT.get(row.place_id, (5, -1, "left")))
            else:
                far.append(row)
        _strip(below, far, west, east, strip)
    names = {f"at-{row.place_id}": row.name for row in located.itertuples()}
    names |= {f"on-{route_id}": name for route_id, name in routes["name"].items()}
    label = "Map from Türkiye to India with the places of events and the routes"
    return LiveMap(label, names, drawing)


def _live_mark(axes: Axes, point, row, beside, name: str = "name") -> None:
    axes.add_patch(
        Circle(point, 1000 * LIVE_KM, fc=style.INK, ec="white", lw=0.8, zorder=9,
               gid=f"at-{row.place_id}")
    )  # fmt: skip
    dx, dy, side = beside
    axes.annotate(
        SHORT.get(row.place_id, row.name), point, xytext=(dx, dy), textcoords="offset points",
        fontsize=9, fontweight="semibold", ha=side, va="center", zorder=10,
        gid=f"{name}-{row.place_id}",
    )  # fmt: skip


def _strip(axes: Axes, far: list, west: float, east: float, high: float) -> None:
    """Write the places beyond the map in rows below it, each with its mark."""
    axes.text(west + 40_000, high * 0.88, "Beyond the map", fontsize=8.5, color=style.MUTED,
              va="center")  # fmt: skip
    columns = -(-len(far) // STRIP_ROWS)
    for n, row in enumerate(far):
        line, column = divmod(n, columns)
        x = west + 90_000 + (east - west) * column / columns
        _live_mark(axes, (x, high * (0.64 - 0.25 * line)), row, (8, -1, "left"), "far")


def _spans(report: Report, phases) -> dict[str, str]:
    """Return each period with its years, as a heading names it."""
    found = {}
    for row in periods(report).itertuples():
        first = parse(row.start).start.year
        last = "" if row.end == ".." else f"-{parse(row.end).end.year}"
        found[row.phase_id] = f"{row.name}, {first}{last}" if last else f"{row.name}, since {first}"
    return {phase: found[phase] for phase in phases}


def _sheet(count: int, form: Form):
    """Return the figure, the axes of its maps in reading order, and those of the legend."""
    west, south, east, north = PANEL_KM
    columns = form.choose(2, 1)
    wide = (form.width - GUTTER * (columns - 1)) / columns
    high = wide * (north - south) / (east - west)
    rows = -(-count // columns)
    foot = form.choose(*LEGEND)
    total = rows * (HEADING + high + BELOW) + foot
    drawing = style.new_figure(total, form, layout="none")
    maps = []
    for n in range(count):
        row, column = divmod(n, columns)
        left = column * (wide + GUTTER) / form.width
        bottom = total - (row + 1) * (HEADING + high) - row * BELOW
        maps.append(drawing.add_axes((left, bottom / total, wide / form.width, high / total)))
    legend = drawing.add_axes((0, 0, 1, foot / total))
    legend.axis("off")
    return drawing, maps, legend


def _in_few_paths(axes: Axes) -> None:
    """Draw what has one look in one path: six maps of hundreds of paths would be heavy."""
    for layer in list(axes.collections):
        edge, fill = layer.get_edgecolor(), layer.get_facecolor()
        paths = layer.get_paths()
        if not layer.get_hatch():  # islands and lakes of three pixels
            paths = [path for path in paths if max(path.get_extents().size) > 1000 * SPECK_KM]
        whole = Path.make_compound_path(*paths)
        axes.add_patch(
            PathPatch(
                whole, fc=fill[0] if len(fill) else "none", ec=edge[0] if len(edge) else "none",
                lw=layer.get_linewidth()[0], ls=layer.get_linestyle()[0], hatch=layer.get_hatch(),
                zorder=layer.get_zorder(),
            )
        )  # fmt: skip
        layer.remove()


def _circles(axes: Axes, project, rows: pd.DataFrame) -> list:
    """Draw the circles of a period; return the rows that lie beyond the map."""
    west, south, east, north = (1000 * side for side in PANEL_KM)
    outside, inside = [], {}
    for row in rows.itertuples():
        x, y = project(row.lon, row.lat)
        if west < x < east and south < y < north:
            inside.setdefault(row.events, []).append((x, y))
        else:
            outside.append(row)
    for events, at in inside.items():
        size = _size(axes, events)
        xs, ys = zip(*at, strict=True)
        axes.plot(xs, ys, "o", ms=size, mfc=style.INK, mec="white", mew=0.6, zorder=9 - events / 99)
    return outside


def _name_capitals(axes: Axes, project, places: pd.DataFrame) -> None:
    """Name the two capitals, each with its state."""
    for place_id, (name, off, side) in CAPITALS_AT.items():
        at = project(*places.loc[place_id, ["lon", "lat"]])
        label(axes, at, name, style.INK, style.SMALLEST, offset=off, ha=side, halo=False)


def _size(axes: Axes, events: int) -> float:
    """Return the size of the circle of so many events (points)."""
    inches = axes.get_figure().get_size_inches()[0] * axes.get_position().width
    points = 72 * inches / (PANEL_KM[2] - PANEL_KM[0])  # of a km
    return 2 * points * (SMALLEST + ROOT_KM * (events - 1) ** 0.5)


def _sizes(axes: Axes) -> list[Line2D]:
    """Return the entries of the key for the sizes of circles."""
    look = {"ls": "", "marker": "o", "mfc": style.INK, "mec": "white", "mew": 0.6}
    return [
        Line2D([], [], ms=_size(axes, n), label=f"{n} event{'s' * (n > 1)}", **look) for n in KEYED
    ]


def _line_below(axes: Axes, rows: pd.DataFrame, outside: list) -> None:
    """Name the fullest places below the map, and count the events beyond it."""
    named = ", ".join(f"{row.name} {row.events}" for row in rows.head(NAMED).itertuples())
    beyond = sum(row.events for row in outside)
    text = named + (f"; beyond the map {beyond}" if beyond else "")
    axes.annotate(text, (0, 0), xytext=(0, -4), xycoords="axes fraction", fontsize=style.SMALLEST,
                  textcoords="offset points", va="top", color=style.MUTED)  # fmt: skip


def _fullest_elsewhere(rows: pd.DataFrame) -> str:
    others = rows[~rows["place_id"].isin(placed.CAPITALS)].groupby("name")["events"].sum()
    return f"{others.idxmax()} with {others.max()}"


def _listed(rows: pd.DataFrame) -> str:
    return ", ".join(f"{row.name} {row.events}" for row in rows.itertuples())
