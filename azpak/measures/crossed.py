"""Cross tables of the votes of every two of some states at once, and gaps in their records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.measures.votes import ABSENT, VOTES

__all__ = ["Gap", "crossed", "gaps", "items"]


class Gap(NamedTuple):
    """A run of roll calls on which a state has no vote.

    Attributes
    ----------
    state
        ISO 3166-1 alpha-3.
    first, last
        Positions of its first and last roll call in the table.
    """

    state: str
    first: int
    last: int

    @property
    def length(self) -> int:
        """The number of roll calls."""
        return self.last - self.first + 1


def crossed(
    rollcalls: pd.DataFrame,
    states: Sequence[str],
    groups: np.ndarray | None = None,
    absent_as: str | None = None,
) -> np.ndarray:
    """Count the votes of every two states, crossed, in each group of roll calls.

    Parameters
    ----------
    rollcalls
        Rows of ``unga_rollcalls``, all of which count.
    states
        Their columns, in the order of the result.
    groups
        The group of each roll call, counted from 0, such as its year less the first; one group
        by default.
    absent_as
        The vote that a recorded absence counts as; None leaves absences out.

    Returns
    -------
    numpy.ndarray
        Group by state by state by vote of the one by vote of the other, votes as in
        `azpak.measures.votes.VOTES`; whole numbers.
    """
    votes = rollcalls[list(states)].to_numpy(dtype=object)
    if absent_as is not None:
        votes = np.where(votes == ABSENT, absent_as, votes)
    cast = np.stack([votes == vote for vote in VOTES], axis=-1).astype("float64")
    cast = cast.reshape(len(cast), -1)  # state and vote as one
    where = np.zeros(len(cast), dtype=int) if groups is None else np.asarray(groups)
    size, n_votes = len(states), len(VOTES)
    found = [cast[where == g].T @ cast[where == g] for g in range(where.max(initial=0) + 1)]
    tables = np.stack(found).reshape(-1, size, n_votes, size, n_votes)
    return np.rint(tables).astype("int64").transpose(0, 1, 3, 2, 4)


def gaps(rollcalls: pd.DataFrame, states: Sequence[str], least: int, present: float) -> list[Gap]:
    """Return the long runs of roll calls without a vote of states that otherwise mostly vote.

    Parameters
    ----------
    rollcalls
        Rows of ``unga_rollcalls`` in order of time.
    states
        The states to look at.
    least
        The shortest run.
    present
        The share of the other roll calls, 0 to 1, on which the state must have voted.
    """
    found = []
    for state in states:
        silent = ~rollcalls[state].isin(VOTES).to_numpy(dtype=bool)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], silent.astype(int), [0]])))
        runs = [
            Gap(state, int(start), int(end) - 1)
            for start, end in zip(edges[::2], edges[1::2], strict=True)
            if end - start >= least
        ]
        inside = sum(run.length for run in runs)
        rest = len(silent) - inside
        if rest and 1 - (silent.sum() - inside) / rest >= present:
            found += runs
    return found


def items(rollcalls: pd.DataFrame, states: Sequence[str]) -> np.ndarray:
    """Return the number of the item of each roll call: those that all states cast alike are one.

    Resolutions that return from session to session, and those of one subject, are mostly voted on
    alike; what all the states cast in the same way tells no more than one of them does.
    """
    votes = rollcalls[list(states)].where(rollcalls[list(states)].isin(VOTES), ABSENT)
    return pd.factorize(votes.agg("".join, axis=1))[0]
