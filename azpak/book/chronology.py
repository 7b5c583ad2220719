"""The chronology: every event with its evidence and the places that use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import dates
from azpak.book.cite import permalink
from azpak.book.claims import claim_item, confidence_badge
from azpak.book.completeness import FILE, events_text, record_in_words
from azpak.book.domain import report_domain
from azpak.book.downloads import table_uri
from azpak.book.explorer import event_form, marks
from azpak.book.files import row_count, size
from azpak.book.nodes import Pending, block, items, link, paragraph, row_link, section, span
from azpak.book.records import Records, depend_on, records
from azpak.evidence.words import present, ruling_words
from azpak.text import upper_first
from azpak.vocabulary import CATEGORIES, NATURES

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

TABLES = (
    "events",
    "claims",
    "sources",
    "rulings",
    "phases",
    "chapters",
    "places",
    "glossary",
    "actors",
)

# Where a reason of `azpak.evidence.rules` lists ids.
IDS = r"[\w-]+(?:, [\w-]+(?=[,;)]|$))*"
IDS_AFTER_COLON = re.compile(
    rf"\b(separate origins?(?: on one matter)?|stances?|is the act): {IDS}"
)
IDS_IN_BRACKETS = re.compile(rf"\b(unresolved|disagrees) \({IDS}\)")


class Chronology(SphinxDirective):
    """``{chronology}``: phases as sections, years as sections in them, one entry an event."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each phase."""
        depend_on(self.env, *TABLES)
        data = records()
        parts = list(events_by_phase(data))
        names = {f"phase-{phase.name}": f"{phase['name']}, {span_of(phase)}" for phase, _ in parts}
        shown = [self._phase(data, *part) for part in parts]
        gone = self._withdrawn_alone(data)
        shown += [section("Withdrawn entries", "withdrawn", *gone)] if gone else []
        return [self._file(data), event_form(data, names), *shown]

    def _file(self, data: Records) -> nodes.Node:
        """Return the line that leads to the events with their support as a file."""
        text, rows = events_text(data)
        report_domain(self.env).note_table(FILE, text)
        line = paragraph("Download: ", classes=["figure-downloads", "table-file"])
        line += link(table_uri(self.env.docname, FILE), f"{FILE}.csv", classes=["download"])
        line += nodes.Text(f" ({row_count(rows)}, {size(text)})")
        return line

    def _phase(self, data: Records, phase: pd.Series, events: pd.DataFrame) -> nodes.section:
        years = events["date"].map(lambda text: dates.parse(text).start.year)
        return section(
            f"{phase['name']}, {span_of(phase)}",
            f"phase-{phase.name}",
            *(
                section(f"{year}", f"year-{year}-{phase.name}",
                        *(self._entry(data, e, f"phase-{phase.name}") for e in of_year.index))
                for year, of_year in events.groupby(years, sort=True)
            ),
        )  # fmt: skip

    def _entry(self, data: Records, event_id: str, phase: str) -> nodes.Node:
        event = data.events.loc[event_id]
        domain = report_domain(self.env)
        entry = block(
            "article",
            paragraph(
                span(dates.parse(event["date"]).display(), "event-date"),
                " ",
                span(event["title"], "event-title"),
                permalink(f"event-{event_id}"),
                classes=["event-head"],
            ),
            paragraph(event["summary"], classes=["event-summary"]),
            block("details", *self._evidence(data, event), classes=["event-evidence"]),
            classes=["event"],
            attributes=marks(data, event, phase),
        )
        entry["ids"].append(domain.anchor("event", event_id, f"event-{event_id}"))
        entry["ids"].extend(self._replaced(data, event_id))
        return entry

    def _evidence(self, data: Records, event: pd.Series) -> Iterator[nodes.Node]:
        """Yield what the entry folds away, after the line to press: how well it is supported."""
        domain, docname = report_domain(self.env), self.env.docname
        level, why = data.evidence.confidence(event.name)
        yield block("summary", confidence_badge(level), f" {'; '.join(_in_sight(data, event))}")
        yield paragraph(*_facts(data, event, why), classes=["event-facts"])
        yield items(
            (claim_item(data, c, docname, domain.anchor("claim", c, f"claim-{c}"))
             for c in data.claims_of.get(event.name, [])),
            classes=["claims"],
        )  # fmt: skip
        if present(event["note"]):
            yield paragraph(f"Note: {event['note']}", classes=["event-note"])
        yield from self._rulings(data, event.name)
        yield Pending("", kind="uses", event=event.name)

    def _rulings(self, data: Records, event_id: str) -> Iterator[nodes.Node]:
        for ruling_id in data.event_rulings.get(event_id, []):
            ruling = data.rulings.loc[ruling_id]
            yield paragraph(
                f"{upper_first(ruling_words(ruling))}: ",
                row_link("ruling", ruling_id, ruling["question"], self.env.docname),
                classes=["event-ruling"],
            )

    def _replaced(self, data: Records, event_id: str) -> list[str]:
        """Return anchors of withdrawn events for which this one stands now."""
        return [f"event-{old}" for old in data.replaced_by.get(event_id, [])]

    def _withdrawn_alone(self, data: Records) -> list[nodes.Node]:
        """Return a line for each withdrawn event that no other replaces."""
        gone = data.events[data.events["status"] == "withdrawn"]
        lines = []
        for event_id, event in gone[gone["replaced_by"].isna()].iterrows():
            line = paragraph(
                f"{event['title']}. This entry was withdrawn. {present(event['note'])}"
            )
            line["ids"].append(f"event-{event_id}")
            lines.append(line)
        return lines


def events_by_phase(data: Records) -> Iterator[tuple[pd.Series, pd.DataFrame]]:
    """Iterate over the periods with the events that start in each."""
    phases = data.table("phases", "phase_id")
    periods = phases[phases["kind"] == "period"].sort_values("position")
    starts = [dates.parse(text).start for text in periods["start"]]
    days = data.active["date"].map(lambda text: dates.parse(text).start)
    for n, (_, phase) in enumerate(periods.iterrows()):
        after = days >= starts[n] if n else days == days
        before = days < starts[n + 1] if n + 1 < len(starts) else days == days
        events = data.active[after & before]
        if len(events):
            yield phase, events


def span_of(phase: pd.Series) -> str:
    """Return the years of a phase: ``1995-2001``, or ``since 2024``."""
    first = dates.parse(phase["start"]).start.year
    if phase["end"] == "..":
        return f"since {first}"
    return f"{first}-{dates.parse(phase['end']).end.year}"


def _in_sight(data: Records, event: pd.Series) -> Iterator[str]:
    """Yield what the line of a folded entry says beside the grade."""
    if event["nature"] in NATURES:
        yield NATURES[event["nature"]]
    yield counted(len(data.evidence.corroboration(event.name).sources), "source")
    if rulings := data.event_rulings.get(event.name, []):
        yield ruling_words(*(data.rulings.loc[r] for r in rulings))


def _facts(data: Records, event: pd.Series, why: str) -> Iterator[nodes.Node | str]:
    facts = [CATEGORIES[event["category"]]]
    if present(event["place_id"]):
        facts.append(data.places.at[event["place_id"], "name"])
    yield f"{'; '.join(facts)}. {upper_first(in_brief(why))}{'' if why.endswith('.') else '.'} "
    yield span(record_in_words(data, event.name), "event-record")


def in_brief(why: str) -> str:
    """Return the reason of a grade without the ids, which the claims below it name in words."""
    return IDS_IN_BRACKETS.sub(r"\1", IDS_AFTER_COLON.sub(r"\1", why))


def corroborated(data: Records, event_id: str) -> str:
    """Return how many sources agree with an event, and how many separate origins on one matter."""
    carried = data.evidence.corroboration(event_id)
    sources, groups = len(carried.sources), len(carried.groups)
    return f"{counted(sources, 'source')}; {counted(groups, 'separate origin')} on one matter"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def fill_uses(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write under each event the places that use it, once all pages are read."""
    titles = app.env.titles
    domain = report_domain(app.env)
    uses: dict[str, list[tuple[str, str, str]]] = {}
    pending = [p for p in doctree.findall(Pending) if p["kind"] == "uses"]
    if pending:
        for page, noted in domain.pages():
            for event_id, anchor, heading in noted["uses"]:
                uses.setdefault(event_id, []).append((page, anchor, heading))
    for node in pending:
        found = uses.get(node["event"], [])
        line = paragraph("Told in: ", classes=["event-uses"])
        for page, anchor, heading in _first_of_each_section(found):
            line += [nodes.Text("; ")] if len(line) > 1 else []
            title = titles[page].astext()
            text = title if heading in ("", title) else f"{title}, {heading}"
            line += link(f"{app.builder.get_relative_uri(docname, page)}#{anchor}", text)
        node.replace_self([line] if found else [])


def _first_of_each_section(uses: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    seen: dict[tuple[str, str], tuple[str, str, str]] = {}
    for use in uses:
        seen.setdefault((use[0], use[2]), use)
    return list(seen.values())


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chronology", Chronology)
    app.connect("doctree-resolved", fill_uses)
