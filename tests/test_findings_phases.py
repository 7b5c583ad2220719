"""The boundaries of the report: what was searched, the verdicts, and what they hang on."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from azpak import Report
from azpak.errors import DataError
from azpak.findings import (
    breaks_found,
    event_steps,
    false_alarms,
    phases,
    phases_tables,
    vote_breaks,
)
from azpak.findings import outside as outside_series
from azpak.findings.breaks_found import Searched, searched
from azpak.findings.outside import KAPPA, SHARE, VISITORS, Outside
from azpak.findings.series import ALL, PAIR, known_at_the_time, span
from azpak.measures import boundaries
from azpak.measures.drift import drifting
from azpak.measures.partitions import choose
from azpak.measures.yearly import yearly_agreement

STEP = pd.Series([2, 3, 1, 2, 3, 2, 30, 33, 29, 31, 28, 32.0], index=range(1992, 2004))
BROKEN = 1998


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


@pytest.fixture(scope="module")
def verdicts(report) -> pd.DataFrame:
    return phases.verdict_rows(report)


# Searching


def test_a_step_is_found_with_its_levels_and_how_sure_it_is():
    found = searched(STEP, "counts")
    assert found.breaks == (BROKEN,) and found.beats_trend and not found.reason
    assert found.level_values == pytest.approx([13 / 6, 183 / 6])
    assert found.total == 196
    assert found.share_of_draws[BROKEN] > 0.95
    assert [year for year in STEP.index if found.near(year)] == [1997, 1998, 1999]
    assert np.isnan(found.share_of_drift)  # which is for values


def test_a_series_that_cannot_be_searched_says_why_and_has_no_breaks():
    found = searched(STEP.iloc[:5], "counts")
    assert found.cut is None and found.reason == "fewer than 10 years"
    assert found.breaks == () and not found.beats_trend and not found.near(BROKEN)
    assert np.isnan(found.share_of_drift)


def test_series_too_short_or_empty_are_named_with_the_reason(report):
    reasons = {name: found.reason for name, found in breaks_found.outside_pair(report).items()}
    assert reasons[VISITORS] == "fewer than 10 years"
    assert reasons["Alliance treaties"] == "fewer than 3 years have a value"
    assert not reasons[SHARE]


def test_the_same_seed_gives_the_same_verdicts(report, verdicts):
    pd.testing.assert_frame_equal(phases.verdict_rows(Report(report.folder)), verdicts)


def test_rows_drawn_have_a_year_each_and_breaks_where_they_were_found(report):
    strips, lines = event_steps.strip_rows(report), breaks_found.outside_rows(report)
    found = breaks_found.events(report) | breaks_found.sources(report)
    labels = event_steps.WEIGHTINGS | event_steps.RIVALS
    assert {*labels} == {*found}
    for name, label in labels.items():
        mine = strips[strips["series"] == label]
        assert tuple(mine.loc[mine["break_found"], "year"]) == found[name].breaks
    assert not lines.duplicated(["series", "year"]).any()
    shares = lines.loc[lines["series"] == SHARE, "value"]
    assert shares.between(-1, 1).all()


# Verdicts


def pair_series_with_a_step() -> Searched:
    """Return a series about the pair alone, with a sure break in 1998."""
    one = Outside("Step", "pair", "counts", STEP, "made here")
    return replace(searched(STEP, "counts"), outside=one)


def test_a_sure_break_of_a_series_of_the_pair_supports_it():
    found = pair_series_with_a_step()
    rule = phases.Rule()
    given = [y for y in STEP.index if phases.said(found, y, rule).given]
    assert given == [1997, 1998, 1999]
    strict = phases.Rule(tolerance=0)
    assert [y for y in STEP.index if phases.said(found, y, strict).given] == [1998]


def test_a_series_that_is_not_computable_says_nothing_of_a_boundary():
    found = searched(STEP.iloc[:5], "counts")
    assert phases.said(found, 1994, phases.AS_STATED) is None
    assert not phases.in_events(found, 1994)


def test_breaks_that_drift_makes_often_support_only_where_drift_is_not_asked():
    # A walk that keeps nine tenths: levels fit it, and drift makes as many breaks all the time.
    walk = drifting(0.9, 32, 1, np.random.default_rng(5))[0]
    found = searched(pd.Series(walk, index=range(1992, 2024)), "normal")
    assert found.breaks and found.share_of_drift > boundaries.RARE
    asked = [y for y in range(1994, 2022) if phases.said(found, y, phases.AS_STATED).given]
    loose = phases.Rule(against_drift=False, against_trend=False)
    assert not asked
    assert [y for y in range(1994, 2022) if phases.said(found, y, loose).given]


def test_events_have_a_break_with_enough_of_the_draws_and_a_level_on_both_sides():
    found = searched(STEP, "counts")
    assert [y for y in range(1990, 2006) if phases.in_events(found, y)] == [1997, 1998, 1999]
    unsure = replace(found, draws=found.draws & (np.arange(len(found.draws)) % 3 == 0)[:, None])
    assert not phases.in_events(unsure, BROKEN)


def test_each_variation_changes_one_thing():
    for name, rule in phases.VARIATIONS.items():
        changed = [f for f in vars(rule) if getattr(rule, f) != getattr(phases.AS_STATED, f)]
        assert len(changed) == (name != "as stated"), name


def test_each_verdict_follows_from_what_stands_beside_it(verdicts):
    for row in verdicts.itertuples():
        expected = boundaries.verdict(row.in_events, row.n_reached > 0, bool(row.supported))
        assert row.verdict == expected
        assert {*row.supported} <= {*row.near}
        assert 0 <= row.share_events <= 1


def test_every_boundary_has_one_verdict_and_every_phase_a_boundary(report, verdicts):
    told = phases.outcome(report)
    years = [*told.supported, *told.patterns, *told.not_seen, *told.untold]
    assert sorted(years) == list(verdicts.index) and told.n == len(years)
    opened = report.table("phases").query("kind == 'period'")["phase_id"]
    assert {*verdicts["phase_id"].dropna()} == {*opened} and told.n_ours == len(opened)
    assert told.war in phases.own_boundaries(report)


def test_laxer_rules_support_no_fewer_boundaries(report):
    held = phases.variation_rows(report)["supported"].map(set)
    assert held["as stated"] == {*phases.outcome(report).supported}
    assert held[phases.NO_TREND] >= held["as stated"]
    assert held[phases.NO_DRIFT] >= held["as stated"]


def test_what_the_verdicts_hang_on_is_counted_in_the_table_of_variations(report):
    shown = phases_tables.variations(report).shown.set_index("Rule")["Supported"]
    hangs = phases.sensitivity(report)
    assert hangs.n == len(shown) - 1
    assert hangs.n_none == (shown.drop("As stated") == "none").sum()
    assert (
        ", ".join(map(str, hangs.no_drift)).replace(", ", " and ")
        == (shown[phases.NO_DRIFT.capitalize()])
    )


def test_the_level_of_chance_is_that_of_all_years_in_reach(report):
    first, last = span(report)
    events = breaks_found.events(report)[ALL]
    reached = range(first + 2, last)  # two years before, and the year itself and one after
    met = sum(phases.in_events(events, year) for year in reached)
    assert phases.chance(report).events == pytest.approx(met / len(reached))
    assert 0 <= phases.chance(report).outside < 1


# The events and what else could tell of them


def test_the_best_description_stands_first_and_one_level_fits_worst(report):
    rows = event_steps.description_rows(report)
    assert rows["value"].is_monotonic_increasing
    assert rows["description"].iloc[-1] == "one level"
    assert rows["description"].is_unique


@pytest.mark.parametrize(("last", "falls"), [(1.0, True), (9.0, False)])
def test_events_become_fewer_for_each_source_only_if_they_do_at_every_break(last, falls):
    events, sources = (
        SimpleNamespace(cut=SimpleNamespace(series=pd.Series(values, index=range(2001, 2007))))
        for values in ((8.0, 8.0, 4.0, 4.0, last, last), (1.0,) * 6)
    )
    assert event_steps._falls(events, sources, (2003, 2005)) is falls


@pytest.mark.parametrize(("name", "value", "reason"), [
    ("share_as_far_ahead", 0.0, "no rival"),
    ("lead_over_trend", -1.0, "growth describes the events better"),
])  # fmt: skip
def test_the_chapter_is_refused_where_growth_is_no_rival_or_wins(
    report, monkeypatch, name, value, reason
):
    monkeypatch.setattr(event_steps, name, lambda *_: value)
    with pytest.raises(DataError, match=reason):
        event_steps.steps.__wrapped__(report)


def test_shares_told_at_the_time_are_those_of_every_event_with_a_lag(report):
    lags, told = event_steps.lag_rows(report), known_at_the_time(report)
    assert lags["n_events"].sum() == len(told)
    share = (lags["at_the_time"] * lags["n_events"]).sum() / len(told)
    assert share == pytest.approx(told["at_the_time"].mean())


# Votes


def test_habits_before_and_after_are_those_of_all_votes_of_these_years(report):
    turn = vote_breaks.turn(report)
    yearly = yearly_agreement(report.table("unga_rollcalls"), *PAIR)
    for habits in (turn.before, turn.after):
        years = yearly.loc[habits.first : habits.last]
        assert habits.share == pytest.approx(years["n_same"].sum() / years["n_votes"].sum())
        assert 0 < habits.chance < 1
    assert turn.before.last + 1 == turn.after.first in turn.found.breaks


def test_the_rate_of_breaks_in_independent_years_is_that_of_series_drawn_without_any(report):
    n_years = len(vote_breaks.votes(report).kappa.cut.series)
    drawn = np.random.default_rng(8).normal(0, 1, (2000, n_years))
    rate = (choose(drawn, "normal").n_breaks > 0).mean()
    assert vote_breaks.alarm(report) == pytest.approx(rate, abs=0.03)


def test_what_is_beyond_the_states_is_not_moved_by_a_turn_of_one_of_them():
    points = pd.DataFrame(
        [(2000, s, float(n)) for n, s in enumerate(("AZE", "PAK", *"ABCDEFGH"))],
        columns=["year", "iso3", "ideal_point_all"],
    )
    found = outside_series._distance_beyond(points)
    assert found.index.tolist() == [2000]
    few = points[points["iso3"].isin(["AZE", "PAK", "A"])]
    assert outside_series._distance_beyond(few).empty


# False alarms


def test_worlds_keep_level_memory_and_the_company_of_the_readings():
    generator = np.random.default_rng(3)
    one = pd.Series(drifting(0.6, 200, 1, generator)[0] + 5)
    two = one * -2 + generator.normal(0, 0.1, 200)
    drawn = false_alarms._worlds([one, two], 300)
    assert drawn[0].shape == (300, 200)
    assert drawn[0].mean() == pytest.approx(one.mean(), abs=0.2)
    assert np.corrcoef(drawn[0].ravel(), drawn[1].ravel())[0, 1] < -0.8
    later, before = drawn[0][:, 1:] - 5, drawn[0][:, :-1] - 5
    assert np.corrcoef(later.ravel(), before.ravel())[0, 1] == pytest.approx(0.6, abs=0.15)


def test_the_rule_gives_fewer_false_alarms_than_one_that_does_not_ask_for_drift(report):
    often = false_alarms.alarms(report)
    assert often.war_supported <= often.any_supported <= 2 * boundaries.RARE
    assert often.any_supported < often.without_drift <= often.any_near + 0.1
    assert often.war_near < often.any_near
    assert often.turn_found > 4 * often.war_supported  # a turn that is there is found


def test_probabilities_by_year_are_printed_as_they_were_found(report):
    shown = false_alarms.posterior_rows(report).set_index("Series")
    found = false_alarms.posteriors(report)
    assert len(shown) == len(found) == len(false_alarms.READINGS) + 1
    kappa = found[KAPPA]
    assert shown.at["Kappa", "Likeliest year"] == str(kappa.by_year.idxmax())
    assert kappa.by_year.between(0, 1).all() and kappa.by_year.max() < 0.5


# Tables


def test_the_tables_say_what_their_files_hold(report, verdicts):
    told, outside = phases_tables.verdicts(report), phases_tables.outside_series(report)
    assert told.shown["Verdict"].tolist() == told.file["verdict"].tolist()
    assert told.file["year"].tolist() == list(verdicts.index)
    by_year = told.shown.set_index("Year")["Data of others"]
    for row in verdicts.itertuples():
        words = by_year[str(row.Index)]
        assert (words == "no data around this year") == (row.n_reached == 0)
        assert words.startswith("supported by") == bool(row.supported)
        assert words.count("(") == len({*row.near} - {*row.supported})  # each with the reason
    assert (outside.shown["Breaks"].str.startswith("not computable")).tolist() == (
        outside.file["not_computable"] != ""
    ).tolist()
    assert outside.file["about"].isin(["pair", "both", *PAIR]).all()
