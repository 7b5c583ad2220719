"""The code of a section: one quiet fold at its end, and a switch that opens all of a page.

A cell with the tag ``hide-input`` is computing that a reader may open; one with ``remove-cell``
imports and sets up, and is on no page. The PDF has neither code nor switch.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from azpak.book.nodes import block

BEFORE_MYST_NB = 198  # which puts each cell into a fold of its own at 199
SUMMARY = "How this is computed"
SWITCH = (
    '<p class="code-switch"><button type="button" aria-pressed="false">Show all code</button></p>'
)


class FoldCode(SphinxPostTransform):
    """Gather the code of each section in a closed fold at its end."""

    default_priority = BEFORE_MYST_NB
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Rearrange the cells of the page."""
        folds = 0
        for section in list(self.document.findall(nodes.section)):
            sources = [source for cell in _cells(section) for source in _taken(cell)]
            if sources:
                fold = block("details", block("summary", SUMMARY), *sources,
                             classes=["how-computed"])  # fmt: skip
                section.insert(_end(section), fold)
                folds += 1
        title = next(iter(self.document.findall(nodes.title)), None)
        if folds and title is not None:
            title.parent.insert(title.parent.index(title) + 1, nodes.raw("", SWITCH, format="html"))


def _cells(section: nodes.section) -> Iterator[nodes.container]:
    """Yield the folded cells that stand in the section itself and in none of its sections."""
    for cell in list(section.findall(nodes.container)):
        if cell.get("nb_element") != "cell_code" or cell.get("hide_mode") != "input":
            continue
        around = cell.parent
        while not isinstance(around, nodes.section):
            around = around.parent
        if around is section:
            yield cell


def _taken(cell: nodes.container) -> list[nodes.Node]:
    """Take the code out of a cell, and the cell away if it shows nothing else."""
    sources = [n for n in cell if n.get("nb_element") == "cell_code_source"]
    for source in sources:
        cell.remove(source)
    if not any(_shows(n) for n in cell):
        cell.parent.remove(cell)
    return sources


def _shows(node: nodes.Node) -> bool:
    """Return whether a reader sees anything of a node."""
    seen = (nodes.Text, nodes.image, nodes.raw)
    return any(
        isinstance(n, seen) and not isinstance(n.parent, nodes.comment) for n in node.findall()
    )


def _end(section: nodes.section) -> int:
    """Return where the section's own content ends."""
    inner = (n for n, child in enumerate(section) if isinstance(child, nodes.section))
    return next(inner, len(section))


def setup(app: Sphinx) -> None:
    """Register the rearranging and the script of the switch."""
    app.add_post_transform(FoldCode)
    app.add_js_file("code.js", loading_method="defer")
