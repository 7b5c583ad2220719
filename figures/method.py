"""What the evidence consists of: sources by stance and phase."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from azpak import tables
from azpak.coverage import STANCES, sources_by_phase
from azpak.evidence import Evidence
from figures import style
from figures.base import ReportFigure

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
