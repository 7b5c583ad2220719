"""Ranges from statements: what several sources say of one quantity, year by year, never averaged.

A statement has bounds, open or closed, and covers some days. It speaks of a calendar year in one of
four ways, its ``kind``: ``whole`` (its days are that year), ``part`` (less than that year, so that
the year has at least as much), ``band`` (a yearly amount said of several years, of each) or
``level`` (an amount a year "at present", which binds no year). What spans two calendar years, such
as a fiscal year, speaks of neither (``across``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.dates import parse
from azpak.errors import MeasureError

__all__ = [
    "KINDS",
    "Bounds",
    "from_share",
    "growth",
    "mirror_ratio",
    "share_of",
    "stated_by_year",
    "statements",
    "times_over",
    "yearly_ranges",
]

KINDS = ("whole", "part", "band", "level", "across")
_BINDING = ("whole", "band")  # kinds that bound a year on both sides
_NEEDED = {"period", "period_type", "low", "high", "status", "group"}
_YEARLY = {"range": "band", "current-level": "level"}
ROUNDING = 0.01  # figures nearer to each other than this part may be one figure, rounded twice


class Bounds(NamedTuple):
    """A lower and an upper bound; NaN where a side is open."""

    low: float
    high: float


def statements(
    rows: pd.DataFrame,
    value: str | None,
    low: str,
    high: str,
    groups: pd.Series,
) -> pd.DataFrame:
    """Bring published figures into one form: bounds, period, status and independence group.

    low = high = the plain number, where one is stated; else the stated bounds, either of which may
    be missing: "over 80,000" has no upper one, "nearly 100,000" no lower one.

    Parameters
    ----------
    rows
        Figures of one quantity: ``period`` (EDTF, may be empty), ``period_type``, ``status``,
        ``source_id`` and the columns named below.
    value, low, high
        Columns with the plain number (None if the table has bounds only) and with the bounds.
    groups
        Independence group by ``source_id``: sources that go back to one count once.

    Returns
    -------
    pandas.DataFrame
        ``rows`` in their order and with their index: ``period``, ``period_type``, ``low`` and
        ``high`` (float, NaN where open), ``status``, ``source_id``, ``group``. Rows with neither
        bound nor number are left out.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if a lower bound exceeds its upper one or a source has no
        group.
    """
    plain = rows[value] if value else pd.Series(np.nan, rows.index)
    found = rows[["period", "period_type", "status", "source_id"]].assign(
        low=plain.fillna(rows[low]).astype("float64"),
        high=plain.fillna(rows[high]).astype("float64"),
        group=rows["source_id"].map(groups),
    )
    if found["group"].isna().any():
        raise MeasureError(
            "a source has no independence group",
            value=found.loc[found["group"].isna(), "source_id"].iloc[0],
            way_out="Give it one in the table sources",
        )
    _ordered(found)
    kept = found[found[["low", "high"]].notna().any(axis=1)]
    return kept[["period", "period_type", "low", "high", "status", "source_id", "group"]]


def stated_by_year(stated: pd.DataFrame) -> pd.DataFrame:
    """Say of which calendar years each statement speaks, and how.

    Parameters
    ----------
    stated
        As `statements` returns them: ``period``, ``period_type``, ``low``, ``high``, ``status``,
        ``group``.

    Returns
    -------
    pandas.DataFrame
        The columns of ``stated`` with ``year`` (Int64, missing for a statement without a period)
        and ``kind`` (see the module); one row for each year of which a statement speaks.

        A ``part`` keeps only its lower bound. A statement "a year" of several years is a ``band``
        of each of them; a total over several years is no such statement and must not be given.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if a column is missing or a bound is out of order.
    """
    if missing := sorted(_NEEDED - {*stated.columns}):
        raise MeasureError("columns are missing", value=missing)
    _ordered(stated)
    rows = []
    for row in stated.to_dict("records"):
        for year, kind in _years(row["period"], row["period_type"]):
            high = np.nan if kind == "part" else row["high"]
            rows.append(row | {"high": high, "year": year, "kind": kind})
    found = pd.DataFrame(rows, columns=[*stated.columns, "year", "kind"])
    return found.astype({"year": "Int64"})


def yearly_ranges(stated: pd.DataFrame) -> pd.DataFrame:
    """Compute the range of what is stated of each calendar year.

    low = the smallest, high = the largest bound of the statements that bind the year (whole year
    or band). Where one of them leaves a side open, and no other reaches beyond it, the range is
    open there: ``open_low``, ``open_high``. Parts of the year give ``at_least``, the largest of
    their lower bounds. Levels and spans across years are counted nowhere.

    Parameters
    ----------
    stated
        As `statements` returns them, of one quantity.

    Returns
    -------
    pandas.DataFrame
        One row for each year that a statement binds or of which a part is stated, in order:
        ``year`` (int), ``low`` and ``high`` (unit of the statements, NaN if only a part of the
        year is stated), ``open_low``, ``open_high`` (bool), ``at_least`` (NaN without a part),
        ``n_statements``, ``n_groups`` (independence groups) and ``n_official`` (statements that
        are official figures), all of those that bind the year; ``n_parts``; ``disjoint`` (two
        statements exclude each other by more than rounding, one part in a hundred; a part of the
        year that exceeds the whole is such a case). "Over 72,000" does not exclude 81,000.

    Raises
    ------
    azpak.errors.ReportError
        `azpak.errors.MeasureError`, if no statement speaks of a calendar year, and as
        `stated_by_year`.

    Notes
    -----
    A range is the spread of what is said and no interval of confidence: nothing is known of how
    likely its parts are, and the middle of it is nobody's figure.
    """
    found = stated_by_year(stated)
    found = found[found["kind"].isin([*_BINDING, "part"])]
    if found.empty:
        raise MeasureError(
            "no statement speaks of a calendar year: there is no range",
            value=len(stated),
        )
    return pd.DataFrame(
        [_range_of(int(year), rows) for year, rows in found.groupby("year", sort=True)]
    )


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


def from_share(share_pct: float, whole: float, step: float = 0.1) -> Bounds:
    """Compute the bounds of a number of which only its rounded share in a whole is published.

    low = (share - step / 2) / 100 * whole, high = (share + step / 2) / 100 * whole; never below
    nought nor above the whole.

    Parameters
    ----------
    share_pct
        The published share, per cent.
    whole
        The whole, in its own unit.
    step
        The step to which the share was rounded, per cent.

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
    if share_pct < 0 or share_pct > 100 or whole < 0 or step <= 0:
        raise MeasureError("not a share of a whole", value=(share_pct, whole, step))
    ends = [(share_pct + side * step / 2) / 100 * whole for side in (-1, 1)]
    return Bounds(*np.clip(ends, 0, whole).tolist())


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


def _years(period: object, period_type: str) -> list[tuple[object, str]]:
    """Return the years of which a period speaks, and the kind of statement it makes of them."""
    if not isinstance(period, str) or not period:
        return [(pd.NA, "level")]
    date = parse(period)
    first, last = date.start.year, (date.end or date.start).year
    if kind := _YEARLY.get(period_type):
        years = range(first, last + 1) if kind == "band" else [first]
        return [(year, kind) for year in years]
    if first != last:
        return [(first, "across")]
    full = (date.start.month, date.start.day, date.end.month, date.end.day) == (1, 1, 12, 31)
    return [(first, "whole" if full else "part")]


def _range_of(year: int, rows: pd.DataFrame) -> dict[str, object]:
    """Return the range of one year from its statements."""
    binding, parts = rows[rows["kind"].isin(_BINDING)], rows[rows["kind"] == "part"]
    ends = binding[["low", "high"]].to_numpy(dtype="float64")
    ends = ends[~np.isnan(ends)]
    low, high = (ends.min(), ends.max()) if ends.size else (np.nan, np.nan)
    floor, ceiling = rows["low"].max(), binding["high"].min()
    return {
        "year": year,
        "low": low,
        "high": high,
        "open_low": bool((binding["low"].isna() & (binding["high"] <= low)).any()),
        "open_high": bool((binding["high"].isna() & (binding["low"] >= high)).any()),
        "at_least": parts["low"].max(),
        "n_statements": len(binding),
        "n_groups": binding["group"].nunique(),
        "n_official": int(binding["status"].str.startswith("official").sum()),
        "n_parts": len(parts),
        "disjoint": bool(floor > ceiling * (1 + ROUNDING)),
    }


def _ordered(stated: pd.DataFrame) -> None:
    """Raise if a lower bound exceeds its upper one."""
    wrong = stated[stated["low"] > stated["high"]]
    if len(wrong):
        raise MeasureError(
            "a lower bound exceeds its upper one",
            value=tuple(wrong[["low", "high"]].iloc[0]),
        )


def _checked(bounds: Sequence[float]) -> Bounds:
    """Return bounds that are in order and not negative."""
    low, high = (float(bound) for bound in bounds)
    if low < 0 or high < 0 or low > high:
        raise MeasureError("bounds are negative or out of order", value=(low, high))
    return Bounds(low, high)
