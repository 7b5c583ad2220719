"""Every figure is a pure function with text for all readers, and the same bytes twice."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
import textwrap

import pandas as pd
import pytest

import azpak.figures
from azpak import Report
from azpak.book import page_drawings
from azpak.findings import distances
from azpak.output import drawing, style
from azpak.output.figure import REGISTERED, ReportFigure, figure
from azpak.output.form import NARROW, WIDE
from support import boxes
from support.chapter_text import CHAPTERS

LIGHT_ON_THE_PAGE, LIGHT_AS_A_FILE = 120_000, 200_000  # bytes
MAPS = ("region", "caucasus-borders-links", "corridors-air-links", "cooperation-sites")

for module in pkgutil.iter_modules(azpak.figures.__path__, "azpak.figures."):
    importlib.import_module(module.name)


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


@pytest.fixture(scope="module", params=sorted(REGISTERED), ids=str)
def drawn(request, report, headlines) -> tuple[str, ReportFigure]:
    """A figure, drawn and saved once for all that is asked of it."""
    figure = REGISTERED[request.param](report)
    headlines[request.param] = figure.title
    return request.param, figure


@pytest.fixture(scope="module")
def unread(drawn) -> dict[str, list[str]]:
    """What cannot be read of either form, looked at once, and after all its files were saved."""
    _, figure = drawn
    figure.exports(), figure.narrow_svg()  # what is looked at is what was saved
    found = {}
    for form in (WIDE, NARROW):
        with figure.sheet(form) as sheet:
            found[form.name] = boxes.faults(sheet, form)
    return found


@pytest.fixture(scope="module")
def light(drawn) -> dict[str, str]:
    """The two drawings of the page and the one to hand out, as the book makes them lighter."""
    _, figure = drawn
    whole = {"": figure.svg(), "-narrow": figure.narrow_svg()}
    whole["whole"] = figure.exports()["svg"].decode()
    return {form: page_drawings.slimmed(svg) for form, svg in whole.items()}


def test_every_figure_the_book_shows_is_registered():
    shown = {
        name
        for path in CHAPTERS.glob("*.md")
        for name in re.findall(r"^    name: fig-(\S+)$", path.read_text(), re.MULTILINE)
    }
    assert len(shown) == len(REGISTERED) > 20


def test_a_figure_bears_its_permanent_name(drawn):
    name, figure = drawn
    assert figure.id == name


def test_alt_text_says_more_than_the_title_and_names_no_file(drawn):
    _, figure = drawn
    assert len(figure.alt) > max(80, len(figure.title))
    assert figure.alt not in (figure.title, figure.description)
    assert ".svg" not in figure.alt


def test_a_headline_is_short_enough_for_two_lines(drawn):
    _, figure = drawn
    assert len(textwrap.wrap(figure.title, WIDE.title_characters)) <= 2


def test_no_text_lies_on_another_leaves_its_frame_or_is_too_small_in_either_form(unread):
    """The dark drawings are these in other colours, so that this holds for all four."""
    assert unread == {WIDE.name: [], NARROW.name: []}


def test_a_text_on_another_outside_or_too_small_is_found():
    with style.applied():
        figure = style.new_figure(1, NARROW, layout="none")
        figure.text(0.5, 0.5, "one")
        figure.text(0.52, 0.52, "other")
        figure.text(0.9, 0.1, "beyond the frame")
        figure.text(0.1, 0.9, "tiny", fontsize=6)
        with drawing.sheet(figure, drawing.Words("T", "A", "S."), NARROW).shown() as sheet:
            found = boxes.faults(sheet, NARROW)
    assert [fault.split("' ")[1].split(" (")[0] for fault in found] == [
        "lies on 'other'", "leaves the column", "is of 6 points",
    ]  # fmt: skip


def test_every_colour_has_a_place_on_the_dark_page(drawn):
    _, figure = drawn
    assert style.GROUND in style.in_the_dark(figure.svg(), figure.narrow_svg())


def test_a_drawing_weighs_little_on_its_page_and_as_a_file(drawn, light):
    name, figure = drawn
    for form in ("", "-narrow"):
        assert len(light[form]) <= LIGHT_ON_THE_PAGE
    if name not in MAPS:
        exports = figure.exports()
        exports["svg"] = light["whole"].encode()
        heavy = {kind: len(data) for kind, data in exports.items() if len(data) > LIGHT_AS_A_FILE}
        assert heavy == {}


def test_the_csv_holds_every_row_drawn(drawn):
    _, figure = drawn
    read = pd.read_csv(io.StringIO(figure.csv()))
    assert list(read.columns) == list(figure.data.columns)
    assert len(read) == len(figure.data) > 0


def test_a_fresh_drawing_gives_the_bytes_of_the_files_in_the_book(drawn, light, site):
    """The book asked for the drawing of the page first, in another process; this asks last."""
    name, figure = drawn
    fresh = {f"_downloads/figures/{name}.{kind}": data for kind, data in figure.exports().items()}
    fresh[f"_downloads/figures/{name}.svg"] = light["whole"].encode()
    fresh |= {f"_downloads/figures/{name}.csv": figure.csv().encode()}
    for form in ("", "-narrow"):
        fresh[f"_images/{name}{form}.svg"] = light[form].encode()
        fresh[f"_images/{name}{form}-dark.svg"] = page_drawings.recoloured(
            light[form], style.in_the_dark(light[form])
        ).encode()
    assert len(fresh) == 8
    assert [path for path, data in fresh.items() if (site / path).read_bytes() != data] == []


def test_a_figure_drawn_again_is_as_it_was_whatever_was_measured_between(drawn, unread):
    _, figure = drawn
    first = figure.svg()
    assert WIDE.name in unread  # it was measured
    with figure.sheet() as sheet:
        assert drawing.two_svgs(sheet)[0] == first


def test_text_in_the_drawing_is_paths_and_needs_no_font(drawn):
    _, figure = drawn
    assert "<text" not in figure.svg()
    assert "<text" not in figure.exports()["svg"].decode()


def test_the_exported_drawing_is_larger_by_title_and_source(drawn):
    _, figure = drawn
    page, exported = height(figure.svg()), height(figure.exports()["svg"].decode())
    assert exported > page + 12  # points: a line of title at the least


def height(svg: str) -> float:
    """Return the height of a drawing in points."""
    return float(re.search(r'<svg [^>]*?height="([0-9.]+)pt"', svg)[1])


def test_a_figure_without_rows_is_refused_by_name():
    empty = pd.DataFrame({"a": []})
    with pytest.raises(ValueError, match="figure nothing: there are no rows"):
        ReportFigure("t", "a", "d", empty, "s", style.new_figure(1), id="nothing")


def test_a_figure_without_alt_text_is_refused_by_name():
    rows = pd.DataFrame({"a": [1]})
    with pytest.raises(ValueError, match="figure mute: alt is empty"):
        ReportFigure("t", " ", "d", rows, "s", style.new_figure(1), id="mute")


def test_the_five_states_of_the_story_have_fixed_colours():
    assert {"AZE", "PAK", "TUR", "ARM", "IND"} <= set(style.state_colours(Report.load()))


def test_the_great_circle_between_the_capitals_agrees_with_the_haversine_formula():
    places = Report.load().table("places").set_index("place_id")
    from math import asin, cos, radians, sin, sqrt

    a, b = (places.loc[p, ["lat", "lon"]].astype(float).map(radians) for p in ("baku", "islamabad"))
    h = sin((b["lat"] - a["lat"]) / 2) ** 2
    h += cos(a["lat"]) * cos(b["lat"]) * sin((b["lon"] - a["lon"]) / 2) ** 2
    sphere = 2 * 6371.0088 * asin(sqrt(h))
    found = distances.km(Report.load(), "baku", "islamabad")
    assert found == pytest.approx(sphere, rel=0.005)


def test_two_figures_of_one_name_are_refused():
    def other(report: Report) -> ReportFigure: ...

    with pytest.raises(ValueError, match="two functions draw the figure region"):
        figure("region", "places")(other)
