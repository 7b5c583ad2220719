"""Data many times the size: still data that the gate accepts, and new under every id."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from azpak.bench.scale import MULTIPLIED, scale
from azpak.check import check
from azpak.evidence import Evidence

DATA = Path(__file__).resolve().parents[1] / "data"
KEYS = {"sources": "source_id", "events": "event_id", "claims": "claim_id", "rulings": "ruling_id"}
TIMES = 4


def first_year(text: str) -> int:
    """Return the first year that a date names, as in ``[..2012-05]``."""
    return int(re.search("[0-9]{4}", text)[0])


@pytest.fixture(scope="module")
def grown(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("scale") / "data"
    scale(DATA, folder, TIMES)
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_gate_finds_no_fault(grown):
    assert check(grown) == []


@pytest.mark.parametrize("name", MULTIPLIED)
def test_there_are_as_many_times_the_rows_under_ids_of_their_own(grown, name):
    ids = [row[KEYS[name]] for row in rows(grown, name)]
    assert len(ids) == TIMES * len(rows(DATA, name))
    assert len(set(ids)) == len(ids)


def test_the_first_rows_are_the_originals(grown):
    for name in MULTIPLIED:
        original = rows(DATA, name)
        assert rows(grown, name)[: len(original)] == original


def test_the_copies_of_an_event_lie_in_other_years(grown):
    number = len(rows(DATA, "events"))
    first_and_copies = rows(grown, "events")[::number]
    assert len(first_and_copies) == TIMES
    assert len({row["date"][:4] for row in first_and_copies}) == TIMES


def test_a_copy_in_another_year_is_told_in_the_chapter_of_that_year(grown):
    period = {row["chapter_id"]: row for row in rows(DATA, "chapters") if row["year_first"]}
    number = len(rows(DATA, "events"))
    moved = 0
    for original, copy in zip(
        rows(DATA, "events") * (TIMES - 1), rows(grown, "events")[number:], strict=True
    ):
        if copy["date"] != original["date"]:
            told, year = period[copy["chapter"]], first_year(copy["date"])
            assert int(told["year_first"]) <= year <= int(told["year_last"])
            moved += 1
    assert moved > number


def test_each_copy_holds_the_contradictions_of_the_original(grown):
    found = Counter(pair.kind for pair in Evidence.load(grown).contradictions())
    original = Counter(pair.kind for pair in Evidence.load(DATA).contradictions())
    assert found == {kind: TIMES * number for kind, number in original.items()}


def test_claims_and_events_move_together(grown):
    events = {row["event_id"]: row for row in rows(grown, "events")}
    number = len(rows(DATA, "claims"))
    for one, other in zip(rows(DATA, "claims"), rows(grown, "claims")[number:], strict=False):
        if one["value_edtf"]:
            event, copy = events[one["event_id"]], events[other["event_id"]]
            moved = int(copy["event_id"][:4]) - int(event["event_id"][:4])
            claimed = [first_year(row["value_edtf"]) for row in (one, other)]
            assert claimed[1] - claimed[0] == moved
