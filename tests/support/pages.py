"""Read the pages of a built book."""

from __future__ import annotations

from pathlib import Path

from lxml import html


def page(book: Path, name: str):
    return html.parse(str(book / "chapters" / f"{name}.html")).getroot()


def words(element) -> str:
    """Return the text of an element with a space between any two pieces."""
    return " ".join(" ".join(element.itertext()).split())


def pages(book: Path) -> list[Path]:
    return sorted(book.rglob("*.html"))
