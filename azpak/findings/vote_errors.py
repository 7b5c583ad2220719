"""How many votes are wrong, by a second record of them, and what putting them right moves."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, parse
from azpak.errors import DataError
from azpak.findings.votes import PERIODS, rollcalls
from azpak.measures import agreement_by_period
from azpak.measures.closure import exact_share
from azpak.measures.resampling import Interval
from azpak.report import PAIR, Report, finding

__all__ = ["FIVE", "TWENTY", "Errors", "Run", "errors", "longest_run", "put_right"]

# Rows of the table of checks: five states, found by the votes of fifteen others; all twenty.
FIVE, TWENTY = "roll-calls-five", "roll-calls-twenty"


class Errors(NamedTuple):
    """Votes held against a second record.

    Attributes
    ----------
    n_votes, n_wrong
        Votes of the five states compared, and those that differ.
    bounds
        Exact bounds of the share that is wrong, as if each vote were wrong on its own.
    n_all, n_all_wrong
        The same of all twenty states.
    worst, n_worst
        The state with most errors (ISO 3166-1 alpha-3), and how many.
    """

    n_votes: int
    n_wrong: int
    bounds: Interval
    n_all: int
    n_all_wrong: int
    worst: str
    n_worst: int


@finding
def errors(report: Report) -> Errors:
    """Return how many votes differ from the second record.

    Raises
    ------
    DataError
        If a check is missing, or the table of errors does not have as many as it counted.
    """
    checks = report.table("checks").set_index("check_id")
    missing = [check for check in (FIVE, TWENTY) if check not in checks.index]
    if missing:
        raise DataError(
            "a check of the roll calls is missing",
            file=report.folder / "checks.csv", value=missing,
        )  # fmt: skip
    counts = checks.loc[[FIVE, TWENTY], ["items", "differing"]].astype(int)
    wrong = report.table("unga_rollcall_errors")
    if len(wrong) != counts.at[TWENTY, "differing"]:
        raise DataError(
            "the errors listed are not as many as the check counted",
            file=report.folder / "checks.csv", value=len(wrong),
        )  # fmt: skip
    by_state = wrong["iso3"].value_counts()
    five, twenty = (tuple(map(int, row)) for row in counts.itertuples(index=False))
    return Errors(
        *five, exact_share(five[1], five[0]), *twenty, str(by_state.index[0]), int(by_state.iloc[0])
    )


class Run(NamedTuple):
    """The month in which a state of the pair has most errors.

    Attributes
    ----------
    state
        ISO 3166-1 alpha-3.
    month
        When.
    n
        How many of its votes of that month differ.
    """

    state: str
    month: Date
    n: int


@finding
def longest_run(report: Report) -> Run:
    """Return where the errors of the pair lie closest."""
    wrong = report.table("unga_rollcall_errors")
    mine = wrong[wrong["iso3"].isin(PAIR)]
    months = mine.merge(report.table("unga_rollcalls")[["rollcall_id", "month"]])
    most = months.groupby(["iso3", "month"]).size().sort_values(ascending=False)
    state, month = most.index[0]
    return Run(str(state), parse(month), int(most.iloc[0]))


@finding
def put_right(report: Report) -> pd.DataFrame:
    """Return the pair's agreement with the votes as released and as the second record has them.

    Returns
    -------
    pandas.DataFrame
        A row for each of `azpak.findings.votes.PERIODS`: the columns of
        `azpak.measures.agreement_by_period`, and all but ``period`` a second time with ``_right``.

    Raises
    ------
    DataError
        If a vote listed as wrong is not the one that the roll calls have.
    """
    calls = rollcalls(report)
    right = calls.set_index("rollcall_id")
    for row in report.table("unga_rollcall_errors").itertuples():
        if right.at[row.rollcall_id, row.iso3] != row.released:
            raise DataError(
                "a vote listed as wrong is not the one released",
                file=report.folder / "indicators" / "unga_rollcall_errors.csv",
                value=f"{row.rollcall_id} {row.iso3}",
                way_out="Correct the list, or take the row out of it",
            )  # fmt: skip
        right.loc[row.rollcall_id, row.iso3] = row.record
    found = (agreement_by_period(votes, *PAIR, PERIODS) for votes in (calls, right.reset_index()))
    return next(found).merge(next(found), on="period", suffixes=("", "_right"))
