"""How well the events of a chapter are supported, and what remains without each voice."""

from __future__ import annotations

import pandas as pd
from docutils import nodes

from azpak.book.chronology import counted
from azpak.book.nodes import block, paragraph, span, table
from azpak.book.records import Records
from azpak.evidence.rules import GROUPS_FOR_HIGH, LEVELS
from azpak.text import upper_first
from azpak.vocabulary import STANCES

NOTHING = ""


def support_box(data: Records, event_ids: pd.Index) -> nodes.Element:
    """Return the box that opens the table of a chapter's events."""
    shown = data.tables_without[NOTHING].loc[event_ids]
    graded = shown["confidence"].value_counts()
    levels = ", ".join(f"{graded.get(level, 0)} {level}" for level in LEVELS)
    return block(
        "aside",
        paragraph(
            span("How well this is supported. ", "support-label"),
            f"Of {counted(len(shown), 'event')}, {_part(_two_groups(shown), len(shown))} are "
            f"carried by two or more independent groups of sources. Confidence: {levels}. The "
            "table leaves out the sources of one stance at a time and counts the events that "
            "remain; a grade can rise where a source that disagreed is left out.",
        ),
        table(
            ("Left out", "Some source agrees", "Two groups or more", "High by the rule"),
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
    rest = data.tables_without[stance].loc[event_ids]
    name = upper_first(STANCES[stance]) if stance else "Nothing"
    counts = (
        int((rest["n_groups"] >= 1).sum()),
        _two_groups(rest),
        int((rest["confidence_computed"] == "high").sum()),
    )
    return [name, *map(str, counts)]


def _two_groups(table_: pd.DataFrame) -> int:
    return int((table_["n_groups"] >= GROUPS_FOR_HIGH).sum())


def _part(number: int, whole: int) -> str:
    return f"{number} ({round(100 * number / whole)}%)"
