"""Figures on the trilateral years: what was said of Pakistan's part in the war of 2020."""

from __future__ import annotations

from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from azpak.dates import Date, parse, short_month
from azpak.findings.autumn_2020 import by_column, closeness, statements
from azpak.findings.trilateral import WAR
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import rank_in_words

COLUMNS = {
    "support": "Support, and thanks for it",
    "alleged": "Pakistani fighters alleged",
    "denied": "Denied",
}
VOICES = {"PAK": "Pakistani", "AZE": "Azerbaijani", "ARM": "Armenian"}
MARKS = {"PAK": "o", "AZE": "s", "ARM": "^"}
TEXT_AT = 0.07  # where a statement's text begins, in column widths right of the line
LANES, WORDS_AT = (0.03, 0.12, 0.21), 0.28  # on a narrow drawing, of its width
LANE_DAYS = 1.35  # height of its lines
LINE_DAYS = 1.5  # height of a line of text, in days of the axis


@figure("autumn-2020", "politics")
def autumn_2020(report: Report, form: Form) -> ReportFigure:
    """Draw who spoke of Pakistan's part in the war of 2020, and when.

    Returns
    -------
    ReportFigure
        The rows of `azpak.findings.autumn_2020.statements`.
    """
    rows = statements(report)
    war = report.date(WAR)
    colours = style.state_colours(report)
    with style.applied():
        drawing = style.new_figure(form.choose(4.9, 7.2), form)
        axes = drawing.subplots()
        draw_days(axes, war)
        if form.is_narrow:
            draw_lanes(axes, rows, war, colours)
        else:
            for number, (column, name) in enumerate(COLUMNS.items()):
                draw_column(axes, rows[rows["column"] == column], number, name, war, colours)
        style.legend_below(axes, speaker_marks(colours), columns=form.choose(4, 2))

    support, alleged, denied = (by_column(report, column) for column in COLUMNS)
    days = (war.end - war.start).days
    return ReportFigure(
        title=(
            f"Pakistan's support was public from the {rank_in_words(support.first)} day of the war "
            f"of {war.start.year}; that its soldiers fought was alleged, denied and is not "
            "established"
        ),
        alt=(
            f"Three columns of dots down the {days} days from {war.display()}. Support: "
            f"{told(rows, 'support')}. Alleged: {told(rows, 'alleged')}. "
            f"Denied: {told(rows, 'denied')}."
        ),
        description=(
            f"{len(rows)} dated statements: {support.n} of support or thanks, "
            f"{alleged.n} allegations and {denied.n} denials, the first on day "
            f"{denied.first} and the last on day {denied.last} of the war. The colour and shape of "
            "a mark tell whose official or outlet spoke; a hollow mark has an approximate date or "
            "one of two days. One denial speaks of foreign fighters at large. The number of "
            "statements says nothing of their truth: no source seen offers evidence that can be "
            "checked."
        ),
        data=rows,
        source="claims of this report; each is listed with its source in the chronology.",
        figure=drawing,
    )


def told(rows: pd.DataFrame, column: str) -> str:
    """Return the statements of a column in words."""
    of_column = rows[rows["column"] == column]
    return "; ".join(
        f"{parse(row['date']).display()}, {VOICES[row['speaker']]} {row['statement']}"
        for _, row in of_column.iterrows()
    )


def draw_days(axes: Axes, war: Date) -> None:
    """Draw the days of the war down the page, with its first and last day and each week."""
    length = (war.end - war.start).days
    axes.set_xlim(-0.02, len(COLUMNS))
    axes.set_ylim(length + 0.8, -3.6)
    weeks = [*range(0, length - 3, 7), length]
    axes.set_yticks(weeks, [short(war.start + pd.Timedelta(days=int(n))) for n in weeks])
    for day in weeks:
        axes.axhline(day, color=style.RULE, lw=0.6, zorder=0.5)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def draw_column(
    axes: Axes,
    rows: pd.DataFrame,
    number: int,
    name: str,
    war: Date,
    colours: dict[str, str],
) -> None:
    """Draw one column: a line from the first to the last day of the war, a mark a statement."""
    length = (war.end - war.start).days
    middle = number + 0.05
    axes.plot([middle, middle], [0, length], color=style.MUTED, lw=0.8, zorder=1)
    axes.text(middle - 0.03, -2.1, name, fontsize=8.5, fontweight="semibold", va="center")
    free_from = -LINE_DAYS
    for _, row in rows.iterrows():
        when = parse(row["date"])
        day = middle_day(when, war)
        doubtful = closeness(row["date"]) != (0, False)
        draw_mark(axes, middle, day, row["speaker"], colours[row["speaker"]], doubtful)
        line = max(day, free_from)
        free_from = line + LINE_DAYS
        axes.text(
            middle + TEXT_AT, line, f"{short_days(when)}  {row['statement']}", fontsize=8,
            va="center", zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.9},
        )  # fmt: skip


def draw_lanes(axes: Axes, rows: pd.DataFrame, war: Date, colours: dict[str, str]) -> None:
    """Draw the columns as three lanes close together, and all words in one column beside them."""
    length = (war.end - war.start).days
    lanes = dict(zip(COLUMNS, LANES, strict=True))
    axes.set_xlim(-0.02, 1)
    for column, name in COLUMNS.items():
        axes.plot([lanes[column]] * 2, [0, length], color=style.MUTED, lw=0.8, zorder=1)
        axes.text(
            lanes[column], -0.8, name, rotation=50, fontsize=8, va="bottom", fontweight="semibold",
        )  # fmt: skip
    free_from = 0.0
    seen = rows.assign(day=[middle_day(parse(text), war) for text in rows["date"]])
    for _, row in seen.sort_values("day", kind="stable").iterrows():
        when, x = parse(row["date"]), lanes[row["column"]]
        doubtful = closeness(row["date"]) != (0, False)
        draw_mark(axes, x, row["day"], row["speaker"], colours[row["speaker"]], doubtful)
        line = max(row["day"], free_from)
        free_from = line + LANE_DAYS
        axes.plot([x, WORDS_AT - 0.02], [row["day"], line], color=style.RULE, lw=0.7, zorder=0.8)
        axes.text(
            WORDS_AT, line, f"{short_days(when)}  {row['statement']}", fontsize=8, va="center"
        )


def middle_day(when: Date, war: Date) -> float:
    """Return the middle of a date as a day of the war."""
    return ((when.start - war.start).days + (when.end - war.start).days) / 2


def draw_mark(axes: Axes, x: float, y: float, speaker: str, colour: str, doubtful: bool) -> None:
    """Draw one statement in the colour and shape of whose it is; hollow if not dated to a day."""
    axes.plot(
        x, y, MARKS[speaker], ms=6, mfc="white" if doubtful else colour, mec=colour, mew=1.2,
        zorder=4,
    )  # fmt: skip


def speaker_marks(colours: dict[str, str]) -> list[Line2D]:
    """Return the entries that explain whose statement a mark is."""
    entries = [
        Line2D([], [], ls="", marker=MARKS[s], ms=6, mfc=colours[s], mec=colours[s],
               label=voice)
        for s, voice in VOICES.items()
    ]  # fmt: skip
    hollow = Line2D([], [], ls="", marker="o", ms=6, mfc="white", mec=style.MUTED, mew=1.2,
                    label="day not certain")  # fmt: skip
    return [*entries, hollow]


def short(day: date) -> str:
    """Return a day as ``27 Sep``."""
    return f"{day.day} {short_month(day)}"


def short_days(when: Date) -> str:
    """Return a day as ``27 Sep``, one of two as ``2/3 Oct``, an approximate one ``~4 Oct``."""
    if when.end != when.start:
        return f"{when.start.day}/{short(when.end)}"
    return f"~{short(when.start)}" if when.approximate else short(when.start)
