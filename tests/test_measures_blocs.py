"""Blocs that agreement itself makes of states."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from azpak.measures import MeasureError
from azpak.measures.blocs import blocs, same_split


def pairs(states):
    return pd.MultiIndex.from_tuples(list(combinations(states, 2)))


def test_two_pairs_that_agree_are_two_blocs_with_half_the_modularity():
    # By hand: all of the agreement lies inside (a share of one), where half would by the sums of
    # each state, since each has a quarter of all: 1 - 2 * (1/2)^2.
    values = pd.Series([1.0, 0, 0, 0, 0, 1], pairs("ABCD"))
    found = blocs(values, "ABCD")
    assert found[:2] == (("A", "B"), ("C", "D"))
    assert found.modularity == pytest.approx(1 / 2)
    assert same_split(found, ["CD", "BA"]) and not same_split(found, ["ABC", "D"])


def test_where_all_agree_alike_there_is_no_split():
    found = blocs(pd.Series(1.0, pairs("ABCD")), "ABCD")
    assert found.second == () and found.modularity == pytest.approx(0)
    assert not same_split(found, ["AB", "CD"])


def test_the_split_is_that_of_the_leading_eigenvector_where_blocs_are_planted():
    states = "ABCDEFGHIJ"
    generator = np.random.default_rng(4)
    inside = np.array([(a in "ACEGI") == (b in "ACEGI") for a, b in pairs(states)])
    values = pd.Series(inside * 0.6 + generator.uniform(0, 0.3, len(inside)), pairs(states))
    weights = np.zeros((10, 10))
    for (a, b), value in values.items():
        i, j = states.index(a), states.index(b)
        weights[i, j] = weights[j, i] = value
    degrees = weights.sum(axis=1)
    _, vectors = np.linalg.eigh(weights - np.outer(degrees, degrees) / weights.sum())
    side = vectors[:, -1] > 0
    found = blocs(values, states)
    assert {*found.first} == {s for s, one in zip(states, side, strict=True) if one == side[0]}
    assert {*found.first} == set("ACEGI")


def test_the_order_of_the_states_and_negative_agreement_change_no_split():
    values = pd.Series([0.5, -0.4, 0, 0.1, -0.1, 0.4], pairs("ABCD"))
    turned = blocs(values, "DCBA")
    assert turned[:2] == (("D", "C"), ("B", "A"))
    assert blocs(values, "ABCD").modularity == pytest.approx(turned.modularity)
    assert blocs(values.clip(lower=0), "ABCD") == blocs(values, "ABCD")


def test_what_cannot_be_split_is_refused():
    values = pd.Series([0.5, np.nan, 0], pairs("ABC"))
    with pytest.raises(MeasureError, match="no value"):
        blocs(values, "ABC")
    with pytest.raises(MeasureError, match="no pair agrees"):
        blocs(values.fillna(0) * 0, "ABC")
    with pytest.raises(MeasureError, match="so many"):
        blocs(values, "A")
