"""The yearly series that owe nothing to the events gathered here: votes, arms, treaties, trade."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from azpak.dates import parse
from azpak.findings import vote_panel
from azpak.measures.additive import residuals
from azpak.measures.yearly import after_gap, summed, yearly_agreement, yearly_distance
from azpak.report import PAIR, Report, finding

__all__ = [
    "AGREEMENTS", "ARMS", "BOTH", "DISTANCE", "KAPPA", "MEASURES", "PLAIN_KAPPA", "SHARE",
    "VISITORS", "Outside", "beyond", "country_series", "pair_series", "votes_of",
]  # fmt: skip

BOTH = "both"  # about the two states, each with what it does towards all
SHARE, KAPPA, DISTANCE = (
    "Votes alike, beyond each state's part", "Kappa, beyond each state's part",
    "Distance of ideal points, beyond each state's part",
)  # fmt: skip
PLAIN_KAPPA = "Votes alike, beyond chance (kappa)"
ARMS, AGREEMENTS, VISITORS = (
    "Arms from Pakistan, TIV", "Defence agreements signed", "Visitors from Pakistan",
)  # fmt: skip
VOTING = {"share": "Votes alike", "kappa": PLAIN_KAPPA, "distance": "Distance of ideal points"}
MEASURES = ("share_same", "kappa")  # of agreement, that the rule asks
NAMES = {"share_same": SHARE, "kappa": KAPPA}

# The data sets of treaties state their last years; a year without a record has none.
AGREEMENT_YEARS, ALLIANCE_YEARS = (1991, 2010), (1991, 2018)
FEWEST_PLACED = 8  # states with an ideal point, in a year with a part for each
QUOTED = "official figures quoted by the press"


@dataclass(frozen=True)
class Outside:
    """A series that owes nothing to the events gathered here.

    Attributes
    ----------
    name
        What it counts.
    about
        ``pair``, `BOTH` states, or the state it is about.
    family
        One of `azpak.measures.partitions.FAMILIES`.
    values
        By year; for ``shares`` the successes.
    release
        Where it comes from.
    trials
        For ``shares``, by year.
    kind
        The measure of votes (of `azpak.measures.votes.PANEL`, or ``distance``); empty where the
        series is of something else.
    """

    name: str
    about: str
    family: str
    values: pd.Series = field(repr=False)
    release: str
    trials: np.ndarray | None = field(default=None, repr=False)
    kind: str = ""


def votes_of(report: Report, kind: str, a: str, b: str) -> Outside:
    """Return one of the three readings of the votes for a pair of states."""
    family = "shares" if kind == "share" else "normal"
    if kind == "distance":
        points = report.table("unga_ideal_points")
        values, release = yearly_distance(points, a, b), points["release"].iloc[0]
        return Outside(VOTING[kind], BOTH, family, values, release, kind=kind)
    votes = yearly_agreement(report.table("unga_rollcalls"), a, b)
    values = votes["n_same"] if kind == "share" else votes["kappa"]
    trials = votes["n_votes"].to_numpy() if kind == "share" else None
    return Outside(VOTING[kind], BOTH, family, values, _votes_release(report), trials, kind)


@finding
def beyond(report: Report, measure: str, absent: str = "left out") -> Outside:
    """Return a measure of the votes of the two, less the part that each state has towards all.

    Parameters
    ----------
    measure
        One of `azpak.measures.votes.PANEL`, or ``distance`` for that of ideal points.
    absent
        How an absence counts, as in `azpak.findings.vote_panel.READINGS`.
    """
    if measure == "distance":
        points = report.table("unga_ideal_points")
        return Outside(
            DISTANCE, "pair", "normal", _distance_beyond(points), points["release"].iloc[0],
            kind=measure,
        )  # fmt: skip
    values = vote_panel.beyond(report, measure, absent)
    plain = vote_panel.NAMES[measure]
    name = NAMES.get(measure, f"{plain[0].upper()}{plain[1:]}, beyond each state's part")
    return Outside(name, "pair", "normal", values, _votes_release(report), kind=measure)


def _distance_beyond(points: pd.DataFrame) -> pd.Series:
    """Return by year what the distance of the two is beyond each state's part."""
    wide = points.pivot(index="year", columns="iso3", values="ideal_point_all")
    found = {}
    for year, row in wide.iterrows():
        placed = row.dropna()
        if not {*PAIR} <= {*placed.index} or len(placed) < FEWEST_PLACED:
            continue
        pairs = pd.Series({(a, b): abs(placed[a] - placed[b])
                           for a, b in combinations(placed.index, 2)})  # fmt: skip
        found[int(year)] = residuals(pairs)[PAIR]
    return pd.Series(found, dtype="float64").rename_axis("year")


def _votes_release(report: Report) -> str:
    last = parse(report.table("unga_rollcalls")["month"].max()).display()
    return f"United Nations General Assembly Voting Data, votes to {last}, whole resolutions"


@finding
def pair_series(
    report: Report,
    measures: tuple[str, ...] = MEASURES,
    additive: bool = True,
    absent: str = "left out",
) -> list[Outside]:
    """Return the series about the pair that owe nothing to the events gathered here.

    Parameters
    ----------
    measures
        The measures of agreement in votes.
    additive
        Whether each state's part towards all is taken off; if not, share, kappa and distance are
        returned as they are.
    absent
        How an absence counts, as in `azpak.findings.vote_panel.READINGS`.

    Returns
    -------
    list of Outside
        The votes by each measure, distance of ideal points, arms delivered by Pakistan to
        Azerbaijan (in
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
    read = [beyond(report, measure, absent) for measure in measures]
    read = [*read, beyond(report, "distance")]
    return [
        *(read if additive else [votes_of(report, kind, *PAIR) for kind in VOTING]),
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
        The votes of the two as they are; arms to Azerbaijan from all (logarithm of TIV and 1),
        defence agreements and exercises of
        each state with any partner, military spending of each (logarithm of constant dollars),
        ideal point of each.
    """
    tiv = _deliveries(report)
    bought = tiv[(tiv["recipient"] == PAIR[0]) & (tiv["supplier"] != "ALL")]
    arms = np.log1p(summed(bought, int(tiv["year"].min()), int(tiv["year"].max())))
    found = [votes_of(report, kind, *PAIR) for kind in VOTING]
    found += [Outside("Arms from all suppliers", PAIR[0], "normal", arms, tiv["release"].iloc[0])]
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
