"""Break the real data in many ways, at random but seeded, and look whether the gate says so.

``python -m tests.support.mutations 1000 7`` tries a thousand single faults with seed 7 and prints
each that the gate does not name with its file and line.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from azpak.check import Fault, check

DATA = Path(__file__).resolve().parents[2] / "data"

Rows = list[dict[str, str]]


def read(table: str) -> Rows:
    """Return the rows of a table as text."""
    text = (DATA / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


PRESS = {row["source_id"] for row in read("sources") if row["type"] == "press"}
ACTS = {row["claim_id"] for row in read("claims") if row["basis"] == "act"}


def _twins() -> set[str]:
    """Return the agreeing date claims that repeat an earlier one of their event and topic."""
    seen, found = set(), set()
    for row in read("claims"):
        said = (row["event_id"], row["topic"], row["value_edtf"])
        if row["attribute"] == "date" and row["agreement"] == "agrees" and row["value_edtf"]:
            found |= {row["claim_id"]} if said in seen else set()
            seen.add(said)
    return found


TWINS = _twins()

A_CLAIM = "c-2020-karabakh-war-07"


@dataclass(frozen=True)
class Kind:
    """One way to break a cell.

    Attributes
    ----------
    name
        What is done.
    table, column
        Where; the file is ``table.csv``.
    broken
        The new cell, from the row as it was and a source of chance.
    where
        Which rows can be broken so; all by default.
    """

    name: str
    table: str
    column: str
    broken: Callable[[dict[str, str], random.Random], str]
    where: Callable[[dict[str, str]], bool] = lambda row: True


def to(value: str) -> Callable[[dict[str, str], random.Random], str]:
    """Return what sets a cell to a value."""
    return lambda row, chance: value


def within(column: str, text: str) -> Callable[[dict[str, str], random.Random], str]:
    """Return what puts a text somewhere into a cell, between two of its words."""

    def broken(row: dict[str, str], chance: random.Random) -> str:
        words = row[column].split(" ")
        at = chance.randrange(1, len(words)) if len(words) > 1 else 1
        return " ".join(words[:at]) + text + " ".join(words[at:])

    return broken


def worded(column: str) -> Callable[[dict[str, str]], bool]:
    """Return what picks rows with several words in a cell."""
    return lambda row: " " in row[column]


def filled(*columns: str) -> Callable[[dict[str, str]], bool]:
    """Return what picks rows in which none of the cells is empty."""
    return lambda row: all(row[column] for column in columns)


def text_kind(name: str, table: str, column: str, text: str) -> Kind:
    """Return the kind that puts a text between the words of a cell."""
    return Kind(name, table, column, within(column, text), worded(column))


KINDS = (
    text_kind("a control character", "events", "title", " \x07 "),
    text_kind("a tab", "claims", "paraphrase", "\t"),
    text_kind("a line break", "events", "summary", "\n"),
    text_kind("a zero-width space", "sources", "title", "\u200b"),
    text_kind("a space that does not break", "glossary", "definition", "\u00a0"),
    text_kind("a soft hyphen", "rulings", "reason", "\u00ad"),
    text_kind("a tag", "claims", "paraphrase", " <i>so</i> "),
    text_kind("a reference to a character", "rulings", "reading", " &nbsp; "),
    text_kind("strong type", "events", "summary", " **so** "),
    text_kind("two spaces", "rulings", "question", "  "),
    text_kind("a word of the workshop", "claims", "paraphrase", " todo "),
    text_kind("a letter apart from its mark", "events", "summary", " Sus\u0327a "),
    text_kind("a word of two scripts", "sources", "title", " B\u0430ku "),
    Kind("a space at the end", "events", "title", lambda row, _: row["title"] + " "),
    Kind("a formula", "claims", "paraphrase", to("=HYPERLINK(1)")),
    Kind("an endless cell", "rulings", "reason", to("word " * 300 + "end")),
    Kind("an empty title", "events", "title", to("")),
    Kind("an empty paraphrase", "claims", "paraphrase", to("")),
    Kind("an unknown category", "events", "category", to("party")),
    Kind("an unknown agreement", "claims", "agreement", to("perhaps")),
    Kind("an unknown stance", "sources", "stance", to("neutral")),
    Kind("a language that is none", "sources", "language", to("English")),
    Kind("an address without a scheme", "sources", "url", to("www.example.org/a")),
    Kind(
        "a country in small letters",
        "places",
        "country_iso3",
        lambda row, _: row["country_iso3"].lower(),
        filled("country_iso3"),
    ),
    Kind("neither true nor false", "events", "contested_military", to("no")),
    Kind("an empty member", "events", "actors", lambda row, _: row["actors"] + ";"),
    Kind(
        "a member twice",
        "events",
        "actors",
        lambda row, _: f"{row['actors']};{row['actors'].split(';')[0]}",
    ),
    Kind(
        "a space in a list",
        "rulings",
        "claim_ids",
        lambda row, _: row["claim_ids"].replace(";", "; ", 1),
    ),
    Kind("half a year", "chapters", "position", to("1.5")),
    Kind("a comma in a number", "claims", "value_low", to("1,5"), filled("value_low")),
    Kind("a number that is none", "claims", "value_high", to("nan"), filled("value_high")),
    Kind("a day that does not exist", "events", "date", lambda row, _: f"{row['date'][:4]}-02-30"),
    Kind("a date in words", "sources", "date", to("9 June 1992")),
    Kind("an interval backwards", "events", "date", to("2004/2003")),
    Kind(
        "a low bound above its high",
        "claims",
        "value_low",
        lambda row, _: str(float(row["value_high"]) + 1),
        filled("value_low", "value_high"),
    ),
    Kind(
        "a delivery that ends before it starts",
        "transfers",
        "delivery_start",
        to("2099"),
        filled("delivery_start", "delivery_end"),
    ),
    Kind("an unknown source", "claims", "source_id", to("nobody1900")),
    Kind("an unknown event", "claims", "event_id", to("1900-nothing")),
    Kind("an unknown place", "events", "place_id", to("atlantis")),
    Kind("an unknown actor", "events", "actors", to("AZE;XXX")),
    Kind(
        "an unknown claim", "rulings", "claim_ids", lambda row, _: row["claim_ids"] + ";c-nothing"
    ),
    Kind("a chapter that tells no events", "events", "chapter", to("summary")),
    Kind(
        "a withdrawn event without a reason",
        "events",
        "status",
        to("withdrawn"),
        lambda row: row["status"] == "active" and not row["note"],
    ),
    Kind(
        "an override without a reason",
        "events",
        "confidence_override",
        to("low"),
        lambda row: not row["confidence_override"],
    ),
    Kind(
        "a ruling that prefers what it does not weigh",
        "rulings",
        "preferred_claim_ids",
        to(A_CLAIM),
        lambda row: A_CLAIM not in row["claim_ids"] and row["resolution"] == "preferred",
    ),
    Kind(
        "a place on the other side of the earth",
        "places",
        "lat",
        lambda row, _: str(-float(row["lat"])),
        lambda row: (
            row["country_iso3"] in ("AZE", "PAK", "TUR")
            and row["lat"]
            and not row["exemption_reason"]
        ),
    ),
    Kind(
        "press as the act itself",
        "claims",
        "basis",
        to("act"),
        lambda row: row["source_id"] in PRESS,
    ),
    Kind(
        "equal dates coded otherwise",
        "claims",
        "agreement",
        to("partial"),
        lambda row: row["claim_id"] in TWINS,
    ),
    Kind(
        "a rule without its support",
        "rulings",
        "rule",
        to("act-over-report"),
        lambda row: (
            row["preferred_claim_ids"] and not ACTS & set(row["preferred_claim_ids"].split(";"))
        ),
    ),
    Kind(
        "an order after its delivery",
        "transfers",
        "order_date",
        to("2099"),
        filled("order_date", "delivery_start"),
    ),
    Kind(
        "an announced last day told as fact",
        "events",
        "date",
        lambda row, _: row["date"].removesuffix("?"),
        lambda row: "/" in row["date"] and row["date"].endswith("?"),
    ),
    Kind(
        "the day of a report told as the day of the act",
        "events",
        "date",
        lambda row, _: row["date"].removesuffix("~"),
        lambda row: row["date"].endswith("~") and "day is that of the report" in row["note"],
    ),
    Kind("a latitude beyond the pole", "places", "lat", to("123.4"), filled("lat")),
    Kind("a longitude alone", "places", "lat", to(""), filled("lat", "lon")),
    Kind("a dispute that points at nothing", "rulings", "disputed", to("who it was")),
    Kind(
        "a dispute in too many words",
        "rulings",
        "disputed",
        lambda row, _: f"{row['disputed']}, on that day and on no other",
    ),
)


@dataclass(frozen=True)
class Planted:
    """A fault that was planted, and where the gate should name it."""

    kind: Kind
    line: int
    value: str

    def named(self, faults: list[Fault]) -> bool:
        """Return whether the gate names file and line."""
        at = (f"{self.kind.table}.csv", self.line)
        return any((fault.file, fault.line) == at for fault in faults)


class Copy:
    """A copy of the data that can be broken and mended again."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(shutil.copytree(DATA, folder / "data"))
        names = {kind.table for kind in KINDS}
        self.tables = {n: read(n) for n in sorted(names)}

    def plant(self, kind: Kind, chance: random.Random, taken: set[tuple[str, int]]) -> Planted:
        """Break one row that was not taken; write the file with `write`."""
        rows = self.tables[kind.table]
        free = [n for n, row in enumerate(rows) if kind.where(row) and (kind.table, n) not in taken]
        at = chance.choice(free)
        taken.add((kind.table, at))
        value = kind.broken(rows[at], chance)
        rows[at] = rows[at] | {kind.column: value}
        return Planted(kind, at + 2, value)

    def write(self) -> None:
        """Write the tables as they are now; a line break within a cell is left to be named last."""
        for name, rows in self.tables.items():
            with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)

    def mend(self) -> None:
        """Put all tables back."""
        for name in self.tables:
            self.tables[name] = read(name)


def unnamed(cases: int, seed: int) -> list[Planted]:
    """Plant single faults, one after the other, and return those that the gate does not name."""
    chance, missed = random.Random(seed), []
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        for number in range(cases):
            planted = copy.plant(KINDS[number % len(KINDS)], chance, set())
            copy.write()
            if not planted.named(check(copy.folder)):
                missed.append(planted)
            copy.mend()
    return missed


if __name__ == "__main__":
    cases, seed = (int(text) for text in sys.argv[1:3])
    missed = unnamed(cases, seed)
    for planted in missed:
        kind = planted.kind
        print(f"not named: {kind.name}: {kind.table}.csv:{planted.line}: {kind.column}")
    print(
        f"{cases} faults of {len(KINDS)} kinds, seed {seed}: "
        f"{cases - len(missed)} named with file and line, {len(missed)} not"
    )
