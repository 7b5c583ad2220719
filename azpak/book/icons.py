"""The few icons of the theme's font that the pages show, within their stylesheet."""

from __future__ import annotations

import base64
import io
import logging
import re
from pathlib import Path

SOLID = Path("vendor", "fontawesome", "webfonts", "fa-solid-900.ttf")
SIGN = re.compile(r'\\(f[0-9a-f]{3})"|([\uf000-\uf8ff])')
FAMILY = '"Font Awesome 6 Free"'


def with_icons(css: str, static: Path) -> str:
    """Return a stylesheet with a face that has the signs its rules show, and no other."""
    signs = {int(code, 16) if code else ord(sign) for code, sign in SIGN.findall(css)}
    if not signs:
        return css
    font = base64.b64encode(only(static / SOLID, signs)).decode()
    face = (
        f"@font-face{{font-family:{FAMILY};font-style:normal;font-weight:900;font-display:block;"
        f'src:url("data:font/woff;base64,{font}") format("woff")}}\n'
    )
    return f"{css}{face}"


def only(path: Path, signs: set[int]) -> bytes:
    """Return a font with the given signs and nothing else, as WOFF."""
    from fontTools import subset  # dear to import, and seldom needed
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools.subset").setLevel(logging.WARNING)  # Sphinx would print each step
    options = subset.Options(layout_features=[], name_IDs=[13, 14], notdef_outline=False,
                             glyph_names=False, hinting=False)  # fmt: skip
    font = TTFont(path, recalcTimestamp=False, lazy=True)
    chooser = subset.Subsetter(options)
    chooser.populate(unicodes=signs)
    chooser.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
