"""The data package as one file, with licence, citation, codebook and checksums."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from azpak import tables
from azpak.publication import Publication
from azpak.share import codebook, rows

__all__ = ["CHECKSUMS", "archive_name", "checksums", "contents", "write_zip"]

NEVER = (1980, 1, 1, 0, 0, 0)  # the time of each file in an archive: the same bytes every time
CHECKSUMS = "SHA256SUMS"
README = """\
# {title}: data

Version {version}, data as of {day}. A Frictionless Data Package: `datapackage.json` describes every
table, `codebook.md` says the same in words. UTF-8, commas, one head line; an empty cell is missing.

## How to cite

{citation}

## What is here

- `*.csv`: what this report recorded: events, claims, sources, rulings and what they refer to.
- `indicators/`: figures of others, each with its source in the column `source_id`.
- `events_resolved.csv`: the events with first and last day, confidence and number of origins.
- `geo/`: lines and areas of the maps, as GeoJSON.
- `values.json`: every number that the report prints, with what it was computed from.
- `LICENSE-DATA`: the terms. Our own tables are CC BY 4.0; those of others keep theirs.
- `SHA256SUMS`: `sha256sum -c SHA256SUMS` says whether a file was changed.

Dates are EDTF: `2004-07` is a month, `2014-02~` approximate, `2002-09?` uncertain, `a/b` lasts
from a to b. A spreadsheet that opens a CSV file by a double click turns such texts into days: open
`azpak-{version}.xlsx` instead. It is published with this archive, as is `azpak-{version}.sqlite`.
"""


def archive_name(version: str) -> str:
    """Return the name of the archive, without its ending."""
    return f"azpak-{version}-data"


def contents(
    book: Publication, licence: str, values: str, events: list[dict[str, rows.Cell]]
) -> dict[str, bytes]:
    """Return the files of the archive by their names.

    Parameters
    ----------
    book
        The publication, for the citation.
    licence
        The text of ``LICENSE-DATA``; empty where a copy has none.
    values
        The text of ``values.json``.
    events
        The events with what is computed, from `azpak.share.rows.resolved`.
    """
    folder = tables.data_dir()
    texts = {
        "README.md": README.format(
            title=book.title, version=book.version, day=book.data_date_text,
            citation=book.citation_of_report(),
        ),
        "codebook.md": codebook.text(),
        "LICENSE-DATA": licence,
        "values.json": values,
        "events_resolved.csv": rows.csv_text(events),
    }  # fmt: skip
    found = {name: text.encode() for name, text in texts.items() if text}
    paths = [tables.PACKAGE_FILE, *(entry["path"] for entry in tables.package()["resources"])]
    found |= {p: (folder / p).read_bytes() for p in paths if (folder / p).is_file()}
    return found | {CHECKSUMS: checksums(found).encode()}


def checksums(files: Mapping[str, bytes]) -> str:
    """Return the digests of files in the form that ``sha256sum -c`` reads."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def write_zip(target: Path, files: Mapping[str, bytes], folder: str = "") -> Path:
    """Write an archive of files in a folder; the same files give the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, NEVER)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 6)
    return target
