"""Where states stand on the main line of the General Assembly's votes."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from scipy.stats import norm

from azpak.errors import DataError
from azpak.measures import one_release
from azpak.report import PAIR, Report, finding

__all__ = [
    "ON_THE_LINE", "SURE", "FinalVotes", "Meetings", "Order", "final_votes", "meetings",
    "neighbours", "order", "overlaps", "point_rows", "positions",
]  # fmt: skip

SURE = 0.95  # the custom of the field
ON_THE_LINE = ("PAK", "KAZ", "IND", "TUR")  # states set beside Azerbaijan


@finding
def point_rows(report: Report) -> pd.DataFrame:
    """Return the ideal points of Azerbaijan and `ON_THE_LINE`, from all votes, with percentiles.

    Returns
    -------
    pandas.DataFrame
        ``year`` (as in the file), ``iso3``, ``ideal_point_all``, ``q05``, ``q95``, ``n_votes``,
        ``release``, from the first year of Azerbaijan on.

    Raises
    ------
    MeasureError
        If they come from more than one release: each estimates its own line.
    """
    points = report.table("unga_ideal_points")
    points = points[points["iso3"].isin(("AZE", *ON_THE_LINE)) & points["ideal_point_all"].notna()]
    points = points[points["year"] >= points.loc[points["iso3"] == "AZE", "year"].min()]
    one_release(points, "ideal points")
    kept = ["year", "iso3", "ideal_point_all", "q05", "q95", "n_votes", "release"]
    return points[kept].sort_values(["iso3", "year"], ignore_index=True)


def overlaps(points: pd.DataFrame, a: str, b: str) -> pd.Series:
    """Return for each year (index) whether the intervals of two states have a value in common.

    Parameters
    ----------
    points
        ``year``, ``iso3``, ``q05``, ``q95``. Years without both states are left out.
    """
    low, high = (points.pivot(index="year", columns="iso3", values=q) for q in ("q05", "q95"))
    both = low[[a, b]].notna().all(axis=1)
    return ((low[a] <= high[b]) & (low[b] <= high[a]))[both]


@finding
def positions(report: Report) -> pd.DataFrame:
    """Return the ideal points of `point_rows` by ``year`` (index) and state (columns)."""
    return point_rows(report).pivot(index="year", columns="iso3", values="ideal_point_all")


class Meetings(NamedTuple):
    """The years in which the intervals of Azerbaijan and Pakistan overlap.

    Attributes
    ----------
    start, end
        First and last year with both.
    n_years, n_met
        Years with both, and those in which they overlap.
    first
        The first in which they overlap.
    parted
        The years in which they do not and Azerbaijan stands lower.
    again
        The first after those, since when they overlap.
    """

    start: int
    end: int
    n_years: int
    n_met: int
    first: int
    parted: tuple[int, ...]
    again: int


@finding
def meetings(report: Report) -> Meetings:
    """Return when the intervals of the two overlap.

    Raises
    ------
    DataError
        If they do not overlap in every year after the last in which Azerbaijan stood lower.
    """
    met = overlaps(point_rows(report), *PAIR)
    aze, pak = (positions(report).loc[met.index, state] for state in PAIR)
    parted = met.index[(~met & (aze < pak)).astype(bool)]
    since = met[met.index > parted.max()]
    if since.empty or not since.all():
        raise DataError(
            "the intervals of Azerbaijan and Pakistan do not overlap in every year after the last "
            "one in which Azerbaijan stood lower",
            file=report.folder / "indicators" / "unga_ideal_points.csv",
            value=", ".join(map(str, since.index[~since.astype(bool)])),
        )
    return Meetings(
        start=int(met.index.min()),
        end=int(met.index.max()),
        n_years=len(met),
        n_met=int(met.sum()),
        first=int(met.idxmax()),
        parted=tuple(map(int, parted)),
        again=int(since.index.min()),
    )


class Order(NamedTuple):
    """In how many years it is known which of the two stands higher.

    Attributes
    ----------
    higher, lower
        Years in which Azerbaijan stands higher, lower, with a probability of `SURE` or more.
    unsure
        How many years are neither.
    """

    higher: tuple[int, ...]
    lower: tuple[int, ...]
    unsure: int


@finding
def order(report: Report) -> Order:
    """Return in which years the sign of the gap between the two is known.

    The estimates are taken for normal and independent, with standard deviations from the distance
    between the lower and the upper twentieth: ``P = Phi((a - p) / sqrt(s_a ** 2 + s_p ** 2))``.
    """
    rows = point_rows(report)
    middle, low, high = (
        rows.pivot(index="year", columns="iso3", values=q)[[*PAIR]].dropna()
        for q in ("ideal_point_all", "q05", "q95")
    )
    spread = ((high - low) / (2 * norm.ppf(0.95))) ** 2
    aze, pak = PAIR
    chance = norm.cdf((middle[aze] - middle[pak]) / spread.sum(axis=1) ** 0.5)
    above, below = middle.index[chance >= SURE], middle.index[chance <= 1 - SURE]
    return Order(
        tuple(map(int, above)), tuple(map(int, below)), len(middle) - len(above) - len(below)
    )


@finding
def neighbours(report: Report) -> pd.Series:
    """Return whether each state's interval overlaps Azerbaijan's, in the last year with the pair.

    Returns
    -------
    pandas.Series
        True or false by ``iso3``, of all states in the table but Azerbaijan, in its order.
    """
    points = report.table("unga_ideal_points")
    last = points[(points["year"] == meetings(report).end) & points["ideal_point_all"].notna()]
    last = last.set_index("iso3").sort_index()
    own, others = last.loc["AZE"], last.drop(index="AZE")
    return (others["q05"] <= own["q95"]) & (others["q95"] >= own["q05"])


class FinalVotes(NamedTuple):
    """Where the two stand by final votes alone, in the last year with both.

    Attributes
    ----------
    year
        The year.
    aze, pak
        The ideal points.
    """

    year: int
    aze: float
    pak: float


@finding
def final_votes(report: Report) -> FinalVotes:
    """Return the last ideal points of the two that rest on final votes alone."""
    points = report.table("unga_ideal_points")
    points = points[points["iso3"].isin(PAIR)]
    points = points.pivot(index="year", columns="iso3", values="ideal_point_final_passage").dropna()
    year = points.index.max()
    return FinalVotes(int(year), *(float(points.at[year, state]) for state in PAIR))
