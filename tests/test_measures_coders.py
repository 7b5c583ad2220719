"""The agreement of two coders: by hand, and by the package that others use."""

from __future__ import annotations

import random

import krippendorff
import pytest

from azpak.errors import MeasureError
from azpak.measures.coders import agreed, alpha


def test_agreement_by_hand():
    """Four units, a a / a b / b b / b b: given a 3 and b 5 times, 8 values in all.

    Of 8 x 7 ordered pairs 3 x 2 + 5 x 4 are alike: expected disagreement 1 - 26/56 = 30/56;
    observed 1/4. Alpha is 1 - (1/4) / (30/56) = 1 - 56/120 = 64/120.
    """
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]
    assert agreed(pairs) == 0.75
    assert alpha(pairs) == pytest.approx(64 / 120)


def test_full_agreement_is_one_and_its_reverse_less_than_none():
    assert alpha([("a", "a"), ("b", "b")]) == 1
    assert alpha([("a", "b"), ("b", "a")]) == pytest.approx(-0.5)  # 1 - 1 / (1 - 4/12)


def test_where_one_value_was_given_alone_there_is_no_alpha():
    assert alpha([("a", "a"), ("a", "a")]) != alpha([("a", "a"), ("a", "a")])


def test_no_units_are_refused():
    with pytest.raises(MeasureError, match="no unit"):
        alpha([])


@pytest.mark.parametrize("seed", range(5))
def test_the_package_that_others_use_gives_the_same(seed):
    rng = random.Random(seed)
    one = [rng.randrange(4) for _ in range(60)]
    other = [value if rng.random() < 0.7 else rng.randrange(4) for value in one]
    theirs = krippendorff.alpha(reliability_data=[one, other], level_of_measurement="nominal")
    assert alpha(zip(one, other, strict=True)) == pytest.approx(theirs)
