"""Counts, ranks, lists and names as a sentence has them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from azpak import Report
from azpak.dates import parse
from azpak.text import (
    bounds,
    count_in_words,
    counted,
    decimal,
    listed,
    per_cent,
    plain,
    rank_in_words,
    span_of_years,
    times_in_words,
    whole,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1204, "1,204")],
)
def test_counts_are_words_up_to_twelve(number, text):
    assert count_in_words(number) == text


def test_ranks_are_words_counted_from_one():
    assert [rank_in_words(n) for n in (1, 3, 10)] == ["first", "third", "tenth"]


@pytest.mark.parametrize("rank", [0, 11])
def test_a_rank_without_a_word_is_refused(rank):
    with pytest.raises(ValueError, match=f"no word for the rank {rank}"):
        rank_in_words(rank)


def test_words_are_listed_as_in_a_sentence():
    lists = [[], ["a"], ["a", "b"], ["a", "b", "c"]]
    assert [listed(words) for words in lists] == ["", "a", "a and b", "a, b and c"]


def test_states_are_named_in_the_order_given():
    assert Report.load().names_of(["TUR", "AZE", "PAK"]) == "Türkiye, Azerbaijan and Pakistan"


@pytest.mark.parametrize(
    ("printed", "text", "raw"),
    [
        (whole(1204), "1,204", 1204),
        (decimal(-0.526, 2), "\N{MINUS SIGN}0.53", -0.526),
        (decimal(0.5, 1, signed=True), "+0.5", 0.5),
        (plain(4.5), "4.5", 4.5),
        (plain(16.0), "16", 16),
        (per_cent(0.534), "53", 0.534),
        (per_cent(0.534, 1), "53.4", 0.534),
        (bounds(1.2, 1.6), "1 to 2", (1.2, 1.6)),
        (bounds(1.1, 1.4), "1", (1.1, 1.4)),
        (bounds(0.5, 0.7, times=100, word="and"), "50 and 70", (0.5, 0.7)),
        (bounds(40, None), "40 or more", (40, None)),
        (bounds(float("nan"), 40), "up to 40", (None, 40)),
        (span_of_years(2016, 2020), "2016 to 2020", (2016, 2020)),
        (span_of_years(2016, 2016), "2016", (2016, 2016)),
        (times_in_words(2), "twice", 2),
        (count_in_words(0, none="none"), "none", 0),
        (listed([2001, 2002]), "2001 and 2002", (2001, 2002)),
        (listed(decimal(share, 1) for share in (2.44, 5.0)), "2.4 and 5.0", (2.44, 5.0)),
        (listed([parse("2001-02")]), "February 2001", ("2001-02",)),
    ],
)
def test_a_value_prints_as_a_sentence_has_it_and_keeps_what_it_is(printed, text, raw):
    assert (printed, printed.raw) == (text, raw)


def test_what_is_counted_stands_in_the_plural_unless_there_is_one():
    printed = [counted(n, "day") for n in (0, 1, 2)] + [counted(2, "country", "countries")]
    assert printed == ["no days", "one day", "two days", "two countries"]
    assert [value.raw for value in printed] == [0, 1, 2, 2]


def test_bounds_that_are_both_missing_are_refused():
    with pytest.raises(ValueError, match="both are missing"):
        bounds(None, float("nan"))


def test_only_maps_load_the_libraries_for_maps():
    names = "arms, institutions, method, realignment, timelines, trilateral"
    maps = "{'geopandas', 'pyproj', 'shapely'}"
    code = f"import sys; from azpak.figures import {names}; print({maps} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_the_gate_loads_neither_pandas_nor_shapely():
    code = "import sys, azpak.check; print({'pandas', 'geopandas', 'shapely'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
