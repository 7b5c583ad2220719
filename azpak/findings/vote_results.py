"""What the votes say of the pair: differences between pairs, drawn together, and all results."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.findings.votes import (
    EARLIEST,
    LATEST,
    LONGEST,
    UNITS,
    Span,
    agreement,
    draws,
    rollcalls,
    states_of,
)
from azpak.measures import Interval, agreement_by_period, interval
from azpak.report import PAIR, Report, finding
from azpak.text import decimal, span_of_years

__all__ = [
    "INDIAN", "KAZAKH", "RIVALS", "SIDES", "Compared", "Difference", "Units",
    "by_units", "change", "difference", "less_the_median", "printed_rows", "result_rows",
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


N_OTHERS = 19  # states beside one in the table of roll calls

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
def difference(report: Report, compared: Compared, unit: str = UNITS[0]) -> Difference:
    """Return how much more one pair agrees than another, both in the same draws."""
    measure, more, less, span = compared
    value = getattr(agreement(report, *more, *span), measure) - getattr(
        agreement(report, *less, *span), measure
    )
    drawn = (draws(report, *pair, *span, unit)[measure] for pair in (more, less))
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


class Units(NamedTuple):
    """Bounds of a measure of the two over the longest span, by what is drawn.

    Attributes
    ----------
    item, year, call
        From draws of items, of whole years, of single roll calls.
    """

    item: Interval
    year: Interval
    call: Interval

    @property
    def wider(self) -> float:
        """How much wider the bounds from items are than those from calls: 0.2, a fifth."""
        return (self.item.high - self.item.low) / (self.call.high - self.call.low) - 1


@finding
def by_units(report: Report, measure: str) -> Units:
    """Return the bounds of ``share_same`` or ``kappa`` of the two by what is drawn."""
    return Units(*(interval(draws(report, *PAIR, *LONGEST, unit)[measure]) for unit in UNITS))


@finding
def result_rows(report: Report) -> pd.DataFrame:
    """Return every result on the pair with its bounds.

    Returns
    -------
    pandas.DataFrame
        ``result`` (what it is), ``value``, ``low`` and ``high`` (bounds in draws of items),
        ``years_low`` and ``years_high`` (in draws of years; over the longest span only),
        ``difference_is`` (what the bounds allow to say; missing where it is no difference).
    """
    longest, latest, earliest = (span_of_years(*span) for span in (LONGEST, LATEST, EARLIEST))
    pair = agreement(report, *PAIR, *LONGEST)
    share, kappa = (by_units(report, measure).year for measure in ("share_same", "kappa"))
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
        years = difference(report, compared, "year").bounds if drawable else None
        text = f"{text}, {span_of_years(*compared.span)}"
        rows.append(_told(text, difference(report, compared), years))
    for whose, state in (("Azerbaijan's", PAIR[0]), ("Pakistan's", PAIR[1])):
        text = f"S index less the median of {whose} pairs with {N_OTHERS} states, {latest}"
        rows.append(_told(text, less_the_median(report, state)))
    return pd.DataFrame(rows)


@finding
def less_the_median(report: Report, state: str) -> Difference:
    """Return the latest S index of the two less the median of one state's pairs, drawn together.

    The pairs are those with the other states of the table of roll calls, the pair of the two
    among them; the median is that of the same draw, since it rests on the same roll calls.
    """
    others = [other for other in states_of(rollcalls(report)) if other != state]
    assert len(others) == N_OTHERS, "the table of roll calls has other states"
    drawn = pd.DataFrame({o: draws(report, state, o, *LATEST)["s_index"] for o in others})
    values = pd.Series({o: _s_index(report, state, o) for o in others})
    partner = next(other for other in PAIR if other != state)
    return _difference(
        values[partner] - values.median(), drawn[partner] - drawn.median(axis=1)
    )  # fmt: skip


def _s_index(report: Report, a: str, b: str) -> float:
    return float(agreement_by_period(rollcalls(report), a, b, [LATEST])["s_index"].iloc[0])


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
