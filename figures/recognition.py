"""The steps of recognition: the weeks of 1991 day by day, and what followed in the years after."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from azpak.dates import decimal_year, parse, short_month
from azpak.findings import recognition as found
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import decimal, rank_in_words, when

GAP = (found.PAKISTAN_EMBASSY, found.AZERBAIJAN_EMBASSY)  # one row: the time between them
BAR = 7  # points: height of a time that lasts
DAYS_AROUND = 6  # shown before the first and after the last of the weeks


@figure("recognition-sequence", "politics")
def recognition(report: Report, form: Form) -> ReportFigure:
    """Draw the sequence of recognition: states, embassies and what Pakistan withheld from Armenia.

    Returns
    -------
    ReportFigure
        Rows: event_id, date (EDTF), title, confidence, n_groups, n_contradictions.
    """
    rows = found.steps(report).reset_index()
    years = rows["date"].map(lambda text: parse(text).start.year)
    gap = found.embassy_gap(report)
    return ReportFigure(
        title=(
            f"Pakistan recognised Azerbaijan {when(report.date(found.PAKISTAN))}, "
            f"{rank_in_words(found.rank(report))} by date; its embassy opened "
            f"{gap:.1f} years before Azerbaijan's"
        ),
        alt=(
            f"Sequence of {len(rows)} dated steps from {years.min()} to {years.max()}: "
            + "; ".join(f"{r['title']}, {r['date_text']}" for _, r in rows.iterrows())
            + "."
        ),
        description=(
            "Above, the recognitions day by day, numbered in their order; below, by year, what "
            "followed. Round marks are days; a bar is a time that lasts. Full marks are of high "
            "confidence, half-tone medium, hollow low. "
            "The order of recognition follows the dates that were found; several "
            "texts say second or first, and the ruling on the rank says why the dates are "
            "preferred."
        ),
        data=rows[["event_id", "date", "title", "confidence", "n_groups", "n_contradictions"]],
        source="events of this report, with their claims and sources.",
        figure=_drawing(report, rows.set_index("event_id"), form),
    )


def _drawing(report: Report, rows: pd.DataFrame, form: Form) -> Figure:
    """Return the drawing: the days of the recognitions above, the years after them below."""
    last = report.day(found.PAKISTAN)
    early = rows[[parse(text).end <= last for text in rows["date"]]].sort_values("start")
    late = rows.drop(index=early.index)
    lasting = [parse(text).end - parse(text).start > timedelta(days=366) for text in late["date"]]
    others = [late[[not long for long in lasting]].drop(index=list(GAP)), late[lasting]]
    lanes = [*others[0].index, GAP, *others[1].index]
    between = form.choose(1.25, 1.45)  # lanes of the lower panel have a line of text more
    highs = [len(early), between * (len(lanes) - 1) + 1]
    with style.applied():
        drawing = style.new_figure(form.choose(0.34, 0.42) * sum(highs) + 1.4, form)
        days, after = drawing.subplots(2, 1, height_ratios=highs)
        _days(days, early, form)
        _years(after, rows, dict(zip(lanes, between * np.arange(len(lanes)), strict=True)),
               found.embassy_gap(report), form)  # fmt: skip
        for axes, high in zip((days, after), highs, strict=True):
            axes.set_ylim(-high + 0.4, form.choose(0.6, 0.9))
            axes.set_yticks([])
            style.light_grid(axes, "x")
            axes.spines["left"].set_visible(False)
    return drawing


def _days(axes: Axes, early: pd.DataFrame, form: Form) -> None:
    """Draw the steps of the weeks in which states recognised Azerbaijan, by day."""
    place = 0
    for level, (event, row) in enumerate(early.iterrows()):
        place += event in found.RECOGNISERS
        number = str(place) if event in found.RECOGNISERS else ""
        day = parse(row["date"]).start
        _mark(axes, day.toordinal(), -level, row["confidence"], number)
        late = level >= len(early) / 2
        _write(axes, day.toordinal(), -level, _said(event, row), late, form)
    first, last = (parse(early["date"].iloc[at]).start for at in (0, -1))
    around = timedelta(days=DAYS_AROUND)
    axes.set_xlim((first - around).toordinal(), (last + around).toordinal())
    starts = [date(first.year, month, 1) for month in range(first.month + 1, last.month + 1)]
    axes.set_xticks(
        [day.toordinal() for day in starts], [f"{d.day} {short_month(d)} {d.year}" for d in starts]
    )
    axes.set_title("Recognition, by day", pad=form.choose(6, 9))


def _years(axes: Axes, rows: pd.DataFrame, lanes: dict, gap: float, form: Form) -> None:
    """Draw what followed, by year: days, and times that last from end to end."""
    ends = [parse(text).end for text in rows["date"]]
    for lane, level in lanes.items():
        if lane == GAP:
            _gap(axes, rows, -level, gap, form)
            continue
        row, when_ = rows.loc[lane], parse(rows.at[lane, "date"])
        left, right = decimal_year(when_.start), decimal_year(when_.end + timedelta(days=1))
        if right - left > 1:
            look = style.CONFIDENCE[row["confidence"]]
            axes.plot([left, right], [-level] * 2, lw=BAR, color=look["facecolor"],
                      solid_capstyle="butt", zorder=3)  # fmt: skip
            text = _said(lane, row, "\n" if form.is_narrow else "  ")
            axes.annotate(text, (left, -level), (0, BAR), textcoords="offset points",
                          fontsize=form.choose(8.5, 8), va="bottom")  # fmt: skip
            continue
        _mark(axes, left, -level, row["confidence"])
        _write(axes, left, -level, _said(lane, row), False, form)
    axes.set_xlim(min(rows["start"]).year - 0.3, max(ends).year + 1.5)
    axes.set_xticks(range(*form.choose((1995, max(ends).year + 1, 5), (2000, max(ends).year, 10))))
    axes.set_title("Relations and embassies, by year", pad=form.choose(6, 9))


def _gap(axes: Axes, rows: pd.DataFrame, y: float, gap: float, form: Form) -> None:
    """Draw the two embassies on one row, and the years between them."""
    at = [decimal_year(parse(rows.at[event, "date"]).start) for event in GAP]
    axes.plot(at, [y, y], color=style.MUTED, lw=1.2, zorder=2)
    for event, x in zip(GAP, at, strict=True):
        _mark(axes, x, y, rows.at[event, "confidence"])
    years = f"{decimal(gap, 1, 'years')} years"
    said = "\n".join(_said(event, rows.loc[event]) for event in GAP)
    look = {"textcoords": "offset points", "fontsize": form.choose(8.5, 8)}
    if form.is_narrow:
        axes.annotate(said, (0, y), (0, 7), xycoords=axes.get_yaxis_transform(), va="bottom",
                      annotation_clip=False, **look)  # fmt: skip
        axes.annotate(years, (at[1], y), (7, 0), va="center", **look)
        return
    axes.annotate(said, (at[1], y), (8, 0), va="center", **look)
    axes.annotate(years, (sum(at) / 2, y), (0, 3.5), ha="center", color=style.MUTED, **look)


def _said(event: str, row: pd.Series, between: str = "  ") -> str:
    """Return date and step in a few words."""
    return f"{row['date_text']}{between}{found.STEPS[event]}"


def _mark(axes: Axes, x: float, y: float, confidence: str, number: str = "") -> None:
    """Draw a day, with its number in the order."""
    look = style.CONFIDENCE[confidence]
    axes.plot(x, y, "o", ms=11 if number else 6, mfc=look["facecolor"], mec=look["edgecolor"],
              zorder=4)  # fmt: skip
    if number:
        dark = look["facecolor"] == look["edgecolor"]
        axes.annotate(
            number, (x, y), (0, 0.5), textcoords="offset points", ha="center",
            va="center_baseline", color=style.GROUND if dark else style.INK, fontsize=8, zorder=5,
        )  # fmt: skip


def _write(axes: Axes, x: float, y: float, text: str, late: bool, form: Form) -> None:
    """Write what happened beside its mark, or on a narrow drawing above it."""
    if form.is_narrow:
        axes.text(
            0, y + 0.24, text, transform=axes.get_yaxis_transform(), va="bottom", fontsize=8,
        )  # fmt: skip
        return
    axes.annotate(
        text, (x, y), (-9 if late else 9, 0), textcoords="offset points", va="center",
        ha="right" if late else "left", fontsize=8.5, zorder=5,
    )  # fmt: skip
