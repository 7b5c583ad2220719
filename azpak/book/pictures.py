"""A drawing on its page: wide or narrow as the screen is, light or dark as the page is.

Two pictures stand there, of which the stylesheet shows the one that fits the page's own switch of
colours; within each the browser takes the form that fits the screen. What is not shown is not
loaded: it is loaded when it comes near the screen, and what has no place never does. A browser
that runs no scripts loads at once, and the page is as its system is: there the picture of the other
colours is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx

from azpak.book import page_drawings

NARROW = "(max-width: 600px)"  # as in book.css
EMPTY = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
DARK = "(prefers-color-scheme: dark)"
# By palette, where no script runs and the page has the other one.
OTHERS = {"light": DARK, "dark": f"(not {DARK})"}


class Picture(nodes.General, nodes.Element):
    """A drawing in one palette; its images are the wide form and, where there is one, the narrow.

    ``palette`` is ``light`` or ``dark``.
    """


class _Drawn(NamedTuple):
    address: str
    size: tuple[int, int] | None

    @property
    def measure(self) -> str:
        """Return the size as attributes, so that text does not jump when the drawing comes."""
        return f' width="{self.size[0]}" height="{self.size[1]}"' if self.size else ""


def pictures(forms: dict[str, Sequence[str]], alt: str) -> list[Picture]:
    """Return the pictures of a drawing.

    Parameters
    ----------
    forms
        By palette, the light one first, the addresses of the wide form and of the narrow.
    alt
        What the drawing shows.
    """
    shown = []
    for palette, uris in forms.items():
        picture = Picture("", palette=palette)
        picture.extend(nodes.image("", uri=uri, alt=alt) for uri in uris if uri)
        shown.append(picture)
    return shown


def empty_for_others(palette: str) -> str:
    """Return the source of a picture where no script runs and the page has the other colours."""
    return f'<source media="(scripting: none) and {OTHERS[palette]}" srcset="{EMPTY}">'


def visit_picture(translator, node: Picture) -> None:
    """Write the picture."""
    wide, *narrow = (_drawn(translator, image) for image in node.findall(nodes.image))
    sources = [empty_for_others(node["palette"])]
    sources += [
        f'<source media="{NARROW}" srcset="{form.address}"{form.measure}>' for form in narrow
    ]
    alt = escape(node.next_node(nodes.image)["alt"])
    translator.body.append(
        f'<picture class="in-{node["palette"]}">{"".join(sources)}'
        f'<img class="report-figure-image dark-light" alt="{alt}" src="{wide.address}"'
        f' loading="lazy" decoding="async"{wide.measure}></picture>\n'
    )
    raise nodes.SkipNode


def _drawn(translator, image: nodes.image) -> _Drawn:
    builder = translator.builder
    text = (Path(builder.srcdir) / image["uri"]).read_text(encoding="utf-8")
    address = f"{builder.imgpath}/{builder.images[image['uri']]}"
    return _Drawn(escape(address), page_drawings.size(text))


def _nothing(translator, node: Picture) -> None:
    if node["palette"] == "dark":
        raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node."""
    others = dict.fromkeys(("latex", "text", "man", "texinfo"), (_nothing, _nothing))
    app.add_node(Picture, html=(visit_picture, None), **others)
