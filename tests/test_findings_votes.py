"""What the findings on the votes promise, on roll calls counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak import Report
from azpak.dates import parse
from azpak.errors import DataError
from azpak.figures.vote_ranks import moved
from azpak.findings import ideal_points, roll_calls, vote_ranks, vote_results, votes
from azpak.measures import Interval, interval
from support.votes import BORNE, cast

PAIR = votes.PAIR


# Agreement


def test_votes_on_parts_are_left_out_and_the_last_year_is_in(of):
    calls = cast("1999-12", "yy") + cast("2000-01", "yy") + cast("2001-12", "yn")
    report = of(unga_rollcalls=[*calls, *cast("2001-12", "yn", whole="false")])
    assert len(votes.rollcalls(report)) == 3
    assert votes.rollcalls(report, 2000, 2001)["month"].tolist() == ["2000-01", "2001-12"]


def test_agreement_by_hand_with_bounds_from_the_draws(of):
    report = of(unga_rollcalls=cast("2000-01", "yy yy yn aa y- -n"))
    found = votes.agreement(report, *PAIR, 2000, 2000)
    assert (found.n_votes, found.n_same, found.share_same) == (4, 3, 0.75)
    assert (found.a_yes, found.b_yes, found.expected_same) == (0.75, 0.5, 7 / 16)
    drawn = votes.draws(report, *PAIR, 2000, 2000)
    assert len(drawn) == votes.DRAWS
    for name, bounds in (("share_same", found.share_bounds), ("s_index", found.s_bounds),
                         ("kappa", found.kappa_bounds)):  # fmt: skip
        assert bounds == interval(drawn[name])


def test_a_vote_that_is_changed_changes_the_agreement(of, mini):
    calls = cast("2000-01", "yy yn nn")
    assert votes.agreement(of(unga_rollcalls=calls), *PAIR, 2000, 2000).n_same == 2
    mini.spoil("unga_rollcalls", "y,n", "y,y")
    assert votes.agreement(Report.load(mini.directory), *PAIR, 2000, 2000).n_same == 3


def test_the_span_of_most_yes_is_found(of):
    report = of(
        unga_rollcalls=cast("1995-01", "yy ny") + cast("2005-01", "yy yn")
        + cast("2015-01", "yy ay") + cast("2021-01", "ny")
    )  # fmt: skip
    assert votes.most_yes(report) == (2000, 2009)


def test_years_with_too_few_common_votes_are_left_out(of):
    full, short = "yyyyyy " * votes.FEWEST, "yyyyyy " * (votes.FEWEST - 1) + "y-yyyy"
    report = of(unga_rollcalls=cast("2000-01", full) + cast("2001-01", short))
    shown = votes.yearly_rows(report).groupby("country_b")["year"].unique().map(list)
    assert shown["PAK"] == [2000]
    assert [shown[state] for state in votes.BESIDE] == [[2000, 2001]] * len(votes.BESIDE)


def test_every_pair_has_a_row_for_every_span(real):
    rows = votes.agreement_rows(real)
    assert len(rows) == len(votes.DYADS) * len(votes.PERIODS)
    assert not rows.duplicated(["country_a", "country_b", "period"]).any()
    for name in ("share_same", "s_index", "kappa"):
        assert (rows[f"{name}_low"] <= rows[name]).all()
        assert (rows[name] <= rows[f"{name}_high"]).all()


def test_the_pairs_shown_and_compared_are_among_those_computed():
    compared = (vote_results.KAZAKH, vote_results.RIVALS, vote_results.INDIAN, vote_results.SIDES)
    assert {*votes.SHOWN} | {pair for c in compared for pair in (c.more, c.less)} <= {*votes.DYADS}


def test_the_spans_are_those_of_the_table_of_ranks(real):
    spans = {p for p in real.table("unga_partner_rank")["period"] if "/" in p}
    assert {"/".join(map(str, span)) for span in votes.PERIODS} == spans


# What the table holds


def test_what_the_roll_calls_hold_by_hand(of):
    calls = cast("2020-01", "yyyy", whole="false") + cast("2022-12", "yyyy yyyn")
    silent = [row | {"TUR": ""} for row in cast("2023-05", "yyy yyy yyy")]
    held = roll_calls.held(of(unga_rollcalls=[*calls, *silent]))
    assert (held.n_whole, held.n_parts, held.n_last_year) == (5, 1, 3)
    assert [held.end.text, held.last_part.text] == ["2023-05", "2020-01"]
    assert held.flags_end == parse("2020-01")


def test_a_description_that_lost_the_end_of_the_flags_is_refused(of, mini):
    of(unga_rollcalls=cast("2020-01", "yy"))
    mini.resource("unga_rollcalls")["description"] = "Votes."
    with pytest.raises(DataError, match="does not say: amendments end in"):
        roll_calls.held(of())


def test_votes_apart_by_hand(of):
    report = of(unga_rollcalls=cast("2000-01", "yy ya ya yn ny ay an y- -n"))
    assert roll_calls.apart(report) == (6, 2, 2)


def subject(issue: str, period: str, n_votes: int) -> dict[str, str]:
    return {"period": period, "basis": "whole_resolutions", "issue": issue, "country_a": "AZE",
            "country_b": "PAK", "n_votes": str(n_votes), "n_same": "1", **BORNE}  # fmt: skip


def test_subjects_are_counted_over_the_one_longest_span(of):
    rows = [subject(i, p, n) for i in ("me", "nu") for p, n in (("1992/1999", 2), ("1992/2018", 3))]
    found = roll_calls.by_subject(of(unga_issue_agreement=rows))
    assert found["period"].to_dict() == {"me": "1992/2018", "nu": "1992/2018"}
    with pytest.raises(DataError, match="different spans"):
        roll_calls.by_subject(of(unga_issue_agreement=[*rows, subject("nu", "1990/2018", 4)]))


# Differences


def test_pairs_are_subtracted_draw_by_draw(of):
    # Kazakhstan always votes like Azerbaijan and Pakistan misses one of four.
    report = of(unga_rollcalls=cast("2020-01", "yyy yyy aaa yny"))
    found = vote_results.difference(report, vote_results.KAZAKH)
    alike = votes.draws(report, *PAIR, *votes.LATEST)["share_same"]
    assert found.value == 0.25
    assert found.n_above == (alike < 1).sum()  # where the fourth was drawn at all
    assert found.bounds == interval(1 - alike)


def test_two_pairs_that_vote_the_same_differ_in_no_draw(of):
    report = of(unga_rollcalls=cast("2020-01", "yyy ynn aaa yaa"))
    assert vote_results.difference(report, vote_results.KAZAKH) == (0, (0, 0), 0)


def test_spans_without_a_common_roll_call_are_not_drawn_together(of):
    words = "yy yn aa ya yy nn"
    report = of(unga_rollcalls=cast("1995-01", words) + cast("2021-01", words))
    found = vote_results.change(report)
    assert found.value == 0
    assert found.bounds.low < 0 < found.bounds.high


@pytest.mark.parametrize(
    ("bounds", "says"),
    [((0.1, 0.2), "above nought"), ((-0.2, -0.1), "below nought"), ((0.0, 0.2), "cannot be told"),
     ((-0.1, 0.2), "cannot be told")],
)  # fmt: skip
def test_bounds_that_reach_nought_tell_nothing(bounds, says):
    assert vote_results.Difference(0.1, Interval(*bounds), 1).says == says


def test_items_widen_bounds_where_roll_calls_repeat(of):
    # Two items, one cast alike nine times and one cast apart nine times.
    report = of(unga_rollcalls=cast("2000-01", "yy " * 9) + cast("2001-01", "yn " * 9))
    found = vote_results.by_units(report, "share_same")
    assert found.item == found.year == (0, 1)
    assert found.wider == pytest.approx(1 / (found.call.high - found.call.low) - 1)


def test_the_results_bear_bounds_of_years_over_the_longest_span_alone(real):
    rows = vote_results.result_rows(real)
    assert rows[["value", "low", "high"]].notna().all(axis=None)
    longest = rows["result"].str.endswith("1992 to 2024")
    assert rows["years_low"].notna().tolist() == longest.tolist()
    assert rows["value"].between(rows["low"], rows["high"]).all()


def test_a_difference_bears_its_sign_and_a_share_does_not(real):
    rows = vote_results.printed_rows(real)
    signed = rows["Value"].str.match(r"[+\N{MINUS SIGN}]")
    assert (signed == rows["Difference is"].notna()).all()


# Ranks


def ranks(s_index: float = 1.0, median: float = 0.9) -> list[dict[str, str]]:
    """Return the ranks of the two in every span, all of one index."""
    return [
        {"period": f"{first}/{last}", "basis": "whole_resolutions", "country": country,
         "partner": partner, "n_votes": "2", "s_index": str(s_index), "rank": str(first % 100),
         "n_partners": "190", "median_partner_s": str(median), **BORNE}
        for first, last in votes.PERIODS
        for country, partner in (PAIR, PAIR[::-1])
    ]  # fmt: skip


def agreeing(words: str) -> list[dict[str, str]]:
    """Return the same votes in a year of each span."""
    return [row for y in (1995, 2005, 2015, 2021) for row in cast(f"{y}-01", words)]


def test_a_rank_is_that_of_the_span(of):
    report = of(unga_partner_rank=ranks())
    assert vote_ranks.of_partner(report, *PAIR, 2010, 2019) == (10, 190, 1.0, 0.9, 2)
    assert vote_ranks.of_partner(report, *PAIR).rank == 20  # the latest


def test_a_span_without_a_rank_is_refused(of):
    with pytest.raises(DataError, match=r"not one rank for each span.*PAK among.*AZE"):
        vote_ranks.of_spans(of(unga_partner_rank=ranks()[2:]), *PAIR)


def test_the_ranks_rest_on_the_roll_calls_as_corrected(real):
    rows = vote_ranks.both(real).set_index(["country", "period"])["s_index"]
    for span in votes.PERIODS:
        found = votes.agreement(real, *PAIR, *span).s_index
        ranked = rows.xs("/".join(map(str, span)), level="period")
        assert ranked.tolist() == pytest.approx([found, found], abs=0.0001)  # it has four decimals


def test_the_ranks_of_years_are_in_order_of_time_and_leave_out_spans(of):
    years = [row | {"period": year, "rank": year[2:]} for year in ("2021", "1995")
             for row in ranks()[:1]]  # fmt: skip
    found = vote_ranks.of_years(of(unga_partner_rank=[*ranks(), *years]), *PAIR)
    assert found["rank"].to_dict() == {1995: 95, 2021: 21}


def test_the_headline_on_ranks_says_which_way_each_moved():
    assert moved(pd.DataFrame({"rank": [106, 50, 13]}), "rank ") == "rose from rank 106 to 13"
    assert moved(pd.DataFrame({"rank": [38, 123]})) == "fell from 38 to 123"


# Ideal points


def points(**intervals: str) -> list[dict[str, str]]:
    """Return ideal points from 2000 on: ``AZE="0-2 1-3"``."""
    return [
        {"year": str(2000 + n), "iso3": state, "q05": low, "q95": high,
         "ideal_point_all": str((float(low) + float(high)) / 2), "release": "July", **BORNE}
        for state, spans in intervals.items()
        for n, (low, high) in enumerate(span.split("-") for span in spans.split())
    ]  # fmt: skip


def test_intervals_that_touch_overlap_and_a_year_of_one_state_is_left_out():
    rows = pd.DataFrame(points(AZE="0-1 0-1 2-3 4-5 0-1", PAK="1-2 2-3 1-2 2-3"))
    rows[["q05", "q95"]] = rows[["q05", "q95"]].astype(float)
    assert ideal_points.overlaps(rows, *PAIR).tolist() == [True, False, True, False]


def test_meetings_by_hand(of):
    # Above, met, below, met, met; the state with a year more counts for nothing.
    report = of(unga_ideal_points=points(AZE="8-9 1-2 0-1 2-3 2-4", PAK="1-2 1-2 2-3 2-3 3-5 0-1"))
    assert ideal_points.meetings(report) == (2000, 2004, 5, 3, 2001, (2002,), 2003)


def test_a_year_apart_since_they_met_again_is_refused(of):
    report = of(unga_ideal_points=points(AZE="0-1 1-2 8-9", PAK="2-3 1-2 1-2"))
    with pytest.raises(DataError, match=r"do not overlap in every year.*2002"):
        ideal_points.meetings(report)


def test_neighbours_are_those_of_the_last_year_of_the_pair(of):
    report = of(
        unga_ideal_points=points(AZE="0-1 2-4", PAK="2-3 3-5", IND="0-1 4-5", TUR="2-3 8-9 2-4")
    )
    assert ideal_points.neighbours(report).to_dict() == {"IND": True, "PAK": True, "TUR": False}
