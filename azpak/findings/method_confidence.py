"""How sure the events are: the rule of confidence as a table, and what it gives."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.evidence.rules import GROUPS_FOR_HIGH, LEVELS, STANCES_FOR_HIGH
from azpak.findings import chronology, voices
from azpak.output.table import markup
from azpak.report import Report, finding
from azpak.text import count_in_words, per_cent, upper_first

__all__ = [
    "RULE", "Grades", "capped", "grades", "level_rows", "levels", "override_rows", "rule_rows",
]  # fmt: skip

# Each question of the rule of confidence, in the order in which it asks them, and the grade that
# its answer gives; `azpak.evidence.rules` holds the same rule as code.
RULE = {
    "alleged": ("Is the event only alleged?", "low"),
    "contested": (
        "Is it a contested military fact?",
        f"high with {count_in_words(GROUPS_FOR_HIGH)} separate origins and "
        f"{count_in_words(STANCES_FOR_HIGH)} stances on one matter; medium with an unaligned "
        "source at first hand; else low",
    ),
    "act": ("Is an agreeing document itself the act?", "high"),
    "two groups": (
        f"Do {count_in_words(GROUPS_FOR_HIGH)} separate origins or more agree on one matter?",
        "high",
    ),
    "first hand": (
        "Does one origin agree by an act, a party's own account or a report?",
        "medium",
    ),
    "retrospect": ("None of these", "low"),
}


@finding
def levels(report: Report) -> pd.Series:
    """Return the number of events by ``confidence``, from high to low."""
    return chronology.in_time(report).by_confidence.reindex(LEVELS, fill_value=0)


class Grades(NamedTuple):
    """Events that a sentence of its own speaks of.

    Attributes
    ----------
    n_alleged
        Events that are only alleged.
    n_contested
        Contested military facts.
    n_overrides
        Events with a grade set by an editor.
    """

    n_alleged: int
    n_contested: int
    n_overrides: int


@finding
def grades(report: Report) -> Grades:
    """Count the events that are alleged, contested, and graded by an editor."""
    events = report.events
    return Grades(
        int((events["nature"] == "alleged").sum()),
        int(events["contested_military"].sum()),
        int(events["confidence_override"].notna().sum()),
    )


@finding
def capped(report: Report) -> int:
    """Return the number of events, not contested, that the rule lowers from high to medium."""
    high = voices.grading_steps(report).isin(["act", "two groups"])
    return int((high & (report.events["confidence_computed"] == "medium")).sum())


@finding
def rule_rows(report: Report) -> pd.DataFrame:
    """Return the questions of the rule, and how many events each decides.

    Returns
    -------
    pandas.DataFrame
        ``Question``, ``Confidence``, ``Events that it decides`` (number).
    """
    decided = voices.grading_steps(report).value_counts()
    rows = [
        (question, upper_first(grade), int(decided.get(step, 0)))
        for step, (question, grade) in RULE.items()
    ]
    return pd.DataFrame(rows, columns=["Question", "Confidence", "Events that it decides"])


@finding
def override_rows(report: Report) -> pd.DataFrame:
    """Return the events with a grade set by an editor.

    Returns
    -------
    pandas.DataFrame
        ``Event`` (markup), ``Computed``, ``Set``, ``Reason``.
    """
    events = report.events
    set_by_editor = events[events["confidence_override"].notna()]
    return pd.DataFrame(
        {
            "Event": [markup(f"{{event-title}}`{event_id}`") for event_id in set_by_editor.index],
            "Computed": set_by_editor["confidence_computed"].to_list(),
            "Set": set_by_editor["confidence"].to_list(),
            "Reason": set_by_editor["override_reason"].to_list(),
        }
    )


@finding
def level_rows(report: Report) -> pd.DataFrame:
    """Return the confidence of the events by phase.

    Returns
    -------
    pandas.DataFrame
        A row for each phase: ``Phase`` (its name), ``Events`` and a column for each level
        (numbers), ``With two groups`` (a share, printed).
    """
    events, phase_of = report.events, voices.phases_of(report)
    names = chronology.periods(report).set_index("phase_id")["name"]
    by_phase = pd.crosstab(phase_of, events["confidence"])
    by_phase = by_phase.reindex(index=names.index, columns=list(LEVELS), fill_value=0)
    two = (events["n_groups"] >= GROUPS_FOR_HIGH).groupby(phase_of).mean()
    return pd.DataFrame(
        {
            "Phase": names,
            "Events": by_phase.sum(axis=1),
            **{upper_first(level): by_phase[level] for level in LEVELS},
            "With two groups": [f"{per_cent(two[phase])}%" for phase in names.index],
        }
    )
