"""Rows of tables in few words, and reports of data that hold them."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from azpak import Report, tables
from support.mini import SCHEMA, MiniPackage

RESOURCES = {r["name"]: r for r in json.loads(SCHEMA.read_text(encoding="utf-8"))["resources"]}


def with_tables(mini: MiniPackage, **rows: list[dict[str, Any]]) -> Report:
    """Put tables into the miniature, in place of its own, and load it."""
    for name, those in rows.items():
        if name not in mini.rows:
            mini.package["resources"].append(json.loads(json.dumps(RESOURCES[name])))
        mini.rows[name] = those
    for number, row in enumerate(mini.rows.get("unga_rollcalls", ())):
        row.setdefault("rollcall_id", str(number))
    return Report.load(mini.write().directory)


def with_frames(**frames: pd.DataFrame) -> Report:
    """Return a report of the real data in which some tables have these rows."""
    changed = Report(tables.data_dir())
    real = changed.table
    changed.table = lambda name: frames[name].copy() if name in frames else real(name)
    return changed


def known(changed: Report, real: Report, *but: str) -> Report:
    """Let a report take from another what rests on none of the tables in which they differ.

    What a result rests on is what was read for it. One that reads a table unnoted would not follow
    a change of that table: the test that waits for what follows would fail.
    """

    def computed(key, compute):
        found = real._kept.get(key)
        return found if found is not None and not found[1] & {*but} else compute()

    changed.share(computed)
    return changed


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


# The columns of trade that a row may leave empty.
EMPTY = {"exports": "", "imports": "", "turnover": "", "turnover_low": "", "turnover_high": ""}


def stated(period: str, turnover: str = "", **more: str) -> dict[str, str]:
    """Return a row of ``trade``; what is left out is a yearly official figure of the pair."""
    row = {
        "trade_id": f"{more.get('reporter', 'AZE')}-{period}-{turnover}", "reporter": "AZE",
        "partner": "PAK", "period": period, "period_type": "year", "product": "all goods",
        "turnover": turnover, "status": "official-quoted", "source_id": "s1",
    }  # fmt: skip
    return EMPTY | row | more
