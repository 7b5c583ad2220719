"""How closed sets of states are: ties inside, across and outside them, and splits compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import beta

from azpak.errors import MeasureError
from azpak.measures.resampling import LEVEL, Interval

__all__ = [
    "Closure",
    "Split",
    "closure",
    "closure_resampled",
    "closure_without_each",
    "exact_bounds",
    "exact_share",
    "split_gap",
]


class Closure(NamedTuple):
    """How many ties stay inside groups, and the E-I index of them.

    Attributes
    ----------
    inside
        Ties of two members of one group.
    across
        Ties of members of two groups.
    outside
        Ties of a member with a state of no group.
    index
        ``(E - I) / (E + I)`` with ``I = inside`` and ``E = across + outside``, between -1 (all
        ties inside) and 1 (none); NaN without ties.
    between
        The same with ``E = across`` alone.
    """

    inside: int
    across: int
    outside: int
    index: float
    between: float


class Split(NamedTuple):
    """How far a split of states into two sets agrees with values of their pairs.

    Attributes
    ----------
    within, across
        Mean over the pairs inside the two sets, and over the pairs of one from each.
    gap
        ``within - across``.
    rank
        1 where no other split into sets of these sizes has a larger gap.
    n_splits
        How many such splits there are, this one included.
    """

    within: float
    across: float
    gap: float
    rank: float
    n_splits: int


def closure(pairs: pd.DataFrame, groups: Mapping[str, str]) -> Closure:
    """Count ties inside, across and outside groups, with the E-I index.

    Parameters
    ----------
    pairs
        One row a tie of two states: ``a``, ``b``.
    groups
        The group of each member, by state. A state without one is an outsider; ties of two
        outsiders are left out.

    Returns
    -------
    Closure
        The counts and the index, NaN where there is no tie to compute it from.

    Raises
    ------
    MeasureError
        If there are no members or a state is tied to itself.

    References
    ----------
    Krackhardt and Stern (1988), "Informal Networks and Organizational Crises: An Experimental
    Simulation".
    """
    if not groups:
        raise MeasureError("there are no groups: the index is not computable")
    if (pairs["a"] == pairs["b"]).any():
        raise MeasureError(
            "a state is tied to itself", value=pairs["a"][pairs["a"] == pairs["b"]].iloc[0]
        )
    a, b = pairs["a"].map(groups), pairs["b"].map(groups)
    both = a.notna() & b.notna()
    inside = int((both & (a == b)).sum())
    across = int((both & (a != b)).sum())
    outside = int((a.notna() ^ b.notna()).sum())
    return Closure(
        inside, across, outside, _index(across + outside, inside), _index(across, inside)
    )


def _index(external: int, internal: int) -> float:
    """Return (E - I) / (E + I); NaN where there is nothing to divide by."""
    total = external + internal
    return (external - internal) / total if total else float("nan")


def closure_without_each(pairs: pd.DataFrame, groups: Mapping[str, str]) -> pd.DataFrame:
    """Compute the closure of groups with one state after another left out, ties and all.

    Parameters
    ----------
    pairs, groups
        As for `closure`.

    Returns
    -------
    pandas.DataFrame
        ``state`` left out, members and outsiders, in alphabetical order, and the fields of
        `Closure`.

    Raises
    ------
    MeasureError
        As `closure`, and if a single member is all there is.
    """
    if len(groups) < 2:
        raise MeasureError("without its only member no group is left", value=sorted(groups))
    rows = []
    for state in sorted({*pairs["a"], *pairs["b"], *groups}):
        left = pairs[(pairs["a"] != state) & (pairs["b"] != state)]
        rest = {member: group for member, group in groups.items() if member != state}
        rows.append({"state": state, **closure(left, rest)._asdict()})
    return pd.DataFrame(rows)


def closure_resampled(
    pairs: pd.DataFrame, groups: Mapping[str, str], seed: int, draws: int
) -> pd.DataFrame:
    """Compute the closure of groups in ties drawn anew, with replacement.

    A tie of several states is drawn whole: its pairs come and go together.

    Parameters
    ----------
    pairs
        As for `closure`, with ``tie_id``.
    groups
        As for `closure`.
    seed
        Seed of the random numbers.
    draws
        How many times to draw, at least 1.

    Returns
    -------
    pandas.DataFrame
        One row for each draw: the fields of `Closure`.

    Raises
    ------
    MeasureError
        As `closure`, if there are no ties, or ``draws`` is below 1.
    """
    if draws < 1:
        raise MeasureError("there must be at least one draw", value=draws)
    if pairs.empty:
        raise MeasureError("there are no ties: the index is not computable")
    members = [closure(rows, groups)[:3] for _, rows in pairs.groupby("tie_id", sort=True)]
    counts = np.array(members)
    generator = np.random.default_rng(seed)
    rows = []
    for _ in range(draws):
        inside, across, outside = counts[generator.integers(len(counts), size=len(counts))].sum(
            axis=0
        )
        rows.append(
            Closure(int(inside), int(across), int(outside), _index(across + outside, inside),
                    _index(across, inside))
        )  # fmt: skip
    return pd.DataFrame(rows, columns=Closure._fields)


def exact_share(count: int, n: int, level: float = LEVEL) -> Interval:
    """Compute the exact bounds of a share, those of Clopper and Pearson.

    The shares under which as many, or as few, would come with a probability of
    ``(1 - level) / 2``. Drawing six of six anew always gives six; these bounds have a width.

    Parameters
    ----------
    count, n
        How many there are of the kind, and in all.
    level
        How often such bounds hold the share, between 0 and 1.

    Raises
    ------
    MeasureError
        If there are none at all, or more of the kind than there are.

    References
    ----------
    Clopper and Pearson (1934), "The Use of Confidence or Fiducial Limits Illustrated in the Case
    of the Binomial".
    """
    if not 0 <= count <= n or n == 0:
        raise MeasureError("bounds are not computable", value=(count, n))
    tail = (1 - level) / 2
    low = beta.ppf(tail, count, n - count + 1) if count else 0.0
    high = beta.ppf(1 - tail, count + 1, n - count) if count < n else 1.0
    return Interval(float(low), float(high))


def exact_bounds(inside: int, orders: int, level: float = LEVEL) -> Interval:
    """Compute the exact bounds of the E-I index of orders, each from inside a set or from outside.

    ``index = 1 - 2 p`` for a share p inside, whose bounds are `exact_share`.

    Parameters
    ----------
    inside, orders
        Orders from inside the set, and all.
    level
        How often such bounds hold the share, between 0 and 1.

    Raises
    ------
    MeasureError
        If there are no orders, or more inside than there are.
    """
    share = exact_share(inside, orders, level)
    return Interval(1 - 2 * share.high, 1 - 2 * share.low)


def split_gap(
    values: Mapping[tuple[str, str], float], first: Iterable[str], second: Iterable[str]
) -> Split:
    """Compare pairs inside two sets with pairs across them, and this split with all others.

    Parameters
    ----------
    values
        A measure for each pair of states, in either order; NaN, not computable, is left out.
    first, second
        The two sets.

    Returns
    -------
    Split
        Means, gap and rank; NaN where no pair within or none across has a value.

    Raises
    ------
    MeasureError
        If the sets share a state or one is empty, or a pair of their states has no value given.
    """
    one, other = sorted(set(first)), sorted(set(second))
    if not one or not other:
        raise MeasureError("a set has no states", value=(one, other))
    if shared := sorted(set(one) & set(other)):
        raise MeasureError("a state is in both sets", value=shared[0])
    states = sorted({*one, *other})
    known = {frozenset(pair): value for pair, value in values.items()}
    for pair in combinations(states, 2):
        if frozenset(pair) not in known:
            raise MeasureError("a pair has no value", value=pair, way_out="Give NaN for it")

    def gap_of(members: Iterable[str]) -> tuple[float, float]:
        inside, across = [], []
        chosen = set(members)
        for a, b in combinations(states, 2):
            value = known[frozenset((a, b))]
            if not np.isnan(value):
                (inside if (a in chosen) == (b in chosen) else across).append(value)
        return tuple(float(np.mean(part)) if part else float("nan") for part in (inside, across))

    splits = {
        frozenset((frozenset(part), frozenset(states) - frozenset(part)))
        for part in combinations(states, len(one))
    }
    gaps = [within - across for within, across in (gap_of(min(s, key=sorted)) for s in splits)]
    within, across = gap_of(one)
    gap = within - across
    tolerance = 1e-12  # two ways of adding up one split
    rank = float("nan") if np.isnan(gap) else 1.0 + sum(g > gap + tolerance for g in gaps)
    return Split(within, across, gap, rank, len(splits))
