"""Where two states stand among all members of the United Nations by how they vote.

The ranks were computed from the votes of all members, which the data here do not hold: they do not
follow a roll call that is changed. A test holds that they rest on the roll calls as they are.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import DataError
from azpak.findings.votes import LATEST, PERIODS
from azpak.report import PAIR, Report, finding
from azpak.text import decimal, span_of_years, whole

__all__ = ["Rank", "both", "of_partner", "of_spans", "of_years", "printed_rows"]


class Rank(NamedTuple):
    """The rank of one state among another's partners in recorded votes.

    Attributes
    ----------
    rank
        Counted from 1, the partner that agrees most.
    n_partners
        Partners ranked.
    s_index
        Agreement with the partner, 0 to 1.
    median
        The S index of the partner in the middle.
    n_votes
        Common votes.
    """

    rank: int
    n_partners: int
    s_index: float
    median: float
    n_votes: int


@finding
def of_spans(report: Report, country: str, partner: str) -> pd.DataFrame:
    """Return the rank of a partner in each of the spans that are told.

    Returns
    -------
    pandas.DataFrame
        By ``period``, such as ``1992/1999``, in the order of time: the columns of the table
        ``unga_partner_rank``, of whole resolutions.

    Raises
    ------
    DataError
        If there is not one row for each of `azpak.findings.votes.PERIODS`.
    """
    rows = report.table("unga_partner_rank")
    rows = rows[
        (rows["country"] == country)
        & (rows["partner"] == partner)
        & (rows["basis"] == "whole_resolutions")
        & rows["period"].isin(_names())
    ]
    if sorted(rows["period"]) != sorted(_names()):
        raise DataError(
            "there is not one rank for each span of years",
            file=report.folder / "indicators" / "unga_partner_rank.csv",
            value=f"{partner} among the partners of {country}",
        )
    return rows.drop(columns=["country", "partner"]).set_index("period").sort_index()


@finding
def of_years(report: Report, country: str, partner: str) -> pd.DataFrame:
    """Return the rank of a partner in each year, as `of_spans` does, by ``year`` (int)."""
    rows = report.table("unga_partner_rank")
    rows = rows[
        (rows["country"] == country)
        & (rows["partner"] == partner)
        & (rows["basis"] == "whole_resolutions")
        & ~rows["period"].str.contains("/")
    ]
    rows = rows.assign(year=rows["period"].astype(int)).set_index("year").sort_index()
    return rows.drop(columns=["country", "partner", "period"])


@finding
def of_partner(
    report: Report, country: str, partner: str, first: int = LATEST[0], last: int = LATEST[1]
) -> Rank:
    """Return the rank of a partner in one of the spans, by default the latest.

    Raises
    ------
    KeyError
        If the span is none of `azpak.findings.votes.PERIODS`.
    """
    row = of_spans(report, country, partner).loc[f"{first}/{last}"]
    return Rank(
        int(row["rank"]),
        int(row["n_partners"]),
        float(row["s_index"]),
        float(row["median_partner_s"]),
        int(row["n_votes"]),
    )


@finding
def both(report: Report) -> pd.DataFrame:
    """Return the ranks of each of the two among the other's partners.

    Returns
    -------
    pandas.DataFrame
        ``country``, ``period``, the columns of the table ``unga_partner_rank``, ``partner``.
    """
    sides = []
    for country, partner in (PAIR, PAIR[::-1]):
        rows = of_spans(report, country, partner)
        rows = rows.reset_index().assign(partner=partner)
        rows.insert(0, "country", country)
        sides.append(rows)
    return pd.concat(sides, ignore_index=True)


@finding
def printed_rows(report: Report) -> pd.DataFrame:
    """Return index and both ranks in each span, printed.

    Returns
    -------
    pandas.DataFrame
        ``Years``, ``S index of the pair``, ``Pakistan among Azerbaijan's partners``,
        ``Azerbaijan among Pakistan's partners``.
    """
    rows = both(report).set_index(["country", "period"])
    printed = []
    for span, name in zip(PERIODS, _names(), strict=True):
        mine = rows.loc[("AZE", name)]
        printed.append(
            {
                "Years": span_of_years(*span, mark="\N{EN DASH}"),
                "S index of the pair": (
                    f"{decimal(mine['s_index'], 3)} ({whole(mine['n_votes'])} votes)"
                ),
                "Pakistan among Azerbaijan's partners": _ranked(mine),
                "Azerbaijan among Pakistan's partners": _ranked(rows.loc[("PAK", name)]),
            }
        )
    return pd.DataFrame(printed, dtype=object)


def _names() -> list[str]:
    """Return the spans as the table has them."""
    return [f"{first}/{last}" for first, last in PERIODS]


def _ranked(row: pd.Series) -> str:
    """Return a rank and the median of the partners it was taken among."""
    median = decimal(row["median_partner_s"], 3)
    return f"{row['rank']} of {row['n_partners']} (median {median})"
