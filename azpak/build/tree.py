"""A hash tree: the digest of every file and folder, so that one line vouches for a whole copy.

The file ``TREE`` lists a digest and a path a line. That of a file is SHA-256 of its bytes; that of
a folder is SHA-256 of the lines ``digest  name`` of what is in it, in the order of the names. The
first line is that of the folder itself. Nothing but ``sha256sum`` is needed to follow it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from azpak.errors import ReportError

__all__ = ["NAME", "differences", "root", "write"]

NAME = "TREE"
HERE = "./"  # the folder itself


def write(folder: Path) -> str:
    """Write the tree of a folder into it; return the digest of the whole.

    A tree that lies in a folder within is part of that folder.
    """
    found = _tree(folder)
    lines = [f"{digest}  {path}\n" for path, digest in sorted(found.items())]
    (folder / NAME).write_text("".join(lines), encoding="utf-8", newline="\n")
    return found[HERE]


def root(folder: Path) -> str:
    """Return the digest of the whole, as its tree states it."""
    return _stated(folder)[HERE]


def differences(folder: Path) -> list[str]:
    """Return what of a copy is not as its tree states it, a line each; none if all is well.

    Raises
    ------
    ReportError
        If there is no tree, or it is not one.
    """
    stated, found = _stated(folder), _tree(folder)
    files = {path for path in {*stated, *found} if not path.endswith("/")}
    lines = []
    for path in sorted(files):
        if path not in found:
            lines.append(f"missing: {path}")
        elif path not in stated:
            lines.append(f"not of the release: {path}")
        elif stated[path] != found[path]:
            lines.append(f"changed: {path}")
    if not lines and stated != found:
        lines.append(f"the tree itself was changed: {NAME}")
    return lines


def _stated(folder: Path) -> dict[str, str]:
    path = folder / NAME
    try:
        pairs = (line.split("  ", 1) for line in path.read_text(encoding="utf-8").splitlines())
        stated = {name: digest for digest, name in pairs}
    except FileNotFoundError:
        raise ReportError(
            "there is no tree of digests to compare with", file=path,
            way_out="Name the folder of a release, or of its pages",
        ) from None  # fmt: skip
    except ValueError:
        stated = {}
    if HERE not in stated:
        raise ReportError("this is no tree of digests", file=path)
    return stated


def _tree(folder: Path) -> dict[str, str]:
    """Return the digest of each file and folder by its path; folders end in a slash."""
    found: dict[str, str] = {}

    def digest(path: Path, name: str) -> str:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if name or p.name != NAME)
            lines = (
                f"{digest(p, f'{name}{p.name}' + '/' * p.is_dir())}  {p.name}\n" for p in inside
            )
            made = hashlib.sha256("".join(lines).encode()).hexdigest()
        else:
            made = hashlib.sha256(path.read_bytes()).hexdigest()
        found[name or HERE] = made
        return made

    digest(folder, "")
    return found
