"""Who held the contested towns, as the gazetteer says."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.errors import DataError
from azpak.findings import control
from support.rows import with_tables

TOWN = {
    "other_names": "", "country_iso3": "AZE", "lon": "46", "precision": "settlement",
    "type": "city", "contested": "true", "sovereign": "AZE", "source_id": "s1",
}  # fmt: skip


def held(mini, *administrators: str) -> dict[str, list[str]]:
    """Return who held each of some towns, the northernmost first, at the three moments."""
    rows = [
        TOWN | {"place_id": f"t{n}", "name": f"T{n}", "lat": str(40 - n), "administrator": text}
        for n, text in enumerate(administrators)
    ]
    found = control.holders(with_tables(mini, places=rows))
    return found[[f"held_{year}" for year in control.MOMENTS]].T.to_dict("list")


def test_a_town_is_held_by_azerbaijan_from_the_year_that_its_administrator_names(mini):
    assert held(
        mini,
        "Azerbaijan since 2020; Armenian forces before, from 1993",
        "Azerbaijan since September 2023; Armenian administration before, from the early 1990s",
        "Azerbaijan: district since December 2020, town since 2022; Armenian administration "
        "before, from 1992",
    ) == {
        "t0": ["before", "AZE", "AZE"], "t1": ["before", "before", "AZE"],
        "t2": ["before", "before", "AZE"],
    }  # fmt: skip


def test_a_force_that_held_a_town_in_between_is_neither_of_the_two(mini):
    assert held(
        mini,
        "Azerbaijan: district since December 2020, town since August 2022; Russian peacekeepers "
        "in the town from November 2020; Armenian forces before, from 1992",
    ) == {"t0": ["before", "between", "AZE"]}


def test_an_administrator_that_cannot_be_read_is_named(mini):
    with pytest.raises(DataError, match="since when Azerbaijan holds a contested town"):
        held(mini, "Azerbaijan, for some years")


def test_the_gazetteer_says_of_every_contested_town_since_when_it_is_held():
    towns = control.holders(Report.load())
    assert len(towns) > 5 and (towns["held_1994"] == "before").all()
    assert (towns["held_2023"] == "AZE").all()
    assert towns.index[towns["held_2020"] == "between"].tolist() == ["lachin"]
