"""What the report is made with, and on what terms: citation, licences, pins, executed cells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import tables
from azpak.book.chronology import counted
from azpak.book.domain import book_order
from azpak.book.downloads import LICENCES, data_uri, licence_uri
from azpak.book.metadata import publication
from azpak.book.nodes import Content, Pending, block, code, link, pairs, paragraph, table
from azpak.book.records import depend_on
from azpak.citing import formats, whole

DIRECT, LOCK, PROJECT = "requirements.in", "requirements.txt", "pyproject.toml"
PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<where>[^\\]+?))? *\\?$"
)
CELL = re.compile(r"^(?:`{3,}|:{3,})\{code-cell\}", re.MULTILINE)


class ReportCitation(SphinxDirective):
    """``{report-citation}``: how to cite the whole report."""

    def run(self) -> list[nodes.Node]:
        """Return the citation as text and as BibTeX."""
        depend_on(self.env)
        book = publication(self.config)
        forms = formats(book, whole(book))
        text, bib = forms["text"], forms["bib"]
        listing = nodes.literal_block(bib, bib, language="none", classes=["citation-format"])
        shown = block("div", listing, classes=["citation-format"])
        return [block("div", pairs([("Cite", text), ("BibTeX", shown)]), classes=["reuse"])]


class Licences(SphinxDirective):
    """``{licences}``: the terms of each file of the data."""

    def run(self) -> list[nodes.Node]:
        """Return a table with a row for each resource of the data package."""
        depend_on(self.env)
        package = tables.package()
        rows = [self._row(package, resource) for resource in package["resources"]]
        return [table(("Data", "File", "Terms"), rows, classes=["licences"])]

    def _row(self, package: dict[str, Any], resource: dict[str, Any]) -> list[Content]:
        path = code(Path(resource["path"]).name)
        uri = data_uri(self.env.docname, resource["path"])
        terms = paragraph()
        own = resource.get("licenses")
        for licence in own or package["licenses"]:
            title = licence.get("title") or licence["name"]
            title = title if own else title.partition(" (")[0]  # the bracket speaks of the others
            terms += [nodes.Text("; ")] if len(terms) else []
            terms += link(licence["path"], title) if licence.get("path") else nodes.Text(title)
        file = paragraph(link(uri, path, classes=["download"]) if uri else path)
        return [resource["title"], file, terms]


class LicenceFiles(SphinxDirective):
    """``{licence-files}``: the files with the licence of the code and of all else."""

    def run(self) -> list[nodes.Node]:
        """Return a paragraph with a link to each file."""
        links: list[nodes.Node | str] = []
        for name, of in LICENCES.items():
            uri = licence_uri(self.env.docname, name)
            links += [
                "; " if links else "",
                link(uri, code(name), classes=["download"]),
                f" ({of})",
            ]
        return [paragraph(*links, ".")]


class Packages(SphinxDirective):
    """``{packages}``: Python and the direct dependencies at the versions of the lock.

    They are read from the lock and not from what is installed, so that every build shows the same.
    """

    def run(self) -> list[nodes.Node]:
        """Return a sentence on Python and the table."""
        root = Path(self.env.srcdir)
        for name in (DIRECT, LOCK, PROJECT):
            self.env.note_dependency(str(root / name))
        project = tomllib.loads((root / PROJECT).read_text(encoding="utf-8"))["project"]
        pins = pinned((root / LOCK).read_text(encoding="utf-8"))
        wanted = direct((root / DIRECT).read_text(encoding="utf-8"))
        rows = [[code(name), _versions(pins[name])] for name in wanted]
        python = paragraph(
            "Python ", code(project["requires-python"]), ". The direct dependencies, as ",
            code(LOCK), f" pins them among {counted(len(pins), 'package')} with their hashes:",
        )  # fmt: skip
        return [python, table(("Package", "Version"), rows, classes=["packages"])]


def direct(text: str) -> list[str]:
    """Return the names of the packages that a file of requirements asks for, in its order."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [re.split(r"[=<>!~\[; ]", line)[0].lower() for line in lines if line]


def pinned(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return version and condition of each pin of a lock, by the name of the package."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if pin := PIN.match(line):
            where = (pin["where"] or "").strip()
            found.setdefault(pin["name"].lower(), []).append((pin["version"], where))
    return found


def _versions(pins: list[tuple[str, str]]) -> nodes.paragraph:
    line = paragraph()
    for version, where in pins:
        line += [nodes.Text("; ")] if len(line) else []
        line += [nodes.Text(version), *([nodes.Text(" if "), code(where)] if where else [])]
    return line


class Executed(SphinxDirective):
    """``{executed-cells}``: the pages that hold code, and whether it ran to its end."""

    def run(self) -> list[nodes.Node]:
        """Return a place to fill once all pages are read."""
        return [Pending("", kind="executed")]


def fill_executed(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the table; without times, which differ from build to build."""
    for node in [p for p in doctree.findall(Pending) if p["kind"] == "executed"]:
        rows = list(_executed(app, docname))
        head = ("Page", "Code cells", "Executed")
        node.replace_self(table(head, rows, classes=["executed"]))


def _executed(app: Sphinx, docname: str) -> Iterator[list[Content]]:
    for page in book_order(app.env):
        cells = len(CELL.findall(Path(app.env.doc2path(page)).read_text(encoding="utf-8")))
        if not cells:
            continue
        done = NbMetadataCollector.get_exec_data(app.env, page)
        ran = "no" if done is None or not done["succeeded"] else "yes"
        title = link(app.builder.get_relative_uri(docname, page), app.env.titles[page].astext())
        yield [paragraph(title), str(cells), ran]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("report-citation", ReportCitation)
    app.add_directive("licences", Licences)
    app.add_directive("licence-files", LicenceFiles)
    app.add_directive("packages", Packages)
    app.add_directive("executed-cells", Executed)
    app.connect("doctree-resolved", fill_executed)
