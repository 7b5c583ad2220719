"""Visits of Azerbaijan and Pakistan to each other, 1995 to 2016, and the documents of the time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.errors import DataError
from azpak.report import Report, finding

__all__ = [
    "CHAPTERS", "DEFENCE", "HOSTS", "LATER", "LEADER", "LEVELS", "OTHER", "VISITS", "Told",
    "documents", "of_all_years", "of_chapter", "visits", "voices",
]  # fmt: skip

# Who came, as the label says it, and at which level. Left out are meetings in third countries,
# working groups (which stand among the documents) and resident ambassadors.
LEADER, DEFENCE, OTHER = LEVELS = (
    "head of state or government", "defence and armed forces", "others",
)  # fmt: skip
VISITS = {
    "1995-leghari-visit-baku": (LEADER, "President Leghari"),
    "1996-heydar-aliyev-visit-pakistan": (LEADER, "President H. Aliyev"),
    "1999-pakistani-attache-abiyev": (DEFENCE, "military attaché"),
    "2000-national-defence-college-visit": (DEFENCE, "National Defence College"),
    "2001-abiyev-islamabad-declaration": (DEFENCE, "Defence Minister Abiyev"),
    "2002-defence-secretary-baku": (DEFENCE, "Defence Secretary Khan"),
    "2003-karimullah-visit-baku": (DEFENCE, "navy chief Karimullah"),
    "2004-khalafov-visit-islamabad": (OTHER, "Deputy FM Khalafov"),
    "2004-musharraf-visit-baku": (LEADER, "President Musharraf"),
    "2004-aziz-khan-visit-baku": (DEFENCE, "General Aziz Khan"),
    "2005-ilham-aliyev-visit-islamabad": (LEADER, "President I. Aliyev"),
    "2005-raffi-visit-baku": (DEFENCE, "director of training Raffi"),
    "2006-shaukat-aziz-visit-baku": (LEADER, "Prime Minister Aziz (summit)"),
    "2008-senate-delegation-baku": (OTHER, "Senator Sayed"),
    "2008-ideas-karachi-delegation": (DEFENCE, "defence industry"),
    "2009-noman-bashir-visit-baku": (DEFENCE, "navy chief Bashir"),
    "2010-ather-ali-visit-baku": (DEFENCE, "Syed Ather Ali"),
    "2012-wynne-visit-baku": (DEFENCE, "General Wynne"),
    "2012-zardari-visit-baku": (LEADER, "President Zardari (summit)"),
    "2014-gids-visit-baku": (DEFENCE, "head of arms exporter GIDS"),
    "2015-mamnoon-hussain-visit-baku": (LEADER, "President Hussain"),
    "2016-rashad-mahmood-visit-baku": (DEFENCE, "General Mahmood"),
    "2016-rana-tanveer-visit-baku": (DEFENCE, "minister R. T. Hussain"),
    "2016-nawaz-sharif-visit-baku": (LEADER, "Prime Minister Sharif"),
    "2016-ideas-karachi-jamalov": (DEFENCE, "minister Jamalov"),
}
# Visits after those years, each with the level of who came: all that the data call visits.
LATER = {
    "2017-aliyev-visit-islamabad": LEADER,
    "2017-sohail-aman-visit": DEFENCE,
    "2017-hayat-visit-baku": DEFENCE,
    "2018-brigadier-reyhan-visit": DEFENCE,
    "2019-hasanov-visit-pakistan": DEFENCE,
    "2019-alvi-visit-baku": LEADER,
    "2021-air-chief-baku": DEFENCE,
    "2021-azfar-visit-baku": DEFENCE,
    "2021-raza-visit-baku": DEFENCE,
    "2021-masood-visit-baku": DEFENCE,
    "2021-gafarova-visit-pakistan": OTHER,  # the speaker of parliament
    "2021-bakirov-visit-pakistan": DEFENCE,
    "2021-dgmo-visit-baku": DEFENCE,
    "2021-zia-visit-baku": DEFENCE,
    "2021-bajwa-visit-baku": DEFENCE,
    "2021-jalal-visit-baku": DEFENCE,
    "2022-naval-academy-visit-baku": DEFENCE,
    "2022-friendship-group-baku": OTHER,  # members of parliament
    "2022-hasanov-visit-pakistan": DEFENCE,
    "2022-sidhu-visit-baku": DEFENCE,
    "2022-guliyev-ideas-karachi": DEFENCE,
    "2022-niazi-visit-baku": DEFENCE,
    "2023-valiyev-visit-pakistan": DEFENCE,
    "2023-sharif-visit-baku": LEADER,
    "2023-ahadov-visit-pakistan": OTHER,  # an adviser to the president
    "2023-indus-shield-air-chiefs": DEFENCE,
    "2023-munir-visit-baku": DEFENCE,
    "2024-gulrez-visit-baku": DEFENCE,
    "2024-ndu-visit-baku": DEFENCE,
    "2024-bayramov-visit-islamabad": OTHER,  # the foreign minister
    "2024-aliyev-visit-islamabad": LEADER,
    "2024-jamal-hasanov-adex": DEFENCE,
    "2024-mirza-visit-baku": DEFENCE,
    "2024-sharif-cop29-baku": LEADER,
    "2025-gilani-visit-baku": OTHER,  # the chairman of the Senate
    "2025-sharif-visit-baku": LEADER,
    "2025-ashraf-visit-baku": DEFENCE,
    "2025-valiyev-visit-islamabad": DEFENCE,
    "2025-gurbanov-sidhu": DEFENCE,
    "2025-mustafayev-pakistan-industry": DEFENCE,
    "2026-mammadov-visit-pakistan": DEFENCE,
}
# Documents that are about defence as far as their names or the reports say.
DEFENCE_DOCUMENTS = (
    "2001-abiyev-islamabad-declaration",
    "2002-karachi-defence-agreement",
    "2003-defence-agreement-claim",
    "2007-defence-industry-agreement",
    "2013-january-defence-agreement",
    "2014-military-cooperation-agreement",
    "2015-cooperation-document-update",
    "2016-cooperation-document-update",
)
HOSTS = ("AZE", "PAK")
CHAPTERS = ("interlude-1995-2001", "institutions-2002-2016")


@finding
def visits(report: Report) -> pd.DataFrame:
    """Return the visits with host, level and label.

    Returns
    -------
    pandas.DataFrame
        The columns of `azpak.report.Report.events` with ``event_id``, ``kind`` (visit), ``host``
        (ISO 3166-1 alpha-3), ``level`` (one of `LEVELS`) and ``label`` (who came).

    Raises
    ------
    DataError
        If an event of `VISITS` is not active or lies in neither of the two states.
    """
    rows = _located(report, VISITS)
    return rows.assign(
        kind="visit",
        level=[VISITS[event_id][0] for event_id in rows["event_id"]],
        label=[VISITS[event_id][1] for event_id in rows["event_id"]],
    )


def _located(report: Report, event_ids: Iterable[str]) -> pd.DataFrame:
    """Return events with their host; raise where one is not active or has none."""
    events, file = report.events, report.folder / "events.csv"
    wanted = list(event_ids)
    if missing := sorted({*wanted} - {*events.index}):
        raise DataError("a visit is no active event", file=file, value=", ".join(missing))
    rows = events.loc[wanted].rename_axis("event_id").reset_index()
    elsewhere = rows.loc[~rows["country_iso3"].isin(HOSTS), "event_id"]
    if len(elsewhere):
        raise DataError("a visit has no host", file=file, value=", ".join(elsewhere))
    return rows.assign(host=rows["country_iso3"])


@finding
def of_all_years(report: Report) -> pd.DataFrame:
    """Return the visits of all years, those of `VISITS` and of `LATER`, by date.

    Returns
    -------
    pandas.DataFrame
        ``event_id``, ``date`` (EDTF), ``year``, ``host`` (ISO 3166-1 alpha-3), ``level`` (one of
        `LEVELS`), ``nature``, ``certain`` (bool: the visit happened, and was not only announced or
        said later), ``confidence``, ``title``.

    Raises
    ------
    DataError
        If one of them is not active or lies in neither of the two states.
    """
    levels = {event_id: level for event_id, (level, _) in VISITS.items()} | LATER
    rows = _located(report, levels)
    columns = ["event_id", "date", "year", "host", "level", "nature", "certain"]
    return rows.assign(
        year=[parse(text).start.year for text in rows["date"]],
        level=list(levels.values()),
        certain=rows["nature"] == "happened",
    )[[*columns, "confidence", "title"]].sort_values("year", kind="stable", ignore_index=True)


@finding
def documents(report: Report) -> pd.DataFrame:
    """Return the agreements and declarations of the two periods; ``defence`` tells which are so.

    Returns
    -------
    pandas.DataFrame
        The columns of `azpak.report.Report.events` with ``event_id``, ``kind`` (document) and
        ``defence`` (bool).
    """
    events = report.events
    chosen = events["category"].isin(["agreement", "declaration"])
    rows = events[chosen & events["chapter"].isin(CHAPTERS)].rename_axis("event_id").reset_index()
    return rows.assign(kind="document", defence=rows["event_id"].isin(DEFENCE_DOCUMENTS))


class Told(NamedTuple):
    """The visits and documents that one chapter tells.

    Attributes
    ----------
    visits, documents
        As `visits` and `documents` have them.
    """

    visits: pd.DataFrame
    documents: pd.DataFrame

    def to(self, host: str, level: str | None = None) -> int:
        """Return the number of visits to a state, of one level or of all."""
        there = self.visits["host"] == host
        return int((there & (self.visits["level"] == level)).sum() if level else there.sum())

    @property
    def n_defence(self) -> int:
        """The number of documents that are said to be about defence."""
        return int(self.documents["defence"].sum())


@finding
def of_chapter(report: Report, chapter_id: str) -> Told:
    """Return the visits and documents that a chapter tells."""
    return Told(
        *(rows[rows["chapter"] == chapter_id] for rows in (visits(report), documents(report)))
    )


@finding
def voices(report: Report, chapter_id: str) -> pd.Series:
    """Return whose the sources are that report the visits of a chapter.

    Returns
    -------
    pandas.Series
        By stance, the share, 0 to 1, of the sources that agree with one of the visits.
    """
    claims, told = report.claims, of_chapter(report, chapter_id).visits
    agreeing = claims[claims["event_id"].isin(told["event_id"]) & (claims["agreement"] == "agrees")]
    return agreeing.drop_duplicates("source_id")["stance"].value_counts(normalize=True)
