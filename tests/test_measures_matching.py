"""Agreements of two states beside what their yearly totals would give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from azpak.measures import MeasureError
from azpak.measures.matching import expected_agreements


def totals(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns, index=range(2000, 2000 + len(next(iter(columns.values())))))


def test_one_year_by_hand():
    # The others sign four agreements, B two of them; A signs one: it meets B in half the cases.
    found = expected_agreements(totals(A=[1], B=[2], C=[2]), "A", "B", 1)
    assert (found.n, found.expected, found.p) == (1, 0.5, pytest.approx(0.5))


def test_two_years_by_hand():
    # A half twice: none in a quarter, one in a half, two in a quarter of the cases.
    found = expected_agreements(totals(A=[1, 1], B=[2, 2], C=[2, 2]), "A", "B", 2)
    assert (found.expected, found.p) == (1.0, pytest.approx(0.25))
    assert expected_agreements(totals(A=[1, 1], B=[2, 2], C=[2, 2]), "A", "B", 0).p == 1


def test_one_year_is_fishers_exact_test():
    found = expected_agreements(totals(A=[5], B=[6], C=[9]), "A", "B", 3)
    table = [[3, 2], [3, 7]]
    assert found.p == pytest.approx(fisher_exact(table, "greater").pvalue)


def test_a_larger_pool_makes_agreements_rarer():
    few = expected_agreements(totals(A=[4, 3], B=[3, 3], C=[5, 5]), "A", "B", 2)
    many = expected_agreements(totals(A=[4, 3], B=[3, 3], C=[50, 50]), "A", "B", 2)
    assert many.expected < few.expected
    assert many.p < few.p


def test_years_without_an_agreement_of_one_add_nothing():
    found = expected_agreements(totals(A=[0, 2], B=[3, 0], C=[1, 1]), "A", "B", 1)
    assert (found.expected, found.p) == (0, 0)


def test_a_state_without_totals_is_refused():
    with pytest.raises(MeasureError, match="no yearly totals"):
        expected_agreements(totals(A=[1], C=[np.int64(1)]), "A", "B", 0)
