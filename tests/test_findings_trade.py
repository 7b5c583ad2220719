"""Trade as stated and as measured: worked out by hand on a small package, kept on the real one."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.errors import DataError, MeasureError
from azpak.findings import armenian_trade, trade, trade_travel
from support.rows import delivered, stated, with_tables


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


# Four years of official figures, of which the third more than doubles the second and is told by
# two that exclude each other, and one statement that speaks of several years.
PAIR = [
    stated("2020", "10"), stated("2021", "8"), stated("2022", "20"),
    stated("2022", "22", source_id="s2"), stated("2023", "21"),
    stated("2010/2011", turnover_low="5", turnover_high="7", period_type="range", status="claim"),
    stated("2020-07/2021-06", exports="15", imports="3", period_type="fiscal-year",
           reporter="PAK", partner="AZE", trade_id=trade.FISCAL),
    stated("2020", "10", exports="1", imports="9", trade_id=trade.CALENDAR),
]  # fmt: skip


def of_india(year: int, exports: int, origin: int, consigned: int) -> dict[str, str]:
    return stated(
        str(year), reporter="ARM", partner="IND", status=trade.OFFICE_SERIES,
        exports=str(exports), imports=str(origin), imports_consignment=str(consigned),
    )  # fmt: skip


# The statements.


def test_the_step_is_the_year_in_which_official_figures_grew_most(mini):
    pair = trade.of_pair(with_tables(mini, trade=PAIR))
    assert (pair.first, pair.last, pair.step, pair.widest) == (2020, 2023, 2022, 2010)
    assert pair.rise == (2.1, 2.1)
    assert pair.n_band_years == 2


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([row for row in PAIR if row["turnover"] != "22"], "do not exclude each other"),
        ([*PAIR, stated("2021", "11")], "did not double"),
        ([row for row in PAIR if row["period_type"] != "range"], "not one statement speaks"),
        (
            [*PAIR, stated("2012/2013", "4", period_type="range")],
            "not one statement speaks of several",
        ),
    ],
)
def test_what_the_prose_says_of_the_pair_is_refused_where_it_does_not_hold(mini, rows, fault):
    with pytest.raises(MeasureError, match=fault):
        trade.of_pair(with_tables(mini, trade=rows))


def test_exports_and_imports_stand_for_a_turnover_that_is_not_stated(mini):
    rows = [
        stated("2020", exports="2", imports="3"),
        stated("2021", exports="2", imports="3", turnover="6"),
        stated("2022", exports="2", imports="3", turnover_low="8"),
    ]
    found = trade.stated(with_tables(mini, trade=rows), "PAK", "AZE").statements
    assert found["low"].tolist() == [5, 6, 8]
    assert found["high"].fillna(-1).tolist() == [5, 6, -1]


def test_only_trade_in_all_goods_of_the_two_states_is_theirs(mini):
    rows = [
        stated("2020", "1", trade_id="ours"),
        stated("2020", "1", reporter="PAK", partner="AZE", trade_id="theirs"),
        stated("2020", "1", product="rice", trade_id="rice"),
        stated("2020", "1", partner="TUR", trade_id="turkish"),
    ]
    found = trade.goods(with_tables(mini, trade=rows), "AZE", "PAK")
    assert found["trade_id"].tolist() == ["ours", "theirs"]


def test_a_row_of_another_time_than_its_sentence_is_refused(mini):
    report = with_tables(mini, trade=PAIR)
    assert trade.row(report, trade.CALENDAR, year=2020, kind="year")["imports"] == 9
    with pytest.raises(DataError, match="not of 2021, as a sentence has it"):
        trade.row(report, trade.CALENDAR, year=2021)
    with pytest.raises(DataError, match="is no range"):
        trade.row(report, trade.CALENDAR, kind="range")
    with pytest.raises(DataError, match=r"trade\.csv.*no such row.*nowhere"):
        trade.row(report, "nowhere")


def test_statements_print_with_their_open_side_and_whose_they_are(mini):
    open_sides = [
        stated("2024", turnover_low="28.1"),
        stated("2019", turnover_high="100", status="claim", source_id="s4"),
        stated("2018-01/2018-05", "1200", period_type="part-year"),
    ]
    rows = trade.statement_rows(with_tables(mini, trade=[*PAIR, *open_sides]))
    told = rows.set_index("Period")
    assert told["Million US dollars"].loc[["2024", "2019"]].tolist() == [
        "more than 28.1", "nearly 100",
    ]  # fmt: skip
    assert told.at["January to May 2018", "Million US dollars"] == "1,200"
    assert told.at["January to May 2018", "Is said of"] == "part of a year"
    assert told.at["2010 to 2011", "Million US dollars"] == "5 to 7"
    assert told.at["2019", "Who says so"] == "Azerbaijani, claim {cite}`s4`"
    assert rows["Period"].tolist() == [  # in the order of time, not of the table
        "2010 to 2011", "January to May 2018", "2019", "2020", "2020", "July 2020 to June 2021",
        "2021", "2022", "2022", "2023", "2024",
    ]  # fmt: skip
    assert len(rows) == len(PAIR) + 3


# The two states' own counts.


def test_the_two_counts_are_compared_as_if_of_the_same_months(mini):
    counts = trade.two_counts(with_tables(mini, trade=PAIR))
    assert counts.fiscal_sum == 18
    assert counts.years == (2020, 2021)
    assert counts.to_azerbaijan == (9 / 15, 9 / 15)
    assert counts.to_pakistan == (3 / 1, 3 / 1)


def test_a_fiscal_year_that_is_not_the_larger_is_refused(mini):
    smaller = [row | {"exports": "6"} if row["trade_id"] == trade.FISCAL else row for row in PAIR]
    with pytest.raises(MeasureError, match="the fiscal year is not the larger"):
        trade.two_counts(with_tables(mini, trade=smaller))


# Beside other sums.


def test_another_pair_is_a_multiple_of_each_bound(mini):
    report = with_tables(mini, trade=[*PAIR, stated("2022", "440", partner="TUR")])
    larger = trade.beside(report, "AZE", "TUR", 2022)
    assert larger.trade == (440, 440)
    assert larger.times == (20, 22)


def test_trade_is_a_share_of_the_economy_in_dollars(mini):
    economy = {
        "iso3": "AZE", "year": "2022", "indicator": "NY.GDP.MKTP.CD", "value": "2000000000",
        "unit": "current USD", "release": "2026", "source_id": "s1",
    }  # fmt: skip
    report = with_tables(mini, trade=PAIR, gdp_population=[economy])
    assert trade.share_of_economy(report, "AZE", 2022) == (0.01, 0.011)
    with pytest.raises(MeasureError, match="not one figure of the economy"):
        trade.economy(report, "AZE", 2021)


# Armenia and India.

SERIES = [of_india(2020, 10, 20, 15), of_india(2021, 40, 70, 25), of_india(2022, 20, 95, 30)]


def test_each_way_of_counting_imports_has_its_own_peak(mini):
    report = with_tables(mini, trade=SERIES, arms_transfers_tiv=[delivered("IND", 2022, 1, "ARM")])
    assert armenian_trade.measured(report)["by_consignment"].tolist() == [25, 65, 50]
    assert armenian_trade.turns(report) == (2022, 2021, 2021, 2021)


@pytest.mark.parametrize(
    ("series", "years", "fault"),
    [
        (SERIES, [2021], "deliveries in the year of the leap"),
        ([*SERIES[:2], of_india(2022, 20, 95, 60)], [2022], "both counts of imports peak"),
    ],
)
def test_turns_that_the_prose_denies_are_refused(mini, series, years, fault):
    report = with_tables(
        mini, trade=series, arms_transfers_tiv=[delivered("IND", year, 1, "ARM") for year in years]
    )
    with pytest.raises(MeasureError, match=fault):
        armenian_trade.turns(report)


# The results by year.


def test_a_range_says_what_it_rests_on():
    found = {
        "low": 13.2, "high": 13.283, "open_low": False, "open_high": False, "at_least": 10.0,
        "n_statements": 3, "n_groups": 2, "n_official": 2, "n_parts": 0, "disjoint": True,
    }  # fmt: skip
    rests = trade_travel._rests_on
    assert (
        rests(found) == "three figures, two official, from two separate origins; exclude each other"
    )
    assert rests(found | {"n_groups": 3, "disjoint": False}) == "three figures, two official"
    assert rests(found | {"n_statements": 1, "n_official": 0}) == "one claim"
    assert rests(found | {"n_statements": 1}) == "one official figure"
    assert rests(found | {"n_statements": 0, "n_parts": 1}) == "one part of the year"
    assert rests(found | {"n_statements": 0, "n_parts": 2}) == "two parts of the year"


@pytest.mark.parametrize(
    ("low", "high", "open_sides", "text"),
    [
        (1817, 1817, {}, "1.82"),
        (1817, 2500, {}, "1.82 to 2.5"),
        (1817, 2500, {"open_high": True}, "1.82 to more than 2.5"),
        (2500, 2500, {"open_high": True}, "more than 2.5"),
        (2500, 2500, {"open_low": True}, "up to 2.5"),
        (1_200_400, 1_200_400, {}, "1,200.4"),
    ],
)
def test_a_range_prints_with_its_open_sides(low, high, open_sides, text):
    found = {"low": low, "high": high, "open_low": False, "open_high": False} | open_sides
    assert trade_travel.between(found, 2, 1e-3) == text


# The real data.


def test_trade_of_the_pair_in_2020_is_the_two_printed_figures(report):
    pair = trade.of_pair(report)
    assert pair.of(2020) == (13.2, 13.283)
    assert not pair.ranges.at[2020, "disjoint"]
    assert pair.ranges.at[2022, "disjoint"]  # 27 against more than 28.1
    assert pair.ranges.at[2020, "at_least"] == 10


def test_every_result_that_is_printed_is_handed_out(report):
    rows, file = trade_travel.result_rows(report), trade_travel.results(report)
    printed = file[~file["series"].str.contains("IND to AZE")]
    assert {*rows["Year"]} == {str(year) for year in printed["year"]}
    assert rows.notna().sum().sum() - len(rows) == len(printed)


def test_the_quoted_growth_implies_a_figure_for_the_year_before():
    said = trade.implied(Report.load())
    assert (said.year, said.growth) == (2023, 0.225)
    assert said.before == pytest.approx(22 / 1.225)
    assert said.bounds.low == said.before < 27
