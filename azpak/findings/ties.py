"""Ties between two sets of states and their largest suppliers: gathered ones, and treaties."""

from __future__ import annotations

import re
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.errors import DataError
from azpak.findings.chronology import periods
from azpak.measures import pairs_of, ties_of
from azpak.report import Report, finding

__all__ = [
    "DOCUMENTS", "LONGEST_POINT", "MEMBERS", "OTHERS", "SETS", "SET_OF", "SHOWN_FROM", "STRANDS",
    "LastYears", "SetTies", "first_year", "gathered", "inside", "last_years", "links", "n_records",
    "of_set", "pairs_inside", "phase_of", "strands", "treaties", "years_of",
]  # fmt: skip

# Two sets as authors speak of axes or blocs; the second joins all that one or another puts beside
# Armenia. The states are in the order in which they are written; the first two name the set.
SETS = {
    "azerbaijan": ("AZE", "PAK", "TUR"),
    "armenia": ("ARM", "IND", "FRA", "GRC", "IRN"),
}
MEMBERS = tuple(state for states in SETS.values() for state in states)
SET_OF = {state: name for name, states in SETS.items() for state in states}
OTHERS = ("RUS", "ISR")  # the largest suppliers of the two recipients, in neither set

# Acts by which two states of the sets established relations: documents signed or exchanged.
RELATIONS = ("1992-diplomatic-relations", "2025-armenia-pakistan-relations")
DOCUMENTS = ("agreement", "declaration")  # the kinds of ties that are documents
# Kinds of ties that are told together.
STRANDS = {
    "arms orders": ("deal",),
    "exercises": ("exercise",),
    "agreements, declarations": DOCUMENTS,
}
LONGEST_POINT = 62  # days, two months: what is known no closer, or lasts longer, has no one month
SHOWN_FROM = 1991  # the year of Azerbaijan's independence: what is older is no tie of the two


def phase_of(report: Report, text: str | None) -> str | None:
    """Return the phase in which the middle of a date lies; None before the first, or undated."""
    if pd.isna(text):
        return None
    date = parse(text)
    middle = date.start + (date.end - date.start) / 2 if date.end else date.start
    begun = [p.phase_id for p in periods(report).itertuples() if parse(p.start).start <= middle]
    return begun[-1] if begun else None


def years_of(report: Report, phase_id: str) -> tuple[int, int | None]:
    """Return the first and the last year of a phase; None for the last of one that goes on."""
    phase = periods(report).set_index("phase_id").loc[phase_id]
    last = None if phase["end"] == ".." else parse(phase["end"]).end.year
    return parse(phase["start"]).start.year, last


@finding
def gathered(report: Report) -> pd.DataFrame:
    """Return the ties between states of the sets and the largest other suppliers, each once.

    Returns
    -------
    pandas.DataFrame
        The columns of `azpak.measures.ties_of`, with ``inside``, the states that belong to a set,
        and ``phase``, missing for a tie without a date or before the first phase.
    """
    names = ("events", "claims", "transfers", "exercises", "arms_deals")
    ties = ties_of(*(report.table(name) for name in names), RELATIONS)
    members = ties["states"].map(lambda states: tuple(s for s in MEMBERS if s in states))
    kept = ties["states"].map(lambda states: sum(s in (*MEMBERS, *OTHERS) for s in states) > 1)
    phase = ties["date"].map(lambda text: phase_of(report, text))
    return ties.assign(inside=members, phase=phase)[kept]


@finding
def links(report: Report) -> pd.DataFrame:
    """Return the certain ties of members and large suppliers as pairs; the undated are left out.

    Returns
    -------
    pandas.DataFrame
        As `azpak.measures.pairs_of` returns them, with ``phase``: a tie of three makes three rows.
    """
    ties = gathered(report)
    ties = ties[ties["certain"] & ties["phase"].notna()]
    return pairs_of(ties, (*MEMBERS, *OTHERS))


@finding
def strands(report: Report) -> pd.DataFrame:
    """Return how many ties of each of `STRANDS` join two states in each phase.

    Returns
    -------
    pandas.DataFrame
        ``phase``, ``a``, ``b``, ``strand`` and ``ties`` (number).
    """
    strand = {kind: name for name, kinds in STRANDS.items() for kind in kinds}
    return (
        links(report)
        .assign(strand=lambda t: t["kind"].map(strand))
        .groupby(["phase", "a", "b", "strand"], sort=True)
        .size()
        .rename("ties")
        .reset_index()
    )


@finding
def inside(report: Report) -> pd.DataFrame:
    """Return the dated ties of two states or more of one set, by date.

    Returns
    -------
    pandas.DataFrame
        ``set``, ``states`` (those of the set, in its order), ``kind``, ``date`` (EDTF),
        ``certain`` and ``tie_id``.
    """
    ties = gathered(report)
    rows = [
        {"set": name, "states": states, "kind": tie.kind, "date": tie.date,
         "certain": bool(tie.certain), "tie_id": tie.tie_id}
        for tie in ties[ties["date"].notna()].itertuples()
        for name, members in SETS.items()
        if len(states := tuple(s for s in members if s in tie.inside)) > 1
        and parse(tie.date).start.year >= SHOWN_FROM
    ]  # fmt: skip
    return pd.DataFrame(rows)


@finding
def treaties(report: Report) -> pd.DataFrame:
    """Return the treaties between members of one set in two data sets that others made.

    Returns
    -------
    pandas.DataFrame
        The columns of `inside`, with ``treaty`` as ``kind``: defence agreements and bilateral
        alliance treaties, to `last_years`. They may be acts that stand among the ties too, and
        are not added to them.
    """
    agreements = report.table("defence_agreements").rename(columns={"record_id": "tie_id"})
    alliances = report.table("alliances_atop")
    alliances = alliances[alliances["bilateral"]].assign(
        tie_id=lambda t: "ATOP " + t["atop_id"].astype(str),
        date=lambda t: t["start_year"].astype(str),
    )
    rows = [
        {"set": name, "states": states, "kind": "treaty", "date": row.date, "certain": True,
         "tie_id": row.tie_id}
        for row in pd.concat([agreements, alliances]).itertuples()
        for name, members in SETS.items()
        if len(states := tuple(s for s in members if s in (row.party_a, row.party_b))) == 2
        and parse(row.date).start.year >= SHOWN_FROM
    ]  # fmt: skip
    return pd.DataFrame(rows).sort_values(["date", "tie_id"]).reset_index(drop=True)


class SetTies(NamedTuple):
    """Ties inside one set.

    Attributes
    ----------
    n_ties, n_treaties
        Gathered ties of two members or more, and treaties of two in the data of others.
    first
        The year of the first gathered tie.
    first_treaty, first_order
        The years of the first treaty and the first certain arms order of the two states that the
        set is named by.
    n_documents
        Agreements and declarations of these two, without a third.
    """

    n_ties: int
    n_treaties: int
    first: int
    first_treaty: int
    first_order: int
    n_documents: int


@finding
def of_set(report: Report, name: str) -> SetTies:
    """Return what is known of the ties inside the set of a name."""
    ties, others = inside(report), treaties(report)
    mine = ties[ties["set"] == name]
    pair = SETS[name][:2]
    return SetTies(
        n_ties=len(mine),
        n_treaties=int((others["set"] == name).sum()),
        first=parse(mine["date"].iloc[0]).start.year,
        first_treaty=first_year(others, pair),
        first_order=first_year(ties[(ties["kind"] == "deal") & ties["certain"]], pair),
        n_documents=int(ties.loc[ties["states"] == pair, "kind"].isin(DOCUMENTS).sum()),
    )


def first_year(rows: pd.DataFrame, states: tuple[str, ...]) -> int:
    """Return the year of the first of the rows that joins these states and no other."""
    return min(parse(text).start.year for text in rows.loc[rows["states"] == states, "date"])


class LastYears(NamedTuple):
    """The years in which two data sets of treaties end.

    Attributes
    ----------
    agreements
        Of the table ``defence_agreements``: the year of its last record.
    alliances
        Of the table ``alliances_atop``: as its description says.
    """

    agreements: int
    alliances: int


@finding
def last_years(report: Report) -> LastYears:
    """Return the years in which the two data sets of treaties end.

    Raises
    ------
    DataError
        If the description of ``alliances_atop`` does not say when it ends.
    """
    described = report.resource("alliances_atop")["description"]
    ended = re.search(r"data end in (\d{4})", described)
    if ended is None:
        raise DataError(
            "the description of the table alliances_atop does not say when its data end",
            file=report.folder / "datapackage.json",
            way_out="Write it there: data end in, and the year",
        )
    last = report.table("defence_agreements")["date"].str[:4].max()
    return LastYears(int(last), int(ended[1]))


@finding
def n_records(report: Report, a: str, b: str) -> int:
    """Return the number of defence agreements of two states in the data, since `SHOWN_FROM`."""
    records = report.table("defence_agreements")
    pair = records["party_a"].isin([a, b]) & records["party_b"].isin([a, b])
    return int((pair & (records["date"].str[:4].astype(int) >= SHOWN_FROM)).sum())


def pairs_inside() -> list[tuple[str, str]]:
    """Return every pair of two members of one set, the first set before the second."""
    return [pair for states in SETS.values() for pair in combinations(states, 2)]
