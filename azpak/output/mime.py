"""The names of the outputs that only this report has; the pages know them by these."""

FIGURE = "application/vnd.azpak.figure+json"
VALUES = "application/vnd.azpak.values+json"
