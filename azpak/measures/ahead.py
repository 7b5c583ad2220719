"""By how much levels describe a series better than a smooth trend, and how rare that is."""

from __future__ import annotations

import numpy as np

from azpak.errors import MeasureError
from azpak.measures.breaks import Segmentation
from azpak.measures.partitions import (
    DISPERSIONS,
    best_partitions,
    fit_score,
    penalty,
    segment_costs,
    simulate,
)
from azpak.measures.trends import growth_scores, trend

__all__ = ["lead_over_trend", "share_as_far_ahead"]


def lead_over_trend(found: Segmentation) -> float:
    """Return by how many points of the criterion levels are ahead of a smooth trend."""
    return float(found.trend_value - found.candidates["value"].min())


def share_as_far_ahead(found: Segmentation, draws: int, seed: int) -> float:
    """Return how often levels are as far ahead of a trend where there is nothing but a trend.

    Series are drawn about the trend that fits best, each year independently. In each, levels and
    trend are fitted anew, by the same criterion.

    Parameters
    ----------
    found
        What `azpak.measures.breaks.find_breaks` returned for counts.
    draws, seed
        How many series, at least 1, and the seed of the random numbers.

    Returns
    -------
    float
        Share of the draws in which `lead_over_trend` is at least that of the series, 0 to 1.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, for anything but plain counts.
    """
    if found.family != "counts" or found.exposure is not None:
        raise MeasureError("the lead over a trend is drawn for counts", value=found.family)
    expected, _, dispersion = trend(found.series, "counts")
    generator = np.random.default_rng(seed)
    drawn = simulate(expected.to_numpy(), "counts", draws, generator, dispersion)
    smooth = growth_scores(drawn) + np.log(drawn.shape[1])
    leads = smooth - _best_of_levels(found, drawn)
    return float((leads >= lead_over_trend(found)).mean())


def _best_of_levels(found: Segmentation, drawn: np.ndarray) -> np.ndarray:
    """Return the criterion of the best levels of each of some series."""
    most, n = int(found.candidates.index.max()), drawn.shape[1]
    lowest = np.full(len(drawn), np.inf)
    for dispersion in DISPERSIONS:
        costs = segment_costs(drawn, "counts", dispersion)
        totals, starts = best_partitions(costs, most, found.min_size)
        scores = fit_score(totals, n, "counts", 0.0) + penalty(starts, found.criterion)
        lowest = np.minimum(lowest, scores.min(axis=1))
    return lowest
