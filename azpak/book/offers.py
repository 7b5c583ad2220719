"""What can be taken away of the data: ``{data-offers}``, a list of the files with their kinds."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak.book.downloads import FOLDER, data_uri, notebook_uri, up
from azpak.book.metadata import publication
from azpak.book.nodes import code, items, link, paragraph
from azpak.book.notebooks import wheel_name
from azpak.book.records import depend_on
from azpak.share.archive import archive_name
from azpak.share.wheel import can_build


class DataOffers(SphinxDirective):
    """``{data-offers}``: the files of the data, each with what it is for."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        depend_on(self.env)
        here, version = self.env.docname, publication(self.config).version
        data = f"{up(here)}{FOLDER}/data"
        offers = (
            (notebook_uri(here, f"{archive_name(version)}.zip"), "everything, as one archive"),
            (f"{data}/azpak-{version}.sqlite", "the tables as a database"),
            (f"{data}/azpak-{version}.xlsx", "the tables as a spreadsheet"),
            (f"{data}/events_resolved.csv", "the events with days, confidence and origins"),
            (f"{up(here)}{FOLDER}/values.json", "every number that the report prints"),
            (data_uri(here, "datapackage.json"), "the schema of the single tables"),
            (notebook_uri(here, wheel_name(version)), "the library that computes the report"),
        )
        made = can_build(Path(self.env.srcdir))  # only of a checkout there is a wheel
        offered = [(uri, said) for uri, said in offers if made or not uri.endswith(".whl")]
        lines = [
            paragraph(link(uri, code(uri.rpartition("/")[2]), classes=["download"]), f": {said}")
            for uri, said in offered
        ]
        return [items(lines)]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("data-offers", DataOffers)
