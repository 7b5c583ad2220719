"""The values that cells name with `say`: shown in sentences, kept for ``values.json``.

Each cell hands its values over in one output. On the page it shows nothing; the section it stands
in is that of the sentences that use them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from azpak.book.domain import report_domain
from azpak.book.downloads import FOLDER
from azpak.book.metadata import publication
from azpak.book.provenance import computed_from
from azpak.book.unchanged import wrote
from azpak.output import mime
from azpak.publication import Publication

FILE = "values.json"
KEYS = ("section", "name", "text", "raw", "unit", "computed_from", "tables")


class SaidNode(nodes.Element):
    """Where a cell named values; taken away when its section is known."""


class ValuesRenderer:
    """Renders the values of a cell as nothing (entry point ``myst_nb.mime_renderers``)."""

    mime_priority_overrides: ClassVar = [("*", mime.VALUES, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: int
    ) -> list[nodes.Node] | None:
        """Return a node that holds the values, or None for any other output."""
        if inline or data.mime_type != mime.VALUES:
            return None
        return [SaidNode("", payload=data.content)]


class CollectValues(SphinxTransform):
    """Note the values of every cell with the section it stands in, and take the node away."""

    default_priority = 880

    def apply(self, **_: Any) -> None:
        """Collect the values of the page being read."""
        noted = report_domain(self.env).page(self.env.docname)["values"]
        for node in list(self.document.findall(SaidNode)):
            payload = _plain(node["payload"])
            section, origins = _section(node), computed_from(_code(node))
            for name, value in payload["values"].items():
                noted.append({"section": section, "name": name, **value,
                              "computed_from": origins.get(name, ""),
                              "tables": payload["tables"]})  # fmt: skip
            node.replace_self(nodes.comment("", ""))


def _plain(payload: Any) -> dict[str, Any]:
    return json.loads(payload) if isinstance(payload, str | bytes) else payload


def _code(node: nodes.Node) -> str:
    """Return the code of the cell that a node is an output of."""
    cell = node.parent
    while cell is not None and cell.get("nb_element") != "cell_code":
        cell = cell.parent
    sources = (n for n in cell or () if n.get("nb_element") == "cell_code_source")
    return "\n".join(source.astext() for source in sources)


def _section(node: nodes.Node) -> str:
    """Return the explicit label of the section around a node."""
    around = node.parent
    while around is not None and not isinstance(around, nodes.section):
        around = around.parent
    names = around["names"] if around is not None else ()
    document = node.document
    return next((document.nameids[n] for n in names if document.nametypes.get(n)), "")


def write_values(app: Sphinx, exception: Exception | None) -> None:
    """Write ``values.json``: every number of the prose as data, in the order of the book."""
    if not wrote(app, exception):
        return
    target = Path(app.outdir) / FOLDER / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(values_text(app.env, publication(app.config)), encoding="utf-8")


def values_text(env: BuildEnvironment, book: Publication) -> str:
    """Return the values of all chapters as JSON, a line a value.

    Each has ``chapter``, ``section`` (its label), ``name``, ``text`` (as printed), ``raw``,
    ``unit`` (empty where the sentence says it), ``computed_from`` (the expression, see
    `azpak.book.provenance`) and ``tables`` (what its cell had read). Before them stand the version
    and, where one is known, the address of the chapters, to which tables of a notebook link.
    """
    lines = [
        json.dumps(
            {"chapter": docname.rsplit("/", 1)[-1], **{k: value[k] for k in KEYS}},
            ensure_ascii=False,
        )
        for docname, page in report_domain(env).pages()
        for value in page.get("values", ())
    ]
    known = {"version": book.version, "pages": book.chapters_address}
    head = ", ".join(f'"{name}": {json.dumps(said)}' for name, said in known.items() if said)
    return f'{{{head}, "values": [\n' + ",\n".join(lines) + "\n]}\n"


def setup(app: Sphinx) -> None:
    """Register the collecting, and the file written with the pages."""
    app.add_node(SaidNode)
    app.add_transform(CollectValues)
    app.connect("build-finished", write_values)
