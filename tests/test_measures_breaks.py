"""Breaks in yearly series, how sure they are, and the smooth trends that rival them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from azpak.measures import MeasureError, partitions, trends
from azpak.measures.breaks import find_breaks, redraw, share_of_nulls
from azpak.measures.partitions import choose, segment_costs

STEP = [2, 3, 1, 2, 3, 2, 30, 33, 29, 31, 28, 32]


def yearly(values, first: int = 1992) -> pd.Series:
    return pd.Series(values, index=range(first, first + len(values)), dtype="float64")


# Series


def test_a_planted_break_is_found_in_its_year():
    found = find_breaks(yearly(STEP), "counts")
    assert found.breaks == (1998,)
    assert found.beats_trend
    assert found.levels.iloc[0] == pytest.approx(13 / 6)
    assert found.levels.iloc[-1] == pytest.approx(183 / 6)


def test_a_planted_break_in_values_and_in_shares_is_found():
    noise = np.random.default_rng(1).normal(0, 0.1, 20)
    assert find_breaks(yearly(np.repeat([0.0, 1.0], 10) + noise), "normal").breaks == (2002,)
    alike = yearly([30, 31, 29, 30, 32, 28, 50, 52, 51, 49, 50, 53])
    assert find_breaks(alike, "shares", np.full(12, 60)).breaks == (1998,)


def test_the_spread_about_levels_counts_what_the_levels_cost():
    found = find_breaks(yearly([1.0, 2, 1, 2, 1, 2, 11, 12, 11, 12, 11, 12]), "normal")
    assert found.breaks == (1998,)
    assert found.noise == pytest.approx(np.sqrt(12 * 0.25 / (12 - 2)))


def test_an_exact_step_has_one_break_and_not_more():
    assert find_breaks(yearly(np.repeat([1.0, 2.0], 8)), "normal").breaks == (2000,)


def test_the_search_in_one_series_chooses_what_the_search_in_many_does():
    generator = np.random.default_rng(3)
    for values in generator.poisson(np.repeat([2, 9, 4], 8), (5, 24)):
        for criterion in partitions.CRITERIA:
            one = find_breaks(yearly(values), "counts", criterion=criterion)
            many = choose(values, "counts", criterion=criterion)
            assert one.breaks == tuple(1992 + np.flatnonzero(many.starts[0]))


def test_a_rate_hides_a_break_that_the_exposure_explains():
    offered = np.repeat([1.0, 14.0], 6)
    assert find_breaks(yearly(STEP), "counts", exposure=offered).breaks == ()


def test_series_without_breaks_seldom_seem_to_have_one():
    drawn = np.random.default_rng(5).poisson(5, (200, 30))
    assert (choose(drawn, "counts").n_breaks > 0).mean() < 0.15


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "fewer than 10 years"),
        ([4], "fewer than 10 years"),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], "fewer than 10 years"),
        ([0] * 12, "fewer than 3 years have a value"),
        ([0] * 10 + [5, 6], "fewer than 3 years have a value"),
        ([3] * 12, "all values are equal"),
        ([1, 2, np.nan] * 4, "a year is missing"),
    ],
)
@pytest.mark.parametrize("family", ["counts", "normal"])
def test_series_without_enough_in_them_are_not_computable(values, reason, family):
    with pytest.raises(MeasureError, match=reason):
        find_breaks(yearly(values), family)


def test_years_must_follow_each_other():
    with pytest.raises(MeasureError, match="a year is missing"):
        find_breaks(yearly(STEP).drop(1995), "counts")


# Trends


def test_a_trend_equals_the_one_found_by_maximising_the_likelihood():
    values = yearly([1, 0, 2, 1, 3, 2, 4, 3, 6, 5, 9, 8])
    expected, score, dispersion = trends.trend(values, "counts")
    years = np.arange(12)
    best = optimize.minimize(
        lambda p: -2 * stats.poisson.logpmf(values, np.exp(p[0] + p[1] * years)).sum(), [0, 0.1]
    )
    assert dispersion == 0
    assert score == pytest.approx(best.fun, abs=1e-4)
    assert expected.sum() == pytest.approx(values.sum())


def test_a_trend_of_scattered_counts_is_the_likeliest_for_its_dispersion():
    values = yearly([0, 5, 0, 9, 1, 2, 14, 0, 22, 3, 8, 40])
    _, score, dispersion = trends.trend(values, "counts")
    assert dispersion > 0
    years, size = np.arange(12), 1 / dispersion

    def misfit(p):
        mean = np.exp(p[0] + p[1] * years)
        return -2 * stats.nbinom.logpmf(values, size, size / (size + mean)).sum()

    assert score == pytest.approx(optimize.minimize(misfit, [0, 0.2]).fun, abs=1e-4)


def test_a_straight_line_equals_that_of_numpy():
    values = yearly(np.random.default_rng(2).normal(0, 1, 15) + np.arange(15))
    expected, score, _ = trends.trend(values, "normal")
    line = np.polyval(np.polyfit(np.arange(15), values, 1), np.arange(15))
    np.testing.assert_allclose(expected, line)
    assert score == pytest.approx(15 * np.log(((values - line) ** 2).sum() / 15))


def test_shares_that_rise_steadily_have_a_trend_of_rising_shares():
    alike, votes = yearly([10, 12, 15, 17, 20, 22, 25, 27, 30, 32]), np.full(10, 50)
    expected, *_ = trends.trend(alike, "shares", votes)
    assert (expected.diff().dropna() > 0).all()
    assert (expected * votes).sum() == pytest.approx(alike.sum())


def test_smooth_growth_is_told_from_a_step():
    grown = yearly([1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 16, 21, 28, 37])
    assert not find_breaks(grown, "counts").beats_trend


def test_counts_proportional_to_something_fit_it_better_than_one_level():
    offered = yearly([1, 1, 1, 2, 2, 2, 9, 9, 9, 9])
    values = 3 * offered
    alone = segment_costs(values.to_numpy(), "counts")[0, 0, 10]
    assert trends.proportional(values, offered) < alone


# Drawing anew


def test_a_clear_break_returns_in_most_draws_and_shares_stay_within_limits():
    draws = redraw(find_breaks(yearly(STEP), "counts"), 100, seed=1)
    shares = draws.mean()
    assert shares.between(0, 1).all()
    assert shares[1998] > 0.95
    assert list(draws.columns) == list(range(1992, 2004))


def test_the_same_seed_gives_the_same_draws_and_another_gives_others():
    found = find_breaks(yearly([2, 4, 1, 3, 5, 2, 7, 9, 4, 8, 6, 9, 5]), "counts")
    pd.testing.assert_frame_equal(redraw(found, 60, 1), redraw(found, 60, 1))
    assert not redraw(found, 60, 1).equals(redraw(found, 60, 2))


def test_a_clear_break_is_rare_without_one_and_none_is_not_computable():
    generator = np.random.default_rng(6)
    twice = np.repeat([0.0, 5.0, 1.0], 12) + generator.normal(0, 1, 36)
    found = find_breaks(yearly(twice), "normal")
    assert found.breaks == (2004, 2016)
    for null in ("constant", "trend"):
        assert 0 <= share_of_nulls(found, null, 200, 1) < 0.1
    nothing = find_breaks(yearly([1.0, 2.0] * 10), "normal")
    assert nothing.breaks == ()
    assert np.isnan(share_of_nulls(nothing, "constant", 50, 1))


def test_false_alarms_are_counted_whatever_was_found():
    nothing = find_breaks(yearly([1.0, 2.0] * 10), "normal")
    some = find_breaks(yearly(np.random.default_rng(4).normal(0, 1, 20).cumsum()), "normal")
    assert nothing.breaks == () and len(some.breaks) > 1
    alarms = {f: share_of_nulls(f, "constant", 300, 1, fewest=1) for f in (nothing, some)}
    # The choice does not change with level and spread, so that the rate hangs on the length alone.
    assert alarms[nothing] == alarms[some]
    drawn = np.random.default_rng(8).normal(5, 3, (2000, 20))
    assert alarms[some] == pytest.approx((choose(drawn, "normal").n_breaks > 0).mean(), abs=0.06)
    assert share_of_nulls(some, "constant", 300, 1) < alarms[some]


def test_drift_alone_makes_breaks():
    # A random walk has no breaks, and the criterion, which takes years for independent, finds some.
    walk = yearly(np.random.default_rng(4).normal(0, 1, 30).cumsum())
    found = find_breaks(walk, "normal")
    assert found.breaks
    drift = share_of_nulls(found, "drift", 200, 1)
    assert drift > 5 * max(share_of_nulls(found, "constant", 200, 1), 0.01)


def test_what_cannot_be_drawn_is_refused():
    found = find_breaks(yearly(STEP), "counts")
    with pytest.raises(MeasureError, match="at least one draw"):
        redraw(found, 0, 1)
    with pytest.raises(MeasureError, match="no such null"):
        share_of_nulls(found, "drift", 10, 1)
    with pytest.raises(MeasureError, match="no such null"):
        share_of_nulls(found, "cycle", 10, 1)
    rate = find_breaks(yearly(STEP), "counts", exposure=np.arange(1.0, 13))
    with pytest.raises(MeasureError, match="exposure"):
        redraw(rate, 10, 1)
