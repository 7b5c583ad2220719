"""The words for the codes of the tables, each said once: voices, agreement, rules, languages."""

from __future__ import annotations

__all__ = [
    "AGREEMENTS", "CATEGORIES", "DISPUTED", "EXTENTS", "LANGUAGES", "NATURES",
    "RESOLUTIONS", "ROUTE_STATUSES", "RULES", "STANCES", "SUBJECTS", "VOICES",
]  # fmt: skip

# Each stance: the adjective for its voice, and what it means of a source. In the order of tables
# and figures: the two states of the report, the states around them, the others.
_STANCES = {
    "azerbaijani-state-aligned": ("Azerbaijani", "close to the Azerbaijani state"),
    "pakistani-state-aligned": ("Pakistani", "close to the Pakistani state"),
    "turkish": ("Turkish", "Turkish"),
    "armenian": ("Armenian", "Armenian"),
    "indian": ("Indian", "Indian"),
    "independent": ("unaligned", "close to no state"),  # no praise, as "independent" would be
    "other": ("other", "other"),
}
VOICES = {stance: adjective for stance, (adjective, _) in _STANCES.items()}
STANCES = {stance: meaning for stance, (_, meaning) in _STANCES.items()}

# In the order of rows, from what states declare to what they do and what surrounds it.
CATEGORIES = {
    "recognition": "Recognition",
    "diplomatic": "Diplomacy",
    "visit": "Visits",
    "political-support": "Political support",
    "declaration": "Declarations",
    "agreement": "Agreements",
    "institution": "Institutions",
    "training": "Training",
    "exercise": "Exercises",
    "arms": "Arms",
    "conflict": "Conflict",
    "trade": "Trade",
    "connectivity": "Connections",
}
# What figures are about, in the order of the gallery.
SUBJECTS = {
    "politics": "Support, visits and agreements",
    "arms": "Arms and armed forces",
    "places": "Places and routes",
    "ties": "Ties of all the states",
    "votes": "Votes",
    "trade": "Trade, travel and investment",
    "steps": "Steps and trends",
    "evidence": "Evidence and authors",
}
# From what runs to what does not.
ROUTE_STATUSES = {
    "operating": "in use",
    "partial": "in part",
    "proposed": "proposed",
    "suspended": "suspended",
}

# What is disputed, in the order of the ledger: first whether, then what, when, who and how much.
DISPUTED = {
    "occurrence": "Whether it happened",
    "participation": "Who took part",
    "vote": "How a state voted",
    "document": "Which document",
    "date": "Dates",
    "place": "Places",
    "rank": "First, second or third",
    "person": "Persons and offices",
    "attribution": "Who said or did it",
    "number": "Numbers",
    "price": "Prices",
    "definition": "What a word covers",
}

EXTENTS = {"full": "seen in full", "part": "seen in part", "not-seen": "not seen"}
AGREEMENTS = {
    "agrees": "agrees",
    "partial": "agrees in part",
    "disagrees": "disagrees",
    "silent": "does not say",
}
NATURES = {"announced": "announced", "alleged": "alleged", "state": "lasting state"}
RULES = {
    "act-over-report": "the act itself goes before a report of it",
    "own-account": "a party's own account of what it said or did",
    "done-over-planned": "what was done goes before what was planned",
    "contemporary-over-later": "a contemporary account goes before a later one",
    "specific-over-vague": "a specific account goes before a vague one",
    "separate-origins": "sources of separate origins agree",
    "against-interest": "a statement against the speaker's interest",
    "later-correction": "a later correction by the same source",
    "arithmetic": "arithmetic",
    "different-definitions": "the sources count different things",
    "absence-of-contemporary-record": "no contemporary record where one would be expected",
    "none": "no rule decides it",
}
# Each resolution of a ruling, as the link to it says it.
RESOLUTIONS = {"preferred": "how we decided", "unresolved": "we leave it open"}
LANGUAGES = {
    "en": "English", "az": "Azerbaijani", "tr": "Turkish", "ru": "Russian", "ur": "Urdu",
    "hy": "Armenian", "fa": "Persian", "de": "German", "fr": "French", "ka": "Georgian",
    "zh": "Chinese", "ar": "Arabic",
}  # fmt: skip
