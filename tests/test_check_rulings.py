"""Promises of the gate on rulings and on the book: what is decided binds the tables."""

from __future__ import annotations

import json

from support.mini import SCHEMA

RESOURCES = {r["name"]: r for r in json.loads(SCHEMA.read_text(encoding="utf-8"))["resources"]}


def weighed(mini, **more: str) -> None:
    """Let a ruling prefer ten of an order, against a claim of twelve."""
    mini.rows["claims"][6] |= {"value_low": "12", "value_high": "12", "agreement": "disagrees"}
    ruling = {"ruling_id": "order", "claim_ids": "c6;c7", "preferred_claim_ids": "c6"}
    mini.rows["rulings"].append(mini.rows["rulings"][0] | ruling | more)


def with_table(mini, name: str, rows: list[dict[str, str]]) -> None:
    resource = json.loads(json.dumps(RESOURCES[name]))
    resource["schema"]["foreignKeys"] = []
    mini.package["resources"].append(resource)
    mini.rows[name] = rows


def test_a_deal_has_no_bound_that_a_ruling_rejects(mini):
    weighed(mini)
    mini.rows["transfers"][1] |= {"quantity_high": "12"}
    [fault] = mini.write().faults()
    assert (fault.file, fault.line, fault.column) == ("transfers.csv", 3, "quantity_high")
    assert fault.what == "the ruling order rejects this number (c7)"


def test_a_number_of_things_is_no_number_of_dollars(mini):
    weighed(mini)
    mini.rows["transfers"][1] |= {"value_usd_low": "12", "value_usd_high": "12"}
    assert mini.write().faults() == []


def test_an_event_does_not_follow_what_a_ruling_rejects(mini):
    weighed(mini)
    mini.rows["events"][2]["title"] = "An order of 12"
    mini.rows["claims"][5] |= {"agreement": "partial"}
    mini.rows["claims"][6] |= {"agreement": "agrees"}
    [fault] = mini.write().faults()
    assert (fault.file, fault.line) == ("rulings.csv", 3)
    assert fault.what == "the event 2017-order agrees with a rejected claim"


def test_members_of_one_package_say_so(mini):
    first = mini.rows["transfers"][1]
    mini.rows["transfers"].append(first | {"transfer_id": "missiles", "part_of": ""})
    [fault] = mini.write().faults()
    assert (fault.line, fault.column) == (4, "part_of")
    assert "line 3 is of the same event and day" in fault.what
    mini.rows["transfers"][2]["part_of"] = "ten"
    assert mini.write().faults() == []


def test_an_open_ruling_waits_for_no_register_entry_that_is_there(mini):
    weighed(mini, resolution="unresolved", preferred_claim_ids="", rule="none",
            would_settle="A register entry with delivery.")  # fmt: skip
    deal = {
        "deal_id": "pak-aze-2017", "supplier": "PAK", "recipient": "AZE", "order_year": "2017",
        "order_year_estimated": "false", "weapon": "Trainer", "category": "trainer",
        "condition": "new", "number_delivered": "10", "number_delivered_estimated": "true",
        "release": "2026", "source_id": "s1",
    }  # fmt: skip
    with_table(mini, "arms_deals", [deal])
    mini.rows["transfers"][1]["register_deal_ids"] = "pak-aze-2017"
    faults = [f for f in mini.write().faults() if f.file == "rulings.csv"]
    assert [f.what for f in faults] == ["the register has it: pak-aze-2017"]


DRILL = {
    "exercise_id": "drill", "name": "Drill", "series": "Drill", "date": "2017-05",
    "host": "PAK", "participants_named": "AZE;PAK", "aze_role": "participant",
    "pak_role": "participant", "tur_role": "none", "domain": "land",
    "event_id": "1993-visit", "source_ids": "s1", "confidence": "high",
}  # fmt: skip


def test_an_exercise_shares_a_day_with_its_event(mini):
    with_table(mini, "exercises", [DRILL])
    [fault] = mini.write().faults()
    assert (fault.file, fault.line, fault.column) == ("exercises.csv", 2, "date")
    assert fault.what == "the event 1993-visit is of 1993-04"


def test_an_exercise_without_a_row_is_a_gap(mini):
    with_table(mini, "exercises", [DRILL | {"event_id": ""}])
    mini.rows["events"][1]["category"] = "exercise"
    [fault] = mini.write().faults()
    assert (fault.file, fault.line, fault.column) == ("events.csv", 3, "event_id")
    assert fault.what == "no row of exercises names this exercise"
    mini.rows["events"][1]["nature"] = "announced"
    assert mini.write().faults() == []


def book(mini, *chapters: str):
    """Put a table of contents and the chapters beside the data."""
    root = mini.directory.parent
    named = "".join(f"      - file: chapters/{chapter}\n" for chapter in chapters)
    (root / "_toc.yml").write_text(f"format: jb-book\nroot: index\nparts:\n{named}")
    (root / "chapters").mkdir()
    return root / "chapters"


def test_positions_follow_the_table_of_contents(mini):
    book(mini, "first-1991-1994", "summary")
    [fault] = mini.faults()
    assert (fault.file, fault.line, fault.column) == ("chapters.csv", 2, "position")
    assert fault.what == "_toc.yml has first-1991-1994 in this place, not summary"


def test_a_published_chapter_stands_in_the_table_of_contents(mini):
    book(mini, "summary")
    [fault] = mini.faults()
    assert (fault.line, fault.what) == (3, "_toc.yml does not name it")
