"""The second coding: how its claims are drawn and what its coders see."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from azpak import tables
from azpak.evidence import draw

HIDDEN = {
    "claim_id", "value_norm", "paraphrase", "independence_group", "stance", "event_id", "source_id",
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as text."""
    with (tables.data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def planted() -> tuple[list[dict], dict, dict]:
    """Eleven claims by one stance in one chapter, one by another, one on a withdrawn event."""
    event = dict.fromkeys(("date", "title", "summary", "nature"), "told") | {"status": "active"}
    events = {
        "kept": event | {"chapter": "one"},
        "also": event | {"chapter": "one"},
        "gone": event | {"chapter": "one", "status": "withdrawn"},
    }
    source = dict.fromkeys(draw.PACKET[2:7], "seen") | {"title": "T"}
    sources = {"near": source | {"stance": "turkish"}, "far": source | {"stance": "indian"}}
    coded = {"attribute": "date", "topic": "a-visit", "locator": "", "unit": "", "value": "CODED"}
    claims = [
        coded | {"claim_id": f"c-{n}", "event_id": ("kept", "also")[n % 2], "source_id": "near"}
        for n in range(11)
    ]
    claims.append(coded | {"claim_id": "c-alone", "event_id": "kept", "source_id": "far"})
    claims.append(coded | {"claim_id": "c-gone", "event_id": "gone", "source_id": "far"})
    return claims, events, sources


def test_a_fifth_of_each_chapter_and_stance_is_drawn_rounded_up(planted) -> None:
    claims, events, sources = planted
    found = draw.drawn(claims, events, sources)
    assert Counter(i == "c-alone" for i in found) == {False: 3, True: 1}
    assert "c-gone" not in found


def test_the_draw_depends_on_the_seed_and_not_on_the_order_of_rows(planted) -> None:
    claims, events, sources = planted
    found = draw.drawn(claims, events, sources)
    assert draw.drawn(claims[::-1], events, sources) == found
    others = {tuple(draw.drawn(claims, events, sources, seed=str(n))) for n in range(9)}
    assert len(others) > 1


def test_a_coder_gets_all_of_an_event_and_nothing_of_the_first_coding(planted) -> None:
    dealt = draw.packets(*planted, number=2)
    of = [{r["claim_id"] for r in packet} for packet in dealt]
    event_of = {c["claim_id"]: c["event_id"] for c in planted[0]}
    assert not {event_of[i] for i in of[0]} & {event_of[i] for i in of[1]}
    assert all("CODED" not in row.values() for packet in dealt for row in packet)
    assert not HIDDEN & set(draw.PACKET)
    assert not set(draw.ASKED) & set(draw.PACKET)


def test_the_files_for_coders_hold_every_drawn_claim_once_and_the_key_apart(tmp_path) -> None:
    *written, key = draw.write(tmp_path)
    with key.open(encoding="utf-8", newline="") as file:
        ids = {row["number"]: row["claim_id"] for row in csv.DictReader(file)}
    numbers = []
    for path in written:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            assert tuple(reader.fieldnames) == (*draw.PACKET, *draw.ASKED)
            found = list(reader)
        assert not any(row[column] for row in found for column in draw.ASKED)
        numbers += [row["number"] for row in found]
    assert sorted(numbers) == sorted(ids) and len(set(ids.values())) == len(ids)
    claims, events, sources = (rows(n) for n in ("claims", "events", "sources"))
    expected = draw.drawn(
        claims, {e["event_id"]: e for e in events}, {s["source_id"]: s for s in sources}
    )
    assert sorted(ids.values()) == expected
