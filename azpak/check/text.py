"""The rule on text: plain, composed, of one script a word, no formula, and no word of the workshop.

A column's distinct values are looked at first; rows only where one of them is at fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from azpak.check.model import Data, Fault, Table

__all__ = ["LONGEST", "RULES", "WORKING_WORDS", "cell_faults"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Bidirectional marks, soft hyphens, zero-width and odd spaces: unseen, and they break searching.
_INVISIBLE = re.compile("[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_MARKUP = re.compile(
    r"</?[A-Za-z!][^>]*>"  # a tag or comment
    r"|&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);"  # a character reference
    r"|\*\*|`|\]\("  # Markdown: strong, code, link
)
_STRAY_SPACE = re.compile("^ | $|  ", re.MULTILINE)
_SUSPICIOUS = re.compile(
    "|".join(
        (
            r"[\x00-\x09\x0b-\x1f\x7f-\x9f]",
            *(p.pattern for p in (_INVISIBLE, _MARKUP, _STRAY_SPACE)),
        )
    ),
    re.MULTILINE,
)

# Words of the workshop, which say nothing to a reader of the published tables. Provenance is told
# as document, release and where it was published.
WORKING_WORDS = (
    "dossier",  # the notes this collection grew from
    "seed", "seeds",  # the first documents read
    "stored copy", "stored copies", "stored text", "stored page",  # how a page was kept
    "scrape", "scraped", "crawl", "crawled",  # how it was fetched
    "todo", "fixme", "tbd", "placeholder", "stub", "lorem ipsum",  # work not done
)  # fmt: skip
_WORKING = re.compile(rf"\b(?:{'|'.join(WORKING_WORDS)})\b", re.IGNORECASE)

# A row says what is so; that it once said otherwise is told in the change log.
_REVISED = re.compile(r"\bcorrected(?: from\b|:)|\bnow shown\b", re.IGNORECASE)

# What a spreadsheet computes when it opens the file; a number alone is none.
_FORMULA = re.compile(r"^(?![-+]?[\d.]+(?:[eE][-+]?\d+)?$)[-=+@].", re.MULTILINE)
_WORD = re.compile(r"\w+")
_SCRIPTS = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "DEVANAGARI"}
_OTHER_SCRIPT = re.compile("[\u0370-\u10ff]")
LONGEST = 1_000  # characters of a text; the longest note has six hundred


def cells_hold_plain_text(data: Data) -> Iterator[Fault]:
    """Yield what makes a text unreadable, unsearchable or unsafe, and working vocabulary."""
    for table in data.tables.values():
        for name in table.columns:
            if not _is_plain(table.column(name)):
                yield from cell_faults(table, name, _text_fault(table.fields[name]))


def cell_faults(table: Table, name: str, fault_of: Callable[[str], str | None]) -> Iterator[Fault]:
    """Yield a fault for each cell whose value is at fault, and mark the cell as bad."""
    cells = table.column(name)
    faulty = {value: what for value in set(cells) if (what := fault_of(value))}
    if not faulty:
        return
    for line, value in zip(table.lines, cells, strict=True):
        if value in faulty and (line, name) not in table.bad:
            table.bad.add((line, name))
            yield table.fault(line, name, faulty[value], value)


def _is_plain(cells: list[str]) -> bool:
    """Whether nothing in a column looks suspicious: a few searches instead of a few per cell."""
    distinct = set(cells)
    text = "\n".join(distinct)
    words = text.lower()
    return (
        text.count("\n") < max(len(distinct), 1)
        and not _SUSPICIOUS.search(text)
        and not _FORMULA.search(text)
        and not _REVISED.search(text)
        and not _OTHER_SCRIPT.search(text)
        and unicodedata.is_normalized("NFC", text)
        and max(map(len, distinct), default=0) <= LONGEST
        and not any(word in words for word in WORKING_WORDS)
    )


def _text_fault(column: dict[str, Any]) -> Callable[[str], str | None]:
    name, text = column["name"], column["type"] == "string"

    def fault_of(value: str) -> str | None:
        if _CONTROL.search(value):
            return "a control character or line break"
        if _INVISIBLE.search(value):
            return "an invisible character or a space that is not the plain one"
        if _STRAY_SPACE.search(value):
            return "stray white space"
        if _MARKUP.search(value):
            return "markup in a text cell"
        if not unicodedata.is_normalized("NFC", value):
            return "a letter and its mark as two characters: write them composed (NFC)"
        if mixed := next((w for w in _WORD.findall(value) if len(_scripts(w)) > 1), None):
            return f"a word of two scripts, which looks like another: {mixed}"
        if text and "enum" not in column.get("constraints", {}) and _FORMULA.match(value):
            return "a spreadsheet takes this for a formula: let it begin with a word"
        if text and (old := _REVISED.search(value)):
            return f"a row tells of its correction: {old[0]}"
        if text and len(value) > LONGEST:
            return f"{len(value)} characters, where no text needs more than {LONGEST}"
        # An address is its publisher's, whatever words it holds.
        found = None if name == "url" else _WORKING.search(value)
        return f"working vocabulary: {found[0]}" if found else None

    return fault_of


def _scripts(word: str) -> set[str]:
    """Return the scripts that the letters of a word belong to, as Unicode names them."""
    names = (unicodedata.name(letter, "") for letter in word if letter.isalpha())
    return {script for name in names if (script := name.partition(" ")[0]) in _SCRIPTS}


RULES = (cells_hold_plain_text,)
