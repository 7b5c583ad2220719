"""The yearly series that owe nothing to the events gathered here: votes, arms, treaties, trade."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from azpak.dates import parse
from azpak.measures.yearly import after_gap, summed, yearly_agreement, yearly_distance
from azpak.report import PAIR, Report, finding

__all__ = [
    "AGREEMENTS", "ARMS", "DISTANCE", "KAPPA", "SHARE", "VISITORS", "Outside",
    "country_series", "other_dyads", "pair_series", "third_states", "votes_of",
]  # fmt: skip

SHARE, KAPPA, DISTANCE = (
    "Votes alike", "Votes alike, beyond chance (kappa)", "Distance of ideal points",
)  # fmt: skip
ARMS, AGREEMENTS, VISITORS = (
    "Arms from Pakistan, TIV", "Defence agreements signed", "Visitors from Pakistan",
)  # fmt: skip
VOTING = {"share": SHARE, "kappa": KAPPA, "distance": DISTANCE}

# The data sets of treaties state their last years; a year without a record has none.
AGREEMENT_YEARS, ALLIANCE_YEARS = (1991, 2010), (1991, 2018)
QUOTED = "official figures quoted by the press"


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
    release
        Where it comes from.
    trials
        For ``shares``, by year.
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

    @property
    def whole(self) -> bool:
        """Whether there is a value in every year."""
        follow = (np.diff(self.values.index) == 1).all()
        return bool(self.values.notna().all() and follow)


def votes_of(report: Report, kind: str, a: str, b: str) -> Outside:
    """Return one of the three readings of the votes for a pair of states."""
    family = "shares" if kind == "share" else "normal"
    if kind == "distance":
        points = report.table("unga_ideal_points")
        values, release = yearly_distance(points, a, b), points["release"].iloc[0]
        return Outside(DISTANCE, "pair", family, values, release, kind=kind)
    votes = yearly_agreement(report.table("unga_rollcalls"), a, b)
    values = votes["n_same"] if kind == "share" else votes["kappa"]
    trials = votes["n_votes"].to_numpy() if kind == "share" else None
    last = parse(report.table("unga_rollcalls")["month"].max()).display()
    release = f"United Nations General Assembly Voting Data, votes to {last}, whole resolutions"
    return Outside(VOTING[kind], "pair", family, values, release, trials, kind)


@finding
def third_states(report: Report, kind: str) -> tuple[str, ...]:
    """Return the states other than the two that a measure of votes has, in order of their codes."""
    if kind == "distance":
        states = set(report.table("unga_ideal_points")["iso3"])
    else:
        columns = report.table("unga_rollcalls").columns
        states = {column for column in columns if len(column) == 3 and column.isupper()}
    return tuple(sorted(states - set(PAIR)))


@finding
def other_dyads(report: Report, kind: str) -> dict[str, list[Outside]]:
    """Return a measure of votes in the dyads of each of the two with every third state.

    Dyads with a year in which the measure cannot be computed are left out.
    """
    found = {
        own: [votes_of(report, kind, own, third) for third in third_states(report, kind)]
        for own in PAIR
    }
    return {own: [dyad for dyad in dyads if dyad.whole] for own, dyads in found.items()}


@finding
def pair_series(report: Report) -> list[Outside]:
    """Return the series about the pair that owe nothing to the events gathered here.

    Returns
    -------
    list of Outside
        Votes alike, kappa, distance of ideal points, arms delivered by Pakistan to Azerbaijan (in
        millions of trend-indicator value), defence agreements, alliance treaties, visitors from
        Pakistan, turnover of trade. Some are too short or empty, which
        `azpak.measures.breaks.find_breaks` says.
    """
    tiv = _deliveries(report)
    sold = tiv[(tiv["supplier"] == PAIR[1]) & (tiv["recipient"] == PAIR[0])]
    arms = summed(sold, int(tiv["year"].min()), int(tiv["year"].max()))
    signed, allied = report.table("defence_agreements"), report.table("alliances_atop")
    agreements = _treaties(signed, signed["date"].str[:4], *AGREEMENT_YEARS)
    alliances = _treaties(allied, allied["start_year"], *ALLIANCE_YEARS)
    visitors = _published(report.table("visitors"), "origin", "destination", "visitors_low")
    trade = _published(report.table("trade"), "reporter", "partner", "turnover")
    return [
        *(votes_of(report, kind, *PAIR) for kind in VOTING),
        Outside(ARMS, "pair", "normal", arms, tiv["release"].iloc[0]),
        Outside(AGREEMENTS, "pair", "counts", agreements, signed["release"].iloc[0]),
        Outside("Alliance treaties", "pair", "counts", alliances, allied["release"].iloc[0]),
        Outside(VISITORS, "pair", "normal", visitors, QUOTED),
        Outside("Trade turnover", "pair", "normal", trade, QUOTED),
    ]


def _deliveries(report: Report) -> pd.DataFrame:
    """Return the register of arms, what was delivered."""
    return report.table("arms_transfers_tiv").query("indicator == 'tiv_deliveries'")


def _treaties(rows: pd.DataFrame, years: pd.Series, first: int, last: int) -> pd.Series:
    """Count treaties between the two states by year."""
    ours = rows[["party_a", "party_b"]].isin(PAIR).all(axis=1)
    return summed(pd.DataFrame({"year": years[ours].astype("int64"), "value": 1.0}), first, last)


def _published(rows: pd.DataFrame, one: str, other: str, value: str) -> pd.Series:
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


@finding
def country_series(report: Report) -> list[Outside]:
    """Return series about one of the two states, which are context and support no boundary.

    Returns
    -------
    list of Outside
        Arms to Azerbaijan from all (logarithm of TIV and 1), defence agreements and exercises of
        each state with any partner, military spending of each (logarithm of constant dollars),
        ideal point of each.
    """
    tiv = _deliveries(report)
    bought = tiv[(tiv["recipient"] == PAIR[0]) & (tiv["supplier"] != "ALL")]
    arms = np.log1p(summed(bought, int(tiv["year"].min()), int(tiv["year"].max())))
    found = [Outside("Arms from all suppliers", PAIR[0], "normal", arms, tiv["release"].iloc[0])]
    counts = {
        "Defence agreements, any partner": report.table("defence_agreements_counts"),
        "Exercises, any partner": report.table("joint_exercises_country_year"),
    }
    for name, rows in counts.items():
        first, last = int(rows["year"].min()), int(rows["year"].max())
        for state in PAIR:
            mine = summed(rows[rows["iso3"] == state], first, last)
            found.append(Outside(name, state, "counts", mine, rows["release"].iloc[0]))
    spent = report.table("milex_sipri").query("indicator == 'milex_constant_2024_usd'")
    points = report.table("unga_ideal_points")
    for state in PAIR:
        dollars = np.log(_latest(spent, state, "value"))
        ideal = _latest(points, state, "ideal_point_all")
        found += [
            Outside("Military spending", state, "normal", dollars, spent["release"].iloc[0]),
            Outside("Ideal point", state, "normal", ideal, points["release"].iloc[0]),
        ]
    return found


def _latest(rows: pd.DataFrame, state: str, value: str) -> pd.Series:
    """Return the values of a state by year, those after the last gap."""
    return after_gap(rows[rows["iso3"] == state].set_index("year")[value].dropna().sort_index())
