"""Counts, ranks, lists and names as a sentence has them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from azpak.text import count_in_words, listed, names_of, rank_in_words


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1204, "1,204"), (-1, "-1")],
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
    assert names_of(["TUR", "AZE", "PAK"]) == "Türkiye, Azerbaijan and Pakistan"


def test_only_maps_load_the_libraries_for_maps():
    drawing = "from azpak.figures import arms, institutions, method, realignment, timelines, trilateral"
    code = f"import sys; {drawing}; print({{'geopandas', 'pyproj', 'shapely'}} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_the_gate_loads_neither_pandas_nor_shapely():
    code = "import sys, azpak.check; print({'pandas', 'geopandas', 'shapely'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
