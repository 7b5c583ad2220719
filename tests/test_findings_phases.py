"""The boundaries of the report: what was searched, the verdicts, and what they hang on."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from azpak import Report
from azpak.findings import breaks_found, event_steps, phases, phases_tables, vote_breaks
from azpak.findings.breaks_found import Searched, searched
from azpak.findings.outside import KAPPA, SHARE, VISITORS, Outside
from azpak.findings.series import ALL, PAIR, known_at_the_time, span
from azpak.measures import boundaries
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
    assert shares.between(0, 1).all()


# Verdicts


def pair_series_with_a_step() -> Searched:
    """Return a series about the pair alone, with a sure break in 1998."""
    one = Outside("Step", "pair", "counts", STEP, "made here")
    return replace(searched(STEP, "counts"), outside=one)


def test_a_sure_break_of_a_series_of_the_pair_alone_supports_it(report):
    found = pair_series_with_a_step()
    given = [y for y in STEP.index if phases.support(report, found, y).given]
    assert given == [1997, 1998, 1999]
    strict = phases.Rule(tolerance=0)
    assert [y for y in STEP.index if phases.support(report, found, y, strict).given] == [1998]


def test_a_series_that_is_not_computable_says_nothing_of_a_boundary(report):
    found = searched(STEP.iloc[:5], "counts")
    assert phases.support(report, found, 1994) is None
    assert not phases.in_events(found, 1994)


def test_events_have_a_break_with_enough_of_the_draws_and_a_level_on_both_sides():
    found = searched(STEP, "counts")
    assert [y for y in range(1990, 2006) if phases.in_events(found, y)] == [1997, 1998, 1999]
    unsure = replace(found, draws=found.draws & (np.arange(len(found.draws)) % 3 == 0)[:, None])
    assert not phases.in_events(unsure, BROKEN)


@pytest.mark.parametrize(
    ("rule", "drift", "refused"),
    [
        (phases.AS_STATED, 0.9, False),
        (phases.Rule(rare=True), phases.RARE, True),
        (phases.Rule(rare=True), phases.RARE / 2, False),
        (phases.Rule(rare=True), float("nan"), False),
    ],
)
def test_breaks_that_drift_makes_often_are_refused_only_where_that_is_asked(rule, drift, refused):
    assert rule.refuses(SimpleNamespace(share_of_drift=drift)) is refused


def test_a_rule_asks_only_the_measures_that_it_names():
    kappa = SimpleNamespace(outside=SimpleNamespace(kind="kappa"))
    assert phases.AS_STATED.takes(kappa)
    assert not phases.VARIATIONS[phases.UNCORRECTED].takes(kappa)


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
    years = [*told.held, *told.patterns, *told.not_seen, *told.untold]
    assert sorted(years) == list(verdicts.index) and told.n == len(years)
    opened = report.table("phases").query("kind == 'period'")["phase_id"]
    assert {*verdicts["phase_id"].dropna()} == {*opened} and told.n_ours == len(opened)
    assert {told.war, told.agreement} < {*phases.own_boundaries(report)}


def test_stricter_rules_let_no_more_hold_and_laxer_ones_no_fewer(report):
    holds = phases.variation_rows(report)["holds"].map(set)
    stated = holds["as stated"]
    assert stated == {*phases.outcome(report).held}
    assert holds[phases.UNCORRECTED] <= stated
    assert holds["breaks that drift makes rarely"] <= stated
    assert holds[phases.LOOSE] > stated
    assert holds[phases.NO_TREND] >= stated


def test_what_the_verdicts_hang_on_is_counted_in_the_table_of_variations(report):
    shown = phases_tables.variations(report).shown.set_index("Rule")["Holds"]
    hangs, war = phases.sensitivity(report), str(phases.outcome(report).war)
    assert hangs.n == len(shown) - 1
    assert hangs.n_lost == sum(war not in words for words in shown)
    assert hangs.n_loose == len(shown[phases.LOOSE.capitalize()].replace(" and ", ", ").split(","))
    others = shown.drop(phases.LOOSE.capitalize())
    assert hangs.n_added == sum(str(hangs.added) in words for words in others)


def test_the_level_of_chance_is_that_of_all_years_in_reach(report):
    first, last = span(report)
    events = breaks_found.events(report)[ALL]
    reached = range(first + 2, last)  # two years before, and the year itself and one after
    met = sum(phases.in_events(events, year) for year in reached)
    assert phases.chance(report).events == pytest.approx(met / len(reached))
    assert 0 < phases.chance(report).outside < 1


# The events and what else could tell of them


def test_the_best_description_stands_first_and_one_level_fits_worst(report):
    rows = event_steps.description_rows(report)
    assert rows["value"].is_monotonic_increasing
    assert rows["description"].iloc[-1] == "one level"
    assert rows["description"].is_unique


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
    assert turn.before.last + 1 == turn.after.first == turn.numbered.start.year


def test_dyads_that_break_near_a_year_are_counted_for_each_state(report):
    breaks = breaks_found.breaks_of_dyads(report, "kappa")
    for state in PAIR:
        found = vote_breaks.alike(report, "kappa", state, 2020)
        near = [any(abs(year - 2020) <= 1 for year in some) for some in breaks[state]]
        assert (found.n, found.n_all) == (sum(near), len(near))
    assert breaks_found.breaks_of_dyads(report, "") == {}


def test_the_rate_of_false_alarms_is_that_of_series_drawn_without_breaks(report):
    n_years = len(vote_breaks.votes(report).kappa.cut.series)
    drawn = np.random.default_rng(8).normal(0, 1, (2000, n_years))
    rate = (choose(drawn, "normal").n_breaks > 0).mean()
    assert vote_breaks.alarms(report).one_or_more == pytest.approx(rate, abs=0.03)


def test_one_false_alarm_is_likelier_than_as_many_breaks_as_were_found(report):
    alarms, votes = vote_breaks.alarms(report), vote_breaks.votes(report)
    assert max(alarms.kappa, alarms.distance) < alarms.one_or_more < alarms.drifting <= 1
    assert max(votes.kappa.share_of_drift, votes.distance.share_of_drift) < alarms.drifting
    assert min(votes.kappa.share_of_drift, votes.distance.share_of_drift) > phases.RARE


# Tables


def test_the_tables_say_what_their_files_hold(report, verdicts):
    told, outside = phases_tables.verdicts(report), phases_tables.outside_series(report)
    assert told.shown["Verdict"].tolist() == told.file["verdict"].tolist()
    assert told.file["year"].tolist() == list(verdicts.index)
    by_year = told.shown.set_index("Year")["Outside"]
    for row in verdicts.itertuples():
        words = by_year[str(row.Index)]
        assert (words == "no series reaches it") == (row.n_reached == 0)
        assert words.startswith("supported by kappa") == (row.supported == (KAPPA,))
        assert words.count("(") == len({*row.near} - {*row.supported})  # each with the reason
    assert (outside.shown["Breaks"].str.startswith("not computable")).tolist() == (
        outside.file["not_computable"] != ""
    ).tolist()
    assert outside.file["about"].isin(["pair", *PAIR]).all()
