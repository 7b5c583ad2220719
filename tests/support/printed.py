"""Read a PDF: its structure tree, bookmarks, texts, and where each piece of text stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

TOUCH = (1.5, 2.0)  # points: by less, the letters of one word overlap
JOINED = re.compile(r"[\u0600-\u06ff]")  # Arabic letters reach over each other, as they should


@dataclass(frozen=True)
class Piece:
    """A piece of text in one face on one line; points from the sheet's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Tagged:
    """An element of the structure tree."""

    kind: str
    depth: int
    alt: str
    title: str


def sheets(path: Path) -> list[str]:
    """Return the text of each sheet, without the hyphens at the ends of lines."""
    with pdfium.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [t.replace("\ufffe", "").replace("\u200b", "").replace("\r", "") for t in texts]


def flat(path: Path) -> str:
    """Return all text on one line."""
    return " ".join(" ".join(sheets(path)).split())


def pieces(path: Path) -> Iterator[tuple[int, list[Piece]]]:
    """Yield each sheet's number and its pieces of text."""
    with pdfium.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            boxes = [text.get_rect(n) for n in range(text.count_rects())]
            yield number, [Piece(text.get_text_bounded(*box), *box) for box in boxes]


def size(path: Path) -> tuple[float, float]:
    """Return width and height of the first sheet."""
    with pdfium.PdfDocument(path) as document:
        return document[0].get_size()


def overlaps(found: list[Piece]) -> list[tuple[str, str]]:
    """Return the texts of pieces that stand over each other."""
    faults, open_ = [], []
    apart = (piece for piece in found if not JOINED.search(piece.text))
    for piece in sorted(apart, key=lambda p: p.left):
        open_ = [p for p in open_ if p.right > piece.left + TOUCH[0]]
        faults += [
            (p.text, piece.text)
            for p in open_
            if min(p.right, piece.right) - piece.left > TOUCH[0]
            and min(p.top, piece.top) - max(p.bottom, piece.bottom) > TOUCH[1]
        ]
        open_.append(piece)
    return faults


def tree(path: Path) -> list[Tagged]:
    """Return the structure tree, in reading order."""
    with pikepdf.open(path) as pdf:
        return list(_below(pdf.Root.StructTreeRoot, 0))


def _below(node: pikepdf.Object, depth: int) -> Iterator[Tagged]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield Tagged(
                str(kid.S).strip("/"), depth, str(kid.get("/Alt", "")), str(kid.get("/T", ""))
            )
            yield from _below(kid, depth + 1)


def bookmarks(path: Path) -> list[tuple[str, int, int, float]]:
    """Return each bookmark: title, level, sheet, and how high it stands on it in points."""
    with pdfium.PdfDocument(path) as document:
        found = []
        for mark in document.get_toc():
            target = mark.get_dest()
            found.append(
                (mark.get_title(), mark.level, target.get_index() + 1, target.get_view()[1][1])
            )
        return found


def links(path: Path) -> tuple[set[str], set[str]]:
    """Return the addresses that links of a file lead to, and the names of places in it."""
    addresses, places = set(), set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                action = note.get("/A")
                if action is not None and "/URI" in action:
                    addresses.add(str(action.URI))
                else:
                    places.add(str(note.get("/Dest", action.D if action is not None else "")))
    return addresses, places


def fonts(path: Path) -> dict[str, bool]:
    """Return the names of a file's faces, and whether each is embedded."""
    found = {}
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                held = any(f"/FontFile{n}" in item for n in ("", "2", "3"))
                found[str(item.FontName).partition("+")[2]] = held
    return found
