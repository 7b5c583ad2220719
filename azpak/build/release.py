"""Keep what a version said: its data and its printed values, so that the next can be compared.

``python -m azpak keep`` after ``make html`` writes ``data/releases/VERSION/values.json`` and
``data.zip``, the data folder as it is, beside it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from azpak.build.book import CHECKOUT, Place
from azpak.errors import ReportError
from azpak.share.archive import write_zip

__all__ = ["keep", "main"]

RELEASES = "releases"


def main(arguments: list[str], place: Place = CHECKOUT) -> int:
    """Keep the release and say where; return the exit code."""
    try:
        print(f"kept: {keep(place)}")
    except ReportError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def keep(place: Place) -> Path:
    """Write values and data of this version and return their folder.

    Raises
    ------
    ReportError
        If the pages were not built, or not from this version.
    """
    data = place.root / "data"
    version = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["version"]
    values = place.site / "_downloads" / "values.json"
    if not values.is_file():
        raise ReportError("the pages are not built", file=values, way_out="Run 'make html' first")
    text = values.read_text(encoding="utf-8")
    built = json.loads(text)["version"]
    if built != version:
        raise ReportError(
            f"the pages are of another version than the data, {version}",
            file=values, value=built, way_out="Run 'make html' first",
        )  # fmt: skip
    folder = data / RELEASES / version
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "values.json").write_text(text, encoding="utf-8")
    files = {p.relative_to(data): p for p in data.rglob("*") if p.is_file()}
    kept = {n.as_posix(): p.read_bytes() for n, p in files.items() if n.parts[0] != RELEASES}
    write_zip(folder / "data.zip", kept)
    return folder
