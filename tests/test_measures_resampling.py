"""What drawing roll calls anew promises."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak import measures, tables
from azpak.measures import MeasureError, bootstrap_agreement, interval

NAMES = ["share_same", "s_index", "kappa"]


def votes(pairs: str) -> pd.DataFrame:
    """Return roll calls of AZE and PAK from pairs such as ``yy ya n-``."""
    cells = pairs.split()
    return pd.DataFrame(
        {
            "month": ["2000-01"] * len(cells),
            "whole": [True] * len(cells),
            "AZE": [c[0] for c in cells],
            "PAK": [c[1] for c in cells],
        }
    )


def test_each_draw_is_the_agreement_of_the_roll_calls_it_drew():
    calls = votes("yy yy ya ny aa y- nn yy")
    drawn = bootstrap_agreement(calls, "AZE", "PAK", seed=3, draws=20)
    generator = np.random.default_rng(3)
    for _, row in drawn.iterrows():
        anew = calls.iloc[generator.integers(len(calls), size=len(calls))]
        expected = measures.agreement(anew, "AZE", "PAK").iloc[0]
        assert row["n_votes"] == expected["n_votes"]
        assert row[NAMES].tolist() == pytest.approx(expected[NAMES].tolist(), nan_ok=True)


def test_each_draw_of_years_is_the_agreement_of_the_years_it_drew():
    calls = votes("yy yy ya ny aa y- nn yy").assign(month=[f"200{n // 3}-01" for n in range(8)])
    years = [calls[calls["month"] == month] for month in sorted(calls["month"].unique())]
    drawn = bootstrap_agreement(calls, "AZE", "PAK", 3, 20, np.arange(8) // 3)
    generator = np.random.default_rng(3)
    for _, row in drawn.iterrows():
        anew = pd.concat([years[n] for n in generator.integers(len(years), size=len(years))])
        expected = measures.agreement_by_period(anew, "AZE", "PAK", [(2000, 2002)]).iloc[0]
        assert row["n_votes"] == expected["n_votes"]
        assert row[NAMES].tolist() == pytest.approx(expected[NAMES].tolist(), nan_ok=True)


def test_a_unit_alone_is_the_same_in_every_draw():
    drawn = bootstrap_agreement(votes("yy yn"), "AZE", "PAK", 1, 5, np.zeros(2, dtype=int))
    assert drawn["share_same"].tolist() == [0.5] * 5


def test_items_by_hand():
    # Three roll calls that are one item, all alike, and one that is not: two items are drawn.
    calls, item = votes("yy yy yy yn"), np.array([0, 0, 0, 1])
    drawn = bootstrap_agreement(calls, "AZE", "PAK", 1, 4000, item)["share_same"]
    shares = drawn.value_counts(normalize=True)
    assert sorted(shares.index) == [0, 0.75, 1]
    assert shares[0.75] == pytest.approx(0.5, abs=0.03)
    single = bootstrap_agreement(calls, "AZE", "PAK", 1, 4000)["share_same"]
    assert drawn.std() > single.std()


def test_one_vote_alike_is_alike_in_every_draw():
    drawn = bootstrap_agreement(votes("yy"), "AZE", "PAK", seed=1, draws=5)
    assert drawn["n_votes"].tolist() == [1] * 5
    assert drawn["share_same"].tolist() == drawn["s_index"].tolist() == [1.0] * 5
    assert drawn["kappa"].isna().all()  # nothing beyond chance to measure


def test_two_votes_by_hand():
    drawn = bootstrap_agreement(votes("yy yn"), "AZE", "PAK", seed=1, draws=400)
    assert set(drawn["share_same"]) == {0.0, 0.5, 1.0}
    assert drawn["share_same"].eq(0.5).mean() == pytest.approx(0.5, abs=0.08)  # 2 of 4 ways


def test_the_same_seed_gives_the_same_draws_and_another_does_not():
    calls = votes("yy yy ya ny aa y- nn yy")
    first, again, other = (
        bootstrap_agreement(calls, "AZE", "PAK", seed=seed, draws=30) for seed in (7, 7, 8)
    )
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_two_pairs_are_drawn_together():
    calls = votes("yy yy ya ny aa y- nn yy").assign(IND=lambda d: d["PAK"])
    one, two = (bootstrap_agreement(calls, "AZE", s, seed=7, draws=30) for s in ("PAK", "IND"))
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("pair", [("AZE", "PAK"), ("PAK", "IND"), ("AZE", "TUR")])
def test_the_bounds_hold_the_value_of_the_roll_calls_themselves(pair):
    calls = tables.load("unga_rollcalls")
    calls = calls[calls["whole"]]
    drawn = bootstrap_agreement(calls, *pair, seed=1, draws=200)
    point = measures.agreement_by_period(calls, *pair, [(1992, 2024)]).iloc[0]
    for name in NAMES:
        low, high = interval(drawn[name])
        assert low < point[name] < high


def test_bounds_by_hand():
    assert interval(pd.Series([0.0, 1, 2, 3, 4, np.nan]), level=0.5) == (1.0, 3.0)


@pytest.mark.parametrize("level", [0, 1, -0.1, 95])
def test_a_level_that_is_no_share_is_refused(level):
    with pytest.raises(MeasureError, match="the level is not between 0 and 1"):
        interval(pd.Series([1.0]), level)


def test_bounds_of_nothing_are_refused():
    with pytest.raises(MeasureError, match="there are no draws"):
        interval(pd.Series([np.nan]))


def test_no_common_votes_are_refused():
    with pytest.raises(MeasureError, match=r"no common votes.*AZE-PAK"):
        bootstrap_agreement(votes("y- -n"), "AZE", "PAK", seed=1, draws=5)


def test_no_draws_and_unknown_states_are_refused():
    with pytest.raises(MeasureError, match="at least one draw"):
        bootstrap_agreement(votes("yy"), "AZE", "PAK", seed=1, draws=0)
    with pytest.raises(MeasureError, match="no votes of this state"):
        bootstrap_agreement(votes("yy"), "AZE", "KAZ", seed=1, draws=5)


ballots = st.lists(st.tuples(st.sampled_from("yan-"), st.sampled_from("yan-")), min_size=1)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(ballots)
def test_draws_stay_within_the_bounds_of_their_measures(cast):
    table = votes(" ".join(map("".join, cast)))
    if not any("-" not in pair for pair in cast):
        return  # no common vote, which is refused
    drawn = bootstrap_agreement(table, "AZE", "PAK", seed=1, draws=10)
    assert drawn["n_votes"].between(0, len(cast)).all()
    computable = drawn[drawn["n_votes"] > 0]
    assert drawn.loc[drawn["n_votes"] == 0, NAMES].isna().all(axis=None)
    assert computable[["share_same", "s_index"]].stack().between(0, 1).all()
    assert computable["kappa"].dropna().between(-1, 1).all()
