"""How far two states vote alike in recorded votes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from azpak.errors import MeasureError

__all__ = [
    "ABSENT", "PANEL", "VOTES", "agreement", "agreement_by_period", "coefficients", "positions",
]  # fmt: skip

# The order matters: the distance between two votes is the distance between their positions.
VOTES = ("n", "a", "y")
_NO, _YES = 0, 2
ABSENT = "-"  # recorded as absent; an empty cell is no record at all
# The measures of agreement that are set side by side.
PANEL = ("share_same", "s_index", "kappa", "kappa_linear", "scott_pi", "pi_linear", "gwet_ac1")


def agreement(
    rollcalls: pd.DataFrame, a: str, b: str, whole: bool = True, absent_as: str | None = None
) -> pd.DataFrame:
    """Compute how two states agree in recorded votes, by calendar year.

    Only votes on which both voted yes, abstained or voted no count. Missing records are left out,
    and absence too, unless it is told how to count. With yes = 1, abstention = 0, no = -1, and
    p, q the shares of each vote in the two states' common votes:

    - ``share_same = n_same / n_votes``
    - ``share_opposite``: the share of votes with yes against no
    - ``s_index = 1 - mean(|x - y|) / 2``
    - ``expected_same = sum(p q)``
    - ``kappa = (share_same - expected_same) / (1 - expected_same)``
    - ``kappa_highest``: as kappa, with ``sum(min(p, q))``, the largest share of votes alike that
      these shares of votes allow
    - ``kappa_linear = 1 - mean(|x - y|) / expected mean(|x - y|)``
    - ``scott_pi``: as kappa, with ``sum(m ** 2)`` expected, where ``m = (p + q) / 2``
    - ``pi_linear``: as kappa_linear, with the distance that two draws from ``m`` would have
    - ``gwet_ac1``: as kappa, with ``sum(m (1 - m)) / 2`` expected

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
    absent_as
        The vote that a recorded absence counts as, such as ``a``; None leaves absences out.

    Returns
    -------
    pandas.DataFrame
        One row for each year with a roll call: ``year`` (int), ``country_a``, ``country_b``,
        ``n_rollcalls`` (held, whoever voted), ``n_votes`` and ``n_same`` (int), ``share_same``,
        ``share_opposite``, ``s_index``, ``expected_same``, ``kappa``, ``kappa_highest``,
        ``kappa_linear``, ``scott_pi``, ``pi_linear``, ``gwet_ac1``, and ``a_yes`` and ``b_yes``,
        the states' shares of yes (float). Without a common vote all of these are NaN: not
        computable. Where both always cast the one same vote the coefficients but AC1 are NaN,
        for there is nothing beyond chance to measure.

    Raises
    ------
    MeasureError
        If a state has no column, both are the same or no roll call is left.

    References
    ----------
    Signorino and Ritter (1999) for S, Häge (2011) for the chance-corrected measures; Cohen (1960,
    1968), Scott (1955), Gwet (2008).
    """
    votes = positions(rollcalls, a, b, whole, absent_as)
    rows = [{"year": year, **_agreement_row(group, a, b)} for year, group in votes.groupby("year")]
    return pd.DataFrame(rows)


def agreement_by_period(
    rollcalls: pd.DataFrame,
    a: str,
    b: str,
    periods: Sequence[tuple[int, int]],
    whole: bool = True,
    absent_as: str | None = None,
) -> pd.DataFrame:
    """Compute how two states agree in recorded votes, pooled over periods.

    The votes are pooled: the result is no mean of yearly values.

    Parameters
    ----------
    rollcalls, a, b, whole, absent_as
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
    votes = positions(rollcalls, a, b, whole, absent_as)
    for first, last in periods:
        if first > last:
            raise MeasureError("the period ends before it starts", value=(first, last))
    spans = {f"{first}/{last}": votes["year"].between(first, last) for first, last in periods}
    rows = [{"period": name, **_agreement_row(votes[span], a, b)} for name, span in spans.items()]
    return pd.DataFrame(rows)


def positions(
    rollcalls: pd.DataFrame, a: str, b: str, whole: bool, absent_as: str | None = None
) -> pd.DataFrame:
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
    chosen = rollcalls[["month", a, b]]
    if whole:
        chosen = chosen[rollcalls["whole"].astype(bool)]
    if chosen.empty:
        raise MeasureError("there are no roll calls: agreement is not computable")
    position = {vote: float(place) for place, vote in enumerate(VOTES)}
    if absent_as is not None:
        position[ABSENT] = position[absent_as]
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
    table = np.zeros((len(VOTES), len(VOTES)), dtype="int64")
    np.add.at(table, (common["a"].astype(int), common["b"].astype(int)), 1)
    return {
        "country_a": a,
        "country_b": b,
        "n_rollcalls": len(votes),
        "n_votes": int(table.sum()),
        "n_same": int(np.trace(table)),
        **{name: float(value) for name, value in coefficients(table).items()},
    }


def coefficients(tables: np.ndarray) -> dict[str, np.ndarray]:
    """Return the measures of cross tables of two states' votes, from their whole numbers.

    The last two axes of `tables` are the votes of one state and of the other, those before them
    tell tables apart. Chance terms are kept as counts of pairs, so that a zero denominator is a
    zero, not a rounding error.
    """
    n = tables.sum(axis=(-2, -1))
    rows, columns = tables.sum(axis=-1), tables.sum(axis=-2)
    places = np.arange(len(VOTES))
    distance = np.abs(places[:, None] - places[None, :])
    same = np.trace(tables, axis1=-2, axis2=-1)
    apart = (distance * tables).sum(axis=(-2, -1))
    apart_pairs = (distance * rows[..., :, None] * columns[..., None, :]).sum(axis=(-2, -1))
    same_pairs = (rows * columns).sum(axis=-1)
    same_most = np.minimum(rows, columns).sum(axis=-1)
    both = rows + columns  # twice n times m
    pooled_pairs = (both**2).sum(axis=-1)
    pooled_apart = (distance * both[..., :, None] * both[..., None, :]).sum(axis=(-2, -1))
    mixed = (both * (2 * n[..., None] - both)).sum(axis=-1)  # 4 n n times sum(m (1 - m))
    others = len(VOTES) - 1
    return {
        "share_same": _ratio(same, n),
        "share_opposite": _ratio(tables[..., _NO, _YES] + tables[..., _YES, _NO], n),
        "s_index": _ratio(2 * n - apart, 2 * n),
        "expected_same": _ratio(same_pairs, n * n),
        "kappa": _ratio(same * n - same_pairs, n * n - same_pairs),
        "kappa_highest": _ratio(same_most * n - same_pairs, n * n - same_pairs),
        "kappa_linear": _ratio(apart_pairs - apart * n, apart_pairs),
        "scott_pi": _ratio(4 * same * n - pooled_pairs, 4 * n * n - pooled_pairs),
        "pi_linear": _ratio(pooled_apart - 4 * apart * n, pooled_apart),
        "gwet_ac1": _ratio(4 * others * same * n - mixed, 4 * others * n * n - mixed),
        "a_yes": _ratio(rows[..., _YES], n),
        "b_yes": _ratio(columns[..., _YES], n),
    }


def _ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """Divide; NaN where there is nothing to divide by."""
    nothing = np.full(np.shape(denominator), np.nan)
    return np.divide(numerator, denominator, out=nothing, where=denominator != 0)
