"""The years 1991 to 1994: who recognised whom and when, the rank claimed for it, the war's toll."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import parse, shown, years_between
from azpak.errors import DataError
from azpak.findings import chronology, record
from azpak.output.table import cite
from azpak.report import Report, finding
from azpak.text import count_in_words, rank_in_words
from azpak.vocabulary import VOICES

__all__ = [
    "AZERBAIJAN_EMBASSY", "CHAPTER", "MILITARY", "PAKISTAN", "PAKISTAN_EMBASSY", "RECOGNISERS",
    "STEPS", "UPROOTED", "Ranks", "Written", "displaced_rows", "embassy_gap",
    "khojaly_rows", "rank", "rank_rows", "ranks", "steps", "written",
]  # fmt: skip

CHAPTER = "recognition-1991-1994"

# The acts of recognition known from these days, Pakistan's the last: others were not searched for
# state by state.
PAKISTAN = "1991-pakistan-recognises-azerbaijan"
RECOGNISERS = (
    "1991-turkiye-recognises-azerbaijan", "1991-romania-recognises-azerbaijan", PAKISTAN,
)  # fmt: skip
PAKISTAN_EMBASSY = "1993-pakistan-embassy-baku"
AZERBAIJAN_EMBASSY = "1997-azerbaijan-embassy-islamabad"

# The steps of recognition, each with what it is in a few words.
STEPS = {
    "1991-azerbaijan-independence-act": "Azerbaijan adopts its act of independence",
    "1991-turkiye-recognises-azerbaijan": "Türkiye recognises Azerbaijan",
    "1991-romania-recognises-azerbaijan": "Romania recognises Azerbaijan",
    PAKISTAN: "Pakistan recognises Azerbaijan",
    "1991-pakistan-withholds-recognition-armenia": "Pakistan withholds relations from Armenia",
    "1992-diplomatic-relations": "diplomatic relations",
    PAKISTAN_EMBASSY: "Pakistan's embassy in Baku",
    AZERBAIJAN_EMBASSY: "Azerbaijan's embassy in Islamabad",
}

# Categories of events in which a military tie would show.
MILITARY = ("agreement", "training", "exercise", "arms")

# Counts of displaced people, by topic of the claim, with whom it counts.
UPROOTED = {
    "displaced-armenians-from-azerbaijan": "Armenians from Azerbaijan, in Armenia",
    "displaced-within-armenia": "Within Armenia, from villages on the border with Azerbaijan",
    "displaced-azeris-from-armenia": "Azerbaijanis from Armenia, in Azerbaijan",
    "displaced-azeris-from-armenia-azerbaijani-count": "Azerbaijanis from Armenia",
    "displaced-within-azerbaijan-1999":
        "Within Azerbaijan, from Karabakh and the districts around it",
    "displaced-within-azerbaijan-azerbaijani-count":
        "Within Azerbaijan, from Karabakh and the districts around it",
}  # fmt: skip


@finding
def steps(report: Report) -> pd.DataFrame:
    """Return the events of `STEPS` by date, as `Report.events` has them.

    Raises
    ------
    DataError
        If one of them is no active event.
    """
    events = report.events
    missing = sorted(set(STEPS) - set(events.index))
    if missing:
        raise DataError(
            "a step of recognition is no active event",
            file=report.folder / "events.csv", value=", ".join(missing),
            way_out="Name the event that took its place in STEPS of azpak/findings/recognition.py",
        )  # fmt: skip
    return events[events.index.isin(STEPS)]


@finding
def rank(report: Report) -> int:
    """Return Pakistan's place among `RECOGNISERS` by date, counted from 1."""
    own = report.day(PAKISTAN)
    return 1 + sum(report.day(other) < own for other in RECOGNISERS)


@finding
def embassy_gap(report: Report) -> float:
    """Return the years from the opening of Pakistan's embassy to that of Azerbaijan's."""
    return years_between(report.day(PAKISTAN_EMBASSY), report.day(AZERBAIJAN_EMBASSY))


class Ranks(NamedTuple):
    """What sources say of Pakistan's place among the states that recognised Azerbaijan.

    Attributes
    ----------
    claims
        The claims, with ``place``: ``first`` or another word for exactly that one, ``among the
        first three`` or ``second to seventh`` for a range, ``among the first`` where it has no end.
    n_sources
        The sources that make them.
    """

    claims: pd.DataFrame
    n_sources: int

    def n_saying(self, place: int) -> int:
        """Return the number of sources that name exactly this place, counted from 1."""
        says = self.claims["place"] == rank_in_words(place)
        return self.claims.loc[says, "source_id"].nunique()

    def voices(self, place: int) -> list[str]:
        """Return whose voices name exactly this place, the most frequent first."""
        says = self.claims["place"] == rank_in_words(place)
        stances = self.claims.loc[says, "stance"].value_counts(sort=True)
        return [VOICES[stance] for stance in stances.index]


@finding
def ranks(report: Report) -> Ranks:
    """Return what sources say of Pakistan's place."""
    claims = report.claims_on("pak-recognition-rank")
    ends = zip(claims["value_low"], claims["value_high"], strict=True)
    named = claims.assign(place=[_place(low, high) for low, high in ends])
    return Ranks(named, named["source_id"].nunique())


@finding
def rank_rows(report: Report) -> pd.DataFrame:
    """Return the places named, with the sources that name each, the most frequent first.

    Returns
    -------
    pandas.DataFrame
        ``Place``, ``Sources``, ``Separate origins`` (independence groups), ``Close to``
        (voices), ``Which`` (markup).
    """
    rows = [
        {
            "Place": place,
            "Sources": len(naming),
            "Separate origins": naming["independence_group"].nunique(),
            "Close to": ", ".join(VOICES[s] for s in naming["stance"].value_counts().index),
            "Which": cite(naming["source_id"]),
        }
        for place, naming in ranks(report).claims.groupby("place", sort=False)
    ]
    return pd.DataFrame(rows, dtype=object).sort_values("Sources", ascending=False)


@finding
def khojaly_rows(report: Report) -> pd.DataFrame:
    """Return the counts of the dead at Khojaly, the highest lower bound first.

    Returns
    -------
    pandas.DataFrame
        ``Published by``, ``Close to`` (voice), ``Dead`` (as the source words it),
        ``Published``, ``Source`` (markup).
    """
    counts = report.claims_on("khojaly-killed").sort_values("value_low", ascending=False)
    rows = [
        {
            "Published by": report.sources.at[claim["source_id"], "publisher"],
            "Close to": VOICES[claim["stance"]],
            "Dead": claim["value"],
            "Published": shown(report.sources.at[claim["source_id"], "date"], "undated"),
            "Source": cite([claim["source_id"]]),
        }
        for _, claim in counts.iterrows()
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def displaced_rows(report: Report) -> pd.DataFrame:
    """Return the counts of displaced people, one for each topic of `UPROOTED`.

    Returns
    -------
    pandas.DataFrame
        ``Who`` is counted (with the year at whose end, where the claim has it), ``Number`` (as
        the source words it), ``Published by``, ``Close to`` (voice), ``Published``, ``Source``
        (markup).

    Raises
    ------
    DataError
        If more than one claim counts the same people: the table would hide the other.
    """
    rows = []
    for topic, group in UPROOTED.items():
        claims = report.claims_on(topic)
        if len(claims) != 1:
            raise DataError(
                f"{len(claims)} claims on {topic} where the table shows one",
                file=report.folder / "claims.csv", value=", ".join(claims.index),
                way_out="Give each count a topic of its own and name it in UPROOTED",
            )  # fmt: skip
        claim = claims.iloc[0]
        source, year = report.sources.loc[claim["source_id"]], claim["value_edtf"]
        rows.append(
            {
                "Who": group if pd.isna(year) else f"{group}, at the end of {year}",
                "Number": claim["value"],
                "Published by": source["publisher"],
                "Close to": VOICES[claim["stance"]],
                "Published": shown(source["date"], "undated"),
                "Source": cite([claim["source_id"]]),
            }
        )
    return pd.DataFrame(rows, dtype=object)


class Written(NamedTuple):
    """When the sources of the chapter were written, as far as they bear a date.

    Attributes
    ----------
    share_later
        Share, 0 to 1, written in a year after the last of the chapter.
    last_year
        The year of the latest.
    """

    share_later: float
    last_year: int


@finding
def written(report: Report) -> Written:
    """Return when the sources of the chapter were written."""
    dated = record.of_chapter(report, CHAPTER).sources["date"].dropna()
    years = pd.Series([parse(text).start.year for text in dated if text])
    last_told = chronology.period(report, CHAPTER).end.year
    return Written(float((years > last_told).mean()), int(years.max()))


def _place(low: float, high: float) -> str:
    """Return a place named by its bounds, in words."""
    if pd.isna(high):
        return "among the first"
    low, high = int(low), int(high)
    if 1 < low < high:
        return f"{rank_in_words(low)} to {rank_in_words(high)}"
    return str(rank_in_words(low)) if low == high else f"among the first {count_in_words(high)}"
