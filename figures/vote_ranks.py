"""Where Azerbaijan and Pakistan stand among all members of the United Nations by their votes."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.findings import vote_ranks, votes
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import PAIR, Report

TICKS = {0.0: "closest", 0.5: "middle", 1.0: "farthest"}  # shares of the partners that are closer
ROOM = 0.06  # of the scale, between a bar and its number


@figure("vote-ranks", "votes")
def ranks(report: Report, form: Form) -> ReportFigure:
    """Draw the rank of each of the two among the other's partners, by year and by span.

    Returns
    -------
    ReportFigure
        Rows: country, partner, period (a year or a span), rank, n_partners, s_index,
        median_partner_s, n_votes.
    """
    names = report.names()
    longest = "/".join(map(str, votes.LONGEST))
    spans = {pair: vote_ranks.of_spans(report, *pair).drop(longest) for pair in (PAIR, PAIR[::-1])}
    years = {pair: vote_ranks.of_years(report, *pair) for pair in spans}
    first, last = years[PAIR].index.min(), years[PAIR].index.max()
    return ReportFigure(
        title=(
            f"Among Pakistan's partners in votes Azerbaijan {moved(spans[PAIR[::-1]], 'rank ')}; "
            f"among Azerbaijan's Pakistan {moved(spans[PAIR])}"
        ),
        alt=(
            f"Two panels of ranks by agreement in the General Assembly, {first} to {last}, from "
            "the closest partner at the top to the farthest. "
            + " ".join(in_words(names, pair, spans[pair]) for pair in spans)
        ),
        description=(
            "A dot is the rank in the votes of one year, a bar that in all votes of a span, with "
            "its number and the number of partners ranked. The scale is the share of partners "
            "that agree more, since the number of members grew. Agreement is the S index, in "
            "which an abstention stands half-way between yes and no; small differences of it move "
            "a rank far, above all in a single year. The ranks were computed from the votes of "
            "all members, which these data do not hold."
        ),
        data=rows(spans, years),
        source=(
            "Voeten, Strezhnev and Bailey, United Nations General Assembly Voting Data; "
            "resolutions as a whole."
        ),
        figure=draw(report, spans, years, form),
    )


def moved(by_span: pd.DataFrame, word: str = "") -> str:
    """Return how a rank moved from the first span to the last: ``rose from rank 106 to 13``."""
    first, last = by_span["rank"].iloc[[0, -1]]
    way = "rose" if last < first else "fell" if last > first else "stayed"
    return f"{way} from {word}{first} to {last}"


def rows(spans: dict, years: dict) -> pd.DataFrame:
    """Return what is drawn as one table."""
    columns = ["rank", "n_partners", "s_index", "median_partner_s", "n_votes"]
    parts = []
    for (country, partner), by_span in spans.items():
        for found in (years[country, partner], by_span):
            part = found[columns].rename_axis("period").reset_index()
            part["period"] = part["period"].astype(str)
            parts.append(part.assign(country=country, partner=partner))
    return pd.concat(parts, ignore_index=True)[["country", "partner", "period", *columns]]


def in_words(names: pd.Series, pair: tuple[str, str], by_span: pd.DataFrame) -> str:
    """Return the ranks of a panel as the alternative text has them."""
    country, partner = (names[state] for state in pair)
    said = "; ".join(
        f"{span.replace('/', ' to ')} {row['rank']} of {row['n_partners']}"
        for span, row in by_span.iterrows()
    )
    return f"{partner} among {country}'s partners: {said}."


def draw(report: Report, spans: dict, years: dict, form: Form) -> Figure:
    """Draw a panel for each side."""
    names, colours = report.names(), style.state_colours(report)
    with style.applied():
        drawing = style.new_figure(form.choose(2.9, 5.2), form)
        panels = drawing.subplots(*form.choose((1, 2), (2, 1)), sharex=True, sharey=True)
        for axes, pair in zip(panels, spans, strict=True):
            country, partner = pair
            draw_ranks(axes, spans[pair], years[pair], colours[partner])
            axes.set_title(f"{names[partner]} among {names[country]}'s partners")
            axes.axhline(0.5, color=style.MUTED, lw=0.8, ls=(0, (2, 2)), zorder=0)
            axes.set_ylim(1.04, -0.04)
            axes.set_yticks(list(TICKS), list(TICKS.values()))
            axes.set_xticks(range(1995, 2026, 10))
            axes.tick_params(length=0)
            axes.grid(True, axis="x")
        style.legend_below(panels[0], key(), columns=form.choose(2, 1))
    return drawing


def draw_ranks(axes: Axes, spans: pd.DataFrame, years: pd.DataFrame, colour: str) -> None:
    """Draw the years as dots and the spans as bars with their rank."""
    axes.plot(years.index, share(years), "o", ms=3.4, color=colour, alpha=0.55, mew=0, zorder=2)
    for span, row in spans.iterrows():
        first, last = map(int, span.split("/"))
        at = share(row)
        axes.plot([first - 0.4, last + 0.4], [at, at], color=colour, lw=3, zorder=3)
        above = at > share(years.loc[first:last]).mean()
        axes.text(
            (first + last) / 2, at + (ROOM if above else -ROOM), f"{row['rank']}", ha="center",
            va="top" if above else "bottom", fontsize=8.5, fontweight="semibold", zorder=4,
        )  # fmt: skip


def share(row: pd.Series | pd.DataFrame) -> float | pd.Series:
    """Return the share of the other partners that agree more."""
    return (row["rank"] - 1) / (row["n_partners"] - 1)


def key() -> list[Line2D]:
    """Return the legend."""
    return [
        Line2D([], [], color=style.INK, lw=3, label="rank in all votes of the span"),
        Line2D([], [], ls="", marker="o", ms=3.4, color=style.INK, alpha=0.55, mew=0,
               label="rank in the votes of a year"),
    ]  # fmt: skip
