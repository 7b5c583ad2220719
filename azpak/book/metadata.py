"""The publication as Sphinx's settings describe it, and the one clock of a build."""

from __future__ import annotations

import datetime as dt

from sphinx.config import Config

from azpak import tables
from azpak.publication import Publication

AUTHOR = "AZPAK contributors"


def publication(config: Config) -> Publication:
    """Return the publication as the settings and the data package describe it."""
    package = tables.package()
    return Publication(
        title=config.html_title or config.project,
        author=config.author,
        version=package["version"],
        data_date=dt.date.fromisoformat(package["created"][:10]),
        repository=config.azpak_repository,
        address=config.azpak_address,
        doi=config.azpak_doi,
    )


def epoch() -> int:
    """Return the day the data were closed as seconds, the only clock of a build."""
    closed = dt.datetime.fromisoformat(tables.package()["created"].replace("Z", "+00:00"))
    return int(closed.timestamp())
