"""What the tables of the founding texts promise, on claims written by hand."""

from __future__ import annotations

import re

import pytest

from azpak import Report
from azpak.errors import DataError
from azpak.findings import founding
from azpak.findings.collection import FOUNDING
from support.mini import MiniPackage
from support.rows import claim

FIRST, SECOND = FOUNDING[:2]


@pytest.fixture
def told(mini: MiniPackage):
    """Return a function that loads a report in which two founding texts make these claims."""
    mini.rows["sources"] += [mini.rows["sources"][0] | {"source_id": s} for s in (FIRST, SECOND)]

    def load(*claims: tuple[str, str, str]) -> Report:
        mini.rows["claims"] += [
            claim(f"f{n}", topic, source) | {"paraphrase": text, "agreement": "silent"}
            for n, (source, topic, text) in enumerate(claims)
        ]
        return Report.load(mini.write().directory)

    return load


def test_views_stand_by_theme_and_each_text_before_what_it_holds(told):
    report = told(
        (SECOND, "view-low-prices", "Cheap."),
        (SECOND, "view-cooperation-growth", "Grows."),
        (FIRST, "view-reliable-partner", "Reliable."),
        (FIRST, "view-cooperation-growth", "Grows too."),
    )
    rows = founding.view_rows(report)
    assert list(rows["On what"]) == ["The tie", "What Pakistan has and wants"]
    assert list(rows["What the texts hold"]) == [
        f"{{cite}}`{FIRST}` Reliable. Grows too. {{cite}}`{SECOND}` Grows.",
        f"{{cite}}`{SECOND}` Cheap.",
    ]


def test_a_view_or_hope_that_no_row_would_show_is_refused(told):
    report = told((FIRST, "view-of-the-moon", "Round."), (FIRST, "hope-of-gain", "Gold."))
    with pytest.raises(DataError, match="view-of-the-moon"):
        founding.view_rows(report)
    with pytest.raises(DataError, match="hope-of-gain"):
        founding.hope_rows(report)


def test_a_view_of_another_source_is_not_shown(told):
    report = told((FIRST, "view-low-prices", "Cheap."), ("s1", "view-low-prices", "Dear."))
    assert list(founding.view_rows(report)["What the texts hold"]) == [f"{{cite}}`{FIRST}` Cheap."]


def test_each_hope_stands_with_what_came_of_it(told):
    rows = founding.hope_rows(told((FIRST, "hope-prospects", "Large.")))
    assert list(rows.iloc[0])[1:] == ["Large.", founding.HOPES["prospects"]]


def test_a_list_of_arms_is_parted_at_its_colon(told):
    rows = founding.arms_rows(told((FIRST, "arms-named-x", "Radars: the one, and the other.")))
    assert rows.to_dict("records") == [
        {"Kind": "Radars", "What is named": "The one, and the other."}
    ]


def test_no_theme_or_hope_is_without_a_claim_and_none_is_named_twice():
    report = Report.load()
    topics = [topic for theme in founding.THEMES for topic in theme.topics]
    assert len(topics) == len(set(topics))
    assert set(topics) == set(founding.of_kind(report, founding.VIEW)["subject"])
    assert set(founding.HOPES) == set(founding.of_kind(report, founding.HOPE)["subject"])


def test_what_the_tables_point_to_exists():
    evidence = Report.load().evidence
    texts = [theme.beside for theme in founding.THEMES] + list(founding.HOPES.values())
    for role, target in re.findall(r"\{(event|ruling)[a-z-]*\}`([^`]+)`", " ".join(texts)):
        known = evidence.events if role == "event" else evidence.rulings
        assert target in known.index
