"""Boundaries between phases: the rule and its verdicts."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak import Report
from azpak.measures import MeasureError
from azpak.measures import boundaries as rule

YEARS = range(1992, 2024)


def drawn(**shares: float) -> pd.DataFrame:
    """Return ten draws with a break in some years (``y2020=0.7``), in the first of the draws."""
    frame = pd.DataFrame(False, index=range(10), columns=list(YEARS))
    for year, share in shares.items():
        frame.loc[: round(10 * share) - 1, int(year[1:])] = True
    return frame


def said(year: int = 2020, **changes) -> rule.Support:
    """Return the support for a boundary of a series with a sure break in 2020, or changed."""
    given = {
        "years": YEARS, "breaks": (2020,), "draws": drawn(y2020=0.8), "min_size": 2,
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
        ({"beats_drift": False}, "beats_drift"),
        ({"rare": False}, "rare"),
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
        (True, True, True, "supported"),
        (False, True, True, "supported"),
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
    report = Report.load()
    phases = report.table("phases").query("kind == 'period'")
    found = rule.boundaries_told(phases, report.table("literature"))
    assert set(found["phase_id"].dropna()) == set(phases["phase_id"])
    proposed = phases.set_index("phase_id")["start_proposed_by"]
    war = found[found["phase_id"] == "trilateral"].iloc[0]
    assert set(war["works"]) == set(proposed["trilateral"])
