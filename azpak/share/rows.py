"""The rows of the tables as they lie in the files, and the events with what is computed of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from azpak import tables
from azpak.evidence import Evidence

__all__ = ["COMPUTED", "DESCRIBED", "csv_text", "fields", "names", "read", "resolved"]

Cell = str | int | float | bool | None
# What is computed of an event, and how it is called where it is handed out.
DESCRIBED = {
    "first_day": "First day on which the event can have been or begun.",
    "last_day": "Last day on which it can have been or ended; empty where it has not ended.",
    "date_text": "The date as the report prints it.",
    "confidence": "How sure the event is: high, medium or low, by the rule of the method chapter.",
    "confidence_why": "What the rule found.",
    "origins": "Separate origins of sources that agree on one matter of the event.",
    "sources": "Sources with a claim on it.",
    "claims": "Claims on it.",
    "contradictions": "Pairs of its claims that contradict each other.",
    "source_ids": "The sources, separated by semicolons.",
    "ruling_ids": "The rulings that weigh its claims, separated by semicolons.",
}
COMPUTED = tuple(DESCRIBED)
_COUNTS = {
    "origins": "n_groups",
    "sources": "n_sources",
    "claims": "n_claims",
    "contradictions": "n_contradictions",
}


def names() -> list[str]:
    """Return the names of the tables that are there: a copy may hold some of them only."""
    folder = tables.data_dir()
    return [n for n in tables.table_names() if (folder / tables.resource(n)["path"]).is_file()]


def fields(name: str) -> list[dict[str, Any]]:
    """Return what the schema says of the columns of a table."""
    return tables.resource(name)["schema"]["fields"]


def read(name: str) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a table, typed by its schema; lists stay text, as in the file."""
    kinds = {field["name"]: field["type"] for field in fields(name)}
    path = tables.data_dir() / tables.resource(name)["path"]
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: _typed(text, kinds[column]) for column, text in row.items()}


def resolved() -> list[dict[str, Cell]]:
    """Return the active events by date, with first and last day, support and origins."""
    told = {row["event_id"]: row for row in read("events")}
    found = []
    for event_id, row in Evidence.load().event_table().iterrows():
        computed = {
            "first_day": _day(row["start"]),
            "last_day": _day(row["end"]),
            **{name: row[name] for name in ("date_text", "confidence", "confidence_why")},
            **{name: int(row[column]) for name, column in _COUNTS.items()},
            "source_ids": ";".join(row["source_ids"]),
            "ruling_ids": ";".join(row["ruling_ids"]),
        }
        found.append({**told[event_id], **{name: computed[name] for name in COMPUTED}})
    return found


def csv_text(rows: Iterable[dict[str, Cell]]) -> str:
    """Return rows as CSV."""
    rows = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: _text(v) for k, v in row.items()} for row in rows)
    return out.getvalue()


def _typed(text: str, kind: str) -> Cell:
    if text == "":
        return None
    if kind == "integer":
        return int(float(text))
    if kind == "number":
        return float(text)
    return text == "true" if kind == "boolean" else text


def _text(value: Cell) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(value: Any) -> str | None:
    return None if value is None or value != value else value.date().isoformat()
