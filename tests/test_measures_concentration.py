"""Shares of suppliers and their concentration, against values computed by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak import measures
from azpak.measures import (
    MeasureError,
    concentration_by_period,
    periods_of,
)

EXAMPLES = settings(deadline=None, derandomize=True, max_examples=60)  # the same on every machine


# Shares


def deliveries(**values: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "supplier": list(values),
            "recipient": "AZE",
            "year": 2000,
            "indicator": "tiv_deliveries",
            "value": list(values.values()),
            "release": "one",
        }
    )


def test_shares_of_a_case_counted_by_hand():
    shares = measures.supplier_shares(deliveries(RUS=60.0, ISR=30.0, TUR=10.0), "AZE", 1999, 2001)
    assert shares["supplier"].tolist() == ["RUS", "ISR", "TUR"]
    assert shares["share"].tolist() == [0.6, 0.3, 0.1]


def test_a_total_of_all_suppliers_is_not_a_supplier():
    shares = measures.supplier_shares(deliveries(ALL=90.0, RUS=90.0), "AZE", 2000, 2000)
    assert shares["supplier"].tolist() == ["RUS"]


def test_two_releases_are_not_mixed():
    table = deliveries(RUS=1.0, ISR=1.0).assign(release=["one", "two"])
    with pytest.raises(MeasureError, match="several releases"):
        measures.supplier_shares(table, "AZE", 2000, 2000)


def test_shares_of_nothing_are_not_computable():
    with pytest.raises(MeasureError, match="not computable"):
        measures.supplier_shares(deliveries(RUS=1.0), "AZE", 2010, 2014)
    with pytest.raises(MeasureError, match="not computable"):
        measures.supplier_shares(deliveries(RUS=0.0), "AZE", 2000, 2000)


# Concentration


@pytest.mark.parametrize(
    ("shares", "index", "number"),
    [([1.0], 1.0, 1.0), ([0.5, 0.5], 0.5, 2.0), ([0.6, 0.3, 0.1], 0.46, 1 / 0.46)],
)
def test_concentration_of_cases_counted_by_hand(shares, index, number):
    assert measures.herfindahl(shares) == pytest.approx((index, number))


@pytest.mark.parametrize("shares", [[], [0.5, 0.4], [1.2, -0.2], [0.5, float("nan")]])
def test_shares_that_are_none_are_refused(shares):
    with pytest.raises(MeasureError):
        measures.herfindahl(shares)


@EXAMPLES
@given(st.lists(st.floats(min_value=0.001, max_value=1000), min_size=1, max_size=30))
def test_concentration_stays_within_its_bounds(amounts):
    shares = np.array(amounts) / sum(amounts)
    index, number = measures.herfindahl(shares)
    assert 1 / len(amounts) - 1e-9 <= index <= 1 + 1e-9
    assert 1 - 1e-9 <= number <= len(amounts) + 1e-6


# Concentration by period


def dated_deliveries(*rows: tuple[str, int, float]) -> pd.DataFrame:
    """Return deliveries to one state in the form of the table ``arms_transfers_tiv``."""
    frame = pd.DataFrame(rows, columns=["supplier", "year", "value"])
    return frame.assign(recipient="AZE", indicator="tiv_deliveries", release="one")


def test_a_span_is_cut_into_periods_and_the_last_may_be_shorter():
    assert periods_of(2000, 2011) == [(2000, 2004), (2005, 2009), (2010, 2011)]
    assert periods_of(2000, 2000) == [(2000, 2000)]


@pytest.mark.parametrize("span", [(2001, 2000, 5), (2000, 2001, 0)])
def test_no_span_or_no_length_is_refused(span):
    with pytest.raises(MeasureError, match="no periods"):
        periods_of(*span)


def test_concentration_equals_the_values_computed_by_hand():
    # Whole period: 30 and 10 of 40, so 9/16 + 1/16 = 0.625, 1.6 equal suppliers.
    # Without the first year 10 and 10 of 20: 2. Without the second 20 of 20: 1.
    tiv = dated_deliveries(("RUS", 2000, 20), ("RUS", 2001, 10), ("ISR", 2001, 10))
    row = concentration_by_period(tiv, "AZE", [(2000, 2004)]).iloc[0]
    assert (row["period"], row["tiv"]) == ("2000/2004", 40)
    assert (row["n_years"], row["n_suppliers"]) == (2, 2)
    assert row["index"] == pytest.approx(0.625)
    assert row["effective_number"] == pytest.approx(1.6)
    assert (row["effective_low"], row["effective_high"]) == pytest.approx((1, 2))


def test_a_single_year_has_no_bounds():
    row = concentration_by_period(dated_deliveries(("RUS", 2000, 5)), "AZE", [(2000, 2004)]).iloc[0]
    assert row["effective_number"] == 1
    assert pd.isna(row["effective_low"]) and pd.isna(row["effective_high"])


def test_a_period_without_deliveries_is_refused():
    with pytest.raises(MeasureError, match="shares are not computable"):
        concentration_by_period(dated_deliveries(("RUS", 2000, 5)), "AZE", [(2005, 2009)])
