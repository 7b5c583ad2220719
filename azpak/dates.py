"""EDTF dates: their bounds, their precision and how they print.

The report uses a part of EDTF (ISO 8601-2): a day, month or year, marked uncertain (``?``),
approximate (``~``) or both (``%``); ``a/b``, lasting from a to b; ``a/b?``, where the last day was
announced and nothing confirms it; ``a/..``, not ended; ``[a..b]``, one unknown day within a span;
``[..b]``, one day no later than b; and ``[a..]``, one no earlier than a.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

from azpak.errors import DateError

if TYPE_CHECKING:
    import pandas

__all__ = [
    "DAYS_IN_YEAR", "MONTHS", "Date", "calendar_months", "decimal_year", "from_words", "in_time",
    "months_between", "parse", "short_month", "shown", "span", "years_between",
]  # fmt: skip

Precision = Literal["day", "month", "year", "interval", "within"]

# Names kept here, not taken from the locale: the same bytes on every machine.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

DAYS_IN_YEAR = 365.2425  # the mean of the Gregorian calendar

_ANNOUNCED = "(the last day is known only from an announcement)"
_SIMPLE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?([?~%]?)")
_FORMS = "a day, month or year with ?, ~ or %; a/b; a/..; [a..b]; [..b]; or [a..]"


@dataclass(frozen=True)
class Date:
    """A date at the precision known.

    Attributes
    ----------
    text
        The EDTF text.
    start, end
        First and last day it can cover; ``end`` is None where it has not ended or no last day
        is known. Where no first day is known, ``start`` is that of the latest day it can be,
        which is its place in the order of time.
    precision
        ``day``, ``month``, ``year``, ``interval`` (lasting) or ``within`` (one unknown day).
    uncertain, approximate
        Whether the source is doubted, whether the value is an estimate.
    open_end
        Whether it has not ended.
    open_start
        Whether no first day is known.
    parts
        The two ends of an interval or span.
    """

    text: str
    start: date
    end: date | None
    precision: Precision
    uncertain: bool = False
    approximate: bool = False
    open_end: bool = False
    open_start: bool = False
    parts: tuple[Date, ...] = ()

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Order by first day, then by last (an open end last), then by text."""
        return (self.start, self.end or date.max, self.text)

    def overlaps(self, other: Date) -> bool:
        """Whether a day exists that both can cover."""
        return self._first <= (other.end or date.max) and other._first <= (self.end or date.max)

    @property
    def one_sided(self) -> bool:
        """Whether it is one day of which only the latest or only the earliest is known."""
        return self.precision == "within" and (self.open_start or self.end is None)

    @property
    def end_announced(self) -> bool:
        """Whether it lasts to a day that was announced and that nothing confirms."""
        last = self.parts[-1] if self.precision == "interval" else self
        return last is not self and last.precision == "day" and last.text.endswith("?")

    @property
    def _first(self) -> date:
        return date.min if self.open_start else self.start

    @property
    def _two_days(self) -> bool:
        """Whether it is one unknown day of two that follow each other."""
        one_of_several = self.precision == "within" and self.end is not None
        return one_of_several and (self.end - self.start).days == 1

    def display(self) -> str:
        """Return the date in British form, such as ``9 to 11 October 1995``."""
        if self.open_end:
            return f"since {self.parts[0].display()}"
        if self.end_announced:
            first, last = self.parts
            return f"{_joined(first, parse(last.text[:-1]), 'to')} {_ANNOUNCED}"
        if self.precision == "interval":
            return _joined(*self.parts, "to")
        if self.precision == "within":
            if self.open_start:
                return f"no later than {self.parts[0].display()}"
            if self.end is None:
                return f"no earlier than {self.parts[0].display()}"
            if self._two_days:
                return _joined(*self.parts, "or")
            return f"between {_joined(*self.parts, 'and')}"
        about = "about " if self.approximate else ""
        return f"{about}{self._plain()}{' (date uncertain)' if self.uncertain else ''}"

    def with_preposition(self) -> str:
        """Return the date as it stands in a sentence, such as ``on 9 June 1992``."""
        if self._two_days:
            return f"on {self.display()}"
        if self.open_end or self.precision == "within":
            return self.display()
        if self.precision == "interval":
            return f"from {self.display()}"
        preposition = "on" if self.precision == "day" else "in"
        return f"{preposition} {'or ' if self.approximate else ''}{self.display()}"

    def _plain(self) -> str:
        if self.precision == "year":
            return str(self.start.year)
        month = f"{MONTHS[self.start.month - 1]} {self.start.year}"
        return month if self.precision == "month" else f"{self.start.day} {month}"


@cache
def parse(text: str) -> Date:
    """Parse an EDTF date.

    Parameters
    ----------
    text
        A date in the part of EDTF described above.

    Returns
    -------
    Date
        The date with its bounds.

    Raises
    ------
    DateError
        If the text has another form, the day does not exist or the bounds are swapped.
    """
    if not isinstance(text, str):
        raise DateError("a date is missing", value=text)
    if "/" in text:
        return _interval(text)
    if text.startswith("["):
        return _within(text)
    return _simple(text, text)


def from_words(text: str) -> Date:
    """Return the date that words name, as it prints: ``12 February 2026``, ``June 2024``, ``2024``.

    Raises
    ------
    DateError
        If they name none.
    """
    *day, month, year = ["", "", *text.split()][-3:]
    try:
        number = f"-{MONTHS.index(month) + 1:02}" if month else ""
        return parse(f"{year}{number}" + "".join(f"-{int(d):02}" for d in day if d))
    except ValueError:
        raise DateError("these words name no date", value=text) from None


def shown(text: object, none: str) -> str:
    """Return the date in a cell of a table in British form; `none` where the cell is empty."""
    return parse(text).display() if isinstance(text, str) and text else none


def span(start: str, end: str) -> Date:
    """Return the date that lasts from one EDTF date to another (``..``: not ended)."""
    return parse(f"{start}/{end}")


def in_time(texts: pandas.Series) -> pandas.Series:
    """Return what EDTF dates are sorted by, as in ``rows.sort_values("date", key=in_time)``."""
    return texts.map(lambda text: parse(text).sort_key)


def decimal_year(day: date) -> float:
    """Return a day as a year with its fraction, such as 2020.5: its place on an axis of years."""
    return day.year + (day - date(day.year, 1, 1)).days / DAYS_IN_YEAR


def years_between(first: date, last: date) -> float:
    """Return the years from one day to another, of the mean length of a Gregorian year."""
    return (last - first).days / DAYS_IN_YEAR


def months_between(first: date, last: date) -> float:
    """Return the months from one day to another, each a twelfth of a mean year."""
    return 12 * years_between(first, last)


def calendar_months(first: date, last: date) -> int:
    """Return how many months later the month of one day is than that of another."""
    return 12 * (last.year - first.year) + last.month - first.month


def short_month(day: date) -> str:
    """Return the month of a day in three letters, such as ``Sep``."""
    return MONTHS[day.month - 1][:3]


def _interval(text: str) -> Date:
    first_text, _, last_text = text.partition("/")
    first = _simple(first_text, text)
    if last_text == "..":
        return Date(
            text, first.start, None, "interval",
            first.uncertain, first.approximate, open_end=True, parts=(first,),
        )  # fmt: skip
    return _ordered(text, first, _simple(last_text, text), "interval")


def _within(text: str) -> Date:
    first_text, separator, last_text = text[1:-1].partition("..")
    if not (text.endswith("]") and separator and (first_text or last_text)):
        raise DateError("a span in brackets has the form [a..b], [..b] or [a..]", value=text)
    if text[-2] in "?~%" or first_text[-1:] in tuple("?~%"):
        raise DateError("the bounds of a span in brackets bear no ?, ~ or %", value=text)
    if first_text and last_text:
        return _ordered(text, _simple(first_text, text), _simple(last_text, text), "within")
    known = _simple(first_text or last_text, text)
    end = None if first_text else known.end
    return Date(text, known.start, end, "within", open_start=not first_text, parts=(known,))


def _ordered(text: str, first: Date, last: Date, precision: Precision) -> Date:
    if last.end < first.start:
        raise DateError("the date ends before it starts", value=text)
    return Date(
        text, first.start, last.end, precision,
        first.uncertain or last.uncertain, first.approximate or last.approximate,
        parts=(first, last),
    )  # fmt: skip


def _simple(text: str, whole: str) -> Date:
    match = _SIMPLE.fullmatch(text)
    if not match:
        raise DateError(f"not an EDTF date of the forms used here: {_FORMS}", value=whole)
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    first, last = _bounds(year, month, day, whole)
    mark = match[4]
    precision: Precision = "day" if day is not None else "month" if month is not None else "year"
    return Date(text, first, last, precision, mark in ("?", "%"), mark in ("~", "%"))


def _bounds(year: int, month: int | None, day: int | None, whole: str) -> tuple[date, date]:
    if year == 0:
        raise DateError("the year 0000 is not used", value=whole)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise DateError(f"there is no month {month:02}", value=whole)
    days = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, days)
    if not 1 <= day <= days:
        raise DateError(f"{MONTHS[month - 1]} {year} has no day {day:02}", value=whole)
    return date(year, month, day), date(year, month, day)


def _joined(first: Date, last: Date, word: str) -> str:
    """Join two dates, naming a month or year they share once."""
    marked = any(d.uncertain or d.approximate for d in (first, last))
    same_year = first.start.year == last.start.year and first.precision == last.precision != "year"
    if marked or not same_year:
        return f"{first.display()} {word} {last.display()}"
    month = MONTHS[first.start.month - 1]
    if first.precision == "month":
        short = month
    elif first.start.month == last.start.month:
        short = str(first.start.day)
    else:
        short = f"{first.start.day} {month}"
    return f"{short} {word} {last.display()}"
