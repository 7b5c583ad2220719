"""What the votes say of the pair: differences between pairs, drawn together, and all results."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.findings import vote_ranks
from azpak.findings.votes import EARLIEST, LATEST, LONGEST, Span, agreement, draws
from azpak.measures import Interval, interval
from azpak.report import PAIR, Report, finding
from azpak.text import decimal, span_of_years

__all__ = [
    "INDIAN", "KAZAKH", "RIVALS", "SIDES", "ByYears", "Compared", "Difference", "by_years",
    "change", "difference", "printed_rows", "result_rows",
]  # fmt: skip


class Compared(NamedTuple):
    """Two pairs of states whose agreement is compared.

    Attributes
    ----------
    measure
        ``share_same`` or ``kappa``.
    more, less
        The pairs; the difference is that of the first less that of the second.
    span
        The years, those of both included.
    """

    measure: str
    more: tuple[str, str]
    less: tuple[str, str]
    span: Span


KAZAKH = Compared("share_same", ("AZE", "KAZ"), PAIR, LATEST)
RIVALS = Compared("kappa", ("PAK", "IND"), PAIR, LONGEST)
INDIAN = Compared("kappa", PAIR, ("AZE", "IND"), LATEST)
SIDES = Compared("kappa", ("ARM", "IND"), ("PAK", "ARM"), LATEST)


class Difference(NamedTuple):
    """A difference, and what it is in roll calls drawn anew.

    Attributes
    ----------
    value
        The difference in the votes themselves.
    bounds
        Its bounds in the draws.
    n_above
        Draws in which it is above nought.
    """

    value: float
    bounds: Interval
    n_above: int

    @property
    def says(self) -> str:
        """What the bounds allow to say of it."""
        low, high = self.bounds
        return "above nought" if low > 0 else "below nought" if high < 0 else "cannot be told"


@finding
def difference(report: Report, compared: Compared, by_year: bool = False) -> Difference:
    """Return how much more one pair agrees than another, both in the same draws."""
    measure, more, less, span = compared
    value = getattr(agreement(report, *more, *span), measure) - getattr(
        agreement(report, *less, *span), measure
    )
    drawn = (draws(report, *pair, *span, by_year)[measure] for pair in (more, less))
    return _difference(value, next(drawn) - next(drawn))


@finding
def change(report: Report) -> Difference:
    """Return the share alike of the two in the latest span less that in the earliest.

    The spans have no roll call in common and are drawn apart. As the seed is the same, the draws
    of the earliest stand in reverse order, so that two of one number are not subtracted.
    """
    now, then = (agreement(report, *PAIR, *span).share_same for span in (LATEST, EARLIEST))
    latest, earliest = (draws(report, *PAIR, *span)["share_same"] for span in (LATEST, EARLIEST))
    return _difference(now - then, latest - earliest.iloc[::-1].reset_index(drop=True))


def _difference(value: float, drawn: pd.Series) -> Difference:
    return Difference(float(value), interval(drawn), int((drawn > 0).sum()))


class ByYears(NamedTuple):
    """Bounds of a measure of the two over the longest span, from draws of whole years.

    Attributes
    ----------
    bounds
        The bounds.
    wider
        By how much of the width of those from single roll calls they are wider: 0.2, a fifth.
    """

    bounds: Interval
    wider: float


@finding
def by_years(report: Report, measure: str) -> ByYears:
    """Return the bounds of ``share_same`` or ``kappa`` of the two when whole years are drawn."""
    years, calls = (
        interval(draws(report, *PAIR, *LONGEST, by_year)[measure]) for by_year in (True, False)
    )
    return ByYears(years, (years.high - years.low) / (calls.high - calls.low) - 1)


@finding
def result_rows(report: Report) -> pd.DataFrame:
    """Return every result on the pair with its bounds.

    Returns
    -------
    pandas.DataFrame
        ``result`` (what it is), ``value``, ``low`` and ``high`` (bounds in draws of roll calls),
        ``years_low`` and ``years_high`` (in draws of years; over the longest span only),
        ``difference_is`` (what the bounds allow to say; missing where it is no difference).
    """
    longest, latest, earliest = (span_of_years(*span) for span in (LONGEST, LATEST, EARLIEST))
    pair = agreement(report, *PAIR, *LONGEST)
    share, kappa = (by_years(report, measure).bounds for measure in ("share_same", "kappa"))
    rows = [
        _measured(f"Share alike, {longest}", pair.share_same, pair.share_bounds, share),
        _measured(f"Kappa, {longest}", pair.kappa, pair.kappa_bounds, kappa),
        _told(f"Share alike in {latest} less that in {earliest}", change(report)),
    ]
    for text, compared in (
        ("Kappa of Pakistan and India less that of the pair", RIVALS),
        ("Share of Azerbaijan and Kazakhstan less that of the pair", KAZAKH),
        ("Kappa of the pair less that of Azerbaijan and India", INDIAN),
        ("Kappa of Armenia and India less that of Armenia and Pakistan", SIDES),
    ):
        drawable = compared.span == LONGEST  # a few years are too few to be drawn
        years = difference(report, compared, by_year=True).bounds if drawable else None
        text = f"{text}, {span_of_years(*compared.span)}"
        rows.append(_told(text, difference(report, compared), years))
    for whose, states in (("Azerbaijan's", PAIR), ("Pakistan's", PAIR[::-1])):
        text = f"S index less the median of {whose} partners, {latest}"
        rows.append(_told(text, _less_the_median(report, *states)))
    return pd.DataFrame(rows)


def _less_the_median(report: Report, country: str, partner: str) -> Difference:
    """Return the latest index of the two less the median of one's partners, taken as given."""
    median = vote_ranks.of_partner(report, country, partner).median
    value = agreement(report, *PAIR, *LATEST).s_index
    return _difference(value - median, draws(report, *PAIR, *LATEST)["s_index"] - median)


def _told(text: str, found: Difference, years: Interval | None = None) -> dict[str, object]:
    """Return the row of a difference."""
    return _measured(text, found.value, found.bounds, years) | {"difference_is": found.says}


def _measured(
    text: str, value: float, calls: Interval, years: Interval | None
) -> dict[str, object]:
    """Return the row of a value that is no difference."""
    nothing = float("nan")
    return {
        "result": text,
        "value": value,
        "low": calls.low,
        "high": calls.high,
        "years_low": years.low if years else nothing,
        "years_high": years.high if years else nothing,
        "difference_is": None,
    }


@finding
def printed_rows(report: Report) -> pd.DataFrame:
    """Return the results as the table of the chapter has them; a difference bears its sign.

    Returns
    -------
    pandas.DataFrame
        ``Result``, ``Value``, ``Bounds``, ``Difference is``.
    """
    printed = []
    for row in result_rows(report).itertuples():
        signed = pd.notna(row.difference_is)
        value, low, high = (decimal(v, 2, signed=signed) for v in (row.value, row.low, row.high))
        printed.append(
            {
                "Result": row.result,
                "Value": value,
                "Bounds": f"{low} to {high}",
                "Difference is": row.difference_is,
            }
        )
    return pd.DataFrame(printed, dtype=object)
