"""How complete the record of an event is: what is known of when, where and who, and what was seen.

Completeness says nothing on whether the event is true. A false report can name day, place and
persons, and an event that three governments confirm can lack a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from azpak.dates import Date, parse
from azpak.evidence.rules import Row, agreeing

__all__ = ["ASKED_OF_STATES", "MARKS", "completeness", "names_of_persons", "names_person"]

# What is asked of a record, and the words for it where it is known.
MARKS = {"day": "day", "place": "place", "persons": "persons", "document": "document"}
# A lasting state or the figure of a period has no day, no place and no persons of its own.
ASKED_OF_STATES = ("document",)
# Whose own publications are documents of a party; press that quotes one is not.
OWN_TEXTS = ("official", "company")

_NAME = r"(?:[A-ZÀ-ÞĀ-Ž][\w'’-]*[a-zß-ÿā-ž])"  # AMAN and PAC are no names
_OFFICES = (
    "President", "Minister", "Secretary", "General", "Marshal", "Admiral", "Ambassador", "Speaker",
    "Chairman", "Commander", "Brigadier", "Colonel", "Senator", "Adviser", "Major", "Captain",
    "Director", "Commodore", "Lieutenant", "Envoy", "Staff", "Chief", "King", "Prince", "Emir",
)  # fmt: skip
_BODIES = ("Assembly", "Council", "House", "Headquarters", "Command", "Committee", "Office",
           "Forces", "Directorate", "Department", "Academy", "College")  # fmt: skip
_IN_OFFICE = re.compile(
    rf"\b(?i:{'|'.join(_OFFICES)}) (?!(?:{'|'.join((*_OFFICES, *_BODIES))})\b){_NAME}"
)
_LATIN = re.compile(r"[A-Za-zÀ-ž .'’-]+")
_LANGUAGE = re.compile(r" \([^)]*\)$")  # behind a variant: (az), (ru)


def completeness(
    event: Row, claims: Sequence[Row], sources: Mapping[str, Row], names: frozenset[str]
) -> dict[str, bool]:
    """Say what is known of an event, for each of `MARKS` that is asked of it.

    Parameters
    ----------
    event
        Row of the events table.
    claims
        The event's claims.
    sources
        Rows of the sources table by ``source_id``.
    names
        What `names_of_persons` returns.

    Returns
    -------
    dict of str to bool
        *day*: the date is known to the day, without a mark of doubt. *place*: a place of the
        gazetteer is named, not only a state. *persons*: title or summary name a person.
        *document*: an agreeing claim rests on the document that is the act, or on a party's own
        publication. Of a lasting state only the last is asked.
    """
    known = {
        "day": _to_the_day(parse(event["date"])),
        "place": bool(event["place_id"]),
        "persons": names_person(f"{event['title']}. {event['summary']}", names),
        "document": any(_is_document(c, sources) for c in agreeing(claims)),
    }
    asked = ASKED_OF_STATES if event["nature"] == "state" else MARKS
    return {mark: known[mark] for mark in asked}


def names_of_persons(terms: Iterable[Row]) -> frozenset[str]:
    """Return the names and surnames of the persons of the glossary, in Latin letters."""
    written = {
        _LANGUAGE.sub("", name)
        for term in terms
        if term["kind"] == "person"
        for name in (term["term"], *(term["variants"] or ()))
    }
    latin = {name for name in written if _LATIN.fullmatch(name)}
    return frozenset(latin | {name.split()[-1] for name in latin})


def names_person(text: str, names: frozenset[str]) -> bool:
    """Whether a text names a person: one of these, or anybody whose name follows an office."""
    words = re.findall(r"[\w-]+", text)
    return bool(_IN_OFFICE.search(text)) or any(
        " ".join(words[n : n + length]) in names
        for n in range(len(words))
        for length in range(1, 5)
    )


def _to_the_day(date: Date) -> bool:
    if date.precision == "within":
        return False
    parts = date.parts or (date,)
    return not date.open_end and all(
        part.precision == "day" and not part.uncertain and not part.approximate for part in parts
    )


def _is_document(claim: Row, sources: Mapping[str, Row]) -> bool:
    own = claim["basis"] == "party" and sources[claim["source_id"]]["type"] in OWN_TEXTS
    return claim["basis"] == "act" or own
