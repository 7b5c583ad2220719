"""Rules on the book beside the data: its reading order, and the tables that its chapters offer.

A data folder that lies beside no ``_toc.yml`` is no part of a book, and none of these speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from azpak.check.model import Data, Fault

__all__ = ["RULES"]

_CONTENTS = "_toc.yml"
_CHAPTER = re.compile(r"^\s*-?\s*file:\s*chapters/(?P<id>\S+?)(?:\.md)?\s*$", re.MULTILINE)
_OFFERED = re.compile(r"^:data:(?P<tables>.*)$", re.MULTILINE)


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


def chapters_offer_tables_that_exist(data: Data) -> Iterator[Fault]:
    """Yield tables that the box of a chapter offers and the package does not describe."""
    known = {entry["name"] for entry in data.package["resources"]}
    for path in _chapters(data.directory.parent):
        text = path.read_text(encoding="utf-8")
        for match in _OFFERED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            for table in match["tables"].split():
                if table not in known:
                    file = f"../chapters/{path.name}"
                    what = "datapackage.json describes no such table"
                    yield Fault(file, line, ":data:", what, table)


def _chapters(book: Path) -> list[Path]:
    """Return the chapters of the book that the data belong to."""
    return sorted((book / "chapters").glob("*.md")) if (book / _CONTENTS).is_file() else []


RULES = (chapters_stand_in_the_order_of_the_book, chapters_offer_tables_that_exist)
