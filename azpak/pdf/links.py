"""Anchors that are unique in the whole book, and links that lead to them or out of the book."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urldefrag, urlsplit

from lxml.html import HtmlElement

from azpak.pdf.book import anchor_of
from azpak.pdf.pages import has_class

# Attributes that name other elements by their anchors.
REFERRING = ("headers", "for", "aria-labelledby", "aria-describedby", "aria-controls")


def join(sections: Sequence[HtmlElement], address: str = "") -> None:
    """Make the sections one document: prefix their anchors, and point their links anew.

    A link within the book leads to the printed place; one to a place that is not printed becomes
    plain text. A link to another file of the site leads to the published site, or becomes plain
    text where it has no address.

    Parameters
    ----------
    sections
        The pages, each with its name as ``data-page``.
    address
        Where the site is published, if anywhere.
    """
    for section in sections:
        _prefix(section)
    printed = {e.get("id") for section in sections for e in section.xpath(".//*[@id] | .")}
    pages = {section.get("data-page") for section in sections}
    for section in sections:
        for link in section.xpath(".//a"):
            _point(link, section.get("data-page"), pages, printed, address)
        _drop_dead_downloads(section)
        del section.attrib["data-page"]


def _prefix(section: HtmlElement) -> None:
    name = section.get("data-page")
    seen: set[str] = set()
    for element in section.xpath(".//*[@id]"):
        anchor = anchor_of(name, element.get("id"))
        if anchor in seen:  # the first of two is the one that links lead to
            del element.attrib["id"]
            continue
        seen.add(anchor)
        element.set("id", anchor)
    for attribute in REFERRING:
        for element in section.xpath(f".//*[@{attribute}]"):
            anchors = (anchor_of(name, anchor) for anchor in element.get(attribute).split())
            element.set(attribute, " ".join(anchors))
    section.set("id", anchor_of(name))


def _point(
    link: HtmlElement, page: str, pages: Iterable[str], printed: set[str], address: str
) -> None:
    href = link.get("href", "")
    if urlsplit(href).scheme or href.startswith("//"):
        return
    path, fragment = urldefrag(href)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    name = target.removesuffix(".html") if path else page
    if name in pages:
        anchor = anchor_of(name, unquote(fragment))
        if anchor in printed and href:
            link.set("href", f"#{anchor}")
            if address:  # for a chapter on its own
                link.set(
                    "data-address", f"{address}/{name}.html" + (f"#{fragment}" if fragment else "")
                )
        else:
            _unlink(link)
    elif address and not link.xpath("./img"):
        link.set("href", f"{address}/{target}" + (f"#{fragment}" if fragment else ""))
    else:
        _unlink(link)


def _unlink(link: HtmlElement) -> None:
    link.tag = "span"
    if has_download(link):
        link.set("data-unpublished", "")
    for attribute in ("href", "title", "download"):
        link.attrib.pop(attribute, None)


def has_download(link: HtmlElement) -> bool:
    """Tell whether a link offers a file to take away."""
    return "download" in link.get("class", "").split()


def _drop_dead_downloads(section: HtmlElement) -> None:
    """Drop lists of files to take away that lead nowhere, where the report has no address."""
    dead = "span[@data-unpublished and not(code)]"
    for line in section.xpath(f".//*[{has_class('figure-downloads')}][.//{dead}]"):
        line.drop_tree()
    for listed in section.xpath(f".//div[{has_class('reuse')}]/dl[dd//li//{dead}]"):
        listed.drop_tree()
    for span in section.xpath(".//span[@data-unpublished]"):
        del span.attrib["data-unpublished"]
