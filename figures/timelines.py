"""Time lines: every date is drawn with its precision and every event with its confidence."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from azpak.dates import Date, decimal_year, parse
from azpak.findings import chronology
from azpak.findings import recognition as recognised
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import listed, rank_in_words, when
from azpak.vocabulary import CATEGORIES

MARK_YEARS = 0.36  # width of a mark for a day or a month, in years of the axis
A_FEW_DAYS = 21  # what is shorter is drawn as a day
LANE = 1.0  # height of one lane
THICK = 0.62  # height of a mark, in lanes

SEQUENCE_SPAN = (1991.6, 1998.1)  # years shown


@figure("timeline-of-events")
def all_events(report: Report) -> ReportFigure:
    """Draw every active event by category and phase.

    Returns
    -------
    ReportFigure
        Rows: event_id, date (EDTF), category, nature, title, confidence, n_groups, phase.
    """
    events = report.events.reset_index()
    found = chronology.in_time(report)
    first, last = found.first_year, found.last_year + 1

    with style.applied():
        drawing = style.new_figure(6.3)
        axes = drawing.subplots()
        top = draw_categories(axes, events, last)
        draw_phases(axes, chronology.periods(report), top, last)
        axes.set_xlim(first - 0.2, last + 0.4)
        axes.set_xticks(range(1995, last + 1, 5))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.legend(
            handles=legend_marks(), loc="upper center", bbox_to_anchor=(0.42, -0.04), ncols=4,
            fontsize=8, columnspacing=1.2, handletextpad=0.5,
        )  # fmt: skip

    counts, levels = found.by_category, found.by_confidence
    fullest = listed(CATEGORIES[category].lower() for category in counts.index[:3])
    return ReportFigure(
        title=(
            f"Of {found.n} recorded events {100 * found.well_covered:.0f} per cent fall in "
            f"{chronology.WELL_COVERED} or later, the years that online sources cover best"
        ),
        alt=(
            f"Time line of {found.n} events from {first} to {found.last_year} in {len(counts)} "
            f"rows by category; {found.n_early} begin before {chronology.FIRST_AGREEMENT} and "
            f"{found.n_since_war} in {chronology.LAST_WAR} or later. "
            f"The fullest rows are {fullest}. "
            f"{levels.get('high', 0)} marks are full (high confidence), "
            f"{levels.get('medium', 0)} half-tone, {levels.get('low', 0)} hollow (low)."
        ),
        description=(
            "Events by category: "
            + "; ".join(f"{name} {counts.get(key, 0)}" for key, name in CATEGORIES.items())
            + f". {100 * found.two_groups:.0f} per cent rest on two independence groups or more. "
            "A round mark is a day or a few days, a square a month, a bar a year or a longer time, "
            "a bracketed line one unknown day within a span, an arrowhead one no later or no "
            "earlier than a day; dashed edges mark approximate or uncertain dates. More marks in "
            "recent years may be more coverage and need not be more "
            "activity."
        ),
        data=events[
            ["event_id", "date", "category", "nature", "title", "confidence", "n_groups", "chapter"]
        ],
        source="events of this report, with their claims and sources.",
        figure=drawing,
    )


def draw_categories(axes: Axes, events: pd.DataFrame, last: int) -> float:
    """Draw a row of stacked lanes for each category, from the top down; return the upper edge."""
    bottom, ticks = 0.0, {}
    for category in reversed(CATEGORIES):
        rows = events[events["category"] == category]
        if rows.empty:
            continue
        lanes = in_lanes([parse(text) for text in rows["date"]], last)
        height = (max(lanes) + 1) * LANE
        for (_, row), lane in zip(rows.iterrows(), lanes, strict=True):
            middle = bottom + (lane + 0.5) * LANE
            draw_date(axes, parse(row["date"]), middle, row["confidence"], last)
        ticks[bottom + height / 2] = CATEGORIES[category]
        bottom += height
        axes.axhline(bottom + 0.15, color=style.RULE, lw=0.6, zorder=0.5)
        bottom += 0.3
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.set_ylim(-0.3, bottom + 4.2)
    return bottom


def in_lanes(dates: list[Date], last: int) -> list[int]:
    """Return for each date (in order of time) the lowest lane in which it covers no other mark."""
    free_from: list[float] = []
    lanes = []
    for date in dates:
        left, right = extent(date, last)
        lane = next((i for i, free in enumerate(free_from) if free <= left), len(free_from))
        if lane == len(free_from):
            free_from.append(0.0)
        free_from[lane] = right + 0.08
        lanes.append(lane)
    return lanes


def extent(date: Date, last: int) -> tuple[float, float]:
    """Return the left and right edge of a date's mark, in years of the axis."""
    left = decimal_year(date.start)
    if date.one_sided:
        right = left
    else:
        right = last if date.end is None else decimal_year(date.end + timedelta(days=1))
    if right - left < MARK_YEARS:
        middle = (left + right) / 2
        return middle - MARK_YEARS / 2, middle + MARK_YEARS / 2
    return left, right


def draw_date(axes: Axes, date: Date, y: float, confidence: str, last: int) -> None:
    """Draw one date at its precision; fill and edge tell the confidence."""
    left, right = extent(date, last)
    look = dict(style.CONFIDENCE[confidence], linewidth=0.7)
    doubtful = date.approximate or date.uncertain
    look["linestyle"] = (0, (1.6, 1.1)) if doubtful else "-"
    if date.one_sided:
        mark = "<" if date.open_start else ">"
        axes.plot((left + right) / 2, y, mark, ms=3.9, mfc=look["facecolor"],
                  mec=look["edgecolor"], mew=0.7, zorder=4)  # fmt: skip
    elif date.precision == "within":
        draw_bracket(axes, left, right, y, look["edgecolor"])
    elif date.end is not None and (date.end - date.start).days < A_FEW_DAYS:
        axes.plot(
            (left + right) / 2, y, "o", ms=3.9, mfc=look["facecolor"], mec=look["edgecolor"],
            mew=0.7, zorder=4,
        )  # fmt: skip
    else:
        axes.add_patch(
            Rectangle((left, y - THICK * LANE / 2), right - left, THICK * LANE, zorder=3, **look)
        )


def draw_bracket(axes: Axes, left: float, right: float, y: float, colour: str) -> None:
    """Draw one unknown day within a span: a line between two brackets."""
    half = THICK * LANE / 2
    axes.plot([left, right], [y, y], color=colour, lw=0.8, zorder=3)
    for edge in (left, right):
        axes.plot([edge, edge], [y - half, y + half], color=colour, lw=0.8, zorder=3)


def draw_phases(axes: Axes, phases: pd.DataFrame, top: float, last: int) -> None:
    """Shade every other phase and write the names above the rows, in two tiers."""
    for number, (_, phase) in enumerate(phases.iterrows()):
        start, end = parse(phase["start"]), phase["end"]
        left = decimal_year(start.start)
        right = last + 0.4 if end == ".." else decimal_year(parse(end).end + timedelta(days=1))
        if number % 2:
            axes.axvspan(left, right, color="#f3f1ec", zorder=0)
        axes.axvline(left, color=style.MUTED, lw=0.6, ls=(0, (1, 2)), zorder=0.6)
        tier = top + (2.6 if number % 2 else 0.9)
        ongoing = end == ".."
        axes.text(
            right if ongoing else left + 0.15, tier, phase["name"], fontsize=8, va="bottom",
            ha="right" if ongoing else "left",
        )  # fmt: skip


def legend_marks() -> list:
    """Return the entries that explain precision and confidence."""
    ink = style.CONFIDENCE["high"]["edgecolor"]
    mark = partial(style.confidence_key, size=4.5, edge=0.7)
    return [
        mark("o", "high", "high confidence"),
        mark("o", "medium", "medium"),
        mark("o", "low", "low"),
        Line2D([], [], color=ink, lw=0.8, marker="|", ms=5, label="a day within"),
        Line2D([], [], ls="", color=ink, marker="<", ms=3.9, label="a day before or after"),
        mark("o", "high", "a day or days"),
        mark("s", "high", "a month"),
        Line2D([], [], color=ink, lw=4.5, label="a year or longer"),
        Line2D([], [], color=ink, lw=0.8, ls=(0, (1.6, 1.1)), label="approximate"),
    ]


@figure("recognition-sequence")
def recognition(report: Report, form: Form) -> ReportFigure:
    """Draw the sequence of recognition: states, embassies and what Pakistan withheld from Armenia.

    Returns
    -------
    ReportFigure
        Rows: event_id, date (EDTF), title, confidence, n_groups, n_contradictions.
    """
    rows = recognised.steps(report).reset_index()
    years = rows["date"].map(lambda text: parse(text).start.year)
    with style.applied():
        drawing = style.new_figure(form.choose(0.36, 0.5) * len(rows) + 0.75, form)
        axes = drawing.subplots()
        for level, row in rows.iterrows():
            draw_sequence_row(axes, row, -level, form)
        axes.set_xlim(*SEQUENCE_SPAN)
        axes.set_ylim(-len(rows) + 0.4, form.choose(0.6, 0.8))
        axes.set_xticks(range(1992, 1999))
        axes.set_yticks([])
        style.light_grid(axes, "x")
        axes.spines["left"].set_visible(False)

    return ReportFigure(
        title=(
            f"Pakistan recognised Azerbaijan {when(report.date(recognised.PAKISTAN))}, "
            f"{rank_in_words(recognised.rank(report))} by date; its embassy opened "
            f"{recognised.embassy_gap(report):.1f} years before Azerbaijan's"
        ),
        alt=(
            f"Sequence of {len(rows)} dated steps from {years.min()} to {years.max()}: "
            + "; ".join(f"{r['title']}, {r['date_text']}" for _, r in rows.iterrows())
            + "."
        ),
        description=(
            "Round marks are days; a bar is a time that lasts, cut at the right edge of the figure "
            "where it goes on. Full marks are of high confidence, half-tone medium, hollow low. "
            "The order of recognition follows the dates that the states themselves give; several "
            "texts say second or first, and the ruling on the rank says why the dates are "
            "preferred."
        ),
        data=rows[["event_id", "date", "title", "confidence", "n_groups", "n_contradictions"]],
        source="events of this report, with their claims and sources.",
        figure=drawing,
    )


def draw_sequence_row(axes: Axes, row: pd.Series, y: float, form: Form) -> None:
    """Draw one step: mark, date and what happened, on one line."""
    date = parse(row["date"])
    left, right = decimal_year(date.start), decimal_year(date.end + timedelta(days=1))
    look = style.CONFIDENCE[row["confidence"]]
    text_at = left + 0.12
    if right - left > 1:
        axes.add_patch(Rectangle((left, y - 0.36), right - left, 0.16, zorder=3, **look))
        text_at = SEQUENCE_SPAN[0] + 0.04
    else:
        axes.plot(left, y, "o", ms=5.5, mfc=look["facecolor"], mec=look["edgecolor"], zorder=4)
    late = left > 1994
    text = f"{row['date_text']}  {recognised.STEPS[row['event_id']]}"
    if form.is_narrow:
        axes.text(
            0, y + 0.16, text, transform=axes.get_yaxis_transform(), va="bottom", fontsize=8.5,
        )  # fmt: skip
        return
    axes.text(
        left - 0.12 if late else text_at, y, text,
        va="center", ha="right" if late else "left", fontsize=8.5, zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
    )  # fmt: skip
