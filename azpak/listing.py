"""Show a data frame as a table of a chapter: numbered, captioned, the same on page and in print.

A chapter ends a cell with ``listing(frame, caption, "tbl-name")``; ``{numref}`tbl-name` `` refers
to it. Text from data is escaped; what a chapter wants read as markup is made with `cite`,
`event` or `markup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

__all__ = ["Listing", "Markup", "cite", "event", "listing", "markup"]

SPECIAL = re.compile(r"([\\`*_{}\[\]<>$#~^&|])")
LIST_MARK = re.compile(r"^(?:([-+])|(\d+)([.)]))(?=\s|$)")


class Markup(str):
    """Text of a cell that is read as MyST and not escaped."""

    __slots__ = ()


@dataclass(frozen=True)
class Listing:
    """A table of a chapter.

    Attributes
    ----------
    rows
        What is shown; the column names are the head.
    caption
        What it shows.
    name
        Label, unique in the book.
    """

    rows: pd.DataFrame = field(repr=False)
    caption: str
    name: str

    def __post_init__(self) -> None:
        if self.rows.empty:
            raise ValueError(f"table {self.name}: there are no rows to show")

    def _repr_markdown_(self) -> str:
        lines = [
            f"```{{list-table}} {self.caption}", f":name: {self.name}", ":header-rows: 1",
            ":class: report-table", "",
        ]  # fmt: skip
        lines += _row(self.rows.columns)
        for cells in self.rows.itertuples(index=False, name=None):
            lines += _row(cells)
        return "\n".join([*lines, "```", ""])


def listing(rows: pd.DataFrame, caption: str, name: str) -> Listing:
    """Return a table of a chapter.

    Parameters
    ----------
    rows
        What is shown. Values are printed with ``str`` and escaped, `Markup` is left as it is; a
        missing value becomes a dash.
    caption
        What it shows, from when to when, and how many rows; on one line and without roles, which
        would hide the label from ``numref``.
    name
        Its label, such as ``tbl-recognition-rank``.

    Raises
    ------
    ValueError
        If there are no rows.
    """
    return Listing(rows.astype(object), caption, name)


def markup(text: str) -> Markup:
    """Return text that a cell shows as MyST, such as a role."""
    return Markup(text)


def cite(source_ids: Iterable[str]) -> Markup:
    """Return the citation of some sources."""
    return Markup(f"{{cite}}`{','.join(dict.fromkeys(source_ids))}`")


def event(event_id: str) -> Markup:
    """Return the date of an event, linked to the chronology."""
    return Markup(f"{{event}}`{event_id}`")


def _row(cells: Iterable[object]) -> list[str]:
    return [f"{'  ' if n else '* '}- {_cell(cell)}" for n, cell in enumerate(cells)]


def _cell(value: object) -> str:
    if isinstance(value, Markup):
        return value
    if pd.isna(value):
        return "–"
    text = SPECIAL.sub(r"\\\1", " ".join(str(value).split()))
    return LIST_MARK.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text) or "–"
