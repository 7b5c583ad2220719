"""How values print: counts, shares, bounds, ranges, ranks and lists, as a sentence has them.

Each function returns `Printed`: text, with the value it prints. A number that stands in a sentence,
a table or a headline is printed by one of them, so that it looks the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from azpak.dates import Date

__all__ = [
    "Printed", "bounds", "count_in_words", "counted", "decimal", "listed", "named", "open_bounds",
    "per_cent", "plain", "printed", "rank_in_words", "span_of_years", "times_in_words",
    "upper_first", "when", "whole",
]  # fmt: skip

MINUS = "\N{MINUS SIGN}"

_COUNTS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_RANKS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


class Printed(str):
    """A value as text has it.

    Attributes
    ----------
    raw
        The value itself: a number, a text, or a tuple of them.
    unit
        What it counts or is measured in; empty where the sentence alone says it.
    """

    raw: Any
    unit: str

    def __new__(cls, text: str, raw: Any = None, unit: str = "") -> Printed:
        """Make the text; without `raw` the value is the text."""
        made = super().__new__(cls, text)
        made.raw = text if raw is None else raw
        made.unit = unit
        return made

    def __getnewargs__(self) -> tuple[str, Any, str]:
        """Keep value and unit in copies."""
        return (str(self), self.raw, self.unit)

    def of(self, unit: str) -> Printed:
        """Return the same value with its unit named."""
        return Printed(str(self), self.raw, unit)

    def capital(self) -> Printed:
        """Return the same value as it opens a sentence: ``Four``."""
        return Printed(self[:1].upper() + self[1:], self.raw, self.unit)


def whole(number: float, unit: str = "") -> Printed:
    """Return a number without decimals, thousands parted by a comma: ``1,204``."""
    return decimal(number, 0, unit)


def decimal(number: float, digits: int, unit: str = "", *, signed: bool = False) -> Printed:
    """Return a number with so many decimals: ``0.53``; `signed`, a plus sign too: ``+0.53``.

    Thousands are parted by a comma, and the minus sign is a minus sign.
    """
    text = f"{number:{'+' if signed else ''},.{digits}f}"
    return Printed(text.replace("-", MINUS), _plain_number(number), unit)


def plain(number: float, unit: str = "") -> Printed:
    """Return a number with the decimals that it has: ``4.5``, ``16``, ``1,204``."""
    return Printed(f"{number:,.10g}".replace("-", MINUS), _plain_number(number), unit)


def per_cent(share: float, digits: int = 0) -> Printed:
    """Return a share from 0 to 1 in hundredths, without the words *per cent*: ``53``."""
    return Printed(f"{100 * share:.{digits}f}".replace("-", MINUS), float(share), "share")


def bounds(
    low: float,
    high: float,
    digits: int | None = 0,
    unit: str = "",
    *,
    times: float = 1,
    word: str = "to",
) -> Printed:
    """Return two bounds: ``12 to 15``, or one number where both print alike.

    Parameters
    ----------
    low, high
        The bounds. Where one is missing the text is ``40 or more`` or ``up to 40``.
    digits
        Decimals of each; with None as many as it has.
    times
        What each is multiplied by before it prints: 100 for a share in hundredths. A share keeps
        its value; any other number has the one that prints, in the unit that is named.
    word
        What stands between them, such as ``and``.

    Raises
    ------
    ValueError
        If both are missing.
    """
    known = [end for end in (low, high) if not _missing(end)]
    if not known:
        raise ValueError("there are no bounds to print: both are missing")
    ends = [plain(times * end) if digits is None else decimal(times * end, digits) for end in known]
    if len(known) == 1:
        text = f"up to {ends[0]}" if _missing(low) else f"{ends[0]} or more"
    else:
        text = ends[0] if ends[0] == ends[1] else f"{ends[0]} {word} {ends[1]}"
    kept = 1 if unit in ("share", "") else times
    raw = tuple(None if _missing(end) else _plain_number(kept * end) for end in (low, high))
    return Printed(text, raw, unit)


def open_bounds(
    low: float,
    high: float,
    digits: int = 3,
    *,
    open_low: bool = False,
    open_high: bool = False,
    times: float = 1,
) -> Printed:
    """Return the range of several figures: ``13.2 to 13.283``, ``80 to more than 81``.

    Parameters
    ----------
    low, high
        The lowest and the highest figure.
    digits
        Decimals to which each is rounded; noughts at the end are left out.
    open_low, open_high
        Whether the lowest was said as *up to* and the highest as *more than*. Where the lower side
        is open the highest figure alone stands: ``up to 100``.
    times
        What each is multiplied by before it prints.
    """
    ends = [f"{round(end * times, digits):,.10g}".replace("-", MINUS) for end in (low, high)]
    alike = ends[0] == ends[1]
    above = f"more than {ends[1]}" if open_high else ends[1]
    text = f"up to {ends[1]}" if open_low else above if alike else f"{ends[0]} to {above}"
    return Printed(text, (_plain_number(low), _plain_number(high)))


def span_of_years(first: int, last: int, mark: str = " to ") -> Printed:
    """Return the years from the first to the last: ``2016 to 2020``; one year alone."""
    text = str(first) if first == last else f"{first}{mark}{last}"
    return Printed(text, (int(first), int(last)), "years")


def count_in_words(number: int, none: str = "no") -> Printed:
    """Return a count as text has it: in words up to twelve, in digits above (``1,204``).

    `none` is the word for nought, which depends on the sentence: *no* reports, *none* of them.
    """
    number = int(number)
    words = _COUNTS[number] if 0 < number < len(_COUNTS) else f"{number:,}"
    return Printed(none if number == 0 else words, number, "count")


def counted(number: int, noun: str, many: str | None = None) -> Printed:
    """Return a count with what it counts: ``one day``, ``two days``.

    `many` is the plural where it is not the noun with an s.
    """
    text = f"{count_in_words(number)} {noun if int(number) == 1 else many or f'{noun}s'}"
    return Printed(text, int(number), many or f"{noun}s")


def times_in_words(number: int) -> Printed:
    """Return how often: ``once``, ``twice``, ``three times``."""
    text = {1: "once", 2: "twice"}.get(int(number), f"{count_in_words(number)} times")
    return Printed(text, int(number), "count")


def rank_in_words(rank: int) -> Printed:
    """Return a rank, counted from 1, as text has it: in words up to the tenth.

    Raises
    ------
    ValueError
        If the rank is lower than that; write the sentence otherwise.
    """
    rank = int(rank)
    if not 1 <= rank <= len(_RANKS):
        raise ValueError(f"no word for the rank {rank}: there are {len(_RANKS)}")
    return Printed(_RANKS[rank - 1], rank, "rank")


def when(date: Date) -> Printed:
    """Return a date as it stands in a sentence: ``on 9 June 1992``, ``in July 2004``."""
    return Printed(date.with_preposition(), date.text, "date")


def listed(words: Iterable[object], none: str = "") -> Printed:
    """Return words as a sentence lists them: ``one, two and three``; `none` where there are none.

    A bare whole number is a year. What was printed before it is listed keeps its value, and dates
    are listed as they print; the unit is the one that all have.
    """
    words = [printed(word) for word in words]
    *others, last = [str(word) for word in words] or [none]
    text = f"{', '.join(others)} and {last}" if others else last
    units = {word.unit for word in words}
    unit = units.pop() if len(units) == 1 else ""
    return Printed(text, tuple(word.raw for word in words), unit)


def named(text: str) -> Printed:
    """Return a name that is printed as it is and may hold digits: ``T-55``, ``ATOP v5.1``."""
    return Printed(text, unit="name")


def printed(value: Any) -> Printed:
    """Return a value as it prints by itself: a text, a date, or a bare whole number, a year.

    Raises
    ------
    TypeError
        If it is anything else; a number with decimals, say, does not know how it prints.
    """
    if isinstance(value, Printed):
        return value
    if isinstance(value, str):
        return Printed(value)
    if hasattr(value, "display"):
        return Printed(value.display(), value.text, "date")
    if hasattr(value, "__index__") and not isinstance(value, bool):
        return Printed(str(int(value)), int(value), "year")
    raise TypeError(
        f"how does {value!r} print? Give it to a function of azpak.text, such as "
        "decimal(value, 2) or per_cent(share)"
    )


def upper_first(text: str) -> str:
    """Return a text as it opens a sentence, the rest as it is: ``Close to the Turkish state``."""
    return text[:1].upper() + text[1:]


def _missing(value: Any) -> bool:
    """Return whether a bound is None, NaN or pandas' NA, which is equal to nothing."""
    if value is None:
        return True
    try:
        return not bool(value == value)
    except TypeError:  # NA has no truth
        return True


def _plain_number(number: Any) -> int | float:
    """Return a Python number; numpy's and pandas' are not what JSON knows."""
    value = float(number)
    return int(value) if value.is_integer() else value
