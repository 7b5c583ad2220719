"""What surrounds the tie: worked out by hand on a small package, kept on the real one."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.errors import DataError, MeasureError
from azpak.findings import surroundings
from support.rows import with_tables


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def shared(a: str, b: str, year: int, number: int) -> dict[str, object]:
    """Return a row of ``igo_shared_cow``."""
    return {
        "state_a": a, "state_b": b, "year": year, "shared": number, "release": "3.0",
        "source_id": "s1",
    }  # fmt: skip


def rule(passport: str, first: str, last: str, n: int, kind: str) -> dict[str, object]:
    """Return a row of ``visa_rules`` for Azerbaijan."""
    return {
        "passport": passport, "destination": "AZE", "first_seen": first, "last_seen": last,
        "snapshots": n, "as_published": kind, "rule": kind, "release": "r", "source_id": "s1",
    }  # fmt: skip


LAST = {("AZE", "PAK"): 9, ("AZE", "TUR"): 12, ("AZE", "IND"): 7, ("ARM", "PAK"): 5}
MEMBERSHIPS = [
    row
    for (a, b), number in {**LAST, ("ARM", "IND"): 6}.items()
    for row in (shared(a, b, 1991, 1), shared(a, b, 1992, 2), shared(a, b, 1993, number))
]


def test_both_directions_of_counted_trade_are_summed(mini):
    row = {"state_a": "AZE", "state_b": "PAK", "release": "4.0", "source_id": "s1"}
    rows = [row | {"year": 2010, "imports_a": 3, "imports_b": 1}]
    counted = surroundings.counted_trade(with_tables(mini, trade_cow=rows), "PAK", "AZE")
    assert counted.to_dict() == {2010: 4}


def test_a_pair_that_a_table_does_not_hold_is_named(mini):
    row = {"state_a": "AZE", "state_b": "PAK", "year": 2010, "imports_a": 3, "imports_b": 1}
    small = with_tables(mini, trade_cow=[row | {"release": "4.0", "source_id": "s1"}])
    with pytest.raises(DataError, match=r"trade_cow\.csv.*AZE-TUR"):
        surroundings.counted_trade(small, "TUR", "AZE")


def test_counted_trade_that_ends_too_early_is_refused(mini):
    row = {"state_a": "AZE", "state_b": "PAK", "year": 2010, "imports_a": 3, "imports_b": 1}
    small = with_tables(mini, trade_cow=[row | {"release": "4.0", "source_id": "s1"}])
    with pytest.raises(MeasureError, match="does not reach"):
        surroundings.early_counts(small)


def test_memberships_are_told_from_the_first_whole_year(mini):
    small = with_tables(mini, igo_shared_cow=MEMBERSHIPS)
    assert surroundings.shared_memberships(small)["AZE", "PAK"][1:] == (2, 9)
    assert surroundings.across(small) == (5, 7)
    assert surroundings.last_of_memberships(small) == 1993


def test_a_pair_across_the_tracks_that_shares_more_is_refused(mini):
    rows = [r | ({"shared": 10} if r["state_b"] == "IND" else {}) for r in MEMBERSHIPS]
    with pytest.raises(MeasureError, match="do not lie between"):
        surroundings.shared_memberships(with_tables(mini, igo_shared_cow=rows))


def test_like_visa_rules_are_counted_and_unlike_ones_refused(mini):
    runs = [
        ("2020-02-07", "2020-05-09", 4, "e-visa"),
        ("2020-11-19", "2022-02-10", 11, "covid ban"),
    ]
    same = [rule(passport, *run) for passport in ("PAK", "IND") for run in runs]
    found = surroundings.visas(with_tables(mini, visa_rules=same))
    assert found == (15, "covid ban", "2022-02-10")
    other = [*same[:-1], rule("IND", "2020-11-19", "2022-02-10", 11, "visa required")]
    with pytest.raises(MeasureError, match="different rules"):
        surroundings.visas(with_tables(mini, visa_rules=other))


def test_every_answer_told_of_is_in_the_table(report):
    assert all(surroundings.answered(report, name) > 0 for name in surroundings.ANSWERS)
    with pytest.raises(DataError, match=r"opinion_polls\.csv.*no such answer.*nobody"):
        surroundings.answered(report, "nobody")


def test_the_shares_of_a_poll_with_one_answer_make_a_whole(report):
    polls = report.table("opinion_polls").query("not several_answers")
    whole = polls.groupby("poll")["per_cent"].sum()
    assert (whole <= 100).all()
    assert whole["pakistan-2019"] == 100
