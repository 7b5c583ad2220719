"""Breaks in the votes of the two: what a measure makes of them, and one turn up close."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from azpak.findings import breaks_found, outside, phases, vote_panel
from azpak.findings.breaks_found import Searched
from azpak.measures.votes import VOTES
from azpak.report import PAIR, Report, finding

__all__ = ["ALARM_DRAWS", "Habits", "Signed", "Turn", "Votes", "alarm", "signed", "turn", "votes"]

ALARM_DRAWS = 2000  # so that a rate of false alarms is known to a percentage point or two


class Votes(NamedTuple):
    """The three readings of the votes, each less the parts of the two states."""

    share: Searched
    kappa: Searched
    distance: Searched


@finding
def votes(report: Report) -> Votes:
    """Return what is found in the three readings of the votes."""
    found = breaks_found.outside_pair(report)
    read = Votes(*(found[name] for name in (outside.SHARE, outside.KAPPA, outside.DISTANCE)))
    assert not read.share.breaks, "the share of votes alike has a break"
    assert read.kappa.breaks, "kappa has no break that drift could explain"
    assert read.distance.breaks and not read.distance.beats_trend, (
        "a trend does not describe the distance as well as its breaks"
    )
    return read


@finding
def alarm(report: Report) -> float:
    """Return how often the search finds a break in years that are independent, 0 to 1."""
    return votes(report).kappa.share_of_nulls("constant", ALARM_DRAWS, fewest=1)


class Signed(NamedTuple):
    """The gap of ideal points with its sign, Azerbaijan less Pakistan.

    Attributes
    ----------
    found
        What is found in it.
    n_broken
        Rows of the panel of measures whose yearly values break within a year of the war.
    n_rows
        Rows of the panel.
    """

    found: Searched
    n_broken: int
    n_rows: int


@finding
def signed(report: Report) -> Signed:
    """Return the breaks of the gap with its sign, and how many measures break at the war."""
    points = report.table("unga_ideal_points")
    wide = points.pivot(index="year", columns="iso3", values="ideal_point_all")
    aze, pak = PAIR
    gap = (wide[aze] - wide[pak]).dropna().astype("float64")
    war, panel = phases.outcome(report).war, vote_panel.panel(report)
    near = panel["breaks"].map(lambda years: any(abs(year - war) <= 1 for year in years))
    return Signed(breaks_found.searched(gap, "normal"), int(near.sum()), len(panel))


class Habits(NamedTuple):
    """How the two voted between two breaks of kappa.

    Attributes
    ----------
    first, last
        The calendar years, both included.
    level
        The fitted level of kappa.
    share, chance
        The share of roll calls on whole resolutions on which they voted alike, and the share
        that their shares of yes, abstention and no would give by chance, 0 to 1.
    yes
        Each state's share of yes, 0 to 1, by ISO 3166-1 alpha-3.
    """

    first: int
    last: int
    level: float
    share: float
    chance: float
    yes: dict[str, float]


def _habits(report: Report, level: float, first: int, last: int) -> Habits:
    calls = report.table("unga_rollcalls")
    calls = calls[calls["whole"] & calls[[*PAIR]].isin(VOTES).all(axis=1)]
    both = calls.loc[calls["month"].str[:4].astype(int).between(first, last), [*PAIR]]
    parts = {state: both[state].value_counts(normalize=True) for state in PAIR}
    aze, pak = PAIR
    return Habits(
        first, last, level,
        share=float((both[aze] == both[pak]).mean()),
        chance=float((parts[aze] * parts[pak]).sum()),
        yes={state: float(part["y"]) for state, part in parts.items()},
    )  # fmt: skip


class Turn(NamedTuple):
    """The break of plain kappa near the war.

    Attributes
    ----------
    found
        Plain kappa, with what is found in it.
    before, after
        How the two voted on either side.
    """

    found: Searched
    before: Habits
    after: Habits


@finding
def turn(report: Report) -> Turn:
    """Return what changed at the break of plain kappa near the war."""
    (kappa,) = (
        one for one in breaks_found.outside_context(report)
        if one.outside.name == outside.PLAIN_KAPPA
    )  # fmt: skip
    war = phases.outcome(report).war
    assert kappa.near(war), "plain kappa does not break near the war"
    edges = [
        int(kappa.cut.series.index.min()),
        *kappa.breaks,
        int(kappa.cut.series.index.max()) + 1,
    ]
    at = int(np.argmin([abs(year - war) for year in kappa.breaks])) + 1
    spans = [(edges[at - 1], edges[at] - 1), (edges[at], edges[at + 1] - 1)]
    habits = [_habits(report, float(kappa.cut.levels[first]), first, last) for first, last in spans]
    return Turn(kappa, *habits)
