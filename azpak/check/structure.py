"""Read the files: encoding, CSV form, header, number of cells; GeoJSON as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from azpak.check.model import Data, Fault, Layer, Table

__all__ = ["read_into"]

_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_BOM = b"\xef\xbb\xbf"
# Above any cell of ours: what csv reads beyond it follows a quotation mark never closed.
csv.field_size_limit(1_000_000)


def read_into(data: Data) -> list[Fault]:
    """Read every resource into ``data`` and return the faults found on the way."""
    faults: list[Fault] = []
    for entry in data.package["resources"]:
        file = entry["path"]
        text = _text(data.directory / file, file, faults)
        if text is None:
            continue
        if file.endswith(".csv"):
            table = Table(entry["name"], file, entry["schema"])
            faults += _read_table(table, text)
            if table.columns:
                data.tables[table.name] = table
        else:
            layer = _read_layer(entry["name"], file, text, faults)
            if layer:
                data.layers[layer.name] = layer
    return faults


def _text(path: Path, file: str, faults: list[Fault]) -> str | None:
    """Return a file's text, or None where it has none that can be read."""
    if not path.is_file():
        what = "a directory stands in its place" if path.is_dir() else "the file is missing"
        faults.append(Fault(file, None, "", what))
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(file, None, "", f"not readable: {error.strerror}"))
        return None
    if not content.strip():
        faults.append(Fault(file, None, "", "the file is empty"))
        return None
    if content[:2] in _UTF16_BOMS or _every_other_byte_is_null(content):
        faults.append(Fault(file, 1, "", "encoded as UTF-16, not as UTF-8"))
        return None
    if content.startswith(_UTF8_BOM):
        faults.append(Fault(file, 1, "", "starts with a byte order mark"))
        content = content[len(_UTF8_BOM) :]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = "not UTF-8; encoded as Latin-1 or Windows-1252?"
        faults.append(Fault(file, line, "", what, repr(content[error.start : error.start + 1])))
        return None
    if "\r\n" in text:
        line = text.count("\n", 0, text.index("\r\n")) + 1
        faults.append(Fault(file, line, "", "lines end in CRLF, not in LF"))
        text = text.replace("\r\n", "\n")
    if file.endswith(".csv") and not text.endswith("\n"):  # cut JSON does not parse anyway
        line = text.count("\n") + 1
        faults.append(Fault(file, line, "", "no line end after the last line: truncated?"))
    return text


def _every_other_byte_is_null(content: bytes) -> bool:
    head = content[:200]
    return len(head) > 3 and (not any(head[1::2]) or not any(head[::2]))


def _read_table(table: Table, text: str) -> Iterator[Fault]:
    table.whole = text.endswith("\n")
    records = _records(table, text)
    first = next(records, None)
    if first is None or isinstance(first, Fault):
        table.whole = False
        yield first or Fault(table.file, 1, "", "no header")
        return
    header = first[1]
    separator = next((s for s in ";\t|" if len(header) == 1 and s in header[0]), None)
    if separator:
        table.whole = False
        yield Fault(
            table.file, 1, "", "cells are separated by something else than commas", separator
        )
        return
    yield from _header_faults(table, header)
    for record in records:
        if isinstance(record, Fault):
            table.whole = False
            yield record
        else:
            yield from _take_row(table, *record, len(header))
    if not table.rows and not table.lost and table.whole:
        yield Fault(table.file, 1, "", "no rows after the header: truncated?")


def _records(table: Table, text: str) -> Iterator[tuple[int, list[str]] | Fault]:
    """Yield (line, cells) for each record, or a fault where quoting breaks."""
    reader = csv.reader(io.StringIO(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            unclosed = "unexpected end" in str(error) or "field limit" in str(error)
            what = "a quotation mark is never closed: truncated?" if unclosed else str(error)
            yield Fault(table.file, line, "", what)
            if unclosed:
                return


def _header_faults(table: Table, header: list[str]) -> Iterator[Fault]:
    expected = list(table.fields)
    for at, name in enumerate(header):
        if name in table.columns:
            yield table.fault(1, name, "the column stands twice in the header")
        elif name not in table.fields:
            yield table.fault(1, name, "no such column in the schema", name)
        else:
            table.columns[name] = at
    for name in expected:
        if name not in table.columns:
            yield table.fault(1, name, "the column is missing")
    if sorted(header) == sorted(expected) and header != expected:
        at = next(n for n in range(len(header)) if header[n] != expected[n])
        what = f"the columns are not in the schema's order: {expected[at]} is due here"
        yield table.fault(1, header[at], what, header[at])


def _take_row(table: Table, line: int, cells: list[str], width: int) -> Iterator[Fault]:
    if len(cells) == width:
        table.rows.append(cells)
        table.lines.append(line)
        return
    table.lost.update(cells)
    if not cells:
        yield Fault(table.file, line, "", "an empty line")
        return
    number = abs(len(cells) - width)
    what = (
        f"{number} cell{'' if number == 1 else 's'} too {'many' if len(cells) > width else 'few'}"
    )
    yield Fault(table.file, line, "", f"{what}: {width} are due", ",".join(cells))


def _read_layer(name: str, file: str, text: str, faults: list[Fault]) -> Layer | None:
    try:
        collection = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        column = f"character {error.colno}"
        faults.append(Fault(file, error.lineno, column, f"not valid JSON: {error.msg}"))
        return None
    except (ValueError, RecursionError) as error:
        faults.append(Fault(file, None, "", f"not valid JSON: {error}"))
        return None
    kind = collection.get("type") if isinstance(collection, dict) else None
    if kind != "FeatureCollection":
        faults.append(Fault(file, 1, "type", "not a FeatureCollection", str(kind)))
        return None
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        faults.append(Fault(file, 1, "features", "no features"))
        return None
    return Layer(name, file, features, _feature_lines(text, len(features)))


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _feature_lines(text: str, number: int) -> list[int]:
    """Return the line of each feature, as well as the text shows it."""
    lines = [
        n for n, part in enumerate(text.split("\n"), 1) for _ in range(part.count('"Feature"'))
    ]
    return lines if len(lines) == number else [1] * number
