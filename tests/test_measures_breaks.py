"""Breaks in yearly series, against costs computed by hand and against every possible cut."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from azpak.measures import MeasureError, breaks, segments, trends
from azpak.measures.breaks import CostOfYears, find_breaks, redraw, share_of_nulls
from azpak.measures.partitions import best_partitions, choose, segment_costs

EXAMPLES = settings(deadline=None, derandomize=True, max_examples=40)  # the same on every machine
COUNTS = st.lists(st.integers(min_value=0, max_value=40), min_size=6, max_size=14)
STEP = [2, 3, 1, 2, 3, 2, 30, 33, 29, 31, 28, 32]


def yearly(values, first: int = 1992) -> pd.Series:
    return pd.Series(values, index=range(first, first + len(values)), dtype="float64")


def every_cut(n: int, n_breaks: int, min_size: int):
    """Yield the bounds of every way to cut n years."""
    for cuts in itertools.combinations(range(1, n), n_breaks):
        bounds = (0, *cuts, n)
        if min(np.diff(bounds)) >= min_size:
            yield bounds


# Costs


def test_poisson_costs_equal_those_computed_by_hand():
    # 1 and 3, mean 2: the likelihoods are 2 e^-2 and 8/6 e^-2.
    cost = segment_costs([1, 3], "counts")[0]
    assert cost[0, 2] == pytest.approx(-2 * (np.log(2) - 2 + np.log(8 / 6) - 2))
    assert cost[0, 1] == pytest.approx(-2 * (0 - 1))  # 1 with mean 1: e^-1
    assert cost[1, 1] == cost[2, 1] == np.inf


def test_negative_binomial_costs_equal_those_of_scipy():
    values = np.array([0, 3, 7, 1, 12])
    for dispersion in (0.05, 0.5, 2.0):
        size = 1 / dispersion
        for first, end in itertools.combinations(range(6), 2):
            part = values[first:end]
            mean = part.mean()
            expected = -2 * stats.nbinom.logpmf(part, size, size / (size + mean)).sum()
            cost = segment_costs(values, "counts", dispersion)[0, first, end]
            assert cost == pytest.approx(expected)


def test_the_mean_of_a_segment_is_the_level_that_fits_best():
    values, size = np.array([0, 3, 7, 1, 12]), 1 / 0.3
    best = optimize.minimize_scalar(
        lambda m: -2 * stats.nbinom.logpmf(values, size, size / (size + m)).sum(), (1, 5)
    )
    assert segment_costs(values, "counts", 0.3)[0, 0, 5] == pytest.approx(best.fun)


def test_a_rate_per_exposure_is_the_one_that_fits_best():
    values, offered, size = np.array([0, 3, 7, 1, 12]), np.array([1, 2, 4, 3, 5.0]), 1 / 0.3
    best = optimize.minimize_scalar(
        lambda r: -2 * stats.nbinom.logpmf(values, size, size / (size + abs(r) * offered)).sum(),
        (0.5, 2),
    )
    assert segment_costs(values, "counts", 0.3, exposure=offered)[0, 0, 5] == pytest.approx(
        best.fun
    )


def test_an_exposure_that_never_changes_changes_nothing():
    for dispersion in (0.0, 0.4):
        plain = segment_costs(STEP, "counts", dispersion)
        offered = segment_costs(STEP, "counts", dispersion, exposure=np.full(len(STEP), 7.0))
        np.testing.assert_allclose(offered, plain, rtol=1e-9)


def test_binomial_costs_equal_those_of_scipy():
    alike, votes = np.array([6, 9, 3]), np.array([10, 10, 12])
    cost = segment_costs(alike, "shares", trials=votes)[0]
    assert cost[0, 3] == pytest.approx(-2 * stats.binom.logpmf(alike, votes, 18 / 32).sum())


@pytest.mark.parametrize("values", [STEP, [0.2, 0.5, -1.0, 3.0, 2.0], [1e6, 1e6 + 1, 1e6 - 2]])
def test_normal_costs_equal_those_of_ruptures(values):
    theirs = ruptures.costs.CostL2().fit(np.array(values, dtype="float64"))
    ours = segment_costs(values, "normal")[0]
    for first, end in itertools.combinations(range(len(values) + 1), 2):
        assert ours[first, end] == pytest.approx(theirs.error(first, end), abs=1e-6)


@pytest.mark.parametrize(
    ("values", "family", "more"),
    [
        ([1, -1], "counts", {}),
        ([1, np.nan], "normal", {}),
        ([1, 2], "counts", {"dispersion": -0.1}),
        ([1, 2], "lognormal", {}),
        ([1, 2], "shares", {}),
        ([1, 3], "shares", {"trials": np.array([2, 2])}),
        ([1, 3], "counts", {"exposure": np.array([1, 0])}),
    ],
)
def test_values_without_a_cost_are_refused(values, family, more):
    with pytest.raises(MeasureError):
        segment_costs(values, family, **more)


# Searching


@pytest.mark.parametrize("family", ["counts", "normal"])
@pytest.mark.parametrize("min_size", [1, 2, 3])
def test_the_search_finds_the_best_of_every_possible_cut(family, min_size):
    values = np.random.default_rng(7).poisson(6, (3, 10))
    costs = segment_costs(values, family, 0.1 if family == "counts" else 0.0)
    totals, starts = best_partitions(costs, 4, min_size)
    for row, n_breaks in itertools.product(range(3), range(totals.shape[1])):
        sums = {
            cut: sum(costs[row, a, b] for a, b in itertools.pairwise(cut))
            for cut in every_cut(10, n_breaks, min_size)
        }
        assert totals[row, n_breaks] == pytest.approx(min(sums.values()))
        found = (0, *np.flatnonzero(starts[row, n_breaks]), 10)
        assert sums[found] == pytest.approx(min(sums.values()))


@EXAMPLES
@given(COUNTS, st.sampled_from([0.0, 0.2]), st.integers(1, 3))
def test_ruptures_and_the_search_for_many_series_agree(values, dispersion, min_size):
    signal = np.array(values, dtype="float64")
    search = ruptures.Dynp(custom_cost=CostOfYears("counts", dispersion), min_size=min_size, jump=1)
    search.fit(signal)
    totals, _ = best_partitions(segment_costs(signal, "counts", dispersion), 3, min_size)
    for n_breaks in range(totals.shape[1]):
        theirs = search.cost.sum_of_costs(search.predict(n_breaks))
        assert totals[0, n_breaks] == pytest.approx(theirs)


@EXAMPLES
@given(COUNTS)
def test_a_further_break_never_fits_worse(values):
    totals, _ = best_partitions(segment_costs(values, "counts", 0.1), 4, 1)
    assert (np.diff(totals[0]) <= 1e-7).all()


@EXAMPLES
@given(COUNTS)
def test_a_series_told_backwards_fits_as_well(values):
    there, _ = best_partitions(segment_costs(values, "counts", 0.2), 3, 2)
    back, _ = best_partitions(segment_costs(values[::-1], "counts", 0.2), 3, 2)
    np.testing.assert_allclose(there, back, atol=1e-7)


@EXAMPLES
@given(st.lists(st.integers(0, 40), min_size=10, max_size=20), st.sampled_from([2, 3]))
def test_breaks_lie_within_the_series_and_apart(values, min_size):
    chosen = choose(np.array(values), "counts", min_size=min_size)
    bounds = (0, *np.flatnonzero(chosen.starts[0]), len(values))
    assert min(np.diff(bounds)) >= min_size
    assert chosen.n_breaks[0] == len(bounds) - 2 <= segments.MAX_BREAKS


def test_a_series_shorter_than_a_level_is_refused():
    with pytest.raises(MeasureError, match="shorter"):
        best_partitions(segment_costs([3], "counts"), 1, 2)


# Criteria


def test_penalties_equal_those_computed_by_hand():
    starts = np.zeros(12, dtype=bool)
    assert segments.penalty(starts, "bic") == segments.penalty(starts, "mbic") == 0
    starts[6] = True
    assert segments.penalty(starts, "bic") == pytest.approx(2 * np.log(12))
    assert segments.penalty(starts, "mbic") == pytest.approx(3 * np.log(12) + 2 * np.log(0.5))
    with pytest.raises(MeasureError, match="criterion"):
        segments.penalty(starts, "aic")


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


def test_the_search_with_ruptures_chooses_what_the_search_for_many_series_does():
    generator = np.random.default_rng(3)
    for values in generator.poisson(np.repeat([2, 9, 4], 8), (5, 24)):
        for criterion in segments.CRITERIA:
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


def test_the_package_of_measures_does_not_import_ruptures():
    import subprocess
    import sys

    code = "import sys, azpak.measures; print('ruptures' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert breaks.ruptures is ruptures
