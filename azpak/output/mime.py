"""The names that the cells of chapters and the pages both know.

Those of the outputs that only this report has, that of the variable with the folder in which
drawings are kept from build to build, and those of the variables by which a notebook that stands
alone asks for outputs that any reader of notebooks shows, and says where the pages are published.
Until that is known, a link to a page has an attribute for its target and no address.
"""

import os
import re

FIGURE = "application/vnd.azpak.figure+json"
VALUES = "application/vnd.azpak.values+json"
# JupyterLab draws no SVG in a notebook that it does not trust yet, as each from elsewhere is.
PNG = "image/png"
DRAWINGS = "AZPAK_DRAWINGS"
PLAIN = "AZPAK_PLAIN_OUTPUTS"
PAGES = "AZPAK_PAGES"
TARGET = "data-page"
OPEN_LINK = re.compile(rf'<a {TARGET}="([^"]*)">(.*?)</a>', re.DOTALL)


def plain() -> bool:
    """Return whether outputs are for a notebook alone, and not for the pages."""
    return bool(os.environ.get(PLAIN))


def pages() -> str:
    """Return the public address of the chapters, where a notebook that stands alone knows it."""
    return os.environ.get(PAGES, "")


def led(html: str, pages: str) -> str:
    """Return HTML whose links to pages lead to their address, or are plain text without one."""
    return OPEN_LINK.sub(lambda m: f'<a href="{pages}/{m[1]}">{m[2]}</a>' if pages else m[2], html)
