"""What may be counted: events by year, and deals."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak import measures, tables
from azpak.measures import MeasureError

EXAMPLES = settings(deadline=None, derandomize=True, max_examples=60)  # the same on every machine


# Activity


def events(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["date", "category"])


def test_activity_of_a_case_counted_by_hand():
    counts = measures.activity(
        events(("1992-06-09", "visit"), ("1992", "arms"), ("1994-01~", "visit"))
    )
    assert counts.columns.tolist() == ["arms", "visit"]
    assert counts.index.tolist() == [1992, 1993, 1994]
    assert counts["visit"].tolist() == [1, 0, 1]
    assert counts["arms"].tolist() == [1, 0, 0]


@pytest.mark.parametrize("date", ["2015/2016", "[2015..2016]", "2015-12-30/2016-01-02", "2015/.."])
def test_a_date_that_spans_years_counts_once_in_its_first_year(date):
    counts = measures.activity(events((date, "visit")), first=2014, last=2017)
    assert counts["visit"].to_dict() == {2014: 0, 2015: 1, 2016: 0, 2017: 0}


def test_withdrawn_events_are_not_counted():
    table = events(("1992", "visit"), ("1992", "visit")).assign(status=["active", "withdrawn"])
    assert measures.activity(table)["visit"].tolist() == [1]


def test_no_events_is_an_error():
    with pytest.raises(MeasureError, match="no events"):
        measures.activity(events())


@EXAMPLES
@given(st.lists(st.tuples(st.integers(1991, 2026), st.sampled_from("abc")), min_size=1))
def test_activity_counts_every_event_once(rows):
    counts = measures.activity(events(*((str(year), category) for year, category in rows)))
    assert counts.to_numpy().sum() == len(rows)


# Deals that may be added up


def test_no_deal_is_counted_twice():
    transfers = tables.load("transfers")
    aggregates = set(transfers.loc[transfers["record_kind"] == "aggregate", "transfer_id"])
    for unconfirmed in (False, True):
        counted = set(measures.countable(transfers, unconfirmed)["transfer_id"])
        assert not counted & aggregates
        assert not {"ind-arm-atags-2023", "pak-aze-jf17-21-claim-2021"} & counted
        assert "ind-arm-kalyani-155-2022" in counted


@pytest.mark.parametrize(
    ("unconfirmed", "stays", "goes"),
    [
        (False, "pak-aze-jf17-block3-2024", "pak-aze-jf17-expansion-2025"),
        (True, "pak-aze-jf17-expansion-2025", "pak-aze-jf17-block3-2024"),
    ],
)
def test_of_the_order_and_its_reported_expansion_one_counts(unconfirmed, stays, goes):
    counted = set(measures.countable(tables.load("transfers"), unconfirmed)["transfer_id"])
    assert stays in counted
    assert goes not in counted


def test_every_register_deal_of_a_transfer_has_its_supplier_and_recipient():
    deals = tables.load("arms_deals").set_index("deal_id")
    for row in tables.load("transfers").itertuples():
        for deal_id in row.register_deal_ids:
            deal = deals.loc[deal_id]
            assert (deal["supplier"], deal["recipient"]) == (row.supplier, row.recipient)


# Rows of one release


def test_rows_of_one_release_name_it():
    assert measures.one_release(pd.DataFrame({"release": ["one", "one"]}), "spending") == "one"


@pytest.mark.parametrize(("releases", "said"), [(["one", "two"], "several"), ([], "no release")])
def test_rows_of_several_releases_or_of_none_are_refused(releases, said):
    with pytest.raises(MeasureError, match=f"spending: the rows come from {said}"):
        measures.one_release(pd.DataFrame({"release": releases}), "spending")
