"""The ties between the two sets: what is gathered, which phase it falls in, whom it joins."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak import Report, tables
from azpak.errors import DataError
from azpak.findings import chronology, closure, ties
from azpak.measures import countable, ties_of
from azpak.measures.ties import KINDS
from support.rows import with_frames


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def of_these(
    editions: dict[str, str] | None = None, entries: dict[str, int] | None = None, **more
) -> Report:
    """Return a report with the two acts of relations, some exercises and entries of the register.

    Editions are given as ``{"AZE-PAK": "2019-09"}``, entries as ``{"IND-ARM": 2021}``.
    """
    events = tables.load("events")
    exercises = [
        {"exercise_id": f"x{n}", "date": date, "participants_named": tuple(names.split("-")),
         "event_id": None, "source_ids": ("s",)}
        for n, (names, date) in enumerate((editions or {}).items())
    ]  # fmt: skip
    register = [
        {"deal_id": f"d{n}", "supplier": names[:3], "recipient": names[-3:], "order_year": year,
         "order_year_estimated": False, "category": "missile", "source_id": "s"}
        for n, (names, year) in enumerate((entries or {}).items())
    ]  # fmt: skip
    return with_frames(
        events=events[events["event_id"].isin(ties.RELATIONS)],
        transfers=tables.load("transfers").iloc[:0],
        exercises=pd.DataFrame(
            exercises,
            columns=["exercise_id", "date", "participants_named", "event_id", "source_ids"],
        ),
        arms_deals=pd.DataFrame(
            register,
            columns=["deal_id", "supplier", "recipient", "order_year", "order_year_estimated",
                     "category", "source_id"],
        ),
        **more,
    )  # fmt: skip


# The sets and the phases


def test_the_sets_share_no_state_and_the_large_suppliers_are_in_neither():
    one, other = (set(states) for states in ties.SETS.values())
    assert not one & other
    assert not (one | other) & {*ties.OTHERS}
    assert {*ties.SET_OF} == {*ties.MEMBERS} == one | other


def test_every_kind_of_tie_is_told_in_one_strand():
    told = [kind for kinds in ties.STRANDS.values() for kind in kinds]
    assert sorted(told) == sorted(KINDS)


def test_a_date_falls_in_the_phase_of_its_middle(report):
    assert ties.phase_of(report, "2020") == "bridge"
    assert ties.phase_of(report, "2020-09-27") == "trilateral"
    assert ties.phase_of(report, "2016/2017-01") == "institutions"
    assert ties.phase_of(report, "1989") is None and ties.phase_of(report, None) is None


def test_a_tie_that_lasts_falls_in_the_phase_in_which_it_began(report):
    assert ties.phase_of(report, "2018/..") == "bridge"


def test_the_last_phase_has_no_last_year(report):
    first, last = ties.years_of(report, chronology.periods(report)["phase_id"].iloc[-1])
    assert last is None and first > 2020
    assert ties.years_of(report, "institutions") == (2002, 2016)


# What is gathered


def test_the_ties_of_the_data_are_unique_dated_in_order_and_of_known_kinds(report):
    names = ("events", "claims", "transfers", "exercises", "arms_deals")
    found = ties_of(*(report.table(name) for name in names))
    assert found["tie_id"].is_unique
    assert set(found["kind"]) == set(KINDS)
    years = found["date"].dropna().str.extract(r"(\d{4})")[0].astype(int)
    assert years.is_monotonic_increasing
    assert found["date"].isna().sum() == found["date"].isna()[::-1].cumprod().sum()


def test_the_certain_deals_of_the_data_hold_every_countable_transfer_once(report):
    names = ("events", "claims", "transfers", "exercises", "arms_deals")
    found = ties_of(*(report.table(name) for name in names))
    deals = found[(found["kind"] == "deal") & found["certain"]]
    transfers = countable(report.table("transfers"))
    assert set(transfers["transfer_id"]) <= set(deals["tie_id"])
    joined = {entry for ids in transfers["register_deal_ids"] for entry in ids}
    assert joined.isdisjoint(deals["tie_id"])
    register = report.table("arms_deals").query("supplier != 'UNK'")
    assert len(deals) == len(transfers) + len(register) - len(joined & set(register["deal_id"]))


def test_a_tie_with_one_state_of_the_ten_is_not_gathered():
    small = of_these({"AZE-KAZ": "2019", "AZE-ISR": "2018", "RUS-KAZ": "2017"})
    found = ties.gathered(small)
    assert found.loc[found["kind"] == "exercise", "states"].tolist() == [("AZE", "ISR")]
    assert found.loc[found["kind"] == "exercise", "inside"].tolist() == [("AZE",)]


def test_an_act_of_relations_is_a_tie_though_it_is_no_agreement_by_category():
    found = ties.gathered(of_these())
    assert {*found["tie_id"]} == {*ties.RELATIONS}


def test_a_tie_of_three_states_makes_three_links_and_counts_once_inside():
    small = of_these({"AZE-PAK-TUR": "2021-09"})
    links = ties.links(small)
    assert (links["kind"] == "exercise").sum() == 3
    inside = ties.inside(small)
    assert inside.loc[inside["kind"] == "exercise", "states"].tolist() == [("AZE", "PAK", "TUR")]


def test_what_is_uncertain_or_before_the_first_phase_is_no_link():
    deals = tables.load("transfers")
    talk = deals[deals["status"] == "reported-unconfirmed"].head(1)
    small = of_these(entries={"RUS-ARM": 1989})
    small.table = lambda name, real=small.table: talk if name == "transfers" else real(name)
    assert talk["transfer_id"].item() in {*ties.gathered(small)["tie_id"]}
    assert "deal" not in {*ties.links(small)["kind"]}


def test_strands_count_documents_of_both_kinds_together_by_phase_and_pair():
    small = of_these({"PAK-AZE": "2018", "AZE-PAK": "2019"}, {"PAK-AZE": 2018})
    rows = ties.strands(small).set_index(["phase", "a", "b", "strand"])["ties"]
    assert rows.xs("bridge").to_dict() == {
        ("AZE", "PAK", "arms orders"): 1, ("AZE", "PAK", "exercises"): 2,
    }  # fmt: skip
    assert rows.loc[("recognition", "AZE", "PAK", "agreements, declarations")] == 1


# Treaties in data of others


def treaty_data(agreements: dict[str, str], alliances: list[tuple]) -> Report:
    """Return a report of defence agreements (``{"AZE-PAK": "2002"}``) and alliance treaties."""
    return of_these(
        entries={"PAK-AZE": 2018, "IND-ARM": 2021},
        defence_agreements=pd.DataFrame(
            [
                {"record_id": f"r{n}", "party_a": names[:3], "party_b": names[-3:], "date": date}
                for n, (names, date) in enumerate(agreements.items())
            ]
        ),
        alliances_atop=pd.DataFrame(
            alliances, columns=["atop_id", "party_a", "party_b", "start_year", "bilateral"]
        ),
    )


TREATIES = {
    "AZE-PAK": "2002-05", "TUR-AZE": "1992", "PAK-TUR": "1954", "AZE-ARM": "2000",
    "AZE-RUS": "1997",
}  # fmt: skip
ALLIANCES = [(1, "ARM", "IND", 1995, True), (2, "ARM", "FRA", 1992, False)]


def test_a_treaty_of_two_members_of_one_set_counts_since_the_first_year_shown():
    rows = ties.treaties(treaty_data(TREATIES, ALLIANCES))
    assert rows[["set", "states", "date"]].to_numpy().tolist() == [
        ["azerbaijan", ("AZE", "TUR"), "1992"],
        ["armenia", ("ARM", "IND"), "1995"],
        ["azerbaijan", ("AZE", "PAK"), "2002-05"],
    ]
    assert rows["tie_id"].tolist() == ["r1", "ATOP 1", "r0"]


def test_a_set_is_told_by_the_two_states_that_name_it():
    small = treaty_data(TREATIES, ALLIANCES)
    one, other = (ties.of_set(small, name) for name in ties.SETS)
    # Relations of 1992 and the order of 2018; the treaty with Türkiye is older and not theirs.
    assert one == (2, 2, 1992, 2002, 2018, 1)
    assert other == (1, 1, 2021, 1995, 2021, 0)


def test_the_first_year_is_that_of_these_states_alone():
    rows = pd.DataFrame(
        {"states": [("A", "B", "C"), ("A", "B"), ("A", "B")], "date": ["1999", "2005", "2003-04"]}
    )
    assert ties.first_year(rows, ("A", "B")) == 2003


def test_records_of_two_states_count_in_either_order_since_the_first_year_shown():
    small = treaty_data({"AZE-IRN": "2005", "IRN-AZE": "1991-12", "AZE-TUR": "1990"}, ALLIANCES)
    assert ties.n_records(small, "IRN", "AZE") == 2
    assert ties.n_records(small, "TUR", "AZE") == 0


def test_the_treaty_data_end_when_their_last_record_and_their_description_say(monkeypatch):
    small = treaty_data(TREATIES, ALLIANCES)
    monkeypatch.setattr(small, "resource", lambda _: {"description": "These data end in 2018."})
    assert ties.last_years(small) == (2002, 2018)


def test_a_description_without_the_last_year_is_named(monkeypatch):
    small = treaty_data(TREATIES, ALLIANCES)
    monkeypatch.setattr(small, "resource", lambda _: {"description": "Treaties."})
    with pytest.raises(DataError, match=r"datapackage\.json.*when its data end"):
        ties.last_years(small)


# How closed the sets are


def test_links_across_are_counted_in_the_last_phase_and_before():
    small = of_these(
        {"AZE-IRN": "2025-02", "TUR-GRC": "2025-04", "AZE-PAK": "2025-03", "PAK-IRN": "2019-01"},
        {"RUS-ARM": 2018},
    )
    found = closure.across(small)
    # Now: two exercises and the relations of 2025 across, one exercise inside. Before: one
    # exercise across, one order from outside and the relations of 1992 inside.
    assert (found.now, found.n_now, found.before, found.n_before) == (3, 4, 1, 3)
    assert (found.from_exercises, found.n_exercises) == (2, 2)
    assert found.joined_by == ("GRC", "IRN")
    assert found.since == ties.years_of(small, "realignment")[0]
    assert closure.network(small).counts[:3] == (2, 4, 1)


def test_the_index_without_a_state_leaves_out_its_ties():
    small = of_these({"AZE-IRN": "2025-02"}, {"RUS-ARM": 2018, "RUS-AZE": 2019, "IND-ARM": 2021})
    # Inside: IND-ARM and the relations of 1992. Across: AZE-IRN and the relations of 2025.
    assert closure.network(small).counts.index == pytest.approx((4 - 2) / 6)
    assert closure.without(small, "RUS") == pytest.approx((2 - 2) / 4)


ORDERS = {"RUS-ARM": 2005, "FRA-ARM": 2021, "IND-ARM": 2022, "UNK-ARM": 2022, "ISR-AZE": 2021}


def test_an_order_of_a_known_supplier_falls_in_the_phase_of_the_middle_of_its_year():
    orders = closure.orders_of(of_these(entries=ORDERS), "ARM")
    assert orders["supplier"].tolist() == ["RUS", "FRA", "IND"]
    assert orders["phase"].tolist() == ["institutions", "trilateral", "trilateral"]
    assert orders[["a", "b"]].to_numpy().tolist() == [
        ["ARM", "RUS"],
        ["ARM", "FRA"],
        ["ARM", "IND"],
    ]
    assert closure.orders_of(of_these(entries={"IND-ARM": 2020}), "ARM")["phase"].item() == "bridge"


def test_closure_of_orders_is_that_of_each_recipient_in_its_own_set():
    small = of_these(entries=ORDERS)
    # By Clopper and Pearson a share of two of two is at least the root of 0.025, that of none of
    # one at most 0.975.
    both, none = (2, 2, -1, -1, 1 - 2 * 0.025**0.5), (1, 0, 1, 1 - 2 * 0.975, 1)
    assert closure.of_phase(small, "ARM", "trilateral") == pytest.approx(both)
    assert closure.of_phase(small, "ARM", "institutions") == pytest.approx(none)
    assert closure.of_phase(small, "AZE", "trilateral") == pytest.approx(none)
    rows = closure.order_rows(small)
    empty = rows[rows["orders"] == 0]
    assert empty[["index", "low", "high", "without_low"]].isna().all(axis=None)


def test_one_supplier_left_out_takes_its_own_orders_and_no_other():
    rows = closure.order_rows(of_these(entries={"TUR-AZE": 2021, "ISR-AZE": 2022}))
    row = rows[(rows["recipient"] == "AZE") & (rows["phase"] == "trilateral")].iloc[0]
    assert (row["index"], row["without_low"], row["without_high"]) == (0, -1, 1)


def test_suppliers_after_the_war_are_counted_and_armenia_may_have_two():
    small = of_these(entries=ORDERS | {"TUR-AZE": 2022})
    assert closure.suppliers(small, "ARM") == {"FRA": 1, "IND": 1}
    assert closure.suppliers(small, "AZE") == {"ISR": 1, "TUR": 1}
    assert closure.outsiders(small, "AZE") == ["ISR"]
    with pytest.raises(AssertionError, match="another supplier"):
        closure.suppliers(of_these(entries=ORDERS | {"IRN-ARM": 2022}), "ARM")


def test_with_india_alone_a_french_order_is_one_from_outside():
    found = closure.india_alone(of_these(entries=ORDERS))
    assert found.counts[:3] == (1, 0, 1)
    assert found.counts.index == 0
    with pytest.raises(AssertionError, match="India alone"):
        # Six of six from India: a share of at least 0.54, so an index below zero within bounds.
        closure.india_alone(of_these(entries={f"IND-{n}-ARM": 2022 for n in range(6)}))
