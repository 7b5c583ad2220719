"""How many agreements two states would sign with each other, given how many each signs a year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from azpak.errors import MeasureError

__all__ = ["Expected", "expected_agreements"]


class Expected(NamedTuple):
    """The agreements of two states beside what their yearly totals would give.

    Attributes
    ----------
    n
        Agreements of the two.
    expected
        What the totals would give, partners being met at random among the states of the table.
    p
        The probability, then, of as many or more, 0 to 1.
    """

    n: int
    expected: float
    p: float


def expected_agreements(totals: pd.DataFrame, a: str, b: str, n: int) -> Expected:
    """Compute how many agreements two states would have with each other at random.

    Of the agreements that all other states of the table sign in a year, `a` takes part in as many
    as it signs, drawn without replacement; those of `b` among them are hypergeometric. The years
    are independent. The table holds some states only: with all others the pool would be larger, so
    that the expectation is at most, and the probability too, what is returned.

    Parameters
    ----------
    totals
        Agreements signed with anybody, by year (index) and state (columns).
    a, b
        The two states.
    n
        Agreements of the two in these years.

    Returns
    -------
    Expected
        Upper bounds of the expectation and of the probability.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if one of the states has no column.

    References
    ----------
    The distribution of a table with given margins is that of Fisher's (1935) exact test.
    """
    for state in (a, b):
        if state not in totals.columns:
            raise MeasureError("there are no yearly totals of this state", value=state)
    sums = np.array([1.0])  # the probability of 0, 1, ... agreements in the years so far
    expected = 0.0
    for _, row in totals.iterrows():
        pool = int(row.drop(a).sum())
        drawn, marked = min(int(row[a]), pool), int(row[b])
        if drawn and marked:
            found = hypergeom(pool, marked, drawn)
            sums = np.convolve(sums, found.pmf(np.arange(min(drawn, marked) + 1)))
            expected += float(found.mean())
    return Expected(n, expected, float(sums[n:].sum()))
