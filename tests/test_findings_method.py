"""The tables and counts of the chapter on method, by hand on small data or against the files."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from azpak import Report, tables
from azpak.dates import parse
from azpak.errors import DataError
from azpak.evidence.rules import LEVELS, STEPS
from azpak.figures.rulings import disputed_points
from azpak.findings import (
    method_claims,
    method_confidence,
    method_data,
    method_dates,
    method_literature,
    method_objections,
    method_periodisations,
    method_statements,
)
from support.mini import MiniPackage


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def loaded(mini: MiniPackage) -> Report:
    return Report.load(mini.write().directory)


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as they stand in the file."""
    with (tables.data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spoilt(tmp_path: Path, name: str, old: str, new: str) -> Report:
    """Return the report of the real data with a text replaced wherever a table has it."""
    folder = tmp_path / "spoilt"
    shutil.copytree(tables.data_dir(), folder)
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return Report.load(folder)


# Confidence.


def test_the_table_asks_the_questions_of_the_rule_in_its_order():
    assert tuple(method_confidence.RULE) == STEPS


def test_each_event_is_decided_by_one_question(mini):
    rows = method_confidence.rule_rows(loaded(mini)).set_index("Question")
    # Two claims of one group carry the first event, one the second, two groups the third.
    decided = rows.loc[rows["Events that it decides"] > 0, "Events that it decides"]
    assert decided.to_dict() == {
        "Do two separate origins or more agree on one matter?": 1,
        "Does one origin agree by an act, a party's own account or a report?": 2,
    }


def test_an_event_with_a_claim_against_it_that_no_ruling_weighs_is_capped(mini):
    assert method_confidence.capped(loaded(mini)) == 0
    against = {"claim_id": "c8", "source_id": "s4", "topic": "no-order", "agreement": "disagrees"}
    mini.rows["claims"].append(mini.rows["claims"][-1] | against)
    assert method_confidence.capped(loaded(mini)) == 1


def test_alleged_and_contested_events_and_those_of_an_editor_are_counted(mini):
    relations, visit, order = mini.rows["events"]
    relations["nature"] = visit["nature"] = "alleged"
    order |= {"contested_military": "true", "confidence_override": "low"}
    order["override_reason"] = "Nobody saw it."
    report = loaded(mini)
    assert method_confidence.grades(report) == (2, 1, 1)
    assert method_confidence.override_rows(report).to_dict("records") == [
        {"Event": "{event-title}`2017-order`", "Computed": "high", "Set": "low",
         "Reason": "Nobody saw it."}
    ]  # fmt: skip
    assert method_confidence.levels(report).to_dict() == {"high": 0, "medium": 0, "low": 3}


def test_the_confidence_of_a_phase_is_that_of_its_events(mini):
    rows = method_confidence.level_rows(loaded(mini))
    assert rows.to_numpy().tolist() == [["First", 2, 0, 2, 0, "0%"], ["Second", 1, 1, 0, 0, "100%"]]


def test_the_phases_hold_all_events(report):
    rows = method_confidence.level_rows(report)
    assert rows["Events"].sum() == len(report.events)
    by_level = rows[[level.capitalize() for level in LEVELS]].sum().tolist()
    assert by_level == method_confidence.levels(report).tolist()
    assert method_confidence.rule_rows(report)["Events that it decides"].sum() == len(report.events)


# Claims and rulings.


def test_claims_are_counted_by_every_word_for_agreement(mini):
    counts = method_claims.agreement(loaded(mini)).to_dict()
    assert counts == {"agrees": 5, "partial": 1, "disagrees": 0, "silent": 1}


def test_pairs_of_claims_and_the_rulings_on_them_are_counted(mini):
    report = loaded(mini)
    assert method_claims.weighed(report) == (1, 1, 1, 0)  # 9 June against July
    applied = method_claims.rule_rows(report).query("`Reading preferred` + Unresolved > 0")
    assert applied["Rule"].tolist() == ["Specific over vague"]


def test_the_marks_of_disputed_points_are_the_rulings_settled_ones_first(report):
    rows, table = disputed_points(report).data, report.table("rulings")
    assert sorted(rows["ruling_id"]) == sorted(table["ruling_id"])
    for _, kind in rows.groupby("kind", sort=False):
        is_open = (kind["resolution"] == "unresolved").tolist()
        assert is_open == sorted(is_open)
        sure = [LEVELS.index(level) for level in kind.loc[~np.array(is_open), "certainty"]]
        assert sure == sorted(sure)


def test_the_headline_on_disputed_points_counts_them(report):
    table = report.table("rulings")
    settled = table["resolution"] == "preferred"
    title = disputed_points(report).title
    assert title.startswith(f"{settled.sum()} of {len(table)} disputed points ")
    sure = (settled & (table["certainty"] == "high")).sum()
    assert f", {sure} of them with high certainty; " in title
    left = table[~settled]["kind"].value_counts()
    assert f"of {left.sum()} open ones {left.max()} are about " in title


def test_every_rule_says_what_it_means_and_every_ruling_applies_one(report):
    rows = method_claims.rule_rows(report)
    assert len(rows) == len(method_claims.MEANING)
    assert rows[["Reading preferred", "Unresolved"]].sum().sum() == len(rows_of("rulings"))


def test_a_blind_check_that_is_missing_is_named(tmp_path, report):
    row = next(row for row in rows_of("checks") if row["check_id"] == "blind-recheck")
    assert method_claims.recheck(report).items == int(row["items"])
    with pytest.raises(DataError, match="the blind check is missing"):
        method_claims.recheck(spoilt(tmp_path, "checks", "blind-recheck", "other-check"))


# Dates and data sets.


@pytest.mark.parametrize("form", method_dates.FORMS, ids=lambda form: form.example)
def test_each_example_is_of_its_form(form):
    assert form.bears(parse(form.example))


def test_events_are_counted_in_each_form_that_their_date_bears(mini):
    mini.rows["events"][1]["date"] = "1993-04-02/1993-04-04"
    rows = method_dates.form_rows(loaded(mini))
    bearing = rows.loc[rows["Events"] > 0].set_index("Meaning")["Events"].to_dict()
    assert bearing == {
        "a day": 1, "some day of a year": 1, "from one day to another": 1, "approximate": 1,
    }  # fmt: skip


def test_days_that_texts_of_that_day_alone_give_are_counted(mini):
    assert method_dates.days_from_that_day(loaded(mini)) == 0
    mini.rows["sources"][0]["date"] = "1992-06-09"
    assert method_dates.days_from_that_day(loaded(mini)) == 1
    mini.rows["claims"][0]["basis"] = "act"
    assert method_dates.days_from_that_day(loaded(mini)) == 0


def test_every_date_of_the_report_is_of_a_form_in_the_table(report):
    for text in report.events["date"]:
        assert any(form.bears(parse(text)) for form in method_dates.FORMS), text


def test_a_data_set_is_shown_with_its_release_its_terms_and_what_a_user_must_know(mini):
    described = mini.resource("milex_sipri")
    described["description"] = "Military spending. Revised backwards. In current prices."
    described |= {"title": "Spending", "licenses": [{"title": "Own terms"}]}
    mini.rows["milex_sipri"][1]["release"] = "2025"
    assert method_data.data_rows(loaded(mini)).to_numpy().tolist() == [
        ["**Spending.** 2026; 2025. *Own terms.*", "Revised backwards. In current prices."]
    ]


# Literature.


def test_works_are_counted_as_the_file_has_them(report):
    works, sources = rows_of("literature"), {row["source_id"]: row for row in rows_of("sources")}
    kinds = Counter(row["method"] for row in works if row["school"] != "method")
    of_works = [sources[row["source_id"]] for row in works]
    assert method_literature.of_report(report) == (
        len(works),
        sum(row["school"] != "method" for row in works),
        kinds["narrative"],
        kinds["statistics"],
        sum(row["extent_seen"] == "full" for row in of_works),
        sum(row["language"] == "en" for row in of_works),
    )


def test_every_work_on_the_subject_stands_in_the_row_of_its_school(report):
    cells = " ".join(method_literature.school_rows(report)["School and works"])
    for work in method_literature.on_the_subject(report)["source_id"]:
        assert work in cells


def test_a_school_that_is_not_described_is_named(tmp_path):
    with pytest.raises(DataError, match="iranian"):
        method_literature.school_rows(spoilt(tmp_path, "literature", ",iranian,", ",russian,"))


def test_a_work_counts_once_for_each_year_in_which_it_opens_a_phase():
    works = pd.DataFrame(
        {
            "source_id": ["a", "b", "c"],
            "phase_starts": [("1991", "2020"), ("2020",), ()],
            "periodisation_status": ["given", "read", "given"],
        }
    )
    found = method_periodisations.openings_of(works)
    assert found.to_dict("records") == [
        {"year": 1991, "works": 1, "given": 1, "read": 0, "source_ids": ("a",)},
        {"year": 2020, "works": 2, "given": 1, "read": 1, "source_ids": ("a", "b")},
    ]


def test_openings_are_counted_as_the_file_has_them(report):
    works = [row for row in rows_of("literature") if row["school"] != "method"]
    years = Counter(year for row in works for year in row["phase_starts"].split(";") if year)
    told = method_periodisations.counted(report)
    assert (told.at_war, told.at_independence) == (years["2020"], years["1991"])
    assert told.n_years == len(years)
    assert told.elsewhere == sorted(years.values())[-3]
    assert told.n_given == sum(row["periodisation_status"] == "given" for row in works)
    assert told.n_since_war <= told.n_dated <= len(works)


def test_years_that_one_work_opens_stand_together_in_the_last_row(report):
    found, rows = method_periodisations.openings(report), method_periodisations.opening_rows(report)
    assert len(rows) == (found["works"] > 1).sum() + 1
    assert rows["Year"].iloc[-1].count(",") == (found["works"] == 1).sum() - 1


def test_another_year_that_opens_more_phases_breaks_what_the_chapter_says(tmp_path):
    with pytest.raises(AssertionError, match="the year of the war"):
        method_periodisations.counted(spoilt(tmp_path, "literature", ";2020", ";2019"))


def test_the_phases_are_shown_with_the_works_that_open_one_there(report):
    rows = method_periodisations.phase_rows(report)
    periods = [row for row in rows_of("phases") if row["kind"] == "period"]
    here = method_periodisations.phases_here(report)
    assert rows["Phase"].tolist() == [row["name"] for row in periods]
    assert here.n_phases == len(periods)
    assert here.years == tuple(int(row["start"][:4]) for row in periods)
    proposed = [row["start_proposed_by"].split(";") for row in periods if row["start_proposed_by"]]
    assert here.most_proposed == max(map(len, proposed))
    assert rows.iloc[0, -1] == "{cite}`" + ",".join(proposed[0]) + "`"


# What is repeated, and what is objected.


def test_every_statement_is_made_by_works_and_weighed_by_a_ruling(report):
    found = method_statements.statements(report)
    assert len(found) == len(method_statements.statement_rows(report))
    for statement in found:
        assert len(statement.works)
        assert statement.ruling_id in report.evidence.rulings.index


def test_a_statement_that_no_work_makes_is_named(tmp_path):
    claim = next(r for r in rows_of("claims") if r["claim_id"] == method_statements.ROCKETS)
    works = spoilt(tmp_path, "literature", f"{claim['source_id']},", "dcad_v1,")
    with pytest.raises(DataError, match="KRL-122"):
        method_statements.statements(works)


def test_those_who_say_second_are_the_works_with_a_claim_of_that_rank(report):
    said = {
        row["source_id"]
        for row in rows_of("claims")
        if row["topic"] == "pak-recognition-rank" and row["agreement"] == "disagrees"
        and row["value_low"] == "2"
    }  # fmt: skip
    works = {row["source_id"] for row in rows_of("literature")}
    assert {*method_statements.second_to_recognise(report)["source_id"]} == said & works


def test_an_objection_is_linked_to_a_chapter_only_where_that_is_published(tmp_path, report):
    published = " ".join(method_objections.answer_rows(report).iloc[:, 1])
    assert "{doc}`geography <geography>`" in published
    assert not any(place in published for place in method_objections.LINKS)
    row = next(row for row in rows_of("chapters") if row["chapter_id"] == "geography")
    old = f"{row['position']},{row['status']}"
    planned = spoilt(tmp_path, "chapters", old, f"{row['position']},planned")
    answers = " ".join(method_objections.answer_rows(planned).iloc[:, 1])
    assert "geography (planned)" in answers
    assert "<geography>" not in answers
