"""Where links within a file lead.

Typst makes a link to a point of a sheet without asking what stands there; one to an anchor makes it
lay out anew all that stands around the link, each time that anything moves. So a link leads to a
point outside of the first sheet until all is laid out: as far to the right as the number of its
anchor says. Then `land` leads it to where the anchor stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from azpak.pdf.book import PdfError
from azpak.pdf.objects import Objects
from azpak.pdf.places import FIRST

ABOVE = 10  # points above an anchor that are shown too, as Typst does
# A link to a point of the first sheet, the point, and a heading by its name.
LINK = re.compile(rb"/Dest (\d+) 0 R(.*?/Contents)\(page 1\)", re.DOTALL)
POINT = re.compile(rb"\[(\d+) 0 R/XYZ (\S+) (\S+) 0\]")
NAMED = re.compile(rb"\(((?:[^()\\]|\\.)*)\)(\d+) 0 R")
HEIGHT = re.compile(rb"/MediaBox\[\S+ \S+ \S+ ([\d.]+)\]")


def land(
    file: Objects, numbers: Mapping[str, int], anchors: Sequence[tuple[int, int, float, float]]
) -> None:
    """Lead links to their anchors.

    Parameters
    ----------
    file
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
    sheets = file.sheets()
    headings = _headings(file, sheets)
    landed: dict[int, tuple[bytes, bytes]] = {}
    for n, body in file.bodies.items():
        if not body.startswith(b"<</Type/Annot"):
            continue
        link = LINK.search(body)
        point = int(link[1]) if link else 0
        if link and point not in landed:
            number = int(float(POINT.match(file.bodies[point])[2]))
            if number < FIRST:
                continue
            name, place = names[number], stands.get(number)
            if name in headings:
                landed[point] = b"(%s)" % name.encode(), b"Section, page %d" % headings[name]
            elif place:
                file.bodies[point] = _point(file, sheets, *place)
                landed[point] = b" %d 0 R" % point, b"page %d" % place[0]
            else:
                raise PdfError("a link leads to an anchor that is not in the file", value=name)
        if link:
            to, called = landed[point]
            shown = b"/Dest%s%s(%s)" % (to, link[2], called)
            file.bodies[n] = body[: link.start()] + shown + body[link.end() :]
    for point, (to, _) in landed.items():
        if to.startswith(b"("):
            del file.bodies[point]


def _point(file: Objects, sheets: Sequence[int], sheet: int, left: float, top: float) -> bytes:
    """Return a point of a sheet as PDF counts it, from below."""
    number = sheets[sheet - 1]
    height = float(HEIGHT.search(file.bodies[number])[1])
    return b"[%d 0 R/XYZ %.2f %.2f 0]" % (number, left, height - max(top - ABOVE, 0))


def _headings(file: Objects, sheets: Sequence[int]) -> dict[str, int]:
    """Return the sheets of the headings, which Typst names."""
    nth = {number: n for n, number in enumerate(sheets, 1)}
    return {
        name.decode(): nth[int(POINT.match(file.bodies[int(at)])[1])]
        for name, at in NAMED.findall(file.names())
    }
