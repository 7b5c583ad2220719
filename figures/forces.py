"""Figures on armed forces: military spending and numbers of personnel of five states."""

from __future__ import annotations

import textwrap

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

SERIES = (
    (forces.DOLLARS, 1e3, f"billion US dollars of {forces.PRICES}"),
    (forces.SHARE_OF_GDP, 1, "per cent of GDP"),
)  # indicator, divisor, title of the column


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
    missing = "; ".join(
        f"{report.names_of([state])} {listed(years)}"
        for state, years in forces.years_missing(report).items()
    )
    return ReportFigure(
        title=(
            f"In {last} Azerbaijan spent {dollars['AZE', last]:.1f} billion dollars, Armenia "
            f"{dollars['ARM', last]:.1f}, with shares of GDP of {share['AZE', last]:.1f} and "
            f"{share['ARM', last]:.1f} per cent"
        ),
        alt=(
            f"Two columns of lines, {first} to {last}, for {report.names_of(STATES)}. "
            f"Left, spending in billion US dollars of {forces.PRICES}, each state on its own "
            f"scale; right, its share of GDP on one scale. Last values: {values}."
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
    """Return the drawing: a row for each state, dollars left and share of GDP right."""
    with style.applied():
        figure = style.new_figure(form.choose(5.9, 6.2), form)
        panels = figure.subplots(len(STATES), len(SERIES), sharex=True)
        for axes, state in zip(panels, STATES, strict=True):
            for panel, (indicator, divisor, _) in zip(axes, SERIES, strict=True):
                mine = rows[(rows["iso3"] == state) & (rows["indicator"] == indicator)]
                draw_spending(panel, mine, state, divisor, style.state_colours(report)[state])
            axes[0].text(0.02, 0.97, report.names_of([state]), transform=axes[0].transAxes,
                         va="top", fontweight="semibold",
                         bbox={"fc": "white", "ec": "none", "pad": 1.5}, zorder=1)  # fmt: skip
        for panel, (_, _, title) in zip(panels[0], SERIES, strict=True):
            panel.set_title(textwrap.fill(title, form.choose(60, 24)), fontsize=8.5)
        highest = rows[rows["indicator"] == forces.SHARE_OF_GDP]["value"].max()
        for panel in panels[:, 1]:
            panel.set_ylim(-0.04 * highest, 1.08 * highest)
            panel.set_yticks([0, 2, 4, 6])
        panels[0, 0].set_xlim(int(rows["year"].min()) - 1, int(rows["year"].max()) + 1)
        panels[0, 0].set_xticks(form.choose((1990, 2000, 2010, 2020), (2000, 2020)))
        style.legend_below(panels[0, 0], spending_marks(), columns=form.choose(4, 2))
    return figure


def draw_spending(axes: Axes, rows: pd.DataFrame, state: str, divisor: float, colour: str) -> None:
    """Draw one state's series, with gaps where there is no value and estimates hollow."""
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    series = (rows.set_index("year")["value"] / divisor).reindex(years)
    estimated = rows.loc[rows["flag"] == "sipri_estimate", "year"]
    if state == "AZE":
        axes.axvspan(SPECIAL_ALLOCATIONS[0] - 0.5, SPECIAL_ALLOCATIONS[1] + 0.5, color=style.LAND)
        axes.axvspan(DIVERGING[0] - 0.5, DIVERGING[1] + 0.5, fc="none", ec=style.RULE, hatch="////",
                     lw=0)  # fmt: skip
    axes.plot(series.index, series, "-o", color=colour, ms=2.6, lw=1.2)
    axes.plot(estimated, series[estimated], "o", ms=3, mfc="white", mec=colour, mew=0.9)
    axes.set_ylim(-0.05 * series.max(), series.max() * 1.3)
    style.light_grid(axes, "y")
    axes.spines[["left", "bottom"]].set_visible(False)


def spending_marks() -> list[Line2D | Patch]:
    """Return the legend."""
    look = {"ls": "", "marker": "o", "mec": style.INK}
    return [
        Line2D([], [], mfc=style.INK, ms=4, label="as reported", **look),
        Line2D([], [], mfc="white", ms=4, label="SIPRI's estimate", **look),
        Patch(fc=style.LAND, ec=style.RULE, label="with special allocations"),
        Patch(fc="none", ec=style.RULE, hatch="////", label="measures diverge"),
    ]


@figure("armed-forces-personnel", "arms")
def armed_forces(report: Report, form: Form) -> ReportFigure:
    """Draw the numbers of armed forces personnel of five states, and where they only repeat.

    Returns
    -------
    ReportFigure
        Rows: iso3, year, persons, repeated (as the year before, within a thousandth), release.
    """
    rows, people = forces.personnel_rows(report), forces.personnel(report)
    names = {state: report.names_of([state]) for state in STATES}
    last, persons, shared = people.last, people.persons, report.names_of(people.sharing)
    values = "; ".join(f"{names[s]} {persons[s, last]:,.0f}" for s in STATES)
    repeated = "; ".join(f"{names[s]} {n} years" for s, n in people.repeated.items())
    return ReportFigure(
        title=(
            f"Azerbaijan's number of personnel has stood near {persons['AZE', last]:,.0f} since "
            f"{people.flat_since}; {shared} share its step of {people.step}"
        ),
        alt=(
            f"Five line charts of armed forces personnel, {rows['year'].min()} to {last}, for "
            f"{report.names_of(STATES)}, with paramilitary forces. Last values: {values}. "
            f"A line marks the step of {people.step}, which {shared} share. Hollow marks are "
            f"numbers as the year before, for Azerbaijan {people.repeated['AZE']}."
        ),
        description=(
            "The World Bank takes the numbers from The Military Balance. Hollow marks are within "
            f"a thousandth of the year before: {repeated}. Such a number may have been carried "
            "forward. That the step comes of counting paramilitary forces is the reading of this "
            "report. No range of error is published. Each state has its own scale. The series "
            f"ends in {last}."
        ),
        data=rows,
        source=f"{rows['release'].iloc[0]} (World Bank, after The Military Balance of the IISS).",
        figure=personnel_drawn(report, rows, people.step, form),
    )


def personnel_drawn(report: Report, rows: pd.DataFrame, step: int, form: Form) -> Figure:
    """Return the drawing: a panel for each state, and the key in the last."""
    with style.applied():
        figure = style.new_figure(form.choose(4.4, 6.6), form)
        panels = figure.subplots(*form.choose((3, 2), (5, 1)), sharex=True, squeeze=False)
        for axes, state in zip(panels.flat, STATES, strict=False):
            colour = style.state_colours(report)[state]
            draw_personnel(axes, rows[rows["iso3"] == state], step, colour)
            axes.set_title(f"{report.names_of([state])}, thousand persons")
        panels[0, 0].set_xlim(rows["year"].min() - 1, rows["year"].max() + 1)
        panels[0, 0].set_xticks(range(1995, 2021, 5))
        if form.is_narrow:
            style.legend_below(panels[0, 0], personnel_marks(step), columns=1)
            return figure
        panels[1, 1].tick_params(labelbottom=True)
        key = panels.flat[len(STATES)]
        key.set_axis_off()
        key.legend(handles=personnel_marks(step), loc="center left")
    return figure


def draw_personnel(axes: Axes, rows: pd.DataFrame, step: int, colour: str) -> None:
    """Draw one state's numbers, in thousands, hollow where they repeat."""
    thousands = rows.set_index("year")["persons"] / 1e3
    again = thousands[rows.set_index("year")["repeated"]]
    axes.axvline(step - 0.5, color=style.MUTED, lw=1, ls=(0, (3, 2)))
    axes.plot(thousands.index, thousands, "-o", color=colour, ms=3, lw=1.2)
    axes.plot(again.index, again, "o", ms=3.4, mfc="white", mec=colour, mew=0.9)
    axes.set_ylim(0, thousands.max() * 1.12)
    style.light_grid(axes, "y")
    axes.spines[["left", "bottom"]].set_visible(False)


def personnel_marks(step: int) -> list[Line2D]:
    """Return the legend."""
    look = {"ls": "", "marker": "o", "mec": style.INK, "ms": 5}
    return [
        Line2D([], [], mfc=style.INK, label="changed from the year before", **look),
        Line2D([], [], mfc="white", label="as the year before", **look),
        Line2D([], [], color=style.MUTED, lw=1, ls=(0, (3, 2)),
               label=f"step of {step} in several states"),
    ]  # fmt: skip
