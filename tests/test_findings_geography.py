"""Distances, borders, routes and sites: worked out by hand on a small package, kept on the real."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from azpak import Report
from azpak.errors import DataError, DateError
from azpak.figures import corridors, region
from azpak.findings import distances, geography, routes
from azpak.vocabulary import ROUTE_STATUSES
from support.rows import with_tables


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def border(pair: str, status: str, **more: str) -> dict[str, str]:
    """Return a row of ``neighbours``; without a status the two states share no border."""
    a, b = pair.upper().split("-")
    return {
        "pair_id": pair, "iso3_a": a, "iso3_b": b, "land_border": str(bool(status)).lower(),
        "border_status": status or "none", "length_km": "1000",
        "diplomatic_relations": "established", "source_ids": "s1",
    } | more  # fmt: skip


def route(route_id: str, status: str, stops: str, **more: str) -> dict[str, str]:
    return {
        "route_id": route_id, "name": route_id, "kind": "rail-road corridor", "waypoints": stops,
        "status": status, "summary": "A way.", "relevance": "It joins.", "source_ids": "s1;s2;s3",
        "confidence": "medium",
    } | more  # fmt: skip


BORDERS = [
    border("aze-pak", ""),
    border("aze-irn", "restricted", border_status_date="2025-12"),
    border("irn-pak", "not-checked"),
    border("aze-arm", "closed", border_status_date="2024-07-06"),
    border("irn-afg", "not-checked"),
    border("irn-tkm", "not-checked"),
    border("afg-tkm", "not-checked"),
    border("geo-rus", "closed"),
]


# Distances.


def test_the_distance_of_a_degree_on_the_equator_is_that_of_the_ellipsoid(mini):
    baku, shusha, islamabad = mini.rows["places"]
    baku |= {"lat": "0", "lon": "50"}
    islamabad |= {"lat": "0", "lon": "51"}
    shusha |= {"lat": "0", "lon": "53"}
    mini.write()
    report = Report.load(mini.directory)
    degree = 2 * math.pi * 6378.137 / 360  # WGS 84: the equator is a circle of this radius
    assert distances.km(report, "baku", "islamabad") == pytest.approx(degree, abs=1e-6)
    assert distances.farthest(report, ["baku", "islamabad"], "shusha") == pytest.approx(3 * degree)
    both = distances.from_both_capitals(report, ("shusha", "baku"))
    assert both["km_from_baku"].tolist() == [round(3 * degree), 0]
    assert both["km_from_islamabad"].tolist() == [round(2 * degree), round(degree)]


def test_the_table_of_distances_refuses_a_line_that_belies_its_first_sentence(report, monkeypatch):
    closer = {("ankara", "islamabad"): 1.0}
    monkeypatch.setattr(distances, "km", lambda _, *ends: closer.get(ends, 2.0))
    with pytest.raises(AssertionError, match="ankara and islamabad lie closer"):
        distances.rows(Report(report.folder))


# Borders.


def test_only_states_that_touch_both_lie_between(mini):
    more = [border("arm-tur", "closed"), border("aze-tur", "restricted"), border("afg-pak", "")]
    report = with_tables(mini, neighbours=BORDERS + more)
    assert geography.between(report, "AZE", "PAK") == ("IRN",)
    assert geography.between(report, "PAK", "TUR") == ()


def test_a_state_named_second_in_a_pair_is_a_neighbour_too(mini):
    report = with_tables(mini, neighbours=BORDERS)
    assert list(geography.land_borders(report, "PAK").index) == ["irn-pak"]
    assert list(geography.land_borders(report, "AZE", "ARM").index) == ["aze-irn", "aze-arm"]


def test_each_border_is_examined_once_and_those_on_the_way_too(mini):
    examined = geography.borders_examined(with_tables(mini, neighbours=BORDERS))
    assert sorted(examined.index) == [
        "afg-tkm", "aze-arm", "aze-irn", "irn-afg", "irn-pak", "irn-tkm",
    ]  # fmt: skip


def test_a_border_found_open_stops_the_chapter_that_says_of_none_this_is_known(mini):
    report = with_tables(mini, neighbours=[*BORDERS, border("aze-geo", "open")])
    with pytest.raises(DataError, match="aze-geo"):
        geography.borders_examined(report)


def test_a_border_shows_when_its_state_was_found_and_no_more_than_two_sources(mini):
    reference, *_ = mini.rows["sources"]
    mini.rows["sources"].append(reference | {"source_id": geography.REFERENCE_WORK})
    rows = [row | {"source_ids": f"{geography.REFERENCE_WORK};s1;s2;s3"} for row in BORDERS]
    rows[1]["border_status_date"] = ""
    rows[2]["source_ids"] = geography.REFERENCE_WORK
    names = {"ARM": "Armenia", "IRN": "Iran", "AFG": "Afghanistan", "TKM": "Turkmenistan"}
    mini.rows["actors"] += [
        mini.rows["actors"][0] | {"actor_id": iso3, "name": name} for iso3, name in names.items()
    ]
    shown = geography.border_rows(with_tables(mini, neighbours=rows)).set_index("Border")
    assert shown.at["Azerbaijan, Armenia", "As of"] == "6 July 2024"
    assert shown.at["Azerbaijan, Iran", "As of"] == "no date"
    assert shown.at["Iran, Pakistan", "As of"] == "–"
    assert shown.at["Azerbaijan, Iran", "Sources"] == "{cite}`s1,s2`"
    assert shown.at["Iran, Pakistan", "Sources"] is None
    assert shown.at["Iran, Pakistan", "Crossings"] == "not checked"


# Routes.

WAYS = [
    route("runs", "operating", "baku", status_date="2020"),
    route("never", "proposed", "baku", status_date="2026"),
    route("ran", "suspended", "baku", status_date="2025"),
    route("newer", "operating", "baku", status_date="2024-05", length_km="1234.4"),
    route("flies", "operating", "baku", status_date="2026-03", kind="air"),
]


def test_the_table_of_corridors_goes_from_what_runs_to_what_never_did_newest_first(mini):
    rows = routes.corridor_rows(with_tables(mini, routes=WAYS))
    assert rows["Route"].tolist() == ["newer", "runs", "ran", "never"]
    assert rows["Status, as of"].tolist()[0] == "in use, May 2024"
    assert rows["km"].tolist()[:2] == ["1,234", None]
    assert rows["Sources"].tolist()[0] == "{cite}`s1,s2`"


def test_the_newest_status_is_that_of_the_latest_day(mini):
    assert routes.newest(with_tables(mini, routes=WAYS)).text == "2026-03"


def test_a_route_without_a_date_has_no_date_to_print(mini):
    report = with_tables(mini, routes=[route("undated", "partial", "baku")])
    with pytest.raises(DateError, match="a date is missing"):
        routes.status_date(report, "undated")


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("One. Two. Three.", "One. Two."),
        ("Drawn through its towns. One.", "One."),
        ("Stops without coordinates stand for their countries.", None),
        (float("nan"), None),
    ],
)
def test_a_reader_gets_two_sentences_of_limits_and_none_on_how_a_line_is_drawn(note, shown):
    assert routes.limits(note) == shown


def test_a_route_joins_the_two_states_only_with_a_stop_in_each(mini, monkeypatch):
    panel = {"One": {"whole": "Whole", "half": "Half"}, "Two": {"other": "Other"}}
    monkeypatch.setattr(routes, "PANELS", panel)
    report = with_tables(
        mini,
        routes=[
            route("other", "proposed", "islamabad;shusha;baku"),
            route("half", "operating", "baku;shusha"),
            route("whole", "operating", "baku;islamabad"),
        ],
    )
    drawn = routes.drawn(report)
    assert drawn[["panel", "number", "name"]].to_numpy().tolist() == [
        ["One", 1, "Whole"], ["One", 2, "Half"], ["Two", 1, "Other"],
    ]  # fmt: skip
    assert routes.joining(report)["route_id"].tolist() == ["whole", "other"]


def test_every_route_has_a_known_status_and_those_that_join_the_two_a_number_on_the_map(report):
    assert routes.drawn(report)["status"].isin(list(ROUTE_STATUSES)).all()
    assert set(routes.joining(report)["route_id"]) == set(corridors.NUMBER_AT)


def test_what_was_in_use_between_the_two_states_were_flights(report):
    joining = routes.joining(report)
    assert set(joining.loc[joining["status"] == "operating", "kind"]) == {"air"}


# Sites and exercises.


def test_watching_an_exercise_counts_and_an_unknown_part_does_not(mini):
    held = {
        "series": "S", "date": "2024", "host": "TUR", "participants_named": "AZE;PAK",
        "tur_role": "none", "domain": "air", "source_ids": "s1", "confidence": "high",
    }  # fmt: skip
    roles = [
        ("both", "participant", "participant"), ("watched", "observer", "participant"),
        ("unknown", "participant", "unknown"), ("alone", "none", "participant"),
    ]  # fmt: skip
    rows = [
        held | {"exercise_id": name, "name": name, "aze_role": aze, "pak_role": pak}
        for name, aze, pak in roles
    ]
    found = geography.exercises_of_both(with_tables(mini, exercises=rows))
    assert found["exercise_id"].tolist() == ["both", "watched"]


def test_every_site_has_a_kind_of_mark_and_those_without_joint_use_are_known(report):
    named = geography.sites(report)
    assert named["kind"].notna().all()
    assert set(named.loc[~named["joint"], "site_id"]) == set(geography.NO_JOINT_USE)


def test_the_map_of_the_region_hands_out_the_distances_of_the_capitals_it_marks(report):
    rows = region.region(report).data
    capitals = rows[rows["kind"] == "capital"].set_index("name")
    assert len(capitals) == len(region.CAPITALS)
    km = round(distances.km(report, "baku", "islamabad"))
    assert (
        capitals.at["Islamabad", "km_from_baku"] == capitals.at["Baku", "km_from_islamabad"] == km
    )


def test_borders_and_routes_are_found_without_the_libraries_for_maps():
    found = "from azpak.findings import geography, routes"
    code = f"import sys; {found}; print({{'geopandas', 'pyproj', 'shapely'}} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
