"""Boundaries between phases: the rule, its verdicts, and the series it rests on."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from azpak import measures, phases_tested, tables
from azpak.coverage import STANCES, without_each_stance
from azpak.evidence import Evidence
from azpak.measures import MeasureError, pair_series
from azpak.measures import boundaries as rule

YEARS = range(1992, 2024)
FIRST, LAST = 1992, 2025


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return Evidence.load()


@pytest.fixture(scope="module")
def votes() -> dict[str, pd.DataFrame]:
    return {name: tables.load(name) for name in ("unga_rollcalls", "unga_ideal_points")}


def drawn(**shares: float) -> pd.DataFrame:
    """Return ten draws with a break in some years (``y2020=0.7``), in the first of the draws."""
    frame = pd.DataFrame(False, index=range(10), columns=list(YEARS))
    for year, share in shares.items():
        frame.loc[: round(10 * share) - 1, int(year[1:])] = True
    return frame


def said(year: int = 2020, **changes) -> rule.Support:
    """Return the support for a boundary of a series with a sure break in 2020, or changed."""
    given = {
        "years": YEARS, "breaks": (2020,), "beats_trend": True, "draws": drawn(y2020=0.8),
        "others": {"AZE": [(2001,), (2012,), ()], "PAK": [()]}, "min_size": 2,
    }  # fmt: skip
    return rule.support(year=year, **(given | changes))


# Support


def test_a_sure_break_of_the_pair_alone_supports_its_year_and_the_years_beside():
    assert [year for year in range(1990, 2030) if said(year).given] == [2019, 2020, 2021]


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({"breaks": (2017,)}, "found"),
        ({"draws": drawn(y2020=0.4)}, "sure"),
        ({"beats_trend": False}, "beats_trend"),
        ({"others": {"AZE": [(2020,), (2012,)], "PAK": [()]}}, "of_pair"),
        ({"others": {"AZE": [()], "PAK": [(2019,), (2021,), ()]}}, "of_pair"),
        ({"years": range(1992, 2020)}, "reached"),
    ],
)
def test_each_condition_alone_can_deny_support(changes, failed):
    found = said(**changes)
    assert not found.given
    assert not getattr(found, failed)


def test_half_of_the_draws_are_enough_and_fewer_are_not():
    assert said(draws=drawn(y2020=rule.ENOUGH)).given
    assert not said(draws=drawn(y2020=rule.ENOUGH - 0.1)).given


def test_a_measure_without_other_dyads_is_not_held_against_the_pair():
    assert said(others={}).given
    assert said(others={"AZE": [], "PAK": []}).given


def test_shares_of_draws_are_counted_once_a_draw_and_lie_within_limits():
    both = drawn(y2020=0.5, y2021=0.5)  # the same five draws
    assert rule.share_near(both, 2020) == 0.5
    assert rule.share_near(both, 2022) == 0.5
    assert rule.share_near(both, 1950) == 0
    with pytest.raises(MeasureError, match="no draws"):
        rule.share_near(both.iloc[:0], 2020)


def test_the_tolerance_is_counted_in_years():
    assert rule.near((2020,), 2021) and not rule.near((2020,), 2022)
    assert rule.near((2020,), 2022, tolerance=2) and not rule.near((2020,), 2021, tolerance=0)
    assert not rule.near((), 2020)
    with pytest.raises(MeasureError, match="negative"):
        rule.near((2020,), 2020, tolerance=-1)


def test_a_series_reaches_a_year_with_a_level_on_both_sides():
    assert [y for y in range(1985, 2030) if rule.reaches(range(1992, 2001), y, 2)] == list(
        range(1994, 2000)
    )


# Verdicts


@pytest.mark.parametrize(
    ("in_events", "reached", "supported", "expected"),
    [
        (True, True, True, "holds"),
        (False, True, True, "holds"),
        (True, True, False, "pattern of collection"),
        (True, False, False, "pattern of collection"),
        (False, True, False, "not seen"),
        (False, False, False, "cannot be told"),
    ],
)
def test_every_verdict_is_reached(in_events, reached, supported, expected):
    assert rule.verdict(in_events, reached, supported) == expected
    assert expected in rule.VERDICTS


def test_support_without_reach_is_a_mistake():
    with pytest.raises(MeasureError, match="none reaches"):
        rule.verdict(True, False, True)


def test_the_chance_of_a_year_at_random_is_a_share_of_the_years():
    assert rule.chance(range(1, 11), lambda year: rule.near((3, 4), year)) == 0.4
    with pytest.raises(MeasureError, match="no year"):
        rule.chance([], bool)


# Boundaries


def test_boundaries_are_those_of_the_report_and_those_of_several_works():
    phases = pd.DataFrame(
        {
            "phase_id": ["first", "second", "extra"],
            "kind": ["period", "period", "theme"],
            "start": ["1991-10-18", "2002", "2024"],
        }
    )
    works = pd.DataFrame(
        {
            "source_id": ["a", "b", "c"],
            "school": ["indian", "turkish", "method"],
            "phase_starts": [("1991", "2003"), ("2003", "2010"), ("2010",)],
        }
    )
    found = rule.boundaries_told(phases, works)
    assert list(found.index) == [1991, 2002, 2003]
    assert found["n_works"].tolist() == [1, 0, 2]
    assert found.at[2003, "works"] == ("a", "b")
    assert found["phase_id"].isna().tolist() == [False, False, True]
    assert 2010 in rule.boundaries_told(phases, works, fewest=1).index


def test_every_boundary_of_the_report_is_tested():
    phases = tables.load("phases").query("kind == 'period'")
    found = rule.boundaries_told(phases, tables.load("literature"))
    assert set(found["phase_id"].dropna()) == set(phases["phase_id"])
    proposed = phases.set_index("phase_id")["start_proposed_by"]
    war = found[found["phase_id"] == "trilateral"].iloc[0]
    assert set(war["works"]) == set(proposed["trilateral"])


# Series


def test_the_weightings_are_parts_of_all_events(evidence):
    found = pair_series.event_series(evidence, FIRST, LAST)
    every = found["all events"]
    assert len(found) == 5 + len(STANCES)
    for series in found.values():
        assert list(series.index) == list(range(FIRST, LAST + 1))
        assert (series <= every).all() and (series >= 0).all()
    assert every.sum() > found["two groups"].sum() > found["documents"].sum() > 0


def test_all_events_are_those_of_the_pair_that_are_not_withdrawn(evidence):
    events = evidence.events
    pair = events[events["actors"].map(lambda a: {"AZE", "PAK"} <= set(a))]
    counts = measures.activity(pair, first=FIRST, last=LAST).sum(axis=1)
    found = pair_series.event_series(evidence, FIRST, LAST)["all events"]
    assert found.tolist() == counts.tolist()


def test_what_remains_without_a_stance_is_what_the_coverage_says(evidence):
    years = [int(text[:4]) for text in evidence.events["date"].str.strip("[")]
    found = pair_series.event_series(
        replace(evidence, events=evidence.events.assign(actors=[("AZE", "PAK")] * len(years))),
        min(years), max(years),
    )  # fmt: skip
    shares = without_each_stance(evidence)["one_group"]
    assert found["no Pakistani sources"].sum() / found["all events"].sum() == pytest.approx(
        shares["pakistani-state-aligned"]
    )


def test_no_event_gives_zeros_and_no_error(evidence):
    none = replace(evidence, events=evidence.events.assign(actors=[()] * len(evidence.events)))
    found = pair_series.event_series(none, FIRST, LAST)
    assert all((series == 0).all() for series in found.values())


def test_sources_are_counted_in_the_year_of_their_publication(evidence):
    found = pair_series.source_series(evidence, FIRST, LAST)
    dated = evidence.sources["date"].dropna().str.strip("[").str[:4]
    assert found["sources"][2020] == (dated == "2020").sum()
    assert (found["other sources"] <= found["sources"]).all()


def test_an_event_told_later_has_a_lag(evidence):
    told = pair_series.known_at_the_time(evidence)
    assert (told["at_the_time"] == (told["lag"] <= pair_series.AT_THE_TIME)).all()
    assert told.index.isin(evidence.events.index).all()


@pytest.mark.parametrize("pair", [("AZE", "PAK"), ("PAK", "IND"), ("AZE", "TKM")])
def test_the_quick_agreement_equals_that_of_the_measure(votes, pair):
    calls = votes["unga_rollcalls"]
    quick = pair_series.yearly_agreement(calls, *pair)
    slow = measures.agreement(calls, *pair).set_index("year").loc[quick.index]
    assert quick["n_votes"].tolist() == slow["n_votes"].tolist()
    assert quick["n_same"].tolist() == slow["n_same"].tolist()
    pd.testing.assert_series_equal(quick["kappa"], slow["kappa"], check_dtype=False)


def test_the_other_dyads_are_those_of_the_two_states(votes):
    dyads = pair_series.dyads_of("kappa", votes["unga_rollcalls"], votes["unga_ideal_points"])
    assert {own for own, _ in dyads} == {"AZE", "PAK"}
    assert not {other for _, other in dyads} & {"AZE", "PAK"}
    points = pair_series.dyads_of("distance", votes["unga_rollcalls"], votes["unga_ideal_points"])
    assert len(points) < len(dyads)


def test_the_series_about_the_pair_are_those_of_the_tables(votes):
    names = (
        "arms_transfers_tiv", "defence_agreements", "alliances_atop", "visitors", "trade",
    )  # fmt: skip
    found = {
        outside.name: outside
        for outside in pair_series.pair_series(votes | {n: tables.load(n) for n in names})
    }
    assert found["Arms from Pakistan, TIV"].values.loc[lambda v: v > 0].to_dict() == {2018: 2.4}
    signed = found["Defence agreements signed"].values
    assert signed[signed > 0].index.tolist() == [2002, 2005, 2007]
    assert found["Alliance treaties"].values.sum() == 0
    assert found["Visitors from Pakistan"].values[2017] == 17558
    assert (found["Distance of ideal points"].values >= 0).all()
    assert {outside.about for outside in found.values()} == {"pair"}


def test_the_series_about_one_state_have_no_gap():
    names = (
        "arms_transfers_tiv", "defence_agreements_counts", "joint_exercises_country_year",
        "milex_sipri", "unga_ideal_points",
    )  # fmt: skip
    for outside in pair_series.country_series({n: tables.load(n) for n in names}):
        years = outside.values.index
        assert list(years) == list(range(min(years), max(years) + 1))
        assert outside.about in ("AZE", "PAK")


# The boundaries of the report


@pytest.fixture(scope="module")
def verdicts() -> pd.DataFrame:
    return phases_tested.verdict_rows()


def test_each_verdict_follows_from_what_stands_beside_it(verdicts):
    for row in verdicts.itertuples():
        expected = rule.verdict(row.in_events, row.n_reached > 0, bool(row.supported))
        assert row.verdict == expected
        assert set(row.supported) <= set(row.near)
        assert 0 <= row.share_events <= 1
    assert verdicts["phase_id"].notna().sum() == 6


def test_a_break_of_events_counts_with_enough_of_the_draws(verdicts):
    found = phases_tested.events_found()[phases_tested.ALL]
    near = [rule.near(found.found.breaks, year) for year in verdicts.index]
    sure = verdicts["share_events"] >= rule.ENOUGH
    reached = [rule.reaches(found.found.series.index, y, 2) for y in verdicts.index]
    expected = [all(row) for row in zip(near, sure, reached, strict=True)]
    assert verdicts["in_events"].tolist() == expected
    assert any(expected)


def test_stricter_rules_let_no_more_hold_and_laxer_ones_no_fewer(verdicts):
    rows = phases_tested.variation_rows().set_index("variation")["holds"].map(set)
    stated = rows["as stated"]
    assert stated == set(verdicts.index[verdicts["verdict"] == "holds"])
    assert rows["votes not corrected for chance"] <= stated
    assert rows["breaks that drift makes rarely"] <= stated
    assert rows["breaks shared with other dyads count too"] > stated
    assert rows["no comparison with a smooth trend"] >= stated


def test_a_series_supports_only_if_drift_makes_its_breaks_rarely_where_that_is_asked():
    shares = {
        found.outside.name: phases_tested.drift_share(found.found)
        for found in phases_tested.outside_found()
        if found.found is not None and found.found.breaks
    }
    assert shares and min(shares.values()) > phases_tested.RARE
    assert not phases_tested.verdict_rows(rare=True)["supported"].map(bool).any()


def test_false_alarms_are_at_least_as_many_as_series_with_all_the_breaks():
    for found in phases_tested.outside_found():
        if found.found is not None and found.found.family == "normal" and found.found.breaks:
            any_break = phases_tested.alarm_share(found.found, "drift")
            assert phases_tested.drift_share(found.found) < any_break <= 1


def test_a_verdict_does_not_change_from_run_to_run(verdicts):
    phases_tested.verdict_rows.cache_clear()
    phases_tested.outside_found.cache_clear()
    pd.testing.assert_frame_equal(phases_tested.verdict_rows(), verdicts)


def test_series_too_short_or_empty_are_named_with_the_reason():
    reasons = {found.outside.name: found.reason for found in phases_tested.outside_found()}
    assert reasons["Visitors from Pakistan"] == "fewer than 10 years"
    assert reasons["Alliance treaties"] == "fewer than 3 years have a value"
    assert not reasons["Votes alike"]


@pytest.mark.parametrize("of_events", [True, False])
def test_the_level_of_chance_is_a_share_of_the_years_in_reach(of_events):
    share, years = phases_tested.chance_of(of_events)
    first, last = phases_tested.span()
    assert 0 <= share <= 1
    assert 0 < years <= last - first + 1
