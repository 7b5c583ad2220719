"""Markup to PDF: a folder with what Typst reads, one run for each file, and smaller files of it."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import typst

from azpak.pdf import landing, letters
from azpak.pdf.book import Book, Entry, PdfError
from azpak.pdf.convert import Converted
from azpak.pdf.fonts import FOLDERS
from azpak.pdf.markup import string

STYLE = Path(__file__).with_name("report.typ")
# How far down its last sheet a page must reach: some seven lines below the margin at the top.
LEAST = 180.0  # points
SECOND = 255.0  # points: what stands farther to the right stands in the second column of a sheet
ACCESSIBLE = "ua-1"
LISTED = 110  # sections that a sheet of the contents names, or so: another number takes longer
WHOLE, CONTENTS = "book.typ", "contents"  # the file of the whole book, the anchor of its contents


class Work:
    """The markup of a book in a folder, to be set as a whole and by chapters.

    A context manager: the folder is gone at its end.
    """

    def __init__(
        self, book: Book, pages: Sequence[Converted], numbers: Mapping[str, int], site: Path
    ) -> None:
        self.book = book
        self.numbers = numbers
        self.pages = {page.entry: page for page in pages}
        self.fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in FOLDERS],
        )
        self._folder = tempfile.TemporaryDirectory(prefix="azpak-pdf-")
        self.root = Path(self._folder.name)
        self._fill(site)

    def __enter__(self) -> Work:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def report(self) -> bytes:
        """Return the whole book as PDF."""
        return self._set(WHOLE, whole=True)

    def chapter(self, entry: Entry) -> bytes:
        """Return a page of the book as a PDF of its own."""
        return self._set(_file_of(self.pages[entry]), whole=False)

    def _fill(self, site: Path) -> None:
        shutil.copy(STYLE, self.root / STYLE.name)
        description = json.dumps(_described(self.book, self.pages.values()), ensure_ascii=False)
        (self.root / "book.json").write_text(description, encoding="utf-8")
        self._write(CONTENTS, *(entry.anchor for entry in self.pages))
        for name in sorted({image for page in self.pages.values() for image in page.images}):
            copy = self.root / "site" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / name, copy)

    def _write(self, *anchors: str, tight: bool = False) -> None:
        """Write what Typst reads of some pages, and of the contents."""
        for page in self.pages.values():
            if page.entry.anchor in anchors:
                source = _source(self.book, page, tight)
                (self.root / _file_of(page)).write_text(source, encoding="utf-8")
        if CONTENTS in anchors:
            source = _whole(self.pages.values(), tight)
            (self.root / WHOLE).write_text(source, encoding="utf-8")

    def _set(self, name: str, *, whole: bool) -> bytes:
        """Set a file, closer the pages whose last sheet would be nearly empty otherwise.

        What stands where is asked first, and written only when it is settled. Typst lays out anew
        only the pages whose file changed.
        """
        compiler = self._compiler(name, {"mode": "book" if whole else "chapter"})
        thin: list[str] = []
        try:
            places = _places(compiler)
            thin = [end[0] for end, first, two in places["ends"] if _thin(end, first, two)]
            if thin:
                self._write(*thin, tight=True)
                places = _places(compiler)
            content = _compiled(name, compiler, self.book)
            return packed(content, self.numbers, places["anchors"])
        except typst.TypstError as error:
            raise _fault(name, error) from None
        finally:
            self._write(*thin)

    def _compiler(self, name: str, inputs: dict[str, str]) -> typst.Compiler:
        return typst.Compiler(
            str(self.root / name),
            root=str(self.root),
            font_paths=self.fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )


def _places(compiler: typst.Compiler) -> dict[str, Any]:
    """Return where anchors stand and where pages end."""
    return json.loads(compiler.query("<places>", field="value", one=True))


def _thin(end: tuple[str, int, float, float], first: int, two: bool) -> bool:
    """Tell whether a page ends high on a sheet that is not its first."""
    _, sheet, left, top = end
    return sheet > first and top < LEAST and not (two and left > SECOND)


def _compiled(name: str, compiler: typst.Compiler, book: Book) -> bytes:
    day = dt.datetime.combine(book.publication.data_date, dt.time(), dt.UTC)
    content, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=[ACCESSIBLE], timestamp=day
    )
    if warnings:
        raise _fault(name, warnings[0])
    return content


def packed(content: bytes, numbers: Mapping[str, int], anchors: Sequence[Any]) -> bytes:
    """Return a PDF with links that lead somewhere, at half the size: its objects are compressed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        landing.land(pdf, numbers, anchors)
        letters.keep_once(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _file_of(page: Converted) -> str:
    return page.entry.anchor + ".typ"


def _described(book: Book, pages: Iterable[Converted]) -> dict[str, Any]:
    """Return what report.typ asks of the book."""
    report = book.publication
    sections = sum(1 + page.body.count("#heading(depth: 2)") for page in pages)
    where = [report.address, f"https://doi.org/{report.doi}" if report.doi else ""]
    return {
        "title": report.title,
        "author": report.author,
        "language": book.language,
        "version": report.version,
        "date": [report.data_date.year, report.data_date.month, report.data_date.day],
        "date_text": report.data_date_text,
        "addresses": [address for address in where if address],
        "published": bool(report.address),
        "root": book.entries[0].anchor,
        "sheets": math.ceil(sections / LISTED),
        "parts": list(_unique(entry.part for entry in book.entries if entry.part)),
    }


def _whole(pages: Iterable[Converted], tight: bool) -> str:
    """Return the Typst file of the book."""
    lines = [f'#import "{STYLE.name}": *', f"#show: book.with(tight: {str(tight).lower()})"]
    return "\n".join(lines + [f"#include {string(_file_of(page))}" for page in pages])


def _source(book: Book, page: Converted, tight: bool) -> str:
    """Return the Typst file of a page."""
    entry = page.entry
    cite = book.publication.citation(page.plain, entry.name)
    arguments = ", ".join((
        string(page.name), string(entry.anchor), f"[{page.title}]", string(page.plain),
        f"part: {string(entry.part if entry.opens_part else '')}",
        f"citation: {string(cite)}", f"elsewhere: {str(page.elsewhere).lower()}",
        f"tight: {str(tight).lower()}",
    ))  # fmt: skip
    return f'#import "{STYLE.name}": *\n#show: chapter.with({arguments})\n\n{page.body}'


def _unique(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(names)


def _fault(name: str, said: Any) -> PdfError:
    """Return what Typst says as one line."""
    where = " ".join(str(said.diagnostic or "").split())[:300]
    hints = "; ".join(" ".join(str(hint).split()) for hint in said.hints or ())
    return PdfError(f"Typst: {said.message}", file=name, value=where or None, way_out=hints)
