"""The gallery: every figure of the report as a small picture with its headline, by subject.

The form is that of the lists that a reader narrows; without scripts the headings stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from docutils import nodes
from docutils.utils.smartquotes import smartyPants
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak.book.domain import page_name, report_domain
from azpak.book.downloads import EXPORTS, figure_uri
from azpak.book.explorer import Choice, form
from azpak.book.nodes import Pending, block, link, paragraph, section
from azpak.book.pictures import empty_for_others
from azpak.book.thumbnails import NEEDED_BY, SIZE, thumbnail_uri
from azpak.vocabulary import SUBJECTS

ENTRY = "gallery-figure"


class Gallery(SphinxDirective):
    """``{gallery}``: the form and a section for each subject, filled once all pages are read."""

    def run(self) -> list[nodes.Node]:
        """Return the places to fill."""
        return [
            Pending("", kind=NEEDED_BY, subject=""),
            *(
                section(title, f"gallery-{subject}", Pending("", kind=NEEDED_BY, subject=subject))
                for subject, title in SUBJECTS.items()
            ),
        ]


def fill_gallery(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the form and the figures."""
    for node in [p for p in doctree.findall(Pending) if p["kind"] == NEEDED_BY]:
        if node["subject"]:
            shown = [_entry(app, docname, each) for each in figures(app, node["subject"])]
            node.replace_self(block("div", *shown, classes=["gallery"]))
        else:
            node.replace_self(_form(app))


class Shown(NamedTuple):
    """A figure where the book shows it first."""

    figure: str
    page: str
    anchor: str
    headline: str
    alt: str
    subject: str


def figures(app: Sphinx, subject: str = "") -> Iterator[Shown]:
    """Iterate over the figures of one subject or of all, in the order of the book."""
    seen = set()
    for page, noted in report_domain(app.env).pages():
        for figure in noted["figures"]:
            if figure in seen:
                continue
            seen.add(figure)
            words = noted["words_of_figures"][figure]
            if subject in ("", words["subject"]):
                anchor = next(a for a, found in noted["figures_at"].items() if found == figure)
                yield Shown(figure, page, anchor, **words)


def _form(app: Sphinx) -> nodes.Element:
    pages = dict.fromkeys(shown.page for shown in figures(app))
    chapters = {_tag(page): app.env.titles[page].astext() for page in pages}
    return form(
        "figure",
        "Find in the headlines",
        [Choice("subject", "Subject", SUBJECTS), Choice("chapter", "Chapter", chapters)],
        {},
        {"headline": ".gallery-headline"},
        entries=ENTRY,
    )


def _entry(app: Sphinx, docname: str, shown: Shown) -> nodes.Element:
    address = app.builder.get_relative_uri(docname, shown.page)
    files = paragraph(classes=["gallery-files"])
    for n, (kind, name) in enumerate(EXPORTS.items()):
        files += [nodes.Text(", ")] if n else []
        files += link(figure_uri(docname, shown.figure, kind), name, classes=["download"])
    chapter = link(address, app.env.titles[shown.page].astext())
    return block(
        "article",
        _picture(docname, shown),
        paragraph(link(f"{address}#{shown.anchor}", smartyPants(shown.headline, "q")),
                  classes=["gallery-headline"]),
        paragraph(chapter, classes=["gallery-chapter"]),
        files,
        classes=[ENTRY],
        attributes={"data-id": shown.figure, "data-tags": f"{shown.subject} {_tag(shown.page)}"},
    )  # fmt: skip


def _tag(page: str) -> str:
    return f"in-{page_name(page)}"


def _picture(docname: str, shown: Shown) -> nodes.Node:
    """Return the small picture in both palettes."""
    wide, high = SIZE
    drawn = (
        f'<picture class="in-{palette}">{empty_for_others(palette)}'
        f'<img class="dark-light" src="{escape(thumbnail_uri(docname, shown.figure, palette))}"'
        f' alt="{escape(shown.alt)}" loading="lazy" decoding="async"'
        f' width="{wide}" height="{high}"></picture>'
        for palette in ("light", "dark")
    )
    html = f'<div class="gallery-picture">{"".join(drawn)}</div>'
    return nodes.raw("", html, format="html")


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("gallery", Gallery)
    app.connect("doctree-resolved", fill_gallery)
