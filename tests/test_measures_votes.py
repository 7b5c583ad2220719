"""What the measures of voting agreement promise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak import measures, tables
from azpak.measures import MeasureError

ORACLES = Path(__file__).parent / "oracles"
HALF_A_DIGIT = 0.00005 + 1e-9  # the oracles print four decimals; a tie may go up or down
EXAMPLES = settings(deadline=None, derandomize=True, max_examples=60)  # the same on every machine
MEASURES = [
    "share_same",
    "share_opposite",
    "s_index",
    "expected_same",
    "kappa",
    "kappa_linear",
    "scott_pi",
    "a_yes",
    "b_yes",
]
WHOLE = ["share_same", "s_index", "kappa", "kappa_linear"]


@pytest.fixture(scope="module")
def rollcalls() -> pd.DataFrame:
    return tables.load("unga_rollcalls")


@pytest.fixture(scope="module")
def by_year_oracle() -> pd.DataFrame:
    return pd.read_csv(ORACLES / "unga_agreement.csv")


@pytest.fixture(scope="module")
def by_period_oracle() -> pd.DataFrame:
    return pd.read_csv(ORACLES / "unga_agreement_periods_all.csv")


def votes(pairs: str, year: int = 2000) -> pd.DataFrame:
    """Return roll calls of AZE and PAK from pairs such as ``yy ya n-``."""
    cells = pairs.split()
    return pd.DataFrame(
        {
            "month": [f"{year}-01"] * len(cells),
            "whole": [True] * len(cells),
            "AZE": [c[0] for c in cells],
            "PAK": [c[1] for c in cells],
        }
    )


def same_digits(computed: pd.DataFrame, oracle: pd.DataFrame, columns: list[str]) -> None:
    """Compare to the last digit printed, and name the rows that differ."""
    for column in columns:
        tolerance = 0 if column.startswith("n_") else HALF_A_DIGIT
        values = computed[column].astype("float64")
        differs = ~np.isclose(values, oracle[column], rtol=0, atol=tolerance, equal_nan=True)
        assert not differs.any(), f"{column}:\n{oracle[differs].head()}\n{computed[differs].head()}"


def dyads(oracle: pd.DataFrame) -> list[tuple[str, str]]:
    return list(oracle[["country_a", "country_b"]].drop_duplicates().itertuples(index=False))


def recomputed_by_year(rollcalls, oracle, whole: bool) -> pd.DataFrame:
    keys = ["year", "country_a", "country_b"]
    frames = [measures.agreement(rollcalls, a, b, whole=whole) for a, b in dyads(oracle)]
    return oracle[keys].merge(pd.concat(frames), on=keys, how="left", validate="one_to_one")


# Agreement, against the tables computed apart


def test_every_dyad_year_of_all_recorded_votes_equals_the_oracle(rollcalls, by_year_oracle):
    computed = recomputed_by_year(rollcalls, by_year_oracle, whole=False)
    same_digits(computed, by_year_oracle, ["n_rollcalls", "n_votes", "n_same", *MEASURES])


def test_every_dyad_year_of_whole_resolutions_equals_the_oracle(rollcalls, by_year_oracle):
    computed = recomputed_by_year(rollcalls, by_year_oracle, whole=True)
    oracle = by_year_oracle[[f"{c}_whole" for c in ["n_rollcalls", "n_votes", *WHOLE]]]
    oracle = oracle.rename(columns=lambda c: c.removesuffix("_whole"))
    same_digits(computed, oracle, ["n_rollcalls", "n_votes", *WHOLE])


@pytest.mark.parametrize("basis", ["all_recorded_votes", "whole_resolutions"])
def test_every_period_equals_the_oracle(rollcalls, by_period_oracle, basis):
    oracle = by_period_oracle[by_period_oracle["basis"] == basis].reset_index(drop=True)
    keys = ["period", "country_a", "country_b"]
    periods = [tuple(map(int, p.split("/"))) for p in oracle["period"].unique()]
    whole = basis == "whole_resolutions"
    frames = [
        measures.agreement_by_period(rollcalls, a, b, periods, whole=whole)
        for a, b in dyads(oracle)
    ]
    computed = oracle[keys].merge(pd.concat(frames), on=keys, how="left", validate="one_to_one")
    same_digits(computed, oracle, ["n_votes", "n_same", *MEASURES])


def test_the_oracles_hold_every_row(by_year_oracle, by_period_oracle):
    assert (len(by_year_oracle), len(by_period_oracle)) == (885, 270)


# Agreement, by hand


def test_agreement_of_a_case_counted_by_hand():
    # Four common votes: yes-yes, yes-yes, yes-no, abstention-abstention; two with an absence.
    row = measures.agreement(votes("yy yy yn aa y- -n"), "AZE", "PAK").iloc[0]
    assert (row["n_rollcalls"], row["n_votes"], row["n_same"]) == (6, 4, 3)
    assert row["share_same"] == 0.75
    assert row["share_opposite"] == 0.25
    assert row["s_index"] == 0.75  # 1 - (2 / 4) / 2
    # AZE: 3 yes, 1 abstention; PAK: 2 yes, 1 abstention, 1 no. (3*2 + 1*1) / 16
    assert row["expected_same"] == 7 / 16
    assert row["kappa"] == pytest.approx((12 - 7) / (16 - 7))
    # The shares allow yes-yes twice, abstention-abstention once; the fourth must differ.
    assert row["kappa_highest"] == pytest.approx((12 - 7) / (16 - 7))
    # Expected distance: yes-abstention 3*1, yes-no 3*1*2, abstention-yes 1*2, abstention-no 1*1
    assert row["kappa_linear"] == pytest.approx(1 - (2 / 4) / (12 / 16))
    # Pooled shares: yes 5/8, abstention 2/8, no 1/8; squares add up to 30/64
    assert row["scott_pi"] == pytest.approx((48 - 30) / (64 - 30))
    assert (row["a_yes"], row["b_yes"]) == (0.75, 0.5)


def test_shares_that_differ_hold_kappa_down_by_hand():
    # Yes 3 and no 1 against yes 1 and no 3: two alike at best, where chance gives 6 of 16.
    row = measures.agreement(votes("yy yn yn nn"), "AZE", "PAK").iloc[0]
    assert row["kappa_highest"] == pytest.approx((8 - 6) / (16 - 6))
    assert row["kappa"] == row["kappa_highest"]


def test_absence_is_not_abstention():
    with_absence = measures.agreement(votes("yy aa -a"), "AZE", "PAK").iloc[0]
    assert (with_absence["n_votes"], with_absence["share_same"]) == (2, 1.0)


def test_a_missing_record_is_left_out():
    table = votes("yy aa yn")
    table.loc[2, "PAK"] = None
    assert measures.agreement(table, "AZE", "PAK").iloc[0]["n_votes"] == 2


def test_votes_on_paragraphs_count_only_when_asked_for():
    table = votes("yy yn").assign(whole=[True, False])
    assert measures.agreement(table, "AZE", "PAK").iloc[0]["share_same"] == 1.0
    assert measures.agreement(table, "AZE", "PAK", whole=False).iloc[0]["share_same"] == 0.5


def test_a_period_pools_votes_and_is_no_mean_of_years():
    table = pd.concat([votes("yy", 2000), votes("yn yn yn", 2001)])
    pooled = measures.agreement_by_period(table, "AZE", "PAK", [(2000, 2001)]).iloc[0]
    assert (pooled["period"], pooled["share_same"]) == ("2000/2001", 0.25)


def test_a_year_without_common_votes_is_not_computable():
    row = measures.agreement(votes("y- -n"), "AZE", "PAK").iloc[0]
    assert (row["n_rollcalls"], row["n_votes"]) == (2, 0)
    assert row[MEASURES].isna().all()


def test_coefficients_are_not_computable_where_one_vote_is_all_there_is():
    row = measures.agreement(votes("yy yy"), "AZE", "PAK").iloc[0]
    assert row["share_same"] == row["expected_same"] == 1.0
    assert row[["kappa", "kappa_highest", "kappa_linear", "scott_pi"]].isna().all()


def test_a_period_without_roll_calls_is_not_computable():
    row = measures.agreement_by_period(votes("yy"), "AZE", "PAK", [(1980, 1990)]).iloc[0]
    assert row["n_votes"] == 0
    assert np.isnan(row["share_same"])


def test_turkiye_has_no_record_in_2024(rollcalls):
    year = measures.agreement(rollcalls, "PAK", "TUR").set_index("year").loc[2024]
    assert (year["n_rollcalls"], year["n_votes"]) == (6, 0)


@pytest.mark.parametrize(
    ("a", "b", "message"), [("AZE", "DEU", "no votes of this state"), ("AZE", "AZE", "itself")]
)
def test_an_unknown_or_doubled_state_is_named(a, b, message):
    with pytest.raises(MeasureError, match=message):
        measures.agreement(votes("yy"), a, b)


def test_no_roll_calls_is_an_error():
    with pytest.raises(MeasureError, match="no roll calls"):
        measures.agreement(votes("yy").iloc[:0], "AZE", "PAK")


def test_a_swapped_period_is_named():
    with pytest.raises(MeasureError, match="ends before it starts"):
        measures.agreement_by_period(votes("yy"), "AZE", "PAK", [(2001, 2000)])


ballots = st.lists(st.tuples(st.sampled_from("yan-"), st.sampled_from("yan-")), min_size=1)


@EXAMPLES
@given(ballots)
def test_agreement_stays_within_its_bounds(cast):
    row = measures.agreement(votes(" ".join(map("".join, cast))), "AZE", "PAK").iloc[0]
    if row["n_votes"] == 0:
        assert row[MEASURES].isna().all()
        return
    for column in ("share_same", "share_opposite", "s_index", "expected_same", "a_yes", "b_yes"):
        assert 0 <= row[column] <= 1
    for column in ("kappa", "kappa_highest", "kappa_linear", "scott_pi"):
        assert np.isnan(row[column]) or -1 <= row[column] <= 1
    assert np.isnan(row["kappa"]) or row["kappa"] <= row["kappa_highest"] + 1e-12
    assert row["share_same"] - 1e-12 <= row["s_index"] <= 1 - row["share_opposite"] + 1e-12


@EXAMPLES
@given(ballots)
def test_agreement_does_not_depend_on_the_order_of_the_states(cast):
    table = votes(" ".join(map("".join, cast)))
    one = measures.agreement(table, "AZE", "PAK").iloc[0]
    other = measures.agreement(table, "PAK", "AZE").iloc[0]
    symmetric = [m for m in MEASURES if m not in ("a_yes", "b_yes")]
    pd.testing.assert_series_equal(one[symmetric], other[symmetric])
    assert one["a_yes"] == other["b_yes"] or np.isnan(one["a_yes"])
