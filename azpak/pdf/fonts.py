"""The faces that print.css ships, and whether they have every character the pages show.

Where they lack one, a font of the machine would step in, and the PDF would differ from machine to
machine or show a box.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml.html import HtmlElement

from azpak.pdf.book import PdfError

FACE = re.compile(r"@font-face\s*\{[^}]*?url\(\"([^\"]+)\"\)", re.DOTALL)
NOT_DRAWN = {"Cc", "Cf", "Zl", "Zp"}  # controls, joiners and breaks need no glyph


def faces(style: Path) -> list[Path]:
    """Return the font files that a style sheet names."""
    found = FACE.findall(style.read_text(encoding="utf-8"))
    return [(style.parent / name).resolve() for name in found]


def check_coverage(sections: Iterable[HtmlElement], style: Path) -> None:
    """Raise where the pages show a character that no shipped face has.

    Raises
    ------
    PdfError
        With the character, its name, and a few words from where it stands.
    """
    known = frozenset().union(*(characters(face) for face in faces(style)))
    for section in sections:
        for text in section.itertext():
            for n, character in enumerate(text):
                if ord(character) in known or unicodedata.category(character) in NOT_DRAWN:
                    continue
                name = unicodedata.name(character, "no name")
                raise PdfError(
                    f"no font of the report has the character U+{ord(character):04X} {name}",
                    file=section.get("id"),
                    value=" ".join(text[max(0, n - 20) : n + 20].split()),
                    way_out="Write it otherwise, or add a face to _static/print.css",
                )


@lru_cache
def characters(face: Path) -> frozenset[int]:
    """Return the code points a font has glyphs for."""
    try:
        with TTFont(face, lazy=True) as font:
            return frozenset(font.getBestCmap())
    except OSError:
        raise PdfError("the font named in _static/print.css is not there", file=face) from None
