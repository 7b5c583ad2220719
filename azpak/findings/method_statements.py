"""What the literature repeats although it fails against the record or cannot be shown."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import DataError
from azpak.findings.method_literature import works
from azpak.output.table import cite, markup
from azpak.report import Report, finding

__all__ = [
    "Statement", "second_to_recognise", "statement_rows", "statements", "support_in_the_war",
]  # fmt: skip

WAR = "2020-karabakh-war"
RANK, SUPPORT, ORDER = (
    "pak-recognition-rank", "pakistan-support-kind-2020", "jf17-quantity-2025-may",
)  # fmt: skip
FINISHED, ROCKETS = "c-2018-jf17-final-stage-claim-01", "c-2025-krl122-supply-claim-01"


class Statement(NamedTuple):
    """A statement that fails or cannot be shown.

    Attributes
    ----------
    text
        What is said.
    works
        Those that say it, as `azpak.findings.method_literature.works` has them.
    ruling_id
        The ruling that weighs it.
    """

    text: str
    works: pd.DataFrame
    ruling_id: str


@finding
def second_to_recognise(report: Report) -> pd.DataFrame:
    """Return the works that have Pakistan second to recognise Azerbaijan, as `works` has them."""
    saying = _saying(report, RANK, "disagrees", 2)
    assert "armenian" not in set(saying["school"]), (
        "an Armenian work has the rank of recognition wrong too"
    )
    return saying


@finding
def support_in_the_war(report: Report) -> pd.DataFrame:
    """Return the works, as `works` has them, of military support by Pakistan in the war."""
    saying = _saying(report, SUPPORT, "disagrees")
    assert {"azerbaijani", "pakistani", "armenian", "indian"} <= set(saying["school"]), (
        "military support is no longer asserted by friends and critics of both governments"
    )
    return saying


@finding
def statements(report: Report) -> tuple[Statement, ...]:
    """Return the statements that fail or cannot be shown, in the order of the table.

    Raises
    ------
    DataError
        If no work of the literature makes one of them.
    """

    def year(event_id: str) -> int:
        return report.day(event_id).year

    at_least = report.claims_on(ORDER)["value_low"].iloc[0]
    found = [
        Statement(*row)
        for row in (
            ("Pakistan was the second state to recognise Azerbaijan",
             second_to_recognise(report), "recognition-rank"),
            (f"A defence agreement was signed in {year('2003-defence-agreement-claim')}",
             _saying(report, "defence-agreement-2003-date", "agrees"),
             "founding-defence-agreement"),
            ("The two are reported to have exercised together since "
             f"{year('2016-joint-exercises-announced')}",
             _saying(report, "joint-exercises-2016", "disagrees"), "joint-exercises-2016"),
            ("Talks on the JF-17 were all but finished in "
             f"{year('2018-jf17-final-stage-claim')}", _making(report, FINISHED),
             "jf17-status-2018"),
            (f"Pakistan gave military support in the war of {year(WAR)}",
             support_in_the_war(report), SUPPORT),
            (f"Pakistan sent men to the war of {year(WAR)}",
             _saying(report, "pakistani-troops-karabakh-2020", "agrees"), "pakistani-troops-2020"),
            (f"Azerbaijan buys at least {at_least:.0f} JF-17s",
             _saying(report, ORDER, "silent"), "jf17-quantity-2025"),
            ("Pakistan supplied KRL-122 rocket launchers", _making(report, ROCKETS),
             "krl122-supply"),
        )
    ]  # fmt: skip
    for statement in found:
        if statement.works.empty:
            raise DataError(
                "no work of the literature makes this statement",
                file=report.folder / "claims.csv", value=statement.text,
                way_out="Take the statement out of azpak.findings.method_statements",
            )  # fmt: skip
    return tuple(found)


@finding
def statement_rows(report: Report) -> pd.DataFrame:
    """Return each statement with its works and the reading of the ruling.

    Returns
    -------
    pandas.DataFrame
        ``Statement and works that make it``, ``What the record shows`` (both markup).
    """
    readings = report.evidence.rulings["reading"]
    rows = [
        (
            markup(f"**{text}** ({len(making)}): {cite(making['source_id'])}"),
            markup(f"{readings[ruling]} ({{ruling}}`{ruling}`)"),
        )
        for text, making, ruling in statements(report)
    ]
    columns = ["Statement and works that make it", "What the record shows"]
    return pd.DataFrame(rows, columns=columns)


def _saying(report: Report, topic: str, agreement: str, value: float | None = None) -> pd.DataFrame:
    """Return the works with a claim on a topic that agrees so with the event as told."""
    claims = report.claims_on(topic)
    claims = claims[claims["agreement"] == agreement]
    if value is not None:
        claims = claims[claims["value_low"] == value]
    found = works(report)
    return found[found["source_id"].isin(claims["source_id"])]


def _making(report: Report, claim_id: str) -> pd.DataFrame:
    """Return the work that makes a claim."""
    found = works(report)
    return found[found["source_id"] == report.claims.at[claim_id, "source_id"]]
