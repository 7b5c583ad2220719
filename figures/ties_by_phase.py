"""The network of ties by phase, and how far the arms orders of each side stay in its set."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from azpak.figures import credits
from azpak.findings import closure, suppliers, ties, transfers
from azpak.findings.chronology import periods
from azpak.findings.closure import AFTER_THE_WAR
from azpak.findings.ties import OTHERS, SETS
from azpak.measures import LEVEL
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.report import Report
from azpak.text import count_in_words, listed

__all__ = ["network_by_phase", "orders_closure"]

# Places by hand, roughly as on a map, so that lines between neighbours keep apart; and where the
# name stands: to which side of the mark, and above or below it.
PLACES = {
    "RUS": (4.2, 4.4, "right", "middle"), "FRA": (0.5, 3.6, "middle", "above"),
    "GRC": (0.5, 2.1, "middle", "below"), "TUR": (2.8, 1.7, "left", "below"),
    "ARM": (4.7, 2.9, "left", "above"), "AZE": (6.6, 2.7, "right", "above"),
    "ISR": (2.2, 0.0, "left", "middle"), "IRN": (5.4, 0.7, "middle", "below"),
    "PAK": (8.1, 1.4, "right", "middle"), "IND": (8.8, -0.2, "right", "middle"),
}  # fmt: skip
SIDE = {"left": (-6, "right"), "middle": (0, "center"), "right": (6, "left")}
HEIGHT = {"above": (5, "bottom"), "middle": (0, "center"), "below": (-5, "top")}
# Of each strand a colour and a dash, and how far beside the straight line it is drawn.
LOOK = {
    "arms orders": (style.INK, "-", 0.0),
    "exercises": ("#0485a6", (0, (1, 1)), 0.13),
    "agreements, declarations": ("#cb862f", (0, (3, 1.2)), -0.13),
}
WIDTHS = (1.0, 0.55)  # points of the thinnest line, and more for each root of a tie
SOURCE = (
    f"events, transfers and exercises of this report; {credits.ARMS_TRANSFERS} (register of {{}}); "
    f"{credits.NOT_SIPRI}."
)


@figure("network-by-phase")
def network_by_phase(report: Report) -> ReportFigure:
    """Draw the ties between ten states in each phase, at fixed places.

    Returns
    -------
    ReportFigure
        Rows: phase, a, b, strand, ties: how many join the two states.
    """
    rows = ties.strands(report)
    order = periods(report)
    names = report.table("actors").set_index("actor_id")["short_name"]
    with style.applied():
        figure = style.new_figure(6.9, layout="none")
        figure.subplots_adjust(left=0, right=1, bottom=0.05, top=0.97, wspace=0.03, hspace=0.14)
        panels = figure.subplots(-(-len(order) // 2), 2)
        for axes, phase in zip(panels.flat, order.itertuples(), strict=False):
            draw_network(axes, rows[rows["phase"] == phase.phase_id], names)
            axes.set_title(f"{phase.name}, {years_of(report, phase.phase_id)}", fontsize=9.5)
        panels[-1, 0].legend(
            handles=[
                Line2D([], [], color=colour, ls=dash, lw=2, label=name)
                for name, (colour, dash, _) in LOOK.items()
            ],
            loc="lower center", bbox_to_anchor=(0.5, 0), bbox_transform=figure.transFigure,
            ncols=3, fontsize=9, columnspacing=1.4,
        )  # fmt: skip

    counted, across = closure.by_phase(report), closure.across(report)
    return ReportFigure(
        title=(
            f"Since {across.since}, {count_in_words(across.now)} of {across.n_now} links gathered "
            "here cross from one set to the other; before, "
            f"{count_in_words(across.before)} of {across.n_before} did, in a sample made around "
            "one set"
        ),
        alt=(
            f"{len(order)} small networks of ten states at the same places, one for each phase. "
            + " ".join(
                f"{phase.name}: {counted[phase.phase_id].inside} links inside the two sets, "
                f"{counted[phase.phase_id].across} across, {counted[phase.phase_id].outside} with "
                f"{report.names_of(OTHERS)}{thickest(report, phase.phase_id)}."
                for phase in order.itertuples()
            )
        ),
        description=(
            f"The sets are {report.names_of(SETS['azerbaijan'])} (full marks) and "
            f"{report.names_of(SETS['armenia'])} (hollow marks); {report.names_of(OTHERS)} (grey) "
            "belong to neither. A line joins two states; its width grows with the root of the "
            "number of ties, its dash and colour tell the kind. A tie of three states makes three "
            "links. "
            "Alleged and unconfirmed ties are left out. A date known to the year falls in the "
            "phase of its middle. Orders among other pairs, such as India's from Russia, are in "
            "no table here, and exercises were gathered only where two of Azerbaijan, Pakistan and "
            "Türkiye are named: what is not drawn may exist."
        ),
        data=rows,
        source=SOURCE.format(transfers.register_date(report).display()),
        figure=figure,
    )


def years_of(report: Report, phase_id: str) -> str:
    """Return the years of a phase, such as 2017–2020."""
    first, last = ties.years_of(report, phase_id)
    return f"{first} on" if last is None else f"{first}–{last}"


def thickest(report: Report, phase: str) -> str:
    """Return the pair with the most ties in a phase, as a clause."""
    rows = ties.strands(report)
    sums = rows[rows["phase"] == phase].groupby(["a", "b"])["ties"].sum()
    pair = sums.idxmax()
    return f", most between {report.names_of(pair)} ({sums.max()})"


def draw_network(axes: Axes, rows: pd.DataFrame, names: pd.Series) -> None:
    """Draw one phase: lines first, then the states and their names."""
    for row in rows.itertuples():
        draw_strand(axes, row, *LOOK[row.strand])
    tied = {*rows["a"], *rows["b"]}
    for state, (x, y, side, height) in PLACES.items():
        mark = style.INK if state in SETS["azerbaijan"] else "white"
        axes.plot(x, y, "o", ms=6, mfc=style.RULE if state in OTHERS else mark, mec=style.INK,
                  mew=0.9, zorder=3)  # fmt: skip
        (right, ha), (up, va) = SIDE[side], HEIGHT[height]
        axes.annotate(
            names[state], (x, y), (right, up), textcoords="offset points", ha=ha, va=va, fontsize=9,
            color=style.INK if state in tied else style.MUTED, zorder=4,
            path_effects=[withStroke(linewidth=2.2, foreground="white")],
        )  # fmt: skip
    axes.set_xlim(-0.8, 10.6)
    axes.set_ylim(-0.8, 4.9)
    axes.set_axis_off()


def draw_strand(axes: Axes, row: tuple, colour: str, dash: object, aside: float) -> None:
    """Draw the ties of one strand between two states, beside the straight line."""
    start, end = (np.array(PLACES[state][:2]) for state in (row.a, row.b))
    across = np.array([start[1] - end[1], end[0] - start[0]])
    shift = aside * across / np.hypot(*across)
    thin, more = WIDTHS
    (x0, y0), (x1, y1) = start + shift, end + shift
    axes.plot([x0, x1], [y0, y1], color=colour, ls=dash, lw=thin + more * row.ties**0.5, zorder=2,
              solid_capstyle="butt", dash_capstyle="butt")  # fmt: skip


@figure("orders-closure")
def orders_closure(report: Report) -> ReportFigure:
    """Draw how far the arms orders of Azerbaijan and of Armenia stay inside their sets, by phase.

    Returns
    -------
    ReportFigure
        Rows: set, recipient, phase, orders, inside, index (E-I), low, high (exact bounds),
        without_low, without_high (one supplier left out).
    """
    rows = closure.order_rows(report)
    order = periods(report)
    names = report.names()
    table = rows.set_index(["recipient", "phase"])
    war, (_, last) = report.day("2020-karabakh-war").year, suppliers.years(report, "AZE")
    after = {recipient: table.loc[(recipient, AFTER_THE_WAR)] for recipient in ("AZE", "ARM")}
    return ReportFigure(
        title=(
            f"In the phase that the war of {war} opens {after['ARM']['inside']} of "
            f"{after['ARM']['orders']} registered orders of Armenia stay in its set, "
            f"{after['AZE']['inside']} of {after['AZE']['orders']} of Azerbaijan's"
        ),
        alt=(
            "Two panels of dots with lines, one dot for each phase: the E-I index of the arms "
            "orders in the register, from -1, all from the own set, to 1, all from outside. "
            + " ".join(
                f"{names[recipient]}: "
                + listed(
                    f"{phase.name} {table.at[(recipient, phase.phase_id), 'inside']} of "
                    f"{table.at[(recipient, phase.phase_id), 'orders']} inside"
                    for phase in order.itertuples()
                )
                + "."
                for recipient in ("AZE", "ARM")
            )
        ),
        description=(
            "The E-I index is the number of orders from outside the set less that from inside, "
            "over both. The sets are those of the network above. Lines are "
            f"exact bounds of {LEVEL:.0%} for the share of a phase's orders. The register "
            "dates an order by its year, here put into the phase of the middle of that year, often "
            f"as an estimate, and ends with {last}. Lines that one gathered deal joins, a system "
            "and its missiles, are one order; others are orders of their own. France and Greece "
            "came into the set because of such "
            "ties, so that a low index is in part a matter of how the set was drawn."
        ),
        data=rows,
        source=(
            f"{credits.ARMS_TRANSFERS} (register of {transfers.register_date(report).display()}); "
            f"deals by year of order; {credits.NOT_SIPRI}."
        ),
        figure=draw_recipients(report, rows, order),
    )  # fmt: skip


def draw_recipients(report: Report, rows: pd.DataFrame, order: pd.DataFrame) -> Figure:
    """Draw one panel for each recipient, with a line for each phase in `order`."""
    names = report.names()
    with style.applied():
        figure = style.new_figure(0.42 * len(order) + 1.25)
        panels = figure.subplots(1, len(SETS), sharey=True)
        for axes, (name, states) in zip(panels, SETS.items(), strict=True):
            draw_closure(axes, rows[rows["set"] == name], order)
            axes.set_title(f"Orders of {names[states[0]]}")
            axes.set_xlim(-1.12, 1.12)
            axes.set_xticks([-1, 0, 1], ["−1\ninside", "0", "1\noutside"])
        panels[0].set_yticks(
            [-level for level in range(len(order))],
            [f"{phase.name}\n{years_of(report, phase.phase_id)}" for phase in order.itertuples()],
        )
        for axes in panels:
            axes.set_ylim(0.55 - len(order), 0.55)
            axes.tick_params(labelsize=9)
    return figure


def draw_closure(axes: Axes, rows: pd.DataFrame, order: pd.DataFrame) -> None:
    """Draw one recipient: dot, bounds and the number of orders inside of all."""
    by_phase = rows.set_index("phase")
    for level, phase in enumerate(order["phase_id"]):
        row = by_phase.loc[phase]
        if not row["orders"]:
            axes.text(0, -level, "no order", ha="center", va="center", color=style.MUTED)
            continue
        axes.plot([row["low"], row["high"]], [-level, -level], color=style.MUTED, lw=1.6)
        axes.plot(row["index"], -level, "o", ms=6, color=style.INK)
        right = row["index"] < 0.5
        axes.annotate(
            f"{row['inside']:.0f} of {row['orders']:.0f}", (row["index"], -level), (0, 7),
            textcoords="offset points", ha="left" if right and row["index"] < -0.5 else
            "right" if not right else "center", fontsize=9,
        )  # fmt: skip
    style.light_grid(axes, "x")
    axes.spines["left"].set_visible(False)
