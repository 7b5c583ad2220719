"""The lead of levels over a smooth trend, and how rare it is."""

import numpy as np
import pandas as pd
import pytest

from azpak.errors import MeasureError
from azpak.measures.ahead import lead_over_trend, share_as_far_ahead
from azpak.measures.breaks import find_breaks
from azpak.measures.partitions import simulate
from azpak.measures.trends import growth_scores, trend


def yearly(values):
    return pd.Series(values, index=range(1992, 1992 + len(values)), dtype="float64")


STEP = yearly([2, 3, 2, 1, 2, 3, 2, 2, 3, 2, 1, 2, 21, 19, 22, 20, 18, 20, 21, 19])
GROWTH = yearly([1, 1, 2, 1, 2, 2, 3, 4, 3, 5, 6, 7, 8, 9, 12, 14, 17, 20, 24, 28])


def test_a_step_is_ahead_of_growth_as_growth_never_is_and_growth_is_not():
    step, growth = (find_breaks(values, "counts") for values in (STEP, GROWTH))
    assert lead_over_trend(step) > 0 > lead_over_trend(growth)
    assert share_as_far_ahead(step, 100, 1) == 0
    assert share_as_far_ahead(growth, 100, 1) > 0.2


def test_the_share_is_that_of_draws_searched_one_by_one():
    values = yearly([0, 3, 1, 2, 4, 1, 2, 6, 3, 9, 4, 8, 14, 7, 16, 12, 21, 15, 30, 22])
    found = find_breaks(values, "counts")
    expected, _, dispersion = trend(values, "counts")
    drawn = simulate(expected.to_numpy(), "counts", 40, np.random.default_rng(5), dispersion)
    leads = [lead_over_trend(find_breaks(yearly(row), "counts")) for row in drawn]
    by_hand = float((np.array(leads) >= lead_over_trend(found)).mean())
    assert 0 < by_hand < 1
    assert share_as_far_ahead(found, 40, 5) == by_hand


def test_series_fitted_together_have_the_scores_of_each_alone():
    drawn = np.array([STEP, GROWTH, STEP[::-1]])
    alone = [trend(yearly(row), "counts")[1] for row in drawn]
    np.testing.assert_allclose(growth_scores(drawn), alone, rtol=1e-12)


def test_the_lead_is_drawn_for_counts_alone():
    values = find_breaks(STEP, "normal")
    with pytest.raises(MeasureError, match="for counts"):
        share_as_far_ahead(values, 10, 1)
