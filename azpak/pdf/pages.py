"""One built page, made ready for print: without what only a screen can use."""

from __future__ import annotations

import copy
from pathlib import Path

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from azpak.pdf.book import Entry, PdfError

# What has no use on paper, as XPath within the article of a page.
SCREEN_ONLY = (
    "//a[@class='headerlink'] | //a[contains(@class, 'permalink')]",
    "//picture[contains(@class, 'in-dark')]",  # the light one stands beside it
    # Each figure stands in its chapter, and can be read there.
    "//*[contains(@class, 'gallery-picture') or contains(@class, 'gallery-files')]",
    "//script | //style | //button | //input | //form | //noscript | //template",
    "//*[contains(@class, 'cell_input')]",
    "//details[contains(@class, '-input')]",
    "//details[contains(@class, 'how-computed')]",
    "//*[contains(@class, 'code-switch')]",
    "//div[@class='reuse']/details",  # citation formats, to be copied from the page
    "//section[.//*[contains(@class, 'live-map')]][.//ul[contains(@class, 'place-events')]]"
    "[not(.//section)]",  # a map of one year each, with its list
    "//*[contains(@class, 'toctree-wrapper')]",
    "//*[contains(@class, 'prev-next')]",
    "//*[contains(@class, 'backrefs')]",
    "//*[contains(@class, 'pdf-files')]",  # links to the very file
    "//comment()",
)
# Elements that say nothing that report.typ uses.
PLAIN = (
    "//span[@class='pre' or starts-with(@class, 'row-')]",
    "//*[self::td or self::th or self::li]/p[not(@id) and not(@class) and count(../*) = 1]",
)


def has_class(name: str) -> str:
    """Return an XPath test for one class among several."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


FOOT_RULE = f".//hr[{has_class('footnotes')}]"


def read_page(site: Path, entry: Entry) -> HtmlElement:
    """Return a built page as a section, ready for print.

    Parameters
    ----------
    site
        The folder of built pages.
    entry
        The page. The section bears its name as ``data-page``; part and anchors follow from it.

    Raises
    ------
    PdfError
        If the page is not there or has no article.
    """
    path = site / f"{entry.name}.html"
    article = _article(path)
    for expression in SCREEN_ONLY:
        for element in article.xpath(f".{expression}"):
            element.drop_tree()
    set_footnotes(article)
    unfold(article)
    _place_images(article, site, path)
    for expression in PLAIN:
        for element in article.xpath(f".{expression}"):
            if not element.get("id"):
                element.drop_tag()
    return _section(article, entry, path)


def set_footnotes(article: HtmlElement) -> None:
    """Put each footnote where it is called, which is where Typst wants it."""
    notes = {note.get("id"): note for note in article.xpath(f".//aside[{has_class('footnote')}]")}
    for call in article.xpath(f".//a[{has_class('footnote-reference')}]"):
        note = notes.get(call.get("href", "").removeprefix("#"))
        if note is not None:
            shown = _page_note(note)
            shown.tail, call.tail = call.tail, None
            call.addnext(shown)
            call.drop_tree()
    for leftover in article.xpath(f".//aside[contains(@class, 'footnote')] | {FOOT_RULE}"):
        leftover.drop_tree()


def _page_note(note: HtmlElement) -> HtmlElement:
    shown = html.Element("span", {"class": "page-note"})
    for n, paragraph in enumerate(note.xpath("./p")):
        line = copy.deepcopy(paragraph)
        line.tag, line.tail = "span", None
        if n:
            line.set("class", "page-note-paragraph")
        for anchored in line.xpath(".//*[@id]"):  # a note may be called twice
            del anchored.attrib["id"]
        shown.append(line)
    return shown


def unfold(article: HtmlElement) -> None:
    """Show what the page folds away: print has no triangle to press."""
    for summary in article.xpath(".//summary"):
        of_event = "event-evidence" in summary.getparent().get("class", "")
        summary.tag = "p"
        summary.set("class", "event-facts" if of_event else "unfolded")
    for details in article.xpath(".//details"):
        details.tag = "div"
        details.attrib.pop("open", None)


def _article(path: Path) -> HtmlElement:
    try:
        text = path.read_bytes()
    except OSError:
        way_out = "Build the pages first: make html"
        raise PdfError("there is no such page", file=path, way_out=way_out) from None
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))
    except ParserError:
        root = html.Element("html")
    found = root.xpath(f"//article[{has_class('bd-article')}]")
    if not found or not found[0].xpath(".//h1"):
        raise PdfError("the page has no article with a title", file=path)
    return found[0]


def _place_images(article: HtmlElement, site: Path, path: Path) -> None:
    """Give every image its address from the site's root."""
    for image in article.xpath(".//img[@src]"):
        source = image.get("src")
        if source.startswith("data:"):
            continue
        found = (path.parent / source).resolve()
        if not found.is_file():
            raise PdfError("the page shows an image that is not there", file=path, value=source)
        image.set("src", found.relative_to(site.resolve()).as_posix())


def _section(article: HtmlElement, entry: Entry, path: Path) -> HtmlElement:
    name = entry.name.rsplit("/", 1)[-1]
    section = html.Element("section", {"class": f"page page-{name}", "data-page": entry.name})
    for child in article:
        section.append(child)
    return section
