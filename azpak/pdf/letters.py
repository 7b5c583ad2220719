"""The letters of drawings, which are outlines: each is kept once and drawn by its name.

A drawing says what to fill for every letter anew; of the sheets with drawings that is most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import ceil, floor

from azpak.pdf.objects import Objects, stream

# A colour, and an outline that is filled with it: moves, lines and curves, each with its end.
FILLED = re.compile(rb"(?<= scn )((?:[-0-9. ]+ [mlc]\s|h\s)+)f\n")
NUMBERS = re.compile(rb"-?[0-9.]+(?= )")
LEAST = 80  # bytes of an outline, below which its name is hardly shorter
OFTEN = 3  # times that it is drawn
TEXT = 15_000  # packed bytes of a sheet, beyond which there is more on it than text


def keep_once(file: Objects) -> None:
    """Put what is drawn often into an object of its own; sheets look and read as before."""
    sheets = [(sheet, file.refers(sheet, b"/Contents")) for sheet in file.sheets()]
    drawings = {s: n for s, n in sheets if file.packed_size(n) > TEXT}
    contents = {sheet: file.stream(number) for sheet, number in drawings.items()}
    drawn = {sheet: FILLED.findall(content) for sheet, content in contents.items()}
    times = Counter(path for paths in drawn.values() for path in paths)
    often = [path for path, n in times.items() if n >= OFTEN and len(path) >= LEAST]
    forms = {p: (b"/Letter%d" % n, file.add(_form(p))) for n, p in enumerate(often)}
    for sheet, paths in drawn.items():
        used = [forms[path] for path in dict.fromkeys(paths) if path in forms]
        if used:
            _name(file, file.refers(sheet, b"/Resources"), used)
            content = FILLED.sub(lambda found: _named(found, forms), contents[sheet])
            file.bodies[drawings[sheet]] = stream(content)


def _name(file: Objects, resources: int, used: Sequence[tuple[bytes, int]]) -> None:
    """Add objects to those that a sheet may name."""
    names = b"".join(b"%s %d 0 R" % entry for entry in used)
    body = file.bodies[resources]
    if b"/XObject<<" in body:
        file.bodies[resources] = body.replace(b"/XObject<<", b"/XObject<<" + names)
    else:
        file.bodies[resources] = body[:-2] + b"/XObject<<" + names + b">>>>"


def _named(found: re.Match[bytes], forms: dict[bytes, tuple[bytes, int]]) -> bytes:
    return b"%s Do\n" % forms[found[1]][0] if found[1] in forms else found[0]


def _form(path: bytes) -> bytes:
    """Return an outline as an object; the points of a curve lie around it."""
    places = [float(number) for number in NUMBERS.findall(path)]
    across, up = places[::2], places[1::2]
    box = floor(min(across)), floor(min(up)), ceil(max(across)), ceil(max(up))
    keys = b"/Type/XObject/Subtype/Form/BBox[%d %d %d %d]/Resources<<>>" % box
    return stream(path + b"f\n", keys)
