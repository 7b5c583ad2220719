"""The faces that are shipped: which characters they have, and how wide those are.

Where they lack a character, the PDF would show a box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml.html import HtmlElement

from azpak.pdf.book import PdfError

HERE = Path(__file__).resolve().parent
FOLDERS = (HERE / "fonts", HERE.parent / "output" / "fonts")  # the second holds those of figures
TEXT, BOLD, CODE = "SourceSans3-Regular", "SourceSans3-Semibold", "ReportCode-Regular"
NOT_DRAWN = {"Cc", "Cf", "Zl", "Zp"}  # controls, joiners and breaks need no glyph
UNKNOWN = 0.6  # em: the width of a character of another face


def faces() -> list[Path]:
    """Return the font files that are shipped."""
    return sorted(path for folder in FOLDERS for path in folder.glob("*.ttf"))


def check_coverage(sections: Iterable[HtmlElement]) -> None:
    """Raise where the pages show a character that no shipped face has.

    Raises
    ------
    PdfError
        With the character, its name, and a few words from where it stands.
    """
    shown = [(section, set(section.text_content())) for section in sections]
    unknown = {c for _, found in shown for c in found if unicodedata.category(c) not in NOT_DRAWN}
    for face in sorted(faces(), key=lambda face: face.stem != TEXT):
        if unknown:
            unknown -= {chr(code) for code in characters(face)}
    for section, found in shown:
        if missing := sorted(found & unknown):
            raise _missing(missing[0], section)


def _missing(character: str, section: HtmlElement) -> PdfError:
    text = next(text for text in section.itertext() if character in text)
    n = text.index(character)
    name = unicodedata.name(character, "no name")
    return PdfError(
        f"no font of the report has the character U+{ord(character):04X} {name}",
        file=section.get("id"),
        value=" ".join(text[max(0, n - 20) : n + 20].split()),
        way_out="Write it otherwise, or add a face to azpak/pdf/fonts",
    )


@lru_cache
def characters(face: Path) -> frozenset[int]:
    """Return the code points a font has glyphs for."""
    with TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap())


class Advances(dict[str, float]):
    """How far characters move the pen, in em."""

    def __missing__(self, character: str) -> float:
        return UNKNOWN


@lru_cache
def advances(name: str) -> Advances:
    """Return how far each character of a face moves the pen, in em."""
    path = next(path for path in faces() if path.stem == name)
    with TTFont(path, lazy=True) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        characters_ = font.getBestCmap().items()
        return Advances((chr(code), metrics[glyph][0] / em) for code, glyph in characters_)


@lru_cache(maxsize=50_000)
def width(text: str, name: str = TEXT) -> float:
    """Return how wide a text stands, in em.

    Examples
    --------
    >>> width("mmm") > width("iii") > 0
    True
    """
    return sum(map(advances(name).__getitem__, text))
