"""What the report is as a publication: title, version, date, and where it is published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sphinx.config import Config

from azpak import dates, tables

AUTHOR = "AZPAK contributors"


@dataclass(frozen=True)
class Publication:
    """The constants that title pages, footers and citations share.

    Attributes
    ----------
    title, author
        As in ``_config.yml``.
    version
        The version of the data package, which is that of the report.
    data_date
        The day the data were closed.
    repository, address, doi
        Where it is published; empty where that is not known.
    """

    title: str
    author: str
    version: str
    data_date: dt.date
    repository: str = ""
    address: str = ""
    doi: str = ""

    @property
    def data_date_text(self) -> str:
        """Return the day the data were closed, in words."""
        return dates.parse(self.data_date.isoformat()).display()

    def page_address(self, docname: str) -> str:
        """Return the public address of a page, or nothing where the book has none."""
        return f"{self.address.rstrip('/')}/{docname}.html" if self.address else ""


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
