"""Figures on the years from 2024 on: the life of the promised investment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from azpak.dates import decimal_year, parse
from azpak.evidence import Evidence
from azpak.text import listed
from azpak.output import style
from azpak.output.figure import ReportFigure

AMOUNT_TOPIC = "aze-investment-pakistan-pledge"


@dataclass(frozen=True)
class Step:
    """One statement on the investment.

    Attributes
    ----------
    label
        What was said, in a few words; ``{amount}`` and ``{expected}`` are filled from the data.
    event_id
        The event to which the statement belongs.
    expects
        Claim that names the month in which signing was expected, if one does.
    said_by
        Source whose date is the day of the statement, where that is not the day of the event.
    """

    label: str
    event_id: str
    expects: str = ""
    said_by: str = ""


STEPS = (
    Step("{amount} named; signing hoped for in {expected}", "2024-aliyev-visit-islamabad",
         "c-2024-aliyev-visit-islamabad-07"),
    Step("a minister expects signing in {expected}", "2025-sharif-visit-baku",
         "c-2025-sharif-visit-baku-06", "profit2025aleem"),
    Step("leaders name {expected} for signing", "2025-sharif-visit-baku",
         "c-2025-sharif-visit-baku-05"),
    Step("{amount} repeated at the summit", "2025-lachin-trilateral-summit"),
    Step("document signed; final text to follow", "2025-eco-khankendi-investment"),
    Step("Pakistan proposes a joint company again", "2025-jabbarov-sharif"),
    Step("mechanism to be finalised", "2026-dar-jabbarov-call"),
    Step("Pakistan: agreement not yet final", "2026-khalafov-sharif"),
)  # fmt: skip
SIGNED = "2025-eco-khankendi-investment"  # the one step at which a text was signed
SPAN = (2024.45, 2026.45)  # years shown
TEXT_LEFT_FROM = 2025.3  # later statements carry their text on the left
HALF_BAR = 0.17


def investment_promise() -> ReportFigure:
    """Draw each statement on the Azerbaijani investment in Pakistan, and when signing was due.

    Returns
    -------
    ReportFigure
        Rows: event_id, said (EDTF), expected (EDTF month or empty), step, source_ids.
    """
    rows = steps()
    amount = pledged(Evidence.load())
    due = [parse(text).display() for text in rows["expected"] if text]
    last = parse(rows["said"].iloc[-1])
    with style.applied():
        figure = style.new_figure(0.34 * len(rows) + 1.05)
        axes = figure.subplots()
        for level, row in rows.iterrows():
            draw_step(axes, row, -level)
        axes.set_xlim(*SPAN)
        axes.set_ylim(-len(rows) + 0.4, 0.6)
        axes.set_xticks([2024.5, 2025, 2025.5, 2026], ["July 2024", "2025", "July 2025", "2026"])
        axes.set_yticks([])
        style.light_grid(axes, "x")
        axes.spines["left"].set_visible(False)
        axes.legend(
            handles=legend_marks(), loc="upper center", bbox_to_anchor=(0.5, -0.09), ncols=3,
            fontsize=8, columnspacing=1.2, handletextpad=0.5,
        )  # fmt: skip

    return ReportFigure(
        id="investment-promise",
        title=(
            f"Signing of the {amount} investment was expected in {listed(due)}; "
            f"on {last.display()} it was pending"
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
        figure=figure,
    )


def steps() -> pd.DataFrame:
    """Return the statements in order of time, with the month that each of them named.

    Raises
    ------
    ValueError
        If an event of the list is not active, or a claim names no month.
    """
    evidence = Evidence.load()
    events = evidence.event_table()
    claims = evidence.claims
    amount = pledged(evidence)
    rows = []
    for step in STEPS:
        if step.event_id not in events.index:
            raise ValueError(f"figure investment-promise: no active event {step.event_id}")
        event = events.loc[step.event_id]
        expected = claims.at[step.expects, "value_edtf"] if step.expects else ""
        if step.expects and not expected:
            raise ValueError(f"figure investment-promise: claim {step.expects} names no month")
        said = evidence.sources.at[step.said_by, "date"] if step.said_by else event["date"]
        month = parse(expected).display() if expected else ""
        rows.append(
            {
                "event_id": step.event_id,
                "said": said,
                "expected": expected,
                "step": step.label.format(amount=amount, expected=month),
                "source_ids": step.said_by or ";".join(event["source_ids"]),
            }
        )
    frame = pd.DataFrame(rows)
    order = [parse(text).sort_key for text in frame["said"]]
    return frame.loc[sorted(frame.index, key=order.__getitem__)].reset_index(drop=True)


def pledged(evidence: Evidence) -> str:
    """Return the amount that the claims name, such as ``$2 billion``.

    Raises
    ------
    ValueError
        If the claims name more than one amount.
    """
    amounts = evidence.claims.loc[evidence.claims["topic"] == AMOUNT_TOPIC, "value_low"].dropna()
    if amounts.nunique() != 1:
        raise ValueError(f"figure investment-promise: {amounts.nunique()} amounts, not one")
    return f"${amounts.iloc[0] / 1e9:g} billion"


def draw_step(axes: Axes, row: pd.Series, y: float) -> None:
    """Draw one statement: mark, the month it named, and its words on one line."""
    said = decimal_year(last_day(row["said"]))
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
    late = said > TEXT_LEFT_FROM
    axes.text(
        said - 0.035 if late else max(said, right) + 0.035, y,
        f"{parse(row['said']).display()}  {row['step']}",
        va="center", ha="right" if late else "left", fontsize=8.5, zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
    )  # fmt: skip


def last_day(text: str) -> date:
    """Return the last day of a dated statement: words on a visit of two days fall at its end."""
    return parse(text).end


def legend_marks() -> list:
    """Return the entries that explain the marks."""
    return [
        Line2D([], [], ls="", marker="o", ms=5, color=style.INK, label="statement"),
        Line2D([], [], ls="", marker="s", ms=5, color=style.INK, label="document signed"),
        Patch(facecolor=style.NO_DATA, edgecolor=style.INK, label="month expected for signing"),
    ]
