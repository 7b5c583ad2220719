"""Promises of the files that Typst made and that are packed: links land, letters are kept once."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from azpak.errors import ReportError
from azpak.pdf import landing, letters
from azpak.pdf.objects import Objects, stream
from azpak.pdf.places import FIRST


def as_typst_writes(content: bytes, link: int = 1) -> bytes:
    """Return a PDF of one sheet, written as Typst does, with a link to a point."""
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Resources 4 0 R/MediaBox[0 0 150 100]/Parent 2 0 R/Contents 7 0 R"
        b"/Annots[5 0 R]>>", b"<</ProcSet[/PDF]>>",
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Border[0 0 0]/Dest 6 0 R/F 4/StructParent 0"
        b"/Contents(page 1)>>", b"[3 0 R/XYZ %d 100 0]" % link, stream(content),
    )  # fmt: skip
    out = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
    table = b"xref\n0 8\n0000000000 65535 f\r\n"
    for number, body in enumerate(bodies, 1):
        table += b"%010d 00000 n\r\n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + table + b"trailer\n<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def test_a_link_to_an_anchor_that_is_not_in_the_file_is_one_clear_line():
    file = Objects(as_typst_writes(b"", link=FIRST))
    with pytest.raises(ReportError, match=r"not in the file.*nowhere"):
        landing.land(file, {"nowhere": FIRST}, [])
    landing.land(file, {"nowhere": FIRST}, [(FIRST, 1, 20, 30)])
    assert file.bodies[6] == b"[3 0 R/XYZ 20.00 80.00 0]"
    assert b"/Dest 6 0 R/F 4/StructParent 0/Contents(page 1)" in file.bodies[5]


def test_a_file_that_is_written_otherwise_is_one_clear_line():
    with pytest.raises(ReportError, match="not written as Typst writes it"):
        Objects(as_typst_writes(b"").replace(b"%PDF-1.7", b"%PDF-2.0"))


def test_a_letter_of_a_drawing_is_kept_once_and_looks_as_before(monkeypatch):
    monkeypatch.setattr(letters, "TEXT", 0)
    outline = b"0 0 m " + b"".join(b"%d %d l " % (n, 40 - n) for n in range(1, 20)) + b"20 0 l\nh\n"
    once = b"30 30 m 60 30 l 60 60 l 30 60 l 31 59 l 32 58 l 33 57 l 34 56 l 35 55 l 36 54 l\nh\n"
    placed = b"q 1 0 0 1 %d %d cm/DeviceRGB cs 0.2 0.3 %.1f scn %sf\nQ\n"
    content = b"".join(placed % (20 * n, 9 * n, n / 9, outline) for n in range(6))
    content += placed % (0, 40, 0.5, once) + b"0 0 m 9 9 l S\n"
    file = Objects(as_typst_writes(content))
    before = seen(as_typst_writes(content))
    letters.keep_once(file)
    made = file.stream(file.refers(file.sheets()[0], b"/Contents"))
    assert made.count(b"/Letter0 Do") == 6
    assert made.count(once) == 1  # what is drawn once stays
    assert file.bodies[4].count(b"/Letter") == 1
    after = file.written()
    assert after.count(b"/Subtype/Form") == 1
    assert seen(after) == before
    assert len(set(before)) > 20  # shades of six colours


def seen(content: bytes) -> bytes:
    return pdfium.PdfDocument(content)[0].render(scale=3).to_numpy().tobytes()
