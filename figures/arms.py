"""Figures on arms: who delivered what to whom, and what was said of the aircraft."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from azpak import tables
from figures import style
from figures.base import ReportFigure
from figures.maps import names_of

SHOWN_SUPPLIERS = 5  # the largest, each with its own row; Pakistan is added, the rest is summed
REST = "Others"


def azerbaijan_imports() -> ReportFigure:
    """Draw Azerbaijan's arms imports by supplier and year.

    Returns
    -------
    ReportFigure
        Million SIPRI TIV (trend-indicator value: a measure of military capability, not of money)
        per supplier and year of delivery, from the one register that lists deliveries by year.
    """
    deliveries = register_deliveries("AZE")
    totals = deliveries.groupby("supplier")["tiv"].sum().sort_values(ascending=False)
    shown = list(totals.index[:SHOWN_SUPPLIERS])
    rows = [*shown, *(["PAK"] if "PAK" not in shown else [])]
    named = deliveries.assign(
        supplier=deliveries["supplier"].where(deliveries["supplier"].isin(rows), REST)
    )
    by_year = named.pivot_table(index="year", columns="supplier", values="tiv", aggfunc="sum")
    first, last = int(by_year.index.min()), int(by_year.index.max())
    by_year = by_year.reindex(range(first, last + 1)).fillna(0)
    sums, whole = by_year.sum(), by_year.to_numpy().sum()
    top_two = names_of(totals.index[:2])
    top_share = 100 * totals.iloc[:2].sum() / whole
    pakistan = 100 * sums["PAK"] / whole

    order = [*rows, REST] if REST in by_year else rows
    with style.applied():
        figure = style.new_figure(0.62 * len(order) + 0.35)
        axes = figure.subplots(len(order), 1, sharex=True, sharey=True)
        for row, supplier in zip(axes, order, strict=True):
            draw_supplier(row, by_year[supplier], supplier, sums[supplier], whole)
        axes[0].set_title("million TIV a year", fontsize=8, fontweight="normal", color=style.MUTED)
        axes[0].set_title(
            f"sum {first}-{last}, share", loc="right", fontsize=8, fontweight="normal",
            color=style.MUTED,
        )  # fmt: skip
        axes[-1].set_xlim(first - 0.8, last + 0.8)
        axes[0].set_ylim(0, by_year.to_numpy().max() * 1.08)
        axes[0].set_yticks([0, 200, 400])

    release = deliveries["release"].iloc[0]
    return ReportFigure(
        id="azerbaijan-arms-imports",
        title=(
            f"{top_two} delivered {top_share:.0f} per cent of Azerbaijan's arms imports of "
            f"{first}-{last}; Pakistan's part in this register is {pakistan:.1f} per cent"
        ),
        alt=(
            f"{len(order)} rows of yearly bars, one for each supplier of arms to Azerbaijan, "
            f"{first} to {last}. {top_two} have the highest bars. Pakistan's {sums['PAK']:.1f} "
            f"million TIV, the last in {last_year(by_year['PAK'])}, are hardly visible."
        ),
        description=(
            "Sums in million TIV: "
            + "; ".join(f"{supplier_name(s)} {sums[s]:,.1f}" for s in order)
            + f". The register is the one read last that lists deliveries by year ({release}); it "
            "predates SIPRI's data on 2025. TIV measures military capability, not money paid. "
            "Years without a bar have no delivery in the register."
        ),
        data=by_year.reset_index()
        .melt("year", var_name="supplier", value_name="tiv_million")
        .sort_values(["supplier", "year"]),
        source=f"{release}; million trend-indicator values (TIV) by year of delivery.",
        figure=figure,
    )


def register_deliveries(recipient: str) -> pd.DataFrame:
    """Return deliveries to `recipient` (ISO3) by supplier and year.

    Returns
    -------
    pandas.DataFrame
        supplier (ISO3 or as published), year, tiv (million TIV), release: one release.

    Raises
    ------
    ValueError
        If the rows come from more than one release, which must not stand in one series.
    """
    rows = tables.load("arms_transfers_tiv")
    rows = rows[(rows["recipient"] == recipient) & (rows["indicator"] == "tiv_deliveries")]
    if rows["release"].nunique() != 1:
        raise ValueError(
            f"deliveries to {recipient} come from {rows['release'].nunique()} releases in "
            "arms_transfers_tiv; draw one"
        )
    return rows.rename(columns={"value": "tiv"})[["supplier", "year", "tiv", "release"]]


def draw_supplier(
    axes: Axes, by_year: pd.Series, supplier: str, total: float, whole: float
) -> None:
    """Draw one supplier's row: yearly bars, name, sum and share."""
    colour = style.state_colours().get(supplier, style.DISPUTED)
    axes.bar(by_year.index, by_year, width=0.78, color=colour, zorder=3)
    style.light_grid(axes, "y")
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(style.MUTED)
    share = 100 * total / whole
    axes.text(0.0, 0.98, supplier_name(supplier), transform=axes.transAxes, va="top",
              fontweight="semibold")  # fmt: skip
    axes.text(1.0, 0.98, f"{total:,.1f}   {share:.1f} %", transform=axes.transAxes, va="top",
              ha="right", color=style.MUTED)  # fmt: skip


def supplier_name(supplier: str) -> str:
    """Return the name of a supplier, or the name of the remainder."""
    return supplier if supplier == REST else names_of([supplier])


def last_year(series: pd.Series) -> int:
    """Return the last year with a value above zero."""
    return int(series[series > 0].index.max())
