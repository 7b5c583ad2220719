"""Figures on arms: who delivered what to whom, and what was said of the aircraft."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from azpak.dates import parse, short_month
from azpak.figures import credits
from azpak.findings import aircraft, suppliers
from azpak.findings.suppliers import OTHERS
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import bounds

# The panels of the claims on the aircraft: topic, title with the year that ends the topic, divisor.
ORDER, RAISED = "jf17-quantity-2024", "jf17-quantity-2025"
PANELS = (
    ("jf17-quantity-2021", "Number of aircraft, as reported in {year}", 1),
    (ORDER, "Number of aircraft, order of {year}", 1),
    (RAISED, "Number of aircraft, total reported in {year}", 1),
    ("jf17-package-value-2024", "Value of the package of {year}, billion USD", 1e9),
    ("jf17-package-value-2025", "Value of the package of {year}, billion USD", 1e9),
    ("jf17-unit-price", "Price of one aircraft, million USD", 1e6),
)


@figure("azerbaijan-arms-imports")
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
            f"{100 * found.shares.at['PAK', 'share']:.1f} per cent"
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


@figure("jf17-claims")
def jf17_claims(report: Report, form: Form) -> ReportFigure:
    """Draw what sources said of the number and the price of the JF-17s, and when.

    Returns
    -------
    ReportFigure
        Rows: one for each independence group and value within a topic: topic, independence_group,
        value_low and value_high in the unit of the claims, first_said (EDTF of the earliest
        source), sources (names), n_sources.
    """
    rows = aircraft.voices(report)
    panels = [
        (topic, title.format(year=topic[-4:]), divisor)
        for topic, title, divisor in PANELS
        if (rows["topic"] == topic).any()
    ]
    ordered, raised = (parse(topic[-4:]).start.year for topic in (ORDER, RAISED))
    told = {topic: range_text(rows[rows["topic"] == topic], by) for topic, _, by in panels}
    return ReportFigure(
        title=(
            f"Reports put the order of {ordered} at {told[ORDER]} JF-17s; no number from "
            "the buyer or the seller was found"
        ),
        alt=(
            "Rows of marks, one for each separate origin, in "
            f"{len(panels)} panels. "
            + " ".join(f"{title}: {told[topic]}." for topic, title, _ in panels)
        ),
        description=(
            f"{rows['n_sources'].sum()} statements in {rows['independence_group'].nunique()} "
            "independence groups: texts that go back to one report share a row, which names the "
            "earliest and counts the rest. A dot is one value, a bar a range, an arrow an upper "
            f"bound. Sums in other currencies are not drawn. The numbers of {raised} are totals "
            f"that may include the order of {ordered}."
        ),
        data=rows,
        source="claims of this report; each is listed with its source in the chronology.",
        figure=claims_drawn(rows, panels, form),
    )


def claims_drawn(rows: pd.DataFrame, panels: list[tuple[str, str, float]], form: Form) -> Figure:
    """Return the drawing: a panel for each topic, those of one unit on one scale."""
    high = form.choose(0.17, 0.31)
    heights = [(rows["topic"] == topic).sum() + form.choose(1.3, 0.9) for topic, *_ in panels]
    with style.applied():
        figure = style.new_figure(high * sum(heights) + 0.35, form)
        drawn = figure.subplots(len(panels), 1, height_ratios=heights, squeeze=False)[:, 0]
        for axes, (topic, title, divisor) in zip(drawn, panels, strict=True):
            same_unit = rows["topic"].map(aircraft.UNITS) == aircraft.UNITS[topic]
            highest = rows.loc[same_unit, ["value_low", "value_high"]].max().max() / divisor
            draw_topic(axes, rows[rows["topic"] == topic], title, divisor, form)
            axes.set_xlim(0, highest * 1.2)
    return figure


def draw_topic(axes: Axes, rows: pd.DataFrame, title: str, divisor: float, form: Form) -> None:
    """Draw one panel: a row for each independence group and value."""
    for y, (_, row) in enumerate(rows.iterrows()):
        low, high = row["value_low"] / divisor, row["value_high"] / divisor
        draw_bounds(axes, low, high, -y)
        axes.annotate(
            bound_text(low, high), (high if pd.notna(high) else low, -y), xytext=(7, 0),
            textcoords="offset points", va="center", fontsize=8,
        )  # fmt: skip
    axes.set_ylim(-len(rows) + form.choose(0.4, 0.6), form.choose(0.6, 0.95))
    labels = {-y: row_label(row) for y, row in enumerate(rows.itertuples())}
    style.name_rows(axes, labels, form, lift=0.22, size=8)
    axes.set_title(title, fontsize=8.5, pad=4)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)


def draw_bounds(axes: Axes, low: float, high: float, y: float) -> None:
    """Draw one value as a dot, a range as a bar, a single bound as an arrow."""
    ink = style.CONFIDENCE["high"]["edgecolor"]
    if pd.isna(low) or pd.isna(high):
        head = "<" if pd.isna(low) else ">"
        axes.plot(high if pd.isna(low) else low, y, head, ms=5, mfc="white", mec=ink, zorder=4)
    elif low == high:
        axes.plot(low, y, "o", ms=5, mfc=ink, mec=ink, zorder=4)
    else:
        axes.plot([low, high], [y, y], color=ink, lw=4, solid_capstyle="butt", zorder=4)


def row_label(row: tuple) -> str:
    """Return when and by whom it was said first, and how many texts follow."""
    name = row.sources.split(";")[0].split(",")[0].split(" (")[0]
    more = f" +{row.n_sources - 1}" if row.n_sources > 1 else ""
    return f"{name}{more}, {short_date(row.first_said)}"


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
