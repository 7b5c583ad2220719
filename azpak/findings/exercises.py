"""Exercises: which editions were held when, and which forces took part, watched or are named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from azpak.dates import parse
from azpak.report import Report, finding

__all__ = ["FULL", "PRESENT", "STATES", "alone", "editions", "with_all"]

STATES = {"AZE": "aze_role", "PAK": "pak_role", "TUR": "tur_role"}  # the states whose part is coded
FULL = ("participant",)
PRESENT = ("participant", "observer")


@finding
def editions(report: Report, first: date | None = None, last: date | None = None) -> pd.DataFrame:
    """Return the editions of exercises that begin in a span of days, by date.

    Parameters
    ----------
    first, last
        The days, both included; by default all editions.

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``exercises``, and ``start``, the first day (`datetime.date`).
    """
    table = report.table("exercises")
    held = table.assign(start=table["date"].map(lambda text: parse(text).start))
    chosen = (held["start"] >= (first or date.min)) & (held["start"] <= (last or date.max))
    return held[chosen].sort_values("date", ignore_index=True)


def with_all(
    held: pd.DataFrame, states: Iterable[str], roles: tuple[str, ...] = FULL
) -> pd.DataFrame:
    """Return the editions in which each of some states had one of some roles.

    Parameters
    ----------
    held
        Editions, as `editions` returns them.
    states
        Of `STATES`, ISO 3166-1 alpha-3.
    roles
        `FULL`, taking part in full, or `PRESENT`, watching too.
    """
    columns = [STATES[state] for state in states]
    return held[held[columns].isin(roles).all(axis=1)]


def alone(held: pd.DataFrame, states: Iterable[str]) -> pd.DataFrame:
    """Return the editions in which sources name these states and no others.

    Lists of participants in the sources are partial: a name that is missing proves little.
    """
    wanted = set(states)
    return held[[set(named) == wanted for named in held["participants_named"]]]
