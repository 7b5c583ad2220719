"""The joined pages to PDF."""

from __future__ import annotations

import logging
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from azpak.pdf.book import Book, PdfError

ACCESSIBLE = "pdf/ua-1"


def print_document(document: HtmlElement, book: Book, site: Path, style: Path, out: Path) -> None:
    """Print a document, tagged; where every image has a text of its own, as PDF/UA.

    Parameters
    ----------
    document
        The whole book.
    book
        What it is.
    site
        The folder from which images are named.
    style
        The style sheet.
    out
        The file to write.

    Raises
    ------
    PdfError
        If WeasyPrint does not find something that the document needs.
    """
    import weasyprint  # loads Pango, which `make pdf` provides first
    from weasyprint.text.fonts import FontConfiguration

    text = html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
    fonts = FontConfiguration()
    faults = _Faults()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(faults)
    try:
        sheet = weasyprint.CSS(filename=str(style), font_config=fonts)
        weasyprint.HTML(string=text, base_url=f"{site.resolve()}/").write_pdf(
            out,
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant=ACCESSIBLE if images_have_texts(document) else None,
            pdf_tags=True,
        )
    finally:
        logger.removeHandler(faults)
    if faults.found:
        out.unlink(missing_ok=True)
        raise PdfError(f"WeasyPrint: {faults.found[0]}")


def images_have_texts(document: HtmlElement) -> bool:
    """Tell whether every image has an alternative text."""
    return not document.xpath("//img[not(normalize-space(@alt))]")


class _Faults(logging.Handler):
    """Keeps what WeasyPrint reports as an error: a file that is missing, an anchor that is."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.found.append(record.getMessage())
