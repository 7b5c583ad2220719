"""The outlook: dates that were announced, what would settle open questions, signs to watch."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, calendar_months, parse
from azpak.errors import DataError
from azpak.findings import realignment
from azpak.output.table import event, markup
from azpak.report import Report, finding

__all__ = [
    "BEFORE_VISITS", "DECISIVE", "WATCHED", "Announced", "Sign", "announced", "before_visits",
    "indicator_rows", "n_alliances", "settle_rows",
]  # fmt: skip

AGREEMENT = "2024-preferential-trade-agreement"
TARGET = "pak-aze-pta-target-2023"  # the month named for it
INVESTMENT = "aze-investment-agreement-status-january-2026"  # how the last statement has it
NOT_FINAL = "not final"

# Signings that were expected of a visit some days before it: the topic that names the days of the
# visit, and an event by which something was signed or exchanged.
BEFORE_VISITS = {
    "visit-signing-expected-july-2024": AGREEMENT,
    "visit-signing-expected-february-2025": "2025-socar-fwo-memorandum",
}

# The questions on which most of the reading depends.
DECISIVE = (
    "jf17-quantity-2024", "jf17-delivered-to-azerbaijan", "super-mushshak-delivery",
    "krl122-supply", "pakistani-troops-2020", "aze-drones-pakistan-may-2025",
    "aze-investment-agreement-status", "akash-first-battery-recipient",
)  # fmt: skip
STATES = {"preferred": "a reading is preferred", "unresolved": "unresolved"}


class Announced(NamedTuple):
    """Dates named in advance for two agreements, on trade and on the investment.

    Attributes
    ----------
    n
        How many: months named for the investment, and for the preferential trade agreement.
    n_kept
        How many were kept.
    months_late
        Calendar months from the end of that named for the trade agreement to its signature.
    """

    n: int
    n_kept: int
    months_late: int


@finding
def announced(report: Report) -> Announced:
    """Return what became of the dates named in advance for the two agreements.

    Raises
    ------
    DataError
        If claims name several months for the trade agreement: which of them passed, the text says.
    """
    months = report.claims_on(TARGET)["value_edtf"].dropna().unique()
    if len(months) != 1:
        raise DataError(
            f"the claims on {TARGET} name {len(months)} months where one is needed",
            file=report.folder / "claims.csv", value=", ".join(months) or None,
            way_out="Say in the text which of them is meant",
        )  # fmt: skip
    month, signed = parse(months[0]), report.day(AGREEMENT)
    investment = realignment.promise(report).expected
    still_open = (report.claims_on(INVESTMENT)["value_norm"] == NOT_FINAL).all()
    return Announced(
        len(investment) + 1,
        int(signed <= month.end) + (0 if still_open else 1),
        calendar_months(month.end, signed),
    )


@finding
def before_visits(report: Report) -> list[Date]:
    """Return the days of the signings that were expected some days before a visit.

    Raises
    ------
    DataError
        If nothing was signed in the days named: the text says that such signings took place.
    """
    days = []
    for topic, event_id in BEFORE_VISITS.items():
        expected = parse(report.claims_on(topic)["value_edtf"].item())
        day = report.day(event_id)
        if not expected.start <= day <= expected.end:
            raise DataError(
                f"{event_id} is not in the days that claims on {topic} name",
                file=report.folder / "claims.csv", value=str(expected),
                way_out="Say in the text that the signing did not take place as expected",
            )  # fmt: skip
        days.append(report.date(event_id))
    return days


@finding
def n_alliances(report: Report) -> int:
    """Return the alliance treaties of any kind that a data set has for Azerbaijan and Pakistan."""
    parties = report.table("alliances_atop")[["party_a", "party_b"]]
    return int(parties.isin(["AZE", "PAK"]).all(axis=1).sum())


@finding
def settle_rows(report: Report) -> pd.DataFrame:
    """Return the open questions, with what would settle each.

    Returns
    -------
    pandas.DataFrame
        A row for each of `DECISIVE`: ``Question``, ``State`` (markup), ``What would settle it``.
    """
    rulings = report.evidence.rulings
    rows = [
        {
            "Question": rulings.at[ruling, "question"],
            "State": markup(f"{{ruling}}`{STATES[rulings.at[ruling, 'resolution']]} <{ruling}>`"),
            "What would settle it": rulings.at[ruling, "would_settle"],
        }
        for ruling in DECISIVE
    ]
    return pd.DataFrame(rows, dtype=object)


class Sign(NamedTuple):
    """A sign that anybody can check.

    Attributes
    ----------
    what
        What to look for.
    event_id
        The last event recorded on it.
    meaning
        What a change would mean.
    """

    what: str
    event_id: str
    meaning: str


WATCHED = (
    Sign("JF-17s in Azerbaijani markings, or an entry in an arms register",
         "2025-jf17-first-three-report", "Delivery would be shown, and a number with it"),
    Sign("A memorandum on defence industry, or joint production begun",
         "2025-mustafayev-pakistan-industry", "Buying would turn into making"),
    Sign("An accord on military security with Pakistan",
         "2025-novruzov-proposal", "A duty, or its absence, could be read in a text"),
    Sign("A third summit of the three leaders, with a structure",
         "2025-lachin-trilateral-summit", "The format would have become an institution"),
    Sign("A second bilateral or three-way exercise",
         "2025-indus-shield-alpha", "A series would replace single events"),
    Sign("The investment agreement signed, and a first payment",
         "2026-khalafov-sharif", "Trade would begin to follow politics"),
    Sign("The Armenian-Azerbaijani treaty signed", "2025-washington-declaration",
         "The two states' dispute would be closed by treaty"),
    Sign("Embassies of Armenia and Pakistan", "2025-armenia-pakistan-relations",
         "Relations would be more than a communiqué"),
    Sign("Indian deliveries to Armenia named by either government", "2024-akash-first-battery",
         "A delivery of arms from India could be dated"),
)  # fmt: skip


@finding
def indicator_rows(report: Report) -> pd.DataFrame:
    """Return the signs to watch, with the last event recorded on each.

    Returns
    -------
    pandas.DataFrame
        A row for each of `WATCHED`: ``Indicator``, ``Last recorded`` (markup), ``Evidence`` (its
        confidence), ``What a change would mean``.
    """
    rows = [
        {
            "Indicator": sign.what,
            "Last recorded": event(sign.event_id),
            "Evidence": report.events.at[sign.event_id, "confidence"],
            "What a change would mean": sign.meaning,
        }
        for sign in WATCHED
    ]
    return pd.DataFrame(rows, dtype=object)
