"""Rules on the evidence: every event told, every source used, every contradiction ruled on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from azpak.check.keys import members
from azpak.check.model import Data, Fault
from azpak.check.schema import references
from azpak.evidence.rules import contradictions

__all__ = ["RULES"]

# Whose voices take a side in what the report tells.
_SIDES = (
    "azerbaijani-state-aligned", "pakistani-state-aligned", "turkish", "armenian", "indian",
)  # fmt: skip
# Words by which a row says that it repeats an account, or whose it is.
_WHOSE = re.compile(
    r"\b(?:accounts?|according to|releases?|statements?|said|says|reports?|reported|texts?"
    r"|known from|announced|relayed|press"
    r"|by (?:the|its|his|their|\w+'s) (?:\w+ )*"
    r"(?:ministr(?:y|ies)|military|agency|embassy|office|presidency|parliament|company))\b",
    re.IGNORECASE,
)


def every_event_has_a_claim(data: Data) -> Iterator[Fault]:
    """Yield active events of which no source says anything; silence is no claim of it."""
    if not data.is_whole("claims"):
        return
    told = {
        row["event_id"] for _, _, row in data.records("claims") if row["agreement"] != "silent"
    } | data.lost("claims")
    for table, line, row in data.records("events", "event_id", "status"):
        if row["status"] == "active" and row["event_id"] not in told:
            yield table.fault(
                line, "event_id", "no source says anything of the event", row["event_id"]
            )


def every_event_is_told_in_a_narrative_chapter(data: Data) -> Iterator[Fault]:
    """Yield events whose chapter is front matter, an analysis or an appendix."""
    kinds = {row["chapter_id"]: row["kind"] for _, _, row in data.records("chapters", "kind")}
    for table, line, row in data.records("events", "chapter"):
        if kinds.get(row["chapter"], "narrative") != "narrative":
            yield table.fault(line, "chapter", "not a narrative chapter", row["chapter"])


def a_withdrawn_event_names_its_successor(data: Data) -> Iterator[Fault]:
    """Yield withdrawn events without an active successor, and active events with one."""
    status = {row["event_id"]: row["status"] for _, _, row in data.records("events", "status")}
    for table, line, row in data.records("events", "status", "replaced_by"):
        successor = row["replaced_by"]
        if row["status"] == "withdrawn" and not successor:
            yield table.fault(line, "replaced_by", "a withdrawn event names no successor")
        elif row["status"] == "active" and successor:
            yield table.fault(line, "replaced_by", "an active event names a successor", successor)
        elif successor and status.get(successor) == "withdrawn":
            yield table.fault(line, "replaced_by", "the successor is withdrawn too", successor)


def an_override_has_its_reason(data: Data) -> Iterator[Fault]:
    """Yield an editor's confidence without a reason, and a reason without a confidence."""
    for table, line, row in data.records("events", "confidence_override", "override_reason"):
        if row["confidence_override"] and not row["override_reason"]:
            yield table.fault(line, "override_reason", "an override gives no reason")
        elif row["override_reason"] and not row["confidence_override"]:
            what = "a reason without an override"
            yield table.fault(line, "override_reason", what, row["override_reason"])


def a_one_sided_account_is_named(data: Data) -> Iterator[Fault]:
    """Yield events known from one side's own texts alone whose row does not say so."""
    if not data.is_whole("claims"):
        return
    stances = {row["source_id"]: row["stance"] for _, _, row in data.records("sources", "stance")}
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, _, row in data.records("claims", "event_id", "source_id", "agreement", "basis"):
        if row["agreement"] != "silent":
            told[row["event_id"]].add((row["basis"], stances.get(row["source_id"], "")))
    for table, line, row in data.records("events", "title", "summary", "note", "status"):
        text = f"{row['title']} {row['summary']} {row['note'] or ''}"
        known = told[row["event_id"]]
        one_sided = len(known) == 1 and known <= {("party", stance) for stance in _SIDES}
        if row["status"] == "active" and one_sided and not _WHOSE.search(text):
            what = "known from one side's own texts alone: summary or note says whose account it is"
            yield table.fault(line, "note", what, row["note"] or "")


def a_claim_can_be_compared(data: Data) -> Iterator[Fault]:
    """Yield date claims without EDTF, and numbers without unit."""
    for table, line, row in data.records("claims", "attribute", "agreement", "value_edtf"):
        speaks = row["agreement"] != "silent"
        if row["attribute"] == "date" and speaks and not row["value_edtf"]:
            yield table.fault(line, "value_edtf", "a date claim needs its date in EDTF")
    for table, line, row in data.records("claims", "value_low", "value_high", "unit"):
        if not row["unit"] and (row["value_low"] is not None or row["value_high"] is not None):
            yield table.fault(line, "unit", "a number needs its unit")


def a_source_not_seen_supports_no_claim(data: Data) -> Iterator[Fault]:
    """Yield claims whose source nobody has read."""
    extents = {row["source_id"]: row["extent_seen"] for _, _, row in data.records("sources")}
    for table, line, row in data.records("claims", "source_id"):
        if extents.get(row["source_id"]) == "not-seen":
            what = "a source not seen supports no claim"
            yield table.fault(line, "source_id", what, row["source_id"])


def every_source_is_used(data: Data) -> Iterator[Fault]:
    """Yield sources that no row of any table names."""
    named: set[str] = set()
    for entry in data.package["resources"]:
        columns = [column for column, into, _ in references(entry) if into == "sources"]
        if columns and not data.is_whole(entry["name"]):
            return  # what could not be read may name it
        for column in columns:
            table = data.tables[entry["name"]]
            if column not in table.columns:
                return
            named.update(key for _, key in members(table, column))
            named |= table.lost
    for table, line, row in data.records("sources", "source_id"):
        if row["source_id"] not in named:
            yield table.fault(line, "source_id", "no table names the source", row["source_id"])


def a_merged_source_is_gone(data: Data) -> Iterator[Fault]:
    """Yield merged ids that still stand in the sources table."""
    there = {row["source_id"] for _, _, row in data.records("sources")}
    for table, line, row in data.records("source_merges", "merged_id"):
        if row["merged_id"] in there:
            what = "the merged source still stands in sources"
            yield table.fault(line, "merged_id", what, row["merged_id"])


def every_contradiction_has_a_ruling(data: Data) -> Iterator[Fault]:
    """Yield, for each claim, the earlier claims it contradicts without a ruling on both."""
    if not data.is_whole("claims", "rulings"):
        return
    active = {
        row["event_id"]
        for _, _, row in data.records("events", "status")
        if row["status"] == "active"
    }
    needed = ("topic", "agreement", "value_edtf", "value_low", "value_high", "unit")
    lines = {
        row["claim_id"]: (line, row)
        for _, line, row in data.records("claims", "claim_id", *needed)
        if row["event_id"] in active
    }
    # A ruling with a fault of its own, reported elsewhere, still weighs what it names.
    rulings = [
        row | {"claim_ids": [claim.strip() for claim in row["claim_ids"]]}
        for _, _, row in data.records("rulings", "ruling_id")
    ]
    table, lost = data.tables["claims"], "\n".join(data.lost("rulings"))
    against = defaultdict(list)
    for pair in contradictions([row for _, row in lines.values()], rulings):
        if not pair.ruling_ids and not (pair.claim_a in lost and pair.claim_b in lost):
            against[pair.claim_b].append(pair)
    for claim_id, pairs in against.items():
        others = ", ".join(f"{pair.claim_a} ({pair.kind})" for pair in pairs)
        what = f"no ruling weighs {claim_id} against the claims it contradicts: {others}"
        yield table.fault(lines[claim_id][0], "topic", what, pairs[0].topic)


def a_ruling_prefers_what_it_weighs(data: Data) -> Iterator[Fault]:
    """Yield rulings on fewer than two claims, and preferences outside them or unresolved."""
    needed = ("claim_ids", "preferred_claim_ids", "resolution")
    for table, line, row in data.records("rulings", *needed):
        preferred = row["preferred_claim_ids"]
        if len(row["claim_ids"]) < 2:
            what = "a ruling weighs two claims or more"
            yield table.fault(line, "claim_ids", what, ";".join(row["claim_ids"]))
        if row["resolution"] == "unresolved" and preferred:
            what = "an unresolved ruling prefers no claim"
            yield table.fault(line, "preferred_claim_ids", what, ";".join(preferred))
        elif strange := [claim for claim in preferred if claim not in row["claim_ids"]]:
            what = "a preferred claim is not among those weighed"
            yield table.fault(line, "preferred_claim_ids", what, ";".join(strange))


RULES = (
    every_event_has_a_claim,
    every_event_is_told_in_a_narrative_chapter,
    a_withdrawn_event_names_its_successor,
    an_override_has_its_reason,
    a_one_sided_account_is_named,
    a_claim_can_be_compared,
    a_source_not_seen_supports_no_claim,
    every_source_is_used,
    a_merged_source_is_gone,
    every_contradiction_has_a_ruling,
    a_ruling_prefers_what_it_weighs,
)
