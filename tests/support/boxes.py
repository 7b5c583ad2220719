"""What of a laid-out drawing cannot be read: texts on texts, beyond the frame, too small."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from matplotlib.figure import Figure
from matplotlib.text import Text
from shapely import affinity
from shapely.geometry import Polygon, box

from azpak.output import style
from azpak.output.drawing import TITLE, Sheet
from azpak.output.form import Form

POINTS = 72
INSET = 0.16  # of its size, what the box of a text has above and below its letters
SHARED = 2.0  # square points that two boxes may share: a corner, no letter
BEYOND = 1.0  # points


def texts(figure: Figure) -> Iterator[tuple[Text, Polygon]]:
    """Yield each text that shows, with its outline in points, turned as it is."""
    renderer = figure.canvas.get_renderer()
    figure.draw_without_rendering()  # legends take their places when they are drawn
    scale = POINTS / figure.dpi
    ticks = {
        id(label): tick
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
        for label in (tick.label1, tick.label2)
    }
    shown = {
        id(tick)
        for axes in figure.axes
        if axes.axison and axes.get_visible()
        for axis in (axes.xaxis, axes.yaxis)
        if axis.get_visible()
        for tick in axis._update_ticks()
    }
    for text in figure.findobj(Text):
        if not text.get_text().strip() or not text.get_visible() or text.get_gid() == TITLE:
            continue
        if text.axes is not None and not text.axes.get_visible():
            continue
        if id(text) in ticks and id(ticks[id(text)]) not in shown:
            continue
        if text.axes is not None and not text.axes.axison and id(text) in ticks:
            continue
        if hasattr(text, "_check_xy") and not text._check_xy(renderer):
            continue  # a note whose point lies outside its axes
        outline = _outline(text)
        yield text, affinity.scale(outline, scale, scale, origin=(0, 0))


def _outline(text: Text) -> Polygon:
    """Return the box of a text in dots, without the space above and below its letters."""
    turn = text.get_rotation()
    lines = text.get_text().count("\n") + 1
    text.set_rotation(0)
    level = text.get_window_extent()
    text.set_rotation(turn)
    trim = INSET * text.get_fontsize() * text.figure.dpi / POINTS
    high = level.height - 2 * trim if lines == 1 else level.height - trim
    if turn == 0:
        return box(level.x0, level.y0 + trim, level.x1, level.y0 + trim + high)
    around = text.get_window_extent()
    flat = box(-level.width / 2, -high / 2, level.width / 2, high / 2)
    middle = ((around.x0 + around.x1) / 2, (around.y0 + around.y1) / 2)
    return affinity.translate(affinity.rotate(flat, turn), *middle)


def faults(sheet: Sheet, form: Form) -> list[str]:
    """Return what cannot be read of a drawing, in words."""
    found = []
    shown = list(texts(sheet.figure))
    for (one, a), (other, b) in combinations(shown, 2):
        if a.intersects(b) and a.intersection(b).area > SHARED:
            found.append(f"{_said(one)} lies on {_said(other)}")
    frame = [POINTS * side for side in sheet.page.extents]
    wide = POINTS * form.width
    for text, outline in shown:
        left, low, right, high = outline.bounds
        if left < -BEYOND - 0.5 or right > wide + BEYOND:
            found.append(
                f"{_said(text)} leaves the column ({left:.0f} to {right:.0f} of {wide:.0f})"
            )
        if low < frame[1] - BEYOND or high > frame[3] + BEYOND:
            found.append(f"{_said(text)} leaves the frame")
        if text.get_fontsize() < style.SMALLEST - 0.01:
            found.append(f"{_said(text)} is of {text.get_fontsize():g} points")
    return found


def _said(text: Text) -> str:
    return repr(" ".join(text.get_text().split())[:50])
