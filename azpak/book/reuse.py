"""The box that closes a chapter: rerun, reuse, cite."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import tables
from azpak.book.cite import chapter_work
from azpak.book.domain import page_name, report_domain
from azpak.book.downloads import EXPORTS, FOLDER, data_uri, figure_uri, notebook_uri, table_uri, up
from azpak.book.execute_record import Record
from azpak.book.launch import launchers
from azpak.book.metadata import publication
from azpak.book.nodes import Pending, block, code, items, link, pairs, paragraph
from azpak.book.notebooks import wheel_name
from azpak.book.records import depend_on
from azpak.citing import formats
from azpak.publication import PDF_LINKS
from azpak.share.archive import archive_name
from azpak.share.wheel import can_build

KINDS = {"bib": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}
ENDINGS = {"bib": "bib", "ris": "ris", "csl": "json"}
OF_ITS_TEXT = ("events", "claims", "sources", "rulings")  # of a page without cells


class ChapterReuse(SphinxDirective):
    """``{chapter-reuse}``: notebook, data, files of figures and tables, citation."""

    def run(self) -> list[nodes.Node]:
        """Return the box; the figures follow once the page is read."""
        depend_on(self.env)
        docname = self.env.docname
        box = block("div", classes=["reuse"])
        box += pairs([("Rerun", self._rerun(docname)), *self._launchers(docname)])
        box += Pending("", kind="data-files")
        box += nodes.raw("", "".join(PDF_LINKS), format="html")
        box += Pending("", kind="figure-files")
        box += Pending("", kind="citations")
        report_domain(self.env).page(docname)["citations"] = {}
        return [box]

    def _rerun(self, docname: str) -> nodes.paragraph:
        name, version = page_name(docname), publication(self.config).version
        line = paragraph()
        for text, file in (
            ("The notebook ", f"{name}.ipynb"),
            (" runs in any folder that also holds the library ", wheel_name(version)),
            (" and the data ", f"{archive_name(version)}.zip"),
        ):
            line += nodes.Text(text)
            there = file != wheel_name(version) or can_build(Path(self.env.srcdir))
            uri = notebook_uri(docname, file)
            line += link(uri, code(file), classes=["download"]) if there else code(file)
        line += nodes.Text("; its first cell says how. In a copy of the report, ")
        line += [
            code("make lab"),
            nodes.Text(" starts JupyterLab, where the chapter opens as a notebook: "),
        ]
        uri = f"{up(docname)}{FOLDER}/chapters/{name}.md"
        line += [link(uri, code(f"{name}.md"), classes=["download"]), nodes.Text(".")]
        return line

    def _launchers(self, docname: str) -> Iterable[tuple[str, nodes.paragraph]]:
        """Yield a line with a button for each place that runs the chapter, if there is one."""
        line = paragraph()
        for place, address in launchers(publication(self.config), page_name(docname)).items():
            line += [nodes.Text(" ")] if len(line) else []
            line += link(address, f"Open in {place}", classes=["launch"])
        if len(line):
            yield "Without installing", line


def _data_files(app: Sphinx, docname: str) -> list[nodes.Node]:
    """Return the tables that the cells of a page read when they were executed."""
    entry = Record(Path(app.config.nb_execution_cache_path)).entries.get(docname)
    names = entry.tables if entry else OF_ITS_TEXT
    line = paragraph()
    paths = [tables.resource(name)["path"] for name in names]
    for path in (tables.PACKAGE_FILE, *paths):
        uri = data_uri(docname, path)
        if uri:
            line += [nodes.Text(", ")] if len(line) else []
            line += link(uri, code(path), classes=["download"])
    return [pairs([("Data", line)])]


def fill_reuse(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the files of data, figures and tables, and the citation formats."""
    for node in list(doctree.findall(Pending)):
        if node["kind"] == "data-files":
            node.replace_self(_data_files(app, docname))
        elif node["kind"] == "figure-files":
            page = report_domain(app.env).page(docname)
            node.replace_self(
                _figure_files(docname, page["figures"]) + _table_files(docname, page["tables"])
            )
        elif node["kind"] == "citations":
            node.replace_self(_citations(app, docname))


def _figure_files(docname: str, figures: list[str]) -> list[nodes.Node]:
    if not figures:
        return []
    lines = []
    for figure_id in figures:
        line = paragraph(code(figure_id), ": ")
        for n, (kind, name) in enumerate(EXPORTS.items()):
            line += [nodes.Text(", ")] if n else []
            line += link(figure_uri(docname, figure_id, kind), name, classes=["download"])
        lines.append(line)
    return [pairs([("Figures", items(lines))])]


def _table_files(docname: str, names: Iterable[str]) -> list[nodes.Node]:
    lines = [
        paragraph(link(table_uri(docname, name), f"{name}.csv", classes=["download"]))
        for name in names
    ]
    return [pairs([("Tables", items(lines))])] if lines else []


def _citations(app: Sphinx, docname: str) -> list[nodes.Node]:
    forms = formats(publication(app.config), chapter_work(app.env, docname))
    name = page_name(docname)
    shown: list[nodes.Node] = [pairs([("Cite", paragraph(forms["text"]))])]
    for kind, label in KINDS.items():
        listing = nodes.literal_block(forms[kind], forms[kind], language="none")
        listing["classes"] = ["citation-format"]
        file = f"{name}.{ENDINGS[kind]}"
        uri = f"{up(docname)}{FOLDER}/cite/{file}"
        shown.append(block(
            "details", block("summary", label),
            block("div", listing, classes=["citation-format"]),
            paragraph(link(uri, file, classes=["download"])),
        ))  # fmt: skip
    return shown


def note_citations(app: Sphinx, env) -> list[str]:
    """Keep the citation files of every chapter with a box, to be written with the pages."""
    for docname, page in report_domain(env).pages():
        if "citations" in page:
            forms = formats(publication(app.config), chapter_work(env, docname))
            name = page_name(docname)
            page["citations"] = {f"{name}.{ENDINGS[kind]}": forms[kind] for kind in KINDS}
    return []


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapter-reuse", ChapterReuse)
    app.connect("env-updated", note_citations)
    app.connect("doctree-resolved", fill_reuse)
