"""Ranges from statements, against values computed by hand; bounds hold for any statements."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak import measures
from azpak.measures import (
    MeasureError,
    Stated,
    from_share,
    growth,
    mirror_ratio,
    share_of,
    stated_by_year,
    statements,
    times_over,
    yearly_ranges,
)

EXAMPLES = settings(deadline=None, derandomize=True, max_examples=40)  # the same on every machine
COLUMNS = ["period", "period_type", "low", "high", "status", "group"]


def said(*rows: tuple) -> pd.DataFrame:
    """Return statements; what a row leaves out is an official figure of its own source."""
    filled = [
        (*row, *("official-quoted", f"source-{n}")[len(row) - 4 :]) for n, row in enumerate(rows)
    ]
    table = pd.DataFrame(filled, columns=COLUMNS)
    return table.astype({"low": "float64", "high": "float64"})


def range_of(*rows: tuple) -> pd.Series:
    """Return the range of the one year of which some statements speak."""
    found = yearly_ranges(said(*rows))
    assert len(found) == 1
    return found.iloc[0]


# Statements


def published(**columns: object) -> pd.DataFrame:
    blank = {"period": "2020", "period_type": "year", "status": "claim", "source_id": "a"}
    numbers = {"value": np.nan, "low": np.nan, "high": np.nan}
    return pd.DataFrame([blank | numbers | columns])


GROUPS = pd.Series({"a": "one", "b": "one", "c": "two"})


@pytest.mark.parametrize(
    ("columns", "bounds"),
    [
        ({"value": 13.2}, (13.2, 13.2)),
        ({"low": 28.1}, (28.1, None)),
        ({"high": 100.0}, (None, 100.0)),
        ({"low": 17.0, "high": 25.0}, (17.0, 25.0)),
    ],
)
def test_a_plain_number_is_both_bounds_and_an_open_side_stays_open(columns, bounds):
    row = statements(published(**columns), "value", "low", "high", GROUPS).iloc[0]
    assert [None if math.isnan(x) else x for x in (row["low"], row["high"])] == [*bounds]
    assert row["group"] == "one"


def test_words_without_a_number_are_no_statement():
    assert statements(published(), "value", "low", "high", GROUPS).empty


def test_a_source_without_group_and_bounds_out_of_order_are_refused():
    with pytest.raises(MeasureError, match="no origin"):
        statements(published(value=1.0, source_id="z"), "value", "low", "high", GROUPS)
    with pytest.raises(MeasureError, match="exceeds its upper one"):
        statements(published(low=3.0, high=2.0), "value", "low", "high", GROUPS)


# Years


@pytest.mark.parametrize(
    ("period", "period_type", "years", "kind"),
    [
        ("2020", "year", [2020], "whole"),
        ("2020-01/2020-12", "year", [2020], "whole"),
        ("2003?", "year", [2003], "whole"),
        ("2020-01/2020-10", "part-year", [2020], "part"),
        ("2025-02", "month", [2025], "part"),
        ("2010/2012", "range", [2010, 2011, 2012], "band"),
        ("2018-04", "current-level", [2018], "level"),
        ("2020-07/2021-06", "fiscal-year", [2020], "across"),
    ],
)
def test_each_period_speaks_of_its_years_in_its_way(period, period_type, years, kind):
    found = stated_by_year(said((period, period_type, 5, 5)))
    assert found["year"].tolist() == years
    assert set(found["kind"]) == {kind} <= set(measures.KINDS)


def test_a_statement_without_a_period_speaks_of_no_year():
    found = stated_by_year(said((None, "current-level", 400, None)))
    assert found["year"].isna().all()
    assert found["kind"].tolist() == ["level"]


def test_a_part_of_a_year_loses_its_upper_bound():
    found = stated_by_year(said(("2020-01/2020-10", "part-year", 10, 10))).iloc[0]
    assert found["low"] == 10
    assert math.isnan(found["high"])


def test_a_missing_column_is_named():
    with pytest.raises(MeasureError, match=r"columns are missing.*group"):
        stated_by_year(said(("2020", "year", 1, 1)).drop(columns="group"))


# Ranges


def test_the_range_of_three_statements_counted_by_hand():
    found = range_of(
        ("2022", "year", 27, 27),
        ("2022", "year", 28.1, None, "official-quoted", "x"),
        ("2022", "year", 28.2, 28.2, "claim", "x"),
        ("2022-01/2022-09", "part-year", 20, 20),
    )
    assert (found["low"], found["high"], found["at_least"]) == (27, 28.2, 20)
    assert (found["n_statements"], found["n_groups"], found["n_official"]) == (3, 2, 2)
    assert found["n_parts"] == 1
    assert found["disjoint"]
    assert not found["open_low"]
    assert not found["open_high"]  # "over 28.1" does not reach beyond 28.2


def test_the_side_that_the_outermost_statement_leaves_open_is_open():
    assert range_of(("2024", "year", 80, None), ("2024", "year", 72, 72))["open_high"]
    assert range_of(("2024", "year", None, 100))["open_low"]
    assert not range_of(("2024", "year", None, 100), ("2024", "year", 27, 27))["open_low"]


def test_an_open_bound_excludes_nothing_above_it_and_a_point_does():
    assert not range_of(("2024", "year", 72, None), ("2024", "year", 81, None))["disjoint"]
    assert range_of(("2024", "year", 72, 72), ("2024", "year", 81, None))["disjoint"]


def test_rounding_is_no_disagreement():
    assert not range_of(("2020", "year", 13.2, 13.2), ("2020", "year", 13.283, 13.283))["disjoint"]


def test_a_part_of_the_year_above_the_whole_is_a_disagreement():
    assert range_of(("2024", "year", 20, 20), ("2024-01/2024-06", "part-year", 30, 30))["disjoint"]


def test_a_part_alone_gives_a_lower_bound_and_no_range():
    found = range_of(("2021-01/2021-03", "part-year", 3.1, 3.1))
    assert found["at_least"] == 3.1
    assert math.isnan(found["low"])
    assert math.isnan(found["high"])
    assert found["n_statements"] == found["n_groups"] == 0


def test_levels_and_spans_across_years_bind_no_year():
    levels = said(("2018-04", "current-level", 7, 7), ("2020-07/2021-06", "fiscal-year", 16, 16))
    with pytest.raises(MeasureError, match="no statement speaks of a calendar year"):
        yearly_ranges(levels)
    with pytest.raises(MeasureError, match="no statement"):
        yearly_ranges(said())


def test_a_band_binds_each_of_its_years():
    found = yearly_ranges(said(("2010/2014", "range", 17, 25)))
    assert found["year"].tolist() == [2010, 2011, 2012, 2013, 2014]
    assert set(zip(found["low"], found["high"], strict=True)) == {(17, 25)}


bound = st.floats(0, 1e6)
statement = st.tuples(
    st.sampled_from([2001, 2002, 2003]).map(str), st.just("year"), bound, bound
).map(lambda row: (*row[:2], *sorted(row[2:])))


@EXAMPLES
@given(st.lists(statement, min_size=1, max_size=8))
def test_a_range_holds_every_statement_on_its_year_and_ends_at_one(rows):
    for found in yearly_ranges(said(*rows)).itertuples():
        mine = [row[2:] for row in rows if row[0] == str(found.year)]
        assert found.low == min(low for low, _ in mine)
        assert found.high == max(high for _, high in mine)
        assert found.n_statements == len(mine) >= found.n_groups >= 1
        overlap = all(a[0] <= b[1] * 1.01 for a in mine for b in mine)  # pair by pair
        assert found.disjoint == (not overlap)


@EXAMPLES
@given(st.lists(statement, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_statements_does_not_matter(rows, random):
    stated = said(*rows)
    shuffled = stated.sample(frac=1, random_state=random.randrange(2**32))
    pd.testing.assert_frame_equal(yearly_ranges(stated), yearly_ranges(shuffled))


# Growth and shares


def test_growth_of_a_case_counted_by_hand():
    assert growth((10, 20), (30, 40)) == pytest.approx((0.5, 3.0))
    assert times_over((55_000, 55_000), (72_000, 81_000)) == pytest.approx(
        (1.3091, 1.4727), abs=1e-4
    )


def test_growth_from_an_open_range_is_open_where_the_bound_is_needed():
    low, high = growth((55, 55), (80, math.nan))
    assert low == pytest.approx(80 / 55 - 1)
    assert math.isnan(high)


@pytest.mark.parametrize("early", [(0, 5), (0, 0)])
def test_there_is_no_multiple_of_nought(early):
    with pytest.raises(MeasureError, match="nought"):
        growth(early, (1, 2))


@pytest.mark.parametrize(("early", "late"), [((-1, 2), (1, 2)), ((1, 2), (3, 2))])
def test_bounds_that_are_negative_or_out_of_order_are_refused(early, late):
    with pytest.raises(MeasureError, match="negative or out of order"):
        times_over(early, late)


def test_a_share_is_that_of_the_smallest_in_the_largest_and_the_other_way_round():
    assert share_of((27, 100), (72_000, 72_000)) == pytest.approx((0.000375, 0.00138889), abs=1e-8)
    assert share_of((1, 9), (4, 10)).high == 1
    with pytest.raises(MeasureError, match="larger than the whole"):
        share_of((11, 12), (4, 10))


def test_a_number_from_its_rounded_share():
    assert from_share(3.5, 2_570_000) == pytest.approx((88_665, 91_235))
    assert from_share(0.0, 1000) == (0, 0.5)
    assert from_share(100, 1000) == (999.5, 1000)
    assert all(math.isnan(x) for x in from_share(math.nan, 1000))
    with pytest.raises(MeasureError, match="not a share"):
        from_share(101, 1000)


def test_a_mirror_ratio_needs_both_reports():
    assert mirror_ratio((11.6, 11.6), (15.53, 15.53)) == pytest.approx((0.747, 0.747), abs=1e-3)
    assert all(math.isnan(x) for x in mirror_ratio((11.6, 11.6), (math.nan, math.nan)))


positive = st.floats(0.01, 1e6)
pairs = st.tuples(positive, positive).map(sorted)


@EXAMPLES
@given(pairs, pairs, st.floats(0, 1), st.floats(0, 1))
def test_growth_between_any_two_values_lies_within_the_bounds(early, late, a, b):
    chosen = early[0] + a * (early[1] - early[0]), late[0] + b * (late[1] - late[0])
    low, high = growth(early, late)
    assert -1 <= low <= high
    assert low - 1e-6 <= chosen[1] / chosen[0] - 1 <= high * (1 + 1e-9) + 1e-6


@EXAMPLES
@given(st.floats(0, 100), st.floats(0, 1e9))
def test_a_number_from_a_share_lies_between_nought_and_the_whole(share, whole):
    low, high = from_share(share, whole)
    assert 0 <= low <= share / 100 * whole * (1 + 1e-9)
    assert high <= whole
    assert low <= high


# What is stated, as a whole


def test_what_is_stated_tells_its_years_apart():
    stated = Stated(
        said(
            ("2016", "year", 4, 4, "claim", "x"),
            ("2018", "year", 10, 10),
            ("2018", "year", 30, 30, "claim", "y"),
            ("2019-01/2019-06", "part-year", 7, 7),
            ("2015-03", "current-level", 9, 9),
        )
    )
    assert list(stated.ranges.index) == [2016, 2018, 2019]
    assert list(stated.bound_years.index) == [2016, 2018]
    assert list(stated.official_years.index) == [2018]
    assert stated.unstated_years == [2017]
    assert stated.widest == 2018
    assert stated.of(2018) == (10, 30)
    assert stated.spread(2018) == 3
    assert stated.earliest.text == "2015-03"


@pytest.mark.parametrize("year", [2019, 2020])
def test_a_year_that_no_statement_binds_has_no_bounds(year):
    stated = Stated(said(("2018", "year", 1, 1), ("2019-01/2019-06", "part-year", 7, 7)))
    with pytest.raises(MeasureError, match=f"no statement binds this year.*{year}"):
        stated.of(year)


def test_each_statement_bears_its_kind_once():
    rows = said(
        ("2010/2012", "range", 17, 25), ("2013", "year", None, 4), ("2014-02", "month", 1, 1)
    )
    told = Stated(rows.assign(source_id=["a", "b", "c"])).with_kind()
    assert told["kind"].tolist() == ["band", "whole", "part"]
    assert told["high"].tolist() == [25, 4, 1]
