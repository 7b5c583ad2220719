"""The years 2017 to 2019: the trainers, exercises of others, Azerbaijan's suppliers as relayed."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.errors import DataError
from azpak.findings import chronology, exercises
from azpak.findings.suppliers import shares
from azpak.output.table import cite
from azpak.report import Report, finding
from azpak.text import per_cent, plain
from azpak.vocabulary import VOICES

__all__ = [
    "CHAPTER", "DELIVERY", "ESSAY", "Relayed", "delivery_rows", "exercise_rows", "exercises_held",
    "of_essay", "relayed_shares", "supplier_rows", "unconfirmed",
]  # fmt: skip

CHAPTER = "bridge-2017-2019"
ESSAY = "sultanov2018cgss"  # carries several claims that nothing else confirms
DELIVERY = "super-mushshak-delivery"
RELAYED = "sipri-aze-supplier-shares-2014-18"
SHOWN = ("RUS", "ISR", "TUR", "PAK")  # the three that were relayed, and Pakistan
ONE_DIGIT = 0.01  # a share from which one digit behind the point says enough


@finding
def unconfirmed(report: Report) -> pd.DataFrame:
    """Return the events of the chapter that are alleged, as `Report.events` has them."""
    told = report.events_of(CHAPTER)
    return told[told["nature"] == "alleged"]


@finding
def of_essay(report: Report) -> pd.DataFrame:
    """Return those of `unconfirmed` that the essay carries."""
    told = unconfirmed(report)
    return told[[ESSAY in source_ids for source_ids in told["source_ids"]]]


@finding
def delivery_rows(report: Report) -> pd.DataFrame:
    """Return what sources say of the delivery of the trainers, in order of publication.

    Returns
    -------
    pandas.DataFrame
        ``Source`` (markup), ``Close to``, ``Published``, ``What it says``.
    """
    claims = report.claims_on(DELIVERY)
    published = claims["source_id"].map(report.published)
    order = sorted(claims.index, key=lambda claim_id: published[claim_id].sort_key)
    rows = [
        {
            "Source": cite([claims.at[claim_id, "source_id"]]),
            "Close to": VOICES[claims.at[claim_id, "stance"]],
            "Published": published[claim_id].display(),
            "What it says": claims.at[claim_id, "value"],
        }
        for claim_id in order
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def exercises_held(report: Report) -> pd.DataFrame:
    """Return the exercises of the period, by date, as `azpak.findings.exercises.editions` does."""
    period = chronology.period(report, CHAPTER)
    return exercises.editions(report, period.start, period.end)


@finding
def exercise_rows(report: Report) -> pd.DataFrame:
    """Return the exercises of the period as they are printed.

    Returns
    -------
    pandas.DataFrame
        ``Exercise``, ``Date``, ``Host``, ``Azerbaijan`` and ``Pakistan`` (the part of each),
        ``Source`` (markup).
    """
    names = report.names()
    rows = [
        {
            "Exercise": row["name"],
            "Date": parse(row["date"]).display(),
            "Host": names[row["host"]],
            "Azerbaijan": row["aze_role"],
            "Pakistan": row["pak_role"],
            "Source": cite(row["source_ids"]),
        }
        for _, row in exercises_held(report).iterrows()
    ]
    return pd.DataFrame(rows, dtype=object)


class Relayed(NamedTuple):
    """Shares in Azerbaijan's arms imports, as relayed and from the later register.

    Attributes
    ----------
    first, last
        The years of delivery.
    published
        Shares as relayed by ``supplier`` (ISO3), in per cent, with the digits they had.
    register
        Shares from the register by ``supplier`` (ISO3), 0 to 1.
    """

    first: int
    last: int
    published: pd.Series
    register: pd.Series


@finding
def relayed_shares(report: Report) -> Relayed:
    """Return the suppliers' shares as they were relayed, and what the register has.

    Raises
    ------
    DataError
        If the claim names no shares.
    """
    claim = report.claims_on(RELAYED).iloc[0]
    named = re.findall(r"(\w{3}) ([\d.]+)", claim["value"])
    if not named:
        raise DataError(
            "the claim names no shares",
            file=report.folder / "claims.csv", value=claim["value"],
            way_out="Write them as RUS 51; ISR 43",
        )  # fmt: skip
    span = parse(claim["value_edtf"])
    first, last = span.start.year, span.end.year
    register = shares(report, "AZE", first, last).set_index("supplier")["share"]
    published = pd.Series({supplier: float(share) for supplier, share in named})
    return Relayed(first, last, published, register)


@finding
def supplier_rows(report: Report) -> pd.DataFrame:
    """Return the shares of `SHOWN` as they are printed.

    Returns
    -------
    pandas.DataFrame
        ``Supplier``, ``As relayed, per cent`` (missing where the relay has none), ``From the later
        register, per cent``.
    """
    names, found = report.names(), relayed_shares(report)
    rows = [
        {
            "Supplier": names[supplier],
            "As relayed, per cent": (
                plain(found.published[supplier]) if supplier in found.published else None
            ),
            "From the later register, per cent": per_cent(
                found.register[supplier], 1 if found.register[supplier] >= ONE_DIGIT else 2
            ),
        }
        for supplier in SHOWN
    ]
    return pd.DataFrame(rows, dtype=object)
