"""The autumn of 2020: who spoke of Pakistan's part in the war, and on which day."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import in_time, parse
from azpak.errors import DataError
from azpak.findings.trilateral import WAR
from azpak.report import Report, finding

__all__ = [
    "STATEMENTS", "DaysOfWar", "Statement", "by_column", "closeness", "days_to_second_denial",
    "statements",
]  # fmt: skip


class Statement(NamedTuple):
    """A statement of the autumn of 2020 on Pakistan's part in the war.

    Attributes
    ----------
    topic
        The topic of the claims that date it.
    column
        ``support``, ``alleged`` or ``denied``.
    speaker
        Whose official or outlet spoke, ISO 3166-1 alpha-3.
    text
        Who spoke, in a few words.
    """

    topic: str
    column: str
    speaker: str
    text: str


STATEMENTS = (
    Statement("pakistan-statement-2020-09-27", "support", "PAK", "Foreign Office"),
    Statement("sanjrani-gafarova-call-date", "support", "PAK", "Senate chairman"),
    Statement("aliyev-hayee-audience-2020", "support", "AZE", "president's thanks"),
    Statement("imran-khan-message-2020-10-18", "support", "PAK", "prime minister"),
    Statement("qureshi-bayramov-call-date", "support", "PAK", "foreign minister"),
    Statement("troops-allegation-media-date", "alleged", "ARM", "recorded call, relayed"),
    Statement("troops-allegation-adonts-date", "alleged", "ARM", "deputy minister"),
    Statement("troops-allegation-pashinyan-date", "alleged", "ARM", "prime minister"),
    Statement("pakistan-denial-first-date", "denied", "PAK", "Foreign Office"),
    Statement("troops-denial-ambassador-date", "denied", "AZE", "ambassador"),
    Statement("pakistan-denial-second-date", "denied", "PAK", "Foreign Office"),
    Statement("foreign-fighters-denial-aliyev-date", "denied", "AZE", "president, in general"),
    Statement("troops-denial-aliyev-date", "denied", "AZE", "president"),
)


@finding
def statements(report: Report) -> pd.DataFrame:
    """Return the dated statements on Pakistan's part in the war, in order of time.

    Returns
    -------
    pandas.DataFrame
        A row for each of `STATEMENTS`: ``topic``, ``date`` (EDTF, the closest that a claim has),
        ``column``, ``speaker`` (ISO3), ``statement``, and by how many sources and independence
        groups it is dated: ``n_sources``, ``n_groups``.

    Raises
    ------
    DataError
        If no claim dates one of the statements.
    """
    rows = pd.DataFrame([_dated(report, statement) for statement in STATEMENTS])
    return rows.sort_values("date", key=in_time, ignore_index=True)


def _dated(report: Report, statement: Statement) -> dict[str, object]:
    claims = report.claims_on(statement.topic)
    dating = claims[claims["value_edtf"].notna()]
    if dating.empty:
        raise DataError(
            "no claim dates this statement",
            file=report.folder / "claims.csv", value=statement.topic,
            way_out="Give one of the claims on the topic a value_edtf, or take the statement out",
        )  # fmt: skip
    return {
        "topic": statement.topic,
        "date": min(dating["value_edtf"], key=closeness),
        "column": statement.column,
        "speaker": statement.speaker,
        "statement": statement.text,
        "n_sources": dating["source_id"].nunique(),
        "n_groups": dating["independence_group"].nunique(),
    }


def closeness(text: str) -> tuple[int, bool]:
    """Return how closely a date is known, the closest first: its days, whether approximate."""
    when = parse(text)
    return (when.end - when.start).days, when.approximate


class DaysOfWar(NamedTuple):
    """On which day of the war, counted from 1, statements of a kind were made.

    Attributes
    ----------
    n
        How many there are.
    first, last
        Days of the first and the last of them.
    """

    n: int
    first: int
    last: int


@finding
def by_column(report: Report, column: str) -> DaysOfWar:
    """Return the days of the war of the statements of a column of `STATEMENTS`."""
    rows = statements(report)
    days = [
        (parse(text).start - report.day(WAR)).days + 1
        for text in rows.loc[rows["column"] == column, "date"]
    ]
    return DaysOfWar(len(days), min(days), max(days))


@finding
def days_to_second_denial(report: Report) -> int:
    """Return the days from Pashinyan's words to the second denial by Pakistan's Foreign Office."""
    dates = statements(report).set_index("topic")["date"]
    said, denied = (
        parse(dates[topic]).start
        for topic in ("troops-allegation-pashinyan-date", "pakistan-denial-second-date")
    )
    return (denied - said).days
