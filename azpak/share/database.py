"""The data as one SQLite file: tables with keys, lists as tables of their own, views."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from azpak import tables
from azpak.publication import Publication
from azpak.share import rows

__all__ = ["write"]

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
DAYS = ("first_day", "last_day")
VIEWS = """
CREATE VIEW events_resolved AS
    SELECT e.*, s.* FROM event_support s JOIN events e ON e.event_id = s.of_event
    ORDER BY s.first_day, e.event_id;
CREATE VIEW claims_resolved AS
    SELECT c.*, s.stance, s.independence_group, s.title AS source_title, s.date AS source_date
    FROM claims c JOIN sources s USING (source_id);
CREATE VIEW contested_events AS
    SELECT e.event_id, e.title, r.ruling_id, r.question, r.resolution, r.reading, r.certainty
    FROM events e
    JOIN claims c ON c.event_id = e.event_id
    JOIN rulings_claim_ids l ON l.value = c.claim_id
    JOIN rulings r ON r.ruling_id = l.ruling_id
    GROUP BY e.event_id, r.ruling_id ORDER BY e.event_id, r.ruling_id;
"""


def write(target: Path, book: Publication, events: list[dict[str, rows.Cell]]) -> None:
    """Write the database.

    Parameters
    ----------
    target
        The file; one that is there is replaced.
    book
        The publication, for the table ``about``.
    events
        The events with what is computed, from `azpak.share.rows.resolved`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as base:
        base.execute("PRAGMA foreign_keys = OFF")  # rows refer to rows that come later
        _about(base, book)
        for name in rows.names():
            _table(base, name)
        _support(base, events)
        base.executescript(VIEWS)
        base.commit()
        base.execute("VACUUM")
    base.close()


def _about(base: sqlite3.Connection, book: Publication) -> None:
    base.execute("CREATE TABLE about (what TEXT PRIMARY KEY, said TEXT)")
    about = {
        "title": book.title,
        "version": book.version,
        "data as of": book.data_date.isoformat(),
        "cite as": book.citation_of_report(),
        "terms": "CC BY 4.0 for our tables; data of others keep the terms named in table licences",
        "dates": "Column date is EDTF; view events_resolved has first and last day.",
    }
    base.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    base.execute("CREATE TABLE licences (table_name TEXT, terms TEXT, address TEXT)")
    base.execute("CREATE TABLE codebook (table_name TEXT, column_name TEXT, type TEXT, said TEXT)")
    for entry in tables.package()["resources"]:
        if "schema" not in entry:
            continue
        for terms in entry.get("licenses") or tables.package()["licenses"]:
            row = (entry["name"], terms.get("title") or terms["name"], terms.get("path"))
            base.execute("INSERT INTO licences VALUES (?, ?, ?)", row)
        for field in entry["schema"]["fields"]:
            row = (entry["name"], field["name"], field["type"], field.get("description", ""))
            base.execute("INSERT INTO codebook VALUES (?, ?, ?, ?)", row)


def _table(base: sqlite3.Connection, name: str) -> None:
    schema = tables.resource(name)["schema"]
    base.execute(f"CREATE TABLE {_q(name)} ({', '.join(_lines(schema))})")
    marks = ", ".join("?" * len(schema["fields"]))
    found = list(rows.read(name))
    base.executemany(
        f"INSERT INTO {_q(name)} VALUES ({marks})", [tuple(row.values()) for row in found]
    )
    key = schema.get("primaryKey", [])
    for field in schema["fields"]:
        if field["type"] == "list" and len(key) == 1:
            _list(base, name, key[0], field, found)


def _lines(schema: dict[str, Any]) -> Iterator[str]:
    """Yield the columns and keys of a table."""
    for field in schema["fields"]:
        needed = " NOT NULL" if field.get("constraints", {}).get("required") else ""
        yield f"{_q(field['name'])} {TYPES.get(field['type'], 'TEXT')}{needed}"
    if schema.get("primaryKey"):
        yield f"PRIMARY KEY ({_names(schema['primaryKey'])})"
    for key in schema.get("foreignKeys", ()):
        there = key["reference"]
        yield (
            f"FOREIGN KEY ({_names(key['fields'])}) "
            f"REFERENCES {_q(there['resource'])} ({_names(there['fields'])})"
        )


def _list(
    base: sqlite3.Connection, name: str, key: str, field: dict[str, Any], found: list[dict]
) -> None:
    """Write the members of a list, each with its place."""
    table = _q(f"{name}_{field['name']}")
    base.execute(
        f"CREATE TABLE {table} ({_q(key)} TEXT REFERENCES {_q(name)} ({_q(key)}), "
        f"position INTEGER, value TEXT, PRIMARY KEY ({_q(key)}, position))"
    )
    mark = field.get("delimiter", ";")
    members = [
        (row[key], position, value)
        for row in found
        if row[field["name"]]
        for position, value in enumerate(str(row[field["name"]]).split(mark), 1)
    ]
    base.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", members)


def _support(base: sqlite3.Connection, events: list[dict[str, rows.Cell]]) -> None:
    counts = {name for name in rows.COMPUTED if isinstance(events[0][name], int)}
    columns = [f"{n} {'INTEGER' if n in counts else 'TEXT'}" for n in rows.COMPUTED]
    base.execute(
        "CREATE TABLE event_support (of_event TEXT PRIMARY KEY REFERENCES events (event_id), "
        f"{', '.join(columns)})"
    )
    marks = ", ".join("?" * (len(columns) + 1))
    base.executemany(
        f"INSERT INTO event_support VALUES ({marks})",
        [(row["event_id"], *(row[name] for name in rows.COMPUTED)) for row in events],
    )


def _q(name: str) -> str:
    return f'"{name}"'


def _names(names: list[str]) -> str:
    return ", ".join(map(_q, names))
