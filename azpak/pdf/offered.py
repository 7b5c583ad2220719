"""Links on the pages to the PDFs, written where the PDFs are.

Pages are made before PDFs, and without them where only pages are asked for. So a page has a place
for the links, empty as Sphinx writes it, and whoever adds or removes PDFs calls `offer`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from azpak.publication import PDF_LINKS

REPORT = "report.pdf"
START, END = PDF_LINKS
PLACE = re.compile(f"({re.escape(START)}).*?({re.escape(END)})", re.DOTALL)


def offer(site: Path) -> list[Path]:
    """Link the PDFs that are there from each page, and none that is not; return the pages changed.

    A page whose links are right already is left as it is.
    """
    return [page for page in sorted(Path(site).rglob("*.html")) if _offer_on(page, Path(site))]


def _offer_on(page: Path, site: Path) -> bool:
    before = page.read_bytes()
    if START.encode() not in before:
        return False
    here = "this page" if page.parent == site else "this chapter"
    found = [(here, page.with_suffix(".pdf")), ("the whole report", site / REPORT)]
    links = [
        f'<a href="{Path(os.path.relpath(file, page.parent)).as_posix()}">{name}</a>'
        for name, file in found
        if file.is_file()
    ]
    shown = f'<p class="pdf-files">As PDF: {", ".join(links)}.</p>' if links else ""
    after = PLACE.sub(lambda m: m[1] + shown + m[2], before.decode("utf-8")).encode("utf-8")
    if after != before:
        page.write_bytes(after)
    return after != before
