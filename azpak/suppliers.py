"""How concentrated a state's arms supply was, period by period."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from azpak.measures import MeasureError, herfindahl, supplier_shares

__all__ = ["concentration_by_period", "periods_of"]


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
        The table ``arms_transfers_tiv``, as for `azpak.measures.supplier_shares`.
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
        As `azpak.measures.supplier_shares`, and so for a period without deliveries.
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
