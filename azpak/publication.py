"""What the report is as a publication: title, version, date, where it is published, how to cite it.

Pages and PDFs say the same of it, so it stands below both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from azpak import dates, tables

# The place on a page for links to PDFs: empty when the page is written, filled when they exist.
PDF_LINKS = ("<!--pdf-->", "<!--/pdf-->")
# What `_config.yml` says of it, each after ``azpak_``.
SETTINGS = ("repository", "address", "doi", "abstract", "keywords")


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
    abstract, keywords
        What it is about, as ``_config.yml`` says.
    """

    title: str
    author: str
    version: str
    data_date: dt.date
    repository: str = ""
    address: str = ""
    doi: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @classmethod
    def described(cls, title: str, author: str, settings: Mapping[str, Any]) -> Publication:
        """Return the publication as the settings and the data package describe it.

        Parameters
        ----------
        title, author
            As in ``_config.yml``.
        settings
            ``azpak_repository`` and the other settings of the same file; each may be missing.
        """
        package = tables.package()
        given = {name: settings.get(f"azpak_{name}") or "" for name in SETTINGS}
        return cls(
            title=title,
            author=author,
            version=package["version"],
            data_date=dt.date.fromisoformat(package["created"][:10]),
            **{**given, "keywords": tuple(given["keywords"])},
        )

    @property
    def data_date_text(self) -> str:
        """Return the day the data were closed, in words."""
        return dates.parse(self.data_date.isoformat()).display()

    @property
    def chapters_address(self) -> str:
        """Return the public address of the folder of chapters, or nothing."""
        return self.page_address("chapters/x").rpartition("/")[0]

    def page_address(self, docname: str) -> str:
        """Return the public address of a page, or nothing where the book has none."""
        return f"{self.address.rstrip('/')}/{docname}.html" if self.address else ""

    def citation(self, chapter: str, docname: str) -> str:
        """Return how to cite a chapter, as a reference in the author-date style."""
        return self.cited(f"“{chapter}.” In {self.title}.", self.page_address(docname))

    def citation_of_report(self) -> str:
        """Return how to cite the whole report."""
        return self.cited(f"{self.title}.", self.address)

    def cited(self, what: str, address: str) -> str:
        """Return a reference to something in the report, with version and date."""
        doi = f"https://doi.org/{self.doi}" if self.doi else ""
        text = (
            f"{self.author} ({self.data_date.year}). {what} "
            f"Version {self.version}, data as of {self.data_date_text}."
        )
        return " ".join(part for part in (text, doi, address) if part)
