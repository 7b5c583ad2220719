"""What the findings on the trilateral years promise, on rows counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak import Report
from azpak.errors import DataError, MeasureError
from azpak.figures.deaths import conflict_deaths
from azpak.figures.exercises import exercises_by_state
from azpak.findings import autumn_2020, deaths, exercises, indian_orders, trilateral
from azpak.findings.autumn_2020 import Statement
from azpak.findings.trilateral import Count
from support.mini import MiniPackage
from support.rows import claim, delivered, with_tables


def of_the_war(mini: MiniPackage, *claims: dict[str, str], **tables: list) -> Report:
    """Return a report in which a war of ten days is told, with these claims."""
    war = mini.rows["events"][0] | {"event_id": trilateral.WAR, "date": "2020-09-01/2020-09-10"}
    mini.rows["events"].append(war)
    mini.rows["claims"] += claims
    return with_tables(mini, **tables)


# Counts


DEAD = Count("dead", "s1", "Dead", "a ministry")


def test_a_count_bears_its_bounds_and_all_sources_that_give_the_same(mini):
    report = of_the_war(
        mini,
        claim("c1", "dead", value_low="1200", value_high="1300", unit="persons"),
        claim("c2", "dead", "s2", value_low="1200", unit="persons"),
        claim("c3", "dead", "s3", value_low="1200", unit="families"),
        claim("c4", "dead", "s4", value_low="1100", value_high="1100", unit="persons"),
    )
    (row,) = trilateral.count_rows(report, (DEAD,)).to_dict("records")
    assert row == {
        "What is counted": "Dead", "Number": "1,200 to 1,300", "Whose figure": "a ministry",
        "Source": "{cite}`s1,s2`",
    }  # fmt: skip


def test_a_count_whose_source_gives_no_number_is_refused_by_its_topic(mini):
    report = of_the_war(
        mini, claim("c1", "dead"), claim("c2", "dead", "s2", value_low="1", unit="persons")
    )
    with pytest.raises(DataError, match=r"claims\.csv: s1 gives no number on this topic .*'dead'"):
        trilateral.count_rows(report, (DEAD,))


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(5, 5, "5"), (5, None, "5 or more"), (50, 1000, "50 to 1,000"), (None, None, None)],
)
def test_bounds_of_a_table_print_as_far_as_they_are_known(low, high, text):
    assert trilateral.printed(low, high) == text


def test_bounds_in_millions_keep_the_decimals_they_have():
    assert trilateral.printed(155_500_000, 250_000_000, 1e-6) == "155.5 to 250"


# Statements


def test_a_statement_takes_the_closest_of_its_dates_and_counts_who_dates_it(mini, monkeypatch):
    spoken = (
        Statement("denial", "denied", "PAK", "Foreign Office"),
        Statement("support", "support", "AZE", "president"),
    )
    monkeypatch.setattr(autumn_2020, "STATEMENTS", spoken)
    report = of_the_war(
        mini,
        claim("c1", "denial", "s1", value_edtf="2020-09"),
        claim("c2", "denial", "s3", value_edtf="2020-09-05~"),
        claim("c3", "denial", "s2", value_edtf="2020-09-05"),
        claim("c4", "denial", "s4"),
        claim("c5", "support", "s4", value_edtf="[2020-09-02..2020-09-03]"),
    )
    rows = autumn_2020.statements(report)
    assert rows["topic"].tolist() == ["support", "denial"]  # in order of time
    assert rows["date"].tolist() == ["[2020-09-02..2020-09-03]", "2020-09-05"]
    # Four sources speak of the denial and three date it, of which s1 and s3 are one group.
    assert rows.loc[1, ["n_sources", "n_groups"]].tolist() == [3, 2]
    assert autumn_2020.by_column(report, "denied") == (1, 5, 5)  # the war's first day is day 1
    assert autumn_2020.by_column(report, "support") == (1, 2, 2)


def test_a_statement_that_no_claim_dates_is_refused_by_its_topic(mini, monkeypatch):
    monkeypatch.setattr(autumn_2020, "STATEMENTS", (Statement("d", "denied", "PAK", "Office"),))
    report = of_the_war(mini, claim("c1", "d"))
    with pytest.raises(DataError, match=r"claims\.csv: no claim dates this statement .*'d'"):
        autumn_2020.statements(report)


def test_every_statement_was_made_in_the_war_and_none_stands_in_an_unknown_column(real):
    rows = autumn_2020.statements(real)
    assert set(rows["column"]) == {"support", "alleged", "denied"}
    length = (real.last_day(trilateral.WAR) - real.day(trilateral.WAR)).days + 1
    for column in ("support", "alleged", "denied"):
        days = autumn_2020.by_column(real, column)
        assert 1 <= days.first <= days.last <= length


# Deaths


def dead(bound: str, value: int, **more: str) -> dict[str, str]:
    return {
        "dyad": "AZE-Artsakh (Nagorno-Karabakh)", "iso3": "ALL", "year": "2020",
        "indicator": f"battle_related_deaths_{bound}", "value": str(value), "unit": "deaths",
        "release": "v1", "source_id": "s1",
    } | more  # fmt: skip


def test_deaths_in_battle_are_summed_over_the_years_and_the_dyad_alone(mini):
    rows = [dead("low", 1), dead("best", 2), dead("high", 4)]
    rows += [dead("low", 10, year="2019"), dead("best", 20, year="2019")]
    rows += [dead("high", 40, year="2019"), dead("best", 999, year="2018")]
    rows += [dead("best", 999, dyad="IND-PAK (Kashmir)"), dead("best", 999, iso3="AZE")]
    report = with_tables(mini, conflict_deaths_ucdp=rows)
    assert deaths.in_battle(report, 2019, 2020) == (11, 22, 44, 2019, 2020, "v1")
    assert deaths.in_battle(report, 2020, 2021)[:5] == (1, 2, 4, 2020, 2020)


def test_the_grid_of_exercises_has_every_edition_and_its_headline_counts_them():
    report = Report.load()
    drawn, table = exercises_by_state(report), report.table("exercises")
    assert sorted(drawn.data["exercise_id"]) == sorted(table["exercise_id"])
    both = ((table["aze_role"] == "participant") & (table["pak_role"] == "participant")).sum()
    unknown = ((table["aze_role"] == "unknown") | (table["pak_role"] == "unknown")).sum()
    assert f"took part in {both} of {len(table)} gathered exercises" in drawn.title
    assert f"; in {unknown} the part of one or both is not known" in drawn.title


def test_the_deaths_of_each_year_are_those_of_the_dyad_and_lack_no_estimate(mini):
    rows = [dead(bound, n, year=year) for year, n in (("2019", 3), ("2020", 5))
            for bound in ("low", "best", "high")]  # fmt: skip
    rows += [dead("best", 999, dyad="IND-PAK (interstate)"), dead("best", 999, iso3="AZE")]
    report = with_tables(mini, conflict_deaths_ucdp=rows)
    found = deaths.by_year(report, deaths.DYAD)
    assert found.to_dict("index") == {y: {"low": n, "best": n, "high": n}
                                      for y, n in ((2019, 3), (2020, 5))}  # fmt: skip
    with pytest.raises(MeasureError, match="lacks an estimate"):
        deaths.by_year(report, deaths.RIVALS)


def test_the_headline_on_deaths_follows_the_counts(mini):
    def title(worst, other):
        counts = (("2020", worst), ("1992", other))
        rows = [dead(bound, n, year=year, dyad=dyad) for year, n in counts
                for bound in ("low", "best", "high")
                for dyad in ("x (Nagorno-Karabakh)", "IND-PAK")]  # fmt: skip
        return conflict_deaths(with_tables(mini, conflict_deaths_ucdp=rows)).title

    assert "9,000 deaths in battle are counted in 2020, more than in all" in title(9000, 400)
    assert "900 deaths in battle are counted in 1992, more than" in title(700, 900)


def test_deaths_of_two_releases_are_not_summed(mini):
    rows = [dead(bound, 1) for bound in ("low", "best", "high")]
    rows.append(dead("best", 1, year="2019", release="v2"))
    report = with_tables(mini, conflict_deaths_ucdp=rows)
    with pytest.raises(MeasureError, match="several releases"):
        deaths.in_battle(report, 2019, 2020)


def test_years_without_a_count_have_no_deaths_rather_than_none_killed(mini):
    report = with_tables(mini, conflict_deaths_ucdp=[dead("best", 1)])
    with pytest.raises(MeasureError, match="no deaths in battle are counted"):
        deaths.in_battle(report, 1980, 1985)
    with pytest.raises(MeasureError, match="0 estimates of deaths, not one"):
        deaths.on_territory(report, "AZE", 2020)


# Suppliers


SOLD = [
    delivered("ISR", 2016, 60), delivered("RUS", 2020, 20), delivered("TUR", 2018, 20),
    delivered("RUS", 2015, 500), delivered("TUR", 2022, 10),
]  # fmt: skip


def test_the_register_is_read_for_the_years_that_were_stated(mini):
    report = of_the_war(
        mini,
        claim("c1", trilateral.STATED_SHARES, value_edtf="2016/2020", value_low="69"),
        arms_transfers_tiv=SOLD,
    )
    assert trilateral.suppliers_of_war(report) == (2016, 2020, 0.6, 0.2, 0, 2022, 0.1)


def test_shares_stated_of_different_years_are_not_compared(mini):
    report = of_the_war(
        mini,
        claim("c1", trilateral.STATED_SHARES, value_edtf="2016/2020", value_low="69"),
        claim("c2", trilateral.STATED_SHARES, "s2", value_edtf="2015/2019", value_low="60"),
        arms_transfers_tiv=SOLD,
    )
    with pytest.raises(DataError, match="not on the same years"):
        trilateral.suppliers_of_war(report)


# The format, exercises, visits


def test_the_format_is_told_in_the_order_of_its_dates_whatever_the_list_has(mini, monkeypatch):
    listed = {"1993-visit": "Speakers", "1992-relations": "Leaders"}
    monkeypatch.setattr(trilateral, "FORMAT", listed)
    rows = trilateral.format_rows(Report.load(mini.directory)).to_dict("records")
    assert [row["When"] for row in rows] == ["{event}`1992-relations`", "{event}`1993-visit`"]
    assert rows[0] == {
        "Level": "Leaders", "When": "{event}`1992-relations`", "Where": "{place}`baku`",
        "Sources": 2, "Separate origins": 1,
    }  # fmt: skip


def held(*rows: tuple[str, str, str, str, tuple[str, ...]]) -> pd.DataFrame:
    columns = ["date", *exercises.STATES.values(), "participants_named"]
    return pd.DataFrame(rows, columns=columns)


HELD = held(
    ("2019-05", "participant", "participant", "participant", ("AZE", "PAK", "TUR")),
    ("2019-06", "observer", "participant", "none", ("PAK", "AZE")),
    ("2019-07", "unknown", "participant", "participant", ("AZE", "PAK", "TUR", "USA")),
)


def test_only_a_part_in_full_counts_as_full_and_an_unknown_one_as_none():
    assert len(exercises.with_all(HELD, ("AZE", "PAK"))) == 1
    present = exercises.with_all(HELD, ("AZE", "PAK"), exercises.PRESENT)
    assert present["date"].tolist() == ["2019-05", "2019-06"]


def test_states_are_alone_only_where_no_other_is_named_in_whatever_order():
    assert exercises.alone(HELD, ("AZE", "PAK"))["date"].tolist() == ["2019-06"]
    assert exercises.alone(HELD, ("TUR", "PAK", "AZE"))["date"].tolist() == ["2019-05"]


def test_an_edition_belongs_to_the_span_in_which_it_begins(real):
    last = real.day("2021-three-brothers")
    names = exercises.editions(real, last, last)["exercise_id"].tolist()
    assert names == ["2021-three-brothers"]
    assert len(exercises.editions(real)) == len(real.table("exercises"))


def test_visits_of_a_prime_minister_and_of_parliaments_are_no_military_ones(real):
    visits = trilateral.military_visits(real)
    people = real.events["title"].loc[visits.index]
    assert not people.str.contains("Speaker|speaker|parliament|Sharif").any()
    assert "2023-munir-visit-baku" in visits.index


# Indian orders


def order(transfer_id: str, date: str, low: str = "", **more: str) -> dict[str, str]:
    return {
        "transfer_id": transfer_id, "record_kind": "deal", "supplier": "IND",
        "recipient": "ARM", "system": transfer_id, "system_type": "artillery",
        "order_date": date, "value_usd_low": low, "value_usd_high": low, "status": "ordered",
        "register_note": "", "source_ids": "s1", "confidence": "medium",
    } | more  # fmt: skip


def test_orders_after_the_year_of_the_war_are_added_once_and_part_deals_stay_in_the_table(
    mini, monkeypatch
):
    monkeypatch.setattr(indian_orders, "CHAPTER", "second-1995-2026")
    mini.rows["phases"][1] |= {"start": "2020-09-27", "end": "2023"}
    rows = [
        order("early", "2020-12", "1"), order("first", "2021", "100", value_usd_high="150"),
        order("part", "2022", "60", part_of="first"), order("unpriced", "2023"),
        order("late", "2024", "1"), order("undated", "", "1"),
        order("else", "2022", "1", recipient="AZE"),
    ]  # fmt: skip
    found = indian_orders.orders(with_tables(mini, transfers=rows))
    assert found.rows["counted"].to_dict() == {"first": True, "part": False, "unpriced": False}
    assert (found.low, found.high) == (100, 150)


DEALS = pd.DataFrame(
    [["d1", 6, False, 4], ["d2", None, False, 0], ["d3", 15, True, 15]],
    columns=["deal_id", "number_ordered", "number_ordered_estimated", "number_delivered"],
).set_index("deal_id")


@pytest.mark.parametrize(
    ("deal_ids", "text"),
    [
        (None, "not listed"), ((), "not listed"), (("d2",), "listed without a number"),
        (("d1", "d3"), "6 ordered, 4 delivered"), (("d3",), "15 ordered, 15 delivered, estimates"),
    ],
)  # fmt: skip
def test_the_register_is_quoted_for_the_main_system_of_an_order(deal_ids, text):
    assert indian_orders.registered(DEALS, deal_ids) == text
