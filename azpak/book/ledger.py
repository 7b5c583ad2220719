"""The ledger: every ruling in full, by kind, each under its permanent anchor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak.book.chronology import counted
from azpak.book.claims import ruling_box
from azpak.book.domain import report_domain
from azpak.book.nodes import link, paragraph, section, table
from azpak.book.records import Records, depend_on, records
from azpak.vocabulary import DISPUTED as KINDS

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

TABLES = ("events", "claims", "sources", "rulings", "chapters")


class Ledger(SphinxDirective):
    """``{contradictions}``: the counts, then a section for each kind of ruling."""

    def run(self) -> list[nodes.Node]:
        """Return the ledger."""
        depend_on(self.env, *TABLES)
        data = records()
        weighed = len({claim_id for ids in data.rulings["claim_ids"] for claim_id in ids})
        pairs = len(data.evidence.contradictions())
        open_questions = int((data.rulings["resolution"] == "unresolved").sum())
        intro = paragraph(
            f"{counted(len(data.rulings), 'ruling')} on {counted(weighed, 'claim')}, which "
            f"contradict each other in {counted(pairs, 'pair')}. Of the rulings "
            f"{len(data.rulings) - open_questions} prefer a reading and {open_questions} leave the "
            "question open.",
            classes=["ledger-intro"],
        )
        by_kind = {kind: data.rulings[data.rulings["kind"] == kind] for kind in KINDS}
        by_kind = {kind: rulings for kind, rulings in by_kind.items() if len(rulings)}
        sections = [self._section(data, kind, rulings) for kind, rulings in by_kind.items()]
        return [intro, _counts(by_kind), *sections]

    def _section(self, data: Records, kind: str, rulings: pd.DataFrame) -> nodes.section:
        domain = report_domain(self.env)
        order = {event_id: n for n, event_id in enumerate(data.events.index)}
        first = {ruling_id: order[data.ruling_events[ruling_id][0]] for ruling_id in rulings.index}
        in_time = sorted(rulings.index, key=lambda ruling_id: (first[ruling_id], ruling_id))
        boxes = (ruling_box(data, ruling_id, self.env.docname, domain) for ruling_id in in_time)
        return section(KINDS[kind], f"rulings-{kind}", *boxes)


def _counts(by_kind: dict[str, pd.DataFrame]) -> nodes.table:
    rows = []
    for kind, rulings in by_kind.items():
        preferred = int((rulings["resolution"] == "preferred").sum())
        counts = (preferred, len(rulings) - preferred, len(rulings))
        rows.append([paragraph(link(f"#rulings-{kind}", KINDS[kind])), *map(str, counts)])
    return table(("In dispute", "Reading preferred", "Left open", "All"), rows, classes=["counts"])


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("contradictions", Ledger)
