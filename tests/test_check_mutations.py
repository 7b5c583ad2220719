"""The real data, broken in many ways: the gate names each fault with its file and line."""

from __future__ import annotations

import random

import pytest

from azpak.check import check
from support.mutations import KINDS, Copy, Planted

SEED = 1991
# A line break within a cell moves all lines below it, so that it is planted by itself.
APART = {"a line break"}


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> tuple[list[Planted], list]:
    """Every kind of fault, each in a row of its own, and what the gate says of them all."""
    copy, chance, taken = Copy(tmp_path_factory.mktemp("broken")), random.Random(SEED), set()
    kinds = [kind for kind in KINDS if kind.name not in APART]
    found = [copy.plant(kind, chance, taken) for kind in kinds]
    copy.write()
    return found, check(copy.folder)


def test_there_are_at_least_forty_kinds():
    assert len({kind.name for kind in KINDS}) >= 40


def test_every_planted_fault_is_named_with_file_and_line(planted):
    found, faults = planted
    missed = [
        f"{p.kind.name}: {p.kind.table}.csv:{p.line}: {p.kind.column} = {p.value[:60]!r}"
        for p in found
        if not p.named(faults)
    ]
    assert missed == []


def test_nothing_is_named_where_nothing_was_planted(planted):
    """But for what a planted fault takes away or moves: a source or an event that nothing speaks
    of, a site whose place lies in another state."""
    found, faults = planted
    broken = {(f"{p.kind.table}.csv", p.line) for p in found}
    others = [f for f in faults if (f.file, f.line) not in broken]
    followed = (
        "no source says anything",
        "no table names the source",
        "no ruling weighs",
        "contradict",
        " lies in ",
    )
    assert [f for f in others if not any(words in f.what for words in followed)] == []


def test_a_line_break_in_a_cell_is_named(tmp_path):
    copy = Copy(tmp_path)
    (kind,) = (kind for kind in KINDS if kind.name in APART)
    planted = copy.plant(kind, random.Random(SEED), set())
    copy.write()
    assert planted.named(check(copy.folder))
