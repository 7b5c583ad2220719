"""Deals on arms: those of SIPRI's register, those gathered here, and what each has alone."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, from_words, parse
from azpak.errors import MeasureError
from azpak.findings import suppliers
from azpak.measures import countable, one_release
from azpak.report import Report, finding
from azpak.text import bounds, plain

__all__ = [
    "Alone", "Gathered", "alone", "alone_file", "alone_rows", "before_the_series",
    "early_to_armenia", "estimated_share", "gathered", "gathered_file", "gathered_rows",
    "register_date", "register_deals", "registers",
]  # fmt: skip

NEIGHBOURS = ("AZE", "ARM")  # whose deals were gathered from published reports
STATUS = {"delivery-unconfirmed": "delivery unconfirmed", "reported-unconfirmed": "unconfirmed"}


@finding
def register_deals(report: Report, supplier: str | None, recipient: str) -> pd.DataFrame:
    """Return the deals that the register has for a recipient.

    Parameters
    ----------
    supplier
        ISO 3166-1 alpha-3; None for all.
    recipient
        ISO 3166-1 alpha-3.

    Returns
    -------
    pandas.DataFrame
        The rows of ``arms_deals`` by ``deal_id``, in the order of the table; possibly none.
    """
    deals = report.table("arms_deals").set_index("deal_id")
    deals = deals[deals["recipient"] == recipient]
    return deals if supplier is None else deals[deals["supplier"] == supplier]


@finding
def register_date(report: Report) -> Date:
    """Return the date of the register of deals, as its release names it."""
    release = report.table("arms_deals")["release"].iloc[0]
    return from_words(release.split("register of ")[-1])


@finding
def registers(report: Report, supplier: str, recipient: str) -> tuple[str, ...]:
    """Return the releases that list a supplier's deals or yearly deliveries to a recipient."""
    listed = suppliers.deliveries(report, recipient)
    listed = listed.loc[listed["supplier"] == supplier, "release"]
    deals = register_deals(report, supplier, recipient)["release"]
    return tuple(sorted({*deals, *listed}))


@finding
def before_the_series(report: Report) -> pd.Series:
    """Return the one deal of Azerbaijan that was delivered before deliveries by year begin.

    Returns
    -------
    pandas.Series
        The row of ``arms_deals``.

    Raises
    ------
    MeasureError
        If there is none, or more than one: the text tells one.
    """
    first, _ = suppliers.years(report, "AZE")
    deals = register_deals(report, None, "AZE")
    early = deals["delivery_years"].map(lambda years: bool(years) and int(years[0]) < first)
    found = deals[early]
    if len(found) != 1:
        raise MeasureError(
            f"{len(found)} deals stand before the series, which begins in {first}",
            value="; ".join(found.index) or None,
            way_out="Rewrite the paragraph on the years of the first war",
        )
    return found.iloc[0]


class Early(NamedTuple):
    """Deals that delivered to Armenia before Azerbaijan's deliveries by year begin.

    Attributes
    ----------
    n
        Deals whose first delivery lies in one of the years of `before_the_series`.
    suppliers
        Who delivered (ISO 3166-1 alpha-3), sorted.
    """

    n: int
    suppliers: tuple[str, ...]


@finding
def early_to_armenia(report: Report) -> Early:
    """Return the deals of Armenia with deliveries in the years of `before_the_series`."""
    years = set(before_the_series(report)["delivery_years"])
    deals = register_deals(report, None, "ARM")
    early = deals[deals["delivery_years"].map(lambda delivered: bool(years & set(delivered or ())))]
    return Early(len(early), tuple(sorted(set(early["supplier"]))))


@finding
def estimated_share(
    report: Report, recipient: str, first: int | None = None, last: int | None = None
) -> float:
    """Return the share (0 to 1) of the volume in deals whose number delivered is an estimate.

    Parameters
    ----------
    first, last
        Only deals that delivered in one of these years; by default all.

    Raises
    ------
    MeasureError
        If the deals come from more than one release.
    """
    deals = register_deals(report, None, recipient)
    delivered = deals[deals["tiv_delivered"] > 0]
    if first is not None and last is not None:
        within = {str(year) for year in range(first, last + 1)}
        delivered = delivered[[bool(within & {*years}) for years in delivered["delivery_years"]]]
    one_release(delivered, f"deals of {recipient}")
    estimated = delivered["number_delivered_estimated"].fillna(False).astype(bool)
    volume = delivered["tiv_delivered"]
    return float(volume[estimated].sum() / volume.sum())


class Gathered(NamedTuple):
    """The deals gathered from published reports, beside the register.

    Attributes
    ----------
    deals
        The rows of ``transfers`` that are deals and no totals, with ``in_register`` (bool).
    separate
        Those that count as separate orders, as `azpak.measures.countable` has it.
    matched
        ``deal_id`` of the register's entries that a gathered deal has.
    in_totals
        ``deal_id`` of those that a gathered total covers.
    """

    deals: pd.DataFrame
    separate: pd.DataFrame
    matched: frozenset[str]
    in_totals: frozenset[str]

    def of(self, supplier: str) -> pd.DataFrame:
        """Return the deals of one supplier."""
        return self.deals[self.deals["supplier"] == supplier]


@finding
def gathered(report: Report) -> Gathered:
    """Return the deals gathered from published reports, and which the register has."""
    rows = report.table("transfers")
    is_deal = rows["record_kind"] == "deal"
    deals, totals = rows[is_deal], rows[~is_deal]
    deals = deals.assign(in_register=deals["register_deal_ids"].map(len) > 0)
    return Gathered(
        deals,
        countable(deals),
        frozenset(deal for ids in deals["register_deal_ids"] for deal in ids),
        frozenset(deal for ids in totals["register_deal_ids"] for deal in ids),
    )


@finding
def gathered_file(report: Report) -> pd.DataFrame:
    """Return the table ``transfers`` with each list in one cell, parted by semicolons."""
    return report.table("transfers").map(_joined)


@finding
def gathered_rows(report: Report) -> pd.DataFrame:
    """Return what was gathered, as it is printed.

    Returns
    -------
    pandas.DataFrame
        A row for each of ``transfers``: ``Gathered here`` (parties, weapon, number, date, state),
        ``Found in`` and ``Compared`` (the note on the register).
    """
    rows = report.table("transfers")
    return pd.DataFrame(
        {
            "Gathered here": [_deal(report, row) for row in rows.itertuples()],
            "Found in": [_found_in(row) for row in rows.itertuples()],
            "Compared": rows["register_note"],
        },
        dtype=object,
    )


class Alone(NamedTuple):
    """The deals that the register has alone.

    Attributes
    ----------
    since
        The order year of the earliest deal that both have; earlier ones are not compared.
    deals
        The rows of ``arms_deals`` by ``deal_id``: those of Azerbaijan and Armenia, ordered from
        then on, that were not gathered.
    n_in_totals
        How many of them a gathered total covers.
    """

    since: int
    deals: pd.DataFrame
    n_in_totals: int

    def n_of(self, recipient: str) -> int:
        """Return how many a recipient has."""
        return int((self.deals["recipient"] == recipient).sum())


@finding
def alone(report: Report) -> Alone:
    """Return the deals that the register has and nobody gathered here."""
    here = gathered(report)
    register = report.table("arms_deals").set_index("deal_id")
    since = int(register.loc[sorted(here.matched), "order_year"].min())
    late = register[register["recipient"].isin(NEIGHBOURS) & (register["order_year"] >= since)]
    deals = late[~late.index.isin(here.matched)]
    deals = deals.sort_values(["recipient", "order_year", "supplier"])
    return Alone(since, deals, int(deals.index.isin(here.in_totals).sum()))


@finding
def alone_file(report: Report) -> pd.DataFrame:
    """Return `alone`, the deals that only the register has, with each list in one cell."""
    return alone(report).deals.reset_index().map(_joined)


@finding
def alone_rows(report: Report) -> pd.DataFrame:
    """Return the deals that the register has alone, as they are printed.

    Returns
    -------
    pandas.DataFrame
        ``From, to``, ``Weapon``, ``Ordered``, ``Number`` and ``Delivered``, the last three with
        SIPRI's mark of an estimate.
    """
    return pd.DataFrame(
        [
            {
                "From, to": f"{_supplier(report, row)}, {report.names_of([row.recipient])}",
                "Weapon": ", ".join(dict.fromkeys([row.weapon, row.category])),
                "Ordered": _marked(row.order_year, row.order_year_estimated, thousands=False),
                "Number": _marked(row.number_ordered, row.number_ordered_estimated),
                "Delivered": _marked(row.number_delivered, row.number_delivered_estimated),
            }
            for row in alone(report).deals.itertuples()
        ],
        dtype=object,
    )


def _deal(report: Report, row: tuple) -> str:
    """Return parties, weapon, number, date and state of a row gathered here."""
    number = "number unknown"
    if not pd.isna(row.quantity_low):
        number = bounds(row.quantity_low, row.quantity_high, None)
    when = "undated"
    if not pd.isna(row.order_date):
        kind = "contract" if row.order_date_kind == "contract" else "by reports"
        when = f"{parse(row.order_date).display()}, {kind}"
    return (
        f"{report.names_of([row.supplier])} to {report.names_of([row.recipient])}: {row.system}; "
        f"{number}; {when}; {STATUS.get(row.status, row.status)}"
    )


def _found_in(row: tuple) -> str:
    """Return whether a row gathered here is in the register too, and as what."""
    place = "both" if row.register_deal_ids else "here"
    if row.record_kind != "deal":
        return f"{place}, as a total"
    return place if row.register_deal_ids else "here only"


def _supplier(report: Report, row: tuple) -> str:
    """Return the name of a supplier, which SIPRI does not always know."""
    return "supplier unknown" if row.supplier == "UNK" else report.names_of([row.supplier])


def _marked(value: float, estimated: bool, *, thousands: bool = True) -> str:
    """Return a number with SIPRI's mark of an estimate; years have no `thousands`."""
    if pd.isna(value):
        return "unknown"
    text = plain(value) if thousands else str(int(value))
    return f"{text} (est.)" if estimated else str(text)


def _joined(value: object) -> object:
    """Return a list as the tables of the report write it."""
    return ";".join(value) if isinstance(value, tuple | list) else value
