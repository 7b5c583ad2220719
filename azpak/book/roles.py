"""Roles that put a row into a sentence: an event, a ruling, a claim, a place, a term.

Every role takes an id, or a text and an id: ``{event}`the first visit <1995-leghari-visit>` ``.
"""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole

from azpak import dates
from azpak.book.domain import USE, report_domain
from azpak.book.nodes import row_link
from azpak.book.records import Records, depend_on, records
from azpak.evidence.words import place_name, ruling_words, source_name, year_text


class RowRole(ReferenceRole):
    """What the roles share: find the row, or note that it is unknown."""

    kind = ""
    tables: tuple[str, ...] = ()

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the text of the row, linked to its anchor."""
        depend_on(self.env, *self.tables)
        data = records()
        if self.target not in self.known(data):
            line = self.get_source_info()[1]
            report_domain(self.env).unknown(self.kind, self.target, line, self.known(data))
            return [nodes.Text(self.title)], []
        text = self.title if self.has_explicit_title else self.words(data)
        return [self.shown(text)], []

    def known(self, data: Records):
        """Return the ids that the role may name."""
        raise NotImplementedError

    def words(self, data: Records) -> str:
        """Return what the role prints."""
        raise NotImplementedError

    def shown(self, text: str) -> nodes.Node:
        """Return the text as a link."""
        return row_link(self.kind, self.target, text, self.env.docname)


class EventRole(RowRole):
    """An event, linked to the chronology, which links back."""

    kind = "event"
    tables = ("events",)

    def __init__(self, words: Callable[[str, str], str]) -> None:
        super().__init__()
        self._words = words

    def known(self, data: Records):
        """Return the ids of the events that stand."""
        return data.active.index

    def words(self, data: Records) -> str:
        """Return date, year or title, as the role asks."""
        return self._words(*data.events.loc[self.target, ["date", "title"]])

    def shown(self, text: str) -> nodes.Node:
        """Return the link with an anchor of its own, to which the chronology links back."""
        count = self.env.temp_data.setdefault("azpak_uses", {})
        count[self.target] = count.get(self.target, 0) + 1
        anchor = f"use-{self.target}-{count[self.target]}"
        return nodes.inline("", "", super().shown(text), ids=[anchor], classes=[USE],
                            event=self.target)  # fmt: skip


class RulingRole(RowRole):
    """A contradiction between sources, linked to the ruling on it."""

    kind = "ruling"
    tables = ("rulings", "claims", "events", "chapters")

    def known(self, data: Records):
        """Return the ids of the rulings."""
        return data.rulings.index

    def words(self, data: Records) -> str:
        """Return what is disputed and whether it is decided, short enough for brackets."""
        return ruling_words(data.rulings.loc[self.target])

    def shown(self, text: str) -> nodes.Node:
        """Return a link to the ruling on the same page where it is told there, else the ledger.

        The question is what a reader sees who rests on the link.
        """
        shown = row_link("ruling-told", self.target, text, self.env.docname)
        shown["reftitle"] = records().rulings.at[self.target, "question"]
        return shown


class ClaimRole(RowRole):
    """What one source says, linked to its place in the chronology."""

    kind = "claim"
    tables = ("claims", "sources")

    def known(self, data: Records):
        """Return the ids of the claims."""
        return data.claims.index

    def words(self, data: Records) -> str:
        """Return who says it, and when."""
        return source_name(data.sources.loc[data.claims.at[self.target, "source_id"]])


class PlaceRole(RowRole):
    """A place in the form the report uses; contested places bear their other names."""

    kind = "place"
    tables = ("places", "glossary")

    def known(self, data: Records):
        """Return the ids of the places."""
        return data.places.index

    def words(self, data: Records) -> str:
        """Return the name, for contested places with the other names."""
        return place_name(data.places.loc[self.target])

    def shown(self, text: str) -> nodes.Node:
        """Return the name, linked where the glossary has an entry for the place."""
        if self.target in records().glossary.index:
            return row_link("term", self.target, text, self.env.docname)
        return nodes.inline(text, text, classes=["row-place"])


class TermRole(RowRole):
    """A headword of the glossary, linked to its entry; it takes the place of Sphinx's own role."""

    kind = "term"
    tables = ("glossary",)

    def known(self, data: Records):
        """Return the ids of the terms."""
        return data.glossary.index

    def words(self, data: Records) -> str:
        """Return the headword."""
        return data.glossary.at[self.target, "term"]


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("event", EventRole(lambda date, title: dates.parse(date).display()))
    app.add_role("event-on", EventRole(lambda date, title: dates.parse(date).with_preposition()))
    app.add_role("event-title", EventRole(lambda date, title: title))
    app.add_role("event-year", EventRole(lambda date, title: year_text(date)))
    app.add_role("ruling", RulingRole())
    app.add_role("claim", ClaimRole())
    app.add_role("place", PlaceRole())
    app.add_role_to_domain("std", "term", TermRole(), override=True)
