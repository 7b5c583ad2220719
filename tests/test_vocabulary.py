"""The words for codes: every code of the schema has its words."""

from __future__ import annotations

import pytest

from azpak import tables, vocabulary
from azpak.book.ledger import KINDS
from support.pages import page

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


def test_no_stance_is_called_independent(book):
    """The word would say that its sources are right, or have separate origins."""
    said = {*vocabulary.STANCES.values(), *vocabulary.VOICES.values()}
    assert not any("independent" in words.lower() for words in said)
    shown = {
        words.text_content().lower()
        for name in ("chronology", "sources", "told-2001-2002")
        for words in page(book, name).xpath(
            "//*[contains(@class,'claim-stance')] | //select/option | //aside//td"
            " | //*[contains(@class,'source-facts')]"
        )
    }
    assert any("close to no state" in words for words in shown)
    assert [words for words in shown if "independent" in words] == []
