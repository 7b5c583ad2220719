"""Trade of Azerbaijan and Pakistan, of which there are statements only, beside that of others."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.errors import DataError, MeasureError
from azpak.measures import Bounds, Stated, mirror_ratio, share_of, statements, times_over
from azpak.output.table import cite, markup
from azpak.report import Report, finding
from azpak.vocabulary import VOICES

__all__ = [
    "OFFICE_SERIES", "UNIT", "Beside", "Implied", "PairTrade", "TwoCounts", "beside", "economy",
    "goods", "implied", "of_pair", "package", "row", "share_of_economy", "stated",
    "statement_rows", "statements_said", "two_counts",
]  # fmt: skip

UNIT = "million US dollars"  # of the table trade
MILLION = 1e6
OFFICE_SERIES = "official-dataset"  # the status of rows from a statistical office's own series
GOODS = "all goods"  # the product of rows that are no part of the trade of two states

# The two states' own counts of nearly the same twelve months: Azerbaijan's of a calendar year,
# Pakistan's of a fiscal year that begins in the middle of it.
LAST_OFFICIAL = "aze-pak-2024"  # the row that quotes its growth on the year before
CALENDAR, FISCAL = "aze-pak-2020", "pak-aze-2020-07-to-2021-06"

KINDS = {
    "whole": "year",
    "part": "part of a year",
    "band": "each of these years",
    "level": "current level",
    "across": "fiscal year",
}


class PairTrade(Stated):
    """What is stated of trade between Azerbaijan and Pakistan, in million US dollars."""

    @property
    def first(self) -> int:
        """The first year with an official figure."""
        return int(self.official_years.index.min())

    @property
    def last(self) -> int:
        """The last year with an official figure."""
        return int(self.official_years.index.max())

    @property
    def step(self) -> int:
        """The year in which the official figures grew most."""
        return int(self.official_years["low"].diff().idxmax())

    @property
    def rise(self) -> Bounds:
        """How many times that of the first official year the trade of the last one is."""
        return times_over(self.of(self.first), self.of(self.last))

    @property
    def n_band_years(self) -> int:
        """The years of which a yearly amount is said of several together."""
        return int((self.by_year["kind"] == "band").sum())


def row(
    report: Report, trade_id: str, *, year: int | None = None, kind: str | None = None
) -> pd.Series:
    """Return one row of the table ``trade``.

    Parameters
    ----------
    trade_id
        Its id.
    year, kind
        The year in which its period begins and the kind of period, where a sentence says so.

    Raises
    ------
    DataError
        If there is no such row, or it is of another year or kind of period.
    """
    table = report.table("trade").set_index("trade_id")
    file = report.folder / report.resource("trade")["path"]
    if trade_id not in table.index:
        raise DataError("there is no such row of trade", file=file, value=trade_id)
    found = table.loc[trade_id]
    if year is not None and parse(found["period"]).start.year != year:
        raise DataError(
            f"the row {trade_id} is not of {year}, as a sentence has it",
            file=file, value=found["period"], way_out="Name another row, or mend the sentence",
        )  # fmt: skip
    if kind is not None and found["period_type"] != kind:
        raise DataError(
            f"the row {trade_id} is no {kind}, as a sentence has it",
            file=file, value=found["period_type"], way_out="Name another row",
        )  # fmt: skip
    return found


def goods(report: Report, a: str, b: str) -> pd.DataFrame:
    """Return the rows on the trade in all goods of two states, whichever of them reports it."""
    trade = report.table("trade")
    pair = trade["reporter"].isin([a, b]) & trade["partner"].isin([a, b])
    return trade[pair & (trade["product"] == GOODS)]


@finding
def stated(report: Report, a: str, b: str) -> Stated:
    """Return what is stated of the turnover of two states, whichever of them reports it.

    Where a row has exports and imports and no turnover, their sum stands for it.

    Returns
    -------
    azpak.measures.Stated
        In million US dollars; its statements have ``trade_id`` and ``reporter`` too, in the order
        of the table.
    """
    return Stated(_statements(report, a, b))


@finding
def of_pair(report: Report) -> PairTrade:
    """Return what is stated of trade between Azerbaijan and Pakistan.

    Raises
    ------
    azpak.errors.MeasureError
        If what the prose says of it no longer holds: that one statement speaks of several years,
        that the figures for the year of the step exclude one another, and that trade more than
        doubled in it.
    """
    pair = PairTrade(_statements(report, "AZE", "PAK"))
    several = pair.by_year.loc[pair.by_year["kind"] == "band", "trade_id"].unique()
    if len(several) != 1:
        raise MeasureError("not one statement speaks of several years", value=list(several))
    if not pair.ranges.at[pair.step, "disjoint"]:
        raise MeasureError("the figures for the year of the step do not exclude each other")
    grown = times_over(pair.of(pair.step - 1), pair.of(pair.step))
    if grown.low <= 2:
        raise MeasureError("trade did not double in the year of the step", value=tuple(grown))
    return pair


def _statements(report: Report, a: str, b: str) -> pd.DataFrame:
    rows = goods(report, a, b)
    rows = rows.assign(
        turnover=rows["turnover"].fillna(
            (rows["exports"] + rows["imports"]).where(rows["turnover_low"].isna())
        )
    )
    groups = report.sources["independence_group"]
    found = statements(rows, "turnover", "turnover_low", "turnover_high", groups)
    return found.join(rows[["trade_id", "reporter"]])


@finding
def statements_said(report: Report) -> pd.DataFrame:
    """Return the statements on the pair's trade in order of time, with the kind of each.

    Returns
    -------
    pandas.DataFrame
        ``trade_id``, ``reporter``, ``period`` (EDTF), ``kind``, ``low``, ``high`` (million US
        dollars), ``status``, ``source_id``.
    """
    once = of_pair(report).by_year.drop_duplicates("trade_id")
    once = once.sort_values("period", key=lambda texts: texts.map(lambda t: parse(t).sort_key))
    return once[["trade_id", "reporter", "period", "kind", "low", "high", "status", "source_id"]]


@finding
def statement_rows(report: Report) -> pd.DataFrame:
    """Return the statements on the pair's trade as a table prints them, with who makes each.

    Returns
    -------
    pandas.DataFrame
        ``Period``, ``Million US dollars``, ``Is said of`` and ``Who says so`` (markup).
    """
    stances = report.sources["stance"]
    rows = [
        {
            "Period": parse(said.period).display(),
            "Million US dollars": _amount(said.kind, said.low, said.high),
            "Is said of": KINDS[said.kind],
            "Who says so": markup(
                f"{VOICES[stances[said.source_id]]}, "
                f"{'official figure' if said.status.startswith('official') else 'claim'} "
                f"{cite([said.source_id])}"
            ),
        }
        for said in statements_said(report).itertuples()
    ]
    return pd.DataFrame(rows, dtype=object)


def _amount(kind: str, low: float, high: float) -> str:
    """Return what a statement says, with its open side; a part of a year has no upper bound."""
    if pd.isna(low):
        return f"nearly {high:,.10g}"
    if kind == "part" or low == high:
        return f"{low:,.10g}"
    return f"more than {low:,.10g}" if pd.isna(high) else f"{low:,.10g} to {high:,.10g}"


class Implied(NamedTuple):
    """What the growth that was quoted for the last official year implies of the year before.

    Attributes
    ----------
    growth
        The quoted growth, 0.2 a fifth.
    before
        The trade of the year before that it implies, million US dollars.
    year
        That year.
    bounds
        The figures for that year with the implied one among them.
    """

    growth: float
    before: float
    year: int
    bounds: Bounds


@finding
def implied(report: Report) -> Implied:
    """Return what the quoted growth implies of the year before the last official one.

    Raises
    ------
    DataError
        If the row of that year no longer quotes a growth: the text relies on it.
    """
    pair = of_pair(report)
    found = row(report, LAST_OFFICIAL, year=pair.last)
    told = " ".join(str(found[name]) for name in ("turnover_text", "note"))
    quoted = re.search(r"up (\d+(?:\.\d+)?)%", told)
    if quoted is None:
        raise DataError(
            "the row quotes no growth", file=report.folder / "indicators" / "trade.csv",
            value=LAST_OFFICIAL, way_out="Keep in its note: up, and the number in per cent",
        )  # fmt: skip
    grown = float(quoted[1]) / 100
    before = float(found["turnover"]) / (1 + grown)
    low, high = pair.of(pair.last - 1)
    return Implied(grown, before, pair.last - 1, Bounds(min(before, low), max(before, high)))


class TwoCounts(NamedTuple):
    """What each of the two states counts, of twelve months that are not the same.

    Attributes
    ----------
    calendar, fiscal
        The rows of the table: Azerbaijan's of a calendar year, Pakistan's of a fiscal one.
    fiscal_sum
        Exports and imports of the fiscal year, million US dollars.
    years
        The two calendar years that it overlaps.
    to_azerbaijan, to_pakistan
        What the one imports as a multiple of what the other says it exports there, as if the
        twelve months were the same.
    """

    calendar: pd.Series
    fiscal: pd.Series
    fiscal_sum: float
    years: tuple[int, int]
    to_azerbaijan: Bounds
    to_pakistan: Bounds


@finding
def two_counts(report: Report) -> TwoCounts:
    """Compare what each of the two states counts.

    Raises
    ------
    azpak.errors.MeasureError
        If the sum of the fiscal year does not exceed Azerbaijan's figures for the two calendar
        years that it overlaps, as the prose says.
    """
    calendar, fiscal = row(report, CALENDAR), row(report, FISCAL)
    period = parse(fiscal["period"])
    years = (period.start.year, period.end.year)
    total = fiscal["exports"] + fiscal["imports"]
    highest = max(of_pair(report).of(year).high for year in years)
    if total <= highest:
        raise MeasureError("the fiscal year is not the larger", value=(total, highest))
    return TwoCounts(
        calendar, fiscal, total, years,
        to_azerbaijan=mirror_ratio([calendar["imports"]] * 2, [fiscal["exports"]] * 2),
        to_pakistan=mirror_ratio([fiscal["imports"]] * 2, [calendar["exports"]] * 2),
    )  # fmt: skip


class Beside(NamedTuple):
    """The trade of two other states in one year, beside that of Azerbaijan and Pakistan.

    Attributes
    ----------
    trade
        Million US dollars.
    times
        How many times the trade of Azerbaijan and Pakistan it is.
    """

    trade: Bounds
    times: Bounds


@finding
def beside(report: Report, a: str, b: str, year: int) -> Beside:
    """Compare the trade of two states in a year with that of Azerbaijan and Pakistan."""
    theirs = stated(report, a, b).of(year)
    return Beside(theirs, times_over(of_pair(report).of(year), theirs))


@finding
def economy(report: Report, state: str, year: int) -> float:
    """Return the gross domestic product of a state in a year, in million current US dollars."""
    table = report.table("gdp_population")
    of_state = (table["iso3"] == state) & (table["year"] == year)
    values = table.loc[of_state & (table["indicator"] == "NY.GDP.MKTP.CD"), "value"]
    if len(values) != 1:
        raise MeasureError("there is not one figure of the economy", value=(state, year))
    return float(values.iloc[0]) / MILLION


@finding
def share_of_economy(report: Report, state: str, year: int) -> Bounds:
    """Return the pair's trade of a year as share, 0 to 1, of the economy of a state."""
    return share_of(of_pair(report).of(year), [economy(report, state, year)] * 2)


@finding
def package(report: Report) -> Beside:
    """Return the reported price of the aircraft beside the pair's trade of the last year.

    Raises
    ------
    DataError
        If the reports give more than one sum in dollars.
    """
    price = report.value("jf17-package-value-2024", unit="USD") / MILLION
    pair = of_pair(report)
    return Beside(Bounds(price, price), times_over(pair.of(pair.last), [price] * 2))
