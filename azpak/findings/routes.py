"""Corridors, pipelines and flights: which join the two states, and what state each is in."""

from __future__ import annotations

import pandas as pd

from azpak.dates import Date, parse, shown
from azpak.output.table import cite
from azpak.report import Report, finding
from azpak.text import whole
from azpak.vocabulary import ROUTE_STATUSES

__all__ = [
    "PANELS", "corridor_rows", "drawn", "joining", "limits", "newest", "status_date", "table_of",
]  # fmt: skip

# The main routes of the region, by kind, each with its short name. Some join the two states, some
# pass by one or both, and some are there to compare.
PANELS = {
    "Across the Caspian": {
        "middle_corridor": "Middle Corridor (TITR)",
        "lapis_lazuli": "Lapis Lazuli route",
        "tir_karachi_aktau_baku": "Karachi-Aktau-Baku (TIR)",
    },
    "Through Iran": {
        "instc_western": "North-South (INSTC), west",
        "instc_eastern": "North-South (INSTC), east",
        "tir_road_karachi_baku": "Karachi-Baku road (TIR)",
        "iti_train": "Islamabad-Istanbul train (ITI)",
    },
    "Proposed": {
        "islamabad_kabul_ashgabat_baku": "Islamabad-Ashgabat-Baku",
        "uap_railway": "Trans-Afghan railway (UAP)",
        "pakistan_russia_freight": "Pakistan-Russia train",
        "india_iran_armenia": "India-Iran-Armenia",
    },
    "From Pakistan to China, from India to Iran": {
        "cpec": "China-Pakistan (CPEC)",
        "qtta": "Karakoram Highway (QTTA)",
        "chabahar_port": "Chabahar port and railway",
    },
    "Pipelines": {
        "btc_pipeline": "Baku-Tbilisi-Ceyhan, oil",
        "scp_pipeline": "South Caucasus, gas",
        "tanap_pipeline": "Trans-Anatolian, gas",
        "tapi_pipeline": "Turkmenistan-India, gas (TAPI)",
    },
    "Flights": {
        "air_baku_islamabad_azal": "Baku-Islamabad",
        "air_baku_lahore_azal": "Baku-Lahore",
        "air_baku_karachi_azal": "Baku-Karachi",
        "air_overflight_north": "way round Iran (overflight)",
    },
}

# The order of the table: what runs, what once ran, what never did.
ORDER = ("operating", "partial", "suspended", "proposed")
NOT_IN_THE_TABLE = ("air", "pipeline")  # kinds that the text tells one by one
SOURCES_SHOWN = 2  # at most, for each row of the table
# A row that fills a screen is not read; the data hold the whole remark. Sentences that tell how a
# row was coded and drawn are left out.
SENTENCES = 2
NOT_FOR_READERS = (
    "gazetteer", "chematic", "not drawn", "no coordinate", "stand for their countr", "points only",
    "is assumed", "Names:", "Spelt", "Drawn",
)  # fmt: skip


def table_of(report: Report) -> pd.DataFrame:
    """Return the table ``routes`` by ``route_id``."""
    return report.table("routes").set_index("route_id")


@finding
def drawn(report: Report) -> pd.DataFrame:
    """Return the routes of `PANELS`, in their order.

    Returns
    -------
    pandas.DataFrame
        ``panel``, ``number`` in it from 1, ``route_id``, ``name`` (short), ``kind``, ``status``,
        ``status_date`` (EDTF), ``waypoints`` (tuple of places).
    """
    rows = [
        {"panel": heading, "number": number, "route_id": route_id, "name": name}
        for heading, names in PANELS.items()
        for number, (route_id, name) in enumerate(names.items(), 1)
    ]
    columns = ["kind", "status", "status_date", "waypoints"]
    return pd.DataFrame(rows).join(table_of(report)[columns], on="route_id")


@finding
def joining(report: Report) -> pd.DataFrame:
    """Return those of the `drawn` routes that have a stop in each of the two states."""
    states = report.table("places").set_index("place_id")["country_iso3"]
    rows = drawn(report)
    return rows[rows["waypoints"].map(lambda w: {"AZE", "PAK"} <= {*states[list(w)].dropna()})]


@finding
def status_date(report: Report, route_id: str) -> Date:
    """Return the date for which the status of a route was found.

    Raises
    ------
    KeyError
        If there is no such route.
    DateError
        If its date is missing.
    """
    return parse(table_of(report).at[route_id, "status_date"])


@finding
def newest(report: Report) -> Date:
    """Return the latest date for which the status of any route was found."""
    dates = (parse(text) for text in report.table("routes")["status_date"].dropna() if text)
    return max(dates, key=lambda date: date.sort_key)


@finding
def corridor_rows(report: Report) -> pd.DataFrame:
    """Return corridors, railways, roads and ports, from what runs to what does not, newest first.

    Returns
    -------
    pandas.DataFrame
        ``Route``, ``Status, as of``, ``km`` (as printed), ``What limits the statement`` and
        ``Sources`` (markup, at most `SOURCES_SHOWN`).
    """
    routes = table_of(report)
    ways = routes[~routes["kind"].isin(NOT_IN_THE_TABLE)]
    ways = ways.assign(rank=ways["status"].map(ORDER.index))
    rows = [
        {
            "Route": way["name"],
            "Status, as of": (
                f"{ROUTE_STATUSES[way['status']]}, {shown(way['status_date'], 'no date')}"
            ),
            "km": str(whole(way["length_km"])) if pd.notna(way["length_km"]) else None,
            "What limits the statement": limits(way["note"]),
            "Sources": cite(way["source_ids"][:SOURCES_SHOWN]),
        }
        for _, way in ways.sort_values(["rank", "status_date"], ascending=[True, False]).iterrows()
    ]
    return pd.DataFrame(rows, dtype=object)


def limits(note: object) -> str | None:
    """Return the first sentences of a remark that limit what a row states; None without any."""
    if not isinstance(note, str):
        return None
    kept = [s for s in note.split(". ") if not any(word in s for word in NOT_FOR_READERS)]
    return ". ".join(kept[:SENTENCES]).rstrip(".") + "." if kept else None
