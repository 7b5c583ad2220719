"""Files of drawings, kept from build to build by the content of the drawing.

The extension names the folder in the environment, where kernels and forks find it; without it, in a
notebook say, nothing is kept. Writers never meet: a file's name says its content, and it takes its
place whole.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from matplotlib import ft2font
from matplotlib.figure import Figure

from azpak.output import drawing, mime, style

DRAWN_BY = ("matplotlib", "fonttools", "pillow", "numpy")


def key(svg: str, figure: Figure) -> str:
    """Return a digest of all that a drawing's other files come from.

    The SVG has every line, colour and text; beside it stand what only pixels show, how the files
    are saved, the fonts and the libraries.
    """
    found = hashlib.sha256(svg.encode())
    found.update(repr([_only_in_pixels(artist) for artist in figure.findobj()]).encode())
    for path in (Path(drawing.__file__), Path(style.__file__), *sorted(style.FONTS.glob("*.ttf"))):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    libraries = [f"{name} {version(name)}" for name in DRAWN_BY]
    libraries += [ft2font.__freetype_version__, zlib.ZLIB_RUNTIME_VERSION]
    found.update(repr(libraries).encode())
    return found.hexdigest()[:32]


def _only_in_pixels(artist) -> tuple:
    antialiased = getattr(artist, "get_antialiased", lambda: None)()
    return artist.get_snap(), str(antialiased)


def file(name: str, make: Callable[[], bytes]) -> bytes:
    """Return the file kept under this name, making it where there is none.

    Parameters
    ----------
    name
        The key and the kind of the drawing, as a file name.
    make
        What makes the file.
    """
    folder = os.environ.get(mime.DRAWINGS)
    if not folder:
        return make()
    path = Path(folder) / name
    with suppress(OSError):
        content = path.read_bytes()
        os.utime(path)  # the oldest are dropped by when they were last of use
        return content
    content = make()
    with suppress(OSError):  # where nothing can be kept, it is made anew the next time
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(content)
        Path(part.name).replace(path)
    return content
