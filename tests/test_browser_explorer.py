"""Promises about narrowing a list that only a browser can keep: mouse, keyboard, touch, address.

They need Chromium or Chrome, and are skipped where there is none, except in CI.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from test_browser import JUMPS, SHIFT, SHOWN, SHOWN_AS

from azpak.book.search import fold
from support import axe

HERE = "chapters/chronology.html"
COPIES = 10  # times the events of today


@pytest.fixture
def opened(page, address):
    page.open(address + HERE)
    return page


def count(page) -> str:
    return page.evaluate("document.querySelector('.explorer output').value")


def shown(page) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('.event')].filter(e => !e.closest('[hidden]'))"
        ".map(e => e.id)"
    )


def choose(page, name: str, value: str) -> None:
    """Choose from a list as a reader does who presses its key."""
    page.evaluate(
        f"(() => {{ const list = document.querySelector('.explorer').elements['{name}'];"
        f" list.value = '{value}'; list.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
    )


def write(page, text: str) -> None:
    """Type into the field for text."""
    page.evaluate("document.querySelector('.explorer').q.focus()")
    page.call("Input.insertText", text=text)


def centre(page, selector: str) -> dict[str, float]:
    return page.evaluate(
        f"(() => {{ const e = document.querySelector('{selector}');"
        " e.scrollIntoView({block: 'center', behavior: 'instant'});"
        " const b = e.getBoundingClientRect();"
        " return {x: b.x + b.width / 2, y: b.y + b.height / 2}; })()"
    )


def click(page, selector: str) -> None:
    at = centre(page, selector)
    for kind in ("mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at)


def press(page, key: str, code: int) -> None:
    text = " " if key == "Space" else ""
    named = {"key": text or key, "code": key, "windowsVirtualKeyCode": code}
    for kind in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=kind, text=text, **named)


def tagged(page, *tags: str) -> list[str]:
    """Return the entries that bear all tags, in the order of the page."""
    return page.evaluate(
        "[...document.querySelectorAll('.event')].filter(e =>"
        f" {list(tags)}.every(t => e.dataset.tags.split(' ').includes(t))).map(e => e.id)"
    )


def test_text_is_found_with_and_without_diacritics(opened):
    found = []
    for text in ("Türkiye", "turkiye", "TURKIYE"):
        click(opened, ".explorer button[type=reset]")
        opened.wait("!location.search")
        write(opened, text)
        found.append(shown(opened))
    assert 0 < len(found[0]) < len(tagged(opened)) and found[0] == found[1] == found[2]


def test_a_place_is_found_by_any_of_its_names_and_by_their_first_letters(opened):
    found = []
    for text in ("Khojaly", "xocali", "Xocalı", "ХОДЖАЛЫ", "xoca"):
        write(opened, text)
        found.append(shown(opened))
        click(opened, ".explorer button[type=reset]")
        opened.wait("!location.search")
    assert 0 < len(found[0]) < len(tagged(opened)) and all(each == found[0] for each in found)


def test_each_entry_found_has_all_words_and_no_other_has(opened):
    write(opened, 'Türkiye "joint exercise"')  # a word that is no name of a place with others
    texts = opened.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.event')]"
        ".map(e => [e.id, e.textContent]))"
    )
    fit = [e for e, text in texts.items() if {"turkiye", "joint exercise"} <= words_in(fold(text))]
    assert shown(opened) == fit != []


def words_in(text: str) -> set[str]:
    return {word for word in ("turkiye", "joint exercise") if word in text}


def test_choices_narrow_together_and_the_count_is_told(opened):
    everything = len(tagged(opened))
    assert count(opened) == f"{everything} events"
    choose(opened, "actor", "PAK")
    choose(opened, "with", "TUR")
    choose(opened, "stance", "armenian")
    wanted = tagged(opened, "PAK", "TUR", "armenian")
    assert shown(opened) == wanted != []
    assert count(opened) == f"{len(wanted)} of {everything} events"
    assert (
        opened.evaluate("document.querySelector('.explorer output').role || 'status'") == "status"
    )


def test_parts_without_an_entry_and_their_lines_in_the_contents_are_hidden(opened):
    choose(opened, "phase", "phase-bridge")
    headings = "[...document.querySelectorAll('section[id^=phase-]')].filter(s => !s.hidden)"
    assert opened.evaluate(f"{headings}.map(s => s.id)") == ["phase-bridge"]
    lines = opened.evaluate(
        "[...document.querySelectorAll('.page-toc a')].filter(a => a.offsetParent).map(a => a.hash)"
    )
    assert lines and all(re.fullmatch(r"#(phase-bridge|year-\d+-bridge)", line) for line in lines)


def test_the_address_keeps_the_view_and_the_way_back(page, address):
    page.open(address + HERE + "?category=arms&q=jf-17&order=reversed&open=all")
    seen = shown(page)
    assert seen and seen == [e for e in reversed(tagged_in_time(page)) if e in seen]
    page.wait("[...document.querySelectorAll('.event details')].every(d => d.open)")
    choose(page, "category", "visit")
    assert "category=visit" in page.evaluate("location.search")
    assert shown(page) != seen
    page.evaluate("history.back()")
    page.wait("location.search.includes('category=arms')")
    page.wait("document.querySelector('.explorer').category.value === 'arms'")
    assert shown(page) == seen
    choose(page, "order", "")
    assert shown(page) == seen[::-1]


def tagged_in_time(page) -> list[str]:
    """Return the entries in the order of the page as it comes."""
    return page.evaluate(
        f"fetch('{HERE.rsplit('/', 1)[-1]}').then(r => r.text()).then(t => [..."
        "new DOMParser().parseFromString(t, 'text/html').querySelectorAll('.event')]"
        ".map(e => e.id))"
    )


def test_an_address_that_names_no_choice_shows_everything(page, address):
    page.open(address + HERE + "?category=nothing&phase=%22%3E%3Cscript%3E")
    assert shown(page) == tagged(page) and page.said() == []


def test_a_link_to_an_entry_shows_it_open_whatever_was_chosen(page, address):
    page.open(address + HERE)
    visit, claim = page.evaluate(
        "(() => { const e = [...document.querySelectorAll('.event')].at(-1);"
        " return [e.id, e.querySelector('.claim').id]; })()"
    )
    for anchor in (visit, claim):
        page.open("about:blank")
        page.open(f"{address}{HERE}?phase=phase-recognition#{anchor}")
        page.wait(f"document.getElementById('{anchor}').getBoundingClientRect().top < innerHeight")
        assert page.evaluate(f"document.querySelector('#{visit} details').open")
        assert visit in shown(page)


def test_the_file_has_what_is_shown(opened, tmp_path):
    opened.evaluate(
        "window.kept = ''; const make = URL.createObjectURL;"
        " URL.createObjectURL = (blob) =>"
        " { blob.text().then((t) => { kept = t; }); return make(blob); }"
    )
    choose(opened, "category", "exercise")
    choose(opened, "order", "sources")
    click(opened, ".explorer button[name=csv]")
    opened.wait("kept")
    rows = list(csv.DictReader(io.StringIO(opened.evaluate("kept"))))
    assert [row["id"] for row in rows] == shown(opened) != []
    assert {row["category"] for row in rows} == {"Exercises"}
    one = rows[0]
    text = opened.evaluate(f"document.querySelector('#{one['id']} .event-title').textContent")
    assert one["title"] == text and one["address"].endswith(f"{HERE}#{one['id']}")
    assert re.match(r"\d{4}", one["date"]) and "Azerbaijan" in one["actor"].split(";")


def test_keyboard_alone_narrows_opens_and_clears(opened):
    opened.evaluate("document.querySelector('.explorer').q.focus()")
    opened.call("Input.insertText", text="karachi")
    narrowed = shown(opened)
    assert 0 < len(narrowed) < len(tagged(opened))
    names = []
    while "open" not in names and len(names) < 20:
        press(opened, "Tab", 9)
        names.append(opened.evaluate("document.activeElement.name || document.activeElement.type"))
    assert names == ["phase", "category", "actor", "with", "support", "stance", "dispute", "order",
                     "open"]  # fmt: skip
    press(opened, "Space", 32)
    opened.wait(f"document.querySelector('#{narrowed[0]} details').open")
    press(opened, "Tab", 9)
    press(opened, "Tab", 9)
    press(opened, "Space", 32)
    opened.wait("!location.search")
    assert shown(opened) == tagged(opened)
    assert not opened.evaluate(f"document.querySelector('#{narrowed[0]} details').open")


def test_touch_opens_an_entry_and_narrows(chromium, address):
    page = chromium.page(390)
    page.call("Emulation.setTouchEmulationEnabled", enabled=True)
    page.open(address + HERE)
    first = shown(page)[0]
    for selector in (f"#{first} summary", ".explorer-tick input"):
        at = centre(page, selector)
        page.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[at])
        page.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        if "summary" in selector:
            page.wait(f"document.querySelector('#{first} details').open")
    page.wait("[...document.querySelectorAll('.event details')].every(d => d.open)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_without_scripts_there_is_no_form_and_folds_open_by_themselves(page, address):
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.call("Page.navigate", url=address + HERE)  # `open` waits for a promise, which is a script
    page.wait("document.readyState === 'complete' && document.querySelector('.event') !== null")
    assert page.evaluate("getComputedStyle(document.querySelector('.explorer')).display") == "none"
    first = page.evaluate("document.querySelector('.event').id")
    click(page, f"#{first} summary")
    page.wait(f"document.querySelector('#{first} details').open")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_without_scripts_a_page_and_its_figures_are_as_dark_as_the_system(page, address, dark):
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    page.call("Emulation.setEmulatedMedia", features=[scheme])
    page.call("Page.navigate", url=f"{address}chapters/votes.html")
    page.wait("document.readyState === 'complete' && document.querySelector('.in-dark') !== null")
    red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    assert (int(red) < 80) == dark
    for palette in ("light", "dark"):
        image = f"document.querySelector('.figure-image .in-{palette} img')"
        is_shown = (palette == "dark") == dark
        assert page.evaluate(f"{image}.checkVisibility()") is is_shown
        assert page.evaluate(f"{image}.currentSrc.startsWith('data:')") is not is_shown


def test_print_has_every_fold_open_and_no_form(opened):
    opened.call("Emulation.setEmulatedMedia", media="print")
    assert opened.evaluate("document.querySelector('.explorer').offsetHeight") == 0
    assert opened.evaluate("document.querySelector('.event .claims').offsetHeight") > 20
    opened.call("Emulation.setEmulatedMedia", media="screen")
    assert opened.evaluate("document.querySelector('.event .claims').checkVisibility()") is False


@pytest.mark.parametrize(("width", "dark"), SHOWN, ids=SHOWN_AS)
def test_axe_finds_nothing_where_entries_are_narrowed_and_open(page, address, width, dark):
    page.shown(width, dark)
    page.open(address + HERE + "?category=exercise&open=all&order=reversed")
    assert page.evaluate(SHIFT) < JUMPS
    assert axe.faults(page) == [] and page.said() == []


def tenfold(site: Path, folder: Path) -> None:
    """Write the chronology with each entry ten times."""
    text = (site / HERE).read_text(encoding="utf-8")

    def copies(found: re.Match[str]) -> str:
        again = (re.sub(r' id="([^"]*)"', rf' id="\1-{n}"', found[0]) for n in range(1, COPIES))
        return found[0] + "".join(again)

    (folder / "_static").symlink_to(site / "_static")
    (folder / "chapters").mkdir()
    big = re.sub(r'(?s)<article class="event".*?</article>', copies, text)
    (folder / HERE).write_text(big, encoding="utf-8")


def test_ten_times_the_events_are_narrowed_with_no_more_work_than_they_need(page, site, tmp_path):
    """Each text is read once, and only what changes is written: that is what takes time."""
    tenfold(site, tmp_path)
    page.call("Page.addScriptToEvaluateOnNewDocument", source=COUNTING)
    page.open((tmp_path / HERE).as_uri())
    all_shown = len(shown(page))
    assert all_shown == COPIES * len(
        re.findall('<article class="event"', (site / HERE).read_text())
    )
    page.evaluate("watch()")
    write(page, "karachi")
    left = len(shown(page))
    assert 0 < left < all_shown / 4
    parts = page.evaluate("document.querySelectorAll('section, .page-toc li').length")
    assert page.evaluate("work()") <= all_shown - left + parts
    choose(page, "category", "visit")
    again = len(shown(page))
    assert page.evaluate("work()") <= left - again + parts
    choose(page, "category", "")
    assert page.evaluate("work()") <= left - again + parts
    page.wait("texts >= document.querySelectorAll('.event').length")
    assert page.evaluate("texts") == all_shown


def test_of_ten_times_the_events_those_shown_are_opened_first_and_not_all_at_once(
    page, site, tmp_path
):
    tenfold(site, tmp_path)
    page.open((tmp_path / HERE).as_uri())
    choose(page, "category", "recognition")
    opened = (
        "[...document.querySelectorAll('.event')].filter(e => e.querySelector('details').open)"
        ".map(e => e.hidden)"
    )
    at_once = page.evaluate(
        "(() => { const tick = document.querySelector('.explorer').open; tick.checked = true;"
        f" tick.dispatchEvent(new Event('input', {{bubbles: true}})); return {opened}; }})()"
    )
    assert 0 < len(at_once) <= 100 and at_once.count(False) == min(100, len(shown(page)))
    page.wait(f"{opened}.length === document.querySelectorAll('.event').length")


def test_of_ten_times_the_events_a_few_hundred_come_back_at_once_unless_a_link_leads_to_one(
    page, site, tmp_path
):
    tenfold(site, tmp_path)
    page.open((tmp_path / HERE).as_uri())
    every = len(shown(page))
    last = page.evaluate("[...document.querySelectorAll('.event')].at(-1).id")
    write(page, "zzzz")
    assert shown(page) == []
    page.evaluate("location.hash = '#" + last + "'")
    page.wait(f"document.querySelectorAll('.event:not([hidden])').length === {every}")
    top = page.evaluate(f"document.getElementById('{last}').getBoundingClientRect().top")
    assert 0 <= top < page.evaluate("innerHeight")
    write(page, "zzzz")
    at_once = page.evaluate(
        "(() => { const { q } = document.querySelector('.explorer'); q.value = '';"
        " q.dispatchEvent(new Event('input', {bubbles: true}));"
        " return document.querySelectorAll('.event:not([hidden])').length; })()"
    )
    assert 0 < at_once <= 500 < every
    page.wait(f"document.querySelectorAll('.event:not([hidden])').length === {every}")


def test_a_new_order_moves_a_few_hundred_entries_before_it_is_seen(page, site, tmp_path):
    tenfold(site, tmp_path)
    page.open((tmp_path / HERE).as_uri())
    moved = page.evaluate(
        "(() => { const list = document.querySelector('.explorer').order; list.value = 'reversed';"
        " list.dispatchEvent(new Event('input', {bubbles: true}));"
        " return document.querySelectorAll('.explorer + div > .event').length; })()"
    )
    everything = page.evaluate("document.querySelectorAll('.event').length")
    assert 0 < moved <= 200 < everything
    page.wait(f"document.querySelectorAll('.explorer + div > .event').length === {everything}")


# Counts the entries whose text is read, and the elements and attributes that are written.
COUNTING = """
var texts = 0, records = 0;
const { get } = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
Object.defineProperty(Node.prototype, "textContent", { get() {
  texts += this.classList?.contains("event") ? 1 : 0;
  return get.call(this);
} });
var watch = () => {
  const watcher = new MutationObserver((list) => { records += list.length; });
  watcher.observe(document.body, { subtree: true, attributes: true, childList: true });
  window.work = () => {
    records += watcher.takeRecords().length;
    const done = records;
    records = 0;
    return done;
  };
};
"""
