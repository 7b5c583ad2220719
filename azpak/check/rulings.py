"""Rules on rulings: a rule has its support, and what a ruling decides binds the rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from azpak.check.model import Data, Fault, Row, Table
from azpak.dates import parse
from azpak.evidence.rules import FIRST_HAND, GROUPS_FOR_HIGH, contradictory

__all__ = ["LONGEST_PHRASE", "POINTING", "RULES", "SUPPORT"]

LONGEST_PHRASE = 6  # words that a reader takes in between the brackets of a sentence
# Words that point at a thing which the sentence around the phrase need not name.
POINTING = frozenset(
    ("he", "her", "him", "his", "it", "its", "she", "such", "their", "them", "these", "they",
     "this", "those")
)  # fmt: skip
_MARK = re.compile(r"[():;?!]|\.$")


class _Ruling(NamedTuple):
    """A ruling that prefers a reading, with its claims as rows."""

    table: Table
    line: int
    row: Row
    preferred: list[Row]
    rejected: list[Row]


def _deciding(data: Data) -> Iterator[_Ruling]:
    claims = {row["claim_id"]: row for _, _, row in data.records("claims", "claim_id", "event_id")}
    for table, line, row in data.records("rulings", "claim_ids", "preferred_claim_ids", "rule"):
        if row["resolution"] != "preferred":
            continue
        preferred = [claims[key] for key in row["preferred_claim_ids"] if key in claims]
        rest = [key for key in row["claim_ids"] if key not in row["preferred_claim_ids"]]
        yield _Ruling(table, line, row, preferred, [claims[key] for key in rest if key in claims])


def _has_basis(*bases: str) -> Callable[[_Ruling, Mapping[str, str]], bool]:
    return lambda ruling, group_of: any(claim["basis"] in bases for claim in ruling.preferred)


def _of_two_groups(ruling: _Ruling, group_of: Mapping[str, str]) -> bool:
    found = {group_of.get(claim["source_id"], claim["source_id"]) for claim in ruling.preferred}
    return len(found) >= GROUPS_FOR_HIGH


def _corrects_itself(ruling: _Ruling, group_of: Mapping[str, str]) -> bool:
    before, after = (
        {group_of.get(claim["source_id"]) for claim in claims}
        for claims in (ruling.rejected, ruling.preferred)
    )
    return bool(before & after)


# What a rule claims of the claims preferred, where that can be seen: the test, and what it asks.
SUPPORT: dict[str, tuple[Callable[[_Ruling, Mapping[str, str]], bool], str]] = {
    "act-over-report": (_has_basis("act"), "a preferred claim whose basis is the act"),
    "own-account": (_has_basis("act", "party"), "a preferred claim by the party itself"),
    "contemporary-over-later": (_has_basis(*FIRST_HAND), "a preferred claim made at the time"),
    "separate-origins": (_of_two_groups, "preferred claims of two origins"),
    "later-correction": (_corrects_itself, "a preferred and a rejected claim of one origin"),
}


def what_is_disputed_is_a_phrase(data: Data) -> Iterator[Fault]:
    """Yield phrases that cannot stand after "sources differ on": long, pointing, or a sentence."""
    for table, line, row in data.records("rulings", "disputed"):
        phrase = row["disputed"]
        words = phrase.split()
        pointing = [word for word in words if word.lower().partition("'")[0] in POINTING]
        if len(words) > LONGEST_PHRASE:
            what = f"{len(words)} words, where {LONGEST_PHRASE} are the most"
            yield table.fault(line, "disputed", what, phrase)
        elif pointing:
            what = f"'{pointing[0]}' points at nothing where the phrase stands: name the thing"
            yield table.fault(line, "disputed", what, phrase)
        elif _MARK.search(phrase):
            what = "the sentence goes on after the phrase: leave out brackets, '.', '?', ':', ';'"
            yield table.fault(line, "disputed", what, phrase)


def a_rule_has_its_support(data: Data) -> Iterator[Fault]:
    """Yield rulings whose rule is named without what it rests on, and decisions by none."""
    groups = data.records("sources", "independence_group")
    group_of = {row["source_id"]: row["independence_group"] for _, _, row in groups}
    for ruling in _deciding(data):
        rule = ruling.row["rule"]
        if rule == "none":
            what = "a reading is preferred by no rule"
            yield ruling.table.fault(ruling.line, "rule", what, rule)
        holds, needed = SUPPORT.get(rule, (None, ""))
        if holds and ruling.preferred and not holds(ruling, group_of):
            yield ruling.table.fault(ruling.line, "rule", f"{rule} needs {needed}", rule)


def a_ruling_binds_its_events(data: Data) -> Iterator[Fault]:
    """Yield preferred claims that an event contradicts, and rejected ones that it follows.

    An event that is only alleged tells the allegation, whatever a ruling says of it.
    """
    events = {row["event_id"]: row for _, _, row in data.records("events", "nature", "date")}
    for ruling in _deciding(data):
        for claim in ruling.preferred:
            event = events.get(claim["event_id"])
            if not event or event["nature"] == "alleged":
                continue
            if claim["agreement"] == "disagrees":
                what = f"the event {claim['event_id']} disagrees with a preferred claim"
                yield ruling.table.fault(ruling.line, "claim_ids", what, claim["claim_id"])
            for other in ruling.rejected:
                follows = other["agreement"] == "agrees" and _same_matter(claim, other)
                if follows and contradictory(claim, other):
                    what = f"the event {claim['event_id']} agrees with a rejected claim"
                    yield ruling.table.fault(ruling.line, "claim_ids", what, other["claim_id"])


def _same_matter(one: Row, other: Row) -> bool:
    return (one["event_id"], one["topic"]) == (other["event_id"], other["topic"])


def a_ruling_binds_the_deals(data: Data) -> Iterator[Fault]:
    """Yield bounds of transfers that are a number which a ruling on the same topic rejects."""
    rejected: dict[str, list[tuple[str, Row]]] = {}
    for ruling in _deciding(data):
        for claim in ruling.rejected:
            same = [p for p in ruling.preferred if p["topic"] == claim["topic"]]
            exact = claim["value_low"] is not None and claim["value_low"] == claim["value_high"]
            if exact and any(contradictory(claim, preferred) == "number" for preferred in same):
                ruling_id = ruling.row["ruling_id"]
                rejected.setdefault(claim["event_id"], []).append((ruling_id, claim))
    bounds = ("quantity_low", "quantity_high", "value_usd_low", "value_usd_high")
    for table, line, row in data.records("transfers", "event_ids", *bounds):
        if row["superseded_by"]:
            continue
        for event_id in row["event_ids"]:
            for ruling_id, claim in rejected.get(event_id, ()):
                for column in bounds:
                    money = column.startswith("value_usd") == (claim["unit"] == "USD")
                    if money and row[column] == claim["value_low"]:
                        what = f"the ruling {ruling_id} rejects this number ({claim['claim_id']})"
                        yield table.fault(line, column, what, f"{row[column]:g}")


def an_exercise_is_of_the_days_of_its_event(data: Data) -> Iterator[Fault]:
    """Yield exercises that share no day with the event that tells them."""
    dates = {row["event_id"]: row["date"] for _, _, row in data.records("events", "date")}
    for table, line, row in data.records("exercises", "date", "event_id"):
        event = dates.get(row["event_id"])
        if event and row["date"] and not parse(row["date"]).overlaps(parse(event)):
            what = f"the event {row['event_id']} is of {event}"
            yield table.fault(line, "date", what, row["date"])


def an_exercise_that_happened_has_its_row(data: Data) -> Iterator[Fault]:
    """Yield exercises among the events that the table of exercises leaves out: a gap in it."""
    if "exercises" not in data.tables or not data.is_whole("exercises"):
        return
    there = {row["event_id"] for _, _, row in data.records("exercises", "event_id")}
    for table, line, row in data.records("events", "event_id", "category", "nature", "status"):
        counts = row["status"] == "active" and row["nature"] == "happened"
        if counts and row["category"] == "exercise" and row["event_id"] not in there:
            what = "no row of exercises names this exercise"
            yield table.fault(line, "event_id", what, row["event_id"])


def the_register_does_not_settle_what_is_open(data: Data) -> Iterator[Fault]:
    """Yield open rulings that a register entry would settle, where the register has delivered."""
    delivered = {
        row["deal_id"] for _, _, row in data.records("arms_deals", "deal_id", "number_delivered")
        if row["number_delivered"]
    }  # fmt: skip
    having: dict[str, str] = {}
    for _, _, row in data.records("transfers", "event_ids", "register_deal_ids"):
        for deal in row["register_deal_ids"]:
            if deal in delivered:
                having |= dict.fromkeys(row["event_ids"], deal)
    events = {row["claim_id"]: row["event_id"] for _, _, row in data.records("claims", "event_id")}
    for table, line, row in data.records("rulings", "claim_ids", "would_settle", "resolution"):
        if row["resolution"] != "unresolved" or "register entry" not in row["would_settle"]:
            continue
        deals = {having[events[c]] for c in row["claim_ids"] if events.get(c) in having}
        if deals:
            what = f"the register has it: {', '.join(sorted(deals))}"
            yield table.fault(line, "would_settle", what, row["would_settle"])


def an_order_is_not_after_its_delivery(data: Data) -> Iterator[Fault]:
    """Yield transfers that were delivered before the first day on which they can be ordered."""
    for table, line, row in data.records("transfers", "order_date", "delivery_start"):
        if not row["order_date"] or not row["delivery_start"]:
            continue
        first = parse(row["delivery_start"]).end
        if first and parse(row["order_date"]).start > first:
            what = f"the order is after its delivery of {row['delivery_start']}"
            yield table.fault(line, "order_date", what, row["order_date"])


def a_member_of_a_package_says_so(data: Data) -> Iterator[Fault]:
    """Yield deals of one pair, event and day of order of which none includes the other."""
    first: dict[tuple[str, ...], tuple[int, Row]] = {}
    for table, line, row in data.records("transfers", "event_ids", "order_date", "part_of"):
        if row["record_kind"] != "deal" or row["superseded_by"] or not row["order_date"]:
            continue
        for event_id in row["event_ids"]:
            key = (row["supplier"], row["recipient"], row["order_date"], event_id)
            at, other = first.setdefault(key, (line, row))
            linked = {row["part_of"], other["part_of"]} & {row["transfer_id"], other["transfer_id"]}
            if other is not row and not linked:
                what = f"line {at} is of the same event and day; is one part_of the other?"
                yield table.fault(line, "part_of", what, row["transfer_id"])


RULES = (
    what_is_disputed_is_a_phrase,
    a_rule_has_its_support,
    a_ruling_binds_its_events,
    a_ruling_binds_the_deals,
    an_exercise_is_of_the_days_of_its_event,
    an_exercise_that_happened_has_its_row,
    the_register_does_not_settle_what_is_open,
    an_order_is_not_after_its_delivery,
    a_member_of_a_package_says_so,
)
