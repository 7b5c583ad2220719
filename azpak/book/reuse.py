"""The box that closes a chapter: rerun, reuse, cite."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import tables
from azpak.book.domain import report_domain
from azpak.book.downloads import EXPORTS, FOLDER, data_uri, figure_uri, table_uri, up
from azpak.book.metadata import publication
from azpak.book.nodes import Pending, block, code, items, link, pairs, paragraph
from azpak.book.records import depend_on
from azpak.publication import PDF_LINKS, Publication

ALWAYS = ("events", "claims", "sources", "rulings")


class ChapterReuse(SphinxDirective):
    """``{chapter-reuse}``: notebook, data, files of figures and tables, citation.

    The option ``data`` names the tables the chapter computes with, beside events, claims, sources
    and rulings.
    """

    option_spec = {"data": directives.unchanged}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Return the box; the figures follow once the page is read."""
        depend_on(self.env)
        docname = self.env.docname
        wanted = [*ALWAYS, *self.options.get("data", "").split()]
        for name in wanted:
            if name not in tables.table_names():
                known = tables.table_names()
                report_domain(self.env).unknown("table", name, self.lineno, known)
                wanted = [w for w in wanted if w != name]
        box = block("div", classes=["reuse"])
        box += pairs([
            ("Rerun", self._rerun(docname)),
            ("Data", _data_files(docname, wanted)),
        ])  # fmt: skip
        box += nodes.raw("", "".join(PDF_LINKS), format="html")
        box += Pending("", kind="figure-files")
        box += Pending("", kind="citations")
        report_domain(self.env).page(docname)["citations"] = {}
        return [box]

    def _rerun(self, docname: str) -> nodes.paragraph:
        name = f"{docname.rsplit('/', 1)[-1]}.md"
        uri = f"{up(docname)}{FOLDER}/chapters/{name}"
        return paragraph(
            "The chapter is a notebook in text form: ",
            link(uri, code(name), classes=["download"]),
            ". In a copy of the report, ", code("make lab"), " opens it and ",
            code("make book"), " executes all of them.",
        )  # fmt: skip


def _data_files(docname: str, names: list[str]) -> nodes.paragraph:
    line = paragraph()
    paths = [tables.resource(name)["path"] for name in dict.fromkeys(names)]
    for path in (tables.PACKAGE_FILE, *paths):
        uri = data_uri(docname, path)
        if uri:
            line += [nodes.Text(", ")] if len(line) else []
            line += link(uri, code(path), classes=["download"])
    return line


def fill_reuse(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the files of figures and tables, and the citation formats."""
    for node in list(doctree.findall(Pending)):
        if node["kind"] == "figure-files":
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
    formats = citation_formats(publication(app.config), app.env.titles[docname].astext(), docname)
    name = docname.rsplit("/", 1)[-1]
    shown: list[nodes.Node] = [pairs([("Cite", paragraph(formats["text"]))])]
    for kind, label in (("bib", "BibTeX"), ("ris", "RIS")):
        listing = nodes.literal_block(formats[kind], formats[kind], language="none")
        listing["classes"] = ["citation-format"]
        uri = f"{up(docname)}{FOLDER}/cite/{name}.{kind}"
        shown.append(block(
            "details", block("summary", label),
            block("div", listing, classes=["citation-format"]),
            paragraph(link(uri, f"{name}.{kind}", classes=["download"])),
        ))  # fmt: skip
    return shown


def citation_formats(book: Publication, title: str, docname: str) -> dict[str, str]:
    """Return the citation of a chapter as text, BibTeX and RIS."""
    year, name = book.data_date.year, docname.rsplit("/", 1)[-1]
    address = book.page_address(docname)
    fields = {
        "author": f"{{{book.author}}}",
        "title": f"{{{title}}}",
        "booktitle": f"{{{book.title}}}",
        "year": str(year),
        "version": book.version,
        "doi": book.doi,
        "url": address,
        "note": f"Data as of {book.data_date_text}",
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value.strip("{}")]
    bib = "\n".join([f"@incollection{{azpak{year}-{name},", *lines, "}", ""])
    ris = [
        ("TY", "CHAP"), ("AU", book.author), ("TI", title), ("T2", book.title), ("PY", str(year)),
        ("DA", book.data_date.strftime("%Y/%m/%d")), ("ET", book.version), ("LA", "en"),
        ("DO", book.doi), ("UR", address), ("ER", ""),
    ]  # fmt: skip
    tagged = [f"{tag}  - {value}" for tag, value in ris if value or tag == "ER"]
    return {"text": book.citation(title, docname), "bib": bib, "ris": "\n".join(tagged) + "\n"}


def note_citations(app: Sphinx, env) -> list[str]:
    """Keep the citation files of every chapter with a box, to be written with the pages."""
    for docname, page in report_domain(env).pages():
        if "citations" in page:
            title = env.titles[docname].astext()
            formats = citation_formats(publication(app.config), title, docname)
            name = docname.rsplit("/", 1)[-1]
            page["citations"] = {f"{name}.{kind}": formats[kind] for kind in ("bib", "ris")}
    return []


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapter-reuse", ChapterReuse)
    app.connect("env-updated", note_citations)
    app.connect("doctree-resolved", fill_reuse)
