"""What the summary states: its key numbers, and the parts of the report."""

from __future__ import annotations

import csv

import pytest

from azpak import Report, tables
from azpak.findings import summary
from support.mini import MiniPackage


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def rows_of(path: str) -> list[dict[str, str]]:
    """Return the rows of a table as they stand in the file."""
    with (tables.data_dir() / f"{path}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def with_status(mini: MiniPackage, *status: str) -> Report:
    """Return the report of the miniature with the status of each of its chapters in turn."""
    for chapter, now in zip(mini.rows["chapters"], status, strict=True):
        chapter["status"] = now
    return Report.load(mini.write().directory)


@pytest.mark.parametrize(
    ("status", "narrative", "planned"),
    [
        ("published published published",
         "The narrative is complete, in two chapters.",
         "No further chapter is planned."),
        ("published published planned",
         "The narrative is not complete; of its two chapters one is missing.",
         "Planned is one further chapter: Second, 1995-2026."),
        ("published planned planned",
         "The narrative is not complete; of its two chapters two are missing.",
         "Planned are two further chapters: First, 1991-1994 and Second, 1995-2026."),
        ("planned published published",
         "The narrative is complete, in two chapters.",
         "Planned is one further chapter: Summary."),
    ],
)  # fmt: skip
def test_the_summary_says_what_is_missing_of_the_narrative_and_what_is_planned(
    mini, status, narrative, planned
):
    report = with_status(mini, *status.split())
    assert summary.narrative(report) == narrative
    assert summary.planned(report) == planned


def test_a_part_is_linked_where_it_is_published_and_the_summary_does_not_list_itself(mini):
    mini.rows["chapters"][1]["position"] = "4"
    rows = summary.part_rows(with_status(mini, "published", "published", "planned"))
    assert rows.to_numpy().tolist() == [
        ["Second, 1995-2026 (planned)", "What came next."],
        ["{doc}`First, 1991-1994 <first-1991-1994>`", "What came first."],
    ]


def test_parts_are_counted(mini):
    found = summary.parts(with_status(mini, "published", "published", "planned"))
    assert found == (3, 2, 2, 1, ("Second, 1995-2026",))


def test_the_report_is_cited_with_version_and_the_day_the_data_were_closed(mini):
    mini.package |= {"created": "2031-02-03T00:00:00Z", "version": "9.9", "title": "Two: data"}
    mini.package["contributors"] = [{"title": "Somebody"}]
    assert summary.citation(Report.load(mini.write().directory)) == (
        "Somebody (2031). Two: An Executable Report. Version 9.9, data as of 3 February 2031."
    )


def test_exercises_of_the_three_alone_are_no_part_of_the_others(report):
    held = rows_of("exercises")
    joint = [row for row in held if row["aze_role"] == row["pak_role"] == "participant"]
    three = [
        row for row in joint
        if {*row["participants_named"].split(";")} == {*summary.THREE}
        and row["tur_role"] == "participant"
    ]  # fmt: skip
    found = summary.exercises_found(report)
    assert found.n_of_three == len(three)
    assert found.n_others == sum(row not in three for row in joint)


def test_sellers_are_those_known_of_orders_after_the_year_of_the_war(report):
    for buyer in ("ARM", "AZE"):
        orders = [row for row in rows_of("indicators/arms_deals") if row["recipient"] == buyer]
        sellers = {row["supplier"] for row in orders if int(row["order_year"]) > 2020} - {"UNK"}
        assert summary.sellers_since_war(report, buyer) == tuple(sorted(sellers))


def test_the_share_in_the_register_is_that_of_its_deliveries(report):
    volumes = [
        row for row in rows_of("indicators/arms_transfers_tiv")
        if row["recipient"] == "AZE" and row["indicator"] == "tiv_deliveries"
    ]  # fmt: skip
    from_pakistan = sum(float(row["value"]) for row in volumes if row["supplier"] == "PAK")
    found = summary.registered(report)
    total = sum(float(row["value"]) for row in volumes)
    assert found.share == pytest.approx(from_pakistan / total)
    assert found.first <= min(int(row["year"]) for row in volumes)
    assert found.n_deals == sum(
        row["supplier"] == "PAK" and row["recipient"] == "AZE"
        for row in rows_of("indicators/arms_deals")
    )


def test_the_key_numbers_count_every_event_once_by_confidence(report):
    values = summary.key_rows(report).set_index("Measure")["Value"]
    events = sum(row["status"] == "active" for row in rows_of("events"))
    assert values["Events recorded"] == events
    assert sum(values[f"Events of {level} confidence"] for level in ("high", "medium", "low")) == (
        events
    )


def test_the_key_numbers_of_an_order_are_its_bounds(report):
    values = summary.key_rows(report).set_index("Measure")["Value"]
    jets = summary.order(report, summary.JETS)
    ends = [f"{jets[f'value_usd_{end}'] / 1e9:g}" for end in ("low", "high")]
    assert values["Value of that contract"].split(" billion")[0] == " to ".join(dict.fromkeys(ends))
