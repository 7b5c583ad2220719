"""Promises about lists that a reader narrows: what an entry is marked by, what the form offers."""

from __future__ import annotations

import re

import pytest

from azpak import tables
from azpak.book import records
from azpak.book.search import LETTERS, SHORTEST_NAME, fold, known_names
from azpak.vocabulary import CATEGORIES, STANCES
from support.book_project import ROOT
from support.pages import page, words

SCRIPTS = 30_000  # bytes of all explorers together, on the wire


def choices(root) -> dict[str, dict[str, str]]:
    """Return the word of each tag of each list of the form."""
    return {
        select.get("name"): {o.get("value"): words(o) for o in select.xpath("./option")}
        for select in root.xpath("//form[contains(@class,'explorer')]//select")
    }


def entry(root, event_id: str):
    (found,) = root.xpath(f"//article[@id='event-{event_id}']")
    return found


def test_an_entry_opens_with_what_happened_and_folds_its_evidence(book):
    visit = entry(page(book, "chronology"), "2001-visit")
    head, summary, fold = visit.xpath("./*[@class]")
    assert (head.get("class"), summary.get("class")) == ("event-head", "event-summary")
    assert (fold.tag, fold.get("open")) == ("details", None)
    assert words(fold[0]) == (
        "medium confidence 1 source; sources differ on the day of the visit; how we decided"
    )
    folded = {part.get("class").split()[0] for part in fold[1:]}
    assert folded == {"event-facts", "claims", "event-note", "event-ruling", "event-uses"}


def test_what_is_alleged_is_said_before_a_fold_is_opened(pages):
    root = pages["chapters/chronology.html"]
    events = tables.load("events").query("status == 'active' and nature == 'alleged'")
    lines = [words(entry(root, e).xpath("./details/summary")[0]) for e in events["event_id"]]
    assert lines and all("alleged" in line for line in lines)


def test_an_entry_is_marked_by_all_that_the_form_asks_for(book):
    visit = entry(page(book, "chronology"), "2001-visit")
    assert visit.get("data-date") == "2001-02-03"
    assert visit.get("data-sources") == "1"
    assert visit.get("data-tags").split() == [
        "phase-first", "visit", "AZE", "PAK", "support-medium", "azerbaijani-state-aligned",
        "independent", "disputed", "disputed-settled",
    ]  # fmt: skip


def test_every_tag_of_an_entry_can_be_chosen_and_every_choice_finds_an_entry(pages):
    root = pages["chapters/chronology.html"]
    offered = {tag for options in choices(root).values() for tag in options} - {""}
    offered -= {"reversed", "sources"}  # orders
    tags = [t for a in root.xpath("//article/@data-tags") for t in a.split()]
    assert set(tags) == offered


def test_no_two_lists_but_those_of_actors_share_a_tag(pages):
    lists = choices(pages["chapters/chronology.html"])
    assert lists["actor"] == lists.pop("with")
    tags = [tag for options in lists.values() for tag in options if tag]
    assert len(tags) == len(set(tags))


def test_the_lists_say_codes_in_words(pages):
    lists = choices(pages["chapters/chronology.html"])
    assert set(lists["category"].values()) == {"Any", *CATEGORIES.values()}
    assert lists["stance"]["armenian"] == "Armenian" and len(lists["stance"]) == 1 + len(STANCES)
    assert lists["actor"]["AZE"] == "Azerbaijan"


def test_every_control_has_a_name_to_be_read_out(pages):
    form = pages["chapters/chronology.html"].xpath("//form[contains(@class,'explorer')]")[0]
    controls = form.xpath(".//select | .//input")
    assert len(controls) > 8
    assert all(control.xpath("ancestor::label") for control in controls)
    assert form.xpath("./fieldset/legend") and form.xpath("./output") and form.get("aria-label")


@pytest.mark.parametrize("name", ["chapters/chronology.html", "chapters/trade-travel.html"])
def test_only_a_page_with_a_form_loads_its_script(pages, name):
    loaded = [src for src in pages[name].xpath("//script/@src") if "explore.js" in src]
    assert len(loaded) == len(pages[name].xpath("//form[contains(@class,'explorer')]"))


def test_the_script_folds_letters_as_the_search_does():
    script = (ROOT / "_static" / "explore.js").read_text(encoding="utf-8")
    folded = dict(re.findall(r'"(.)": ["\'](.{0,2}?)["\']', script))
    assert {chr(sign): letter for sign, letter in LETTERS.items()}.items() <= folded.items()


def test_the_form_knows_the_other_names_of_places_with_and_without_diacritics(pages):
    (form,) = pages["chapters/chronology.html"].xpath("//form[contains(@class,'explorer')]")
    groups = [set(group.split("|")) for group in form.get("data-names").split(";")]
    (khojaly,) = [group for group in groups if "khojaly" in group]
    assert {"xocali", "hocali", "ходжалы"} <= khojaly
    (shusha,) = [group for group in groups if "shusha" in group]
    assert {"susa", "shushi", "շուշի"} <= shusha
    names = [name for group in groups for name in group]
    assert len(names) == len(set(names))  # or one name would find two places
    assert all(name == fold(name) and len(name) > SHORTEST_NAME for name in names)


def test_names_without_others_or_that_no_text_has_are_left_out():
    data = records.records()
    groups = known_names(data, ["They met at Shusha."])
    assert [group[0] for group in groups] == ["shusha"]
    assert known_names(data, ["Almaty has one name."]) == []
