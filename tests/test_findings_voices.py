"""Whose voices carry the events."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.evidence.rules import LEVELS, STEPS
from azpak.findings import voices
from azpak.vocabulary import STANCES
from support.mini import MiniPackage


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def dated(mini: MiniPackage, **dates: str) -> Report:
    """Return a report of events of the miniature with these dates; its second period opens 1995."""
    template = mini.rows["events"][0]
    mini.rows["events"] += [
        template | {"event_id": f"{date[:4]}-{name}", "date": date} for name, date in dates.items()
    ]
    return Report.load(mini.write().directory)


def test_an_event_belongs_to_the_period_in_which_it_begins(mini):
    report = dated(mini, eve="1994-12-31", day="1995-01-01", lasting="1994/1999")
    phases = voices.phases_of(report)
    assert phases[["1994-eve", "1995-day", "1994-lasting"]].tolist() == ["first", "second", "first"]


def test_an_event_before_the_first_period_belongs_to_it(mini):
    assert voices.phases_of(dated(mini, before="1990"))["1990-before"] == "first"


def test_a_row_of_phases_that_is_no_period_takes_no_event(mini):
    mini.rows["phases"].append(
        mini.rows["phases"][0]
        | {"phase_id": "theme", "kind": "theme", "start": "1993", "position": "3"}
    )
    report = Report.load(mini.write().directory)
    assert set(voices.phases_of(report)) == {"first", "second"}
    assert list(voices.sources_by_phase(report).index) == ["first", "second"]


def test_a_source_counts_once_in_every_period_of_which_it_speaks(mini):
    counts = voices.sources_by_phase(Report.load(mini.directory))
    # s1 and s3 (independent), s2 (Turkish) and a silent s4 on the first, s3 and s2 on the second.
    assert counts.loc["first"].to_dict() == dict.fromkeys(STANCES, 0) | {
        "independent": 2, "turkish": 1, "azerbaijani-state-aligned": 1,
    }  # fmt: skip
    assert counts.loc["second", ["independent", "turkish"]].tolist() == [1, 1]
    assert counts.loc["second"].sum() == 2


def test_a_withdrawn_event_is_counted_nowhere(mini):
    mini.rows["events"][2]["status"] = "withdrawn"
    report = Report.load(mini.write().directory)
    assert "2017-order" not in voices.phases_of(report).index
    assert voices.sources_by_phase(report).loc["second"].sum() == 0


def test_what_remains_without_a_stance_is_a_share_of_all_events(mini):
    left_out = voices.without_each_stance(Report.load(mini.directory))
    # One event rests on independent sources, one on a Turkish one, and one on both.
    assert left_out.loc[["", "armenian"], "one_group"].tolist() == [1, 1]
    assert left_out.loc[["turkish", "independent"], "one_group"].tolist() == pytest.approx(
        [2 / 3] * 2
    )
    assert left_out.loc[["", "armenian"], "two_groups"].tolist() == pytest.approx([1 / 3] * 2)
    assert left_out.loc[["turkish", "independent"], "two_groups"].tolist() == [0, 0]


def test_every_source_with_a_claim_is_counted_in_some_period(report):
    counts = voices.sources_by_phase(report)
    speaking = report.claims["source_id"].nunique()
    assert list(counts.columns) == list(STANCES)
    assert counts.to_numpy().sum() >= speaking
    assert (counts.sum(axis=1) <= speaking).all()


def test_every_stance_of_the_data_is_counted(report):
    assert set(report.sources["stance"]) <= set(STANCES)


def test_leaving_out_sources_never_adds_support(report):
    left_out = voices.without_each_stance(report)[["one_group", "two_groups"]]
    assert (left_out <= left_out.loc[""]).all(axis=None)


def test_the_steps_agree_with_the_grades(report):
    steps = voices.grading_steps(report)
    expected = {
        "alleged": {"low"}, "contested": set(LEVELS), "act": {"high", "medium"},
        "two groups": {"high", "medium"}, "first hand": {"medium"}, "retrospect": {"low"},
    }  # fmt: skip
    assert set(steps) <= set(STEPS)
    for step, grades in report.events["confidence_computed"].groupby(steps):
        assert set(grades) <= expected[step], step
