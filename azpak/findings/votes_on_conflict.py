"""Recorded votes that concern the conflict over Karabakh, and the wrong code of one of them."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, parse
from azpak.errors import DataError
from azpak.findings.roll_calls import voters
from azpak.findings.votes import LONGEST, PERIODS, rollcalls
from azpak.measures import agreement_by_period
from azpak.report import PAIR, Report, finding
from azpak.text import decimal, per_cent, span_of_years, whole

__all__ = [
    "COMPARED", "UKRAINE", "Adopted", "Motions", "clause_rows", "clauses", "correction",
    "correction_rows", "india_abstained", "key_rows", "motions", "resolution",
]  # fmt: skip

# Votes on parts of the yearly resolutions on cooperation between the United Nations and the OSCE.
# The roll calls bear no subject; that of the votes of two years was seen in what was published
# then.
OSCE = ("R/51/57", "R/52/22", "R/53/85", "R/54/117", "R/55/179", "R/56/216", "R/57/298")

CONFLICT, UKRAINE = "A/RES/62/243", "A/RES/68/262"
AS_RELEASED = "c-2008-unga-resolution-62-243-05"  # the claim on how the data set codes Pakistan
CODES = {"abstained": "a", "in favour": "y"}  # the words of the claims, as the roll calls code them

# What is handed out of the agreement as corrected and as released.
COMPARED = [
    "period", "n_votes", "n_same", "n_same_released", "share_same", "share_same_released",
    "s_index", "s_index_released", "kappa", "kappa_released",
]  # fmt: skip

WORDS = {"yes": "Yes", "no": "No", "abstain": "Abstained"}  # heads of the table of key votes
NO_VOTE = "No vote"
# The states are listed in this order, others after them.
ORDER = ("AZE", "PAK", "TUR", "ARM", "IND", "KAZ")


class Adopted(NamedTuple):
    """A resolution that was put to the vote.

    Attributes
    ----------
    rcid
        Its roll call.
    number
        Its number, such as ``62/243``.
    date
        When it was adopted.
    yes, no, abstained
        Members that voted so; None where the table does not have the tally.
    """

    rcid: str
    number: str
    date: Date
    yes: int | None
    no: int | None
    abstained: int | None


@finding
def resolution(report: Report, name: str = CONFLICT) -> Adopted:
    """Return one of the resolutions that were adopted, by default that on the conflict itself.

    Raises
    ------
    DataError
        If the table of key votes has no such resolution.
    """
    votes = report.table("unga_key_votes")
    rows = votes[(votes["resolution"] == name) & (votes["kind"] == "resolution adopted")]
    if rows.empty:
        raise DataError(
            "there are no votes on this resolution",
            file=report.folder / "indicators" / "unga_key_votes.csv", value=name,
        )  # fmt: skip
    row = rows.iloc[0]
    tally = [None] * 3 if pd.isna(row["tally"]) else map(int, row["tally"].split("-"))
    return Adopted(row["rcid"], name.removeprefix("A/RES/"), parse(row["date"]), *tally)


class Motions(NamedTuple):
    """Procedural motions on an amendment about the conflict.

    Attributes
    ----------
    n
        How many.
    first, last
        When the first and the last were voted on.
    """

    n: int
    first: Date
    last: Date


@finding
def motions(report: Report) -> Motions:
    """Return the procedural motions that Armenia moved and Pakistan voted on like Azerbaijan.

    Raises
    ------
    DataError
        If Azerbaijan and Pakistan did not both vote against each.
    """
    votes = report.table("unga_key_votes")
    rows = votes[votes["kind"] == "procedural motion"].sort_values("date")
    cast = rows[rows["iso3"].isin(PAIR)]
    n = rows["rcid"].nunique()
    if len(cast) != len(PAIR) * n or not (cast["vote"] == "no").all():
        raise DataError(
            "Azerbaijan and Pakistan did not vote against every motion",
            file=report.folder / "indicators" / "unga_key_votes.csv",
        )
    return Motions(n, parse(rows["date"].iloc[0]), parse(rows["date"].iloc[-1]))


@finding
def clauses(report: Report) -> pd.DataFrame:
    """Return the votes on parts of the resolutions on cooperation with the OSCE, by month.

    Returns
    -------
    pandas.DataFrame
        Rows and columns of the table ``unga_rollcalls``.

    Raises
    ------
    DataError
        If Azerbaijan or Pakistan did not vote for one of them, or any state but Armenia against.
    """
    calls = report.table("unga_rollcalls")
    rows = calls[calls["resolution"].isin(OSCE) & ~calls["whole"]].sort_values("month")
    file = report.folder / "indicators" / "unga_rollcalls.csv"
    if not (rows[list(PAIR)] == "y").all(axis=None):
        raise DataError("Azerbaijan and Pakistan did not both vote for every clause", file=file)
    states = voters(calls)
    against = (rows[states] == "n").any()
    alone = list(against.index[against])
    if alone != ["ARM"]:
        raise DataError("Armenia is not the only one against a clause", file=file, value=alone)
    return rows


@finding
def india_abstained(report: Report) -> int:
    """Return on how many clauses, the last ones, India abstained.

    Raises
    ------
    DataError
        If India abstained on one and not on all after it.
    """
    abstained = (clauses(report)["IND"] == "a").to_numpy(dtype=bool)
    n = int(abstained.sum())
    if not abstained[-n:].all():
        raise DataError(
            "the clauses on which India abstained are not the last ones",
            file=report.folder / "indicators" / "unga_rollcalls.csv",
        )
    return n


@finding
def key_rows(report: Report) -> pd.DataFrame:
    """Return who voted how on each question of the table of key votes.

    Returns
    -------
    pandas.DataFrame
        ``Question``; ``Yes``, ``No``, ``Abstained`` and ``No vote``: names of states, or None.
    """
    votes = report.table("unga_key_votes")
    last = len(ORDER)
    votes = votes.assign(
        place=[ORDER.index(state) if state in ORDER else last for state in votes["iso3"]],
        column=votes["vote"].map(WORDS).fillna(NO_VOTE),
    ).sort_values(["date", "rcid", "place", "iso3"])
    rows = []
    for _, cast in votes.groupby("rcid", sort=False):
        one = cast.iloc[0]
        row = {"Question": f"{one['resolution']}, {one['kind']}, {parse(one['date']).display()}"}
        for column in (*WORDS.values(), NO_VOTE):
            row[column] = report.names_of(cast.loc[cast["column"] == column, "iso3"]) or None
        rows.append(row)
    return pd.DataFrame(rows, dtype=object)


@finding
def clause_rows(report: Report) -> pd.DataFrame:
    """Return who voted how on each clause.

    Returns
    -------
    pandas.DataFrame
        ``Vote``, ``Yes`` (how many states), ``Abstained`` and ``No`` (their names, or None).
    """
    votes = clauses(report)
    states = voters(votes)
    rows = []
    for _, vote in votes.iterrows():
        cast = vote[states]
        name = vote["resolution"].replace("R/", "A/RES/")
        rows.append(
            {
                "Vote": f"{name}, {parse(vote['month']).display()}",
                "Yes": whole((cast == "y").sum()),
                "Abstained": report.names_of(cast.index[cast == "a"]) or None,
                "No": report.names_of(cast.index[cast == "n"]) or None,
            }
        )
    return pd.DataFrame(rows, dtype=object)


@finding
def correction(report: Report) -> pd.DataFrame:
    """Return the agreement of the two with the vote on 62/243 as corrected and as released.

    Returns
    -------
    pandas.DataFrame
        A row for the year of the vote, the span of `azpak.findings.votes.PERIODS` that holds it
        and the longest: the columns of `azpak.measures.coders_by_period`, and all but
        ``period`` a second time with ``_released``.

    Raises
    ------
    DataError
        If the claim on the wrong code gives no vote, or the right one.
    """
    vote = resolution(report)
    right = rollcalls(report)
    claim = report.claims.loc[AS_RELEASED, "value_norm"]
    here = right["rollcall_id"] == vote.rcid
    if claim not in CODES or not (right.loc[here, "PAK"] != CODES[claim]).all() or here.sum() != 1:
        raise DataError(
            "the vote as released is no vote, or the one that the roll calls have",
            file=report.folder / "claims.csv", value=claim,
        )  # fmt: skip
    wrong = right.assign(PAK=right["PAK"].mask(here, CODES[claim]))
    year = vote.date.start.year
    holding = next(span for span in PERIODS if span[0] <= year <= span[1])
    spans = [(year, year), holding, LONGEST]
    found = (agreement_by_period(calls, *PAIR, spans) for calls in (right, wrong))
    return next(found).merge(next(found), on="period", suffixes=("", "_released"))


@finding
def correction_rows(report: Report) -> pd.DataFrame:
    """Return the agreement as corrected and as released, printed.

    Returns
    -------
    pandas.DataFrame
        ``Years``, ``Common votes``, ``Alike as corrected; kappa``, ``As released``.
    """
    rows = []
    for row in correction(report).itertuples():
        rows.append(
            {
                "Years": span_of_years(*map(int, row.period.split("/")), mark="\N{EN DASH}"),
                "Common votes": whole(row.n_votes),
                "Alike as corrected; kappa": _alike(row.n_same, row.share_same, row.kappa),
                "As released": _alike(
                    row.n_same_released, row.share_same_released, row.kappa_released
                ),
            }
        )
    return pd.DataFrame(rows, dtype=object)


def _alike(n_same: int, share: float, kappa: float) -> str:
    return f"{whole(n_same)} ({per_cent(share, 2)}%); {decimal(kappa, 3)}"
