"""Bounds and what is computed of them: multiples, growth and shares of two ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from azpak.errors import MeasureError

__all__ = [
    "Bounds",
    "from_share",
    "growth",
    "mirror_ratio",
    "share_of",
    "times_over",
]


class Bounds(NamedTuple):
    """A lower and an upper bound; NaN where a side is open."""

    low: float
    high: float


def times_over(early: Sequence[float], late: Sequence[float]) -> Bounds:
    """Compute how many times as large a range is as another.

    low = late low / early high, high = late high / early low.

    Parameters
    ----------
    early, late
        Lower and upper bound of each, none negative; NaN where a side is open.

    Returns
    -------
    Bounds
        Without unit; NaN where a bound that it needs is open.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if a bound is negative or out of order, or the earlier range
        reaches nought, of which there is no multiple.
    """
    (early_low, early_high), (late_low, late_high) = _checked(early), _checked(late)
    if early_low == 0 or early_high == 0:
        raise MeasureError("there is no multiple of nought", value=tuple(early))
    return Bounds(late_low / early_high, late_high / early_low)


def growth(early: Sequence[float], late: Sequence[float]) -> Bounds:
    """Compute the growth from one range to another, as share of the earlier one.

    growth = `times_over` - 1: 0.5 is a rise by half, -0.5 a fall by half.

    Parameters
    ----------
    early, late
        As for `times_over`.

    Returns
    -------
    Bounds
        Without unit, at least -1; NaN where a bound that it needs is open.

    Raises
    ------
    azpak.errors.ReportError
        As `times_over`.
    """
    times = times_over(early, late)
    return Bounds(times.low - 1, times.high - 1)


def from_share(
    share_pct: float, whole: float, step: float = 0.1, whole_step: float = 0.0
) -> Bounds:
    """Compute the bounds of a number of which only its rounded share in a whole is published.

    low = (share - step / 2) / 100 * (whole - whole_step / 2), high = (share + step / 2) / 100 *
    (whole + whole_step / 2); never below nought nor above the whole.

    Parameters
    ----------
    share_pct
        The published share, per cent.
    whole
        The whole, in its own unit.
    step
        The step to which the share was rounded, per cent.
    whole_step
        The step to which the whole was rounded, in its unit; 0 where it is exact.

    Returns
    -------
    Bounds
        In the unit of the whole; NaN if the share or the whole is missing.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if the share is not between 0 and 100, the whole is negative
        or the step is not positive.
    """
    if share_pct < 0 or share_pct > 100 or whole < 0 or step <= 0 or whole_step < 0:
        raise MeasureError("not a share of a whole", value=(share_pct, whole, step))
    wholes = [whole + side * whole_step / 2 for side in (-1, 1)]
    ends = [
        (share_pct + side * step / 2) / 100 * rounded
        for side, rounded in zip((-1, 1), wholes, strict=True)
    ]
    return Bounds(*np.clip(ends, 0, wholes[1]).tolist())


def share_of(part: Sequence[float], whole: Sequence[float]) -> Bounds:
    """Compute the share that a range has in another, of which it is a part.

    low = part low / whole high, high = part high / whole low, at most 1.

    Parameters
    ----------
    part, whole
        Lower and upper bound of each, none negative; NaN where a side is open.

    Returns
    -------
    Bounds
        0 to 1; NaN where a bound that it needs is open.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, as `times_over`, and if the part is certainly larger than the
        whole.
    """
    share = times_over(whole, part)
    if share.low > 1:
        raise MeasureError("the part is larger than the whole", value=(tuple(part), tuple(whole)))
    return Bounds(share.low, min(share.high, 1.0) if not np.isnan(share.high) else share.high)


def mirror_ratio(imported: Sequence[float], exported: Sequence[float]) -> Bounds:
    """Compute the ratio of what one state imports to what its partner says it exports there.

    low = imported low / exported high, high = imported high / exported low. A ratio of 1 means
    that both report the same; imports include freight and insurance, exports do not, so that
    something above 1 is usual.

    Parameters
    ----------
    imported, exported
        Lower and upper bound as the importing and as the exporting state reports them, of one
        flow of goods.

    Returns
    -------
    Bounds
        Without unit. NaN, not computable, on both sides where either state reports nothing.

    Raises
    ------
    azpak.errors.ReportError
        As `times_over`.
    """
    return times_over(exported, imported)


def _checked(bounds: Sequence[float]) -> Bounds:
    """Return bounds that are in order and not negative."""
    low, high = (float(bound) for bound in bounds)
    if low < 0 or high < 0 or low > high:
        raise MeasureError("bounds are negative or out of order", value=(low, high))
    return Bounds(low, high)
