"""How well the events of a chapter are supported, and what remains without each voice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docutils import nodes

from azpak.book.chronology import counted
from azpak.book.nodes import block, paragraph, span, table
from azpak.book.records import Records
from azpak.evidence.rules import GROUPS_FOR_HIGH, LEVELS
from azpak.text import upper_first
from azpak.vocabulary import STANCES

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

    from azpak.evidence import Evidence

NOTHING = ""


def support_box(data: Records, event_ids: pd.Index) -> nodes.Element:
    """Return the box that opens the table of a chapter's events."""
    graded = Counter(data.evidence.confidence(event_id)[0] for event_id in event_ids)
    levels = ", ".join(f"{graded[level]} {level}" for level in LEVELS)
    carried = _carried(data.evidence, event_ids, GROUPS_FOR_HIGH)
    return block(
        "aside",
        paragraph(
            span("How well this is supported. ", "support-label"),
            f"Of {counted(len(event_ids), 'event')}, {_part(carried, len(event_ids))} are "
            f"carried by two or more separate origins. Confidence: {levels}. The "
            "table leaves out the sources of one stance at a time and counts the events that "
            "remain; a grade can rise where a source that disagreed is left out.",
        ),
        table(
            ("Left out", "Some source agrees", "Two origins or more", "High by the rule"),
            [_row(data, stance, event_ids) for stance in _voices(data, event_ids)],
            classes=["support-without"],
        ),
        classes=["support"],
    )


def _voices(data: Records, event_ids: pd.Index) -> list[str]:
    """Return nothing, and the stances whose sources speak of the events."""
    speaking = data.claims.loc[data.claims["event_id"].isin(event_ids), "source_id"]
    found = set(data.sources.loc[speaking.unique(), "stance"])
    return [NOTHING, *(stance for stance in STANCES if stance in found)]


def _row(data: Records, stance: str, event_ids: pd.Index) -> list[str]:
    rest = data.without[stance]
    name = upper_first(STANCES[stance]) if stance else "Nothing"
    high = sum(rest.computed_confidence(event_id)[0] == "high" for event_id in event_ids)
    counts = (*(_carried(rest, event_ids, groups) for groups in (1, GROUPS_FOR_HIGH)), high)
    return [name, *map(str, counts)]


def _carried(evidence: Evidence, event_ids: pd.Index, groups: int) -> int:
    """Return how many events so many separate origins carry, or more."""
    return sum(len(evidence.groups(event_id)) >= groups for event_id in event_ids)


def _part(number: int, whole: int) -> str:
    return f"{number} ({round(100 * number / whole)}%)"
