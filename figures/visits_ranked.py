"""Visits of all years by direction and rank, as tiles."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.figures.tiles import draw_tiles, name_tiles, tile_key, years_along
from azpak.findings import chronology, interlude, visits
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.text import count_in_words, listed

HEADS = {"AZE": "Pakistanis to Azerbaijan", "PAK": "Azerbaijanis to Pakistan"}  # by host
SHORT = {visits.LEADER: "leaders", visits.DEFENCE: "defence, forces",
         visits.OTHER: "others"}  # fmt: skip
# What divides the years, with the words that name it.
LINES = {"2002-karachi-defence-agreement": "first agreement", "2020-karabakh-war": "war"}
DASHED = {"color": style.MUTED, "lw": 0.9, "ls": (0, (2, 2))}


@figure("visits-by-rank", "politics")
def visits_by_rank(report: Report, form: Form) -> ReportFigure:
    """Draw how many visits of which rank fell in each year, in each direction.

    Returns
    -------
    ReportFigure
        The rows of `azpak.findings.visits.of_all_years`.
    """
    rows = visits.of_all_years(report)
    period = chronology.period(report, interlude.CHAPTER)
    early = rows["year"].between(period.start.year, period.end.year)
    war = chronology.LAST_WAR
    to_baku = int((rows["host"] == "AZE").sum())
    return ReportFigure(
        title=(
            f"{count_in_words(early.sum()).capitalize()} visits are recorded in "
            f"{period.start.year}-{period.end.year}, {(rows['year'] > war).sum()} after {war}; "
            f"{to_baku} of all {len(rows)} brought Pakistanis to Azerbaijan"
        ),
        alt=(
            f"Tiles for the visits of each year from {rows['year'].min()} to {rows['year'].max()}, "
            "by direction and rank. " + " ".join(in_words(rows, host) for host in HEADS)
        ),
        description=(
            "A tile is a year with visits of the rank, with their number. Leaders are heads of "
            "state or government; the second rank are ministries, forces and firms of defence. "
            "Outlines are visits that "
            "were only announced or are told in later texts alone. Summits of several states at "
            "which a leader was a guest count. Many sources are Azerbaijani and tell of guests "
            "received in Baku, and online sources cover the later years best, so that the early "
            "years and journeys to Pakistan may have had more visits than are found."
        ),
        data=rows,
        source="events of this report, with their claims and sources.",
        figure=draw(report, rows, form),
    )


def in_words(rows: pd.DataFrame, host: str) -> str:
    """Return the visits of one direction as the alternative text has them."""
    part = rows[rows["host"] == host]
    ranks = [f"{(part['level'] == level).sum()} {name}" for level, name in SHORT.items()]
    years = part["year"].value_counts()
    most = sorted(years[years == years.max()].index)
    return (
        f"{HEADS[host]}: {len(part)}, of them {listed(ranks)}; most in {listed(map(str, most))}, "
        f"with {years.max()}."
    )


def draw(report: Report, rows: pd.DataFrame, form: Form) -> Figure:
    """Draw a panel for each direction: a row of tiles for each rank, on one axis of years."""
    first, last = chronology.in_time(report).first_year, rows["year"].max()
    years = range(first, last + 1)
    most = rows.groupby(["host", "level", "year"]).size().max()
    with style.applied():
        drawing = style.new_figure(form.choose(2.75, 7.2), form)
        shared = form.choose({"sharex": True}, {"sharey": True})
        panels = drawing.subplots(*form.choose((2, 1), (1, 2)), **shared)
        for axes, (host, head) in zip(panels, HEADS.items(), strict=True):
            years_along(axes, first, last, form)
            counts, unsure = (
                table(part[part["host"] == host], years) for part in (rows, rows[~rows["certain"]])
            )
            divide(report, axes, form)
            draw_tiles(axes, counts, form, doubtful=unsure, darkest=most)
            name_tiles(axes, SHORT.values(), form)
            if form.is_narrow:
                heads = [name.replace(", ", ",\n") for name in SHORT.values()]
                axes.set_xticks(range(len(heads)), heads, rotation=0, ha="center", fontsize=7.5)
            axes.set_title(head.replace(" to ", form.choose(" to ", " to\n")))
        key = tile_key("visits in the year, by number", "announced, or told later alone")
        named = [f"{words} ({report.day(event).year})" for event, words in LINES.items()]
        key.append(Line2D([], [], label=f"after the {listed(named)}", **DASHED))
        style.legend_below(panels[0], key, columns=form.choose(2, 1))
    return drawing


def table(rows: pd.DataFrame, years: range) -> pd.DataFrame:
    """Return the number of visits by rank and year."""
    found = rows.groupby(["level", "year"]).size().unstack(fill_value=0)
    return found.reindex(index=list(SHORT), columns=years, fill_value=0).fillna(0).astype(int)


def divide(report: Report, axes: Axes, form: Form) -> None:
    """Draw the lines that divide the years, each after the year of its event."""
    for event_id in LINES:
        at = report.day(event_id).year + 0.5
        line = form.choose(axes.axvline, axes.axhline)
        line(form.choose(at, -at), zorder=0, **DASHED)
