"""Nothing that was gathered is lost: every id is still there, or a mapping says where it went."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from azpak import tables

INVENTORY = Path(__file__).with_name("inventory")


def gathered_events() -> dict[str, int]:
    with (INVENTORY / "events.csv").open(newline="") as file:
        return {row["event_id"]: int(row["claims"]) for row in csv.DictReader(file)}


def withdrawn() -> dict[str, str]:
    events = tables.load("events").query("status == 'withdrawn'")
    return dict(zip(events["event_id"], events["replaced_by"], strict=True))


def test_every_event_gathered_is_in_the_table():
    events = set(tables.load("events")["event_id"])
    assert sorted(set(gathered_events()) - events) == []


def test_no_event_has_fewer_claims_than_were_gathered():
    """An event that was withdrawn may have handed its claims to the one that stands for it."""
    now = Counter(tables.load("claims")["event_id"])
    for event_id, successor in withdrawn().items():
        now[event_id] += now[successor]
    fewer = {e: (n, now[e]) for e, n in gathered_events().items() if now[e] < n}
    assert fewer == {}


def test_the_gathering_counted_216_events_and_616_claims():
    gathered = gathered_events()
    assert (len(gathered), sum(gathered.values())) == (216, 616)


def test_every_source_gathered_is_a_source_or_a_recorded_merge():
    gathered = set((INVENTORY / "source_ids.txt").read_text().split())
    kept = set(tables.load("sources")["source_id"])
    merged = set(tables.load("source_merges")["merged_id"])
    assert len(gathered) == 767
    assert sorted(gathered - kept - merged) == []


def test_a_merged_source_is_gone_and_its_target_is_there():
    merges = tables.load("source_merges")
    kept = set(tables.load("sources")["source_id"])
    assert sorted(set(merges["merged_id"]) & kept) == []
    assert sorted(set(merges["source_id"]) - kept) == []
