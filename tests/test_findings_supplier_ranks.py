"""The suppliers of two states as ranks in periods of five years."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.figures.supplier_ranks import title
from azpak.findings import supplier_ranks
from support.mini import MiniPackage
from support.rows import delivered, with_tables


def loaded(mini: MiniPackage, *rows: tuple) -> Report:
    """Return a report with what was delivered: supplier, year, million TIV and the recipient."""
    return with_tables(mini, arms_transfers_tiv=[delivered(*row) for row in rows])


def test_equal_suppliers_share_a_rank_and_unknown_ones_have_none(mini):
    report = loaded(
        mini, ("RUS", 2000, 3), ("TUR", 2001, 3), ("ISR", 2002, 1), ("UNK", 2003, 9),
        ("RUS", 2002, 7, "ARM"),
    )  # fmt: skip
    ours = supplier_ranks.ranks(report).query("recipient == 'AZE'")
    assert dict(zip(ours["supplier"], ours["rank"], strict=True)) == {"RUS": 1, "TUR": 1, "ISR": 3}
    assert ours["total_million"].tolist() == [16] * 3


def test_periods_reach_back_to_armenias_first_and_one_without_deliveries_has_no_row(mini):
    report = loaded(mini, ("RUS", 2000, 3), ("TUR", 2006, 3), ("RUS", 1991, 7, "ARM"))
    spans = [(1990, 1994), (1995, 1999), (2000, 2004), (2005, 2006)]
    assert supplier_ranks.spans(report) == spans
    found = supplier_ranks.ranks(report)
    assert found["period"].tolist() == ["2000/2004", "2005/2006", "1990/1994"]


def test_who_came_first_in_turn_and_how_often(mini):
    report = loaded(
        mini, ("RUS", 2000, 3), ("RUS", 2006, 3), ("TUR", 2011, 3), ("RUS", 2000, 7, "ARM")
    )
    led = supplier_ranks.leaders(report, "AZE")
    assert (led.in_turn, led.n_of("RUS"), len(led.periods)) == (["RUS", "TUR"], 2, 3)


@pytest.mark.parametrize(
    ("last", "end"), [("IND", "Russia in two of three and India in the last"),
                      ("RUS", "Russia in three of three")],
)  # fmt: skip
def test_the_headline_names_the_last_supplier_where_it_is_another(real, mini, last, end):
    report = loaded(
        mini, ("RUS", 2000, 3), ("TUR", 2006, 3),
        *(("RUS", year, 7, "ARM") for year in (2000, 2006)), (last, 2011, 7, "ARM"),
    )  # fmt: skip
    said = title(report, real.names())
    assert said.startswith("Two states in turn were Azerbaijan's first supplier of arms in two")
    assert said.endswith(end)
