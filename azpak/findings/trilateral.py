"""The years 2020 to 2023: the dead and displaced, the suppliers, the format of three."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.errors import DataError
from azpak.findings import chronology, exercises
from azpak.findings.series import events_of_pair
from azpak.findings.suppliers import deliveries, shares
from azpak.output.table import cite, event, markup
from azpak.report import Report, finding
from azpak.text import Printed, bounds

__all__ = [
    "CHAPTER", "FORMAT", "OPERATION", "SEPTEMBER_2023", "WAR", "WAR_OF_2020", "Count",
    "SuppliersOfWar", "count_rows", "exercises_of_three", "format_rows", "military_visits",
    "printed", "suppliers_of_war",
]  # fmt: skip

CHAPTER = "trilateral-2020-2023"
WAR = "2020-karabakh-war"
OPERATION = "2023-karabakh-operation"
THREE = ("AZE", "PAK", "TUR")


class Count(NamedTuple):
    """A number that somebody gives of dead or displaced people.

    Attributes
    ----------
    topic
        The topic of the claims.
    source_id
        The source whose number is shown.
    what
        What is counted.
    whose
        Who counted it.
    """

    topic: str
    source_id: str
    what: str
    whose: str


_PROSECUTOR = "Azerbaijan's military prosecutor"
_INVESTIGATORS = "Armenia's Investigative Committee"
_ACAPS = "ACAPS, from reports of both sides"
_REFUGEE_AGENCY = "UN refugee agency"

# Visits of neither officers nor defence ministers: a prime minister on gas and trade, a speaker of
# parliament, a group of members of parliament.
OF_OTHERS = ["2023-sharif-visit-baku", "2021-gafarova-visit-pakistan", "2022-friendship-group-baku"]

WAR_OF_2020 = (
    Count("karabakh-war-2020-azerbaijani-dead", "armenianclub2022toll",
          "Azerbaijani dead, identified", _PROSECUTOR),
    Count("karabakh-war-2020-armenian-dead", "aysor2021killed",
          "Armenian soldiers and civilians killed", _INVESTIGATORS),
    Count("karabakh-war-2020-civilians-dead-azerbaijan", "acaps2020karabakh",
          "Civilians killed in Azerbaijan outside Karabakh, to the start of November", _ACAPS),
    Count("karabakh-war-2020-civilians-dead-armenian", "acaps2020karabakh",
          "Civilians killed in Nagorno-Karabakh and Armenia, to the start of November", _ACAPS),
    Count("karabakh-war-2020-civilians-dead", "bbc2020toll",
          "Civilians killed on both sides", "BBC News"),
    Count("karabakh-war-2020-displaced-armenians", "reliefweb2021plan",
          "Armenians who had fled to Armenia", "Armenia's Migration Service"),
    Count("karabakh-war-2020-displaced-armenians-june-2021", "reliefweb2021armenia",
          "Of these, still in Armenia the next June", f"{_REFUGEE_AGENCY} and partners"),
    Count("karabakh-war-2020-displaced-azerbaijanis", "acaps2020karabakh",
          "Azerbaijanis displaced, to the start of November", "government of Azerbaijan"),
    Count("karabakh-war-2020-displaced-azerbaijanis-whole-war", "azmfa_humanitarian",
          "Azerbaijanis displaced in the whole war", "government of Azerbaijan"),
)  # fmt: skip

SEPTEMBER_2023 = (
    Count("karabakh-2023-azerbaijani-servicemen-killed", "kyivindependent2023losses",
          "Azerbaijani servicemen killed", "Azerbaijan's health ministry"),
    Count("karabakh-2023-armenian-dead", "kyivindependent2023losses",
          "Dead on the Armenian side, on the second day", "Karabakh Armenian authorities"),
    Count("karabakh-2023-armenian-dead", "vernisazh2024kyaramyan",
          "Dead on the Armenian side, civilians included", _INVESTIGATORS),
    Count("karabakh-2023-fuel-depot-dead", "investigative2023depot",
          "Dead of the explosion at a fuel depot", _INVESTIGATORS),
    Count("karabakh-2023-arrivals-by-30-september", "dw2023flight",
          "Arrivals in Armenia by the end of the month", "government of Armenia"),
    Count("karabakh-2023-refugees-february-2024", "unhcr2024factsheet",
          "Refugees who had fled, as counted the next February", _REFUGEE_AGENCY),
    Count("karabakh-2023-armenians-remaining", "tass2023unmission",
          "Armenians who remained, at the start of October",
          "community representatives, to a UN mission"),
)  # fmt: skip


@finding
def count_rows(report: Report, counts: tuple[Count, ...]) -> pd.DataFrame:
    """Return what was counted and by whose count.

    Parameters
    ----------
    counts
        Such as `WAR_OF_2020`.

    Returns
    -------
    pandas.DataFrame
        A row for each: ``What is counted``, ``Number``, ``Whose figure``, ``Source`` (markup, with
        the other sources that give the same lower bound in the same unit).

    Raises
    ------
    DataError
        If the source gives no number on the topic.
    """
    return pd.DataFrame([_count_row(report, count) for count in counts], dtype=object)


def _count_row(report: Report, count: Count) -> dict[str, object]:
    claims = report.claims_on(count.topic, bounded=True)
    own = claims[claims["source_id"] == count.source_id]
    if own.empty:
        raise DataError(
            f"{count.source_id} gives no number on this topic",
            file=report.folder / "claims.csv", value=count.topic,
            way_out="Name a source whose claim has a bound",
        )  # fmt: skip
    claim = own.iloc[0]
    same = (claims["value_low"] == claim["value_low"]) & (claims["unit"] == claim["unit"])
    return {
        "What is counted": count.what,
        "Number": printed(claim["value_low"], claim["value_high"]),
        "Whose figure": count.whose,
        "Source": cite([count.source_id, *claims.loc[same, "source_id"]]),
    }


def printed(low: float, high: float, times: float = 1) -> Printed | None:
    """Return bounds as a table prints them, with the decimals they have; None without any."""
    return None if pd.isna(low) and pd.isna(high) else bounds(low, high, None, times=times)


class SuppliersOfWar(NamedTuple):
    """Who armed Azerbaijan before and in the war, in the years of a published statement.

    Attributes
    ----------
    first, last
        The years of delivery that the statement is on.
    israel, russia
        Shares of the two, 0 to 1, in the later register.
    n_russian_after
        Rows of Russian deliveries in the years that follow.
    register_end
        The last year in which the register has a delivery to Azerbaijan.
    volume_after
        Deliveries of the years that follow, by volume, to those of the span: 0.05 is 5 per cent.
    """

    first: int
    last: int
    israel: float
    russia: float
    n_russian_after: int
    register_end: int
    volume_after: float


STATED_SHARES = "sipri-israel-share-aze-2016-20"


@finding
def suppliers_of_war(report: Report) -> SuppliersOfWar:
    """Return what the register has for the years on which SIPRI's shares were relayed.

    Raises
    ------
    DataError
        If the relayed shares are not all on the same years.
    """
    spans = report.claims_on(STATED_SHARES, bounded=True)["value_edtf"].unique()
    if len(spans) != 1:
        raise DataError(
            "the shares as relayed are not on the same years",
            file=report.folder / "claims.csv", value=", ".join(map(str, spans)),
            way_out="Compare shares of one span of years",
        )  # fmt: skip
    span = parse(spans[0])
    first, last = span.start.year, span.end.year
    by_supplier = shares(report, "AZE", first, last).set_index("supplier")["share"]
    register = deliveries(report, "AZE")
    within = register[register["year"].between(first, last)]
    after = register[register["year"] > last]
    return SuppliersOfWar(
        first,
        last,
        float(by_supplier["ISR"]),
        float(by_supplier["RUS"]),
        int((after["supplier"] == "RUS").sum()),
        int(register["year"].max()),
        float(after["tiv"].sum() / within["tiv"].sum()),
    )


# Meetings and exercises of the three states alone: the level, and the event. The years go beyond
# the chapter's, to show how the level rose.
FORMAT = {
    "2017-baku-statement": "Foreign ministers",
    "2021-islamabad-declaration": "Foreign ministers",
    "2021-baku-declaration-speakers": "Speakers of parliament",
    "2021-three-brothers": "Special forces",
    "2022-istanbul-declaration-speakers": "Speakers of parliament",
    "2024-astana-trilateral-summit": "Leaders",
    "2025-lachin-trilateral-summit": "Leaders",
    "2025-speakers-islamabad-declaration": "Speakers of parliament",
}


@finding
def format_rows(report: Report) -> pd.DataFrame:
    """Return the meetings and exercises of the three states alone, by date.

    Returns
    -------
    pandas.DataFrame
        A row for each of `FORMAT`: ``Level``, ``When`` and ``Where`` (markup), ``Sources``,
        ``Separate origins`` (independence groups).
    """
    events = report.events
    rows = [
        {
            "Level": FORMAT[event_id],
            "When": event(event_id),
            "Where": markup(f"{{place}}`{events.at[event_id, 'place_id']}`"),
            "Sources": int(events.at[event_id, "n_sources"]),
            "Separate origins": int(events.at[event_id, "n_groups"]),
        }
        for event_id in sorted(FORMAT, key=report.day)
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def exercises_of_three(report: Report) -> pd.DataFrame:
    """Return the `exercises.editions` of these years in which all three took part in full."""
    period = chronology.period(report, CHAPTER)
    return exercises.with_all(exercises.editions(report, period.start, period.end), THREE)


@finding
def military_visits(report: Report) -> pd.DataFrame:
    """Return the visits of officers and defence officials, of `Report.events` of the chapter."""
    told = report.events_of(CHAPTER)
    between = told.index.isin(events_of_pair(report).index)
    return told[(told["category"] == "visit") & between].drop(index=OF_OTHERS)
