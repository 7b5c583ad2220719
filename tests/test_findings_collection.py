"""How the evidence was gathered, counted by hand on the miniature."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.findings import collection
from azpak.vocabulary import STANCES
from support.mini import MiniPackage


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def loaded(mini: MiniPackage) -> Report:
    return Report.load(mini.write().directory)


def leaning(mini: MiniPackage) -> Report:
    """Return a report whose thinnest phase leans furthest to the Azerbaijani state.

    Of the first phase s1, s2 and s3 speak; of the second s3 and s4, which is Azerbaijani.
    """
    mini.rows["claims"] = [row for row in mini.rows["claims"] if row["claim_id"] != "c5"]
    mini.rows["claims"][-1]["source_id"] = "s4"
    return loaded(mini)


def test_a_source_without_a_claim_is_not_counted(mini):
    mini.rows["sources"].append(mini.rows["sources"][0] | {"source_id": "s5", "language": "ur"})
    made = collection.of_report(loaded(mini))
    assert (made.n_events, made.n_claims, len(made.sources)) == (3, 7, 4)
    assert made.number("language", "ur") == 0


def test_a_source_that_is_silent_is_counted(mini):
    assert "s4" in collection.of_report(loaded(mini)).sources.index  # its one claim is silent


def test_codes_are_counted_together_and_shares_are_of_all_sources(mini):
    mini.rows["sources"][0]["language"] = "az"
    made = collection.of_report(loaded(mini))
    assert made.number("stance", "independent", "turkish") == 3
    assert made.share("stance", "independent", "turkish") == 0.75
    assert made.share("language", "az") == 0.25


def test_the_latest_event_is_one_that_happened(mini):
    order = mini.rows["events"][2]
    mini.rows["events"].append(
        order | {"event_id": "2030-plan", "date": "2030", "nature": "announced"}
    )
    mini.rows["claims"].append(
        mini.rows["claims"][-1] | {"claim_id": "c8", "event_id": "2030-plan", "topic": "plan"}
    )
    assert collection.of_report(loaded(mini)).latest.text == "2017~"


def test_sources_near_either_government_are_near(mini):
    assert collection.near_governments(loaded(mini)) == 0.25


def test_more_pakistani_than_azerbaijani_sources_break_what_the_chapter_says(mini):
    for source in mini.rows["sources"][:2]:
        source["stance"] = "pakistani-state-aligned"
    with pytest.raises(AssertionError, match="no longer near the Azerbaijani one"):
        collection.near_governments(loaded(mini))


def test_shares_of_a_phase_are_of_the_sources_that_speak_of_it(mini):
    rows = collection.shares_by_phase(leaning(mini)).set_index(["phase", "stance"])
    first = {"independent": 2 / 3, "turkish": 1 / 3}
    second = {"independent": 1 / 2, "azerbaijani-state-aligned": 1 / 2}
    assert rows.loc["First", "share"].to_dict() == pytest.approx(dict.fromkeys(STANCES, 0) | first)
    assert rows.loc["Second", "share"].to_dict() == pytest.approx(
        dict.fromkeys(STANCES, 0) | second
    )
    assert rows.at[("First", "independent"), "sources"] == 2


def test_a_phase_with_more_sources_that_leans_further_breaks_what_the_chapter_says(mini):
    with pytest.raises(AssertionError, match="another phase"):
        collection.shares_by_phase(loaded(mini))


def test_another_stance_that_more_depends_on_breaks_what_the_chapter_says(mini):
    with pytest.raises(AssertionError, match="another stance"):  # no event rests on s4
        collection.left_out(loaded(mini))


def test_what_is_left_out_is_named_and_printed(mini):
    rows = collection.rows_left_out(leaning(mini)).set_index("Left out")
    # Without s4 the order keeps one group, and no other event ever had two.
    assert rows.loc["Nothing"].tolist() == ["100%", "33%", "33%"]
    assert rows.loc["Near the Azerbaijani state"].tolist() == ["100%", "0%", "0%"]
    assert list(rows.index[1:]) == [
        "Near the Azerbaijani state", "Near the Pakistani state", "Turkish", "Armenian", "Indian",
        "Near no state", "Other",
    ]  # fmt: skip


def test_every_source_stands_in_one_cell_by_stance_and_type(report):
    rows = collection.rows_by_type(report)
    counts = rows[list(collection.TYPES.values())]
    assert (counts.sum(axis=1) == rows["All"]).all()
    assert rows["All"].sum() == report.claims["source_id"].nunique()


def test_the_founding_texts_are_sources_that_speak(report):
    assert {*collection.FOUNDING} <= {*collection.of_report(report).sources.index}
