"""The cells of a table in a notebook: roles become words, and links where they can lead.

A page resolves the roles with all it knows of the book. A notebook stands alone: it names a row by
the data, and links a source to the references at its end and all else to the published pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import pandas as pd

from azpak import dates, tables
from azpak.evidence.words import place_name, ruling_words, source_name, year_text
from azpak.output.mime import TARGET

__all__ = ["Rows", "html"]

ROLE = re.compile(r"\{([\w:-]+)\}`(?:([^`<]*?)\s*<([^`>]*)>|([^`]*))`")  # text, target; or target
STRONG = re.compile(r"\*\*(.+?)\*\*")
EMPHASIS = re.compile(r"(?<!\w)\*([^*\s][^*]*)\*(?!\w)")
Row = Mapping[str, Any]


class Rows(dict[str, pd.DataFrame]):
    """The tables that the roles of one output name, each loaded once, by their keys."""

    def __missing__(self, table: str) -> pd.DataFrame:
        """Load a table."""
        rows = tables.load(table)
        return self.setdefault(table, rows.set_index(rows.columns[0], drop=False))

    def row(self, table: str, key: str) -> pd.Series | None:
        """Return a row, or nothing where there is no such key."""
        return self[table].loc[key] if key in self[table].index else None


def html(text: str, rows: Rows) -> str:
    """Return the markup of a cell as HTML.

    Parameters
    ----------
    text
        MyST with roles, bold and emphasised words, as a cell of a chapter holds it.
    rows
        The data that the roles name.

    Returns
    -------
    str
        A link to a page has its target in the attribute of `azpak.output.mime.TARGET`. An id that
        is not in the data stays what it is.
    """
    parts, end = [], 0
    for found in ROLE.finditer(text):
        parts += [_plain(text[end : found.start()]), _role(found, rows)]
        end = found.end()
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    """Return text without roles, with its bold and emphasised words."""
    strong = STRONG.sub(r"<strong>\1</strong>", escape(text, quote=False))
    return EMPHASIS.sub(r"<em>\1</em>", strong)


def _role(found: re.Match[str], rows: Rows) -> str:
    role, said, target = found[1], found[2] or "", found[3] or found[4]
    if role == "cite":
        return "; ".join(_source(source_id.strip(), rows) for source_id in target.split(","))
    if role in ("doc", "ref"):
        return _chapter(target, said, rows)
    if role not in KINDS:
        return escape(said or target, quote=False)
    table, words, page = KINDS[role]
    row = rows.row(table, target)
    if row is None:
        return escape(said or target, quote=False)
    return _link(page and f"{page}{target}", said or words(row))


def _source(source_id: str, rows: Rows) -> str:
    """Return a source as a link to its entry among the references of the notebook."""
    row = rows.row("sources", source_id)
    name = escape(source_id if row is None else source_name(row), quote=False)
    return f'<a href="#ref-{escape(source_id.replace("_", "-"))}">{name}</a>'  # as docutils does


def _chapter(label: str, said: str, rows: Rows) -> str:
    """Return a chapter, or the chapter of a section whose label begins with its first word."""
    titles = rows["chapters"]["title"]
    first = label.partition("-")[0]
    home = next((c for c in titles.index if c == label or c.partition("-")[0] == first), "")
    anchor = "" if label == home else f"#{label}"
    words = said or (titles[home] if home else label)
    return _link(f"{home}.html{anchor}" if home else "", words)


def _link(target: str, words: str) -> str:
    shown = escape(words, quote=False)
    return f'<a {TARGET}="{escape(target)}">{shown}</a>' if target else shown


EVENTS, RULINGS = "chronology.html#event-", "contradictions.html#ruling-"
# By role: the table of the row, what names it, and the page it stands on, up to its id.
KINDS: dict[str, tuple[str, Callable[[Row], str], str]] = {
    "event": ("events", lambda row: dates.parse(row["date"]).display(), EVENTS),
    "event-on": ("events", lambda row: dates.parse(row["date"]).with_preposition(), EVENTS),
    "event-title": ("events", lambda row: row["title"], EVENTS),
    "event-year": ("events", lambda row: year_text(row["date"]), EVENTS),
    "ruling": ("rulings", ruling_words, RULINGS),
    "place": ("places", place_name, ""),
    "term": ("glossary", lambda row: row["term"], "glossary.html#term-"),
}
