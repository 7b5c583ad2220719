"""The few document nodes the pages need beyond those of docutils, and short ways to build them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

Content = nodes.Node | str
TAGS = frozenset({
    "div", "article", "aside", "details", "summary",
    "form", "fieldset", "legend", "label", "input", "select", "option", "button", "output",
    "ul", "li",
})  # fmt: skip
MAY_STAY_TEXT = ("ruling", "term", "told")  # rows that not every book has on a page of their own
WITHOUT_CONTENT = frozenset({"input"})


class Block(nodes.General, nodes.Element):
    """An HTML element that holds other nodes.

    ``tag`` names it; ``scrolls`` says that it may scroll, so that the keyboard must reach it;
    ``label`` is what it is called where it is read out; ``attributes`` are any others.
    """


class Pending(nodes.General, nodes.Element):
    """A place that is filled once all pages are read; ``kind`` names what belongs there."""


def visit_block(translator, node: Block) -> None:
    """Open the element."""
    attributes = {"tabindex": "0"} if node.get("scrolls") else {}
    if node.get("label"):
        attributes |= {"role": "group", "aria-label": node["label"]}
    attributes |= node.get("attributes", {})
    translator.body.append(translator.starttag(node, node["tag"], **attributes))


def depart_block(translator, node: Block) -> None:
    """Close the element."""
    if node["tag"] not in WITHOUT_CONTENT:
        translator.body.append(f"</{node['tag']}>\n")


def _pass(translator, node: nodes.Node) -> None:
    """Show the content alone, where the output is not HTML."""


def block(tag: str, *content: Content, classes: Sequence[str] = (), **attributes) -> Block:
    """Return an element of `tag` with `content`."""
    if tag not in TAGS:
        raise ValueError(f"not a tag that a block may have: {tag}")
    node = Block("", tag=tag, classes=list(classes), **attributes)
    node.extend(_text(item) for item in content)
    return node


def paragraph(*content: Content, classes: Sequence[str] = ()) -> nodes.paragraph:
    """Return a paragraph."""
    node = nodes.paragraph("", "", classes=list(classes))
    node.extend(_text(item) for item in content)
    return node


def span(text: str, *classes: str) -> nodes.inline:
    """Return a run of text with classes."""
    return nodes.inline(text, text, classes=list(classes))


def strong(text: str) -> nodes.strong:
    """Return strong text."""
    return nodes.strong(text, text)


def code(text: str) -> nodes.literal:
    """Return code within a line."""
    return nodes.literal(text, text)


def link(uri: str, *content: Content, classes: Sequence[str] = ()) -> nodes.reference:
    """Return an ordinary link; only http and relative addresses become one."""
    internal = not uri.startswith(("http://", "https://"))
    node = nodes.reference("", "", refuri=uri, internal=internal, classes=list(classes))
    node.extend(_text(item) for item in content)
    return node


def row_link(kind: str, key: str, text: str, docname: str) -> addnodes.pending_xref:
    """Return a link to the anchor of a row (an event, a claim, a ruling, a source)."""
    node = addnodes.pending_xref(
        "", refdomain="azpak", reftype=kind, reftarget=key, refdoc=docname, refexplicit=False
    )
    node += span(text, f"row-{kind}") if kind in MAY_STAY_TEXT else nodes.Text(text)
    return node


def items(entries: Iterable[nodes.Node], classes: Sequence[str] = ()) -> nodes.bullet_list:
    """Return a list; every entry is a paragraph or a list item."""
    node = nodes.bullet_list("", classes=list(classes))
    for entry in entries:
        is_item = isinstance(entry, nodes.list_item)
        node += entry if is_item else nodes.list_item("", entry)
    return node


def pairs(entries: Iterable[tuple[str, Content]], classes: Sequence[str] = ()) -> nodes.Element:
    """Return a list of terms and what is said of each; empty ones are left out."""
    node = nodes.definition_list("", classes=list(classes))
    for term, content in entries:
        if not content:
            continue
        body = content if isinstance(content, nodes.Body) else paragraph(content)
        node += nodes.definition_list_item("", nodes.term(term, term), nodes.definition("", body))
    return node


def table(
    head: Sequence[str], rows: Iterable[Sequence[Content]], classes: Sequence[str] = ()
) -> nodes.table:
    """Return a table; every column has a name, no cell of the head is empty."""
    node = nodes.table("", classes=["report-table", *classes])
    group = nodes.tgroup("", cols=len(head))
    group.extend(nodes.colspec("", colwidth=1) for _ in head)
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(row) for row in rows))
    node += group
    return node


def section(title: str, anchor: str, *content: nodes.Node) -> nodes.section:
    """Return a section with a heading and a permanent anchor."""
    node = nodes.section("", nodes.title(title, title), ids=[anchor], names=[anchor])
    node.extend(content)
    return node


def _row(cells: Sequence[Content]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        body = cell if isinstance(cell, nodes.Body) else paragraph(cell)
        row += nodes.entry("", body)
    return row


def _text(item: Content) -> nodes.Node:
    return nodes.Text(item) if isinstance(item, str) else item


def setup(app: Sphinx) -> None:
    """Register the nodes."""
    others = dict.fromkeys(("latex", "text", "man", "texinfo"), (_pass, _pass))
    app.add_node(Block, html=(visit_block, depart_block), **others)
    app.add_node(Pending, html=(_pass, _pass), **others)
