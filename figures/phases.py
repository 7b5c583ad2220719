"""Figures on the phases: breaks in the report's events, under each weighting, and outside it."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from azpak.findings import breaks_found, event_steps, false_alarms, phases
from azpak.findings.breaks_found import DRAWS, Searched
from azpak.findings.event_steps import RIVALS, WEIGHTINGS
from azpak.findings.outside import AGREEMENTS, DISTANCE, KAPPA, SHARE
from azpak.measures.boundaries import RARE
from azpak.measures.posterior import Posterior
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words, listed

__all__ = ["breaks_by_weighting", "event_breaks", "outside_breaks"]

LEVEL = "#a3431f"  # fitted levels and breaks, the same in every figure of the family
BAR = "#8592a0"
BOUNDARY = {"color": style.DISPUTED, "lw": 0.9, "ls": (0, (3, 2))}
SHOWN_FROM = 0.02  # share of draws; less cannot be told from white
GAP = 0.7  # between the weightings and the rivals, in strips
STRIP = 0.24  # height of a strip of draws, as a part of the panel above it
OWN = "events and sources of this report; literature."
OUTSIDE = {
    SHARE: "Votes alike, beyond each state's part",
    KAPPA: "Kappa, beyond each state's part",
    DISTANCE: "Distance of ideal points, beyond each state's part",
    AGREEMENTS: "Defence agreements of the pair",
}


def _years(years) -> str:
    """Return years as a sentence has them, or that there are none."""
    return listed(years, none="none")


@figure("event-breaks", "steps")
def event_breaks(report: Report, form: Form) -> ReportFigure:
    """Draw the pair's events by year, the levels found, how sure their breaks are, and others'.

    Returns
    -------
    ReportFigure
        Rows: those of `azpak.findings.event_steps.event_rows`.
    """
    rows = event_steps.event_rows(report)
    works, shares = rows.set_index("year")["works"], rows.set_index("year")["share_of_draws"]
    first, last = works.index[0], works.index[-1]
    breaks, levels = event_steps.steps(report).breaks, dict.fromkeys(rows["level"])
    most = int(works.idxmax())
    about = phases.verdict_rows(report).at[most, "share_events"]
    return ReportFigure(
        title=(
            f"The events gathered here break in {_years(breaks)}; near {most}, "
            f"where {works[most]} works open a phase, {about:.0%} of simulated series do"
        ),
        alt=(
            f"Three bar charts by year, {first} to {last}. Top, {rows['events'].sum():.0f} events "
            "of the two states with the fitted levels: "
            + listed(f"{value:.1f} a year" for value in levels)
            + f", with breaks in {_years(breaks)}. Middle, the share of draws "
            "with a break in the year: "
            + listed(f"{shares[y]:.0%} in {y}" for y in breaks)
            + f", and {about:.0%} within a year of {most}. Below, the works that open a phase in a "
            f"year: most, {works[most]}, in {most}."
        ),
        description=(
            "Negative binomial counts with levels found by exact search, their number by the "
            f"Bayesian information criterion; {DRAWS} series drawn about the levels "
            "and searched anew. An event counts once, in the year in which it begins. Works of "
            f"{phases.openings(report).index[0]}, before the first full year, are not drawn."
        ),
        data=rows,
        source=OWN,
        figure=_three_bars(rows, form),
    )


def _three_bars(rows: pd.DataFrame, form: Form):
    """Draw events with their levels, the draws with a break, and the works, one below another."""
    years = rows["year"].to_numpy()
    first, last = years[0], years[-1]
    with style.applied():
        drawn = style.new_figure(5.2, form)
        top, middle, low = drawn.subplots(3, 1, sharex=True, height_ratios=(2.2, 1, 1))
        top.bar(years, rows["events"], 0.78, color=BAR, label="events of the pair")
        top.stairs(rows["level"], np.arange(first, last + 2) - 0.5, baseline=None, color=LEVEL,
                   lw=2, label="fitted level")  # fmt: skip
        top.set_title("Events a year")
        top.legend(loc="upper left")
        middle.bar(years, 100 * rows["share_of_draws"], 0.78, color=LEVEL)
        middle.set_title("Simulated series with a break in the year, per cent")
        middle.set_ylim(0, 100)
        middle.set_yticks([0, 50, 100])
        low.bar(years, rows["works"], 0.78, color=style.MUTED)
        low.set_title("Works that open a phase in the year")
        low.set_yticks([0, 5, 10, 15])
        low.set_xticks(range(1995, last + 1, 5))
        low.set_xlim(first - 0.7, last + 0.7)
        for axes in (top, middle, low):
            style.light_grid(axes, "y")
    return drawn


@figure("breaks-by-weighting", "steps")
def breaks_by_weighting(report: Report, form: Form) -> ReportFigure:
    """Draw where the breaks fall under each weighting, and in what would break without the pair.

    Returns
    -------
    ReportFigure
        Rows: those of `azpak.findings.event_steps.strip_rows`.
    """
    rows, own = event_steps.strip_rows(report), phases.own_boundaries(report)
    found = _labelled(report)
    weighted = event_steps.weightings(report)
    near = weighted.n_near | {phases.outcome(report).war: weighted.n_near_war}
    return ReportFigure(
        title=(
            f"Of {count_in_words(weighted.n)} weightings of the events "
            + listed(
                f"{count_in_words(n, none='none')} {'about' if at else 'break about'} {year}"
                for at, (year, n) in enumerate(near.items())
            )
        ),
        alt=(
            f"A strip for each of {len(found)} yearly series, {rows['year'].min()} to "
            f"{rows['year'].max()}, darker where more draws have a break. Breaks found: "
            + "; ".join(f"{label}, {_years(one.breaks)}" for label, one in found.items())
            + f". Dashed lines: boundaries of this report, {_years(own)}."
        ),
        description=(
            f"Shade: share of {DRAWS} draws with a break in the year. Circles: "
            "breaks found. Below the gap stand series that have no part in the relations: the "
            "sources of this report by year of publication, those of them that speak of no event "
            "of the pair, and events of others. Events by weighting: "
            + "; ".join(f"{label} {one.total}" for label, one in found.items())
            + "."
        ),
        data=rows,
        source=OWN,
        figure=_strips(rows, own, form),
    )


def _labelled(report: Report) -> dict[str, Searched]:
    """Return what was found in each series that is drawn as a strip, by its label."""
    found = breaks_found.events(report) | breaks_found.sources(report)
    return {label: found[name] for name, label in (WEIGHTINGS | RIVALS).items() if found[name].cut}


def _strips(rows: pd.DataFrame, own: tuple[int, ...], form: Form):
    """Draw a strip for each series, the rivals below a gap, with its breaks."""
    rivals = {*RIVALS.values()}
    height = {
        label: -level - (GAP if label in rivals else 0)
        for level, label in enumerate(rows["series"].unique())
    }
    first, last = int(rows["year"].min()), int(rows["year"].max())
    with style.applied():
        drawn = style.new_figure(form.choose(0.27, 0.4) * len(height) + 1.25, form)
        axes, half = drawn.subplots(), form.choose(0.4, 0.22)
        for year in own:
            axes.axvline(year - 0.5, zorder=1, **BOUNDARY)
        for row in rows[rows["share_of_draws"] >= SHOWN_FROM].itertuples():
            axes.add_patch(
                Rectangle(
                    (row.year - 0.5, height[row.series] - half), 1, 2 * half, lw=0, zorder=2,
                    color=LEVEL, alpha=min(1.0, row.share_of_draws),
                )
            )  # fmt: skip
        marked = rows[rows["break_found"]]
        axes.plot(marked["year"], [height[s] for s in marked["series"]], "o", ms=3.6, mfc="white",
                  mec=style.INK, mew=0.9, zorder=3)  # fmt: skip
        axes.set_ylim(min(height.values()) - 0.6, form.choose(0.6, 0.9))
        style.name_rows(axes, {y: label for label, y in height.items()}, form, lift=0.27)
        axes.set_xlim(first - 0.5, last + 0.5)
        axes.set_xticks(range(1995, last + 1, 5))
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        style.legend_below(axes, _strip_key(), columns=form.choose(4, 2))
    return drawn


def _strip_key() -> list:
    """Return the entries of the key of the strips."""
    return [
        Patch(color=LEVEL, alpha=0.9, label="in most simulated series"),
        Patch(color=LEVEL, alpha=0.25, label="in a quarter"),
        Line2D([], [], ls="", marker="o", ms=4, mfc="white", mec=style.INK, label="break found"),
        Line2D([], [], label="boundary of this report", **BOUNDARY),
    ]


@figure("outside-breaks", "steps")
def outside_breaks(report: Report, form: Form) -> ReportFigure:
    """Draw the series about the pair in which breaks can be looked for, with those found.

    Returns
    -------
    ReportFigure
        Rows: those of `azpak.findings.breaks_found.outside_rows`.
    """
    rows = breaks_found.outside_rows(report)
    found = {name: breaks_found.outside_pair(report)[name] for name in rows["series"].unique()}
    n_broken = count_in_words(sum(bool(one.breaks) for one in found.values())).capital()
    spans = rows.groupby("series")["year"].agg(["min", "max"])
    probable = {n: p for n, p in false_alarms.posteriors(report).items() if n in found}
    return ReportFigure(
        title=(
            f"{n_broken} of {count_in_words(len(found))} outside "
            "series about the pair have a break, and drift or a trend explains each"
            if not any(one.beats_trend and one.share_of_drift < RARE for one in found.values())
            else f"{n_broken} of {count_in_words(len(found))} outside "
            "series about the pair have a break"
        ),
        alt=(
            f"{count_in_words(len(found)).capital()} line charts by year with fitted levels. "
            "Breaks: "
            + "; ".join(
                f"{OUTSIDE[name].lower()}, {spans.at[name, 'min']} to {spans.at[name, 'max']}: "
                f"{_years(one.breaks)}"
                for name, one in found.items()
            )
            + ". They support none of the boundaries. Likeliest years of a change: "
            + "; ".join(
                f"{OUTSIDE[name].lower()}, {p.by_year.idxmax()} ({p.by_year.max():.0%})"
                for name, p in probable.items()
            )
            + "."
        ),
        description=(
            "Dots are yearly values, the line the fitted levels. In the strip below each panel, "
            f"bars are the share of {DRAWS} simulated series with a break in the year, small dots "
            "the probability of a change in the year where drift is possible, from none to all. "
            "Dashed lines: boundaries of this report. What each state does towards all others is "
            "taken off the votes. Agreements are negative binomial counts. Other series about "
            "the pair are too short or too empty for breaks."
        ),
        data=rows,
        source="; ".join(dict.fromkeys(rows["release"])) + ".",
        figure=_panels(rows, phases.own_boundaries(report), probable, form),
    )


def _panels(rows: pd.DataFrame, own: tuple[int, ...], probable: dict[str, Posterior], form: Form):
    """Draw a panel for each series, one below another."""
    names = rows["series"].unique()
    with style.applied():
        drawn = style.new_figure(form.choose(1.5, 1.65) * len(names), form)
        panels = drawn.subplots(
            2 * len(names), 1, sharex=True, height_ratios=(1, STRIP) * len(names)
        )
        drawn.get_layout_engine().set(hspace=0.01, h_pad=0.02)
        for level, strip, name in zip(panels[::2], panels[1::2], names, strict=True):
            series = rows[rows["series"] == name]
            for axes in (level, strip):
                for year in own:
                    axes.axvline(year - 0.5, zorder=1, **BOUNDARY)
            _draw_levels(level, series)
            _draw_strip(strip, series, probable.get(name))
            level.set_title(textwrap.fill(OUTSIDE[name], form.choose(80, 40)))
        panels[-1].set_xticks(range(1995, int(rows["year"].max()) + 1, 5))
        style.legend_below(panels[-1], _panel_key(), columns=form.choose(3, 1))
    return drawn


def _draw_levels(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw one series: values and levels."""
    years = rows["year"].to_numpy()
    low, high = rows["value"].min(), rows["value"].max()
    room = high - low
    axes.plot(years, rows["value"], "o", ms=3.2, color=style.MUTED, zorder=3)
    edges = np.append(years, years[-1] + 1) - 0.5
    axes.stairs(rows["level"], edges, baseline=None, color=LEVEL, lw=1.8, zorder=2)
    axes.set_ylim(low - 0.12 * room, high + 0.12 * room)
    whole = rows["value"].eq(rows["value"].round()).all()
    ticks = [low, high] if whole else axes.get_yticks()
    axes.set_yticks([t for t in ticks if low - 0.12 * room <= t <= high + 0.1 * room])
    if whole:
        axes.set_yticklabels([f"{t:.0f}" for t in axes.get_yticks()])
    style.light_grid(axes, "y")
    axes.tick_params(labelbottom=False)
    axes.spines["bottom"].set_visible(False)


def _draw_strip(axes: Axes, rows: pd.DataFrame, found: Posterior | None) -> None:
    """Draw below a series how often draws break in each year, and how probable a change is."""
    axes.bar(rows["year"], rows["share_of_draws"], 0.8, color=LEVEL, alpha=0.55)
    if found is not None:
        axes.plot(found.by_year.index, found.by_year, ".", ms=2.6, color=style.INK, zorder=4)
    axes.set_facecolor(style.LAND)
    axes.set_ylim(-0.06, 1)
    axes.set_yticks([0.5], ["share"], fontsize=style.SMALLEST)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)


def _panel_key() -> list:
    """Return the entries of the key of the outside series."""
    return [
        Line2D([], [], ls="", marker="o", ms=3.2, color=style.MUTED, label="value of the year"),
        Line2D([], [], color=LEVEL, lw=1.8, label="fitted level"),
        Patch(color=LEVEL, alpha=0.55, label="simulated series with a break (full height: all)"),
        Line2D(
            [],
            [],
            ls="",
            marker=".",
            ms=2.6,
            color=style.INK,
            label="probability of a change (likewise)",
        ),
        Line2D([], [], label="boundary of this report", **BOUNDARY),
    ]
