"""A drawing is laid out once, drawn once for each file, and not saved again while it stays."""

from __future__ import annotations

import importlib
import io
import os
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pikepdf
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from azpak import Report
from azpak.book import page_drawings
from azpak.figures import base_map, projection
from azpak.output import drawing, kept, mime, style
from azpak.output.figure import REGISTERED, ReportFigure

MAPS = {
    "region": "region",
    "caucasus": "caucasus-borders-links",
    "corridors": "corridors-air-links",
    "sites": "cooperation-sites",
}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(title: str = "A headline", height: float = 2) -> ReportFigure:
    """Return a small figure with text, a line, a hatch, and axes that keep their aspect."""
    with style.applied():
        figure = style.new_figure(height)
        left, right = figure.subplots(1, 2)
        left.plot([0, 1, 2], [2, 0, 1])
        left.set(xlabel="years", title="Both")
        right.add_patch(Rectangle((0, 0), 1, 1, hatch="//", facecolor="white"))
        right.set_aspect("equal")
        figure.legend(left.lines, ["drawn after the headline"], loc="outside lower center")
    return ReportFigure(
        title, "Alt.", "All.", pd.DataFrame({"a": [1]}), "Tables.", figure, id="small"
    )


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(mime.DRAWINGS, str(tmp_path / "drawings"))
    return tmp_path / "drawings"


@pytest.fixture
def saves(monkeypatch) -> list[str]:
    """The kinds of the files saved."""
    made = []
    save = drawing._saved

    def noted(figure, kind, frame, *said):
        made.append(kind)
        return save(figure, kind, frame, *said)

    monkeypatch.setattr(drawing, "_saved", noted)
    return made


def test_each_file_is_drawn_once_and_both_svgs_by_one_drawing(monkeypatch):
    draws = []
    draw = Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda self, on: (draws.append(on), draw(self, on))[1])
    shown = drawn()
    shown.svg()
    shown.exports()
    assert len(draws) == 3  # both SVGs, the PNG, the PDF
    shown.narrow_svg()
    assert len(draws) == 3  # it has no narrow form


def test_all_texts_of_a_layout_are_measured_on_one_ground(monkeypatch):
    made = []
    make = RendererAgg.__init__
    monkeypatch.setattr(RendererAgg, "__init__", lambda *a: (made.append(a), make(*a))[1])
    with style.applied():
        shown = drawing.sheet(drawn().figure, drawn().words)
    assert len(made) == 1
    assert shown.figure.dpi == drawing.LAYOUT_DPI


def test_the_layout_is_that_of_two_drawings():
    with style.applied():
        once, twice = drawn().figure, drawn().figure
        drawing.settled(once)
        twice.set_dpi(drawing.LAYOUT_DPI)
        twice.draw_without_rendering()
        twice.draw_without_rendering()
        for axes, other in zip(once.axes, twice.axes, strict=True):
            np.testing.assert_allclose(
                axes.get_position().bounds, other.get_position().bounds, atol=1e-6
            )


def test_the_svg_of_the_page_shows_all_but_the_headline_and_the_sheet_that_too():
    shown = drawn()
    assert drawing.TITLE not in shown.svg()
    assert f'id="{drawing.FOOT}"' in shown.svg()
    whole = shown.exports()["svg"].decode()
    assert all(f'id="{name}"' in whole for name in (drawing.TITLE, drawing.FOOT))


def test_the_exported_svg_shows_what_the_png_and_the_pdf_show():
    exports = drawn().exports()
    svg = ET.fromstring(exports["svg"])
    x, y, wide, high = map(float, svg.get("viewBox").split())
    ground = svg.find(f"{SVG}rect")
    sides = [float(ground.get(side)) for side in ("x", "y", "width", "height")]
    assert sides == [x, y, wide, high]
    png = Image.open(io.BytesIO(exports["png"]))
    inches = np.array(png.size) / drawing.PNG_DPI
    np.testing.assert_allclose((wide / 72, high / 72), inches, atol=1 / drawing.PNG_DPI)
    with pikepdf.open(io.BytesIO(exports["pdf"])) as pdf:
        box = [float(side) for side in pdf.pages[0].mediabox]
    np.testing.assert_allclose(box, (0, 0, wide, high), atol=0.01)


def test_no_font_of_a_pdf_is_cut_down_with_the_tables_that_lay_text_out(monkeypatch):
    """matplotlib opens fonts by the function that is replaced; fails when it no longer does."""
    opened = []
    lean = drawing.without_layout

    def noted(font):
        opened.append((set(drawing.LAYOUT_TABLES) & set(font.keys()), font))
        return lean(font)

    monkeypatch.setattr(drawing, "without_layout", noted)
    exports = drawn().exports()
    with pikepdf.open(io.BytesIO(exports["pdf"])) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        embedded = [font for font in fonts if "/FontFile2" in font]
    assert len(opened) == len(embedded) > 1
    assert all(had and not set(drawing.LAYOUT_TABLES) & set(font.keys()) for had, font in opened)


def test_the_same_drawing_is_not_saved_again(folder, saves):
    first = drawn().exports()
    again = drawn().exports()
    assert saves == ["svg", "png", "pdf", "svg"]
    assert again == first
    assert {path.suffix for path in folder.iterdir()} == {".png", ".pdf"}


@pytest.mark.parametrize("other", [{"title": "Another"}, {"height": 2.1}], ids=["title", "drawing"])
def test_another_drawing_or_title_is_saved(folder, saves, other):
    drawn().exports()
    drawn(**other).exports()
    assert saves == ["svg", "png", "pdf"] * 2


def test_what_only_pixels_show_and_how_files_are_saved_belong_to_the_key(monkeypatch, tmp_path):
    shown = drawn()
    keys = {kept.key("svg", shown.figure)}
    shown.figure.axes[0].lines[0].set_snap(False)
    keys.add(kept.key("svg", shown.figure))
    shown.figure.axes[0].lines[0].set_antialiased(False)
    keys.add(kept.key("svg", shown.figure))
    (tmp_path / "other.py").write_text("PNG_DPI = 100")
    monkeypatch.setattr(drawing, "__file__", str(tmp_path / "other.py"))
    keys.add(kept.key("svg", shown.figure))
    monkeypatch.setattr(kept, "version", lambda name: "0")
    keys.add(kept.key("svg", shown.figure))
    assert len(keys) == 5


def test_without_a_folder_nothing_is_kept(monkeypatch, saves):
    monkeypatch.delenv(mime.DRAWINGS, raising=False)
    drawn().exports()
    drawn().exports()
    assert saves == ["svg", "png", "pdf"] * 2


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv(mime.DRAWINGS, str(tmp_path / "file" / "drawings"))
    assert drawn().exports()["png"]


def test_the_files_that_were_of_use_last_are_kept(tmp_path, monkeypatch):
    from azpak.book import drawings

    monkeypatch.setattr(drawings, "folder", lambda app: tmp_path)
    monkeypatch.setattr(drawings, "MOST_FILES", 2)
    for age, name in enumerate(("new.png", "middle.pdf", "old.png")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (10_000 - age, 10_000 - age))
    drawings.drop_oldest(None, None)
    assert {path.name for path in tmp_path.iterdir()} == {"new.png", "middle.pdf"}


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


@pytest.mark.parametrize("module", MAPS)
def test_maps_are_drawn_to_the_metre(module, report):
    """So that the last bits of PROJ, which differ between its builds, move nothing."""
    importlib.import_module(f"azpak.figures.{module}")
    figure = REGISTERED[MAPS[module]](report).figure
    maps = [axes for axes in figure.axes if abs(np.diff(axes.get_xlim())[0]) > 1000]
    assert maps
    for axes in maps:
        shapes = [path.vertices for shape in axes.collections for path in shape.get_paths()]
        lines = [line.get_xydata() for line in axes.lines if line.get_transform() == axes.transData]
        texts = [np.array([text.xy]) for text in axes.texts if hasattr(text, "xy")]
        for at in (*shapes, *lines, *texts):
            np.testing.assert_array_equal(2 * at, np.round(2 * at))  # a middle has halves


def test_positions_that_differ_by_last_bits_are_one(monkeypatch):
    project = projection.projector("+proj=merc +units=m")
    assert project(49.8, 40.4) == project(49.8 + 1e-13, 40.4 - 1e-13)
    assert base_map.projected is projection.projected


def test_every_file_says_headline_source_credit_and_licence():
    exports = drawn("Nine < ten").exports()
    for text in (drawn("Nine < ten").svg(), exports["svg"].decode()):
        svg = ET.fromstring(text)
        assert svg.find(f"{SVG}title").text == "Nine < ten"
        assert svg.find(f"{SVG}desc").text == f"Alt. Source: Tables. {drawing.CREDIT}"
    png = Image.open(io.BytesIO(exports["png"]))
    assert png.text["Title"] == "Nine < ten"
    assert (png.text["Description"], png.text["Source"]) == ("Alt.", "Tables.")
    assert "CC BY" in png.text["Copyright"]
    with pikepdf.open(io.BytesIO(exports["pdf"])) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Nine < ten"
        assert str(pdf.docinfo["/Subject"]).endswith(drawing.CREDIT)


def test_a_palette_of_few_colours_changes_no_pixel_that_can_be_seen():
    with style.applied(), drawing.sheet(drawn().figure, drawn().words).shown() as shown:
        whole = Image.open(io.BytesIO(drawing._saved(shown.figure, "png", shown.whole)))
        few = Image.open(io.BytesIO(drawing.saved(shown, "png")))
    apart = np.asarray(whole.convert("RGB"), int) - np.asarray(few.convert("RGB"), int)
    assert np.abs(apart).max() <= 24  # of 255 steps, in a few pixels of an edge
    assert (np.abs(apart).max(axis=2) > 4).mean() < 0.001
    ground = np.asarray(whole.convert("RGB")) == 255
    assert (np.asarray(few.convert("RGB"))[ground] == 255).all()


def test_the_dark_drawing_is_the_light_one_in_other_colours():
    light = drawn().svg()
    dark = page_drawings.recoloured(light, style.in_the_dark(light))
    assert style.COLOUR.sub("", dark) == style.COLOUR.sub("", light)
    assert style.GROUND not in dark
    assert style.DARK[style.GROUND] in dark


def test_a_colour_without_a_place_on_the_dark_page_is_named():
    with pytest.raises(ValueError, match="#123456 has no place on the dark page"):
        style.in_the_dark('<path style="fill: #123456"/>')
