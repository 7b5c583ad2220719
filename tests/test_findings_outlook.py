"""What the findings of the outlook promise, on rows counted by hand."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.dates import parse
from azpak.errors import DataError
from azpak.findings import outlook, realignment
from azpak.findings.realignment import Step
from support.mini import MiniPackage
from support.rows import claim, with_tables


@pytest.fixture
def announce(mini: MiniPackage, monkeypatch):
    """Return a function that announces a trade agreement signed in April 1993, and investment."""
    steps = (Step("{amount} for {expected}", "1993-visit", "c-month"),)
    monkeypatch.setattr(realignment, "STEPS", steps)
    monkeypatch.setattr(outlook, "AGREEMENT", "1993-visit")

    def announced(*months: str, status: str = outlook.NOT_FINAL) -> outlook.Announced:
        mini.rows["claims"] += [
            claim("c8", realignment.PLEDGE, value_low="2000000000"),
            claim("c-month", "due", value_edtf="1993-11"),
            claim("c9", outlook.INVESTMENT, value_norm=status),
            *(claim(f"m{n}", outlook.TARGET, value_edtf=m) for n, m in enumerate(months)),
        ]
        return outlook.announced(Report.load(mini.write().directory))

    return announced


def test_a_month_that_passed_before_the_signature_was_not_kept(announce):
    assert announce("1992-08") == (2, 0, 8)


def test_a_signature_in_the_month_named_is_kept(announce):
    assert announce("1993-04") == (2, 1, 0)


def test_an_investment_said_to_be_final_is_kept(announce):
    assert announce("1992-08", status="final").n_kept == 1


def test_two_months_named_for_the_agreement_are_refused(announce):
    with pytest.raises(DataError, match=f"claims on {outlook.TARGET} name 2 months"):
        announce("1992-08", "1992-09")


def test_an_alliance_of_one_of_the_two_with_a_third_state_is_not_counted(mini):
    rows = [
        {"atop_id": str(n), "party_a": a, "party_b": b, "start_year": "1992", "release": "v1"}
        for n, (a, b) in enumerate([("AZE", "PAK"), ("PAK", "AZE"), ("AZE", "TUR"), ("CHN", "PAK")])
    ]
    for row in rows:
        row |= dict.fromkeys(
            ("defence", "offence", "neutrality", "nonaggression", "consultation", "bilateral"),
            "true",
        )
    assert outlook.n_alliances(with_tables(mini, alliances_atop=rows)) == 2


def test_each_question_leads_to_its_ruling_and_says_what_would_settle_it(real):
    rows = outlook.settle_rows(real)
    assert [state.rpartition("<")[2] for state in rows["State"]] == [
        f"{ruling}>`" for ruling in outlook.DECISIVE
    ]
    assert rows["What would settle it"].str.strip().all()


def test_each_sign_shows_the_confidence_of_the_last_event_recorded_on_it(real):
    rows = outlook.indicator_rows(real).set_index("Last recorded")["Evidence"]
    for sign in outlook.WATCHED:
        assert rows[f"{{event}}`{sign.event_id}`"] == real.events.at[sign.event_id, "confidence"]


def test_the_dates_of_the_report_are_those_that_the_text_counts(real):
    found = outlook.announced(real)
    named = [text for text in realignment.steps(real)["expected"] if text]
    assert found.n == len(named) + 1
    assert [parse(text).precision for text in named] == ["month"] * len(named)


def test_a_signing_outside_the_days_of_the_visit_is_refused(mini, monkeypatch):
    monkeypatch.setattr(outlook, "BEFORE_VISITS", {"expected": "1993-visit"})
    mini.rows["claims"].append(claim("c-days", "expected", value_edtf="1993-11"))
    with pytest.raises(DataError, match="1993-visit is not in the days that claims on expected"):
        outlook.before_visits(Report.load(mini.write().directory))


def test_each_signing_expected_of_a_visit_is_in_its_days(real):
    assert len(outlook.before_visits(real)) == len(outlook.BEFORE_VISITS)
