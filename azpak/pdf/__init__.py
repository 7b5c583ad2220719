"""The report and each of its chapters as PDF: the built pages, set by Typst.

===========  ======================================================================
``book``     what is printed: title, version, reading order
``pages``    one built page, without what only a screen can use
``links``    anchors unique in the whole book, links within it and out of it
``places``   which anchors are linked, and where a chapter on its own leads them
``markup``   text, strings and calls in Typst's markup
``convert``  a page to markup: what stands in which box
``tables``   a table to markup, with columns as wide as their content asks
``fonts``    the faces shipped, which characters they have and how wide those are
``typeset``  markup to PDF
``landing``  where links within a PDF lead
``letters``  outlines of letters in drawings, each kept once
``offered``  links on the pages to the PDFs that exist
===========  ======================================================================

How a box looks is said in ``report.typ`` alone. No second Sphinx run: what the PDFs show is what
the pages show.
"""

from __future__ import annotations

from pathlib import Path

from azpak.pdf import convert, fonts, links, offered, pages, places, typeset
from azpak.pdf.book import PdfError, read_book

__all__ = ["PdfError", "chapter_files", "offer", "write_all", "write_chapters", "write_report"]

ROOT = Path(__file__).resolve().parents[2]
REPORT = offered.REPORT
offer = offered.offer


def write_all(site: Path, project: Path = ROOT) -> list[Path]:
    """Write ``report.pdf`` and a PDF beside each page, link them from the pages; return the files.

    Parameters
    ----------
    site
        The folder of built pages.
    project
        The folder with ``_toc.yml`` and ``_config.yml``.

    Raises
    ------
    PdfError
        If the settings, a page, an image or its alternative text is missing or is not what it
        should be, or no shipped face has a character. Then no file is changed.
    """
    with _prepared(site, project) as work:
        made = {offered.REPORT: work.report()} | {
            f"{entry.name}.pdf": work.chapter(entry) for entry in work.book.entries
        }
    written = [_write(Path(site) / name, content) for name, content in made.items()]
    offer(Path(site))
    return written


def write_report(site: Path, out: Path, project: Path = ROOT) -> None:
    """Write the whole book as one PDF; raises as `write_all`."""
    with _prepared(site, project) as work:
        _write(Path(out), work.report())


def write_chapters(site: Path, out: Path, project: Path = ROOT) -> list[Path]:
    """Write each page as a PDF of its own into a folder; raises as `write_all`."""
    with _prepared(site, project) as work:
        return [
            _write(Path(out) / f"{entry.name}.pdf", work.chapter(entry))
            for entry in work.book.entries
        ]


def chapter_files(site: Path, project: Path = ROOT) -> list[Path]:
    """Return the PDFs that `write_all` writes beside the pages."""
    return [Path(site) / f"{entry.name}.pdf" for entry in read_book(Path(project)).entries]


def _prepared(site: Path, project: Path) -> typeset.Work:
    book = read_book(Path(project))
    sections = [pages.read_page(Path(site), entry) for entry in book.entries]
    links.join(sections, book.publication.address)
    fonts.check_coverage(sections)
    known = places.places_of(sections)
    converted = convert.convert(sections, book, known)
    return typeset.Work(book, converted, known.numbers, Path(site))


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return path
