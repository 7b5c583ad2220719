"""Numbers of figures and tables, found without reading whole pages again and again.

Sphinx opens the stored page that holds a figure for each reference to it, although it wants one
node. Here a page is opened once, and what can be referred to is kept of it. To number figures it
opens all pages and looks at each of their nodes, after every change; it is given their outlines.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

# What tells whether a node has a number: its title, or the code in a listing.
OUTLINES = "outlines"
TELLING = (nodes.caption, nodes.title, nodes.literal_block)


class Numbers(StandardDomain):
    """Sphinx' own domain, which keeps the nodes that `numref` may point at."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._pages: dict[str, _Page] = {}

    @property
    def outlines(self) -> dict[str, nodes.Element]:
        """What numbers are given to, on each page."""
        return self.data.setdefault(OUTLINES, {})

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is read anew."""
        super().clear_doc(docname)
        self._pages.pop(docname, None)
        self.outlines.pop(docname, None)

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process read."""
        super().merge_domaindata(docnames, otherdata)
        read = otherdata.get(OUTLINES, {})
        self.outlines.update({name: read[name] for name in docnames if name in read})

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        """Resolve a reference; one to a number sees pages as they are kept."""
        seen = _Kept(env, self) if typ == "numref" else env
        return super().resolve_xref(seen, fromdocname, builder, typ, target, node, contnode)

    def page(self, env: BuildEnvironment, docname: str) -> _Page:
        """Return what is kept of a page, opening it the first time."""
        if docname not in self._pages:
            self._pages[docname] = _Page(env.get_doctree(docname), self)
        return self._pages[docname]


class _Page:
    """The nodes of a page that bear a number, by each of their ids, without what is in them."""

    def __init__(self, doctree: nodes.document, domain: StandardDomain) -> None:
        self.ids = {name: _bare(node, domain) for name, node in doctree.ids.items()}


def _bare(node: nodes.Element, domain: StandardDomain) -> nodes.Element:
    """Return a node with as much in it as tells its kind."""
    bare = node.copy()
    if domain.get_enumerable_node_type(node) == "code-block":  # told by the code in the container
        bare += [child.copy() for child in node]
    return bare


class _Kept:
    """The environment, with pages as they are kept."""

    def __init__(self, env: BuildEnvironment, domain: Numbers) -> None:
        self._env, self._domain = env, domain

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)

    def get_doctree(self, docname: str) -> _Page:
        return self._domain.page(self._env, docname)


def note_outline(app: Sphinx, doctree: nodes.document) -> None:
    """Keep of the page that was read what numbers are given to."""
    outline = nodes.Element()
    _add_outline(app.env, doctree, outline)
    for node in outline.findall():
        node.document = None  # else the whole page would be kept with it
    app.env.get_domain("std").outlines[app.env.docname] = outline


def _add_outline(env: BuildEnvironment, node: nodes.Element, outline: nodes.Element) -> None:
    """Add the sections, lists of pages and numbered nodes below a node, and what tells kinds.

    What has no id gets no number. Most of it are the containers of cells, which hold their code.
    """
    for child in node.children:
        if not isinstance(child, nodes.Element):
            continue
        into = outline
        if isinstance(child, nodes.section | addnodes.toctree):
            into = child.copy()
            outline += into
        elif child["ids"] and any(d.get_enumerable_node_type(child) for d in env.domains.values()):
            into = child.copy()
            into += [part.deepcopy() for part in child if isinstance(part, TELLING)]
            outline += into
        _add_outline(env, child, into)


def show_outlines(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let who numbers figures see the outline of each page instead of the page."""
    env.get_doctree = env.get_domain("std").outlines.__getitem__
    return []


def show_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let all others see the pages themselves."""
    del env.get_doctree
    return []


def setup(app: Sphinx) -> None:
    """Take the place of Sphinx' domain, and show outlines to who numbers figures."""
    app.add_domain(Numbers, override=True)
    app.connect("doctree-read", note_outline, priority=900)
    app.connect("env-get-updated", show_outlines, priority=1)
    app.connect("env-get-updated", show_pages, priority=998)
