"""Two sets of ties side by side in time, and the list of ties that other figures draw."""

from __future__ import annotations

from functools import cache

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from azpak import tables
from azpak.dates import Date, decimal_year, parse
from azpak.measures.ties import ties_of
from azpak.text import listed, names_of
from azpak.output import style
from azpak.output.figure import ReportFigure

# Two sets as authors speak of axes or blocs; the second joins all that one or another puts beside
# Armenia.
# The states are in the order in which they are written.
SETS = {
    "azerbaijan": ("AZE", "PAK", "TUR"),
    "armenia": ("ARM", "IND", "FRA", "GRC", "IRN"),
}
MEMBERS = tuple(state for states in SETS.values() for state in states)
SET_OF = {state: name for name, states in SETS.items() for state in states}
OTHERS = ("RUS", "ISR")  # the largest suppliers of the two recipients, in neither set

# Acts by which two states of the sets established relations: documents signed or exchanged.
RELATIONS = ("1992-diplomatic-relations", "2025-armenia-pakistan-relations")

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
LONGEST_POINT = 62  # days; what is known no closer, or lasts longer, is drawn as a bar
WAR_AT = -1.35  # height at which the war's line is named, in a line that is empty there
SHOWN_FROM = 1991  # the first year of the axis: that of Azerbaijan's independence


@cache
def gathered_ties() -> pd.DataFrame:
    """Return the ties between states of the sets and the largest other suppliers, each once.

    Returns
    -------
    pandas.DataFrame
        The columns of `azpak.measures.ties_of`, with ``inside``, the states that belong to a set,
        and ``phase``, missing for a tie without a date or before the first phase.
    """
    names = ("events", "claims", "transfers", "exercises", "arms_deals")
    ties = ties_of(*(tables.load(name) for name in names), RELATIONS)
    members = ties["states"].map(lambda states: tuple(s for s in MEMBERS if s in states))
    drawn = ties["states"].map(lambda states: sum(s in (*MEMBERS, *OTHERS) for s in states) > 1)
    return ties.assign(inside=members, phase=ties["date"].map(phase_of))[drawn]


@cache
def phases() -> pd.DataFrame:
    """Return the phases that follow one another, in order, with ``phase_id``, name and start."""
    rows = tables.load("phases")
    return rows[rows["kind"] == "period"].sort_values("position").reset_index(drop=True)


def phase_of(text: str | None) -> str | None:
    """Return the phase in which the middle of a date lies; None before the first, or undated."""
    if pd.isna(text):
        return None
    date = parse(text)
    middle = date.start + (date.end - date.start) / 2 if date.end else date.start
    begun = [row.phase_id for row in phases().itertuples() if parse(row.start).start <= middle]
    return begun[-1] if begun else None


def ties_in_time() -> ReportFigure:
    """Draw the ties inside each set, pair by pair, on one axis of time.

    Returns
    -------
    ReportFigure
        Rows: set, states, kind, date (EDTF), certain, tie_id.
    """
    rows, treaties = inside_ties(), treaty_records()
    drawn = pd.concat([rows, treaties])
    order = {
        name: [s for s in lines_of(states) if s in set(drawn["states"])]
        for name, states in SETS.items()
    }
    last = max(parse(text).start for text in rows["date"]).year + 1.5
    war = parse(tables.load("events").set_index("event_id").at["2020-karabakh-war", "date"]).start

    with style.applied():
        sizes = [len(lines) for lines in order.values()]
        figure = style.new_figure(0.62 * sum(sizes) + 1.15)
        panels = figure.subplots(len(order), 1, sharex=True, height_ratios=sizes)
        for axes, (name, lines) in zip(panels, order.items(), strict=True):
            draw_set(axes, drawn[drawn["set"] == name], lines, last)
            axes.axvline(decimal_year(war), color=style.MUTED, lw=0.9, ls=(0, (2, 2)), zorder=0)
            axes.set_title(f"Ties of {names_of(SETS[name])}")
        panels[-1].text(
            decimal_year(war) - 0.3, WAR_AT, "war of 2020", ha="right", va="center", fontsize=9,
            color=style.MUTED,
        )  # fmt: skip
        panels[-1].set_xlim(SHOWN_FROM - 0.3, last)
        panels[-1].legend(
            handles=marks(), loc="upper center", bbox_to_anchor=(0.42, -0.12), ncols=2, fontsize=9,
            columnspacing=1.2, handletextpad=0.5,
        )  # fmt: skip

    counts = rows["set"].value_counts()
    first = {name: parse(rows.loc[rows["set"] == name, "date"].iloc[0]).start.year for name in SETS}
    orders = rows[(rows["kind"] == "deal") & rows["certain"]]
    treaty, order_year = (
        {name: first_year(part, name) for name in SETS} for part in (treaties, orders)
    )
    uncertain = int((~rows["certain"]).sum())
    return ReportFigure(
        id="ties-in-time",
        title=(
            f"Treaties on security in data of others: Armenia and India {treaty['armenia']}, "
            f"Azerbaijan and Pakistan {treaty['azerbaijan']}; first arms orders "
            f"{order_year['armenia']} and {order_year['azerbaijan']}"
        ),
        alt=(
            f"Two panels of marks on one time axis, {SHOWN_FROM} to {int(last) - 1}. Above, "
            f"{counts['azerbaijan']} ties among {names_of(SETS['azerbaijan'])}, the first in "
            f"{first['azerbaijan']}; below, {counts['armenia']} among "
            f"{names_of(SETS['armenia'])}, the first in {first['armenia']}. "
            + " ".join(sentence(rows, treaties, name) for name in SETS)
            + " The two numbers are not comparable: the material was gathered around the first."
        ),
        description=(
            "A tie stands once, on the line of the states of the set that it joins. Orders are "
            "those of the register and those gathered beside it, each deal once. A bar is a year "
            "or longer in which a tie is known to fall. Hollow marks, "
            f"{uncertain} of them, are alleged or unconfirmed. Crosses are treaties of the Defense "
            "Cooperation Agreement Dataset, to 2010, and bilateral treaties of the Alliance Treaty "
            "Obligations and Provisions data, to 2018; some are the acts of marks beside them. "
            "Exercises were gathered only where two of Azerbaijan, Pakistan and Türkiye are named."
        ),
        data=drawn.assign(states=drawn["states"].map(";".join))[
            ["set", "states", "kind", "date", "certain", "tie_id"]
        ],
        source=(
            "events, transfers and exercises of this report; SIPRI register of February 2026; "
            "DCAD 1.0; ATOP 5.1."
        ),
        figure=figure,
    )


def treaty_records() -> pd.DataFrame:
    """Return the treaties between members of one set in two data sets that others made.

    Returns
    -------
    pandas.DataFrame
        ``set``, ``states``, ``kind`` (``treaty``), ``date`` (EDTF), ``certain`` and ``tie_id``:
        defence agreements (to 2010) and bilateral alliance treaties (to 2018). They may be acts
        that stand among the ties too, and are not added to them.
    """
    agreements = tables.load("defence_agreements").rename(columns={"record_id": "tie_id"})
    alliances = tables.load("alliances_atop")
    alliances = alliances[alliances["bilateral"]].assign(
        tie_id=lambda t: "ATOP " + t["atop_id"].astype(str),
        date=lambda t: t["start_year"].astype(str),
    )
    rows = [
        {"set": name, "states": states, "kind": "treaty", "date": row.date, "certain": True,
         "tie_id": row.tie_id}
        for row in pd.concat([agreements, alliances]).itertuples()
        for name, members in SETS.items()
        if len(states := tuple(s for s in members if s in (row.party_a, row.party_b))) == 2
        and parse(row.date).start.year >= SHOWN_FROM
    ]  # fmt: skip
    return pd.DataFrame(rows).sort_values(["date", "tie_id"]).reset_index(drop=True)


def inside_ties() -> pd.DataFrame:
    """Return the dated ties of two states or more of one set, with ``set`` and ``states``."""
    ties = gathered_ties()
    rows = [
        {"set": name, "states": states, "kind": tie.kind, "date": tie.date,
         "certain": bool(tie.certain), "tie_id": tie.tie_id}
        for tie in ties[ties["date"].notna()].itertuples()
        for name, members in SETS.items()
        if len(states := tuple(s for s in members if s in tie.inside)) > 1
        and parse(tie.date).start.year >= SHOWN_FROM
    ]  # fmt: skip
    return pd.DataFrame(rows)


def lines_of(states: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the lines a set may have: each pair in order, then all pairs' larger companies."""
    pairs = [(a, b) for n, a in enumerate(states) for b in states[n + 1 :]]
    return [*pairs, states]


def first_year(rows: pd.DataFrame, name: str) -> int:
    """Return the year of the first row between the two states that a set is named by."""
    pair = SETS[name][:2]
    return min(parse(text).start.year for text in rows.loc[rows["states"] == pair, "date"])


def sentence(rows: pd.DataFrame, treaties: pd.DataFrame, name: str) -> str:
    """Return the number of ties of one set by kind, and of its treaties."""
    counts = rows.loc[rows["set"] == name, "kind"].value_counts()
    parts = [f"{counts.get(kind, 0)} of the kind {label}" for kind, (label, *_) in KINDS.items()]
    n = int((treaties["set"] == name).sum())
    return f"{names_of(SETS[name][:1])}'s set has {listed(parts)}, with {n} treaties in data sets."


def draw_set(axes: Axes, rows: pd.DataFrame, lines: list[tuple[str, ...]], last: float) -> None:
    """Draw one set: a line for each pair, marks above and below it by kind."""
    for level, states in enumerate(lines):
        axes.axhline(-level - 0.5, color=style.RULE, lw=0.6, zorder=0)
        for tie in rows[rows["states"] == states].itertuples():
            draw_tie(axes, parse(tie.date), -level + LOOK[tie.kind][2], tie.kind, tie.certain, last)
    axes.set_yticks([-level for level in range(len(lines))], [line_name(s) for s in lines])
    axes.set_ylim(0.5 - len(lines), 0.5)
    axes.tick_params(axis="both", length=0, labelsize=9)
    axes.grid(True, axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)


def line_name(states: tuple[str, ...]) -> str:
    """Return what a line is called."""
    names = tables.load("actors").set_index("actor_id")["short_name"]
    return f"{names[states[0]]}–\n{names[states[1]]}" if len(states) == 2 else "all three"


def draw_tie(axes: Axes, date: Date, y: float, kind: str, certain: bool, last: float) -> None:
    """Draw one tie: a mark, or a bar over the time in which it is known to lie."""
    start = decimal_year(date.start)
    end = min(decimal_year(date.end), last) if date.end else last
    if not date.end or (date.end - date.start).days > LONGEST_POINT:
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
