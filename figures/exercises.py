"""Which of the three states took part in, watched or is named in each edition of each exercise."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from azpak.findings import exercises
from azpak.findings.exercises import STATES
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import PAIR, Report

PARTS = {"participant": "took part", "observer": "watched", "unknown": "part not known"}
BESIDE = 0.29  # years between the marks of two states in one edition
LATER = 0.5  # rows by which a second edition of a series and year stands lower


@figure("exercises-by-state", "politics")
def exercises_by_state(report: Report, form: Form) -> ReportFigure:
    """Draw the part of each state in each edition, a row for each series, along the years.

    Returns
    -------
    ReportFigure
        Rows: exercise_id, series, name, year, host, aze_role, pak_role, tur_role, confidence.
    """
    held = ordered(report)
    both = exercises.with_all(held, PAIR)
    roles = held[[STATES[state] for state in PAIR]]
    open_part = int(roles.eq("unknown").any(axis=1).sum())
    names = report.names()
    return ReportFigure(
        title=(
            f"Azerbaijan and Pakistan both took part in {len(both)} of {len(held)} gathered "
            f"exercises, first in {both['year'].min()}; in {open_part} the part of one or both is "
            "not known"
        ),
        alt=(
            f"Grid of {len(held)} editions of {held['series'].nunique()} series of exercises by "
            f"year, {held['year'].min()} to {held['year'].max()}, with a mark for each of three "
            "states. "
            + " ".join(in_words(held, names[state], column) for state, column in STATES.items())
        ),
        description=(
            "Beside each other stand Azerbaijan, Pakistan and Türkiye, in this order. A full mark "
            "is a state that took part, a hollow one a state that watched, a small cross a state "
            "whose part no source seen tells; a gap is a state that was not there. Editions were "
            "gathered where two of the three are named, and lists of participants in the sources "
            "are partial: a missing edition proves nothing."
        ),
        data=held[
            ["exercise_id", "series", "name", "year", "host", *STATES.values(), "confidence"]
        ],
        source="exercises of this report, with the sources of each row.",
        figure=draw(report, held, form),
    )


def ordered(report: Report) -> pd.DataFrame:
    """Return the editions with their year, series by the year of their first edition."""
    held = exercises.editions(report)
    held = held.assign(year=[day.year for day in held["start"]])
    first = held.groupby("series")["start"].transform("min")
    return held.assign(first=first).sort_values(["first", "series", "start"], ignore_index=True)


def in_words(held: pd.DataFrame, name: str, column: str) -> str:
    """Return how often a state had each part."""
    counts = held[column].value_counts()
    said = ", ".join(f"{words} {counts.get(part, 0)}" for part, words in PARTS.items())
    return f"{name}: {said}."


def draw(report: Report, held: pd.DataFrame, form: Form) -> Figure:
    """Draw the grid."""
    colours, names = style.state_colours(report), report.names()
    series = list(dict.fromkeys(held["series"]))
    step = form.choose(1.0, 1.7)
    place = {name: -n * step for n, name in enumerate(series)}
    with style.applied():
        high = form.choose(0.235, 0.235) * step * len(series) + 0.95
        drawing = style.new_figure(high, form)
        axes = drawing.subplots()
        for n, (_, edition) in enumerate(held.iterrows()):
            before = held.iloc[:n]
            same = (before["series"] == edition["series"]) & (before["year"] == edition["year"])
            draw_edition(
                axes, edition, place[edition["series"]] - LATER * same.sum(), colours, form
            )
        style.name_rows(axes, {y: name for name, y in place.items()}, form, lift=0.4)
        years = range(held["year"].min(), held["year"].max() + 1)
        axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
        axes.set_ylim(place[series[-1]] - 0.6, form.choose(0.6, 1.1))
        shown = list(years)[:: form.choose(1, 3)]
        axes.set_xticks(shown, [f"{year}" for year in shown], fontsize=form.choose(8, 8.5))
        axes.set_xticks([year - 0.5 for year in years[1:]], minor=True)
        axes.grid(True, axis="x", which="minor")
        axes.tick_params(which="both", length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        style.legend_below(axes, key(names, colours, form), columns=form.choose(3, 2))
    return drawing


def draw_edition(
    axes: Axes, edition: pd.Series, y: float, colours: dict[str, str], form: Form
) -> None:
    """Draw the part of each state in an edition."""
    size = form.choose(5.2, 3.8)
    for n, (state, column) in enumerate(STATES.items()):
        x, colour = edition["year"] + (n - 1) * BESIDE, colours[state]
        look = {
            "participant": {"marker": "o", "ms": size, "mfc": colour, "mec": colour},
            "observer": {"marker": "o", "ms": size, "mfc": "white", "mec": colour, "mew": 1.2},
            "unknown": {"marker": "x", "ms": size * 0.6, "mec": colour, "mew": 1.0},
        }.get(edition[column])
        if look:
            axes.plot(x, y, ls="", zorder=3, **look)


def key(names: pd.Series, colours: dict[str, str], form: Form) -> list[Line2D]:
    """Return the legend: states by colour, parts by shape, each in a row or column of its own."""
    states = [
        Line2D([], [], ls="", marker="o", ms=5.4, color=colours[s], label=names[s]) for s in STATES
    ]
    ink = style.INK
    looks = (
        {"marker": "o", "ms": 5.4, "mfc": ink, "mec": ink},
        {"marker": "o", "ms": 5.4, "mfc": "white", "mec": ink, "mew": 1.2},
        {"marker": "x", "ms": 3.4, "mec": ink, "mew": 1.0},
    )
    parts = [
        Line2D([], [], ls="", label=words, **look)
        for words, look in zip(PARTS.values(), looks, strict=True)
    ]
    by_row = [handle for pair in zip(states, parts, strict=True) for handle in pair]
    return form.choose(by_row, [*states, *parts])
