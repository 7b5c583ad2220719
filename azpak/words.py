"""Words for what is computed: counts, ranks, lists and names of states as a sentence has them."""

from __future__ import annotations

from collections.abc import Iterable

from azpak import tables

__all__ = ["count_in_words", "listed", "names_of", "rank_in_words"]

_COUNTS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_RANKS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


def count_in_words(number: int) -> str:
    """Return a count as text has it: in words up to twelve, in digits above (``1,204``)."""
    return _COUNTS[number] if 0 <= number < len(_COUNTS) else f"{number:,}"


def rank_in_words(rank: int) -> str:
    """Return a rank, counted from 1, as text has it: in words up to the tenth.

    Raises
    ------
    ValueError
        If the rank is lower than that; write the sentence otherwise.
    """
    if not 1 <= rank <= len(_RANKS):
        raise ValueError(f"no word for the rank {rank}: there are {len(_RANKS)}")
    return _RANKS[rank - 1]


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: ``one, two and three``; nothing for none."""
    *others, last = [*words] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def names_of(states: Iterable[str]) -> str:
    """Return the names of states (ISO 3166-1 alpha-3) as a sentence lists them.

    Raises
    ------
    KeyError
        If the table ``actors`` has no such state.
    """
    names = tables.load("actors").set_index("actor_id")["name"]
    return listed(names[state] for state in states)
