"""What the evidence and the literature consist of: sources by stance, phases by author."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from azpak.findings import collection
from azpak.findings.collection import NEAR
from azpak.findings.method_literature import on_the_subject
from azpak.findings.method_periodisations import SCHEMES, counted, openings, phases_here
from azpak.output import style
from azpak.output.figure import ReportFigure, figure
from azpak.output.form import Form
from azpak.report import Report
from azpak.vocabulary import STANCES

STATES = {
    "azerbaijani-state-aligned": "AZE",
    "pakistani-state-aligned": "PAK",
    "turkish": "TUR",
    "armenian": "ARM",
    "indian": "IND",
}
INDEPENDENT = "#87919d"
OTHER = "#ffffff"
PALE = (INDEPENDENT, OTHER)  # numbers on them are dark
Looks = dict[str, dict[str, object]]  # how each stance is filled
NARROWEST = 4.0  # per cent of a bar that still holds a number

# How a scheme that an author offers looks, and one that this report read from turning points.
LOOKS = {
    "given": ("given by the author", {"facecolor": style.INK, "edgecolor": style.INK}),
    "read": ("read from turning points", {"facecolor": "#ffffff", "edgecolor": style.INK}),
}


@figure("sources-by-stance", "evidence")
def sources_by_stance(report: Report, form: Form) -> ReportFigure:
    """Draw the share of each stance among the sources that speak of each period's events.

    Returns
    -------
    ReportFigure
        Rows: phase_id, phase, stance, sources (number), share (0 to 1).
    """
    rows = collection.shares_by_phase(report)
    by_stance = rows.pivot(index="phase", columns="stance", values=["sources", "share"])
    by_stance = by_stance.reindex(rows["phase"].unique())
    counts, shares = by_stance["sources"].astype(int)[list(STANCES)], by_stance["share"]
    azerbaijani, independent = shares[collection.AZERBAIJANI], shares["independent"]
    near = shares[list(collection.GOVERNMENTS)].sum(axis=1)
    return ReportFigure(
        title=(
            f"Sources near one of the two governments make up {near.min() * 100:.0f} to "
            f"{near.max() * 100:.0f} per cent of those that speak of a phase"
        ),
        alt=(
            f"Stacked bars for {len(counts)} phases: the share of each stance among the sources. "
            + "; ".join(
                f"{phase}: near the Azerbaijani state {azerbaijani[phase] * 100:.0f} per cent, "
                f"{NEAR['independent']} {independent[phase] * 100:.0f} per cent"
                for phase in counts.index
            )
            + "."
        ),
        description=" ".join(described(phase, counts.loc[phase]) for phase in counts.index)
        + " A source counts once in every phase of which it speaks. A stance says whose voice a "
        "document is close to, not whether it is right.",
        data=rows,
        source="events, claims and sources of this report.",
        figure=drawn_bars(counts, shares * 100, looks(style.state_colours(report)), form),
    )


def drawn_bars(counts: pd.DataFrame, percent: pd.DataFrame, fills: Looks, form: Form) -> Figure:
    """Draw a stacked bar for each phase."""
    with style.applied():
        sheet = style.new_figure(form.choose(3.3, 5.0), form)
        axes = sheet.subplots()
        for row, phase in enumerate(counts.index):
            draw_bar(axes, row, counts.loc[phase], percent.loc[phase], fills, form)
        axes.invert_yaxis()
        said = [f"{phase}\n{counts.loc[phase].sum()} sources" for phase in counts.index]
        style.name_rows(axes, dict(enumerate(said)), form, lift=0.24)
        axes.set_xlim(0, 100)
        axes.set_xlabel("per cent of the sources that speak of the phase")
        axes.spines["left"].set_visible(False)
        axes.tick_params(length=0)
        key = [Patch(label=NEAR[stance], **fills[stance]) for stance in STANCES]
        style.legend_below(axes, key, columns=form.choose(3, 2))
    return sheet


def draw_bar(
    axes: Axes, row: int, counts: pd.Series, percent: pd.Series, fills: Looks, form: Form
) -> None:
    """Draw the bar of one phase, with the number of sources where it fits."""
    left = 0.0
    for stance in STANCES:
        width = percent[stance]
        axes.barh(row, width, left=left, height=form.choose(0.66, 0.42), **fills[stance])
        if width >= NARROWEST:
            behind = {"fc": style.GROUND, "ec": "none", "pad": 0.8}
            axes.text(
                left + width / 2, row, f"{counts[stance]}", ha="center", va="center", fontsize=8,
                color=style.INK if fills[stance]["facecolor"] in PALE else "white",
                bbox=behind if "hatch" in fills[stance] else None,
            )  # fmt: skip
        left += width


def looks(colours: dict[str, str]) -> Looks:
    """Return how a stance is filled: the state's own colour, grey for none, hatch else."""
    edge = {"edgecolor": "white", "linewidth": 0.8}
    hatched = {
        "facecolor": OTHER, "hatch": "////", "edgecolor": style.DISPUTED, "linewidth": 0.4,
    }  # fmt: skip
    fills = {stance: {"facecolor": colours[state], **edge} for stance, state in STATES.items()}
    return fills | {"independent": {"facecolor": INDEPENDENT, **edge}, "other": hatched}


def described(phase: str, counts: pd.Series) -> str:
    """Return the numbers of one phase as a sentence."""
    named = ", ".join(f"{NEAR[stance]} {number}" for stance, number in counts.items() if number)
    return f"{phase}, {counts.sum()} sources: {named}."


@figure("phase-openings", "evidence")
def phase_openings(report: Report, form: Form) -> ReportFigure:
    """Draw how many works open a phase in each year, beside the periods of this report.

    Returns
    -------
    ReportFigure
        Rows: year, works, given, read, source_ids (joined by semicolons).
    """
    counts, works = openings(report), on_the_subject(report)
    first, second = counts.sort_values("works", ascending=False).head(2).itertuples()
    others = counted(report).elsewhere
    return ReportFigure(
        title=(
            f"{first.works} of {len(works)} works open a phase in {first.year} and {second.works} "
            f"in {second.year}; no other year has more than {others}"
        ),
        alt=(
            f"Bars by year for the {counts['works'].sum()} phases that {len(works)} works open, "
            f"from {counts['year'].min()} to {counts['year'].max()}. The tallest are {first.year} "
            f"with {first.works} works and {second.year} with {second.works}; no other year has "
            f"more than {others}. Dashed lines mark where the phases of this report begin."
        ),
        description="; ".join(
            f"{row.year}: {row.works} ({row.given} given, {row.read} read)"
            for row in counts.itertuples()
        )
        + ". A work counts once for each phase that it opens. The counts measure what authors "
        "write about, not what happened.",
        data=counts.assign(source_ids=counts["source_ids"].map(";".join)),
        source="literature and phases of this report.",
        figure=drawn_openings(counts, phases_here(report).years, form),
    )


def drawn_openings(counts: pd.DataFrame, starts: tuple[int, ...], form: Form) -> Figure:
    """Draw a stacked bar for each year, over lines where the phases of this report begin."""
    begins = {"color": style.DISPUTED, "linewidth": 0.9, "linestyle": (0, (3, 2))}
    with style.applied():
        sheet = style.new_figure(form.choose(2.6, 3.2), form)
        axes = sheet.subplots()
        for year in starts:
            axes.axvline(year, zorder=1, **begins)
        draw_openings(axes, counts)
        axes.set_ylabel("works that open a phase")
        axes.set_xlim(min(*starts, counts["year"].min()) - 1, counts["year"].max() + 1)
        axes.set_ylim(0, counts["works"].max() * 1.14)
        axes.set_yticks(range(0, counts["works"].max(), 5))
        style.light_grid(axes, "y")
        handles = [Patch(label=name, linewidth=0.8, **fill) for name, fill in LOOKS.values()]
        handles.append(Line2D([], [], label="a phase of this report begins", **begins))
        style.legend_below(axes, handles, columns=form.choose(3, 1))
    return sheet


def draw_openings(axes: Axes, counts: pd.DataFrame) -> None:
    """Draw a stacked bar for each year and the number on the taller ones."""
    base = pd.Series(0, index=counts.index)
    for scheme in SCHEMES:
        axes.bar(
            counts["year"], counts[scheme], bottom=base, width=0.72, linewidth=0.8, zorder=3,
            **LOOKS[scheme][1],
        )  # fmt: skip
        base = base + counts[scheme]
    for row in counts[counts["works"] > 1].itertuples():
        axes.annotate(
            f"{row.works}", (row.year, row.works), xytext=(0, 4), textcoords="offset points",
            ha="center", fontsize=8, zorder=4,
        )  # fmt: skip
