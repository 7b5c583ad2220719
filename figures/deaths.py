"""Deaths in battle of the two conflicts, each year with its lowest, best and highest estimate."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.findings import deaths
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report

PANELS = {
    deaths.DYAD: "Azerbaijan and Karabakh Armenian forces",
    deaths.RIVALS: "India and Pakistan",
}
LISTED_FROM = 25  # deaths in a year, from which the data set lists it
TICKS = (25, 100, 1_000, 10_000)
NAMED = 3  # years in a panel whose number is written
APART = 3  # years between two numbers, so that they do not touch


@figure("conflict-deaths", "politics")
def conflict_deaths(report: Report, form: Form) -> ReportFigure:
    """Draw the deaths in battle of each year, low, best and high, on a scale of ratios.

    Returns
    -------
    ReportFigure
        Rows: dyad, year, low, best, high (deaths, both sides together).
    """
    by_dyad = {dyad: deaths.by_year(report, dyad) for dyad in PANELS}
    karabakh, rivals = (table["best"] for table in by_dyad.values())
    worst, rest = karabakh.idxmax(), karabakh.drop(karabakh.idxmax()).sum()
    compared = "more than in all other years together" if karabakh[worst] > rest else "the most"
    last = max(table.index.max() for table in by_dyad.values())
    found = deaths.in_battle(report, int(worst), int(worst))
    return ReportFigure(
        title=(
            f"Over Karabakh {karabakh[worst]:,} deaths in battle are counted in {worst}, "
            f"{compared}; between India and Pakistan at most {rivals.max():,} a year"
        ),
        alt=(
            "Two panels of estimates of deaths in battle by year, on one scale of ratios. "
            + " ".join(in_words(PANELS[dyad], table) for dyad, table in by_dyad.items())
        ),
        description=(
            "A mark is the best estimate for a year, both sides together; the line reaches from "
            "the lowest estimate to the highest. The scale is one of ratios. Years with fewer than "
            f"{LISTED_FROM} deaths have no row in this release, which ends with {last}: "
            "a gap is no year of peace. A count from reports misses what no report names."
        ),
        data=pd.concat(
            [table.reset_index().assign(dyad=PANELS[dyad]) for dyad, table in by_dyad.items()],
            ignore_index=True,
        )[["dyad", "year", "low", "best", "high"]],
        source=f"Uppsala Conflict Data Program, {found.release}.",
        figure=draw(by_dyad, form),
    )


def in_words(name: str, table: pd.DataFrame) -> str:
    """Return the years of a panel with most deaths as the alternative text has them."""
    most = table.nlargest(NAMED, "best")
    said = "; ".join(
        f"{year} {row['best']:,} ({row['low']:,} to {row['high']:,})"
        for year, row in most.iterrows()
    )
    span = f"{table.index.min()} to {table.index.max()}"
    return f"{name}: {len(table)} years from {span}, most in {said}."


def draw(by_dyad: dict[str, pd.DataFrame], form: Form) -> Figure:
    """Draw a panel for each conflict on shared scales."""
    with style.applied():
        drawing = style.new_figure(form.choose(4.2, 4.8), form)
        panels = drawing.subplots(2, 1, sharex=True, sharey=True)
        for axes, (dyad, table) in zip(panels, by_dyad.items(), strict=True):
            draw_years(axes, table)
            axes.set_title(f"{PANELS[dyad]},{form.choose(' ', chr(10))}deaths in battle a year")
            axes.set_yscale("log")
            axes.set_ylim(18, 22_000)
            axes.set_yticks(TICKS, [f"{tick:,}" for tick in TICKS])
            axes.minorticks_off()
            style.light_grid(axes, "y")
        panels[0].set_xlim(1988, 2024)
        panels[1].set_xticks(range(1990, 2021, form.choose(5, 10)))
        style.legend_below(panels[0], key(), columns=form.choose(2, 1))
    return drawing


def draw_years(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the estimates of each year, and write the highest."""
    axes.vlines(table.index, table["low"], table["high"], color=style.INK, lw=1.6, alpha=0.55)
    axes.plot(table.index, table["best"], "o", ms=4.2, color=style.INK, zorder=3)
    for year, row in apart(table).iterrows():
        axes.annotate(
            f"{year}: {row['best']:,}", (year, row["high"]), (0, 3), textcoords="offset points",
            ha="center", va="bottom", fontsize=8.5,
        )  # fmt: skip


def apart(table: pd.DataFrame) -> pd.DataFrame:
    """Return the years with most deaths, but for those beside a year with more."""
    chosen: list[int] = []
    for year in table.nlargest(len(table), "best").index:
        if all(abs(year - other) > APART for other in chosen):
            chosen.append(year)
    return table.loc[chosen[:NAMED]]


def key() -> list[Line2D]:
    """Return the legend."""
    return [
        Line2D([], [], ls="", marker="o", ms=4.2, color=style.INK, label="best estimate of a year"),
        Line2D([], [], color=style.INK, lw=1.6, alpha=0.55, label="lowest to highest estimate"),
    ]
