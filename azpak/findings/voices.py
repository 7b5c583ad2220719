"""Whose voices carry the events: sources by stance and phase, and what remains without each."""

from __future__ import annotations

import pandas as pd

from azpak.evidence import rules
from azpak.dates import parse
from azpak.evidence import Evidence
from azpak.vocabulary import STANCES

__all__ = ["grading_steps", "phases_of", "sources_by_phase", "without_each_stance"]

def phases_of(events: pd.DataFrame, phases: pd.DataFrame) -> pd.Series:
    """Return the period in which each event begins.

    Parameters
    ----------
    events
        The table ``events``, indexed by ``event_id``, with ``date`` (EDTF).
    phases
        The table ``phases``; rows of the kind ``period`` partition the time.

    Returns
    -------
    pandas.Series
        ``phase_id`` by ``event_id``. An event earlier than the first period belongs to the first.
    """
    periods = phases[phases["kind"] == "period"].sort_values("position")
    starts = [parse(text).start for text in periods["start"]]

    def phase(text: str) -> str:
        begun = sum(start <= parse(text).start for start in starts)
        return periods["phase_id"].iloc[max(begun, 1) - 1]

    return events["date"].map(phase).rename("phase_id")


def sources_by_phase(evidence: Evidence, phases: pd.DataFrame) -> pd.DataFrame:
    """Count the sources that speak of the events of each period, by stance.

    Parameters
    ----------
    evidence
        Events, claims and sources; withdrawn events are left out.
    phases
        The table ``phases``.

    Returns
    -------
    pandas.DataFrame
        ``phase_id`` in order of time as index, a column for each stance in the order of
        `STANCES`, each the number of sources (int). A source counts once in every period of
        which it speaks.
    """
    active = evidence.events[evidence.events["status"] == "active"]
    spoken = evidence.claims[evidence.claims["event_id"].isin(active.index)]
    pairs = pd.DataFrame(
        {
            "phase_id": spoken["event_id"].map(phases_of(active, phases)),
            "source_id": spoken["source_id"],
            "stance": spoken["source_id"].map(evidence.sources["stance"]),
        }
    ).drop_duplicates()
    order = phases[phases["kind"] == "period"].sort_values("position")["phase_id"]
    counted = pd.crosstab(pairs["phase_id"], pairs["stance"])
    return counted.reindex(index=list(order), columns=list(STANCES), fill_value=0).astype(int)


def without_each_stance(evidence: Evidence) -> pd.DataFrame:
    """Compute what remains of the evidence when the sources of one stance are left out.

    Parameters
    ----------
    evidence
        The evidence of every stance.

    Returns
    -------
    pandas.DataFrame
        Index: ``""`` (nothing left out), then each stance of `STANCES`. Columns, shares of all
        active events from 0 to 1: ``one_group`` (some source still agrees), ``two_groups`` and
        ``high`` (graded high by the rule, overrides apart).
    """
    kept = {"": evidence} | {stance: evidence.without_stance(stance) for stance in STANCES}
    return pd.DataFrame({stance: _remaining(rest) for stance, rest in kept.items()}).T


def _remaining(evidence: Evidence) -> dict[str, float]:
    table = evidence.event_table()
    return {
        "one_group": float((table["n_groups"] >= 1).mean()),
        "two_groups": float((table["n_groups"] >= rules.GROUPS_FOR_HIGH).mean()),
        "high": float((table["confidence_computed"] == "high").mean()),
    }


def grading_steps(evidence: Evidence) -> pd.Series:
    """Return the question of the rule of confidence at which each event was graded.

    Parameters
    ----------
    evidence
        What grades the events.

    Returns
    -------
    pandas.Series
        By ``event_id``, in order of time, one of `azpak.evidence.rules.STEPS`.
    """
    steps = {event_id: evidence.grading_step(event_id) for event_id in evidence.event_table().index}
    return pd.Series(steps, dtype=object)
