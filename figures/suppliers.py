"""The figure of Azerbaijan's suppliers by period: volumes, and how concentrated they were."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from azpak.figures import credits
from azpak.findings import suppliers
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report

NAMED_FROM = 0.05  # a supplier with this share of a period is named, beside its bar at least
BAR = 0.42  # height of a bar, of the room of a period
LAST_NAMES = 0.8  # of the width: a bar that ends beyond has no room for names beside it


@figure("supplier-concentration", "arms")
def supplier_concentration(report: Report, form: Form) -> ReportFigure:
    """Draw who armed Azerbaijan in each period of five years, and how concentrated that was.

    Returns
    -------
    ReportFigure
        Rows: period, supplier (ISO3, UNK unknown), tiv_million, share, and of the period index
        (Herfindahl), effective_number, effective_low, effective_high.
    """
    found, rows = suppliers.azerbaijan(report), suppliers.shares_by_period(report)
    peak = found.fullest
    return ReportFigure(
        title=(
            f"{peak['tiv'] / found.tiv:.0%} of the arms delivered to Azerbaijan since "
            f"{found.first} came in {peak['first']}-{peak['last']}, {peak['first_share']:.0%} "
            f"of them from {report.names_of([peak['first_supplier']])}"
        ),
        alt=alt_text(report, found),
        description=description(found),
        data=rows,
        source=(
            f"{credits.ARMS_TRANSFERS} ({credits.release(found.release)}); million trend-indicator "
            f"values (TIV); {credits.NOT_SIPRI}."
        ),
        figure=drawn(report, found.periods, rows, form),
    )


def drawn(report: Report, periods: pd.DataFrame, rows: pd.DataFrame, form: Form) -> Figure:
    """Return the drawing: a bar for each period, as long as its volume, cut by supplier."""
    with style.applied():
        figure = style.new_figure(form.choose(0.6, 0.78) * len(periods) + 0.4, form)
        axes = figure.subplots()
        axes.set_xlim(0, periods["tiv"].max())
        for level, row in enumerate(periods.itertuples()):
            shares = rows[rows["period"] == row.period]
            draw_suppliers(axes, report, shares, -level, form)
            name_period(axes, report, row, -level, form)
        axes.set_ylim(0.55 - len(periods), form.choose(0.55, 0.7))
        axes.set_yticks([])
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.set_xlabel("million TIV delivered in the period")
        style.light_grid(axes, "x")
        axes.spines[["left", "bottom"]].set_visible(False)
    return figure


def name_period(axes: Axes, report: Report, row: tuple, level: float, form: Form) -> None:
    """Write above a bar its years and volume, and how concentrated the supply was."""
    first = report.names_of([row.first_supplier])
    years = f"{row.first}\N{EN DASH}{row.last}: {row.tiv:,.0f}"
    words = f"{first} {row.first_share:.0%}, like {row.effective_number:.1f} equal suppliers"
    above = level + BAR / 2 + 0.04
    at = {"transform": axes.get_yaxis_transform(), "va": "bottom", "fontsize": 8.5}
    axes.text(0, above, years, fontweight="semibold", **at)
    side, x = form.choose(("left", 0.2), ("right", 1))
    axes.text(x, above, words, ha=side, color=style.MUTED, **at)


def alt_text(report: Report, found: suppliers.Supply) -> str:
    """Return what a reader who cannot see the figure must know."""
    leaders = "; ".join(
        f"{row.first}-{row.last} {report.names_of([row.first_supplier])}, "
        f"{100 * row.first_share:.0f} per cent"
        for row in found.periods.itertuples()
    )
    numbers = ", ".join(f"{number:.1f}" for number in found.periods["effective_number"])
    return (
        f"One bar for each period of five years, {found.first} to {found.last}, as long as what "
        f"was delivered and cut by supplier. The largest: {leaders}. The effective "
        f"number of suppliers: {numbers}. Pakistan is too small to be seen."
    )


def description(found: suppliers.Supply) -> str:
    """Return the longer description."""
    values = "; ".join(
        f"{row.first}-{row.last}: {row.tiv:,.1f} million TIV, index {row.herfindahl:.2f}, "
        f"effective number {row.effective_number:.2f} "
        f"({row.effective_low:.2f} to {row.effective_high:.2f})"
        for row in found.periods.rename(columns={"index": "herfindahl"}).itertuples()
    )
    return (
        "The effective number is one over the Herfindahl index, the sum of squared shares. "
        f"{values}. The range in brackets is what is found when one "
        f"year of the period is left out. Suppliers below {100 * NAMED_FROM:.0f} per cent are not "
        f"named. Before {found.first} the register has no yearly delivery to Azerbaijan."
    )


def draw_suppliers(
    axes: Axes, report: Report, shares: pd.DataFrame, level: float, form: Form
) -> None:
    """Draw one period's deliveries end to end, the largest first, and name what has room."""
    colours, start, unnamed = style.state_colours(report), 0.0, []
    for row in shares.itertuples():
        colour = colours.get(row.supplier, style.DISPUTED)
        axes.barh(level, row.tiv_million, BAR, left=start, color=colour, ec="white", lw=0.8)
        name = "unknown" if row.supplier == "UNK" else report.names_of([row.supplier])
        if row.tiv_million > form.choose(17, 31) * len(name):
            axes.text(start + row.tiv_million / 2, level, name, ha="center", va="center",
                      fontsize=8, color=style.GROUND)  # fmt: skip
        elif row.share >= NAMED_FROM and start:  # the first is named above
            unnamed.append(f"{name} {row.share:.0%}")
        start += row.tiv_million
    longest = axes.get_xlim()[1]
    if start > LAST_NAMES * longest:  # no room beside it
        return
    axes.annotate(
        ", ".join(unnamed[: form.choose(4, 2)]), (start, level), (4, 0), fontsize=8, va="center",
        textcoords="offset points", color=style.MUTED,
    )  # fmt: skip
