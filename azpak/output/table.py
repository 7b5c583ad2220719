"""Show a data frame as a table of a chapter: numbered, captioned, the same on page and in print.

A chapter ends a cell with ``table(frame, caption, "tbl-name")``; ``{numref}`tbl-name` `` refers
to it. Text from data is escaped; what a chapter wants read as markup is made with `cite`,
`event` or `markup`. With ``download=rows`` the page offers these rows below the table, as CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from azpak.output import cells, mime

__all__ = ["Markup", "Table", "cite", "event", "markup", "table"]

SPECIAL = re.compile(r"([\\`*_{}\[\]<>$#~^&|])")
NAME = "tbl-"  # a label starts with it, and the name of a file goes without it
SHORT = 9  # characters of a cell that stays on one line, such as 2002-2016
DIGITS = "%.10g"  # of a number in a file: what no machine computes differently
LEFT = 'style="text-align: left; vertical-align: top"'  # of a cell in a notebook
LIST_MARK = re.compile(r"^(?:([-+])|(\d+)([.)]))(?=\s|$)")


class Markup(str):
    """Text of a cell that is read as MyST and not escaped."""

    __slots__ = ()


@dataclass(frozen=True)
class Table:
    """A table of a chapter.

    Attributes
    ----------
    rows
        What is shown; the column names are the head.
    caption
        What it shows.
    name
        Label, unique in the book.
    download
        What the page offers as CSV, if anything.
    """

    rows: pd.DataFrame = field(repr=False)
    caption: str
    name: str
    download: pd.DataFrame | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.rows.empty:
            raise ValueError(f"table {self.name}: there are no rows to show")
        if self.download is not None:
            _check_file(self.name, self.download)

    def csv(self) -> str:
        """Return the rows to take away as CSV; empty without any."""
        if self.download is None:
            return ""
        plain = self.download.map(lambda v: " ".join(v.split()) if isinstance(v, str) else v)
        return plain.to_csv(index=False, lineterminator="\n", float_format=DIGITS)

    def _repr_markdown_(self) -> str | None:
        if mime.plain():
            return None
        lines = [
            f"```{{list-table}} {self.caption}", f":name: {self.name}", ":header-rows: 1",
            f":class: report-table{self._worded()}", "",
        ]  # fmt: skip
        lines += _row(self.rows.columns)
        for values in self.rows.itertuples(index=False, name=None):
            lines += _row(values)
        return "\n".join([*lines, "```", "", *self._offer()])

    def _repr_html_(self) -> str:
        """Return the table for a person with a notebook; the page takes the Markdown."""
        head = "".join(f"<th {LEFT}>{escape(str(column))}</th>" for column in self.rows.columns)
        data = cells.Rows()
        body = "".join(
            "<tr>" + "".join(f"<td {LEFT}>{_in_words(v, data)}</td>" for v in values) + "</tr>"
            for values in self.rows.itertuples(index=False, name=None)
        )
        made = (
            f"<table><caption {LEFT}>{escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
        return mime.led(made, mime.pages()) if mime.plain() else made

    def _worded(self) -> str:
        """Return the class of a table whose first column holds more than a year or a number."""
        longest = self.rows.iloc[:, 0].map(lambda value: len(str(value))).max()
        return " worded" if longest > SHORT else ""

    def _offer(self) -> list[str]:
        """Return the directive that hands the file to the page; it travels with the output."""
        if self.download is None:
            return []
        text = self.csv()
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
        head = f"{fence}{{table-file}} {self.name.removeprefix(NAME)}"
        return [head, f":rows: {len(self.download)}", "", text + fence, ""]


def table(
    rows: pd.DataFrame, caption: str, name: str, download: pd.DataFrame | None = None
) -> Table:
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
    download
        What a reader can take away below the table, as ``recognition-rank.csv``: the values
        themselves and not as they are printed, with the unit in the name of a column where it is
        needed; numbers are written with ten digits. It may hold more than is shown.

    Raises
    ------
    ValueError
        If there are no rows, or those to take away are none, have a column without a name or two
        of one name, or hold markup.
    """
    return Table(rows.astype(object), caption, name, download)


def markup(text: str) -> Markup:
    """Return text that a cell shows as MyST, such as a role."""
    return Markup(text)


def cite(source_ids: Iterable[str]) -> Markup:
    """Return the citation of some sources."""
    return Markup(f"{{cite}}`{','.join(dict.fromkeys(source_ids))}`")


def event(event_id: str) -> Markup:
    """Return the date of an event, linked to the chronology."""
    return Markup(f"{{event}}`{event_id}`")


def _check_file(name: str, rows: pd.DataFrame) -> None:
    """Refuse rows that would make no file that others can read."""
    columns = list(rows.columns)
    if rows.empty:
        raise ValueError(f"table {name}: there are no rows to take away")
    if not all(isinstance(c, str) and c.strip() for c in columns) or len({*columns}) < len(columns):
        raise ValueError(f"table {name}: the columns to take away need a name each (got {columns})")
    marked = [c for c in columns if rows[c].map(lambda v: isinstance(v, Markup)).any()]
    if marked:
        raise ValueError(f"table {name}: the file would hold markup in {', '.join(marked)}")


def _row(values: Iterable[object]) -> list[str]:
    return [f"{'  ' if n else '* '}- {_cell(cell)}" for n, cell in enumerate(values)]


def _in_words(value: object, data: cells.Rows) -> str:
    """Return a cell as a notebook shows it, with what its roles say."""
    if isinstance(value, Markup):
        return cells.html(value, data)
    return "–" if pd.isna(value) else escape(str(value))


def _cell(value: object) -> str:
    if isinstance(value, Markup):
        return value
    if pd.isna(value):
        return "–"
    text = SPECIAL.sub(r"\\\1", " ".join(str(value).split()))
    return LIST_MARK.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text) or "–"
