"""The rule on the book beside the data: its reading order.

A data folder that lies beside no ``_toc.yml`` is no part of a book, and it does not speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from azpak.check.model import Data, Fault

__all__ = ["RULES"]

_CONTENTS = "_toc.yml"
_CHAPTER = re.compile(r"^\s*-?\s*file:\s*chapters/(?P<id>\S+?)(?:\.md)?\s*$", re.MULTILINE)


def chapters_stand_in_the_order_of_the_book(data: Data) -> Iterator[Fault]:
    """Yield published chapters whose position is not their place in ``_toc.yml``."""
    contents = data.directory.parent / _CONTENTS
    if not contents.is_file():
        return
    named = [match["id"] for match in _CHAPTER.finditer(contents.read_text(encoding="utf-8"))]
    rows = [
        (row["position"], line, row["chapter_id"], table)
        for table, line, row in data.records("chapters", "chapter_id", "position", "status")
        if row["status"] == "published"
    ]
    rows.sort(key=lambda row: row[:2])
    ordered = [chapter for _, _, chapter, _ in rows]
    for _, line, chapter, table in rows:
        if chapter not in named:
            yield table.fault(line, "chapter_id", f"{_CONTENTS} does not name it", chapter)
    here = [chapter for chapter in named if chapter in ordered]
    there = [row for row in rows if row[2] in named]
    for due, (position, line, chapter, table) in zip(here, there, strict=True):
        if due != chapter:
            what = f"{_CONTENTS} has {due} in this place, not {chapter}"
            yield table.fault(line, "position", what, position)
            return


RULES = (chapters_stand_in_the_order_of_the_book,)
