"""Whose voices carry the events: sources by stance and phase, and what remains without each."""

from __future__ import annotations

import pandas as pd

from azpak.dates import parse
from azpak.evidence import Evidence, rules
from azpak.findings.chronology import periods
from azpak.report import Report, finding
from azpak.vocabulary import STANCES

__all__ = ["grading_steps", "phases_of", "sources_by_phase", "without_each_stance"]


@finding
def phases_of(report: Report) -> pd.Series:
    """Return the period in which each active event begins.

    Returns
    -------
    pandas.Series
        ``phase_id`` by ``event_id``, in order of time. The rows of ``phases`` of the kind
        ``period`` partition the time; an event earlier than the first belongs to the first.
    """
    in_order = periods(report)
    starts = [parse(text).start for text in in_order["start"]]

    def phase(text: str) -> str:
        begun = sum(start <= parse(text).start for start in starts)
        return in_order["phase_id"].iloc[max(begun, 1) - 1]

    return report.events["date"].map(phase).rename("phase_id")


@finding
def sources_by_phase(report: Report) -> pd.DataFrame:
    """Count the sources that speak of the active events of each period, by stance.

    Returns
    -------
    pandas.DataFrame
        ``phase_id`` in order of time as index, a column for each stance in the order of
        `azpak.vocabulary.STANCES`, each the number of sources (int). A source counts once in
        every period of which it speaks.
    """
    phase_of, claims = phases_of(report), report.claims
    spoken = claims[claims["event_id"].isin(phase_of.index)]
    pairs = pd.DataFrame(
        {
            "phase_id": spoken["event_id"].map(phase_of),
            "source_id": spoken["source_id"],
            "stance": spoken["stance"],
        }
    ).drop_duplicates()
    counted = pd.crosstab(pairs["phase_id"], pairs["stance"])
    order = list(periods(report)["phase_id"])
    return counted.reindex(index=order, columns=list(STANCES), fill_value=0).astype(int)


@finding
def without_each_stance(report: Report) -> pd.DataFrame:
    """Compute what remains of the evidence when the sources of one stance are left out.

    Returns
    -------
    pandas.DataFrame
        Index: ``""`` (nothing left out), then each stance of `azpak.vocabulary.STANCES`. Columns,
        shares of all active events from 0 to 1: ``one_group`` (some source still agrees),
        ``two_groups`` and ``high`` (graded high by the rule, overrides apart).
    """
    evidence = report.evidence
    kept = {"": evidence} | {stance: evidence.without_stance(stance) for stance in STANCES}
    return pd.DataFrame({stance: _remaining(rest) for stance, rest in kept.items()}).T


def _remaining(evidence: Evidence) -> dict[str, float]:
    table = evidence.event_table()
    return {
        "one_group": float((table["n_groups"] >= 1).mean()),
        "two_groups": float((table["n_groups"] >= rules.GROUPS_FOR_HIGH).mean()),
        "high": float((table["confidence_computed"] == "high").mean()),
    }


@finding
def grading_steps(report: Report) -> pd.Series:
    """Return the question of the rule of confidence at which each active event was graded.

    Returns
    -------
    pandas.Series
        By ``event_id``, in order of time, one of `azpak.evidence.rules.STEPS`.
    """
    evidence = report.evidence
    steps = {event_id: evidence.grading_step(event_id) for event_id in report.events.index}
    return pd.Series(steps, dtype=object)
