"""How far two states vote alike in the General Assembly: by span of years, with bounds."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.measures import Interval, agreement_by_period, bootstrap_agreement, interval
from azpak.report import Report, finding

__all__ = [
    "DRAWS", "DYADS", "LATEST", "LONGEST", "PAIR", "PERIODS", "SEED", "Agreement", "agreement",
    "agreement_rows", "draws", "rollcalls",
]  # fmt: skip

Span = tuple[int, int]  # first and last calendar year, both included

PAIR = ("AZE", "PAK")

# The spans of the table of ranks, which was computed from the votes of all members.
LONGEST, LATEST = (1992, 2024), (2020, 2024)
PERIODS = ((1992, 1999), (2000, 2009), (2010, 2019), LATEST, LONGEST)

# The pair, the partners of each of the two, and the two states that stand against them.
DYADS = (
    ("AZE", "KAZ"), ("AZE", "BGD"), ("AZE", "IDN"), ("AZE", "UZB"), ("AZE", "SAU"),
    ("AZE", "IRN"), ("AZE", "PAK"), ("AZE", "ARM"), ("AZE", "IND"), ("AZE", "RUS"),
    ("AZE", "TUR"), ("AZE", "USA"), ("PAK", "IND"), ("PAK", "ARM"), ("PAK", "TUR"),
    ("ARM", "IND"),
)  # fmt: skip

# Any seed would do; this is the first year of the series. A dozen of so many draws lie beyond
# either bound, enough for the two digits that are printed.
SEED, DRAWS = 1992, 500

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
        Rows and columns of the table ``unga_rollcalls``.
    """
    calls = report.table("unga_rollcalls")
    calls = calls[calls["whole"]]
    if first is None and last is None:
        return calls
    years = calls["month"].str[:4].astype(int)
    return calls[(years >= (first or years.min())) & (years <= (last or years.max()))]


@finding
def draws(
    report: Report, a: str, b: str, first: int, last: int, by_year: bool = False
) -> pd.DataFrame:
    """Return how two states agree in roll calls drawn anew; the seed is always the same.

    Parameters
    ----------
    a, b
        ISO 3166-1 alpha-3.
    first, last
        The calendar years of the roll calls, both included. Pairs drawn from the same years are
        drawn together: their measures may be subtracted draw by draw.
    by_year
        Whether to draw whole years and not single roll calls.

    Returns
    -------
    pandas.DataFrame
        As `azpak.measures.bootstrap_agreement` returns it: `DRAWS` rows.
    """
    calls = rollcalls(report, first, last)
    return bootstrap_agreement(calls, a, b, SEED, DRAWS, by_year=by_year)


class Agreement(NamedTuple):
    """How two states agree in the common votes of a span of years.

    Attributes
    ----------
    n_votes, n_same
        Common votes, and those cast alike.
    share_same, s_index, kappa
        As `azpak.measures.agreement` defines them.
    expected_same
        The share alike, 0 to 1, that the shares of yes, abstention and no would give by chance.
    kappa_highest
        The kappa that those shares allow at most.
    a_yes, b_yes
        Shares of yes of the first and of the second state, 0 to 1.
    bounds
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
    bounds: dict[str, Interval]


@finding
def agreement(report: Report, a: str, b: str, first: int, last: int) -> Agreement:
    """Return how two states agree in whole resolutions of some years, both included."""
    row = _row(report, a, b, (first, last))
    measured = {name: row[name] for name in Agreement._fields if name != "bounds"}
    bounds = {name: Interval(row[f"{name}_low"], row[f"{name}_high"]) for name in BOUNDED}
    return Agreement(**measured, bounds=bounds)


@finding
def agreement_rows(report: Report) -> pd.DataFrame:
    """Return the agreement of each pair of `DYADS` in each of `PERIODS`, with bounds.

    Returns
    -------
    pandas.DataFrame
        The columns of `azpak.measures.agreement_by_period`, and ``share_same``, ``s_index`` and
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
