"""Trade and visitors by year, side by side: the table of results and its file."""

from __future__ import annotations

import pandas as pd

from azpak.findings import armenian_trade, trade, travel
from azpak.report import Report, finding
from azpak.text import Printed, bounds, count_in_words, open_bounds

__all__ = ["COLUMNS", "between", "result_rows", "results"]

# What the range of a year is, and what it rests on: see `azpak.measures.yearly_ranges`.
COLUMNS = (
    "low", "high", "open_low", "open_high", "at_least", "n_statements", "n_groups", "n_official",
    "n_parts", "disjoint",
)  # fmt: skip


@finding
def result_rows(report: Report) -> pd.DataFrame:
    """Return trade and visitors by year as a table prints them, with what each range rests on.

    Returns
    -------
    pandas.DataFrame
        ``Year``, ``Trade, Azerbaijan and Pakistan`` and ``Trade, Armenia and India`` (million US
        dollars), ``Pakistani visitors`` (thousands); None where nothing is stated.
    """
    pair, visits = trade.of_pair(report).ranges, travel.visits(report, "PAK").ranges
    measured = armenian_trade.measured(report)
    rows = [
        {
            "Year": str(year),
            "Trade, Azerbaijan and Pakistan": _printed(pair, year),
            "Trade, Armenia and India": (
                bounds(*measured.loc[year, ["by_consignment", "by_origin"]])
                if year in measured.index
                else None
            ),
            "Pakistani visitors": _printed(visits, year, 1e-3),
        }
        for year in sorted({*pair.index, *visits.index, *measured.index})
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def results(report: Report) -> pd.DataFrame:
    """Return the ranges of trade and visitors by year, as they are handed out.

    Returns
    -------
    pandas.DataFrame
        ``series`` (with its unit), ``year`` and the `COLUMNS`.
    """
    measured = armenian_trade.measured(report)[["by_consignment", "by_origin"]]
    series = {
        "trade AZE-PAK, million USD": trade.of_pair(report).ranges,
        "trade ARM-IND, million USD, imports by consignment and by origin": (
            measured.set_axis(["low", "high"], axis=1)
        ),
        "visitors PAK to AZE, persons": travel.visits(report, "PAK").ranges,
        "visitors IND to AZE, persons": travel.visits(report, "IND").ranges,
    }
    told = [ranges.filter([*COLUMNS]).assign(series=name) for name, ranges in series.items()]
    return pd.concat(told).rename_axis("year").reset_index()[["series", "year", *COLUMNS]]


def between(found: pd.Series, digits: int = 3, times: float = 1) -> Printed:
    """Return the range of one year, a row of `azpak.measures.Stated.ranges`, as text has it."""
    return open_bounds(
        found["low"], found["high"], digits,
        open_low=found["open_low"], open_high=found["open_high"], times=times,
    )  # fmt: skip


def _printed(ranges: pd.DataFrame, year: int, times: float = 1) -> str | None:
    """Return the range of a year, or its floor, and what it rests on."""
    if year not in ranges.index:
        return None
    found = ranges.loc[year]
    if not found["n_statements"]:
        return f"at least {round(found['at_least'] * times, 1):,.10g} ({_rests_on(found)})"
    return f"{between(found, 1, times)} ({_rests_on(found)})"


def _rests_on(found: pd.Series) -> str:
    """Return in words what the range of a year rests on."""
    said, parts, official, origins = (
        count_in_words(found[column])
        for column in ("n_statements", "n_parts", "n_official", "n_groups")
    )
    if not found["n_statements"]:
        return (
            f"{parts} part of the year" if found["n_parts"] == 1 else f"{parts} parts of the year"
        )
    if found["n_statements"] == 1:
        return "one official figure" if found["n_official"] else "one claim"
    words = f"{said} figures, {official} official"
    if found["n_groups"] < found["n_statements"]:
        words += f", from {origins} separate origin{'' if found['n_groups'] == 1 else 's'}"
    return words + ("; exclude each other" if found["disjoint"] else "")
