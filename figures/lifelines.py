"""Lifelines of the bodies that the two states share and of their agreements."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.findings import chronology, lifelines
from azpak.findings.lifelines import FOUNDED, GROUPS, MET, RENEWED, SIGNED
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words, listed

COLOURS = dict(zip(GROUPS, ("#0b6e6e", "#5c3d91", "#a03a5f", "#2f3b4a"), strict=True))
MARKS = {FOUNDED: "s", SIGNED: "s", MET: "o", RENEWED: "D"}
SIZES = {"s": 5.6, "o": 5.6, "D": 4.8}
INDENT = 106  # points from the start of names to the axes, in the wide form


@figure("lifelines", "politics")
def lifelines_drawn(report: Report, form: Form) -> ReportFigure:
    """Draw when each body and each agreement is known to have been at work.

    Returns
    -------
    ReportFigure
        The rows of `azpak.findings.lifelines.steps`.
    """
    rows, found = lifelines.steps(report), lifelines.found(report)
    sure = rows[rows["sure"]]
    silent = listed(f"{name} in {year}" for name, year in found.silent.items())
    return ReportFigure(
        title=(
            f"{count_in_words(found.n_recent).capitalize()} of {count_in_words(found.n_bodies)} "
            f"joint bodies and posts have been seen at work since {found.since}; no defence "
            f"agreement is known to have been signed or renewed after {found.last_defence}"
        ),
        alt=(
            f"Lines in time for {found.n_bodies} bodies and posts and "
            f"{rows['line'].nunique() - found.n_bodies} agreements, from the first sign of "
            "each to the last: " + in_words(sure) + "."
        ),
        description=(
            "A square is a founding, a first meeting or a signature, a circle a later meeting or "
            "sight, a diamond a renewal. Hollow marks are what was only announced, or is told in "
            "later texts alone. The full line joins the first to the last sure sign; the dotted "
            "line before it "
            "stands where sources count earlier meetings that were not found, and the one after "
            f"it where nothing later is known. Last seen before {found.since}: {silent}. "
            "Nothing later known is no proof of an end: agreements may still hold, and bodies may "
            "have met without a report. Protocols of meetings and contracts for arms are no "
            "agreements here, and papers signed in bundles on civil matters are left out."
        ),
        data=rows,
        source="events of this report, with their claims and sources.",
        figure=draw(report, rows, form),
    )


def in_words(sure: pd.DataFrame) -> str:
    """Return the first and the last sign of each line."""
    said = []
    for name, part in sure.groupby("line", sort=False):
        years = [int(part["at"].min()), int(part["at"].max())]
        said.append(f"{name} {' to '.join(map(str, dict.fromkeys(years)))}")
    return "; ".join(said)


def draw(report: Report, rows: pd.DataFrame, form: Form) -> Figure:
    """Draw a row for each line, under the name of its group."""
    step = form.choose(1.0, 1.5)
    heights, heads, y = {}, {}, 0.0
    for group in GROUPS:
        heads[group] = y
        y -= form.choose(1.2, 1.65)
        for name in dict.fromkeys(rows.loc[rows["group"] == group, "line"]):
            heights[name] = y
            y -= step
        y -= form.choose(0.25, 0.05)
    years = chronology.in_time(report).first_year, chronology.in_time(report).last_year + 1
    with style.applied():
        drawing = style.new_figure(form.choose(0.225, 0.215) * -y + 0.75, form)
        axes = drawing.subplots()
        axes.set_xlim(years[0] - 0.4, years[1] + form.choose(3.0, 4.4))
        axes.set_ylim(y + 0.6, 1.2)
        since = lifelines.found(report).since
        axes.axvspan(since, years[1], color="#f3f1ec", zorder=0)
        for name, part in rows.groupby("line", sort=False):
            draw_line(axes, part, heights[name], years[1], form)
        style.name_rows(axes, {at: name for name, at in heights.items()}, form, lift=0.42)
        for label in axes.get_yticklabels():
            label.set_horizontalalignment("left")
        axes.tick_params(axis="y", pad=INDENT)
        for group, at in heads.items():
            axes.annotate(
                group, (0, at), form.choose((-INDENT, 0), (0, 0)), fontsize=8.5, va="center",
                xycoords=axes.get_yaxis_transform(), textcoords="offset points",
                fontweight="semibold", color=COLOURS[group], annotation_clip=False,
            )  # fmt: skip
        muted = {"va": "center", "fontsize": 7.5, "color": style.MUTED}
        axes.text(years[1] + 0.5, heads[GROUPS[0]], "last\nsign", linespacing=1.0, **muted)
        axes.text(since + 0.2, heads[GROUPS[0]], f"since\n{since}", linespacing=1.0, **muted)
        ticks = range(1995, years[1], form.choose(5, 10))
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        style.light_grid(axes, "x")
        axes.spines[["left", "bottom"]].set_visible(False)
        style.legend_below(axes, key(form), columns=form.choose(3, 2))
    return drawing


def draw_line(axes: Axes, part: pd.DataFrame, y: float, end: float, form: Form) -> None:
    """Draw one lifeline: what is known, what is counted but not found, what is open."""
    colour = COLOURS[part["group"].iloc[0]]
    sure = part.loc[part["sure"], "at"]
    dotted = {"color": colour, "lw": 1.2, "ls": (0, (1, 1.8)), "zorder": 1}
    axes.plot([sure.max(), end], [y, y], **dotted)
    axes.plot([sure.min(), sure.max()], [y, y], color=colour, lw=2, alpha=0.55, zorder=2)
    first = part.iloc[0]
    if first["counted"]:
        axes.plot([max(first["at"] - 2.4, 1991.5), sure.min()], [y, y], **dotted)
    for row in part.itertuples():
        marker = MARKS[row.kind]
        axes.plot(
            row.at, y, marker, ms=SIZES[marker], mfc=colour if row.sure else "white", mec=colour,
            mew=1.1, zorder=3,
        )  # fmt: skip
        if row.counted:
            axes.annotate(
                row.counted, (row.at, y), (0, 4), textcoords="offset points", ha="center",
                va="bottom", fontsize=7.5, color=style.MUTED,
            )  # fmt: skip
    axes.text(end + 0.5, y, f"{int(sure.max())}", va="center", fontsize=8)


def key(form: Form) -> list[Line2D]:
    """Return the legend of shapes, fills and lines."""
    ink = style.INK
    look = {"ls": "", "mew": 1.1, "mec": ink}
    claimed = form.choose("only claimed or announced", "claimed, announced")
    return [
        Line2D([], [], marker="s", ms=5.6, mfc=ink, label="founded, first met or signed", **look),
        Line2D([], [], marker="o", ms=5.6, mfc=ink, label="met or seen", **look),
        Line2D([], [], marker="D", ms=4.8, mfc=ink, label="renewed", **look),
        Line2D([], [], marker="s", ms=5.6, mfc="white", label=claimed, **look),
        Line2D([], [], color=ink, lw=1.2, ls=(0, (1, 1.8)), label="not known"),
    ]
