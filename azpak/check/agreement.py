"""Rules on the code of agreement: a claim agrees with what the event row itself states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from math import inf

from azpak.check.model import Data, Fault, Row
from azpak.dates import MONTHS, Date, parse

__all__ = ["RULES", "stated_numbers"]

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_WORDS = (
    {word: float(number) for number, word in enumerate(_ONES)}
    | {word: float(number) for number, word in enumerate(_ORDINALS, 1)}
    | {word: float(number) for number, word in zip(range(30, 100, 10), _TENS, strict=True)}
    | {"hundred": 100.0, "largest": 1.0, "both": 2.0, "twice": 2.0, "half": 50.0}
)
# A share said in words, in per cent; rounded as the claims round it.
_SHARES = {"a fifth": 20.0, "one-seventh": 14.3, "a quarter": 25.0, "a third": 33.3}
_TIMES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_NUMBER = re.compile(
    r"(?P<more>(?:more than|over|at least|above) )?"
    rf"[$€]?(?:(?P<digits>\d[\d,]*(?:\.\d+)?)|\b(?P<word>(?:{'|'.join(_WORDS)}|an?)(?:-(?:{'|'.join(_ONES[1:10])}))?)\b)"
    rf"(?: (?P<times>{'|'.join(_TIMES)}))?(?P<most> or more)?"
)
# A whole number of this size without a comma is a year, not a count.
_YEARS = range(1900, 2100)
# Words by which a source names some of several.
_EXAMPLES = re.compile(r"\b(?:such as|among|including|like)\b")
# "About a year" of the codebook, in days: a yearbook of the next year is still of its time.
_A_YEAR = 400
# How far a value may lie from the row's and still be the same: figures are rounded as printed.
_ROUNDING = 0.001


def stated_numbers(event: Row) -> list[tuple[float, float]]:
    """Return the bounds of each number that title, summary and date of an event state.

    A number in words or digits, a share, the number of days that the date spans; *more than* opens
    the upper bound; years are no numbers.
    """
    text = f"{event['title']} {event['summary']}".lower()
    magnitudes = {_TIMES[word] for word in re.findall("|".join(_TIMES), text)}
    found = []
    for match in _NUMBER.finditer(text):
        value = _value(match)
        if value is None:
            continue
        # "27 million, 28.2 and about 30": what one number has, its neighbours may share.
        for times in {1.0, *magnitudes}:
            more = match["more"] or match["most"]
            found.append((value * times, inf if more else value * times))
    found += [(share, share) for words, share in _SHARES.items() if words in text]
    day = parse(event["date"])
    if day.end and day.precision == "interval":
        days = float((day.end - day.start).days + 1)
        found.append((days, days))
    return found


def _value(match: re.Match[str]) -> float | None:
    """Return the number that stands in a text, in digits or as *forty-four*; a year is none."""
    if match["digits"]:
        value = float(match["digits"].rstrip(",").replace(",", ""))
        is_year = value in _YEARS and "," not in match["digits"] and not match["times"]
        return None if is_year else value
    if match["word"] in ("a", "an"):
        return 1.0 if match["times"] else None
    tens, _, ones = match["word"].partition("-")
    return _WORDS.get(tens, 0.0) + (_WORDS[ones] if ones else 0.0)


def a_number_that_agrees_stands_in_the_event(data: Data) -> Iterator[Fault]:
    """Yield claims with bounds that agree with an event row that states no number within them."""
    events = {
        row["event_id"]: row for _, _, row in data.records("events", "title", "summary", "date")
    }
    stated: dict[str, list[tuple[float, float]]] = {}
    needed = ("event_id", "agreement", "value_low", "value_high")
    for table, line, row in data.records("claims", *needed):
        event, bounds = events.get(row["event_id"]), _bounds(row)
        if not event or bounds is None or row["agreement"] == "silent":
            continue
        if row["event_id"] not in stated:
            stated[row["event_id"]] = stated_numbers(event)
        if not stated[row["event_id"]]:
            what = "the event states no number at all: the claim is silent"
            yield table.fault(line, "agreement", what, row["value"])
            continue
        if row["agreement"] != "agrees":
            continue
        low, high = bounds[0] * (1 - _ROUNDING), bounds[1] * (1 + _ROUNDING)
        if not any(first <= high and low <= last for first, last in stated[row["event_id"]]):
            what = "the event states no such number: the claim is silent, or disagrees with it"
            yield table.fault(line, "agreement", what, row["value"])


def a_date_that_agrees_stands_in_the_event(data: Data) -> Iterator[Fault]:
    """Yield date claims that agree with an event of another date that does not tell theirs."""
    events = {
        row["event_id"]: row for _, _, row in data.records("events", "title", "summary", "date")
    }
    needed = ("event_id", "attribute", "agreement", "value_edtf")
    for table, line, row in data.records("claims", *needed):
        event = events.get(row["event_id"])
        if not event or row["attribute"] != "date" or row["agreement"] != "agrees":
            continue
        if not row["value_edtf"]:
            continue
        day = parse(row["value_edtf"])
        text = f"{event['title']} {event['summary']}"
        if not day.overlaps(parse(event["date"])) and not _told(day, text):
            what = f"the event is of {event['date']} and tells no such date"
            yield table.fault(line, "agreement", what, row["value_edtf"])


def _told(day: Date, text: str) -> bool:
    """Whether a text names the first or last day, month or year of a date."""
    ends: list[date] = [end for end in (day.start, day.end) if end]
    if day.precision == "year":
        return str(day.start.year) in text
    months = [MONTHS[end.month - 1] in text for end in ends]
    if day.precision == "month":
        return any(months)
    days = [bool(re.search(rf"\b{end.day}\b", text)) for end in ends]
    return any(month and number for month, number in zip(months, days, strict=True))


def equal_claims_agree_alike(data: Data) -> Iterator[Fault]:
    """Yield claims of one event, topic, unit and value that are coded otherwise than the first.

    A text older than what it tells knows a plan alone, and is compared with such texts. So is,
    except on the date, a text of the first day that is coded partial: it may tell of a plan too.
    """
    is_older, is_older_or_of_the_day = _older_texts(data), _older_texts(data, of_the_day=True)
    first: dict[tuple, tuple[int, Row]] = {}
    for table, line, row in _compared(data):
        value = (row["value_low"], row["value_high"], row["value_norm"] or "")
        is_date = row["attribute"] == "date"
        if is_date:
            value = (row["value_edtf"],)
        if not any(part not in (None, "") for part in value):
            continue
        only_plan = is_older(row)
        if not is_date and row["agreement"] == "partial":
            only_plan = is_older_or_of_the_day(row)
        kind = (row["unit"], is_date, only_plan)
        key = (row["event_id"], row["topic"], *kind, *value)
        at, before = first.setdefault(key, (line, row))
        if before["agreement"] != row["agreement"]:
            what = f"line {at} has the same topic and value, and {before['agreement']}"
            yield table.fault(line, "agreement", what, row["agreement"])


def an_announcement_agrees_in_part(data: Data) -> Iterator[Fault]:
    """Yield claims that an event happened, or when, that agree although their text is older.

    The announcement of an event that is told as announced or alleged is not looked at.
    """
    is_older = _older_texts(data)
    natures = {row["event_id"]: row["nature"] for _, _, row in data.records("events", "nature")}
    for table, line, row in _compared(data):
        told = row["attribute"] in ("date", "occurred") and row["agreement"] == "agrees"
        if told and natures.get(row["event_id"]) == "happened" and is_older(row):
            what = "the text is older than what it tells: partial"
            yield table.fault(line, "agreement", what, row["agreement"])


def _older_texts(data: Data, *, of_the_day: bool = False) -> Callable[[Row], bool]:
    """Return a function that tells whether a claim's text is older than what the claim tells.

    With ``of_the_day`` also whether it is of the first day of that.
    """
    published = {row["source_id"]: row["date"] for _, _, row in data.records("sources", "date")}
    events = {row["event_id"]: row["date"] for _, _, row in data.records("events", "date")}

    def is_older(claim: Row) -> bool:
        text = published.get(claim["source_id"])
        told = [events.get(claim["event_id"])]
        if claim["attribute"] == "date":  # a plan that the event itself tells may be dated later
            told.append(claim["value_edtf"])
        starts = [parse(day).start for day in told if day]
        last = parse(text).end if text else None
        if not (last and starts and all(starts)):
            return False
        return last < min(starts) or (of_the_day and last == min(starts))

    return is_older


def values_that_agree_do_not_differ(data: Data) -> Iterator[Fault]:
    """Yield exact numbers that agree with an event although another number agrees too."""
    agreeing: dict[tuple, tuple[int, float]] = {}
    for table, line, row in _compared(data):
        exact = row["value_low"] is not None and row["value_low"] == row["value_high"]
        if row["agreement"] != "agrees" or not exact:
            continue
        key = (row["event_id"], row["topic"], row["unit"], row["value_edtf"])
        at, before = agreeing.setdefault(key, (line, row["value_low"]))
        if before != row["value_low"]:
            what = f"line {at} agrees with another number, {before:g}"
            yield table.fault(line, "agreement", what, f"{row['value_low']:g}")


def an_act_is_no_report(data: Data) -> Iterator[Fault]:
    """Yield claims whose basis is the act itself although their source is press."""
    types = {row["source_id"]: row["type"] for _, _, row in data.records("sources", "type")}
    for table, line, row in data.records("claims", "source_id", "basis"):
        if row["basis"] == "act" and types.get(row["source_id"]) == "press":
            what = "press is not the act: party or report"
            yield table.fault(line, "basis", what, row["source_id"])


def a_later_text_speaks_in_retrospect(data: Data) -> Iterator[Fault]:
    """Yield claims on what happened whose text is more than about a year younger than it.

    Left alone: allegations, about which later texts tell new things of their own time; claims that
    the event does not tell, or tells in part; what has no attribute of the event.
    """
    published = {row["source_id"]: row["date"] for _, _, row in data.records("sources", "date")}
    events = {row["event_id"]: row for _, _, row in data.records("events", "date", "nature")}
    for table, line, row in data.records(
        "claims", "event_id", "source_id", "attribute", "agreement", "basis", "value_edtf"
    ):
        event, day = events.get(row["event_id"]), published.get(row["source_id"])
        told = row["agreement"] in ("agrees", "disagrees") and row["attribute"] != "other"
        if not (event and day and told) or row["basis"] not in ("party", "report"):
            continue
        ends = [parse(text).end for text in (event["date"], row["value_edtf"]) if text]
        if event["nature"] == "alleged" or None in ends:
            continue
        late = (parse(day).start - max(ends)).days
        if late > _A_YEAR:
            what = f"written {late} days after the event: retrospect"
            yield table.fault(line, "basis", what, row["basis"])


def a_rank_told_by_examples_is_open(data: Data) -> Iterator[Fault]:
    """Yield exact ranks that a source gives only by naming some of those before it."""
    for table, line, row in data.records("claims", "attribute", "value", "value_low", "value_high"):
        exact = row["value_low"] is not None and row["value_low"] == row["value_high"]
        found = _EXAMPLES.search(f"{row['value']} {row['paraphrase']}")
        if row["attribute"] == "rank" and exact and found:
            what = f"a rank told by examples ({found[0]}) has no upper bound"
            yield table.fault(line, "value_high", what, f"{row['value_high']:g}")


def _compared(data: Data) -> Iterator[tuple]:
    needed = (
        "event_id", "source_id", "topic", "attribute", "agreement",
        "value_edtf", "value_low", "value_high",
    )  # fmt: skip
    yield from data.records("claims", *needed)


def _bounds(row: Row) -> tuple[float, float] | None:
    low, high = row["value_low"], row["value_high"]
    if low is None and high is None:
        return None
    return (-inf if low is None else low, inf if high is None else high)


RULES = (
    a_number_that_agrees_stands_in_the_event,
    a_date_that_agrees_stands_in_the_event,
    equal_claims_agree_alike,
    an_announcement_agrees_in_part,
    values_that_agree_do_not_differ,
    an_act_is_no_report,
    a_later_text_speaks_in_retrospect,
    a_rank_told_by_examples_is_open,
)
