"""Read a PDF: its structure tree, bookmarks, texts, and where each piece of text stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import pikepdf
import pypdfium2 as pdfium

T = TypeVar("T")
TOUCH = (1.5, 2.0)  # points: by less, the letters of one word overlap
JOINED = re.compile(r"[\u0600-\u06ff]")  # Arabic letters reach over each other, as they should


@dataclass(frozen=True)
class Piece:
    """A piece of text in one face on one line; points from the sheet's lower left corner.

    Its text is read when asked for, while its file is open: reading takes longer than measuring.
    """

    left: float
    bottom: float
    right: float
    top: float
    sheet: pdfium.PdfTextPage = field(compare=False, repr=False)

    @cached_property
    def text(self) -> str:
        return self.sheet.get_text_bounded(self.left, self.bottom, self.right, self.top)


@dataclass(frozen=True)
class Tagged:
    """An element of the structure tree."""

    kind: str
    depth: int
    alt: str
    title: str


class ReadOnce(Generic[T]):
    """Reads a file once for all tests that ask, and again when it was written anew."""

    def __init__(self, read: Callable[[Path], T]) -> None:
        self._read = read
        self._known: dict[tuple, T] = {}

    def __call__(self, path: Path) -> T:
        key = self._state(path)
        if key not in self._known:
            self._known[key] = self._read(path)
        return self._known[key]

    def keep(self, path: Path, found: T) -> None:
        """Take in what was read beside something else."""
        self._known[self._state(path)] = found

    @staticmethod
    def _state(path: Path) -> tuple:
        state = path.stat()
        return path, state.st_mtime_ns, state.st_size, state.st_ino


@ReadOnce
def sheets(path: Path) -> list[str]:
    """Return the text of each sheet, without the hyphens at the ends of lines."""
    with pdfium.PdfDocument(path) as document:
        return [_plain(page.get_textpage()) for page in document]


def _plain(sheet: pdfium.PdfTextPage) -> str:
    text = sheet.get_text_range()
    return text.replace("\ufffe", "").replace("\u200b", "").replace("\r", "")


def flat(path: Path) -> str:
    """Return all text on one line."""
    return " ".join(" ".join(sheets(path)).split())


def pieces(path: Path) -> Iterator[tuple[int, list[Piece]]]:
    """Yield each sheet's number and its pieces of text; when all were asked for, keep the texts."""
    texts = []
    with pdfium.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            texts.append(_plain(text))
            yield number, [Piece(*text.get_rect(n), text) for n in range(text.count_rects())]
    sheets.keep(path, texts)


def size(path: Path) -> tuple[float, float]:
    """Return width and height of the first sheet."""
    with pdfium.PdfDocument(path) as document:
        return document[0].get_size()


def overlaps(found: list[Piece]) -> list[tuple[str, str]]:
    """Return the texts of pieces that stand over each other."""
    faults, open_ = [], []
    for piece in sorted(found, key=lambda p: p.bottom):  # of one line there are few
        open_ = [p for p in open_ if p.top > piece.bottom + TOUCH[1]]
        faults += [
            (p.text, piece.text) if p.left <= piece.left else (piece.text, p.text)
            for p in open_
            if min(p.right, piece.right) - max(p.left, piece.left) > TOUCH[0]
            and min(p.top, piece.top) - piece.bottom > TOUCH[1]
            and not JOINED.search(p.text + piece.text)
        ]
        open_.append(piece)
    return faults


@ReadOnce
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


@ReadOnce
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


def landings(path: Path) -> list[tuple[str, int, float, float]]:
    """Return links within a file: what each is called, sheet, points from the left and up."""
    with pikepdf.open(path) as pdf:
        sheets_ = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        named = dict(pikepdf.NameTree(pdf.Root.Names.Dests).items()) if "/Names" in pdf.Root else {}
        found = []
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                if "/Dest" in note:
                    at = (
                        named[str(note.Dest)]
                        if isinstance(note.Dest, pikepdf.String)
                        else note.Dest
                    )
                    at = at.D if isinstance(at, pikepdf.Dictionary) else at
                    number = sheets_[at[0].objgen]
                    found.append((str(note.Contents), number, float(at[2]), float(at[3])))
        return found


def fonts(path: Path) -> dict[str, bool]:
    """Return the names of a file's faces, and whether each is embedded."""
    found = {}
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                held = any(f"/FontFile{n}" in item for n in ("", "2", "3"))
                found[str(item.FontName).partition("+")[2]] = held
    return found
