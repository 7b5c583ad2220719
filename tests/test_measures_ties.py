"""Ties between states, their closure and their order, against values computed by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak import tables
from azpak.errors import MeasureError
from azpak.measures import countable
from azpak.measures.closure import (
    closure,
    closure_resampled,
    closure_without_each,
    split_gap,
)
from azpak.measures.ties import KINDS, follows, pairs_of, ties_of
from azpak.figures import hypotheses
from azpak.figures.ties_in_time import SETS, phase_of

EXAMPLES = settings(deadline=None, derandomize=True, max_examples=60)  # the same on every machine

GROUPS = {"AZE": "one", "PAK": "one", "TUR": "one", "ARM": "other", "IND": "other"}


def pairs(*names: str) -> pd.DataFrame:
    """Return ties of two, given as ``AZE-PAK``."""
    split = [sorted(name.split("-")) for name in names]
    return pd.DataFrame(
        {
            "a": [a for a, _ in split],
            "b": [b for _, b in split],
            "tie_id": [f"t{n:03}" for n in range(len(split))],
        }
    )


def loaded(relations: tuple[str, ...] = ()) -> pd.DataFrame:
    names = ("events", "claims", "transfers", "exercises", "arms_deals")
    return ties_of(*(tables.load(name) for name in names), relations)


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


def test_the_ties_of_the_data_are_unique_dated_in_order_and_of_known_kinds():
    found = loaded()
    assert found["tie_id"].is_unique
    assert set(found["kind"]) == set(KINDS)
    years = found["date"].dropna().str.extract(r"(\d{4})")[0].astype(int)
    assert years.is_monotonic_increasing
    assert found["date"].isna().sum() == found["date"].isna()[::-1].cumprod().sum()


def test_the_certain_deals_of_the_data_hold_every_countable_transfer_once():
    found = loaded()
    deals = found[(found["kind"] == "deal") & found["certain"]]
    transfers = countable(tables.load("transfers"))
    assert set(transfers["transfer_id"]) <= set(deals["tie_id"])
    joined = {entry for ids in transfers["register_deal_ids"] for entry in ids}
    assert joined.isdisjoint(deals["tie_id"])
    register = tables.load("arms_deals").query("supplier != 'UNK'")
    assert len(deals) == len(transfers) + len(register) - len(joined & set(register["deal_id"]))


# Closure


def test_the_index_of_a_case_counted_by_hand():
    # Three inside (two of one, one of the other), one across, two with an outsider.
    found = closure(
        pairs("AZE-PAK", "AZE-PAK", "ARM-IND", "AZE-IND", "AZE-ISR", "ARM-RUS", "ISR-RUS"), GROUPS
    )
    assert found[:3] == (3, 1, 2)
    assert found.index == (3 - 3) / 6 == 0
    assert found.between == (1 - 3) / 4 == -0.5


def test_the_index_without_ties_is_not_computable():
    found = closure(pairs(), GROUPS)
    assert found[:3] == (0, 0, 0)
    assert np.isnan(found.index) and np.isnan(found.between)
    assert np.isnan(closure(pairs("ISR-RUS"), GROUPS).index)


def test_closure_names_what_is_wrong():
    with pytest.raises(MeasureError, match="no groups"):
        closure(pairs("AZE-PAK"), {})
    with pytest.raises(MeasureError, match=r"tied to itself.*AZE"):
        closure(pairs("AZE-AZE"), GROUPS)
    with pytest.raises(MeasureError, match="at least one draw"):
        closure_resampled(pairs("AZE-PAK"), GROUPS, 1, 0)
    with pytest.raises(MeasureError, match="no ties"):
        closure_resampled(pairs(), GROUPS, 1, 5)
    with pytest.raises(MeasureError, match="only member"):
        closure_without_each(pairs("AZE-PAK"), {"AZE": "one"})


def some_pairs() -> st.SearchStrategy[list[str]]:
    states = [*GROUPS, "RUS", "ISR"]
    return st.lists(
        st.sampled_from([f"{a}-{b}" for a, b in combinations(states, 2)]), min_size=1, max_size=40
    )


@EXAMPLES
@given(some_pairs())
def test_the_index_keeps_its_limits_and_counts_every_tie_of_a_member(names):
    found = closure(pairs(*names), GROUPS)
    members = [n for n in names if set(n.split("-")) & set(GROUPS)]
    assert found.inside + found.across + found.outside == len(members)
    for value in (found.index, found.between):
        assert np.isnan(value) or -1 <= value <= 1
    if members:
        assert (found.index == -1) == (found.inside == len(members))
        assert (found.index == 1) == (found.inside == 0)


@EXAMPLES
@given(some_pairs())
def test_the_matrix_of_ties_gives_the_same_index(names):
    order = [*GROUPS, "RUS", "ISR"]
    matrix = np.zeros((len(order), len(order)))
    for a, b in (n.split("-") for n in names):
        matrix[order.index(a), order.index(b)] += 1
        matrix[order.index(b), order.index(a)] += 1
    of_group = np.array([[GROUPS.get(s) == g for g in ("one", "other")] for s in order], dtype=int)
    blocks = of_group.T @ matrix @ of_group  # each tie inside stands twice
    inside, across = np.trace(blocks) / 2, blocks[0, 1]
    outside = (of_group.T @ matrix @ (1 - of_group.sum(axis=1))).sum()
    found = closure(pairs(*names), GROUPS)
    assert found[:3] == (inside, across, outside)
    if total := inside + across + outside:
        assert found.index == pytest.approx(1 - 2 * inside / total)


@EXAMPLES
@given(some_pairs())
def test_leaving_out_a_state_takes_its_ties_and_no_other(names):
    table = closure_without_each(pairs(*names), GROUPS).set_index("state")
    for state, row in table.iterrows():
        left = [n for n in names if state not in n.split("-")]
        rest = {s: g for s, g in GROUPS.items() if s != state}
        assert row["inside"] == closure(pairs(*left), rest).inside
        assert row["outside"] == closure(pairs(*left), rest).outside


def test_ties_drawn_anew_are_the_same_for_the_same_seed_and_take_a_tie_whole():
    ties = pd.DataFrame({"tie_id": ["x"], "states": [("AZE", "PAK", "TUR")]})
    whole = pairs_of(ties)
    draws = closure_resampled(whole, GROUPS, 7, 4)
    assert draws["inside"].tolist() == [3] * 4
    mixed = pairs("AZE-PAK", "ARM-IND", "AZE-IND", "AZE-RUS")
    one, again = (closure_resampled(mixed, GROUPS, 1992, 50) for _ in range(2))
    pd.testing.assert_frame_equal(one, again)
    assert one["index"].between(-1, 1).all()
    assert one[["inside", "across", "outside"]].sum(axis=1).eq(4).all()
    assert one["index"].mean() == pytest.approx(closure(mixed, GROUPS).index, abs=0.2)


# Splits


def test_a_split_of_four_states_counted_by_hand():
    values = {
        ("A", "B"): 5,
        ("C", "D"): 3,
        ("A", "C"): 1,
        ("A", "D"): 2,
        ("B", "C"): 2,
        ("D", "B"): 3,
    }
    found = split_gap(values, ["A", "B"], ["C", "D"])
    assert (found.within, found.across, found.gap) == (4, 2, 2)
    # The other two splits: AC|BD within 2, across 3; AD|BC within 2, across 3.
    assert (found.rank, found.n_splits) == (1, 3)
    assert split_gap(values, ["A", "C"], ["B", "D"])[2:] == (-1, 2, 3)


def test_equal_values_leave_every_split_first():
    values = dict.fromkeys(combinations("ABCDE", 2), 0.5)
    found = split_gap(values, "AB", "CDE")
    assert (found.gap, found.rank, found.n_splits) == (0, 1, 10)


def test_a_split_without_values_within_is_not_computable():
    values = {("A", "B"): 1.0}
    found = split_gap(values, "A", "B")
    assert np.isnan(found.gap) and np.isnan(found.rank)
    values = dict.fromkeys(combinations("ABC", 2), float("nan"))
    assert np.isnan(split_gap(values, "AB", "C").within)


def test_a_split_names_what_is_wrong():
    values = dict.fromkeys(combinations("ABC", 2), 1.0)
    with pytest.raises(MeasureError, match="both sets"):
        split_gap(values, "AB", "BC")
    with pytest.raises(MeasureError, match="no states"):
        split_gap(values, "AB", "")
    with pytest.raises(MeasureError, match=r"no value.*D"):
        split_gap(values, "AB", "CD")


@EXAMPLES
@given(st.lists(st.floats(-1, 1), min_size=10, max_size=10))
def test_a_rank_is_between_one_and_the_number_of_splits(numbers):
    values = dict(zip(combinations("ABCDE", 2), numbers, strict=True))
    found = split_gap(values, "AB", "CDE")
    assert 1 <= found.rank <= found.n_splits == 10
    assert min(numbers) - 1e-9 <= found.within <= max(numbers) + 1e-9


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


# What the chapter computes of them


def test_the_sets_share_no_state_and_hold_the_pairs_they_are_named_by():
    one, other = (set(states) for states in SETS.values())
    assert not one & other
    assert all(set(pair) <= part for pair, part in zip(hypotheses.PAIRS, (one, other), strict=True))


def test_a_tie_known_to_the_year_has_no_part_in_the_test_of_order():
    found = pd.DataFrame(
        {"a": "ARM", "b": "IND", "date": ["2020-03", "2021", "[2022..2023-12]", "1999-05", "2023?"]}
    )
    assert hypotheses.months_of(found, ("IND", "ARM")) == ["2020-03"]


def test_trade_in_one_direction_or_one_product_is_no_turnover():
    low, high = hypotheses.turnover("IND", "ARM", "2023")
    rows = tables.load("trade").query("reporter == 'ARM' and partner == 'IND' and period == '2023'")
    whole = rows.dropna(subset=["turnover"])
    assert high == whole["turnover"].item()
    assert low == (whole["exports"] + whole["imports_consignment"]).item() < high
    assert rows["exports"].min() < low


def test_a_treaty_of_one_set_is_told_from_one_across():
    rows = hypotheses.obligations()
    sides = {pair: set(group["side"]) for pair, group in rows.groupby(["party_a", "party_b"])}
    assert sides["AZE", "TUR"] == {"azerbaijan"}
    assert sides["ARM", "IND"] == {"armenia"}
    assert sides["PAK", "IND"] == {"across"}


def test_a_date_falls_in_the_phase_of_its_middle():
    assert phase_of("2020") == "bridge"
    assert phase_of("2020-09-27") == "trilateral"
    assert phase_of("2016/2017-01") == "institutions"
    assert phase_of("1989") is None and phase_of(None) is None
