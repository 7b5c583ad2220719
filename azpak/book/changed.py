"""What changed since the last edition that is kept: rows, verdicts and printed values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import changes, tables
from azpak.book.chronology import counted
from azpak.book.domain import page_name, report_domain
from azpak.book.nodes import Pending, items, link, paragraph, row_link, section, table
from azpak.book.records import Records, depend_on, records
from azpak.changes import Edition
from azpak.evidence.words import date_text, present

PENDING = ("changed-verdicts", "changed-values")
RELEASES = "releases"
SHORT = 80  # characters of a cell that is shown as it was and as it is
KINDS = {"added": "Added", "corrected": "Corrected", "withdrawn": "Withdrawn"}
NOTHING = "Nothing of this kind."


def last_kept(folder: Path, version: str) -> Path | None:
    """Return the folder of the latest edition before a version; None where none is kept."""
    kept = sorted(p.name for p in (folder / RELEASES).glob("*") if p.is_dir())
    return next((folder / RELEASES / name for name in reversed(kept) if name < version), None)


class WhatChanged(SphinxDirective):
    """``{what-changed}``: since the last edition, what changed in rows, verdicts and values."""

    def run(self) -> list[nodes.Node]:
        """Return the sections; what other pages print is filled in once all are read."""
        depend_on(self.env, *changes.KEYS)
        folder = tables.data_dir()
        last = last_kept(folder, tables.package(folder)["version"])
        if last is None:
            return [paragraph("No earlier edition is kept, so that there is none to compare with.")]
        for file in sorted(last.iterdir()):
            self.env.note_dependency(str(file))
        found = changes.compare(changes.read(last), changes.read(folder))
        numbers = ", ".join(
            f"{counted(len(rows.added), name.removesuffix('s'))} added and "
            f"{len(rows.corrected)} corrected"
            for name, rows in found.rows.items()
        )
        return [
            paragraph(f"From version {found.old} to {found.new}: {numbers}."),
            *(self._events(kind, getattr(found.rows["events"], kind)) for kind in KINDS),
            section("Verdicts and rulings that turned", "changed-verdicts",
                    _turned(_rulings_only(found), self.env.docname),
                    Pending("", kind=PENDING[0], last=str(last))),
            section("Printed values that moved", "changed-values",
                    Pending("", kind=PENDING[1], last=str(last))),
        ]  # fmt: skip

    def _events(self, kind: str, found) -> nodes.section:
        data = records()
        known = [key for key in data.events.index if key in found]  # in order of date
        columns: Mapping = found if isinstance(found, Mapping) else {}
        shown = [self._event(data, key, columns.get(key, {})) for key in known]
        body = items(shown) if shown else paragraph(NOTHING)
        return section(f"Events {KINDS[kind].lower()}", f"changed-events-{kind}", body)

    def _event(self, data: Records, key: str, columns: Mapping[str, tuple[str, str]]):
        event = data.events.loc[key]
        target = present(event["replaced_by"]) or key  # a withdrawn one leads to its successor
        line = paragraph(row_link("event", target, date_text(event["date"]), self.env.docname))
        line += nodes.Text(f" {event['title']}")
        told = [
            f"{name} from “{old or 'empty'}” to “{new or 'empty'}”"
            if max(len(old), len(new)) <= SHORT else name
            for name, (old, new) in columns.items()
        ]  # fmt: skip
        if told:
            line += nodes.Text(f" ({'; '.join(told)})")
        return line


def _rulings_only(found: changes.Changes) -> list[changes.Turned]:
    return [turn for turn in found.turned if turn.where == "contradictions"]


def _turned(found: list[changes.Turned], docname: str) -> nodes.Node:
    """Return the rulings that turned, each with a link."""
    if not found:
        return paragraph("No ruling turned.")
    entries = []
    for turn in found:
        key, column = turn.what.split(", ")
        line = paragraph("Ruling ", row_link("ruling", key, key, docname))
        same = column != "resolution"
        line += nodes.Text(
            ": another claim is preferred" if same else f": {turn.old}, now {turn.new}"
        )
        entries.append(line)
    return items(entries)


def printed(app: Sphinx) -> dict[tuple[str, str], str]:
    """Return what all pages of this build print, by chapter and name."""
    return {
        (page_name(docname), value["name"]): value["text"]
        for docname, page in report_domain(app.env).pages()
        for value in page.get("values", ())
    }


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the verdicts and values that changed, once all pages are read."""
    pending = [p for p in doctree.findall(Pending) if p["kind"] in PENDING]
    if not pending:
        return
    now = printed(app)
    homes = {page_name(name): name for name, _ in report_domain(app.env).pages()}
    for node in pending:
        last = changes.read(Path(node["last"]))
        new = Edition("", last.tables, now)
        if node["kind"] == PENDING[0]:
            rows = [(t.where, t.what, t.old or "not tested", t.new or "not tested")
                    for t in changes.compare(last, new).turned]  # fmt: skip
            head = ("Chapter", "What", "Was", "Is")
        else:
            rows = list(changes.numbers(last.values, now))
            head = ("Chapter", "Value", "Was", "Is")
        node.replace_self(_rows(app, docname, homes, head, rows))


def _rows(app: Sphinx, docname: str, homes: dict[str, str], head, rows) -> list[nodes.Node]:
    if not rows:
        return [paragraph(NOTHING)]
    return [table(head, _cells(app, docname, homes, rows), classes=["worded"])]


def _cells(app: Sphinx, docname: str, homes: dict[str, str], rows) -> Iterator[list]:
    for chapter, what, old, new in rows:
        home = homes.get(chapter)
        title = app.env.titles[home].astext() if home else chapter
        first = link(app.builder.get_relative_uri(docname, home), title) if home else title
        yield [paragraph(first), what.replace("_", " "), old, new]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("what-changed", WhatChanged)
    app.connect("doctree-resolved", fill)
