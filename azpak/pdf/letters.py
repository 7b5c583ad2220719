"""The letters of drawings, which are outlines: each is kept once and drawn by its name.

A drawing says what to fill for every letter anew; of the sheets with drawings that is most.
"""

from __future__ import annotations

import re
from collections import Counter

import pikepdf

# A colour, and an outline that is filled with it: moves, lines and curves, each with its end.
FILLED = re.compile(rb"(?<= scn )((?:[-0-9. ]+ [mlc]\s|h\s)+)f\n")
NUMBERS = re.compile(rb"-?[0-9.]+(?= )")
LEAST = 80  # bytes of an outline, below which its name is hardly shorter
OFTEN = 3  # times that it is drawn
TEXT = 15_000  # packed bytes of a sheet, beyond which there is more on it than text


def keep_once(pdf: pikepdf.Pdf) -> None:
    """Put what is drawn often into an object of its own; sheets look and read as before."""
    sheets = [(page, page.Contents.read_bytes()) for page in pdf.pages if _has_drawing(page)]
    drawn = [FILLED.findall(content) for _, content in sheets]
    times = Counter(path for paths in drawn for path in paths)
    often = [path for path, n in times.items() if n >= OFTEN and len(path) >= LEAST]
    forms = {path: (f"/Letter{n}", _form(pdf, path)) for n, path in enumerate(often)}
    for (page, content), paths in zip(sheets, drawn, strict=True):
        used = [forms[path] for path in dict.fromkeys(paths) if path in forms]
        if used and "/XObject" not in page.Resources:
            page.Resources.XObject = pikepdf.Dictionary()
        for name, form in used:
            page.Resources.XObject[name] = form
        if used:
            page.Contents.write(FILLED.sub(lambda found: _named(found, forms), content))


def _has_drawing(page: pikepdf.Page) -> bool:
    content = page.Contents
    return isinstance(content, pikepdf.Stream) and len(content.read_raw_bytes()) > TEXT


def _named(found: re.Match[bytes], forms: dict[bytes, tuple[str, pikepdf.Object]]) -> bytes:
    return f"{forms[found[1]][0]} Do\n".encode() if found[1] in forms else found[0]


def _form(pdf: pikepdf.Pdf, path: bytes) -> pikepdf.Object:
    """Return an outline as an object; the points of a curve lie around it."""
    places = [float(number) for number in NUMBERS.findall(path)]
    across, up = places[::2], places[1::2]
    form = pikepdf.Stream(
        pdf,
        path + b"f\n",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[min(across), min(up), max(across), max(up)],
        Resources=pikepdf.Dictionary(),
    )
    return pdf.make_indirect(form)
