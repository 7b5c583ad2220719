"""What a reader of the tiny book takes away or searches: figures, tables, citations, names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support.pages import page, words


def test_a_figure_brings_its_own_alt_text_headline_caption_and_description(book):
    (figure,) = page(book, "told-2001-2002").xpath("//figure[@id='fig-told']")
    (image,) = figure.xpath(".//img")
    assert image.get("alt") == 'Nine "dots" & one'
    assert (book / "chapters" / image.get("src")).resolve() == book / "_images" / "told.svg"
    assert figure.xpath(".//p[@class='figure-headline']")[0].text == "Nine of ten <b>agree</b>"
    (caption,) = figure.xpath("./figcaption")
    assert "Figure 1 What is drawn, after 3 February 2001." in " ".join(
        caption.text_content().replace("#", "").split()
    )
    (details,) = caption.xpath(".//details")
    assert "The dots are <i>round</i>." in details.text_content()


def test_a_drawing_on_a_narrow_screen_keeps_its_width_and_can_be_scrolled_with_the_keyboard(book):
    (figure,) = page(book, "told-2001-2002").xpath("//figure[@id='fig-told']")
    (drawing,) = figure.xpath(".//div[@class='figure-image'][./img]")
    assert drawing.get("tabindex") == "0"
    assert drawing.get("role") == "group"
    assert drawing.get("aria-label") == "Drawing: Nine of ten <b>agree</b>"
    style = (book / "_static" / "report.css").read_text()
    _, narrow = style.split("@media screen and (max-width: 600px)", 1)
    assert re.search(r"\.figure-image\{[^}]*overflow-x:auto", narrow)
    assert re.search(r"\.figure-image img\{[^}]*min-width:36rem", narrow)  # 7 points: 9 pixels
    assert re.search(r"\.figure-head::after\{[^}]*content:\"Scroll the drawing", narrow)


def test_a_figure_can_be_downloaded_in_four_forms(book):
    (figure,) = page(book, "told-2001-2002").xpath("//figure[@id='fig-told']")
    names = {Path(href).name for href in figure.xpath(".//a[contains(@class,'download')]/@href")}
    assert names == {"told.svg", "told.png", "told.pdf", "told.csv"}
    assert (book / "_downloads" / "figures" / "told.csv").read_text() == "a,b\n1,2\n"
    assert (book / "_downloads" / "figures" / "told.png").read_text() == "png"


def test_the_rows_of_a_table_can_be_taken_away_below_it_and_in_the_box(book):
    text = 'pair,share\n"Türkiye, <b>first</b>",0.3333333333\n:rows: `b`,1\n'
    assert (book / "_downloads" / "tables" / "told.csv").read_bytes() == text.encode()
    (line,) = page(book, "told-2001-2002").xpath("//p[contains(@class,'table-file')]")
    assert words(line) == f"Download: told.csv (two rows, {len(text.encode())} bytes)"
    assert line.xpath("./preceding::table[1]/@id") == ["tbl-told"]
    (boxed,) = page(book, "told-2001-2002").xpath("//div[@class='reuse']//a[.='told.csv']/@href")
    assert [*line.xpath("./a/@href"), boxed] == ["../_downloads/tables/told.csv"] * 2


def test_figures_are_numbered_and_listed(book):
    assert "See Figure 1." in page(book, "told-2001-2002").text_content()
    entries = page(book, "lists").xpath("//a[@href='told-2001-2002.html#fig-told']")
    assert [a.text_content() for a in entries] == ["What is drawn, after 3 February 2001."]


def test_a_chapter_can_be_cited_and_rerun_from_its_box(book):
    bib = (book / "_downloads" / "cite" / "told-2001-2002.bib").read_text()
    assert bib.startswith("@incollection{azpak2026-told-2001-2002,")
    ris = (book / "_downloads" / "cite" / "told-2001-2002.ris").read_text()
    assert ris.startswith("TY  - CHAP\n") and ris.endswith("ER  - \n")
    assert (book / "_downloads" / "chapters" / "told-2001-2002.md").is_file()
    assert (book / "_downloads" / "data" / "places.csv").is_file()


def search_terms(book: Path, query: str) -> set[str]:
    """Return the pages found for one word, with the stemmer the pages use."""
    index = (book / "searchindex.js").read_text()
    data = json.loads(index[len("Search.setIndex(") : -1])
    node = shutil.which("node")
    if not node:
        pytest.skip(
            "no node here, which runs the search of the pages: install it (Debian: apt-get "
            "install nodejs), then run .venv/bin/python -m pytest tests/test_book_downloads.py"
        )
    script = (book / "_static" / "language_data.js").read_text()
    script += f"\nconsole.log(new Stemmer().stemWord({json.dumps(query.lower())}));"
    word = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True)
    term = word.stdout.strip()
    hits = data["terms"].get(term, [])
    hits = hits if isinstance(hits, list) else [hits]
    title_hits = data["titleterms"].get(term, [])
    hits += title_hits if isinstance(title_hits, list) else [title_hits]
    return {data["docnames"][n] for n in hits}


@pytest.mark.parametrize("query", ["Xocalı", "Xocali", "XOCALI", "Khojaly", "Khojalu"])
def test_a_place_is_found_under_all_its_names(book, query):
    assert "chapters/told-2001-2002" in search_terms(book, query)


@pytest.mark.parametrize("query", ["Şuşa", "Susa", "Shusha", "Shushi"])
def test_a_page_is_found_under_names_it_does_not_print(book, query):
    assert "chapters/start" in search_terms(book, query)
