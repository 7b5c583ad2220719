"""How complete a record is: the rule, by planted rows, and where its answer stands."""

from __future__ import annotations

import csv

import pytest

from azpak import Report
from azpak.evidence.completeness import MARKS, completeness, names_of_persons, names_person
from azpak.findings import method_records
from support.pages import page, words

PERSONS = [
    {"kind": "person", "term": "Karim Valiyev", "variants": ("Kərim Vəliyev (az)", "Veliyev")},
    {"kind": "person", "term": "Jabbarov", "variants": None},
    {"kind": "place", "term": "Shusha", "variants": ("Shushi",)},
]
NAMES = names_of_persons(PERSONS)
SOURCES = {"paper": {"type": "press"}, "ministry": {"type": "official"}}
EVENT = {
    "date": "2004-07-09", "nature": "happened", "place_id": "baku", "title": "Valiyev in Baku",
    "summary": "He came.",
}  # fmt: skip


def claim(source: str = "ministry", basis: str = "party", agreement: str = "agrees"):
    return {"source_id": source, "basis": basis, "agreement": agreement}


FULL = dict.fromkeys(MARKS, True)
DAYS = {
    "2004-07-09": True, "2004-07-09/2004-07-11": True, "[2004-07-09..2004-07-10]": False,
    "2004-07": False, "2004": False, "2004-07-09?": False, "2004-07-09~": False,
    "2004-07-09/..": False, "[..2004-07-09]": False, "2004-07/2004-07-11": False,
}  # fmt: skip
DOCUMENTS = {
    "a ministry's own page": (claim(), True),
    "the act": (claim("paper", "act"), True),
    "a paper that quotes the ministry": (claim("paper", "party"), False),
    "a ministry's report of others": (claim("ministry", "report"), False),
    "a ministry's page that differs": (claim(agreement="disagrees"), False),
}
TEXTS = {
    "Vəliyev and Valiyev met": True, "Talks with Jabbarov": True, "Veliyev's visit": True,
    "General Reyhan came": True, "Speaker Ziyafat Askerov came": True, "Karim came": False,
    "The Minister of Defence came": False, "General Assembly adopts a text": False,
    "Joint Staff Headquarters held a ceremony": False, "The exercise at Shusha": False,
    "Observers at AMAN-2013": False, "The chairman of PAC spoke": False,
}  # fmt: skip


def test_a_full_record_has_every_mark():
    assert completeness(EVENT, [claim()], SOURCES, NAMES) == FULL


@pytest.mark.parametrize("date", DAYS)
def test_a_date_is_known_to_the_day_without_a_mark_of_doubt_or_not_at_all(date):
    found = completeness(EVENT | {"date": date}, [claim()], SOURCES, NAMES)
    assert found == FULL | {"day": DAYS[date]}


def test_a_state_without_a_place_is_no_place():
    found = completeness(EVENT | {"place_id": None}, [claim()], SOURCES, NAMES)
    assert found == FULL | {"place": False}


@pytest.mark.parametrize("text", TEXTS)
def test_a_person_is_named_by_a_name_of_the_glossary_or_behind_an_office(text):
    assert names_person(text, NAMES) == TEXTS[text]


@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_document_is_the_act_or_a_party_s_own_publication(case):
    made, seen = DOCUMENTS[case]
    assert completeness(EVENT, [made], SOURCES, NAMES) == FULL | {"document": seen}


def test_of_a_lasting_state_only_the_document_is_asked():
    state = EVENT | {"nature": "state", "date": "2017", "place_id": None}
    assert completeness(state, [claim()], SOURCES, NAMES) == {"document": True}


def test_every_entry_of_the_chronology_prints_its_record_beside_its_support(book):
    entries = page(book, "chronology").xpath("//article[contains(@class,'event')]")
    printed = {e.get("id"): words(e.xpath(".//p[@class='event-facts']")[0]) for e in entries}
    assert printed["event-2001-visit"].endswith(
        "One separate origin. Record 2 of 4: day, place; missing persons, document."
    )
    assert printed["event-2002-deal"].endswith(
        "Record 0 of 4: missing day, place, persons, document."
    )


def test_the_file_of_events_has_support_and_record_of_each(book):
    path = book / "_downloads" / "tables" / "events-with-support.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["event_id"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"2001-visit", "2002-deal"}
    visit = rows["2001-visit"]
    assert (visit["confidence"], visit["n_sources"], visit["n_groups"]) == ("medium", "1", "1")
    assert (visit["record_known"], visit["record_asked"]) == ("2", "4")
    assert [visit[f"record_{mark}"] for mark in MARKS] == ["true", "true", "false", "false"]
    (link,) = page(book, "chronology").xpath("//a[.='events-with-support.csv']/@href")
    assert link == "../_downloads/tables/events-with-support.csv"


def test_the_method_prints_the_rule_and_counts_what_it_gives():
    report = Report.load()
    found, rows = method_records.marks(report), method_records.rule_rows(report)
    assert method_records.RULE.keys() == MARKS.keys() == set(found)
    assert rows["Known of"].to_list() == [int((found[m] == 1).sum()) for m in MARKS]
    assert rows["Asked of"].to_list()[-1] == len(report.events)
    counted = method_records.of_report(report)
    is_state = report.events["nature"] == "state"
    assert counted.n_asked == int((~is_state).sum()) and counted.n_states == int(is_state.sum())
    assert counted.n_full == int((found[~is_state].sum(axis=1) == len(MARKS)).sum())
