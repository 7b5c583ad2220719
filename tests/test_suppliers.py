"""Supplier concentration by period, against values computed by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak import tables
from azpak.measures import MeasureError, herfindahl, supplier_shares
from azpak.suppliers import concentration_by_period, periods_of


def deliveries(*rows: tuple[str, int, float]) -> pd.DataFrame:
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
    tiv = deliveries(("RUS", 2000, 20), ("RUS", 2001, 10), ("ISR", 2001, 10))
    row = concentration_by_period(tiv, "AZE", [(2000, 2004)]).iloc[0]
    assert (row["period"], row["tiv"]) == ("2000/2004", 40)
    assert (row["n_years"], row["n_suppliers"]) == (2, 2)
    assert row["index"] == pytest.approx(0.625)
    assert row["effective_number"] == pytest.approx(1.6)
    assert (row["effective_low"], row["effective_high"]) == pytest.approx((1, 2))


def test_a_single_year_has_no_bounds():
    row = concentration_by_period(deliveries(("RUS", 2000, 5)), "AZE", [(2000, 2004)]).iloc[0]
    assert row["effective_number"] == 1
    assert pd.isna(row["effective_low"]) and pd.isna(row["effective_high"])


def test_a_period_without_deliveries_is_refused():
    with pytest.raises(MeasureError, match="shares are not computable"):
        concentration_by_period(deliveries(("RUS", 2000, 5)), "AZE", [(2005, 2009)])


def test_the_register_gives_indices_within_their_limits_and_shares_that_add_up():
    tiv = tables.load("arms_transfers_tiv")
    own = tiv[(tiv["recipient"] == "AZE") & (tiv["indicator"] == "tiv_deliveries")]
    periods = periods_of(int(own["year"].min()), int(own["year"].max()))
    found = concentration_by_period(tiv, "AZE", periods)
    assert found["tiv"].sum() == pytest.approx(own["value"].sum())
    for row, (first, last) in zip(found.itertuples(), periods, strict=True):
        shares = supplier_shares(tiv, "AZE", first, last)["share"]
        assert shares.sum() == pytest.approx(1)
        assert 1 / row.n_suppliers <= herfindahl(shares).index <= 1
        assert 1 <= row.effective_low <= row.effective_high
