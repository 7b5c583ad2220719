"""Draw the claims that are coded a second time, and write them for coders who see no coding.

``python -m azpak.evidence.draw FOLDER`` writes ``packet-1.csv`` and so on, and ``key.csv``, which
says the claim of each number and is not for the coders. It draws the next round: what stands in the
table ``second_coding`` was drawn before and is left out.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from math import ceil
from pathlib import Path

from azpak import tables
from azpak.evidence.rules import Row

__all__ = ["ASKED", "PACKET", "drawn", "packets", "seed_of", "write"]

SEED = "second coding, 2026-11-28"
ONE_IN = 5  # a fifth: about as many as four people can look up again, and each stratum has one
PACKETS = 4

# What each attribute asks; the topic, in words, follows.
QUESTIONS = {
    "date": "When, according to the source (day, month, year or period)?",
    "occurred": "Does the source say that it happened, and what does it say of it?",
    "participants": "Who took part, according to the source?",
    "rank": "Which place in the order does the source give?",
    "count": "How many, according to the source?",
    "amount": "What sum or quantity does the source give?",
    "document-name": "What does the source call the document, and what does it say of it?",
    "title-of-person": "Which office or person does the source name?",
    "other": "What does the source say on this?",
}

# What a coder sees, and what the coder fills in. Nothing of the first coding is among it: the
# stance of a source, which the codebook asks for, is a fact of the source and is not coded again.
PACKET = (
    "number", "source_title", "publisher", "author", "url", "language", "provenance", "stance",
    "locator",
    "event_date", "event_title", "event_summary", "event_nature", "attribute", "question", "topic",
    "unit",
)  # fmt: skip
ASKED = (
    "seen", "value", "value_edtf", "value_low", "value_high", "agreement", "basis", "origin",
    "publication_date", "note",
)  # fmt: skip


def drawn(
    claims: Iterable[Row], events: Mapping[str, Row], sources: Mapping[str, Row],
    seed: str = SEED, before: Collection[str] = (),
) -> list[str]:  # fmt: skip
    """Draw a fifth of the claims of each chapter and stance, rounded up.

    Parameters
    ----------
    claims
        Rows of the claims table.
    events, sources
        Rows by ``event_id`` and ``source_id``.
    seed
        Fixes the draw. Whether a claim is drawn depends on no order of rows.
    before
        Ids of the claims that were drawn before and are left out.

    Returns
    -------
    list of str
        Ids of claims on active events, sorted.
    """
    strata = defaultdict(list)
    for claim in claims:
        event = events[claim["event_id"]]
        if event["status"] == "active" and claim["claim_id"] not in before:
            stance = sources[claim["source_id"]]["stance"]
            strata[event["chapter"], stance].append(claim["claim_id"])
    return sorted(
        claim_id
        for ids in strata.values()
        for claim_id in sorted(ids, key=lambda i: _rank(seed, i))[: ceil(len(ids) / ONE_IN)]
    )


def packets(
    claims: Sequence[Row], events: Mapping[str, Row], sources: Mapping[str, Row],
    seed: str = SEED, number: int = PACKETS, before: Collection[str] = (),
) -> list[list[dict[str, str]]]:  # fmt: skip
    """Deal the drawn claims to coders, all of one event to one coder.

    Returns
    -------
    list of list of dict
        A packet a coder: rows with ``claim_id``, for the key alone, and the columns of `PACKET`.
    """
    by_id = {claim["claim_id"]: claim for claim in claims}
    of_event = defaultdict(list)
    for claim_id in drawn(claims, events, sources, seed, before):
        of_event[by_id[claim_id]["event_id"]].append(claim_id)
    dealt: list[list[str]] = [[] for _ in range(number)]
    for event_id in sorted(of_event, key=lambda e: _rank(seed, e)):
        min(dealt, key=len).extend(of_event[event_id])
    numbers = iter(range(1, len(by_id) + 1))
    return [[_row(next(numbers), by_id[i], events, sources) for i in ids] for ids in dealt]


def seed_of(round_number: int) -> str:
    """Return the seed of a round."""
    return SEED if round_number == 1 else f"{SEED}, round {round_number}"


def _rank(seed: str, key: str) -> str:
    return sha256(f"{seed}/{key}".encode()).hexdigest()


def _row(
    number: int, claim: Row, events: Mapping[str, Row], sources: Mapping[str, Row]
) -> dict[str, str]:
    event, source = events[claim["event_id"]], sources[claim["source_id"]]
    shown = {
        "claim_id": claim["claim_id"],
        "number": number,
        "source_title": source["title"],
        **{column: source[column] for column in PACKET[2:8]},
        "locator": claim["locator"],
        **{f"event_{column}": event[column] for column in ("date", "title", "summary", "nature")},
        "attribute": claim["attribute"],
        "question": QUESTIONS[claim["attribute"]],
        "topic": claim["topic"].replace("-", " "),
        "unit": claim["unit"],
    }
    return {column: str(value or "") for column, value in shown.items()}


def write(folder: Path, data_dir: Path | None = None) -> list[Path]:
    """Write the packets and the key of the next round into a folder, and return their paths."""
    names = ("claims", "events", "sources", "second_coding")
    rows = {name: _rows(data_dir or tables.data_dir(), name) for name in names}
    events = {row["event_id"]: row for row in rows["events"]}
    sources = {row["source_id"]: row for row in rows["sources"]}
    coded = {row["claim_id"]: int(row["round"]) for row in rows["second_coding"]}
    made = packets(
        rows["claims"], events, sources, seed_of(max(coded.values(), default=0) + 1), before=coded
    )
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        _write(folder / f"packet-{n}.csv", (*PACKET, *ASKED), packet)
        for n, packet in enumerate(made, 1)
    ]
    whole = [row for packet in made for row in packet]
    return [*written, _write(folder / "key.csv", ("number", "claim_id"), whole)]


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    return path


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m azpak.evidence.draw FOLDER")
    print(*write(Path(sys.argv[1])), sep="\n")
