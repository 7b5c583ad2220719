"""The generated sections of a chapter: its events, and where its sources disagree."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import dates
from azpak.book.chronology import corroborated
from azpak.book.claims import confidence_badge, ruling_note, ruling_summary
from azpak.book.domain import page_name, report_domain
from azpak.book.nodes import paragraph, row_link, table
from azpak.book.records import Records, depend_on, records
from azpak.book.support import support_box

TABLES = ("events", "claims", "sources", "rulings", "chapters")


class ChapterDirective(SphinxDirective):
    """What the sections share: the chapter is the page, or the one named."""

    optional_arguments = 1

    @property
    def chapter(self) -> str:
        """Return the id of the chapter."""
        return self.arguments[0] if self.arguments else page_name(self.env.docname)

    def run(self) -> list[nodes.Node]:
        """Return the section, or note that there is no such chapter."""
        depend_on(self.env, *TABLES)
        data = records()
        if self.chapter not in data.chapters.index:
            report_domain(self.env).unknown(
                "chapter", self.chapter, self.lineno, data.chapters.index
            )
            return []
        return self.content_of(data)

    def content_of(self, data: Records) -> list[nodes.Node]:
        """Return what the section shows."""
        raise NotImplementedError


class ChapterEvents(ChapterDirective):
    """``{chapter-events}``: how well the chapter is supported, then each event told in it."""

    def content_of(self, data: Records) -> list[nodes.Node]:
        """Return the box and the table, or a sentence where there is no event."""
        events = data.active[data.active["chapter"] == self.chapter]
        if events.empty:
            return [paragraph("No event of the data is told in this chapter.")]
        rows = [self._row(data, event_id) for event_id in events.index]
        head = ("Date", "Event", "Confidence", "Corroboration")
        return [support_box(data, events.index), table(head, rows, classes=["chapter-events"])]

    def _row(self, data: Records, event_id: str) -> list[nodes.Node | str]:
        event = data.events.loc[event_id]
        level, _ = data.evidence.confidence(event_id)
        return [
            dates.parse(event["date"]).display(),
            row_link("event", event_id, event["title"], self.env.docname),
            confidence_badge(level),
            corroborated(data, event_id),
        ]


class ChapterRulings(ChapterDirective):
    """``{chapter-rulings}``: each contradiction on this chapter's events, and the ruling on it."""

    def content_of(self, data: Records) -> list[nodes.Node]:
        """Return the rulings; with reasons where this chapter is the first, else in brief."""
        chapter_of = data.events["chapter"]
        page = self.env.docname, report_domain(self.env), self.chapter
        shown: list[nodes.Node] = []
        for ruling_id, events in data.ruling_events.items():
            if self.chapter not in {chapter_of[event_id] for event_id in events}:
                continue
            first = chapter_of[events[0]] == self.chapter
            shown.append((ruling_summary if first else ruling_note)(data, ruling_id, *page))
        none = paragraph("The sources seen do not contradict each other on these events.")
        return shown or [none]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("chapter-events", ChapterEvents)
    app.add_directive("chapter-rulings", ChapterRulings)
