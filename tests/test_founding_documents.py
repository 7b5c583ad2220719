"""The five documents the collection grew from: every fact followed up, nothing copied.

``founding/facts.csv`` tells each checkable fact of the five in our own words; ``paragraph`` counts
the paragraphs of the body. The verdict says how the fact stands against the other evidence:
``agrees``, ``partly``, ``contradicted``, or ``unsupported`` where nothing else was found.
``founding/windows.txt`` holds digests of their runs of eight words. That every sentence, and every
claim of theirs, is accounted for is held by ``test_founding_sentences.py``.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from azpak import tables
from azpak.dates import parse
from azpak.evidence import Evidence
from support.cell_values import said, shown_strings
from support.chapter_text import chapters, without_roles
from support.windows import DIGITS, LENGTH, digest, windows, words

FOUNDING = Path(__file__).parent / "founding"
SOURCES = {
    "sultanov2018cgss",
    "alizada2021ankasam",
    "azernews2023valiyev",
    "azernews2025defenceindustry",
    "rawal2025efsas",
}
VERDICTS = {"agrees", "partly", "contradicted", "unsupported"}

# Runs that stand in both and are names.
NAMES = {
    "agreement of cooperation in military and defence fields": "the title of the agreement",
    "развитие азербаиджано пакистанских связеи в военнои области в": "the title of an article",
    "азербаиджано пакистанских связеи в военнои области в 1994": "the title of an article",
    "пакистанских связеи в военнои области в 1994 2010": "the title of an article",
    "связеи в военнои области в 1994 2010 годах": "the title of an article",
}


def members(cell: str) -> list[str]:
    """Return what a cell lists."""
    return [part for part in cell.split(";") if part]


def rows() -> list[dict]:
    """Return the facts, with lists as lists."""
    with (FOUNDING / "facts.csv").open(encoding="utf-8", newline="") as file:
        return [
            {k: members(v) if k.endswith("_ids") else v for k, v in row.items()}
            for row in csv.DictReader(file)
        ]


FACTS = rows()
EVIDENCE = Evidence.load()
DIGESTS = {
    line
    for line in (FOUNDING / "windows.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
}
BOOK = chapters()
TOLD = {
    target
    for chapter in BOOK
    for name, target in chapter.roles()
    if re.split("[-:]", name)[0] == "event"
}


def events_of(fact: dict) -> set[str]:
    """Return the events a fact is about, by name or by claim."""
    return set(fact["event_ids"]) | set(EVIDENCE.claims.loc[fact["claim_ids"], "event_id"])


def faults(fact: dict) -> list[str]:
    """Return what is wrong with one row of the table of facts."""
    unknown = (
        (set(fact["event_ids"]) - set(EVIDENCE.events.index))
        | (set(fact["claim_ids"]) - set(EVIDENCE.claims.index))
        | (set(fact["ruling_ids"]) - set(EVIDENCE.rulings.index))
    )
    if unknown:
        return [f"{fact['fact_id']}: no row {unknown}"]
    events, found = events_of(fact), []
    if not events:
        found.append("neither event nor claim")
    if fact["verdict"] == "contradicted" and not fact["ruling_ids"]:
        found.append("contradicted without a ruling")
    if not fact["ruling_ids"] and not events & TOLD:
        found.append("neither told nor ruled on")
    if not set(EVIDENCE.claims.loc[fact["claim_ids"], "source_id"]) <= {fact["source_id"]}:
        found.append("a claim of another document")
    for ruling_id in fact["ruling_ids"]:
        weighed = list(EVIDENCE.rulings.at[ruling_id, "claim_ids"])
        if not events & set(EVIDENCE.claims.loc[weighed, "event_id"]):
            found.append(f"{ruling_id} weighs nothing on its events")
    if fact["verdict"] == "agrees" and fact["date"]:
        dates = [parse(EVIDENCE.events.at[event, "date"]) for event in events]
        if not any(parse(fact["date"]).overlaps(date) for date in dates):
            found.append("dated otherwise than its events")
    return [f"{fact['fact_id']}: {fault}" for fault in found]


def copied(text: str, known: set[str] = DIGESTS) -> list[str]:
    """Return the runs of a text that stand in one of the five documents and are no names."""
    return [run for run in windows(text) if digest(run) in known and run not in NAMES]


# The facts.


def test_each_founding_document_has_its_facts():
    assert {fact["source_id"] for fact in FACTS} == SOURCES
    assert set(EVIDENCE.sources.index) >= SOURCES


def test_fact_ids_are_unique_and_verdicts_known():
    ids = [fact["fact_id"] for fact in FACTS]
    assert len(ids) == len(set(ids))
    assert {fact["verdict"] for fact in FACTS} == VERDICTS


def test_every_fact_has_its_event_or_claim_and_is_told_or_ruled_on():
    found = [fault for fact in FACTS for fault in faults(fact)]
    assert found == []


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"event_ids": [], "claim_ids": []}, "neither event nor claim"),
        ({"event_ids": ["1991-no-such-event"]}, "no row"),
        ({"verdict": "contradicted"}, "contradicted without a ruling"),
        ({"claim_ids": ["c-1991-pakistan-recognises-azerbaijan-01"]}, "another document"),
        ({"ruling_ids": ["jf17-unit-price"]}, "weighs nothing"),
        ({"date": "1993-06-09"}, "dated otherwise"),
    ],
)
def test_a_fault_in_a_row_of_facts_is_seen(change, seen):
    sound = next(fact for fact in FACTS if fact["fact_id"] == "rawal-09")
    assert faults(sound) == []
    assert any(seen in fault for fault in faults(sound | change))


# Their slips of arithmetic.


def stated(topic: str, source_id: str = "rawal2025efsas") -> float:
    """Return the number that a document states on a topic."""
    claims = EVIDENCE.claims
    mine = claims[(claims["topic"] == topic) & (claims["source_id"] == source_id)]
    assert len(mine) == 1
    return float(mine["value_low"].iloc[0])


def test_the_printed_rise_of_visitors_is_not_what_its_numbers_give():
    before, after = stated("pak-visitors-to-aze-2023"), stated("pak-visitors-aze-2024")
    printed = stated("pak-visitors-aze-growth-2024")
    assert round(100 * (after / before - 1)) == 31
    assert printed == 25


def test_the_sum_over_the_unit_price_is_no_number_that_anyone_reports():
    aircraft = stated("jf17-package-value-2024") / stated("jf17-unit-price")
    assert aircraft == 64
    claims = EVIDENCE.claims
    reported = claims[claims["topic"].str.match(r"jf17-(quantity|option)-")]
    low, high = reported["value_low"], reported["value_high"]
    assert reported[(low <= aircraft) & (aircraft <= high.fillna(low))].empty


def test_the_chapters_compute_both_slips():
    values = {value.name: value for chapter in BOOK for value in said(chapter.cells)}
    used = {target for chapter in BOOK for name, target in chapter.roles() if name == "glue:text"}
    for name in ("rise_printed", "rise_computed", "essay_unit", "essay_implied"):
        assert name in used and values[name].computed


# Nothing copied.


@pytest.mark.parametrize("chapter", BOOK, ids=lambda chapter: chapter.name)
def test_no_run_of_eight_words_in_a_chapter_is_copied(chapter):
    texts = [without_roles(paragraph.text) for paragraph in chapter.paragraphs]
    texts += [without_roles(line.text) for line in chapter.prose if line.caption]
    texts += [text for cell in chapter.cells for _, text in shown_strings(cell)]
    found = [run for text in texts for run in copied(text)]
    assert found == []


TEXTUAL = [r["name"] for r in tables.package()["resources"] if r["path"].endswith(".csv")]


@pytest.mark.parametrize("name", TEXTUAL)
def test_no_run_of_eight_words_in_a_table_is_copied(name):
    table = tables.load(name)
    found = [
        run
        for column in table.columns
        for text in table[column].dropna()
        if isinstance(text, str) and len(text) > 2 * LENGTH
        for run in copied(text)
    ]
    assert found == []


def test_no_run_of_eight_words_in_the_table_of_facts_is_copied():
    found = [run for fact in FACTS for run in copied(f"{fact['fact']} {fact['note']}")]
    assert found == []


def test_the_digests_are_sorted_single_and_of_one_length():
    lines = (FOUNDING / "windows.txt").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    assert listed == sorted(set(listed))
    assert all(re.fullmatch(f"[0-9a-f]{{{DIGITS}}}", line) for line in listed)


def test_names_that_are_let_pass_stand_in_the_documents():
    assert {digest(name) for name in NAMES} <= DIGESTS


def test_windows_are_normalised_alike_on_both_sides():
    assert words("Türkiye’s JF-17, Əliyev & İSTANBUL!") == [
        "turkiyes", "jf", "17", "eliyev", "istanbul",
    ]  # fmt: skip
    assert windows("one two three four five six seven") == []
    assert len(windows("one two three four five six seven eight nine")) == 2


def test_a_copied_run_is_found_through_case_marks_and_punctuation():
    known = {digest("the quick brown fox jumps over a lazy")}
    assert copied("So: the QUICK “brown” fóx jumps over a—lazy dog.", known)
    assert not copied("So the quick brown fox jumped over a lazy dog.", known)
