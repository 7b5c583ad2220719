"""The files a reader can take away: data, figures, tables, chapter sources, citations."""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from azpak import tables
from azpak.book.domain import report_domain
from azpak.book.unchanged import wrote

FOLDER = "_downloads"
LICENCES = {
    "LICENSE": "the code",
    "LICENSE-DATA": "text, figures and data, with the terms of others",
}
EXPORTS = {"svg": "SVG", "png": "PNG", "pdf": "PDF", "csv": "CSV"}


def up(docname: str) -> str:
    """Return the way from a page to the root of the book."""
    return "../" * docname.count("/")


def licence_uri(docname: str, name: str) -> str:
    """Return the link from a page to the file of a licence."""
    return f"{up(docname)}{FOLDER}/{name}"


def data_uri(docname: str, path: str) -> str:
    """Return the link from a page to a data file, or nothing where there is no such file."""
    return f"{up(docname)}{FOLDER}/data/{path}" if (tables.data_dir() / path).is_file() else ""


def figure_uri(docname: str, figure_id: str, kind: str) -> str:
    """Return the link from a page to an exported figure."""
    return f"{up(docname)}{FOLDER}/figures/{figure_id}.{kind}"


def table_uri(docname: str, name: str) -> str:
    """Return the link from a page to the rows of a table."""
    return f"{up(docname)}{FOLDER}/tables/{name}.csv"


def stash(app: Sphinx) -> Path:
    """Return the folder that keeps the figures' files between builds."""
    return Path(app.outdir).parent / "jupyter_execute" / "figures"


def write_downloads(app: Sphinx, exception: Exception | None) -> None:
    """Put data, figures and tables shown, chapters and licences beside the pages."""
    if not wrote(app, exception):
        return
    target = Path(app.outdir) / FOLDER
    for name in ("data", "figures", "tables", "chapters", "cite"):
        shutil.rmtree(target / name, ignore_errors=True)
    _copy_data(target / "data")
    for licence in (Path(app.srcdir) / name for name in LICENCES):
        if licence.is_file():
            _copy(licence, target)
    for docname, page in report_domain(app.env).pages():
        for figure_id in page["figures"]:
            for kind in EXPORTS:
                _copy(stash(app) / f"{figure_id}.{kind}", target / "figures")
        for name, text in page["tables"].items():
            _write(target / "tables" / f"{name}.csv", text)
        for name, text in page.get("citations", {}).items():
            _write(target / "cite" / name, text)
        if page.get("citations"):
            _copy(Path(app.env.doc2path(docname)), target / "chapters")


def _copy_data(target: Path) -> None:
    folder = tables.data_dir()
    _copy(folder / tables.PACKAGE_FILE, target)
    for resource in tables.package()["resources"]:
        path = folder / resource["path"]
        if path.is_file():
            _copy(path, (target / resource["path"]).parent)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")


def _copy(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / source.name)


def setup(app: Sphinx) -> None:
    """Write the files when the pages are done."""
    app.connect("build-finished", write_downloads)
