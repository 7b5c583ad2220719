"""The values reported for the arms orders of Armenia and Azerbaijan, with their bounds."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.dates import parse
from azpak.errors import DataError
from azpak.findings import orders
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import bounds, count_in_words

__all__ = ["deal_values"]

# Each order in the order of the rows, with the name it is drawn under.
SHORT_SYSTEM = {
    "ind-arm-swathi-2020": "Swathi radars",
    "ind-arm-pinaka-2022": "Pinaka, with the next row",
    "ind-arm-konkurs-2022": "Konkurs, mortars",
    "ind-arm-kalyani-155-2022": "155 mm guns (Kalyani)",
    "ind-arm-atags-2023": "ATAGS guns, same order",
    "ind-arm-akash-2023": "Akash air defence",
    "ind-arm-trajan-2025": "Trajan guns",
    "fra-arm-gm200-2023": "GM200 radars",
    "fra-arm-bastion-2023": "Bastion vehicles",
    "fra-arm-caesar-2024": "CAESAR guns",
    "pak-aze-super-mushshak-2017": "Super Mushshak",
    "pak-aze-jf17-block3-2024": "JF-17",
    "pak-aze-jf17-expansion-2025": "JF-17, raised order",
    "pak-aze-gids-equipment-2017": "helmets, smoke",
    "pak-aze-krl122": "KRL-122 launchers",
    "isr-aze-barak-mx-2023": "Barak MX air defence",
    "isr-aze-optsat-2023": "two satellites",
}


@figure("arms-order-values", "arms")
def deal_values(report: Report, form: Form) -> ReportFigure:
    """Draw the values reported for each arms order, with their bounds, and those without one.

    Returns
    -------
    ReportFigure
        Rows: transfer_id, supplier, recipient, system, order_date, value_usd_million_low and
        high, status, counted (whether it counts beside the others).
    """
    rows = in_order(report)
    names = report.names()
    indian = orders.indian(report)
    none = rows[rows["value_usd_million_low"].isna()]
    dates = rows.set_index("transfer_id")["order_date"]  # some deals bear none
    deals = ("pak-aze-jf17-block3-2024", "pak-aze-jf17-expansion-2025")
    ordered, raised = (parse(dates[deal]).start.year for deal in deals)
    return ReportFigure(
        title=(
            f"Armenia's {count_in_words(indian.n_valued)} valued Indian orders come to "
            f"{bounds(indian.low, indian.high)} million dollars as reported; "
            f"{len(none)} of {len(rows)} gathered orders have no value"
        ),
        alt=(
            f"Dot chart on a logarithmic scale of {len(rows)} gathered arms orders of Armenia and "
            "Azerbaijan: "
            + "; ".join(in_words(row, names) for row in rows.itertuples())
            + "."
        ),
        description=(
            "Values are package prices as the press, companies or officials named them, not "
            "payments, and not the prices of single weapons. Hollow marks are unconfirmed reports. "
            "Where one row includes or replaces another both are drawn and one counts: the order "
            f"reported for {raised} would include the JF-17 contract of {ordered}, and the ATAGS "
            "report repeats the sum of the order to Kalyani."
        ),
        data=rows.drop(columns="part_of"),
        source="transfers of this report, with the sources of each row.",
        figure=draw_values(report, rows, form),
    )  # fmt: skip


def in_order(report: Report) -> pd.DataFrame:
    """Return the gathered orders in the order in which they are drawn.

    Raises
    ------
    DataError
        If an order has no short name to be drawn with.
    """
    rows = orders.values(report)
    if missing := sorted({*rows["transfer_id"]} - {*SHORT_SYSTEM}):
        raise DataError(
            "the figure arms-order-values has no short name for an order",
            file=report.folder / "transfers.csv", value=", ".join(missing),
            way_out="Give it one in SHORT_SYSTEM of figures/orders.py",
        )  # fmt: skip
    place = {name: place for place, name in enumerate(SHORT_SYSTEM)}
    return rows.sort_values("transfer_id", key=lambda ids: ids.map(place), ignore_index=True)


def draw_values(report: Report, rows: pd.DataFrame, form: Form) -> Figure:
    """Draw a line for each valued order, the dearest first, and name those without a value."""
    names, colours = report.names(), style.state_colours(report)
    high = form.choose(0.3, 0.42)
    groups = {state: rows[rows["recipient"] == state] for state in ("ARM", "AZE")}
    valued = {
        state: part.dropna(subset="value_usd_million_low").sort_values(
            "value_usd_million_high", ascending=False
        )
        for state, part in groups.items()
    }
    with style.applied():
        room = [len(part) + form.choose(2.0, 2.6) for part in valued.values()]
        figure = style.new_figure(high * sum(room) + 0.9, form)
        panels = figure.subplots(len(groups), 1, sharex=True, height_ratios=room)
        for axes, (state, part) in zip(panels, valued.items(), strict=True):
            axes.set_xscale("log")
            for level, row in enumerate(part.itertuples()):
                draw_value(axes, row, -level, colours)
            named = [
                f"{names[r.supplier]}: {SHORT_SYSTEM[r.transfer_id]}" for r in part.itertuples()
            ]
            style.name_rows(axes, {-y: name for y, name in enumerate(named)}, form, lift=0.2)
            axes.set_title(f"Orders of {names[state]}")
            without = groups[state][groups[state]["value_usd_million_low"].isna()]
            said = "No value published: " + "; ".join(
                f"{names[r.supplier]}, {SHORT_SYSTEM[r.transfer_id]}" for r in without.itertuples()
            )
            axes.text(
                form.choose(-0.42, 0), -len(part) + 0.35, textwrap.fill(said, form.choose(96, 56)),
                transform=axes.get_yaxis_transform(), va="top", fontsize=8, color=style.MUTED,
            )  # fmt: skip
            axes.set_ylim(-len(part) - form.choose(1.0, 1.5), form.choose(0.6, 0.9))
            style.light_grid(axes, "x")
            axes.spines[["left", "bottom"]].set_visible(False)
        panels[-1].set_xlim(25, 14_000)
        panels[-1].set_xticks([30, 100, 300, 1000, 3000], ["30", "100", "300", "1,000", "3,000"])
        panels[-1].set_xticks([], minor=True)
        unit = "million US dollars as reported, logarithmic scale"
        panels[-1].set_xlabel(form.choose(unit, unit.replace(", ", ",\n")))
        style.legend_below(panels[0], value_marks(), columns=form.choose(2, 1))
    return figure


def draw_value(axes: Axes, row: tuple, y: float, colours: dict[str, str]) -> None:
    """Draw one order: dot, range and value."""
    low, high = row.value_usd_million_low, row.value_usd_million_high
    colour = colours[row.supplier]
    fill = colour if row.counted else "white"
    axes.plot([low, high], [y, y], color=colour, lw=3, solid_capstyle="round")
    axes.plot([low, high], [y, y], "o", ms=6, mfc=fill, mec=style.INK, mew=0.9)
    text = f"{low:,.5g}" if low == high else f"{low:,.5g}–{high:,.5g}"
    axes.annotate(text, (high, y), (7, 0), textcoords="offset points", va="center", fontsize=8.5)


def value_marks() -> list[Line2D]:
    """Return the legend."""
    look = {"ls": "", "marker": "o", "ms": 6, "mec": style.INK}
    return [
        Line2D([], [], mfc=style.INK, label="counted", **look),
        Line2D([], [], mfc="white", label="not counted beside others", **look),
    ]


def in_words(row: tuple, names: pd.Series) -> str:
    """Return one order as the alternative text has it."""
    low, high = row.value_usd_million_low, row.value_usd_million_high
    value = "no value" if pd.isna(low) else f"{low:,.1f} to {high:,.1f} million dollars"
    if not pd.isna(low) and low == high:
        value = f"{low:,.1f} million dollars"
    return f"{names[row.supplier]}, {SHORT_SYSTEM[row.transfer_id]}, {value}"
