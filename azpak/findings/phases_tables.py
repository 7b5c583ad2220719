"""The tables of the chapter on the phases: as they are shown, and as they are handed out."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.findings import breaks_found, event_steps, phases
from azpak.findings.breaks_found import Searched
from azpak.findings.outside import BOTH, DISTANCE, KAPPA, SHARE
from azpak.report import Report, finding
from azpak.text import count_in_words, decimal, listed, per_cent

__all__ = ["Rows", "descriptions", "outside_series", "variations", "verdicts"]

# What the table of verdicts calls the readings of the votes.
SHORT = {
    SHARE: "votes alike",
    KAPPA: "agreement beyond chance",
    DISTANCE: "distance of ideal points",
}


class Rows(NamedTuple):
    """The rows of a table.

    Attributes
    ----------
    shown
        As they are printed.
    file
        The values themselves, to take away.
    """

    shown: pd.DataFrame
    file: pd.DataFrame


@finding
def descriptions(report: Report) -> Rows:
    """Return the descriptions of the pair's events by year, the best first."""
    fits = event_steps.description_rows(report)
    shown = {
        "Description of the events by year": fits["description"].str.capitalize(),
        "Breaks": [_years(breaks) for breaks in fits["breaks"]],
        "Criterion": [decimal(value, 1) for value in fits["value"]],
    }
    return Rows(_table(shown), fits.assign(breaks=fits["breaks"].map(_in_file)))


@finding
def outside_series(report: Report) -> Rows:
    """Return the outside series with their breaks, those about the pair first."""
    found = [*breaks_found.outside_pair(report).values(), *breaks_found.outside_context(report)]
    series = [one.outside for one in found]
    ends = [(int(one.values.index.min()), int(one.values.index.max())) for one in series]
    shown = {
        "Series": [one.name for one in series],
        "About": [_about(report, one.about) for one in series],
        "Years": [f"{first}-{last}" for first, last in ends],
        "Breaks": [_shows(one) for one in found],
        "Release": [one.release for one in series],
    }
    file = {
        "series": [one.name for one in series],
        "about": [one.about for one in series],
        "first_year": [first for first, _ in ends],
        "last_year": [last for _, last in ends],
        "breaks": [_in_file(one.breaks) for one in found],
        "beats_trend": [one.beats_trend for one in found],
        "beats_drift": [one.beats_drift for one in found],
        "part_kept": [one.kept for one in found],
        "share_of_drift": [one.share_of_drift for one in found],
        "not_computable": [one.reason for one in found],
        "release": [one.release for one in series],
    }
    return Rows(_table(shown), pd.DataFrame(file))


def _about(report: Report, about: str) -> str:
    """Return what a series is about, in words."""
    told = {"pair": "the pair", BOTH: "the two states"}
    return told[about] if about in told else report.names_of([about])


def _shows(found: Searched) -> str:
    """Return what a series shows, in words."""
    if found.cut is None:
        return f"not computable: {found.reason}"
    rivals = {
        "a trend fits better": found.beats_trend,
        "a slow change fits better": found.beats_drift,
    }
    lost = [rival for rival, beaten in rivals.items() if found.breaks and not beaten]
    return "; ".join([_years(found.breaks), *lost])


@finding
def verdicts(report: Report) -> Rows:
    """Return the verdict on each boundary, and what it rests on."""
    rows, chance = phases.verdict_rows(report), phases.outcome(report).chance
    n = event_steps.weightings(report).n
    shown = {
        "Year": rows.index.astype(str),
        "Verdict": rows["verdict"].to_list(),
        "Chosen by": [_told_by(report, row) for row in rows.itertuples()],
        "Simulations, per cent": [per_cent(share) for share in rows["share_events"]],
        "Ways of counting": [f"{near} of {n}" for near in rows["n_weightings"]],
        "Data of others": [_said_outside(report, row) for row in rows.itertuples()],
    }
    file = rows.reset_index().assign(
        works=rows["works"].str.join(";").to_list(),
        near=rows["near"].str.join("; ").to_list(),
        supported=rows["supported"].str.join("; ").to_list(),
        n_weightings_in_all=n,
        chance_outside=chance.outside,
        chance_events=chance.events,
    )
    return Rows(_table(shown), file)


def _told_by(report: Report, row: NamedTuple) -> str:
    """Return who opens a phase in the year: this report, and how many works."""
    works = f"{row.n_works} work{'' if row.n_works == 1 else 's'}"
    if pd.isna(row.phase_id):
        return works
    names = report.table("phases").set_index("phase_id")["name"]
    return f"this report ({names[row.phase_id]}), {works}"


def _said_outside(report: Report, row: NamedTuple) -> str:
    """Return what the outside series say of a boundary."""
    if not row.n_reached:
        return "no data around this year"
    denied = [
        f"{SHORT.get(name, name)} ({_denial(report, name, row.Index)})"
        for name in row.near
        if name not in row.supported
    ]
    given = [SHORT.get(name, name) for name in row.supported]
    words = [f"supported by {listed(given)}"] if given else []
    words += [f"break in {listed(denied)}"] if denied else []
    return "; ".join(words) or f"no break in {count_in_words(row.n_reached)} series"


def _denial(report: Report, name: str, year: int) -> str:
    """Return which conditions of support a series with a break near a boundary fails."""
    said = phases.said(breaks_found.outside_pair(report)[name], year, phases.AS_STATED)
    met = {"unsure": said.sure, "trend": said.beats_trend,
           "slow change": said.beats_drift and said.rare}  # fmt: skip
    return listed(condition for condition, is_met in met.items() if not is_met)


@finding
def variations(report: Report) -> Rows:
    """Return the boundaries of each verdict under the rule and under each change of it."""
    rows = phases.variation_rows(report)
    shown = {"Rule": [name.capitalize() for name in rows.index]} | {
        verdict.capitalize(): [_years(years) for years in rows[verdict]]
        for verdict in ("supported", "pattern of collection", "cannot be told")
    }
    return Rows(_table(shown), rows.map(_in_file).reset_index())


def _table(columns: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype=object)


def _years(years: tuple[int, ...]) -> str:
    return listed(years, none="none")


def _in_file(years: tuple[int, ...]) -> str:
    return ";".join(map(str, years))
