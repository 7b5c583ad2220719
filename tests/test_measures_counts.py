"""What may be counted: events by year, and deals."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak import measures
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


def transfers(*rows: tuple[str, str | None, str | None, str, str]) -> pd.DataFrame:
    """Return transfers by id, what each is part of and superseded by, kind and status."""
    columns = ["transfer_id", "part_of", "superseded_by", "record_kind", "status"]
    return pd.DataFrame(rows, columns=columns)


ORDER = ("order", "expansion", None, "deal", "ordered")
EXPANSION = ("expansion", None, None, "deal", "reported-unconfirmed")


@pytest.mark.parametrize(("unconfirmed", "counted"), [(False, "order"), (True, "expansion")])
def test_of_an_order_and_its_expansion_the_larger_one_that_counts_is_counted(unconfirmed, counted):
    found = measures.countable(transfers(ORDER, EXPANSION), unconfirmed)
    assert found["transfer_id"].tolist() == [counted]


def test_totals_and_superseded_deals_are_not_counted():
    found = measures.countable(
        transfers(
            ("total", None, None, "aggregate", "ordered"),
            ("in-a-total", "total", None, "deal", "ordered"),
            ("early-report", None, "order", "deal", "ordered"),
            ("order", None, None, "deal", "ordered"),
        )
    )
    assert found["transfer_id"].tolist() == ["in-a-total", "order"]


def test_nothing_to_count_is_no_error():
    assert measures.countable(transfers(EXPANSION)).empty


# Rows of one release


def test_rows_of_one_release_name_it():
    assert measures.one_release(pd.DataFrame({"release": ["one", "one"]}), "spending") == "one"


@pytest.mark.parametrize(("releases", "said"), [(["one", "two"], "several"), ([], "no release")])
def test_rows_of_several_releases_or_of_none_are_refused(releases, said):
    with pytest.raises(MeasureError, match=f"spending: the rows come from {said}"):
        measures.one_release(pd.DataFrame({"release": releases}), "spending")
