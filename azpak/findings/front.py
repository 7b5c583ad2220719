"""What the front page states: the answer, five numbers and the milestones behind it."""

from __future__ import annotations

from azpak.dates import years_between
from azpak.errors import MeasureError
from azpak.report import Report, finding

__all__ = [
    "CONTRACT", "JETS_NUMBERS", "JETS_PRICE", "RECOGNITION", "RELATIONS",
    "check_undelivered", "official_statements", "years_without_relations",
]  # fmt: skip

RECOGNITION, RELATIONS = "1991-pakistan-recognises-azerbaijan", "2025-armenia-pakistan-relations"
CONTRACT = "2017-super-mushshak-contract"

# What is disputed of the sale of fighters: the number, the price, and whether they came.
JETS_NUMBERS, JETS_PRICE = "jf17-quantity-2024", "jf17-package-value-2024"
JETS_DELIVERED = "jf17-delivered-to-azerbaijan"
OFFICIAL = "official"  # the type of a source that a state speaks through


@finding
def years_without_relations(report: Report) -> float:
    """Return the years from Pakistan's recognition of Azerbaijan to its relations with Armenia."""
    return years_between(report.day(RECOGNITION), report.day(RELATIONS))


@finding
def official_statements(report: Report, topic: str) -> int:
    """Return how many claims on a topic are a state's own: acts, or texts of official sources."""
    claims = report.claims_on(topic)
    kinds = claims["source_id"].map(report.table("sources").set_index("source_id")["type"])
    return int(((claims["basis"] == "act") | (kinds == OFFICIAL)).sum())


@finding
def check_undelivered(report: Report) -> None:
    """Refuse the answer of the front page once the ruling on delivery, number or price is closed.

    Raises
    ------
    MeasureError
        If the ruling on delivery is no longer open, or an official source gives number or price.
    """
    rulings = report.table("rulings").set_index("ruling_id")
    delivered = rulings.at[JETS_DELIVERED, "resolution"]
    official = sum(official_statements(report, topic) for topic in (JETS_NUMBERS, JETS_PRICE))
    if delivered != "unresolved" or official:
        raise MeasureError(
            "The front page says that no number or price is published, and no text on a delivery",
            value=f"ruling {JETS_DELIVERED}: {delivered}; official claims: {official}",
            way_out="Mend the answer in index.md",
        )
