"""A drawing of nodes and links: states on an ellipse, so that no line runs through a third one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from azpak.output import style

ACROSS = "#a3431f"
LEFT, RIGHT = (138, 222), (64, -64)  # degrees between which the two sets stand
ENDS = (90, 270)  # degrees, of the states of neither set
HIGH = 0.62  # of the ellipse, as a part of its width
LINE, MORE = 0.8, 1.1  # points: a line of one tie, and more for each root beyond the first


def draw_links(
    axes: Axes, ties: pd.Series, sets: Sequence[Sequence[str]], others: Sequence[str], names
) -> None:
    """Draw two sets of states, left and right, and a line for each pair with ties.

    Parameters
    ----------
    ties
        By the two states of a pair, the number of their ties.
    sets
        The states of the one set, and of the other.
    others
        At most two states of neither, which stand above and below.
    names
        The name of each state, by its id.
    """
    at = _places(sets, others)
    for (a, b), number in ties.items():
        across = not any({a, b} <= {*states, *others} for states in sets)
        xs, ys = zip(at[a], at[b], strict=True)
        axes.plot(
            xs, ys, lw=LINE + MORE * (number**0.5 - 1), zorder=2, solid_capstyle="round",
            color=ACROSS if across else style.MUTED, ls=(0, (3, 1.5)) if across else "-",
        )  # fmt: skip
    tied = {state for pair in ties.index for state in pair}
    for state, (x, y) in at.items():
        fill = style.INK if state in tied else style.GROUND
        axes.plot(x, y, "o", ms=6.5, mfc=fill, mec=style.INK, mew=1, zorder=3)
        upright = state in others
        side = {"ha": "center"} if upright else {"ha": "left" if x > 0 else "right"}
        away = (0, 7 if y > 0 else -8) if upright else (7 if x > 0 else -7, 0)
        axes.annotate(
            names[state], (x, y), away, textcoords="offset points", fontsize=8.5,
            va="center" if not upright else ("bottom" if y > 0 else "top"), **side,
        )  # fmt: skip
    axes.set(xlim=(-1.5, 1.5), ylim=(-1.25 * HIGH, 1.25 * HIGH))
    axes.axis("off")


def _places(sets: Sequence[Sequence[str]], others: Sequence[str]) -> dict[str, tuple]:
    """Return where each state stands."""
    degrees: dict[str, float] = {}
    for states, (first, last) in zip(sets, (LEFT, RIGHT), strict=True):
        degrees |= dict(zip(states, np.linspace(first, last, len(states)), strict=True))
    degrees |= dict(zip(others, ENDS, strict=True))
    turns = {state: np.radians(angle) for state, angle in degrees.items()}
    return {state: (np.cos(turn), HIGH * np.sin(turn)) for state, turn in turns.items()}
