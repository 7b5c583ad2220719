"""The network of ties by phase, and how far the arms orders of each side stay in its set."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from azpak.figures import credits
from azpak.figures.node_link import ACROSS, draw_links
from azpak.findings import closure, suppliers, ties, transfers
from azpak.findings.chronology import periods
from azpak.findings.closure import AFTER_THE_WAR
from azpak.findings.ties import OTHERS, SETS
from azpak.measures import LEVEL
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words, listed

__all__ = ["network_by_phase", "orders_closure"]

# Of each strand its mark, its colour, and where in a cell it stands (share of its width).
LOOK = {
    "arms orders": ("s", style.INK, -0.3),
    "exercises": ("^", "#0485a6", 0.0),
    "agreements, declarations": ("o", "#cb862f", 0.3),
}
GATHERED = ("AZE", "PAK", "TUR")  # exercises were looked for where two of them are named
LEAST, MORE = 3.0, 2.2  # points of a mark for one tie, and more for each root beyond the first
PER_LINE = (36, 24)  # squares in a line of the wide and of the narrow form
ABOVE = 1.75  # squares of room above those of a phase, for its words
SIDE = 0.13  # inches of a square
ROOM = 0.8  # rows that a heading takes
LINKS = 1.9  # inches: the drawing of the last phase as nodes and links
SOURCE = (
    f"events, transfers and exercises of this report; {credits.ARMS_TRANSFERS} (register of {{}}); "
    f"{credits.NOT_SIPRI}."
)


@figure("network-by-phase", "ties")
def network_by_phase(report: Report, form: Form) -> ReportFigure:
    """Draw the ties between ten states in each phase, at fixed places.

    Returns
    -------
    ReportFigure
        Rows: phase, a, b, strand, ties: how many join the two states.
    """
    rows = ties.strands(report)
    order = periods(report)
    counted, across = closure.by_phase(report), closure.across(report)
    return ReportFigure(
        title=(
            f"Since {across.since}, {count_in_words(across.now)} of {across.n_now} links gathered "
            "here join one group to the other; before, "
            f"{count_in_words(across.before)} of {across.n_before} did, in a sample made around "
            "one group"
        ),
        alt=(
            f"Lines between ten states {years_of(report, order.iloc[-1]['phase_id'])}, and a table "
            f"of marks: pairs by {len(order)} phases. "
            + " ".join(
                f"{phase.name}: {counted[phase.phase_id].inside} links inside the two groups, "
                f"{counted[phase.phase_id].across} across, {counted[phase.phase_id].outside} with "
                f"{report.names_of(OTHERS)}{thickest(report, phase.phase_id)}."
                for phase in order.itertuples()
            )
        ),
        description=(
            f"The groups are {report.names_of(SETS['azerbaijan'])}, and "
            f"{report.names_of(SETS['armenia'])}; {report.names_of(OTHERS)} "
            "belong to neither. A row is a pair of states with a link in some phase; the size of a "
            "mark grows with the root of the number of links, which stands beside the larger ones. "
            "A dash stands where exercises were not looked for. An act of three states makes three "
            "links. "
            "Alleged and unconfirmed links are left out. A date known to the year falls in the "
            "phase of its middle. Orders among other pairs, such as India's from Russia, are in "
            "no table here, and exercises were gathered only where two of Azerbaijan, Pakistan and "
            "Türkiye are named: what is not drawn may exist."
        ),
        data=rows,
        source=SOURCE.format(transfers.register_date(report).display()),
        figure=draw_matrix(report, rows, order, form),
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


def groups_of(rows: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs drawn under their headings, the pair with the most ties first."""
    sums = rows.groupby(["a", "b"])["ties"].sum().sort_values(ascending=False, kind="stable")
    groups: dict[str, list[tuple[str, str]]] = {
        "Inside Azerbaijan's group": [], "Inside Armenia's group": [], "Between the groups": [],
        "With a state of neither": [],
    }  # fmt: skip
    one, two, across, neither = groups.values()
    for pair in sums.index:
        inside = [set(pair) <= set(states) for states in SETS.values()]
        if set(pair) & set(OTHERS):
            neither.append(pair)
        else:
            (one if inside[0] else two if inside[1] else across).append(pair)
    return groups


def draw_matrix(report: Report, rows: pd.DataFrame, order: pd.DataFrame, form: Form) -> Figure:
    """Draw a row for each pair and a column for each phase, with a mark for each strand."""
    names = report.table("actors").set_index("actor_id")["short_name"]
    groups = groups_of(rows)
    columns = {phase: at for at, phase in enumerate(order["phase_id"])}
    height = sum(len(pairs) + ROOM for pairs in groups.values())
    step = form.choose(0.215, 0.36)
    with style.applied():
        figure = style.new_figure(step * height + form.choose(1.2, 1.6) + LINKS, form)
        above, axes = figure.subplots(2, 1, height_ratios=(LINKS, step * height + 0.6))
        last = order.iloc[-1]
        now = rows[rows["phase"] == last["phase_id"]].groupby(["a", "b"])["ties"].sum()
        draw_links(above, now, tuple(SETS.values()), OTHERS, names)
        above.set_title(
            f"{last['name']}, {years_of(report, last['phase_id'])}: lines as broad as their links"
            + form.choose("; dashed, from one group to the other", ""),
            fontsize=9, pad=12,
        )  # fmt: skip
        labels: dict[float, str] = {}
        y = 0.0
        for heading, pairs in groups.items():
            y -= ROOM
            axes.text(
                form.choose(-0.5, -0.55), y + form.choose(0.5, 0.55), heading, fontsize=8.5,
                fontweight="semibold", va="center",
            )  # fmt: skip
            axes.axhline(y + 0.02 + form.choose(0, 0.1), color=style.RULE, lw=0.6, zorder=0)
            for a, b in pairs:
                y -= 1
                labels[y + 0.5] = f"{names[a]}\N{EN DASH}{names[b]}"
                mine = rows[(rows["a"] == a) & (rows["b"] == b)]
                draw_pair(
                    axes, mine, {a, b} <= set(GATHERED), y + form.choose(0.5, 0.3), columns, form
                )
        for at in range(1, len(columns)):
            axes.axvline(at - 0.5, color=style.RULE, lw=0.6, zorder=0)
        axes.set_xlim(-0.55, len(columns) - 0.45)
        axes.set_ylim(y - 0.1, 0)
        style.name_rows(axes, labels, form, lift=0.08, size=8)
        heads = [
            f"{phase.name}\n{years_of(report, phase.phase_id)}" for phase in order.itertuples()
        ]
        axes.xaxis.tick_top()
        if form.is_narrow:
            heads = [head.split("\n")[1].replace("\N{EN DASH}", "\N{EN DASH}\n") for head in heads]
        axes.set_xticks(range(len(columns)), heads, fontsize=8)
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        style.legend_below(axes, strand_marks(), columns=form.choose(5, 2))
    return figure


def draw_pair(
    axes: Axes, rows: pd.DataFrame, gathered: bool, y: float, columns: dict[str, int], form: Form
) -> None:
    """Draw the ties of one pair: in each phase a mark for each strand, with its number."""
    ties = {(row.phase, row.strand): row.ties for row in rows.itertuples()}
    for phase, at in columns.items():
        for strand, (mark, colour, aside) in LOOK.items():
            number = ties.get((phase, strand), 0)
            if not number:
                if strand == "exercises" and not gathered:
                    axes.plot(at + aside, y, "_", ms=4, mew=0.8, color=style.DISPUTED)
                continue
            size = LEAST + MORE * (number**0.5 - 1)
            axes.plot(at + aside, y, mark, ms=size, mfc=colour, mec=colour, mew=0.6, alpha=0.9)
            if number > 2 and not form.is_narrow:
                side = -1 if aside < 0 else 1  # towards where the cell is free
                axes.annotate(
                    f"{number}", (at + aside, y), (side * (size / 2 + 1), 0),
                    textcoords="offset points", ha="right" if side < 0 else "left", va="center",
                    fontsize=style.SMALLEST, color=style.MUTED,
                )  # fmt: skip


def strand_marks() -> list[Line2D]:
    """Return the legend."""
    marks = [
        Line2D([], [], ls="", marker=mark, ms=5, color=colour, label=name)
        for name, (mark, colour, _) in LOOK.items()
    ]
    none = Line2D([], [], ls="", marker="_", ms=5, color=style.DISPUTED, label="not looked for")
    across = Line2D([], [], color=ACROSS, lw=1.4, ls=(0, (3, 1.5)), label="across groups")
    return [*marks, none, across]


@figure("orders-closure", "ties")
def orders_closure(report: Report, form: Form) -> ReportFigure:
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
            f"In the phase that the war of {war} opens, {after['ARM']['inside']} of "
            f"{after['ARM']['orders']} registered orders of Armenia stay in its group, "
            f"{after['AZE']['inside']} of {after['AZE']['orders']} of Azerbaijan's"
        ),
        alt=(
            "Two panels of squares, one square for each arms order in the register, full where "
            "the seller belongs to the recipient's group, in a row for each phase. "
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
            "The E-I index is the number of orders from outside the group less that from inside, "
            "over both. The groups are those of the links above. In brackets are "
            f"exact bounds of {LEVEL:.0%} for the share of a phase's orders. The register "
            "dates an order by its year, here put into the phase of the middle of that year, often "
            f"as an estimate, and ends with {last}. Lines that one gathered deal joins, a system "
            "and its missiles, are one order; others are orders of their own. France "
            "came into the group because of such "
            "orders, so that a low index is in part a matter of how the group was drawn."
        ),
        data=rows,
        source=(
            f"{credits.ARMS_TRANSFERS} (register of {transfers.register_date(report).display()}); "
            f"deals by year of order; {credits.NOT_SIPRI}."
        ),
        figure=draw_recipients(report, rows, order, form),
    )  # fmt: skip


def draw_recipients(report: Report, rows: pd.DataFrame, order: pd.DataFrame, form: Form) -> Figure:
    """Draw one panel for each recipient: a square for each order, a row for each phase."""
    names = report.names()
    table = rows.set_index(["recipient", "phase"])
    room = {
        states[0]: [
            -(-max(1, int(table.at[(states[0], phase), "orders"])) // form.choose(*PER_LINE))
            for phase in order["phase_id"]
        ]
        for states in SETS.values()
    }
    heights = [sum(lines) + len(lines) * ABOVE for lines in room.values()]
    with style.applied():
        figure = style.new_figure(SIDE * (sum(heights) + form.choose(5, 7)), form)
        panels = figure.subplots(len(SETS), 1, height_ratios=heights)
        for axes, states in zip(panels, SETS.values(), strict=True):
            recipient = states[0]
            deals = closure.orders_of(report, recipient)
            top = 0.0
            for phase, lines in zip(order.itertuples(), room[recipient], strict=True):
                row = table.loc[(recipient, phase.phase_id)]
                head = f"{phase.name}, {years_of(report, phase.phase_id)}: {share_words(row)}"
                axes.text(0, top - 0.3, head, fontsize=8.5, va="top")
                mine = deals[deals["phase"] == phase.phase_id]["supplier"]
                draw_orders(axes, report, mine, states, top - ABOVE, form.choose(*PER_LINE))
                top -= lines + ABOVE
            axes.set(xlim=(0, form.choose(*PER_LINE)), ylim=(top, 0), aspect="equal", anchor="NW")
            axes.set_title(f"Orders of {names[recipient]}")
            axes.set_axis_off()
        style.legend_below(panels[0], seller_marks(report), columns=form.choose(6, 2))
    return figure


def share_words(row: pd.Series) -> str:
    """Return how many orders come from the set, with the exact bounds of the share."""
    if not row["orders"]:
        return "no order"
    low, high = (f"{50 * (1 - row[bound]):.0f}" for bound in ("high", "low"))
    return f"{row['inside']:.0f} of {row['orders']:.0f} inside ({low}\N{EN DASH}{high}%)"


def draw_orders(
    axes: Axes, report: Report, sellers: pd.Series, states: tuple[str, ...], top: float, per: int
) -> None:
    """Draw a square for each order, those from the set first, in the colour of the seller."""
    colours = style.state_colours(report)
    inside = sellers[sellers.isin(states)].sort_values()
    shown = [*inside, *[""] * (len(sellers) - len(inside))]
    for at, seller in enumerate(shown):
        line, column = divmod(at, per)
        colour = colours.get(seller, style.INK)
        axes.add_patch(
            Rectangle(
                (column + 0.1, top - line - 0.9), 0.8, 0.8, lw=0.8, clip_on=False,
                facecolor=colour if seller else style.GROUND,
                edgecolor=colour if seller else style.DISPUTED,
            )
        )  # fmt: skip


def seller_marks(report: Report) -> list[Patch]:
    """Return the legend: the sellers of the sets that have an order, and all others."""
    colours = style.state_colours(report)
    sellers = sorted(
        {
            seller
            for states in SETS.values()
            for seller in closure.orders_of(report, states[0])["supplier"]
            if seller in states
        }
    )
    own = [
        Patch(color=colours.get(state, style.INK), label=report.names_of([state]))
        for state in sellers
    ]
    other = Patch(fc=style.GROUND, ec=style.DISPUTED, label="from outside the group")
    return [*own, other]
