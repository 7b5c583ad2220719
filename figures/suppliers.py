"""The figure of Azerbaijan's suppliers by period: their shares, and how concentrated they were."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from azpak.figures import credits
from azpak.findings import suppliers
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.report import Report
from azpak.text import count_in_words

NAMED_FROM = 0.11  # a supplier with this share of a period is named in its bar


@figure("supplier-concentration")
def supplier_concentration(report: Report) -> ReportFigure:
    """Draw who armed Azerbaijan in each period of five years, and how concentrated that was.

    Returns
    -------
    ReportFigure
        Rows: period, supplier (ISO3, UNK unknown), tiv_million, share, and of the period index
        (Herfindahl), effective_number, effective_low, effective_high.
    """
    found, rows = suppliers.azerbaijan(report), suppliers.shares_by_period(report)
    number = found.periods["effective_number"]
    return ReportFigure(
        title=(
            f"{count_in_words(found.periods['first_supplier'].nunique()).capitalize()} states were "
            f"first supplier of Azerbaijan in {count_in_words(len(found.periods))} periods; "
            f"concentration was that of {number.min():.1f} to {number.max():.1f} equal suppliers"
        ),
        alt=alt_text(report, found),
        description=description(found),
        data=rows,
        source=(
            f"{credits.ARMS_TRANSFERS} ({credits.release(found.release)}); million trend-indicator "
            f"values (TIV); {credits.NOT_SIPRI}."
        ),
        figure=drawn(report, found.periods, rows),
    )


def drawn(report: Report, periods: pd.DataFrame, rows: pd.DataFrame) -> Figure:
    """Return the drawing: left the shares of suppliers, right their effective number."""
    with style.applied():
        figure = style.new_figure(0.5 * len(periods) + 0.8)
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=(2.6, 1))
        for level, row in enumerate(periods.itertuples()):
            draw_shares(left, report, rows[rows["period"] == row.period], -level)
            draw_effective(right, row, -level)
        left.set_yticks(
            [-level for level in range(len(periods))],
            [f"{row.first}-{row.last}\n{row.tiv:,.0f}" for row in periods.itertuples()],
        )
        left.set_xlim(0, 100)
        left.set_xlabel("per cent of deliveries")
        left.set_title("Period and million TIV; shares of suppliers", fontsize=8.5, x=-0.17)
        left.tick_params(length=0)
        left.spines[["left", "bottom"]].set_visible(False)
        right.set_title("Effective number", fontsize=8.5)
        right.set_xlim(0.8, periods["effective_high"].max() + 0.4)
        right.set_xlabel("equal suppliers")
        style.light_grid(right, "x")
        right.spines["left"].set_visible(False)
    return figure


def alt_text(report: Report, found: suppliers.Supply) -> str:
    """Return what a reader who cannot see the figure must know."""
    leaders = "; ".join(
        f"{row.first}-{row.last} {report.names_of([row.first_supplier])}, "
        f"{100 * row.first_share:.0f} per cent"
        for row in found.periods.itertuples()
    )
    numbers = ", ".join(f"{number:.1f}" for number in found.periods["effective_number"])
    return (
        f"Left, one bar for each period of five years, {found.first} to {found.last}, cut by "
        f"supplier. The largest: {leaders}. Right, a dot for each period with the effective "
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
        f"{values}. The range in brackets, the line in the drawing, is what is found when one "
        f"year of the period is left out. Suppliers below {100 * NAMED_FROM:.0f} per cent are not "
        f"named in the bars. Before {found.first} the register has no delivery by pair of states."
    )


def draw_shares(axes: Axes, report: Report, shares: pd.DataFrame, level: float) -> None:
    """Draw one period's shares end to end, the largest first, and name the large ones."""
    colours = style.state_colours(report)
    start = 0.0
    for row in shares.itertuples():
        colour = colours.get(row.supplier, style.RULE)
        axes.barh(level, 100 * row.share, 0.62, left=start, color=colour, ec="white", lw=0.8)
        if row.share >= NAMED_FROM:
            axes.text(start + 50 * row.share, level, report.names_of([row.supplier]), ha="center",
                      va="center", fontsize=8, color=ink_on(colour))  # fmt: skip
        start += 100 * row.share


def ink_on(colour: str) -> str:
    """Return the ink that is legible on a colour."""
    red, green, blue = to_rgb(colour)
    return style.INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.45 else "white"


def draw_effective(axes: Axes, row: tuple, level: float) -> None:
    """Draw one period's effective number and its range without one year."""
    axes.hlines(level, row.effective_low, row.effective_high, color=style.MUTED, lw=1.4)
    axes.plot(row.effective_number, level, "o", ms=6, color=style.INK)
    axes.annotate(f"{row.effective_number:.1f}", (row.effective_number, level), (0, 6),
                  textcoords="offset points", ha="center", fontsize=8)  # fmt: skip
