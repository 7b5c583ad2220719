"""Whether the pages built last are those that a build would write now.

The stamp holds digests of all that pages are made of, taken before they were made, and of every
file that was written. Where both are still the same, there is nothing to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("azpak", "chapters", "data", "figures", "_static")
FILES = (
    "_config.yml",
    "_toc.yml",
    "index.md",
    "pyproject.toml",
    "requirements.in",
    "requirements.txt",
)
DATA = "AZPAK_DATA"  # where the data lie, if elsewhere
SKIPPED = {"__pycache__", ".ipynb_checkpoints"}


def inputs(root: Path) -> str:
    """Return a digest of all that the pages of a checkout are made of."""
    elsewhere = os.environ.get(DATA, "")
    found = hashlib.blake2b(f"{sys.version_info[:2]} {root} {elsewhere}".encode())
    for path in _made_of(root):
        found.update(f"\n{path}\n".encode() + _digest(path))
    return found.hexdigest()


def outputs(site: Path) -> dict[str, str]:
    """Return the digest of each file of a site, by its path."""
    return {p.relative_to(site).as_posix(): _digest(p).hex() for p in _files(site)}


def write(stamp: Path, made_of: str, site: Path) -> None:
    """Note that a site was made of these inputs."""
    unfinished = stamp.with_suffix(".new")
    unfinished.write_text(json.dumps({"inputs": made_of, "outputs": outputs(site)}, indent=1))
    unfinished.replace(stamp)


def holds(stamp: Path, made_of: str, site: Path) -> bool:
    """Return whether a site was made of these inputs and lies there as it was written.

    Files that came later, such as a PDF, do not count.
    """
    try:
        noted = json.loads(stamp.read_text())
        return noted["inputs"] == made_of and all(
            _digest(site / path).hex() == digest for path, digest in noted["outputs"].items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _made_of(root: Path) -> Iterator[Path]:
    yield from (root / name for name in FILES if (root / name).is_file())
    elsewhere = [Path(os.environ[DATA])] if os.environ.get(DATA) else []
    for folder in (*(root / name for name in FOLDERS), *elsewhere):
        yield from _files(folder)


def _files(folder: Path) -> list[Path]:
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - SKIPPED)
        found += [Path(where, name) for name in sorted(names)]
    return found


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()
