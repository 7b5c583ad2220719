"""Deaths in the conflicts of the two pairs, by the Uppsala Conflict Data Program."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import MeasureError
from azpak.measures import one_release
from azpak.report import Report, finding

__all__ = ["DYAD", "RIVALS", "BattleDeaths", "by_year", "in_battle", "on_territory"]

DYAD = "Nagorno-Karabakh"  # in the name of the dyad, whatever the data set calls the sides
RIVALS = "IND-PAK"  # likewise, of India and Pakistan
IN_BATTLE = "battle_related_deaths"  # its indicators end in _low, _best and _high
ON_TERRITORY = "deaths_state_based_best"
BOTH_SIDES = "ALL"


class BattleDeaths(NamedTuple):
    """Deaths in battle on both sides together.

    Attributes
    ----------
    low, best, high
        The sum over the years of the data set's estimates.
    first, last
        The first and the last year with a row.
    release
        The release of the data set.
    """

    low: float
    best: float
    high: float
    first: int
    last: int
    release: str


@finding
def in_battle(report: Report, first: int, last: int) -> BattleDeaths:
    """Sum the deaths in battle of some calendar years, both included.

    Raises
    ------
    MeasureError
        If the data set has none in these years, or the rows come from several releases.
    """
    rows = report.table("conflict_deaths_ucdp")
    rows = rows[
        rows["indicator"].str.startswith(IN_BATTLE)
        & rows["dyad"].str.contains(DYAD)
        & (rows["iso3"] == BOTH_SIDES)
        & rows["year"].between(first, last)
    ]
    if rows.empty:
        raise MeasureError("no deaths in battle are counted in these years", value=(first, last))
    release = one_release(rows, f"deaths in battle of {first} to {last}")
    sums = rows.groupby("indicator")["value"].sum()
    low, best, high = (float(sums[f"{IN_BATTLE}_{bound}"]) for bound in ("low", "best", "high"))
    return BattleDeaths(low, best, high, int(rows["year"].min()), int(rows["year"].max()), release)


@finding
def by_year(report: Report, dyad: str) -> pd.DataFrame:
    """Return the deaths in battle of each year that the data set lists for a dyad.

    Parameters
    ----------
    dyad
        `DYAD` or `RIVALS`.

    Returns
    -------
    pandas.DataFrame
        By ``year``: ``low``, ``best`` and ``high``, both sides together. A year with fewer deaths
        than the data set lists has no row.

    Raises
    ------
    MeasureError
        If there is none, the rows come from several releases, or a year lacks an estimate.
    """
    rows = report.table("conflict_deaths_ucdp")
    rows = rows[
        rows["indicator"].str.startswith(IN_BATTLE)
        & rows["dyad"].str.contains(dyad)
        & (rows["iso3"] == BOTH_SIDES)
    ]
    if rows.empty:
        raise MeasureError("no deaths in battle are counted for this dyad", value=dyad)
    one_release(rows, f"deaths in battle of {dyad}")
    found = rows.assign(bound=rows["indicator"].str.removeprefix(f"{IN_BATTLE}_"))
    table = found.pivot(index="year", columns="bound", values="value")
    table = table.reindex(columns=["low", "best", "high"])
    if table.isna().any(axis=None):
        raise MeasureError("a year lacks an estimate of deaths", value=dyad)
    return table.astype(int)


@finding
def on_territory(report: Report, iso3: str, year: int) -> float:
    """Return the deaths from state-based conflict on a state's territory in a year.

    Parameters
    ----------
    iso3
        The state, ISO 3166-1 alpha-3.
    year
        The calendar year.

    Raises
    ------
    MeasureError
        If the data set does not give one best estimate.
    """
    rows = report.table("conflict_deaths_ucdp")
    chosen = (rows["iso3"] == iso3) & (rows["year"] == year) & (rows["indicator"] == ON_TERRITORY)
    if chosen.sum() != 1:
        raise MeasureError(f"{chosen.sum()} estimates of deaths, not one", value=(iso3, year))
    return float(rows.loc[chosen, "value"].iloc[0])
