"""Each chapter as a notebook that runs anywhere: prose resolved, cells executed.

It is made of what is there when a page is written: its body, from which the prose comes, and the
outputs of its cells. The first cells install the library and unpack the data, which lie beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from lxml import html
from lxml.html import HtmlElement
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from azpak.book.domain import page_name, report_domain
from azpak.book.execute_record import Record
from azpak.book.launch import published
from azpak.book.markdown import Markdown
from azpak.book.metadata import publication
from azpak.errors import ReportError
from azpak.output import mime
from azpak.publication import Publication
from azpak.share.archive import archive_name

FOLDER = "notebooks"
BEFORE_FOLDS = 197  # the code of a section is gathered at its end at 198
MARK = "<!--cell-->"
COUNT = "execution_count"
GLUE = "application/papermill.record/"
NOT_SHOWN = "remove-cell"
# What a page knows under another anchor than a notebook, which has the whole of it.
HERE = {
    "chronology.html#event-": "event-",
    "sources.html#source-": "ref-",
    "contradictions.html#ruling-": "disagree-",
}
NEEDED = """\
# {title}

A chapter of *{book}*, version {version}, data as of {day}, by {author}: its text with the cells
that compute it. Code: BSD-3-Clause. Text and figures: CC BY 4.0; data of others keep their own
terms (`LICENSE-DATA` in the archive).

**To run it** you need Python 3.11, 3.12 or 3.13 with Jupyter, and in the folder of this notebook
two files that are published beside it: the library `{wheel}` and the data `{archive}`. Run all
cells from the top. The first cell installs the library with the packages that it needs, which asks
the network for those that are not there yet; the second unpacks the data."""
INSTALL = """\
# The library, from the wheel beside this notebook.
%pip install --quiet "./{wheel}[figures]" """
FETCH = """\
# What this notebook needs, from where it is published, if it does not lie beside it.
from pathlib import Path
from urllib.request import urlretrieve

for name in ("{wheel}", "{archive}"):
    Path(name).exists() or urlretrieve("{published}/" + name, name)"""
BEGIN = """\
# The data, from the archive beside this notebook. To use another copy, name its folder instead:
# notebook.begin("path/to/data")
from azpak import notebook

notebook.begin("{archive}")"""
COMPARE = """\
# Each value that the sentences print, compared with the published pages.
notebook.compare("{chapter}")"""


class MarkCells(SphinxPostTransform):
    """Mark on the page where each cell stands, until the notebook is made."""

    default_priority = BEFORE_FOLDS
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Put a comment before every cell."""
        for cell in list(self.document.findall(nodes.container)):
            if cell.get("nb_element") == "cell_code":
                cell.parent.insert(cell.parent.index(cell), nodes.raw("", MARK, format="html"))


def write_notebook(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Write the notebook of a page with a box at its end, and take the marks off the page."""
    body = context.get("body") or ""
    if doctree is None or MARK not in body:
        return
    context["body"] = body.replace(MARK, "")
    executed = executed_cells(app, page)
    if executed is None or "citations" not in report_domain(app.env).page(page):
        return
    made = notebook(publication(app.config), page, body, executed)
    target = stash(app) / f"{page_name(page)}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(nbformat.writes(made) + "\n", encoding="utf-8")


def stash(app: Sphinx) -> Path:
    """Return the folder that keeps the notebooks between builds."""
    return Path(app.outdir).parent / "jupyter_execute" / FOLDER


def executed_cells(app: Sphinx, page: str) -> list[NotebookNode] | None:
    """Return the code cells of a page with their outputs, or nothing where it was not executed."""
    cache = Path(app.config.nb_execution_cache_path)
    entry = Record(cache).entries.get(page)
    path = cache / "executed" / entry.cells / "base.ipynb" if entry else None
    if path is None or not path.is_file():
        return None
    return [c for c in nbformat.read(path, 4).cells if c.cell_type == "code"]


def notebook(
    book: Publication, page: str, body: str, executed: Iterable[NotebookNode]
) -> NotebookNode:
    """Return the notebook of a chapter.

    Parameters
    ----------
    book
        The publication.
    page
        The name of the page.
    body
        Its HTML, with a mark before each cell.
    executed
        Its code cells with their outputs.
    """
    article = html.fragment_fromstring(body, create_parent="div")
    title = article.xpath(".//h1")[0]
    title.drop_tree()
    known = {element.get("id") for element in article.xpath(".//*[@id]")}
    for row in article.xpath(".//table[contains(@class,'chapter-events')]//a"):
        _home_of_event(row, known)
    linked = article.xpath(".//a[@href and not(@role='doc-backlink')]/@href")
    leads = {_leads(book, page, href, known) for href in linked}
    anchors = {target[1:] for target in leads if target.startswith("#")}
    text = Markdown(lambda href: _leads(book, page, href, known), anchors)
    cells = _first_cells(book, title.xpath("string(text())"))
    waiting, pages = list(executed), book.chapters_address
    while NOT_SHOWN in waiting[0].metadata.get("tags", ()):  # what imports and loads
        cells.append(_code(waiting.pop(0), pages))
    for part in _parts(article):
        if part is None:
            cells.append(_code(waiting.pop(0), pages))
        elif written := text.text(part):
            cells.append(new_markdown_cell(written))
    if waiting:
        raise ReportError("cells of the page are lost on the way to its notebook", file=page)
    cells.append(new_code_cell(COMPARE.format(chapter=page_name(page))))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return new_notebook(cells=cells, metadata=_metadata(title.xpath("string(text())"), book))


def wheel_name(version: str) -> str:
    """Return the name of the library's wheel."""
    return f"azpak-{version}-py3-none-any.whl"


def _first_cells(book: Publication, title: str) -> list[NotebookNode]:
    names = {
        "wheel": wheel_name(book.version),
        "archive": f"{archive_name(book.version)}.zip",
    }
    needed = NEEDED.format(
        title=title, book=book.title, version=book.version, day=book.data_date_text,
        author=book.author, **names,
    )  # fmt: skip
    install = new_code_cell(INSTALL.format(**names).strip(), metadata={"tags": ["install"]})
    home = published(book)
    fetch = [new_code_cell(FETCH.format(published=home, **names))] if home else []
    return [new_markdown_cell(needed), *fetch, install, new_code_cell(BEGIN.format(**names))]


def _metadata(title: str, book: Publication) -> dict[str, Any]:
    return {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python", "pygments_lexer": "ipython3", "file_extension": ".py"},
        "title": title,
        "authors": [{"name": book.author}],
    }


def _parts(article: HtmlElement) -> Iterator[list[HtmlElement] | None]:
    """Yield what stands between two cells, and None for each cell."""
    run: list[HtmlElement] = []
    for element in _flat(article):
        if isinstance(element, html.HtmlComment):
            if f"<!--{element.text}-->" == MARK:
                yield run
                yield None
                run = []
        else:
            run.append(element)
    yield run


def _flat(parent: HtmlElement) -> Iterator[HtmlElement]:
    """Yield what stands in the sections, and in whatever else holds a cell, in the page's order."""
    for child in parent:
        if child.tag == "section" or f"<!--{child.xpath('string(.//comment())')}-->" == MARK:
            yield from _flat(child)
        else:
            yield child


def _home_of_event(link: HtmlElement, known: set[str]) -> None:
    """Make the row of an event its home in the notebook, and no link to another page."""
    target = link.get("href", "").rpartition("#")[2]
    if target.startswith("event-") and target not in known:
        link.tag = "span"
        del link.attrib["href"]
        link.set("id", target)
        known.add(target)


def _leads(book: Publication, page: str, href: str, known: set[str]) -> str:
    """Return where a link leads in a notebook: to the web, within it, or nowhere."""
    if href.startswith(("http://", "https://", "mailto:")):
        return href
    for start, here in HERE.items():
        anchor = here + href.removeprefix(start)
        for name in (anchor, anchor.replace("_", "-")):  # docutils writes the ids of references
            if href.startswith(start) and name in known:
                return f"#{name}"
    if href.startswith("#"):
        return href if href[1:] in known else ""
    folder = book.page_address(page).rpartition("/")[0]
    return f"{folder}/{href}" if folder else ""


def _code(cell: NotebookNode, pages: str) -> NotebookNode:
    """Return a code cell with a comment on what it gives, and outputs that any reader shows."""
    comment = next((c for c in map(_comment, cell.outputs) if c), "")
    outputs = [_plain(output, pages) for output in cell.outputs if not _is_glue(output)]
    source = f"{comment}\n{cell.source}" if comment else cell.source
    return new_code_cell(source, outputs=outputs, execution_count=cell.execution_count)


def _comment(output: NotebookNode) -> str:
    data = output.get("data", {})
    if mime.VALUES in data:
        return "# The values that the sentences below print."
    if mime.FIGURE in data:
        return "# The figure whose caption stands below."
    if "{list-table}" in _joined(data.get("text/markdown", "")):
        return "# The table below, numbered as on the page."
    return ""


def _plain(output: NotebookNode, pages: str) -> NotebookNode:
    """Return an output without what only a page reads, its links led to the published pages."""
    data = dict(output.get("data", {}))
    if not data:
        return output
    figure = data.pop(mime.FIGURE, None)
    if figure:
        figure = json.loads(figure) if isinstance(figure, str) else figure
        data |= {mime.PNG: figure["exports"]["png"]} if "exports" in figure else {}
    if "text/html" in data:
        data.pop("text/markdown", None)
        data["text/html"] = mime.led(_joined(data["text/html"]), pages)
    return new_output(
        output.output_type, data=data, **{k: v for k, v in output.items() if k == COUNT}
    )


def _is_glue(output: NotebookNode) -> bool:
    return any(kind.startswith(GLUE) for kind in output.get("data", ()))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def values_of(made: NotebookNode) -> dict[str, dict[str, Any]]:
    """Return the values in a notebook's outputs, by name."""
    found: dict[str, dict[str, Any]] = {}
    for output in (o for cell in made.cells for o in cell.get("outputs", ())):
        payload = output.get("data", {}).get(mime.VALUES)
        if payload:
            said = json.loads(payload) if isinstance(payload, str) else payload
            found |= said["values"]
    return found


def setup(app: Sphinx) -> None:
    """Mark the cells; make the notebook before anything else is done to the page."""
    app.add_post_transform(MarkCells)
    app.connect("html-page-context", write_notebook, priority=500)
