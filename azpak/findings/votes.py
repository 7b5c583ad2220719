"""How far two states vote alike in the General Assembly: by span of years, with bounds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak import measures
from azpak.measures import Interval, agreement_by_period, bootstrap_agreement, interval
from azpak.measures import crossed as crossing
from azpak.report import PAIR, Report, finding
from azpak.text import decimal, per_cent, span_of_years

__all__ = [
    "BESIDE", "DRAWS", "DYADS", "EARLIEST", "FEWEST", "LATEST", "LONGEST", "PERIODS",
    "SEED", "SHOWN", "UNITS", "Agreement", "Span", "agreement", "agreement_rows", "draws", "gaps",
    "most_yes", "n_items", "pair_rows", "rollcalls", "states_of", "yearly_rows",
]  # fmt: skip

Span = tuple[int, int]  # first and last calendar year, both included

# The spans of the table of ranks, which was computed from the votes of all members.
LONGEST, LATEST, EARLIEST = (1992, 2024), (2020, 2024), (1992, 1999)
PERIODS = (EARLIEST, (2000, 2009), (2010, 2019), LATEST, LONGEST)

# The pair, others with one of the two, and Armenia with India.
DYADS = (
    ("AZE", "KAZ"), ("AZE", "BGD"), ("AZE", "IDN"), ("AZE", "UZB"), ("AZE", "SAU"),
    ("AZE", "IRN"), ("AZE", "PAK"), ("AZE", "ARM"), ("AZE", "IND"), ("AZE", "RUS"),
    ("AZE", "TUR"), ("AZE", "USA"), ("PAK", "IND"), ("PAK", "ARM"), ("PAK", "TUR"),
    ("ARM", "IND"),
)  # fmt: skip
# Those that the table of the chapter has room for.
SHOWN = (
    ("AZE", "PAK"), ("AZE", "TUR"), ("AZE", "KAZ"), ("AZE", "IND"), ("AZE", "ARM"),
    ("PAK", "IND"), ("PAK", "TUR"), ("PAK", "ARM"), ("ARM", "IND"),
)  # fmt: skip
BESIDE = ("KAZ", "TUR", "IND", "ARM")  # states whose years are set beside Pakistan's
FEWEST = 10  # common votes in a year that is shown, as in the table of ranks

# Any seed would do; this is the first year of the series. Some 125 of so many draws lie beyond
# either bound, so that from seed to seed a bound seldom moves by its second decimal.
SEED, DRAWS = 1992, 5000
UNITS = ("item", "year", "call")  # what is drawn; the first is what the chapter prints

# A state that voted on nine tenths of the other roll calls is not absent from a score of them in a
# row: there the record is taken for incomplete, and not for absence.
GAP_LEAST, GAP_PRESENT = 20, 0.9

BOUNDED = ("share_same", "s_index", "kappa")  # measures that the draws have


@finding
def rollcalls(report: Report, first: int | None = None, last: int | None = None) -> pd.DataFrame:
    """Return the roll calls on whole resolutions, all or those of some calendar years.

    Parameters
    ----------
    first, last
        The years, both included; by default all that there are.

    Returns
    -------
    pandas.DataFrame
        Rows and columns of the table ``unga_rollcalls``; in `gaps` a state has no vote.
    """
    calls = _complete(report)
    if first is None and last is None:
        return calls
    years = calls["month"].str[:4].astype(int)
    return calls[(years >= (first or years.min())) & (years <= (last or years.max()))]


def states_of(calls: pd.DataFrame) -> list[str]:
    """Return the states (ISO 3166-1 alpha-3) that a table of roll calls has votes of."""
    return [column for column in calls.columns if len(column) == 3 and column.isupper()]


@finding
def gaps(report: Report) -> tuple[crossing.Gap, ...]:
    """Return the gaps in the record of whole resolutions, by the rule of `GAP_LEAST`."""
    calls = report.table("unga_rollcalls")
    calls = calls[calls["whole"]]
    return tuple(crossing.gaps(calls, states_of(calls), GAP_LEAST, GAP_PRESENT))


@finding
def _complete(report: Report) -> pd.DataFrame:
    """Return the table ``unga_rollcalls``, whole resolutions, without a vote in `gaps`."""
    calls = report.table("unga_rollcalls")
    calls = calls[calls["whole"]].copy()
    for gap in gaps(report):
        calls.iloc[gap.first : gap.last + 1, calls.columns.get_loc(gap.state)] = np.nan
    return calls


@finding
def _items(report: Report) -> pd.Series:
    """Return the number of the item of each of `_complete`'s roll calls, a table's rows."""
    calls = _complete(report)
    return pd.Series(crossing.items(calls, states_of(calls)), calls.index)


@finding
def n_items(report: Report) -> int:
    """Return the number of items: roll calls that all twenty states cast alike are one."""
    return int(_items(report).nunique())


@finding
def draws(
    report: Report, a: str, b: str, first: int, last: int, unit: str = UNITS[0]
) -> pd.DataFrame:
    """Return how two states agree in roll calls drawn anew; the seed is always the same.

    Parameters
    ----------
    a, b
        ISO 3166-1 alpha-3.
    first, last
        The calendar years of the roll calls, both included. Pairs drawn from the same years are
        drawn together: their measures may be subtracted draw by draw.
    unit
        What is drawn, one of `UNITS`: items (roll calls that all states cast alike), whole years,
        or single roll calls.

    Returns
    -------
    pandas.DataFrame
        As `azpak.measures.bootstrap_agreement` returns it: `DRAWS` rows.
    """
    calls = rollcalls(report, first, last)
    of = {"item": _items(report).reindex(calls.index), "year": calls["month"].str[:4], "call": None}
    units = None if of[unit] is None else pd.factorize(of[unit])[0]
    return bootstrap_agreement(calls, a, b, SEED, DRAWS, units)


class Agreement(NamedTuple):
    """How two states agree in the common votes of a span of years.

    Attributes
    ----------
    n_votes, n_same
        Common votes, and those cast alike.
    share_same, s_index, kappa
        As `azpak.measures.coders` defines them.
    expected_same
        The share alike, 0 to 1, that the shares of yes, abstention and no would give by chance.
    kappa_highest
        The kappa that those shares allow at most.
    a_yes, b_yes
        Shares of yes of the first and of the second state, 0 to 1.
    share_bounds, s_bounds, kappa_bounds
        The bounds of ``share_same``, ``s_index`` and ``kappa`` in the draws.
    """

    n_votes: int
    n_same: int
    share_same: float
    s_index: float
    kappa: float
    expected_same: float
    kappa_highest: float
    a_yes: float
    b_yes: float
    share_bounds: Interval
    s_bounds: Interval
    kappa_bounds: Interval


@finding
def agreement(report: Report, a: str, b: str, first: int, last: int) -> Agreement:
    """Return how two states agree in whole resolutions of some years, both included."""
    row = _row(report, a, b, (first, last))
    measured = {name: row[name] for name in Agreement._fields if not name.endswith("_bounds")}
    bounds = (Interval(row[f"{name}_low"], row[f"{name}_high"]) for name in BOUNDED)
    return Agreement(**measured, **dict(zip(Agreement._fields[-3:], bounds, strict=True)))


@finding
def most_yes(report: Report) -> Span:
    """Return the span of `PERIODS` in which Azerbaijan voted yes most often, with Pakistan voting.

    Where one vote dominates, a high share alike and a low kappa go together.
    """
    return max(PERIODS, key=lambda span: agreement(report, *PAIR, *span).a_yes)


@finding
def agreement_rows(report: Report) -> pd.DataFrame:
    """Return the agreement of each pair of `DYADS` in each of `PERIODS`, with bounds.

    Returns
    -------
    pandas.DataFrame
        The columns of `azpak.measures.coders_by_period`, and ``share_same``, ``s_index`` and
        ``kappa`` with ``_low`` and ``_high``.
    """
    return pd.DataFrame([_row(report, a, b, span) for a, b in DYADS for span in PERIODS])


def _row(report: Report, a: str, b: str, span: Span) -> dict[str, object]:
    """Return the measures of two states in a span of years, with bounds."""
    row = agreement_by_period(rollcalls(report), a, b, [span]).iloc[0].to_dict()
    drawn = draws(report, a, b, *span)
    for name in BOUNDED:
        row[f"{name}_low"], row[f"{name}_high"] = interval(drawn[name])
    return row


@finding
def yearly_rows(report: Report) -> pd.DataFrame:
    """Return the agreement of Azerbaijan with Pakistan and with `BESIDE` by year, with bounds.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``country_a``, ``country_b``, ``n_rollcalls``, ``n_votes``, ``n_same``,
        ``share_same``, ``low`` and ``high`` (bounds of share_same), ``s_index``, ``kappa``, and how
        far share_same lies above that with Pakistan: ``above``, ``above_low`` and ``above_high``,
        bounds from items drawn for both together; NaN where one of the two has too few votes. Years
        with fewer than `FEWEST` common votes are left out.
    """
    calls = rollcalls(report)
    rows = pd.concat([measures.agreement(calls, "AZE", state) for state in ("PAK", *BESIDE)])
    rows = rows[rows["n_votes"] >= FEWEST].reset_index(drop=True)
    shares = {
        (row.country_b, row.year): draws(report, row.country_a, row.country_b, row.year, row.year)[
            "share_same"
        ]
        for row in rows.itertuples()
    }
    bounds = [interval(drawn) for drawn in shares.values()]
    pair = rows[rows["country_b"] == "PAK"].set_index("year")["share_same"]
    apart = [
        interval(drawn - shares["PAK", year]) if ("PAK", year) in shares else (np.nan, np.nan)
        for (_, year), drawn in shares.items()
    ]
    kept = ["year", "country_a", "country_b", "n_rollcalls", "n_votes", "n_same", "share_same"]
    return rows[kept].assign(
        low=[low for low, _ in bounds],
        high=[high for _, high in bounds],
        s_index=rows["s_index"],
        kappa=rows["kappa"],
        above=rows["share_same"] - rows["year"].map(pair),
        above_low=[low for low, _ in apart],
        above_high=[high for _, high in apart],
    )


@finding
def pair_rows(report: Report) -> pd.DataFrame:
    """Return share alike and kappa of the pairs of `SHOWN`, printed.

    Returns
    -------
    pandas.DataFrame
        ``Pair`` and a column for each of `PERIODS`, such as ``84%; 0.45``.
    """
    names = report.names()
    rows = []
    for a, b in SHOWN:
        row = {"Pair": f"{names[a]} and {names[b]}"}
        for span in PERIODS:
            found = agreement(report, a, b, *span)
            row[span_of_years(*span, mark="\N{EN DASH}")] = (
                f"{per_cent(found.share_same)}%; {decimal(found.kappa, 2)}"
            )
        rows.append(row)
    return pd.DataFrame(rows, dtype=object)
