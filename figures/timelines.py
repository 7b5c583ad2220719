"""Time lines: every date is drawn with its precision and every event with its confidence."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from azpak import tables
from azpak.dates import DAYS_IN_YEAR, Date, decimal_year, parse
from azpak.evidence import Evidence
from azpak.text import listed, rank_in_words
from azpak.output import style
from azpak.output.figure import ReportFigure

# Order of the rows, from what states declare to what they do and what surrounds it.
CATEGORIES = {
    "recognition": "Recognition",
    "diplomatic": "Diplomacy",
    "visit": "Visits",
    "political-support": "Political support",
    "declaration": "Declarations",
    "agreement": "Agreements",
    "institution": "Institutions",
    "training": "Training",
    "exercise": "Exercises",
    "arms": "Arms",
    "conflict": "Conflict",
    "trade": "Trade",
    "connectivity": "Connections",
}
MARK_YEARS = 0.36  # width of a mark for a day or a month, in years of the axis
A_FEW_DAYS = 21  # what is shorter is drawn as a day
LANE = 1.0  # height of one lane
THICK = 0.62  # height of a mark, in lanes

# The steps of recognition and how each is called on the line.
PAKISTAN_RECOGNISES = "1991-pakistan-recognises-azerbaijan"
RECOGNISERS = (
    "1991-turkiye-recognises-azerbaijan",
    "1991-romania-recognises-azerbaijan",
    PAKISTAN_RECOGNISES,
)
PAKISTAN_EMBASSY = "1993-pakistan-embassy-baku"
AZERBAIJAN_EMBASSY = "1997-azerbaijan-embassy-islamabad"
SHORT = {
    "1991-azerbaijan-independence-act": "Azerbaijan declares independence",
    "1991-turkiye-recognises-azerbaijan": "Türkiye recognises Azerbaijan",
    "1991-romania-recognises-azerbaijan": "Romania recognises Azerbaijan",
    PAKISTAN_RECOGNISES: "Pakistan recognises Azerbaijan",
    "1991-pakistan-withholds-recognition-armenia": "Pakistan withholds relations from Armenia",
    "1992-diplomatic-relations": "diplomatic relations",
    PAKISTAN_EMBASSY: "Pakistan's embassy in Baku",
    AZERBAIJAN_EMBASSY: "Azerbaijan's embassy in Islamabad",
}
RECOGNITION = tuple(SHORT)
SEQUENCE_SPAN = (1991.6, 1998.1)  # years shown


def all_events() -> ReportFigure:
    """Draw every active event by category and phase.

    Returns
    -------
    ReportFigure
        Rows: event_id, date (EDTF), category, nature, title, confidence, n_groups, phase.
    """
    evidence = Evidence.load()
    events = evidence.event_table().reset_index()
    phases = tables.load("phases")
    phases = phases[phases["kind"] == "period"].sort_values("position")
    first, last = 1991, max(start.year for start in events["start"]) + 1

    with style.applied():
        figure = style.new_figure(6.3)
        axes = figure.subplots()
        top = draw_categories(axes, events, last)
        draw_phases(axes, phases, top, last)
        axes.set_xlim(first - 0.2, last + 0.4)
        axes.set_xticks(range(1995, last + 1, 5))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.legend(
            handles=legend_marks(), loc="upper center", bbox_to_anchor=(0.42, -0.04), ncols=4,
            fontsize=8, columnspacing=1.2, handletextpad=0.5,
        )  # fmt: skip

    counts = events["category"].value_counts()
    fullest = listed(CATEGORIES[category].lower() for category in counts.index[:3])
    two_groups = (events["n_groups"] >= 2).mean() * 100
    years = events["start"].dt.year
    recent = (years >= 2017).mean() * 100
    levels = events["confidence"].value_counts()
    return ReportFigure(
        id="timeline-of-events",
        title=(
            f"Of {len(events)} recorded events {recent:.0f} per cent fall in 2017 or later, the "
            "years that online sources cover best"
        ),
        alt=(
            f"Time line of {len(events)} events from {first} to {last - 1} in {len(counts)} rows "
            f"by category; {(years < 2002).sum()} begin before 2002 and {(years >= 2020).sum()} in "
            f"2020 or later. The fullest rows are {fullest}. "
            f"{levels.get('high', 0)} marks are full (high confidence), "
            f"{levels.get('medium', 0)} half-tone, {levels.get('low', 0)} hollow (low)."
        ),
        description=(
            "Events by category: "
            + "; ".join(f"{name} {counts.get(key, 0)}" for key, name in CATEGORIES.items())
            + f". {two_groups:.0f} per cent rest on two independence groups or more. A round mark "
            "is a day or a few days, a square a month, a bar a year or a longer time, a bracketed "
            "line one unknown day within a span; dashed edges mark approximate or uncertain dates. "
            "More marks in recent years may be more coverage and need not be more activity."
        ),
        data=events[
            ["event_id", "date", "category", "nature", "title", "confidence", "n_groups", "chapter"]
        ],
        source="events of this report, with their claims and sources.",
        figure=figure,
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
    for when in dates:
        left, right = extent(when, last)
        lane = next((i for i, free in enumerate(free_from) if free <= left), len(free_from))
        if lane == len(free_from):
            free_from.append(0.0)
        free_from[lane] = right + 0.08
        lanes.append(lane)
    return lanes


def extent(when: Date, last: int) -> tuple[float, float]:
    """Return the left and right edge of a date's mark, in years of the axis."""
    left = decimal_year(when.start)
    right = last if when.end is None else decimal_year(when.end + timedelta(days=1))
    if right - left < MARK_YEARS:
        middle = (left + right) / 2
        return middle - MARK_YEARS / 2, middle + MARK_YEARS / 2
    return left, right


def draw_date(axes: Axes, when: Date, y: float, confidence: str, last: int) -> None:
    """Draw one date at its precision; fill and edge tell the confidence."""
    left, right = extent(when, last)
    look = dict(style.CONFIDENCE[confidence], linewidth=0.7)
    doubtful = when.approximate or when.uncertain
    look["linestyle"] = (0, (1.6, 1.1)) if doubtful else "-"
    if when.precision == "within":
        draw_bracket(axes, left, right, y, look["edgecolor"])
    elif when.end is not None and (when.end - when.start).days < A_FEW_DAYS:
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
        mark("o", "high", "a day or days"),
        mark("s", "high", "a month"),
        Line2D([], [], color=ink, lw=4.5, label="a year or longer"),
        Line2D([], [], color=ink, lw=0.8, ls=(0, (1.6, 1.1)), label="approximate"),
    ]


def recognition() -> ReportFigure:
    """Draw the sequence of recognition: states, embassies and what Pakistan withheld from Armenia.

    Returns
    -------
    ReportFigure
        Rows: event_id, date (EDTF), title, confidence, n_groups, n_contradictions.
    """
    events = Evidence.load().event_table()
    rows = events[events.index.isin(RECOGNITION)].reset_index()
    missing = sorted(set(RECOGNITION) - set(rows["event_id"]))
    if missing:
        raise ValueError(f"figure recognition-sequence: no active event {', '.join(missing)}")
    begun = rows.set_index("event_id")["start"]
    rank = begun[list(RECOGNISERS)].sort_values().index.get_loc(PAKISTAN_RECOGNISES) + 1
    recognised = parse(events.at[PAKISTAN_RECOGNISES, "date"])
    ahead = (begun[AZERBAIJAN_EMBASSY] - begun[PAKISTAN_EMBASSY]).days / DAYS_IN_YEAR

    with style.applied():
        figure = style.new_figure(0.36 * len(rows) + 0.75)
        axes = figure.subplots()
        for level, row in rows.iterrows():
            draw_sequence_row(axes, row, -level)
        axes.set_xlim(*SEQUENCE_SPAN)
        axes.set_ylim(-len(rows) + 0.4, 0.6)
        axes.set_xticks(range(1992, 1999))
        axes.set_yticks([])
        style.light_grid(axes, "x")
        axes.spines["left"].set_visible(False)

    return ReportFigure(
        id="recognition-sequence",
        title=(
            f"Pakistan recognised Azerbaijan {recognised.with_preposition()}, "
            f"{rank_in_words(rank)} by date; its embassy opened {ahead:.1f} years before "
            "Azerbaijan's"
        ),
        alt=(
            f"Sequence of {len(rows)} dated steps from 1991 to 1997: "
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
        figure=figure,
    )


def draw_sequence_row(axes: Axes, row: pd.Series, y: float) -> None:
    """Draw one step: mark, date and what happened, on one line."""
    when = parse(row["date"])
    left, right = decimal_year(when.start), decimal_year(when.end + timedelta(days=1))
    look = style.CONFIDENCE[row["confidence"]]
    text_at = left + 0.12
    if right - left > 1:
        axes.add_patch(Rectangle((left, y - 0.36), right - left, 0.16, zorder=3, **look))
        text_at = SEQUENCE_SPAN[0] + 0.04
    else:
        axes.plot(left, y, "o", ms=5.5, mfc=look["facecolor"], mec=look["edgecolor"], zorder=4)
    late = left > 1994
    axes.text(
        left - 0.12 if late else text_at, y, f"{row['date_text']}  {SHORT[row['event_id']]}",
        va="center", ha="right" if late else "left", fontsize=8.5, zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
    )  # fmt: skip
