"""Rows of trade and of deliveries of arms, put into the miniature data package by tests."""

from __future__ import annotations

EMPTY = {"exports": "", "imports": "", "turnover": "", "turnover_low": "", "turnover_high": ""}


def stated(period: str, turnover: str = "", **more: str) -> dict[str, str]:
    """Return a row of ``trade``; what is left out is a yearly official figure of the pair."""
    row = {
        "trade_id": f"{more.get('reporter', 'AZE')}-{period}-{turnover}", "reporter": "AZE",
        "partner": "PAK", "period": period, "period_type": "year", "product": "all goods",
        "turnover": turnover, "status": "official-quoted", "source_id": "s1",
    }  # fmt: skip
    return EMPTY | row | more


def delivered(*years: int) -> list[dict[str, str]]:
    return [
        {"supplier": "IND", "recipient": "ARM", "year": str(year), "indicator": "tiv_deliveries",
         "value": "1", "unit": "TIV", "release": "2026", "source_id": "s1"}
        for year in years
    ]  # fmt: skip
