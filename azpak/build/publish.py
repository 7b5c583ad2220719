"""One folder with all that is published of a version, and the check of a copy of it.

``python -m azpak release`` after ``make book`` writes ``_build/release/azpak-VERSION/``;
``python -m azpak verify FOLDER`` compares a copy with the digests that lie in it.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from azpak.build import tree
from azpak.build.book import CHECKOUT, PDF_NAME, Place
from azpak.errors import ReportError
from azpak.share.archive import CHECKSUMS, checksums, write_zip

__all__ = ["check", "main", "release", "verify"]

BESIDE = ("LICENSE", "LICENSE-DATA", "CITATION.cff", ".zenodo.json", "CHANGELOG.md")
CITATIONS = ("all.bib", "all.ris", "all.json", "sources.bib")
PAGES = "pages"


def main(arguments: list[str], place: Place = CHECKOUT) -> int:
    """Write the folder and say where; return the exit code."""
    try:
        folder = release(place)
    except ReportError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print(f"release: {folder}\ndigest:  {tree.root(folder)}")
    return 0


def verify(arguments: list[str], place: Place = CHECKOUT) -> int:
    """Check a folder, by default that of the last release; return the exit code."""
    try:
        folder = Path(arguments[0]) if arguments else _last(place)
        return check(folder)
    except ReportError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def check(folder: Path) -> int:
    """Say whether a copy is as it was released; return the exit code."""
    lines = tree.differences(folder)
    for line in lines:
        print(line)
    if lines:
        print(f"{len(lines)} {'file is' if len(lines) == 1 else 'files are'} not as released")
        return 1
    print(f"all as released: {folder}\ndigest: {tree.root(folder)}")
    return 0


def release(place: Place) -> Path:
    """Write the folder of this version anew and return it.

    Raises
    ------
    ReportError
        If pages or PDFs are missing, or the pages are of another version than the data.
    """
    version = _version(place)
    folder = place.build / "release" / f"azpak-{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(place.site, folder / PAGES)
    tree.write(folder / PAGES)
    shutil.copy2(place.site / PDF_NAME, folder / f"azpak-{version}.pdf")
    offered = place.site / "_downloads"
    for path in sorted((offered / "notebooks").iterdir()):
        if path.suffix in (".whl", ".zip"):
            shutil.copy2(path, folder)
    for ending in ("sqlite", "xlsx"):
        shutil.copy2(offered / "data" / f"azpak-{version}.{ending}", folder)
    notebooks = {p.name: p.read_bytes() for p in (offered / "notebooks").glob("*.ipynb")}
    name = f"azpak-{version}-notebooks"
    write_zip(folder / f"{name}.zip", notebooks, name)
    for citation in CITATIONS:
        shutil.copy2(offered / "cite" / citation, folder)
    for beside in BESIDE:
        shutil.copy2(place.root / beside, folder)
    files = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    (folder / CHECKSUMS).write_text(checksums(files), encoding="utf-8", newline="\n")
    tree.write(folder)
    return folder


def _version(place: Place) -> str:
    """Return the version of data and pages."""
    package = place.root / "data" / "datapackage.json"
    version = json.loads(package.read_text(encoding="utf-8"))["version"]
    values, pdf = place.site / "_downloads" / "values.json", place.site / PDF_NAME
    for path in (values, pdf):
        if not path.is_file():
            raise ReportError("the book is not built", file=path, way_out="Run 'make book' first")
    built = json.loads(values.read_text(encoding="utf-8"))["version"]
    if built != version:
        raise ReportError(
            f"the pages are of another version than the data, {version}",
            file=values, value=built, way_out="Run 'make book' first",
        )  # fmt: skip
    return version


def _last(place: Place) -> Path:
    made = sorted((place.build / "release").glob("azpak-*"))
    if not made:
        raise ReportError(
            "there is no release here", file=place.build / "release",
            way_out="Run 'make release', or name a folder: make verify FOLDER=...",
        )  # fmt: skip
    return made[-1]
