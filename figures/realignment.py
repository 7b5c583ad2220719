"""Figures on the years from 2024 on: the life of the promised investment."""

from __future__ import annotations

import textwrap
from datetime import timedelta

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from azpak.dates import MONTHS, decimal_year, parse
from azpak.findings.realignment import SIGNED, in_dollars, promise, steps
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import listed

SPAN = (2024.45, 2026.45)  # years shown
HALVES = range(4049, 4053)  # half-years from the second of 2024 on, each with a mark
TEXT_LEFT_FROM = 2025.3  # later statements carry their text on the left
HALF_BAR = 0.17


@figure("investment-promise", "trade")
def investment_promise(report: Report, form: Form) -> ReportFigure:
    """Draw each statement on the Azerbaijani investment in Pakistan, and when signing was due.

    Returns
    -------
    ReportFigure
        The rows of `azpak.findings.realignment.steps`.
    """
    rows, found = steps(report), promise(report)
    amount = in_dollars(report)
    due = [month.display() for month in found.expected]
    with style.applied():
        drawing = style.new_figure(form.choose(0.34, 0.5) * len(rows) + 1.05, form)
        axes = drawing.subplots()
        for level, row in rows.iterrows():
            draw_step(axes, row, -level, form)
        axes.set_xlim(*SPAN)
        axes.set_ylim(-len(rows) + 0.4, form.choose(0.6, 0.9))
        halves = [half for half in HALVES if not (form.is_narrow and half % 2)]
        axes.set_xticks(
            [half / 2 for half in halves],
            [f"{MONTHS[6]} {half // 2}" if half % 2 else str(half // 2) for half in halves],
        )
        axes.set_yticks([])
        style.light_grid(axes, "x")
        axes.spines["left"].set_visible(False)
        style.legend_below(axes, legend_marks(), columns=form.choose(3, 2))

    return ReportFigure(
        title=(
            f"Signing of the {amount} investment was expected in {listed(due)}; "
            f"on {found.last.display()} it was pending"
        ),
        alt=(
            f"Time line of {len(rows)} statements on an Azerbaijani investment of {amount} in "
            f"Pakistan. {len(due)} of them name a month for signing ({', '.join(due)}); each "
            "month passed without a final agreement that was found. "
            + "; ".join(f"{parse(r['said']).display()}: {r['step']}" for _, r in rows.iterrows())
            + "."
        ),
        description=(
            "A round mark is a statement, the square a document signed whose final version was to "
            "follow, a hollow bar the month in which signing was expected, joined by a dashed line "
            "to the statement that named it. No final agreement was found in the sources; that is "
            "no proof that there is none. Later statements than the last one drawn were not found."
        ),
        data=rows,
        source="events and claims of this report; each is listed in the chronology.",
        figure=drawing,
    )


def draw_step(axes: Axes, row: pd.Series, y: float, form: Form) -> None:
    """Draw one statement: mark, the month it named, and its words on one line."""
    # Words on a visit of two days fall at its end.
    said = decimal_year(parse(row["said"]).end)
    right = said
    if row["expected"]:
        month = parse(row["expected"])
        left, right = decimal_year(month.start), decimal_year(month.end + timedelta(days=1))
        axes.plot([said, left], [y, y], color=style.INK, lw=0.8, ls=(0, (2, 1.5)), zorder=2)
        axes.add_patch(
            Rectangle(
                (left, y - HALF_BAR),
                right - left,
                2 * HALF_BAR,
                facecolor=style.NO_DATA,
                edgecolor=style.INK,
                linewidth=0.9,
                zorder=3,
            )
        )
    marker = "s" if row["event_id"] == SIGNED else "o"
    axes.plot(said, y, marker, ms=5.5, color=style.INK, zorder=4)
    words = textwrap.fill(f"{parse(row['said']).display()}  {row['step']}", form.choose(99, 48))
    if form.is_narrow:
        axes.text(
            0, y + 0.2, words, transform=axes.get_yaxis_transform(), va="bottom", fontsize=8,
        )  # fmt: skip
        return
    late = said > TEXT_LEFT_FROM
    axes.text(
        said - 0.035 if late else max(said, right) + 0.035, y,
        words,
        va="center", ha="right" if late else "left", fontsize=8.5, zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
    )  # fmt: skip


def legend_marks() -> list[Artist]:
    """Return the entries that explain the marks."""
    return [
        Line2D([], [], ls="", marker="o", ms=5, color=style.INK, label="statement"),
        Line2D([], [], ls="", marker="s", ms=5, color=style.INK, label="document signed"),
        Patch(facecolor=style.NO_DATA, edgecolor=style.INK, label="month expected for signing"),
    ]
