"""Numbers of figures and tables, found without reading whole pages again and again.

Sphinx opens the stored page that holds a figure for each reference to it, although it wants one
node. Here a page is opened once, and what can be referred to is kept of it.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment


class Numbers(StandardDomain):
    """Sphinx' own domain, which keeps the nodes that `numref` may point at."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._pages: dict[str, _Page] = {}

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is read anew."""
        super().clear_doc(docname)
        self._pages.pop(docname, None)

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


def setup(app: Sphinx) -> None:
    """Take the place of Sphinx' domain."""
    app.add_domain(Numbers, override=True)
