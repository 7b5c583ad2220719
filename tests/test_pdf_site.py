"""Promises of the PDFs of the report itself, checked without the program that made them.

They are those of the last `make book`; where they are missing or older than the pages, they are
printed first.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from azpak import pdf
from azpak.build import book
from azpak.pdf import pages
from azpak.pdf.book import read_book
from support import printed

ROOT = Path(__file__).resolve().parents[1]
MARGIN = 48  # points: the narrowest margin of a sheet, into which a comma at a line's end may hang
# Points: a heading on the last lines of a sheet has its upper edge at 88 to 99, and one with two
# lines of text below it at 115 or higher.
LOWEST_HEADING = 110
FEW = 300  # characters with which a page is nearly empty
CITES = ".//div[@class='citation'] | .//a[contains(@href, '#source-')]"


@pytest.fixture(scope="module")
def site() -> Path:
    found = book.CHECKOUT.site
    names = [found / book.PDF_NAME, *pdf.chapter_files(found)]
    newest = max((page.stat().st_mtime for page in found.rglob("*.html")), default=0)
    if not newest or any(not n.exists() or n.stat().st_mtime < newest - 60 for n in names):
        wanted = ["pdf"] if newest else ["html", "pdf"]
        assert book.main(wanted) == 0, "the PDFs could not be made"
    return found


@pytest.fixture(scope="module")
def report(site) -> Path:
    return site / book.PDF_NAME


@pytest.fixture(scope="module")
def chapters(site) -> list[Path]:
    return pdf.chapter_files(site)


@pytest.fixture(scope="module")
def articles(site) -> dict[Path, html.HtmlElement]:
    """The pages as they are printed, by the PDF beside each."""
    return {site / f"{e.name}.pdf": pages.read_page(site, e) for e in read_book(ROOT).entries}


def test_the_book_has_at_most_7_mb_and_a_chapter_2(report, chapters):
    assert report.stat().st_size <= 7_000_000
    assert {c.name: c.stat().st_size for c in chapters if c.stat().st_size > 2_000_000} == {}


def test_every_file_names_its_language_and_title_and_is_marked_as_tagged(report, chapters):
    titles = set()
    for path in (report, *chapters):
        with pikepdf.open(path) as file:
            assert file.Root.MarkInfo.Marked and file.Root.Lang == "en", path.name
            assert file.Root.ViewerPreferences.DisplayDocTitle, path.name
            titles.add(str(file.docinfo["/Title"]))
    assert len(titles) == 1 + len(chapters)


def test_every_figure_is_tagged_with_the_alternative_text_of_its_page(report, chapters, articles):
    alts = {path: articles[path].xpath(".//img/@alt") for path in chapters}
    for path in chapters:
        found = [e.alt for e in printed.tree(path) if e.kind == "Figure"]
        assert sorted(found) == sorted(alts[path]), path.name
    found = [e.alt for e in printed.tree(report) if e.kind == "Figure"]
    assert sorted(found) == sorted(alt for texts in alts.values() for alt in texts)


def test_headings_nest_and_tables_have_heads(report, chapters, articles):
    for path in (report, *chapters):
        kinds = [e.kind for e in printed.tree(path)]
        levels = [int(kind[1]) for kind in kinds if re.fullmatch(r"H\d", kind)]
        assert levels[0] == 1, path.name
        assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == [], path.name
        if path in articles:
            assert kinds.count("Table") == len(articles[path].xpath(".//table"))
            assert kinds.count("TH") >= kinds.count("Table")


def test_bookmarks_name_every_chapter_and_section(report, articles):
    marks = [title for title, *_ in printed.bookmarks(report)]
    for path, article in articles.items():
        for heading in article.xpath(".//h1 | .//h2"):
            assert " ".join(heading.text_content().split()) in marks, path.name


def test_no_text_stands_over_another_or_over_the_margin(report, chapters):
    for path in (report, *chapters):
        width, _ = printed.size(path)
        for number, found in printed.pieces(path):
            where = (path.name, number)
            assert printed.overlaps(found) == [], where
            cover = path == report and number == 1
            wide = [p.text for p in found if p.left < MARGIN or p.right > width - MARGIN]
            assert cover or wide == [], where
            assert min(p.bottom for p in found) > 30, where


def test_no_cell_is_cut_off(report, chapters, articles):
    text = squeezed(" ".join(printed.sheets(report)))
    for path in chapters:
        cells = articles[path].xpath(".//td | .//th")
        ends = {end for cell in cells for end in ends_of(squeezed(cell.text_content()))}
        assert sorted(end for end in ends if end not in text) == [], path.name


def ends_of(said: str) -> tuple[str, str]:
    return said[:25], said[-25:]


def squeezed(text: str) -> str:
    """Return a text without space, hyphens and what right-to-left scripts turn around."""
    return re.sub(r"[\s\u00ad\u200b\u0590-\u06ff-]", "", text)


def test_no_heading_stands_at_the_foot_of_a_page(report, chapters):
    for path in (report, *chapters):
        low = [(t, n) for t, _, n, top in printed.bookmarks(path) if top < LOWEST_HEADING]
        assert low == [], path.name


def test_no_page_is_nearly_empty(report, chapters):
    for path in (report, *chapters):
        empty = [n for n, text in enumerate(printed.sheets(path), 1)
                 if len(text) < FEW and "Figure" not in text]  # fmt: skip
        assert empty in ([], [1]) if path == report else empty == [], path.name


def test_a_chapter_opens_with_title_authors_and_citation_and_lists_its_references(
    chapters, articles
):
    for path in chapters:
        first, *_ = found = [" ".join(sheet.split()) for sheet in printed.sheets(path)]
        title = " ".join(articles[path].xpath(".//h1")[0].text_content().split())
        start = f"{title} AZPAK contributors Cite as: AZPAK contributors (2026). “{title}.” In "
        assert squeezed(first).startswith(squeezed(start)), path.name
        cites = bool(articles[path].xpath(CITES))
        listed = [e for e in printed.bookmarks(path) if e[0] == "References"]
        assert bool(listed) == cites, path.name
        if cites:
            assert "References" in " ".join(found[listed[0][2] - 1 :])


def test_links_in_a_chapter_leave_it_only_by_full_addresses(chapters):
    for path in chapters:
        addresses, _ = printed.links(path)
        assert [a for a in addresses if not a.startswith(("https://", "http://"))] == []


def test_every_page_links_the_pdfs_and_each_is_there(site, chapters):
    for path in chapters:
        page = path.with_suffix(".html")
        found = set(html.parse(page).xpath("//p[@class='pdf-files']/a/@href"))
        assert {(page.parent / name).resolve() for name in found} == {
            path.resolve(), (site / book.PDF_NAME).resolve()
        }  # fmt: skip
        assert all((page.parent / name).is_file() for name in found)


def test_nothing_of_the_code_folds_is_printed(report):
    text = printed.flat(report)
    for unwanted in ("How this is computed", "Show all code", "As PDF:"):
        assert unwanted not in text
