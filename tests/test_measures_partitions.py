"""Cutting yearly series into levels: costs computed by hand, and every possible cut."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path

import numpy as np
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st
from ruptures.base import BaseCost
from scipy import optimize, stats

import azpak
from azpak.measures import MeasureError, partitions
from azpak.measures.partitions import best_partitions, choose, segment_costs

EXAMPLES = settings(deadline=None, derandomize=True, max_examples=40)  # the same on every machine
COUNTS = st.lists(st.integers(min_value=0, max_value=40), min_size=6, max_size=14)
STEP = [2, 3, 1, 2, 3, 2, 30, 33, 29, 31, 28, 32]


class CostOfYears(BaseCost):
    """The costs of `segment_costs` in the form that ruptures, the oracle here, asks for."""

    model = "years"
    min_size = 1

    def __init__(self, family: str, dispersion: float = 0.0, trials: np.ndarray | None = None):
        self.asked = family, dispersion, trials

    def fit(self, signal: np.ndarray) -> CostOfYears:
        self.signal = np.asarray(signal, dtype="float64").reshape(-1, 1)
        self.costs = segment_costs(self.signal.T, *self.asked)[0]
        return self

    def error(self, start: int, end: int) -> float:
        return float(self.costs[start, end])


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
def test_ruptures_finds_the_same_cuts_of_counts_and_the_same_costs(values, dispersion, min_size):
    signal = np.array(values, dtype="float64")
    search = ruptures.Dynp(custom_cost=CostOfYears("counts", dispersion), min_size=min_size, jump=1)
    search.fit(signal)
    totals, starts = best_partitions(segment_costs(signal, "counts", dispersion), 3, min_size)
    for n_breaks in range(totals.shape[1]):
        theirs = search.predict(n_breaks)
        assert [*np.flatnonzero(starts[0, n_breaks]), len(values)] == theirs
        assert totals[0, n_breaks] == search.cost.sum_of_costs(theirs)  # to the last digit


@EXAMPLES
@given(st.lists(st.integers(0, 60), min_size=6, max_size=14), st.integers(1, 3))
def test_ruptures_finds_the_same_cuts_of_shares(values, min_size):
    trials = np.full(len(values), 60)
    search = ruptures.Dynp(
        custom_cost=CostOfYears("shares", trials=trials), min_size=min_size, jump=1
    ).fit(np.array(values, dtype="float64"))
    _, starts = best_partitions(segment_costs(values, "shares", trials=trials), 3, min_size)
    for n_breaks in range(starts.shape[1]):
        assert [*np.flatnonzero(starts[0, n_breaks]), len(values)] == search.predict(n_breaks)


@EXAMPLES
@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_ruptures_finds_the_same_cuts_of_values_with_a_cost_of_its_own(seed, min_size):
    # Values drawn, because whole numbers would make cuts that are equally good.
    values = np.random.default_rng(seed).normal(0, 1, 14)
    search = ruptures.Dynp(model="l2", min_size=min_size, jump=1).fit(values)
    totals, starts = best_partitions(segment_costs(values, "normal"), 3, min_size)
    for n_breaks in range(totals.shape[1]):
        theirs = search.predict(n_breaks)
        assert [*np.flatnonzero(starts[0, n_breaks]), len(values)] == theirs
        assert totals[0, n_breaks] == pytest.approx(search.cost.sum_of_costs(theirs))


def test_what_chapters_run_needs_no_ruptures():
    library = Path(azpak.__file__).parent
    for path in [*library.rglob("*.py"), *(library.parent / "figures").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [getattr(node, "module", None) or ""] if isinstance(node, ast.ImportFrom) else []
            )
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.split(".")[0] == "ruptures"], path


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
    assert chosen.n_breaks[0] == len(bounds) - 2 <= partitions.MAX_BREAKS


def test_a_series_shorter_than_a_level_is_refused():
    with pytest.raises(MeasureError, match="shorter"):
        best_partitions(segment_costs([3], "counts"), 1, 2)


# Criteria


def test_penalties_equal_those_computed_by_hand():
    starts = np.zeros(12, dtype=bool)
    assert partitions.penalty(starts, "bic") == partitions.penalty(starts, "mbic") == 0
    starts[6] = True
    assert partitions.penalty(starts, "bic") == pytest.approx(2 * np.log(12))
    assert partitions.penalty(starts, "mbic") == pytest.approx(3 * np.log(12) + 2 * np.log(0.5))
    with pytest.raises(MeasureError, match="criterion"):
        partitions.penalty(starts, "aic")
