"""The files a reader can take away: notebooks, data, figures, tables, chapters, citations."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx

from azpak import tables
from azpak.book import notebooks
from azpak.book.domain import page_name, report_domain
from azpak.book.metadata import publication
from azpak.book.unchanged import wrote
from azpak.publication import Publication
from azpak.share import archive, database, rows, wheel, workbook

FOLDER = "_downloads"
LICENCES = {
    "LICENSE": "the code",
    "LICENSE-DATA": "text, figures and data, with the terms of others",
}
VALUES = "values.json"  # written before
EXPORTS = {"svg": "SVG", "png": "PNG", "pdf": "PDF", "csv": "CSV"}


def notebook_uri(docname: str, name: str) -> str:
    """Return the link from a page to a notebook, or to a file that lies beside the notebooks."""
    return f"{up(docname)}{FOLDER}/{notebooks.FOLDER}/{name}"


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
    for name in ("data", "figures", "tables", "chapters", "cite", notebooks.FOLDER):
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
    _write_to_rerun(app, target)


def _write_to_rerun(app: Sphinx, target: Path) -> None:
    """Put the notebooks into one folder with the two files that they need to run anywhere."""
    book, folder = publication(app.config), target / notebooks.FOLDER
    licence = Path(app.srcdir) / "LICENSE-DATA"
    terms = licence.read_text(encoding="utf-8") if licence.is_file() else ""
    values = (target / VALUES).read_text(encoding="utf-8")
    events = rows.resolved()
    name = archive.archive_name(book.version)
    archive.write_zip(folder / f"{name}.zip", archive.contents(book, terms, values, events), name)
    for made in _data_in_other_forms(app, book, events):
        _copy(made, target / "data")
    _write(target / "data" / "events_resolved.csv", rows.csv_text(events))
    if wheel.can_build(Path(app.srcdir)):
        built = wheel.build(Path(app.srcdir), stash(app).with_name("wheel"))
        _copy(built, folder)
    for docname, page in report_domain(app.env).pages():
        made = notebooks.stash(app) / f"{page_name(docname)}.ipynb"
        if page.get("citations") and made.is_file():
            _copy(made, folder)


def _data_in_other_forms(
    app: Sphinx, book: Publication, events: list[dict[str, rows.Cell]]
) -> list[Path]:
    """Return the database and the workbook."""

    def make(folder: Path) -> None:
        database.write(folder / f"azpak-{book.version}.sqlite", book, events)
        workbook.write(folder / f"azpak-{book.version}.xlsx", book, events)

    return made_of_data(app, "data", make)


def made_of_data(app: Sphinx, name: str, make: Callable[[Path], None]) -> list[Path]:
    """Return files that data and settings alone decide, made anew when these or the code changed.

    Parameters
    ----------
    app
        The application.
    name
        Of the folder that keeps them from build to build.
    make
        Writes the files into a folder.
    """
    made_of = repr((app.azpak_kept.code, app.azpak_kept.look, publication(app.config)))
    kept = stash(app).with_name(name)
    folder = kept / hashlib.sha256(made_of.encode()).hexdigest()[:16]
    if not folder.is_dir():
        shutil.rmtree(kept, ignore_errors=True)
        making = kept / "making"
        making.mkdir(parents=True)
        make(making)
        making.rename(folder)
    return sorted(folder.iterdir())


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
