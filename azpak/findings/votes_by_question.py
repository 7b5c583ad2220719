"""How states voted beside Azerbaijan: by subject, and on the questions of the conflict."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import DataError
from azpak.findings import votes_on_conflict as conflict
from azpak.findings.roll_calls import by_subject
from azpak.report import Report, finding

__all__ = ["BESIDE", "STATES", "SUBJECTS", "WITH", "Together", "always_with", "by_state",
    "questions", "together",
]  # fmt: skip

BESIDE = ("PAK", "TUR", "ARM", "IND")  # whose votes are set beside Azerbaijan's
STATES = ("AZE", *BESIDE)
# The subjects as the data set of the votes marks them; a vote can bear several marks.
SUBJECTS = {
    "me": "Palestinian question", "co": "colonialism", "hr": "human rights",
    "ec": "economic development", "di": "arms control", "nu": "nuclear weapons",
}  # fmt: skip
MOTION, CLAUSE, RESOLUTION = ("motion", "clause", "resolution")
WORDS = {"y": "yes", "n": "no", "a": "abstain"}  # the codes of the roll calls
# How a vote stands to Azerbaijan's.
WITH, ABSTAINED, AGAINST, NO_VOTE = ("with", "abstained", "against", "no vote")


@finding
def by_state(report: Report) -> pd.DataFrame:
    """Return the share of votes cast like Azerbaijan by subject and state.

    Returns
    -------
    pandas.DataFrame
        ``issue``, ``subject`` (words), ``state``, ``n_votes``, ``n_same``, ``share_same``; the
        subject on which Pakistan and Azerbaijan agree most comes first.

    Raises
    ------
    DataError
        If a pair has no row for a subject, or a subject is not in `SUBJECTS`.
    """
    pair = by_subject(report)
    period = pair["period"].iloc[0]
    rows = report.table("unga_issue_agreement")
    rows = rows[
        (rows["country_a"] == "AZE")
        & rows["country_b"].isin(BESIDE)
        & (rows["basis"] == "whole_resolutions")
        & (rows["period"] == period)
    ].rename(columns={"country_b": "state"})
    if set(rows["issue"]) != set(SUBJECTS) or len(rows) != len(BESIDE) * len(SUBJECTS):
        raise DataError(
            "there is not one row for each subject and state",
            file=report.folder / "indicators" / "unga_issue_agreement.csv", value=period,
        )  # fmt: skip
    order = list(pair["share_same"].sort_values(ascending=False, kind="stable").index)
    return (
        rows.assign(
            subject=rows["issue"].map(SUBJECTS),
            place=rows["issue"].map(order.index),
            beside=rows["state"].map(BESIDE.index),
        )
        .sort_values(["place", "beside"], ignore_index=True)
        .loc[:, ["period", "issue", "subject", "state", "n_votes", "n_same", "share_same"]]
    )


@finding
def questions(report: Report) -> pd.DataFrame:
    """Return how each of `STATES` voted on each question of the conflict, and on Ukraine.

    Returns
    -------
    pandas.DataFrame
        ``rollcall_id``, ``date`` (EDTF), ``resolution``, ``kind`` (motion, clause or resolution),
        ``on_conflict`` (bool), ``state``, ``vote`` (yes, no, abstain or absent), ``side`` (how it
        stands to Azerbaijan's vote); those on the conflict first, by date.

    Raises
    ------
    DataError
        If Azerbaijan did not vote yes or no on one of them.
    """
    key = report.table("unga_key_votes")
    key = key[key["iso3"].isin(STATES)]
    rows = [
        (r.rcid, r.date, r.resolution, MOTION if "motion" in r.kind else RESOLUTION,
         r.resolution != conflict.UKRAINE, r.iso3, r.vote)
        for r in key.itertuples()
    ]  # fmt: skip
    for _, call in conflict.clauses(report).iterrows():
        rows += [
            (call["rollcall_id"], call["month"], f"A/RES/{call['resolution'][2:]}", CLAUSE, True,
             state, WORDS.get(call[state], "absent"))
            for state in STATES
        ]  # fmt: skip
    columns = ["rollcall_id", "date", "resolution", "kind", "on_conflict", "state", "vote"]
    found = pd.DataFrame(rows, columns=columns)
    own = found[found["state"] == "AZE"].set_index("rollcall_id")["vote"]
    if not own.isin(["yes", "no"]).all() or set(own.index) != set(found["rollcall_id"]):
        raise DataError(
            "Azerbaijan did not vote yes or no on a question of the conflict",
            file=report.folder / "indicators" / "unga_key_votes.csv",
        )
    found["side"] = [
        _side(vote, own[call])
        for call, vote in zip(found["rollcall_id"], found["vote"], strict=True)
    ]
    found["beside"] = found["state"].map(STATES.index)
    found["month"] = found["date"].str[:7]
    found["first"] = found["kind"] != MOTION  # a motion comes before the clause it was to stop
    return found.sort_values(
        ["on_conflict", "month", "first", "rollcall_id", "beside"],
        ascending=[False, True, True, True, True], ignore_index=True,
    ).drop(columns=["beside", "month", "first"])  # fmt: skip


def _side(vote: str, own: str) -> str:
    if vote == own:
        return WITH
    return {"yes": AGAINST, "no": AGAINST, "abstain": ABSTAINED}.get(vote, NO_VOTE)


class Together(NamedTuple):
    """How often one state voted with Azerbaijan on the conflict, and how often in general.

    Attributes
    ----------
    n_with, n
        Votes on the conflict cast with Azerbaijan, and all.
    lowest, share
        The subject on which the two agree least, in words, and the share of votes alike on it.
    period
        The years of that share (EDTF).
    """

    n_with: int
    n: int
    lowest: str
    share: float
    period: str


@finding
def together(report: Report, state: str = "PAK") -> Together:
    """Return how often a state (ISO 3166-1 alpha-3) voted with Azerbaijan."""
    cast, general = questions(report), by_state(report)
    cast = cast[cast["on_conflict"] & (cast["state"] == state)]
    general = general[general["state"] == state]
    least = general.loc[general["share_same"].idxmin()]
    return Together(
        int((cast["side"] == WITH).sum()), len(cast), str(least["subject"]),
        float(least["share_same"]), str(least["period"]),
    )  # fmt: skip


@finding
def always_with(report: Report) -> tuple[str, ...]:
    """Return the states (ISO 3166-1 alpha-3) that voted with Azerbaijan each time on the conflict.

    Raises
    ------
    AssertionError
        If Pakistan or Türkiye is not one of them, which the text says, or India or Armenia is.
    """
    states = tuple(
        state for state in BESIDE if together(report, state).n_with == together(report, state).n
    )
    assert states == ("PAK", "TUR"), f"with Azerbaijan each time voted {', '.join(states)}"
    return states
