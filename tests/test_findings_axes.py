"""What two opposed axes would imply, the verdicts, and the values of the orders."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from azpak import Report
from azpak.errors import DataError
from azpak.findings import axes, closure, orders, ties, verdicts
from azpak.measures import Bounds, Following, Interval, Split
from azpak.measures.closure import Closure
from support.rows import with_frames


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


# Order


def test_each_pair_of_the_test_of_order_is_of_the_set_that_it_names():
    for pair, states in zip(axes.PAIRS, ties.SETS.values(), strict=True):
        assert pair == states[:2]


def test_a_tie_known_to_the_year_has_no_part_in_the_test_of_order():
    found = pd.DataFrame(
        {"a": "ARM", "b": "IND", "date": ["2020-03", "2021", "[2022..2023-12]", "1999-05", "2023?"]}
    )
    assert axes.known_months(found, ("IND", "ARM")) == ["2020-03"]


def test_order_is_tested_both_ways_and_in_every_window(monkeypatch, report):
    calls = []

    def follows(earlier, later, first, last, window):
        calls.append((len(earlier), len(later), window))
        return Following(0, 1, 0.0, len(calls) / 10, 2)

    monkeypatch.setattr(axes, "follows", follows)
    monkeypatch.setattr(
        axes, "known_months", lambda _, pair: ["2020-01"] * (1 + axes.PAIRS.index(pair))
    )
    found = axes.order(Report(report.folder))
    assert calls == [(1, 2, w) for w in axes.WINDOWS] + [(2, 1, w) for w in axes.WINDOWS]
    assert (found.there.p, found.back.p, found.smallest, found.n_tests) == (0.1, 0.4, 0.1, 6)


# Votes


def roll_calls(agreeing: dict[str, str]) -> pd.DataFrame:
    """Return sixty roll calls in which the states of one letter vote as one."""
    calls = {letter: np.random.default_rng(n).permutation(["y", "n", "a"] * 20)
             for n, letter in enumerate(sorted({*agreeing.values()}))}  # fmt: skip
    return pd.DataFrame(
        {"month": "2021-12", "whole": True, **{s: calls[letter] for s, letter in agreeing.items()}}
    )


def test_two_sets_that_vote_as_one_each_rank_first_of_all_splits_of_their_sizes():
    sides = {state: ties.SET_OF[state] for state in ties.MEMBERS}
    small = with_frames(unga_rollcalls=roll_calls(sides))
    split, bounds = axes.vote_split(small)
    assert split.within == pytest.approx(1)
    assert (split.rank, split.n_splits) == (1, len([*combinations(range(8), 3)]))
    # Sixty roll calls are nine items, one for each way in which two sets can vote.
    assert 0 < bounds.low <= split.gap <= bounds.high
    core, _ = axes.vote_split(small, axes.CORE)
    assert (core.rank, core.n_splits) == (1, 10)


def test_states_that_all_vote_as_one_leave_no_gap():
    split, bounds = axes.vote_split(
        with_frames(unga_rollcalls=roll_calls(dict.fromkeys(ties.MEMBERS, "one")))
    )
    assert (split.gap, bounds) == (0, (0, 0))


# Commitment


def alliances(*treaties: tuple) -> Report:
    """Return a report of treaties: parties, years, and whether of defence and bilateral."""
    columns = ["party_a", "party_b", "start_year", "end_year", "defence", "bilateral"]
    frame = pd.DataFrame(treaties, columns=columns).assign(release="a release")
    return with_frames(alliances_atop=frame.astype({"end_year": "Int64"}))


TREATIES = (
    ("AZE", "TUR", 2010, None, True, True), ("AZE", "TUR", 1994, 2000, True, True),
    ("ARM", "AZE", 1993, None, True, False), ("ARM", "AZE", 1995, 1999, True, False),
    ("ARM", "IND", 1996, None, False, True), ("ARM", "FRA", 1992, None, False, False),
    ("AZE", "FRA", 1993, None, False, True), ("ARM", "RUS", 1997, None, True, True),
)  # fmt: skip


def test_a_treaty_of_one_set_is_told_from_one_across(report):
    rows = axes.obligations(report)
    sides = {pair: set(group["side"]) for pair, group in rows.groupby(["party_a", "party_b"])}
    assert sides["AZE", "TUR"] == {"azerbaijan"}
    assert sides["ARM", "IND"] == {"armenia"}
    assert sides["PAK", "IND"] == {"across"}


def test_a_pair_bound_twice_is_one_pair_and_one_that_the_data_do_not_hold_is_not_covered():
    found = axes.commitment(alliances(*TREATIES))
    assert found.inside == (("AZE", "TUR"),)
    assert found.across == (("ARM", "AZE"),)
    # Three pairs of the first set and the four of Armenia; none of India with France, say.
    assert found.n_covered == 7
    assert (found.since, found.ended, found.consulting) == (1993, (1999,), 1996)
    assert found.with_france == (1993,)
    assert found.ally == "RUS"


def test_what_the_text_denies_of_treaties_breaks_the_build():
    with pytest.raises(AssertionError, match="more than one bilateral treaty"):
        axes.commitment(alliances(*TREATIES, ("ARM", "IRN", 2001, None, True, True)))
    with pytest.raises(AssertionError, match="turns on the pairs across"):
        axes.commitment(
            alliances(
                *TREATIES,
                *((*pair, 2001, None, True, False) for pair in ties.pairs_inside()),
            )
        )


# Size and trade


def test_volumes_of_two_releases_are_never_added():
    rows = [
        ("IND", "ARM", "tiv_deliveries", 2022, 10.0), ("IND", "ARM", "tiv_deliveries", 2023, 30.0),
        ("IND", "ARM", "tiv_cumulative_1993_2025", 2025, 60.0),
        ("PAK", "AZE", "tiv_deliveries", 2024, 5.0),
        ("PAK", "AZE", "tiv_cumulative_1993_2025", 2025, 120.0),
    ]  # fmt: skip
    columns = ["supplier", "recipient", "indicator", "year", "value"]
    found = axes.size(
        with_frames(arms_transfers_tiv=pd.DataFrame(rows, columns=columns).assign(release="one"))
    )
    assert (found.india.listed, found.india.total) == (40, 60)
    assert (found.pakistan.listed, found.pakistan.total) == (5, 120)
    assert (found.register_factor, found.later_factor) == (8, 2)
    assert found.last_year == 2024


def test_trade_in_one_direction_or_one_product_is_no_turnover(report):
    low, high = axes.turnover(report, "IND", "ARM", 2023)
    rows = report.table("trade").query(
        "reporter == 'ARM' and partner == 'IND' and period == '2023'"
    )
    whole = rows.dropna(subset=["turnover"])
    assert high == whole["turnover"].item()
    assert low == (whole["exports"] + whole["imports_consignment"]).item() < high
    assert rows["exports"].min() < low


def test_either_state_may_have_reported_the_trade_of_two(report):
    assert axes.turnover(report, "IND", "ARM", 2023) == axes.turnover(report, "ARM", "IND", 2023)


def trade(across: float, inside: float) -> axes.Trade:
    nought = Bounds(0, 0)
    return axes.Trade(
        2023,
        Bounds(across, across + 50),
        Bounds(0, inside),
        nought,
        nought,
        Bounds(1, 2),
        0.0,
        nought,
        Bounds(1, 2),
    )


def test_more_is_traded_across_only_if_its_least_exceeds_the_most_inside():
    assert trade(across=10, inside=9).more_across
    assert not trade(across=10, inside=10).more_across


# Verdicts: each by its rule, at its limits.


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (verdicts.FULLY, "shows that"), (verdicts.PARTLY, "shows in part that"),
        (verdicts.AGAINST, "speaks against the claim that"),
        (verdicts.CANNOT, "does not decide whether"),
    ],
)  # fmt: skip
def test_each_verdict_is_put_in_words_of_its_own(monkeypatch, verdict, words):
    monkeypatch.setattr(verdicts, "verdict", lambda report, sign: verdict)
    assert verdicts.meaning(None, "a sign") == words


def following(p: float, n: int = verdicts.FEWEST_MONTHS) -> Following:
    return Following(1, n, 0.5, p, 10)


def orders_in(high: dict[str, float]):
    return lambda _, state, phase: closure.Orders(6, 3, -0.5, -1.0, high[state])


ALONE = closure.Closed(Closure(1, 0, 1, 0.0, 0.0), Interval(-1.0, 1.0))
COMMITMENT = SimpleNamespace(inside=(), across=(), n_covered=7, release="a release")


@pytest.mark.parametrize(
    ("there", "back", "verdict"),
    [
        (0.049, 0.5, verdicts.FULLY),
        (0.05, 0.049, verdicts.AGAINST),
        (0.05, 0.05, verdicts.CANNOT),
    ],
)
def test_order_is_borne_out_by_its_own_direction_alone(monkeypatch, there, back, verdict):
    found = axes.Order(following(there), following(back), 0.01, 6)
    monkeypatch.setattr(axes, "order", lambda _: found)
    assert verdicts._order(None).verdict == verdict


@pytest.mark.parametrize("few", ["there", "back"])
def test_few_months_tell_no_order_and_no_probability_is_kept_of_them(monkeypatch, few):
    rare = {"there": following(0.001), "back": following(0.9)}
    rare[few] = following(0.001, verdicts.FEWEST_MONTHS - 1)
    monkeypatch.setattr(axes, "order", lambda _: axes.Order(**rare, smallest=0.001, n_tests=6))
    found = verdicts._order(None)
    assert found.verdict == verdicts.CANNOT
    assert not any("share of shifts" in one.quantity for one in found.quantities)


@pytest.mark.parametrize(
    ("arm", "aze", "verdict"),
    [
        (-0.1, -0.1, verdicts.FULLY), (-0.1, 0.0, verdicts.PARTLY), (0.0, -0.1, verdicts.PARTLY),
        (0.0, 0.0, verdicts.CANNOT),
    ],
)  # fmt: skip
def test_closure_is_borne_out_in_part_if_one_recipient_keeps_to_its_set(
    monkeypatch, arm, aze, verdict
):
    monkeypatch.setattr(closure, "of_phase", orders_in({"ARM": arm, "AZE": aze}))
    monkeypatch.setattr(closure, "india_alone", lambda _: ALONE)
    assert verdicts._closure_of_orders(None).verdict == verdict


@pytest.mark.parametrize(
    ("links", "across", "verdict"),
    [
        (0, 1, verdicts.FULLY), (1, 1, verdicts.PARTLY), (0, 20, verdicts.PARTLY),
        (1, 20, verdicts.AGAINST),
    ],
)  # fmt: skip
def test_crossing_needs_neither_links_nor_more_trade_across(monkeypatch, links, across, verdict):
    monkeypatch.setattr(closure, "across", lambda _: closure.Across(links, 9, 0, 9, 0, 0, (), 2024))
    monkeypatch.setattr(axes, "trade", lambda _: trade(across, inside=10))
    assert verdicts._crossing(None).verdict == verdict


@pytest.mark.parametrize(
    ("rank", "gap", "p", "verdict"),
    [
        (1, 0.1, 0.04, verdicts.FULLY), (2, 0.1, 0.04, verdicts.PARTLY),
        (1, 0.1, 0.06, verdicts.PARTLY), (1, -0.1, 0.01, verdicts.PARTLY),
        (20, -0.1, 0.01, verdicts.AGAINST), (20, 0.1, 0.5, verdicts.AGAINST),
    ],
)  # fmt: skip
def test_votes_need_a_rank_in_the_first_twentieth_and_a_gap_beyond_blocs(
    monkeypatch, rank, gap, p, verdict
):
    found = axes.VoteSplit(Split(0.3, 0.2, 0.1, rank, 20), Interval(-1.0, 1.0))
    monkeypatch.setattr(axes, "vote_split", lambda *_: found)
    monkeypatch.setattr(axes, "blocs", lambda _: axes.Blocs(gap, p, 0.0, 1.0, {}, 190))
    assert verdicts._votes(None).verdict == verdict


def test_closure_is_denied_where_bounds_lie_above_zero(monkeypatch):
    monkeypatch.setattr(closure, "of_phase", lambda *_: closure.Orders(20, 1, 0.9, 0.5, 1.0))
    monkeypatch.setattr(closure, "india_alone", lambda _: ALONE)
    assert verdicts._closure_of_orders(None).verdict == verdicts.AGAINST


@pytest.mark.parametrize(
    ("n_inside", "n_across", "verdict"),
    [(4, 0, verdicts.FULLY), (3, 0, verdicts.AGAINST), (4, 1, verdicts.AGAINST)],
)
def test_commitment_needs_most_pairs_inside_and_none_across(
    monkeypatch, n_inside, n_across, verdict
):
    pair = ("AZE", "TUR")
    found = SimpleNamespace(
        inside=(pair,) * n_inside, across=(pair,) * n_across, n_covered=7, release="a release"
    )
    monkeypatch.setattr(axes, "commitment", lambda _: found)
    assert verdicts._commitment(None).verdict == verdict


@pytest.mark.parametrize(
    ("factors", "verdict"),
    [
        ((2.0, 2.0), verdicts.FULLY), ((2.1, 1.0), verdicts.CANNOT), ((2.1, 2.1), verdicts.AGAINST),
    ],
)  # fmt: skip
def test_size_must_be_near_in_each_release(monkeypatch, factors, verdict):
    one = SimpleNamespace(listed=1.0, total=1.0)
    monkeypatch.setattr(axes, "size", lambda _: axes.Size(one, one, *factors, 2024))
    assert verdicts._size(None).verdict == verdict


def test_every_implication_has_its_verdict_and_its_numbers(report):
    rows, file = verdicts.rows(report), verdicts.file(report)
    assert rows["Sign"].tolist() == verdicts.implied_rows()["Sign"].tolist()
    assert {*file["implication"]} == {*rows["Sign"]}
    shown = rows.set_index("Sign")["Verdict"].to_dict()
    assert file.groupby("implication")["verdict"].unique().map(list).to_dict() == {
        name: [verdict] for name, verdict in shown.items()
    }
    assert verdicts.n_borne_out(report) == (rows["Verdict"] == verdicts.FULLY).sum()
    assert verdicts.n_undecided(report) == (rows["Verdict"] == verdicts.CANNOT).sum()
    assert file[["value", "low", "high"]].notna().any(axis=1).all()


# Values of orders


def deals(*changes: dict) -> Report:
    """Return a report of orders of Armenia from India, each a change of a sound one."""
    sound = {
        "record_kind": "deal", "part_of": None, "superseded_by": None, "supplier": "IND",
        "recipient": "ARM", "system": "guns, 155 mm", "order_date": "2022", "status": "ordered",
        "value_usd_low": 1e8, "value_usd_high": 1.5e8, "register_deal_ids": (),
    }  # fmt: skip
    rows = [{"transfer_id": f"t{n}", **sound, **change} for n, change in enumerate(changes)]
    return with_frames(transfers=pd.DataFrame(rows))


def test_indian_orders_are_added_once_and_only_where_they_have_a_value():
    found = orders.indian(
        deals(
            {"register_deal_ids": ("d1", "d2")},
            {"value_usd_low": 2e8, "value_usd_high": 2e8},
            {"value_usd_low": None, "value_usd_high": None, "register_deal_ids": ("d3",)},
            {"status": "reported-unconfirmed"},
            {"superseded_by": "t0", "register_deal_ids": ("d4",)},
            {"record_kind": "aggregate"},
            {"supplier": "FRA"},
            {"recipient": "AZE"},
        )
    )
    assert (found.n_rows, found.n_counted, found.n_valued) == (4, 3, 2)
    assert (found.low, found.high) == (300, 350)
    assert (found.n_without_value, found.n_in_register) == (1, 2)


def test_a_replaced_order_is_shown_only_where_it_is_told_beside_the_other():
    small = deals(
        {}, {"superseded_by": "t0"},
        {"transfer_id": orders.REPLACED_BUT_SHOWN, "superseded_by": "t0"},
    )  # fmt: skip
    rows = orders.values(small).set_index("transfer_id")["counted"]
    assert rows.to_dict() == {"t0": True, orders.REPLACED_BUT_SHOWN: False}


def test_the_calibre_is_that_in_the_name_of_the_guns():
    assert orders.gun_calibre(deals({"transfer_id": orders.GUNS})) == 155
    with pytest.raises(DataError, match=r"transfers\.csv.*calibre.*howitzers"):
        orders.gun_calibre(deals({"transfer_id": orders.GUNS, "system": "howitzers"}))


def test_the_register_is_added_for_the_pair_alone():
    rows = pd.DataFrame(
        [("a", "IND", "ARM", 10, 4), ("b", "IND", "ARM", 5, 0), ("c", "IND", "AZE", 7, 7)],
        columns=["deal_id", "supplier", "recipient", "tiv_ordered", "tiv_delivered"],
    )
    assert orders.registered(with_frames(arms_deals=rows), "IND", "ARM") == (2, 15, 4)
