"""Citations resolved without looking for the same thing a thousand times.

pybtex looks through the metadata of every installed package each time a plug-in is asked for, which
sphinxcontrib-bibtex does for every citation; and the list of references of each page asks of every
entry which pages cite it. Plug-ins that are registered are found at once, and a list of what its
own page cites needs to know that page alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pybtex.plugin import find_plugin, register_plugin
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex.domain import BibtexDomain

from azpak.book.bibliography import ReportStyle
from azpak.book.unchanged import nothing_to_do

if TYPE_CHECKING:
    from docutils import nodes
    from pybtex.database import Entry
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue

# What is asked for while citations are read and resolved, and while references are formatted.
PLUGINS = (
    ("pybtex.backends", "plaintext"),
    ("pybtex.style.labels", "alpha"),
    ("pybtex.style.names", "last"),
    ("pybtex.style.names", "plain"),
    ("pybtex.style.sorting", "author_year_title"),
)
OF_THE_PAGE = ast.dump(ast.parse("docname in docnames"))


class Citations(BibtexDomain):
    """The domain of citations, quick to list the references of one page."""

    def env_updated(self) -> Iterable[str]:
        """Find out what each list holds; entries are formatted once and kept with the pages."""
        ReportStyle.formatted = {
            (known.formatted_entry.key, known.formatted_entry.label):
                (known.entry, known.formatted_entry)
            for known in self.citations
        }  # fmt: skip
        try:
            return super().env_updated()
        finally:
            ReportStyle.formatted = {}

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Keep of a list of references what its page cites, and not a node for each source."""
        for key, asked in self.bibliographies.items():
            if key.docname == docname and _is_of_the_page(asked):
                cited = self._cited(docname)
                listed = {k: n for k, n in asked.citation_nodes.items() if k in cited}
                self.bibliographies[key] = asked._replace(citation_nodes=listed)

    def get_filtered_entries(
        self, bibliography_key: BibliographyKey
    ) -> Iterable[tuple[str, Entry]]:
        """Return the entries of a list of references, with their keys, in the order of the file."""
        asked = self.bibliographies[bibliography_key]
        if not _is_of_the_page(asked):
            yield from super().get_filtered_entries(bibliography_key)
            return
        cited = self._cited(bibliography_key.docname)
        for entry in self.get_entries(asked.bibfiles):
            key = asked.keyprefix + entry.key
            if key in cited:
                yield key, entry

    def _cited(self, docname: str) -> set[str]:
        """Return the keys that a page cites."""
        return {
            target.key
            for reference in self.citation_refs
            if reference.docname == docname
            for target in reference.targets
        }


def _is_of_the_page(asked: BibliographyValue) -> bool:
    """Return whether a list of references holds what its own page cites."""
    return not asked.keys and ast.dump(asked.filter_) == OF_THE_PAGE


def register_plugins(app: Sphinx, config: Config | None = None) -> None:
    """Register the plug-ins, each of which is looked for in all packages once more for that.

    That is done with the settings, unless there seems to be nothing to do; then only if pages are
    wanted anew all the same, as is known with the builder.
    """
    unchanged = getattr(app, "azpak_unchanged", False)
    if unchanged == (config is not None) or nothing_to_do(app):
        return
    for group, name in PLUGINS:
        register_plugin(group, name, find_plugin(group, name), force=True)


def setup(app: Sphinx) -> None:
    """Take the place of the domain, and register the plug-ins before citations are read."""
    app.connect("config-inited", register_plugins)
    app.connect("builder-inited", register_plugins)
    app.add_domain(Citations, override=True)
