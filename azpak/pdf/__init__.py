"""The report as one PDF: the built pages joined in reading order and printed by WeasyPrint.

============  =====================================================================
``book``      what is printed: title, version, reading order
``pages``     one built page, without what only a screen can use
``links``     anchors unique in the whole book, links within it and out of it
``front``     cover and contents
``fonts``     the faces of ``_static/print.css``, and whether they have every character
``printing``  the joined pages to PDF
============  =====================================================================

No second Sphinx run: what the PDF shows is what the pages show.
"""

from __future__ import annotations

from pathlib import Path

from azpak.pdf import fonts, front, links, pages, printing
from azpak.pdf.book import PdfError, read_book

__all__ = ["PdfError", "write_report"]

ROOT = Path(__file__).resolve().parents[2]
STYLE = ROOT / "_static" / "print.css"


def write_report(site: Path, out: Path, project: Path = ROOT) -> None:
    """Print the built pages of a site as one PDF.

    Parameters
    ----------
    site
        The folder of built pages.
    out
        The file to write.
    project
        The folder with ``_toc.yml`` and ``_config.yml``.

    Raises
    ------
    PdfError
        If the settings, a page or an image is missing or is not what it should be, or no shipped
        face has a character.
    """
    book = read_book(Path(project))
    sections = [pages.read_page(Path(site), entry) for entry in book.entries]
    links.join(sections, book.address)
    document = front.document(book, sections)
    fonts.check_coverage(sections, STYLE)
    printing.print_document(document, book, Path(site), STYLE, Path(out))
