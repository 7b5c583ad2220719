"""The suppliers of Azerbaijan and of Armenia as ranks in time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from azpak.figures import credits
from azpak.findings import supplier_ranks, suppliers
from azpak.findings.supplier_ranks import RECIPIENTS
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import PAIR, Report
from azpak.text import count_in_words, listed

POINTS = 72  # an inch; everything here is placed in points
BOXED = 3  # ranks that have a box; the others are lines of a list
BOX = (50, 22)  # width and height of a box, by points
LINE = 10.5  # height of a line of the list
LISTED_AT = 168  # where the list of a narrow drawing begins
HEAD = 34  # room for the name of a panel and its periods


class Place(NamedTuple):
    """Where a supplier stands in a drawing: the corner of its box, or the start of its line."""

    x: float
    y: float
    boxed: bool


@figure("supplier-ranks", "arms")
def supplier_ranks_drawn(report: Report, form: Form) -> ReportFigure:
    """Draw the suppliers of both states by rank in each period of five years.

    Returns
    -------
    ReportFigure
        The rows of `azpak.findings.supplier_ranks.ranks`, with the name of the supplier.
    """
    rows, names = supplier_ranks.ranks(report), report.names()
    release = suppliers.azerbaijan(report).release
    return ReportFigure(
        title=title(report, names),
        alt=(
            "Suppliers of arms to Azerbaijan and to Armenia, ranked by volume delivered in each "
            "period of five years. First suppliers: "
            + " ".join(led(report, names, recipient) for recipient in RECIPIENTS)
        ),
        description=(
            "Numbers are million trend-indicator values (TIV) delivered in the period, beside the "
            "years those of all suppliers. The largest three have boxes. Bands join the places of "
            "one state in two periods that follow each other, where it has a box in one of them; "
            "equal volumes share a rank. "
            + " ".join(in_words(rows, names, recipient) for recipient in RECIPIENTS)
            + " A rank says nothing of size: a first place of one period can be smaller than a "
            "third of another. Deliveries of unknown suppliers have no rank but count in the "
            "total. The register counts large weapons only, and later releases add to the last "
            "years."
        ),
        data=rows.assign(name=[names[supplier] for supplier in rows["supplier"]]),
        source=(
            f"{credits.ARMS_TRANSFERS} ({credits.release(release)}); million trend-indicator "
            f"values (TIV); {credits.NOT_SIPRI}."
        ),
        figure=draw(report, rows, form),
    )


def title(report: Report, names: pd.Series) -> str:
    """Return the headline: how often the first supplier of each state changed."""
    ours, theirs = (supplier_ranks.leaders(report, recipient) for recipient in RECIPIENTS)
    usual = max(dict.fromkeys(theirs.in_turn), key=theirs.n_of)
    last = listed(names[state] for state in theirs.first[theirs.periods[-1]])
    n, n_usual = len(set(ours.in_turn)), theirs.n_of(usual)
    changed = "" if last == names[usual] else f" and {last} in the last"
    return (
        f"{count_in_words(n).capitalize()} states in turn were Azerbaijan's first supplier of arms "
        f"in {count_in_words(len(ours.periods))} periods; Armenia's was {names[usual]} in "
        f"{count_in_words(n_usual)} of {count_in_words(len(theirs.periods))}{changed}"
    )


def years(period: str) -> str:
    """Return a period as the drawing has it."""
    first, last = period.split("/")
    return f"{first}\N{EN DASH}{last[2:]}"


def led(report: Report, names: pd.Series, recipient: str) -> str:
    """Return the first suppliers of a state in turn."""
    found = supplier_ranks.leaders(report, recipient)
    said = ", ".join(
        f"{period.replace('/', '-')} {listed(names[s] for s in found.first[period])}"
        for period in found.periods
    )
    return f"{names[recipient]}: {said}."


def in_words(rows: pd.DataFrame, names: pd.Series, recipient: str) -> str:
    """Return all ranks of a state."""
    said = []
    for period, part in rows[rows["recipient"] == recipient].groupby("period", sort=True):
        each = ", ".join(f"{names[r.supplier]} {r.tiv_million:,.1f}" for r in part.itertuples())
        said.append(f"{period.replace('/', '-')} {each}")
    return f"{names[recipient]}: {'; '.join(said)}."


def draw(report: Report, rows: pd.DataFrame, form: Form) -> Figure:
    """Draw a panel for each state, one below the other."""
    spans = [f"{first}/{last}" for first, last in supplier_ranks.spans(report)]
    parts = [rows[rows["recipient"] == recipient] for recipient in RECIPIENTS]
    rooms = [room(part, spans, form) for part in parts]
    width, height = POINTS * form.width, sum(rooms)
    with style.applied():
        drawing = style.new_figure(height / POINTS, form, layout="none")
        axes = drawing.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(-height, 0))
        axes.axis("off")
        top = 0.0
        for part, recipient, deep in zip(parts, RECIPIENTS, rooms, strict=True):
            axes.text(2, top - 4, report.names()[recipient], va="top", fontsize=9.5,
                      fontweight="semibold")  # fmt: skip
            first = form.choose("largest supplier on top", "largest supplier at left")
            axes.text(64, top - 4.5, f"{first}; million TIV", va="top", fontsize=8,
                      color=style.MUTED)  # fmt: skip
            draw_panel(axes, report, part, spans, top, form)
            top -= deep
    return drawing


def room(part: pd.DataFrame, spans: list[str], form: Form) -> float:
    """Return the height that a panel takes, in points."""
    depths = [depth(part, period, form) for period in spans]
    return HEAD + max(depths) if not form.is_narrow else HEAD - 4 + sum(depths)


def depth(part: pd.DataFrame, period: str, form: Form) -> float:
    """Return the height of what stands under the head of a period, or beside it."""
    n = (part["period"] == period).sum()
    listed_below = max(n - BOXED, 0) * LINE
    if form.is_narrow and not n:
        return 18
    if form.is_narrow:
        return max(BOX[1] + 18, 26 + listed_below + 6)
    return min(max(n, 1), BOXED) * (BOX[1] + 5) + listed_below + 12


def draw_panel(
    axes: Axes, report: Report, part: pd.DataFrame, spans: list[str], top: float, form: Form
) -> None:
    """Draw the periods of a state: to the right, or on a narrow drawing down the page."""
    names, colours = report.names(), style.state_colours(report)
    before: dict[str, Place] = {}
    column = POINTS * form.width / len(spans)
    y = top - HEAD + 4
    for number, period in enumerate(spans):
        now = part[part["period"] == period]
        corner = (2, y) if form.is_narrow else (number * column + 2, top - HEAD)
        draw_head(axes, now, period, corner, form)
        places = {}
        for order, row in enumerate(now.itertuples()):
            place = place_of(order, corner, form)
            places[row.supplier] = place
            colour = colours.get(row.supplier, style.DISPUTED)
            if row.supplier in before and (place.boxed or before[row.supplier].boxed):
                draw_band(axes, before[row.supplier], place, colour, form)
            draw_supplier(axes, row, place, names[row.supplier], colour)
        before = places
        y -= depth(part, period, form)


def draw_head(
    axes: Axes, now: pd.DataFrame, period: str, corner: tuple[float, float], form: Form
) -> None:
    """Write the years of a period with the volume of all suppliers, or that there is none."""
    x, y = corner
    if form.is_narrow:
        x, y = x + LISTED_AT, y - 8
    total = f"{now['total_million'].iloc[0]:,.0f}" if len(now) else "none"
    axes.text(x, y + 4, years(period), fontsize=8.5, fontweight="semibold", va="bottom")
    axes.text(x + 37, y + 4, total, fontsize=8, color=style.MUTED, va="bottom")
    if now.empty:
        axes.text(
            corner[0], corner[1] - form.choose(BOX[1] / 2, 4),
            form.choose("no delivery\nin the register", "no delivery in the register"),
            fontsize=7.5, color=style.MUTED, va="center", linespacing=1.0,
        )  # fmt: skip


def place_of(order: int, corner: tuple[float, float], form: Form) -> Place:
    """Return where the supplier of an order, counted from nought, stands."""
    x, y = corner
    boxed = order < BOXED
    if form.is_narrow:
        if boxed:
            return Place(x + order * (BOX[0] + 5), y - BOX[1] + 6, boxed)
        return Place(x + LISTED_AT, y - 12 - (order - BOXED) * LINE, boxed)
    if boxed:
        return Place(x, y - order * (BOX[1] + 5) - BOX[1], boxed)
    return Place(x, y - BOXED * (BOX[1] + 5) - (order - BOXED + 0.5) * LINE, boxed)


def draw_supplier(axes: Axes, row: tuple, place: Place, name: str, colour: str) -> None:
    """Draw a supplier: a box of its colour, or a line of the list with a mark of it."""
    volume = f"{row.tiv_million:,.1f}" if row.tiv_million < 10 else f"{row.tiv_million:,.0f}"
    if not place.boxed:
        axes.plot(place.x + 3, place.y, "s", ms=4, color=colour, zorder=3)
        axes.text(
            place.x + 9, place.y, f"{name} {volume}", fontsize=7.5, va="center", zorder=4,
            fontweight="semibold" if row.supplier in PAIR else "normal",
        )  # fmt: skip
        return
    own = colour != style.DISPUTED
    axes.add_patch(
        FancyBboxPatch(
            (place.x, place.y), *BOX, boxstyle="round,pad=0,rounding_size=2.5", zorder=3,
            facecolor=colour if own else style.GROUND, edgecolor=colour, linewidth=1,
        )
    )  # fmt: skip
    said = {"ha": "center", "va": "center", "fontsize": 7.5, "zorder": 4,
            "color": style.GROUND if own else style.INK}  # fmt: skip
    middle = place.x + BOX[0] / 2
    axes.text(middle, place.y + 0.7 * BOX[1], name, fontweight="semibold", **said)
    axes.text(middle, place.y + 0.27 * BOX[1], volume, **said)


def draw_band(axes: Axes, one: Place, other: Place, colour: str, form: Form) -> None:
    """Draw the way of a supplier from its place in one period to that in the next."""
    way = np.linspace(0, 1, 24)
    bend = way * way * (3 - 2 * way)
    (x0, y0), (x1, y1) = leaves(one, form), enters(other, form)
    if form.is_narrow:
        x, y = x0 + (x1 - x0) * bend, y0 + (y1 - y0) * way
    else:
        x, y = x0 + (x1 - x0) * way, y0 + (y1 - y0) * bend
    axes.plot(x, y, color=colour, lw=3.2, alpha=0.5, solid_capstyle="butt", zorder=2)


def leaves(place: Place, form: Form) -> tuple[float, float]:
    """Return where the band to the next period begins."""
    if form.is_narrow:
        return (place.x + BOX[0] / 2, place.y) if place.boxed else (place.x, place.y)
    return (place.x + BOX[0], place.y + (BOX[1] / 2 if place.boxed else 0))


def enters(place: Place, form: Form) -> tuple[float, float]:
    """Return where the band from the period before ends."""
    if form.is_narrow:
        return (place.x + BOX[0] / 2, place.y + BOX[1]) if place.boxed else (place.x, place.y)
    return (place.x, place.y + (BOX[1] / 2 if place.boxed else 0))
