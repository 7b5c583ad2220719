"""What the check of the roll calls promises, on votes counted by hand."""

from __future__ import annotations

import pytest

from azpak.errors import DataError
from azpak.findings import second_calls, vote_errors, votes
from azpak.measures import MeasureError
from azpak.measures.closure import exact_share
from support.votes import cast


def check(name: str, items: int, differing: int) -> dict[str, str]:
    return {
        "check_id": name, "what": "Votes.", "items": str(items), "differing": str(differing),
        "invented": "", "one_event_in": "",
    }  # fmt: skip


def wrong(number: int, state: str, released: str, record: str) -> dict[str, str]:
    return {
        "rollcall_id": str(number), "iso3": state, "released": released, "record": record,
        "source_id": "s1",
    }  # fmt: skip


def test_exact_bounds_of_a_share_by_hand():
    # None of four: four right ones come in 2.5 per cent of cases where (1 - p) ** 4 = 0.025.
    assert exact_share(0, 4) == (0, pytest.approx(1 - 0.025 ** (1 / 4)))
    # One of two: at least one in 1 - (1 - p) ** 2, at most one in 1 - p ** 2 of the cases.
    assert exact_share(1, 2) == pytest.approx((1 - 0.975**0.5, 0.975**0.5))
    with pytest.raises(MeasureError):
        exact_share(3, 2)


def test_errors_are_counted_with_exact_bounds(of):
    report = of(
        unga_rollcalls=cast("2000-01", "yy yn"),
        checks=[check(vote_errors.FIVE, 2, 1), check(vote_errors.TWENTY, 4, 1)],
        unga_rollcall_errors=[wrong(1, "PAK", "n", "y")],
    )
    found = vote_errors.errors(report)
    assert found[:2] == (2, 1)
    assert found.bounds == pytest.approx((1 - 0.975**0.5, 0.975**0.5))
    assert found[3:] == (4, 1, "PAK", 1)
    run = vote_errors.longest_run(report)
    assert (run.state, run.month.text, run.n) == ("PAK", "2000-01", 1)


def test_a_vote_put_right_moves_the_agreement(of):
    report = of(
        unga_rollcalls=cast("1995-01", "yy yn"), unga_rollcall_errors=[wrong(1, "PAK", "n", "y")]
    )
    row = vote_errors.put_right(report).set_index("period").loc["1992/1999"]
    assert (row["share_same"], row["share_same_right"]) == (0.5, 1)


def test_an_error_that_the_roll_calls_do_not_have_is_named(of):
    report = of(
        unga_rollcalls=cast("1995-01", "yy yn"), unga_rollcall_errors=[wrong(1, "PAK", "a", "y")]
    )
    with pytest.raises(DataError, match="is not the one released"):
        vote_errors.put_right(report)


def test_a_count_that_the_list_does_not_bear_out_is_named(of):
    report = of(
        unga_rollcalls=cast("1995-01", "yy yn"),
        checks=[check(vote_errors.FIVE, 2, 1), check(vote_errors.TWENTY, 4, 2)],
        unga_rollcall_errors=[wrong(1, "PAK", "n", "y")],
    )
    with pytest.raises(DataError, match="not as many"):
        vote_errors.errors(report)
    with pytest.raises(DataError, match="is missing"):
        vote_errors.errors(of(checks=[check(vote_errors.FIVE, 2, 1)]))


def test_no_fewer_errors_are_listed_of_the_five_than_were_found_by_others(real):
    """Each of the first check is among those of the second, which sees more roll calls."""
    listed = real.table("unga_rollcall_errors")["iso3"]
    assert (
        listed.isin(["ARM", "AZE", "IND", "PAK", "TUR"]).sum() >= vote_errors.errors(real).n_wrong
    )


def test_no_error_lies_in_a_gap_or_on_a_part(real):
    calls = votes.rollcalls(real).set_index("rollcall_id")
    listed = real.table("unga_rollcall_errors")
    assert listed["rollcall_id"].isin(calls.index).all()
    assert len(vote_errors.put_right(real)) == len(votes.PERIODS)


# Resolutions with more than one roll call.


def test_further_roll_calls_on_a_whole_resolution_are_counted_and_those_turned_round(of):
    report = of(
        unga_rollcalls=[
            *cast("2000-01", "yyynnn nnnyyy yyynny"),
            *cast("2000-01", "yyyyyy nnnnnn", resolution="R/1/2", whole="false"),
            *cast("2000-02", "yyyyyy", resolution="R/1/1"),
            *cast("2001-05", "yyyyaa yaayyy", resolution="R/1/3"),
            *cast("2001-06", "yyyyyy nnnnnn", resolution=""),
        ]
    )
    found = second_calls.second(report)
    assert (found.n_resolutions, found.n, found.n_reversed) == (2, 3, 1)
    assert (found.first.text, found.last.text) == ("2000-01", "2001-05")


def test_the_agreement_without_further_roll_calls_is_that_of_the_first_of_each(of):
    report = of(unga_rollcalls=cast("1995-01", "yyyyyy ynnnnn"))
    row = second_calls.without_second(report).set_index("period").loc["1992/1999"]
    assert (row["share_same"], row["share_same_without"]) == (0.5, 1)
