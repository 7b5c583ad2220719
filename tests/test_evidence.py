"""Promises about evidence: the rule of confidence, what contradicts what, and who carries it."""

from __future__ import annotations

import math

import pytest

from azpak.errors import DataError
from azpak.evidence import Evidence
from azpak.evidence.rules import confidence, contradictions

SOURCES = {
    "dawn": {"independence_group": "dawn", "stance": "independent"},
    "dawn2": {"independence_group": "dawn", "stance": "independent"},
    "trend": {"independence_group": "trend", "stance": "azerbaijani-state-aligned"},
    "azertac": {"independence_group": "azertac", "stance": "azerbaijani-state-aligned"},
    "mod": {"independence_group": "mod", "stance": "azerbaijani-state-aligned"},
}
EVENT = {"nature": "happened", "contested_military": False}
CONTESTED = EVENT | {"contested_military": True}


def claim(source: str, agreement: str = "agrees", basis: str = "report", **more):
    blank = dict.fromkeys(("unit", "value_edtf", "value_low", "value_high"))
    row = {"claim_id": f"c-{source}", "source_id": source, "topic": "t", "agreement": agreement}
    row["attribute"] = "other"
    return blank | row | {"basis": basis} | more


def ruling(*claim_ids: str, resolution: str = "preferred"):
    return {"ruling_id": "r", "claim_ids": claim_ids, "resolution": resolution}


CONFIDENCE = {
    "two groups": (EVENT, [claim("dawn"), claim("trend")], [], "high"),
    "two groups on two matters": (EVENT, [claim("dawn"), claim("trend", topic="u")], [], "medium"),
    "a date and an occurrence": (
        EVENT,
        [claim("dawn", attribute="date"), claim("trend", topic="u", attribute="occurred")],
        [],
        "high",
    ),
    "contested, two stances on two matters": (
        CONTESTED, [claim("dawn"), claim("trend", topic="u")], [], "medium",
    ),
    "two sources of one group": (EVENT, [claim("dawn"), claim("dawn2")], [], "medium"),
    "one report": (EVENT, [claim("dawn")], [], "medium"),
    "a party of itself": (EVENT, [claim("mod", basis="party")], [], "medium"),
    "the act": (EVENT, [claim("mod", basis="act")], [], "high"),
    "retrospect": (EVENT, [claim("dawn", basis="retrospect")], [], "low"),
    "partial agreement": (EVENT, [claim("dawn", "partial")], [], "low"),
    "nothing": (EVENT, [], [], "low"),
    "alleged by two": (
        EVENT | {"nature": "alleged"}, [claim("dawn"), claim("trend")], [], "low",
    ),
    "contested, two stances": (CONTESTED, [claim("dawn"), claim("trend")], [], "high"),
    "contested, one stance": (CONTESTED, [claim("azertac"), claim("trend")], [], "low"),
    "contested, the act of one side": (CONTESTED, [claim("mod", basis="act")], [], "low"),
    "contested, one independent": (CONTESTED, [claim("dawn")], [], "medium"),
    "disagreement nobody weighed": (
        EVENT, [claim("dawn"), claim("trend"), claim("mod", "disagrees")], [], "medium",
    ),
    "disagreement resolved": (
        EVENT,
        [claim("dawn"), claim("trend"), claim("mod", "disagrees")],
        [ruling("c-dawn", "c-mod")],
        "high",
    ),
    "disagreement unresolved": (
        EVENT,
        [claim("dawn"), claim("trend"), claim("mod", "disagrees")],
        [ruling("c-dawn", "c-mod", resolution="unresolved")],
        "medium",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CONFIDENCE)
def test_confidence_follows_the_rule(case):
    event, claims, rulings, level = CONFIDENCE[case]
    assert confidence(event, claims, SOURCES, rulings)[0] == level


REASONS = {
    "two groups": "two separate origins on one matter: dawn, trend",
    "two sources of one group": "one separate origin: dawn",
    "the act": "the document itself is the act: mod; one separate origin: mod",
    "retrospect": "one separate origin: dawn, in retrospect only",
    "nothing": "no source seen agrees",
    "alleged by two": "alleged, not established; two separate origins on one matter: dawn, trend",
    "contested, one stance": "contested military fact: "
    "two separate origins on one matter: azertac, trend; "
    "one stance: azerbaijani-state-aligned",
    "disagreement nobody weighed": "two separate origins on one matter: dawn, trend; "
    "at most medium, because "
    "no ruling weighs the claim that disagrees (c-mod)",
    "disagreement unresolved": "two separate origins on one matter: dawn, trend; "
    "at most medium, because "
    "a contradiction is unresolved (r)",
}


@pytest.mark.parametrize("case", REASONS)
def test_confidence_says_why(case):
    event, claims, rulings, _ = CONFIDENCE[case]
    assert confidence(event, claims, SOURCES, rulings)[1] == REASONS[case]


DAY = {"value_edtf": "1992-06-09"}
PAIRS = {
    "disjoint days": (claim("dawn", **DAY), claim("trend", value_edtf="1992-06-10"), "date"),
    "a day in the month": (claim("dawn", **DAY), claim("trend", value_edtf="1992-06"), None),
    "disjoint numbers": (
        claim("dawn", value_low=4.0, value_high=8.0),
        claim("trend", value_low=9.0, value_high=9.0),
        "number",
    ),
    "a lower bound above": (
        claim("dawn", value_high=8.0), claim("trend", value_low=9.0), "number",
    ),
    "overlapping numbers": (
        claim("dawn", value_low=4.0, value_high=8.0), claim("trend", value_low=8.0), None,
    ),
    "other units": (
        claim("dawn", value_low=4.0, value_high=4.0, unit="aircraft"),
        claim("trend", value_low=9.0, value_high=9.0, unit="USD"),
        None,
    ),
    "other topics": (claim("dawn", **DAY), claim("trend", topic="u", value_edtf="1993"), None),
    "words that differ": (claim("dawn", value_norm="a"), claim("trend", value_norm="b"), None),
    "marked as disagreeing": (claim("dawn"), claim("trend", "disagrees"), "statement"),
    "partial and disagreeing": (claim("dawn", "partial"), claim("trend", "disagrees"), None),
    "another date on which the event is silent": (
        claim("dawn", **DAY), claim("trend", "silent", value_edtf="1993"), "date",
    ),
    "silence": (claim("dawn"), claim("trend", "silent"), None),
}  # fmt: skip


@pytest.mark.parametrize("case", PAIRS)
def test_what_contradicts_what(case):
    one, other, kind = PAIRS[case]
    found = contradictions([one, other], [])
    assert [pair.kind for pair in found] == ([kind] if kind else [])


def test_a_contradiction_names_the_rulings_that_weigh_both():
    one, other = PAIRS["disjoint days"][:2]
    [pair] = contradictions([one, other], [ruling("c-dawn", "c-trend")])
    assert (pair.topic, pair.claim_a, pair.claim_b) == ("t", "c-dawn", "c-trend")
    assert pair.ruling_ids == ("r",)
    assert contradictions([one, other], [ruling("c-dawn", "c-mod")])[0].ruling_ids == ()


@pytest.fixture
def evidence(mini) -> Evidence:
    return Evidence.load(mini.directory)


def test_the_gate_and_the_evidence_count_the_same_contradictions(evidence):
    [pair] = evidence.contradictions()
    assert (pair.claim_a, pair.claim_b, pair.kind) == ("c1", "c2", "date")
    assert pair.ruling_ids == ("relations-date",)


def test_an_event_knows_what_carries_it(evidence):
    carried = evidence.corroboration("1992-relations")
    assert carried.sources == ("s1", "s3")
    assert carried.groups == ("dawn",)
    assert carried.stances == ("independent",)
    assert carried.claims == 3
    assert [pair.claim_b for pair in carried.contradictions] == ["c2"]
    assert evidence.groups("2017-order") == {"dawn", "anadolu"}
    assert evidence.rulings_for("1992-relations").index.tolist() == ["relations-date"]
    assert evidence.rulings_for("1993-visit").empty


def test_an_override_comes_first_and_says_what_was_computed(mini):
    mini.rows["events"][2] |= {"confidence_override": "low", "override_reason": "Rumour."}
    evidence = Evidence.load(mini.write().directory)
    level, why = evidence.confidence("2017-order")
    assert level == "low"
    assert why == (
        "set by the editor: Rumour. "
        "(computed: high, two separate origins on one matter: anadolu, dawn)"
    )
    assert evidence.computed_confidence("2017-order")[0] == "high"


def test_the_event_table_is_dated_and_graded(evidence):
    table = evidence.event_table()
    assert table.index.tolist() == ["1992-relations", "1993-visit", "2017-order"]
    assert table["date_text"].tolist() == ["9 June 1992", "April 1993", "about 2017"]
    assert table["confidence"].tolist() == ["medium", "medium", "high"]
    assert table["n_groups"].tolist() == [1, 1, 2]
    assert table["n_contradictions"].tolist() == [1, 0, 0]
    assert table.at["1992-relations", "ruling_ids"] == ("relations-date",)
    assert str(table.at["1993-visit", "end"].date()) == "1993-04-30"


def test_a_lasting_event_has_no_end_and_a_withdrawn_one_is_left_out(mini):
    mini.rows["events"][0]["date"] = "1992-06-09/.."
    mini.rows["events"][1] |= {"status": "withdrawn", "replaced_by": "1992-relations"}
    table = Evidence.load(mini.write().directory).event_table()
    assert table.index.tolist() == ["1992-relations", "2017-order"]
    assert table["end"].isna().tolist() == [True, False]


def test_the_source_table_counts_claims_and_contradicted_ones(evidence):
    table = evidence.source_table()
    assert table["n_claims"].tolist() == [1, 3, 2, 1]
    assert table["n_events"].tolist() == [1, 3, 2, 1]
    assert table["n_contradicted"].tolist() == [1, 1, 0, 0]


def test_the_share_of_events_with_two_groups(evidence):
    assert evidence.share_two_groups() == pytest.approx(1 / 3)
    assert evidence.share_two_groups(["2017-order"]) == 1
    assert math.isnan(evidence.share_two_groups([]))


def test_leaving_out_a_stance_recomputes_everything(evidence):
    without = evidence.without_stance("turkish")
    assert without.confidence("2017-order") == ("medium", "one separate origin: dawn")
    assert without.confidence("1993-visit")[0] == "low"
    assert without.contradictions() == []
    assert without.rulings.empty
    assert len(evidence.claims) == 7, "the evidence itself stays as it is"


def test_an_unknown_event_is_named_with_the_way_out(evidence):
    with pytest.raises(DataError, match=r"events\.csv: no such event \(got '1999-x'\)"):
        evidence.confidence("1999-x")


def stray(sources: dict[str, str]) -> list[str]:
    """Return the sources in a group that is named after a source of another group."""
    return [s for s, group in sources.items() if sources.get(group, group) != group]


def test_a_group_named_after_a_source_has_that_source_in_it():
    assert stray({"a": "a", "b": "a", "c": "a-release"}) == []
    assert stray({"a": "a-release", "b": "a"}) == ["b"]
    assert stray(Evidence.load().sources["independence_group"].to_dict()) == []
