"""Data of the same form and many times the size, to see how the book grows.

Events, claims, sources and rulings are repeated under new ids and, where the period of the data
allows it, in other years and so in other chapters. What belongs together moves together: claims
that speak of one topic keep their distance, so that each copy holds the contradictions of the
original and the rulings on them, and the gate finds no fault.

The prose is not made for such data: its findings check what the sentences say and refuse it.
`azpak.bench.growth` measures what is made from the rows.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["MULTIPLIED", "scale"]

# The tables that grow; all others stay as they are, but for the sources that the glossary names.
MULTIPLIED = ("sources", "events", "claims", "rulings")

Row = dict[str, str]

_YEAR = re.compile(r"(?<![0-9-])(?:19|20)[0-9]{2}")
_MEMBERS = ("claim_ids", "preferred_claim_ids")


def scale(data: Path, target: Path, times: int) -> None:
    """Write a data folder with so many times the events, claims, sources and rulings.

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
    rows = {name: _read(data / paths[name]) for name in (*MULTIPLIED, "chapters", "glossary")}
    grown = {name: list(rows[name]) for name in MULTIPLIED}
    moves = _Moves(rows["events"], rows["claims"])
    for number in range(2, times + 1):
        copied = _copy(rows, number, moves)
        for name in MULTIPLIED:
            grown[name] += copied[name]
    for name in MULTIPLIED:
        _write(target / paths[name], grown[name])
    _write(target / paths["glossary"], _naming(rows["glossary"], _unclaimed(grown)))


def _copy(rows: Mapping[str, list[Row]], number: int, moves: _Moves) -> dict[str, list[Row]]:
    """Return the rows of one copy, each with its number at the end of its id."""

    def renamed(key: str) -> str:
        return f"{key}-x{number}" if key else key

    years = {row["event_id"]: moves.years(row["event_id"], number) for row in rows["events"]}

    def event(key: str) -> str:
        if not key:
            return key
        year, rest = key.split("-", 1)  # the old year too: two events may differ in nothing else
        return renamed(f"{int(year) + years[key]}-{rest}-{year}")

    chapter_of = _chapters(rows["chapters"])
    return {
        "sources": [
            row | {"source_id": renamed(row["source_id"]),
                   "independence_group": renamed(row["independence_group"]),
                   "title": f"{row['title']} ({number})",
                   "url": row["url"] and f"{row['url']}#{number}"}
            for row in rows["sources"]
        ],
        "events": [
            row | {"event_id": event(row["event_id"]),
                   "replaced_by": event(row["replaced_by"]),
                   "date": (date := _moved(row["date"], years[row["event_id"]])),
                   "chapter": chapter_of(date, row["chapter"])}
            for row in rows["events"]
        ],
        "claims": [
            row | {"claim_id": renamed(row["claim_id"]),
                   "event_id": event(row["event_id"]),
                   "source_id": renamed(row["source_id"]),
                   "topic": renamed(row["topic"]),
                   "value_edtf": _moved(row["value_edtf"], years[row["event_id"]])}
            for row in rows["claims"]
        ],
        "rulings": [
            row | {"ruling_id": renamed(row["ruling_id"])}
            | {name: ";".join(map(renamed, _members(row[name]))) for name in _MEMBERS}
            for row in rows["rulings"]
        ],
    }  # fmt: skip


class _Moves:
    """How many years each event moves in each copy: as one with all that share its topics."""

    def __init__(self, events: list[Row], claims: list[Row]) -> None:
        self._lead = {row["event_id"]: row["event_id"] for row in events}
        speaking: dict[str, str] = {}
        for claim in claims:
            self._join(speaking.setdefault(claim["topic"], claim["event_id"]), claim["event_id"])
        for row in events:
            self._join(row["replaced_by"] or row["event_id"], row["event_id"])
        self._span: dict[str, list[int]] = {}
        for row in events:
            self._span.setdefault(self._leader(row["event_id"]), []).extend(_years(row["date"]))
        every = [year for years in self._span.values() for year in years]
        self._first, self._last = min(every), max(every)

    def years(self, event_id: str, number: int) -> int:
        """Return the years that an event moves in a copy; none where there is no room."""
        span = self._span[self._leader(event_id)]
        period = self._last - self._first + 1
        forward = (number - 1) % period
        for move in (forward, forward - period):
            if self._first <= min(span) + move and max(span) + move <= self._last:
                return move
        return 0

    def _join(self, one: str, other: str) -> None:
        self._lead[self._leader(one)] = self._leader(other)

    def _leader(self, event_id: str) -> str:
        while self._lead[event_id] != event_id:
            event_id = self._lead[event_id]
        return event_id


def _years(text: str) -> list[int]:
    return [int(found) for found in _YEAR.findall(text)]


def _moved(text: str, years: int) -> str:
    """Return a date so many years later."""
    moved = _YEAR.sub(lambda found: str(int(found[0]) + years), text)
    return moved if not years else moved.replace("-02-29", "-02-28")


def _chapters(chapters: list[Row]) -> Callable[[str, str], str]:
    """Return what finds the narrative chapter of a date; the one told now where none has it."""
    told = [row for row in chapters if row["kind"] == "narrative" and row["year_first"]]

    def chapter_of(date: str, now: str) -> str:
        year = _years(date)[0]
        there = [r["chapter_id"] for r in told
                 if int(r["year_first"]) <= year <= int(r["year_last"] or year)]  # fmt: skip
        return now if now in there or not there else there[0]

    return chapter_of


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
