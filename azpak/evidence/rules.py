"""The two rules of evidence: how confidence is computed, and when claims contradict each other.

Pure functions on rows (mappings from column to value, an empty cell being None or ""), shared by
`azpak.evidence`, which wraps them for the chapters, and by the data gate, which needs no pandas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Any, Literal

from azpak.dates import parse
from azpak.text import count_in_words

__all__ = [
    "FIRST_HAND", "LEVELS", "STEPS", "Contradiction", "Level", "Row",
    "agreeing", "confidence", "contradictions", "contradictory", "grading_step", "groups",
    "headline", "stances",
]  # fmt: skip

Row = Mapping[str, Any]
Level = Literal["high", "medium", "low"]

LEVELS: tuple[Level, ...] = ("high", "medium", "low")

# The questions of the rule of confidence, in the order in which it asks them.
STEPS = ("alleged", "contested", "act", "two groups", "first hand", "retrospect")

# What was said at the time: the document that is the act, a party's own account, a report.
# The fourth basis, retrospect, is later recollection and alone lifts no event above low.
FIRST_HAND = ("act", "party", "report")

# That an event happened, and when: whoever dates it says that it happened.
HAPPENED = ("occurred", "date")

# One source rarely errs twice in the same way as another that never read it: two groups suffice.
GROUPS_FOR_HIGH = 2
# A contested military fact needs voices that do not share an interest in it.
STANCES_FOR_HIGH = 2


@dataclass(frozen=True)
class Contradiction:
    """Two claims that cannot both be right.

    Attributes
    ----------
    topic
        What both speak of.
    claim_a, claim_b
        The two claims, in the order of the table.
    kind
        ``date`` or ``number`` (bounds without a common value), or ``statement`` (one is marked
        as disagreeing with the event as told, the other as agreeing).
    ruling_ids
        The rulings that weigh both; empty where none does.
    """

    topic: str
    claim_a: str
    claim_b: str
    kind: Literal["date", "number", "statement"]
    ruling_ids: tuple[str, ...]


def contradictions(claims: Iterable[Row], rulings: Iterable[Row]) -> list[Contradiction]:
    """Find every pair of claims on one topic that contradict each other.

    Parameters
    ----------
    claims
        Rows of the claims table. One on which the event is silent has its dates and numbers
        compared like any other.
    rulings
        Rows of the rulings table, ``claim_ids`` as a sequence.

    Returns
    -------
    list of Contradiction
        In the order of the claims.
    """
    weighed_by = defaultdict(set)
    for ruling in rulings:
        for claim_id in ruling["claim_ids"]:
            weighed_by[claim_id].add(ruling["ruling_id"])
    by_topic = defaultdict(list)
    for claim in claims:
        by_topic[claim["topic"]].append(claim)
    return [
        Contradiction(
            topic,
            one["claim_id"],
            other["claim_id"],
            kind,
            tuple(sorted(weighed_by[one["claim_id"]] & weighed_by[other["claim_id"]])),
        )
        for topic, speaking in by_topic.items()
        for one, other in combinations(speaking, 2)
        if (kind := contradictory(one, other))
    ]


def contradictory(one: Row, other: Row) -> Literal["date", "number", "statement"] | None:
    """Return how two claims on one topic contradict each other; None where they do not."""
    same_unit = (one["unit"] or "") == (other["unit"] or "")
    dates = [parse(claim["value_edtf"]) for claim in (one, other) if claim["value_edtf"]]
    if same_unit and len(dates) == 2 and not dates[0].overlaps(dates[1]):
        return "date"
    if same_unit and _disjoint(_bounds(one), _bounds(other)):
        return "number"
    if {one["agreement"], other["agreement"]} == {"agrees", "disagrees"}:
        return "statement"
    return None


def _bounds(claim: Row) -> tuple[float, float] | None:
    low, high = claim["value_low"], claim["value_high"]
    if low is None and high is None:
        return None
    return (-inf if low is None else low, inf if high is None else high)


def _disjoint(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return bool(one and other) and (one[1] < other[0] or other[1] < one[0])


def agreeing(claims: Iterable[Row]) -> list[Row]:
    """Return the claims that agree with the event as told."""
    return [claim for claim in claims if claim["agreement"] == "agrees"]


def headline(claims: Iterable[Row], sources: Mapping[str, Row]) -> list[Row]:
    """Return the agreeing claims on the one matter that the most independence groups carry.

    A matter is a topic; that the event happened and when is one matter, whatever the topics of
    its dates are called. Where as many groups carry two matters, the one with more stances counts,
    then the one told first. Two groups that speak of different matters do not confirm each other.
    """
    by_matter: dict[str, list[Row]] = defaultdict(list)
    for claim in agreeing(claims):
        happened = claim["attribute"] in HAPPENED
        by_matter[HAPPENED[0] if happened else claim["topic"]].append(claim)

    def weight(told: list[Row]) -> tuple[int, int]:
        speaking = [sources[claim["source_id"]] for claim in told]
        return (
            len({source["independence_group"] for source in speaking}),
            len({source["stance"] for source in speaking}),
        )

    return max(by_matter.values(), key=weight, default=[])


def groups(claims: Iterable[Row], sources: Mapping[str, Row]) -> set[str]:
    """Return the independence groups that carry the headline; syndicated copies count once."""
    told = headline(claims, sources)
    return {sources[claim["source_id"]]["independence_group"] for claim in told}


def stances(claims: Iterable[Row], sources: Mapping[str, Row]) -> set[str]:
    """Return the stances of the sources that carry the headline."""
    return {sources[claim["source_id"]]["stance"] for claim in headline(claims, sources)}


def confidence(
    event: Row, claims: Sequence[Row], sources: Mapping[str, Row], rulings: Iterable[Row]
) -> tuple[Level, str]:
    """Compute how sure an event is, and say why.

    Parameters
    ----------
    event
        Row of the events table. An editor's override is not looked at.
    claims
        The event's claims.
    sources
        Rows of the sources table by ``source_id``.
    rulings
        The rulings that weigh any of the claims.

    Returns
    -------
    level : {'high', 'medium', 'low'}
        *high*: two separate origins on one matter, or a document that itself is the act; for a
        contested military fact two groups and two stances on it. *medium*: one group that speaks
        at first hand (for a contested military fact: an independent one). *low*: the rest, and all
        that is alleged. An unresolved ruling, or a disagreeing claim that no ruling weighs, caps
        at medium.
    why : str
        The reason in words, such as ``two separate origins on one matter: dawn, trend``.
    """
    level, why = _uncapped(event, claims, sources)
    if level != "high":
        return level, why
    cap = _cap(claims, list(rulings))
    return ("medium", f"{why}; at most medium, because {cap}") if cap else (level, why)


def grading_step(event: Row, claims: Sequence[Row], sources: Mapping[str, Row]) -> str:
    """Return the question, one of `STEPS`, whose answer grades an event."""
    if event["nature"] == "alleged":
        return "alleged"
    if event["contested_military"]:
        return "contested"
    bases = {claim["basis"] for claim in agreeing(claims)}
    if "act" in bases:
        return "act"
    if len(groups(claims, sources)) >= GROUPS_FOR_HIGH:
        return "two groups"
    return "first hand" if bases & set(FIRST_HAND) else "retrospect"


def _uncapped(event: Row, claims: Sequence[Row], sources: Mapping[str, Row]) -> tuple[Level, str]:
    found = groups(claims, sources)
    why = _groups_in_words(found)
    step = grading_step(event, claims, sources)
    if step == "alleged":
        return "low", f"alleged, not established; {why}"
    if step == "contested":
        return _contested(claims, sources, found, why)
    if step == "act":
        acts = {claim["source_id"] for claim in agreeing(claims) if claim["basis"] == "act"}
        return "high", f"the document itself is the act: {', '.join(sorted(acts))}; {why}"
    if step == "two groups":
        return "high", why
    if step == "first hand":
        return "medium", why
    return "low", f"{why}, in retrospect only" if found else why


def _contested(
    claims: Sequence[Row], sources: Mapping[str, Row], found: set[str], why: str
) -> tuple[Level, str]:
    sides = stances(claims, sources)
    why = f"contested military fact: {why}"
    if sides:
        why += f"; {_counted(len(sides), 'stance')}: {', '.join(sorted(sides))}"
    if len(found) >= GROUPS_FOR_HIGH and len(sides) >= STANCES_FOR_HIGH:
        return "high", why
    independent = any(
        claim["basis"] in FIRST_HAND and sources[claim["source_id"]]["stance"] == "independent"
        for claim in agreeing(claims)
    )
    return ("medium" if independent else "low"), why


def _cap(claims: Sequence[Row], rulings: list[Row]) -> str:
    unresolved = [r["ruling_id"] for r in rulings if r["resolution"] == "unresolved"]
    if unresolved:
        return f"a contradiction is unresolved ({', '.join(sorted(unresolved))})"
    weighed = {claim_id for ruling in rulings for claim_id in ruling["claim_ids"]}
    for claim in claims:
        if claim["agreement"] == "disagrees" and claim["claim_id"] not in weighed:
            return f"no ruling weighs the claim that disagrees ({claim['claim_id']})"
    return ""


def _groups_in_words(found: set[str]) -> str:
    if not found:
        return "no source seen agrees"
    on_one = " on one matter" if len(found) > 1 else ""
    return f"{_counted(len(found), 'separate origin')}{on_one}: {', '.join(sorted(found))}"


def _counted(number: int, noun: str) -> str:
    return f"{count_in_words(number)} {noun}{'' if number == 1 else 's'}"
