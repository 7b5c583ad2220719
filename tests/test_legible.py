"""No rule of a drawing runs through its letters, and its apostrophes are those of print."""

from __future__ import annotations

import pytest

from azpak.output import drawing, style
from azpak.output.form import WIDE

WORDS = drawing.Words("Azerbaijan's", "A", "Pakistan's.")


@pytest.fixture
def axes():
    with style.applied():
        figure = style.new_figure(2, WIDE, layout="none")
        axes = figure.add_axes((0.1, 0.2, 0.8, 0.7))
        axes.set(xlim=(0, 10), ylim=(0, 10))
        style.light_grid(axes, "x")
        axes.set_xticks([0, 5, 10])
        yield axes


def behind(text) -> bool:
    """Say whether the ground stands behind a text."""
    return text.get_bbox_patch() is not None


def test_the_ground_stands_behind_a_text_that_a_grid_line_would_cross(axes):
    crossed, free = axes.text(4.5, 5, "crossed"), axes.text(1, 5, "free")
    drawing.settled(axes.figure)
    assert (behind(crossed), behind(free)) == (True, False)


def test_the_ground_stands_behind_a_text_that_a_line_through_all_of_the_axes_would_cross(axes):
    axes.axvline(2, ls="--")
    text = axes.text(1.8, 5, "crossed")
    drawing.settled(axes.figure)
    assert behind(text)


def test_a_text_on_a_mark_or_a_band_stays_as_it_is(axes):
    axes.bar([5], [8], 2)
    axes.plot([10], [2], "o", ms=12)
    on_a_bar, on_a_point = axes.text(4.8, 5, "5"), axes.text(9.95, 2, "1", va="center")
    drawing.settled(axes.figure)
    assert (behind(on_a_bar), behind(on_a_point)) == (False, False)


def test_apostrophes_in_a_drawing_are_those_of_print(axes):
    text = axes.text(1, 5, "Armenia's statistics")
    with drawing.sheet(axes.figure, WORDS).shown() as sheet:
        shown = [line.get_text() for line in (text, *sheet.lines)]
    assert [line for line in shown if "'" in line] == []
    assert shown[0] == "Armenia’s statistics"
