"""The cover, the contents, and the document that holds them and the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import E

from azpak.pdf.book import Book

LICENCE = (
    "Text, tables and figures: Creative Commons Attribution 4.0 International (CC BY 4.0). "
    "Code: BSD 3-Clause. Data of third parties keep the terms named with each resource."
)


def document(book: Book, sections: Sequence[HtmlElement]) -> HtmlElement:
    """Return the whole book: cover, contents, pages."""
    root = html.Element("html", {"lang": book.language})
    root.append(
        E.head(
            E.meta(charset="utf-8"),
            E.title(book.title),
            E.meta(name="author", content=book.author),
            E.meta(name="description", content=f"Version {book.version}"),
            # The only dates in the file: when the data were closed, never when it was printed.
            E.meta(name="dcterms.created", content=book.data_date),
            E.meta(name="dcterms.modified", content=book.data_date),
        )
    )
    root.append(E.body(cover(book), contents(sections), *sections))
    return root


def cover(book: Book) -> HtmlElement:
    """Return the cover: title, author, version, date, licence, and address where there is one."""
    title, _, subtitle = book.title.partition(": ")
    where = [book.address, f"https://doi.org/{book.doi}" if book.doi else ""]
    lines = [
        E.p(title, {"class": "cover-title"}),
        *([E.p(subtitle, {"class": "cover-subtitle"})] if subtitle else []),
        E.p(book.author, {"class": "cover-author"}),
        E.p(
            f"Version {book.version}",
            E.br(),
            f"Data as of {book.data_date_text}",
            {"class": "cover-version"},
        ),
        *(E.p(E.a(url, href=url), {"class": "cover-address"}) for url in where if url),
        E.p(LICENCE, {"class": "cover-licence"}),
    ]
    running = E.p(f"Version {book.version}, data as of {book.data_date_text}")
    running.set("class", "running-version")
    head = E.p(book.title, {"class": "running-title"})
    return E.section(head, running, *lines, {"class": "cover"})


def contents(sections: Iterable[HtmlElement]) -> HtmlElement:
    """Return the contents: parts, chapters and their sections; print.css adds the page numbers."""
    lines = E.ul({"class": "contents-list"})
    for section in sections:
        part = section.xpath("./p[contains(@class, 'opens-part')]")
        if part:
            lines.append(E.li(part[0].text, {"class": "contents-part"}))
        lines.append(_line(section.xpath(".//h1")[0], section.get("id"), "contents-chapter"))
        for heading in section.xpath(".//h2"):
            anchor = heading.get("id") or heading.getparent().get("id")
            if anchor:
                lines.append(_line(heading, anchor, "contents-section"))
    return E.nav(E.h1("Contents"), lines, {"class": "contents", "id": "contents"})


def _line(heading: HtmlElement, anchor: str, kind: str) -> HtmlElement:
    return E.li(E.a(text_of(heading), href=f"#{anchor}"), {"class": kind})


def text_of(element: HtmlElement) -> str:
    """Return an element's text on one line."""
    return " ".join(element.text_content().split())
