"""How complete the record of each event is: a line of its entry, and a file of all of them."""

from __future__ import annotations

from azpak.book.records import Records
from azpak.evidence.completeness import MARKS

FILE = "events-with-support"
HEAD = (
    "event_id", "date", "title", "chapter", "confidence", "n_sources", "n_groups", "n_claims",
    "n_contradictions", "record_known", "record_asked", *(f"record_{mark}" for mark in MARKS),
)  # fmt: skip


def record_in_words(data: Records, event_id: str) -> str:
    """Return what is known of an event: ``Record 2 of 4: day, place; missing persons, ….``."""
    marks = data.evidence.completeness(event_id, data.persons)
    known, missing = ([MARKS[m] for m, is_known in marks.items() if is_known == k] for k in (1, 0))
    parts = [", ".join(known)] if known else []
    parts += [f"missing {', '.join(missing)}"] if missing else []
    return f"Record {len(known)} of {len(marks)}: {'; '.join(parts)}."


def events_text(data: Records) -> tuple[str, int]:
    """Return the active events with their support and their record as CSV, and their number.

    A mark that is not asked of an event, such as the place of a lasting state, is empty.
    """
    table = data.evidence.event_table()
    marks = {e: data.evidence.completeness(e, data.persons) for e in table.index}
    table = table.assign(
        record_known=[sum(marks[e].values()) for e in table.index],
        record_asked=[len(marks[e]) for e in table.index],
        **{
            f"record_{mark}": [str(marks[e].get(mark, "")).lower() for e in table.index]
            for mark in MARKS
        },
    ).reset_index()
    return table[list(HEAD)].to_csv(index=False, lineterminator="\n"), len(table)
