"""Roll calls in a few letters, and tables put into the miniature data package."""

from __future__ import annotations

import json

from azpak import Report
from support.mini import SCHEMA, MiniPackage

STATES = ("AZE", "PAK", "KAZ", "TUR", "IND", "ARM")
RESOURCES = {r["name"]: r for r in json.loads(SCHEMA.read_text(encoding="utf-8"))["resources"]}
BORNE = {"source_id": "s1"}


def cast(month: str, words: str, **more: str) -> list[dict[str, str]]:
    """Return roll calls of a month from words such as ``yya``: the votes of `STATES` in order.

    The last letter is also the vote of those of them that are not in the word.
    """
    return [
        {"month": month, "resolution": "R/1/1", "whole": "true"}
        | dict(zip(STATES, word + word[-1] * len(STATES), strict=False))
        | BORNE
        | more
        for word in words.split()
    ]


def with_tables(mini: MiniPackage, **tables: list[dict[str, str]]) -> Report:
    """Put tables into the miniature, in place of its own, and load it."""
    for name, rows in tables.items():
        if name not in mini.rows:
            mini.package["resources"].append(json.loads(json.dumps(RESOURCES[name])))
        mini.rows[name] = rows
    for number, row in enumerate(mini.rows.get("unga_rollcalls", ())):
        row.setdefault("rollcall_id", str(number))
    return Report.load(mini.write().directory)
