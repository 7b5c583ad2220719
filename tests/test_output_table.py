"""A data frame as a table of a chapter."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from azpak import Report, dates
from azpak.evidence.words import ruling_words, source_name
from azpak.output import mime
from azpak.output.table import cite, event, markup, table

ROOT = Path(__file__).resolve().parents[1]


def shown(*cells: object) -> str:
    rows = pd.DataFrame([cells], columns=[f"c{n}" for n in range(len(cells))])
    return table(rows, "What is shown", "tbl-x")._repr_markdown_()


def test_a_table_has_head_caption_and_label():
    text = table(pd.DataFrame({"Place": ["second"]}), "Places", "tbl-rank")._repr_markdown_()
    assert text.startswith("```{list-table} Places\n:name: tbl-rank\n:header-rows: 1\n")
    assert "* - Place\n* - second\n" in text


def test_text_from_data_is_escaped():
    assert r"\<b\>16\</b\> \*and\* \`40\` \$1 \{x\}" in shown("<b>16</b> *and* `40` $1 {x}")


def test_a_notebook_shows_a_table_and_not_its_source():
    rows = pd.DataFrame([["<b>16</b>", cite(["a", "b"]), markup("{ruling}`on it <r>`; *x*"), None]])
    text = table(rows, "What & when", "tbl-x")._repr_html_()
    found = html.fromstring(text)
    assert found.xpath("string(caption)") == "What & when"
    assert [td.text_content() for td in found.xpath(".//td")] == [
        "<b>16</b>",
        "a; b",  # which no row of the data is
        "on it; x",
        "–",
    ]


def test_a_notebook_names_rows_by_their_data_and_links_them():
    data = Report.load(ROOT / "data")
    source, visit = data.table("sources").iloc[0], "1995-leghari-visit-baku"
    ruling = data.table("rulings").set_index("ruling_id").loc["visitor-of-1995"]
    cell = f"{{event}}`{visit}`: **two** {{ruling}}`visitor-of-1995`, {{place}}`istanbul`"
    rows = pd.DataFrame([[cite([source["source_id"]]), markup(cell), markup("{doc}`votes`")]])
    found = html.fromstring(table(rows, "What", "tbl-x")._repr_html_())
    cited, told, page = found.xpath(".//td")
    assert cited.xpath("./a/@href") == [f"#ref-{source['source_id']}"]
    assert cited.text_content() == source_name(source)
    date = dates.parse(data.events.at[visit, "date"]).display()
    assert told.text_content() == f"{date}: two {ruling_words(ruling)}, Istanbul"
    assert told.xpath("./a/@data-page") == [
        f"chronology.html#event-{visit}", "contradictions.html#ruling-visitor-of-1995"
    ]  # fmt: skip
    assert page.xpath("./a/@data-page") == ["votes.html"]
    assert page.text_content() == "Votes in the General Assembly"


def test_a_link_to_a_page_leads_to_its_address_or_is_no_link():
    link = '<td><a data-page="votes.html#x">Votes</a> <a href="#ref-a">A</a></td>'
    there = mime.led(link, "https://example.org/chapters")
    assert '<a href="https://example.org/chapters/votes.html#x">Votes</a>' in there
    assert mime.led(link, "") == '<td>Votes <a href="#ref-a">A</a></td>'


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


def file_of(rows: pd.DataFrame) -> str:
    return table(pd.DataFrame({"a": ["x"]}), "c", "tbl-x", download=rows).csv()


def test_a_table_offers_no_file_unless_rows_are_given():
    assert "table-file" not in shown("a")
    assert table(pd.DataFrame({"a": ["x"]}), "c", "tbl-x").csv() == ""


def test_the_file_travels_with_the_table_under_its_name():
    full = pd.DataFrame({"pair": ["AZE-PAK", "PAK-IND"], "kappa": [0.25, 1 / 3]})
    text = table(full.head(1), "c", "tbl-votes", download=full)._repr_markdown_()
    assert text.endswith(
        "```{table-file} votes\n:rows: 2\n\npair,kappa\nAZE-PAK,0.25\nPAK-IND,0.3333333333\n```\n"
    )


def test_the_file_reads_back_as_it_was_and_has_the_same_bytes_twice():
    full = pd.DataFrame(
        {"name": ["Türkiye, to 1999", 'a "b"'], "n": pd.array([12, None], "Int64"), "x": [0.1, 2]}
    )
    text = file_of(full)
    assert text == file_of(full.copy())
    read = pd.read_csv(io.StringIO(text), dtype={"n": "Int64"})
    pd.testing.assert_frame_equal(read, full, check_dtype=False)


def test_a_line_break_in_a_cell_stays_out_of_the_file():
    assert file_of(pd.DataFrame({"a": ["b\n\n c", None]})) == 'a\nb c\n""\n'


def test_back_quotes_in_the_file_do_not_close_it():
    full = pd.DataFrame({"a": ["````"]})
    text = table(full, "c", "tbl-x", download=full)._repr_markdown_()
    assert text.endswith("`````{table-file} x\n:rows: 1\n\na\n````\n`````\n")


@pytest.mark.parametrize(
    ("full", "fault"),
    [
        (pd.DataFrame({"a": []}), "no rows to take away"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "need a name each"),
        (pd.DataFrame([[1]], columns=[" "]), "need a name each"),
        (pd.DataFrame({"a": [1], "b": [cite(["s"])]}), "markup in b"),
    ],
)
def test_a_file_that_none_could_read_is_refused(full, fault):
    with pytest.raises(ValueError, match=f"tbl-x: .*{fault}"):
        file_of(full)


def test_an_empty_table_is_named():
    with pytest.raises(ValueError, match="tbl-x"):
        table(pd.DataFrame({"a": []}), "c", "tbl-x")


@pytest.mark.parametrize(("first", "worded"), [("2002", False), ("Swathi radars", True)])
def test_only_a_first_column_of_words_asks_for_room(first, worded):
    shown = table(pd.DataFrame({"What": [first], "Number": [1]}), "Caption", "tbl-x")
    assert (":class: report-table worded\n" in shown._repr_markdown_()) is worded
