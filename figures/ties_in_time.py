"""Two sets of ties side by side in time."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.dates import Date, decimal_year, parse
from azpak.figures import credits
from azpak.findings import ties, transfers
from azpak.findings.ties import LONGEST_POINT, SETS, SHOWN_FROM
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.report import Report
from azpak.text import listed

__all__ = ["ties_in_time"]

# Kinds, their marks, and how far above the line of a pair each stands.
KINDS = {
    "deal": ("arms order", "s", 0.27),
    "exercise": ("exercise", "^", 0.09),
    "agreement": ("agreement", "o", -0.09),
    "declaration": ("declaration", "D", -0.27),
}
TREATY = ("treaty in a data set", "x", 0.0)  # drawn beside the ties and not counted
LOOK = {**KINDS, "treaty": TREATY}
SURE = {True: style.INK, False: "white"}
WAR = "2020-karabakh-war"
WAR_AT = -1.35  # height at which the war's line is named, in a line that is empty there


@figure("ties-in-time")
def ties_in_time(report: Report) -> ReportFigure:
    """Draw the ties inside each set, pair by pair, on one axis of time.

    Returns
    -------
    ReportFigure
        Rows: set, states, kind, date (EDTF), certain, tie_id.
    """
    rows, treaties = ties.inside(report), ties.treaties(report)
    drawn = pd.concat([rows, treaties])
    last = max(parse(text).start for text in rows["date"]).year + 1.5
    one, other = (ties.of_set(report, name) for name in SETS)
    ends = ties.last_years(report)
    # The versions stand before the years that they cover.
    dcad, atop = report.sources.loc[["dcad_v1", "atop_51"], "vintage"].str.split().str[0]
    uncertain = int((~rows["certain"]).sum())
    return ReportFigure(
        title=(
            f"Treaties on security in data of others: Armenia and India {other.first_treaty}, "
            f"Azerbaijan and Pakistan {one.first_treaty}; first arms orders "
            f"{other.first_order} and {one.first_order}"
        ),
        alt=(
            f"Two panels of marks on one time axis, {SHOWN_FROM} to {int(last) - 1}. Above, "
            f"{one.n_ties} ties among {report.names_of(SETS['azerbaijan'])}, the first in "
            f"{one.first}; below, {other.n_ties} among "
            f"{report.names_of(SETS['armenia'])}, the first in {other.first}. "
            + " ".join(sentence(report, name) for name in SETS)
            + " The two numbers are not comparable: the material was gathered around the first."
        ),
        description=(
            "A tie stands once, on the line of the states of the set that it joins. Orders are "
            "those of the register and those gathered beside it, each deal once. A bar is a year "
            "or longer in which a tie is known to fall. Hollow marks, "
            f"{uncertain} of them, are alleged or unconfirmed. Crosses are treaties of the Defense "
            f"Cooperation Agreement Dataset, to {ends.agreements}, and bilateral treaties of the "
            f"Alliance Treaty Obligations and Provisions data, to {ends.alliances}; some are the "
            "acts of marks beside them. "
            "Exercises were gathered only where two of Azerbaijan, Pakistan and Türkiye are named."
        ),
        data=drawn.assign(states=drawn["states"].map(";".join))[
            ["set", "states", "kind", "date", "certain", "tie_id"]
        ],
        source=(
            f"events, transfers and exercises of this report; {credits.ARMS_TRANSFERS} (register "
            f"of {transfers.register_date(report).display()}; {credits.NOT_SIPRI}); "
            f"{credits.KINNE} {dcad}; ATOP {atop}."
        ),
        figure=draw_sets(report, drawn, last),
    )


def draw_sets(report: Report, drawn: pd.DataFrame, last: float) -> Figure:
    """Draw one panel for each set, with the lines on which it has a mark, and the war."""
    order = {
        name: [s for s in lines_of(states) if s in set(drawn["states"])]
        for name, states in SETS.items()
    }
    war = decimal_year(report.day(WAR))
    names = report.table("actors").set_index("actor_id")["short_name"]

    with style.applied():
        sizes = [len(lines) for lines in order.values()]
        figure = style.new_figure(0.62 * sum(sizes) + 1.15)
        panels = figure.subplots(len(order), 1, sharex=True, height_ratios=sizes)
        for axes, (name, lines) in zip(panels, order.items(), strict=True):
            draw_set(axes, drawn[drawn["set"] == name], lines, last, names)
            axes.axvline(war, color=style.MUTED, lw=0.9, ls=(0, (2, 2)), zorder=0)
            axes.set_title(f"Ties of {report.names_of(SETS[name])}")
        panels[-1].text(
            war - 0.3, WAR_AT, f"war of {report.day(WAR).year}", ha="right", va="center",
            fontsize=9, color=style.MUTED,
        )  # fmt: skip
        panels[-1].set_xlim(SHOWN_FROM - 0.3, last)
        panels[-1].legend(
            handles=marks(), loc="upper center", bbox_to_anchor=(0.42, -0.12), ncols=2, fontsize=9,
            columnspacing=1.2, handletextpad=0.5,
        )  # fmt: skip
    return figure


def lines_of(states: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the lines a set may have: each pair in order, then all pairs' larger companies."""
    pairs = [(a, b) for n, a in enumerate(states) for b in states[n + 1 :]]
    return [*pairs, states]


def sentence(report: Report, name: str) -> str:
    """Return the number of ties of one set by kind, and of its treaties."""
    rows = ties.inside(report)
    counts = rows.loc[rows["set"] == name, "kind"].value_counts()
    parts = [f"{counts.get(kind, 0)} of the kind {label}" for kind, (label, *_) in KINDS.items()]
    n = ties.of_set(report, name).n_treaties
    return (
        f"{report.names_of(SETS[name][:1])}'s set has {listed(parts)}, with {n} treaties in data "
        "sets."
    )


def draw_set(
    axes: Axes, rows: pd.DataFrame, lines: list[tuple[str, ...]], last: float, names: pd.Series
) -> None:
    """Draw one set: a line for each pair, marks above and below it by kind."""
    for level, states in enumerate(lines):
        axes.axhline(-level - 0.5, color=style.RULE, lw=0.6, zorder=0)
        for tie in rows[rows["states"] == states].itertuples():
            draw_tie(axes, parse(tie.date), -level + LOOK[tie.kind][2], tie.kind, tie.certain, last)
    axes.set_yticks([-level for level in range(len(lines))], [line_name(s, names) for s in lines])
    axes.set_ylim(0.5 - len(lines), 0.5)
    axes.tick_params(axis="both", length=0, labelsize=9)
    axes.grid(True, axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)


def line_name(states: tuple[str, ...], names: pd.Series) -> str:
    """Return what a line is called."""
    return f"{names[states[0]]}–\n{names[states[1]]}" if len(states) == 2 else "all three"


def draw_tie(axes: Axes, date: Date, y: float, kind: str, certain: bool, last: float) -> None:
    """Draw one tie: a mark, or a bar over the time in which it is known to lie."""
    start = decimal_year(date.start)
    ended = min(decimal_year(date.end), last) if date.end else start
    end = last if date.open_end else ended
    if date.open_end or (date.end and (date.end - date.start).days > LONGEST_POINT):
        axes.plot([start, end], [y, y], color=style.MUTED, lw=1.4, solid_capstyle="butt", zorder=1)
    axes.plot(
        (start + end) / 2, y, LOOK[kind][1], ms=4.6, mfc=SURE[certain], mec=style.INK, mew=0.8,
        alpha=0.8, zorder=2,
    )  # fmt: skip


def marks() -> list[Line2D]:
    """Return the legend."""
    look = {"ls": "", "ms": 5, "mec": style.INK}
    return [
        *(
            Line2D([], [], marker=mark, mfc=style.INK, label=label, **look)
            for label, mark, _ in LOOK.values()
        ),
        Line2D([], [], marker="o", mfc="white", label="alleged, unconfirmed", **look),
        Line2D([], [], color=style.MUTED, lw=1.4, label="known to the year only"),
    ]  # fmt: skip
