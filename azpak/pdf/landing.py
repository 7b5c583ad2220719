"""Where links within a file lead.

Typst makes a link to a point of a sheet without asking what stands there; one to an anchor makes it
lay out anew all that stands around the link, each time that anything moves. So a link leads to a
point outside of the first sheet until all is laid out: as far to the right as the number of its
anchor says. Then `land` leads it to where the anchor stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pikepdf

from azpak.pdf.book import PdfError
from azpak.pdf.places import FIRST

ABOVE = 10  # points above an anchor that are shown too, as Typst does


def land(
    pdf: pikepdf.Pdf, numbers: Mapping[str, int], anchors: Sequence[tuple[int, int, float, float]]
) -> None:
    """Lead links to their anchors.

    Parameters
    ----------
    pdf
        A file that Typst made.
    numbers
        The number of each anchor.
    anchors
        Of each anchor that is not a heading: number, sheet, points from the left and from the top.

    Raises
    ------
    PdfError
        If an anchor is not in the file.
    """
    names = {number: name for name, number in numbers.items()}
    stands = {number: place for number, *place in anchors}
    headings = _headings(pdf)
    sheets = [page.obj for page in pdf.pages]
    landed: dict[tuple[int, int], tuple[pikepdf.Object, str]] = {}
    for sheet in sheets:
        for link in sheet.get("/Annots", ()):
            point = link.get("/Dest")
            if not isinstance(point, pikepdf.Array):
                continue
            known = point.objgen
            if known not in landed:
                number = int(point[2])
                if number < FIRST:
                    continue
                landed[known] = _landed(point, names[number], stands.get(number), headings, sheets)
            link.Dest, link.Contents = landed[known]


def _landed(
    point: pikepdf.Array, name: str, place: Sequence[float] | None,
    headings: Mapping[str, int], sheets: Sequence[pikepdf.Object],
) -> tuple[pikepdf.Object, str]:  # fmt: skip
    """Return where a link leads, and what it is called by those who do not see it."""
    if name in headings:
        return pikepdf.String(name), f"Section, page {headings[name]}"
    if not place:
        raise PdfError("a link leads to an anchor that is not in the file", value=name)
    sheet, left, top = place
    height = float(sheets[sheet - 1].MediaBox[3])
    point[0] = sheets[sheet - 1]
    point[2], point[3] = round(left, 2), round(height - max(top - ABOVE, 0), 2)
    return point, f"page {sheet}"


def _headings(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Return the sheets of the headings, which Typst names."""
    named = pdf.Root.get("/Names", {}).get("/Dests")
    if named is None:
        return {}
    sheets = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}
    return {
        name: sheets[(at.D if isinstance(at, pikepdf.Dictionary) else at)[0].objgen]
        for name, at in pikepdf.NameTree(named).items()
    }
