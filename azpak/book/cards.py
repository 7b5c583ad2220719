"""Each cell of a table knows the head of its column, so that a phone can show rows as cards.

The stylesheet does the rest, by one rule for all tables; print and wide screens keep the table.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def visit_entry(translator: HTML5Translator, node: nodes.entry) -> None:
    """Open a cell, with the words of its head as ``data-label``."""
    HTML5Translator.visit_entry(translator, node)
    label = head_of(node, node.parent.column - 1)
    if label:
        opened = translator.body[-1]
        translator.body[-1] = opened.replace("<td", f'<td data-label="{escape(label)}"', 1)


def depart_entry(translator: HTML5Translator, node: nodes.entry) -> None:
    """Close a cell."""
    HTML5Translator.depart_entry(translator, node)


def head_of(cell: nodes.entry, column: int) -> str:
    """Return the words above a cell of the body; nothing for a cell of the head."""
    group = cell.parent.parent.parent
    head = next(iter(group.findall(nodes.thead)), None)
    if head is None or cell.parent.parent is head:
        return ""
    return head[0][column].astext()


def setup(app: Sphinx) -> None:
    """Write cells so."""
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
