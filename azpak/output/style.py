"""The one look of every figure: fonts, sizes, colours of states and marks of confidence."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.output.form import WIDE, Form

if TYPE_CHECKING:
    from azpak.report import Report

FONTS = Path(__file__).with_name("fonts")
FAMILY = "Source Sans 3"

WIDTH = WIDE.width
SMALLEST = 7.5  # points, in any form: 11 pixels on a telephone of 390

GROUND = "#ffffff"  # of the page and of every file to hand out
INK = "#22262b"
MUTED = "#5b636c"
RULE = "#d5d9de"
LAND = "#f1efe9"
SEA = "#e3ecf2"
DISPUTED = "#8a8f96"
NO_DATA = "#ffffff"

# Each colour of the light page and its place on the dark one. A drawing may use no other: shades
# are made by opacity, which has the same sense on either ground.
DARK = {
    GROUND: "#15181c",
    INK: "#e6e4df",
    MUTED: "#b1b3b6",
    RULE: "#3d444d",
    LAND: "#2a2d30",
    SEA: "#1b2733",
    DISPUTED: "#868c94",
    "#2f3b4a": "#c9d4e2",  # confidence
    "#9fb0c3": "#62748a",
    "#c3c0b6": "#50545a",  # edges of land and of the states shown
    "#8c8a82": "#8f9297",
    "#8592a0": "#7e8a97",
    "#87919d": "#6f7985",
    "#f3f1ec": "#1f2328",
    "#3f4852": "#c3cbd4",
    "#a3431f": "#f08a5d",  # what is found
    "#0b6e6e": "#4fbdb9",  # kinds of routes and places
    "#7a4a12": "#d9a05b",
    "#8a4b08": "#d9a05b",
    "#5c3d91": "#b79bea",
    "#4d3a94": "#a99bf0",
    "#a03a5f": "#ea86ab",
    "#a8325a": "#ee7ea6",
    "#6d1a36": "#f4b3c8",
    "#b5761a": "#c58a2e",
    "#1b2c6a": "#a1a6f8",  # states, as in `actors`: AZE
    "#cb862f": "#f6bc72",  # PAK
    "#0485a6": "#069199",  # TUR
    "#9b486d": "#a45065",  # ARM
    "#52482f": "#a19676",  # IND
    "#8a82d4": "#a873f1",  # BLR
    "#1c699c": "#bfe0ea",  # CHN
    "#576a3d": "#047968",  # FRA
    "#0045b4": "#7370b5",  # GEO
    "#40434c": "#67b39e",  # IRN
    "#db5282": "#ff7ec3",  # ISR
    "#788b88": "#58814b",  # KAZ
    "#24624e": "#cdd7bd",  # RUS
    "#717404": "#bd9608",  # UKR
    "#274b00": "#eae843",  # USA
}
COLOUR = re.compile(r"#[0-9a-f]{6}\b")

# Confidence is told by fill and by colour: full, half-tone, hollow.
CONFIDENCE = {
    "high": {"facecolor": "#2f3b4a", "edgecolor": "#2f3b4a"},
    "medium": {"facecolor": "#9fb0c3", "edgecolor": "#2f3b4a"},
    "low": {"facecolor": "#ffffff", "edgecolor": "#2f3b4a"},
}

RC = {
    "font.family": FAMILY,
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titleweight": "semibold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=[INK]),
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "ytick.alignment": "center",  # else names stand below their rows
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "hatch.linewidth": 0.6,
    "hatch.color": DISPUTED,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "azpak",
    "pdf.fonttype": 42,
}


def in_the_dark(*svgs: str) -> dict[str, str]:
    """Return for each colour of some drawings the one that takes its place on the dark page.

    Raises
    ------
    ValueError
        If a colour has no place there.
    """
    used = sorted({colour for svg in svgs for colour in COLOUR.findall(svg)})
    if missing := [colour for colour in used if colour not in DARK]:
        known = "give it one in azpak.output.style.DARK, or take one that is there"
        raise ValueError(f"{', '.join(missing)} has no place on the dark page: {known}")
    return {colour: DARK[colour] for colour in used}


@cache
def register_fonts() -> None:
    """Make the fonts that the report ships known to matplotlib."""
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))


@contextmanager
def applied():
    """Draw and save within the report's style, whatever the reader's own settings are."""
    register_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(RC)
        yield


def new_figure(height: float, form: Form = WIDE, **layout) -> Figure:
    """Return an empty figure of the width of a form; `height` in inches."""
    size = (form.width, height)
    return Figure(figsize=size, layout=layout.pop("layout", "constrained"), **layout)


def state_colours(report: Report) -> dict[str, str]:
    """Return the fixed colour of each drawn actor, as ``#rrggbb`` by actor id, from `actors`."""
    actors = report.table("actors")
    drawn = actors[actors["colour"].notna() & (actors["colour"] != "")]
    return dict(zip(drawn["actor_id"], drawn["colour"], strict=True))


def confidence_key(marker: str, level: str, label: str, *, size: float, edge: float) -> Line2D:
    """Return a legend entry whose fill tells the confidence; `size` and `edge` in points."""
    look = CONFIDENCE[level]
    return Line2D(
        [], [], ls="", marker=marker, ms=size, mfc=look["facecolor"], mec=look["edgecolor"],
        mew=edge, label=label,
    )  # fmt: skip


def name_rows(
    axes: Axes, names: dict[float, str], form: Form, *, lift: float = 0.3, size: float = 8.5
) -> None:
    """Name rows of marks: left of the axes, or on a narrow drawing above each row, at its left.

    Parameters
    ----------
    names
        By height of the row, its name; two lines become one on a narrow drawing.
    lift
        How far above its row the foot of a name stands, in units of the axis.
    size
        Of the letters (points).
    """
    axes.tick_params(axis="y", length=0)
    if not form.is_narrow:
        axes.set_yticks(list(names), list(names.values()))
        axes.tick_params(axis="y", labelsize=size)
        return
    axes.set_yticks([])
    up = -lift if axes.yaxis_inverted() else lift
    for y, name in names.items():
        axes.text(
            0, y + up, " ".join(name.split("\n")), transform=axes.get_yaxis_transform(), ha="left",
            va="bottom", fontsize=size,
        )  # fmt: skip


def legend_below(axes: Axes, handles: list, *, columns: int, size: float = 8) -> None:
    """Write the legend under all axes of the figure, in its own room."""
    axes.figure.legend(
        handles=handles, loc="outside lower left", ncols=columns, fontsize=size, borderaxespad=0.2,
        columnspacing=1.2, handletextpad=0.5,
    )  # fmt: skip


def light_grid(axes: Axes, axis: str) -> None:
    """Rule the background along `axis` and drop the tick marks, which the rules replace."""
    axes.grid(True, axis=axis)
    axes.tick_params(length=0)


def apart(heights: list[float], least: float) -> list[float]:
    """Return rising heights, moved so far that each is at least so much above the one before."""
    placed = list(heights)
    for _ in range(60):
        for low in range(len(placed) - 1):
            lacking = least - (placed[low + 1] - placed[low])
            if lacking > 0:
                placed[low] -= lacking / 2
                placed[low + 1] += lacking / 2
    return placed
