"""The code of a page: folded at the end of its section, opened by one switch, in no PDF."""

from __future__ import annotations

import json

from azpak import __version__
from azpak.book.code import SUMMARY
from support.pages import page


def folds(book):
    return page(book, "told-2001-2002").xpath("//details[@class='how-computed']")


def test_the_code_of_a_section_is_one_closed_fold_at_its_end(book):
    (fold,) = folds(book)
    assert fold.get("open") is None
    assert fold.find("summary").text_content().strip() == SUMMARY
    assert len(fold.xpath(".//pre")) == 3  # the values, the figure, the table
    before = fold.getparent().xpath("./*")[: fold.getparent().index(fold)]
    assert [e for e in before if e.tag == "section"] == []
    after = fold.getparent().xpath("./*")[fold.getparent().index(fold) + 1 :]
    assert after and all(e.tag in ("section", "span") for e in after)


def test_no_code_stands_outside_a_fold(book):
    root = page(book, "told-2001-2002")
    inside = root.xpath("//details[@class='how-computed']//*[contains(@class, 'cell_input')]")
    assert len(root.xpath("//*[contains(@class, 'cell_input')]")) == len(inside) == 3


def test_a_cell_that_only_names_values_leaves_nothing_on_the_page(book):
    root = page(book, "told-2001-2002")
    assert "They are two in all, from 3 sources." in " ".join(root.text_content().split())
    cells = root.xpath("//div[contains(concat(' ', @class, ' '), ' cell ')]")
    assert len(cells) == 2  # those of the figure and the table
    assert "n_events: two" not in root.text_content()


def test_one_switch_opens_all_code_and_stands_only_where_there_is_code(book):
    (switch,) = page(book, "told-2001-2002").xpath("//p[@class='code-switch']/button")
    assert switch.get("aria-pressed") == "false"
    assert page(book, "chronology").xpath("//p[@class='code-switch']") == []
    script = (book / "_static" / "code.js").read_text()
    assert "details.how-computed" in script


def test_every_value_is_kept_with_its_section_its_raw_value_and_its_tables(book):
    kept = json.loads((book / "_downloads" / "values.json").read_text(encoding="utf-8"))
    assert kept["version"] == __version__
    assert kept["values"][0] == {
        "chapter": "told-2001-2002", "section": "told", "name": "n_events", "text": "two",
        "raw": 2, "unit": "count", "computed_from": "len(report.events)",
        "tables": ["claims", "events", "rulings", "sources"],
    }  # fmt: skip
