"""Figures on arms: who delivered what to whom, and what was said of the aircraft."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.dates import parse, short_month
from azpak.figures import credits
from azpak.findings import aircraft, suppliers
from azpak.findings.suppliers import OTHERS
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import bounds

# What is said of the aircraft: by panel its title, the divisor and the name of each row's topic.
ORDER, RAISED = "jf17-quantity-2024", "jf17-quantity-2025"
PANELS = (
    ("Number of aircraft", 1, {
        "jf17-quantity-2021": "Report of {year}",
        ORDER: "Order of {year}",
        RAISED: "Total as told in {year}",
    }),
    ("Whole package, billion US dollars", 1e9, {
        "jf17-package-value-2024": "Order of {year}",
        "jf17-package-value-2025": "As told in {year}",
    }),
    ("One aircraft, million US dollars", 1e6, {"jf17-unit-price": "All reports"}),
)  # fmt: skip
LANE = 0.4  # inches: height of a lane of marks
DOT, GROWTH = 10.0, 0.5  # points: a mark of one origin; its growth with their number (power)
ARROW = 0.22  # length of the arrow of a bound, as a part of its value
POINTS = 72  # an inch


@figure("azerbaijan-arms-imports", "arms")
def azerbaijan_imports(report: Report, form: Form) -> ReportFigure:
    """Draw Azerbaijan's arms imports by supplier and year.

    Returns
    -------
    ReportFigure
        Million SIPRI TIV (trend-indicator value: a measure of military capability, not of money)
        per supplier and year of delivery, from the one register that lists deliveries by year.
    """
    found, by_year = suppliers.supply(report, "AZE"), suppliers.by_year(report)
    sums, years = by_year.sum(), f"{found.first}-{found.last}"
    names = {s: s if s == OTHERS else report.names_of([s]) for s in by_year}
    top_two = report.names_of(found.shares.index[:2])
    top_share = 100 * found.shares["share"].iloc[:2].sum()
    pakistan = by_year.loc[by_year["PAK"] > 0, "PAK"]
    return ReportFigure(
        title=(
            f"{top_two} delivered {top_share:.0f} per cent of Azerbaijan's arms imports of "
            f"{years}; Pakistan's part in this register is "
            f"{100 * found.shares.at['PAK', 'share']:.2f} per cent"
        ),
        alt=(
            f"{len(names)} rows of yearly bars, one for each supplier of arms to Azerbaijan, "
            f"{found.first} to {found.last}. {top_two} have the highest bars. Pakistan's "
            f"{sums['PAK']:.1f} million TIV, the last in {pakistan.index.max()}, are hardly "
            "visible."
        ),
        description=(
            "Sums in million TIV: "
            + "; ".join(f"{name} {sums[s]:,.1f}" for s, name in names.items())
            + f". The register is the one read last that lists deliveries by year ({found.release})"
            f"; it predates SIPRI's data on {found.last + 1}. TIV measures military capability, "
            "not money paid. Years without a bar have no delivery in the register."
        ),
        data=by_year.reset_index()
        .melt("year", var_name="supplier", value_name="tiv_million")
        .sort_values(["supplier", "year"]),
        source=(
            f"{credits.ARMS_TRANSFERS} ({credits.release(found.release)}); million trend-indicator "
            f"values (TIV) by year of delivery; {credits.NOT_SIPRI}."
        ),
        figure=imports_drawn(report, by_year, names, form),
    )


def imports_drawn(
    report: Report, by_year: pd.DataFrame, names: dict[str, str], form: Form
) -> Figure:
    """Return the drawing: a row for each supplier, on one scale."""
    first, last = by_year.index.min(), by_year.index.max()
    colours, volume = style.state_colours(report), by_year.to_numpy().sum()
    with style.applied():
        figure = style.new_figure(0.62 * len(names) + 0.35, form)
        axes = figure.subplots(len(names), 1, sharex=True, sharey=True)
        for row, (supplier, name) in zip(axes, names.items(), strict=True):
            colour = colours.get(supplier, style.DISPUTED)
            draw_supplier(row, by_year[supplier], name, colour, volume)
        axes[0].set_title("million TIV a year", fontsize=8, fontweight="normal", color=style.MUTED)
        axes[0].set_title(
            f"sum {first}-{last}, share", loc="right", fontsize=8, fontweight="normal",
            color=style.MUTED,
        )  # fmt: skip
        axes[-1].set_xlim(first - 0.8, last + 0.8)
        axes[0].set_ylim(0, by_year.to_numpy().max() * 1.08)
        axes[0].set_yticks([0, 200, 400])
    return figure


def draw_supplier(axes: Axes, by_year: pd.Series, name: str, colour: str, volume: float) -> None:
    """Draw one supplier's row: yearly bars, name, sum and share of the whole volume."""
    axes.bar(by_year.index, by_year, width=0.78, color=colour, zorder=3)
    style.light_grid(axes, "y")
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(style.MUTED)
    peak, total = by_year.idxmax(), by_year.sum()
    axes.annotate(
        f"{by_year[peak]:,.{1 if by_year[peak] < 10 else 0}f}", (peak, by_year[peak]), (0, 1.5),
        textcoords="offset points", ha="center", fontsize=style.SMALLEST, color=style.MUTED,
    )  # fmt: skip
    axes.text(0.0, 0.98, name, transform=axes.transAxes, va="top", fontweight="semibold")
    axes.text(1.0, 0.98, f"{total:,.1f}   {100 * total / volume:.1f} %", transform=axes.transAxes,
              va="top", ha="right", color=style.MUTED)  # fmt: skip


@figure("jf17-claims", "arms")
def jf17_claims(report: Report, form: Form) -> ReportFigure:
    """Draw what sources said of the number and the price of the JF-17s, numbers on one axis.

    Returns
    -------
    ReportFigure
        Rows: one for each independence group and value within a topic: topic, independence_group,
        value_low and value_high in the unit of the claims, first_said (EDTF of the earliest
        source), sources (names), n_sources.
    """
    rows, said = aircraft.voices(report), aircraft.values_said(report)
    ordered, raised = (parse(topic[-4:]).start.year for topic in (ORDER, RAISED))
    told = {
        topic: (title, range_text(said[said["topic"] == topic], divisor))
        for title, divisor, topics in PANELS
        for topic in topics
        if (said["topic"] == topic).any()
    }
    names = topic_names()
    return ReportFigure(
        title=(
            f"Reports put the order of {ordered} at {told[ORDER][1]} JF-17s; no number from "
            "the buyer or the seller was found"
        ),
        alt=(
            "Marks on three axes, each with how many separate origins give its value. "
            + " ".join(
                f"{title}, {names[topic].lower()}: {values}."
                for topic, (title, values) in told.items()
            )
        ),
        description=(
            f"{rows['n_sources'].sum()} statements in {rows['independence_group'].nunique()} "
            "separate origins. A round mark is one value, a bar a range, an arrow an upper "
            "bound; the number in a mark, and the area of a round one, says how many separate "
            "origins give it. By value: "
            + "; ".join(value_words(row, told) for row in said.itertuples())
            + ". Sums in other currencies are not drawn. The numbers told in "
            f"{raised} are totals that may include the order of {ordered}."
        ),
        data=rows,
        source="claims of this report; each is listed with its source in the chronology.",
        figure=claims_drawn(said, form),
    )


def topic_names() -> dict[str, str]:
    """Return the name of each topic's row."""
    return {t: name.format(year=t[-4:]) for _, _, rows in PANELS for t, name in rows.items()}


def value_words(row: tuple, told: dict[str, tuple[str, str]]) -> str:
    """Return one value with its topic, its origins, and when it was first said."""
    divisor = next(divisor for _, divisor, topics in PANELS if row.topic in topics)
    value = bound_text(row.value_low / divisor, row.value_high / divisor)
    return (
        f"{told[row.topic][0].lower()}, {topic_names()[row.topic].lower()}: {value}, origins "
        f"{row.n_origins}, texts {row.n_sources}, first {short_date(row.first_said)}"
    )


def claims_drawn(said: pd.DataFrame, form: Form) -> Figure:
    """Return the drawing: a panel for each unit, a row for each topic."""
    panels = [
        (title, divisor, lanes_of(said, topics))
        for title, divisor, topics in PANELS
        if said["topic"].isin(topics).any()
    ]
    head = form.choose(0.2, 0.68)  # room above the marks of a row, on a phone for its name too
    # `sum` adds numbers with a fraction otherwise from Python 3.12 on.
    highs = [fsum(len(lanes) + head for lanes in rows.values()) + 0.35 for *_, rows in panels]
    with style.applied():
        figure = style.new_figure(LANE * fsum(highs) + 0.62 * len(panels) + 0.3, form)
        drawn = figure.subplots(len(panels), 1, height_ratios=highs, squeeze=False)[:, 0]
        for axes, (title, divisor, topics), high in zip(drawn, panels, highs, strict=True):
            draw_topics(axes, topics, divisor, head, form)
            axes.set_ylim(-high + 0.95, 0.95)
            rows = pd.concat([lane for lanes in topics.values() for lane in lanes])
            axes.set_xlim(0, 1.06 * rows["value_high"].max() / divisor)
            axes.set_title(title, fontsize=9, pad=4)
            axes.spines["left"].set_visible(False)
            style.light_grid(axes, "x")
        figure.legend(
            handles=claims_key(), loc="outside lower left", ncols=form.choose(3, 1), fontsize=8,
        )  # fmt: skip
    return figure


def draw_topics(
    axes: Axes, topics: dict[str, list[pd.DataFrame]], divisor: float, head: float, form: Form
) -> None:
    """Draw the rows of one panel from its top down, parted by lines."""
    y, heads, names = 0.0, {}, topic_names()
    for number, (topic, lanes) in enumerate(topics.items()):
        if number:
            axes.axhline(0.64 - y, color=style.RULE, lw=0.8)
        heads[-y if form.is_narrow else -y - head - (len(lanes) - 1) / 2] = names[topic]
        y += head
        for lane in lanes:
            for row in lane.itertuples():
                draw_value(axes, row, divisor, -y)
            y += 1
    style.name_rows(axes, heads, form, lift=0.1, size=8.5)


def lanes_of(said: pd.DataFrame, topics: Iterable[str]) -> dict[str, list[pd.DataFrame]]:
    """Return the lanes of each topic: its single values, and below them its ranges and bounds."""
    found = {}
    for topic in topics:
        rows = said[said["topic"] == topic]
        exact = rows["value_low"] == rows["value_high"]
        if lanes := [part for part in (rows[exact], rows[~exact]) if len(part)]:
            found[topic] = lanes
    return found


def draw_value(axes: Axes, row: tuple, divisor: float, y: float) -> None:
    """Draw one value as a round mark, a range as a bar, a bound as an arrow, with its origins."""
    low, high = row.value_low / divisor, row.value_high / divisor
    ink = style.CONFIDENCE["high"]["edgecolor"]
    bound = pd.isna(low) or pd.isna(high)
    at, size = (low + high) / 2, DOT
    if bound:
        end, way = (high, -1) if pd.isna(low) else (low, 1)
        long, half = way * ARROW * (high if pd.isna(low) else low), DOT / POINTS / LANE / 2
        xs = (end, end + 0.7 * long, end + long, end + 0.7 * long, end)
        ys = (y - half, y - half, y, y + half, y + half)
        axes.fill(xs, ys, fc=style.GROUND, ec=ink, lw=1, zorder=4)
        at = end + 0.4 * long
    elif low == high:
        size = DOT * row.n_origins**GROWTH
        axes.plot(at, y, "o", ms=size, mfc=ink, mec=style.GROUND, mew=0.8, zorder=4)
    else:
        axes.plot([low, high], [y, y], color=ink, lw=DOT, solid_capstyle="butt", zorder=4)
        axes.plot([low, high], [y, y], "|", ms=DOT, mew=1.2, color=style.GROUND, zorder=5)
    axes.annotate(
        f"{row.n_origins}", (at, y), (0, 0.5), textcoords="offset points", ha="center",
        va="center_baseline", fontsize=style.SMALLEST, color=ink if bound else style.GROUND,
        zorder=6,
    )  # fmt: skip
    axes.annotate(
        bound_text(low, high), (at, y), (0, size / 2 + 1.5), textcoords="offset points",
        fontsize=8, fontweight="semibold", ha="center", va="bottom", zorder=6,
    )  # fmt: skip


def claims_key() -> list[Line2D]:
    """Return the legend."""
    ink = style.CONFIDENCE["high"]["edgecolor"]
    look = {"ls": "", "mec": ink, "ms": 7}
    return [
        Line2D(
            [], [], marker="o", mfc=ink, label="value, with the number of separate origins", **look
        ),
        Line2D([], [], color=ink, lw=6, label="range"),
        Line2D([], [], marker="<", mfc=style.GROUND, label="at most", **look),
    ]


def short_date(text: str) -> str:
    """Return month and year of an EDTF date, or the year where no month is known."""
    if pd.isna(text):
        return "undated"
    when = parse(text)
    if when.precision in ("day", "month"):
        return f"{short_month(when.start)} {when.start.year}"
    return str(when.start.year)


def bound_text(low: float, high: float) -> str:
    """Return bounds as they are printed beside a mark."""
    if pd.isna(low):
        return f"≤ {high:g}"
    if pd.isna(high):
        return f"≥ {low:g}"
    return f"{low:g}" if low == high else f"{low:g}\N{EN DASH}{high:g}"


def range_text(rows: pd.DataFrame, divisor: float) -> str:
    """Return the lowest and highest value of a topic, in the unit of its panel."""
    values = pd.concat([rows["value_low"], rows["value_high"]])
    return bounds(values.min(), values.max(), None, times=1 / divisor)
