"""references.bib, written from the sources table before the pages are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, ClassVar

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style import FormattedEntry
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.alpha import Style as AlphaStyle
from pybtex.style.template import field, href, join, optional
from sphinx.application import Sphinx
from sphinx.config import Config

from azpak import dates, tables
from azpak.citing import LATEX
from azpak.evidence.words import date_text, present

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

FILE = "references.bib"
Row = Mapping[str, Any]

# A name with one of these words or signs, or in capitals, is a body's and is not turned round.
BODY = re.compile(
    r"\b(of|for|and|the|agency|ministry|institute|centre|center|council|office|news|press|"
    r"university|group|service|assembly|government|embassy|bank|company|data|project|"
    r"international|national|united|state|committee|foundation|radio|tv|times|media|staff|desk|"
    r"watch|contributors|database|portal|organi[sz]ation|correspondent|daily|recorder|earth)\b"
    r"|[0-9()/&]|\.[a-z]|^[A-Z]{2,}$",
    re.IGNORECASE,
)


def bibliography(sources: pd.DataFrame) -> str:
    """Return the sources as BibTeX, one entry each, keyed by source id.

    Parameters
    ----------
    sources
        The sources table.

    Returns
    -------
    str
        Entries in order of key. Works of one author and year have a letter after the year.
    """
    ordered = sources.sort_values("source_id").to_dict("records")
    years = _lettered_years(ordered)
    return "\n".join(_entry(row, year) for row, year in zip(ordered, years, strict=True))


def _lettered_years(sources: Sequence[Row]) -> list[str]:
    pairs = [(authors(row), _year(row)) for row in sources]
    total, seen = Counter(pairs), Counter()
    lettered = []
    for pair in pairs:
        letter = _letter(seen[pair]) if total[pair] > 1 else ""
        seen[pair] += 1
        year = pair[1]
        lettered.append(f"{year}{'-' if year == 'n.d.' and letter else ''}{letter}")
    return lettered


def _letter(number: int) -> str:
    """Return a, b, ... z, aa, ab, ..."""
    first, last = divmod(number, len(ascii_lowercase))
    return (ascii_lowercase[first - 1] if first else "") + ascii_lowercase[last]


def _year(source: Row) -> str:
    text = present(source["date"])
    return str(dates.parse(text).start.year) if text else "n.d."


def authors(source: Row) -> str:
    """Return the author of a source for BibTeX: persons apart, a body in one piece."""
    author = present(source["author"])
    if not author:
        return "{" + _escaped(present(source["publisher"]) or source["source_id"]) + "}"
    names = author.split(", ")
    if BODY.search(author) or any(len(name.split()) not in (2, 3, 4) for name in names):
        return "{" + _escaped(author) + "}"
    return " and ".join(_escaped(name) for name in names)


def _entry(source: Row, year: str) -> str:
    author, publisher = authors(source), _escaped(present(source["publisher"]))
    when = [date_text(source["date"]), present(source["vintage"])]
    parts = (publisher if publisher != author.strip("{}") else "", *map(_escaped, when))
    fields = {
        "author": author,
        "title": "{" + _escaped(source["title"]) + "}",
        "howpublished": ", ".join(part for part in parts if part),
        "year": year,
        "url": present(source["url"]).replace("{", "%7B").replace("}", "%7D"),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@misc{{{source['source_id']},", *lines, "}", ""])


def _escaped(text: str) -> str:
    return "".join(LATEX.get(character, character) for character in text)


class ReportStyle(AlphaStyle):
    """Author (year). Title, linked. Publisher, date. Then the card of the source.

    Attributes
    ----------
    formatted
        Entries and what was made of them, by key and label: these are not formatted again.
    """

    formatted: ClassVar[dict[tuple[str, str], tuple[Entry, FormattedEntry]]] = {}

    def format_entry(self, label: str, entry: Entry, bib_data=None) -> FormattedEntry:
        """Return an entry as it prints."""
        known, made = self.formatted.get((entry.key, label), (None, None))
        if known != entry:
            made = super().format_entry(label, entry, bib_data)
            self.formatted[entry.key, label] = entry, made
        return made

    def get_misc_template(self, entry: Entry):
        """Return how an entry prints."""
        title = field("title")
        if "url" in entry.fields:
            title = href[field("url", raw=True), title]
        return toplevel[
            join[self.format_names("author", as_sentence=False), " (", field("year"), ")."],
            join[title, "."],
            optional[join[field("howpublished"), "."]],
            href[f"sources.html#source-{entry.key}", "Source card"],
        ]


def write_bibliography(app: Sphinx, config: Config) -> None:
    """Write the file where it differs from what is there."""
    if app.azpak_unchanged:
        return
    path = Path(app.srcdir) / FILE
    text = bibliography(tables.load("sources"))
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the file as soon as the settings are known, and offer the style for it."""
    register_plugin("pybtex.style.formatting", "azpak", ReportStyle)
    app.connect("config-inited", write_bibliography)
