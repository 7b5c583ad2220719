"""The yearly series in which the phases are looked for: the report's own, and those outside."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.findings import outside, series, voices
from azpak.report import PAIR
from azpak.vocabulary import STANCES
from support.mini import MiniPackage

# Of the miniature: an event of 1992 that two sources of one group carry, one of 1993 of a single
# Turkish source, one of 2017 of two groups.
FIRST = 1992


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def years(counts) -> list[int]:
    """Return the years of a series, each as often as it counts."""
    return [year for year, n in counts.items() for _ in range(n)]


def written(mini: MiniPackage) -> Report:
    return Report.load(mini.write().directory)


# The report's own


def test_the_span_is_of_full_years(mini):
    mini.package["created"] = "2025-11-28T00:00:00Z"
    assert series.span(written(mini)) == (FIRST, 2024)


def test_events_are_weighed_in_each_way_by_what_carries_them(mini):
    mini.rows["events"][1]["category"] = "arms"
    mini.rows["events"][2]["nature"] = "announced"
    mini.rows["claims"][3]["basis"] = "act"
    found = series.event_series(written(mini))
    assert len(found) == 5 + len(STANCES)
    told = {
        series.ALL: [1992, 1993, 2017],
        "two groups": [2017],
        "without arms": [1992, 2017],
        "happened": [1992, 1993],
        "documents": [1993],
        "no Turkish sources": [1992, 2017],
        "no unaligned sources": [1993, 2017],
        "no Pakistani sources": [1992, 1993, 2017],
    }
    assert {name: years(found[name]) for name in told} == told


def test_an_official_document_proves_like_an_act(mini):
    mini.rows["sources"][2]["type"] = "official"  # s3, of the events of 1992 and 2017
    assert years(series.event_series(written(mini))["documents"]) == [1992, 2017]


def test_what_remains_without_a_stance_is_what_the_voices_say(mini):
    report = Report.load(mini.directory)
    found = series.event_series(report)
    left = voices.without_each_stance(report)["one_group"]
    share = found["no Turkish sources"].sum() / found[series.ALL].sum()
    assert share == pytest.approx(left["turkish"])


def test_no_event_of_the_pair_gives_zeros_and_no_error(mini):
    for row in mini.rows["events"]:
        row["actors"] = "AZE"
    report = written(mini)
    assert all((counts == 0).all() for counts in series.event_series(report).values())
    assert years(series.source_series(report)["other events"]) == [1992, 1993, 2017]


def test_sources_are_counted_in_the_year_of_their_publication(mini):
    for row, date in zip(mini.rows["sources"], ["1992-07", "2018", "2018~", ""], strict=True):
        row["date"] = date
    mini.rows["events"][1]["actors"] = "AZE"  # told by s2, which tells of 2017 too, and s4
    found = series.source_series(written(mini))
    assert years(found["sources"]) == [1992, 2018, 2018]
    assert years(found["other sources"]) == []
    assert years(found["other events"]) == [1993]


def test_a_source_on_other_things_alone_is_counted_apart(mini):
    mini.rows["sources"][3]["date"] = "1993-05"  # s4 speaks, silently, of the visit alone
    assert years(series.source_series(written(mini))["other sources"]) == []
    mini.rows["events"][1]["actors"] = "AZE"
    assert years(series.source_series(written(mini))["other sources"]) == [1993]


def test_an_event_told_later_has_a_lag(mini):
    for row, date in zip(mini.rows["sources"], ["1993", "2016-12", "2019", ""], strict=True):
        row["date"] = date
    told = series.known_at_the_time(written(mini))
    # s1 tells in 1993 of 1992, s2 in 2016 of 1993 and, beforehand, of 2017.
    assert told["lag"].to_dict() == {"1992-relations": 1, "1993-visit": 23, "2017-order": -1}
    assert told["at_the_time"].tolist() == [True, False, True]


def test_an_event_of_sources_without_a_year_has_no_lag(mini):
    mini.rows["sources"][1]["date"] = "2018"
    assert list(series.known_at_the_time(written(mini)).index) == ["1993-visit", "2017-order"]


def test_weightings_are_parts_of_all_events(report):
    found = series.event_series(report)
    every = found[series.ALL]
    first, last = series.span(report)
    for counts in found.values():
        assert list(counts.index) == list(range(first, last + 1))
        assert (counts <= every).all() and (counts >= 0).all()
    assert every.sum() > found["two groups"].sum() > found["documents"].sum() > 0


# Outside


def test_what_is_beyond_the_states_has_a_value_in_every_year_and_no_trials(report):
    for measure in (*outside.MEASURES, "distance"):
        one = outside.beyond(report, measure)
        index = one.values.index
        assert list(index) == list(range(index.min(), index.max() + 1))
        assert one.values.notna().all() and one.values.abs().max() < 1
        assert (one.about, one.family, one.trials) == ("pair", "normal", None)


def test_votes_alike_are_successes_of_trials(report):
    share = outside.votes_of(report, "share", "AZE", "PAK")
    assert share.family == "shares" and (share.values <= share.trials).all()
    assert outside.votes_of(report, "kappa", "AZE", "PAK").values.between(-1, 1).all()


def test_the_series_about_the_pair_are_those_of_the_tables(report):
    found = {one.name: one for one in outside.pair_series(report)}
    assert found[outside.ARMS].values.loc[lambda v: v > 0].to_dict() == {2018: 2.4}
    signed = found[outside.AGREEMENTS].values
    assert signed[signed > 0].index.tolist() == [2002, 2005, 2007]
    assert found["Alliance treaties"].values.sum() == 0
    assert found[outside.VISITORS].values[2017] == 17558
    assert {one.about for one in found.values()} == {"pair"}


def test_the_series_about_one_state_have_no_gap(report):
    for one in outside.country_series(report):
        years = one.values.index
        assert list(years) == list(range(min(years), max(years) + 1))
        assert one.about in (outside.BOTH, *PAIR)
