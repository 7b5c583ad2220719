"""A data frame as a table of a chapter."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak.listing import cite, event, listing, markup


def shown(*cells: object) -> str:
    rows = pd.DataFrame([cells], columns=[f"c{n}" for n in range(len(cells))])
    return listing(rows, "What is shown", "tbl-x")._repr_markdown_()


def test_a_table_has_head_caption_and_label():
    text = listing(pd.DataFrame({"Place": ["second"]}), "Places", "tbl-rank")._repr_markdown_()
    assert text.startswith("```{list-table} Places\n:name: tbl-rank\n:header-rows: 1\n")
    assert "* - Place\n* - second\n" in text


def test_text_from_data_is_escaped():
    assert r"\<b\>16\</b\> \*and\* \`40\` \$1 \{x\}" in shown("<b>16</b> *and* `40` $1 {x}")


def test_a_cell_starts_no_list():
    assert r"* - \- 8" in shown("- 8")
    assert r"* - 1\. 8" in shown("1. 8")


def test_a_line_break_in_a_cell_breaks_no_table():
    assert "* - a b\n" in shown("a\nb")


def test_roles_stay_roles():
    assert "{cite}`a,b`" in shown(cite(["a", "b", "a"]))
    assert "{event}`1992-x`" in shown(event("1992-x"))
    assert "{ruling}`r`" in shown(markup("{ruling}`r`"))


def test_a_missing_value_is_a_dash():
    assert "* - –\n  - –\n" in shown(None, float("nan"))


def test_an_empty_table_is_named():
    with pytest.raises(ValueError, match="tbl-x"):
        listing(pd.DataFrame({"a": []}), "c", "tbl-x")
