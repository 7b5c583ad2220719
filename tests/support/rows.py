"""Rows of tables in few words, for small data packages."""

from __future__ import annotations


def claim(claim_id: str, topic: str, source_id: str = "s1", **more: str) -> dict[str, str]:
    """Return an agreeing claim, on the visit of the miniature unless it is told otherwise."""
    return {
        "claim_id": claim_id, "event_id": "1993-visit", "source_id": source_id,
        "attribute": "other", "topic": topic, "value": "words", "paraphrase": "As it says.",
        "basis": "report", "agreement": "agrees",
    } | more  # fmt: skip


def delivered(supplier: str, year: int, value: float, recipient: str = "AZE") -> dict[str, str]:
    """Return what a state delivered to another in a year, in million TIV."""
    return {
        "supplier": supplier, "recipient": recipient, "year": str(year), "value": str(value),
        "indicator": "tiv_deliveries", "unit": "million SIPRI TIV", "release": "v1",
        "source_id": "s1",
    }  # fmt: skip
