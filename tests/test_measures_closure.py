"""Closure of groups of states and splits into two sets, against values computed by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak.errors import MeasureError
from azpak.measures import (
    closure,
    closure_resampled,
    closure_without_each,
    pairs_of,
    split_gap,
)

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


# Ties inside, across and outside


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
