"""The glossary: names in their forms, persons with offices, institutions, weapons, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import dates
from azpak.book.domain import report_domain
from azpak.book.nodes import Content, block, pairs, paragraph, row_link, section, span, strong
from azpak.book.records import Records, depend_on, records
from azpak.errors import DateError
from azpak.evidence.words import present, source_name
from azpak.text import upper_first

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

KINDS = {
    "concept": "Terms",
    "person": "Persons",
    "institution": "Institutions and formats",
    "treaty": "Agreements, declarations and resolutions",
    "exercise": "Exercises",
    "weapon-system": "Weapons",
    "place": "Places with several names",
    "dataset": "Data sets",
}
ABBREVIATION = "abbreviation"
# Keys of attributes that name another entry.
ENTRY_KEYS = {"see": "See", "variant_of": "Variant of"}
# A month is read as one in offices only: elsewhere 2009-10 may be two years.
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
DAY_OR_MONTH = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")


class Glossary(SphinxDirective):
    """``{glossary-entries}``: the entries by kind, in alphabetical order."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each kind."""
        depend_on(self.env, "glossary", "sources", "places", "actors")
        data = records()
        terms = data.glossary
        by_kind = {kind: terms[terms["kind"] == kind] for kind in KINDS}
        return [
            section(KINDS[kind], f"glossary-{kind}", *self._entries(data, of_kind))
            for kind, of_kind in by_kind.items()
            if len(of_kind)
        ]

    def _entries(self, data: Records, terms: pd.DataFrame) -> Iterator[nodes.Node]:
        for term_id in terms["term"].str.casefold().sort_values(kind="stable").index:
            yield self._entry(data, data.glossary.loc[term_id])

    def _entry(self, data: Records, term: pd.Series) -> nodes.Node:
        anchor = report_domain(self.env).anchor("term", term.name, f"term-{term.name}")
        head = paragraph(strong(term["term"]), classes=["term-head"])
        if term["variants"]:
            head += span(f" also {'; '.join(term['variants'])}", "term-variants")
        return block(
            "article",
            head,
            paragraph(term["definition"], classes=["term-definition"]),
            pairs(self._facts(data, term), classes=["term-facts"]),
            *([paragraph(term["note"], classes=["term-note"])] if present(term["note"]) else []),
            ids=[anchor],
            classes=["term", f"term-{term['kind']}"],
        )

    def _facts(self, data: Records, term: pd.Series) -> Iterator[tuple[str, Content]]:
        docname = self.env.docname
        if term["offices"]:
            yield "Offices", "; ".join(map(office_text, term["offices"]))
        for key, value in attributes(term):
            if key in ENTRY_KEYS and value in data.glossary.index:
                headword = data.glossary.at[value, "term"]
                yield ENTRY_KEYS[key], paragraph(row_link("term", value, headword, docname))
            else:
                yield upper_first(key.replace("_", " ")), attribute_text(value)
        if term["kind"] == "place":
            yield from _status(data, term.name)
        line = paragraph()
        for source_id in term["source_ids"]:
            line += [nodes.Text("; ")] if len(line) else []
            name = source_name(data.sources.loc[source_id])
            line += row_link("source", source_id, name, docname)
        yield "Sources", line if len(line) else ""


class Abbreviations(SphinxDirective):
    """``{abbreviations}``: the abbreviations, linked to the entry that explains them."""

    def run(self) -> list[nodes.Node]:
        """Return a list of terms."""
        depend_on(self.env, "glossary")
        terms = records().glossary
        short = terms[terms["kind"] == ABBREVIATION]
        if short.empty:
            return [paragraph("The glossary holds no abbreviation.")]
        order = short["term"].str.casefold().sort_values(kind="stable").index
        shown = pairs(((short.at[i, "term"], self._meaning(terms, short.loc[i])) for i in order),
                      classes=["abbreviations"])  # fmt: skip
        for term_id, item in zip(order, shown, strict=True):
            anchor = report_domain(self.env).anchor("term", term_id, f"term-{term_id}")
            item[0]["ids"].append(anchor)
        return [shown]

    def _meaning(self, terms: pd.DataFrame, short: pd.Series) -> nodes.paragraph:
        line = paragraph(short["definition"])
        entry = dict(attributes(short)).get("see", "")
        if entry in terms.index:
            there = row_link("term", entry, terms.at[entry, "term"], self.env.docname)
            line += [nodes.Text(" See "), there, nodes.Text(".")]
        return line


def attributes(term: pd.Series) -> Iterator[tuple[str, str]]:
    """Iterate over the attributes of an entry as pairs of key and value."""
    for text in term["attributes"]:
        key, _, value = text.partition("=")
        yield key.strip(), value.strip()


def attribute_text(value: str) -> str:
    """Return a value with its dates in words: ``2017-04 (first flight)`` as ``April 2017 (…)``."""
    date, space, rest = value.partition(" ")
    try:
        return f"{dates.parse(date).display()}{space}{DAY.sub(_in_words, rest)}"
    except DateError:
        return DAY.sub(_in_words, value)


def office_text(office: str) -> str:
    """Return an office with its dates in words."""
    return DAY_OR_MONTH.sub(_in_words, office)


def _in_words(match: re.Match[str]) -> str:
    return dates.parse(match[0]).display()


def _status(data: Records, place_id: str) -> Iterator[tuple[str, str]]:
    """Return whose a contested place is, and who administers it."""
    if place_id in data.places.index and data.places.at[place_id, "contested"]:
        place = data.places.loc[place_id]
        actors = data.table("actors", "actor_id")["short_name"]
        sovereign = present(place["sovereign"])
        yield "Sovereign", actors.get(sovereign, sovereign)
        yield "Administered by", present(place["administrator"])


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("glossary-entries", Glossary)
    app.add_directive("abbreviations", Abbreviations)
