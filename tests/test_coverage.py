"""Whose voices carry the events."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak import coverage, tables
from azpak.evidence.rules import LEVELS, STEPS
from azpak.evidence import Evidence

PHASES = pd.DataFrame(
    {
        "phase_id": ["first", "second", "theme"],
        "kind": ["period", "period", "theme"],
        "start": ["1991-10-18", "1995-07", "1993"],
        "position": [1, 2, 3],
    }
)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return Evidence.load()


def test_an_event_belongs_to_the_period_in_which_it_begins():
    events = pd.DataFrame(
        {"date": ["1991-10-18", "1995-06-30", "1995-07", "1994/1999"]}, index=list("abcd")
    )
    assert coverage.phases_of(events, PHASES).to_dict() == {
        "a": "first", "b": "first", "c": "second", "d": "first",
    }  # fmt: skip


def test_an_event_before_the_first_period_belongs_to_it():
    events = pd.DataFrame({"date": ["1990"]}, index=["a"])
    assert coverage.phases_of(events, PHASES)["a"] == "first"


def test_every_source_with_a_claim_is_counted_in_some_period(evidence):
    counts = coverage.sources_by_phase(evidence, tables.load("phases"))
    speaking = evidence.claims["source_id"].nunique()
    assert list(counts.columns) == list(coverage.STANCES)
    assert counts.to_numpy().sum() >= speaking
    assert (counts.sum(axis=1) <= speaking).all()


def test_every_stance_of_the_data_is_counted(evidence):
    assert set(evidence.sources["stance"]) <= set(coverage.STANCES)


def test_leaving_out_sources_never_adds_support(evidence):
    left_out = coverage.without_each_stance(evidence)
    assert (
        left_out[["one_group", "two_groups"]] <= left_out.loc["", ["one_group", "two_groups"]]
    ).all(axis=None)


def test_the_steps_agree_with_the_grades(evidence):
    table = evidence.event_table()
    steps = coverage.grading_steps(evidence)
    expected = {
        "alleged": {"low"}, "contested": set(LEVELS), "act": {"high", "medium"},
        "two groups": {"high", "medium"}, "first hand": {"medium"}, "retrospect": {"low"},
    }  # fmt: skip
    assert set(steps) <= set(STEPS)
    for step, grades in table["confidence_computed"].groupby(steps):
        assert set(grades) <= expected[step], step
