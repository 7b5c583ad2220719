"""Promises about the map of each year that only a browser can keep.

They need Chromium or Chrome, and are skipped where there is none, except in CI.
"""

from __future__ import annotations

import pytest
from test_browser import JUMPS, SHIFT, SHOWN, SHOWN_AS
from test_browser_explorer import centre, choose, count, press, write

from support import axe

HERE = "chapters/places-in-time.html"
SCRIPT = 30_000  # bytes on the wire, of both explorers together


@pytest.fixture
def opened(page, address):
    page.open(address + HERE)
    return page


def lit(page) -> set[str]:
    return set(page.evaluate("[...document.querySelectorAll('.live-map .lit')].map(m => m.id)"))


def shown(page) -> list[list[str]]:
    """Return the tags of each entry that is shown."""
    return page.evaluate(
        "[...document.querySelectorAll('.placed')].filter(e => !e.hidden)"
        ".map(e => e.dataset.tags.split(' '))"
    )


def marked(page) -> set[str]:
    """Return the marks of the map that the entries shown name."""
    ids = page.evaluate("[...document.querySelectorAll('.live-map [id]')].map(m => m.id)")
    return {tag for tags in shown(page) for tag in tags} & set(ids)


def marks_lit(page) -> set[str]:
    return {mark for mark in lit(page) if mark.startswith(("at-", "on-"))}


def year(page) -> str:
    return page.evaluate("document.querySelector('.explorer-value').textContent")


def slide(page, share: float) -> dict[str, float]:
    """Return the point of the slider at a share of its length."""
    return page.evaluate(
        "(() => { const s = document.querySelector('input[type=range]');"
        " s.scrollIntoView({block: 'center', behavior: 'instant'});"
        " const b = s.getBoundingClientRect();"
        f" return {{x: b.x + 8 + (b.width - 16) * {share}, y: b.y + b.height / 2}}; }})()"
    )


def test_all_years_are_shown_until_one_is_chosen(opened):
    assert year(opened) == "all" and marks_lit(opened) == marked(opened)
    assert count(opened).endswith(" entries") and len(shown(opened)) > 100


def test_the_mouse_moves_the_slider_and_the_map_follows(opened):
    at = slide(opened, 0.7)
    for kind in ("mousePressed", "mouseReleased"):
        opened.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at)
    opened.wait("location.search.includes('year=')")
    chosen = year(opened)
    assert shown(opened) and all(f"year-{chosen}" in tags for tags in shown(opened))
    assert marks_lit(opened) == marked(opened) != set()
    assert f"year={chosen}" in opened.evaluate("location.search")


def test_a_mark_that_is_lit_can_be_pressed_also_where_one_that_is_not_lies_over_it(page, address):
    page.open(address + HERE + "?year=2019")
    pressed = page.evaluate(
        "(() => { document.querySelector('.live-map').scrollIntoView({behavior: 'instant'});"
        " scrollBy({top: -120, behavior: 'instant'});"
        " return [...document.querySelectorAll('.live-map [id^=\"at-\"].lit path')].map(mark => {"
        " const b = mark.getBoundingClientRect();"
        " const top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);"
        " return top.closest('[id^=\"at-\"]')?.classList.contains('lit') ?? false; }); })()"
    )
    assert pressed and all(pressed)


def test_the_keyboard_moves_it_by_a_year_and_says_so(opened):
    opened.evaluate("document.querySelector('input[type=range]').focus()")
    first = int(opened.evaluate("document.querySelector('input[type=range]').min")) + 1
    press(opened, "ArrowRight", 39)
    opened.wait(f"document.querySelector('.explorer-value').textContent === '{first}'")
    press(opened, "ArrowRight", 39)
    said = "document.querySelector('input[type=range]').getAttribute('aria-valuetext')"
    opened.wait(f"{said} === '{first + 1}'")
    press(opened, "Home", 36)
    opened.wait(f"{said} === 'all'")


def test_touch_moves_it(chromium, address):
    page = chromium.page(390)
    page.call("Emulation.setTouchEmulationEnabled", enabled=True)
    page.open(address + HERE)
    page.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[slide(page, 0.9)])
    page.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    page.wait("document.querySelector('.explorer-value').textContent !== 'all'")
    assert marks_lit(page) == marked(page) != set()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_mark_that_is_pressed_chooses_its_place_and_again_lets_it_go(opened):
    everything = len(shown(opened))
    at = centre(opened, "#at-konya")
    for chosen in ("at-konya", ""):
        for kind in ("mousePressed", "mouseReleased"):
            opened.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at)
        opened.wait(f"document.querySelector('.explorer').place.value === '{chosen}'")
        assert all("at-konya" in tags for tags in shown(opened)) == bool(chosen)
    assert len(shown(opened)) == everything


def test_visits_exercises_and_routes_are_told_apart(opened):
    for kind in ("visit", "exercise", "route"):
        choose(opened, "kind", kind)
        assert shown(opened) and all(kind in tags for tags in shown(opened))
        assert any(mark.startswith("on-") for mark in lit(opened)) == (kind == "route")


def test_the_address_holds_year_place_and_words(page, address):
    page.open(address + HERE + "?year=2016&place=at-konya")
    assert year(page) == "2016"
    assert shown(page) and all({"year-2016", "at-konya"} <= set(tags) for tags in shown(page))
    assert "name-konya" in lit(page)
    write(page, "no such words")
    assert shown(page) == [] and marks_lit(page) == set() and count(page).startswith("None of")


def test_without_scripts_the_whole_list_and_a_plain_map_are_there(page, address):
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.call("Page.navigate", url=address + HERE)
    page.wait("document.readyState === 'complete' && document.querySelector('.placed') !== null")
    assert page.evaluate("getComputedStyle(document.querySelector('.explorer')).display") == "none"
    assert page.evaluate("document.querySelector('#at-baku').getBoundingClientRect().width") > 3
    assert len(shown(page)) > 100


@pytest.mark.parametrize(("width", "dark"), SHOWN, ids=SHOWN_AS)
def test_axe_finds_nothing_and_the_page_says_nothing(page, address, width, dark):
    page.shown(width, dark)
    page.open(address + HERE + "?year=2021")
    assert page.evaluate(SHIFT) < JUMPS
    assert axe.faults(page) == [] and page.said() == []


def test_both_explorers_are_one_light_script_and_ask_no_other_host(opened, address):
    loaded = opened.loaded()
    assert [name for name in loaded if name and not name.startswith((address, "data:"))] == []
    assert 0 < sum(size for name, size in loaded.items() if "explore.js" in name) < SCRIPT
