"""The figure on military spending: growth, share of the economy, and dollars of five states."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from azpak.figures import credits
from azpak.findings import forces
from azpak.findings.forces import DIVERGING, SPECIAL_ALLOCATIONS, STATES
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import listed

INDEX = 100  # of the year with which growth is compared
BILLION = 1e3  # of the unit of the series, million dollars
APART = (0.075, 0.105)  # of the height of a panel: between the names at the ends of lines
NAMES_ROOM = 0.42  # for these names, as a part of the years shown


@figure("military-spending", "arms")
def military_spending(report: Report, form: Form) -> ReportFigure:
    """Draw military spending of five states, in constant dollars and as share of GDP.

    Returns
    -------
    ReportFigure
        Rows: iso3, year, indicator, value, unit, flag (SIPRI's mark on the value).
    """
    rows, spent = forces.spending_rows(report), forces.spending(report)
    first, last = int(rows["year"].min()), spent.year
    dollars, share = spent.dollars / 1e3, spent.gdp
    values = "; ".join(
        f"{report.names_of([s])} {dollars[s, last]:.1f} billion, {share[s, last]:.1f} per cent"
        for s in STATES
    )
    first_index, factor = spent.after, {s: spent.factor(s) for s in STATES}
    missing = "; ".join(
        f"{report.names_of([state])} {listed(years)}"
        for state, years in forces.years_missing(report).items()
    )
    return ReportFigure(
        title=(
            f"Since {first_index} Armenia's military spending has grown by a factor of "
            f"{factor['ARM']:.1f}, Azerbaijan's by {factor['AZE']:.1f}; both spent over "
            f"{math.floor(min(share['AZE', last], share['ARM', last]))} per cent of GDP in {last}"
        ),
        alt=(
            f"Two charts of lines for {report.names_of(STATES)}, and five small ones. Spending in "
            f"constant dollars, {first_index} as {INDEX}, reached in {last}: "
            + ", ".join(f"{report.names_of([s])} {INDEX * factor[s]:.0f}" for s in STATES)
            + f". Share of GDP, and spending in billion US dollars of {forces.PRICES}, {first} to "
            f"{last}, each state's dollars on its own scale. Last values: {values}."
        ),
        description=(
            "Hollow marks are SIPRI's own estimates (Azerbaijan and Pakistan). The shaded years of "
            f"Azerbaijan, {SPECIAL_ALLOCATIONS[0]}-{SPECIAL_ALLOCATIONS[1]}, hold allocations for "
            "special defence projects that later years lack, so the fall after them is in part one "
            f"of definition. For {DIVERGING[0]}-{DIVERGING[1]} its measures diverge "
            "strongly (hatched). "
            "Pakistan's figures include paramilitary forces and pensions, Armenia's exclude "
            "military pensions: levels of states compare less well than the course of one. "
            f"Years without a value: {missing}. SIPRI publishes no ranges of error."
        ),
        data=rows[["iso3", "year", "indicator", "value", "unit", "flag"]],
        source=(
            f"{credits.MILITARY_SPENDING} ({credits.release(spent.release)}); {credits.NOT_SIPRI}."
        ),
        figure=spending_drawn(report, rows, form),
    )


def spending_drawn(report: Report, rows: pd.DataFrame, form: Form) -> Figure:
    """Return the drawing: growth and share of GDP above, dollars of each state below."""
    spent, colours = forces.spending(report), style.state_colours(report)
    since = {s: spent.dollars[s].loc[spent.after :] for s in STATES}
    index = pd.concat({s: INDEX * dollars / dollars.iloc[0] for s, dollars in since.items()})
    with style.applied():
        figure = style.new_figure(form.choose(4.7, 7.8), form)
        growth, burden, small = spending_panels(figure, form)
        draw_lines(growth, report, index, "{:.0f}", index.min() - 8, form)
        growth.set_title(f"Spending in constant dollars, {spent.after} = {INDEX}", fontsize=9)
        draw_lines(burden, report, spent.gdp, "{:.1f}", 0, form)
        burden.set_title("Per cent of GDP", fontsize=9)
        shares = rows[rows["indicator"] == forces.SHARE_OF_GDP]
        for state in STATES:
            draw_estimates(burden, shares[shares["iso3"] == state], 1, colours[state])
        for axes, state in zip(small, STATES, strict=True):
            mine = rows[(rows["iso3"] == state) & (rows["indicator"] == forces.DOLLARS)]
            draw_dollars(axes, mine, state, colours[state])
            axes.set_title(report.names_of([state]), fontsize=8.5)
            axes.set_xlim(int(rows["year"].min()) - 1, int(rows["year"].max()) + 1)
            axes.set_xticks([2000, 2020])
        small[0].set_ylabel(f"billion dollars\nof {forces.PRICES}", fontsize=8)
        style.legend_below(growth, spending_marks(), columns=form.choose(4, 2))
    return figure


def spending_panels(figure: Figure, form: Form) -> tuple[Axes, Axes, list[Axes]]:
    """Return the two large panels and the small ones, on a narrow drawing one below another."""
    if form.is_narrow:
        grid = figure.add_gridspec(5, 2, height_ratios=(2.2, 2.2, 1, 1, 1))
        places = [grid[0, :], grid[1, :], *(grid[2 + n // 2, n % 2] for n in range(len(STATES)))]
    else:
        grid = figure.add_gridspec(2, 2 * len(STATES), height_ratios=(1.9, 1))
        half = len(STATES)
        places = [grid[0, :half], grid[0, half:]]
        places += [grid[1, 2 * n : 2 * n + 2] for n in range(len(STATES))]
    growth, burden, *small = (figure.add_subplot(place) for place in places)
    return growth, burden, small


def draw_lines(
    axes: Axes, report: Report, values: pd.Series, number: str, low: float, form: Form
) -> None:
    """Draw a line for each state, with its name and last value at its end."""
    years, colours = values.index.get_level_values(1), style.state_colours(report)
    first, last = int(years.min()), int(years.max())
    high = 1.06 * values.max()
    for state in STATES:
        mine = values[state].reindex(range(first, last + 1))
        axes.plot(mine.index, mine, color=colours[state], lw=1.6, zorder=3)
    ends = {state: float(values[state, last]) for state in STATES}
    order = sorted(ends, key=ends.get)
    heights = style.apart([ends[state] for state in order], form.choose(*APART) * (high - low))
    for state, y in zip(order, heights, strict=True):
        axes.annotate(
            f"{report.names_of([state])} {number.format(ends[state])}", (last, y), (5, 0),
            textcoords="offset points", va="center", fontsize=8.5, color=colours[state],
            fontweight="semibold",
        )  # fmt: skip
    axes.set_xlim(first - 0.3, last + NAMES_ROOM * (last - first))
    axes.set_ylim(low, high)
    step = 10 if last - first > 20 else 3
    axes.set_xticks(range(last - (last - first) // step * step, last + 1, step))
    style.light_grid(axes, "y")
    axes.spines[["left", "bottom"]].set_visible(False)


def draw_dollars(axes: Axes, rows: pd.DataFrame, state: str, colour: str) -> None:
    """Draw one state's dollars, with gaps where there is no value and estimates hollow."""
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    series = (rows.set_index("year")["value"] / BILLION).reindex(years)
    if state == "AZE":
        axes.axvspan(SPECIAL_ALLOCATIONS[0] - 0.5, SPECIAL_ALLOCATIONS[1] + 0.5, color=style.LAND)
        axes.axvspan(DIVERGING[0] - 0.5, DIVERGING[1] + 0.5, fc="none", ec=style.RULE, hatch="////",
                     lw=0)  # fmt: skip
    axes.plot(series.index, series, "-o", color=colour, ms=1.8, lw=1.2)
    draw_estimates(axes, rows, BILLION, colour)
    axes.set_ylim(0, series.max() * 1.12)
    style.light_grid(axes, "y")
    axes.spines[["left", "bottom"]].set_visible(False)


def draw_estimates(axes: Axes, rows: pd.DataFrame, divisor: float, colour: str) -> None:
    """Draw SIPRI's estimates among some values as hollow marks."""
    estimated = rows[rows["flag"] == "sipri_estimate"]
    axes.plot(
        estimated["year"], estimated["value"] / divisor, "o", ms=2.6, mfc="white", mec=colour,
        mew=0.8, zorder=4,
    )  # fmt: skip


def spending_marks() -> list[Line2D | Patch]:
    """Return the legend."""
    look = {"ls": "", "marker": "o", "mec": style.INK}
    return [
        Line2D([], [], mfc=style.INK, ms=4, label="as reported", **look),
        Line2D([], [], mfc="white", ms=4, label="SIPRI's estimate", **look),
        Patch(fc=style.LAND, ec=style.RULE, label="with special allocations"),
        Patch(fc="none", ec=style.RULE, hatch="////", label="measures diverge"),
    ]
