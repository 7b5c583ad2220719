"""No quantity is printed with two values: what each value was computed from says which are one."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from azpak import tables
from azpak.book.provenance import computed_from
from support.one_value import expression, faults, wrong_units

# Pairs that print one quantity in two ways, each with the reason. A pair is named by chapter and
# name of both values, in the order of the alphabet.
DECLARED = {
    (("armenia-india", "trade_arm_ind"), ("trade-travel", "arm_top_origin")):
        "The upper end counts imports by country of origin; the other is the series of that count.",
    (("armenia-india", "trade_aze_ind"), ("trade-travel", "ind_trade")):
        "In billions to a tenth, beside another state's trade of that size.",
    (("recognition-1991-1994", "share_later"), ("votes", "wrong_share")):
        "The share of sources written after the ceasefire, and a share of votes that is near it.",
}  # fmt: skip
NO_IDS = {"actors", "chapters", "sources", "phases", "claims", "glossary"}  # spoken of in passing


@pytest.fixture(scope="module")
def values(site: Path) -> list[dict]:
    """The rows of ``values.json``."""
    return json.loads((site / "_downloads" / "values.json").read_text(encoding="utf-8"))["values"]


@pytest.fixture(scope="module")
def ids() -> frozenset[str]:
    """Keys of the rows, and the topics of the claims."""
    folder, found = tables.data_dir(), set()
    keys = {
        r["path"]: r["schema"]["primaryKey"]
        for r in tables.package()["resources"]
        if "schema" in r and r["name"] not in NO_IDS and len(r["schema"].get("primaryKey", "")) == 1
    }
    for path, (key,) in {**keys, "claims.csv": ["topic"]}.items():
        with (folder / path).open(encoding="utf-8", newline="") as file:
            found |= {row[key] for row in csv.DictReader(file)}
    return frozenset(found)


def value(name: str, text: str, raw, made_by: str, unit: str = "million US dollars", **more):
    row = {"chapter": "one", "name": name, "text": text, "raw": raw, "unit": unit}
    return row | {"computed_from": made_by} | more


ELSEWHERE = {"chapter": "two"}
FIRST = value("here", "13.2", 13.2, "trade.of_pair(report).first")
PLANTED = {
    "one expression": value("b", "13", 13.2, "trade.of_pair(report).first", **ELSEWHERE),
    "one expression, in another unit": value(
        "b", "14", 14000000, "trade.of_pair(report).first / 1000000.0", "US dollars", **ELSEWHERE
    ),
    "one number": value("b", "13", 13.2, "report.value('trade') / 1e6", **ELSEWHERE),
    "alone and as an end": value("b", "13.2 to 13.3", [13.2, 13.283], "axes.all(report)"),
}  # fmt: skip
HARMLESS = {
    "the same": value("b", "13.2", 13.2, "report.value('trade') / 1e6", **ELSEWHERE),
    "another unit": value("b", "13", 13.2, "report.value('km')", "km", **ELSEWHERE),
    "another number": value("b", "14", 14.1, "report.value('trade')", **ELSEWHERE),
    "a year": value("b", "1992", 1992, "trade.of_pair(report).first", "year", **ELSEWHERE),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_second_value_is_found(case: str) -> None:
    found = {fault.rule for fault in faults([FIRST, PLANTED[case]], frozenset())}
    assert case.partition(",")[0] in found


@pytest.mark.parametrize("case", HARMLESS)
def test_what_is_no_second_value_is_let_pass(case: str) -> None:
    assert faults([FIRST, HARMLESS[case]], frozenset()) == []


def test_a_share_is_the_same_in_hundredths_and_as_a_part_of_one() -> None:
    one = value("here", "53.4", 0.53421, "votes.share(report)", "share")
    assert faults([one, one | ELSEWHERE | {"text": "0.534"}], frozenset()) == []
    assert faults([one, one | ELSEWHERE | {"text": "0.5"}], frozenset()) != []
    third = value("there", "0.67", 2 / 3, "coders.alike(report)", "share", **ELSEWHERE)
    assert faults([value("here", "67", 2 / 3, "x(report)", "share"), third], frozenset()) == []


def test_two_chapters_that_read_one_topic_print_the_same_numbers() -> None:
    one = value("here", "16", 16, "report.value('jf17-quantity', source='a')", "aircraft")
    other = value("there", "12", 12, "report.value('jf17-quantity')", "aircraft", **ELSEWHERE)
    (found,) = faults([one, other], frozenset({"jf17-quantity"}))
    assert found.rule == "one row" and found.told == "jf17-quantity"
    assert faults([one, other | {"text": "16", "raw": 16}], frozenset({"jf17-quantity"})) == []


def test_a_count_in_words_is_the_same_as_in_digits() -> None:
    one = value("here", "eight", 8, "len(steps(report))", "count")
    assert faults([one, one | ELSEWHERE | {"text": "8"}], frozenset()) == []


def test_a_value_whose_unit_does_not_fit_its_text_is_found() -> None:
    wrong = value("here", "1.4", [1435, 1435], "trade.beside(report)")
    assert wrong_units([wrong]) == [
        "one: here prints 1.4 and holds [1435, 1435] million US dollars"
    ]
    assert wrong_units([FIRST, value("share", "53", 0.534, "x(report)", "share")]) == []


CELLS = {
    "say(a=whole(len(report.events), 'events'))": {"a": "len(report.events)"},
    "found = f(report)\nsay(a=per_cent(found.share), b=found.year)": {
        "a": "f(report).share", "b": "f(report).year",
    },
    "one, two = pair(report)\nsay(a=bounds(one, two, 1, 'km'))": {
        "a": "(pair(report)[0], pair(report)[1])",
    },
    "say(a=bounds(*pair(report).of(2020), 1))": {"a": "pair(report).of(2020)"},
    "say(a=listed(names(report)).of('name'), b=rank_in_words(r(report).rank))": {
        "a": "names(report)", "b": "r(report).rank",
    },
    "n = 1\nn = f(n)\nsay(a=n)": {"a": "f(1)"},
}  # fmt: skip


@pytest.mark.parametrize("code", CELLS)
def test_what_a_value_was_computed_from_is_read_off_its_cell(code: str) -> None:
    assert computed_from(code) == CELLS[code]


def test_units_and_rounding_are_no_part_of_a_quantity() -> None:
    texts = "f(report).sum / 1000000.0", "f(report).sum / MILLION", "round(f(report).sum * 100)"
    assert {expression({"computed_from": text}) for text in texts} == {"f(report).sum"}


def test_every_value_says_what_it_was_computed_from(values) -> None:
    assert [(v["chapter"], v["name"]) for v in values if not v["computed_from"]] == []


def test_what_values_were_computed_from_reads_the_same_under_every_python(values) -> None:
    """Python 3.12 quotes the text within a formatted one otherwise than 3.11."""
    assert [v["name"] for v in values if 'f"' in v["computed_from"]] == []


def test_no_quantity_is_printed_with_two_values(values, ids) -> None:
    assert [fault for fault in faults(values, ids) if fault[1:3] not in DECLARED] == []


def test_a_second_value_planted_in_the_book_is_found(values, ids) -> None:
    kept = next(v for v in values if (v["chapter"], v["name"]) == ("summary", "tiv_share"))
    planted = kept | {"chapter": "outlook", "name": "planted", "text": "0.1"}
    found = [f for f in faults([*values, planted], ids) if ("outlook", "planted") in f[1:3]]
    assert ("summary", "tiv_share") in {place for fault in found for place in fault[1:3]}


def test_every_declared_pair_is_a_pair_of_the_book(values) -> None:
    names = {(v["chapter"], v["name"]) for v in values}
    assert [pair for pair in DECLARED if not names.issuperset(pair)] == []


def test_every_value_prints_the_number_it_holds_in_the_unit_it_names(values) -> None:
    assert wrong_units(values) == []
