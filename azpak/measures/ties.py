"""Ties between states: one row a tie, each deal once, and which of two series came first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak import dates
from azpak.errors import MeasureError
from azpak.measures.counts import countable

__all__ = ["KINDS", "Following", "follows", "pairs_of", "ties_of"]

KINDS = ("deal", "exercise", "agreement", "declaration")
COLUMNS = ["tie_id", "kind", "date", "states", "certain", "event_ids", "source_ids"]


class Following(NamedTuple):
    """How often one series of dates comes after another, against shifted dates.

    Attributes
    ----------
    hits
        Months of the later series with one of the earlier in the months before.
    n
        Months of the later series.
    expected
        Mean of ``hits`` over all shifts.
    p
        Part of all shifts, the true place included, with at least as many hits; NaN where either
        series is empty.
    n_shifts
        Number of shifts, which is the number of months of the span.
    """

    hits: int
    n: int
    expected: float
    p: float
    n_shifts: int


def ties_of(
    events: pd.DataFrame,
    claims: pd.DataFrame,
    transfers: pd.DataFrame,
    exercises: pd.DataFrame,
    register: pd.DataFrame,
    relations: Iterable[str] = (),
) -> pd.DataFrame:
    """List the ties between states that the tables hold, each once.

    An agreement or a declaration is an active event of that category with two states or more;
    declarations of an organisation (an actor ``org-…``) are its acts and left out. A deal is a row
    of the register or a gathered transfer without an entry there; entries that one transfer joins
    are one deal and take its date. Events of the category ``arms`` are not used, for their deals
    stand in ``transfers``. An exercise is an edition with two named states or more.

    Parameters
    ----------
    events, claims, transfers, exercises, register
        The tables ``events``, ``claims``, ``transfers``, ``exercises`` and ``arms_deals``.
    relations
        Events by which two states established relations, counted as agreements.

    Returns
    -------
    pandas.DataFrame
        ``tie_id``, ``kind`` (one of `KINDS`), ``date`` (EDTF, missing where unknown), ``states``
        (tuple of ISO3, sorted), ``certain`` (boolean: false for what is alleged or unconfirmed),
        ``event_ids`` and ``source_ids`` (tuples). Sorted by date, the undated last.

    Raises
    ------
    MeasureError
        If an event of ``relations`` is not in the table, or a transfer names a deal that the
        register does not have.
    """
    rows = [
        *_documents(events, claims, frozenset(relations)),
        *_deals(transfers, register),
        *_exercises(exercises),
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = [
        (
            pd.isna(row.date),
            dates.parse(row.date).sort_key if pd.notna(row.date) else (),
            row.tie_id,
        )
        for row in table.itertuples()
    ]
    places = sorted(range(len(table)), key=order.__getitem__)
    return table.iloc[places].reset_index(drop=True)


def _documents(events: pd.DataFrame, claims: pd.DataFrame, relations: frozenset) -> list[tuple]:
    """Return the agreements and declarations among the events."""
    missing = sorted(relations - set(events["event_id"]))
    if missing:
        raise MeasureError("there is no such event", value=missing[0])
    sources = claims.groupby("event_id")["source_id"].agg(lambda ids: tuple(sorted(set(ids))))
    rows = []
    for event in events[events["status"] == "active"].itertuples():
        kind = "agreement" if event.event_id in relations else event.category
        states = tuple(sorted(actor for actor in event.actors if not actor.startswith("org-")))
        of_a_body = kind == "declaration" and len(states) < len(event.actors)
        if kind not in ("agreement", "declaration") or of_a_body or len(states) < 2:
            continue
        if event.nature in ("happened", "alleged"):
            rows.append(
                (event.event_id, kind, event.date, states, event.nature == "happened",
                 (event.event_id,), sources.get(event.event_id, ()))
            )  # fmt: skip
    return rows


def _deals(transfers: pd.DataFrame, register: pd.DataFrame) -> list[tuple]:
    """Return the deals of the register and those gathered beside it."""
    entries = register.set_index("deal_id")
    sure = countable(transfers)
    more = countable(transfers, unconfirmed=True)
    more = more[~more["transfer_id"].isin({*sure["transfer_id"], *sure["part_of"].dropna()})]
    rows, joined = [], set()
    for frame, certain in ((sure, True), (more, False)):
        for deal in frame.itertuples():
            unknown = [entry for entry in deal.register_deal_ids if entry not in entries.index]
            if unknown:
                raise MeasureError(
                    "a transfer names a deal that the register does not have", value=unknown[0]
                )
            joined.update(deal.register_deal_ids)
            states = tuple(sorted((deal.supplier, deal.recipient)))
            rows.append(
                (deal.transfer_id, "deal", deal.order_date, states, certain,
                 tuple(deal.event_ids), tuple(deal.source_ids))
            )  # fmt: skip
    for entry in entries[entries["supplier"] != "UNK"].itertuples():
        if entry.Index not in joined:
            date = f"{entry.order_year}{'~' if entry.order_year_estimated else ''}"
            states = tuple(sorted((entry.supplier, entry.recipient)))
            rows.append((entry.Index, "deal", date, states, True, (), (entry.source_id,)))
    return rows


def _exercises(exercises: pd.DataFrame) -> list[tuple]:
    """Return the editions of exercises with two named states or more."""
    return [
        (edition.exercise_id, "exercise", edition.date, tuple(sorted(edition.participants_named)),
         True, () if pd.isna(edition.event_id) else (edition.event_id,), tuple(edition.source_ids))
        for edition in exercises.itertuples()
        if len(edition.participants_named) > 1
    ]  # fmt: skip


def pairs_of(ties: pd.DataFrame, states: Iterable[str] | None = None) -> pd.DataFrame:
    """Project ties to pairs of states: a tie of three states joins three pairs.

    Parameters
    ----------
    ties
        Rows as of `ties_of`, with ``states``.
    states
        The states to keep; by default all.

    Returns
    -------
    pandas.DataFrame
        The columns of ``ties`` with ``a`` and ``b`` (ISO3, a before b) for ``states``; no row
        for a tie of which fewer than two states are kept.
    """
    kept = None if states is None else set(states)
    rows = [
        {"a": a, "b": b, **{name: value for name, value in row.items() if name != "states"}}
        for row in ties.to_dict("records")
        for a, b in combinations(sorted(s for s in row["states"] if kept is None or s in kept), 2)
    ]
    return pd.DataFrame(rows, columns=["a", "b", *(c for c in ties.columns if c != "states")])


def follows(
    earlier: Iterable[str], later: Iterable[str], first: str, last: str, window: int
) -> Following:
    """Test whether one series of dates tends to come soon after another.

    A month of ``later`` is a hit if one of ``earlier`` lies in the ``window`` months before it,
    its own month not included, since the order within a month is not known. The same is counted
    with ``earlier`` moved along the span by every number of months, what leaves at the end coming
    in at the start: that keeps the spacing of both series and breaks their order.

    Parameters
    ----------
    earlier, later
        Dates (EDTF). Those known no closer than a year must be left out before; of a date that
        lasts the start counts.
    first, last
        First and last month of the span (``YYYY-MM``), both included.
    window
        Months looked back, at least 1 and fewer than the span.

    Returns
    -------
    Following
        Hits, their mean over the shifts, and the part of the shifts with as many or more.

    Raises
    ------
    MeasureError
        If a date is outside the span or the window does not fit it.

    Notes
    -----
    The test answers for the order of two series, not for causes, and not for a rise common to
    both, which the shifts break up.
    """
    start, end = _month(first), _month(last)
    length = end - start + 1
    if not 1 <= window < length:
        raise MeasureError("the window does not fit the span", value=window)
    before = np.zeros(length, dtype=bool)
    months = []
    for texts, place in ((earlier, "earlier"), (later, "later")):
        for text in texts:
            at = _month(text) - start
            if not 0 <= at < length:
                raise MeasureError("a date is outside the span", value=text)
            if place == "earlier":
                before[at] = True
            else:
                months.append(at)
    at = np.unique(np.array(months, dtype=int))
    hits = np.array([_hits(np.roll(before, shift), at, window) for shift in range(length)])
    computable = bool(before.any()) and len(at) > 0
    p = float((hits >= hits[0]).mean()) if computable else float("nan")
    return Following(int(hits[0]), len(at), float(hits.mean()), p, length)


def _month(text: str) -> int:
    """Return the month in which a date starts, counted from the year 0."""
    start = dates.parse(text).start
    return 12 * start.year + start.month - 1


def _hits(before: np.ndarray, months: np.ndarray, window: int) -> int:
    """Return in how many months one of the months before is marked."""
    return int(sum(before[max(0, at - window) : at].any() for at in months))
