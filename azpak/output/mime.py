"""The names that the cells of chapters and the pages both know.

Those of the outputs that only this report has, that of the variable with the folder in which
drawings are kept from build to build, and that of the variable by which a notebook that stands
alone asks for outputs that any reader of notebooks shows.
"""

import os

FIGURE = "application/vnd.azpak.figure+json"
VALUES = "application/vnd.azpak.values+json"
DRAWINGS = "AZPAK_DRAWINGS"
PLAIN = "AZPAK_PLAIN_OUTPUTS"


def plain() -> bool:
    """Return whether outputs are for a notebook alone, and not for the pages."""
    return bool(os.environ.get(PLAIN))
