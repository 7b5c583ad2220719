"""How far two coders agree beyond what chance gives: Krippendorff's alpha for words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

from azpak.errors import MeasureError

__all__ = ["agreed", "alpha"]

Pairs = Iterable[tuple[Hashable, Hashable]]


def agreed(pairs: Pairs) -> float:
    """Return the share, 0 to 1, of the units that two coders coded alike.

    Raises
    ------
    MeasureError
        If there is no unit.
    """
    pairs = _units(pairs)
    return sum(one == other for one, other in pairs) / len(pairs)


def alpha(pairs: Pairs) -> float:
    """Compute Krippendorff's alpha of two coders, for values without an order.

    Parameters
    ----------
    pairs
        The two codings of each unit; all units were coded by both.

    Returns
    -------
    float
        One less the observed by the expected share of disagreement: 1 where all agree, 0 where
        they agree as often as values dealt out at random. NaN where only one value was ever given,
        because then nothing could disagree.

    Raises
    ------
    MeasureError
        If there is no unit.

    Notes
    -----
    With n units of two values each there are 2n values, and of a value that was given c times
    c (c - 1) of the 2n (2n - 1) ordered pairs of values are alike.
    """
    pairs = _units(pairs)
    given = Counter(value for pair in pairs for value in pair)
    total = given.total()
    expected = 1 - sum(c * (c - 1) for c in given.values()) / (total * (total - 1))
    return 1 - (1 - agreed(pairs)) / expected if expected else float("nan")


def _units(pairs: Pairs) -> list[tuple[Hashable, Hashable]]:
    units = list(pairs)
    if not units:
        raise MeasureError("there is no unit that two coders coded")
    return units
