"""A copy of the checkout in a folder of its own, and what is changed in it to be measured."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path

from azpak.errors import ReportError

__all__ = ["ROOT", "BenchError", "change_cell", "change_sentence", "copy", "without_cells"]

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = shutil.ignore_patterns("_build", ".venv", "*.egg-info", "__pycache__", ".*_cache")
SENTENCE = re.compile(r"[A-Z][^\n{}`<>|]{60,}\.$", re.MULTILINE)
CELL = re.compile(r"^```+\{code-cell\}.*?^```+$\n?", re.MULTILINE | re.DOTALL)
HEAD = re.compile(r"\A---\njupytext:\n.*?^---\n", re.MULTILINE | re.DOTALL)
VALUE = re.compile(r"\{glue:[a-z]+\}`([^`]+)`")
FIGURE = re.compile(r"\{numref\}`([^`]+)`")


class BenchError(ReportError):
    """Nothing can be measured; the message says why."""


def copy(root: Path, target: Path) -> Path:
    """Copy a checkout as it is now, without what was built or installed in it; return the copy."""
    if (root / ".git").exists() and shutil.which("git"):
        _git(root, "clone", "--quiet", "--no-hardlinks", str(root), str(target))
        for name in _git(root, "ls-files", "-z", "--deleted").split("\0"):
            if name:
                (target / name).unlink(missing_ok=True)
        others = ("ls-files", "-z", "--modified", "--others", "--exclude-standard")
        for name in _git(root, *others).split("\0"):
            if name and (root / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, target / name)
    else:
        shutil.copytree(root, target, ignore=SKIPPED, symlinks=True)
    return target


def change_sentence(checkout: Path, number: int) -> str:
    """Add a sentence to a paragraph of a narrative chapter; return the name of the chapter."""
    for path in sorted((checkout / "chapters").glob("*-[12][0-9][0-9][0-9].md")):
        text = path.read_text(encoding="utf-8")
        found = SENTENCE.search(text, text.find("\n# "))
        if found:
            added = f"{found[0]} This sentence is number {number}."
            path.write_text(text[: found.start()] + added + text[found.end() :], encoding="utf-8")
            return path.stem
    raise BenchError("no narrative chapter has a plain sentence that could be changed")


def change_cell(checkout: Path, number: int) -> str:
    """Change the last digit of one amount in ``trade.csv``; return its row and column."""
    path = checkout / "data" / "indicators" / "trade.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if re.fullmatch(r"[0-9]+\.[0-9]{3,}", row["exports"]))
    digit = (int(row["exports"][-1]) + number) % 10
    row["exports"] = f"{row['exports'][:-1]}{digit or 1}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return f"exports of {row['trade_id']}"


def without_cells(checkout: Path) -> None:
    """Take the cells out of every page, and put the names of values where they print them.

    The head goes too that makes a page a notebook: for each one a kernel would start in vain.
    """
    front = checkout / "index.md"
    for path in (*sorted((checkout / "chapters").glob("*.md")), *([front] * front.is_file())):
        text = HEAD.sub("", CELL.sub("", path.read_text(encoding="utf-8")))
        text = FIGURE.sub(r"\1", VALUE.sub(r"\1", text))
        path.write_text(text, encoding="utf-8")


def _git(root: Path, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise BenchError(f"git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout
