"""The votes of the two by seven measures of agreement, and with absences told.

Which measure is taken decides what is found where nearly all votes are yes; none is the right one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.errors import MeasureError
from azpak.findings.votes import FEWEST, LATEST, LONGEST, gaps, rollcalls, states_of
from azpak.measures import Bounds, agreement
from azpak.measures.absences import absence_bounds, absence_shares
from azpak.measures.additive import residuals
from azpak.measures.breaks import find_breaks
from azpak.measures.crossed import crossed
from azpak.measures.votes import PANEL, coefficients
from azpak.report import PAIR, Report, finding
from azpak.text import decimal, listed

__all__ = [
    "NAMES", "READINGS", "Absences", "GapTold", "absences", "beyond", "gaps_told", "matrices",
    "panel", "panel_file", "printed_rows", "yearly",
]  # fmt: skip

# What the table calls each measure of `PANEL`.
NAMES = {
    "share_same": "share alike", "s_index": "S index", "kappa": "kappa (Cohen)",
    "kappa_linear": "kappa, linear weights", "scott_pi": "pi (Scott)",
    "pi_linear": "pi, linear weights", "gwet_ac1": "Gwet's coefficient",
}  # fmt: skip
READINGS = {"left out": None, "as abstention": "a"}  # how an absence counts


@finding
def matrices(report: Report, first: int, last: int, absent: str = "left out") -> pd.DataFrame:
    """Return the agreement of every two of the states in a span of years.

    Returns
    -------
    pandas.DataFrame
        Indexed by the two states in order of the table (``a``, ``b``): ``n_votes`` and the
        measures of `azpak.measures.votes.PANEL`.
    """
    calls = rollcalls(report, first, last)
    states = states_of(calls)
    return _pairs(crossed(calls, states, None, READINGS[absent])[0], states)


def _pairs(tables: np.ndarray, states: list[str]) -> pd.DataFrame:
    """Return the measures of each pair from the crossed votes of all states."""
    above = np.triu_indices(len(states), 1)
    own = tables[above]
    found = coefficients(own)
    index = pd.MultiIndex.from_arrays([np.array(states)[part] for part in above], names=["a", "b"])
    columns = {"n_votes": own.sum(axis=(1, 2))} | {name: found[name] for name in PANEL}
    return pd.DataFrame(columns, index=index)


@finding
def yearly(report: Report, absent: str = "left out") -> dict[int, pd.DataFrame]:
    """Return `matrices` of each calendar year; a pair with too few votes has no value.

    The fewest are `azpak.findings.votes.FEWEST`.
    """
    calls = rollcalls(report)
    states, years = states_of(calls), calls["month"].str[:4].astype(int).to_numpy()
    tables = crossed(calls, states, years - years.min(), READINGS[absent])
    found = {int(years.min()) + n: _pairs(table, states) for n, table in enumerate(tables)}
    return {
        year: rows.where(rows["n_votes"] >= FEWEST)
        for year, rows in found.items()
        if (rows["n_votes"] >= FEWEST).any()
    }


@finding
def beyond(report: Report, measure: str, absent: str = "left out") -> pd.Series:
    """Return by year what the two agree more than the two alone would make them.

    The residual of the pair in an additive model of all pairs (`azpak.measures.additive`).

    Returns
    -------
    pandas.Series
        By ``year``, in the unit of the measure, one of `azpak.measures.votes.PANEL`.
    """
    left = {
        year: residuals(rows[measure]).get(PAIR, np.nan)
        for year, rows in yearly(report, absent).items()
    }
    return pd.Series(left, dtype="float64").dropna().rename_axis("year")


@finding
def panel(report: Report) -> pd.DataFrame:
    """Return every measure of the two, with absences left out and as abstention.

    Returns
    -------
    pandas.DataFrame
        ``measure``, ``absent`` (a key of `READINGS`), ``longest`` and ``latest`` (values),
        ``rank_azerbaijan`` and ``rank_pakistan`` (of the pair among all pairs of each state in
        the latest span, 1 the closest), ``n_others`` (pairs of one state), ``breaks`` (years, in
        the yearly series) and ``breaks_beyond`` (in `beyond`); tuples.
    """
    rows = []
    for absent in READINGS:
        whole, late = (matrices(report, *span, absent) for span in (LONGEST, LATEST))
        for measure in PANEL:
            ranks = [_rank(late[measure], state) for state in PAIR]
            own = agreement(rollcalls(report), *PAIR, absent_as=READINGS[absent])
            series = own[own["n_votes"] >= FEWEST].set_index("year")[measure].dropna()
            rows.append(
                (measure, absent, whole.at[PAIR, measure], late.at[PAIR, measure], *ranks,
                 len(states_of(rollcalls(report))) - 1, _breaks(series),
                 _breaks(beyond(report, measure, absent)))
            )  # fmt: skip
    columns = ["measure", "absent", "longest", "latest", "rank_azerbaijan", "rank_pakistan",
               "n_others", "breaks", "breaks_beyond"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _rank(values: pd.Series, state: str) -> int:
    """Return the rank of the pair among the pairs of one state, 1 the closest."""
    own = values[[state in pair for pair in values.index]]
    return 1 + int((own > values[PAIR]).sum())


def _breaks(series: pd.Series) -> tuple[int, ...]:
    """Return the breaks of a yearly series; none where they are not computable."""
    try:
        return find_breaks(series, "normal").breaks
    except MeasureError:
        return ()


@finding
def printed_rows(report: Report) -> pd.DataFrame:
    """Return `panel` as it is printed.

    Returns
    -------
    pandas.DataFrame
        ``Measure``, ``Absence``, ``All years``, ``Latest``, ``Ranks`` and ``Breaks``.
    """
    return pd.DataFrame(
        [
            {
                "Measure": NAMES[row.measure],
                "Absence": row.absent,
                "All years": decimal(row.longest, 2),
                "Latest": decimal(row.latest, 2),
                "Ranks": f"{row.rank_azerbaijan}, {row.rank_pakistan}",
                "Breaks": listed(row.breaks, none="none"),
                "Beyond": listed(row.breaks_beyond, none="none"),
            }
            for row in panel(report).itertuples()
        ],
        dtype=object,
    )


@finding
def panel_file(report: Report) -> pd.DataFrame:
    """Return `panel` with its breaks as text, to take away."""
    rows = panel(report)
    return rows.assign(
        **{name: rows[name].map(lambda years: ";".join(map(str, years)))
           for name in ("breaks", "breaks_beyond")}
    )  # fmt: skip


class Absences(NamedTuple):
    """How often Azerbaijan was absent, and what that leaves open.

    Attributes
    ----------
    by_year
        Its share of absences by year, 0 to 1.
    usual
        The median of the years.
    last
        The last year with `FEWEST` roll calls or more.
    pakistan
        Pakistan's largest share in any year up to it.
    latest
        Bounds of ``share_same``, ``s_index`` and ``kappa`` of the two in the latest span.
    """

    by_year: pd.Series
    usual: float
    last: int
    pakistan: float
    latest: dict[str, Bounds]


@finding
def absences(report: Report) -> Absences:
    """Return how often Azerbaijan was absent, and what its absences leave open.

    Raises
    ------
    AssertionError
        If the last full year is not the one with the most absences, as the text says.
    """
    calls = rollcalls(report)
    held = calls.groupby(calls["month"].str[:4].astype(int)).size()
    full = held.index[held >= FEWEST]
    aze, pak = (absence_shares(calls, state).reindex(full) for state in PAIR)
    assert aze.idxmax() == full.max(), "Azerbaijan was absent more often in another year"
    return Absences(
        aze, float(aze.median()), int(full.max()), float(pak.max()),
        absence_bounds(rollcalls(report, *LATEST), *PAIR),
    )  # fmt: skip


class GapTold(NamedTuple):
    """A gap in the record of one state, with the months it spans."""

    state: str
    length: int
    first: str
    last: str


@finding
def gaps_told(report: Report) -> tuple[GapTold, ...]:
    """Return the gaps of each state together, the longest first.

    Raises
    ------
    AssertionError
        If the two have a gap, so that numbers on them would rest on fewer votes than the text says.
    """
    months = rollcalls(report)["month"].to_list()
    by_state: dict[str, list] = {}
    for gap in gaps(report):
        by_state.setdefault(gap.state, []).append(gap)
    assert not {*PAIR} & {*by_state}, "the record of the two has a gap"
    told = [
        GapTold(state, sum(g.length for g in runs), months[runs[0].first], months[runs[-1].last])
        for state, runs in by_state.items()
    ]
    return tuple(sorted(told, key=lambda gap: -gap.length))
