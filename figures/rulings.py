"""The disputed points: of which kind each is, and how sure its ruling."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.evidence.rules import LEVELS
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.vocabulary import DISPUTED

OPEN = {"marker": "x", "ms": 5.2, "mew": 1.3, "color": "#a3431f"}
LINE = 14  # marks in a line of a narrow drawing


@figure("disputed-points", "evidence")
def disputed_points(report: Report, form: Form) -> ReportFigure:
    """Draw a mark for each ruling, by kind: settled ones by their certainty, and open ones.

    Returns
    -------
    ReportFigure
        Rows: ruling_id, kind, resolution, certainty, question.
    """
    rows = ordered(report)
    counts = pd.crosstab(rows["kind"], rows["resolution"])
    settled, left = (int(counts[name].sum()) for name in ("preferred", "unresolved"))
    most = counts["unresolved"].idxmax()
    sure = int(((rows["resolution"] == "preferred") & (rows["certainty"] == LEVELS[0])).sum())
    return ReportFigure(
        title=(
            f"{settled} of {len(rows)} disputed points are decided, {sure} of them with high "
            f"certainty; of {left} open ones {counts.at[most, 'unresolved']} are about "
            f"{DISPUTED[most].lower()}"
        ),
        alt=(
            f"{len(rows)} marks, one for each ruling, in rows by what is disputed: "
            + "; ".join(
                f"{DISPUTED[kind].lower()} {counts.at[kind, 'preferred']} decided and "
                f"{counts.at[kind, 'unresolved']} open"
                for kind in rows["kind"].drop_duplicates()
            )
            + "."
        ),
        description=(
            "A round mark is a ruling that prefers a reading: full if its certainty is high, "
            "half-tone if medium, hollow if low. A cross is a question left open. Rows stand in "
            "the order of their length. The certainty is a judgement of the editors and is told "
            "with its reason in the ledger."
        ),
        data=rows,
        source="rulings of this report.",
        figure=draw(rows, form),
    )


def ordered(report: Report) -> pd.DataFrame:
    """Return the rulings in the order of their marks: kinds by number, within them by certainty."""
    columns = ["ruling_id", "kind", "resolution", "certainty", "question"]
    rows = report.table("rulings")[columns]
    number = rows["kind"].map(rows["kind"].value_counts())
    place = rows["certainty"].map(list(LEVELS).index).where(rows["resolution"] == "preferred", 9)
    order = rows["kind"].map(list(DISPUTED).index)
    return (
        rows.assign(number=-number, order=order, place=place)
        .sort_values(["number", "order", "place"], kind="stable", ignore_index=True)
        .drop(columns=["number", "order", "place"])
    )


def draw(rows: pd.DataFrame, form: Form) -> Figure:
    """Draw a row of marks for each kind; on a narrow drawing it may take several lines."""
    kinds = dict.fromkeys(rows["kind"])
    wrap = form.choose(len(rows), LINE)
    heights, y = {}, 0.0
    for kind in kinds:
        heights[kind] = -y
        lines = -(-(rows["kind"] == kind).sum() // wrap)
        y += form.choose(1.0, 1.35 + 0.7 * lines)
    with style.applied():
        drawing = style.new_figure(form.choose(0.27, 0.185) * y + 0.75, form)
        axes = drawing.subplots()
        for kind, at in heights.items():
            draw_kind(axes, rows[rows["kind"] == kind], at, wrap)
        names = {at: DISPUTED[kind] for kind, at in heights.items()}
        style.name_rows(axes, names, form, lift=0.45)
        axes.set_xlim(-0.6, form.choose(rows["kind"].value_counts().max() + 1.5, LINE + 1.5))
        axes.set_ylim(form.choose(-y + 0.4, -y + 1.0), form.choose(0.6, 1.3))
        axes.set_xticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        style.legend_below(axes, key(), columns=form.choose(4, 2))
    return drawing


def draw_kind(axes: Axes, rows: pd.DataFrame, at: float, wrap: int) -> None:
    """Draw the marks of one kind, and their number at the end."""
    for n, row in enumerate(rows.itertuples()):
        x, y = n % wrap, at - 0.7 * (n // wrap)
        if row.resolution == "unresolved":
            axes.plot(x, y, ls="", **OPEN)
            continue
        look = style.CONFIDENCE[row.certainty]
        axes.plot(x, y, "o", ms=6, mfc=look["facecolor"], mec=look["edgecolor"], mew=0.9)
    last = len(rows) - 1
    axes.text(
        last % wrap + 0.75, at - 0.7 * (last // wrap), f"{len(rows)}", va="center",
        fontsize=8.5, color=style.MUTED,
    )  # fmt: skip


def key() -> list[Line2D]:
    """Return the legend."""
    settled = [
        style.confidence_key("o", level, f"decided, {level} certainty", size=6, edge=0.9)
        for level in LEVELS
    ]
    return [*settled, Line2D([], [], ls="", label="left open", **OPEN)]
