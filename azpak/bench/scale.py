"""Data of the same form and many times the size, to see how the book grows.

Events are repeated under new ids, with what speaks of them and all that ties it together, so that
each copy holds the contradictions of the original and the rulings on them, and the gate finds no
fault.

The prose is not made for such data: its findings check what the sentences say and refuse it.
`azpak.bench.growth` measures what is made from the rows.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["MULTIPLIED", "scale"]

# The tables that grow; all others stay as they are, but for the sources that the glossary names.
MULTIPLIED = ("sources", "events", "claims", "rulings", "exercises")

Row = dict[str, str]

_MEMBERS = ("claim_ids", "preferred_claim_ids", "source_ids")


def scale(data: Path, target: Path, times: int) -> None:
    """Write a data folder with so many times the events, and with what speaks of them.

    Parameters
    ----------
    data
        The data folder to take from; it holds no fault.
    target
        Where the new one is written; it must not be there yet.
    times
        How many times the rows; 1 copies the folder.
    """
    shutil.copytree(data, target, ignore=shutil.ignore_patterns("releases"))
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    paths = {entry["name"]: entry["path"] for entry in package["resources"]}
    rows = {name: _read(data / paths[name]) for name in (*MULTIPLIED, "glossary")}
    grown = {name: list(rows[name]) for name in MULTIPLIED}
    for number in range(2, times + 1):
        copied = _copy(rows, number)
        for name in MULTIPLIED:
            grown[name] += copied[name]
    for name in MULTIPLIED:
        _write(target / paths[name], grown[name])
    _write(target / paths["glossary"], _naming(rows["glossary"], _unclaimed(grown)))


def _copy(rows: Mapping[str, list[Row]], number: int) -> dict[str, list[Row]]:
    """Return the rows of one copy, each with its number at the end of its id."""

    def renamed(key: str) -> str:
        return f"{key}-x{number}" if key else key

    def all_renamed(row: Row, *names: str) -> Row:
        lists = {n: ";".join(map(renamed, _members(row[n]))) for n in _MEMBERS if n in row}
        return row | lists | {name: renamed(row[name]) for name in names}

    return {
        "sources": [
            row | {"source_id": renamed(row["source_id"]),
                   "independence_group": renamed(row["independence_group"]),
                   "title": f"{row['title']} ({number})",
                   "url": row["url"] and f"{row['url']}#{number}"}
            for row in rows["sources"]
        ],
        "events": [all_renamed(row, "event_id", "replaced_by") for row in rows["events"]],
        "claims": [
            all_renamed(row, "claim_id", "event_id", "source_id", "topic")
            for row in rows["claims"]
        ],
        "rulings": [all_renamed(row, "ruling_id") for row in rows["rulings"]],
        "exercises": [all_renamed(row, "exercise_id", "event_id") for row in rows["exercises"]],
    }  # fmt: skip


def _unclaimed(grown: Mapping[str, list[Row]]) -> list[str]:
    """Return the copies of sources that no claim names: no table would."""
    claimed = {row["source_id"] for row in grown["claims"]}
    ids = [row["source_id"] for row in grown["sources"]]
    return [key for key in ids if key not in claimed and re.search(r"-x[0-9]+$", key)]


def _naming(glossary: list[Row], sources: list[str]) -> list[Row]:
    """Return the glossary with the sources dealt out among its terms."""
    return [
        row | {"source_ids": ";".join([*_members(row["source_ids"]), *sources[n :: len(glossary)]])}
        for n, row in enumerate(glossary)
    ]


def _members(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    ordered: Iterator[Mapping[str, Any]] = iter(rows)
    first = next(ordered)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first), lineterminator="\n")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(ordered)
