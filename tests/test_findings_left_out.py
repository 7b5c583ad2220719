"""What hangs on single orders and deals, and the blocs that votes make of themselves."""

from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest

from azpak.findings import closure, left_out, rival_blocs, suppliers, vote_panel
from azpak.findings.ties import MEMBERS, SET_OF
from azpak.measures.blocs import blocs


def test_an_order_that_settles_the_closure_is_not_passed_over(real, monkeypatch):
    def found(inside, orders):
        monkeypatch.setattr(
            closure, "of_phase", lambda *_: SimpleNamespace(inside=inside, orders=orders)
        )
        return left_out.orders.__wrapped__(real, "ARM")

    assert found(3, 5).index == (-0.5, 0)
    with pytest.raises(AssertionError, match="one order left out settles"):
        found(7, 8)  # seven of seven lie below nought


def test_the_deals_of_all_years_make_what_was_delivered(real):
    held = left_out._delivered(real)
    first, last = suppliers.years(real, "AZE")
    inside = held[(held["from"] >= first) & (held["to"] <= last)]
    by_supplier = suppliers.shares(real, "AZE", first, last).set_index("supplier")["tiv"]
    summed = inside.groupby("supplier")["tiv"].sum()
    assert (summed - by_supplier).abs().max() < 1


def test_one_first_supplier_of_a_period_hangs_on_a_deal_that_is_most_of_its_volume(real):
    found = left_out.deals(real)
    shares = suppliers.shares(real, "AZE", *map(int, found.hinge.period.split("/")))
    tiv = shares.set_index("supplier")["tiv"]
    assert tiv.idxmax() == found.hinge.supplier
    rest = tiv[found.hinge.supplier] - found.hinge.tiv
    assert rest < tiv[found.hinge.instead] == tiv.drop(found.hinge.supplier).max()
    assert found.effective.low < suppliers.azerbaijan(real).concentration.effective_number
    assert found.effective.low < found.effective.high


def test_the_blocs_of_the_votes_are_made_of_the_states_of_the_sets(real):
    found = rival_blocs.rivals(real)
    assert sorted([*found.latest.first, *found.latest.second]) == sorted(MEMBERS)
    assert 0 <= found.n_same <= found.n_years and found.n_rivals_together <= found.n_years


def test_years_of_the_two_sets_and_of_the_sellers_together_are_counted(real, monkeypatch):
    index = pd.MultiIndex.from_tuples(list(combinations(MEMBERS, 2)), names=["a", "b"])
    sets = pd.DataFrame({"kappa": [float(SET_OF[a] == SET_OF[b]) for a, b in index]}, index)
    south = {"PAK", "IND", "IRN"}
    others = pd.DataFrame({"kappa": [float((a in south) == (b in south)) for a, b in index]}, index)
    gap = sets.drop(index[0]).reindex(index)
    years = {2001: sets, 2002: others, 2003: others, 2004: gap}
    monkeypatch.setattr(vote_panel, "yearly", lambda _: years)
    monkeypatch.setattr(vote_panel, "matrices", lambda *_: sets)
    found = rival_blocs.rivals.__wrapped__(real)
    assert found[1:] == (3, 1, 2)
    assert found.latest == blocs(sets["kappa"], MEMBERS)
