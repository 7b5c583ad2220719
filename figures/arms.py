"""Figures on arms: who delivered what to whom, and what was said of the aircraft."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from azpak import tables
from azpak.dates import parse, short_month
from azpak.measures import one_release
from azpak.text import names_of
from azpak.output import style
from azpak.output.figure import ReportFigure

# What is compared of the aircraft: topic of the claims, panel title, divisor, unit of the axis.
JF17_TOPICS = (
    ("jf17-quantity-2021", "Number of aircraft, as reported in 2021", 1, "aircraft"),
    ("jf17-quantity-2024", "Number of aircraft, order of 2024", 1, "aircraft"),
    ("jf17-quantity-2025", "Number of aircraft, total reported in 2025", 1, "aircraft"),
    ("jf17-package-value-2024", "Value of the package of 2024, billion USD", 1e9, "USD"),
    ("jf17-package-value-2025", "Value of the package of 2025, billion USD", 1e9, "USD"),
    ("jf17-unit-price", "Price of one aircraft, million USD", 1e6, "USD per aircraft"),
)
UNDATED_LAST = "2100"  # undated texts stand after the dated ones
SHOWN_SUPPLIERS = 5  # the largest, each with its own row; Pakistan is added, the rest is summed
REST = "Others"


def azerbaijan_imports() -> ReportFigure:
    """Draw Azerbaijan's arms imports by supplier and year.

    Returns
    -------
    ReportFigure
        Million SIPRI TIV (trend-indicator value: a measure of military capability, not of money)
        per supplier and year of delivery, from the one register that lists deliveries by year.
    """
    deliveries = register_deliveries("AZE")
    totals = deliveries.groupby("supplier")["tiv"].sum().sort_values(ascending=False)
    shown = list(totals.index[:SHOWN_SUPPLIERS])
    rows = [*shown, *(["PAK"] if "PAK" not in shown else [])]
    named = deliveries.assign(
        supplier=deliveries["supplier"].where(deliveries["supplier"].isin(rows), REST)
    )
    by_year = named.pivot_table(index="year", columns="supplier", values="tiv", aggfunc="sum")
    first, last = int(by_year.index.min()), int(by_year.index.max())
    by_year = by_year.reindex(range(first, last + 1)).fillna(0)
    sums, whole = by_year.sum(), by_year.to_numpy().sum()
    top_two = names_of(totals.index[:2])
    top_share = 100 * totals.iloc[:2].sum() / whole
    pakistan = 100 * sums["PAK"] / whole

    order = [*rows, REST] if REST in by_year else rows
    with style.applied():
        figure = style.new_figure(0.62 * len(order) + 0.35)
        axes = figure.subplots(len(order), 1, sharex=True, sharey=True)
        for row, supplier in zip(axes, order, strict=True):
            draw_supplier(row, by_year[supplier], supplier, sums[supplier], whole)
        axes[0].set_title("million TIV a year", fontsize=8, fontweight="normal", color=style.MUTED)
        axes[0].set_title(
            f"sum {first}-{last}, share", loc="right", fontsize=8, fontweight="normal",
            color=style.MUTED,
        )  # fmt: skip
        axes[-1].set_xlim(first - 0.8, last + 0.8)
        axes[0].set_ylim(0, by_year.to_numpy().max() * 1.08)
        axes[0].set_yticks([0, 200, 400])

    release = deliveries["release"].iloc[0]
    return ReportFigure(
        id="azerbaijan-arms-imports",
        title=(
            f"{top_two} delivered {top_share:.0f} per cent of Azerbaijan's arms imports of "
            f"{first}-{last}; Pakistan's part in this register is {pakistan:.1f} per cent"
        ),
        alt=(
            f"{len(order)} rows of yearly bars, one for each supplier of arms to Azerbaijan, "
            f"{first} to {last}. {top_two} have the highest bars. Pakistan's {sums['PAK']:.1f} "
            f"million TIV, the last in {last_year(by_year['PAK'])}, are hardly visible."
        ),
        description=(
            "Sums in million TIV: "
            + "; ".join(f"{supplier_name(s)} {sums[s]:,.1f}" for s in order)
            + f". The register is the one read last that lists deliveries by year ({release}); it "
            "predates SIPRI's data on 2025. TIV measures military capability, not money paid. "
            "Years without a bar have no delivery in the register."
        ),
        data=by_year.reset_index()
        .melt("year", var_name="supplier", value_name="tiv_million")
        .sort_values(["supplier", "year"]),
        source=f"{release}; million trend-indicator values (TIV) by year of delivery.",
        figure=figure,
    )


def register_deliveries(recipient: str) -> pd.DataFrame:
    """Return deliveries to `recipient` (ISO3) by supplier and year.

    Returns
    -------
    pandas.DataFrame
        supplier (ISO3 or as published), year, tiv (million TIV), release: one release.

    Raises
    ------
    MeasureError
        If the rows come from more than one release, which must not stand in one series.
    """
    rows = tables.load("arms_transfers_tiv")
    rows = rows[(rows["recipient"] == recipient) & (rows["indicator"] == "tiv_deliveries")]
    one_release(rows, f"deliveries to {recipient}")
    return rows.rename(columns={"value": "tiv"})[["supplier", "year", "tiv", "release"]]


def draw_supplier(
    axes: Axes, by_year: pd.Series, supplier: str, total: float, whole: float
) -> None:
    """Draw one supplier's row: yearly bars, name, sum and share."""
    colour = style.state_colours().get(supplier, style.DISPUTED)
    axes.bar(by_year.index, by_year, width=0.78, color=colour, zorder=3)
    style.light_grid(axes, "y")
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(style.MUTED)
    share = 100 * total / whole
    axes.text(0.0, 0.98, supplier_name(supplier), transform=axes.transAxes, va="top",
              fontweight="semibold")  # fmt: skip
    axes.text(1.0, 0.98, f"{total:,.1f}   {share:.1f} %", transform=axes.transAxes, va="top",
              ha="right", color=style.MUTED)  # fmt: skip


def supplier_name(supplier: str) -> str:
    """Return the name of a supplier, or the name of the remainder."""
    return supplier if supplier == REST else names_of([supplier])


def last_year(series: pd.Series) -> int:
    """Return the last year with a value above zero."""
    return int(series[series > 0].index.max())


def jf17_claims() -> ReportFigure:
    """Draw what sources said of the number and the price of the JF-17s, and when.

    Returns
    -------
    ReportFigure
        Rows: one for each independence group and value within a topic: topic, independence_group,
        first_said (EDTF of the earliest source), sources (names), n_sources, value_low and
        value_high in the unit of the claims.
    """
    rows = jf17_rows()
    topics = [t for t in JF17_TOPICS if (rows["topic"] == t[0]).any()]
    heights = [(rows["topic"] == t[0]).sum() + 1.1 for t in topics]
    with style.applied():
        figure = style.new_figure(0.168 * sum(heights) + 0.35)
        panels = figure.subplots(len(topics), 1, height_ratios=heights, squeeze=False)[:, 0]
        for axes, topic in zip(panels, topics, strict=True):
            draw_topic(axes, rows[rows["topic"] == topic[0]], topic, rows)

    told = {t[0]: bounds_text(rows[rows["topic"] == t[0]], t[2]) for t in topics}
    groups = rows["independence_group"].nunique()
    number = told["jf17-quantity-2024"]
    return ReportFigure(
        id="jf17-claims",
        title=(
            f"Reports put the order of 2024 at {number} JF-17s; no number from the buyer or the "
            "seller was found"
        ),
        alt=(
            "Rows of marks, one for each independent voice, in "
            f"{len(topics)} panels. "
            + " ".join(f"{title}: {told[topic]}." for topic, title, _, _ in topics)
        ),
        description=(
            f"{rows['n_sources'].sum()} statements in {groups} independence groups: texts that go "
            "back to one report share a row, which names the earliest and counts the rest. A dot "
            "is one value, a bar a range, an arrow an upper bound. Sums in other currencies are "
            "not drawn. The numbers of 2025 are totals that may include the order of 2024."
        ),
        data=rows.drop(columns="label"),
        source="claims of this report; each is listed with its source in the chronology.",
        figure=figure,
    )


def jf17_rows() -> pd.DataFrame:
    """Return the claims on number and price, one row for each group and value of a topic."""
    claims = tables.load("claims")
    sources = tables.load("sources").set_index("source_id")
    units = {topic: unit for topic, _, _, unit in JF17_TOPICS}
    claims = claims[claims["topic"].isin(units) & (claims["unit"] == claims["topic"].map(units))]
    claims = claims.dropna(subset=["value_low", "value_high"], how="all")
    if claims.empty:
        raise ValueError("figure jf17-claims: no claim on number or price carries bounds")
    columns = ["publisher", "author", "date", "independence_group"]
    joined = claims.join(sources[columns], on="source_id")
    joined["publisher"] = joined["publisher"].fillna(joined["author"])
    dates = joined["date"].fillna(UNDATED_LAST)
    joined["order"] = [parse(text).sort_key for text in dates]
    keys = ["topic", "independence_group", "value_low", "value_high"]
    rows = (
        joined.sort_values("order")
        .groupby(keys, dropna=False, sort=False)
        .agg(
            first_said=("date", "first"),
            order=("order", "first"),
            sources=("publisher", lambda names: ";".join(dict.fromkeys(names))),
            n_sources=("source_id", "nunique"),
        )
        .reset_index()
        .sort_values("order")
        .drop(columns="order")
    )
    return rows.assign(label=[row_label(row) for _, row in rows.iterrows()])


def row_label(row: pd.Series) -> str:
    """Return when and by whom it was said first, and how many texts follow."""
    when = short_date(row["first_said"])
    name = row["sources"].split(";")[0].split(",")[0].split(" (")[0]
    more = f" +{row['n_sources'] - 1}" if row["n_sources"] > 1 else ""
    return f"{name}{more}, {when}"


def short_date(text: str) -> str:
    """Return month and year of an EDTF date, or the year where no month is known."""
    if pd.isna(text):
        return "undated"
    when = parse(text)
    if when.precision in ("day", "month"):
        return f"{short_month(when.start)} {when.start.year}"
    return str(when.start.year)


def draw_topic(axes: Axes, rows: pd.DataFrame, topic: tuple, everything: pd.DataFrame) -> None:
    """Draw one panel: a row for each independence group and value."""
    _, title, divisor, unit = topic
    same_unit = [t for t, _, _, u in JF17_TOPICS if u == unit]
    scale = everything[everything["topic"].isin(same_unit)]
    right = scale[["value_low", "value_high"]].max().max() / divisor * 1.2
    for y, (_, row) in enumerate(rows.iterrows()):
        low, high = row["value_low"] / divisor, row["value_high"] / divisor
        draw_bounds(axes, low, high, -y)
        axes.annotate(
            bound_text(low, high), (high if pd.notna(high) else low, -y), xytext=(7, 0),
            textcoords="offset points", va="center", fontsize=8,
        )  # fmt: skip
    axes.set_xlim(0, right)
    axes.set_ylim(-len(rows) + 0.4, 0.6)
    axes.set_yticks([-y for y in range(len(rows))], list(rows["label"]), fontsize=8)
    axes.set_title(title, fontsize=8.5, loc="left", x=-0.82, pad=4)
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


def bound_text(low: float, high: float) -> str:
    """Return bounds as they are printed beside a mark."""
    if pd.isna(low):
        return f"≤ {high:g}"
    if pd.isna(high):
        return f"≥ {low:g}"
    return f"{low:g}" if low == high else f"{low:g}\N{EN DASH}{high:g}"


def bounds_text(rows: pd.DataFrame, divisor: float) -> str:
    """Return the lowest and highest value of a topic, in the unit of its panel."""
    values = pd.concat([rows["value_low"], rows["value_high"]]).dropna() / divisor
    low, high = values.min(), values.max()
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
