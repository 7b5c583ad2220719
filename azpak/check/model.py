"""What the rules of the gate work on: faults, tables as read, and the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from os.path import normpath
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Data", "Fault", "Layer", "Row", "Table"]

Row = dict[str, Any]

# A message must stay on one line that a screen shows.
_LONGEST_VALUE = 120


class Fault(NamedTuple):
    """One thing that is wrong.

    ``file`` is relative to the data folder; ``line`` counts from 1; ``line`` and ``column`` are
    empty where the fault is of the whole file.
    """

    file: str
    line: int | None
    column: str
    what: str
    got: str | None = None

    def message(self, directory: Path) -> str:
        """Return ``file:line: column: what is wrong (got 'value')``."""
        place = f"{normpath(directory / self.file)}:" + (f"{self.line}:" if self.line else "")
        column = f" {self.column}:" if self.column else ""
        got = "" if self.got is None else f" (got {_short(self.got)})"
        return f"{place}{column} {self.what}{got}"


@dataclass
class Table:
    """A CSV file as read, cell by cell as text, and what the schema says of it.

    Attributes
    ----------
    rows, lines
        The rows that have as many cells as the header, and the line each starts on.
    whole
        Whether all of the file could be read; if not, what it lacks proves nothing.
    lost
        The cells of rows left out because their number of cells is wrong: what they name may be
        meant to exist.
    bad
        Cells (line, column) found at fault, which later rules pass over.
    """

    name: str
    file: str
    schema: dict[str, Any]
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    whole: bool = True
    lost: set[str] = field(default_factory=set)
    bad: set[tuple[int, str]] = field(default_factory=set)
    _columns: dict[str, list[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def fields(self) -> dict[str, dict[str, Any]]:
        """The schema's fields by name, in its order."""
        return {f["name"]: f for f in self.schema["fields"]}

    def column(self, name: str) -> list[str]:
        """Return the cells of one column once all is read; an absent one is empty."""
        if name not in self._columns:
            at = self.columns.get(name)
            self._columns[name] = [] if at is None else [row[at] for row in self.rows]
        return self._columns[name]

    def fault(self, line: int, column: str, what: str, got: object = None) -> Fault:
        """Return a fault in this table."""
        return Fault(self.file, line, column, what, None if got is None else str(got))

    def records(self, *needed: str) -> Iterator[tuple[int, Row]]:
        """Yield line and typed row, where the needed columns are there and without fault.

        Missing values are None, lists tuples.
        """
        if any(name not in self.columns for name in needed):
            return
        if not self.bad:
            yield from self._typed
            return
        for line, row in self._typed:
            if not any((line, name) in self.bad for name in needed):
                yield line, row

    @cached_property
    def _typed(self) -> list[tuple[int, Row]]:
        present = [(f, self.columns.get(name)) for name, f in self.fields.items()]
        return [
            (
                line,
                {f["name"]: None if at is None else _value(row[at], f) for f, at in present},
            )
            for line, row in zip(self.lines, self.rows, strict=True)
        ]


@dataclass
class Layer:
    """A GeoJSON file: its features, the line each starts on, and which are at fault."""

    name: str
    file: str
    features: list[dict[str, Any]]
    lines: list[int]
    bad: set[int] = field(default_factory=set)


@dataclass
class Data:
    """The data folder as read."""

    directory: Path
    package: dict[str, Any]
    tables: dict[str, Table] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)

    def records(self, name: str, *needed: str) -> Iterator[tuple[Table, int, Row]]:
        """Yield table, line and typed row of a table; nothing where it could not be read."""
        table = self.tables.get(name)
        if table:
            for line, row in table.records(*needed):
                yield table, line, row

    def is_whole(self, *names: str) -> bool:
        """Whether all of the tables could be read to their end."""
        return all(name in self.tables and self.tables[name].whole for name in names)

    def lost(self, name: str) -> set[str]:
        """Return the cells of a table's rows that could not be read as rows."""
        return self.tables[name].lost if name in self.tables else set()


def _value(cell: str, column: dict[str, Any]) -> Any:
    """Return a cell in the type of its column; a list always as a tuple."""
    kind = column["type"]
    if kind == "list":
        return tuple(cell.split(column.get("delimiter", ";"))) if cell else ()
    if not cell or kind == "string":
        return cell or None
    if kind == "boolean":
        return {"true": True, "false": False}.get(cell)
    try:
        return float(cell) if kind == "number" else int(cell)
    except ValueError:
        return None


def _short(value: str) -> str:
    shown = repr(value)
    return shown if len(shown) <= _LONGEST_VALUE else f"{shown[:_LONGEST_VALUE]}…"
