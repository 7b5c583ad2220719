"""Figures on the phases: breaks in the report's events, under each weighting, and outside it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from azpak import phases_tested, tables
from azpak.vocabulary import VOICES
from azpak.measures.boundaries import boundaries_told
from azpak.text import count_in_words, listed
from azpak.output import style
from azpak.output.figure import ReportFigure

LEVEL = "#a3431f"  # fitted levels and breaks, the same in every figure of the family
BAR = "#b9c1ca"
PROPOSED_FROM = 1  # works that open a phase in a year that is marked
SHOWN_FROM = 0.02  # share of draws; less cannot be told from white
OWN = "events and sources of this report; literature."
WEIGHTINGS = {
    phases_tested.ALL: "all events",
    "two groups": "two groups of sources",
    "without arms": "without arms",
    "happened": "only what happened",
    "documents": "acts and documents",
    **{f"no {voice} sources": f"without {voice} sources" for voice in VOICES.values()},
}
RIVALS = {
    "sources": "sources, by year",
    "other sources": "sources on other things",
    "other events": "events of others",
}
OUTSIDE = {
    "Votes alike": "Votes alike, share",
    "Votes alike, beyond chance (kappa)": "Votes alike beyond chance, kappa",
    "Distance of ideal points": "Distance of ideal points",
    "Defence agreements signed": "Defence agreements of the pair",
}


def years_as_words(years) -> str:
    """Return years as a sentence has them, or that there are none."""
    return listed(map(str, years)) or "none"


def openings() -> pd.Series:
    """Return how many works open a phase in each year."""
    told = boundaries_told(tables.load("phases"), tables.load("literature"), PROPOSED_FROM)
    return told["n_works"]


def own_boundaries() -> list[int]:
    """Return the years in which a phase of this report begins, without the first."""
    told = phases_tested.verdict_rows()
    return [int(year) for year in told.index[told["phase_id"].notna()]][1:]


def event_breaks() -> ReportFigure:
    """Draw the pair's events by year, the levels found, how sure their breaks are, and others'.

    Returns
    -------
    ReportFigure
        Rows: year, events, level, break_found (bool), share_of_draws (with a break in that year,
        0 to 1), works (that open a phase in that year).
    """
    found = phases_tested.events_found()[phases_tested.ALL]
    counts, levels = found.found.series, found.found.levels
    works = openings().reindex(counts.index, fill_value=0)
    rows = pd.DataFrame(
        {
            "year": counts.index,
            "events": counts.to_numpy(),
            "level": levels.to_numpy(),
            "break_found": counts.index.isin(found.found.breaks),
            "share_of_draws": found.draws.mean().to_numpy(),
            "works": works.to_numpy(),
        }
    )
    first, last = counts.index[0], counts.index[-1]
    with style.applied():
        figure = style.new_figure(5.2)
        top, middle, low = figure.subplots(3, 1, sharex=True, height_ratios=(2.2, 1, 1))
        top.bar(counts.index, counts, 0.78, color=BAR, label="events of the pair")
        top.stairs(levels, np.arange(first, last + 2) - 0.5, baseline=None, color=LEVEL, lw=2,
                   label="fitted level")  # fmt: skip
        top.set_title("Events a year")
        top.legend(loc="upper left")
        middle.bar(counts.index, 100 * rows["share_of_draws"], 0.78, color=LEVEL)
        middle.set_title("Draws with a break in the year, per cent")
        middle.set_ylim(0, 100)
        middle.set_yticks([0, 50, 100])
        low.bar(counts.index, works, 0.78, color=style.MUTED)
        low.set_title("Works that open a phase in the year")
        low.set_yticks([0, 5, 10, 15])
        low.set_xticks(range(1995, last + 1, 5))
        low.set_xlim(first - 0.7, last + 0.7)
        for axes in (top, middle, low):
            style.light_grid(axes, "y")

    most = int(works.idxmax())
    shares = rows.set_index("year")["share_of_draws"]
    about = phases_tested.verdict_rows().at[most, "share_events"]
    return ReportFigure(
        id="event-breaks",
        title=(
            f"The events gathered here break in {years_as_words(found.found.breaks)}; near {most}, "
            f"where {works[most]} works open a phase, {about:.0%} of draws do"
        ),
        alt=(
            f"Three bar charts by year, {first} to {last}. Top, {counts.sum():.0f} events of the "
            "two states with the fitted levels: "
            + listed(f"{value:.1f} a year" for value in dict.fromkeys(levels))
            + f", with breaks in {years_as_words(found.found.breaks)}. Middle, the share of draws "
            "with a break in the year: "
            + listed(f"{shares[y]:.0%} in {y}" for y in found.found.breaks)
            + f", and {about:.0%} within a year of {most}. Below, the works that open a phase in a "
            f"year: most, {works[most]}, in {most}."
        ),
        description=(
            "Negative binomial counts with levels found by exact search, their number by the "
            f"Bayesian information criterion; {phases_tested.DRAWS} series drawn about the levels "
            "and searched anew. An event counts once, in the year in which it begins. Works of "
            f"{openings().index[0]}, before the first full year, are not drawn."
        ),
        data=rows,
        source=OWN,
        figure=figure,
    )


def breaks_by_weighting() -> ReportFigure:
    """Draw where the breaks fall under each weighting, and in what would break without the pair.

    Returns
    -------
    ReportFigure
        Rows: series, year, share_of_draws (0 to 1), break_found (bool), total (of the series).
    """
    found = phases_tested.events_found() | phases_tested.sources_found()
    names = {n: label for n, label in (WEIGHTINGS | RIVALS).items() if found[n].found is not None}
    rows = pd.concat(
        pd.DataFrame(
            {
                "series": label,
                "year": found[name].draws.columns,
                "share_of_draws": found[name].draws.mean().to_numpy(),
                "break_found": found[name].draws.columns.isin(found[name].found.breaks),
                "total": int(found[name].found.series.sum()),
            }
        )
        for name, label in names.items()
    )
    first, last = int(rows["year"].min()), int(rows["year"].max())
    gap = 0.7  # between the weightings and the rivals
    height = {
        label: -level - (gap if name in RIVALS else 0)
        for level, (name, label) in enumerate(names.items())
    }
    with style.applied():
        figure = style.new_figure(0.27 * len(names) + 1.25)
        axes = figure.subplots()
        for year in own_boundaries():
            axes.axvline(year - 0.5, color=style.DISPUTED, lw=0.9, ls=(0, (3, 2)), zorder=1)
        for row in rows[rows["share_of_draws"] >= SHOWN_FROM].itertuples():
            axes.add_patch(
                Rectangle(
                    (row.year - 0.5, height[row.series] - 0.4), 1, 0.8, lw=0, zorder=2,
                    color=LEVEL, alpha=min(1.0, row.share_of_draws),
                )
            )  # fmt: skip
        marked = rows[rows["break_found"]]
        axes.plot(marked["year"], [height[s] for s in marked["series"]], "o", ms=3.6, mfc="white",
                  mec=style.INK, mew=0.9, zorder=3)  # fmt: skip
        axes.set_yticks(list(height.values()), list(height))
        axes.get_yticklabels()[0].set_fontweight("semibold")
        axes.set_ylim(min(height.values()) - 0.6, 0.6)
        axes.set_xlim(first - 0.5, last + 0.5)
        axes.set_xticks(range(1995, last + 1, 5))
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.legend(handles=weighting_key(), loc="upper center", bbox_to_anchor=(0.3, -0.06),
                    ncols=2)  # fmt: skip

    war = max(own_boundaries(), key=lambda year: openings()[year])
    weighted = [name for name in names if name in WEIGHTINGS]
    near = {
        year: sum(
            any(abs(b - year) <= 1 for b in found[name].found.breaks) for name in weighted
        )
        for year in (*found[phases_tested.ALL].found.breaks, war)
    }  # fmt: skip
    return ReportFigure(
        id="breaks-by-weighting",
        title=(
            f"Of {count_in_words(len(weighted))} weightings of the events "
            + listed(
                f"{count_in_words(n) if n else 'none'} {'about' if at else 'break about'} {year}"
                for at, (year, n) in enumerate(near.items())
            )
        ),
        alt=(
            f"A strip for each of {len(names)} yearly series, {first} to {last}, darker where more "
            "draws have a break. Breaks found: "
            + "; ".join(f"{label}, {years_as_words(found[n].found.breaks)}"
                        for n, label in names.items())
            + f". Dashed lines: boundaries of this report, {years_as_words(own_boundaries())}."
        ),
        description=(
            f"Shade: share of {phases_tested.DRAWS} draws with a break in the year. Circles: "
            "breaks found. Below the gap stand series that have no part in the relations: the "
            "sources of this report by year of publication, those of them that speak of no event "
            "of the pair, and events of others. Events by weighting: "
            + "; ".join(f"{label} {int(found[n].found.series.sum())}"
                        for n, label in names.items())
            + "."
        ),
        data=rows,
        source=OWN,
        figure=figure,
    )  # fmt: skip


def weighting_key() -> list:
    """Return the entries of the key of the strips."""
    return [
        Patch(color=LEVEL, alpha=0.9, label="break in most draws"),
        Patch(color=LEVEL, alpha=0.25, label="in a quarter of them"),
        Line2D([], [], ls="", marker="o", ms=4, mfc="white", mec=style.INK, label="break found"),
        Line2D([], [], color=style.DISPUTED, lw=0.9, ls=(0, (3, 2)),
               label="boundary of this report"),
    ]  # fmt: skip


def outside_breaks() -> ReportFigure:
    """Draw the series about the pair in which breaks can be looked for, with those found.

    Returns
    -------
    ReportFigure
        Rows: series, year, value, level, break_found (bool), share_of_draws (0 to 1), release.
    """
    shown = [f for f in phases_tested.outside_found() if f.outside.name in OUTSIDE and f.found]
    rows = pd.concat(outside_rows(found) for found in shown)
    with style.applied():
        figure = style.new_figure(1.45 * len(shown))
        panels = figure.subplots(len(shown), 1, sharex=True)
        for axes, found in zip(panels, shown, strict=True):
            draw_outside(axes, rows[rows["series"] == found.outside.name])
            axes.set_title(OUTSIDE[found.outside.name])
        panels[-1].set_xticks(range(1995, span_end(rows) + 1, 5))
        panels[-1].legend(handles=outside_key(), loc="upper center", ncols=2,
                          bbox_to_anchor=(0.5, -0.22))  # fmt: skip

    verdicts = phases_tested.verdict_rows()
    held = verdicts.index[verdicts["verdict"] == "holds"]
    by = {f.outside.name: f.found.breaks for f in shown}
    broken = [name for name, breaks in by.items() if breaks]
    return ReportFigure(
        id="outside-breaks",
        title=(
            f"{count_in_words(len(broken)).capitalize()} of {count_in_words(len(by))} outside "
            "series about the pair break at all; the plain share of votes alike does not"
            if not by["Votes alike"]
            else f"{count_in_words(len(broken)).capitalize()} of {count_in_words(len(by))} outside "
            "series about the pair have a break"
        ),
        alt=(
            f"{count_in_words(len(shown)).capitalize()} line charts by year with fitted levels. "
            "Breaks: "
            + "; ".join(
                f"{OUTSIDE[name].lower()}, {rows[rows['series'] == name]['year'].min()} to "
                f"{rows[rows['series'] == name]['year'].max()}: {years_as_words(breaks)}"
                for name, breaks in by.items()
            )
            + f". Boundaries that one of them supports: {years_as_words(held)}."
        ),
        description=(
            "Dots are yearly values, the line the fitted levels; bars at the foot are the share of "
            f"{phases_tested.DRAWS} draws with a break in the year, full height being all. Dashed "
            "lines: boundaries of this report. Votes alike are binomial counts, the next two "
            "series normal values, agreements negative binomial counts. Other series about the "
            "pair are too short or too empty for breaks."
        ),
        data=rows,
        source="; ".join(dict.fromkeys(rows["release"])) + ".",
        figure=figure,
    )


def outside_rows(found: phases_tested.Found) -> pd.DataFrame:
    """Return what is drawn of one outside series."""
    values = found.outside.values
    if found.outside.trials is not None:
        values = values / found.outside.trials
    return pd.DataFrame(
        {
            "series": found.outside.name,
            "year": values.index,
            "value": values.to_numpy(),
            "level": found.found.levels.to_numpy(),
            "break_found": values.index.isin(found.found.breaks),
            "share_of_draws": found.draws.mean().to_numpy(),
            "release": found.outside.release,
        }
    )


def span_end(rows: pd.DataFrame) -> int:
    """Return the last year of some rows."""
    return int(rows["year"].max())


def draw_outside(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw one series: values, levels, and at the foot how often draws break in each year."""
    years = rows["year"].to_numpy()
    low, high = rows["value"].min(), rows["value"].max()
    room = high - low
    foot = low - 0.45 * room
    for year in own_boundaries():
        axes.axvline(year - 0.5, color=style.DISPUTED, lw=0.9, ls=(0, (3, 2)), zorder=1)
    axes.bar(years, 0.35 * room * rows["share_of_draws"], 0.8, bottom=foot, color=LEVEL, alpha=0.55)
    axes.plot(years, rows["value"], "o", ms=3.2, color=style.MUTED, zorder=3)
    edges = np.append(years, years[-1] + 1) - 0.5
    axes.stairs(rows["level"], edges, baseline=None, color=LEVEL, lw=1.8, zorder=2)
    axes.set_ylim(foot, high + 0.12 * room)
    whole = rows["value"].eq(rows["value"].round()).all()
    ticks = [low, high] if whole else axes.get_yticks()
    axes.set_yticks([t for t in ticks if low - 0.05 * room <= t <= high + 0.1 * room])
    if whole:
        axes.set_yticklabels([f"{t:.0f}" for t in axes.get_yticks()])
    style.light_grid(axes, "y")


def outside_key() -> list:
    """Return the entries of the key of the outside series."""
    return [
        Line2D([], [], ls="", marker="o", ms=3.2, color=style.MUTED, label="value of the year"),
        Line2D([], [], color=LEVEL, lw=1.8, label="fitted level"),
        Patch(color=LEVEL, alpha=0.55, label="draws with a break (height)"),
        Line2D([], [], color=style.DISPUTED, lw=0.9, ls=(0, (3, 2)),
               label="boundary of this report"),
    ]  # fmt: skip
