"""Who supplied a state with arms, and how concentrated that was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.errors import MeasureError
from azpak.measures.counts import one_release

__all__ = [
    "Concentration",
    "concentration_by_period",
    "herfindahl",
    "periods_of",
    "supplier_shares",
]

_SUM_TOLERANCE = 1e-6  # shares that were rounded to six digits still add up


class Concentration(NamedTuple):
    """How concentrated shares are.

    ``index`` is the Herfindahl-Hirschman index, from 1/n (n equal shares) to 1 (one holder);
    ``effective_number``, its reciprocal, the number of equal shares as concentrated.
    """

    index: float
    effective_number: float


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
        ``supplier`` (``UNK``: unknown to SIPRI, kept as one; ``ALL``, the total, is left out),
        ``tiv`` (million TIV) and ``share`` (0 to 1), the largest first, equal ones by name.

    Raises
    ------
    MeasureError
        If nothing was delivered in the span, or the rows come from more than one release.

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
    if not rows.empty:
        one_release(rows, recipient)
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


def periods_of(first: int, last: int, length: int = 5) -> list[tuple[int, int]]:
    """Cut a span of years into periods of equal length.

    Parameters
    ----------
    first, last
        First and last year of the span, both included.
    length
        Years in a period. Five is what SIPRI uses, since deliveries swing from year to year.

    Returns
    -------
    list of tuple of int
        First and last year of each period; the last one may be shorter.

    Raises
    ------
    MeasureError
        If the span ends before it starts or the length is not positive.
    """
    if first > last or length < 1:
        raise MeasureError("no periods to cut", value=(first, last, length))
    return [(start, min(start + length - 1, last)) for start in range(first, last + 1, length)]


def concentration_by_period(
    tiv: pd.DataFrame, recipient: str, periods: Sequence[tuple[int, int]]
) -> pd.DataFrame:
    """Compute the concentration of a state's suppliers in each period.

    index = sum(share ** 2) over suppliers, effective number = 1 / index; both from all deliveries
    of the period, which is no mean of yearly values. The bounds are the smallest and the largest
    effective number found when one year with deliveries is left out: they say how much one year
    decides, and are no confidence interval, for the register is no sample.

    Parameters
    ----------
    tiv
        The table ``arms_transfers_tiv``, as for `supplier_shares`.
    recipient
        The importing state, ISO 3166-1 alpha-3.
    periods
        First and last year of each period, both included.

    Returns
    -------
    pandas.DataFrame
        One row for each period: ``period`` (``2000/2004``), ``n_years`` with deliveries,
        ``n_suppliers`` (int), ``tiv`` (million TIV), ``index``, ``effective_number``,
        ``effective_low`` and ``effective_high`` (float). The bounds are NaN where one year alone
        has deliveries: not computable.

    Raises
    ------
    MeasureError
        As `supplier_shares`, and so for a period without deliveries.
    """
    return pd.DataFrame([_of_period(tiv, recipient, *period) for period in periods])


def _of_period(tiv: pd.DataFrame, recipient: str, first: int, last: int) -> dict[str, object]:
    """Return the measures of one period."""
    shares = supplier_shares(tiv, recipient, first, last)
    whole = herfindahl(shares["share"])
    inside = tiv[
        (tiv["recipient"] == recipient)
        & (tiv["supplier"] != "ALL")
        & (tiv["indicator"] == "tiv_deliveries")
        & tiv["year"].between(first, last)
        & (tiv["value"] > 0)
    ]
    years = sorted(inside["year"].unique())
    left = [
        herfindahl(supplier_shares(tiv[tiv["year"] != year], recipient, first, last)["share"])
        for year in (years if len(years) > 1 else [])
    ]
    numbers = [concentration.effective_number for concentration in left]
    return {
        "period": f"{first}/{last}",
        "n_years": len(years),
        "n_suppliers": int((shares["tiv"] > 0).sum()),
        "tiv": float(shares["tiv"].sum()),
        "index": whole.index,
        "effective_number": whole.effective_number,
        "effective_low": min(numbers, default=float("nan")),
        "effective_high": max(numbers, default=float("nan")),
    }
