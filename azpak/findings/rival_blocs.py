"""Blocs that the votes themselves make of the states of the two sets, as a rival of the sets."""

from __future__ import annotations

from typing import NamedTuple

from azpak.findings import vote_panel
from azpak.findings.axes import PAIRS, VOTES
from azpak.findings.ties import MEMBERS, SETS
from azpak.measures.blocs import Blocs, blocs, same_split
from azpak.report import Report, finding

__all__ = ["Rivals", "rivals"]


class Rivals(NamedTuple):
    """The split in two of the states of the sets that their votes support most, by kappa.

    Attributes
    ----------
    latest
        That of the years of `azpak.findings.axes.VOTES`.
    n_years
        Calendar years in which there is one.
    n_same
        Those in which it is the split of the two sets.
    n_rivals_together
        Those in which Pakistan and India stand on one side.
    """

    latest: Blocs
    n_years: int
    n_same: int
    n_rivals_together: int


@finding
def rivals(report: Report) -> Rivals:
    """Return the blocs of the votes, in the latest years and year by year.

    Years in which a pair of the states has too few votes are left out.
    """
    latest = blocs(vote_panel.matrices(report, *VOTES)["kappa"], MEMBERS)
    every = set(MEMBERS)
    yearly = [
        blocs(mine, MEMBERS)
        for rows in vote_panel.yearly(report).values()
        if (mine := rows["kappa"][[every.issuperset(pair) for pair in rows.index]]).notna().all()
    ]
    sellers = {pair[1] for pair in PAIRS}
    return Rivals(
        latest,
        len(yearly),
        sum(same_split(found, SETS.values()) for found in yearly),
        sum(sellers <= {*found.first} or sellers <= {*found.second} for found in yearly),
    )
