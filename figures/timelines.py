"""The time line of all events: how many a year, of what kind, and the landmarks among them."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from azpak.dates import Date, decimal_year, parse
from azpak.evidence.rules import LEVELS
from azpak.figures.tiles import draw_tiles, name_tiles, years_along
from azpak.findings import chronology
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import listed
from azpak.vocabulary import CATEGORIES

# The rows of tiles: what of the chronology belongs to one story.
STORIES = {
    "Recognition, diplomacy": ("recognition", "diplomatic"),
    "Visits": ("visit",),
    "Support, declarations": ("political-support", "declaration"),
    "Agreements, institutions": ("agreement", "institution"),
    "Training, exercises": ("training", "exercise"),
    "Arms": ("arms",),
    "Conflict": ("conflict",),
    "Trade, connections": ("trade", "connectivity"),
}
# The events that are named, in the wide form and in the narrow: milestones of the front page.
LANDMARKS = {
    "1991-pakistan-recognises-azerbaijan": ("recognition", "recognition"),
    "2002-karachi-defence-agreement": ("defence agreement", "defence agreement"),
    "2008-unga-resolution-62-243": ("vote on 62/243", "vote on 62/243"),
    "2015-strategic-partnership-declaration": ("strategic partnership", "partnership"),
    "2017-super-mushshak-contract": ("trainers ordered", "trainers ordered"),
    "2020-pakistan-support-statement": ("support in the war", "support in war"),
    "2021-three-brothers": ("Three Brothers exercise", "Three Brothers"),
    "2024-ispr-jf17-statement": ("JF-17 contract announced", "JF-17 contract"),
    "2025-armenia-pakistan-relations": ("Pakistan and Armenia open relations", "ties to Armenia"),
}


@figure("timeline-of-events", "politics")
def all_events(report: Report, form: Form) -> ReportFigure:
    """Draw every active event by category and phase.

    Returns
    -------
    ReportFigure
        Rows: event_id, date (EDTF), category, nature, title, confidence, n_groups, phase.
    """
    events = report.events.reset_index()
    found = chronology.in_time(report)
    first = found.first_year
    counts, levels = found.by_category, found.by_confidence
    fullest = listed(CATEGORIES[category].lower() for category in counts.index[:3])
    return ReportFigure(
        title=(
            f"Of {found.n} recorded events {100 * found.well_covered:.0f} per cent fall in "
            f"{chronology.WELL_COVERED} or later"
        ),
        alt=(
            f"Bars with the number of events of each year from {first} to {found.last_year}, "
            f"{found.n} in all, and below them tiles by kind and year; {found.n_early} begin "
            f"before {chronology.FIRST_AGREEMENT} and "
            f"{found.n_since_war} in {chronology.LAST_WAR} or later. "
            f"The commonest categories are {fullest}. "
            f"Of high confidence are {levels.get('high', 0)}, of medium {levels.get('medium', 0)}, "
            f"of low {levels.get('low', 0)}. Named are: "
            + "; ".join(f"{report.day(e).year} {text}" for e, (text, _) in LANDMARKS.items())
            + "."
        ),
        description=(
            "Events by category: "
            + "; ".join(f"{name} {counts.get(key, 0)}" for key, name in CATEGORIES.items())
            + f". {100 * found.two_groups:.0f} per cent rest on two separate origins or more. "
            "A tile is a year, with the number of events that begin in it; an event known to a "
            "span of years stands in the middle of it. More marks in "
            "recent years may be more coverage and need not be more "
            "activity."
        ),
        data=events[
            ["event_id", "date", "category", "nature", "title", "confidence", "n_groups", "chapter"]
        ],
        source="events of this report, with their claims and sources.",
        figure=draw_overview(report, form),
    )


def draw_overview(report: Report, form: Form) -> Figure:
    """Draw events by year, the landmarks among them, and tiles by story and year."""
    events = report.events
    story = {category: name for name, kinds in STORIES.items() for category in kinds}
    rows = pd.DataFrame({
        "story": events["category"].map(story),
        "year": [middle_year(parse(text)) for text in events["date"]],
        "confidence": events["confidence"],
    })  # fmt: skip
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    tiles = rows.groupby(["story", "year"]).size().unstack(fill_value=0)
    tiles = tiles.reindex(index=list(STORIES), columns=years, fill_value=0)
    levels = rows.groupby(["confidence", "year"]).size().unstack(fill_value=0)
    levels = levels.reindex(index=list(LEVELS), columns=years, fill_value=0)
    with style.applied():
        figure = style.new_figure(form.choose(5.0, 7.6), form)
        if form.is_narrow:
            grid, bars = figure.subplots(1, 2, sharey=True, width_ratios=(1.25, 1))
        else:
            bars, grid = figure.subplots(2, 1, sharex=True, height_ratios=(2.2, 1))
        years_along(grid, years[0], years[-1], form)
        draw_tiles(grid, tiles, form)
        name_tiles(grid, tiles.index, form)
        draw_bars(bars, levels, form)
        draw_landmarks(bars, report, levels, form)
        if not form.is_narrow:
            draw_phases(bars, chronology.periods(report), years)
        key = [
            Patch(label=f"{level} confidence", linewidth=0.7, **style.CONFIDENCE[level])
            for level in LEVELS
        ]
        style.legend_below(grid, key, columns=form.choose(3, 2))
    return figure


def middle_year(date: Date) -> int:
    """Return the year in which a date begins, or the middle of the span in which its day lies."""
    if date.precision != "within" or date.end is None:
        return date.start.year
    return int((decimal_year(date.start) + decimal_year(date.end)) / 2)


def draw_bars(axes: Axes, levels: pd.DataFrame, form: Form) -> None:
    """Draw the events of each year, by confidence."""
    base = pd.Series(0, index=levels.columns)
    for level in levels.index:
        number = levels.loc[level]
        look = dict(style.CONFIDENCE[level], linewidth=0.6, zorder=3)
        if form.is_narrow:
            axes.barh([-year for year in number.index], number, 0.76, left=base, **look)
        else:
            axes.bar(number.index, number, 0.76, bottom=base, **look)
        base = base + number
    axes.tick_params(length=0, labelbottom=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    if form.is_narrow:
        axes.set_xticks([])
        axes.set_xlim(0, 3.2 * base.max())
    else:
        axes.set_title("Events a year")
        axes.set_yticks([0, 10, 20, 30, 40])
        axes.set_ylim(0, 1.75 * base.max())
        style.light_grid(axes, "y")


def draw_landmarks(axes: Axes, report: Report, levels: pd.DataFrame, form: Form) -> None:
    """Name the landmarks: above the bars, the later the higher, or beside them down the page."""
    total = levels.sum()
    top = total.max()
    for step, (event, words) in enumerate(LANDMARKS.items()):
        text = form.choose(*words)
        year = report.day(event).year
        if form.is_narrow:
            axes.annotate(
                text, (total[year], -year), (4, 0), va="center", fontsize=8,
                textcoords="offset points",
            )  # fmt: skip
            continue
        at = decimal_year(report.day(event))
        level = (0.25 + 0.125 * step) * top
        level = max(level, (total.get(year, 0) + 2))
        axes.plot([at, at], [total.get(year, 0), level], color=style.MUTED, lw=0.7, zorder=2)
        late = step > 0  # the first has no room on its left
        axes.annotate(
            f"{text}, {year}" if late else f"{year}, {text}", (at, level), (-3 if late else 3, 0),
            textcoords="offset points", ha="right" if late else "left", va="center", fontsize=8,
            zorder=5,
        )  # fmt: skip


def draw_phases(axes: Axes, phases: pd.DataFrame, years: range) -> None:
    """Shade every other phase and write the names at the top, in two tiers."""
    for number, (_, phase) in enumerate(phases.iterrows()):
        start, end = parse(phase["start"]), phase["end"]
        left = decimal_year(start.start) - 0.5
        ongoing = end == ".."
        right = years[-1] + 0.6 if ongoing else decimal_year(parse(end).end) - 0.5
        if number % 2:
            axes.axvspan(left, right, color="#f3f1ec", zorder=0)
        axes.text(
            right if ongoing else left + 0.15, 0.985 - 0.075 * (number % 2), phase["name"],
            fontsize=8, va="top", ha="right" if ongoing else "left", color=style.MUTED,
            transform=axes.get_xaxis_transform(),
        )  # fmt: skip
