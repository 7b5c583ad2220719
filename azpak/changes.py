"""What changed between two editions: rows, printed values and verdicts.

``python -m azpak changes OLD NEW`` compares two data folders, or two folders of ``data/releases``,
and the values that the two editions printed. It reads plain files, so that an edition of another
schema can be compared too.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from azpak.errors import DataError, ReportError

__all__ = [
    "KEYS", "Changes", "Edition", "Moved", "Rows", "Turned", "compare", "main", "numbers", "read",
    "told",
]  # fmt: skip

KEYS = {"events": "event_id", "claims": "claim_id", "rulings": "ruling_id", "sources": "source_id"}
VERDICT = "verdict_"  # with which the name of a printed verdict begins
VALUES, VERDICTS, ARCHIVE = "values.json", "verdicts.json", "data.zip"
PRINTED = Path("_build") / "html" / "_downloads" / VALUES  # beside a data folder of a checkout

Row = Mapping[str, str]


@dataclass(frozen=True)
class Edition:
    """What an edition holds.

    Attributes
    ----------
    version
        Its version.
    tables
        By the names of `KEYS`, rows by their key.
    values
        The printed text of each value by chapter and name.
    """

    version: str
    tables: Mapping[str, Mapping[str, Row]] = field(repr=False)
    values: Mapping[tuple[str, str], str] = field(repr=False)


class Rows(NamedTuple):
    """How the rows of a table changed.

    Attributes
    ----------
    added, withdrawn, removed
        Keys: new ones; those whose status is withdrawn now and was not; those that are gone.
    corrected
        By key, the columns that changed, each with both texts.
    """

    added: tuple[str, ...]
    corrected: Mapping[str, Mapping[str, tuple[str, str]]]
    withdrawn: tuple[str, ...]
    removed: tuple[str, ...]


class Moved(NamedTuple):
    """A printed value that moved."""

    chapter: str
    name: str
    old: str
    new: str


class Turned(NamedTuple):
    """A verdict, or the resolution of a ruling, that turned; empty where there was or is none."""

    where: str
    what: str
    old: str
    new: str


class Changes(NamedTuple):
    """What changed from one edition to another.

    Attributes
    ----------
    old, new
        The versions.
    rows
        By the names of `KEYS`.
    turned
        Verdicts and resolutions.
    moved
        Printed values of both editions whose text changed, in the order of the new one.
    n_values
        Values that both print.
    """

    old: str
    new: str
    rows: Mapping[str, Rows]
    turned: tuple[Turned, ...]
    moved: tuple[Moved, ...]
    n_values: int


def read(place: Path, values: Path | None = None) -> Edition:
    """Read an edition from a data folder, or from a folder of ``data/releases``.

    Parameters
    ----------
    place
        A folder with ``events.csv``, or one with ``data.zip``.
    values
        The file of printed values. By default ``values.json`` in the folder, else that of the
        pages built last beside it; none where there is none.

    Raises
    ------
    DataError
        If the folder holds no data, or a named file of values is not one.
    """
    files = _Files(place)
    package = json.loads(files.text("datapackage.json"))
    tables = {name: files.rows(f"{name}.csv", key) for name, key in KEYS.items()}
    return Edition(package["version"], tables, _values(place, values))


class _Files:
    """The files of a data folder, packed or not."""

    def __init__(self, place: Path) -> None:
        self.place = place
        packed = place / ARCHIVE
        self.archive = zipfile.ZipFile(packed) if packed.is_file() else None

    def text(self, name: str) -> str:
        try:
            content = self.archive.read(name) if self.archive else (self.place / name).read_bytes()
        except (KeyError, OSError) as error:
            raise DataError(
                "no edition of the data is here", file=self.place / name,
                way_out="Name a data folder, or a folder of data/releases",
            ) from error  # fmt: skip
        return content.decode("utf-8")

    def rows(self, name: str, key: str) -> dict[str, Row]:
        return {row[key]: row for row in csv.DictReader(io.StringIO(self.text(name)))}


def _values(place: Path, named: Path | None) -> dict[tuple[str, str], str]:
    """Return what an edition printed, with the verdicts that are kept beside it."""
    found = [named] if named else [place / VALUES, place.parent / PRINTED]
    file = next((path for path in found if path.is_file()), None)
    if named and file is None:
        raise DataError("there is no such file of printed values", file=named)
    listed = json.loads(file.read_text(encoding="utf-8"))["values"] if file else []
    kept = place / VERDICTS
    listed += json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else []
    return {(v["chapter"], v["name"]): v["text"] for v in listed}


def compare(old: Edition, new: Edition) -> Changes:
    """Return what changed from one edition to another."""
    rows = {name: _rows(old.tables[name], new.tables[name]) for name in KEYS}
    return Changes(
        old.version, new.version, rows,
        (*_verdicts(old.values, new.values), *_resolutions(old, new)),
        numbers(old.values, new.values), len(old.values.keys() & new.values.keys()),
    )  # fmt: skip


def _rows(old: Mapping[str, Row], new: Mapping[str, Row]) -> Rows:
    """Compare the rows of one table; columns that only one edition has are no correction."""
    both = [key for key in new if key in old]
    differ = {
        key: {c: (old[key][c], new[key][c]) for c in old[key]
              if c in new[key] and old[key][c] != new[key][c]}
        for key in both
    }  # fmt: skip
    gone = {
        key for key in both
        if new[key].get("status") == "withdrawn" and old[key].get("status") != "withdrawn"
    }  # fmt: skip
    return Rows(
        added=tuple(key for key in new if key not in old),
        corrected={key: columns for key, columns in differ.items() if columns and key not in gone},
        withdrawn=tuple(key for key in both if key in gone),
        removed=tuple(key for key in old if key not in new),
    )


def numbers(
    old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str]
) -> tuple[Moved, ...]:
    """Return the printed values, verdicts apart, whose text changed."""
    return tuple(
        Moved(*key, old[key], text) for key, text in new.items()
        if key in old and old[key] != text and not key[1].startswith(VERDICT)
    )  # fmt: skip


def _verdicts(
    old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str]
) -> Iterable[Turned]:
    """Return the printed verdicts that turned, are new, or are gone."""
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key, ""), new.get(key, "")
        if key[1].startswith(VERDICT) and before != after:
            yield Turned(key[0], key[1].removeprefix(VERDICT).replace("_", " "), before, after)


def _resolutions(old: Edition, new: Edition) -> Iterable[Turned]:
    """Return the rulings of both editions that turned.

    That is where the resolution is another, or a claim that was preferred is so no more; a further
    claim for the same reading turns nothing.
    """
    for key, row in new.tables["rulings"].items():
        before = old.tables["rulings"].get(key)
        if before is None:
            continue
        preferred = [set(r["preferred_claim_ids"].split(";")) for r in (before, row)]
        for column, turned in (
            ("resolution", before["resolution"] != row["resolution"]),
            ("preferred_claim_ids", not preferred[0] <= preferred[1]),
        ):
            if turned:
                yield Turned("contradictions", f"{key}, {column}", before[column], row[column])
                break


def told(changes: Changes) -> str:
    """Return the changes as text, a line each."""
    lines = [f"From {changes.old} to {changes.new}"]
    for name, rows in changes.rows.items():
        counts = {kind: len(getattr(rows, kind)) for kind in Rows._fields}
        lines += ["", f"{name}: " + ", ".join(f"{n} {kind}" for kind, n in counts.items())]
        lines += [f"  + {key}" for key in rows.added]
        for key, columns in rows.corrected.items():
            lines += [
                f"  ~ {key}: {c}: {_short(a)} -> {_short(b)}" for c, (a, b) in columns.items()
            ]
        lines += [f"  - {key} (withdrawn)" for key in rows.withdrawn]
        lines += [f"  - {key}" for key in rows.removed]
    lines += ["", f"verdicts that turned: {len(changes.turned)}"]
    lines += [f"  {t.where}, {t.what}: {t.old or 'none'} -> {t.new or 'none'}"
              for t in changes.turned]  # fmt: skip
    lines += ["", f"printed values that moved: {len(changes.moved)} of {changes.n_values}"]
    lines += [f"  {m.chapter}, {m.name}: {m.old} -> {m.new}" for m in changes.moved]
    return "\n".join(lines)


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else f"{text[: length - 3]}..."


def main(arguments: list[str]) -> int:
    """Compare two editions and print what changed; return the exit code."""
    places = [Path(argument) for argument in arguments]
    try:
        old, new = read(places[0], *places[2:3]), read(places[1], *places[3:4])
    except ReportError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print(told(compare(old, new)))
    return 0
