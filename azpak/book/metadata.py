"""The publication as Sphinx's settings describe it, and the one clock of a build."""

from __future__ import annotations

import datetime as dt

from sphinx.config import Config

from azpak import tables
from azpak.publication import SETTINGS, Publication

AUTHOR = "AZPAK contributors"


def publication(config: Config) -> Publication:
    """Return the publication as the settings and the data package describe it."""
    settings = {f"azpak_{name}": getattr(config, f"azpak_{name}") for name in SETTINGS}
    return Publication.described(config.html_title or config.project, config.author, settings)


def epoch() -> int:
    """Return the day the data were closed as seconds, the only clock of a build."""
    closed = dt.datetime.fromisoformat(tables.package()["created"].replace("Z", "+00:00"))
    return int(closed.timestamp())
