"""Which boundaries between phases pass the rule, and what the verdicts hang on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from azpak.findings import breaks_found
from azpak.findings.breaks_found import Searched
from azpak.findings.outside import DISTANCE, KAPPA
from azpak.findings.series import ALL, span
from azpak.measures import boundaries
from azpak.measures.boundaries import ENOUGH, FEWEST_WORKS, TOLERANCE, Support
from azpak.measures.partitions import MIN_SIZE
from azpak.report import Report, finding

__all__ = [
    "AS_STATED", "LOOSE", "RARE", "VARIATIONS", "Chance", "Outcome", "Rule", "Sensitivity",
    "chance", "openings", "outcome", "own_boundaries", "sensitivity", "support", "variation_rows",
    "verdict_rows",
]  # fmt: skip

RARE = 0.05  # the custom of the field


@dataclass(frozen=True)
class Rule:
    """What a boundary must meet to hold; the defaults are the rule as stated.

    Attributes
    ----------
    tolerance, criterion, min_size
        As in `azpak.measures.boundaries` and `azpak.measures.breaks`.
    of_pair
        Whether a break that half or more of a state's other dyads share is held against the pair.
    against_trend
        Whether breaks support only if they describe the series better than a smooth trend.
    kinds
        The measures of votes that may support; all by default.
    rare
        Whether a series supports only if drift makes as many breaks in fewer than `RARE` of the
        draws.
    """

    tolerance: int = TOLERANCE
    criterion: str = "bic"
    min_size: int = MIN_SIZE
    of_pair: bool = True
    against_trend: bool = True
    kinds: tuple[str, ...] | None = None
    rare: bool = False

    def takes(self, found: Searched) -> bool:
        """Return whether an outside series is asked at all."""
        return self.kinds is None or found.outside.kind in self.kinds

    def refuses(self, found: Searched) -> bool:
        """Return whether drift makes as many breaks too often for the series to support."""
        return self.rare and found.share_of_drift >= RARE


AS_STATED = Rule()
LOOSE = "breaks shared with other dyads count too"
UNCORRECTED = "votes not corrected for chance"
NO_TREND = "no comparison with a smooth trend"

# What is changed, one at a time, to see what a verdict hangs on.
VARIATIONS = {
    "as stated": AS_STATED,
    "same year only": Rule(tolerance=TOLERANCE - 1),
    "two years either way": Rule(tolerance=TOLERANCE + 1),
    "modified criterion": Rule(criterion="mbic"),
    "levels of three years or more": Rule(min_size=MIN_SIZE + 1),
    LOOSE: Rule(of_pair=False),
    NO_TREND: Rule(against_trend=False),
    UNCORRECTED: Rule(kinds=("share", "distance", "")),
    "breaks that drift makes rarely": Rule(rare=True),
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


def support(report: Report, found: Searched, year: int, rule: Rule = AS_STATED) -> Support | None:
    """Return what a series about the pair says of a boundary; None where it is not computable."""
    if found.cut is None:
        return None
    kind = found.outside.kind if rule.of_pair else ""
    return boundaries.support(
        found.cut.series.index, found.breaks, found.beats_trend or not rule.against_trend,
        found.draws, breaks_found.breaks_of_dyads(report, kind, rule.criterion, rule.min_size),
        year, rule.min_size, rule.tolerance,
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
    outside = breaks_found.outside_pair(report, rule.criterion, rule.min_size)
    asked = {name: found for name, found in outside.items() if rule.takes(found)}
    said = _reaching(report, asked, year, rule)
    supported = tuple(n for n, s in said.items() if s.given and not rule.refuses(asked[n]))
    seen = in_events(events[ALL], year, rule)
    return {
        "in_events": seen,
        "share_events": boundaries.share_near(events[ALL].draws, year, rule.tolerance),
        "n_weightings": sum(in_events(found, year, rule) for found in events.values()),
        "n_reached": len(said),
        "near": tuple(n for n, s in said.items() if s.found),
        "supported": supported,
        "verdict": boundaries.verdict(seen, bool(said), bool(supported)),
    }


def _reaching(
    report: Report, asked: dict[str, Searched], year: int, rule: Rule
) -> dict[str, Support]:
    """Return what each of some series says of a boundary, those that reach it."""
    said = {name: support(report, found, year, rule) for name, found in asked.items()}
    return {name: s for name, s in said.items() if s is not None and s.reached}


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
    said = {year: _reaching(report, outside, year, AS_STATED) for year in years}
    given = {year: any(s.given for s in some.values()) for year, some in said.items() if some}
    events = breaks_found.events(report)[ALL]
    told = [year for year in years if boundaries.reaches((first, last), year, MIN_SIZE)]
    return Chance(
        boundaries.chance(given, given.__getitem__),
        boundaries.chance(told, lambda year: in_events(events, year)),
    )


class Outcome(NamedTuple):
    """The verdicts under the rule as stated, and the boundaries that the text names.

    Attributes
    ----------
    n, n_ours, n_reached
        Boundaries tested; those that open a phase of this report; those that an outside series
        reaches.
    held, patterns, not_seen, untold
        The years of each verdict.
    war, agreement
        The years of the wars of 2020 and of the first defence agreement, that open a phase here.
    denied
        The boundary near which agreement beyond chance breaks without supporting it.
    n_works_war, share_events_war
        Works that open a phase in the year of the war; share of the draws of all events with a
        break near it, 0 to 1.
    chance
        What a year picked at random would meet.
    """

    n: int
    n_ours: int
    n_reached: int
    held: tuple[int, ...]
    patterns: tuple[int, ...]
    not_seen: tuple[int, ...]
    untold: tuple[int, ...]
    war: int
    agreement: int
    denied: int
    n_works_war: int
    share_events_war: float
    chance: Chance


@finding
def outcome(report: Report) -> Outcome:
    """Return the verdicts, and check that they are what the text says of them."""
    rows = verdict_rows(report)
    years = {v: tuple(map(int, rows.index[rows["verdict"] == v])) for v in boundaries.VERDICTS}
    held, patterns, not_seen, untold = (years[verdict] for verdict in boundaries.VERDICTS)
    opening = {phase_id: int(year) for year, phase_id in rows["phase_id"].dropna().items()}
    war, agreement = opening["trilateral"], opening["institutions"]
    assert held == (war, war + 1), "other boundaries hold than the war and the year after"
    assert {*rows.loc[[*held], "supported"]} == {(KAPPA,)}, "another series supports a boundary"
    assert DISTANCE in rows.at[agreement, "near"], "ideal points do not break at the agreement"
    denied = [row.Index for row in rows.itertuples() if KAPPA in {*row.near} - {*row.supported}]
    assert len(denied) == 1, "not one boundary has a break of kappa that was denied"
    return Outcome(
        n=len(rows), n_ours=len(opening), n_reached=int((rows["n_reached"] > 0).sum()),
        held=held, patterns=patterns, not_seen=not_seen, untold=untold,
        war=war, agreement=agreement, denied=denied[0],
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
    n_lost
        Those under which the boundary of the war does not hold.
    n_loose
        Boundaries that hold without the test of dyads.
    added
        The one other boundary that holds under some of the other changes.
    n_added
        Under how many.
    """

    n: int
    n_lost: int
    n_loose: int
    added: int
    n_added: int


@finding
def sensitivity(report: Report) -> Sensitivity:
    """Return what the verdicts hang on, and check what the text says of it."""
    rows, told = variation_rows(report), outcome(report)
    holds = rows["holds"]
    assert rows.loc[NO_TREND].equals(rows.loc["as stated"]), "the trend decides a verdict"
    assert not holds[UNCORRECTED], "a boundary holds without the correction"
    assert told.agreement in holds[LOOSE], "the agreement does not hold without the test of dyads"
    extra = holds.drop(LOOSE).map(lambda years: {*years} - {*told.held})
    added = {year for years in extra for year in years}
    assert len(added) == 1, "the changes do not add one other boundary"
    return Sensitivity(
        n=len(rows) - 1,
        n_lost=int(holds.map(lambda years: told.war not in years).sum()),
        n_loose=len(holds[LOOSE]),
        added=int(added.pop()),
        n_added=int(extra.map(bool).sum()),
    )
