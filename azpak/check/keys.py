"""Rules on keys: unique, and resolved wherever they are named, in lists too."""

from __future__ import annotations

from collections.abc import Iterator

from azpak.check.model import Data, Fault, Table
from azpak.check.schema import references

__all__ = ["RULES"]


def keys_are_unique(data: Data) -> Iterator[Fault]:
    """Yield the second and later rows of one primary key, or of a value that must be unique."""
    for table in data.tables.values():
        key = table.schema.get("primaryKey", [])
        yield from _repeated(table, [key] if isinstance(key, str) else key)
        for name, column in table.fields.items():
            if column.get("constraints", {}).get("unique") and [name] != key:
                yield from _repeated(table, [name])


def keys_resolve(data: Data) -> Iterator[Fault]:
    """Yield keys that no row of the table they point into has."""
    merged = {row["merged_id"]: row["source_id"] for _, _, row in data.records("source_merges")}
    keys: dict[tuple[str, str], set[str]] = {}
    for entry in data.package["resources"]:
        table = data.tables.get(entry["name"])
        for column, into, key in references(entry) if table else ():
            target = data.tables.get(into)
            if target and target.whole and key in target.columns:
                if (into, key) not in keys:
                    keys[into, key] = set(target.column(key)) | target.lost
                known = keys[into, key]
                yield from _unresolved(table, column, into, known, merged)


def _unresolved(
    table: Table, column: str, into: str, known: set[str], merged: dict[str, str]
) -> Iterator[Fault]:
    for line, member in members(table, column):
        if member not in known:
            table.bad.add((line, column))
            what = f"no such row in {into}"
            if into == "sources" and member in merged:
                what = f"the source was merged into {merged[member]}"
            yield table.fault(line, column, what, member)


def members(table: Table, column: str) -> Iterator[tuple[int, str]]:
    """Yield line and key for each key named in a column, one by one where the cell is a list."""
    field = table.fields[column]
    mark = field.get("delimiter", ";") if field["type"] == "list" else None
    cells = table.column(column)  # none where the column is absent
    for line, cell in zip(table.lines, cells, strict=bool(cells)):
        if cell and (line, column) not in table.bad:
            for member in cell.split(mark) if mark else [cell]:
                yield line, member


def no_series_mixes_releases(data: Data) -> Iterator[Fault]:
    """Yield the rows of a series that come from another release than its first row."""
    for entry in data.package["resources"]:
        table = data.tables.get(entry["name"])
        if not table or "series" not in entry:
            continue
        wanted = [*entry["series"], "release"]
        if any(name not in table.columns for name in wanted):
            continue
        release_of: dict[tuple[str, ...], str] = {}
        for line, *key, release in zip(table.lines, *map(table.column, wanted), strict=True):
            first = release_of.setdefault(tuple(key), release)
            if release != first:
                what = f"the series {', '.join(key)} mixes releases: its first row has {first}"
                yield table.fault(line, "release", what, release)


def nothing_is_part_of_itself(data: Data) -> Iterator[Fault]:
    """Yield transfers, events and the like that point to themselves through their own table."""
    for entry in data.package["resources"]:
        table = data.tables.get(entry["name"])
        for column, into, key in references(entry) if table else ():
            if into == table.name and column in table.columns and key in table.columns:
                yield from _cycles(table, column, key)


RULES = (keys_are_unique, keys_resolve, no_series_mixes_releases, nothing_is_part_of_itself)


def _repeated(table: Table, key: list[str]) -> Iterator[Fault]:
    if not key or any(name not in table.columns for name in key):
        return
    first_line: dict[tuple[str, ...], int] = {}
    for line, *values in zip(table.lines, *map(table.column, key), strict=True):
        first = first_line.setdefault(tuple(values), line)
        if first != line and any(values):
            what = f"the key stands already in line {first}"
            yield table.fault(line, ", ".join(key), what, ", ".join(values))


def _cycles(table: Table, column: str, key: str) -> Iterator[Fault]:
    parent = dict(zip(table.column(key), table.column(column), strict=True))
    for line, start in zip(table.lines, table.column(key), strict=True):
        walked, at = [start], parent[start]
        while at and at in parent and at not in walked:
            walked.append(at)
            at = parent[at]
        if at == start:
            yield table.fault(
                line, column, "the row leads back to itself", " > ".join([*walked, at])
            )
