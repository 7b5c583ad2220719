"""The objects of a PDF that Typst made: taken apart as they are written, and written packed.

Most of them are small, tags and links, and take half the room when they are packed together. Typst
writes each on its own and names their places in a table, which makes them easy to take apart; a
library that reads every PDF takes three times as long for it.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

from azpak.pdf.book import PdfError

HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
ENTRY = 20  # bytes of a line of the table
PACK = 200  # objects in a pack: a reader unpacks all of them to see one
WIDTHS = (1, 4, 2)  # bytes of the columns of the packed table
STREAM = re.compile(rb"<<.*?/Length (\d+)(.*?)>>\nstream\n", re.DOTALL)
KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
REFERENCE = re.compile(rb"(\d+) 0 R")


class Objects:
    """The objects of a file, by their numbers.

    Attributes
    ----------
    bodies
        What each object says.

    Raises
    ------
    PdfError
        If the file is not written as Typst writes it.
    """

    def __init__(self, content: bytes) -> None:
        table = content.rindex(b"xref\n", 0, content.rindex(b"startxref"))
        first = content.index(b"\n", table + 5) + 1
        count = int(content[table + 5 : first].split()[1])
        lines = content[first : first + ENTRY * count]
        self._trailer = content[first + ENTRY * count :]
        if not (content.startswith(HEAD) and self._trailer.startswith(b"trailer\n<<")):
            raise PdfError("the PDF is not written as Typst writes it")
        starts = {
            int(lines[at : at + 10]): at // ENTRY
            for at in range(0, len(lines), ENTRY)
            if lines[at + 17 : at + 18] == b"n"
        }
        self.bodies = {
            starts[a]: content[content.index(b"\n", a) + 1 : content.rindex(b"\nendobj", a, z)]
            for a, z in pairwise([*sorted(starts), table])
        }
        self._count = count

    def add(self, body: bytes) -> int:
        """Add an object; return its number."""
        self.bodies[self._count] = body
        self._count += 1
        return self._count - 1

    def sheets(self) -> list[int]:
        """Return the numbers of the sheets."""
        pages = _number(rb"/Pages", self.bodies[_number(rb"/Root", self._trailer)])
        return [int(n) for n in REFERENCE.findall(KIDS.search(self.bodies[pages])[1])]

    def refers(self, number: int, key: bytes) -> int:
        """Return the number of the object that another names by a key."""
        return _number(key, self.bodies[number])

    def names(self) -> bytes:
        """Return the list of the named places of the file."""
        root = self.bodies[_number(rb"/Root", self._trailer)]
        found = re.search(rb"/Dests<</Names\[(.*?)\]", root, re.DOTALL)
        return found[1] if found else b""

    def packed_size(self, number: int) -> int:
        """Return the length of a stream as it is written."""
        return int(STREAM.match(self.bodies[number])[1])

    def stream(self, number: int) -> bytes:
        """Return what a packed stream holds."""
        body = self.bodies[number]
        found = STREAM.match(body)
        return zlib.decompress(body[found.end() : found.end() + int(found[1])])

    def written(self) -> bytes:
        """Return the file, with small objects packed together."""
        out = bytearray(HEAD)
        table = {0: (0, 0, 0)}
        small = []
        for number, body in self.bodies.items():
            if body.endswith(b"\nendstream"):
                table[number] = (1, len(out), 0)
                out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
            else:
                small.append(number)
        for at in range(0, len(small), PACK):
            pack = small[at : at + PACK]
            holder = self.add(self._pack(pack))
            table |= {number: (2, holder, n) for n, number in enumerate(pack)}
            table[holder] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (holder, self.bodies[holder])
        start, me = len(out), self.add(b"")
        table[me] = (1, start, 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (me, self._table(table))
        return bytes(out + b"startxref\n%d\n%%%%EOF" % start)

    def _pack(self, numbers: list[int]) -> bytes:
        places, at = [], 0
        for number in numbers:
            places.append(b"%d %d" % (number, at))
            at += len(self.bodies[number]) + 1
        head = b" ".join(places) + b"\n"
        content = head + b"\n".join(self.bodies[number] for number in numbers)
        return stream(content, b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head)))

    def _table(self, table: dict[int, tuple[int, int, int]]) -> bytes:
        """Return the table of all objects, each line as its difference from the line before."""
        rows = bytearray()
        for number in range(self._count):
            for value, width in zip(table.get(number, (0, 0, 0)), WIDTHS, strict=True):
                rows += value.to_bytes(width, "big")
        columns = sum(WIDTHS)
        before = bytes(columns) + rows
        lines = bytearray((columns + 1) * self._count)
        lines[:: columns + 1] = b"\x02" * self._count  # PNG's sign of a difference
        steps = bytes((new - old) & 255 for new, old in zip(rows, before, strict=False))
        for n in range(columns):
            lines[n + 1 :: columns + 1] = steps[n::columns]
        keys = re.search(rb"<<.*?/Size \d+(.*?)>>", self._trailer, re.DOTALL)[1]
        widths = b" ".join(b"%d" % width for width in WIDTHS)
        return stream(
            bytes(lines),
            b"/Type/XRef/Size %d%s/W[%s]/DecodeParms<</Predictor 12/Columns %d>>"
            % (self._count, keys, widths, columns),
        )


def stream(content: bytes, keys: bytes = b"") -> bytes:
    """Return an object that holds some content, packed."""
    held = zlib.compress(content)
    return b"<</Length %d%s/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(held), keys, held)


def _number(key: bytes, body: bytes) -> int:
    found = re.search(key + rb" (\d+) 0 R", body)
    if not found:
        raise PdfError("the PDF is not written as Typst writes it", value=key.decode())
    return int(found[1])
