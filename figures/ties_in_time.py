"""Two sets of ties side by side in time."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.dates import Date, decimal_year, parse
from azpak.figures import credits
from azpak.figures.tiles import draw_tiles, name_tiles, tile_key, years_along
from azpak.findings import ties, transfers
from azpak.findings.ties import SETS, SHOWN_FROM
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import listed

__all__ = ["ties_in_time"]

# Kinds of ties, as they are told.
KINDS = {
    "deal": "arms order", "exercise": "exercise", "agreement": "agreement",
    "declaration": "declaration",
}  # fmt: skip
WAR = "2020-karabakh-war"


@figure("ties-in-time", "ties")
def ties_in_time(report: Report, form: Form) -> ReportFigure:
    """Draw the ties inside each set, pair by pair, on one axis of time.

    Returns
    -------
    ReportFigure
        Rows: set, states, kind, date (EDTF), certain, tie_id.
    """
    rows, treaties = ties.inside(report), ties.treaties(report)
    drawn = pd.concat([rows, treaties], ignore_index=True)
    last = max(parse(text).start for text in rows["date"]).year
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
            f"Two panels of tiles on one axis of years, {SHOWN_FROM} to {last}. Above, "
            f"{one.n_ties} links among {report.names_of(SETS['azerbaijan'])}, the first in "
            f"{one.first}; below, {other.n_ties} among "
            f"{report.names_of(SETS['armenia'])}, the first in {other.first}. "
            + " ".join(sentence(report, name) for name in SETS)
            + " The two numbers are not comparable: the material was gathered around the first."
        ),
        description=(
            "A tile is a year in which links of the pair fall, with their number; a link stands "
            "once, with the states of the group that it joins, in the middle of the time in which "
            "it is known to fall. Orders are those of the register and those gathered beside it, "
            f"each deal once. Outlines, {uncertain} links, are alleged or unconfirmed. The last "
            "row of a group holds treaties of the Defense "
            f"Cooperation Agreement Dataset, to {ends.agreements}, and bilateral treaties of the "
            f"Alliance Treaty Obligations and Provisions data, to {ends.alliances}; some are the "
            "acts of links above them. "
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
        figure=draw_sets(report, drawn, form),
    )


def draw_sets(report: Report, drawn: pd.DataFrame, form: Form) -> Figure:
    """Draw one panel for each set: a row of tiles for each pair, and one for the treaties."""
    order = {
        name: [
            s for s in lines_of(states) if s in set(drawn.loc[drawn["kind"] != "treaty", "states"])
        ]
        for name, states in SETS.items()
    }
    drawn = drawn.assign(year=[middle_year(parse(text)) for text in drawn["date"]])
    first, last = SHOWN_FROM, int(drawn["year"].max())
    names = report.table("actors").set_index("actor_id")["short_name"]
    war = decimal_year(report.day(WAR)) - 0.5
    with style.applied():
        sizes = [len(lines) + 1 for lines in order.values()]
        figure = style.new_figure(form.choose(0.2 * sum(sizes) + 1.5, 7.4), form)
        grid = form.choose((len(order), 1), (1, len(order)))
        ratios = {form.choose("height_ratios", "width_ratios"): sizes}
        shared = form.choose({"sharex": True}, {"sharey": True})
        panels = figure.subplots(*grid, **ratios, **shared)
        for axes, (name, lines) in zip(panels, order.items(), strict=True):
            mine = drawn[drawn["set"] == name]
            years_along(axes, first, last, form)
            counts = draw_set(axes, mine, lines, range(first, last + 1), form)
            free = counts.index[counts[report.day(WAR).year] == 0]
            heads = ["\N{EN DASH}".join(names[s] for s in pair) for pair in lines]
            heads = [head if head.count("\N{EN DASH}") == 1 else "all three" for head in heads]
            name_tiles(axes, [*heads, "treaties in data sets"], form)
            whose = f"Links of {report.names_of(SETS[name])}"
            if not form.is_narrow:
                axes.set_title(whose)
            draw_war(axes, war, free, form)
        key = tile_key("links in the year, by number", "alleged or unconfirmed")
        key.append(Line2D([], [], color=style.MUTED, lw=0.9, ls=(0, (2, 2)),
                          label=f"war of {report.day(WAR).year}"))  # fmt: skip
        style.legend_below(panels[0], key, columns=form.choose(3, 1))
    return figure


def middle_year(date: Date) -> int:
    """Return the year in which the middle of a date lies; of one that goes on, its first."""
    end = date.start if date.open_end or date.end is None else date.end
    return int((decimal_year(date.start) + decimal_year(end)) / 2)


def draw_set(
    axes: Axes, rows: pd.DataFrame, lines: list[tuple[str, ...]], years: range, form: Form
) -> pd.DataFrame:
    """Draw the tiles of one set: ties that are sure, outlines of others, and the treaties.

    Returns how many ties each line has in each year.
    """
    treaties = rows["kind"] == "treaty"
    place = {states: at for at, states in enumerate(lines)}
    at = rows["states"].map(place).where(~treaties, len(lines))
    counts, doubtful = (
        part.groupby([at[part.index], "year"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=range(len(lines) + 1), columns=years, fill_value=0)
        for part in (rows, rows[~rows["certain"].astype(bool)])
    )
    draw_tiles(axes, counts, form, doubtful=doubtful)
    return counts


def draw_war(axes: Axes, war: float, free: Iterable[int], form: Form) -> None:
    """Draw the time of the war through the lines that have no tile there."""
    for place in free:
        xs, ys = form.choose(
            ([war, war], [-place - 0.5, -place + 0.5]), ([place - 0.5, place + 0.5], [-war, -war])
        )
        axes.plot(xs, ys, color=style.MUTED, lw=0.9, ls=(0, (2, 2)), zorder=0)


def lines_of(states: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the lines a set may have: each pair in order, then all pairs' larger companies."""
    pairs = [(a, b) for n, a in enumerate(states) for b in states[n + 1 :]]
    return [*pairs, states]


def sentence(report: Report, name: str) -> str:
    """Return the number of ties of one set by kind, and of its treaties."""
    rows = ties.inside(report)
    counts = rows.loc[rows["set"] == name, "kind"].value_counts()
    parts = [f"{counts.get(kind, 0)} of the kind {label}" for kind, label in KINDS.items()]
    n = ties.of_set(report, name).n_treaties
    return (
        f"{report.names_of(SETS[name][:1])}'s group has {listed(parts)}, with {n} treaties in data "
        "sets."
    )
