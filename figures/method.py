"""What the evidence and the literature consist of: sources by stance, phases by author."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from azpak import tables
from azpak.coverage import STANCES, sources_by_phase
from azpak.dates import parse
from azpak.evidence import Evidence
from azpak.output import style
from azpak.output.figure import ReportFigure

NAMES = {
    "azerbaijani-state-aligned": "near the Azerbaijani state",
    "pakistani-state-aligned": "near the Pakistani state",
    "turkish": "Turkish",
    "armenian": "Armenian",
    "indian": "Indian",
    "independent": "independent",
    "other": "other",
}
STATES = {
    "azerbaijani-state-aligned": "AZE",
    "pakistani-state-aligned": "PAK",
    "turkish": "TUR",
    "armenian": "ARM",
    "indian": "IND",
}
INDEPENDENT = "#c9ced4"
OTHER = "#ffffff"
PALE = (INDEPENDENT, OTHER, "#cb862f")  # numbers on them are dark
NARROWEST = 4.0  # per cent of a bar that still holds a number

# A scheme that an author offers, and one that this report read from an author's turning points.
SCHEMES = {
    "given": ("given by the author", {"facecolor": style.INK, "edgecolor": style.INK}),
    "read": ("read from turning points", {"facecolor": "#ffffff", "edgecolor": style.INK}),
}


def sources_by_stance() -> ReportFigure:
    """Draw the share of each stance among the sources that speak of each period's events.

    Returns
    -------
    ReportFigure
        Rows: phase_id, phase, stance, sources (number), share (0 to 1).
    """
    evidence = Evidence.load()
    phases = tables.load("phases")
    counts = sources_by_phase(evidence, phases)
    names = phases.set_index("phase_id")["name"]
    shares = counts.div(counts.sum(axis=1), axis=0)

    with style.applied():
        figure = style.new_figure(3.3)
        axes = figure.subplots()
        draw_bars(axes, counts, shares * 100)
        axes.set_yticks(
            range(len(counts)),
            [f"{names[p]}\n{counts.loc[p].sum()} sources" for p in counts.index],
        )
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xlabel("per cent of the sources that speak of the phase")
        axes.spines["left"].set_visible(False)
        axes.tick_params(length=0)
        handles = [Patch(label=NAMES[s], **look(s)) for s in STANCES]
        axes.legend(
            handles=handles, loc="upper center", bbox_to_anchor=(0.4, -0.2), ncols=3, fontsize=8,
            handlelength=1.2, columnspacing=1.2,
        )  # fmt: skip

    near = shares[["azerbaijani-state-aligned", "pakistani-state-aligned"]].sum(axis=1)
    rows = (
        counts.stack()
        .rename("sources")
        .reset_index()
        .assign(
            phase=lambda d: d["phase_id"].map(names),
            share=lambda d: d["sources"] / d.groupby("phase_id")["sources"].transform("sum"),
        )
    )
    return ReportFigure(
        id="sources-by-stance",
        title=(
            f"Sources near one of the two governments make up {near.min() * 100:.0f} to "
            f"{near.max() * 100:.0f} per cent of those that speak of a phase"
        ),
        alt=(
            f"Stacked bars for {len(counts)} phases: the share of each stance among the sources. "
            + "; ".join(
                f"{names[p]}: near the Azerbaijani state "
                f"{shares.at[p, 'azerbaijani-state-aligned'] * 100:.0f} per cent, independent "
                f"{shares.at[p, 'independent'] * 100:.0f} per cent"
                for p in counts.index
            )
            + "."
        ),
        description=" ".join(described(names[p], counts.loc[p]) for p in counts.index)
        + " A source counts once in every phase of which it speaks. A stance says whose voice a "
        "document is close to, not whether it is right.",
        data=rows[["phase_id", "phase", "stance", "sources", "share"]],
        source="events, claims and sources of this report.",
        figure=figure,
    )


def draw_bars(axes: Axes, counts: pd.DataFrame, percent: pd.DataFrame) -> None:
    """Draw a stacked bar for each phase, with the number of sources where it fits."""
    for row, phase in enumerate(counts.index):
        left = 0.0
        for stance in STANCES:
            width = percent.at[phase, stance]
            axes.barh(row, width, left=left, height=0.66, **look(stance))
            if width >= NARROWEST:
                dark = look(stance)["facecolor"] in PALE
                axes.text(
                    left + width / 2, row, f"{counts.at[phase, stance]}", ha="center",
                    va="center", fontsize=8, color=style.INK if dark else "white",
                )  # fmt: skip
            left += width


def look(stance: str) -> dict[str, object]:
    """Return how a stance is filled: the state's own colour, grey for independent, hatch else."""
    edge = {"edgecolor": "white", "linewidth": 0.8}
    if stance in STATES:
        return {"facecolor": style.state_colours()[STATES[stance]], **edge}
    if stance == "independent":
        return {"facecolor": INDEPENDENT, **edge}
    return {"facecolor": OTHER, "hatch": "////", "edgecolor": style.DISPUTED, "linewidth": 0.4}


def described(phase: str, counts: pd.Series) -> str:
    """Return the numbers of one phase as a sentence."""
    named = ", ".join(f"{NAMES[stance]} {number}" for stance, number in counts.items() if number)
    return f"{phase}, {counts.sum()} sources: {named}."


def works_on_the_subject() -> pd.DataFrame:
    """Return the table ``literature`` without the works on method."""
    works = tables.load("literature")
    return works[works["school"] != "method"].reset_index(drop=True)


def openings(works: pd.DataFrame) -> pd.DataFrame:
    """Return the years in which works open a phase.

    Parameters
    ----------
    works
        Rows of ``literature``, with phase_starts (tuples of years) and periodisation_status.

    Returns
    -------
    pandas.DataFrame
        One row for each year: year, works (number), given and read (numbers by the status of
        the scheme), source_ids (tuple), in the order of the years.
    """
    rows = works.explode("phase_starts").dropna(subset=["phase_starts"])
    rows = rows[rows["phase_starts"] != ""].assign(year=lambda d: d["phase_starts"].astype(int))
    status = pd.crosstab(rows["year"], rows["periodisation_status"])
    found = status.reindex(columns=list(SCHEMES), fill_value=0)
    found.insert(0, "works", found.sum(axis=1))
    found["source_ids"] = rows.groupby("year")["source_id"].agg(tuple)
    return found.rename_axis(columns=None).reset_index()


def phase_openings() -> ReportFigure:
    """Draw how many works open a phase in each year, beside the periods of this report.

    Returns
    -------
    ReportFigure
        Rows: year, works, given, read, source_ids (joined by semicolons).
    """
    works = works_on_the_subject()
    counts = openings(works)
    phases = tables.load("phases")
    starts = [parse(text).start.year for text in phases.loc[phases["kind"] == "period", "start"]]
    first, second = counts.sort_values("works", ascending=False).head(2).itertuples()
    others = counts["works"].nlargest(3).iloc[-1]

    with style.applied():
        figure = style.new_figure(2.6)
        axes = figure.subplots()
        for year in starts:
            axes.axvline(year, color=style.DISPUTED, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
        draw_openings(axes, counts)
        axes.set_ylabel("works that open a phase")
        axes.set_xlim(min(*starts, counts["year"].min()) - 1, counts["year"].max() + 1)
        axes.set_ylim(0, first.works * 1.14)
        axes.set_yticks(range(0, first.works, 5))
        style.light_grid(axes, "y")
        handles = [Patch(label=name, linewidth=0.8, **fill) for name, fill in SCHEMES.values()]
        handles.append(
            Line2D([], [], color=style.DISPUTED, linewidth=0.9, linestyle=(0, (3, 2)),
                   label="a phase of this report begins")
        )  # fmt: skip
        axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3,
                    handlelength=1.4, columnspacing=1.2, fontsize=8)  # fmt: skip

    return ReportFigure(
        id="phase-openings",
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
        figure=figure,
    )


def draw_openings(axes: Axes, counts: pd.DataFrame) -> None:
    """Draw a stacked bar for each year and the number on the taller ones."""
    base = pd.Series(0, index=counts.index)
    for scheme, (_, fill) in SCHEMES.items():
        axes.bar(counts["year"], counts[scheme], bottom=base, width=0.72, linewidth=0.8,
                 zorder=3, **fill)  # fmt: skip
        base = base + counts[scheme]
    for row in counts[counts["works"] > 1].itertuples():
        axes.annotate(
            f"{row.works}", (row.year, row.works), xytext=(0, 2.5), textcoords="offset points",
            ha="center", fontsize=8, zorder=4,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3},
        )  # fmt: skip
