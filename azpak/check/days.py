"""Rules on days: a day told as that of the act rests on a text that could know it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from azpak.check.model import Data, Fault, Row
from azpak.dates import Date, parse

__all__ = ["RULES"]

# Words of a note by which the day of an event is that of a text, not of the act it tells.
_OF_A_TEXT = re.compile(
    r"\bday is that of (?:the|a|an)(?: \w+'s)? (?:reports?|relay|text|releases?)\b"
)
# A day as the schema writes it; a passage never says it so.
_NORMAL = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def a_last_day_is_attested(data: Data) -> Iterator[Fault]:
    """Yield events that lasted to a day known only from texts written before it.

    A visit planned for four days is not one of four days. A text without a date may know the end;
    states and what was only announced or alleged have no end that anybody saw.
    """
    if not data.is_whole("claims"):
        return
    published = {row["source_id"]: row["date"] for _, _, row in data.records("sources", "date")}
    told: dict[str, set[date | None]] = defaultdict(set)
    for _, _, row in data.records("claims", "event_id", "source_id", "agreement", "value_edtf"):
        if row["agreement"] == "silent" or not row["value_edtf"]:
            continue
        day, written = parse(row["value_edtf"]), published.get(row["source_id"])
        if not written or (day.end and (parse(written).end or date.max) >= day.end):
            told[row["event_id"]].add(day.end)
    for table, line, row in data.records("events", "date", "nature", "status"):
        day = parse(row["date"])
        last = day.parts[-1] if day.precision == "interval" and not day.open_end else None
        if not last or last.precision != "day" or last.uncertain or last.approximate:
            continue
        happened = row["nature"] == "happened" and row["status"] == "active"
        if happened and last.end not in told[row["event_id"]]:
            what = "no text of its last day or later gives that day: end the date in ?"
            yield table.fault(line, "date", what, row["date"])


def a_day_of_a_report_is_approximate(data: Data) -> Iterator[Fault]:
    """Yield events whose note says that the day is the report's although the date is exact."""
    for table, line, row in data.records("events", "date", "note"):
        day = parse(row["date"])
        if (
            day.precision == "day"
            and not day.approximate
            and (found := _OF_A_TEXT.search(row["note"] or ""))
        ):
            what = f"the note says that the {found[0]}: the date is about that day, with ~"
            yield table.fault(line, "date", what, row["date"])


def an_exact_day_has_an_exact_claim(data: Data) -> Iterator[Fault]:
    """Yield events of one day whose date claims, where they agree, are all vaguer than a day."""
    if not data.is_whole("claims"):
        return
    told: dict[str, list[Date]] = defaultdict(list)
    for _, _, row in data.records("claims", "event_id", "attribute", "agreement", "value_edtf"):
        if row["attribute"] == "date" and row["agreement"] == "agrees" and row["value_edtf"]:
            told[row["event_id"]].append(parse(row["value_edtf"]))
    for table, line, row in data.records("events", "date"):
        day = parse(row["date"])
        same = [other for other in told[row["event_id"]] if other.overlaps(day)]
        if day.precision == "day" and _exact(day) and same and not any(map(_exact, same)):
            what = "each date claim that agrees is vaguer than the event's day"
            yield table.fault(line, "date", what, row["date"])


def a_day_known_from_that_day_is_said(data: Data) -> Iterator[Fault]:
    """Yield events whose day rests on texts of that day alone, none shown to name it.

    The day of a report is not the day of what it tells. Where no text of another day and no act
    gives the day, the value of a claim has the words by which the passage does: a weekday,
    “today”, a day and a month.
    """
    if not data.is_whole("claims"):
        return
    published = {row["source_id"]: row["date"] for _, _, row in data.records("sources", "date")}
    needed = ("event_id", "value", "value_edtf", "basis", "agreement")
    told: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for _, _, row in data.records("claims", *needed):
        if row["attribute"] == "date" and row["value_edtf"] and row["agreement"] != "disagrees":
            told[row["event_id"], row["value_edtf"]].append(row)
    for table, line, row in data.records("events", "date"):
        claims = told[row["event_id"], row["date"]]
        if not claims or not _NORMAL.fullmatch(row["date"]):
            continue
        of_that_day = all(
            (published.get(claim["source_id"]) or "").rstrip("~?") == row["date"]
            for claim in claims
        )
        said = any(
            claim["basis"] == "act" or not _NORMAL.fullmatch(claim["value"]) for claim in claims
        )
        if of_that_day and not said:
            what = (
                "only texts of that day give it: let the value of a claim have the words that "
                "do, or date the event about the day, with ~"
            )
            yield table.fault(line, "date", what, row["date"])


def a_weekday_is_that_of_its_day(data: Data) -> Iterator[Fault]:
    """Yield claims whose value names a weekday that their day is not."""
    for table, line, row in data.records("claims", "value", "value_edtf"):
        if not _NORMAL.fullmatch(row["value_edtf"] or ""):
            continue
        named = [day for day in _WEEKDAYS if day in row["value"]]
        found = _WEEKDAYS[date.fromisoformat(row["value_edtf"]).weekday()]
        if named and found not in named:
            what = f"the value says {named[0]}, and that day is a {found}"
            yield table.fault(line, "value_edtf", what, row["value_edtf"])


def _exact(day: Date) -> bool:
    marked = day.uncertain or day.approximate
    return day.precision in ("day", "interval") and not marked and not day.open_end


RULES = (
    a_last_day_is_attested,
    a_day_of_a_report_is_approximate,
    an_exact_day_has_an_exact_claim,
    a_day_known_from_that_day_is_said,
    a_weekday_is_that_of_its_day,
)
