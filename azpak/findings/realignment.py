"""The years from 2024 on: the life of a promised investment, two accounts of May 2025."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, calendar_months, in_time, parse
from azpak.errors import DataError
from azpak.findings import series
from azpak.output.table import Markup, cite, markup
from azpak.report import Report, finding
from azpak.text import Printed, plain

__all__ = [
    "ACCOUNTS", "CHAPTER", "CRISIS", "PLEDGE", "SIGNED", "STEPS", "Promise", "Step",
    "account_rows", "events_of_pair", "events_of_partners", "in_dollars", "pledged", "promise",
    "steps",
]  # fmt: skip

CHAPTER = "realignment-2024-2026"
PLEDGE = "aze-investment-pakistan-pledge"
PARTNERS = {"IND", "FRA"}  # whom Armenia's government named as its new suppliers


@dataclass(frozen=True)
class Step:
    """One statement on the investment.

    Attributes
    ----------
    label
        What was said, in a few words; ``{amount}`` and ``{expected}`` are filled from the data.
    event_id
        The event to which the statement belongs.
    expects
        Claim that names the month in which signing was expected, if one does.
    said_by
        Source whose date is the day of the statement, where that is not the day of the event.
    """

    label: str
    event_id: str
    expects: str = ""
    said_by: str = ""


STEPS = (
    Step("{amount} named; signing hoped for in {expected}", "2024-aliyev-visit-islamabad",
         "c-2024-aliyev-visit-islamabad-07"),
    Step("a minister expects signing in {expected}", "2025-sharif-visit-baku",
         "c-2025-sharif-visit-baku-06", "profit2025aleem"),
    Step("leaders name {expected} for signing", "2025-sharif-visit-baku",
         "c-2025-sharif-visit-baku-05"),
    Step("{amount} repeated at the summit", "2025-lachin-trilateral-summit"),
    Step("document signed; final text to follow", "2025-eco-khankendi-investment"),
    Step("Pakistan proposes a joint company again", "2025-jabbarov-sharif"),
    Step("mechanism to be finalised", "2026-dar-jabbarov-call"),
    Step("Pakistan: agreement not yet final", "2026-khalafov-sharif"),
)  # fmt: skip
SIGNED = "2025-eco-khankendi-investment"  # the one step at which a text was signed


@finding
def pledged(report: Report) -> float:
    """Return the amount of the investment that the claims name, in US dollars.

    Raises
    ------
    DataError
        If the claims name more than one amount.
    """
    return report.value(PLEDGE)


def in_dollars(report: Report) -> Printed:
    """Return the amount as a headline has it, such as ``$2 billion``."""
    amount = pledged(report)
    return Printed(f"${plain(amount / 1e9)} billion", amount, "US dollars")


@finding
def steps(report: Report) -> pd.DataFrame:
    """Return the statements on the investment in order of time.

    Returns
    -------
    pandas.DataFrame
        A row for each of `STEPS`: ``event_id``, ``said`` (EDTF), ``expected`` (EDTF, the month in
        which signing was expected, or empty), ``step`` (what was said), ``source_ids``.

    Raises
    ------
    DataError
        If an event of the list is not active, or a claim names no month.
    """
    rows = pd.DataFrame([_step_row(report, step) for step in STEPS])
    return rows.sort_values("said", key=in_time, ignore_index=True)


def _step_row(report: Report, step: Step) -> dict[str, str]:
    when = report.date(step.event_id)
    expected = report.claims.at[step.expects, "value_edtf"] if step.expects else ""
    if step.expects and (pd.isna(expected) or not expected):
        raise DataError(
            "the claim names no month in which signing was expected",
            file=report.folder / "claims.csv", value=step.expects,
            way_out="Give it a value_edtf, or take it out of the step",
        )  # fmt: skip
    month = parse(expected).display() if expected else ""
    return {
        "event_id": step.event_id,
        "said": (report.published(step.said_by) if step.said_by else when).text,
        "expected": expected,
        "step": step.label.format(amount=in_dollars(report), expected=month),
        "source_ids": step.said_by or ";".join(report.events.at[step.event_id, "source_ids"]),
    }


class Promise(NamedTuple):
    """What became of the promised investment.

    Attributes
    ----------
    n_steps
        Statements on it.
    expected
        The months in which signing was expected, in the order in which they were named.
    last
        The date of the last statement.
    months
        Calendar months from the first statement to the last.
    """

    n_steps: int
    expected: tuple[Date, ...]
    last: Date
    months: int


@finding
def promise(report: Report) -> Promise:
    """Return what became of the promised investment, as `steps` tells it."""
    rows = steps(report)
    said = [parse(text) for text in rows["said"]]
    expected = tuple(parse(text) for text in rows["expected"] if text)
    return Promise(len(rows), expected, said[-1], calendar_months(said[0].start, said[-1].start))


@finding
def events_of_pair(report: Report) -> pd.DataFrame:
    """Return the events of the chapter, of `Report.events`, in which both states take part."""
    told = report.events_of(CHAPTER)
    return told[told.index.isin(series.events_of_pair(report).index)]


@finding
def events_of_partners(report: Report) -> pd.DataFrame:
    """Return the events of the chapter, of `Report.events`, of Armenia with India or France."""
    told = report.events_of(CHAPTER)
    return told[["ARM" in actors and bool(PARTNERS & set(actors)) for actors in told["actors"]]]


CRISIS = "2025-india-pakistan-crisis"

# What is told twice: the subject, and the claims with India's and with Pakistan's account of it;
# where a side gave more than one number, in the order in which it gave them.
ACCOUNTS = (
    ("What India struck on the first day", ("18",), ("08",)),
    ("What India struck on the last day", ("26",), ("27",)),
    ("What Pakistan struck", ("59", "28", "53"), ("29", "54")),
    ("People killed, each side's early count of its own", ("19",), ("20",)),
    ("People killed, each side's later count of its own", ("36", "30"), ("31",)),
    ("People killed on the other side, as each claims", ("50", "51"), ("52",)),
    ("Indian aircraft lost", ("11",), ("37", "10", "38")),
    ("Pakistani aircraft lost", ("16",), ("17",)),
    ("How the firing stopped", ("12", "55"), ("02", "63")),
)


@finding
def account_rows(report: Report) -> pd.DataFrame:
    """Return the two accounts of the confrontation of May 2025, side by side.

    Returns
    -------
    pandas.DataFrame
        A row for each of `ACCOUNTS`: ``Subject``, ``India's account``, ``Pakistan's account``
        (markup, each with its source).
    """
    rows = [
        {
            "Subject": subject,
            "India's account": _told(report, indian),
            "Pakistan's account": _told(report, pakistani),
        }
        for subject, indian, pakistani in ACCOUNTS
    ]
    return pd.DataFrame(rows, dtype=object)


def _told(report: Report, numbers: tuple[str, ...]) -> Markup:
    """Return what claims on the confrontation report, each with its source."""
    claims = [report.claims.loc[f"c-{CRISIS}-{number}"] for number in numbers]
    told = [f"{claim['value']} {cite([claim['source_id']])}" for claim in claims]
    return markup("; ".join(told))
