"""Promises about the gallery: every figure once, under its headline, with its files."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from azpak import tables
from azpak.book import thumbnails
from azpak.output.figure import figure
from azpak.pdf import pages as printed
from azpak.pdf.book import Entry
from azpak.vocabulary import SUBJECTS
from support.pages import words

HERE = "chapters/gallery.html"
LIGHT = 16_000  # bytes of one small picture: twenty of them fit the limit of a first visit
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="{}"><rect width="40" height="9" fill="{}"/></svg>'  # noqa: E501


@pytest.fixture(scope="module")
def root(pages):
    return pages[HERE]


@pytest.fixture(scope="module")
def entries(root):
    return {e.get("data-id"): e for e in root.xpath("//article[@class='gallery-figure']")}


def test_every_figure_of_a_chapter_is_there_once_under_the_headline_it_has_there(pages, entries):
    there = {}
    for name, page in pages.items():
        for head in page.xpath("//figure[contains(@class,'report-figure')]"):
            said = words(head.xpath(".//p[@class='figure-headline']")[0])
            (file,) = head.xpath(".//p[@class='figure-downloads']/a[text()='CSV']/@href")
            there[Path(file).stem] = (name, head.get("id"), said)
    headlines = {f: words(e.xpath("./p[@class='gallery-headline']")[0])
                 for f, e in entries.items()}  # fmt: skip
    assert headlines == {f: said for f, (*_, said) in there.items()} and len(headlines) > 20
    for figure_id, entry in entries.items():
        links = entry.xpath("./p[1]/a/@href") + entry.xpath("./p[2]/a/@href")
        page, anchor, _ = there[figure_id]
        page = page.removeprefix("chapters/") if "/" in page else f"../{page}"
        assert links == [f"{page}#{anchor}", page]


def test_every_file_that_the_gallery_offers_or_shows_is_there(site, entries):
    for figure_id, entry in entries.items():
        offered = entry.xpath("./p[@class='gallery-files']/a/@href")
        assert [name.rsplit(".")[-1] for name in offered] == ["svg", "png", "pdf", "csv"]
        shown = entry.xpath(".//img/@src")
        assert [name.rsplit("/")[-1] for name in shown] == [
            f"{figure_id}.webp", f"{figure_id}-dark.webp",
        ]  # fmt: skip
        assert all((site / "chapters" / name).is_file() for name in offered + shown)


def test_a_small_picture_is_light_has_its_size_and_waits_until_it_is_near(site, root):
    images = root.xpath("//*[@class='gallery-picture']//img")
    assert len(images) > 40
    for image in images:
        assert image.get("loading") == "lazy" and len(image.get("alt")) > 80
        path = site / "chapters" / image.get("src")
        with Image.open(path) as picture:
            assert picture.size == thumbnails.SIZE
        assert (int(image.get("width")), int(image.get("height"))) == thumbnails.SIZE
        assert path.stat().st_size <= LIGHT, path.name


def test_the_headings_are_the_subjects_and_each_has_its_figures(root, entries):
    sections = root.xpath("//article//section[starts-with(@id,'gallery-')]")
    titles = [section.xpath("string(./h2/text())") for section in sections]
    assert titles == list(SUBJECTS.values())
    for subject, section in zip(SUBJECTS, sections, strict=True):
        tags = [e.split()[0] for e in section.xpath(".//@data-tags")]
        assert tags and set(tags) == {subject}


def test_the_form_offers_every_subject_and_every_chapter_with_a_figure(root, entries):
    offered = set(root.xpath("//form//option/@value")) - {""}
    tags = {tag for entry in entries.values() for tag in entry.get("data-tags").split()}
    assert offered == tags


def test_the_gallery_follows_the_order_of_the_book_within_a_subject(root, entries):
    chapters = tables.load("chapters").sort_values("position")["chapter_id"]
    names = [f"chapters/{chapter}.html" for chapter in chapters]
    pages_of_figures = [entries[name].xpath("./p[2]/a/@href")[0] for name in entries]
    assert {f"chapters/{page}" for page in pages_of_figures} <= set(names)
    for section in root.xpath("//article//section[starts-with(@id,'gallery-')]"):
        shown = section.xpath(".//article/p[2]/a/@href")
        places = [names.index(f"chapters/{page}") for page in shown]
        assert all(a <= b for a, b in pairwise(places))


def test_print_has_the_headlines_and_neither_small_pictures_nor_files(site, entries):
    page = printed.read_page(site, Entry(HERE.removesuffix(".html")))
    assert len(page.xpath(".//*[@class='gallery-headline']")) == len(entries) > 20
    assert page.xpath(".//img | .//form | .//*[@class='gallery-files']") == []


def test_every_drawing_becomes_a_picture_of_one_size_whole_and_on_no_ground(tmp_path):
    svgs = []
    for name, high in (("flat", 10), ("tall", 200)):
        svgs.append(tmp_path / f"{name}.svg")
        svgs[-1].write_text(DRAWING.format(high, "#ff0000"), encoding="utf-8")
    flat, tall = (Image.open(io.BytesIO(p)).convert("RGBA") for p in thumbnails.pictures(svgs))
    assert flat.size == tall.size == thumbnails.SIZE
    wide, high = thumbnails.SIZE
    assert flat.getpixel((wide // 2, 5))[3] == 0  # nothing above a flat drawing
    assert tall.getpixel((wide // 2, 5))[0] > 200 and tall.getpixel((5, 5))[3] == 0
    assert thumbnails.pictures([]) == []


def test_a_figure_of_no_known_subject_is_refused_by_name():
    with pytest.raises(ValueError, match="figure lost: no subject 'elsewhere'; one of politics"):
        figure("lost", "elsewhere")
