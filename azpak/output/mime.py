"""The names that the cells of chapters and the pages both know.

Those of the outputs that only this report has, and that of the variable with the folder in which
drawings are kept from build to build.
"""

FIGURE = "application/vnd.azpak.figure+json"
VALUES = "application/vnd.azpak.values+json"
DRAWINGS = "AZPAK_DRAWINGS"
