"""What two releases of SIPRI's database of arms transfers say of one pair of states."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import MeasureError
from azpak.findings import suppliers
from azpak.measures import Bounds
from azpak.output.table import cite
from azpak.report import Report, finding
from azpak.text import decimal, per_cent, plain, upper_first

__all__ = ["TOTALS", "TwoReleases", "compared_file", "compared_rows", "two"]

TOTALS = "sipri_at_2026_agg"  # the source that has the later release, as totals alone
SAME = 0.005  # million TIV: half of the last digit that the totals are published with


class TwoReleases(NamedTuple):
    """What two releases say of deliveries from one state to another.

    The older one lists them by pair and year, the newer one was seen as totals. They are set side
    by side and never joined.

    Attributes
    ----------
    older, newer
        Names of the releases.
    last, newer_last
        The last year of deliveries in each.
    listed, total
        What the supplier delivered to the recipient over all years, in million TIV (a measure of
        military capability, not of money), in the older and in the newer release.
    listed_years
        The years in which the older release has such a delivery.
    listed_all
        What all suppliers delivered to the recipient in the older release, in million TIV.
    imports
        Deliveries of all suppliers to the recipient, in million TIV: ``older`` and ``newer`` by
        year, NaN where a release has none.
    exports
        Deliveries of the supplier to all states, likewise.
    """

    older: str
    newer: str
    last: int
    newer_last: int
    listed: float
    total: float
    listed_years: tuple[int, ...]
    listed_all: float
    imports: pd.DataFrame
    exports: pd.DataFrame

    @property
    def total_all(self) -> float:
        """What all suppliers delivered in the newer release, in million TIV.

        From the first year that the older one has, so that both speak of one span.
        """
        return float(self.imports["newer"].loc[self.first :].sum())

    @property
    def first(self) -> int:
        """The first year in which the older release has a delivery."""
        return int(self.imports["older"].dropna().index.min())

    @property
    def could_hold(self) -> dict[int, float]:
        """The earlier years that could hold some of the difference, and how much, in million TIV.

        It can be no more than what the newer release added to the supplier's exports, to all
        states, nor than what it added to the recipient's imports.
        """
        grown = (self.imports["newer"].fillna(0) - self.imports["older"].fillna(0)).to_dict()
        most = {
            int(year): min(float(added), float(grown.get(year, 0.0)))
            for year, added in self.revised_exports.items()
            if year < self.newer_last
        }
        return {year: tiv for year, tiv in most.items() if tiv > SAME}

    @property
    def outside_last(self) -> float:
        """How much of the difference can at most lie before the last year, in million TIV."""
        return float(sum(self.could_hold.values()))

    @property
    def share_of_last(self) -> Bounds:
        """The supplier's share, 0 to 1, in the imports of the last year, if the inference holds."""
        imports = float(self.imports.at[self.newer_last, "newer"])
        return Bounds((self.difference - self.outside_last) / imports, self.difference / imports)

    @property
    def listed_share(self) -> float:
        """The supplier's share, 0 to 1, in the older release."""
        return self.listed / self.listed_all

    @property
    def total_share(self) -> float:
        """The supplier's share, 0 to 1, in the newer release."""
        return self.total / self.total_all

    @property
    def difference(self) -> float:
        """What the newer release has more from the supplier: an inference, in no source."""
        return self.total - self.listed

    @property
    def revised_exports(self) -> pd.Series:
        """By how much the newer release changed the supplier's exports, by year, where it did."""
        change = self.exports["newer"] - self.exports["older"]
        return change[change.abs() > SAME]

    def growth_of_imports(self, first: int, last: int) -> float:
        """Return by what part (0.1: a tenth) the newer release has more imports in some years."""
        sums = self.imports.loc[first:last].sum()
        return float(sums["newer"] / sums["older"] - 1)


@finding
def two(report: Report, supplier: str, recipient: str) -> TwoReleases:
    """Return what the two releases say of deliveries from one state to another.

    Parameters
    ----------
    supplier, recipient
        ISO 3166-1 alpha-3.

    Raises
    ------
    MeasureError
        If the newer release does not give exactly one total for the pair.
    """
    tiv = report.table(suppliers.TABLE)
    register = suppliers.deliveries(report, recipient)
    pair = tiv[(tiv["supplier"] == supplier) & (tiv["recipient"] == recipient)]
    later = pair[pair["indicator"].str.startswith("tiv_cumulative")]
    if len(later) != 1:
        raise MeasureError(
            f"the later release has {len(later)} totals for {supplier} to {recipient}",
            value="; ".join(later["release"]) or None,
            way_out="Keep the one of the release that is compared in arms_transfers_tiv.csv",
        )
    newer = later.iloc[0]
    names = {"older": register["release"].iloc[0], "newer": newer["release"]}
    listed = register[(register["supplier"] == supplier) & (register["tiv"] > 0)]
    return TwoReleases(
        **names,
        last=int(register["year"].max()),
        newer_last=int(newer["year"]),
        listed=float(listed["tiv"].sum()),
        total=float(newer["value"]),
        listed_years=suppliers.years_from(report, supplier, recipient),
        listed_all=float(register["tiv"].sum()),
        imports=_totals(tiv, names, "ALL", recipient),
        exports=_totals(tiv, names, supplier, "ALL"),
    )


@finding
def compared_file(report: Report) -> pd.DataFrame:
    """Return what each release has from Pakistan and from all suppliers to Azerbaijan.

    Returns
    -------
    pandas.DataFrame
        ``release``, ``from_pakistan_tiv_million``, ``from_all_tiv_million``, ``detail`` (what the
        release was seen with), ``source_id`` and ``share`` (0 to 1).
    """
    found = two(report, "PAK", "AZE")
    return pd.DataFrame(
        [
            (found.older, found.listed, found.listed_all, "by pair and year", suppliers.REGISTER,
             found.listed_share),
            (found.newer, found.total, found.total_all, "totals only", TOTALS, found.total_share),
        ],
        columns=["release", "from_pakistan_tiv_million", "from_all_tiv_million", "detail",
                 "source_id", "share"],
    )  # fmt: skip


@finding
def compared_rows(report: Report) -> pd.DataFrame:
    """Return `compared_file` as it is printed: a column for each release."""
    compared = compared_file(report)
    # The part of the name behind that of the database, which both share.
    names = [release.split(", ", 1)[1] for release in compared["release"]]
    cells = {
        "From Pakistan, million TIV": compared["from_pakistan_tiv_million"].map(plain),
        "From all, million TIV": compared["from_all_tiv_million"].map(lambda tiv: decimal(tiv, 1)),
        "Pakistan, per cent": compared["share"].map(lambda share: per_cent(share, 2)),
        "Detail": compared["detail"],
        "Source": compared["source_id"].map(lambda source: cite([source])),
    }
    heads = ["Deliveries to Azerbaijan", *(upper_first(name) for name in names)]
    rows = [dict(zip(heads, (label, *row), strict=True)) for label, row in cells.items()]
    return pd.DataFrame(rows, dtype=object)


def _totals(
    tiv: pd.DataFrame, names: dict[str, str], supplier: str, recipient: str
) -> pd.DataFrame:
    """Return the published totals of a pair by year, a column for each release."""
    rows = tiv[
        (tiv["indicator"] == "tiv_deliveries_total")
        & (tiv["supplier"] == supplier)
        & (tiv["recipient"] == recipient)
    ]
    return pd.DataFrame(
        {
            column: rows[rows["release"] == release].set_index("year")["value"]
            for column, release in names.items()
        }
    ).sort_index()
