"""Lifelines of the bodies that the two states share and of their agreements, from the events."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import decimal_year, parse
from azpak.errors import DataError
from azpak.findings import chronology
from azpak.report import Report, finding

__all__ = ["GROUPS", "LINES", "RECENT", "Found", "Line", "found", "steps"]

FOUNDED, SIGNED, MET, RENEWED = KINDS = ("founded", "signed", "met", "renewed")
PAPERS = "Agreements and declarations"
GROUPS = (
    "Bodies and posts of the two states", "With Türkiye",
    "In the Organisation of Islamic Cooperation", PAPERS,
)  # fmt: skip
RECENT = 3  # years before that of the last event: what was seen since then counts as at work


class Line(NamedTuple):
    """A body, a post or an agreement, and the events that show it.

    Attributes
    ----------
    group
        One of `GROUPS`.
    steps
        By event, what happened: one of `KINDS`, and how the sources count the meeting.
    defence
        Whether it is an agreement on defence.
    """

    group: str
    steps: dict[str, tuple[str, str]]
    defence: bool = False

    @property
    def is_body(self) -> bool:
        """Whether it is a body or a post, and no paper."""
        return self.group != PAPERS


TWO, THREE, ISLAMIC = GROUPS[:3]
# Which events belong to which line, as a person judged. An event that both renewed a document and
# was a meeting of the group that did so stands in both lines.
LINES = {
    "Military attachés": Line(TWO, {
        "1999-pakistani-attache-abiyev": (MET, ""),
        "2012-armed-forces-day-islamabad": (MET, ""),
        "2019-joint-staff-armed-forces-day": (MET, ""),
        "2021-jf17-attache-statement": (MET, ""),
        "2023-armed-forces-day-islamabad": (MET, ""),
    }),
    "Joint commission": Line(TWO, {
        "2007-fourth-intergovernmental-commission": (MET, "fourth"),
        "2021-joint-commission-baku": (MET, ""),
        "2025-joint-commission-8": (MET, "eighth"),
    }),
    "Military working group": Line(TWO, {
        "2012-wynne-visit-baku": (FOUNDED, ""),
        "2014-military-cooperation-agreement": (MET, "fifth"),
        "2015-cooperation-document-update": (MET, ""),
        "2016-cooperation-document-update": (MET, ""),
        "2025-working-group-11": (MET, "eleventh"),
    }),
    "Working group on trade": Line(TWO, {"2017-trade-working-group": (FOUNDED, "")}),
    "Foreign ministries' talks": Line(TWO, {
        "2023-political-consultations": (MET, "third"),
        "2025-political-consultations": (MET, ""),
    }),
    "Foreign ministers": Line(THREE, {
        "2017-baku-statement": (FOUNDED, ""),
        "2021-islamabad-declaration": (MET, "second"),
    }),
    "Speakers of parliament": Line(THREE, {
        "2021-baku-declaration-speakers": (FOUNDED, ""),
        "2022-istanbul-declaration-speakers": (MET, ""),
        "2025-speakers-islamabad-declaration": (MET, "third"),
    }),
    "Leaders": Line(THREE, {
        "2024-astana-trilateral-summit": (FOUNDED, ""),
        "2025-lachin-trilateral-summit": (MET, "second"),
    }),
    "Contact group on Kashmir": Line(ISLAMIC, {
        "1994-oic-kashmir-contact-group": (FOUNDED, ""),
        "2013-azerbaijan-joins-kashmir-contact-group": (MET, "Azerbaijan joins"),
        "2016-azerbaijan-oic-kashmir-statement": (MET, ""),
        "2017-kashmir-contact-group": (MET, ""),
        "2018-kashmir-contact-group": (MET, ""),
        "2019-kashmir-contact-group-jeddah": (MET, ""),
        "2020-kashmir-contact-group": (MET, ""),
        "2021-kashmir-contact-group": (MET, ""),
        "2023-kashmir-contact-group": (MET, ""),
        "2025-kashmir-contact-group": (MET, ""),
    }),
    "Contact group on Armenia": Line(ISLAMIC, {
        "2016-oic-contact-group-armenia-created": (FOUNDED, ""),
    }),
    "Defence cooperation": Line(PAPERS, {
        "2001-abiyev-islamabad-declaration": (SIGNED, ""),
        "2002-karachi-defence-agreement": (SIGNED, ""),
        "2003-defence-agreement-claim": (SIGNED, ""),
        "2013-january-defence-agreement": (SIGNED, ""),
    }, defence=True),
    "Defence industry": Line(PAPERS, {
        "2007-defence-industry-agreement": (SIGNED, ""),
        "2017-defence-production-agreement": (SIGNED, ""),
        "2018-military-technical-agreement-claim": (SIGNED, ""),
    }, defence=True),
    "Military group's paper": Line(PAPERS, {
        "2014-military-cooperation-agreement": (SIGNED, ""),
        "2015-cooperation-document-update": (RENEWED, ""),
        "2016-cooperation-document-update": (RENEWED, ""),
        "2017-working-group-renewal-claim": (RENEWED, ""),
    }, defence=True),
    "Partnership declared": Line(PAPERS, {
        "2015-strategic-partnership-declaration": (SIGNED, ""),
        "2016-baku-joint-declaration": (SIGNED, ""),
    }),
    "Preferential trade": Line(PAPERS, {"2024-preferential-trade-agreement": (SIGNED, "")}),
}  # fmt: skip


@finding
def steps(report: Report) -> pd.DataFrame:
    """Return what is known of each line, in the order of `LINES`, by time.

    Returns
    -------
    pandas.DataFrame
        ``line``, ``group``, ``defence`` (bool), ``event_id``, ``date`` (EDTF), ``at`` (the middle
        of the date as a year with its fraction), ``kind`` (of `KINDS`), ``counted`` (how the
        sources count the meeting, in words), ``nature``, ``sure`` (whether it happened, and was
        not only announced or told in later texts), ``confidence``, ``title``.

    Raises
    ------
    DataError
        If an event is not active.
    """
    events = report.events
    rows = []
    for name, line in LINES.items():
        if missing := sorted({*line.steps} - {*events.index}):
            raise DataError(
                "a step of a lifeline is no active event",
                file=report.folder / "events.csv", value=", ".join(missing),
            )  # fmt: skip
        for event_id in sorted(line.steps, key=report.day):
            kind, counted = line.steps[event_id]
            event = events.loc[event_id]
            date = parse(event["date"])
            rows.append({
                "line": name, "group": line.group, "defence": line.defence, "event_id": event_id,
                "date": event["date"],
                "at": (decimal_year(date.start) + decimal_year(date.end or date.start)) / 2,
                "kind": kind, "counted": counted, "nature": event["nature"],
                "sure": event["nature"] == "happened", "confidence": event["confidence"],
                "title": event["title"],
            })  # fmt: skip
    return pd.DataFrame(rows)


class Found(NamedTuple):
    """What the lifelines show together.

    Attributes
    ----------
    since
        The year from which on a body that was seen counts as at work.
    n_bodies, n_recent
        Bodies and posts, and those of them that were seen in ``since`` or later.
    silent
        The other bodies, with the year in which each was last seen.
    last_defence
        The year in which the last agreement on defence is known to have been signed or renewed.
    """

    since: int
    n_bodies: int
    n_recent: int
    silent: dict[str, int]
    last_defence: int


@finding
def found(report: Report) -> Found:
    """Return which bodies were seen of late, and when the last agreement on defence was.

    Raises
    ------
    AssertionError
        If an agreement on defence is known from the years in which bodies count as at work, or
        a larger share of agreements than of bodies is, which the text denies.
    """
    rows = steps(report)
    since = chronology.in_time(report).last_year - RECENT
    seen = rows[rows["sure"]].groupby("line", sort=False)["at"].max().astype(int)
    last, papers = (
        seen[[LINES[name].is_body == body for name in seen.index]] for body in (True, False)
    )
    defence = rows[rows["defence"]]
    sure = defence.loc[defence["sure"], "at"].max()
    assert int(sure) < since, f"an agreement on defence is known of {int(sure)}"
    assert (last >= since).mean() > (papers >= since).mean(), (
        "agreements are seen later than bodies"
    )
    return Found(
        since,
        n_bodies=sum(line.is_body for line in LINES.values()),
        n_recent=int((last >= since).sum()),
        silent={str(name): int(year) for name, year in last[last < since].items()},
        last_defence=int(sure),
    )
