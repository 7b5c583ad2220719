"""How far each gathered arms deal got: from a report to a delivery."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.evidence.rules import LEVELS
from azpak.figures.orders import SHORT_SYSTEM as OF_VALUES
from azpak.findings import stages
from azpak.findings.stages import STAGES
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words, listed

# Supplier and recipient of each panel: the pair of the report, the pair it is set beside, others.
SHORT_SYSTEM = OF_VALUES | {
    "ind-arm-pinaka-2022": "Pinaka launchers",
    "pak-aze-gids-equipment-2017": "Helmets, smoke munitions",
    "isr-aze-optsat-2023": "Two satellites",
    "pak-aze-super-mushshak-2017": "Super Mushshak trainers",
    "pak-aze-jf17-block3-2024": "JF-17 fighters",
}
PANELS = (("PAK", "AZE"), ("IND", "ARM"), ("FRA", "ARM"), ("ISR", "AZE"))


@figure("deals-by-stage", "arms")
def deals_by_stage(report: Report, form: Form) -> ReportFigure:
    """Draw each gathered arms deal on the way from a report to a delivery.

    Returns
    -------
    ReportFigure
        Rows: transfer_id, supplier, recipient, system, order_date (EDTF), order_year, status,
        stage (0 to 4), confidence.
    """
    rows, names = stages.deals(report), report.names()
    pakistani, indian = (stages.reached(report, *pair) for pair in PANELS[:2])
    return ReportFigure(
        title=(
            f"A delivery is recorded as begun in {count_in_words(pakistani.begun)} of Pakistan's "
            f"{count_in_words(pakistani.all)} arms deals with Azerbaijan, in "
            f"{count_in_words(indian.begun)} of India's {count_in_words(indian.all)} with Armenia"
        ),
        alt=(
            f"{len(rows)} arms deals as tracks of {count_in_words(len(STAGES))} steps: "
            f"{listed(list(STAGES.values()))}. "
            + " ".join(panel_in_words(rows, names, *pair) for pair in PANELS)
        ),
        description=(
            "A deal stands on the last step to which its sources carry it. Reported: the deal "
            "itself is not established. Ordered: the order is. Delivery claimed: a delivery is "
            "claimed or estimated, but no report of one is beyond doubt. The mark at the end "
            "tells how sure the row is; beside the name stands the year of the order or of its "
            "first report. Rows that another replaces are left out; the order of Konkurs missiles "
            "is part of the Pinaka package, and the JF-17 contract part of the order reported as "
            "raised."
        ),
        data=rows,
        source="transfers of this report, with the sources of each row.",
        figure=draw(report, rows, form),
    )


def panel_in_words(
    rows: pd.DataFrame, names: pd.Series, supplier: str, recipient: str
) -> str:  # fmt: skip
    """Return the deals of a panel as the alternative text has them."""
    part = rows[(rows["supplier"] == supplier) & (rows["recipient"] == recipient)]
    said = "; ".join(
        f"{SHORT_SYSTEM[r.transfer_id]}, {STAGES[r.status]}" for r in part.itertuples()
    )
    return f"{names[supplier]} to {names[recipient]}: {said}."


def draw(report: Report, rows: pd.DataFrame, form: Form) -> Figure:
    """Draw a panel for each pair of states, the steps named above the first."""
    names, colours = report.names(), style.state_colours(report)
    parts = [rows[(rows["supplier"] == s) & (rows["recipient"] == r)] for s, r in PANELS]
    room = [len(part) + 1.0 for part in parts]
    with style.applied():
        drawing = style.new_figure(form.choose(0.235, 0.4) * sum(room) + 0.9, form)
        panels = drawing.subplots(len(parts), 1, sharex=True, height_ratios=room)
        for axes, part, (supplier, recipient) in zip(panels, parts, PANELS, strict=True):
            for level, row in enumerate(part.itertuples()):
                draw_track(axes, row, -level, colours[supplier])
            labels = [named(row) for row in part.itertuples()]
            style.name_rows(axes, {-n: text for n, text in enumerate(labels)}, form, lift=0.22)
            axes.set_title(f"{names[supplier]} to {names[recipient]}")
            axes.set_ylim(0.6 - len(part), form.choose(0.6, 0.85))
            axes.set_xlim(-0.35, len(STAGES) - 0.65)
            axes.tick_params(axis="x", length=0)
            axes.grid(True, axis="x")
            axes.spines[["left", "bottom"]].set_visible(False)
        name_steps(panels[0], panels[-1], form)
        style.legend_below(panels[0], key(), columns=form.choose(4, 2))
    return drawing


def named(row: tuple) -> str:
    """Return the name of a deal with the year of its order."""
    return f"{SHORT_SYSTEM[row.transfer_id]}, {row.order_year or 'undated'}"


def name_steps(first: Axes, last: Axes, form: Form) -> None:
    """Name the steps above the first panel and below the last."""
    words = [text.replace(" ", form.choose(" ", "\n")) for text in STAGES.values()]
    last.set_xticks(range(len(STAGES)), words, fontsize=form.choose(8.5, 7.5))
    first.tick_params(axis="x", labeltop=True)


def draw_track(axes: Axes, row: tuple, y: float, colour: str) -> None:
    """Draw the way of one deal: all steps faint, those it took in the colour of the supplier."""
    axes.plot([0, len(STAGES) - 1], [y, y], color=style.RULE, lw=1, zorder=1)
    axes.plot([0, row.stage], [y, y], color=colour, lw=3, solid_capstyle="butt", zorder=2)
    look = style.CONFIDENCE[row.confidence]
    axes.plot(
        row.stage, y, "o", ms=7, mfc=look["facecolor"], mec=look["edgecolor"], mew=0.9, zorder=3
    )


def key() -> list[Line2D]:
    """Return the legend: how sure the row of a deal is."""
    mark = partial(style.confidence_key, "o", size=6, edge=0.9)
    return [mark(level, f"{level} confidence") for level in LEVELS]
