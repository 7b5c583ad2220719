"""Visitors and flights: worked out by hand on a small package, kept on the real one."""

from __future__ import annotations

import math

import pytest

from azpak import Report
from azpak.errors import DataError, MeasureError
from azpak.findings import flights, travel
from azpak.measures import from_share
from support.rows import delivered, with_tables


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def counted(visitor_id: str, low: str = "", high: str | None = None, **more: str) -> dict[str, str]:
    """Return a row of ``visitors``, named by its states and period, such as ``pak-aze-2024``."""
    origin, destination, period = visitor_id.upper().split("-", 2)
    return {
        "visitor_id": visitor_id, "origin": origin, "destination": destination,
        "period": period[:4], "period_type": "year", "visitors_low": low,
        "visitors_high": low if high is None else high, "status": "official-quoted",
        "source_id": "s1",
    } | more  # fmt: skip


# Three rival counts of one year, after one of the year before; a total over four years.
VISITORS = [
    counted("pak-aze-2018", "40"), counted("pak-aze-2018-2", "20", status="claim"),
    counted("pak-aze-2019", "45"), counted("pak-aze-2021", "35"),
    counted("pak-aze-2018-to-2022", "200", period="2018/2021", period_type="range"),
    counted("pak-aze-2023", "50"),
    counted("pak-aze-2024", "80", ""), counted("pak-aze-2024-2", "60", ""),
    counted("pak-aze-2024-4", "75", ""),
    counted("pak-aze-2025", share_pct="10", all_visitors="1000"),
    counted("ind-aze-2023", "180"), counted("ind-aze-2024", "200"), counted("ind-aze-2025", "150"),
]  # fmt: skip


@pytest.fixture
def small(mini) -> Report:
    return with_tables(
        mini, visitors=VISITORS, arms_transfers_tiv=[delivered("IND", 2024, 1, "ARM")]
    )


# Visitors.


def test_a_share_alone_gives_bounds_by_its_rounding(small):
    assert travel.visits(small, "PAK").of(2025) == pytest.approx((99.5, 100.5))


@pytest.mark.parametrize(
    ("total", "step"),
    [(2_570_000, 10_000), (2_571_000, 0), (735_800, 0), (12_300_000, 100_000), (float("nan"), 0)],
)
def test_a_total_quoted_in_millions_is_rounded_to_its_third_digit(total, step):
    assert travel._rounded_to(total) == step


def test_the_rounding_of_share_and_of_total_both_widen_the_bounds():
    # 3.45 per cent of 2.565 million, and 3.55 of 2.575.
    found = from_share(3.5, 2_570_000, whole_step=10_000)
    assert found == pytest.approx((88_492.5, 91_412.5))


def test_a_total_over_several_years_says_nothing_of_one_of_them(small):
    visits = travel.visits(small, "PAK")
    assert (visits.first, visits.last) == (2018, 2025)
    assert visits.unstated_years == [2020, 2022]
    assert "pak-aze-2018-to-2022" not in set(visits.statements["visitor_id"])


def test_rival_counts_are_each_a_rise_on_the_year_before(small):
    rivals = travel.rivals(small)
    assert rivals.counts == (80, 60, 75)
    assert (rivals.period, rivals.before_period) == ("2024", "2023")
    assert rivals.rise == pytest.approx((0.2, 0.6))
    assert rivals.bounds == (60, 80)


def test_a_total_leaves_what_its_known_years_do_not_take(small):
    years = travel.five_years(small)
    assert years.left_official == 200 - 45 - 35 - 40
    assert years.left_association == 200 - 45 - 35 - 20


def test_visits_from_pakistan_are_a_share_of_those_from_india(small):
    beside = travel.beside_india(small)
    assert beside.at_peak == pytest.approx((0.3, 0.4))
    assert beside.last == pytest.approx((99.5 / 150, 100.5 / 150))
    assert beside.fall == pytest.approx((0.25, 0.25))


def test_a_fall_has_its_bounds_in_order(mini):
    rows = [row for row in VISITORS if row["visitor_id"] != "ind-aze-2025"]
    shared = counted("ind-aze-2025", share_pct="10", all_visitors="1000")
    report = with_tables(
        mini, visitors=[*rows, shared], arms_transfers_tiv=[delivered("IND", 2024, 1, "ARM")]
    )
    low, high = travel.beside_india(report).fall
    assert (low, high) == pytest.approx((1 - 100.5 / 200, 1 - 99.5 / 200))


def test_a_peak_without_indian_arms_for_armenia_is_refused(mini):
    report = with_tables(
        mini, visitors=VISITORS, arms_transfers_tiv=[delivered("IND", 2023, 1, "ARM")]
    )
    with pytest.raises(MeasureError, match=r"no Indian arms for Armenia in the peak year.*2024"):
        travel.visits(report, "IND")


def test_rival_counts_of_another_year_than_the_peak_are_refused(mini):
    more = [*VISITORS, counted("ind-aze-2022", "900")]
    report = with_tables(mini, visitors=more, arms_transfers_tiv=[delivered("IND", 2022, 1, "ARM")])
    with pytest.raises(MeasureError, match="not of the year of the peak"):
        travel.beside_india(report)


def test_a_row_of_visitors_that_is_gone_is_named(small):
    with pytest.raises(DataError, match=r"visitors\.csv.*no such row.*nowhere"):
        travel.row(small, "nowhere")


# Flights.


def seen(date: str, route: str, status: str, carrier: str = "PIA") -> dict[str, str]:
    return {
        "flight_id": f"{carrier}-{route}-{date}", "date": date, "carrier": carrier,
        "route": route, "status": status, "source_id": "s1",
    }  # fmt: skip


FLIGHTS = [
    seen("2022-01-01", "A-B", flights.ANNOUNCED), seen("2023-01-01", "A-B", flights.FLOWN),
    seen("2024-01-01", "A-B", flights.STOPPED), seen("2025-01-01", "A-B", flights.FLOWN),
    seen("2019-05", "C-D", flights.FLOWN), seen("2023-05", "C-D", flights.FLOWN),
    seen("2021-01-01", "E-F", flights.DUE), seen("2022-06", "E-F", flights.ANNOUNCED),
    seen("2015-08", "X-A-Y", flights.FLOWN, carrier=flights.THROUGH),
    seen("2026-01", "X-A-Y", flights.FLOWN, carrier=flights.THROUGH),
]  # fmt: skip


def test_direct_routes_are_those_that_lead_to_no_third_state(mini):
    direct = flights.direct_routes(with_tables(mini, flights=FLIGHTS))
    assert (direct.n, direct.n_flown, direct.n_stopped) == (3, 2, 1)
    assert direct.first_flown.text == "2019-05"


def test_the_last_flight_is_the_last_in_time_by_whichever_carrier(mini):
    report = with_tables(mini, flights=FLIGHTS[::-1])
    assert flights.last_flown(report).text == "2026-01"
    assert [d.text for d in flights.seen_flown(report, flights.THROUGH)] == ["2026-01", "2015-08"]


def test_a_stretch_is_known_only_between_near_reports_of_flights(mini):
    stretches = flights.stretches(with_tables(mini, flights=FLIGHTS))
    known = {
        lane: [(round(s.start), None if math.isnan(s.end) else round(s.end), s.known)
               for s in rows.itertuples()]
        for lane, rows in stretches.groupby("lane")
    }  # fmt: skip
    assert known["PIA A-B"] == [(2022, 2023, True), (2023, 2024, False), (2025, None, False)]
    assert known["PIA C-D"] == [(2019, 2023, False), (2023, None, False)]  # four years apart
    assert known["PIA E-F"] == [(2022, None, False)]  # from when it was due, nothing


def test_steps_are_events_of_both_states_that_happened(mini):
    happened = {"category": "trade", "date": "2016", "actors": "AZE;PAK;TUR"}
    template = mini.rows["events"][0]
    mini.rows["events"] += [
        template | {"event_id": name} | happened | more
        for name, more in {
            "2016-a-step": {},
            "2016-pia-lahore": {},
            "2016-announced": {"nature": "announced"},
            "2016-of-others": {"actors": "AZE;TUR"},
            "2014-early": {"date": "2014"},
            "2016-drill": {"category": "exercise"},
        }.items()
    ]
    report = Report.load(mini.write().directory)
    assert flights.steps_on_trade(report)["what"].tolist() == ["2016-a-step"]
    assert flights.military(report)["what"].tolist() == ["2016-drill"]


# The real data.


def test_every_carrier_has_a_name_and_a_colour(report):
    from azpak.figures import flights as drawing

    carriers = set(flights.routes(report)["carrier"])
    assert carriers <= {*drawing.CARRIERS} == {*drawing.NAMES}
