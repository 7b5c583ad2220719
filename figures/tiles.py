"""Tiles: how many of a kind fall in each year, in rows over time, or in columns down the page."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from azpak.output import style
from azpak.output.form import Form

FAINTEST = 0.16  # opacity of a tile of one
HALF = 0.45  # of a tile's side
DARK_FROM = 0.55  # opacity from which the number on a tile is of the colour of the ground


def draw_tiles(
    axes: Axes,
    counts: pd.DataFrame,
    form: Form,
    *,
    doubtful: pd.DataFrame | None = None,
    darkest: int | None = None,
) -> None:
    """Draw a tile with its number for each year in which something falls.

    Parameters
    ----------
    counts
        By row (of which the place counts, from 0) and year: how many. Years run to the right, on a
        narrow drawing down the page.
    doubtful
        In the same form, how many of these are not sure: their tiles are outlined, and not filled
        where none is sure.
    darkest
        The number that has the darkest tile, where several axes share one scale; by default the
        largest of these.
    """
    most = darkest or counts.to_numpy().max()
    unsure = counts * 0 if doubtful is None else doubtful
    for place, (name, row) in enumerate(counts.iterrows()):
        for year, number in row[row > 0].items():
            x, y = form.choose((year, -place), (place, -year))
            share = (number / most) ** 0.5
            strength = FAINTEST + (1 - FAINTEST) * share if most > 1 else DARK_FROM
            outlined, filled = unsure.at[name, year] > 0, unsure.at[name, year] < number
            corner, sides = (x - HALF, y - HALF), (2 * HALF, 2 * HALF)
            if filled:
                axes.add_patch(Rectangle(corner, *sides, fc=style.INK, lw=0, alpha=strength))
            if outlined:
                axes.add_patch(Rectangle(corner, *sides, fc="none", ec=style.INK, lw=0.8))
            dark = filled and strength > DARK_FROM
            axes.text(
                x, y, f"{number:.0f}", ha="center", va="center", fontsize=style.SMALLEST,
                color=style.GROUND if dark else style.INK,
            )  # fmt: skip


def name_tiles(axes: Axes, names: Iterable[str], form: Form) -> None:
    """Name the rows, or on a narrow drawing the columns, at their heads."""
    names = list(names)
    if not form.is_narrow:
        axes.set_yticks([-place for place in range(len(names))], names)
        axes.set_ylim(0.6 - len(names), 0.6)
        return
    axes.set_xlim(-0.6, len(names) - 0.4)
    axes.xaxis.tick_top()
    axes.set_xticks(
        range(len(names)), names, rotation=60, ha="left", rotation_mode="anchor", fontsize=8
    )


def years_along(axes: Axes, first: int, last: int, form: Form) -> None:
    """Let the years run along the axes, every fifth named."""
    named = [year for year in range(first, last + 1) if year % 5 == 0]
    if form.is_narrow:
        axes.set_ylim(-last - 0.6, -first + 0.6)
        axes.set_yticks([-year for year in named], [str(year) for year in named])
    else:
        axes.set_xlim(first - 0.6, last + 0.6)
        axes.set_xticks(named)
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)


def tile_key(what: str, doubtful: str = "") -> list[Patch]:
    """Return the legend."""
    key = [Patch(fc=style.INK, lw=0, alpha=0.4, label=what)]
    return [*key, Patch(fc="none", ec=style.INK, lw=0.8, label=doubtful)] if doubtful else key
