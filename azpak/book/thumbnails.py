"""Small pictures of the figures, made of their drawings on the pages.

One whose drawing did not change is taken over from an earlier build.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx

from azpak.book import drawings
from azpak.book.domain import report_domain
from azpak.book.downloads import FOLDER, stash, up
from azpak.book.unchanged import wrote

NEEDED_BY = "gallery"  # the kind of the places that show them
THUMBNAILS = "thumbnails"
SIZE = (420, 315)  # pixels: the column of a telephone, and more than half of a text column
POINTS = 72  # an inch
QUALITY = 60  # of 100: text at this size is told by its place, not read
ENDINGS = {"light": "", "dark": "-dark"}  # of the drawings on the pages, by palette
MADE_BY = ("typst", "pillow")


def thumbnail_uri(docname: str, figure_id: str, palette: str) -> str:
    """Return the link from a page to a small picture."""
    return f"{up(docname)}{FOLDER}/{THUMBNAILS}/{figure_id}{ENDINGS[palette]}.webp"


def write_thumbnails(app: Sphinx, exception: Exception | None) -> None:
    """Put the small pictures of all figures beside the pages, where a page shows them."""
    if not wrote(app, exception):
        return
    target = Path(app.outdir) / FOLDER / THUMBNAILS
    shutil.rmtree(target, ignore_errors=True)
    pages = [page for _, page in report_domain(app.env).pages()]
    if not any(NEEDED_BY in page["pending"] for page in pages):
        return
    drawn = stash(app).with_name("pages")
    names = [
        f"{figure}{ending}"
        for page in pages
        for figure in page["figures"]
        for ending in ENDINGS.values()
    ]
    found = {name: drawn / f"{name}.svg" for name in dict.fromkeys(names)}
    made_of = repr((SIZE, QUALITY, [version(name) for name in MADE_BY])).encode()
    kept = {
        name: _kept(app, made_of + svg.read_bytes()) for name, svg in found.items() if svg.is_file()
    }
    missing = [name for name, path in kept.items() if not path.is_file()]
    for name, content in zip(missing, pictures([found[n] for n in missing]), strict=True):
        kept[name].parent.mkdir(parents=True, exist_ok=True)
        kept[name].write_bytes(content)
    target.mkdir(parents=True)
    for name, path in kept.items():
        os.utime(path)  # the oldest are dropped by when they were last of use
        shutil.copyfile(path, target / f"{name}.webp")


def _kept(app: Sphinx, made_of: bytes) -> Path:
    """Return where the small picture made of this is kept from build to build."""
    return drawings.folder(app) / f"{hashlib.sha256(made_of).hexdigest()[:32]}.webp"


def pictures(svgs: Iterable[Path]) -> list[bytes]:
    """Return drawings as small pictures (WebP) of one size, each whole, on no ground."""
    svgs = list(svgs)
    if not svgs:
        return []
    import typst  # dear to load, and of no use where nothing was drawn anew
    from PIL import Image

    wide, high = (f"{side / 2}pt" for side in SIZE)
    sheet = [f"#set page(width: {wide}, height: {high}, margin: 0pt, fill: none)"]
    with tempfile.TemporaryDirectory(prefix="azpak-thumbnails-") as folder:
        for n, svg in enumerate(svgs):
            shutil.copyfile(svg, Path(folder) / f"{n}.svg")
            sheet.append(
                f'#page(image("{n}.svg", width: 100%, height: 100%, fit: "contain", alt: "{n}"))'
            )
        path = Path(folder) / "sheet.typ"
        path.write_text("\n".join(sheet), encoding="utf-8")
        drawn = typst.compile(
            str(path), root=folder, format="png", ppi=2 * POINTS, ignore_system_fonts=True
        )
    return [_small(Image.open(io.BytesIO(png))) for png in _listed(drawn)]


def _listed(drawn: bytes | list[bytes]) -> list[bytes]:
    """Return the pages of a sheet; Typst gives a single one as it is."""
    return [drawn] if isinstance(drawn, bytes) else drawn


def _small(picture) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "webp", quality=QUALITY, method=4)
    return buffer.getvalue()


def setup(app: Sphinx) -> None:
    """Make them when the pages are written."""
    app.connect("build-finished", write_thumbnails)
