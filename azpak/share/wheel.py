"""The library as a wheel, built by the project's own backend from a copy of its files."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from azpak.errors import ReportError

__all__ = ["MADE_OF", "build", "can_build"]

MADE_OF = ("pyproject.toml", "LICENSE", "LICENSE-DATA", "azpak", "figures")
BACKEND = "import sys, setuptools.build_meta as b; b.build_wheel(sys.argv[1])"


def can_build(root: Path) -> bool:
    """Return whether a folder is a checkout of the report, of which a wheel can be made."""
    return all((root / name).exists() for name in MADE_OF)


def build(root: Path, kept: Path) -> Path:
    """Return the wheel of a checkout, built anew when its files changed.

    Parameters
    ----------
    root
        The checkout.
    kept
        A folder that keeps the last wheel.

    Raises
    ------
    ReportError
        If the backend fails; the message has what it said.
    """
    key = _digest(root)
    for last in kept.glob(f"{key}/*.whl"):
        return last
    shutil.rmtree(kept, ignore_errors=True)
    (kept / key).mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "checkout"
        for path in _files(root):
            target = copy / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        command = [sys.executable, "-c", BACKEND, str(kept / key)]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, env=os.environ)
    if done.returncode:
        raise ReportError(f"the wheel could not be built: {done.stderr.strip()}", file=root)
    return next((kept / key).glob("*.whl"))


def _files(root: Path) -> Iterator[Path]:
    for name in MADE_OF:
        top = root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _digest(root: Path) -> str:
    found = hashlib.sha256()
    for path in _files(root):
        found.update(f"\n{path.relative_to(root)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:16]
