"""Permanent addresses in the book as built: rulings in the ledger, terms in the glossary."""

from __future__ import annotations

import pytest

from azpak import tables

HOMES = {
    "rulings": ("ruling", "ruling_id", ("contradictions",)),
    "glossary": ("term", "term_id", ("glossary", "lists")),
}


def unpublished() -> str:
    """Return the pages with permanent addresses that this version of the book lacks."""
    status = tables.load("chapters").set_index("chapter_id")["status"]
    return " ".join(c for c in ("contradictions", "glossary") if status[c] != "published")


pytestmark = pytest.mark.skipif(bool(unpublished()), reason=f"not published: {unpublished()}")


@pytest.mark.parametrize("table", HOMES)
def test_every_row_has_its_address(pages, table):
    kind, key, homes = HOMES[table]
    anchors = {i for home in homes for i in pages[f"chapters/{home}.html"].xpath("//@id")}
    assert [i for i in tables.load(table)[key] if f"{kind}-{i}" not in anchors] == []


@pytest.mark.parametrize("table", HOMES)
def test_no_other_page_has_the_address(pages, table):
    kind, key, homes = HOMES[table]
    addresses = {f"{kind}-{i}" for i in tables.load(table)[key]}
    twice = {
        name: found
        for name, page in pages.items()
        if name not in {f"chapters/{home}.html" for home in homes}
        if (found := addresses & set(page.xpath("//@id")))
    }
    assert twice == {}


def test_rulings_and_terms_in_the_text_are_links(pages):
    bare = (
        "//span[contains(@class, 'row-ruling') or contains(@class, 'row-term')][not(ancestor::a)]"
    )
    assert {name: found for name, page in pages.items() if (found := page.xpath(bare))} == {}
