"""What may be counted: events by year, deals without counting one twice, rows of one release."""

from __future__ import annotations

import pandas as pd

from azpak import dates
from azpak.errors import MeasureError

__all__ = ["activity", "countable", "one_release"]


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


def one_release(rows: pd.DataFrame, what: str) -> str:
    """Return the release that rows come from; two releases must not stand in one series.

    Parameters
    ----------
    rows
        A table with the column ``release``.
    what
        What the rows hold, for the message.

    Returns
    -------
    str
        The name of the release.

    Raises
    ------
    MeasureError
        If the rows come from several releases, or there is none.
    """
    releases = sorted(rows["release"].unique())
    if len(releases) != 1:
        raise MeasureError(
            f"{what}: the rows come from {'several releases' if releases else 'no release'}",
            value="; ".join(releases),
            way_out="Choose the rows of one release",
        )
    return releases[0]
