"""Votes in the General Assembly: agreement by year and by period, with bounds."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.findings import ideal_points as points
from azpak.findings import roll_calls, vote_panel, votes
from azpak.findings.votes import BESIDE, DRAWS, DYADS, FEWEST, LATEST, LONGEST
from azpak.measures import LEVEL
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import PAIR, Report
from azpak.text import listed

MEASURES = {"share_same": "Share of votes alike", "kappa": "Corrected for chance (kappa)"}

POINTS = (-20, 0, 20)  # per cent, on the axis of differences


@figure("vote-agreement-by-year", "votes")
def agreement_by_year(report: Report, form: Form) -> ReportFigure:
    """Draw how often Azerbaijan voted like Pakistan and like four other states, year by year.

    Returns
    -------
    ReportFigure
        Rows: year, country_a, country_b, n_rollcalls, n_votes, n_same, share_same, low and high
        (bounds of share_same), s_index, kappa.
    """
    rows = votes.yearly_rows(report)
    names, colours = report.names(), style.state_colours(report)
    with style.applied():
        drawing = draw_differences(rows, names, colours, form)

    first, last = rows["year"].min(), rows["year"].max()
    pair = rows[rows["country_b"] == "PAK"].set_index("year")
    means = rows.groupby("country_b")["share_same"].mean()
    kazakh = rows[rows["country_b"] == "KAZ"].set_index("year")["share_same"]
    more = int((kazakh > pair["share_same"]).sum())
    return ReportFigure(
        title=(
            f"Azerbaijan voted like Pakistan on {pair['share_same'].min():.0%} to "
            f"{pair['share_same'].max():.0%} of common votes a year, like Kazakhstan on more in "
            f"{more} of {len(pair)} years"
        ),
        alt=(
            f"Five charts, {first} to {last}: the share of recorded votes that Azerbaijan "
            "cast like Pakistan, and how far the share cast like four others lay above or below "
            "it. With Pakistan it "
            f"lies between {pair['share_same'].min():.0%} and {pair['share_same'].max():.0%}, in "
            f"{first} at {pair['share_same'].iloc[0]:.0%} and in {last} at "
            f"{pair['share_same'].iloc[-1]:.0%}. The yearly mean is {means['PAK']:.0%} with "
            + listed(["Pakistan", *(f"{means[state]:.0%} with {names[state]}" for state in BESIDE)])
            + f". It voted like Kazakhstan on a larger share in {more} of {len(pair)} years."
        ),
        description=(
            f"Votes on whole resolutions on which both states voted yes, abstained or voted no, by "
            f"calendar year; a year with fewer than {FEWEST} common votes is not drawn. Band and "
            f"lines hold the middle {LEVEL:.0%} of {DRAWS} draws of that year's items (roll calls "
            "that all states cast alike); a difference is taken within each draw. Full marks are "
            "differences whose bounds leave out nought."
        ),
        data=rows,
        source=source(report),
        figure=drawing,
    )


def draw_differences(
    rows: pd.DataFrame, names: pd.Series, colours: dict[str, str], form: Form
) -> Figure:
    """Draw the share with Pakistan, and how far the share with each other state lies above it."""
    drawing = style.new_figure(form.choose(5.6, 8.4), form)
    layout = form.choose([["PAK", "PAK"], BESIDE[:2], BESIDE[2:]], [[s] for s in ("PAK", *BESIDE)])
    panels = drawing.subplot_mosaic(layout, sharex=True)
    draw_share(panels["PAK"], rows[rows["country_b"] == "PAK"], colours["PAK"])
    shared = "oted like Pakistan, share of common votes"
    panels["PAK"].set_title(form.choose(f"Azerbaijan v{shared}", f"V{shared}"))
    widest = 100 * rows[["above_low", "above_high"]].abs().max().max()
    for state in BESIDE:
        draw_difference(panels[state], rows[rows["country_b"] == state], colours[state])
        panels[state].set_title(f"Like {names[state]}, percentage points more")
        panels[state].set_ylim(-1.05 * widest, 1.05 * widest)
        said = [f"{tick:+d}" if tick else "0" for tick in POINTS]
        said = [text.replace("-", "\N{MINUS SIGN}") for text in said]
        panels[state].set_yticks(POINTS, said)
    look = {"ls": "-", "marker": "o", "ms": 4.5, "color": style.INK, "lw": 1}
    key = [
        Line2D([], [], mfc=style.INK, label="whole range on one side of nought", **look),
        Line2D([], [], mfc=style.GROUND, label="range on both sides", **look),
    ]
    style.legend_below(panels["PAK"], key, columns=form.choose(2, 1))
    return drawing


def draw_share(axes: Axes, line: pd.DataFrame, colour: str) -> None:
    """Draw the yearly share with its band."""
    axes.fill_between(line["year"], line["low"], line["high"], color=colour, alpha=0.2, lw=0)
    axes.plot(line["year"], line["share_same"], color=colour, lw=1.6)
    axes.set_yticks([0.6, 0.8, 1], ["60%", "80%", "100%"])
    axes.set_ylim(0.55, 1.02)
    style.light_grid(axes, "y")


def draw_difference(axes: Axes, line: pd.DataFrame, colour: str) -> None:
    """Draw the yearly difference in percentage points: full marks where the bounds leave out 0."""
    low, high = 100 * line["above_low"], 100 * line["above_high"]
    sure = (low > 0) | (high < 0)
    axes.axhline(0, color=style.MUTED, lw=0.9)
    axes.vlines(line["year"], low, high, color=colour, lw=1, alpha=0.55)
    for shown, fill in ((sure, colour), (~sure, style.GROUND)):
        axes.plot(
            line["year"][shown], 100 * line["above"][shown], "o", ms=3.4, mfc=fill, mec=colour,
            mew=0.9,
        )  # fmt: skip
    style.light_grid(axes, "y")


@figure("vote-agreement-of-pairs", "votes")
def agreement_of_pairs(report: Report, form: Form) -> ReportFigure:
    """Draw the agreement of pairs of states over the whole span and lately, with bounds.

    Returns
    -------
    ReportFigure
        Rows: the columns of `azpak.measures.agreement_by_period`, and for share_same, s_index and
        kappa a lower and an upper bound.
    """
    rows = votes.agreement_rows(report)
    longest, latest = ("/".join(map(str, span)) for span in (LONGEST, LATEST))
    names = report.table("actors").set_index("actor_id")["short_name"]
    with style.applied():
        drawing = style.new_figure(form.choose(1, 2) * 0.27 * len(DYADS) + 1.1, form)
        panels = drawing.subplots(*form.choose((1, 2), (2, 1)), sharey=True)
        for axes, (measure, label) in zip(panels, MEASURES.items(), strict=True):
            draw_intervals(axes, rows, measure, {longest: "full", latest: "none"})
            axes.set_title(label)
        labels = [f"{names[a]}\N{EN DASH}{names[b]}" for a, b in DYADS]
        for axes in panels[: form.choose(1, 2)]:
            axes.set_yticks([-level for level in range(len(DYADS))], labels)
            axes.get_yticklabels()[DYADS.index(PAIR)].set_fontweight("semibold")
        style.legend_below(
            panels[0],
            [
                Line2D([], [], ls="-", marker="o", ms=4.5, color=style.INK, mfc=fill,
                       label=span.replace("/", "\N{EN DASH}"))
                for span, fill in ((longest, style.INK), (latest, "white"))
            ],
            columns=2,
        )  # fmt: skip

    rows_longest = rows[rows["period"] == longest].set_index(["country_a", "country_b"])
    pair, rivals = (rows_longest.loc[dyad] for dyad in (PAIR, ("PAK", "IND")))
    return ReportFigure(
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
            f"years. Lines hold the middle {LEVEL:.0%} of {DRAWS} draws of items (roll calls that "
            "all states cast alike). Kappa "
            "is 0 where two states agree as often as their shares of yes, abstention and no alone "
            "would make them, and 1 where they agree always. In gaps of the record, of "
            f"{report.names_of(gap.state for gap in vote_panel.gaps_told(report))}, no vote counts."
        ),
        data=rows,
        source=source(report),
        figure=drawing,
    )


def source(report: Report) -> str:
    """Return the source line of the roll calls."""
    return (
        "Voeten, Strezhnev and Bailey, United Nations General Assembly Voting Data, votes to "
        f"{roll_calls.last_vote(report).display()}, Pakistan's vote on 62/243 corrected; whole "
        "resolutions."
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


@figure("vote-ideal-points", "votes")
def ideal_points(report: Report, form: Form) -> ReportFigure:
    """Draw where Azerbaijan and four other states stand on the main line of the votes, by year.

    Returns
    -------
    ReportFigure
        Rows: year (as in the file), iso3, ideal_point_all, q05, q95, n_votes, release.
    """
    rows = points.point_rows(report)
    names = report.names()
    shared = {state: points.overlaps(rows, "AZE", state) for state in points.ON_THE_LINE}
    pair, last = shared["PAK"], int(rows["year"].max())
    now = [state for state in points.ON_THE_LINE if state != "PAK" and shared[state].get(last)]
    value = rows.set_index(["iso3", "year"])["ideal_point_all"]
    first = int(rows["year"].min())
    return ReportFigure(
        title=(
            f"Azerbaijan's and Pakistan's ideal points overlap in {int(pair.sum())} of "
            f"{len(pair)} years, first in {int(pair.idxmax())}; in {last} so do those of "
            f"{listed(names[s] for s in now)}"
        ),
        alt=(
            f"Four line charts, {first} to {last}, of ideal points, Azerbaijan's beside that of "
            + listed(names[state] for state in points.ON_THE_LINE)
            + ". "
            + "; ".join(
                f"{names[s]} from {value[s, first]:.2f} to {value[s, last]:.2f}"
                for s in ("AZE", *points.ON_THE_LINE)
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
        figure=draw_points(rows, names, style.state_colours(report), form),
    )


def draw_points(
    rows: pd.DataFrame, names: pd.Series, colours: dict[str, str], form: Form
) -> Figure:
    """Draw a panel for each of the other states."""
    with style.applied():
        drawing = style.new_figure(form.choose(4.3, 6.8), form)
        panels = drawing.subplots(
            *form.choose((2, 2), (4, 1)), sharex=True, sharey=True, squeeze=False
        )
        for axes, state in zip(panels.flat, points.ON_THE_LINE, strict=True):
            draw_points_panel(axes, rows, state, colours)
            axes.set_title(names[state])
        panels[0, 0].legend(
            handles=[
                Line2D([], [], color=colours["AZE"], lw=1.5, label="Azerbaijan"),
                Line2D([], [], color=style.MUTED, lw=1.5, ls=(0, (4, 1.6)), label="state named"),
            ],
            loc="upper right", fontsize=8,
        )  # fmt: skip
        drawing.supylabel(
            "ideal point; up is nearer the United States", fontsize=8.5, color=style.MUTED
        )
    return drawing


def draw_points_panel(axes: Axes, rows: pd.DataFrame, state: str, colours: dict[str, str]) -> None:
    """Draw Azerbaijan's ideal points and those of one state, each with its band."""
    for shown, dashes in ((state, (0, (4, 1.6))), ("AZE", "-")):
        line = rows[rows["iso3"] == shown]
        axes.fill_between(line["year"], line["q05"], line["q95"], color=colours[shown], alpha=0.2,
                          lw=0)  # fmt: skip
        axes.plot(line["year"], line["ideal_point_all"], color=colours[shown], ls=dashes, lw=1.5)
    style.light_grid(axes, "y")
