"""What the chapters compute: activity, supplier concentration, voting agreement, countable deals.

Nothing is filled in: where a number cannot be computed the cell is NaN or an error says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak import dates
from azpak.errors import ReportError

__all__ = [
    "Concentration",
    "MeasureError",
    "activity",
    "agreement",
    "agreement_by_period",
    "countable",
    "herfindahl",
    "supplier_shares",
]

# The order matters: the distance between two votes is the distance between their positions.
_VOTES = ("n", "a", "y")
_NO, _YES = 0, 2
_SUM_TOLERANCE = 1e-6  # shares that were rounded to six digits still add up


class MeasureError(ReportError, ValueError):
    """A measure cannot be computed from what was given."""


class Concentration(NamedTuple):
    """How concentrated shares are.

    ``index`` is the Herfindahl-Hirschman index, from 1/n (n equal shares) to 1 (one holder);
    ``effective_number``, its reciprocal, the number of equal shares as concentrated.
    """

    index: float
    effective_number: float


def agreement(rollcalls: pd.DataFrame, a: str, b: str, whole: bool = True) -> pd.DataFrame:
    """Compute how two states agree in recorded votes, by calendar year.

    Only votes on which both voted yes, abstained or voted no count. Absence and missing records
    are left out, never taken for abstention. With yes = 1, abstention = 0, no = -1, and p, q the
    shares of each vote in the two states' common votes:

    - ``share_same = n_same / n_votes``
    - ``share_opposite``: the share of votes with yes against no
    - ``s_index = 1 - mean(|x - y|) / 2``
    - ``expected_same = sum(p q)``
    - ``kappa = (share_same - expected_same) / (1 - expected_same)``
    - ``kappa_linear = 1 - mean(|x - y|) / expected mean(|x - y|)``
    - ``scott_pi``: as kappa, with ``sum(((p + q) / 2) ** 2)`` expected

    Parameters
    ----------
    rollcalls
        The table ``unga_rollcalls``: ``month`` (YYYY-MM), ``whole`` (boolean) and a column of
        votes (y, a, n, ``-`` or missing) for each state. It holds twenty states.
    a, b
        Two of these states, ISO 3166-1 alpha-3.
    whole
        Whether to take votes on whole resolutions only, the series to headline. Votes on
        paragraphs and amendments are recorded mainly in 1997-2012 and 2016-2017.

    Returns
    -------
    pandas.DataFrame
        One row for each year with a roll call: ``year`` (int), ``country_a``, ``country_b``,
        ``n_rollcalls`` (held, whoever voted), ``n_votes`` and ``n_same`` (int), ``share_same``,
        ``share_opposite``, ``s_index``, ``expected_same``, ``kappa``, ``kappa_linear``,
        ``scott_pi``, and ``a_yes`` and ``b_yes``, the states' shares of yes (float). Without a
        common vote all of these are NaN: not computable. Where both always cast the one same
        vote the three coefficients are NaN, for there is nothing beyond chance to measure.

    Raises
    ------
    MeasureError
        If a state has no column, both are the same or no roll call is left.

    Notes
    -----
    A single year's kappa is unstable: where one vote dominates, ``expected_same`` is high and a
    kappa near zero goes with a high ``share_same``. Report both.

    References
    ----------
    The S index is that of Signorino and Ritter (1999), the chance-corrected measures are argued
    for by Häge (2011); kappa is Cohen's (1960), with linear weights as in Cohen (1968), pi is
    Scott's (1955).
    """
    votes = _positions(rollcalls, a, b, whole)
    rows = [{"year": year, **_agreement_row(group, a, b)} for year, group in votes.groupby("year")]
    return pd.DataFrame(rows)


def agreement_by_period(
    rollcalls: pd.DataFrame,
    a: str,
    b: str,
    periods: Sequence[tuple[int, int]],
    whole: bool = True,
) -> pd.DataFrame:
    """Compute how two states agree in recorded votes, pooled over periods.

    The votes are pooled: the result is no mean of yearly values.

    Parameters
    ----------
    rollcalls, a, b, whole
        As for `agreement`.
    periods
        First and last calendar year of each period, both included. They may overlap.

    Returns
    -------
    pandas.DataFrame
        The columns of `agreement` with ``period`` (``1992/1999``) for ``year``. A period without
        roll calls has ``n_votes`` 0 and NaN.

    Raises
    ------
    MeasureError
        As `agreement`, and if a period ends before it starts.
    """
    votes = _positions(rollcalls, a, b, whole)
    for first, last in periods:
        if first > last:
            raise MeasureError("the period ends before it starts", value=(first, last))
    spans = {f"{first}/{last}": votes["year"].between(first, last) for first, last in periods}
    rows = [{"period": name, **_agreement_row(votes[span], a, b)} for name, span in spans.items()]
    return pd.DataFrame(rows)


def supplier_shares(
    tiv: pd.DataFrame,
    recipient: str,
    first: int,
    last: int,
    indicator: str = "tiv_deliveries",
) -> pd.DataFrame:
    """Compute the suppliers' shares in a state's arms imports over a span of years.

    share = TIV delivered by the supplier / TIV delivered by all suppliers.

    Parameters
    ----------
    tiv
        The table ``arms_transfers_tiv``: ``supplier``, ``recipient``, ``year``, ``indicator``,
        ``value`` (million TIV) and ``release``.
    recipient
        The importing state, ISO 3166-1 alpha-3.
    first, last
        First and last year of delivery, both included.
    indicator
        The series by pair of states.

    Returns
    -------
    pandas.DataFrame
        ``supplier``, ``tiv`` (million TIV) and ``share`` (0 to 1), the largest first, equal ones
        by name. ``UNK``, a supplier unknown to SIPRI, is kept as one. The rows of all suppliers
        together (``ALL``) are left out.

    Raises
    ------
    MeasureError
        If nothing was delivered in the span (shares are not computable), or the rows come from
        more than one release, which may not be mixed.

    References
    ----------
    SIPRI Arms Transfers Database, sources and methods: TIV measures capability, not price.
    """
    rows = tiv[
        (tiv["recipient"] == recipient)
        & (tiv["supplier"] != "ALL")
        & (tiv["indicator"] == indicator)
        & tiv["year"].between(first, last)
    ]
    releases = sorted(rows["release"].unique())
    if len(releases) > 1:
        raise MeasureError(
            f"{recipient}: the rows come from several releases",
            value="; ".join(releases),
            way_out="Choose the rows of one release",
        )
    total = rows["value"].sum()
    if not total > 0:
        raise MeasureError(
            f"no deliveries to {recipient} in {first}-{last}: shares are not computable",
            value=indicator,
        )
    return (
        rows.groupby("supplier", as_index=False)["value"]
        .sum()
        .rename(columns={"value": "tiv"})
        .assign(share=lambda d: d["tiv"] / total)
        .sort_values(["tiv", "supplier"], ascending=[False, True], ignore_index=True)
    )


def herfindahl(shares: Sequence[float] | pd.Series) -> Concentration:
    """Compute the Herfindahl-Hirschman index of shares and the effective number.

    index = sum(share ** 2), effective number = 1 / index.

    Parameters
    ----------
    shares
        Shares of one whole, 0 to 1; they add up to 1.

    Returns
    -------
    Concentration
        ``index`` and ``effective_number``, without unit.

    Raises
    ------
    MeasureError
        If there are no shares, one is missing or negative, or they do not add up to 1.

    References
    ----------
    Hirschman (1964), "The Paternity of an Index"; the effective number is that of Laakso and
    Taagepera (1979).
    """
    values = np.asarray(shares, dtype="float64")
    if not values.size:
        raise MeasureError("there are no shares: concentration is not computable")
    if np.isnan(values).any() or (values < 0).any():
        raise MeasureError("a share is missing or negative", value=values.tolist())
    if abs(values.sum() - 1) > _SUM_TOLERANCE:
        raise MeasureError(
            "the shares do not add up to 1",
            value=float(values.sum()),
            way_out="Divide them by their sum first",
        )
    index = float((values**2).sum())
    return Concentration(index, 1 / index)


def activity(
    events: pd.DataFrame,
    by: str = "category",
    first: int | None = None,
    last: int | None = None,
) -> pd.DataFrame:
    """Count events by year and category.

    Parameters
    ----------
    events
        The table ``events``: ``date`` (EDTF), the column named by ``by`` and, where present,
        ``status``; withdrawn events are left out.
    by
        The column whose values are counted apart, such as ``category`` or ``chapter``.
    first, last
        First and last year of the table; by default those of the events.

    Returns
    -------
    pandas.DataFrame
        ``year`` (int) as index, every year from first to last; a column for each value of
        ``by`` in alphabetical order, each the number of events (int), 0 where none is recorded.
        An event whose date spans years, whether it lasts or is known no closer, is counted once,
        in the first of them.

    Raises
    ------
    MeasureError
        If no event is left to count.
    azpak.errors.DateError
        If a date is not EDTF.

    Notes
    -----
    The counts follow what the press and the ministries publish: a year without events is one
    without events in the table.
    """
    counted = events[events["status"] != "withdrawn"] if "status" in events else events
    years = counted["date"].map(lambda text: dates.parse(text).start.year).astype("int64")
    start = years.min() if first is None else first
    end = years.max() if last is None else last
    inside = years.between(start, end)
    if not inside.any():
        raise MeasureError("no events to count", value=(first, last))
    return (
        pd.crosstab(years[inside].rename("year"), counted.loc[inside, by])
        .reindex(range(int(start), int(end) + 1), fill_value=0)
        .rename_axis(index="year", columns=None)
    )


def countable(transfers: pd.DataFrame, unconfirmed: bool = False) -> pd.DataFrame:
    """Select the rows of ``transfers`` that may be added up without counting a deal twice.

    Aggregates and superseded rows are left out. Of two rows one of which is part of the other,
    the including one stays where it is counted itself, else the one it includes.

    Parameters
    ----------
    transfers
        The table ``transfers``: ``transfer_id``, ``record_kind``, ``part_of``,
        ``superseded_by`` and ``status``.
    unconfirmed
        Whether deals with the status ``reported-unconfirmed`` are counted.

    Returns
    -------
    pandas.DataFrame
        The rows that count, in their order; possibly none.
    """
    deals = transfers[(transfers["record_kind"] == "deal") & transfers["superseded_by"].isna()]
    if not unconfirmed:
        deals = deals[deals["status"] != "reported-unconfirmed"]
    return deals[~deals["part_of"].isin(deals["transfer_id"])]


def _positions(rollcalls: pd.DataFrame, a: str, b: str, whole: bool) -> pd.DataFrame:
    """Return year and the two votes as positions 0 (no), 1 (abstention), 2 (yes) or NaN."""
    for state in (a, b):
        if state not in rollcalls.columns:
            covered = ", ".join(column for column in rollcalls.columns if column.isupper())
            raise MeasureError(
                "the roll calls have no votes of this state",
                value=state,
                way_out=f"They cover {covered}",
            )
    if a == b:
        raise MeasureError("a state's agreement with itself is not a measure", value=a)
    chosen = rollcalls[rollcalls["whole"].astype(bool)] if whole else rollcalls
    if chosen.empty:
        raise MeasureError("there are no roll calls: agreement is not computable")
    position = {vote: float(place) for place, vote in enumerate(_VOTES)}
    return pd.DataFrame(
        {
            "year": chosen["month"].str[:4].astype("int64"),
            "a": chosen[a].map(position),
            "b": chosen[b].map(position),
        }
    )


def _agreement_row(votes: pd.DataFrame, a: str, b: str) -> dict[str, object]:
    """Return the measures of one year or period."""
    common = votes.dropna(subset=["a", "b"])
    table = np.zeros((len(_VOTES), len(_VOTES)), dtype="int64")
    np.add.at(table, (common["a"].astype(int), common["b"].astype(int)), 1)
    return {
        "country_a": a,
        "country_b": b,
        "n_rollcalls": len(votes),
        "n_votes": int(table.sum()),
        "n_same": int(np.trace(table)),
        **_coefficients(table),
    }


def _coefficients(table: np.ndarray) -> dict[str, float]:
    """Return the measures of a cross table of two states' votes, from its whole numbers.

    Chance terms are kept as counts of pairs, so that a zero denominator is a zero, not a
    rounding error.
    """
    n = int(table.sum())
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    places = np.arange(len(_VOTES))
    distance = np.abs(places[:, None] - places[None, :])
    same = int(np.trace(table))
    apart = int((distance * table).sum())
    apart_pairs = int((distance * np.outer(rows, columns)).sum())
    same_pairs = int((rows * columns).sum())
    pooled_pairs = int(((rows + columns) ** 2).sum())
    return {
        "share_same": _ratio(same, n),
        "share_opposite": _ratio(int(table[_NO, _YES] + table[_YES, _NO]), n),
        "s_index": _ratio(2 * n - apart, 2 * n),
        "expected_same": _ratio(same_pairs, n * n),
        "kappa": _ratio(same * n - same_pairs, n * n - same_pairs),
        "kappa_linear": _ratio(apart_pairs - apart * n, apart_pairs),
        "scott_pi": _ratio(4 * same * n - pooled_pairs, 4 * n * n - pooled_pairs),
        "a_yes": _ratio(int(rows[_YES]), n),
        "b_yes": _ratio(int(columns[_YES]), n),
    }


def _ratio(numerator: int, denominator: int) -> float:
    """Divide; NaN where there is nothing to divide by."""
    return numerator / denominator if denominator else float("nan")
