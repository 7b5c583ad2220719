"""The words for codes: every code of the schema has its words."""

from __future__ import annotations

import pytest

from azpak import tables, vocabulary
from azpak.book.ledger import KINDS

CODES = [
    ("rulings", "kind", vocabulary.DISPUTES), ("rulings", "kind", KINDS),
    ("rulings", "rule", vocabulary.RULES), ("claims", "agreement", vocabulary.AGREEMENTS),
    ("sources", "stance", vocabulary.STANCES), ("events", "category", vocabulary.CATEGORIES),
    ("routes", "status", vocabulary.ROUTE_STATUSES), ("sources", "extent_seen", vocabulary.EXTENTS),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "words"), CODES)
def test_every_code_of_a_column_has_its_words(table, column, words):
    fields = {field["name"]: field for field in tables.resource(table)["schema"]["fields"]}
    assert set(fields[column]["constraints"]["enum"]) == set(words)
