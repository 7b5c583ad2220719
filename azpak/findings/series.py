"""The report's own yearly series in which the phases are looked for: its events and its sources."""

from __future__ import annotations

import pandas as pd

from azpak.dates import parse
from azpak.evidence import rules
from azpak.findings.chronology import periods
from azpak.measures.counts import activity
from azpak.report import PAIR, Report, finding
from azpak.vocabulary import VOICES

__all__ = [
    "ALL", "AT_THE_TIME", "event_series", "events_of_pair", "known_at_the_time",
    "source_series", "span",
]  # fmt: skip

ALL = "all events"
DOCUMENTS = ("official", "dataset")  # types of a source that is a document and not a report
AT_THE_TIME = 1  # years between an event and the first source that has it


@finding
def span(report: Report) -> tuple[int, int]:
    """Return the first full year of Azerbaijan's independence and the last full year of data."""
    starts = periods(report)["start"]
    return min(parse(text).start.year for text in starts) + 1, report.closed.start.year - 1


@finding
def events_of_pair(report: Report) -> pd.DataFrame:
    """Return the active events in which both states take part, as ``report.events`` has them."""
    events = report.events
    return events[events["actors"].map(lambda actors: set(PAIR) <= set(actors))]


def _by_year(report: Report, events: pd.DataFrame) -> pd.Series:
    """Count events by the year in which they begin; 0 where there is none."""
    first, last = span(report)
    if events.empty:
        return pd.Series(0, index=pd.RangeIndex(first, last + 1, name="year"))
    return activity(events.assign(every=""), "every", first, last)[""]


@finding
def event_series(report: Report) -> dict[str, pd.Series]:
    """Count the pair's events by year under different weightings.

    Returns
    -------
    dict of str to pandas.Series
        Number of active events that begin in each year of `span`, by name of the weighting: `ALL`;
        those that two independence groups carry; without the category ``arms``; those that
        happened, without alleged and announced ones and lasting states; those that an act, an
        official document or a data set carries; and, for each stance, those that still have an
        agreeing source when its sources are left out.
    """
    events, claims = events_of_pair(report), report.claims
    agreeing = claims[claims["agreement"] == "agrees"]
    kinds = agreeing["source_id"].map(report.sources["type"])
    proved = agreeing[(agreeing["basis"] == "act") | kinds.isin(DOCUMENTS)]["event_id"]
    chosen = {
        ALL: events,
        "two groups": events[events["n_groups"] >= rules.GROUPS_FOR_HIGH],
        "without arms": events[events["category"] != "arms"],
        "happened": events[events["nature"] == "happened"],
        "documents": events[events.index.isin(proved)],
    }
    for stance, voice in VOICES.items():
        left = agreeing.loc[agreeing["stance"] != stance, "event_id"]
        chosen[f"no {voice} sources"] = events[events.index.isin(left)]
    return {name: _by_year(report, some) for name, some in chosen.items()}


@finding
def source_series(report: Report) -> dict[str, pd.Series]:
    """Count what would break with the growth of online sources alone.

    Returns
    -------
    dict of str to pandas.Series
        By year of `span`: ``sources``, all of the report by year of publication; ``other
        sources``, those of them that speak of no event of the pair; ``other events``, active
        events in which the pair does not take part, gathered in the same way. Sources without a
        year are left out.
    """
    events, claims, pair = report.events, report.claims, events_of_pair(report).index
    speaking = claims.loc[claims["event_id"].isin(pair), "source_id"]
    years = _published(report.sources).dropna().astype("int64")
    first, last = span(report)
    every = pd.RangeIndex(first, last + 1, name="year")

    def by_year(found: pd.Series) -> pd.Series:
        return found.value_counts().reindex(every, fill_value=0).sort_index()

    return {
        "sources": by_year(years),
        "other sources": by_year(years[~years.index.isin(speaking)]),
        "other events": _by_year(report, events[~events.index.isin(pair)]),
    }


def _published(sources: pd.DataFrame) -> pd.Series:
    """Return the year in which each source was published; missing where it is not known."""
    dates = sources["date"].where(sources["date"].notna() & (sources["date"] != ""))
    return dates.map(lambda text: parse(text).start.year, na_action="ignore").astype("Int64")


@finding
def known_at_the_time(report: Report) -> pd.DataFrame:
    """Compute how long after each of the pair's events its first source was published.

    Returns
    -------
    pandas.DataFrame
        By ``event_id``, active events of the pair with an agreeing source of known year: ``year``
        in which the event begins, ``lag`` to the first source in years (an announcement may come
        before: 0 or less), ``at_the_time``, whether that is at most `AT_THE_TIME`.
    """
    events, claims = events_of_pair(report), report.claims
    agreeing = claims[claims["agreement"] == "agrees"]
    told = agreeing["source_id"].map(_published(report.sources)).groupby(agreeing["event_id"])
    begun = events["date"].map(lambda text: parse(text).start.year)
    lag = (told.min().reindex(events.index) - begun).dropna().astype("int64")
    return pd.DataFrame(
        {"year": begun.reindex(lag.index), "lag": lag, "at_the_time": lag <= AT_THE_TIME}
    )
