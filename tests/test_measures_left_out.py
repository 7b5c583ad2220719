"""What hangs on a single order or deal."""

import pandas as pd
import pytest

from azpak.measures import MeasureError, exact_bounds
from azpak.measures.left_out import suppliers_without_each_deal, without_each_order


def test_an_order_left_out_is_one_from_inside_or_one_from_outside():
    found = without_each_order(3, 5)
    assert found.at["inside", "index"] == pytest.approx(0)  # two of four
    assert found.at["outside", "index"] == pytest.approx(-0.5)  # three of four
    assert tuple(found.loc["outside", ["low", "high"]]) == exact_bounds(3, 4)
    # With all inside only such an order can be left out: 1 - 2 * 0.025 ** (1 / 4) is 0.2047.
    closed = without_each_order(5, 5)
    assert list(closed.index) == ["inside"]
    assert closed.at["inside", "high"] == pytest.approx(0.2047, abs=1e-4)


@pytest.mark.parametrize(("inside", "orders"), [(1, 1), (3, 2), (-1, 4)])
def test_no_order_is_left_out_of_nothing(inside, orders):
    with pytest.raises(MeasureError, match="no order can be left out"):
        without_each_order(inside, orders)


def test_a_first_supplier_by_one_deal_is_another_without_it():
    delivered = pd.Series({"A": 60.0, "B": 40.0})
    deals = pd.DataFrame({"supplier": ["A", "B"], "tiv": [50.0, 40.0]}, index=["tanks", "boats"])
    found = suppliers_without_each_deal(delivered, deals)
    assert found["first"].to_dict() == {"tanks": "B", "boats": "A"}
    # Ten and forty of fifty: 1 / (0.2 ** 2 + 0.8 ** 2); then one supplier alone.
    assert found.at["tanks", "effective_number"] == pytest.approx(1 / 0.68)
    assert found.at["boats", "effective_number"] == pytest.approx(1)


def test_a_deal_larger_than_what_was_delivered_is_named():
    deals = pd.DataFrame({"supplier": ["A"], "tiv": [70.0]}, index=["tanks"])
    with pytest.raises(MeasureError, match="tanks"):
        suppliers_without_each_deal(pd.Series({"A": 60.0, "B": 40.0}), deals)
