"""Who supplied a state with arms, by SIPRI's register: deliveries, shares, concentration."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.measures import (
    Concentration,
    concentration_by_period,
    herfindahl,
    one_release,
    periods_of,
    supplier_shares,
)
from azpak.report import Report, finding
from azpak.text import bounds, count_in_words, decimal, per_cent, span_of_years, whole

__all__ = [
    "OTHERS", "REGISTER", "WINDOW", "Supply", "Windows", "armenia", "azerbaijan", "by_year",
    "concentration_file", "concentration_rows", "deliveries", "shares", "shares_by_period",
    "supply", "windows", "years",
]  # fmt: skip

REGISTER = "sipri_at_register_2026feb"  # the source that lists deliveries by pair and year
TABLE = "arms_transfers_tiv"

SHOWN = 5  # the largest suppliers, each on its own; Pakistan is added, the rest is summed
OTHERS = "Others"
WINDOW = 5  # years of a moving window, as of the periods


@finding
def deliveries(report: Report, recipient: str) -> pd.DataFrame:
    """Return what was delivered to a state, by supplier and year.

    Parameters
    ----------
    recipient
        ISO 3166-1 alpha-3.

    Returns
    -------
    pandas.DataFrame
        ``supplier`` (ISO3; UNK unknown), ``year``, ``tiv`` (million trend-indicator values: a
        measure of military capability, not of money) and ``release``, which is one.

    Raises
    ------
    MeasureError
        If the rows come from more than one release, which must not stand in one series.
    """
    rows = report.table(TABLE)
    rows = rows[(rows["recipient"] == recipient) & (rows["indicator"] == "tiv_deliveries")]
    one_release(rows, f"deliveries to {recipient}")
    return rows.rename(columns={"value": "tiv"})[["supplier", "year", "tiv", "release"]]


@finding
def years(report: Report, recipient: str) -> tuple[int, int]:
    """Return the first and the last year in which the register has a delivery to a state."""
    delivered = deliveries(report, recipient)["year"]
    return int(delivered.min()), int(delivered.max())


@finding
def years_from(report: Report, supplier: str, recipient: str) -> tuple[int, ...]:
    """Return the years in which the register has a delivery from one state to another."""
    rows = deliveries(report, recipient)
    rows = rows[(rows["supplier"] == supplier) & (rows["tiv"] > 0)]
    return tuple(int(year) for year in rows["year"])


@finding
def shares(report: Report, recipient: str, first: int, last: int) -> pd.DataFrame:
    """Return the shares of suppliers in what a state imported in a span of years.

    Parameters
    ----------
    recipient
        ISO 3166-1 alpha-3.
    first, last
        The years of delivery, both included.

    Returns
    -------
    pandas.DataFrame
        As `azpak.measures.supplier_shares` returns it.
    """
    return supplier_shares(report.table(TABLE), recipient, first, last)


@finding
def by_year(report: Report) -> pd.DataFrame:
    """Return Azerbaijan's imports by year, the largest suppliers and Pakistan each on its own.

    Returns
    -------
    pandas.DataFrame
        ``year`` as index, every year of the register; a column for each of the largest
        suppliers, the largest first, then for Pakistan and for `OTHERS`: million TIV, 0 where
        the register has no delivery.
    """
    rows = deliveries(report, "AZE")
    totals = rows.groupby("supplier")["tiv"].sum().sort_values(ascending=False)
    alone = list(dict.fromkeys([*totals.index[:SHOWN], "PAK"]))
    named = rows.assign(supplier=rows["supplier"].where(rows["supplier"].isin(alone), OTHERS))
    first, last = years(report, "AZE")
    found = named.pivot_table(index="year", columns="supplier", values="tiv", aggfunc="sum")
    order = [name for name in (*alone, OTHERS) if name in found]
    return found[order].reindex(range(first, last + 1)).fillna(0)


class Supply(NamedTuple):
    """Who supplied a state in the years that the register covers.

    Attributes
    ----------
    first, last
        The first and the last year with a delivery.
    release
        The release of the register.
    shares
        ``tiv`` (million TIV) and ``share`` (0 to 1) of all years by ``supplier``, the largest
        first.
    concentration
        Of all years.
    periods
        A row for each period of five years, as `azpak.measures.concentration_by_period` returns
        it, with ``first`` and ``last`` (years), ``first_supplier`` (ISO3) and ``first_share``.
    """

    first: int
    last: int
    release: str
    shares: pd.DataFrame
    concentration: Concentration
    periods: pd.DataFrame

    @property
    def tiv(self) -> float:
        """The volume of all years, in million TIV."""
        return float(self.shares["tiv"].sum())

    @property
    def fullest(self) -> pd.Series:
        """The period of the largest volume."""
        return self.periods.loc[self.periods["tiv"].idxmax()]

    @property
    def latest(self) -> pd.Series:
        """The last period."""
        return self.periods.iloc[-1]


@finding
def supply(report: Report, recipient: str) -> Supply:
    """Return who supplied a state (ISO 3166-1 alpha-3), over all years and by period."""
    first, last = years(report, recipient)
    periods = periods_of(first, last)
    whole_span = shares(report, recipient, first, last).set_index("supplier")
    return Supply(
        first,
        last,
        one_release(deliveries(report, recipient), f"deliveries to {recipient}"),
        whole_span,
        herfindahl(whole_span["share"]),
        _by_period(report, recipient, periods),
    )


@finding
def azerbaijan(report: Report) -> Supply:
    """Return who supplied Azerbaijan.

    Raises
    ------
    AssertionError
        If the fullest period is not the most concentrated one, or a period is less concentrated
        than all years together, which the text says.
    """
    found = supply(report, "AZE")
    tightest = found.periods.loc[found.periods["index"].idxmax(), "period"]
    assert tightest == found.fullest["period"], (
        f"the fullest period, {found.fullest['period']}, is not the most concentrated, {tightest}"
    )
    assert found.concentration.effective_number > found.periods["effective_number"].max(), (
        "a period is less concentrated than all years together"
    )
    return found


@finding
def armenia(report: Report) -> pd.DataFrame:
    """Return the shares of Armenia's suppliers in the years of Azerbaijan's deliveries.

    Returns
    -------
    pandas.DataFrame
        As `azpak.measures.supplier_shares` returns it.

    Raises
    ------
    AssertionError
        If Armenia's suppliers are the less concentrated, which the text denies.
    """
    ours = azerbaijan(report)
    theirs = shares(report, "ARM", ours.first, ours.last)
    assert herfindahl(theirs["share"]).index > ours.concentration.index, (
        "Armenia's suppliers are less concentrated than Azerbaijan's"
    )
    return theirs


@finding
def shares_by_period(report: Report) -> pd.DataFrame:
    """Return the shares of Azerbaijan's suppliers in each period of five years.

    Returns
    -------
    pandas.DataFrame
        ``period`` (``2000/2004``), ``supplier`` (ISO3; UNK unknown), ``tiv_million``, ``share``
        (0 to 1), by period, the largest first; and of the period ``index`` (Herfindahl),
        ``effective_number``, ``effective_low`` and ``effective_high``.
    """
    periods = azerbaijan(report).periods
    measured = ["index", "effective_number", "effective_low", "effective_high"]
    parts = [
        shares(report, "AZE", first, last).assign(period=period)
        for first, last, period in periods[["first", "last", "period"]].itertuples(index=False)
    ]
    rows = pd.concat(parts).rename(columns={"tiv": "tiv_million"})
    return rows.merge(periods[["period", *measured]], on="period")[
        ["period", "supplier", "tiv_million", "share", *measured]
    ]


@finding
def concentration_file(report: Report) -> pd.DataFrame:
    """Return how concentrated Azerbaijan's suppliers were, by period and over all years.

    Returns
    -------
    pandas.DataFrame
        The columns of `azpak.measures.concentration_by_period`, ``tiv`` as ``tiv_million``;
        ``first_supplier`` (ISO3), ``first_share`` (0 to 1) and ``release``; the last row is that
        of all years.
    """
    found = azerbaijan(report)
    whole_span = _by_period(report, "AZE", [(found.first, found.last)])
    return (
        pd.concat([found.periods, whole_span], ignore_index=True)
        .drop(columns=["first", "last"])
        .rename(columns={"tiv": "tiv_million"})
        .assign(release=found.release)
    )


@finding
def concentration_rows(report: Report) -> pd.DataFrame:
    """Return the rows of `concentration_file` as they are printed."""
    return pd.DataFrame(
        [
            {
                "Years": span_of_years(*row["period"].split("/"), "\N{EN DASH}"),
                "Million TIV": whole(row["tiv_million"]),
                "First of suppliers": (
                    f"{report.names_of([row['first_supplier']])} "
                    f"({per_cent(row['first_share'])}%) of {count_in_words(row['n_named'])}"
                ),
                "Index": decimal(row["index"], 2),
                "Effective number": (
                    f"{decimal(row['effective_number'], 1)} "
                    f"({bounds(row['effective_low'], row['effective_high'], 1)})"
                ),
            }
            for row in concentration_file(report).to_dict("records")
        ],
        dtype=object,
    )


def _by_period(report: Report, recipient: str, spans: list[tuple[int, int]]) -> pd.DataFrame:
    """Return the concentration in some spans of years, with the first supplier of each."""
    largest = [shares(report, recipient, *span).iloc[0] for span in spans]
    return concentration_by_period(report.table(TABLE), recipient, spans).assign(
        first=[first for first, _ in spans],
        last=[last for _, last in spans],
        first_supplier=[row["supplier"] for row in largest],
        first_share=[row["share"] for row in largest],
        n_named=[_named(report, recipient, *span) for span in spans],
    )


def _named(report: Report, recipient: str, first: int, last: int) -> int:
    """Return how many suppliers are known by name."""
    found = shares(report, recipient, first, last)
    return int(((found["tiv"] > 0) & (found["supplier"] != "UNK")).sum())


class Windows(NamedTuple):
    """Who supplied Azerbaijan most in moving windows of `WINDOW` years.

    Attributes
    ----------
    n
        Windows.
    leaders
        First suppliers (ISO3) in order of time, each once where it follows itself.
    n_of
        Windows that each of them leads, the most first.
    low, high
        The least and the largest effective number of suppliers.
    """

    n: int
    leaders: tuple[str, ...]
    n_of: dict[str, int]
    low: float
    high: float


@finding
def windows(report: Report) -> Windows:
    """Return who led in moving windows, which do not hang on where periods begin."""
    first, last = years(report, "AZE")
    spans = [(year, year + WINDOW - 1) for year in range(first, last - WINDOW + 2)]
    rows = _by_period(report, "AZE", spans)
    order = [str(s) for s in rows["first_supplier"]]
    leaders = tuple(s for n, s in enumerate(order) if not n or order[n - 1] != s)
    effective = rows["effective_number"]
    return Windows(
        len(rows), leaders, rows["first_supplier"].value_counts().to_dict(),
        float(effective.min()), float(effective.max()),
    )  # fmt: skip
