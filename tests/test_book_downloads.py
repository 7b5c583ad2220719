"""What a reader of the tiny book takes away or searches: figures, tables, citations, names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from azpak.book import figures
from support.pages import page, words


def test_a_figure_brings_its_own_alt_text_headline_caption_and_description(book):
    (figure,) = page(book, "told-2001-2002").xpath("//figure[@id='fig-told']")
    light, dark = figure.xpath(".//picture//img")
    assert {light.get("alt"), dark.get("alt")} == {'Nine "dots" & one'}
    files = [(book / "chapters" / image.get("src")).resolve() for image in (light, dark)]
    assert files == [book / "_images" / name for name in ("told.svg", "told-dark.svg")]
    assert figure.xpath(".//p[@class='figure-headline']")[0].text == "Nine of ten <b>agree</b>"
    (caption,) = figure.xpath("./figcaption")
    assert "Figure 1 What is drawn, after 3 February 2001." in " ".join(
        caption.text_content().replace("#", "").split()
    )
    (details,) = caption.xpath(".//details")
    assert "The dots are <i>round</i>." in details.text_content()


def test_a_page_shows_the_drawing_in_its_own_colours_and_at_the_width_of_the_screen(book):
    (drawing,) = page(book, "told-2001-2002").xpath("//figure[@id='fig-told']//div[./picture]")
    light, dark = drawing.xpath("./picture")
    assert (light.get("class"), dark.get("class")) == ("in-light", "in-dark")
    narrow = [
        source.get("srcset") for source in drawing.xpath(".//source[contains(@media, 'max')]")
    ]
    assert [Path(name).name for name in narrow] == ["told-narrow.svg", "told-narrow-dark.svg"]
    for picture, asked in ((light, "(prefers-color-scheme: dark)"), (dark, "(not (prefers-color")):
        (without_scripts,) = picture.xpath(".//source[contains(@media, 'scripting: none')]")
        assert without_scripts.get("media").startswith(f"(scripting: none) and {asked}")
        assert without_scripts.get("srcset").startswith("data:")
    style = (book / "_static" / "report.css").read_text()
    assert re.search(r"\.figure-image \.in-dark[^{}]*\{display:none\}", style)
    assert re.search(r"\[data-theme=.?dark.?\] \.figure-image \.in-dark\{display:block\}", style)
    assert re.search(r"@media print\{[^}]*\.in-dark\{display:none\}", style)


def test_a_drawing_without_a_narrow_form_keeps_its_width_and_scrolls_with_the_keyboard():
    shown = {"id": "a", "title": "Ten", "alt": "Ten.", "source": "All.", "description": "Ten."}
    forms = {"light": ["a.svg"], "dark": ["a-dark.svg"]}
    head, _ = figures.figure_nodes(shown, forms, "index")
    (drawing,) = (node for node in head.children if "figure-image" in node["classes"])
    assert drawing["scrolls"]
    assert drawing["label"] == "Drawing: Ten"
    style = Path("_static/book.css").read_text()
    assert re.search(r"\.figure-scrolls \{[^}]*overflow-x: auto", style)
    assert re.search(r"\.figure-scrolls img \{[^}]*min-width: 36rem", style)  # 7 points: 9 pixels


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
