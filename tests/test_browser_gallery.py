"""Promises about the gallery that only a browser can keep.

They need Chromium or Chrome, and are skipped where there is none, except in CI.
"""

from __future__ import annotations

import pytest
from test_browser import FIRST_OF_CHAPTER, JUMPS, SHIFT, SHOWN, SHOWN_AS, weight
from test_browser_explorer import choose, count

from support import axe

HERE = "chapters/gallery.html"


@pytest.fixture
def opened(page, address):
    page.open(address + HERE)
    return page


def shown(page) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('.gallery-figure')].filter(e => e.offsetHeight)"
        ".map(e => e.dataset.tags.split(' ')[0])"
    )


def test_a_first_visit_is_light_and_loads_small_pictures_of_one_palette_near_the_screen(opened):
    everything = opened.evaluate("document.querySelectorAll('.gallery-picture img').length")
    loaded = [name for name in opened.loaded() if name.endswith(".webp")]
    assert 0 < len(loaded) < everything / 2
    assert not [name for name in loaded if "-dark" in name]
    assert weight(opened) <= FIRST_OF_CHAPTER


def test_a_chosen_subject_leaves_its_figures_and_its_heading_alone(opened):
    everything = len(shown(opened))
    choose(opened, "subject", "votes")
    left = shown(opened)
    assert set(left) == {"votes"} and 0 < len(left) < everything
    assert count(opened) == f"{len(left)} of {everything} figures"
    headings = opened.evaluate(
        "[...document.querySelectorAll('section[id^=gallery-] > h2')]"
        ".filter(h => h.offsetHeight).length"
    )
    assert headings == 1


@pytest.mark.parametrize(("width", "dark"), SHOWN, ids=SHOWN_AS)
def test_axe_finds_nothing_in_the_gallery(page, address, width, dark):
    page.shown(width, dark)
    page.open(address + HERE)
    assert page.evaluate(SHIFT) < JUMPS
    assert axe.faults(page) == [] and page.said() == []
