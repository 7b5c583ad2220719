"""What the report is as a publication: title, version, date, where it is published, how to cite it.

Pages and PDFs say the same of it, so it stands below both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from azpak import dates

# The place on a page for links to PDFs: empty when the page is written, filled when they exist.
PDF_LINKS = ("<!--pdf-->", "<!--/pdf-->")


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
