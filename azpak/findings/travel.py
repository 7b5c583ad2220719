"""Visitors to Azerbaijan from Pakistan and India: rival counts, shares and what they leave."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.errors import DataError, MeasureError
from azpak.findings import suppliers
from azpak.measures import Bounds, Stated, from_share, growth, statements, times_over
from azpak.report import Report, finding

__all__ = [
    "ORIGINS", "BesideIndia", "FiveYears", "Rivals", "Visits", "beside_india", "five_years",
    "rivals", "row", "visits",
]  # fmt: skip

ORIGINS = ("PAK", "IND")  # of the visitors told of, to Azerbaijan
# Three counts of one year, each said as "more than", and the count of the year before.
RIVALS, YEAR_BEFORE = ("pak-aze-2024", "pak-aze-2024-2", "pak-aze-2024-4"), "pak-aze-2023"
QUOTED_IN_MILLIONS = 1_000_000
# A total over several years, and two counts of the first of them.
TOTAL, OFFICIAL, ASSOCIATION = "pak-aze-2018-to-2022", "pak-aze-2018", "pak-aze-2018-2"


class Visits(Stated):
    """What is stated of the visitors from one state in another, in persons."""

    @property
    def first(self) -> int:
        """The first year with a figure."""
        return int(self.bound_years.index.min())

    @property
    def last(self) -> int:
        """The last year with a figure."""
        return int(self.bound_years.index.max())

    @property
    def peak(self) -> int:
        """The year with the largest figure, by the lower bound."""
        return int(self.bound_years["low"].idxmax())


def row(report: Report, visitor_id: str) -> pd.Series:
    """Return one row of the table ``visitors``.

    Raises
    ------
    DataError
        If there is no such row.
    """
    table = report.table("visitors").set_index("visitor_id")
    if visitor_id not in table.index:
        file = report.folder / report.resource("visitors")["path"]
        raise DataError("there is no such row of visitors", file=file, value=visitor_id)
    return table.loc[visitor_id]


@finding
def visits(report: Report, origin: str, destination: str = "AZE") -> Visits:
    """Return what is stated of the visitors from one state in another.

    Where only a share of all visitors is published, its rounding gives the bounds. Totals over
    several years say nothing of one of them and are left out.

    Returns
    -------
    Visits
        In persons; its statements have ``visitor_id`` too.

    Raises
    ------
    azpak.errors.MeasureError
        If visits from India were at their peak in a year for which the register has no Indian
        arms for Armenia: the prose says that it has.
    """
    rows = report.table("visitors")
    chosen = (rows["origin"] == origin) & (rows["destination"] == destination)
    rows = rows[chosen & (rows["period_type"] != "range")]
    numbers = rows[["visitors_low", "visitors_high", "share_pct", "all_visitors"]].astype("float64")
    unnumbered = numbers[["visitors_low", "visitors_high"]].isna().all(axis=1)
    for index, shared in numbers[unnumbered].iterrows():
        total = shared["all_visitors"]
        bounds = from_share(shared["share_pct"], total, whole_step=_rounded_to(total))
        numbers.loc[index, ["visitors_low", "visitors_high"]] = list(bounds)
    rows = rows.assign(**numbers[["visitors_low", "visitors_high"]])
    groups = report.sources["independence_group"]
    said = statements(rows, None, "visitors_low", "visitors_high", groups)
    found = Visits(said.join(rows["visitor_id"]))
    if (origin, destination) == ("IND", "AZE"):
        _check_peak(report, found.peak)
    return found


def _rounded_to(total: float) -> float:
    """Return the step to which a total was rounded: 10,000 for 2,570,000, quoted as 2.57 million.

    A total of less than `QUOTED_IN_MILLIONS`, or with more than three digits that count, is taken
    as it is.
    """
    if pd.isna(total) or total < QUOTED_IN_MILLIONS:
        return 0.0
    digits = str(int(total))
    step = 10 ** (len(digits) - 3)
    return float(step) if int(total) % step == 0 else 0.0


def _check_peak(report: Report, peak: int) -> None:
    if peak not in suppliers.years_from(report, "IND", "ARM"):
        raise MeasureError(
            "the register has no Indian arms for Armenia in the peak year of Indian visits",
            value=peak, way_out="Mend the sentences on visits and arms",
        )  # fmt: skip


class Rivals(NamedTuple):
    """The rival counts of Pakistani visitors in one year.

    Attributes
    ----------
    counts
        Persons, each said as more than, from the lowest to the highest.
    period
        The year that they are of.
    before, before_period
        The count of the tourism board for the year before, and that year.
    rise
        From it to the lowest and to the highest of them, as share of it.
    """

    counts: tuple[float, ...]
    period: str
    before: float
    before_period: str
    rise: Bounds

    @property
    def bounds(self) -> Bounds:
        """The lowest and the highest count."""
        return Bounds(min(self.counts), max(self.counts))


@finding
def rivals(report: Report) -> Rivals:
    """Return the rival counts of Pakistani visitors in one year, and the rise that each means."""
    rows = [row(report, visitor_id) for visitor_id in RIVALS]
    counts = [float(found["visitors_low"]) for found in rows]
    board = row(report, YEAR_BEFORE)
    before = float(board["visitors_low"])
    rise = growth([before] * 2, [min(counts), max(counts)])
    return Rivals(tuple(counts), rows[0]["period"], before, board["period"], rise)


class FiveYears(NamedTuple):
    """A published total over several years, and what it leaves for those without a figure.

    Attributes
    ----------
    period
        EDTF, of the total.
    total
        Persons.
    official, association, official_period
        Two counts of its first year, and that year.
    left_official, left_association
        What remains of the total without its first year, by either count, and the others known.
    """

    period: str
    total: float
    official: float
    association: float
    official_period: str
    left_official: float
    left_association: float


@finding
def five_years(report: Report) -> FiveYears:
    """Return what the total over several years leaves for those without a yearly figure."""
    total, official, other = (row(report, name) for name in (TOTAL, OFFICIAL, ASSOCIATION))
    span = parse(total["period"])
    later = visits(report, "PAK").bound_years.loc[span.start.year + 1 : span.end.year]
    rest = float(total["visitors_low"]) - later["low"].sum()
    by_official, by_other = (float(count["visitors_low"]) for count in (official, other))
    return FiveYears(
        total["period"], float(total["visitors_low"]), by_official, by_other, official["period"],
        rest - by_official, rest - by_other,
    )  # fmt: skip


class BesideIndia(NamedTuple):
    """Pakistani visits as a multiple of Indian ones.

    Attributes
    ----------
    at_peak
        In the year in which the Indian visits were at their peak.
    last
        In the last year with a figure for Pakistan.
    fall
        By which share the Indian visits fell from the one to the other, as lower and upper bound.
    """

    at_peak: Bounds
    last: Bounds
    fall: Bounds


@finding
def beside_india(report: Report) -> BesideIndia:
    """Compare visits from Pakistan with those from India.

    Raises
    ------
    azpak.errors.MeasureError
        If the rival counts of Pakistani visitors are of another year than the Indian peak.
    """
    ours, theirs = visits(report, "PAK"), visits(report, "IND")
    if rivals(report).period != str(theirs.peak):
        raise MeasureError("the rival counts are not of the year of the peak", value=theirs.peak)
    change = growth(theirs.of(theirs.peak), theirs.of(ours.last))
    return BesideIndia(
        times_over(theirs.of(theirs.peak), rivals(report).bounds),
        times_over(theirs.of(ours.last), ours.of(ours.last)),
        Bounds(-change.high, -change.low),
    )
