"""The milestones of the front page: some events in order, marked by how well they are supported."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import dates
from azpak.book.claims import confidence_badge
from azpak.book.domain import report_domain
from azpak.book.nodes import items, row_link, span
from azpak.book.records import Records, depend_on, records

TABLES = ("events", "claims", "sources", "rulings")


class Milestones(SphinxDirective):
    """``{milestones}``: the events named, one a line: date, title, confidence where it is not high.

    A line without an event of the data is a fault of the page, as it is with the roles.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list, in the order of time."""
        depend_on(self.env, *TABLES)
        data, wanted = records(), [line.strip() for line in self.content if line.strip()]
        known = [event_id for event_id in wanted if event_id in data.active.index]
        for event_id in wanted:
            if event_id not in known:
                domain = report_domain(self.env)
                domain.unknown("event", event_id, self.lineno, data.active.index)
        known.sort(key=lambda event_id: dates.parse(data.events.at[event_id, "date"]).start)
        return [items((self._line(data, event_id) for event_id in known), classes=["milestones"])]

    def _line(self, data: Records, event_id: str) -> nodes.list_item:
        event = data.events.loc[event_id]
        level, _ = data.evidence.confidence(event_id)
        line = nodes.paragraph(
            "", "",
            span(dates.parse(event["date"]).display(), "event-date"), nodes.Text(" "),
            row_link("event", event_id, event["title"], self.env.docname),
        )  # fmt: skip
        if level != "high":
            line += [nodes.Text(" "), confidence_badge(level)]
        return nodes.list_item("", line, classes=[f"milestone-{level}"])


def setup(app: Sphinx) -> None:
    """Set up the directive."""
    app.add_directive("milestones", Milestones)
