"""Votes in the General Assembly: agreement by year and by period, with bounds."""

from __future__ import annotations

from functools import cache

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from azpak import measures, tables
from azpak.measures import LEVEL, bootstrap_agreement, interval, one_release
from azpak.text import listed
from azpak.output import style
from azpak.output.figure import ReportFigure

SEED, DRAWS = 1992, 500
FEWEST = 10  # common votes in a year that is drawn, as in the table of ranks
# The spans of the table of ranks, which was computed from the votes of all members.
LONGEST, LATEST = (1992, 2024), (2020, 2024)
PERIODS = ((1992, 1999), (2000, 2009), (2010, 2019), LATEST, LONGEST)
BESIDE = ("KAZ", "TUR", "IND", "ARM")  # partners of Azerbaijan drawn beside Pakistan
ON_THE_LINE = ("PAK", "KAZ", "IND", "TUR")  # states whose ideal points are drawn
DYADS = (
    ("AZE", "KAZ"), ("AZE", "BGD"), ("AZE", "IDN"), ("AZE", "UZB"), ("AZE", "SAU"),
    ("AZE", "IRN"), ("AZE", "PAK"), ("AZE", "ARM"), ("AZE", "IND"), ("AZE", "RUS"),
    ("AZE", "TUR"), ("AZE", "USA"), ("PAK", "IND"), ("PAK", "ARM"), ("PAK", "TUR"),
    ("ARM", "IND"),
)  # fmt: skip
SOURCE = (
    "Voeten, Strezhnev and Bailey, United Nations General Assembly Voting Data, votes to "
    "4 June 2024, Pakistan's vote on 62/243 corrected; whole resolutions."
)
MEASURES = {"share_same": "Share of votes alike", "kappa": "Corrected for chance (kappa)"}


@cache
def rollcalls(first: int | None = None, last: int | None = None) -> pd.DataFrame:
    """Return the roll calls on whole resolutions, of some calendar years (both included) or all."""
    if first is not None:
        years = rollcalls()["month"].str[:4].astype(int)
        return rollcalls()[years.between(first, last)]
    calls = tables.load("unga_rollcalls")
    return calls[calls["whole"]]


@cache
def drawn(a: str, b: str, first: int, last: int, by_year: bool = False) -> pd.DataFrame:
    """Return the draws of two states' roll calls in some years; the seed is always the same."""
    return bootstrap_agreement(rollcalls(first, last), a, b, SEED, DRAWS, by_year=by_year)


def agreement_by_year_rows() -> pd.DataFrame:
    """Return the yearly agreement of Azerbaijan with Pakistan and four others, with bounds."""
    rows = pd.concat([measures.agreement(rollcalls(), "AZE", s) for s in ("PAK", *BESIDE)])
    rows = rows[rows["n_votes"] >= FEWEST].reset_index(drop=True)
    bounds = [
        interval(drawn(row.country_a, row.country_b, row.year, row.year)["share_same"])
        for row in rows.itertuples()
    ]
    kept = ["year", "country_a", "country_b", "n_rollcalls", "n_votes", "n_same", "share_same"]
    return rows[kept].assign(
        low=[low for low, _ in bounds],
        high=[high for _, high in bounds],
        s_index=rows["s_index"],
        kappa=rows["kappa"],
    )


def agreement_by_period_rows(periods: tuple[tuple[int, int], ...] = PERIODS) -> pd.DataFrame:
    """Return the agreement of every pair drawn, by period, with bounds of each measure."""
    rows = []
    for a, b in DYADS:
        found = measures.agreement_by_period(rollcalls(), a, b, periods)
        for (first, last), row in zip(periods, found.to_dict("records"), strict=True):
            draws = drawn(a, b, first, last)
            for name in ("share_same", "s_index", "kappa"):
                row[f"{name}_low"], row[f"{name}_high"] = interval(draws[name])
            rows.append(row)
    return pd.DataFrame(rows)


def agreement_by_year() -> ReportFigure:
    """Draw how often Azerbaijan voted like Pakistan and like four other states, year by year.

    Returns
    -------
    ReportFigure
        Rows: year, country_a, country_b, n_rollcalls, n_votes, n_same, share_same, low and high
        (bounds of share_same), s_index, kappa.
    """
    rows = agreement_by_year_rows()
    names = tables.load("actors").set_index("actor_id")["name"]
    with style.applied():
        figure = style.new_figure(4.3)
        panels = figure.subplots(2, 2, sharex=True, sharey=True)
        for axes, state in zip(panels.flat, BESIDE, strict=True):
            draw_year_panel(axes, rows, state)
            axes.set_title(names[state])
        panels[0, 0].set_yticks([0.5, 0.75, 1], ["50%", "75%", "100%"])
        panels[0, 0].set_ylim(0.45, 1.02)
        panels[0, 0].legend(handles=year_key(), loc="lower left", fontsize=7.5)

    first, last = rows["year"].min(), rows["year"].max()
    pair = rows[rows["country_b"] == "PAK"].set_index("year")
    means = rows.groupby("country_b")["share_same"].mean()
    kazakh = rows[rows["country_b"] == "KAZ"].set_index("year")["share_same"]
    more = int((kazakh > pair["share_same"]).sum())
    return ReportFigure(
        id="vote-agreement-by-year",
        title=(
            f"Azerbaijan voted like Pakistan on {pair['share_same'].min():.0%} to "
            f"{pair['share_same'].max():.0%} of common votes a year, like Kazakhstan on more in "
            f"{more} of {len(pair)} years"
        ),
        alt=(
            f"Four line charts, {first} to {last}, of the share of recorded votes that Azerbaijan "
            "cast like Pakistan, each beside the share cast like another state. With Pakistan it "
            f"lies between {pair['share_same'].min():.0%} and {pair['share_same'].max():.0%}, in "
            f"{first} at {pair['share_same'].iloc[0]:.0%} and in {last} at "
            f"{pair['share_same'].iloc[-1]:.0%}. The yearly mean is {means['PAK']:.0%} with "
            + listed(["Pakistan", *(f"{means[state]:.0%} with {names[state]}" for state in BESIDE)])
            + f". It voted like Kazakhstan on a larger share in {more} of {len(pair)} years."
        ),
        description=(
            f"Votes on whole resolutions on which both states voted yes, abstained or voted no, by "
            f"calendar year; a year with fewer than {FEWEST} common votes is not drawn. Bands hold "
            f"the middle {LEVEL:.0%} of {DRAWS} draws of that year's roll calls."
        ),
        data=rows,
        source=SOURCE,
        figure=figure,
    )


def draw_year_panel(axes: Axes, rows: pd.DataFrame, state: str) -> None:
    """Draw one partner's line and Pakistan's, each with its band."""
    colours = style.state_colours()
    for partner, dashes in ((state, (0, (4, 1.6))), ("PAK", "-")):
        line = rows[rows["country_b"] == partner]
        axes.fill_between(
            line["year"], line["low"], line["high"], color=colours[partner], alpha=0.2, lw=0
        )
        axes.plot(line["year"], line["share_same"], color=colours[partner], ls=dashes, lw=1.5)
    style.light_grid(axes, "y")


def year_key() -> list[Line2D]:
    """Return the entries that tell Pakistan's line from the other."""
    return [
        Line2D([], [], color=style.state_colours()["PAK"], lw=1.5, label="like Pakistan"),
        Line2D(
            [], [], color=style.MUTED, lw=1.5, ls=(0, (4, 1.6)), label="like the state named"
        ),
    ]  # fmt: skip


def agreement_of_pairs() -> ReportFigure:
    """Draw the agreement of pairs of states over the whole span and lately, with bounds.

    Returns
    -------
    ReportFigure
        Rows: the columns of `azpak.measures.agreement_by_period`, and for share_same, s_index and
        kappa a lower and an upper bound.
    """
    rows = agreement_by_period_rows()
    longest, latest = ("/".join(map(str, span)) for span in (LONGEST, LATEST))
    names = tables.load("actors").set_index("actor_id")["short_name"]
    with style.applied():
        figure = style.new_figure(0.27 * len(DYADS) + 1.1)
        panels = figure.subplots(1, 2, sharey=True)
        for axes, (measure, label) in zip(panels, MEASURES.items(), strict=True):
            draw_intervals(axes, rows, measure, {longest: "full", latest: "none"})
            axes.set_title(label)
        labels = [f"{names[a]}\N{EN DASH}{names[b]}" for a, b in DYADS]
        panels[0].set_yticks([-level for level in range(len(DYADS))], labels)
        panels[0].get_yticklabels()[DYADS.index(("AZE", "PAK"))].set_fontweight("semibold")
        panels[0].legend(
            handles=[
                Line2D([], [], ls="-", marker="o", ms=4.5, color=style.INK, mfc=fill,
                       label=span.replace("/", "\N{EN DASH}"))
                for span, fill in ((longest, style.INK), (latest, "white"))
            ],
            loc="center left", bbox_to_anchor=(0, 0.62), frameon=True, facecolor="white",
            edgecolor="none", framealpha=1,
        )  # fmt: skip

    rows_longest = rows[rows["period"] == longest].set_index(["country_a", "country_b"])
    pair, rivals = (rows_longest.loc[dyad] for dyad in (("AZE", "PAK"), ("PAK", "IND")))
    return ReportFigure(
        id="vote-agreement-of-pairs",
        title=(
            f"Beyond chance, Pakistan and India agree more (kappa {rivals['kappa']:.2f}) than "
            f"Azerbaijan and Pakistan ({pair['kappa']:.2f})"
        ),
        alt=(
            f"Dot chart of {len(DYADS)} pairs of states in two panels, share of votes alike and "
            f"kappa, for {longest.replace('/', ' to ')} and {latest.replace('/', ' to ')}. "
            f"Azerbaijan and Pakistan: {pair['share_same']:.0%} alike, kappa {pair['kappa']:.2f} "
            f"(bounds {pair['kappa_low']:.2f} to {pair['kappa_high']:.2f}). Pakistan and India: "
            f"{rivals['share_same']:.0%}, kappa {rivals['kappa']:.2f} "
            f"({rivals['kappa_low']:.2f} to {rivals['kappa_high']:.2f})."
        ),
        description=(
            "Votes on whole resolutions. Full marks are the whole span, hollow ones the latest "
            f"years. Lines hold the middle {LEVEL:.0%} of {DRAWS} draws of the roll calls. Kappa "
            "is 0 where two states agree as often as their shares of yes, abstention and no alone "
            "would make them, and 1 where they agree always. Türkiye has no record from "
            "19 December 2023."
        ),
        data=rows,
        source=SOURCE,
        figure=figure,
    )


def draw_intervals(axes: Axes, rows: pd.DataFrame, measure: str, fills: dict[str, str]) -> None:
    """Draw value and bounds of one measure for each pair, one period above the other."""
    for shift, (period, fill) in zip((0.16, -0.16), fills.items(), strict=True):
        shown = rows[rows["period"] == period].set_index(["country_a", "country_b"])
        for level, dyad in enumerate(DYADS):
            row, y = shown.loc[dyad], shift - level
            axes.plot(
                [row[f"{measure}_low"], row[f"{measure}_high"]], [y, y], color=style.INK, lw=1,
                zorder=2,
            )  # fmt: skip
            axes.plot(
                row[measure], y, "o", ms=4.5, color=style.INK, zorder=3,
                mfc=style.INK if fill == "full" else "white",
            )  # fmt: skip
    if measure == "share_same":
        axes.set_xticks([0.25, 0.5, 0.75, 1], ["25%", "50%", "75%", "100%"])
    style.light_grid(axes, "both")


def ideal_point_rows() -> pd.DataFrame:
    """Return the ideal points drawn, from all votes, with the 5th and the 95th percentile.

    Raises
    ------
    MeasureError
        If they come from more than one release: each estimates its own line.
    """
    points = tables.load("unga_ideal_points")
    points = points[points["iso3"].isin(("AZE", *ON_THE_LINE)) & points["ideal_point_all"].notna()]
    points = points[points["year"] >= points.loc[points["iso3"] == "AZE", "year"].min()]
    one_release(points, "ideal points")
    kept = ["year", "iso3", "ideal_point_all", "q05", "q95", "n_votes", "release"]
    return points[kept].sort_values(["iso3", "year"], ignore_index=True)


def overlaps(points: pd.DataFrame, a: str, b: str) -> pd.Series:
    """Return for each year (index) whether the intervals of two states have a value in common."""
    low, high = (points.pivot(index="year", columns="iso3", values=q) for q in ("q05", "q95"))
    both = low[[a, b]].notna().all(axis=1)
    return ((low[a] <= high[b]) & (low[b] <= high[a]))[both]


def ideal_points() -> ReportFigure:
    """Draw where Azerbaijan and four other states stand on the main line of the votes, by year.

    Returns
    -------
    ReportFigure
        Rows: year (as in the file), iso3, ideal_point_all, q05, q95, n_votes, release.
    """
    rows = ideal_point_rows()
    names = tables.load("actors").set_index("actor_id")["name"]
    with style.applied():
        figure = style.new_figure(4.3)
        panels = figure.subplots(2, 2, sharex=True, sharey=True)
        for axes, state in zip(panels.flat, ON_THE_LINE, strict=True):
            draw_points_panel(axes, rows, state)
            axes.set_title(names[state])
        panels[0, 0].legend(
            handles=[
                Line2D([], [], color=style.state_colours()["AZE"], lw=1.5, label="Azerbaijan"),
                Line2D([], [], color=style.MUTED, lw=1.5, ls=(0, (4, 1.6)), label="state named"),
            ],
            loc="upper right", fontsize=8,
        )  # fmt: skip
        figure.supylabel("ideal point; up is nearer the United States", fontsize=8.5,
                         color=style.MUTED)  # fmt: skip

    shared = {state: overlaps(rows, "AZE", state) for state in ON_THE_LINE}
    pair, last = shared["PAK"], int(rows["year"].max())
    now = [state for state in ON_THE_LINE if state != "PAK" and shared[state].get(last)]
    value = rows.set_index(["iso3", "year"])["ideal_point_all"]
    first = int(rows["year"].min())
    return ReportFigure(
        id="vote-ideal-points",
        title=(
            f"Azerbaijan's and Pakistan's ideal points overlap in {int(pair.sum())} of "
            f"{len(pair)} years, first in {int(pair.idxmax())}; in {last} so do those of "
            f"{listed(names[s] for s in now)}"
        ),
        alt=(
            f"Four line charts, {first} to {last}, of ideal points, Azerbaijan's beside that of "
            + listed(names[state] for state in ON_THE_LINE)
            + ". "
            + "; ".join(
                f"{names[s]} from {value[s, first]:.2f} to {value[s, last]:.2f}"
                for s in ("AZE", *ON_THE_LINE)
            )
            + f". Intervals of Azerbaijan and Pakistan overlap in {int(pair.sum())} of "
            f"{len(pair)} years."
        ).replace("-", "\N{MINUS SIGN}"),
        description=(
            "Ideal points estimated from all recorded votes; bands reach from the 5th to the 95th "
            "percentile of the estimate. Higher is nearer the position of the United States. The "
            "year is as in the file, which does not say whether it is the calendar year or that "
            "in which the session opened. Pakistan's vote on 62/243 is in them as released, not "
            "as corrected. Intervals overlap with Azerbaijan's in "
            + listed(f"{int(s.sum())} of {len(s)} years for {names[k]}" for k, s in shared.items())
            + "."
        ),
        data=rows,
        source=(
            "Bailey, Strezhnev and Voeten, ideal point estimates of the General Assembly, "
            f"{rows['release'].iloc[0]}."
        ),
        figure=figure,
    )


def draw_points_panel(axes: Axes, rows: pd.DataFrame, state: str) -> None:
    """Draw Azerbaijan's ideal points and those of one state, each with its band."""
    colours = style.state_colours()
    for shown, dashes in ((state, (0, (4, 1.6))), ("AZE", "-")):
        line = rows[rows["iso3"] == shown]
        axes.fill_between(line["year"], line["q05"], line["q95"], color=colours[shown], alpha=0.2,
                          lw=0)  # fmt: skip
        axes.plot(line["year"], line["ideal_point_all"], color=colours[shown], ls=dashes, lw=1.5)
    style.light_grid(axes, "y")
