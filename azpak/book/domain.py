"""What the pages say of rows: where each is anchored and used, and which ids are unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.nodes import make_refnode

from azpak.book.nodes import Pending

USE = "row-use"
# The pages that list rows of a kind, each under a permanent anchor.
HOMES = {"ruling": "contradictions", "term": "glossary"}


class UnknownRow(SphinxError):
    """A page names rows that are not in the data."""

    category = "Unknown ids"


class ReportDomain(Domain):
    """Anchors and uses of rows, kept page by page so that pages can be read in parallel."""

    name = "azpak"
    label = "Rows of the report"
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}
    data_version = 2
    _homes: dict[tuple[str, str], tuple[str, str]] | None = None  # once all pages are read

    def page(self, docname: str) -> dict[str, Any]:
        """Return what is noted of a page."""
        empty = {"anchors": {}, "uses": [], "unknown": [], "figures": [], "tables": {},
                 "values": [], "captions": [], "pending": []}  # fmt: skip
        return self.data["pages"].setdefault(docname, empty)

    def pages(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Iterate over the pages in the order of the book."""
        order = {name: n for n, name in enumerate(book_order(self.env))}
        noted = self.data["pages"]
        yield from ((d, noted[d]) for d in sorted(noted, key=lambda d: (order.get(d, 999), d)))

    def anchor(self, kind: str, key: str, anchor: str) -> str:
        """Note that the page being read holds the anchor of a row; return the anchor."""
        self._homes = None
        self.page(self.env.docname)["anchors"][kind, key] = anchor
        return anchor

    def note_figure(self, figure_id: str, headline: str, alt: str, subject: str) -> None:
        """Note that the page being read shows a figure, its words and what it is about."""
        page = self.page(self.env.docname)
        words = {"headline": headline, "alt": alt, "subject": subject}
        page.setdefault("words_of_figures", {})[figure_id] = words
        figures = page["figures"]
        if figure_id not in figures:
            figures.append(figure_id)

    def note_table(self, name: str, text: str) -> None:
        """Note the rows that the page being read offers; the name is that of a label, so unique."""
        self.page(self.env.docname)["tables"][name] = text

    def unknown(self, kind: str, key: str, line: int | None, known: Iterable[str]) -> None:
        """Note an id that is in no table, with the nearest that are."""
        place = f"{self.env.doc2path(self.env.docname, False)}:{line or 1}"
        near = get_close_matches(key, list(known), n=3, cutoff=0.5)
        hint = f"the nearest are {', '.join(near)}" if near else "none is like it"
        self.page(self.env.docname)["unknown"].append(f"{place}: unknown {kind} {key!r}; {hint}")

    def uses(self, event_id: str) -> list[tuple[str, str, str]]:
        """Return page, anchor and section of each place that uses an event."""
        return [
            (docname, anchor, section)
            for docname, page in self.pages()
            for used, anchor, section in page["uses"]
            if used == event_id
        ]

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._homes = None
        self.data["pages"].pop(docname, None)

    def merge_domaindata(self, docnames: list[str], otherdata: dict) -> None:
        """Take over the pages another process read."""
        self._homes = None
        for docname in docnames:
            if docname in otherdata["pages"]:
                self.data["pages"][docname] = otherdata["pages"][docname]

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note uses, captions and pending places of a page that was read."""
        page = self.page(docname)
        for node in document.findall(nodes.inline):
            if USE in node["classes"]:
                page["uses"].append((node["event"], node["ids"][0], section_title(node)))
        for node in document.findall(nodes.Element):
            if isinstance(node, nodes.figure | nodes.table) and node["ids"]:
                caption = next(node.findall(_is_caption), None)
                if caption is not None:
                    kind = "figure" if isinstance(node, nodes.figure) else "table"
                    page["captions"].append((kind, node["ids"][0], caption.astext()))
                for figure_id in _drawn_in(node):
                    page.setdefault("figures_at", {})[node["ids"][0]] = figure_id
        open_to_links(env, docname, document)
        page["pending"] = sorted({node["kind"] for node in document.findall(Pending)})

    def resolve_xref(
        self, env, fromdocname, builder, typ, target, node: addnodes.pending_xref, contnode
    ) -> nodes.Node | None:
        """Return the link to the anchor of a row.

        What leads to a page that is not in this book stays as text; the data are never wrong for
        that. A ruling told on the same page is linked there, any other in the ledger.
        """
        if typ == "ruling-told":
            here = ("told", f"{page_name(fromdocname)}/{target}")
            told = here in self.page(fromdocname)["anchors"]
            typ, target = here if told else ("ruling", target)
        if self._homes is None:
            self._homes = {}
            for docname, page in self.pages():
                for row, anchor in page["anchors"].items():
                    self._homes.setdefault(row, (docname, anchor))
        if (typ, target) in self._homes:
            title = node.get("reftitle")
            return make_refnode(builder, fromdocname, *self._homes[typ, target], contnode, title)
        home = target.split("/")[0] if typ == "told" else HOMES.get(typ)
        missing = home and home not in map(page_name, env.found_docs)
        return contnode if missing else None

    def resolve_any_xref(self, *_) -> list:
        """Rows are never meant by a link that names no kind."""
        return []

    def check_consistency(self) -> None:
        """Stop the build when a page names a row that is in no table."""
        faults = [fault for _, page in self.pages() for fault in page["unknown"]]
        if faults:
            raise UnknownRow("\n".join(faults))


def book_order(env: BuildEnvironment) -> list[str]:
    """Return the pages in reading order."""
    order, seen = [], set()

    def walk(docname: str) -> None:
        if docname not in seen:
            seen.add(docname)
            order.append(docname)
            for child in env.toctree_includes.get(docname, ()):
                walk(child)

    walk(env.config.root_doc)
    return order


def page_name(docname: str) -> str:
    """Return the name of a page without its folder, which is the id of a chapter."""
    return docname.rsplit("/", 1)[-1]


def report_domain(env: BuildEnvironment) -> ReportDomain:
    """Return the domain of a build."""
    return env.get_domain("azpak")  # type: ignore[return-value]


def open_to_links(env: BuildEnvironment, docname: str, document: nodes.document) -> None:
    """Let Markdown links reach every anchor of a page: ``[trade](codebook.md#table-trade)``.

    MyST knows the anchors it made of headings only, neither labels nor generated ones.
    """
    known = env.metadata[docname].setdefault("myst_slugs", {})
    for node in document.findall(nodes.Element):
        for anchor in node["ids"]:
            known.setdefault(anchor, (node.line or 0, anchor, section_title(node)))


def section_title(node: nodes.Node) -> str:
    """Return the heading of the section a node stands in."""
    while node is not None:
        if isinstance(node, nodes.section):
            return node[0].astext()
        node = node.parent
    return ""


def _drawn_in(node: nodes.Element) -> Iterator[str]:
    """Iterate over the figures that stand in a node; the anchor of one need not have its name."""
    yield from (part["figure"] for part in node.findall(nodes.Element) if part.get("figure"))


def _is_caption(node: nodes.Node) -> bool:
    inside = isinstance(node.parent, nodes.figure | nodes.table)
    return inside and isinstance(node, nodes.caption | nodes.title)
