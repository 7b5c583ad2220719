"""Figures on the arms balance: concentration of suppliers, military spending, personnel."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from azpak import tables
from azpak.measures import concentration_by_period, one_release, periods_of, supplier_shares
from azpak.text import count_in_words, listed, names_of
from azpak.output import style
from azpak.figures.arms import register_deliveries
from azpak.output.figure import ReportFigure

STATES = ("AZE", "ARM", "PAK", "IND", "TUR")
NAMED_FROM = 0.11  # a supplier with this share of a period is named in its bar
SPENDING = (
    ("milex_constant_2024_usd", 1e3, "billion US dollars of 2024"),
    ("milex_share_gdp", 1, "per cent of GDP"),
)  # series, divisor, title of the column
# Azerbaijan's sum of these years holds special defence allocations that no other year has.
SPECIAL_ALLOCATIONS = (2011, 2015)
DIVERGING = (1992, 1994)  # years of Azerbaijan for which the measures disagree strongly
REPEATED = 0.001  # a number this near to that of the year before is the same, but for rounding
STEP = 1.3  # a rise by this factor from one year to the next is more than recruitment explains


def supplier_concentration() -> ReportFigure:
    """Draw who armed Azerbaijan in each period of five years, and how concentrated that was.

    Returns
    -------
    ReportFigure
        Rows: period, supplier (ISO3, UNK unknown), tiv_million, share, and of the period index
        (Herfindahl), effective_number, effective_low, effective_high.
    """
    deliveries = register_deliveries("AZE")
    tiv = tables.load("arms_transfers_tiv")
    periods = periods_of(int(deliveries["year"].min()), int(deliveries["year"].max()))
    found = concentration_by_period(tiv, "AZE", periods)
    rows = pd.concat(
        supplier_shares(tiv, "AZE", *period).assign(period=f"{period[0]}/{period[1]}")
        for period in periods
    )

    with style.applied():
        figure = style.new_figure(0.5 * len(found) + 0.8)
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=(2.6, 1))
        for level, row in enumerate(found.itertuples()):
            draw_shares(left, rows[rows["period"] == row.period], -level)
            draw_effective(right, row, -level)
        left.set_yticks(
            [-level for level in range(len(found))],
            [f"{row.period.replace('/', '-')}\n{row.tiv:,.0f}" for row in found.itertuples()],
        )
        left.set_xlim(0, 100)
        left.set_xlabel("per cent of deliveries")
        left.set_title("Period and million TIV; shares of suppliers", fontsize=8.5, x=-0.17)
        left.tick_params(length=0)
        left.spines[["left", "bottom"]].set_visible(False)
        right.set_title("Effective number", fontsize=8.5)
        right.set_xlim(0.8, found["effective_high"].max() + 0.4)
        right.set_xlabel("equal suppliers")
        style.light_grid(right, "x")
        right.spines["left"].set_visible(False)

    first, last = found.iloc[0]["period"][:4], found.iloc[-1]["period"][-4:]
    low, high = found["effective_number"].min(), found["effective_number"].max()
    leaders = rows.groupby("period").head(1)
    release = deliveries["release"].iloc[0]
    return ReportFigure(
        id="supplier-concentration",
        title=(
            f"{count_in_words(leaders['supplier'].nunique()).capitalize()} states were first "
            f"supplier of Azerbaijan in {count_in_words(len(found))} periods; concentration was "
            f"that of {low:.1f} to {high:.1f} equal suppliers"
        ),
        alt=(
            f"Left, one bar for each period of five years, {first} to {last}, cut by supplier. "
            "The largest: "
            + "; ".join(
                f"{r.period.replace('/', '-')} {names_of([r.supplier])}, {100 * r.share:.0f} per "
                "cent"
                for r in leaders.itertuples()
            )
            + ". Right, a dot for each period with the effective number of suppliers: "
            + ", ".join(f"{row.effective_number:.1f}" for row in found.itertuples())
            + ". Pakistan is too small to be seen."
        ),
        description=(
            "The effective number is one over the Herfindahl index, the sum of squared shares. "
            + "; ".join(
                f"{row.period.replace('/', '-')}: {row.tiv:,.1f} million TIV, index "
                f"{row.index_:.2f}, effective number {row.effective_number:.2f} "
                f"({row.effective_low:.2f} to {row.effective_high:.2f})"
                for row in found.rename(columns={"index": "index_"}).itertuples()
            )
            + ". The range in brackets, the line in the drawing, is what is found when one year "
            f"of the period is left out. Suppliers below {100 * NAMED_FROM:.0f} per cent are not "
            f"named in the bars. Before {first} the register has no delivery by pair of states."
        ),
        data=rows.rename(columns={"tiv": "tiv_million"})
        .merge(found.drop(columns=["tiv", "n_years", "n_suppliers"]), on="period")
        .loc[:, ["period", "supplier", "tiv_million", "share", "index", "effective_number",
                 "effective_low", "effective_high"]],
        source=f"{release}; million trend-indicator values (TIV).",
        figure=figure,
    )  # fmt: skip


def draw_shares(axes: Axes, shares: pd.DataFrame, level: float) -> None:
    """Draw one period's shares end to end, the largest first, and name the large ones."""
    colours = style.state_colours()
    start = 0.0
    for row in shares.itertuples():
        colour = colours.get(row.supplier, style.RULE)
        axes.barh(level, 100 * row.share, 0.62, left=start, color=colour, ec="white", lw=0.8)
        if row.share >= NAMED_FROM:
            axes.text(start + 50 * row.share, level, names_of([row.supplier]), ha="center",
                      va="center", fontsize=8, color=ink_on(colour))  # fmt: skip
        start += 100 * row.share


def ink_on(colour: str) -> str:
    """Return the ink that is legible on a colour."""
    red, green, blue = to_rgb(colour)
    return style.INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.45 else "white"


def draw_effective(axes: Axes, row: tuple, level: float) -> None:
    """Draw one period's effective number and its range without one year."""
    axes.hlines(level, row.effective_low, row.effective_high, color=style.MUTED, lw=1.4)
    axes.plot(row.effective_number, level, "o", ms=6, color=style.INK)
    axes.annotate(f"{row.effective_number:.1f}", (row.effective_number, level), (0, 6),
                  textcoords="offset points", ha="center", fontsize=8)  # fmt: skip


def military_spending() -> ReportFigure:
    """Draw military spending of five states, in constant dollars and as share of GDP.

    Returns
    -------
    ReportFigure
        Rows: iso3, year, indicator, value, unit, flag (SIPRI's mark on the value).
    """
    rows = spending_rows()
    first, last = int(rows["year"].min()), int(rows["year"].max())
    with style.applied():
        figure = style.new_figure(5.7)
        panels = figure.subplots(len(STATES), len(SPENDING), sharex=True)
        for axes, state in zip(panels, STATES, strict=True):
            for panel, (indicator, divisor, _) in zip(axes, SPENDING, strict=True):
                mine = rows[(rows["iso3"] == state) & (rows["indicator"] == indicator)]
                draw_spending(panel, mine, state, divisor)
            axes[0].text(0.02, 0.97, names_of([state]), transform=axes[0].transAxes, va="top",
                         fontweight="semibold", bbox={"fc": "white", "ec": "none", "pad": 1.5},
                         zorder=1)  # fmt: skip
        for panel, (_, _, title) in zip(panels[0], SPENDING, strict=True):
            panel.set_title(title, fontsize=8.5)
        for panel in panels[:, 1]:
            highest = rows[rows["indicator"] == SPENDING[1][0]]["value"].max()
            panel.set_ylim(-0.04 * highest, 1.08 * highest)
            panel.set_yticks([0, 2, 4, 6])
        panels[0, 0].set_xlim(first - 1, last + 1)
        panels[STATES.index("IND"), 1].legend(
            handles=spending_marks(), loc="upper left", ncols=2, fontsize=7.5, frameon=True,
            facecolor="white", edgecolor="white", framealpha=1, columnspacing=1, borderaxespad=0,
        )  # fmt: skip

    share = rows[rows["indicator"] == SPENDING[1][0]].set_index(["iso3", "year"])["value"]
    dollars = rows[rows["indicator"] == SPENDING[0][0]].set_index(["iso3", "year"])["value"] / 1e3
    release = tables.load("milex_sipri")["release"].iloc[0]
    return ReportFigure(
        id="military-spending",
        title=(
            f"In {last} Azerbaijan spent {dollars['AZE', last]:.1f} billion dollars, Armenia "
            f"{dollars['ARM', last]:.1f}, with shares of GDP of {share['AZE', last]:.1f} and "
            f"{share['ARM', last]:.1f} per cent"
        ),
        alt=(
            f"Two columns of lines, {first} to {last}, for {names_of(STATES)}. "
            "Left, spending in billion US dollars of 2024, each state on its own scale; right, "
            f"its share of GDP on one scale. Last values: "
            + "; ".join(
                f"{names_of([s])} {dollars[s, last]:.1f} billion, {share[s, last]:.1f} per cent"
                for s in STATES
            )
            + "."
        ),
        description=(
            "Hollow marks are SIPRI's own estimates (Azerbaijan and Pakistan). The shaded years of "
            f"Azerbaijan, {SPECIAL_ALLOCATIONS[0]}-{SPECIAL_ALLOCATIONS[1]}, hold allocations for "
            "special defence projects that later years lack, so the fall after them is in part one "
            f"of definition. For {DIVERGING[0]}-{DIVERGING[1]} its measures diverge "
            "strongly (hatched). "
            "Pakistan's figures include paramilitary forces and pensions, Armenia's exclude "
            "military pensions: levels of states compare less well than the course of one. "
            f"Years without a value: {gaps(rows)}. SIPRI publishes no ranges of error."
        ),
        data=rows[["iso3", "year", "indicator", "value", "unit", "flag"]],
        source=f"{release}.",
        figure=figure,
    )


def spending_rows() -> pd.DataFrame:
    """Return the drawn rows of military spending.

    Raises
    ------
    MeasureError
        If they come from more than one release, which must not stand in one series.
    """
    rows = tables.load("milex_sipri")
    drawn = rows["iso3"].isin(STATES) & rows["indicator"].isin([name for name, *_ in SPENDING])
    rows = rows[drawn].sort_values(["indicator", "iso3", "year"])
    one_release(rows, "military spending")
    return rows


def gaps(rows: pd.DataFrame) -> str:
    """Return the years without a value in constant dollars, by state."""
    dollars = rows[rows["indicator"] == SPENDING[0][0]]
    span = range(int(dollars["year"].min()), int(dollars["year"].max()) + 1)
    missing = {s: sorted({*span} - {*dollars.loc[dollars["iso3"] == s, "year"]}) for s in STATES}
    return "; ".join(f"{names_of([s])} {listed(map(str, m))}" for s, m in missing.items() if m)


def draw_spending(axes: Axes, rows: pd.DataFrame, state: str, divisor: float) -> None:
    """Draw one state's series, with gaps where there is no value and estimates hollow."""
    colour = style.state_colours()[state]
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    series = (rows.set_index("year")["value"] / divisor).reindex(years)
    estimated = rows.loc[rows["flag"] == "sipri_estimate", "year"]
    if state == "AZE":
        axes.axvspan(SPECIAL_ALLOCATIONS[0] - 0.5, SPECIAL_ALLOCATIONS[1] + 0.5, color=style.LAND)
        axes.axvspan(DIVERGING[0] - 0.5, DIVERGING[1] + 0.5, fc="none", ec=style.RULE, hatch="////",
                     lw=0)  # fmt: skip
    axes.plot(series.index, series, "-o", color=colour, ms=2.6, lw=1.2)
    axes.plot(estimated, series[estimated], "o", ms=3, mfc="white", mec=colour, mew=0.9)
    axes.set_ylim(-0.05 * series.max(), series.max() * 1.3)
    style.light_grid(axes, "y")
    axes.spines[["left", "bottom"]].set_visible(False)


def spending_marks() -> list:
    """Return the legend."""
    look = {"ls": "", "marker": "o", "mec": style.INK}
    return [
        Line2D([], [], mfc=style.INK, ms=4, label="as reported", **look),
        Line2D([], [], mfc="white", ms=4, label="SIPRI's estimate", **look),
        Patch(fc=style.LAND, ec=style.RULE, label="with special allocations"),
        Patch(fc="none", ec=style.RULE, hatch="////", label="measures diverge"),
    ]


def armed_forces() -> ReportFigure:
    """Draw the numbers of armed forces personnel of five states, and where they only repeat.

    Returns
    -------
    ReportFigure
        Rows: iso3, year, persons, repeated (as the year before, within a thousandth), release.
    """
    rows = personnel_rows()
    with style.applied():
        figure = style.new_figure(4.4)
        panels = figure.subplots(3, 2, sharex=True)
        step = step_year(rows)
        for axes, state in zip(panels.flat, STATES, strict=False):
            draw_personnel(axes, rows[rows["iso3"] == state], state, step)
        panels[0, 0].set_xlim(rows["year"].min() - 1, rows["year"].max() + 1)
        panels[1, 1].tick_params(labelbottom=True)
        key = panels.flat[len(STATES)]
        key.set_axis_off()
        key.legend(handles=personnel_marks(step), loc="center left")

    persons = rows.set_index(["iso3", "year"])["persons"]
    last = int(rows["year"].max())
    repeated = rows[rows["repeated"]].groupby("iso3").size().reindex(STATES, fill_value=0)
    since, step = flat_since(persons["AZE"]), step_year(rows)
    shared = names_of(s for s in STATES if s != "AZE" and step in steps(rows, s))
    return ReportFigure(
        id="armed-forces-personnel",
        title=(
            f"Azerbaijan's number of personnel has stood near {persons['AZE', last]:,.0f} since "
            f"{since}; {shared} share its step of {step}"
        ),
        alt=(
            f"Five line charts of armed forces personnel, {rows['year'].min()} to {last}, for "
            f"{names_of(STATES)}, with paramilitary forces. Last values: "
            + "; ".join(f"{names_of([s])} {persons[s, last]:,.0f}" for s in STATES)
            + f". A line marks the step of {step}, which {shared} share. Hollow marks are numbers "
            f"as the year before, for Azerbaijan {repeated['AZE']}."
        ),
        description=(
            "The World Bank takes the numbers from The Military Balance. Hollow marks are within "
            "a thousandth of the year before: "
            + "; ".join(f"{names_of([s])} {n} years" for s, n in repeated.items())
            + ". Such a number may have been carried forward. That the step comes of counting "
            "paramilitary forces is the reading of this report. No range of error is published. "
            f"Each state has its own scale. The series ends in {last}."
        ),
        data=rows,
        source=f"{rows['release'].iloc[0]} (World Bank, after The Military Balance).",
        figure=figure,
    )


def personnel_rows() -> pd.DataFrame:
    """Return the drawn rows of personnel.

    Raises
    ------
    MeasureError
        If they come from more than one release, which must not stand in one series.
    """
    rows = tables.load("armed_forces_personnel")
    rows = rows[rows["iso3"].isin(STATES)].sort_values(["iso3", "year"], ignore_index=True)
    one_release(rows, "personnel")
    change = rows.groupby("iso3")["value"].pct_change().abs()
    rows = rows.rename(columns={"value": "persons"}).assign(repeated=change < REPEATED)
    return rows[["iso3", "year", "persons", "repeated", "release"]]


def steps(rows: pd.DataFrame, state: str) -> list[int]:
    """Return the years in which a state's number is larger by a step than the year before."""
    persons = rows[rows["iso3"] == state].set_index("year")["persons"]
    return list(persons.index[persons / persons.shift() > STEP])


def step_year(rows: pd.DataFrame) -> int:
    """Return the year of the largest step of Azerbaijan's number."""
    persons = rows[rows["iso3"] == "AZE"].set_index("year")["persons"]
    return int((persons / persons.shift()).idxmax())


def flat_since(persons: pd.Series) -> int:
    """Return the first year from which all numbers are within a hundredth of the last."""
    near = (persons - persons.iloc[-1]).abs() < 0.01 * persons.iloc[-1]
    return int(near[::-1].cummin()[::-1].idxmax())


def draw_personnel(axes: Axes, rows: pd.DataFrame, state: str, step: int) -> None:
    """Draw one state's numbers, in thousands, hollow where they repeat."""
    colour = style.state_colours()[state]
    thousands = rows.set_index("year")["persons"] / 1e3
    again = thousands[rows.set_index("year")["repeated"]]
    axes.axvline(step - 0.5, color=style.MUTED, lw=1, ls=(0, (3, 2)))
    axes.plot(thousands.index, thousands, "-o", color=colour, ms=3, lw=1.2)
    axes.plot(again.index, again, "o", ms=3.4, mfc="white", mec=colour, mew=0.9)
    axes.set_ylim(0, thousands.max() * 1.12)
    axes.set_title(f"{names_of([state])}, thousand persons")
    style.light_grid(axes, "y")
    axes.spines[["left", "bottom"]].set_visible(False)


def personnel_marks(step: int) -> list[Line2D]:
    """Return the legend."""
    look = {"ls": "", "marker": "o", "mec": style.INK, "ms": 5}
    return [
        Line2D([], [], mfc=style.INK, label="changed from the year before", **look),
        Line2D([], [], mfc="white", label="as the year before", **look),
        Line2D([], [], color=style.MUTED, lw=1, ls=(0, (3, 2)),
               label=f"step of {step} in several states"),
    ]  # fmt: skip
