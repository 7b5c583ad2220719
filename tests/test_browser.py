"""Promises about the pages that only a browser can keep: weight, silence, calm, axe.

They need Chromium or Chrome, and are skipped where there is none, except in CI.
"""

from __future__ import annotations

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

from support import axe, browser

# Width of the window, and whether the reader likes it dark; the first is that of the first visit.
SHOWN = [(1280, False), (1280, True), (320, True), (320, False)]
SHOWN_AS = ["1280-light", "1280-dark", "320-dark", "320-light"]
HOME = "index.html"
FIRST, FIRST_OF_CHAPTER, LATER = 300, 350, 90  # kB on the wire
PHONE_HEIGHT = 844  # of a common phone, 390 wide
JUMPS = 0.05  # of a screen: the layout shift that a reader does not see
# Each page of these is a list of the report's whole data, heavier than any gzip can make light.
LISTS = ("chapters/chronology.html", "chapters/sources.html")
# Each has something that the others have not.
KINDS = (HOME, "chapters/trade-travel.html", "chapters/contradictions.html", "chapters/reuse.html",
         "search.html")  # fmt: skip


@pytest.fixture(scope="module")
def names(site) -> list[str]:
    """The pages to look at: all of the report in CI, elsewhere one of each kind."""
    found = sorted(str(path.relative_to(site)) for path in site.rglob("*.html"))
    return found if os.environ.get("CI") else [name for name in found if name in KINDS]


def weight(page) -> float:
    return sum(page.loaded().values()) / 1000


@dataclass
class Visit:
    """What the first visit to a page showed, and axe's faults by width and palette."""

    weight: float
    shift: float
    said: list[str]
    faults: dict[tuple[int, bool], list[str]]


def visit(chromium: browser.Browser, address: str) -> Visit:
    """Open a page as someone who was never here, and again in the other width.

    In each the reader's palette changes while it is open: that shows the same as opening it again.
    """
    page = chromium.page(*SHOWN[0])
    page.open(address)
    seen = Visit(weight(page), page.evaluate(SHIFT), page.said(), {})
    for shown, then in (SHOWN[:2], SHOWN[2:]):
        if shown != SHOWN[0]:
            page.shown(*shown)
            page.open(address)
        seen.faults[shown] = axe.faults(page)
        page.shown(*then)
        page.evaluate(SETTLED)
        seen.faults[then] = axe.faults(page)
    page.close()
    return seen


@pytest.fixture(scope="module")
def visits(browsers, address, site, names) -> dict[str, Visit]:
    """Each page's visit; the long pages first, so that no browser is left with one at the end."""
    idle = SimpleQueue()
    for each in browsers:
        idle.put(each)

    def one(name: str) -> Visit:
        chromium = idle.get()
        try:
            return visit(chromium, address + name)
        finally:
            idle.put(chromium)

    ordered = sorted(names, key=lambda name: (site / name).stat().st_size, reverse=True)
    with ThreadPoolExecutor(len(browsers)) as pool:
        return dict(zip(ordered, pool.map(one, ordered), strict=True))


def test_no_page_is_heavy_on_the_first_visit_nor_jumps_nor_says_anything(visits):
    faults = []
    for name, seen in visits.items():
        if seen.weight > (FIRST if name == HOME else FIRST_OF_CHAPTER):
            faults.append(f"{name}: {seen.weight:.0f} kB")
        if seen.shift > JUMPS:
            faults.append(f"{name}: layout shift {seen.shift:.2f}")
        faults += [f"{name}: {text}" for text in seen.said]
    assert faults == []


class InTwoParts(browser.Handler):
    """Sends the first screen of a page, and the rest when that has been drawn."""

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
        if not self.path.endswith(".html"):
            super().do_GET()
            return
        content = Path(self.translate_path(self.path)).read_bytes()
        cut = [found.end() for found in re.finditer(b"</p>", content)][8]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:cut])
        time.sleep(1)
        self.wfile.write(content[cut:])


def test_text_stays_where_it_is_while_a_page_comes_in_parts(browsers, site, tmp_path):
    """With scrollbars, which the other tests hide and most readers see."""
    server = browser.serve(site, InTwoParts)
    shown = browser.Browser(
        browser.found(), tmp_path, [o for o in browser.OPTIONS if o != "--hide-scrollbars"]
    )
    page = shown.page(1280)
    page.open(f"http://127.0.0.1:{server.server_port}/chapters/institutions-2002-2016.html")
    shift = page.evaluate(SHIFT)
    shown.close()
    server.shutdown()
    assert shift < JUMPS


@pytest.mark.parametrize(("width", "dark"), SHOWN, ids=SHOWN_AS)
def test_axe_finds_nothing(visits, width, dark):
    found = {name: seen.faults[width, dark] for name, seen in visits.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_axe_finds_what_one_width_or_palette_shows_also_far_from_the_screen(chromium, tmp_path):
    (tmp_path / "page.html").write_text(SPOILT, encoding="utf-8")
    seen = visit(chromium, (tmp_path / "page.html").as_uri())
    found = {shown: [fault.split()[0] for fault in faults] for shown, faults in seen.faults.items()}
    assert found == {
        (1280, False): ["label"],
        (1280, True): ["color-contrast", "label"],
        (320, True): ["color-contrast", "image-alt", "label", "scrollable-region-focusable"],
        (320, False): ["image-alt", "label", "scrollable-region-focusable"],
    }


@pytest.mark.parametrize("name", [HOME, "chapters/trade-travel.html"])
def test_a_page_has_the_same_colours_where_they_change_as_where_it_is_opened_in_them(
    page, address, name
):
    seen = []
    for first, then in ((False, False), (False, True), (True, True)):
        page.shown(1280, first)
        page.open(address + name)
        axe.prepare(page, remember=False)  # in what is folded no colour changes until it is seen
        page.evaluate(SETTLED)
        page.shown(1280, then)
        page.evaluate(SETTLED)
        seen.append(page.evaluate(COLOURS))
    light, changed, dark = seen
    assert changed == dark != light


def test_what_axe_is_told_from_memory_changes_nothing(page, address):
    page.open(address + HOME)
    axe.prepare(page, remember=False)
    asked = page.evaluate(axe.ALL)
    page.open(address + HOME)
    axe.prepare(page)
    assert len(asked) > 100_000
    assert page.evaluate(axe.ALL) == asked


def test_a_later_page_is_light(page, address, names):
    page.open(address + HOME)
    faults = []
    for name in names:
        page.open(address + name)
        if weight(page) > LATER and name not in LISTS:
            faults.append(f"{name}: {weight(page):.0f} kB")
    assert faults == []


def test_pages_work_from_a_folder(page, site, names):
    faults = []
    for name in names:
        page.open((site / name).as_uri())
        faults += [f"{name}: {text}" for text in page.said()]
        if not page.evaluate("document.fonts.check('1em \"Report Sans\"')"):
            faults.append(f"{name}: not in its own type")
    assert faults == []


def test_the_index_is_loaded_when_someone_searches_and_finds(page, address):
    page.open(address + HOME)
    assert not [name for name in page.loaded() if "searchindex" in name]
    page.evaluate("document.querySelector('.search-button__button').click()")
    page.evaluate(
        "(() => { const form = document.querySelector('#pst-search-dialog form');"
        " form.q.value = 'Xocali'; form.submit(); })()"
    )
    page.wait("document.querySelectorAll('#search-results li').length > 0")
    assert page.evaluate("location.search") == "?q=Xocali"


def test_the_button_for_colours_goes_through_its_three_states(page, address):
    page.open(address + HOME)
    seen = []
    for _ in range(4):
        seen.append(page.evaluate("document.documentElement.dataset.mode"))
        page.evaluate("document.querySelector('.theme-switch-button').click()")
    assert seen[0] == "auto" and set(seen[:3]) == {"auto", "light", "dark"} and seen[3] == "auto"


def test_the_switch_opens_all_code_and_closes_it(page, address):
    page.open(address + "chapters/trade-travel.html")
    folds = "[...document.querySelectorAll('details.how-computed')]"
    assert page.evaluate(f"{folds}.length > 1 && {folds}.every(fold => !fold.open)")
    press = "document.querySelector('.code-switch button').click()"
    page.evaluate(press)
    assert page.evaluate(f"{folds}.every(fold => fold.open)")
    page.evaluate(press)
    assert page.evaluate(f"{folds}.every(fold => !fold.open)")


def test_code_has_buttons_that_copy_it(page, address):
    page.open(address + "chapters/trade-travel.html")
    assert page.evaluate(
        "document.querySelectorAll('details.how-computed pre').length > 0 &&"
        " [...document.querySelectorAll('details.how-computed pre')]"
        ".every(pre => pre.nextElementSibling.matches('button.copybtn'))"
    )


def test_the_front_page_answers_before_a_phone_scrolls(chromium, address):
    page = chromium.page(390)
    page.open(address + HOME)
    lowest = "Math.max(...[...document.querySelectorAll('.front-answer, .front-states')]"
    assert page.evaluate(f"{lowest}.map(e => e.getBoundingClientRect().bottom))") <= PHONE_HEIGHT
    page.close()


def test_the_contents_open_on_a_narrow_screen(chromium, address):
    page = chromium.page(390)
    page.open(address + HOME)
    page.evaluate("document.querySelector('.primary-toggle').click()")
    assert page.evaluate("document.querySelector('#pst-primary-sidebar-modal').open")
    assert page.evaluate("document.querySelector('dialog[open] .bd-links').offsetHeight") > 100
    page.close()


SHIFT = """
new Promise(done => {
  let sum = 0;
  const add = list => { for (const entry of list.getEntries()) sum += entry.value; };
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 100);
})
"""
SETTLED = "document.fonts.ready.then(() => new Promise(done => setTimeout(done, 400)))"
COLOURS = """
[...document.querySelectorAll('*')].map(element => {
  const style = getComputedStyle(element);
  return [style.color, style.backgroundColor, style.backgroundImage, style.borderTopColor,
          style.fontSize, style.fontWeight, style.opacity, style.filter].join();
})
"""
# A field without a name; low contrast in the dark; in a narrow window a picture that nothing
# describes, and lines that no key scrolls. All but the picture are far from the screen.
SPOILT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Spoilt</title><style>
:root { color-scheme: light dark; }
body { background: #fff; color: #000; }
img { display: none; }
.far { margin-top: 9000px; content-visibility: auto; contain-intrinsic-size: auto 9rem; }
pre { overflow: auto; }
@media (prefers-color-scheme: dark) { p { color: #ddd; } }
@media (max-width: 400px) { img { display: block; } }
</style></head><body><main><h1>Spoilt</h1>
<img width="9" height="9" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<div class="far"><p>Text.</p><input><pre>A line that is wider than a phone and not than a desk</pre>
</div></main></body></html>
"""


@pytest.mark.parametrize(("width", "dark"), SHOWN, ids=SHOWN_AS)
def test_a_page_loads_the_drawing_that_fits_its_width_and_its_colours_and_no_other(
    chromium, address, width, dark
):
    """Not the system decides on the colours, but the page's own switch, where it was used."""
    page = chromium.page(width, not dark)
    page.open(address + HOME)
    page.evaluate(f"localStorage.setItem('mode', '{'dark' if dark else 'light'}')")
    page.open(address + "chapters/recognition-1991-1994.html")
    page.evaluate("document.querySelector('.figure-image').scrollIntoView()")
    page.wait("[...document.querySelectorAll('.figure-image img')].some(i => i.naturalWidth)")
    loaded = {Path(name).name for name in page.loaded() if "recognition-sequence" in name}
    page.evaluate("localStorage.removeItem('mode')")
    page.close()
    form = ("-narrow" if width < 600 else "") + ("-dark" if dark else "")
    assert loaded == {f"recognition-sequence{form}.svg"}


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1440])
def test_maps_are_wider_than_the_text_where_there_is_room_and_nothing_goes_sideways(
    chromium, address, width
):
    page = chromium.page(width, False)
    page.open(address + "chapters/geography.html")
    shown, drawn, text = page.evaluate(
        "[document.documentElement.scrollWidth,"
        " document.querySelector('.figure-image.full-width').offsetWidth,"
        " document.querySelector('.bd-article section > p').offsetWidth]"
    )
    page.close()
    assert shown <= width
    assert (drawn > 1.2 * text) == (width >= 1200)


@pytest.mark.parametrize("page_of_maps", ["summary", "geography", "places-in-time"])
def test_without_scripts_maps_are_wide_too_and_none_lies_on_the_contents(
    chromium, address, page_of_maps
):
    page = chromium.page(1280, False)
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.call("Page.navigate", url=f"{address}chapters/{page_of_maps}.html")
    page.wait(
        "document.readyState === 'complete' && document.querySelector('.full-width') !== null"
    )
    shown, text, maps = page.evaluate(
        "(() => { const at = e => { const r = e.getBoundingClientRect();"
        " return [r.left, r.right, r.top, r.bottom]; };"
        " const contents = document.querySelector('.bd-sidebar-secondary');"
        " return [document.documentElement.scrollWidth,"
        " document.querySelector('.bd-article section > p').offsetWidth,"
        " [...document.querySelectorAll('.figure-image.full-width')].map(map => {"
        " map.scrollIntoView({block: 'start', behavior: 'instant'});"
        " return [at(map), at(contents)]; })]; })()"
    )
    page.close()
    assert shown <= 1280 and maps
    for (left, right, top, bottom), contents in maps:
        assert right - left > 1.2 * text
        beside = right <= contents[0] or left >= contents[1]
        assert beside or top >= contents[3] or bottom <= contents[2]
