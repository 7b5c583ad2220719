"""One built page, made ready for print: without what only a screen can use."""

from __future__ import annotations

import copy
import re
from pathlib import Path

from lxml import etree, html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from azpak.pdf.book import Entry, PdfError

# What has no use on paper: elements by their tags, and by their classes.
SCREEN_TAGS = frozenset((
    "script", "style", "button", "input", "form", "noscript", "template", etree.Comment,
))  # fmt: skip
SCREEN_CLASSES = {
    "a": re.compile("^headerlink$|permalink"),
    "picture": re.compile("in-dark"),  # the light one stands beside it
    "details": re.compile("-input|how-computed"),
    # Each figure of the gallery stands in its chapter, and can be read there. The last are links to
    # the very file.
    None: re.compile(
        "gallery-picture|gallery-files|cell_input|code-switch|toctree-wrapper|prev-next|backrefs|"
        "pdf-files"
    ),
}
SCREEN_ONLY = (
    ".//div[@class='reuse']/details",  # citation formats, to be copied from the page
    ".//*[contains(@class, 'live-map')]/ancestor::section[not(.//section)]"
    "[.//ul[contains(@class, 'place-events')]]",  # a map of one year each, with its list
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
    _drop_screen_only(article)
    set_footnotes(article)
    unfold(article)
    _place_images(article, site, path)
    for expression in PLAIN:
        for element in article.xpath(f".{expression}"):
            if not element.get("id"):
                element.drop_tag()
    return _section(article, entry, path)


def _drop_screen_only(article: HtmlElement) -> None:
    found = [element for element in article.iter() if _is_screen_only(element)]
    for expression in SCREEN_ONLY:
        found += article.xpath(expression)
    for element in found:
        element.drop_tree()


def _is_screen_only(element: HtmlElement) -> bool:
    if element.tag in SCREEN_TAGS:
        return True
    classes = element.get("class")
    if not classes:
        return False
    own = SCREEN_CLASSES.get(element.tag)
    return bool(SCREEN_CLASSES[None].search(classes) or (own and own.search(classes)))


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
