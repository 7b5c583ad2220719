"""Regression over pairs, exact bounds of an index, and what is left of a pair beyond its states."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.proportion import proportion_confint
from statsmodels.tools import add_constant

from azpak.measures import MeasureError, exact_bounds
from azpak.measures.additive import residuals
from azpak.measures.qap import qap


def pairs(states: str) -> pd.MultiIndex:
    return pd.MultiIndex.from_tuples(list(combinations(states, 2)))


def test_coefficients_are_those_of_least_squares():
    index = pairs("ABCDEFG")
    generator = np.random.default_rng(1)
    terms = pd.DataFrame(generator.normal(size=(len(index), 2)), index, columns=["one", "two"])
    values = pd.Series(generator.normal(size=len(index)), index)
    found = qap(values, terms, seed=1, draws=50)
    fitted = OLS(values.to_numpy(), add_constant(terms.to_numpy())).fit().params
    assert [found[name].value for name in terms] == pytest.approx(fitted[1:])


def test_a_planted_block_is_found_and_the_other_term_is_not():
    index = pairs("ABCDEFGHIJ")
    generator = np.random.default_rng(2)
    block = [(a in "ABCDE") == (b in "ABCDE") for a, b in index]
    terms = pd.DataFrame({"block": block, "noise": generator.normal(size=len(index))}, index)
    values = pd.Series(generator.normal(0, 0.1, len(index)), index) + terms["block"]
    found = qap(values, terms.astype(float), seed=1, draws=500)
    assert found["block"].value == pytest.approx(1, abs=0.1)
    assert found["block"].p < 0.02
    assert found["noise"].p > 0.05


def test_the_smallest_probability_is_that_of_the_pairs_as_they_are():
    # Of four states the split into two pairs has three forms, so that a third of all permutations
    # give the split itself: p is near a third although the fit is exact.
    index = pairs("ABCD")
    block = pd.Series([1.0, 0, 0, 0, 0, 1], index)
    values = block + pd.Series([0.01, -0.01, 0.01, -0.01, 0.01, -0.01], index)
    found = qap(values, block.to_frame("block"), seed=3, draws=3000)
    assert found["block"].p == pytest.approx(1 / 3, abs=0.03)


def test_a_missing_pair_and_terms_that_say_the_same_are_refused():
    index = pairs("ABCD")
    values, term = pd.Series(range(6), index, dtype=float), pd.Series([1.0, 0, 0, 0, 0, 1], index)
    with pytest.raises(MeasureError, match="not every pair"):
        qap(values.iloc[1:], term.iloc[1:].to_frame("a"), 1, 5)
    with pytest.raises(MeasureError, match="not independent"):
        qap(values, pd.DataFrame({"a": term, "b": 2 * term}), 1, 5)


def test_exact_bounds_of_six_of_six_and_of_five_of_five_by_hand():
    # All inside: the share under which six of six come in 2.5 per cent of cases is 0.025 ** (1/6).
    assert exact_bounds(6, 6) == (-1, pytest.approx(1 - 2 * 0.025 ** (1 / 6)))
    assert exact_bounds(6, 6).high < 0 < exact_bounds(5, 5).high
    assert exact_bounds(0, 4) == (pytest.approx(1 - 2 * (1 - 0.025 ** (1 / 4))), 1)


@pytest.mark.parametrize(("inside", "orders"), [(0, 3), (2, 7), (4, 7), (9, 9), (15, 40)])
def test_exact_bounds_are_those_of_scipy_and_statsmodels(inside, orders):
    low, high = exact_bounds(inside, orders)
    ours = ((1 - high) / 2, (1 - low) / 2)
    scipy = binomtest(inside, orders).proportion_ci(0.95, "exact")
    assert ours == pytest.approx((scipy.low, scipy.high))
    assert ours == pytest.approx(proportion_confint(inside, orders, 0.05, "beta"))


def test_bounds_of_no_orders_are_refused():
    with pytest.raises(MeasureError, match="not computable"):
        exact_bounds(0, 0)


def test_what_is_left_of_a_pair_by_hand():
    # Parts 1, 2, 3, 4 make every pair exactly; one pair more by 6 leaves two thirds of it less
    # what its two states take: 2 for the pair itself, -1 and 2 elsewhere.
    parts = dict(zip("ABCD", (1.0, 2, 3, 4), strict=True))
    values = pd.Series({(a, b): parts[a] + parts[b] for a, b in combinations("ABCD", 2)})
    assert residuals(values).to_numpy() == pytest.approx(0, abs=1e-12)
    values["A", "B"] += 6
    left = residuals(values)
    assert left["A", "B"] == pytest.approx(2)
    assert left["C", "D"] == pytest.approx(2)
    assert left["A", "C"] == pytest.approx(-1 * 1)


def test_what_is_left_sums_to_nothing_for_each_state_and_a_states_turn_leaves_nothing():
    index = pairs("ABCDEF")
    values = pd.Series(np.random.default_rng(1).normal(size=len(index)), index)
    left = residuals(values)
    for state in "ABCDEF":
        own = [state in pair for pair in index]
        assert left[own].sum() == pytest.approx(0, abs=1e-9)
    turned = values + pd.Series([0.5 * ("A" in pair) for pair in index], index)
    assert residuals(turned).to_numpy() == pytest.approx(left.to_numpy(), abs=1e-9)


def test_what_is_left_is_what_statsmodels_leaves():
    index = pairs("ABCDE")
    values = pd.Series(np.random.default_rng(6).normal(size=len(index)), index)
    design = np.array([[state in pair for state in "ABCDE"] for pair in index], dtype=float)
    fitted = OLS(values.to_numpy(), design).fit()
    assert residuals(values).to_numpy() == pytest.approx(fitted.resid)


def test_too_few_pairs_are_refused_and_a_pair_without_value_is_left_out():
    index = pairs("ABC")
    with pytest.raises(MeasureError, match="too few pairs"):
        residuals(pd.Series(1.0, index))
    values = pd.Series(np.arange(10.0), pairs("ABCDE"))
    values["A", "B"] = np.nan
    assert ("A", "B") not in residuals(values).index
