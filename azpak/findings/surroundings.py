"""What surrounds the tie: trade as one data set has it, shared organisations, visas, opinion."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import DataError, MeasureError
from azpak.measures import Bounds
from azpak.report import PAIR, Report, finding

__all__ = [
    "ANSWERS", "EARLY", "FIRST_WHOLE_YEAR", "OTHER_PAIRS", "Shared", "Visas", "across",
    "answered", "asked", "counted_trade", "early_counts", "last_of_memberships", "n_asked",
    "shared_memberships", "visas",
]  # fmt: skip

EARLY = (2010, 2014)  # the years of which a chamber of commerce gave a range
FIRST_WHOLE_YEAR = 1992  # of independence; the count for the year before is of its last weeks

ACROSS = (("AZE", "IND"), ("ARM", "PAK"))  # a state of one track with one of the other

# The pairs that the shared memberships of the two are set beside: each of the two with the other
# track's states, and the pair of that track.
OTHER_PAIRS = (("AZE", "TUR"), *ACROSS, ("ARM", "IND"))

# The answers told of, in two polls of samples and one of a news outlet's own subscribers.
ANSWERS = (
    "baku-2017-pakistan", "baku-2017-turkey", "pakistan-2019-saudi-arabia",
    "pakistan-2019-turkey", "pakistan-2019-others", "minval-2025-pakistan", "minval-2025-turkey",
)  # fmt: skip


@finding
def counted_trade(report: Report, a: str, b: str) -> pd.Series:
    """Return the trade of two states, both directions together, by Correlates of War.

    Returns
    -------
    pandas.Series
        By year, million US dollars in whole millions (int); the last year is the data set's.

    Raises
    ------
    DataError
        If the table does not hold the pair.
    """
    rows = _of_pair(report, "trade_cow", a, b)
    return rows["imports_a"] + rows["imports_b"]


@finding
def early_counts(report: Report) -> Bounds:
    """Return the lowest and the highest yearly trade of the two in the years `EARLY`.

    Raises
    ------
    azpak.errors.MeasureError
        If the data set does not reach over the span.
    """
    counted = counted_trade(report, *PAIR)
    if not {*EARLY} <= {*counted.index}:
        raise MeasureError("the counted trade does not reach over the years", value=EARLY)
    span = counted.loc[EARLY[0] : EARLY[1]]
    return Bounds(float(span.min()), float(span.max()))


class Shared(NamedTuple):
    """How many organisations two states share.

    Attributes
    ----------
    pair
        ISO codes.
    first, last
        Organisations in the first whole year of Azerbaijan's independence and in the last.
    """

    pair: tuple[str, str]
    first: int
    last: int


@finding
def shared_memberships(report: Report) -> dict[tuple[str, str], Shared]:
    """Return the shared memberships of the two and of `OTHER_PAIRS`, in the order told.

    Raises
    ------
    azpak.errors.MeasureError
        If the two share as many organisations as Azerbaijan and Türkiye, or fewer than a pair
        across the tracks: the prose says that they lie between.
    """
    found = {pair: _shared(report, *pair) for pair in (PAIR, *OTHER_PAIRS)}
    ours = found[PAIR].last
    highest = max(found[pair].last for pair in ACROSS)
    if not highest < ours < found["AZE", "TUR"].last:
        raise MeasureError("the two do not lie between", value=(highest, ours))
    return found


def across(report: Report) -> Bounds:
    """Return the lowest and the highest number that a pair across the tracks shares."""
    found = [shared_memberships(report)[pair].last for pair in ACROSS]
    return Bounds(min(found), max(found))


def last_of_memberships(report: Report) -> int:
    """Return the last year of the shared memberships."""
    return int(report.table("igo_shared_cow")["year"].max())


def _shared(report: Report, a: str, b: str) -> Shared:
    """Return what two states share in the first whole and in the last year."""
    counts = _of_pair(report, "igo_shared_cow", a, b)["shared"].loc[FIRST_WHOLE_YEAR:]
    return Shared((a, b), int(counts.iloc[0]), int(counts.iloc[-1]))


def _of_pair(report: Report, name: str, a: str, b: str) -> pd.DataFrame:
    """Return the rows of a table of pairs for one pair, by year."""
    table = report.table(name)
    one, other = sorted((a, b))
    rows = table[(table["state_a"] == one) & (table["state_b"] == other)]
    if rows.empty:
        raise DataError(
            "the table does not hold this pair",
            file=report.folder / report.resource(name)["path"], value=f"{one}-{other}",
        )  # fmt: skip
    return rows.set_index("year").sort_index()


class Visas(NamedTuple):
    """The rules for Pakistani and Indian passports in Azerbaijan.

    Attributes
    ----------
    n_snapshots
        Snapshots in which both rules stand.
    last
        The rule of the last one.
    last_seen
        When it was taken (EDTF).
    """

    n_snapshots: int
    last: str
    last_seen: str


@finding
def visas(report: Report) -> Visas:
    """Return how Azerbaijan treats the two passports.

    Raises
    ------
    azpak.errors.MeasureError
        If it ever treats them differently: the prose says that it does not.
    """
    columns = ["first_seen", "last_seen", "snapshots", "rule"]
    table = report.table("visa_rules").query("destination == 'AZE'").sort_values("first_seen")
    pakistani, indian = (
        table.loc[table["passport"] == passport, columns].reset_index(drop=True)
        for passport in ("PAK", "IND")
    )
    if not pakistani.equals(indian):
        raise MeasureError("a snapshot has different rules for the two passports")
    last = pakistani.iloc[-1]
    return Visas(int(pakistani["snapshots"].sum()), last["rule"], last["last_seen"])


def answered(report: Report, answer_id: str) -> float:
    """Return the share of one answer in a poll, per cent."""
    return float(_answer(report, answer_id)["per_cent"])


def n_asked(report: Report, answer_id: str) -> int:
    """Return how many people were asked in the poll of an answer."""
    return int(_answer(report, answer_id)["n_asked"])


def asked(report: Report, answer_id: str) -> str:
    """Return when the people of a poll were asked, in EDTF."""
    return str(_answer(report, answer_id)["asked"])


def _answer(report: Report, answer_id: str) -> pd.Series:
    """Return a row of ``opinion_polls``."""
    table = report.table("opinion_polls").set_index("answer_id")
    if answer_id not in table.index:
        raise DataError(
            "there is no such answer", value=answer_id,
            file=report.folder / report.resource("opinion_polls")["path"],
        )  # fmt: skip
    return table.loc[answer_id]
