"""Data many times the size: still data that the gate accepts, and new under every id."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from azpak.bench.scale import MULTIPLIED, scale
from azpak.check import check
from azpak.evidence import Evidence

DATA = Path(__file__).resolve().parents[1] / "data"
KEYS = {"sources": "source_id", "events": "event_id", "claims": "claim_id", "rulings": "ruling_id",
        "exercises": "exercise_id"}  # fmt: skip
TIMES = 4


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


def test_each_copy_holds_the_contradictions_of_the_original(grown):
    found = Counter(pair.kind for pair in Evidence.load(grown).contradictions())
    original = Counter(pair.kind for pair in Evidence.load(DATA).contradictions())
    assert found == {kind: TIMES * number for kind, number in original.items()}


def test_a_copy_says_all_that_its_original_says(grown):
    """So that whatever rule of the gate ties a date to another holds for both."""
    ids = {"event_id", "replaced_by", "claim_id", "source_id", "topic"}
    for name in ("events", "claims"):
        for one, other in zip(rows(DATA, name) * TIMES, rows(grown, name), strict=True):
            assert {k: v for k, v in other.items() if k not in ids} == {
                k: v for k, v in one.items() if k not in ids
            }
