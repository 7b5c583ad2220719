"""Promises of the gate: each planted fault breaks one rule, and is named with file, line, column.

A case plants one fault in a valid miniature; no other rule may speak.
"""

from __future__ import annotations

import pytest

from azpak.check import RULES

# rule, table, row (from 0), cells to set, line, column, message
CELLS = [
    # text
    ("cells_hold_plain_text", "events", 0, {"title": "Rela\x00tions"}, 2, "title", "a control"),
    ("cells_hold_plain_text", "events", 1, {"title": "A\tvisit"}, 3, "title", "a control"),
    ("cells_hold_plain_text", "events", 1, {"title": "A\nvisit"}, 3, "title", "a control"),
    ("cells_hold_plain_text", "events", 1, {"title": "A\u200bvisit"}, 3, "title", "an invisible"),
    ("cells_hold_plain_text", "events", 1, {"title": "A\u00a0visit"}, 3, "title", "an invisible"),
    ("cells_hold_plain_text", "events", 1, {"title": "A <b>visit</b>"}, 3, "title", "markup"),
    ("cells_hold_plain_text", "events", 1, {"title": "A **visit**"}, 3, "title", "markup"),
    ("cells_hold_plain_text", "events", 1, {"title": "A [visit](x)"}, 3, "title", "markup"),
    ("cells_hold_plain_text", "events", 1, {"title": "A &amp; B"}, 3, "title", "markup"),
    ("cells_hold_plain_text", "events", 1, {"title": "A visit "}, 3, "title", "stray white"),
    ("cells_hold_plain_text", "events", 1, {"title": "A  visit"}, 3, "title", "stray white"),
    ("cells_hold_plain_text", "events", 1, {"note": "The seed says."}, 3, "note", "working voc"),
    ("cells_hold_plain_text", "events", 1, {"note": "A stored copy"}, 3, "note", "working voc"),
    ("cells_hold_plain_text", "events", 1, {"note": "See Dossier"}, 3, "note", "working voc"),
    ("cells_hold_plain_text", "events", 1, {"title": "A vi\u0301sit"}, 3, "title", "a letter and"),
    ("cells_hold_plain_text", "events", 1, {"title": "A vis\u0456t"}, 3, "title", "a word of two"),
    ("cells_hold_plain_text", "events", 1, {"note": "=SUM(A1)"}, 3, "note", "a spreadsheet takes"),
    ("cells_hold_plain_text", "events", 1, {"note": "-cmd|x"}, 3, "note", "a spreadsheet takes"),
    ("cells_hold_plain_text", "events", 1, {"note": "a " * 501 + "b"}, 3, "note", "1003 characte"),
    ("cells_hold_plain_text", "events", 1, {"note": "Corrected: May."}, 3, "note", "a row tells"),
    # types and constraints
    ("cells_have_their_type", "events", 1, {"title": ""}, 3, "title", "the cell must not be empty"),
    ("cells_have_their_type", "events", 1, {"category": "party"}, 3, "category", "none of recog"),
    ("cells_have_their_type", "events", 1, {"country_iso3": "Pak"}, 3, "country_iso3", "not of th"),
    ("cells_have_their_type", "events", 1, {"contested_military": "no"}, 3, "contested_military",
     "neither true nor false"),
    ("cells_have_their_type", "events", 1, {"actors": "AZE;"}, 3, "actors", "an empty member"),
    ("cells_have_their_type", "events", 1, {"actors": "AZE; PAK"}, 3, "actors", "white space aro"),
    ("cells_have_their_type", "events", 1, {"actors": "PAK;PAK"}, 3, "actors", "a member stands"),
    ("cells_have_their_type", "milex_sipri", 1, {"year": "93.5"}, 3, "year", "not a whole number"),
    ("cells_have_their_type", "milex_sipri", 1, {"year": "1893"}, 3, "year", "below 1900"),
    ("cells_have_their_type", "milex_sipri", 1, {"year": "2093"}, 3, "year", "above 2026"),
    ("cells_have_their_type", "milex_sipri", 1, {"value": "1,5"}, 3, "value", "not a number"),
    ("cells_have_their_type", "milex_sipri", 1, {"value": "nan"}, 3, "value", "not a number"),
    ("cells_have_their_type", "milex_sipri", 1, {"value": "1e999"}, 3, "value", "not a number"),
    ("cells_have_their_type", "rulings", 0, {"disputed": "a" * 51}, 2, "disputed",
     "51 characters, where 50 are the most"),
    # dates and bounds
    ("dates_exist", "events", 1, {"date": "1993-02-30"}, 3, "date", "February 1993 has no day 30"),
    ("dates_exist", "events", 1, {"date": "April 1993"}, 3, "date", "not an EDTF date"),
    ("dates_exist", "events", 1, {"date": "1994/1993"}, 3, "date", "the date ends before"),
    ("dates_exist", "events", 1, {"date": ".."}, 3, "date", "not an EDTF date"),
    ("bounds_are_ordered", "claims", 6, {"value_low": "13"}, 8, "value_low", "above value_high"),
    ("bounds_are_ordered", "transfers", 0, {"delivery_end": "2016"}, 2, "delivery_start", "above"),
    # keys
    ("keys_are_unique", "claims", 6, {"claim_id": "c6"}, 8, "claim_id", "already in line 7"),
    ("keys_are_unique", "milex_sipri", 1, {"year": "1992"}, 3, "iso3, year, indicator, source_id",
     "already in line 2"),
    ("keys_resolve", "events", 1, {"place_id": "atlantis"}, 3, "place_id", "no such row in places"),
    ("keys_resolve", "events", 1, {"actors": "AZE;XXX"}, 3, "actors", "no such row in actors"),
    ("keys_resolve", "rulings", 0, {"claim_ids": "c1;c2;c9"}, 2, "claim_ids", "no such row in cl"),
    ("keys_resolve", "sites", 0, {"source_ids": "s1b"}, 2, "source_ids", "was merged into s1"),
    ("no_series_mixes_releases", "milex_sipri", 1, {"release": "2025"}, 3, "release", "mixes rel"),
    ("nothing_is_part_of_itself", "transfers", 1, {"part_of": "ten"}, 3, "part_of", "leads back"),
    # periods
    ("periods_follow_each_other", "phases", 1, {"start": "1995-02"}, 3, "start", "leaves a gap"),
    ("periods_follow_each_other", "phases", 0, {"end": "1995-06"}, 3, "start", "overlaps first"),
    ("chapter_years_stand_in_title_and_file_name", "chapters", 1, {"title": "First, 1991-1993"}, 3,
     "title", "its years are not year_first and year_last: 1991 and 1994"),
    ("chapter_years_stand_in_title_and_file_name", "chapters", 0, {"title": "Summary of 1992"}, 2,
     "title", "its years are not year_first and year_last: none"),
    ("chapter_years_are_those_of_the_phase", "phases", 0, {"start": "1989-10-18"}, 2, "start",
     "the phase does not span the years of first-1991-1994"),
    # evidence
    ("every_event_has_a_claim", "claims", 3, {"event_id": "2017-order"}, 3, "event_id",
     "no source says anything"),
    ("every_event_is_told_in_a_narrative_chapter", "events", 1, {"chapter": "summary"}, 3,
     "chapter", "not a narrative chapter"),
    ("a_withdrawn_event_names_its_successor", "events", 1, {"status": "withdrawn"}, 3,
     "replaced_by", "a withdrawn event names no successor"),
    ("a_withdrawn_event_names_its_successor", "events", 1, {"replaced_by": "2017-order"}, 3,
     "replaced_by", "an active event names a successor"),
    ("an_override_has_its_reason", "events", 1, {"confidence_override": "low"}, 3,
     "override_reason", "an override gives no reason"),
    ("an_override_has_its_reason", "events", 1, {"override_reason": "Why not."}, 3,
     "override_reason", "a reason without an override"),
    ("a_claim_can_be_compared", "claims", 3, {"attribute": "date"}, 5, "value_edtf", "a date cl"),
    ("a_claim_can_be_compared", "claims", 5, {"unit": ""}, 7, "unit", "a number needs its"),
    ("a_source_not_seen_supports_no_claim", "sources", 0, {"extent_seen": "not-seen"}, 2,
     "source_id", "a source not seen supports no claim"),
    ("every_source_is_used", "claims", 4, {"source_id": "s3"}, 5, "source_id", "no table names"),
    ("a_merged_source_is_gone", "source_merges", 0, {"merged_id": "s4"}, 2, "merged_id", "still"),
    ("every_contradiction_has_a_ruling", "claims", 6, {"value_high": "9", "agreement": "silent"},
     8, "topic",
     "no ruling weighs c7 against the claims it contradicts: c6 (number)"),
    ("every_contradiction_has_a_ruling", "claims", 6, {"agreement": "disagrees"}, 8, "topic",
     "no ruling weighs c7 against the claims it contradicts: c6 (statement)"),
    ("every_contradiction_has_a_ruling", "rulings", 0, {"claim_ids": "c1;c3"}, 3, "topic",
     "no ruling weighs c2 against the claims it contradicts: c1 (date)"),
    ("a_ruling_prefers_what_it_weighs", "rulings", 0, {"preferred_claim_ids": "c3"}, 2,
     "preferred_claim_ids", "a preferred claim is not among those weighed"),
    ("a_ruling_prefers_what_it_weighs", "rulings", 0, {"resolution": "unresolved"}, 2,
     "preferred_claim_ids", "an unresolved ruling prefers no claim"),
    # agreement
    ("a_number_that_agrees_stands_in_the_event", "claims", 5, {"value_low": "9", "value_high": "9"},
     7, "agreement", "the event states no such number"),
    ("a_number_that_agrees_stands_in_the_event", "claims", 6, {"event_id": "1993-visit"}, 8,
     "agreement", "the event states no number at all"),
    ("a_date_that_agrees_stands_in_the_event", "claims", 0, {"value_edtf": "1992-08"}, 2,
     "agreement", "the event is of 1992-06-09 and tells no such date"),
    ("equal_claims_agree_alike", "claims", 6,
     {"value_low": "10", "value_high": "10", "agreement": "partial"}, 8, "agreement",
     "line 7 has the same topic and value, and agrees"),
    ("an_announcement_agrees_in_part", "sources", 0, {"date": "1992-06-08"}, 2, "agreement",
     "the text is older than what it tells: partial"),
    ("a_rank_told_by_examples_is_open", "claims", 5,
     {"attribute": "rank", "value": "10th, after nations such as Iraq"}, 7, "value_high",
     "a rank told by examples (such as) has no upper bound"),
    ("an_act_is_no_report", "claims", 0, {"basis": "act"}, 2, "basis", "press is not the act"),
    ("a_later_text_speaks_in_retrospect", "sources", 0, {"date": "1993-08"}, 2, "basis",
     "written 418 days after the event: retrospect"),
    ("a_last_day_is_attested", "events", 0, {"date": "1992-06-09/1992-06-11"}, 2, "date",
     "no text of its last day or later gives that day"),
    ("a_day_of_a_report_is_approximate", "events", 0, {"note": "The day is that of the report."}, 2,
     "date", "the note says that the day is that of the report"),
    ("an_exact_day_has_an_exact_claim", "claims", 0, {"value_edtf": "1992-06"}, 2, "date",
     "each date claim that agrees is vaguer"),
    ("a_weekday_is_that_of_its_day", "claims", 0, {"value": "Friday, 9 June"}, 2, "value_edtf",
     "the value says Friday, and that day is a Tuesday"),
    ("a_one_sided_account_is_named", "claims", 3, {"basis": "party"}, 3, "note",
     "known from one side's own texts alone"),
    # rulings
    ("what_is_disputed_is_a_phrase", "rulings", 0, {"disputed": "which document it was"}, 2,
     "disputed", "'it' points at nothing"),
    ("what_is_disputed_is_a_phrase", "rulings", 0, {"disputed": "Their number"}, 2, "disputed",
     "'Their' points at nothing"),
    ("what_is_disputed_is_a_phrase", "rulings", 0, {"disputed": "a b c d e f g"}, 2, "disputed",
     "7 words, where 6 are the most"),
    ("what_is_disputed_is_a_phrase", "rulings", 0, {"disputed": "the day."}, 2, "disputed",
     "the sentence goes on after the phrase"),
    ("a_rule_has_its_support", "rulings", 0, {"rule": "act-over-report"}, 2, "rule",
     "act-over-report needs a preferred claim whose basis is the act"),
    ("a_rule_has_its_support", "rulings", 0, {"rule": "own-account"}, 2, "rule",
     "own-account needs a preferred claim by the party itself"),
    ("a_rule_has_its_support", "rulings", 0, {"rule": "separate-origins"}, 2, "rule",
     "separate-origins needs preferred claims of two origins"),
    ("a_rule_has_its_support", "rulings", 0, {"rule": "later-correction"}, 2, "rule",
     "later-correction needs a preferred and a rejected claim of one origin"),
    ("a_rule_has_its_support", "rulings", 0, {"rule": "none"}, 2, "rule", "by no rule"),
    ("a_ruling_binds_its_events", "claims", 0, {"agreement": "disagrees"}, 2, "claim_ids",
     "the event 1992-relations disagrees with a preferred claim"),
    ("an_order_is_not_after_its_delivery", "transfers", 1, {"order_date": "2019"}, 3, "order_date",
     "the order is after its delivery of 2017"),
    # geography
    ("coordinates_come_together", "places", 0, {"lon": ""}, 2, "lon", "a point needs both"),
    ("coordinates_come_together", "places", 0, {"source_id": ""}, 2, "source_id", "need their so"),
    ("coordinates_come_together", "places", 0, {"precision": "none"}, 2, "precision", "is 'none'"),
    ("a_contested_place_bears_both_names", "places", 1, {"other_names": ""}, 3, "other_names",
     "a contested place needs it"),
    ("another_name_says_whose_it_is", "places", 1, {"other_names": "Şuşa"}, 3, "other_names",
     "write the name and then"),
    ("places_lie_in_the_country_named", "places", 0, {"lon": "51"}, 2, "country_iso3", "51 km out"),
    ("places_lie_in_the_country_named", "places", 0, {"lat": "33", "lon": "70"}, 2,
     "country_iso3", "outside the country named"),
    ("places_lie_in_the_country_named", "places", 0, {"lat": "59"}, 2, "country_iso3",
     "not on the country layer"),
    ("places_lie_in_the_country_named", "places", 0, {"exemption_reason": "A coast."}, 2,
     "exemption_reason", "a needless exemption"),
    ("a_site_lies_in_the_country_of_its_place", "sites", 0, {"country_iso3": "AZE"}, 2,
     "country_iso3", "the place islamabad lies in PAK"),
]  # fmt: skip


def _id(case) -> str:
    cells = "-".join(case[3])
    return f"{case[0]}-{case[1]}-{cells}-{case[6][:20]}"


@pytest.mark.parametrize("case", CELLS, ids=_id)
def test_a_planted_fault_breaks_one_rule_and_is_named(mini, case):
    rule, table, row, cells, line, column, message = case
    mini.rows[table][row].update(cells)
    faults = mini.write().faults()
    assert mini.rules_broken() == {rule}
    [fault] = faults
    # The rule may speak in another table than the one spoilt.
    assert (fault.line, fault.column) == (line, column)
    assert fault.file.endswith((".csv", ".geojson"))
    assert message in fault.what


def test_exact_numbers_that_agree_do_not_differ_although_a_ruling_weighs_them(mini):
    mini.rows["events"][2]["title"] = "An order of 10 or 12"
    mini.rows["claims"][6] |= {"value_low": "12", "value_high": "12"}
    mini.rows["rulings"].append(
        mini.rows["rulings"][0]
        | {"ruling_id": "order", "claim_ids": "c6;c7", "preferred_claim_ids": "c6;c7"}
    )
    [fault] = mini.write().faults()
    assert (fault.line, fault.column) == (8, "agreement")
    assert fault.what == "line 7 agrees with another number, 10"


@pytest.mark.parametrize(
    ("published", "value", "basis", "faults"),
    [
        ("1992-06-09", "1992-06-09", "report", 1),
        ("1992-06-09~", "1992-06-09", "party", 1),
        ("1992-06-09", "today (9 June 1992)", "report", 0),  # the passage says the day
        ("1992-06-10", "1992-06-09", "report", 0),  # a later text gives it
        ("", "1992-06-09", "report", 0),  # an undated text too
    ],
)
def test_the_day_of_a_report_is_not_that_of_the_event_unless_it_says_so(
    mini, published, value, basis, faults
):
    mini.rows["sources"][0]["date"] = published
    mini.rows["claims"][0] |= {"value": value, "basis": basis}
    found = mini.write().faults()
    assert [(fault.line, fault.column) for fault in found] == [(2, "date")] * faults
    assert all("only texts of that day give it" in fault.what for fault in found)


def test_the_miniature_is_clean(mini):
    assert mini.faults() == []


def test_every_rule_has_a_planted_fault():
    planted = {case[0] for case in CELLS}
    # Those that need more than one cell have tests of their own.
    planted |= {
        "layers_are_well_formed", "values_that_agree_do_not_differ", "a_ruling_binds_the_deals",
        "an_exercise_is_of_the_days_of_its_event", "an_exercise_that_happened_has_its_row",
        "a_member_of_a_package_says_so", "a_day_known_from_that_day_is_said",
        "the_register_does_not_settle_what_is_open", "chapters_stand_in_the_order_of_the_book",
    }  # fmt: skip
    assert planted == {rule.__name__ for rule in RULES}


SQUARE = [[50, 38], [51, 38], [51, 39], [50, 38]]
GEOMETRIES = [
    (None, "no geometry of a known type"),
    ({"type": "Circle", "coordinates": []}, "no geometry of a known type"),
    ({"type": "Polygon"}, "the coordinates are not those of a Polygon"),
    ({"type": "Polygon", "coordinates": []}, "the coordinates are not those of a Polygon"),
    ({"type": "Polygon", "coordinates": [[*SQUARE[:-1], ["x", 38]]]}, "are not those"),
    ({"type": "MultiPolygon", "coordinates": [SQUARE]}, "are not those of a MultiPolygon"),
    ({"type": "Point", "coordinates": [50, 95]}, "outside the window"),
    ({"type": "Point", "coordinates": [1e999, 40]}, "are not those of a Point"),
    ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "a ring that is not closed"),
]


@pytest.mark.parametrize(("geometry", "message"), GEOMETRIES)
def test_a_broken_geometry_is_named_with_its_feature(mini, geometry, message):
    mini.features.append({"type": "Feature", "properties": {}, "geometry": geometry})
    mini.write()
    if "inf" in str(geometry):
        mini.spoil("geo_countries", "Infinity", "1e999")  # JSON has no Infinity
    [fault] = mini.faults()
    assert mini.rules_broken() == {"layers_are_well_formed"}
    assert fault.column == "features[2].geometry"
    assert fault.line > 1
    assert message in fault.what


@pytest.mark.parametrize(
    ("feature", "column"),
    [("no object", "features[2]"), ({"type": "Thing"}, "features[2]"),
     ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [50, 40]}},
      "features[2].properties")],
)  # fmt: skip
def test_a_broken_feature_is_named(mini, feature, column):
    mini.features.append(feature)
    [fault] = mini.write().faults()
    assert fault.column == column


def test_an_exemption_lets_a_place_lie_outside(mini):
    mini.rows["places"][0] |= {"lon": "51", "exemption_reason": "A rig at sea."}
    assert mini.write().faults() == []


def test_a_point_up_to_five_kilometres_off_is_taken_for_the_coast(mini):
    mini.rows["places"][0]["lon"] = "50.45"  # 4.2 km east of the square
    assert mini.write().faults() == []


def test_claims_of_differing_precision_and_silence_do_not_contradict(mini):
    mini.rows["claims"][1] |= {"value_edtf": "1992-06", "agreement": "agrees"}
    mini.rows["rulings"] = [
        mini.rows["rulings"][0] | {"claim_ids": "c4;c5", "preferred_claim_ids": ""}
    ]
    assert mini.write().faults() == []


def test_a_cycle_over_several_rows_is_named_on_each(mini):
    mini.rows["transfers"][0]["part_of"] = "ten"
    assert [fault.line for fault in mini.write().faults()] == [2, 3]


def test_the_polygon_tests_agree_with_shapely():
    import json
    from pathlib import Path

    from shapely.geometry import Point, shape

    from azpak.check.geometry import KM_PER_DEGREE, Polygons, distance_km

    layer = Path(__file__).parents[1] / "data" / "geo" / "countries.geojson"
    features = {f["properties"]["iso3"]: f for f in json.loads(layer.read_text())["features"]}
    for iso3 in ("AZE", "PAK", "TUR"):
        geometry = features[iso3]["geometry"]
        ours, theirs = Polygons(geometry), shape(geometry)
        west, south, east, north = theirs.bounds
        for step in range(60):
            lon = west + (east - west) * (step * 0.618 % 1)
            lat = south + (north - south) * step / 60
            inside = theirs.contains(Point(lon, lat))
            assert ours.hold(lon, lat) == inside
            if not inside:  # a degree of longitude is shorter: a bound, not an equation
                assert (
                    distance_km(ours, lon, lat) <= theirs.distance(Point(lon, lat)) * KM_PER_DEGREE
                )
