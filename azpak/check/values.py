"""Rules on single cells and columns: types, constraints, dates, ordered bounds.

A column's distinct values are looked at first; rows only where one of them is at fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import inf
from typing import Any

from azpak.check.model import Data, Fault, Table
from azpak.check.text import cell_faults
from azpak.dates import parse, span
from azpak.errors import DateError

__all__ = ["RULES"]

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def cells_have_their_type(data: Data) -> Iterator[Fault]:
    """Yield cells that are not of the column's type or break its constraints."""
    for table in data.tables.values():
        for name in table.columns:
            yield from cell_faults(table, name, _type_fault(table.fields[name]))


def dates_exist(data: Data) -> Iterator[Fault]:
    """Yield cells of EDTF columns that are no date."""
    for table in data.tables.values():
        for name in table.columns:
            if table.fields[name].get("edtf"):
                yield from cell_faults(table, name, _date_fault(name))


def bounds_are_ordered(data: Data) -> Iterator[Fault]:
    """Yield a low bound above its high one, a start after its end."""
    for table in data.tables.values():
        for low, high in _bound_pairs(table):
            for line, row in table.records(low, high):
                if not _ordered(row[low], row[high], bool(table.fields[low].get("edtf"))):
                    table.bad |= {(line, low), (line, high)}
                    yield table.fault(line, low, f"above {high}", f"{row[low]} > {row[high]}")


RULES = (cells_have_their_type, dates_exist, bounds_are_ordered)


def _type_fault(column: dict[str, Any]) -> Callable[[str], str | None]:
    rules = column.get("constraints", {})
    pattern = re.compile(rules["pattern"]) if "pattern" in rules else None
    mark = column.get("delimiter", ";")

    def fault_of(value: str) -> str | None:
        if not value:
            return "the cell must not be empty" if rules.get("required") else None
        if column["type"] == "list":
            return _list_fault(value.split(mark))
        if column["type"] == "boolean":
            return None if value in ("true", "false") else "neither true nor false"
        if column["type"] in ("integer", "number"):
            return _number_fault(value, column["type"], rules)
        if "enum" in rules and value not in rules["enum"]:
            return f"none of {', '.join(rules['enum'])}"
        if len(value) > rules.get("maxLength", inf):
            return f"{len(value)} characters, where {rules['maxLength']} are the most"
        if pattern and not pattern.fullmatch(value):
            return f"not of the form {rules['pattern']}"
        return None

    return fault_of


def _list_fault(members: list[str]) -> str | None:
    if not all(members):
        return "an empty member in the list"
    if any(member != member.strip() for member in members):
        return "white space around a member of the list"
    return "a member stands twice in the list" if len(set(members)) < len(members) else None


def _number_fault(value: str, kind: str, rules: dict[str, Any]) -> str | None:
    form = _INTEGER if kind == "integer" else _NUMBER
    number = float(value) if form.fullmatch(value) else inf
    if number in (inf, -inf):
        return f"not {'a whole number' if kind == 'integer' else 'a number'}"
    if "enum" in rules and number not in rules["enum"]:
        return f"none of {', '.join(map(str, rules['enum']))}"
    if "minimum" in rules and number < rules["minimum"]:
        return f"below {rules['minimum']}"
    if "maximum" in rules and number > rules["maximum"]:
        return f"above {rules['maximum']}"
    return None


def _date_fault(name: str) -> Callable[[str], str | None]:
    may_be_open = name == "end" or name.endswith("_end")

    def fault_of(value: str) -> str | None:
        if not value or (value == ".." and may_be_open):
            return None
        try:
            parse(value)
        except DateError as error:
            return error.what
        return None

    return fault_of


_BOUNDS = (("low", "high"), ("first", "last"), ("start", "end"), ("start_year", "end_year"))


def _bound_pairs(table: Table) -> Iterator[tuple[str, str]]:
    for name in table.columns:
        for low, high in _BOUNDS:
            other = name.removesuffix(low) + high
            named = name == low or name.endswith(f"_{low}")
            if named and other in table.columns and _kind(table, name) == _kind(table, other):
                yield name, other


def _kind(table: Table, name: str) -> str:
    """Return what a bound is: a date, or a number of either type."""
    column = table.fields[name]
    if column.get("edtf"):
        return "date"
    return "number" if column["type"] in ("integer", "number") else f"text {name}"


def _ordered(low: Any, high: Any, dates: bool) -> bool:
    if low is None or high is None:
        return True
    if not dates:
        return low <= high
    try:
        return bool(span(low, high)) if high != ".." else True
    except DateError:  # either bound may itself be an interval
        last = parse(high).end
        return last is None or parse(low).start <= last
