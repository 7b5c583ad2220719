"""Which boundaries between phases pass the rule, and what the verdicts hang on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from azpak.findings import breaks_found
from azpak.findings.breaks_found import Searched
from azpak.findings.outside import MEASURES
from azpak.findings.series import ALL, span
from azpak.measures import boundaries
from azpak.measures.boundaries import ENOUGH, FEWEST_WORKS, RARE, TOLERANCE, Support
from azpak.measures.partitions import MIN_SIZE
from azpak.measures.votes import PANEL
from azpak.report import Report, finding

__all__ = [
    "AS_STATED", "LOOSE", "NO_DRIFT", "VARIATIONS", "Chance", "Outcome", "Rule", "Sensitivity",
    "chance", "openings", "outcome", "own_boundaries", "said", "sensitivity", "variation_rows",
    "verdict_rows",
]  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """What a boundary must meet to be supported; the defaults are the rule as stated.

    Attributes
    ----------
    tolerance, criterion, min_size
        As in `azpak.measures.boundaries` and `azpak.measures.breaks`.
    additive
        Whether each state's part towards all is taken off the readings of the votes.
    against_trend
        Whether breaks support only if they describe the series better than a smooth trend.
    against_drift
        Whether they support only if they describe it better than drift, and drift is beaten as
        clearly in fewer than `azpak.measures.boundaries.RARE` of its draws.
    measures
        The measures of agreement in votes that may support.
    absent
        How an absence counts.
    """

    tolerance: int = TOLERANCE
    criterion: str = "bic"
    min_size: int = MIN_SIZE
    additive: bool = True
    against_trend: bool = True
    against_drift: bool = True
    measures: tuple[str, ...] = MEASURES
    absent: str = "left out"


AS_STATED = Rule()
LOOSE = "no correction for agreement with all others"
NO_TREND = "no comparison with a smooth trend"
NO_DRIFT = "no comparison with a slow change"

# What is changed, one at a time, to see what a verdict hangs on.
VARIATIONS = {
    "as stated": AS_STATED,
    "same year only": Rule(tolerance=TOLERANCE - 1),
    "two years either way": Rule(tolerance=TOLERANCE + 1),
    "modified criterion": Rule(criterion="mbic"),
    "levels of three years or more": Rule(min_size=MIN_SIZE + 1),
    "absence as abstention": Rule(absent="as abstention"),
    "other measures of agreement": Rule(measures=tuple(m for m in PANEL if m not in MEASURES)),
    NO_TREND: Rule(against_trend=False),
    NO_DRIFT: Rule(against_drift=False),
    LOOSE: Rule(additive=False),
}


@finding
def boundaries_told(report: Report, fewest: int = FEWEST_WORKS) -> pd.DataFrame:
    """Return the years in which this report or several works open a phase.

    Returns
    -------
    pandas.DataFrame
        As `azpak.measures.boundaries.boundaries_told` returns it.
    """
    return boundaries.boundaries_told(report.table("phases"), report.table("literature"), fewest)


@finding
def openings(report: Report) -> pd.Series:
    """Return ``n_works`` that open a phase, by year in which this report or a work does."""
    return boundaries_told(report, fewest=1)["n_works"]


@finding
def own_boundaries(report: Report) -> tuple[int, ...]:
    """Return the years in which a phase of this report begins, without the first."""
    told = boundaries_told(report)
    return tuple(int(year) for year in told.index[told["phase_id"].notna()])[1:]


def said(found: Searched, year: int, rule: Rule) -> Support | None:
    """Return what any series that was searched says of a boundary."""
    if found.cut is None:
        return None
    return boundaries.support(
        found.cut.series.index, found.breaks, found.draws, year, rule.min_size, rule.tolerance,
        beats_trend=found.beats_trend or not rule.against_trend,
        beats_drift=found.beats_drift or not rule.against_drift,
        rare=not found.share_of_drift >= RARE or not rule.against_drift,
    )  # fmt: skip


def in_events(found: Searched, year: int, rule: Rule = AS_STATED) -> bool:
    """Return whether events have a break at a boundary, in enough of the draws."""
    return (
        found.cut is not None
        and boundaries.reaches(found.cut.series.index, year, rule.min_size)
        and found.near(year, rule.tolerance)
        and boundaries.share_near(found.draws, year, rule.tolerance) >= ENOUGH
    )


@finding
def verdict_rows(report: Report, rule: Rule = AS_STATED) -> pd.DataFrame:
    """Return the verdict on each boundary told, with what it rests on.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``year``: ``phase_id``, ``works``, ``n_works``, ``in_events`` (bool),
        ``share_events`` (of the draws of all events with a break near), ``n_weightings`` under
        which events have a break there, ``n_reached`` (series about the pair that could show
        it), ``near`` (names of those that have a break near) and ``supported`` (names of those
        that support it), tuples, and ``verdict``.
    """
    told = boundaries_told(report)
    rows = [_verdict(report, year, rule) for year in told.index]
    return told.join(pd.DataFrame(rows, index=told.index))


def _verdict(report: Report, year: int, rule: Rule) -> dict[str, object]:
    """Return a row of `verdict_rows`."""
    events = breaks_found.events(report, rule.criterion, rule.min_size)
    outside = breaks_found.outside_pair(
        report, rule.criterion, rule.min_size, rule.measures, rule.additive, rule.absent
    )
    told = _reaching(outside, year, rule)
    supported = tuple(name for name, s in told.items() if s.given)
    seen = in_events(events[ALL], year, rule)
    return {
        "in_events": seen,
        "share_events": boundaries.share_near(events[ALL].draws, year, rule.tolerance),
        "n_weightings": sum(in_events(found, year, rule) for found in events.values()),
        "n_reached": len(told),
        "near": tuple(n for n, s in told.items() if s.found),
        "supported": supported,
        "verdict": boundaries.verdict(seen, bool(told), bool(supported)),
    }


def _reaching(asked: dict[str, Searched], year: int, rule: Rule) -> dict[str, Support]:
    """Return what each of some series says of a boundary, those that reach it."""
    told = {name: said(found, year, rule) for name, found in asked.items()}
    return {name: s for name, s in told.items() if s is not None and s.reached}


class Chance(NamedTuple):
    """What a year picked at random would meet, shares from 0 to 1.

    Attributes
    ----------
    outside
        Of the years that outside series reach, those that one supports.
    events
        Of the years that the events reach, those with a break of them near.
    """

    outside: float
    events: float


@finding
def chance(report: Report) -> Chance:
    """Return what a year picked at random would meet."""
    first, last = span(report)
    years = range(first, last + 1)
    outside = breaks_found.outside_pair(report)
    told = {year: _reaching(outside, year, AS_STATED) for year in years}
    given = {year: any(s.given for s in some.values()) for year, some in told.items() if some}
    events = breaks_found.events(report)[ALL]
    reached = [year for year in years if boundaries.reaches((first, last), year, MIN_SIZE)]
    return Chance(
        boundaries.chance(given, given.__getitem__),
        boundaries.chance(reached, lambda year: in_events(events, year)),
    )


class Outcome(NamedTuple):
    """The verdicts under the rule as stated, and the boundaries that the text names.

    Attributes
    ----------
    n, n_ours, n_reached
        Boundaries tested; those that open a phase of this report; those that an outside series
        reaches.
    supported, patterns, not_seen, untold
        The years of each verdict; the first are none, which the text says.
    war
        The year of the war of 2020, that opens a phase here.
    near
        The years near which a series about the pair has a break.
    n_works_war, share_events_war
        Works that open a phase in the year of the war; share of the draws of all events with a
        break near it, 0 to 1.
    chance
        What a year picked at random would meet.
    """

    n: int
    n_ours: int
    n_reached: int
    supported: tuple[int, ...]
    patterns: tuple[int, ...]
    not_seen: tuple[int, ...]
    untold: tuple[int, ...]
    war: int
    near: tuple[int, ...]
    n_works_war: int
    share_events_war: float
    chance: Chance


@finding
def outcome(report: Report) -> Outcome:
    """Return the verdicts, and check that they are what the text says of them."""
    rows = verdict_rows(report)
    years = {v: tuple(map(int, rows.index[rows["verdict"] == v])) for v in boundaries.VERDICTS}
    supported, patterns, not_seen, untold = (years[verdict] for verdict in boundaries.VERDICTS)
    opening = {phase_id: int(year) for year, phase_id in rows["phase_id"].dropna().items()}
    war = opening["trilateral"]
    assert not supported, f"a boundary is supported: {supported}"
    return Outcome(
        n=len(rows), n_ours=len(opening), n_reached=int((rows["n_reached"] > 0).sum()),
        supported=supported, patterns=patterns, not_seen=not_seen, untold=untold, war=war,
        near=tuple(map(int, rows.index[rows["near"].map(len) > 0])),
        n_works_war=int(rows.at[war, "n_works"]),
        share_events_war=float(rows.at[war, "share_events"]), chance=chance(report),
    )  # fmt: skip


@finding
def variation_rows(report: Report) -> pd.DataFrame:
    """Return the boundaries of each verdict under each of `VARIATIONS`.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``variation``, a column for each verdict: tuple of years.
    """
    rows = {}
    for name, rule in VARIATIONS.items():
        verdicts = verdict_rows(report, rule)["verdict"]
        rows[name] = {v: tuple(verdicts.index[verdicts == v]) for v in boundaries.VERDICTS}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("variation")


class Sensitivity(NamedTuple):
    """What the verdicts hang on.

    Attributes
    ----------
    n
        Changes to the rule.
    n_none
        Those under which, too, no boundary is supported.
    loose, no_drift, no_trend
        The boundaries supported with each state's part left in, and without one of the rivals.
    """

    n: int
    n_none: int
    loose: tuple[int, ...]
    no_drift: tuple[int, ...]
    no_trend: tuple[int, ...]


@finding
def sensitivity(report: Report) -> Sensitivity:
    """Return what the verdicts hang on, and check what the text says of it."""
    held = variation_rows(report)[boundaries.VERDICTS[0]]
    changes = held.drop("as stated")
    rivals = changes.drop([NO_DRIFT, NO_TREND, LOOSE])
    assert not any(rivals), "a change other than that of a rival supports a boundary"
    war = outcome(report).war
    assert not any(war in years for years in held), "the year of the war is supported by a change"
    return Sensitivity(
        n=len(changes),
        n_none=int((changes.map(len) == 0).sum()),
        loose=tuple(map(int, held[LOOSE])),
        no_drift=tuple(map(int, held[NO_DRIFT])),
        no_trend=tuple(map(int, held[NO_TREND])),
    )
