"""The one look of every figure: fonts, sizes, colours of states and marks of confidence."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

if TYPE_CHECKING:
    from azpak.report import Report

FONTS = Path(__file__).with_name("fonts")
FAMILY = "Source Sans 3"

# The text column of the printed page, so that a figure stands there at its own size and its
# smallest text is still legible on a telephone, where it is shown at about two thirds.
WIDTH = 5.67  # inches

INK = "#22262b"
MUTED = "#5b636c"
RULE = "#d5d9de"
LAND = "#f1efe9"
SEA = "#e3ecf2"
DISPUTED = "#8a8f96"
NO_DATA = "#ffffff"

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
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
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


def new_figure(height: float, width: float = WIDTH, **layout) -> Figure:
    """Return an empty figure of the report's width; `height` and `width` in inches."""
    return Figure(figsize=(width, height), layout=layout.pop("layout", "constrained"), **layout)


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


def light_grid(axes: Axes, axis: str) -> None:
    """Rule the background along `axis` and drop the tick marks, which the rules replace."""
    axes.grid(True, axis=axis)
    axes.tick_params(length=0)
