"""What the record of a chapter holds: its events, their support, its sources and whose they are."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.findings.chronology import period
from azpak.report import Report, finding
from azpak.text import Printed, count_in_words

__all__ = ["ChapterRecord", "events_per_year", "of_chapter"]


class ChapterRecord(NamedTuple):
    """The record of one chapter.

    Attributes
    ----------
    events
        The active events that it tells, as `azpak.report.Report.events` has them.
    two_groups
        Share of them, 0 to 1, that two or more independence groups carry.
    sources
        The sources, by ``source_id``, that speak of one of them in any way.
    """

    events: pd.DataFrame
    two_groups: float
    sources: pd.DataFrame

    def of_stance(self, stance: str) -> int:
        """Return the number of sources of a stance."""
        return int((self.sources["stance"] == stance).sum())

    def in_words(self, stance: str) -> Printed:
        """Return the number of sources of a stance as a sentence has it: *none*, *four*."""
        return count_in_words(self.of_stance(stance), none="none")

    def share(self, stance: str) -> float:
        """Return the share of the sources, 0 to 1, that are of a stance."""
        return self.of_stance(stance) / len(self.sources)


@finding
def of_chapter(report: Report, chapter_id: str) -> ChapterRecord:
    """Return what the record of a chapter holds."""
    events = report.events_of(chapter_id)
    claims = report.claims
    speaking = claims.loc[claims["event_id"].isin(events.index), "source_id"].unique()
    return ChapterRecord(
        events, report.evidence.share_two_groups(events.index), report.sources.loc[speaking]
    )


@finding
def events_per_year(report: Report, chapter_id: str) -> float:
    """Return the events of a chapter per calendar year of its period."""
    told = period(report, chapter_id)
    assert told.end is not None, (
        f"the period of {chapter_id} has not ended: there is no rate a year"
    )
    return len(report.events_of(chapter_id)) / (told.end.year - told.start.year + 1)
