"""Rows of tables as cards: each cell bears the words of its head."""

from __future__ import annotations

from support.pages import page


def test_each_cell_bears_the_words_of_its_head(book):
    seen = 0
    for name in ("told-2001-2002", "codebook", "contradictions"):
        for table in page(book, name).xpath("//table[thead]"):
            heads = [" ".join(th.text_content().split()) for th in table.xpath("thead/tr/th")]
            for row in table.xpath("tbody/tr"):
                labels = [" ".join(td.get("data-label", "").split()) for td in row.xpath("td")]
                assert labels == heads
                seen += 1
    assert seen > 5


def test_no_cell_of_a_head_bears_a_label(book):
    assert page(book, "codebook").xpath("//thead//*[@data-label]") == []
