"""The report on two pages: ``{briefing}``, gathered from the front page and the chapters.

It has no text of its own: the answer and what is certain, claimed and unknown come from the front
page, the milestones likewise, and of each chapter the first sentences of *In brief*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak.book.domain import book_order, page_name
from azpak.book.nodes import Pending, items, link, pairs, paragraph, section, strong
from azpak.book.records import depend_on, records

WORDS = 45  # of each chapter at most, but for a longer first sentence: all fits on two pages
# A full stop, not behind an initial or in a number, and what begins the next sentence.
ENDS = re.compile(r"(?<=[\w)”’]{2}[.?!])\s+(?=[A-Z“])")
KIND = "briefing"
CITATIONS = "cite"  # the domain of citations
TOLD = ("narrative", "analysis")


class Briefing(SphinxDirective):
    """``{briefing}``: the answer, what is certain, the milestones, and each chapter in brief."""

    def run(self) -> list[nodes.Node]:
        """Return a place to fill once all pages are read."""
        depend_on(self.env, "chapters", "events")
        source = Path(self.env.srcdir)
        for path in (*sorted(source.glob("chapters/*.md")), *source.glob("*.md")):
            self.env.note_dependency(str(path))
        return [Pending("", kind=KIND)]


def fill_briefing(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the briefing."""
    for node in [p for p in doctree.findall(Pending) if p["kind"] == KIND]:
        node.replace_self(list(_briefing(app, docname)))


def _briefing(app: Sphinx, docname: str) -> Iterator[nodes.Node]:
    front = app.env.get_doctree(app.config.root_doc)
    for box in _boxes(front, "front-answer"):
        yield paragraph(strong(_said(box)))
    for box in _boxes(front, "front-states"):
        yield pairs(
            (_said(item[0]), paragraph(_said(item[1])))
            for item in box.findall(nodes.definition_list_item)
        )
    yield section("Chapter by chapter", "briefing-chapters", items(_chapters(app, docname)))
    lines = [
        paragraph(_milestone(item))
        for listed in front.findall(nodes.bullet_list)
        if "milestones" in listed["classes"]
        for item in listed
    ]
    yield section("Milestones", "briefing-milestones", items(lines))


def _chapters(app: Sphinx, docname: str) -> Iterator[nodes.Node]:
    chapters = records().chapters
    for page in book_order(app.env):
        name = page_name(page)
        if name not in chapters.index or chapters.at[name, "kind"] not in TOLD:
            continue
        said = first_sentences(_brief(app.env.get_doctree(page)))
        if said:
            uri = app.builder.get_relative_uri(docname, page)
            title = app.env.titles[page].astext()
            mark = "" if title.endswith("?") else "."
            yield paragraph(link(uri, title), f"{mark} {said}")


def _brief(doctree: nodes.document) -> str:
    """Return the first paragraph of a chapter's section *In brief*."""
    for found in doctree.findall(nodes.section):
        if any(name.endswith("-brief") for name in found["names"]):
            return _said(next(iter(found.findall(nodes.paragraph)), None))
    return ""


def _boxes(doctree: nodes.document, name: str) -> Iterator[nodes.Element]:
    return (box for box in doctree.findall(nodes.container) if name in box["classes"])


def _said(node: nodes.Node | None) -> str:
    """Return the words of a part, without its citations."""
    if node is None:
        return ""
    part = node.deepcopy()
    for cited in list(part.findall(addnodes.pending_xref)):
        if cited["refdomain"] == CITATIONS:
            cited.parent.remove(cited)
    return " ".join(part.astext().split()).replace(" .", ".")


def _milestone(item: nodes.list_item) -> str:
    """Return date, event and, where it is not high, the confidence of a milestone."""
    (line,) = item.children
    date, *rest = (n for n in line.children if not isinstance(n, nodes.Text))
    title, *badge = (n.astext() for n in rest)
    return f"{date.astext()}: {title}{f' ({badge[0]})' if badge else ''}"


def first_sentences(text: str, words: int = WORDS) -> str:
    """Return as many first sentences of a text as fit, at least one.

    Brackets are left out: they hold links and asides.
    """
    first, *others = ENDS.split(re.sub(r"\s\([^()]*\)", "", text))
    for sentence in others:
        if len(f"{first} {sentence}".split()) > words:
            break
        first = f"{first} {sentence}"
    return first


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("briefing", Briefing)
    app.connect("doctree-resolved", fill_briefing)
