"""Trade and visitors as ranges: every statement a mark, the spread of a year a bar."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from azpak.dates import decimal_year, parse
from azpak.findings import armenian_trade, trade, travel
from azpak.findings.trade_travel import between
from azpak.measures import Stated
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words

SPAN = (2002.5, 2026.8)  # years on the axis of trade, from before the first figure on
TRAVEL_SPAN = (2013.5, 2026.2)
TRADE_TICKS = (1, 3, 10, 30, 100, 300)  # million dollars, on a scale of ratios
TRADE_YEARS = range(2005, 2026, 5)
MARKS = {"whole": "o", "band": "s", "part": "^", "level": "D", "across": "o"}
TEXT = 9.5  # points, of all text but the titles, so that it is legible on a telephone
STEP = 0.19  # years between marks for one year
BAR = {"color": style.RULE, "lw": 7, "solid_capstyle": "butt", "zorder": 1}

LOWER = "Armenia and India: what Armenia's statistics count"

FAR = 1.8  # times the second highest: from there on the highest figure is named and not drawn


@figure("trade-ranges", "trade")
def trade_ranges(report: Report, form: Form) -> ReportFigure:
    """Draw every statement on Azerbaijan-Pakistan trade above Armenia's series on India.

    Returns
    -------
    ReportFigure
        Rows: pair, series (statement or dataset), period, kind, low, high (million US dollars),
        status, source_id.
    """
    pair, measured = trade.of_pair(report), armenian_trade.measured(report)
    colours = style.state_colours(report)
    with style.applied():
        drawing = style.new_figure(form.choose(6.2, 6.8), form)
        upper, lower = drawing.subplots(2, 1, sharex=True, sharey=True)
        draw_ranges(upper, pair.ranges)
        draw_statements(upper, pair.by_year, colours["PAK"])
        upper.set_title("Azerbaijan and Pakistan: what is said")
        draw_measured(lower, measured, colours["IND"])
        lower.set_title(form.choose(LOWER, LOWER.replace(": ", ":\n")))
        upper.set_yscale("log")
        upper.set_ylim(0.8, 600)
        upper.set_xlim(*SPAN)
        for axes in (upper, lower):
            axes.set_yticks(TRADE_TICKS, [f"{tick:g}" for tick in TRADE_TICKS])
            axes.minorticks_off()
            shown = list(TRADE_YEARS)[:: form.choose(1, 2)]
            axes.set_xticks([year + 0.5 for year in shown], shown)
            axes.set_ylabel("million US dollars", fontsize=TEXT)
            axes.tick_params(labelsize=TEXT)
            style.light_grid(axes, "y")
        key = statement_key(colours["PAK"])
        style.legend_below(upper, key, columns=form.choose(3, 2))

    return ReportFigure(
        **trade_words(pair, measured),
        data=pd.concat([
            drawn_rows(pair, "AZE-PAK"),
            measured[["by_consignment", "by_origin"]].set_axis(["low", "high"], axis=1)
            .assign(pair="ARM-IND", kind="whole", status=trade.OFFICE_SERIES,
                    source_id=armenian_trade.SOURCE, period=measured.index.astype(str)),
        ], ignore_index=True),
        source=(
            "press, agencies and officials as listed in the data; Statistical Committee of "
            f"Armenia, compiled by Tavadyan, {report.published(armenian_trade.SOURCE).start.year}."
        ),
        figure=drawing,
    )  # fmt: skip


def trade_words(pair: trade.PairTrade, measured: pd.DataFrame) -> dict[str, str]:
    """Return title, alt text and description, computed from what is drawn."""
    wide = pair.widest
    low, high = pair.of(wide)
    first, last = measured.index.min(), measured.index.max()
    return {
        "title": (
            f"Azerbaijan-Pakistan trade of {wide} is put at {low:g} to {high:g} million dollars; "
            f"Armenia counted {measured.at[wide, 'by_origin']:.0f} million with India"
        ),
        "alt": (
            f"Two panels on one scale of ratios. Above, {len(pair.statements)} statements on trade "
            "between Azerbaijan and Pakistan. For whole years: "
            + "; ".join(f"{year} {between(row)}" for year, row in pair.bound_years.iterrows())
            + " million US dollars. Below, Armenia's trade with India from "
            f"{measured.at[first, 'by_origin']:.0f} million in {first} to "
            f"{measured.at[last, 'by_origin']:.0f} in {last} with imports by origin, "
            f"{measured.at[last, 'by_consignment']:.0f} with imports by consignment."
        ),
        "description": (
            "Full marks are official figures, hollow ones claims. A round mark is for a calendar "
            "year, and a flat line for a fiscal one; a triangle is for a part of the year and a "
            "floor for the whole; a diamond is a level said to be current, at its date; a box is a "
            "yearly amount said of several years. An arrow shows a bound left open. Grey bars join "
            "the lowest and the highest figure for one year; they are no intervals of confidence. "
            "Of several parts of a year the largest is drawn. One statement, several tens "
            "of millions, has no number and is not drawn. Below, the band lies between "
            "imports by country of origin and by country of consignment."
        ),
    }


def drawn_rows(stated: Stated, pair: str) -> pd.DataFrame:
    """Return statements as they are handed out, one row for each."""
    rows = stated.with_kind().assign(pair=pair)
    return rows[["pair", "period", "kind", "low", "high", "status", "source_id"]]


def draw_ranges(axes: Axes, ranges: pd.DataFrame, times: float = 1) -> None:
    """Draw the spread of the figures for each year."""
    for year, row in ranges[ranges["low"] < ranges["high"]].iterrows():
        axes.plot([year + 0.5] * 2, [row["low"] * times, row["high"] * times], **BAR)


def draw_statements(axes: Axes, found: pd.DataFrame, colour: str, times: float = 1) -> None:
    """Draw each statement by its kind, official figures full and claims hollow."""
    boxes = found[found["kind"] == "band"].drop_duplicates(["period", "source_id"])
    for row in boxes.itertuples():
        date = parse(row.period)
        axes.add_patch(Rectangle(
            (date.start.year, row.low * times), date.end.year + 1 - date.start.year,
            (row.high - row.low) * times, fc="white", ec=colour, lw=1.1, zorder=2,
        ))  # fmt: skip
    for row in placed(found[(found["kind"] != "band") & found["year"].notna()]).itertuples():
        date = parse(row.period)
        low, high = (bound * times for bound in (row.low, row.high))
        value = low if pd.notna(low) else high
        if row.kind == "across":
            ends = [decimal_year(date.start), decimal_year(date.end)]
            axes.plot(ends, [value, value], color=colour, lw=1.6, zorder=3)
            continue
        fill = colour if row.status.startswith("official") else "white"
        axes.plot(row.x, value, MARKS[row.kind], ms=4.6, mec=colour, mfc=fill, mew=1.1, zorder=4)
        if row.kind != "part" and (pd.isna(high) or pd.isna(low)):
            axes.annotate(
                "", (row.x, value), (0, 13 if pd.isna(high) else -13), zorder=3,
                textcoords="offset points",
                arrowprops={"arrowstyle": "<-", "color": colour, "lw": 0.9, "shrinkB": 2},
            )  # fmt: skip


def placed(found: pd.DataFrame) -> pd.DataFrame:
    """Return the statements to draw with their place ``x`` in time, side by side where needed.

    Of several parts of one year only the largest is kept: it is the floor that binds.
    """
    parts = found[found["kind"] == "part"].sort_values("low").drop_duplicates("year", keep="last")
    kept = found[(found["kind"] != "part") | found.index.isin(parts.index)]
    rank = kept.groupby(["year", "kind"]).cumcount()
    n = kept.groupby(["year", "kind"])["kind"].transform("size")
    place = kept["year"].astype(float) + 0.5 + (rank - (n - 1) / 2) * STEP
    level = kept["kind"] == "level"
    place[level] = [decimal_year(parse(period).start) for period in kept.loc[level, "period"]]
    return kept.assign(x=place)


def draw_measured(axes: Axes, measured: pd.DataFrame, colour: str) -> None:
    """Draw Armenia's series in both ways of counting imports, and the band between them."""
    years = measured.index + 0.5
    axes.fill_between(
        years, measured["by_consignment"], measured["by_origin"], color=colour, alpha=0.16, lw=0
    )
    for column, dashes, fill in (
        ("by_origin", "-", colour),
        ("by_consignment", (0, (4, 1.6)), "w"),
    ):
        axes.plot(
            years, measured[column], ls=dashes, marker="o", ms=3.4, color=colour, mfc=fill, lw=1.3
        )
    axes.legend(
        handles=[
            Line2D([], [], color=colour, marker="o", ms=3.4, lw=1.3, label="imports by origin"),
            Line2D([], [], color=colour, marker="o", ms=3.4, lw=1.3, mfc="w", ls=(0, (4, 1.6)),
                   label="imports by consignment"),
        ],
        loc="lower right", fontsize=TEXT,
    )  # fmt: skip


def statement_key(
    colour: str, kinds: tuple[str, ...] = ("part", "level", "band", "across")
) -> list:
    """Return the legend of the marks."""
    look = {"ls": "", "color": colour, "ms": 4.6, "mew": 1.1}
    rest = {
        "part": Line2D([], [], marker="^", **look, label="part of a year"),
        "level": Line2D([], [], marker="D", mfc="white", **look, label="said to be current"),
        "band": Patch(fc="white", ec=colour, label="yearly, for several years"),
        "across": Line2D([], [], color=colour, lw=1.6, label="fiscal year"),
    }
    return [
        Line2D([], [], marker="o", **look, label="official figure, quoted"),
        Line2D([], [], marker="o", mfc="white", **look, label="claim"),
        Line2D([], [], **BAR | {"zorder": None}, label="spread for one year"),
        *(rest[kind] for kind in kinds),
    ]


@figure("visitor-ranges", "trade")
def visitor_ranges(report: Report, form: Form) -> ReportFigure:
    """Draw every statement on Pakistani and Indian visitors to Azerbaijan.

    Returns
    -------
    ReportFigure
        Rows: pair (origin-destination), period, kind, low, high (persons), status, source_id.
    """
    visits = {origin: travel.visits(report, origin) for origin in travel.ORIGINS}
    thousand = 1e-3
    names, colours = report.names(), style.state_colours(report)
    with style.applied():
        drawing = style.new_figure(form.choose(5.6, 6.2), form)
        panels = drawing.subplots(2, 1, sharex=True)
        for axes, (origin, stated) in zip(panels, visits.items(), strict=True):
            for first, last in runs(stated.unstated_years):
                axes.axvspan(first, last + 1, color=style.LAND, lw=0, zorder=0)
            draw_ranges(axes, stated.ranges, thousand)
            draw_statements(axes, stated.by_year, colours[origin], thousand)
            axes.set_title(f"From {names[origin]} to Azerbaijan")
            axes.set_ylabel("thousand visitors", fontsize=TEXT)
            axes.tick_params(labelsize=TEXT)
            style.light_grid(axes, "y")
            cut_off(axes, stated.by_year, thousand)
        panels[0].set_xlim(*TRAVEL_SPAN)
        panels[0].set_xticks([year + 0.5 for year in range(2014, 2026, 2)], range(2014, 2026, 2))
        unknown = Patch(fc=style.LAND, label="no yearly figure found")
        key = [*statement_key(style.INK, ("part",)), unknown]
        style.legend_below(panels[0], key, columns=form.choose(3, 2))

    return ReportFigure(
        **visitor_words(visits),
        data=pd.concat(
            [drawn_rows(stated, f"{origin}-AZE") for origin, stated in visits.items()],
            ignore_index=True,
        ),
        source="Azerbaijani statistics, tourism bodies and officials, as listed in the data.",
        figure=drawing,
    )


def runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last year of each run of years that follow one another."""
    found: list[tuple[int, int]] = []
    for year in sorted(years):
        if found and found[-1][1] == year - 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def cut_off(axes: Axes, found: pd.DataFrame, times: float) -> None:
    """End the axis above the second highest figure if the highest would squash all, and say so."""
    highest = (
        found.dropna(subset="year")[["low", "high"]].max(axis=1).dropna().sort_values() * times
    )
    first, second = highest.iloc[-1], highest[highest < highest.iloc[-1]].max()
    far = first > FAR * second
    top = (1.3 if far else 1.12) * (second if far else first)
    axes.set_ylim(-0.04 * top, top)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    if far:
        year = found.loc[highest.index[-1], "year"]
        at = float(year) + 0.5
        axes.annotate(
            "", (at, top), (at, 0.87 * top), zorder=5,
            arrowprops={"arrowstyle": "->", "color": style.INK, "lw": 1.1, "shrinkA": 0,
                        "shrinkB": 0},
        )  # fmt: skip
        axes.annotate(
            f"one claim: {first:g}", (at, 0.94 * top), (-7, 0), ha="right", va="center",
            textcoords="offset points", fontsize=8,
        )  # fmt: skip


def visitor_words(visits: dict[str, travel.Visits]) -> dict[str, str]:
    """Return title, alt text and description, computed from what is drawn."""
    thousand = 1e-3
    first, last = visits["PAK"].first, visits["PAK"].last
    pak, ind = (visits[origin].bound_years for origin in ("PAK", "IND"))
    spread = visits["PAK"].spread(visits["PAK"].widest)
    n_rivals = pak.at[last - 1, "n_statements"]
    return {
        "title": (
            f"Pakistani visits to Azerbaijan rose from {between(pak.loc[first], 1, thousand)} "
            f"thousand in {first} to {between(pak.loc[last], 0, thousand)} thousand in {last}"
        ),
        "alt": (
            "Two panels on one scale, in thousand visitors to Azerbaijan. From Pakistan: "
            + "; ".join(f"{year} {between(row, 1, thousand)}" for year, row in pak.iterrows())
            + ". From India: "
            + "; ".join(f"{year} {between(row, 1, thousand)}" for year, row in ind.iterrows())
            + f". For {last - 1} {count_in_words(n_rivals)} figures compete for Pakistan."
        ),
        "description": (
            "Full round marks are official figures as quoted, hollow ones claims; an arrow shows a "
            "number given as more than. Where only a share of all visitors is published the "
            "mark is its lower bound. Triangles are parts of a year, floors for the whole. The "
            f"widest spread for one year is {spread:.1f} times, by a tour operator's figure that "
            "no count supports. Of several parts of a year the largest is drawn. In the shaded "
            "years no yearly figure was found; totals over several years are not drawn."
        ),
    }
