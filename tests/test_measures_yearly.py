"""Yearly series of two states, against the measure they repeat and against numbers by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak import Report
from azpak.measures import agreement
from azpak.measures.yearly import (
    FEWEST_VOTES,
    after_gap,
    summed,
    yearly_agreement,
    yearly_distance,
)


@pytest.mark.parametrize("pair", [("AZE", "PAK"), ("PAK", "IND"), ("AZE", "TKM")])
def test_the_quick_agreement_equals_that_of_the_measure(pair):
    calls = Report.load().table("unga_rollcalls")
    quick = yearly_agreement(calls, *pair)
    slow = agreement(calls, *pair).set_index("year").loc[quick.index]
    assert quick["n_votes"].tolist() == slow["n_votes"].tolist()
    assert quick["n_same"].tolist() == slow["n_same"].tolist()
    pd.testing.assert_series_equal(quick["kappa"], slow["kappa"], check_dtype=False)


def rolls(votes: str, others: str, whole: bool = True) -> pd.DataFrame:
    """Return roll calls of 2001, a letter for each vote of two states."""
    return pd.DataFrame(
        {"month": "2001-12", "whole": whole, "AZE": list(votes), "PAK": list(others)}
    )


def test_votes_alike_are_counted_where_both_voted():
    found = yearly_agreement(rolls("yyyyyyyyyyaan-", "yyyyyyyyyyay-n"), "AZE", "PAK")
    assert found.loc[2001, ["n_votes", "n_same"]].tolist() == [12, 11]
    # Yes 10/12 and 11/12, abstention 2/12 and 1/12: by chance 112/144 alike.
    assert found.at[2001, "kappa"] == pytest.approx((11 / 12 - 112 / 144) / (1 - 112 / 144))


def test_a_year_of_few_votes_is_left_out_and_parts_of_resolutions_are():
    enough = "y" * FEWEST_VOTES
    assert len(yearly_agreement(rolls(enough, enough), "AZE", "PAK")) == 1
    assert yearly_agreement(rolls(enough[1:], enough[1:]), "AZE", "PAK").empty
    assert yearly_agreement(rolls(enough, enough, whole=False), "AZE", "PAK").empty


def test_always_the_same_vote_leaves_nothing_beyond_chance():
    found = yearly_agreement(rolls("y" * 12, "y" * 12), "AZE", "PAK")
    assert found["kappa"].isna().all()


def test_a_distance_has_no_sign_and_needs_both_states():
    points = pd.DataFrame(
        {
            "year": [2001, 2001, 2002, 2002, 2003],
            "iso3": ["AZE", "PAK", "AZE", "PAK", "AZE"],
            "ideal_point_all": [0.5, -0.25, -1.0, 0.0, 1.0],
        }
    )
    assert yearly_distance(points, "AZE", "PAK").to_dict() == {2001: 0.75, 2002: 1.0}


def test_years_without_a_row_have_none_and_rows_of_one_year_are_added():
    rows = pd.DataFrame({"year": [2001, 2003, 2003], "value": [1.0, 2.0, 5.0]})
    assert summed(rows, 2000, 2003).to_dict() == {2000: 0, 2001: 1, 2002: 0, 2003: 7}


def test_only_the_years_after_the_last_gap_are_kept():
    values = pd.Series(1.0, index=[1992, 1993, 1995, 1997, 1998])
    assert after_gap(values).index.tolist() == [1997, 1998]
    assert after_gap(values.loc[1997:]).index.tolist() == [1997, 1998]
