"""Visits and documents from 1995 to 2016: who went to whom, and what was signed."""

from __future__ import annotations

import textwrap
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from azpak.dates import Date, decimal_year, parse
from azpak.evidence.rules import LEVELS
from azpak.findings import visits
from azpak.findings.visits import DEFENCE, LEADER, OTHER
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report

COLUMNS = (
    "event_id", "date", "kind", "host", "level", "defence", "nature", "confidence", "title",
)  # fmt: skip
MARKERS = {LEADER: "s", DEFENCE: "o", OTHER: "D"}
SIDES = {"AZE": -1, "PAK": 1}  # host: the fuller side stands to the left, where reading starts
HEIGHT = (7.3, 12.0)  # inches of the wide and of the narrow form
FIRST, LAST = 1995, 2017  # years shown
LINE = (0.62, 0.66)  # years between two labels of each form, so that they do not touch
MARK = 0.2  # years between two marks, so that they do not cover each other
STEP = 0.06  # by how much the second of two close marks stands nearer to the spine
NEAR, FAR, LABEL = 0.16, 0.31, 0.39  # documents, visits and labels, from the spine


@figure("visits-and-documents", "politics")
def visits_and_documents(report: Report, form: Form) -> ReportFigure:
    """Draw who visited whom, year by year, with the documents signed between the two columns.

    Returns
    -------
    ReportFigure
        Rows: event_id, date (EDTF), kind (visit or document), host (ISO 3166-1 alpha-3, visits),
        level (visits), defence (documents), nature, confidence, title.
    """
    rows = pd.concat([visits.visits(report), visits.documents(report)])
    rows = rows.assign(middle=[middle(parse(text)) for text in rows["date"]])
    rows = rows.sort_values("middle", kind="stable")
    colours = style.state_colours(report)

    with style.applied():
        drawing = style.new_figure(form.choose(*HEIGHT), form)
        axes = drawing.subplots()
        draw_spine(axes, form)
        for host in SIDES:
            seen = rows[(rows["kind"] == "visit") & (rows["host"] == host)]
            draw_side(axes, seen, host, colours, form)
        draw_documents(axes, rows[rows["kind"] == "document"])
        style.legend_below(axes, legend_marks(), columns=form.choose(3, 2))

    return ReportFigure(
        **words(rows),
        data=rows[list(COLUMNS)],
        source="events of this report, with their claims and sources.",
        figure=drawing,
    )


def words(rows: pd.DataFrame) -> dict[str, str]:
    """Return title, alt text and description, computed from what is drawn."""
    seen = rows[rows["kind"] == "visit"]
    to = {host: seen[seen["host"] == host] for host in SIDES}
    leaders = {host: int((part["level"] == LEADER).sum()) for host, part in to.items()}
    papers = rows[rows["kind"] == "document"]
    about = int(papers["defence"].astype(bool).sum())
    doubtful = int((~seen["nature"].isin(["happened"])).sum())
    return {
        "title": (
            f"{len(to['AZE'])} of {len(seen)} recorded visits from {FIRST} to {LAST - 1} brought "
            f"Pakistanis to Azerbaijan, {len(to['PAK'])} went the other way"
        ),
        "alt": (
            f"Vertical time line from {FIRST} to {LAST - 1}. On the left, visits to Azerbaijan: "
            f"{visitors(to['AZE'])}. On the right, visits to Pakistan: {visitors(to['PAK'])}. "
            f"Between them {len(papers)} documents, {about} of them on defence."
        ),
        "description": (
            f"Of the visits to Azerbaijan {leaders['AZE']} were by a head of state or government, "
            f"of those to Pakistan {leaders['PAK']}; {doubtful} visits were announced or are "
            "reported only in later texts. Squares are heads of state or government, circles the "
            "defence ministries, forces and arms firms, diamonds others; triangles are documents. "
            "Full marks are of high confidence, half-tone medium, hollow low. A document dated to "
            "a year only stands in its middle. Many sources on visits are Azerbaijani and report "
            "guests received in Baku, so that journeys to Pakistan may be missing."
        ),
    }


def visitors(part: pd.DataFrame) -> str:
    """Return the visitors of one side with the years."""
    return ", ".join(f"{named(row)} {int(row['middle'])}" for _, row in part.iterrows())


def named(row: pd.Series) -> str:
    """Return the visitor, with a note where the visit is not established."""
    return row["label"] + {"announced": " (announced)", "alleged": " (said later)"}.get(
        row["nature"], ""
    )


def draw_spine(axes: Axes, form: Form) -> None:
    """Draw the line of time, from the top down, with a light rule for each fifth year."""
    axes.set_xlim(-1.16, 1.0)
    axes.set_ylim(LAST + 0.1, FIRST - 0.9)
    axes.set_yticks(range(FIRST, LAST, 5), [str(year) for year in range(FIRST, LAST, 5)])
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    style.light_grid(axes, "y")
    axes.plot([0, 0], [FIRST, LAST], color=style.MUTED, lw=0.8, zorder=1)
    heads = (
        (-LABEL, "right", form.choose("Pakistanis to Azerbaijan", "Pakistanis to\nAzerbaijan")),
        (LABEL, "left", form.choose("Azerbaijanis to Pakistan", "Azerbaijanis to\nPakistan")),
        (-0.025, "right", form.choose("other\ndocuments", "other\npapers")),
        (0.025, "left", "on\ndefence"),
    )  # fmt: skip
    for x, side, text in heads:
        own = abs(x) == LABEL
        axes.text(
            x, FIRST - 0.2, text, ha=side, va="bottom", linespacing=1.0,
            fontsize=8.5 if own else 7.5, fontweight="semibold" if own else "normal",
        )  # fmt: skip


def draw_side(
    axes: Axes, rows: pd.DataFrame, host: str, colours: dict[str, str], form: Form
) -> None:
    """Draw the visits to one state: marks at their time, labels as near as there is room."""
    side = SIDES[host]
    traveller = next(state for state in SIDES if state != host)
    colour = colours[traveller]
    heights = spread(rows["middle"].tolist(), form.choose(*LINE))
    before = float("-inf")
    for (_, row), y in zip(rows.iterrows(), heights, strict=True):
        close = row["middle"] - before < MARK
        before = row["middle"]
        at = side * (FAR - STEP * close)
        axes.plot([0, at], [row["middle"]] * 2, color=colour, lw=1.1, zorder=2)
        draw_mark(axes, at, row["middle"], MARKERS[row["level"]], row["confidence"])
        axes.plot(
            [at + side * 0.02, side * (LABEL - 0.015)], [row["middle"], y],
            color=style.MUTED, lw=0.5, zorder=1,
        )  # fmt: skip
        axes.text(
            side * LABEL, y, textwrap.fill(named(row), form.choose(99, 17)), va="center",
            fontsize=form.choose(8.2, 7.5), linespacing=1.0,
            ha="left" if side > 0 else "right",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip


def draw_documents(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw the documents next to the spine: defence to the right of it, others to the left."""
    for _, row in rows.iterrows():
        side = 1 if row["defence"] else -1
        draw_mark(axes, side * NEAR / 2, row["middle"], "^", row["confidence"], size=5.6)


def draw_mark(
    axes: Axes, x: float, y: float, marker: str, confidence: str, size: float = 5.2
) -> None:
    """Draw one mark; its fill tells the confidence."""
    look = style.CONFIDENCE[confidence]
    axes.plot(
        x, y, marker, ms=size, mfc=look["facecolor"], mec=look["edgecolor"], mew=0.8, zorder=4
    )


def legend_marks() -> list[Line2D]:
    """Return the entries that explain shapes and fills."""
    mark = partial(style.confidence_key, size=5, edge=0.8)
    shapes = [mark(marker, "high", level) for level, marker in MARKERS.items()]
    fills = [mark("o", level, f"{level} confidence") for level in LEVELS]
    return [*shapes, mark("^", "high", "document"), *fills]


def spread(heights: list[float], apart: float) -> list[float]:
    """Return label heights (from the top down), moved `apart` where they would touch."""
    return [max(y, FIRST) for y in style.apart(heights, apart)]


def middle(when: Date) -> float:
    """Return the middle of a date as a year with its fraction."""
    ends = [decimal_year(when.start), decimal_year(when.end or when.start)]
    return sum(ends) / 2
