"""Breaks in the votes of the two: three readings, false alarms, and the one turn up close."""

from __future__ import annotations

from typing import NamedTuple

from azpak.dates import Date, parse
from azpak.findings import breaks_found, outside, phases
from azpak.findings.breaks_found import Searched
from azpak.measures import boundaries
from azpak.measures.votes import VOTES
from azpak.measures.yearly import yearly_agreement
from azpak.report import PAIR, Report, finding

__all__ = [
    "ALARM_DRAWS", "Alarms", "Alike", "Habits", "Turn", "Votes", "alarms", "alike", "turn",
    "unflagged", "votes",
]  # fmt: skip

ALARM_DRAWS = 2000  # so that a rate of false alarms is known to a percentage point or two
NOUGHT = -0.005  # a kappa from which on it prints as nought with two decimals


class Votes(NamedTuple):
    """The three readings of the votes: plain share alike, beyond chance, distance."""

    share: Searched
    kappa: Searched
    distance: Searched


@finding
def votes(report: Report) -> Votes:
    """Return what is found in the three readings of the votes."""
    found = breaks_found.outside_pair(report)
    read = Votes(*(found[name] for name in (outside.SHARE, outside.KAPPA, outside.DISTANCE)))
    assert not read.share.breaks, "the share of votes alike has a break"
    return read


class Alarms(NamedTuple):
    """How often the search finds breaks in series of votes that have none, shares from 0 to 1.

    Attributes
    ----------
    one_or_more
        At least one break in a series of one level, the same for kappa and distance.
    kappa, distance
        As many breaks as in kappa, as in the distance, in a series of one level.
    drifting
        At least one break in a series that drifts; the smaller share of the two.
    """

    one_or_more: float
    kappa: float
    distance: float
    drifting: float


@finding
def alarms(report: Report) -> Alarms:
    """Return how often the search finds breaks in series of votes that have none."""
    _, *pair = votes(report)
    flat = {found.share_of_nulls("constant", ALARM_DRAWS, fewest=1) for found in pair}
    assert len(flat) == 1, "the two series of votes have different rates of false alarms"
    as_many = (found.share_of_nulls("constant", ALARM_DRAWS) for found in pair)
    drifting = min(found.share_of_nulls("drift", ALARM_DRAWS, fewest=1) for found in pair)
    return Alarms(flat.pop(), *as_many, drifting)


class Alike(NamedTuple):
    """How many other dyads of a state break where the pair does.

    Attributes
    ----------
    n
        Dyads with a break within the tolerance of the year.
    n_all
        Dyads in which the measure can be computed in every year.
    """

    n: int
    n_all: int


@finding
def alike(report: Report, kind: str, state: str, year: int) -> Alike:
    """Return how many other dyads of a state break near a year, by a measure of votes."""
    dyads = breaks_found.breaks_of_dyads(report, kind)[state]
    return Alike(sum(boundaries.near(breaks, year) for breaks in dyads), len(dyads))


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


def _habits(report: Report, first: int, last: int) -> Habits:
    calls = report.table("unga_rollcalls")
    calls = calls[calls["whole"] & calls[[*PAIR]].isin(VOTES).all(axis=1)]
    both = calls.loc[calls["month"].str[:4].astype(int).between(first, last), [*PAIR]]
    parts = {state: both[state].value_counts(normalize=True) for state in PAIR}
    aze, pak = PAIR
    return Habits(
        first, last, float(votes(report).kappa.cut.levels[first]),
        share=float((both[aze] == both[pak]).mean()),
        chance=float((parts[aze] * parts[pak]).sum()),
        yes={state: float(part["y"]) for state, part in parts.items()},
    )  # fmt: skip


class Turn(NamedTuple):
    """The break of kappa at the boundary of the war.

    Attributes
    ----------
    before, after
        How the two voted on either side.
    share_of_draws
        Share of the draws with a break near the boundary, 0 to 1.
    numbered
        The month after which the record bears neither numbers of resolutions nor flags.
    """

    before: Habits
    after: Habits
    share_of_draws: float
    numbered: Date


@finding
def turn(report: Report) -> Turn:
    """Return what changed at the break of kappa, and check what the text says of it."""
    kappa, war = votes(report).kappa, phases.outcome(report).war
    *_, begun, turned = (year for year in kappa.breaks if year <= war)
    before = _habits(report, begun, turned - 1)
    assert before.level > NOUGHT, "kappa was below nought before the turn"
    aze = alike(report, "kappa", "AZE", war)
    assert aze.n + 1 >= boundaries.SHARED * aze.n_all, "two more dyads would be needed"
    rolls = report.table("unga_rollcalls")
    numbered = rolls.loc[rolls["resolution"].notna(), "month"].max()
    assert rolls.loc[rolls["month"] > numbered, "whole"].all(), "later votes have flags"
    assert int(numbered[:4]) == turned, "numbers of resolutions do not end in the year of the break"
    return Turn(
        before,
        _habits(report, turned, int(kappa.cut.series.index.max())),
        phases.support(report, kappa, war).share,
        parse(numbered),
    )


@finding
def unflagged(report: Report) -> tuple[int, ...]:
    """Return the breaks of kappa with every roll call counted, flagged as part or not."""
    rolls = report.table("unga_rollcalls").assign(whole=True)
    found = breaks_found.searched(yearly_agreement(rolls, *PAIR)["kappa"], "normal")
    turned = turn(report).after.first
    assert turned in found.breaks, "with parts of resolutions counted the break is gone"
    return found.breaks
