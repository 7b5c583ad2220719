"""Drift as the rival of breaks, and the probability of a change in each year."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import multivariate_normal
from statsmodels.tsa.arima.model import ARIMA

from azpak.measures import drift as drifts
from azpak.measures import posterior as bayes
from azpak.measures.breaks import find_breaks


def yearly(values) -> pd.Series:
    return pd.Series(values, index=range(1992, 1992 + len(values)), dtype="float64")


def test_the_score_of_drift_by_hand():
    # With r = 0 the score is n log(mean square): of 0, 2, 0, 2 about 1 it is 4 log 1 = 0. The
    # series swings, so that the best r is negative and the score smaller.
    score, kept = drifts.drift(np.array([0.0, 2, 0, 2]))
    assert kept[0] < 0
    assert score[0] < 0


def test_drift_is_fitted_as_statsmodels_fits_it():
    values = drifts.drifting(0.6, 60, 1, np.random.default_rng(5))[0]
    score, kept = drifts.drift(values)
    fitted = ARIMA(values, order=(1, 0, 0), trend="c").fit()
    n = len(values)
    assert kept[0] == pytest.approx(fitted.params[1], abs=0.03)  # the step of the grid
    assert score[0] == pytest.approx(-2 * fitted.llf - n * (1 + np.log(2 * np.pi)), abs=0.05)


def test_drawn_drift_has_the_spread_and_the_memory_it_should():
    drawn = drifts.drifting(0.7, 40, 4000, np.random.default_rng(1))
    assert drawn.std() == pytest.approx(1, abs=0.02)
    assert np.corrcoef(drawn[:, 1:].ravel(), drawn[:, :-1].ravel())[0, 1] == pytest.approx(
        0.7, abs=0.02
    )


def test_a_step_beats_drift_and_drift_beats_its_own_breaks():
    noise = np.random.default_rng(2).normal(0, 0.2, 30)
    assert find_breaks(yearly(np.repeat([0.0, 3.0], 15) + noise), "normal").beats_drift
    walk = drifts.drifting(0.95, 200, 1, np.random.default_rng(3))[0]
    found = find_breaks(yearly(walk), "normal")
    assert found.breaks and not found.beats_drift


def test_the_table_of_margins_is_what_drawing_anew_gives():
    table = drifts.margins_of_drift(30, 400, 7)
    drawn = drifts.drifting(0.6, 30, 2000, np.random.default_rng(8))
    again = (drifts.margins(drawn) >= 8).mean()
    assert drifts.as_clear(table, 0.6, 8) == pytest.approx(again, abs=0.05)
    assert drifts.as_clear(table, 0.9, 10) > drifts.as_clear(table, 0.0, 10)
    assert drifts.as_clear(table, 0.5, -999) == 1


def test_the_margin_is_that_of_the_search_itself():
    values = drifts.drifting(0.5, 30, 1, np.random.default_rng(9))
    found = find_breaks(yearly(values[0]), "normal")
    assert drifts.margins(values)[0] == pytest.approx(
        found.drift_value - found.candidates["value"].min()
    )


def test_a_clear_step_wins_by_a_margin_that_drift_seldom_reaches():
    noise = np.random.default_rng(2).normal(0, 0.2, 30)
    stepped = np.repeat([0.0, 3.0], 15) + noise
    kept = drifts.drift(stepped)[1][0]
    table = drifts.margins_of_drift(30, 400, 7)
    assert kept > 0.6  # a step looks like drift, and is still told from it
    assert drifts.as_clear(table, kept, drifts.margins(stepped)[0]) < 0.01


def enumerated(values: np.ndarray, min_size: int) -> tuple[np.ndarray, float]:
    """Return the probabilities from every cut, each level as one multivariate normal."""
    values = (values - values.mean()) / values.std()
    n = len(values)
    total, change, none = 0.0, np.zeros(n), 0.0
    for chance in bayes.CHANCES:
        cuts = [c for k in range(n) for c in combinations(range(1, n), k)]
        cuts = [c for c in cuts if (np.diff([0, *c, n]) >= min_size).all()]
        prior = np.array([chance ** len(c) * (1 - chance) ** (n - 1 - len(c)) for c in cuts])
        prior /= prior.sum()
        for kept in bayes.KEPT:
            for noise in bayes.NOISES:
                for cut, weight in zip(cuts, prior, strict=True):
                    found = weight
                    for i, j in zip([0, *cut], [*cut, n], strict=True):
                        lag = np.abs(np.subtract.outer(np.arange(j - i), np.arange(j - i)))
                        spread = noise**2 * kept**lag / (1 - kept**2) + bayes.LEVELS**2
                        found *= multivariate_normal.pdf(values[i:j], np.zeros(j - i), spread)
                    total += found
                    change[list(cut)] += found
                    none += found * (not cut)
    return change / total, none / total


def test_the_probabilities_are_those_of_every_cut_counted_out():
    values = np.array([0.1, -0.2, 0.3, 1.9, 2.2, 2.0])
    found = bayes.posterior(yearly(values), min_size=2)
    change, none = enumerated(values, 2)
    assert found.by_year.to_numpy() == pytest.approx(change, abs=1e-9)
    assert found.none == pytest.approx(none, abs=1e-9)


def test_a_clear_step_is_nearly_sure_and_noise_is_not():
    noise = np.random.default_rng(4).normal(0, 0.3, 30)
    stepped = bayes.posterior(yearly(np.repeat([0.0, 3.0], 15) + noise))
    assert stepped.by_year.idxmax() == 2007
    assert stepped.by_year.max() > 0.9
    assert bayes.posterior(yearly(noise)).none > 0.4
