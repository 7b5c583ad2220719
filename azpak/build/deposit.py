"""The two files by which archives and GitHub cite the report, written from its settings.

``python -m azpak citation`` writes ``CITATION.cff`` and ``.zenodo.json``. What the report is called
and about stands in ``_config.yml``, version and date in ``data/datapackage.json``; a test compares.
"""

from __future__ import annotations

import copy
import json
import sys
from typing import Any

import yaml

from azpak.build.book import CHECKOUT, Place
from azpak.errors import ReportError
from azpak.pdf.book import read_book
from azpak.publication import Publication

__all__ = ["main", "texts"]

LICENCES = ("CC-BY-4.0", "BSD-3-Clause")
EXCEPTED = (
    "The licences hold for text, figures, tables and code of the report; data of third parties "
    "that come with it are excepted and keep the terms named in LICENSE-DATA."
)
# The format knows two types of a deposit, dataset and software; the work that one cites from it
# has a type of its own, which is that of the pages.
HEAD = """\
# Written by `python -m azpak citation` from _config.yml and data/datapackage.json: change those.
# The report is cited as a report (preferred-citation); the format calls what it comes in a dataset.
"""


def main(arguments: list[str], place: Place = CHECKOUT) -> int:
    """Write both files and name them; return the exit code."""
    try:
        made = texts(read_book(place.root).publication)
    except ReportError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, text in made.items():
        (place.root / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"written: {name}")
    return 0


def texts(book: Publication) -> dict[str, str]:
    """Return the two files by their names."""
    cff = yaml.safe_dump(_citation_file(book), sort_keys=False, allow_unicode=True, width=96)
    zenodo = json.dumps(_zenodo(book), ensure_ascii=False, indent=2)
    return {"CITATION.cff": HEAD + cff, ".zenodo.json": f"{zenodo}\n"}


def _citation_file(book: Publication) -> dict[str, Any]:
    work = {
        "title": book.title,
        "authors": [{"name": book.author}],
        "version": book.version,
        "date-released": book.data_date.isoformat(),
        "doi": book.doi,
        "url": book.address,
        "repository-code": book.repository,
        "license": list(LICENCES),
        "keywords": list(book.keywords),
        "abstract": f"{book.abstract} {EXCEPTED}",
    }
    known = {name: value for name, value in work.items() if value}
    cited = ("title", "authors", "version", "date-released", "doi", "url")
    return {
        "cff-version": "1.2.0",
        "message": "Please cite the report as below; each page of it gives its own citation.",
        "type": "dataset",
        **known,
        "preferred-citation": {
            "type": "report",
            # A copy: YAML would print the second mention as an alias, which not all read.
            **{name: copy.deepcopy(known[name]) for name in cited if name in known},
            "year": book.data_date.year,
            "abstract": book.abstract,
        },
    }


def _zenodo(book: Publication) -> dict[str, Any]:
    deposit = {
        "title": book.title,
        "upload_type": "publication",
        "publication_type": "report",
        "version": book.version,
        "publication_date": book.data_date.isoformat(),
        "language": "eng",
        "creators": [{"name": book.author}],
        "license": LICENCES[0].lower(),
        "keywords": list(book.keywords),
        "description": f"{book.abstract} {EXCEPTED}",
        "related_identifiers": [
            {"identifier": address, "relation": relation, "scheme": "url"}
            for address, relation in (
                (book.address, "isAlternateIdentifier"), (book.repository, "isSupplementedBy")
            )
            if address
        ],
    }  # fmt: skip
    return {name: value for name, value in deposit.items() if value}
