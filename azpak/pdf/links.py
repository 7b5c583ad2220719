"""Anchors that are unique in the whole book, and links that lead to them or out of the book."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import unquote

from lxml.html import HtmlElement

from azpak.pdf.book import anchor_of
from azpak.pdf.pages import has_class

# Attributes that name other elements by their anchors.
REFERRING = ("headers", "for", "aria-labelledby", "aria-describedby", "aria-controls")
REFERS = f"descendant::*[{' or '.join(f'@{attribute}' for attribute in REFERRING)}]"
ELSEWHERE = re.compile("[a-zA-Z][a-zA-Z0-9+.-]*:|//")  # how an address of another site begins


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
    printed = set().union(*(_prefix(section) for section in sections))
    pages = {section.get("data-page") for section in sections}
    for section in sections:
        for link in list(section.iter("a")):
            _point(link, section.get("data-page"), pages, printed, address)
        _drop_dead_downloads(section)
        del section.attrib["data-page"]


def _prefix(section: HtmlElement) -> set[str]:
    """Prefix the anchors of a page; return them."""
    name = section.get("data-page")
    seen: set[str] = set()
    for element in section.xpath("descendant::*[@id]"):
        anchor = anchor_of(name, element.get("id"))
        if anchor in seen:  # the first of two is the one that links lead to
            del element.attrib["id"]
            continue
        seen.add(anchor)
        element.set("id", anchor)
    for element in section.xpath(REFERS):
        for attribute in REFERRING:
            if named := element.get(attribute):
                element.set(attribute, " ".join(anchor_of(name, a) for a in named.split()))
    section.set("id", anchor_of(name))
    return seen | {anchor_of(name)}


def _point(
    link: HtmlElement, page: str, pages: Iterable[str], printed: set[str], address: str
) -> None:
    href = link.get("href", "")
    if ELSEWHERE.match(href):
        return
    path, _, fragment = href.partition("#")
    target = _file(page, path)
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


@lru_cache(maxsize=10_000)
def _file(page: str, path: str) -> str:
    """Return the file that a path on a page names, from the site's root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))


def _unlink(link: HtmlElement) -> None:
    link.tag = "span"
    if has_download(link):
        link.set("data-unpublished", "")
    for attribute in ("href", "title", "download"):
        link.attrib.pop(attribute, None)


def has_download(link: HtmlElement) -> bool:
    """Tell whether a link offers a file to take away."""
    return "download" in link.get("class", "").split()


# What lists files to take away, as XPath from a link.
LISTS = (
    f"ancestor::*[{has_class('figure-downloads')}] | "
    f"ancestor::dl[parent::div[{has_class('reuse')}]]"
)


def _drop_dead_downloads(section: HtmlElement) -> None:
    """Drop lists of files to take away that lead nowhere, where the report has no address."""
    dead = section.xpath("descendant::span[@data-unpublished]")
    lists = [listed for span in dead if span.find("code") is None for listed in span.xpath(LISTS)]
    for span in dead:
        del span.attrib["data-unpublished"]
    for listed in dict.fromkeys(lists):
        listed.drop_tree()
