"""Promises about the one stylesheet, its icons, the drawings and the policy of the pages."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
import tinycss2
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from azpak.book import page_drawings, policy
from azpak.book.styles import Used, pruned
from support.pages import page, pages

ROOT = Path(__file__).resolve().parents[1]
NAMES = {"a", "p", "html", "shown", "state", "here"}


@pytest.mark.parametrize(
    "rule",
    [
        ".shown{color:red}",
        "a.shown:hover{color:red}",
        '#here>p::before{content:"x"}',
        ":is(.gone,.shown) p{color:red}",
        "p:not(.gone){color:red}",
        "html[data-theme=dark] .state{color:red}",
        "@media print{.shown{color:red}}",
        "*{margin:0}",
        ":root{color:red}",
    ],
)
def test_a_rule_stays_whose_names_are_all_used(rule):
    assert rule.replace(" ", "") in pruned(rule, NAMES).replace(" ", "")


@pytest.mark.parametrize(
    "rule",
    [
        ".gone{color:red}",
        ".shown .gone{color:red}",
        ".shown.gone{color:red}",
        "#gone{color:red}",
        "video{color:red}",
        ":is(.gone,#gone) p{color:red}",
        "p:where(.gone){color:red}",
        "@media print{.gone{color:red}}",
        "@keyframes gone{from{color:red}}",
        '@font-face{font-family:"Gone";src:url(x)}',
        ".shown{--gone:1px}",
    ],
)
def test_a_rule_goes_that_nothing_asks_for(rule):
    assert "gone" not in pruned(rule, NAMES).lower() and "red" not in pruned(rule, NAMES)


def test_of_a_list_of_selectors_those_stay_that_are_used():
    assert pruned(".gone,.shown,p .gone{color:red}", NAMES).endswith("\n.shown{color:red}\n")


def test_what_kept_rules_ask_for_stays():
    css = (
        '@font-face{font-family:"Kept Face";src:url(x)}@keyframes turn{from{color:red}}'
        ":root{--used:var(--deeper);--deeper:1px}.shown{font-family:Kept Face;animation:turn 1s;"
        "width:var(--used)}"
    )
    kept = pruned(css, NAMES)
    assert all(part in kept for part in ("@font-face", "@keyframes turn", "--used:", "--deeper:"))


def test_a_variable_goes_with_all_of_its_value():
    image = """url("data:image/svg+xml;utf8,<path d='M4;7'/>")"""
    css = f".shown{{--gone:{image};color:blue;--gone:}}p{{margin:0}}"
    assert pruned(css, NAMES).split("\n")[1:3] == [".shown{color:blue}", "p{margin:0}"]


def test_rules_stay_in_their_order():
    css = "p{color:red}.shown{color:blue}@media print{p{color:green}}p{color:black}"
    colours = re.findall(r"color:(\w+)", pruned(css, NAMES))
    assert colours == ["red", "blue", "green", "black"]


def test_a_page_without_scripts_has_the_colours_of_its_system():
    css = """
        html[data-theme="dark"] .a, .b { color: red; }
        :is(html, body)[data-theme="dark"] .a { color: green; }
        .a { color: blue; }
        @media print { html[data-theme=dark] .a { color: black; } }"""
    rules = pruned(css, {"html", "body", "a", "b"}).splitlines()[1:]
    assert rules == [
        'html[data-theme="dark"] .a,.b{color:red}',
        ':is(html, body)[data-theme="dark"] .a{color:green}',
        "@media screen and (prefers-color-scheme:dark){html:not([data-theme]) .a{color:red}"
        "html:not([data-theme]) .a{color:green}}",
        ".a{color:blue}",
        "@media print{html[data-theme=dark] .a{color:black}}",
    ]


def test_states_that_scripts_set_are_names_too():
    used = Used()
    used.read_page('<p class="a b" id="c">x</p><script src="../_static/s/x.js?v=1"></script>')
    used.read_script('element.classList.add("pst-squeeze"); document.createElement("mark");')
    assert used.scripts == {"s/x.js"}
    assert {"p", "a", "b", "c", "pst-squeeze", "mark"} <= used.names


def test_every_page_has_the_one_stylesheet_and_the_files_it_names(book):
    for path in pages(book):
        if path.name == "index.html":
            continue
        sheets = html.parse(str(path)).xpath("//link[@rel='stylesheet']/@href")
        assert [(path.parent / sheet).resolve() for sheet in sheets] == [
            (book / "_static" / "report.css").resolve()
        ]
    css = (book / "_static" / "report.css").read_text()
    parsed = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    assert not [rule for rule in parsed if rule.type == "error"] and len(parsed) > 400
    named = [name for name in re.findall(r'url\("?([^")]+)', css) if not name.startswith("data:")]
    assert named and not [name for name in named if not (book / "_static" / name).is_file()]


def test_no_class_that_the_report_styles_and_a_page_has_is_lost(book):
    css = (book / "_static" / "report.css").read_text()
    styled = set(re.findall(r"\.([a-z][\w-]+)", (ROOT / "_static" / "book.css").read_text()))
    shown = {
        name
        for path in pages(book)
        for names in html.parse(str(path)).xpath("//@class")
        for name in names.split()
    }
    assert "event-title" in styled & shown
    assert not [name for name in styled & shown if f".{name}" not in css]
    for state in ("ready", "copybtn.success", "highlighted", "hide"):  # which scripts set
        assert f".{state}" in css, state


def test_the_icon_font_has_the_icons_of_the_pages_and_no_other(book):
    css = (book / "_static" / "report.css").read_text()
    coded = re.search(r'data:font/woff;base64,([^"]+)', css)[1]
    signs = set(TTFont(io.BytesIO(base64.b64decode(coded))).getBestCmap())
    shown = {
        name
        for path in pages(book)
        for names in html.parse(str(path)).xpath("//*[contains(@class, 'fa-solid')]/@class")
        for name in names.split()
        if name.startswith("fa-") and name not in ("fa-solid", "fa-lg")
    }
    assert "fa-magnifying-glass" in shown and len(signs) < 20
    for name in shown:
        sign = re.search(rf"\.{name}:+before{{content:\"(.)\"}}", css)
        assert sign and ord(sign[1]) in signs, name


def test_pages_load_no_search_but_the_search_page(book):
    for path in pages(book):
        scripts = " ".join(html.parse(str(path)).xpath("//script/@src"))
        assert ("searchtools" in scripts) == (path.name == "search.html"), path
        assert "searchindex" not in scripts


def test_no_script_is_loaded_twice_or_stops_the_page(book):
    for path in pages(book):
        scripts = html.parse(str(path)).xpath("//script[@src]")
        sources = [script.get("src") for script in scripts]
        assert len(sources) == len(set(sources)), path
        assert all(script.get("defer") is not None for script in scripts), path


def test_the_policy_of_every_page_lets_run_what_it_holds_and_nothing_else(book):
    for path in pages(book):
        root = html.parse(str(path))
        allowed = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "unsafe" not in allowed and "http" not in allowed and "*" not in allowed
        # What describes the page (JSON-LD) is data: no browser runs it, and no policy names it.
        for script in root.xpath("//script[not(@src) and not(@type='application/ld+json')]"):
            assert policy.digest(script.text) in allowed, path
        assert not root.xpath("//style | //*[@style] | //@*[starts-with(name(), 'on')]"), path


def test_every_page_has_a_description_and_an_icon(book):
    for path in pages(book):
        root = html.parse(str(path))
        assert len(root.xpath("//meta[@name='description']/@content")) == 1, path
        icon = root.xpath("//link[@rel='icon']/@href")[0]
        assert (path.parent / icon).is_file(), path
    told = page(book, "told-2001-2002").xpath("//meta[@name='description']/@content")
    assert told == ["Told."]


def test_drawings_have_their_size_and_wait_until_one_comes_near(book):
    told = page(book, "told-2001-2002")
    images, narrow = told.xpath("//img"), told.xpath("//source[contains(@media, 'max-width')]")
    assert len(images) == len(narrow) == 2
    assert {image.get("loading") for image in images} == {"lazy"}
    assert {(one.get("width"), one.get("height")) for one in (*images, *narrow)} == {("10", "10")}


def test_the_size_of_a_drawing_is_in_pixels():
    assert page_drawings.size('<svg a="b" width="72pt" height="36.4pt" viewBox="0">') == (96, 49)
    assert page_drawings.size("<svg viewBox='0 0 1 1'>") is None


def absolute(path: str) -> list[tuple[float, float]]:
    """Return where the steps of a path with relative positions end."""
    at = start = (0.0, 0.0)
    ends = []
    for command, text in re.findall(r"([MLQCmlqcz])([^MLQCmlqcz]*)", path):
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        if command == "z":
            at = start
        step = {"M": 2, "l": 2, "q": 4, "c": 6}.get(command, 2)
        for n in range(0, len(numbers), step):
            x, y = numbers[n + step - 2 : n + step]
            at = (x, y) if command == "M" else (at[0] + x, at[1] + y)
            start = at if command == "M" else start
            ends.append(at)
    return ends


NUMBER = st.floats(-2000, 2000).map(lambda x: f"{x:.6f}".rstrip("0").rstrip("."))
STEP = st.one_of(
    st.tuples(st.sampled_from("ML"), st.lists(NUMBER, min_size=2, max_size=2)),
    st.tuples(st.just("Q"), st.lists(NUMBER, min_size=4, max_size=4)),
    st.tuples(st.just("C"), st.lists(NUMBER, min_size=6, max_size=6)),
)


@given(st.lists(st.one_of(STEP, st.just(("z", []))), max_size=30))
def test_no_step_of_a_path_moves_by_more_than_half_a_hundredth_of_a_point(steps):
    steps = [("M", ["0", "0"]), *steps]
    path = "\n".join(" ".join([command, *numbers]) for command, numbers in steps)
    drawn = re.search(r'd="([^"]*)"', page_drawings.slimmed(f'<path d="{path}\n"/>'))[1]
    wanted = [tuple(map(float, numbers[-2:])) for _, numbers in steps if numbers]
    ends = absolute(drawn)
    assert len(ends) == len(wanted)
    for end, want in zip(ends, wanted, strict=True):
        assert max(abs(a - b) for a, b in zip(end, want, strict=True)) < 0.0051


def test_a_glyph_keeps_its_place_on_its_line_in_fewer_bytes():
    moved = '<use xlink:href="#a" transform="translate(12.346 0)"/><use transform="scale(2)"/>'
    kept = '<use xlink:href="#a" x="12.35"/><use transform="scale(2)"/>'
    assert page_drawings.held(moved) == kept


def test_what_is_no_position_stays_as_it_is():
    svg = (
        '<svg width="413.759688pt"><path d="A 1.23456 2" /><g transform="scale(0.015625 -0.1)"/>'
        '<!-- 0.123456 --><use x="1.987654" y="-0.004"/><g transform="translate(1.23456 2)"/></svg>'
    )
    kept = page_drawings.slimmed(svg)
    assert 'width="413.759688pt"' in kept and 'd="A 1.23456 2"' in kept
    assert "scale(0.015625 -0.1)" in kept and "<!--" not in kept
    assert 'x="1.99"' in kept and "translate(1.23 2)" in kept
