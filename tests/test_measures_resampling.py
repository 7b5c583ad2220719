"""What drawing roll calls anew promises."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

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
