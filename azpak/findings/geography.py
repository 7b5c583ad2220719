"""Which states lie between the two, how their borders stand, and where the militaries meet."""

from __future__ import annotations

import pandas as pd

from azpak.dates import Date, parse, shown
from azpak.errors import DataError
from azpak.findings import exercises
from azpak.output.table import cite
from azpak.report import Report, finding
from azpak.text import whole

__all__ = [
    "NO_JOINT_USE", "ON_THE_WAY", "OURS", "PLANTS", "REFERENCE_WORK", "SHUT", "between",
    "border_date", "border_rows", "borders_examined", "exercises_of_both", "land_borders", "sites",
]  # fmt: skip

OURS = ("AZE", "ARM", "PAK")  # the states whose borders are examined
ON_THE_WAY = ("irn-afg", "irn-tkm", "afg-tkm")  # and the borders between their neighbours
SHUT = ("closed", "restricted")  # to travellers, or altogether
OPEN = "open"
NOT_CHECKED = "not-checked"
# The work that gives the lengths of all borders: named once below the table and not in each row.
REFERENCE_WORK = "cia_factbook_mirror_2026"
SOURCES_SHOWN = 2  # at most, for each row of a table

# What the types of sites come to on the map.
KIND_OF_TYPE = {
    "exercise venue": "exercise", "base": "base", "airport": "base", "factory": "factory",
    "headquarters": "headquarters", "academy": "headquarters", "exhibition venue": "exhibition",
    "public display": "exhibition",
}  # fmt: skip
# Sites that writings connect with the two states, where no Azerbaijani part was found.
NO_JOINT_USE = ("ssg_cherat", "ssg_tarbela", "barotha_garrison")
PLANTS = ("pac_kamra", "taxila", "wah")  # the places of Pakistan's plants in the north


@finding
def land_borders(report: Report, *states: str) -> pd.DataFrame:
    """Return the land borders of some states (ISO 3166-1 alpha-3), by ``pair_id``.

    Returns
    -------
    pandas.DataFrame
        The other columns of the table ``neighbours``; no border stands twice.
    """
    land = _land(report)
    return land[land["iso3_a"].isin(states) | land["iso3_b"].isin(states)]


@finding
def between(report: Report, a: str, b: str) -> tuple[str, ...]:
    """Return the states that have a land border with both `a` and `b`, in order of their codes."""
    land = _land(report)
    touching = [
        {*land.loc[land["iso3_a"] == state, "iso3_b"]}
        | {*land.loc[land["iso3_b"] == state, "iso3_a"]}
        for state in (a, b)
    ]
    return tuple(sorted(set.intersection(*touching)))


@finding
def borders_examined(report: Report) -> pd.DataFrame:
    """Return the borders of `OURS`, then those `ON_THE_WAY`, as `land_borders` does.

    Raises
    ------
    DataError
        If one of them is plainly open: the chapter says that this could be established of none.
    """
    examined = pd.concat([land_borders(report, *OURS), _land(report).loc[list(ON_THE_WAY)]])
    opened = examined.index[examined["border_status"] == OPEN]
    if not opened.empty:
        raise DataError(
            "a border is open, where the chapter says that of none this could be established",
            file=report.folder / "neighbours.csv", value=", ".join(opened),
            way_out="Mend the first paragraph of chapters/geography.md",
        )  # fmt: skip
    return examined


@finding
def border_rows(report: Report) -> pd.DataFrame:
    """Return the borders examined, by their state.

    Returns
    -------
    pandas.DataFrame
        ``Border``, ``km`` (as printed), ``Crossings``, ``As of``, ``Relations`` and ``Sources``
        (markup; at most `SOURCES_SHOWN`, none for `REFERENCE_WORK` alone).
    """
    names = report.names()
    rows = [
        {
            "Border": f"{names[pair['iso3_a']]}, {names[pair['iso3_b']]}",
            "km": str(whole(pair["length_km"])),
            "Crossings": pair["border_status"].replace("-", " "),
            "As of": "–"
            if pair["border_status"] == NOT_CHECKED
            else shown(pair["border_status_date"], "no date"),
            "Relations": pair["diplomatic_relations"].replace("-", " "),
            "Sources": _own_sources(pair["source_ids"]),
        }
        for _, pair in borders_examined(report).sort_values(["border_status", "iso3_a"]).iterrows()
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def border_date(report: Report, pair_id: str) -> Date:
    """Return the date for which the state of a border was found.

    Raises
    ------
    KeyError
        If there is no such land border.
    DateError
        If its date is missing.
    """
    return parse(_land(report).at[pair_id, "border_status_date"])


@finding
def exercises_of_both(report: Report) -> pd.DataFrame:
    """Return the exercises in which both states are named as taking part or observing.

    Returns
    -------
    pandas.DataFrame
        As `azpak.findings.exercises.editions` returns them.
    """
    return exercises.with_all(exercises.editions(report), ("AZE", "PAK"), exercises.PRESENT)


@finding
def sites(report: Report) -> pd.DataFrame:
    """Return the sites named in connection with the cooperation.

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``sites``; ``kind``, what the type comes to on a map; and
        ``joint`` (bool), whether an Azerbaijani part was found there.
    """
    named = report.table("sites")
    return named.assign(
        kind=named["type"].map(KIND_OF_TYPE), joint=~named["site_id"].isin(NO_JOINT_USE)
    )


def _land(report: Report) -> pd.DataFrame:
    pairs = report.table("neighbours").set_index("pair_id")
    return pairs[pairs["land_border"]]


def _own_sources(source_ids: tuple[str, ...]) -> str | None:
    """Return the first sources on a border beside the reference work for its length."""
    kept = [source for source in source_ids if source != REFERENCE_WORK]
    return cite(kept[:SOURCES_SHOWN]) if kept else None
