"""Every sentence of the five founding documents is told, ruled on, attributed, or left out.

``founding/sentences.csv`` has a row for each statement of each sentence, in our own words, and one
for each sentence that states nothing. ``begins`` is the digest of the eight words with which the
sentence begins (those that follow it fill up a short one), as ``founding/windows.txt`` has them, so
that a row belongs to a real sentence although no text is kept. ``kind`` is

- ``fact``: what can be checked; a ruling weighs it, or the sections name the document for it;
- ``view``, ``hope``, ``list``: whose it is stands in the tables of `azpak.findings.founding`;
- ``source``: what a document says of itself, told with the source or in the sections;
- ``none``: a title, a credit, a turn of the text; ``reason`` says which.
"""

from __future__ import annotations

import csv
import re

import pytest
from test_founding_documents import (
    BOOK,
    DIGESTS,
    EVIDENCE,
    FACTS,
    FOUNDING,
    SOURCES,
    copied,
    members,
)

from azpak import Report
from azpak.findings import founding

# How many sentences each document has, counted when the digests were made.
SENTENCES = {
    "sultanov2018cgss": 37,
    "alizada2021ankasam": 56,
    "azernews2023valiyev": 45,
    "rawal2025efsas": 76,
    "azernews2025defenceindustry": 24,
}
# How many statements a reader who was to find all of them counted; rows are never fewer.
STATEMENTS = 248
LISTS = ("fact_ids", "claim_ids", "ruling_ids", "sections")
TABLES = {"view": founding.VIEW, "hope": founding.HOPE, "list": founding.ARMS}
KINDS = {"fact", "source", "none", *TABLES}


def rows() -> list[dict]:
    """Return the rows, with lists as lists."""
    with (FOUNDING / "sentences.csv").open(encoding="utf-8", newline="") as file:
        return [
            {k: members(v) if k in LISTS else v for k, v in row.items()}
            for row in csv.DictReader(file)
        ]


ROWS = rows()
FACT_IDS = {fact["fact_id"]: fact["source_id"] for fact in FACTS}


def naming() -> dict[str, set[str]]:
    """Return the documents that each section names, by a citation or by one of their claims."""
    found: dict[str, set[str]] = {}
    of_claim = EVIDENCE.claims["source_id"]
    for chapter in BOOK:
        for paragraph in chapter.paragraphs:
            named = found.setdefault(paragraph.section or chapter.name, set())
            for role, target in re.findall(r"\{([a-z:-]+)\}`([^`]*)`", paragraph.text):
                if role == "cite":
                    named |= SOURCES & set(target.split(","))
                elif role == "claim":
                    named |= SOURCES & {of_claim.get(target, "")}
    return found


NAMED = naming()


def topics(row: dict) -> list[str]:
    """Return the topics of a row's claims."""
    return list(EVIDENCE.claims.loc[row["claim_ids"], "topic"])


def weighed_events(ruling_id: str) -> set[str]:
    """Return the events of the claims that a ruling weighs."""
    claims = list(EVIDENCE.rulings.at[ruling_id, "claim_ids"])
    return set(EVIDENCE.claims.loc[claims, "event_id"])


def unknown(row: dict) -> list[str]:
    """Return what the row points to and nothing has."""
    known = {
        "fact_ids": FACT_IDS,
        "claim_ids": EVIDENCE.claims.index,
        "ruling_ids": EVIDENCE.rulings.index,
        "sections": NAMED,
    }
    return [
        f"no {column[:-1]} {one}"
        for column, have in known.items()
        for one in row[column]
        if one not in have
    ]


def faults(row: dict) -> list[str]:
    """Return what is wrong with one row."""
    found = unknown(row)
    if found:
        return found
    document, kind = row["document"], row["kind"]
    if kind not in KINDS:
        found.append(f"kind {kind}")
    if (kind == "none") != bool(row["reason"]) or (kind == "none") == bool(row["statement"]):
        found.append("a statement and a reason, or neither")
    if any(FACT_IDS[fact] != document for fact in row["fact_ids"]):
        found.append("a fact of another document")
    if not set(EVIDENCE.claims.loc[row["claim_ids"], "source_id"]) <= {document}:
        found.append("a claim of another document")
    events = set(EVIDENCE.claims.loc[row["claim_ids"], "event_id"])
    events |= {e for f in FACTS if f["fact_id"] in row["fact_ids"] for e in f["event_ids"]}
    found += [
        f"{ruling} weighs nothing on its events"
        for ruling in row["ruling_ids"]
        if not events & weighed_events(ruling)
    ]
    found += [f"{s} does not name it" for s in row["sections"] if document not in NAMED[s]]
    if kind == "fact" and not row["ruling_ids"] and not row["sections"]:
        found.append("neither told nor ruled on")
    if kind == "source" and not row["sections"] and not EVIDENCE.sources.at[document, "note"]:
        found.append("neither told nor with the source")
    if kind in TABLES and not row["sections"]:
        found.append("in no table")
    return found


def numbers(table: list[dict], document: str) -> set[int]:
    """Return the sentences of a document that have a row."""
    return {int(row["sentence"]) for row in table if row["document"] == document}


def test_every_sentence_of_each_document_has_a_row():
    assert {row["document"] for row in ROWS} == set(SENTENCES) == SOURCES
    for document, count in SENTENCES.items():
        assert numbers(ROWS, document) == set(range(1, count + 1))


def test_a_sentence_without_a_row_is_seen():
    gone = [r for r in ROWS if (r["document"], r["sentence"]) != ("rawal2025efsas", "52")]
    assert numbers(gone, "rawal2025efsas") == set(range(1, 77)) - {52}


def test_each_row_begins_as_a_sentence_of_the_documents_does():
    assert [row for row in ROWS if row["begins"] not in DIGESTS] == []
    starts = {(row["document"], row["sentence"]): set() for row in ROWS}
    for row in ROWS:
        starts[row["document"], row["sentence"]].add(row["begins"])
    assert all(len(digests) == 1 for digests in starts.values())


def test_no_statement_was_dropped():
    stated = [row for row in ROWS if row["kind"] != "none"]
    assert len(stated) >= STATEMENTS


def test_every_statement_is_told_ruled_on_or_attributed():
    found = [
        f"{row['document']} {row['sentence']}: {fault}" for row in ROWS for fault in faults(row)
    ]
    assert found == []


def test_every_claim_of_a_founding_document_belongs_to_a_sentence():
    theirs = EVIDENCE.claims.index[EVIDENCE.claims["source_id"].isin(SOURCES)]
    assert set(theirs) - {claim for row in ROWS for claim in row["claim_ids"]} == set()


def test_every_fact_belongs_to_a_sentence():
    assert set(FACT_IDS) - {fact for row in ROWS for fact in row["fact_ids"]} == set()


def test_a_view_a_hope_and_a_list_stand_in_the_table_of_their_kind():
    for row in ROWS:
        if row["kind"] in TABLES and row["claim_ids"]:
            starts = tuple(TABLES.values())
            assert any(topic.startswith(starts) for topic in topics(row)), row
    shown = [
        " ".join(map(str, rows.to_numpy().ravel()))
        for rows in (f(Report.load()) for f in (founding.view_rows, founding.hope_rows))
    ]
    claims = EVIDENCE.claims[EVIDENCE.claims["source_id"].isin(SOURCES)]
    for table, kind in zip(shown, (founding.VIEW, founding.HOPE), strict=True):
        mine = claims[claims["topic"].str.startswith(kind)]
        assert [text for text in mine["paraphrase"] if table.count(text) != 1] == []


def test_no_run_of_eight_words_in_the_table_of_sentences_is_copied():
    found = [run for row in ROWS for run in copied(f"{row['statement']} {row['reason']}")]
    assert found == []


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"claim_ids": ["c-1991-no-such-event-01"]}, "no claim_id"),
        ({"claim_ids": ["c-1991-pakistan-recognises-azerbaijan-01"]}, "a claim of another"),
        ({"fact_ids": ["sultanov-01"]}, "a fact of another"),
        ({"ruling_ids": ["jf17-unit-price"]}, "weighs nothing"),
        ({"sections": ["no-such-section"]}, "no section"),
        ({"sections": ["geography-limits"]}, "does not name it"),
        ({"sections": [], "ruling_ids": []}, "neither told nor ruled on"),
        ({"reason": "A turn of the text."}, "a statement and a reason"),
        ({"statement": ""}, "a statement and a reason"),
        ({"kind": "missing"}, "kind missing"),
        ({"kind": "view", "sections": []}, "in no table"),
    ],
)
def test_a_fault_in_a_row_of_sentences_is_seen(change, seen):
    sound = next(r for r in ROWS if r["fact_ids"] == ["alizada-03"])
    assert faults(sound) == []
    assert any(seen in fault for fault in faults(sound | change))
