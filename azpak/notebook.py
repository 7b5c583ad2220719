"""What a chapter's notebook needs where it stands alone, away from the report.

>>> from azpak import notebook
>>> notebook.begin("azpak-2026.12-data.zip")  # or a folder with another copy of the data
...
>>> notebook.compare("votes")  # what the cells said, with what the pages print
"""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

from azpak import tables
from azpak.errors import ReportError
from azpak.output import mime, values

__all__ = ["begin", "compare"]

PUBLISHED = "values.json"  # in the archive, beside the tables


def begin(data: str | Path) -> None:
    """Choose the data that the cells read, and outputs that any reader of notebooks shows.

    Parameters
    ----------
    data
        An archive of the data, which is unpacked beside itself once, or a folder that holds a copy.

    Raises
    ------
    ReportError
        If there is neither, or the folder holds no data of the report.
    """
    folder = _unpacked(Path(data)) if Path(data).suffix == ".zip" else Path(data)
    if not (folder / tables.PACKAGE_FILE).is_file():
        raise ReportError(
            f"there are no data of the report here: no {tables.PACKAGE_FILE}",
            file=folder,
            way_out="Put the archive beside the notebook, or name the folder of another copy",
        )
    os.environ["AZPAK_DATA"] = str(folder.resolve())
    os.environ[mime.PLAIN] = "1"
    os.environ[mime.PAGES] = _pages(folder / PUBLISHED)
    print(f"Data of version {tables.package()['version']}: {folder}")


def compare(chapter: str) -> None:
    """Say whether the cells said what the published pages print, value by value.

    Parameters
    ----------
    chapter
        The id of the chapter, such as ``votes``.

    Raises
    ------
    ReportError
        If a value of the chapter was not computed, because its cell did not run.
    """
    path = tables.data_dir() / PUBLISHED
    if not path.is_file():
        raise ReportError("the values of the pages are not there to compare with", file=path)
    rows = json.loads(path.read_text(encoding="utf-8"))["values"]
    there = {row["name"]: row["text"] for row in rows if row["chapter"] == chapter}
    missing = sorted(set(there) - set(values.SAID))
    if missing:
        raise ReportError(
            f"{len(missing)} of {len(there)} values were not computed",
            value=", ".join(missing),
            way_out="Run all cells of the notebook from the top",
        )
    other = {name: text for name, text in there.items() if values.SAID[name] != text}
    print(f"{len(there) - len(other)} of {len(there)} values are those that the pages print.")
    for name, text in other.items():
        print(f"  {name}: here {values.SAID[name]}, on the page {text}")


def _pages(path: Path) -> str:
    """Return the public address of the chapters, or nothing where none was published."""
    if not path.is_file():
        return ""
    return json.loads(path.read_text(encoding="utf-8")).get("pages", "")


def _unpacked(archive: Path) -> Path:
    """Unpack an archive beside itself, unless that was done; return its folder."""
    folder = archive.with_suffix("")
    if not folder.is_dir():
        if not archive.is_file():
            raise ReportError(
                "there is no such archive",
                file=archive,
                way_out="Put it beside the notebook, or name the folder of another copy",
            )
        unfinished = folder.with_name(folder.name + ".part")
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(unfinished)
        (unfinished / folder.name).rename(folder)
        unfinished.rmdir()
    return folder
