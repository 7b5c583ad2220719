"""The steps of the pair's events: other weightings of them, and what else could tell of them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from azpak.errors import DataError
from azpak.findings import breaks_found, phases, series
from azpak.findings.breaks_found import Searched
from azpak.findings.chronology import periods
from azpak.findings.series import ALL
from azpak.findings.voices import phases_of
from azpak.measures.ahead import lead_over_trend, share_as_far_ahead
from azpak.measures.breaks import find_breaks
from azpak.measures.trends import proportional
from azpak.report import Report, finding
from azpak.text import Printed, per_cent
from azpak.vocabulary import VOICES

__all__ = [
    "NONE_YET", "RIVALS", "WEIGHTINGS", "Rival", "Steps", "Weightings", "description_rows",
    "event_rows", "lag_rows", "returning", "rival", "steps", "strip_rows", "weightings",
]  # fmt: skip

CHAPTER = "chapters/phases-tested.md"  # whose sentences the checks of this module guard

COPY = 0.9  # of all events: what holds more is nearly the same series
NONE_YET = 1  # added to the sources of each year, some of which have none

# What figures call the weightings of the events, and the series that have no part in relations.
WEIGHTINGS = {
    ALL: "all events",
    "two groups": "two groups of sources",
    "without arms": "without arms",
    "happened": "only what happened",
    "documents": "acts and documents",
    **{f"no {voice} sources": f"without {voice} sources" for voice in VOICES.values()},
}
RIVALS = {
    "sources": "sources, by year",
    "other sources": "sources on other things",
    "other events": "events of others",
}

# The descriptions of the events that are weighed against each other.
LEVELS, GROWTH = "levels with breaks", "smooth growth"
TO_SOURCES, PER_SOURCE = "in proportion to sources", "levels, counted per source"
TO_OTHERS, PER_OTHER = "in proportion to other sources", "levels, counted per other source"
RULED_OUT = 0.01  # of growing series: growth is a rival while levels lead it by as much more often


class Steps(NamedTuple):
    """The levels of all events of the pair.

    Attributes
    ----------
    found
        The levels, their breaks and the draws.
    n_years_last
        Years of the last level.
    flat, growing
        How often a series of one level, or one that grows smoothly, seems to have as many breaks:
        shares from 0 to 1.
    ahead
        Points by which levels describe the events better than smooth growth.
    ahead_by_growth
        How often they do so by as much in series that grow smoothly, from 0 to 1.
    """

    found: Searched
    n_years_last: int
    flat: float
    growing: float
    ahead: float
    ahead_by_growth: float

    @property
    def breaks(self) -> tuple[int, ...]:
        """The years in which a level starts."""
        return self.found.breaks


@finding
def steps(report: Report) -> Steps:
    """Return the levels of all events of the pair, and check what the text says of them."""
    found = breaks_found.events(report)[ALL]
    ahead = lead_over_trend(found.cut)
    _must(ahead > 0, "growth describes the events better than levels")
    by_growth = share_as_far_ahead(found.cut, breaks_found.DRIFT_DRAWS, breaks_found.SEED)
    _must(by_growth > RULED_OUT, "smooth growth is no rival of the levels any more")
    return Steps(
        found,
        int((found.cut.levels.index >= found.breaks[-1]).sum()),
        found.share_of_nulls("constant"),
        found.share_of_nulls("trend"),
        ahead,
        by_growth,
    )


@finding
def returning(report: Report) -> list[Printed]:
    """Return how often each break of all events returns in its year, in words, with the year."""
    found = steps(report).found
    shares = {year: float(found.share_of_draws[year]) for year in found.breaks}
    return [
        Printed(f"{per_cent(share)} per cent for {year}", (share, year), "share")
        for year, share in shares.items()
    ]


@finding
def event_rows(report: Report) -> pd.DataFrame:
    """Return the pair's events by year with their levels, and the works that open a phase.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``events``, ``level``, ``break_found`` (bool), ``share_of_draws`` (with a break in
        that year, 0 to 1), ``works`` (that open a phase in that year).
    """
    found = steps(report).found
    counts = found.cut.series
    return pd.DataFrame(
        {
            "year": counts.index,
            "events": counts.to_numpy(),
            "level": found.cut.levels.to_numpy(),
            "break_found": counts.index.isin(found.breaks),
            "share_of_draws": found.share_of_draws.to_numpy(),
            "works": phases.openings(report).reindex(counts.index, fill_value=0).to_numpy(),
        }
    )


class Weightings(NamedTuple):
    """What the other ways of weighing the events show of the breaks of all of them.

    Attributes
    ----------
    n
        Weightings under which breaks are computable, all events among them.
    n_near
        By break of all events, the weightings with a break within the tolerance.
    n_near_war
        Those with a break within the tolerance of the year of the war.
    n_steadier
        Those under which levels describe the counts better than smooth growth.
    documents
        The events that an act, an official document or a data set carries.
    gone_without
        The voices without whose sources a break of all events is gone, one voice at a time.
    gone
        The breaks that are then gone.
    not_azerbaijani
        The events that keep an agreeing source without the Azerbaijani ones.
    n_copies
        Weightings other than all events that hold more than `COPY` of them.
    n_lost
        The number of events that do not.
    """

    n: int
    n_near: dict[int, int]
    n_near_war: int
    n_steadier: int
    documents: Searched
    gone_without: tuple[str, ...]
    gone: tuple[int, ...]
    not_azerbaijani: Searched
    n_copies: int
    n_lost: int


@finding
def weightings(report: Report) -> Weightings:
    """Return what the other weightings show, and check what the text says of them."""
    by_name = breaks_found.events(report)
    every, weighted = by_name[ALL], [found for found in by_name.values() if found.cut]
    documents, others = by_name["documents"], by_name["no Azerbaijani sources"]
    war = phases.outcome(report).war
    lost = {
        voice: [year for year in every.breaks if not by_name[f"no {voice} sources"].near(year)]
        for voice in VOICES.values()
    }
    gone = tuple(voice for voice, years in lost.items() if years)
    _must(not documents.breaks, "acts and documents have a break")
    _must(bool(gone), "both breaks survive without the sources of any one voice")
    _must(others.breaks != every.breaks, "no break moves without Azerbaijani sources")
    return Weightings(
        n=len(weighted),
        n_near={year: sum(found.near(year) for found in weighted) for year in every.breaks},
        n_near_war=sum(found.near(war) for found in weighted),
        n_steadier=sum(found.beats_trend for found in weighted),
        documents=documents,
        gone_without=gone,
        gone=tuple(sorted({year for years in lost.values() for year in years})),
        not_azerbaijani=others,
        n_copies=sum(found.total > COPY * every.total for found in weighted) - 1,
        n_lost=every.total - others.total,
    )


@finding
def strip_rows(report: Report) -> pd.DataFrame:
    """Return how sure breaks are under each weighting, and in what would break without the pair.

    Returns
    -------
    pandas.DataFrame
        A row for each year of each series in which breaks are computable: ``series`` (as
        `WEIGHTINGS` and `RIVALS` call it), ``year``, ``share_of_draws`` (0 to 1), ``break_found``
        (bool), ``total`` (of the series).
    """
    found = breaks_found.events(report) | breaks_found.sources(report)
    return pd.concat(
        pd.DataFrame(
            {
                "series": label,
                "year": found[name].draws.columns,
                "share_of_draws": found[name].share_of_draws.to_numpy(),
                "break_found": found[name].draws.columns.isin(found[name].breaks),
                "total": found[name].total,
            }
        )
        for name, label in (WEIGHTINGS | RIVALS).items()
        if found[name].cut
    )


@finding
def description_rows(report: Report) -> pd.DataFrame:
    """Return how well each description fits all events: the rivals of breaks.

    Returns
    -------
    pandas.DataFrame
        ``description``, ``breaks`` (tuple of years) and ``value`` of the criterion, the smaller
        the better; the best first.
    """
    found = steps(report).found.cut
    tried = found.candidates["value"]
    rows = [
        ("one level", (), float(tried[0])),
        (LEVELS, found.breaks, float(tried.min())),
        (GROWTH, (), found.trend_value),
    ]
    for name, to, per in (
        ("sources", TO_SOURCES, PER_SOURCE), ("other sources", TO_OTHERS, PER_OTHER),
    ):  # fmt: skip
        offered = breaks_found.sources(report)[name].cut.series + NONE_YET
        rate = find_breaks(found.series, "counts", exposure=offered.to_numpy(dtype="float64"))
        rows.append((to, (), proportional(found.series, offered)))
        rows.append((per, rate.breaks, rate.candidates["value"].min()))
    columns = ["description", "breaks", "value"]
    return pd.DataFrame(rows, columns=columns).sort_values("value", ignore_index=True)


@finding
def lag_rows(report: Report) -> pd.DataFrame:
    """Return how soon the pair's events were told, by period.

    Returns
    -------
    pandas.DataFrame
        By ``phase_id``, in order of time: ``n_events``, ``median_lag`` (years from event to first
        source) and ``at_the_time`` (share told within a year, 0 to 1).
    """
    told = series.known_at_the_time(report)
    order = periods(report)["phase_id"]
    by_period = told.groupby(phases_of(report).reindex(told.index))
    return by_period.agg(
        n_events=("lag", "size"),
        median_lag=("lag", "median"),
        at_the_time=("at_the_time", "mean"),
    ).reindex(order)


class Rival(NamedTuple):
    """What speaks for the growth of sources, in place of a change in relations.

    Attributes
    ----------
    sources, other_sources, other_events
        Sources by year, those of them that speak of no event of the pair, events of others.
    per_source, per_other_source
        The breaks of the events counted for each source, and for each of the other sources.
    shared_with_sources
        The breaks of the events near which the sources break too.
    shared_with_others
        The breaks of the events near which events of others break too.
    told_early, told_late
        Share of the events of the first and of the last phase, 0 to 1, known from a source of
        the same or the next year.
    """

    sources: Searched
    other_sources: Searched
    other_events: Searched
    per_source: tuple[int, ...]
    per_other_source: tuple[int, ...]
    shared_with_sources: tuple[int, ...]
    shared_with_others: tuple[int, ...]
    told_early: float
    told_late: float


@finding
def rival(report: Report) -> Rival:
    """Return what speaks for the growth of sources, and check what the text says of it."""
    every, fits = steps(report).found, description_rows(report).set_index("description")
    fit, broken = fits["value"], fits["breaks"]
    found = breaks_found.sources(report)
    sources, others, other_events = (found[name] for name in RIVALS)
    shared = tuple(year for year in every.breaks if sources.near(year))
    _must(bool(shared), "sources share no break of the events")
    _must(len(broken[PER_SOURCE]) == 1, "events per source have not one break")
    _must(_falls(every, sources, broken[PER_SOURCE]), "events per source become more")
    _must(fit[TO_SOURCES] < fit[LEVELS], "breaks fit better than sources")
    other = min(fit[TO_OTHERS], fit[PER_OTHER])
    _must(other > fit[LEVELS], "breaks fit worse than other sources")
    _must(_falls(every, others, broken[PER_OTHER]), "a rise remains for each other source")
    lags = lag_rows(report)["at_the_time"]
    return Rival(
        sources, others, other_events, broken[PER_SOURCE], broken[PER_OTHER],
        shared,
        tuple(year for year in every.breaks if other_events.near(year)),
        float(lags.iloc[0]), float(lags.iloc[-1]),
    )  # fmt: skip


def _falls(events: Searched, sources: Searched, breaks: tuple[int, ...]) -> bool:
    """Whether the events become fewer for each source at every break of their rate."""
    rate = events.cut.series / (sources.cut.series + NONE_YET)
    edges = (rate.index[0], *breaks, rate.index[-1] + 1)
    levels = [rate.loc[first : end - 1].mean() for first, end in pairwise(edges)]
    return all(later < earlier for earlier, later in pairwise(levels))


def _must(holds: bool, otherwise: str) -> None:
    """Raise what no longer holds, with the chapter whose sentences say so.

    Raises
    ------
    DataError
        Unless it holds.
    """
    if not holds:
        raise DataError(
            otherwise,
            file=CHAPTER,
            way_out="The data have changed: change the sentence and the check in "
            "azpak/findings/event_steps.py together",
        )
