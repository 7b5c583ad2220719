"""Military spending and armed forces personnel of five states, and where the series break."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.measures import one_release
from azpak.report import Report, finding
from azpak.text import decimal, whole

__all__ = [
    "DIVERGING", "DOLLARS", "PRICES", "SHARE_OF_GDP", "SPECIAL_ALLOCATIONS", "STATES", "Personnel",
    "Spending", "flat_since", "personnel", "personnel_rows", "spending", "spending_rows",
    "states_file", "states_rows", "steps", "steps_and_repeats", "years_missing",
]  # fmt: skip

# The pair, Azerbaijan's opponent and Pakistan's, and the third of the trilateral format.
STATES = ("AZE", "ARM", "PAK", "IND", "TUR")

PRICES = 2024  # the year of the constant prices
DOLLARS = f"milex_constant_{PRICES}_usd"  # million US dollars of that year
SHARE_OF_GDP = "milex_share_gdp"  # per cent

# Azerbaijan's sum of these years holds special defence allocations that no other year has.
SPECIAL_ALLOCATIONS = (2011, 2015)
DIVERGING = (1992, 1994)  # years of Azerbaijan for which the measures disagree strongly

REPEATED = 0.001  # a number this near to that of the year before is the same, but for rounding
FLAT = 0.01  # a number this near to the last one has not moved
STEP = 1.3  # a rise by this factor from one year to the next is more than recruitment explains


@finding
def spending_rows(report: Report) -> pd.DataFrame:
    """Return military spending of the five states.

    Returns
    -------
    pandas.DataFrame
        The rows of ``milex_sipri`` of `STATES` with `DOLLARS` or `SHARE_OF_GDP`, by indicator,
        state and year.

    Raises
    ------
    MeasureError
        If they come from more than one release, which must not stand in one series.
    """
    rows = report.table("milex_sipri")
    wanted = rows["iso3"].isin(STATES) & rows["indicator"].isin([DOLLARS, SHARE_OF_GDP])
    rows = rows[wanted].sort_values(["indicator", "iso3", "year"])
    one_release(rows, "military spending")
    return rows


class Spending(NamedTuple):
    """Military spending of the five states.

    Attributes
    ----------
    release
        The one release.
    year
        The last year.
    dollars
        Million US dollars of 2024, by ``iso3`` and ``year``.
    gdp
        Per cent of the gross domestic product, likewise.
    estimated
        The years of `dollars` that are SIPRI's estimates, by ``iso3``: ``size``, ``min``, ``max``.
    ratio
        Azerbaijan's spending over Armenia's, by year.
    special
        The first and the last year of Azerbaijan with special allocations.
    after
        Azerbaijan's first year after them, with which the last year is compared.
    """

    release: str
    year: int
    dollars: pd.Series
    gdp: pd.Series
    estimated: pd.DataFrame
    ratio: pd.Series
    special: tuple[int, int]
    after: int

    @property
    def special_ratio(self) -> pd.Series:
        """The ratio in the years of special allocations."""
        return self.ratio.loc[self.special[0] : self.special[1]]

    @property
    def fall(self) -> float:
        """By what part (0 to 1) Azerbaijan's spending fell after the special allocations."""
        return 1 - self.dollars["AZE", self.after] / self.dollars["AZE", self.special[1]]

    def factor(self, state: str) -> float:
        """Return by what factor a state's spending grew from `after` to the last year."""
        return self.dollars[state, self.year] / self.dollars[state, self.after]

    def diverging(self) -> pd.Series:
        """Return Azerbaijan's share of GDP, in per cent, by year, where the measures diverge."""
        years = self.dollars["AZE"].index
        return self.gdp["AZE"].loc[[year for year in years if year <= DIVERGING[1]]]


@finding
def spending(report: Report) -> Spending:
    """Return military spending of the five states, and Azerbaijan's set against Armenia's."""
    rows = spending_rows(report)
    dollars, gdp = (
        rows[rows["indicator"] == series].set_index(["iso3", "year"])["value"]
        for series in (DOLLARS, SHARE_OF_GDP)
    )
    estimated = rows[(rows["flag"] == "sipri_estimate") & (rows["indicator"] == DOLLARS)]
    years = dollars["AZE"].index
    first, last = SPECIAL_ALLOCATIONS
    return Spending(
        one_release(rows, "military spending"),
        int(rows["year"].max()),
        dollars,
        gdp,
        estimated.groupby("iso3")["year"].agg(["size", "min", "max"]),
        (dollars["AZE"] / dollars["ARM"]).dropna(),
        (int(years[years >= first].min()), int(years[years <= last].max())),
        int(years[years > last].min()),
    )


@finding
def years_missing(report: Report) -> dict[str, list[int]]:
    """Return the years without a value in constant dollars, by state that lacks any."""
    dollars = spending(report).dollars
    years = dollars.index.get_level_values("year")
    span = range(int(years.min()), int(years.max()) + 1)
    missing = {state: sorted({*span} - {*dollars[state].index}) for state in STATES}
    return {state: lacking for state, lacking in missing.items() if lacking}


@finding
def personnel_rows(report: Report) -> pd.DataFrame:
    """Return the numbers of armed forces personnel, paramilitary forces included.

    Returns
    -------
    pandas.DataFrame
        ``iso3``, ``year``, ``persons``, ``repeated`` (bool: as the year before, within
        `REPEATED`) and ``release``, by state and year.

    Raises
    ------
    MeasureError
        If they come from more than one release, which must not stand in one series.
    """
    rows = report.table("armed_forces_personnel")
    rows = rows[rows["iso3"].isin(STATES)].sort_values(["iso3", "year"], ignore_index=True)
    one_release(rows, "personnel")
    change = rows.groupby("iso3")["value"].pct_change().abs()
    rows = rows.rename(columns={"value": "persons"}).assign(repeated=change < REPEATED)
    return rows[["iso3", "year", "persons", "repeated", "release"]]


class Personnel(NamedTuple):
    """Numbers of armed forces personnel of the five states.

    Attributes
    ----------
    persons
        By ``iso3`` and ``year``, paramilitary forces included.
    last
        The last year.
    repeated
        Years with the number of the year before, by ``iso3``, in the order of `STATES`.
    flat_since
        The first year from which Azerbaijan's numbers are within `FLAT` of the last.
    step
        The year of the largest step of Azerbaijan's number.
    sharing
        The other states whose number rises by `STEP` in that year, in the order of `STATES`.
    """

    persons: pd.Series
    last: int
    repeated: pd.Series
    flat_since: int
    step: int
    sharing: tuple[str, ...]


@finding
def personnel(report: Report) -> Personnel:
    """Return the numbers of personnel, where they only repeat, and where they leap together."""
    rows = personnel_rows(report)
    persons = rows.set_index(["iso3", "year"])["persons"]
    ours = persons["AZE"]
    step = int((ours / ours.shift()).idxmax())
    return Personnel(
        persons,
        int(rows["year"].max()),
        rows[rows["repeated"]].groupby("iso3").size().reindex(STATES, fill_value=0),
        flat_since(ours),
        step,
        tuple(s for s in STATES if s != "AZE" and step in steps(persons[s])),
    )


def steps(persons: pd.Series) -> list[int]:
    """Return the years in which a number is larger by `STEP` than the year before."""
    return list(persons.index[persons / persons.shift() > STEP])


def flat_since(persons: pd.Series) -> int:
    """Return the first year from which all numbers are within `FLAT` of the last."""
    near = (persons - persons.iloc[-1]).abs() < FLAT * persons.iloc[-1]
    return int(near[::-1].cummin()[::-1].idxmax())


@finding
def steps_and_repeats(report: Report) -> pd.DataFrame:
    """Return personnel around Azerbaijan's step and in the last year, and how often it repeats.

    Returns
    -------
    pandas.DataFrame
        ``State``; the numbers of the year before the step, of its year and of the last year, each
        named by its year (missing where the series has none); ``As the year before``, of the
        years that have one.
    """
    people = personnel(report)
    years = (people.step - 1, people.step, people.last)
    return pd.DataFrame(
        [
            {
                "State": report.names_of([state]),
                **{
                    str(year): whole(people.persons[state, year])
                    for year in years
                    if (state, year) in people.persons.index
                },
                "As the year before": (
                    f"{people.repeated[state]} of {people.persons[state].shift().count()} years"
                ),
            }
            for state in STATES
        ],
        dtype=object,
    )


@finding
def states_file(report: Report) -> pd.DataFrame:
    """Return spending and personnel of the five states in their last years.

    Returns
    -------
    pandas.DataFrame
        ``iso3``, ``year``, ``usd_million_constant_2024``, ``share_gdp_per_cent``;
        ``compared_with_year`` and ``usd_million_then``; ``personnel_year`` and ``personnel``.
    """
    spent, people = spending(report), personnel(report)
    return pd.DataFrame(
        [
            {
                "iso3": state,
                "year": spent.year,
                "usd_million_constant_2024": spent.dollars[state, spent.year],
                "share_gdp_per_cent": spent.gdp[state, spent.year],
                "compared_with_year": spent.after,
                "usd_million_then": spent.dollars[state, spent.after],
                "personnel_year": people.last,
                "personnel": people.persons[state, people.last],
            }
            for state in STATES
        ]
    )


@finding
def states_rows(report: Report) -> pd.DataFrame:
    """Return the rows of `states_file` as they are printed."""
    spent, people = spending(report), personnel(report)
    return pd.DataFrame(
        [
            {
                "State": report.names_of([state]),
                "Billion dollars": decimal(spent.dollars[state, spent.year] / 1000, 1),
                "Per cent of GDP": decimal(spent.gdp[state, spent.year], 1),
                f"Factor since {spent.after}": decimal(spent.factor(state), 1),
                f"Personnel, {people.last}": whole(people.persons[state, people.last]),
            }
            for state in STATES
        ],
        dtype=object,
    )
