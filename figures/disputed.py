"""The parts of Jammu and Kashmir with who administers and who claims them, and Karabakh's towns."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from shapely.geometry import box

from azpak.figures import credits
from azpak.figures.base_map import (
    CONTROL,
    base_map,
    disputed_keys,
    label,
    line_of_control,
    scale_bar,
)
from azpak.figures.projection import projected, projector
from azpak.findings import control
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words, listed

KASHMIR = "+proj=laea +lat_0=34.7 +lon_0=76.2 +units=m"
KASHMIR_KM = (-375, -315, 455, 300)
# Of each part: where its words stand, or on a narrow map its number (degrees east, north), and
# if a line leads from there to the part, at which share of the way it begins.
PARTS = {
    "northern_areas": ((74.9, 35.95), (75.0, 35.9), 0),
    "azad_kashmir": ((72.88, 33.35), (73.55, 34.05), 0.62),
    "jammu_and_kashmir": ((76.3, 33.75), (76.6, 33.55), 0),
    "siachen_glacier": ((78.6, 36.35), (77.15, 35.45), 0.3),
    "shaksam_valley": ((77.05, 36.95), (76.6, 36.1), 0.3),
    "aksai_chin": ((79.3, 35.15), (79.1, 35.2), 0),
    "demchok": ((80.1, 32.12), (79.25, 32.85), 0.3),
}
STATES = {"PAKISTAN": (73.6, 32.35), "INDIA": (76.6, 32.2), "CHINA": (80.7, 35.75)}
NARROW = {"PAKISTAN": (72.9, 33.3), "CHINA": (80.4, 33.9)}
ADMINISTRATORS = {"IND": "India", "PAK": "Pakistan", "CHN": "China"}
WORDS = 25  # characters of a line of a part's words
FEWER_WORDS = {"azad_kashmir": 19, "aksai_chin": 19}  # where there is less room
CONTROL_NAMED = ((75.2, 34.34), (75.75, 34.08))  # where the Line of Control is named
KEY, KEY_WORDS = 0.16, 56  # inches of a line of the key on a narrow map; its characters

KARABAKH = "+proj=laea +lat_0=39.6 +lon_0=46.55 +units=m"
SCHEMATIC = "A schematic by towns: no openly licensed line of the later years is among the data."
KARABAKH_KM = (-92, -84, 78, 92)


class Around(NamedTuple):
    """What a locator shows: projection, window (km), layer, states filled, detail (metres)."""

    projection: str
    window_km: tuple[int, int, int, int]
    layer: str
    states: tuple[str, ...]
    detail: float


AROUND = Around("+proj=laea +lat_0=40.2 +lon_0=47 +units=m", (-310, -220, 310, 220), "caucasus",
                ("AZE", "ARM"), 6000)  # fmt: skip
REGION = Around("+proj=laea +lat_0=31 +lon_0=68 +units=m", (-2200, -1900, 2200, 1900), "countries",
                (), 45_000)  # fmt: skip
AROUND_NAMED = {"ARMENIA": (45.86, 39.62), "AZERBAIJAN": (46.03, 40.35), "IRAN": (47.2, 38.95)}
AROUND_NARROW = {"IRAN": (47.2, 38.95)}
# Where the number of a town stands off its mark, if not to the right (points).
BESIDE = {
    "shusha": (-5, -2), "lachin": (-5, 0), "fuzuli": (-5, 0), "khojaly": (-5, 3),
    "khankendi": (5, -1), "zangilan": (-5, 3), "mincivan": (3, -8),
}  # fmt: skip
# How a holder is drawn: mark, state of the colour, name in the key.
HOLDERS = {
    "before": ("s", "ARM", "Armenian forces or administration"),
    "between": ("D", "RUS", "Russian peacekeepers"),
    "AZE": ("o", "AZE", "Azerbaijan"),
}
GUTTER, HEADING, LOCATOR = 0.1, 0.22, 1.15  # inches
SOURCE = (
    f"places of this report; {credits.GEONAMES}; boundaries Natural Earth 1:10m{{}}. Lambert "
    "azimuthal equal-area projection. Lines imply no judgement on any boundary."
)


@figure("kashmir-parts", "places")
def kashmir(report: Report, form: Form) -> ReportFigure:
    """Draw the parts of Jammu and Kashmir, with administrator and claimant, and the line between.

    Returns
    -------
    ReportFigure
        Rows: area_id, name, administrator, claimants, label.
    """
    areas = report.layer("disputed_areas")
    parts = areas[areas["area_id"].isin(PARTS)].set_index("area_id").loc[list(PARTS)]
    held = parts[parts["administrator"].isin(ADMINISTRATORS.values())]
    named = [name for name in ADMINISTRATORS.values() if name in set(held["administrator"])]
    disputed = [
        any(ADMINISTRATORS.get(state) not in (None, row.administrator)
            for state in row.claimants.split(";"))
        for row in held.itertuples()
    ]  # fmt: skip
    claimed = "each" if all(disputed) else count_in_words(sum(disputed))
    return ReportFigure(
        title=(
            f"{listed(named)} administer {count_in_words(len(held))} parts of Jammu and Kashmir; "
            f"{claimed} is claimed by another of them"
        ),
        alt=(
            "Map of Jammu and Kashmir in its parts, hatched as disputed, with the Line of Control "
            "between those that India and Pakistan administer. " + ". ".join(parts["label"]) + "."
        ),
        description=(
            "All parts are hatched alike and carry no state's fill. The Line of Control is drawn "
            "as Natural Earth has it; the frontier at the Siachen Glacier is not agreed. Extents "
            f"are those of {min(parts['valid']).split('/')[0]}."
        ),
        data=pd.DataFrame(parts.drop(columns="geometry")).reset_index()[
            ["area_id", "name", "administrator", "claimants", "label"]
        ],
        source=SOURCE.format(""),
        figure=_kashmir_drawn(report, parts, form),
    )


def _kashmir_drawn(report: Report, parts: pd.DataFrame, form: Form) -> Figure:
    w, s, e, n = KASHMIR_KM
    high = form.width * (n - s) / (e - w)
    lines = [
        textwrap.fill(f"{number}  {words}", KEY_WORDS, subsequent_indent="    ")
        for number, words in enumerate(parts["label"], 1)
    ]
    foot = form.choose(0.35, 0.45 + KEY * (sum(text.count("\n") + 1 for text in lines)))
    with style.applied():
        drawing = style.new_figure(high + foot, form, layout="none")
        axes = drawing.add_axes((0, foot / (high + foot), 1, high / (high + foot)))
        base_map(report, axes, KASHMIR, KASHMIR_KM, set(), detail=2500)
        to = projector(KASHMIR)
        line_of_control(report, axes, KASHMIR, box(*(1000 * side for side in KASHMIR_KM)), 5000, 2)
        label(
            axes,
            to(*form.choose(*CONTROL_NAMED)),
            "Line of Control",
            CONTROL,
            8,
            backing=style.LAND,
        )
        for name, place in (STATES | form.choose({}, NARROW)).items():
            label(axes, to(*place), name, style.MUTED, style.SMALLEST, halo=False)
        middles = projected(report.layer("disputed_areas"), KASHMIR).set_index("area_id")
        for number, (area, (wide, near, begins)) in enumerate(PARTS.items(), 1):
            filled = textwrap.fill(parts.at[area, "label"], FEWER_WORDS.get(area, WORDS))
            words = form.choose(filled, str(number))
            at = to(*form.choose(wide, near))
            if begins and not form.is_narrow:
                inside = middles.at[area, "geometry"].representative_point()
                start = [at[0] + begins * (inside.x - at[0]), at[1] + begins * (inside.y - at[1])]
                axes.plot([start[0], inside.x], [start[1], inside.y], color=style.INK, lw=0.7,
                          zorder=7)  # fmt: skip
            label(axes, at, words, style.INK, style.SMALLEST, bold=form.is_narrow,
                  backing=style.LAND)  # fmt: skip
        scale_bar(axes, 100)
        inset = axes.inset_axes(form.choose((0.845, 0.79, 0.15, 0.2), (0.76, 0.72, 0.235, 0.27)))
        _locate(report, inset, REGION, KASHMIR, KASHMIR_KM)
        key = disputed_keys()[::-1]
        below = drawing.add_axes((0, 0, 1, foot / (high + foot)))
        below.axis("off")
        below.legend(handles=key, loc=form.choose("center left", "upper left"), ncols=2,
                     fontsize=8)  # fmt: skip
        if form.is_narrow:
            below.text(0.01, 1 - 0.34 / foot, "\n".join(lines), va="top", fontsize=8,
                       linespacing=1.1, transform=below.transAxes)  # fmt: skip
    return drawing


@figure("karabakh-towns", "places")
def karabakh(report: Report, form: Form) -> ReportFigure:
    """Draw who held the contested towns of Karabakh and the districts around it, in three years.

    Returns
    -------
    ReportFigure
        Rows: those of `azpak.findings.control.holders`.
    """
    towns = control.holders(report)
    left = {year: int((towns[f"held_{year}"] == "before").sum()) for year in control.MOMENTS}
    first, *later = control.MOMENTS
    names = [f"{number} {_both(row)}" for number, row in enumerate(towns.itertuples(), 1)]
    return ReportFigure(
        title=(
            f"At the end of {first} Armenian forces or administration held "
            + ("all " if left[first] == len(towns) else f"{count_in_words(left[first])} of ")
            + f"{count_in_words(len(towns))} towns drawn here, "
            + ", ".join(
                f"of {year} {count_in_words(left[year]) if left[year] else 'none'}"
                + "".join(f" ({said})" for said in _between(towns, year))
                for year in later
            )
        ),
        alt=(
            "Three small maps of Karabakh and the districts around it, at the ends of "
            f"{listed(control.MOMENTS)}, with a mark for each of {len(towns)} towns: a square "
            "where Armenian forces or administration held it, a circle where Azerbaijan did, a "
            "diamond where Russian peacekeepers did. "
            + " ".join(
                f"{year}: held by Azerbaijan were "
                + (listed(towns.loc[towns[f"held_{year}"] == "AZE", "name"]) or "none")
                + "".join(f"; {said}" for said in _between(towns, year))
                + "."
                for year in control.MOMENTS
            )
        ),
        description=(
            f"{SCHEMATIC} The dashed line is the line of control of {_years(report)} as Natural "
            "Earth has it, within the recognised borders of Azerbaijan; in the later maps it is "
            "there to find one's way. Towns: "
            + "; ".join(
                f"{_both(row)}, Azerbaijan since {row.since}, "
                + (f"{row.between} from {row.between_from:.0f}, " if row.between else "")
                + f"{row.before} before"
                for row in towns.itertuples()
            )
            + "."
        ),
        data=towns.reset_index().drop(columns="other_names"),
        source=SOURCE.format(f", line of control of {_years(report)} likewise"),
        figure=_karabakh_drawn(report, towns, names, form),
    )


def _between(towns: pd.DataFrame, year: int) -> list[str]:
    """Return of each town that a third force held at the end of a year under whom it was."""
    held = towns[towns[f"held_{year}"] == "between"]
    return [f"{row.name}: {row.between}" for row in held.itertuples(index=False)]


def _years(report: Report) -> str:
    """Return the years in which the line of control of the layer was in force."""
    areas = report.layer("disputed_areas").set_index("area_id")
    return " to ".join(areas.at["nagorno-karabakh", "valid"].split("/"))


def _both(row: tuple) -> str:
    """Return a town's name with the Armenian one."""
    armenian = [n.split(" (")[0] for n in row.other_names if "Armenian" in n]
    return f"{row.name} ({armenian[0]})" if armenian else row.name


def _karabakh_drawn(report: Report, towns: pd.DataFrame, names: list[str], form: Form) -> Figure:
    w, s, e, n = KARABAKH_KM
    columns = form.choose(3, 2)
    wide = (form.width - GUTTER * (columns - 1)) / columns
    high = wide * (n - s) / (e - w)
    rows = form.choose(1, 2)
    foot = form.choose(1.38, 2.4)
    total = rows * (high + HEADING) + foot
    with style.applied():
        drawing = style.new_figure(total, form, layout="none")
        for at, year in enumerate(control.MOMENTS):
            x, down = at % columns * (wide + GUTTER), at // columns
            y = total - (down + 1) * (high + HEADING)
            axes = drawing.add_axes((x / form.width, y / total, wide / form.width, high / total))
            _moment(report, axes, towns, year)
            for name, place in form.choose(AROUND_NAMED, AROUND_NARROW).items():
                label(axes, projector(KARABAKH)(*place), name, style.MUTED, style.SMALLEST,
                      halo=False)  # fmt: skip
        corner = (form.width - LOCATOR, 0.2) if not form.is_narrow else (
            wide + GUTTER + 0.2, foot + high / 2 - 0.4
        )  # fmt: skip
        w, s, e, n = AROUND.window_km
        size = (LOCATOR, LOCATOR * (n - s) / (e - w))
        locator = drawing.add_axes(
            (corner[0] / form.width, corner[1] / total, size[0] / form.width, size[1] / total)
        )
        _locate(report, locator, AROUND, KARABAKH, KARABAKH_KM)
        below = drawing.add_axes((0, 0, 1, foot / total))
        below.axis("off")
        per_line = form.choose(3, 2)
        text = "\n".join(
            "   ".join(names[at : at + per_line]) for at in range(0, len(names), per_line)
        )
        text += "\n" + textwrap.fill(SCHEMATIC, form.choose(90, 52))
        below.text(0.0, 0.98, text, va="top", fontsize=8, linespacing=1.2,
                   transform=below.transAxes)  # fmt: skip
        below.legend(handles=_towns_key(report), loc="lower left", ncols=form.choose(2, 1),
                     fontsize=8, borderaxespad=0)  # fmt: skip
    return drawing


def _moment(report: Report, axes: Axes, towns: pd.DataFrame, year: int) -> None:
    """Draw the towns as they were held at the end of a year."""
    base_map(report, axes, KARABAKH, KARABAKH_KM, {"AZE", "ARM"}, layer="caucasus", detail=1800,
             strength=0.16)  # fmt: skip
    _old_line(report, axes, KARABAKH, hatched=year == control.MOMENTS[0])
    colours, to = style.state_colours(report), projector(KARABAKH)
    for number, (place, row) in enumerate(towns.iterrows(), 1):
        point = to(row["lon"], row["lat"])
        mark, state, _ = HOLDERS[row[f"held_{year}"]]
        axes.plot(*point, mark, ms=4.8, mfc=colours[state], mec="white", mew=0.6, zorder=9)
        dx, dy = BESIDE.get(place, (5, 1))
        label(axes, point, str(number), style.INK, style.SMALLEST, offset=(dx, dy),
              ha="left" if dx > 0 else "right", halo=False)  # fmt: skip
    scale_bar(axes, 50, (0.05, 0.04))
    axes.set(xlabel="", ylabel="")
    axes.set_title(f"End of {year}", fontsize=9, pad=3)


def _old_line(report: Report, axes: Axes, projection: str, *, hatched: bool) -> None:
    """Draw the line of control of 1994 to 2020, hatched within where it was in force."""
    areas = projected(report.layer("disputed_areas"), projection)
    mine = areas[areas["area_id"] == "nagorno-karabakh"].simplify(1200)
    mine.plot(ax=axes, facecolor="none", edgecolor=style.INK, linewidth=0.9, linestyle=(0, (3, 2)),
              zorder=5)  # fmt: skip
    if hatched:
        mine.plot(ax=axes, facecolor="none", edgecolor=style.DISPUTED, hatch="/////", linewidth=0,
                  zorder=4)  # fmt: skip


def _locate(report: Report, axes: Axes, around: Around, drawn: str, window_km) -> None:
    """Draw where a map lies."""
    base_map(report, axes, around.projection, around.window_km, set(around.states),
             layer=around.layer, detail=around.detail, strength=0.3)  # fmt: skip
    west, south, east, north = (1000 * side for side in window_km)
    to = projector(around.projection, drawn)
    xs, ys = to([west, east, east, west, west], [south, south, north, north, south])
    axes.plot(xs, ys, color=style.INK, lw=1, zorder=7)


def _towns_key(report: Report) -> list:
    colours = style.state_colours(report)
    look = {"ls": "", "ms": 5.5, "mec": "white", "mew": 0.6}
    return [
        *(Line2D([], [], marker=mark, mfc=colours[state], label=name, **look)
          for mark, state, name in HOLDERS.values()),
        Line2D([], [], color=style.INK, lw=0.9, ls=(0, (3, 2)),
               label=f"line of control of {_years(report)}"),
        Patch(fc="none", ec=style.DISPUTED, hatch="/////", label="area within it, in force"),
    ]  # fmt: skip
