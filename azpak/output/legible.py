"""Legible texts in a drawing: no rule runs through letters, and apostrophes are round."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from azpak.output import style

__all__ = ["clear_of_rules", "typeset"]

APOSTROPHE = {ord("'"): "\N{RIGHT SINGLE QUOTATION MARK}"}
EDGE = 0.05  # of a box, where no letter stands
BEHIND = {"fc": style.GROUND, "ec": "none", "pad": 0.3}  # covers a rule and no mark beside it


def typeset(text: str) -> str:
    """Return a text as print has it."""
    return text.translate(APOSTROPHE)


def clear_of_rules(figure: Figure) -> None:
    """Put the ground behind each text of the laid-out figure through which a rule would run.

    A rule is a grid line, or a line that runs through the whole of its axes. A text that stands on
    a mark or a band stays as it is: there the ground would hide what it speaks of.
    """
    for axes in figure.axes:
        if not axes.get_visible():
            continue
        rules = list(_rules(axes))
        if not rules:
            continue
        marks = list(_marks(axes))
        for text in axes.texts:
            box = text.get_window_extent()
            if _stands_free(text) and _crossed(box, rules) and not _overlaps(box, marks):
                text.set_bbox(BEHIND)
        legend = axes.get_legend()
        if legend and _crossed(legend.get_window_extent(), rules):
            legend.set_frame_on(True)
            legend.get_frame().set(facecolor=style.GROUND, edgecolor="none", alpha=1)


def _stands_free(text: Text) -> bool:
    """Say whether a text shows, level, with nothing of its own behind it."""
    return bool(
        text.get_visible()
        and text.get_text().strip()
        and text.get_rotation() == 0
        and text.get_bbox_patch() is None
        and not text.get_path_effects()
    )


def _rules(axes: Axes) -> Iterator[Bbox]:
    """Yield the grid lines of the axes, and the lines that run through the whole of it."""
    frame = axes.get_window_extent()
    for axis in (axes.xaxis, axes.yaxis):
        for tick in axis.get_major_ticks() if axes.axison else ():
            if tick.gridline.get_visible():
                yield tick.gridline.get_window_extent()
    for line in axes.lines:
        box = line.get_window_extent()
        if len(line.get_xdata()) == 2 and (
            (box.width < 1 and box.height > 0.98 * frame.height)
            or (box.height < 1 and box.width > 0.98 * frame.width)
        ):
            yield box


def _marks(axes: Axes) -> Iterator[Bbox]:
    """Yield what of the axes has an area: bars, bands, points."""
    for patch in axes.patches:
        yield patch.get_window_extent()
    for line in axes.lines:
        if line.get_marker() not in ("None", None, "", " "):
            half = line.get_markersize() * axes.figure.dpi / 144
            for x, y in line.get_transform().transform(line.get_xydata()):
                yield Bbox([[x - half, y - half], [x + half, y + half]])


def _overlaps(box: Bbox, marks: list[Bbox]) -> bool:
    return any(box.overlaps(mark) for mark in marks)


def _crossed(box: Bbox, rules: list[Bbox]) -> bool:
    """Say whether a rule runs through the inner part of a box."""
    x0, x1 = box.x0 + EDGE * box.width, box.x1 - EDGE * box.width
    y0, y1 = box.y0 + EDGE * box.height, box.y1 - EDGE * box.height
    return any(
        rule.x0 <= x1 and rule.x1 >= x0 and rule.y0 <= y1 and rule.y1 >= y0 for rule in rules
    )
