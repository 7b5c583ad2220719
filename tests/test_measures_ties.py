"""Ties between states and which of two series came first, against values computed by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak.errors import MeasureError
from azpak.measures import follows, pairs_of, ties_of

EXAMPLES = settings(deadline=None, derandomize=True, max_examples=60)  # the same on every machine

# The list of ties

EVENT = {
    "event_id": "e", "date": "2020", "category": "agreement", "nature": "happened",
    "actors": ("AZE", "PAK"), "status": "active",
}  # fmt: skip
DEAL = {
    "transfer_id": "t", "record_kind": "deal", "part_of": None, "superseded_by": None,
    "status": "ordered", "supplier": "PAK", "recipient": "AZE", "order_date": "2020-05",
    "register_deal_ids": (), "event_ids": ("e",), "source_ids": ("s",),
}  # fmt: skip
ENTRY = {
    "deal_id": "d", "supplier": "IND", "recipient": "ARM", "order_year": 2021,
    "order_year_estimated": True, "source_id": "sipri",
}  # fmt: skip
EDITION = {
    "exercise_id": "x", "date": "2019-09", "participants_named": ("TUR", "AZE", "PAK"),
    "event_id": None, "source_ids": ("s",),
}  # fmt: skip


def listed(events=(), transfers=(), exercises=(), register=(), relations=()):
    """Return the ties of a few rows, each a change of a sound one."""
    frames = [
        pd.DataFrame([{**sound, **row} for row in rows], columns=list(sound))
        for sound, rows in zip(
            (EVENT, DEAL, EDITION, ENTRY), (events, transfers, exercises, register), strict=True
        )
    ]
    claims = pd.DataFrame({"event_id": ["e", "e"], "source_id": ["b", "a"]})
    return ties_of(frames[0], claims, *frames[1:], relations).set_index("tie_id")


def test_a_deal_with_event_transfer_and_register_entry_is_one_tie():
    found = listed(
        events=[{"category": "arms"}],
        transfers=[{"register_deal_ids": ("d", "d2")}],
        register=[{}, {"deal_id": "d2"}],
    )
    assert found.index.tolist() == ["t"]
    row = found.loc["t"]
    assert (row["kind"], row["date"], row["states"]) == ("deal", "2020-05", ("AZE", "PAK"))
    assert row["event_ids"] == ("e",)


def test_a_deal_of_the_register_alone_bears_its_year_and_its_estimate():
    found = listed(register=[{}, {"deal_id": "f", "order_year_estimated": False}])
    assert found["date"].to_dict() == {"f": "2021", "d": "2021~"}


def test_a_supplier_unknown_to_the_register_ties_nobody():
    assert listed(register=[{"supplier": "UNK"}]).empty


def test_an_unconfirmed_deal_is_uncertain_and_never_joins_the_one_it_includes():
    found = listed(
        transfers=[
            {"transfer_id": "part", "part_of": "whole"},
            {"transfer_id": "whole", "status": "reported-unconfirmed"},
            {"transfer_id": "talk", "status": "reported-unconfirmed"},
            {"transfer_id": "old", "superseded_by": "part"},
        ]
    )
    assert found["certain"].to_dict() == {"part": True, "talk": False}


def test_an_alleged_agreement_is_uncertain_and_a_planned_one_none():
    found = listed(
        events=[
            {"event_id": "said", "nature": "alleged"},
            {"event_id": "planned", "nature": "announced"},
            {"event_id": "gone", "status": "withdrawn"},
            {"event_id": "alone", "actors": ("AZE", "org-x")},
        ]
    )
    assert found["certain"].to_dict() == {"said": False}


def test_a_declaration_of_an_organisation_is_its_own_act():
    found = listed(
        events=[
            {"event_id": "body", "category": "declaration", "actors": ("AZE", "ARM", "org-unsc")},
            {"event_id": "states", "category": "declaration"},
            {"event_id": "firm", "actors": ("AZE", "PAK", "org-x")},
        ]
    )
    assert set(found.index) == {"states", "firm"}


def test_relations_count_as_an_agreement_and_must_exist():
    found = listed(events=[{"category": "recognition"}], relations=("e",))
    assert found["kind"].to_dict() == {"e": "agreement"}
    assert found["source_ids"].to_dict() == {"e": ("a", "b")}
    with pytest.raises(MeasureError, match="no such event"):
        listed(relations=("nowhere",))


def test_an_entry_that_the_register_lacks_is_named():
    with pytest.raises(MeasureError, match=r"does not have.*d9"):
        listed(transfers=[{"register_deal_ids": ("d9",)}])


def test_an_exercise_of_one_named_state_is_no_tie():
    found = listed(exercises=[{}, {"exercise_id": "y", "participants_named": ("PAK",)}])
    assert found["states"].to_dict() == {"x": ("AZE", "PAK", "TUR")}


def test_a_tie_of_three_joins_three_pairs():
    ties = listed(exercises=[{}]).reset_index()
    assert pairs_of(ties)[["a", "b"]].to_numpy().tolist() == [
        ["AZE", "PAK"], ["AZE", "TUR"], ["PAK", "TUR"],
    ]  # fmt: skip
    assert pairs_of(ties, ["AZE", "PAK"])[["a", "b"]].to_numpy().tolist() == [["AZE", "PAK"]]
    assert pairs_of(ties, ["AZE"]).empty


# Order


def test_following_of_a_case_counted_by_hand():
    # Ten months; one earlier date in month 3, later ones in months 4 and 9; one month back.
    # Moved by every number of months the one date comes before 4 or 9 in two of ten places.
    found = follows(["2000-03"], ["2000-04", "2000-09"], "2000-01", "2000-10", 1)
    assert (found.hits, found.n, found.n_shifts) == (1, 2, 10)
    assert found.expected == pytest.approx(0.2)
    assert found.p == pytest.approx(0.2)


def test_the_same_month_is_not_before():
    assert follows(["2000-03"], ["2000-03-09"], "2000-01", "2000-12", 3).hits == 0
    assert follows(["2000-02-29"], ["2000-03-01"], "2000-01", "2000-12", 3).hits == 1


def test_two_later_dates_in_one_month_count_once():
    assert follows(["2000-03"], ["2000-04-01", "2000-04-20"], "2000-01", "2000-12", 1).n == 1


def test_an_empty_series_has_no_probability():
    assert np.isnan(follows([], ["2000-04"], "2000-01", "2000-12", 2).p)
    assert np.isnan(follows(["2000-04"], [], "2000-01", "2000-12", 2).p)


def test_following_names_what_is_wrong():
    with pytest.raises(MeasureError, match=r"outside the span.*1999"):
        follows(["1999-04"], ["2000-04"], "2000-01", "2000-12", 2)
    for window in (0, 12):
        with pytest.raises(MeasureError, match="window"):
            follows(["2000-04"], ["2000-04"], "2000-01", "2000-12", window)


MONTHS = st.lists(st.integers(1, 12).map(lambda m: f"2001-{m:02}"), min_size=1, max_size=8)


@EXAMPLES
@given(MONTHS, MONTHS, st.integers(1, 6))
def test_a_probability_of_shifts_is_at_least_one_of_them(earlier, later, window):
    found = follows(earlier, later, "2000-01", "2002-12", window)
    assert 1 / found.n_shifts <= found.p <= 1
    assert 0 <= found.hits <= found.n == len(set(later))
    assert 0 <= found.expected <= found.n
