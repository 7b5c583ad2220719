"""What the findings on the years from 2024 on promise, on rows counted by hand."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.dates import parse
from azpak.errors import DataError
from azpak.findings import realignment
from azpak.findings.realignment import Step
from support.mini import MiniPackage
from support.rows import claim


def pledge(claim_id: str, amount: str) -> dict[str, str]:
    return claim(claim_id, realignment.PLEDGE, value_low=amount, value_high=amount, unit="USD")


def with_claims(mini: MiniPackage, *claims: dict[str, str]) -> Report:
    mini.rows["claims"] += claims
    return Report.load(mini.write().directory)


NAMED = Step("{amount} named for {expected}", "1993-visit", "c-month", "s1")
REPEATED = Step("{amount} repeated", "1992-relations")


# The amount


def test_the_amount_prints_as_a_headline_has_it_and_keeps_its_value(mini):
    report = with_claims(mini, pledge("c8", "2500000000"), pledge("c9", "2500000000"))
    amount = realignment.in_dollars(report)
    assert (amount, amount.raw, amount.unit) == ("$2.5 billion", 2.5e9, "US dollars")


def test_claims_that_name_two_amounts_are_refused(mini):
    report = with_claims(mini, pledge("c8", "1000000000"), pledge("c9", "2000000000"))
    with pytest.raises(DataError, match=rf"{realignment.PLEDGE} give 2 numbers"):
        realignment.pledged(report)


# The statements


def test_a_statement_stands_at_the_date_of_its_source_where_it_has_one(mini, monkeypatch):
    monkeypatch.setattr(realignment, "STEPS", (NAMED, REPEATED))
    mini.rows["sources"][0]["date"] = "1991-02-03"
    report = with_claims(
        mini, pledge("c8", "2000000000"), claim("c-month", "due", value_edtf="1993-11")
    )
    rows = realignment.steps(report)
    assert rows["said"].tolist() == ["1991-02-03", "1992-06-09"]
    assert rows["expected"].tolist() == ["1993-11", ""]
    assert rows["step"].tolist() == [
        "$2 billion named for November 1993", "$2 billion repeated",
    ]  # fmt: skip
    assert rows["source_ids"].tolist() == ["s1", "s1;s3"]
    found = realignment.promise(report)
    assert found == (2, (parse("1993-11"),), parse("1992-06-09"), 16)


def test_statements_stand_in_the_order_of_time_and_not_of_their_text(mini, monkeypatch):
    steps = (Step("later", "1993-visit"), Step("approximate", "2017-order"), REPEATED)
    monkeypatch.setattr(realignment, "STEPS", steps)
    mini.rows["events"][1]["date"] = "2017-02"
    report = with_claims(mini, pledge("c8", "2000000000"))
    assert realignment.steps(report)["said"].tolist() == ["1992-06-09", "2017~", "2017-02"]


def test_a_claim_that_names_no_month_is_refused_by_its_id(mini, monkeypatch):
    monkeypatch.setattr(realignment, "STEPS", (NAMED,))
    report = with_claims(mini, pledge("c8", "2000000000"), claim("c-month", "due"))
    with pytest.raises(DataError, match=r"claims\.csv: the claim names no month .*'c-month'"):
        realignment.steps(report)


def test_a_withdrawn_event_is_no_step(mini, monkeypatch):
    monkeypatch.setattr(realignment, "STEPS", (REPEATED,))
    mini.rows["events"][0]["status"] = "withdrawn"
    report = with_claims(mini, pledge("c8", "2000000000"))
    with pytest.raises(DataError, match=r"no such active event.*'1992-relations'"):
        realignment.steps(report)


def test_the_step_at_which_a_text_was_signed_is_one_of_the_steps(real):
    assert realignment.SIGNED in set(realignment.steps(real)["event_id"])


def test_every_month_expected_for_signing_passed_before_the_last_statement(real):
    found = realignment.promise(real)
    assert all(month.end < found.last.start for month in found.expected)


# Two accounts, and whose events


def test_each_account_is_quoted_from_a_claim_of_the_crisis_with_its_source(real):
    rows = realignment.account_rows(real)
    claims = real.claims
    for (_, *ids), row in zip(realignment.ACCOUNTS, rows.itertuples(index=False), strict=True):
        for numbers, cell in zip(ids, row[1:], strict=True):
            told = claims.loc[[f"c-{realignment.CRISIS}-{number}" for number in numbers]]
            assert set(told["event_id"]) == {realignment.CRISIS}
            each = zip(told["value"], told["source_id"], strict=True)
            assert cell == "; ".join(f"{value} {{cite}}`{source}`" for value, source in each)


def test_events_of_partners_need_armenia_and_a_partner(mini, monkeypatch):
    monkeypatch.setattr(realignment, "CHAPTER", "first-1991-1994")
    template = mini.rows["events"][0]
    mini.rows["events"] += [
        template | {"event_id": f"1992-{name}", "actors": actors}
        for name, actors in (
            ("a", "ARM;IND"), ("b", "ARM;AZE"), ("c", "AZE;IND"), ("d", "FRA;ARM;AZE;PAK"),
        )
    ]  # fmt: skip
    report = Report.load(mini.write().directory)
    assert sorted(realignment.events_of_partners(report).index) == ["1992-a", "1992-d"]
    pair = realignment.events_of_pair(report).index
    assert sorted(pair) == ["1992-d", "1992-relations", "1993-visit"]
