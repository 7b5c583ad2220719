"""A figure on its page: headline, image with its own alt text, caption, description, downloads.

The figure object of a cell hands over everything as one MIME output, so it survives the cache.
The caption and the label come from the cell::

    ```{code-cell} ipython3
    ---
    tags: [remove-input]
    mystnb:
      figure:
        caption: "What is drawn, from when to when. {event}`1992-x` and {glue:text}`n` work here."
        name: fig-recognition-sequence
    ---
    recognition.sequence()
    ```

``{numref}`fig-recognition-sequence` `` refers to it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from azpak.book import page_drawings
from azpak.book.domain import report_domain
from azpak.book.downloads import EXPORTS, figure_uri
from azpak.book.nodes import block, link, paragraph, span
from azpak.book.pictures import pictures
from azpak.output import mime

# What the signs of the map of a page mean.
SIGNS = {
    "place": "events of a place; the larger, the more",
    "route": "route",
    "control": "Line of Control in Jammu and Kashmir",
    "disputed": "disputed area",
}
MAPS = "places"  # the subject of maps, which are wider than the text on wide screens
AFTER_MIME_TYPES = 5  # myst-nb chooses among MIME outputs at 4


class FigureRenderer:
    """Renders the MIME output of a report figure (entry point ``myst_nb.mime_renderers``)."""

    mime_priority_overrides: ClassVar = [("*", mime.FIGURE, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: int
    ) -> list[nodes.Node] | None:
        """Return the figure's nodes, or None for any other output."""
        if inline or data.mime_type != mime.FIGURE:
            return None
        payload = data.content
        if "live" in payload:
            return [live_map(payload), map_key()]
        env = renderer.renderer.sphinx_env
        domain = report_domain(env)
        words = (payload["title"], payload["alt"], payload.get("subject", ""))
        domain.note_figure(payload["id"], *words)
        forms = _write_files(renderer, payload)
        return figure_nodes(payload, forms, env.docname)


def live_map(payload: dict[str, Any]) -> nodes.Element:
    """Return a map that the page itself holds, so that its script can light the marks."""
    drawing = nodes.raw("", page_drawings.held(payload["live"]), format="html")
    attributes = {"role": "img", "aria-label": payload["label"]}
    return block("div", drawing, classes=["live-map"], attributes=attributes)


def map_key() -> nodes.Element:
    """Return what the signs of the map of the page mean; the style sheet draws each sign."""
    return block(
        "ul",
        *(block("li", span("", "map-sign", f"map-{sign}"), words) for sign, words in SIGNS.items()),
        classes=["map-key"],
    )


def figure_nodes(
    payload: dict[str, Any], forms: dict[str, Sequence[str]], docname: str
) -> list[nodes.Node]:
    """Return headline and drawing, and what stands below the caption."""
    files = paragraph("Download: ", classes=["figure-downloads"])
    for n, (kind, name) in enumerate(EXPORTS.items()):
        files += [nodes.Text(", ")] if n else []
        files += link(figure_uri(docname, payload["id"], kind), name, classes=["download"])
    drawing = block("div", *pictures(forms, payload["alt"]), classes=["figure-image"])
    if payload.get("subject") == MAPS:
        drawing["classes"].append("full-width")  # the theme's script hides what stands beside it
    if not payload.get("narrow"):  # it keeps a width at which its labels can be read, and scrolls
        drawing["classes"].append("figure-scrolls")
        drawing.attributes |= {"scrolls": True, "label": f"Drawing: {payload['title']}"}
    return [
        block("div", paragraph(payload["title"], classes=["figure-headline"]), drawing,
              classes=["figure-head"], figure=payload["id"]),
        block("div",
              paragraph(span("Source: ", "figure-label"), payload["source"],
                        classes=["figure-source"]),
              block("details", block("summary", "Description of the figure"),
                    paragraph(payload["description"]), classes=["figure-description"]),
              files,
              classes=["figure-below"]),
    ]  # fmt: skip


def _write_files(renderer: NbElementRenderer, payload: dict[str, Any]) -> dict[str, list[str]]:
    """Write the files to hand out and those of the page; return the page's by palette."""
    name = payload["id"]

    def write(folder: str, file: str, content: bytes) -> str:
        return renderer.write_file([folder, file], content, overwrite=True)

    for kind, encoded in payload["exports"].items():
        content = base64.b64decode(encoded)
        if kind == "svg":
            content = page_drawings.slimmed(content.decode()).encode()
        write("figures", f"{name}.{kind}", content)
    write("figures", f"{name}.csv", payload["csv"].encode())
    forms: dict[str, list[str]] = {"light": [], "dark": []}
    dark = payload.get("dark", {})
    for form, drawn in (("", payload["svg"]), ("-narrow", payload.get("narrow"))):
        if drawn:
            light = page_drawings.slimmed(drawn)
            for palette, svg in (("light", light), ("dark", page_drawings.recoloured(light, dark))):
                ending = f"{form}{'-dark' if palette == 'dark' else ''}"
                forms[palette].append(write("pages", f"{name}{ending}.svg", svg.encode()))
    return forms


class PlaceBelowCaption(SphinxPostTransform):
    """Move source, description and downloads below the caption, into the figure's legend."""

    default_priority = AFTER_MIME_TYPES

    def run(self, **_: Any) -> None:
        """Rearrange every figure of the page."""
        for figure in list(self.document.findall(nodes.figure)):
            caption = next((n for n in figure if isinstance(n, nodes.caption)), None)
            below = [n for n in figure if "figure-below" in n.get("classes", ())]
            if caption is None or not below:
                continue
            figure["classes"].append("report-figure")
            legend = next((n for n in figure if isinstance(n, nodes.legend)), nodes.legend())
            for node in (caption, legend, *below):
                if node in figure:
                    figure.remove(node)
            legend.extend(below)
            figure.extend([caption, legend])


def setup(app: Sphinx) -> None:
    """Register the rearranging; the renderer itself is found by its entry point."""
    app.add_post_transform(PlaceBelowCaption)
