"""Ranges from statements: what several sources say of one quantity, year by year, never averaged.

A statement has bounds, open or closed, and covers some days. It speaks of a calendar year in one of
four ways, its ``kind``: ``whole`` (its days are that year), ``part`` (less than that year, so that
the year has at least as much), ``band`` (a yearly amount said of several years, of each) or
``level`` (an amount a year "at present", which binds no year). What spans two calendar years, such
as a fiscal year, speaks of neither (``across``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from azpak.dates import Date, parse
from azpak.errors import MeasureError
from azpak.measures.bounds import Bounds

__all__ = ["KINDS", "Stated", "stated_by_year", "statements", "yearly_ranges"]

KINDS = ("whole", "part", "band", "level", "across")
_BINDING = ("whole", "band")  # kinds that bound a year on both sides
_NEEDED = {"period", "period_type", "low", "high", "status", "group"}
_YEARLY = {"range": "band", "current-level": "level"}
ROUNDING = 0.01  # figures nearer to each other than this part may be one figure, rounded twice


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
            "a source has no origin",
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


@dataclass(frozen=True, eq=False)
class Stated:
    """What is stated of one quantity: its statements, and the range of each calendar year.

    Attributes
    ----------
    statements
        As `statements` returns them; further columns are kept.
    """

    statements: pd.DataFrame

    @cached_property
    def by_year(self) -> pd.DataFrame:
        """The statements by the years of which they speak, as `stated_by_year` has them."""
        return stated_by_year(self.statements)

    @cached_property
    def ranges(self) -> pd.DataFrame:
        """The range of each year, as `yearly_ranges` has them, by ``year``."""
        return yearly_ranges(self.statements).set_index("year")

    @property
    def bound_years(self) -> pd.DataFrame:
        """The ranges of those years that a statement binds."""
        return self.ranges[self.ranges["n_statements"] > 0]

    @property
    def official_years(self) -> pd.DataFrame:
        """The ranges of those years for which there is an official figure."""
        return self.ranges[self.ranges["n_official"] > 0]

    @property
    def earliest(self) -> Date:
        """The period of the statement that speaks of the earliest time."""
        periods = map(parse, self.statements["period"].dropna())
        return min(periods, key=lambda date: date.sort_key)

    @property
    def widest(self) -> int:
        """The year whose highest figure is the largest multiple of its lowest."""
        return int((self.bound_years["high"] / self.bound_years["low"]).idxmax())

    @property
    def unstated_years(self) -> list[int]:
        """The years between the first and the last bound one that no statement binds."""
        years = self.bound_years.index
        return sorted({*range(years.min(), years.max())} - {*years})

    def of(self, year: int) -> Bounds:
        """Return the lowest and the highest figure for a year.

        Raises
        ------
        azpak.errors.ReportError
            `azpak.errors.MeasureError`, if no statement binds the year.
        """
        if year not in self.bound_years.index:
            raise MeasureError(
                "no statement binds this year", value=year,
                way_out="Name one of bound_years; a part of a year gives at_least alone",
            )  # fmt: skip
        return Bounds(*self.ranges.loc[year, ["low", "high"]].astype(float))

    def spread(self, year: int) -> float:
        """Return how many times the lowest figure for a year the highest is."""
        low, high = self.of(year)
        return high / low

    def with_kind(self) -> pd.DataFrame:
        """Return the statements with the ``kind`` of what each says, a row for each."""
        kinds = self.by_year.drop_duplicates(["period", "low", "source_id"])
        keys = ["period", "source_id", "low"]
        return self.statements.merge(kinds[[*keys, "kind"]], on=keys, how="left")


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
