"""Suppliers, releases, deals and armed forces, counted by hand on small tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from azpak import Report, measures
from azpak.errors import MeasureError
from azpak.findings import forces, releases, suppliers, transfers
from support.mini import MiniPackage
from support.rows import with_tables

RELEASE = {"unit": "million", "source_id": "s1"}
OLDER, NEWER = "Database, older", "Database, newer"
CUMULATIVE = "tiv_cumulative_all_years_to_2025"


def loaded(mini: MiniPackage, **rows: list[dict[str, Any]]) -> Report:
    """Return the report of the miniature with these tables besides."""
    mini.rows["actors"] += [
        {"actor_id": code, "kind": "state", "name": name, "short_name": name}
        for code, name in (
            ("ARM", "Armenia"),
            ("IND", "India"),
            ("RUS", "Russia"),
            ("TUR", "Turkey"),
        )
    ]
    return with_tables(mini, **rows)


def delivered(*rows: tuple[str, str, int, float], release: str = OLDER) -> list[dict[str, Any]]:
    """Return deliveries by supplier, recipient and year, as the register lists them."""
    keys = ("supplier", "recipient", "year", "value")
    return [
        dict(zip(keys, row, strict=True)) | RELEASE
        | {"indicator": "tiv_deliveries", "release": release}
        for row in rows
    ]  # fmt: skip


def totals(release: str, *rows: tuple[str, str, int, float]) -> list[dict[str, Any]]:
    """Return totals by year, as a release publishes them."""
    return [
        row | {"indicator": "tiv_deliveries_total"} for row in delivered(*rows, release=release)
    ]


# Suppliers.

# 2000-2004: 90 from Russia, 10 from Turkey; 2005-2009: 30 from Turkey, 20 from Russia, 2 Pakistani.
TWO_PERIODS = delivered(
    ("RUS", "AZE", 2000, 90), ("TUR", "AZE", 2004, 10),
    ("TUR", "AZE", 2005, 30), ("RUS", "AZE", 2007, 20), ("PAK", "AZE", 2009, 2),
    ("RUS", "ARM", 2001, 7),
)  # fmt: skip


def test_the_span_of_a_register_is_that_of_the_recipient(mini):
    report = loaded(mini, arms_transfers_tiv=TWO_PERIODS)
    assert suppliers.years(report, "AZE") == (2000, 2009)
    assert suppliers.years(report, "ARM") == (2001, 2001)


def test_suppliers_over_all_years_and_by_period(mini):
    found = suppliers.supply(loaded(mini, arms_transfers_tiv=TWO_PERIODS), "AZE")
    assert found.shares["tiv"].to_dict() == {"RUS": 110, "TUR": 40, "PAK": 2}
    assert (found.tiv, found.release) == (152, OLDER)
    assert found.concentration.index == pytest.approx((110**2 + 40**2 + 2**2) / 152**2)
    firsts = found.periods[["first", "last", "first_supplier", "first_share"]]
    assert firsts.to_numpy().tolist() == [[2000, 2004, "RUS", 0.9], [2005, 2009, "TUR", 30 / 52]]
    assert (found.fullest["period"], found.latest["period"]) == ("2000/2004", "2005/2009")


def test_a_period_less_concentrated_than_all_years_is_refused(mini):
    rows = delivered(("RUS", "AZE", 2000, 100), ("RUS", "AZE", 2005, 1), ("TUR", "AZE", 2005, 1))
    with pytest.raises(AssertionError, match="a period is less concentrated than all years"):
        suppliers.azerbaijan(loaded(mini, arms_transfers_tiv=rows))


def test_a_fullest_period_that_is_not_the_most_concentrated_is_refused(mini):
    rows = delivered(("RUS", "AZE", 2000, 5), ("TUR", "AZE", 2001, 5), ("TUR", "AZE", 2005, 2))
    with pytest.raises(AssertionError, match="2000/2004, is not the most concentrated, 2005/2005"):
        suppliers.azerbaijan(loaded(mini, arms_transfers_tiv=rows))


# Each period has one supplier, a different one: the whole has two.
FOLLOWING = delivered(("RUS", "AZE", 2000, 3), ("TUR", "AZE", 2005, 1), ("RUS", "ARM", 2002, 7))


def test_the_table_of_concentration_ends_with_all_years(mini):
    report = loaded(mini, arms_transfers_tiv=FOLLOWING)
    rows = suppliers.concentration_file(report)
    assert rows["period"].tolist() == ["2000/2004", "2005/2005", "2000/2005"]
    assert rows["effective_number"].tolist() == pytest.approx([1, 1, 1 / (0.75**2 + 0.25**2)])
    assert rows["first_supplier"].tolist() == ["RUS", "TUR", "RUS"]
    assert suppliers.shares_by_period(report)["tiv_million"].tolist() == [3, 1]


def test_armenia_is_seen_in_the_years_of_azerbaijan_and_must_be_more_concentrated(mini):
    late = delivered(("IND", "ARM", 2010, 9), ("TUR", "ARM", 2003, 7))
    report = loaded(mini, arms_transfers_tiv=[*FOLLOWING, *late[:1]])
    assert suppliers.armenia(report)["supplier"].tolist() == ["RUS"]
    mini.rows["arms_transfers_tiv"] = [*FOLLOWING, *late]
    with pytest.raises(AssertionError, match="Armenia's suppliers are less concentrated"):
        suppliers.armenia(Report.load(mini.write().directory))


def test_moving_windows_do_not_hang_on_where_periods_begin(mini):
    # Eight years, Russia in the first five and Türkiye in the last three, twice as much a year.
    rows = delivered(*(("RUS", "AZE", y, 1) for y in range(2000, 2005)),
                     *(("TUR", "AZE", y, 2) for y in range(2005, 2008)))  # fmt: skip
    found = suppliers.windows(loaded(mini, arms_transfers_tiv=rows))
    assert (found.n, found.leaders) == (4, ("RUS", "TUR"))
    assert found.n_of == {"RUS": 2, "TUR": 2}  # 5:0, 4:2, 3:4, 2:6
    assert (found.low, found.high) == (1, pytest.approx(1 / ((3 / 7) ** 2 + (4 / 7) ** 2)))


def test_an_unknown_supplier_is_none_that_is_named(mini):
    rows = delivered(("RUS", "AZE", 2000, 3), ("UNK", "AZE", 2001, 1), ("TUR", "AZE", 2005, 5))
    found = suppliers.concentration_file(loaded(mini, arms_transfers_tiv=rows))
    assert found["n_named"].tolist() == [1, 1, 2]
    assert found["n_suppliers"].tolist() == [2, 1, 3]


def test_the_five_largest_and_pakistan_stand_alone_and_the_rest_is_summed(mini):
    names = ("RUS", "TUR", "ISR", "UKR", "BLR", "USA", "ITA")
    rows = delivered(
        *((n, "AZE", 2000, 70 - 10 * i) for i, n in enumerate(names)), ("PAK", "AZE", 2002, 1)
    )
    found = suppliers.by_year(loaded(mini, arms_transfers_tiv=rows))
    assert list(found) == ["RUS", "TUR", "ISR", "UKR", "BLR", "PAK", suppliers.OTHERS]
    assert found.loc[2000].tolist() == [70, 60, 50, 40, 30, 0, 30]
    assert found.loc[2001].tolist() == [0] * 7  # a year without deliveries is a row
    assert found.loc[2002, "PAK"] == 1


def test_deliveries_of_two_releases_are_refused(mini):
    rows = [*delivered(("RUS", "AZE", 2000, 1)), *delivered(("TUR", "AZE", 2001, 1), release=NEWER)]
    with pytest.raises(
        MeasureError, match="deliveries to AZE: the rows come from several releases"
    ):
        suppliers.deliveries(loaded(mini, arms_transfers_tiv=rows), "AZE")


def test_supplier_totals_to_azerbaijan_are_those_of_the_register(real):
    totals = suppliers.supply(real, "AZE").shares["tiv"].round(1)
    expected = {"RUS": 2191.1, "ISR": 894.2, "UKR": 487.8, "BLR": 332.8, "TUR": 166.2, "PAK": 2.4}
    assert {state: totals[state] for state in expected} == expected


def test_israel_and_russia_in_2016_2020_are_near_what_sipri_published(real):
    # SIPRI printed 69 and 17 per cent in 2021; the register has been revised since.
    share = suppliers.shares(real, "AZE", 2016, 2020).set_index("supplier")["share"]
    assert share["ISR"] == pytest.approx(0.69, abs=0.02)
    assert share["RUS"] == pytest.approx(0.17, abs=0.02)


def test_the_register_gives_indices_within_their_limits_and_shares_that_add_up(real):
    found = suppliers.azerbaijan(real)
    assert found.periods["tiv"].sum() == pytest.approx(found.tiv)
    for row in found.periods.itertuples():
        shares = suppliers.shares(real, "AZE", row.first, row.last)["share"]
        assert shares.sum() == pytest.approx(1)
        assert 1 / row.n_suppliers <= measures.herfindahl(shares).index <= 1
        assert 1 <= row.effective_low <= row.effective_high


# Two releases.


def two_releases(mini: MiniPackage, **changed: list[dict[str, Any]]) -> Report:
    cumulative = delivered(("PAK", "AZE", 2025, 12), release=NEWER)
    rows = {
        "listed": delivered(("PAK", "AZE", 2018, 2), ("RUS", "AZE", 2019, 18)),
        "old": totals(
            OLDER, ("ALL", "AZE", 2018, 2), ("ALL", "AZE", 2019, 18), ("PAK", "ALL", 2018, 2)
        ),
        "new": totals(
            NEWER, ("ALL", "AZE", 2018, 2), ("ALL", "AZE", 2019, 23), ("ALL", "AZE", 2025, 15),
            ("PAK", "ALL", 2018, 3), ("PAK", "ALL", 2025, 11),
        ),
        "cumulative": [row | {"indicator": CUMULATIVE} for row in cumulative],
    } | changed  # fmt: skip
    return loaded(mini, arms_transfers_tiv=[row for part in rows.values() for row in part])


def test_two_releases_stand_side_by_side_and_are_not_joined(mini):
    found = releases.two(two_releases(mini), "PAK", "AZE")
    assert (found.older, found.newer) == (OLDER, NEWER)
    assert (found.last, found.newer_last, found.listed_years) == (2019, 2025, (2018,))
    assert (found.listed, found.listed_share) == (2, 0.1)  # 2 of 20
    assert (found.total, found.total_share) == (12, 0.3)  # 12 of 2 + 23 + 15
    assert found.difference == 10
    assert found.imports["older"].dropna().to_dict() == {2018: 2, 2019: 18}
    assert found.imports.at[2025, "newer"] == 15


def test_what_a_release_revised_is_what_both_have(mini):
    found = releases.two(two_releases(mini), "PAK", "AZE")
    assert found.revised_exports.to_dict() == {2018: 1}  # 2025 is new and no revision
    assert found.growth_of_imports(2018, 2019) == 0.25  # 25 over 20
    assert found.growth_of_imports(2018, 2018) == 0


def test_a_pair_without_a_total_in_the_later_release_is_refused(mini):
    with pytest.raises(MeasureError, match="the later release has 0 totals for PAK to AZE"):
        releases.two(two_releases(mini, cumulative=[]), "PAK", "AZE")


def test_each_release_is_a_column_of_the_table(mini):
    rows = releases.compared_rows(two_releases(mini))
    assert list(rows) == ["Deliveries to Azerbaijan", "Older", "Newer"]
    assert rows["Newer"].tolist()[:4] == ["12", "40.0", "30.00", "totals only"]


def test_other_pairs_have_two_releases_too(real):
    assert releases.two(real, "IND", "ARM").total > 0


# Deals.


def deal(deal_id: str, order_year: int, **more: Any) -> dict[str, Any]:
    """Return an entry of the register, Pakistani to Azerbaijan unless said otherwise."""
    flags = ("order_year_estimated", "number_ordered_estimated", "number_delivered_estimated")
    return dict.fromkeys(flags, "false") | {
        "deal_id": deal_id, "supplier": "PAK", "recipient": "AZE", "order_year": order_year,
        "weapon": "Type", "category": "tank", "condition": "new", "number_ordered": 1200,
        "release": OLDER, "source_id": "s1",
    } | more  # fmt: skip


SERIES = delivered(("PAK", "AZE", 2018, 2))


def test_the_one_deal_before_the_series_is_found(mini):
    early = deal("early", 1993, delivery_years="1993;1994")
    deals = [early, deal("late", 2017, delivery_years="2018"), deal("never", 1992)]
    report = loaded(mini, arms_transfers_tiv=SERIES, arms_deals=deals)
    assert transfers.before_the_series(report).name == "early"
    mini.rows["arms_deals"].append(early | {"deal_id": "other"})
    with pytest.raises(MeasureError, match="2 deals stand before the series, which begins in 2018"):
        transfers.before_the_series(Report.load(mini.write().directory))


def test_deals_that_armed_armenia_in_the_years_before_the_series_are_counted(mini):
    years = {"early": "1993;1994", "a": "1994;1995", "b": "1995", "c": ""}
    first, *others = (deal(name, 1993, delivery_years=of) for name, of in years.items())
    deals = [first, *(row | {"recipient": "ARM", "supplier": "RUS"} for row in others)]
    report = loaded(mini, arms_transfers_tiv=SERIES, arms_deals=deals)
    assert transfers.early_to_armenia(report) == (1, ("RUS",))


def test_the_share_that_rests_on_estimates_is_one_of_volume(mini):
    guessed = {"number_delivered_estimated": "true"}
    deals = [
        deal("a", 2000, tiv_delivered=30) | guessed, deal("b", 2000, tiv_delivered=10),
        deal("c", 2000, tiv_delivered=0) | guessed,
        deal("d", 2000, tiv_delivered=50, recipient="ARM") | guessed,
    ]  # fmt: skip
    assert transfers.estimated_share(loaded(mini, arms_deals=deals), "AZE") == 0.75


def test_registers_count_once_when_deals_and_deliveries_come_from_one(mini):
    rows = {"arms_deals": [deal("a", 2017)], "arms_transfers_tiv": SERIES}
    assert transfers.registers(loaded(mini, **rows), "PAK", "AZE") == (OLDER,)
    assert transfers.registers(loaded(mini, **rows), "RUS", "AZE") == ()


def gathered(mini: MiniPackage) -> Report:
    """One deal that both have, one of the register in a total, one of it alone, one earlier."""
    total, ours = mini.rows["transfers"]
    total |= {"register_deal_ids": "summed", "quantity_low": "", "quantity_high": ""}
    ours |= {"register_deal_ids": "both", "part_of": "", "order_date_kind": "contract"}
    other = ours | {"transfer_id": "x", "register_deal_ids": "", "supplier": "IND"}
    mini.rows["transfers"].append(other | {"recipient": "ARM", "status": "reported-unconfirmed"})
    deals = [
        deal("both", 2017), deal("summed", 2018), deal("early", 2016),
        deal("alone", 2019, recipient="ARM", supplier="UNK", order_year_estimated="true"),
        deal("elsewhere", 2019, recipient="IND"), deal("same-year", 2017),
    ]  # fmt: skip
    return loaded(mini, arms_deals=deals)


def test_gathered_deals_are_told_from_totals_and_from_the_register(mini):
    found = transfers.gathered(gathered(mini))
    assert found.deals.set_index("transfer_id")["in_register"].to_dict() == {
        "ten": True,
        "x": False,
    }
    assert found.separate["transfer_id"].tolist() == ["ten"]  # the other is unconfirmed
    assert (found.matched, found.in_totals) == ({"both"}, {"summed"})
    assert found.of("IND")["transfer_id"].tolist() == ["x"]


def test_the_register_is_compared_from_the_first_deal_that_both_have(mini):
    found = transfers.alone(gathered(mini))
    assert (found.since, found.deals.index.tolist()) == (
        2017,
        ["alone", "same-year", "summed"],
    )
    assert (found.n_in_totals, found.n_of("AZE"), found.n_of("ARM")) == (1, 2, 1)


def test_deals_print_with_the_marks_of_their_sources(mini):
    report = gathered(mini)
    here, alone = transfers.gathered_rows(report), transfers.alone_rows(report)
    assert here["Gathered here"].tolist() == [
        "Pakistan to Azerbaijan: Trainer; number unknown; 2017, by reports; ordered",
        "Pakistan to Azerbaijan: Trainer; 8 to 10; 2017, contract; ordered",
        "India to Armenia: Trainer; 8 to 10; 2017, contract; unconfirmed",
    ]
    assert here["Found in"].tolist() == ["both, as a total", "both", "here only"]
    assert alone.iloc[0].tolist() == [
        "supplier unknown, Armenia", "Type, tank", "2019 (est.)", "1,200", "unknown",
    ]  # fmt: skip
    assert transfers.gathered_file(report)["source_ids"].tolist() == ["s1;s3"] * 3


def test_no_gathered_deal_counts_twice(real):
    counted = set(transfers.gathered(real).separate["transfer_id"])
    assert {"pak-aze-jf17-block3-2024", "ind-arm-kalyani-155-2022"} <= counted
    assert not {"pak-aze-jf17-expansion-2025", "ind-arm-atags-2023"} & counted
    assert "pak-aze-jf17-21-claim-2021" not in counted


def test_every_register_deal_of_a_transfer_has_its_supplier_and_recipient(real):
    deals = real.table("arms_deals").set_index("deal_id")
    for row in real.table("transfers").itertuples():
        for deal_id in row.register_deal_ids:
            entry = deals.loc[deal_id]
            assert (entry["supplier"], entry["recipient"]) == (row.supplier, row.recipient)


# Armed forces.


def spent(indicator: str, **by_state: dict[int, float]) -> list[dict[str, Any]]:
    return [
        RELEASE | {"iso3": state, "year": year, "indicator": indicator, "value": value,
                   "release": OLDER}
        for state, values in by_state.items()
        for year, value in values.items()
    ]  # fmt: skip


def test_spending_is_compared_within_and_after_the_special_allocations(mini):
    aze = {2010: 10, 2011: 40, 2015: 60, 2016: 15, 2020: 45}
    rows = spent(forces.DOLLARS, AZE=aze, ARM={2010: 10, 2011: 10, 2015: 10, 2016: 10, 2019: 25})
    rows += spent(forces.SHARE_OF_GDP, AZE={2010: 2.5})
    rows[0] |= {"flag": "sipri_estimate"}
    found = forces.spending(loaded(mini, milex_sipri=rows))
    assert (found.special, found.after, found.year) == ((2011, 2015), 2016, 2020)
    assert found.ratio.to_dict() == {2010: 1, 2011: 4, 2015: 6, 2016: 1.5}  # years that both have
    assert found.special_ratio.to_dict() == {2011: 4, 2015: 6}
    assert (found.fall, found.factor("AZE")) == (0.75, 3)
    assert found.estimated.loc["AZE"].tolist() == [1, 2010, 2010]


def test_years_missing_are_those_of_the_longest_span(mini):
    values = {2010: 1, 2011: 1, 2012: 1, 2016: 1}
    rows = spent(
        forces.DOLLARS, AZE={2010: 1, 2012: 1, 2016: 1}, ARM=values, PAK=values, IND=values,
        TUR=values | {2013: 1},
    )  # fmt: skip
    found = forces.years_missing(loaded(mini, milex_sipri=rows))
    assert found["AZE"] == [2011, 2013, 2014, 2015]
    assert found["TUR"] == [2014, 2015]


def test_personnel_that_repeats_leaps_and_stands_still(mini):
    aze = {2000: 10_000, 2001: 50_000, 2002: 50_010, 2003: 50_300, 2004: 50_300}
    arm = {2000: 10_000, 2001: 14_000, 2004: 14_500}
    rows = spent(
        "persons", AZE=aze, ARM=arm, PAK={2000: 10, 2001: 13}, IND={2004: 9}, TUR={2004: 9}
    )
    report = loaded(mini, armed_forces_personnel=rows)
    found = forces.personnel(report)
    printed = forces.steps_and_repeats(report).fillna("").astype(str).values.tolist()
    assert printed[0][1:] == ["10,000", "50,000", "50,300", "2 of 4 years"]
    assert printed[2][1:] == ["10", "13", "", "0 of 1 years"]  # no number in the last year
    assert found.repeated.to_dict() == {"AZE": 2, "ARM": 0, "PAK": 0, "IND": 0, "TUR": 0}
    assert (found.step, found.sharing) == (2001, ("ARM",))  # 1.3 times is no step
    assert (found.flat_since, found.last) == (2001, 2004)


def test_a_number_that_comes_back_is_not_flat_in_between():
    persons = pd.Series({2000: 100, 2001: 120, 2002: 100.5, 2003: 100})
    assert forces.flat_since(persons) == 2002


def test_spending_of_two_releases_is_refused(mini):
    rows = spent(forces.DOLLARS, AZE={2010: 1, 2011: 2})
    rows[1] |= {"release": NEWER}
    with pytest.raises(MeasureError, match="military spending: the rows come from several"):
        forces.spending(loaded(mini, milex_sipri=rows))
