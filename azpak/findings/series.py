"""The yearly series in which the phases are looked for: the report's own events, and others'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from azpak.evidence import rules
from azpak.vocabulary import VOICES
from azpak.dates import parse
from azpak.evidence import Evidence
from azpak.measures.counts import activity

__all__ = [
    "PAIR", "Outside", "country_series", "dyads_of", "event_series", "events_of_pair",
    "known_at_the_time", "pair_series", "source_series", "yearly_agreement", "yearly_distance",
]  # fmt: skip

PAIR = ("AZE", "PAK")
FEWEST_VOTES = 10  # common votes of a year, as in the table of ranks
VOTES = ("y", "a", "n")
DOCUMENTS = ("official", "dataset")
AT_THE_TIME = 1  # years between an event and the first source that has it


@dataclass(frozen=True)
class Outside:
    """A series that owes nothing to the events gathered here.

    Attributes
    ----------
    name
        What it counts.
    about
        ``pair``, or the state it is about.
    family
        One of `azpak.measures.partitions.FAMILIES`.
    values
        By year; for ``shares`` the successes.
    trials
        For ``shares``, by year.
    release
        Where it comes from.
    kind
        The measure that other pairs of states have too (``share``, ``kappa``, ``distance``);
        empty where they have none.
    """

    name: str
    about: str
    family: str
    values: pd.Series = field(repr=False)
    release: str
    trials: np.ndarray | None = field(default=None, repr=False)
    kind: str = ""


def events_of_pair(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events in which both states take part."""
    return events[events["actors"].map(lambda actors: set(PAIR) <= set(actors))]


def counted(events: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Count events by year, as `azpak.measures.activity` does; 0 where there is none."""
    if events.empty:
        return pd.Series(0, index=pd.RangeIndex(first, last + 1, name="year"))
    return activity(events.assign(every=""), "every", first, last)[""]


def event_series(evidence: Evidence, first: int, last: int) -> dict[str, pd.Series]:
    """Count the pair's events by year under different weightings.

    Parameters
    ----------
    evidence
        Events, claims and sources.
    first, last
        First and last year, both full years.

    Returns
    -------
    dict of str to pandas.Series
        Number of active events that begin in each year, by name of the weighting: all; those
        that two independence groups carry; without the category ``arms``; those that happened,
        without alleged and announced ones and lasting states; those that an act, an official
        document or a data set carries; and, for each stance, those that still have an agreeing
        source when its sources are left out.
    """
    table = events_of_pair(evidence.event_table())
    agreeing = evidence.claims[evidence.claims["agreement"] == "agrees"]
    kinds = agreeing["source_id"].map(evidence.sources["type"])
    proved = agreeing[(agreeing["basis"] == "act") | kinds.isin(DOCUMENTS)]["event_id"]
    chosen = {
        "all events": table,
        "two groups": table[table["n_groups"] >= rules.GROUPS_FOR_HIGH],
        "without arms": table[table["category"] != "arms"],
        "happened": table[table["nature"] == "happened"],
        "documents": table[table.index.isin(proved)],
    }
    for stance, voice in VOICES.items():
        left = agreeing[agreeing["source_id"].map(evidence.sources["stance"]) != stance]
        chosen[f"no {voice} sources"] = table[table.index.isin(left["event_id"])]
    return {name: counted(events, first, last) for name, events in chosen.items()}


def source_series(evidence: Evidence, first: int, last: int) -> dict[str, pd.Series]:
    """Count what would break with the growth of online sources alone.

    Returns
    -------
    dict of str to pandas.Series
        By year: ``sources``, all of the report by year of publication; ``other sources``, those
        of them that speak of no event of the pair; ``other events``, active events in which the
        pair does not take part, gathered in the same way. Sources without a year are left out.
    """
    table = evidence.event_table()
    pair = events_of_pair(table).index
    speaking = evidence.claims.loc[evidence.claims["event_id"].isin(pair), "source_id"]
    years = published(evidence.sources).dropna().astype("int64")
    span = pd.RangeIndex(first, last + 1, name="year")

    def by_year(found: pd.Series) -> pd.Series:
        return found.value_counts().reindex(span, fill_value=0).sort_index()

    return {
        "sources": by_year(years),
        "other sources": by_year(years[~years.index.isin(speaking)]),
        "other events": counted(table[~table.index.isin(pair)], first, last),
    }


def published(sources: pd.DataFrame) -> pd.Series:
    """Return the year in which each source was published; missing where it is not known."""
    dates = sources["date"].where(sources["date"].notna() & (sources["date"] != ""))
    return dates.map(lambda text: parse(text).start.year, na_action="ignore").astype("Int64")


def known_at_the_time(evidence: Evidence) -> pd.DataFrame:
    """Compute how long after each of the pair's events its first source was published.

    Returns
    -------
    pandas.DataFrame
        Active events of the pair with an agreeing source of known year: ``year`` in which the
        event begins, ``lag`` to the first source in years (an announcement may come before: 0 or
        less), ``at_the_time``, whether that is at most `AT_THE_TIME`.
    """
    table = events_of_pair(evidence.event_table())
    agreeing = evidence.claims[evidence.claims["agreement"] == "agrees"]
    told = agreeing["source_id"].map(published(evidence.sources)).groupby(agreeing["event_id"])
    begun = table["date"].map(lambda text: parse(text).start.year)
    lag = (told.min().reindex(table.index) - begun).dropna().astype("int64")
    return pd.DataFrame(
        {"year": begun.reindex(lag.index), "lag": lag, "at_the_time": lag <= AT_THE_TIME}
    )


def yearly_agreement(rollcalls: pd.DataFrame, a: str, b: str) -> pd.DataFrame:
    """Compute how two states agreed in each year's recorded votes on whole resolutions.

    The columns ``n_votes``, ``n_same`` and ``kappa`` of `azpak.measures.agreement`, which it
    equals, for many pairs of states in a short time. Years with fewer than `FEWEST_VOTES` common
    votes are left out.
    """
    votes = rollcalls[rollcalls["whole"] & rollcalls[a].isin(VOTES) & rollcalls[b].isin(VOTES)]
    years = votes["month"].str[:4].astype("int64").to_numpy()
    first, span = years.min(initial=9999), np.ptp(years) + 1 if len(years) else 0
    cells = (years - first) * 9 + votes[a].map(VOTES.index) * 3 + votes[b].map(VOTES.index)
    table = np.bincount(cells, minlength=9 * span).reshape(span, 3, 3)
    n, same = table.sum(axis=(1, 2)), np.trace(table, axis1=1, axis2=2)
    expected = (table.sum(axis=2) * table.sum(axis=1)).sum(axis=1) / np.maximum(n, 1) ** 2
    left = np.where(expected < 1, 1 - expected, np.nan)
    found = pd.DataFrame(
        {"n_votes": n, "n_same": same, "kappa": (same / np.maximum(n, 1) - expected) / left},
        index=pd.RangeIndex(first, first + span, name="year"),
    )
    return found[found["n_votes"] >= FEWEST_VOTES]


def yearly_distance(points: pd.DataFrame, a: str, b: str) -> pd.Series:
    """Return the distance between the ideal points of two states by year, without unit."""
    wide = points.pivot(index="year", columns="iso3", values="ideal_point_all")
    return (wide[a] - wide[b]).abs().dropna()


def dyads_of(kind: str, rollcalls: pd.DataFrame, points: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs of one of the two states with every third state that a measure has."""
    if kind == "distance":
        states = set(points["iso3"])
    else:
        states = {column for column in rollcalls.columns if len(column) == 3 and column.isupper()}
    return [(own, other) for own in PAIR for other in sorted(states - set(PAIR))]


def of_dyad(kind: str, rollcalls: pd.DataFrame, points: pd.DataFrame, a: str, b: str) -> Outside:
    """Return one of the three readings of the votes for a pair of states."""
    if kind == "distance":
        values, trials = yearly_distance(points, a, b), None
        name, release = "Distance of ideal points", points["release"].iloc[0]
    else:
        votes = yearly_agreement(rollcalls, a, b)
        release = (
            "United Nations General Assembly Voting Data, votes to June 2024, whole resolutions"
        )
        values = votes["n_same"] if kind == "share" else votes["kappa"]
        trials = votes["n_votes"].to_numpy() if kind == "share" else None
        name = "Votes alike" if kind == "share" else "Votes alike, beyond chance (kappa)"
    family = "shares" if kind == "share" else "normal"
    return Outside(name, "pair", family, values, release, trials, kind)


def of_years(rows: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Return the values of a series by year, 0 in years without a row."""
    return rows.groupby("year")["value"].sum().reindex(range(first, last + 1), fill_value=0.0)


def pair_series(tables: Mapping[str, pd.DataFrame]) -> list[Outside]:
    """Return the series about the pair that owe nothing to the events gathered here.

    Parameters
    ----------
    tables
        By name: ``unga_rollcalls``, ``unga_ideal_points``, ``arms_transfers_tiv``,
        ``defence_agreements``, ``alliances_atop``, ``visitors`` and ``trade``.

    Returns
    -------
    list of Outside
        Votes alike, kappa, distance of ideal points, arms delivered by Pakistan to Azerbaijan,
        defence agreements, alliance treaties, visitors from Pakistan, turnover of trade. Some are
        too short or empty: `azpak.measures.breaks.find_breaks` says so.
    """
    calls, points = tables["unga_rollcalls"], tables["unga_ideal_points"]
    votes = [of_dyad(kind, calls, points, *PAIR) for kind in ("share", "kappa", "distance")]
    tiv = tables["arms_transfers_tiv"].query("indicator == 'tiv_deliveries'")
    sold = tiv[(tiv["supplier"] == PAIR[1]) & (tiv["recipient"] == PAIR[0])]
    signed = tables["defence_agreements"]
    ours = signed[signed[["party_a", "party_b"]].isin(PAIR).all(axis=1)]
    allied = tables["alliances_atop"]
    allies = allied[allied[["party_a", "party_b"]].isin(PAIR).all(axis=1)]
    # The data sets of treaties state their last years; a year without a record has none.
    agreements = of_years(
        pd.DataFrame({"year": ours["date"].str[:4].astype("int64"), "value": 1.0}), 1991, 2010
    )
    memberships = of_years(
        pd.DataFrame({"year": allies["start_year"].astype("int64"), "value": 1.0}), 1991, 2018
    )
    deliveries = of_years(sold, int(tiv["year"].min()), int(tiv["year"].max()))
    return [
        *votes,
        Outside("Arms from Pakistan, TIV", "pair", "normal", deliveries, tiv["release"].iloc[0]),
        Outside("Defence agreements signed", "pair", "counts", agreements,
                signed["release"].iloc[0]),
        Outside("Alliance treaties", "pair", "counts", memberships, allied["release"].iloc[0]),
        Outside("Visitors from Pakistan", "pair", "normal",
                published_years(tables["visitors"], "origin", "destination", "visitors_low"),
                "official figures quoted by the press"),
        Outside("Trade turnover", "pair", "normal",
                published_years(tables["trade"], "reporter", "partner", "turnover"),
                "official figures quoted by the press"),
    ]  # fmt: skip


def published_years(rows: pd.DataFrame, one: str, other: str, value: str) -> pd.Series:
    """Return official figures for whole years between the two states.

    Where several stand for one year the first is taken: what is asked here is for how many years
    there is one. Years without one are left out.
    """
    mine = rows[
        (rows[one] == (PAIR[1] if one == "origin" else PAIR[0]))
        & (rows[other] == (PAIR[0] if one == "origin" else PAIR[1]))
        & (rows["period_type"] == "year")
        & rows["status"].str.startswith("official")
        & rows[value].notna()
    ]
    years = mine["period"].str[:4].astype("int64")
    return mine.assign(year=years).groupby("year")[value].first().astype("float64")


def country_series(tables: Mapping[str, pd.DataFrame]) -> list[Outside]:
    """Return series about one of the two states, which are context and support no boundary.

    Parameters
    ----------
    tables
        By name: ``arms_transfers_tiv``, ``defence_agreements_counts``,
        ``joint_exercises_country_year``, ``milex_sipri`` and ``unga_ideal_points``.

    Returns
    -------
    list of Outside
        Arms to Azerbaijan from all (logarithm of TIV and 1), defence agreements and exercises of
        each state with any partner, military spending of each (logarithm of constant dollars),
        ideal point of each.
    """
    tiv = tables["arms_transfers_tiv"].query("indicator == 'tiv_deliveries'")
    bought = of_years(
        tiv[(tiv["recipient"] == PAIR[0]) & (tiv["supplier"] != "ALL")],
        int(tiv["year"].min()), int(tiv["year"].max()),
    )  # fmt: skip
    found = [
        Outside("Arms from all suppliers", PAIR[0], "normal", np.log1p(bought),
                tiv["release"].iloc[0])
    ]  # fmt: skip
    counts = {
        "Defence agreements, any partner": tables["defence_agreements_counts"],
        "Exercises, any partner": tables["joint_exercises_country_year"],
    }
    for name, rows in counts.items():
        span = int(rows["year"].min()), int(rows["year"].max())
        for state in PAIR:
            mine = of_years(rows[rows["iso3"] == state], *span)
            found.append(Outside(name, state, "counts", mine, rows["release"].iloc[0]))
    spent = tables["milex_sipri"].query("indicator == 'milex_constant_2024_usd'")
    points = tables["unga_ideal_points"]
    for state in PAIR:
        mine = spent[spent["iso3"] == state].set_index("year")["value"].dropna().sort_index()
        found.append(Outside("Military spending", state, "normal", np.log(without_gap(mine)),
                             spent["release"].iloc[0]))  # fmt: skip
        mine = points[points["iso3"] == state].set_index("year")["ideal_point_all"].dropna()
        found.append(Outside("Ideal point", state, "normal", without_gap(mine.sort_index()),
                             points["release"].iloc[0]))  # fmt: skip
    return found


def without_gap(values: pd.Series) -> pd.Series:
    """Return the years after the last gap."""
    gaps = np.flatnonzero(np.diff(values.index.to_numpy()) != 1)
    return values.iloc[gaps[-1] + 1 :] if len(gaps) else values
