"""The forms in which dates are written, printed and drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, parse
from azpak.report import Report, finding

__all__ = ["FORMS", "Form", "days_from_that_day", "form_rows"]


class Form(NamedTuple):
    """A form of dates.

    Attributes
    ----------
    example
        A date of this form, in EDTF.
    meaning
        What it says.
    bears
        Whether a date is of this form.
    drawn
        How figures draw it.
    """

    example: str
    meaning: str
    bears: Callable[[Date], bool]
    drawn: str


def _precise(precision: str) -> Callable[[Date], bool]:
    return lambda day: day.precision == precision and not day.open_end and not day.one_sided


FORMS = (
    Form("1992-06-09", "a day", _precise("day"), "a round mark"),
    Form(
        "2004-07", "some day of a month", _precise("month"), "a square or bar as long as the month"
    ),
    Form("2007", "some day of a year", _precise("year"), "a bar as long as the year"),
    Form(
        "1995-10-09/1995-10-11",
        "from one day to another",
        lambda day: day.precision == "interval" and not day.end_announced,
        "a bar of that length",
    ),
    Form(
        "[2004-07-08..2004-07-10]",
        "one unknown day within a span",
        _precise("within"),
        "a line between brackets",
    ),
    Form(
        "[..2018-11-27]",
        "one unknown day no later than this",
        lambda day: day.one_sided and day.open_start,
        "an arrowhead to the left",
    ),
    Form(
        "[2025-06-28..]",
        "one unknown day no earlier than this",
        lambda day: day.one_sided and not day.open_start,
        "an arrowhead to the right",
    ),
    Form(
        "2018-09-25/2018-09-27?",
        "from one day to another, the last announced and not confirmed",
        lambda day: day.end_announced,
        "a bar of that length, with a dashed edge",
    ),
    Form("2024/..", "not ended", lambda day: day.open_end, "a bar to the edge"),
    Form("2025-02-25~", "approximate", lambda day: day.approximate, "a dashed edge"),
    Form(
        "2025?", "uncertain", lambda day: day.uncertain and not day.end_announced, "a dashed edge"
    ),
)


@finding
def form_rows(report: Report) -> pd.DataFrame:
    """Return the forms of dates, and how many events bear each; a date can be of two.

    Returns
    -------
    pandas.DataFrame
        A row for each of `FORMS`: ``Written``, ``Meaning``, ``Printed``, ``Drawn``, ``Events``
        (number).
    """
    dates = [parse(text) for text in report.events["date"]]
    rows = [
        (f.example, f.meaning, parse(f.example).display(), f.drawn, sum(map(f.bears, dates)))
        for f in FORMS
    ]
    return pd.DataFrame(rows, columns=["Written", "Meaning", "Printed", "Drawn", "Events"])


@finding
def days_from_that_day(report: Report) -> int:
    """Return how many events have a day that texts of that day alone give, and no act.

    The gate asks of each that a claim has the words by which a passage names the day
    (`azpak.check.days`).
    """
    events = report.events["date"].rename("day")
    claims = report.claims.join(events, on="event_id")
    written = claims["source_id"].map(report.sources["date"]).fillna("").str.rstrip("~?")
    giving = claims.assign(later=written != claims["day"])[
        (claims["attribute"] == "date")
        & (claims["value_edtf"] == claims["day"])
        & (claims["agreement"] != "disagrees")
        & claims["day"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    ]
    elsewhere = giving["later"] | (giving["basis"] == "act")
    return int((~elsewhere.groupby(giving["event_id"]).any()).sum())
