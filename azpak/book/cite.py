"""What can be cited, and the files and buttons by which a reader does: ``{citation-files}``.

Chapters, figures, tables, events, rulings and sources each have a permanent link. A script shows
their citation when it is pressed, from a file that is loaded when the first is asked for. Nothing
is added to the page for that, so that no text jumps.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from azpak import dates
from azpak.book.bibliography import FILE as BIBLIOGRAPHY
from azpak.book.cite_sources import source_formats
from azpak.book.domain import page_name, report_domain
from azpak.book.downloads import made_of_data
from azpak.book.metadata import publication
from azpak.book.nodes import code, link, paragraph
from azpak.book.records import records
from azpak.book.unchanged import wrote
from azpak.citing import Work, collected, formats, whole
from azpak.publication import Publication

FOLDER = "_downloads/cite"
ENTRIES, SOURCES = "entries.js", "sources.js"  # read by _static/cite.js
FILES = {"all.bib": "BibTeX", "all.ris": "RIS", "all.json": "CSL-JSON"}


def permalink(anchor: str) -> nodes.reference:
    """Return the visible link of an entry to itself; a script shows the citation with it."""
    return link(f"#{anchor}", "Cite", classes=["permalink"])


def works(env: BuildEnvironment, book: Publication) -> Iterator[Work]:
    """Yield all that can be cited, in the order of the book; sources have a form of their own."""
    yield whole(book)
    data = records()
    rows = {kind: table.to_dict("index")
            for kind, table in (("event", data.events), ("ruling", data.rulings))}  # fmt: skip
    for docname, page in report_domain(env).pages():
        here = env.titles[docname].astext()
        if "citations" in page:
            yield chapter_work(env, docname)
        for kind, anchor, caption in page["captions"]:
            figure = page.get("figures_at", {}).get(anchor)
            name = page["words_of_figures"][figure]["headline"] if figure else caption
            yield Work(kind, anchor, name, docname, here, caption if name != caption else "",
                       number(env, docname, kind, anchor))  # fmt: skip
        for (kind, key), anchor in page["anchors"].items():
            if kind in ("event", "ruling"):
                yield _row(kind, rows[kind][key], anchor, docname, here)


def chapter_work(env: BuildEnvironment, docname: str) -> Work:
    """Return a chapter as what is cited, with its description as abstract."""
    chapters, name = records().chapters, page_name(docname)
    said = chapters.at[name, "description"] if name in chapters.index else ""
    return Work("chapter", name, env.titles[docname].astext(), docname, abstract=said)


def number(env: BuildEnvironment, docname: str, kind: str, anchor: str) -> str:
    """Return the number of a figure or table."""
    found = env.toc_fignumbers.get(docname, {}).get(kind, {}).get(anchor, ())
    return ".".join(map(str, found))


def _row(kind: str, row: Mapping[str, str], anchor: str, docname: str, page: str) -> Work:
    if kind == "event":
        title = f"{row['title']}, {dates.parse(row['date']).display()}"
        return Work(kind, anchor, title, docname, page, row["summary"])
    return Work(kind, anchor, row["question"], docname, page, row["reading"])


def write_citations(app: Sphinx, exception: Exception | None) -> None:
    """Write one file with everything for each form, and what the script shows."""
    if not wrote(app, exception):
        return
    book, folder = publication(app.config), Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    listed = list(works(app.env, book))
    texts = collected(book, listed)
    shown = {work.name: formats(book, work) for work in listed if work.chapter}
    texts[ENTRIES] = _script(shown)
    bibliography = Path(app.srcdir) / BIBLIOGRAPHY
    texts["sources.bib"] = bibliography.read_text(encoding="utf-8")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for made in made_of_data(app, "citations", _write_sources):
        shutil.copyfile(made, folder / made.name)


def _write_sources(folder: Path) -> None:
    """Write what the script shows of the sources, of which no page decides anything."""
    forms = source_formats(records().sources)
    text = _script({f"source-{key}": form for key, form in forms.items()})
    (folder / SOURCES).write_text(text, encoding="utf-8", newline="\n")


def _script(forms: Mapping[str, Mapping[str, str]]) -> str:
    packed = json.dumps(forms, ensure_ascii=False, sort_keys=True)
    return f"azpakCitations = {packed};\n"


class CitationFiles(SphinxDirective):
    """``{citation-files}``: one file with everything, for each form."""

    def run(self) -> list[nodes.Node]:
        """Return a paragraph with a link to each file."""
        up = "../" * self.env.docname.count("/")
        line = paragraph("All at once: ")
        for name, label in FILES.items():
            line += link(f"{up}{FOLDER}/{name}", code(name), classes=["download"])
            line += nodes.Text(f" ({label}), ")
        line += nodes.Text("and the sources, ")
        line += link(f"{up}{FOLDER}/sources.bib", code("sources.bib"), classes=["download"])
        line += nodes.Text(".")
        return [line]


def setup(app: Sphinx) -> None:
    """Register the directive, the script and the files, which are written after the others."""
    app.add_directive("citation-files", CitationFiles)
    app.add_js_file("cite.js", loading_method="defer")
    app.connect("build-finished", write_citations, priority=510)
