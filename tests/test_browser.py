"""Promises about the pages that only a browser can keep: weight, silence, calm, axe.

They need Chromium or Chrome, and are skipped where there is none, except in CI.
"""

from __future__ import annotations

import os
from importlib.resources import files

import pytest

from support import browser

WAY_OUT = (
    "no Chromium or Chrome here: install it (Debian: apt-get install chromium) or name it by "
    "CHROMIUM=/path, then run .venv/bin/pytest tests/test_browser.py"
)
HOME = "index.html"
FIRST, FIRST_OF_CHAPTER, LATER = 300, 350, 90  # kB on the wire
JUMPS = 0.05  # of a screen: the layout shift that a reader does not see
# Each page of these is a list of the report's whole data, heavier than any gzip can make light.
LISTS = ("chapters/chronology.html", "chapters/sources.html")
# Each has something that the others have not.
KINDS = (HOME, "chapters/trade-travel.html", "chapters/contradictions.html", "chapters/reuse.html",
         "search.html")  # fmt: skip


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    path = browser.found()
    if path is None:
        assert not os.environ.get("CI"), WAY_OUT
        pytest.skip(WAY_OUT)
    running = browser.Browser(path, tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def address(site):
    server = browser.serve(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def names(site) -> list[str]:
    """The pages to look at: all of the report in CI, elsewhere one of each kind."""
    found = sorted(str(path.relative_to(site)) for path in site.rglob("*.html"))
    return found if os.environ.get("CI") else [name for name in found if name in KINDS]


@pytest.fixture
def page(chromium):
    """A window on a desk, of a reader who was never here."""
    opened = chromium.page(1280)
    yield opened
    opened.close()


def weight(page) -> float:
    return sum(page.loaded().values()) / 1000


def test_no_page_is_heavy_on_the_first_visit_nor_jumps_nor_says_anything(chromium, address, names):
    faults = []
    for name in names:
        page = chromium.page(1280)
        page.open(address + name)
        limit = FIRST if name == HOME else FIRST_OF_CHAPTER
        if weight(page) > limit:
            faults.append(f"{name}: {weight(page):.0f} kB")
        if (shift := page.evaluate(SHIFT)) > JUMPS:
            faults.append(f"{name}: layout shift {shift:.2f}")
        faults += [f"{name}: {text}" for text in page.said()]
        page.close()
    assert faults == []


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
        if not page.evaluate("document.fonts.check('1em \"Source Sans 3\"')"):
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


def test_the_contents_open_on_a_narrow_screen(chromium, address):
    page = chromium.page(390)
    page.open(address + HOME)
    page.evaluate("document.querySelector('.primary-toggle').click()")
    assert page.evaluate("document.querySelector('#pst-primary-sidebar-modal').open")
    assert page.evaluate("document.querySelector('dialog[open] .bd-links').offsetHeight") > 100
    page.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(chromium, address, names, width, dark):
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    faults = []
    for name in names:
        page = chromium.page(width, dark)
        page.open(address + name)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        page.evaluate(axe + ";0")
        faults += [f"{name}: {fault}" for fault in page.evaluate(AXE)]
        page.close()
    assert faults == []


SHIFT = """
new Promise(done => {
  let sum = 0;
  const add = list => { for (const entry of list.getEntries()) sum += entry.value; };
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 100);
})
"""
AXE = """
axe.run().then(found => found.violations.map(
  fault => `${fault.id} (${fault.nodes.length}): ${fault.nodes[0].html.slice(0, 160)}`))
"""
