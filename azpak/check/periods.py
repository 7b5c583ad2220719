"""Rules on time: the periods partition it, and the chapters' years are those of their phases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from azpak.check.model import Data, Fault, Row
from azpak.dates import Date, span

__all__ = ["RULES"]

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def periods_follow_each_other(data: Data) -> Iterator[Fault]:
    """Yield periods that leave a gap to, or overlap, the one before, in order of position."""
    periods = [
        (row["position"], line, row)
        for _, line, row in data.records("phases", "start", "end", "kind", "position")
        if row["kind"] == "period" and None not in (row["position"], row["start"], row["end"])
    ]
    table = data.tables.get("phases")
    before: Row | None = None
    for _, line, row in sorted(periods, key=lambda period: period[:2]):
        if before and (what := _misfit(_lasts(before), _lasts(row))):
            got = f"{before['end']}, then {row['start']}"
            yield table.fault(line, "start", f"{what} {before['phase_id']}", got)
        before = row


def _misfit(before: Date, period: Date) -> str | None:
    if before.end is None:
        return "starts although the period before has not ended:"
    due = before.end + timedelta(days=1)
    if period.start == due:
        return None
    return "leaves a gap after" if period.start > due else "overlaps"


def _lasts(row: Row) -> Date:
    """Return the time from start to end, whatever the precision of the two."""
    return span(row["start"], row["end"])


def chapter_years_stand_in_title_and_file_name(data: Data) -> Iterator[Fault]:
    """Yield chapters whose title or id names other years than year_first and year_last."""
    needed = ("chapter_id", "title", "year_first", "year_last")
    for table, line, row in data.records("chapters", *needed):
        years = list(dict.fromkeys(y for y in (row["year_first"], row["year_last"]) if y))
        for column in ("chapter_id", "title"):
            named = [int(year) for year in _YEAR.findall(row[column] or "")]
            if named != years:
                due = " and ".join(map(str, years)) or "none"
                what = f"its years are not year_first and year_last: {due}"
                yield table.fault(line, column, what, row[column])


def chapter_years_are_those_of_the_phase(data: Data) -> Iterator[Fault]:
    """Yield chapters that reach beyond their phase or leave out a full year of it."""
    chapters = {row["chapter_id"]: row for _, _, row in data.records("chapters")}
    for table, line, row in data.records("phases", "start", "end", "chapter_id"):
        chapter = chapters.get(row["chapter_id"])
        if not (chapter and row["start"] and row["end"]):
            continue
        if chapter["year_first"] is None or chapter["year_last"] is None:
            continue
        if not _agree(chapter["year_first"], chapter["year_last"], _lasts(row)):
            what = f"the phase does not span the years of {row['chapter_id']}"
            yield table.fault(line, "start", what, f"{row['start']} to {row['end']}")


def _agree(first: int, last: int, phase: Date) -> bool:
    """Whether the years lie in the phase and hold all of its full years.

    The last period has not ended: its chapter may stop in any year.
    """
    full_first = phase.start.year + ((phase.start.month, phase.start.day) != (1, 1))
    starts = phase.start.year <= first <= full_first
    if phase.end is None:
        return starts and last >= first
    full_last = phase.end.year - ((phase.end.month, phase.end.day) != (12, 31))
    return starts and full_last <= last <= phase.end.year


RULES = (
    periods_follow_each_other,
    chapter_years_stand_in_title_and_file_name,
    chapter_years_are_those_of_the_phase,
)
