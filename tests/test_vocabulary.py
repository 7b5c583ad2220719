"""The words for codes: every code of the schema has its words."""

from __future__ import annotations

import pytest

from azpak import tables, vocabulary
from azpak.book.ledger import KINDS
from azpak.evidence.words import ruling_words
from support.pages import page

CODES = [
    ("rulings", "resolution", vocabulary.RESOLUTIONS), ("rulings", "kind", KINDS),
    ("rulings", "rule", vocabulary.RULES), ("claims", "agreement", vocabulary.AGREEMENTS),
    ("sources", "stance", vocabulary.STANCES), ("events", "category", vocabulary.CATEGORIES),
    ("routes", "status", vocabulary.ROUTE_STATUSES), ("sources", "extent_seen", vocabulary.EXTENTS),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "words"), CODES)
def test_every_code_of_a_column_has_its_words(table, column, words):
    fields = {field["name"]: field for field in tables.resource(table)["schema"]["fields"]}
    assert set(fields[column]["constraints"]["enum"]) == set(words)


def test_the_tag_of_each_ruling_says_what_is_disputed_and_whether_it_is_decided():
    for ruling in tables.load("rulings").to_dict("records"):
        opening, end = ruling_words(ruling).split("; ")
        assert opening == f"sources differ on {ruling['disputed']}"
        open_question = ruling["resolution"] == "unresolved"
        assert end == ("we leave it open" if open_question else "how we decided")


def test_the_tags_of_one_event_are_gathered_by_whether_they_are_decided():
    rows = [("the day", "preferred"), ("the sum", "unresolved"), ("the place", "preferred"),
            ("the day", "preferred"), ("the seller", "preferred")]  # fmt: skip
    assert ruling_words(*({"disputed": d, "resolution": r} for d, r in rows)) == (
        "sources differ on the day, on the place and on the seller; how we decided; "
        "sources differ on the sum; we leave it open"
    )


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
