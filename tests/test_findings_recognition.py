"""Recognition, the rank claimed for it, and how the events of the report lie in time."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from azpak import Report
from azpak.errors import DataError
from azpak.findings import chronology, deaths, recognition
from azpak.vocabulary import CATEGORIES
from support.mini import MiniPackage


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def with_events(mini: MiniPackage, dates: Mapping[str, str], **more: str) -> Report:
    """Return a report of the miniature with further events of these dates."""
    template = mini.rows["events"][0]
    mini.rows["events"] += [
        template | {"event_id": event_id, "date": date} | more for event_id, date in dates.items()
    ]
    return Report.load(mini.write().directory)


def claim(claim_id: str, source: str, topic: str, **more: str) -> dict[str, str]:
    return {
        "claim_id": claim_id, "event_id": "1992-relations", "source_id": source,
        "attribute": "rank", "topic": topic, "value": "2", "paraphrase": "As it says.",
        "basis": "report", "agreement": "agrees",
    } | more  # fmt: skip


# The sequence.


@pytest.mark.parametrize(
    ("days", "place"),
    [
        (("1991-11-09", "1991-12-11", "1991-12-12"), 3),
        (("1991-11-09", "1991-12-13", "1991-12-12"), 2),
        (("1991-12-12", "1991-12-12", "1991-12-12"), 1),  # on the same day nobody came before
    ],
)
def test_the_rank_counts_the_acts_of_earlier_days(mini, days, place):
    report = with_events(mini, dict(zip(recognition.RECOGNISERS, days, strict=True)))
    assert recognition.rank(report) == place


def test_steps_come_by_date_whatever_their_order_in_the_table(mini):
    dates = {event_id: f"{1999 - n}" for n, event_id in enumerate(recognition.STEPS)}
    steps = recognition.steps(with_events(mini, dates))
    assert list(steps.index) == list(recognition.STEPS)[::-1]


def test_a_step_that_is_gone_is_named(mini):
    report = with_events(mini, dict.fromkeys([*recognition.STEPS][1:], "1992"))
    with pytest.raises(DataError, match="1991-azerbaijan-independence-act"):
        recognition.steps(report)


def test_the_embassy_gap_is_in_mean_years(mini):
    opened = {recognition.PAKISTAN_EMBASSY: "1993-01-01", recognition.AZERBAIJAN_EMBASSY: "1997"}
    assert recognition.embassy_gap(with_events(mini, opened)) == pytest.approx(1461 / 365.2425)


# The rank that sources give.

RANKED = [
    claim("r1", "s1", "pak-recognition-rank", value_low="2", value_high="2"),
    claim("r2", "s2", "pak-recognition-rank", value_low="2", value_high="2"),
    claim("r3", "s2", "pak-recognition-rank", value_low="2", value_high="2"),  # says it twice
    claim("r4", "s3", "pak-recognition-rank", value_low="2", value_high="2"),
    claim("r5", "s4", "pak-recognition-rank", value_low="1", value_high="3"),
    claim("r6", "s4", "pak-recognition-rank", value_low="1"),
    claim("r7", "s4", "pak-recognition-rank", value_low="2", value_high="7"),  # a list, unordered
]


def test_a_source_that_names_a_place_twice_counts_once_and_a_range_names_none(mini):
    mini.rows["claims"] += RANKED
    ranks = recognition.ranks(Report.load(mini.write().directory))
    assert [ranks.n_saying(place) for place in (1, 2, 3)] == [0, 3, 0]
    assert ranks.n_sources == 4


def test_the_table_of_ranks_says_how_many_origins_the_sources_go_back_to(mini):
    mini.rows["claims"] += RANKED
    rows = recognition.rank_rows(Report.load(mini.write().directory)).set_index("Place")
    assert list(rows.index) == [
        "second", "among the first three", "among the first", "second to seventh",
    ]  # fmt: skip
    # s1 and s3 are of one group; of four claims, two are independent and two Turkish.
    assert rows.at["second", "Separate origins"] == 2
    assert rows.at["second", "Which"] == "{cite}`s1,s2,s3`"
    assert rows.at["among the first", "Close to"] == "Azerbaijani"


# Counts of people.


def test_two_counts_of_the_same_people_are_not_shown_as_one(mini):
    mini.rows["claims"] += [
        claim(f"d{n}", "s1", topic) for n, topic in enumerate(recognition.UPROOTED)
    ]
    whole = recognition.displaced_rows(Report.load(mini.write().directory))
    assert whole["Who"].tolist() == list(recognition.UPROOTED.values())
    assert set(whole["Published"]) == {"undated"}
    mini.rows["claims"].append(claim("d9", "s2", "displaced-within-armenia", value="more"))
    with pytest.raises(DataError, match="2 claims on displaced-within-armenia"):
        recognition.displaced_rows(Report.load(mini.write().directory))


def test_the_dead_of_khojaly_are_those_that_the_claims_count(report):
    rows, claims = recognition.khojaly_rows(report), report.claims_on("khojaly-killed")
    assert sorted(rows["Dead"]) == sorted(claims["value"])
    assert rows["Source"].tolist()[0] == "{cite}`azmfa2021khojaly`"


def test_deaths_are_summed_over_the_years_of_the_chapter_and_no_others(report):
    told = chronology.period(report, recognition.CHAPTER)
    dead = deaths.in_battle(report, told.start.year, told.end.year)
    assert told.start.year <= dead.first <= dead.last <= told.end.year
    assert 0 < dead.low < dead.best < dead.high


def test_the_share_written_later_leaves_out_the_undated_and_the_last_year_itself(mini, monkeypatch):
    monkeypatch.setattr(recognition, "CHAPTER", "first-1991-1994")
    for source, date in zip(
        mini.rows["sources"], ("1994-12", "1995", "", "2003-01-01"), strict=True
    ):
        source["date"] = date
    found = recognition.written(Report.load(mini.write().directory))
    assert found == (pytest.approx(2 / 3), 2003)


# What a report is asked.


def test_a_source_is_asked_for_its_date_and_refuses_without_one(mini):
    mini.rows["sources"][0]["date"] = "2012-02-14"
    report = Report.load(mini.write().directory)
    assert report.published("s1").display() == "14 February 2012"
    with pytest.raises(DataError, match="bears no date"):
        report.published("s2")
    with pytest.raises(DataError, match="no such source"):
        report.published("s99")


def test_a_topic_gives_one_wording_or_says_that_sources_differ(mini):
    report = Report.load(mini.directory)
    assert report.wording("relations") == "began"
    assert report.wording("order-quantity", source="s2") == "about 10"
    with pytest.raises(DataError, match="give 2 wordings"):
        report.wording("order-quantity")


# Events in time.


def test_events_are_counted_by_the_year_in_which_they_begin(mini):
    dates = {
        "2001-a": "2001-12-31",
        "2002-b": "2002-01-01",
        "2016-c": "2016/2018",
        "2020-d": "2020~",
    }
    found = chronology.in_time(with_events(mini, dates, category="visit"))
    # With the miniature's own of 1992, 1993 and 2017.
    assert (found.n, found.first_year, found.last_year) == (7, 1991, 2020)
    assert (found.n_early, found.n_since_war) == (3, 1)
    assert found.well_covered == pytest.approx(2 / 7)
    assert found.by_category.to_dict() == {"visit": 4, "diplomatic": 3}


def test_a_period_that_goes_on_has_no_end(mini):
    report = Report.load(mini.directory)
    assert chronology.period(report, "first-1991-1994").end.isoformat() == "1994-12-31"
    assert chronology.period(report, "second-1995-2026").end is None


def test_periods_come_in_order_and_other_divisions_are_left_out(mini):
    first, second = mini.rows["phases"]
    theme = first | {"phase_id": "theme", "kind": "theme", "position": "3"}
    mini.rows["phases"] = [second, theme, first]
    assert chronology.periods(Report.load(mini.write().directory))["phase_id"].tolist() == [
        "first", "second",
    ]  # fmt: skip


def test_every_event_has_a_row_on_the_time_line(report):
    assert set(report.events["category"]) <= set(CATEGORIES)
