"""Whether what was built last is what a build would write now.

A stamp holds a digest of all that something is made of, taken before it was made, and the digest
of every file that was written. Where both are still the same, there is nothing to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from azpak.publication import PDF_LINKS

PACKAGE = Path(__file__).resolve().parent
FOLDERS = ("chapters", "data", "figures", "_static")
FILES = (
    "_config.yml",
    "_toc.yml",
    "index.md",
    "pyproject.toml",
    "requirements.in",
    "requirements.txt",
)
DATA = "AZPAK_DATA"  # where the data lie, if elsewhere
REPORT = Path("report.pdf")
SKIPPED = {"__pycache__", ".ipynb_checkpoints"}
# Whether a page links PDFs hangs on what lies beside it, not on what it was made of.
LINKS = re.compile(".*?".join(map(re.escape, PDF_LINKS)).encode(), re.DOTALL)


def inputs(root: Path) -> str:
    """Return a digest of all that the pages of a checkout are made of."""
    elsewhere = os.environ.get(DATA, "")
    found = hashlib.blake2b(f"{sys.version_info[:2]} {root} {elsewhere}".encode())
    for path in _made_of(root):
        found.update(f"\n{path}\n".encode() + _digest(path))
    return found.hexdigest()


def data(root: Path) -> str:
    """Return a digest of the rows of a checkout and of the code that checks them."""
    elsewhere = os.environ.get(DATA, "")
    return _all([PACKAGE, Path(elsewhere) if elsewhere else root / "data"])


def pages(root: Path, site: Path) -> str:
    """Return a digest of all that PDFs are made of: the pages, and what sets them."""
    printed = {REPORT, *(p.with_suffix(".pdf").relative_to(site) for p in site.rglob("*.html"))}
    shown = (path for path in _files(site) if path.relative_to(site) not in printed)
    settings = [root / name for name in (*FILES, "_static", "data/datapackage.json")]
    return _all([PACKAGE / "pdf", *settings]) + _all(shown, site)


def _all(paths: Iterable[Path], base: Path | None = None) -> str:
    """Return a digest of files and folders, under their names as seen from a folder."""
    found = hashlib.blake2b(f"{sys.version_info[:2]}".encode())
    for top in paths:
        for path in _files(top) if top.is_dir() else [top] if top.is_file() else []:
            name = path.relative_to(base) if base else path
            found.update(f"\n{name}\n".encode() + _digest(path))
    return found.hexdigest()


def outputs(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Return the digest of each file in a folder, by its path from there."""
    return {p.relative_to(folder).as_posix(): _digest(p).hex() for p in paths}


def write(stamp: Path, made_of: str, folder: Path, paths: Iterable[Path] | None = None) -> None:
    """Note that files were made of these inputs.

    Parameters
    ----------
    stamp
        The file to write.
    made_of
        The digest of the inputs.
    folder
        Where the files lie.
    paths
        The files; by default all in the folder.
    """
    noted = outputs(folder, _files(folder) if paths is None else paths)
    unfinished = stamp.with_suffix(".new")
    unfinished.write_text(json.dumps({"inputs": made_of, "outputs": noted}, indent=1))
    unfinished.replace(stamp)


def holds(stamp: Path, made_of: str, folder: Path) -> bool:
    """Return whether files were made of these inputs and lie there as they were written.

    Files that came later, such as a PDF, do not count, nor do the links to PDFs on a page.
    """
    try:
        noted = json.loads(stamp.read_text())
        return noted["inputs"] == made_of and all(
            _digest(folder / path).hex() == digest for path, digest in noted["outputs"].items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _made_of(root: Path) -> Iterator[Path]:
    yield from (root / name for name in FILES if (root / name).is_file())
    elsewhere = [Path(os.environ[DATA])] if os.environ.get(DATA) else []
    for folder in (PACKAGE, *(root / name for name in FOLDERS), *elsewhere):
        yield from _files(folder)


def _files(folder: Path) -> list[Path]:
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - SKIPPED)
        found += [Path(where, name) for name in sorted(names)]
    return found


def _digest(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".html":
        content = LINKS.sub(b"", content)
    return hashlib.blake2b(content).digest()
