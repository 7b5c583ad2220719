"""Worked examples of the tests: small cases, computed by the code that the chapters use.

Each case is small enough to follow with pencil and paper; where a step can be written out by hand
it is, and compared with what the code gives.
"""

from __future__ import annotations

from itertools import combinations
from math import isclose, log
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.measures import exact_bounds, herfindahl, times_over
from azpak.measures.absences import absence_bounds
from azpak.measures.additive import residuals
from azpak.measures.blocs import Blocs, blocs
from azpak.measures.bounds import Bounds
from azpak.measures.breaks import find_breaks
from azpak.measures.drift import KEPT, drift
from azpak.measures.matching import expected_agreements
from azpak.measures.posterior import posterior
from azpak.measures.qap import qap
from azpak.measures.resampling import Interval
from azpak.measures.votes import coefficients

__all__ = [
    "Absent", "Cast", "Chosen", "Left", "Met", "Parted", "Sold", "Stepped", "absent", "cast",
    "chosen", "left", "met", "parted", "sold", "split_of_itself", "stepped",
]  # fmt: skip

BOTH_YES, BOTH_ABSTAIN, ONE_EACH = 7, 1, 1  # ten roll calls; the last twice, once either way
ONE_LEVEL, OTHER_LEVEL = (1.0, 2.0), (11.0, 12.0)  # three times each, year after year
PARTS, EXTRA = (1.0, 2.0, 3.0, 4.0), 6.0  # of four states, and what one pair has beside them
SHARES = (0.5, 0.3, 0.2)  # of three suppliers
EARLY, LATE = (2.0, 4.0), (6.0, 8.0)  # two ranges


class Cast(NamedTuple):
    """Ten roll calls of two states, by each measure."""

    n: int
    alike: float
    yes: float
    expected: float
    kappa: float
    s_index: float
    ac1: float


def cast() -> Cast:
    """Return the measures of ten roll calls, both states with the same shares of each vote."""
    table = np.zeros((3, 3), dtype=int)
    table[2, 2], table[1, 1], table[1, 2], table[2, 1] = BOTH_YES, BOTH_ABSTAIN, ONE_EACH, ONE_EACH
    n, found = int(table.sum()), {k: float(v) for k, v in coefficients(table).items()}
    yes = (BOTH_YES + ONE_EACH) / n
    expected = yes**2 + (1 - yes) ** 2
    alike = (BOTH_YES + BOTH_ABSTAIN) / n
    assert isclose(found["kappa"], (alike - expected) / (1 - expected))
    assert isclose(found["scott_pi"], found["kappa"])  # where the shares are the same
    assert isclose(found["s_index"], 1 - (1 - alike) / 2)
    chance = yes * (1 - yes)  # half the sum over yes and abstention, which are alike
    assert isclose(found["gwet_ac1"], (alike - chance) / (1 - chance))
    return Cast(n, alike, yes, expected, found["kappa"], found["s_index"], found["gwet_ac1"])


class Absent(NamedTuple):
    """The same roll calls with two more on which one of the states was absent."""

    n: int
    share: Bounds


def absent() -> Absent:
    """Return what two absences leave open."""
    votes = ["yy"] * BOTH_YES + ["aa"] * BOTH_ABSTAIN + ["ya", "ay", "-y", "-y"]
    calls = pd.DataFrame([list(pair) for pair in votes], columns=["AZE", "PAK"])
    share = absence_bounds(calls, "AZE", "PAK")["share_same"]
    assert isclose(share.low, (BOTH_YES + BOTH_ABSTAIN) / len(votes))
    assert isclose(share.high, (BOTH_YES + BOTH_ABSTAIN + 2) / len(votes))
    return Absent(2, share)


class Stepped(NamedTuple):
    """A series of two levels, what the criterion says of it, and its rivals."""

    n: int
    one: float
    broken: float
    year: int
    trend: float
    drift: float
    kept: float
    probable: float


def stepped() -> Stepped:
    """Return what is found in twelve years of two levels."""
    values = [*ONE_LEVEL * 3, *OTHER_LEVEL * 3]
    n = len(values)
    series = pd.Series(values, index=range(1, n + 1), dtype="float64")
    found = find_breaks(series, "normal")
    spread, within = float(np.var(values)), float(np.var(ONE_LEVEL))
    assert isclose(found.candidates["value"][0], n * log(spread))
    assert isclose(found.candidates["value"][1], n * log(within) + 2 * log(n))
    (year,) = found.breaks
    kept = float(drift(series.to_numpy())[1][0])
    assert kept in KEPT
    return Stepped(
        n, float(found.candidates["value"][0]), float(found.candidates["value"][1]), int(year),
        found.trend_value, found.drift_value, kept, float(posterior(series).by_year[year]),
    )  # fmt: skip


class Left(NamedTuple):
    """What is left of a pair when the part of each state is taken off."""

    n: int
    extra: float
    of_pair: int


def left() -> Left:
    """Return the residual of one pair of four states that has something beside its parts."""
    states = "ABCD"
    part = dict(zip(states, PARTS, strict=True))
    values = pd.Series({(a, b): part[a] + part[b] for a, b in combinations(states, 2)})
    values["A", "B"] += EXTRA
    found = float(residuals(values)["A", "B"])
    assert isclose(found, EXTRA / 3)  # the two states take the rest into their parts
    return Left(len(states), EXTRA, round(found))  # its last digit hangs on the processor


class Parted(NamedTuple):
    """Two sets of two states whose pairs agree, and how rare that is."""

    gap: float
    p: float
    ways: int


def parted() -> Parted:
    """Return the gap of two pairs among four states, and its probability."""
    states = "ABCD"
    index = pd.MultiIndex.from_tuples(list(combinations(states, 2)))
    block = pd.Series([float({*pair} in ({"A", "B"}, {"C", "D"})) for pair in index], index)
    values = block + pd.Series([0.01, -0.01, 0.01, -0.01, 0.01, -0.01], index)
    found = qap(values, block.to_frame("gap"), 1, 3000)["gap"]
    return Parted(found.value, found.p, 3)


def split_of_itself() -> Blocs:
    """Return the blocs that the agreement of the two pairs makes of itself."""
    states = "ABCD"
    index = pd.MultiIndex.from_tuples(list(combinations(states, 2)))
    values = pd.Series([float({*pair} in ({"A", "B"}, {"C", "D"})) for pair in index], index)
    found = blocs(values, states)
    assert isclose(found.modularity, 1 - 2 * (1 / 2) ** 2)  # all inside, of two halves
    return found


class Chosen(NamedTuple):
    """Exact bounds of an index where all orders come from inside a set."""

    few: int
    few_bounds: Interval
    enough: int
    enough_bounds: Interval


def chosen() -> Chosen:
    """Return the bounds of the E-I index of five of five and of six of six orders."""
    few, enough = 5, 6
    found = exact_bounds(few, few)
    assert isclose(found.high, 1 - 2 * 0.025 ** (1 / few))
    return Chosen(few, found, enough, exact_bounds(enough, enough))


class Met(NamedTuple):
    """Agreements of two states in a year in which others sign four, two of them one's."""

    pool: int
    marked: int
    expected: float


def met() -> Met:
    """Return what a single agreement of one state would give by chance."""
    totals = pd.DataFrame({"A": [1], "B": [2], "C": [2]})
    found = expected_agreements(totals, "A", "B", 1)
    assert isclose(found.expected, 2 / 4)
    return Met(4, 2, found.expected)


class Sold(NamedTuple):
    """Three suppliers, and two ranges of trade."""

    shares: tuple[float, ...]
    index: float
    effective: float
    early: tuple[float, float]
    late: tuple[float, float]
    times: Bounds


def sold() -> Sold:
    """Return how concentrated three suppliers are, and how many times one range is another."""
    found = herfindahl(pd.Series(SHARES))
    assert isclose(found.index, sum(share**2 for share in SHARES))
    return Sold(SHARES, found.index, found.effective_number, EARLY, LATE, times_over(EARLY, LATE))
