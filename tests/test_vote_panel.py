"""The votes by several measures, with absences and gaps told: by hand and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from azpak.findings import vote_panel, votes
from azpak.measures import MeasureError, agreement_by_period
from azpak.measures.absences import absence_bounds, absence_shares
from azpak.measures.crossed import crossed, gaps, items
from azpak.measures.votes import PANEL, coefficients
from support.votes import cast


def calls(words: str) -> pd.DataFrame:
    rows = [list(word) for word in words.split()]
    names = ["AZE", "PAK", "TUR"][: len(rows[0])]
    return pd.DataFrame(rows, columns=names).assign(
        month=[f"2000-{1 + n % 12:02d}" for n in range(len(rows))], whole=True
    )


def measured(words: str) -> dict[str, float]:
    return {
        k: float(v) for k, v in coefficients(crossed(calls(words), ["AZE", "PAK"])[0, 0, 1]).items()
    }


def test_every_measure_of_ten_votes_by_hand():
    # Seven yes, one abstention alike, one each way apart: each says yes on eight of ten.
    found = measured("yy " * 7 + "aa ya ay")
    assert found["share_same"] == 0.8
    assert found["s_index"] == 0.9
    for name in ("kappa", "scott_pi", "kappa_linear", "pi_linear"):
        assert found[name] == pytest.approx((0.8 - 0.68) / 0.32)
    # Chance by Gwet: (0.8 * 0.2 + 0.2 * 0.8 + 0) / 2 = 0.16.
    assert found["gwet_ac1"] == pytest.approx((0.8 - 0.16) / 0.84)


def test_linear_pi_counts_an_abstention_as_half_way_by_hand():
    # Both say yes and no once alike, once opposite: shares of a half, mean distance observed 1,
    # expected 2 * (1/4 + 1/4) = 1.
    found = measured("yy nn yn ny")
    assert found["pi_linear"] == pytest.approx(0)
    assert measured("yy nn ya ny")["pi_linear"] > found["pi_linear"]


@pytest.mark.parametrize("weights", [None, "linear"])
def test_kappa_is_that_of_scikit_learn(real, weights):
    rows = votes.rollcalls(real, 2000, 2009)[["AZE", "IND"]]
    rows = rows[rows.isin(["y", "a", "n"]).all(axis=1)].replace({"n": 0, "a": 1, "y": 2})
    one, other = rows["AZE"].astype(int), rows["IND"].astype(int)
    ours = votes.agreement_rows(real).set_index(["country_a", "country_b", "period"])
    name = "kappa" if weights is None else "kappa_linear"
    assert ours.at[("AZE", "IND", "2000/2009"), name] == pytest.approx(
        cohen_kappa_score(one, other, weights=weights)
    )


def test_crossed_votes_of_all_pairs_are_those_of_each(real):
    rows = votes.rollcalls(real, 2010, 2012)
    states = votes.states_of(rows)
    years = rows["month"].str[:4].astype(int).to_numpy() - 2010
    tables = crossed(rows, states, years)
    assert tables.shape == (3, len(states), len(states), 3, 3)
    a, b = states.index("AZE"), states.index("PAK")
    found = coefficients(tables.sum(axis=0)[a, b])
    own = agreement_by_period(rows, "AZE", "PAK", [(2010, 2012)]).iloc[0]
    for name in PANEL:
        assert found[name] == pytest.approx(own[name])


def test_an_absence_counts_as_told():
    words = "yy y- aa -a"
    assert crossed(calls(words), ["AZE", "PAK"])[0, 0, 1].sum() == 2
    as_abstention = crossed(calls(words), ["AZE", "PAK"], None, "a")[0, 0, 1]
    assert as_abstention.sum() == 4
    assert np.trace(as_abstention) == 3  # yy, aa and the absence beside an abstention


# Absences


def test_bounds_of_absences_by_hand():
    found = absence_bounds(calls("yy yy yn -y y- --"), "AZE", "PAK")
    assert found["share_same"] == (2 / 5, 4 / 5)  # where both are absent nothing is counted
    assert found["s_index"] == (pytest.approx(1 - 3 / 5), pytest.approx(1 - 1 / 5))


def test_without_absences_the_bounds_are_the_value():
    found = absence_bounds(calls("yy yn aa ny nn"), "AZE", "PAK")
    for name, (low, high) in found.items():
        assert low == high == pytest.approx(measured("yy yn aa ny nn")[name])


def test_no_filling_of_the_absences_leaves_the_bounds():
    words = ["yy", "yn", "aa", "-y", "-a", "y-", "-y"]
    bounds = absence_bounds(calls(" ".join(words)), "AZE", "PAK")
    generator = np.random.default_rng(1)
    for _ in range(200):
        filled = "".join(generator.choice(list("yan")) if c == "-" else c for c in " ".join(words))
        found = measured(filled)
        for name, (low, high) in bounds.items():
            assert np.isnan(found[name]) or low - 1e-9 <= found[name] <= high + 1e-9


def test_no_vote_of_either_is_refused():
    with pytest.raises(MeasureError, match="no vote of either"):
        absence_bounds(calls("-- --"), "AZE", "PAK")


def test_shares_of_absences_leave_out_what_is_not_recorded():
    rows = calls("yy -y -y yy").assign(month=["2000-01"] * 3 + ["2001-01"])
    rows.loc[1, "AZE"] = np.nan
    assert absence_shares(rows, "AZE").to_dict() == {2000: 0.5, 2001: 0}


# Gaps and items


def test_a_long_silence_of_a_state_that_votes_is_a_gap_and_a_short_one_is_not():
    words = "yy " * 20 + "y- " * 5 + "yy " * 10 + "y- " * 3
    (gap,) = gaps(calls(words), ["AZE", "PAK"], least=5, present=0.9)
    assert (gap.state, gap.first, gap.last, gap.length) == ("PAK", 20, 24, 5)


def test_the_silence_of_a_state_that_seldom_votes_is_no_gap():
    words = ("yy y- " * 10) + "y- " * 6
    assert gaps(calls(words), ["PAK"], least=5, present=0.9) == []


def test_what_all_cast_alike_is_one_item_and_absence_is_as_no_record():
    rows = calls("yyy yya yyy yy- nnn")
    assert items(rows, ["AZE", "PAK", "TUR"]).tolist() == [0, 1, 0, 2, 3]
    rows.loc[3, "TUR"] = np.nan
    assert items(rows, ["AZE", "PAK", "TUR"]).tolist() == [0, 1, 0, 2, 3]


def test_votes_within_a_gap_are_none(of):
    silent = [row | {"TUR": "-"} for row in cast("2001-01", "yyyyyy " * votes.GAP_LEAST)]
    report = of(unga_rollcalls=[*cast("2000-01", "yyyyyy " * 200), *silent])
    assert vote_panel.gaps_told(report) == (("TUR", votes.GAP_LEAST, "2001-01", "2001-01"),)
    assert votes.rollcalls(report, 2001, 2001)["TUR"].isna().all()


def test_the_gap_of_turkiye_is_all_that_it_lacks_since_november_2023(real):
    gap = next(g for g in vote_panel.gaps_told(real) if g.state == "TUR")
    assert gap.first == "2023-11"
    since = votes.rollcalls(real)["month"] >= gap.first
    assert gap.length == since.sum()


# The panel


def test_the_panel_has_each_measure_both_ways(real):
    rows = vote_panel.panel(real)
    assert len(rows) == len(PANEL) * len(vote_panel.READINGS) == len(vote_panel.printed_rows(real))
    kappa = rows.set_index(["measure", "absent"]).loc[("kappa", "left out")]
    assert kappa["longest"] == pytest.approx(
        votes.agreement(real, "AZE", "PAK", *votes.LONGEST).kappa
    )
    assert rows[["rank_azerbaijan", "rank_pakistan"]].min(axis=None) >= 1
    assert {*vote_panel.NAMES} == {*PANEL}


def test_absences_lie_within_their_bounds(real):
    lost = vote_panel.absences(real)
    latest = votes.agreement(real, "AZE", "PAK", *votes.LATEST)
    for name, value in (("share_same", latest.share_same), ("kappa", latest.kappa)):
        low, high = lost.latest[name]
        assert low < value < high
    assert lost.by_year[lost.last] == lost.by_year.max() > 3 * lost.usual


def test_what_is_beyond_the_states_is_computed_for_every_year_with_votes(real):
    years = vote_panel.beyond(real, "kappa").index
    assert list(years) == list(range(1992, 2024))
