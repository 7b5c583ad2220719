"""What the summary states: its key numbers, exercises and how to cite it."""

from __future__ import annotations

import csv

import pytest

from azpak import Report, tables
from azpak.findings import summary


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def rows_of(path: str) -> list[dict[str, str]]:
    """Return the rows of a table as they stand in the file."""
    with (tables.data_dir() / f"{path}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
