"""Resolutions that have more than one roll call as a whole, and what the further ones move."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, parse
from azpak.findings.votes import PERIODS, rollcalls, states_of
from azpak.measures import agreement_by_period
from azpak.report import PAIR, Report, finding

__all__ = ["REVERSED", "Second", "second", "without_second"]

# Of the states that said yes or no in both, the part that said the other in a vote called
# reversed. The parts lie either under a quarter or over nine tenths, so that any bound between
# them calls the same votes so.
REVERSED = 0.75
OTHER = {"y": "n", "n": "y"}


class Second(NamedTuple):
    """Further roll calls on resolutions that have been voted on as a whole.

    Attributes
    ----------
    n_resolutions
        Resolutions that have more than one roll call as a whole in one month.
    n
        Roll calls on them beside the first in number of each.
    n_reversed
        Those in which at least `REVERSED` of the states that said yes or no said the other in the
        first.
    first, last
        The months of the first and the last.
    """

    n_resolutions: int
    n: int
    n_reversed: int
    first: Date
    last: Date


@finding
def second(report: Report) -> Second:
    """Return how many resolutions were voted on more than once, and how."""
    further = _further(report)
    return Second(
        further["resolution"].nunique(),
        len(further),
        int((further["reversed"] >= REVERSED).sum()),
        parse(further["month"].min()),
        parse(further["month"].max()),
    )


@finding
def without_second(report: Report) -> pd.DataFrame:
    """Return the pair's agreement with all roll calls and without the further ones.

    Returns
    -------
    pandas.DataFrame
        A row for each of `azpak.findings.votes.PERIODS`: the columns of
        `azpak.measures.agreement_by_period`, and all but ``period`` a second time with
        ``_without``.
    """
    calls = rollcalls(report)
    once = calls[~calls["rollcall_id"].isin(_further(report)["rollcall_id"])]
    found = (agreement_by_period(votes, *PAIR, PERIODS) for votes in (calls, once))
    return next(found).merge(next(found), on="period", suffixes=("", "_without"))


@finding
def _further(report: Report) -> pd.DataFrame:
    """Return the further roll calls: ``rollcall_id``, ``month``, ``resolution``, ``reversed``.

    ``reversed`` is the part, 0 to 1, of the states with yes or no in both that said the other.
    """
    calls = rollcalls(report)
    named = calls[calls["resolution"].notna() & (calls["resolution"] != "")]
    several = named[named.duplicated(["month", "resolution"], keep=False)]
    rows = []
    for (month, resolution), votes in several.groupby(["month", "resolution"]):
        first, *others = votes[states_of(votes)].itertuples(index=False)
        for rollcall_id, other in zip(votes["rollcall_id"].iloc[1:], others, strict=True):
            both = [(a, b) for a, b in zip(first, other, strict=True) if a in OTHER and b in OTHER]
            turned = sum(OTHER[a] == b for a, b in both) / len(both) if both else 0.0
            rows.append((rollcall_id, month, resolution, turned))
    return pd.DataFrame(rows, columns=["rollcall_id", "month", "resolution", "reversed"])
