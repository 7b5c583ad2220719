"""What is printed: the title, version and date of the report, and its pages in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from azpak.errors import ReportError
from azpak.publication import Publication

# Jupyter Book names the levels below the root by these keys, whatever the format of the file.
LEVELS = ("parts", "subtrees", "chapters", "entries", "sections")


class PdfError(ReportError):
    """The PDF cannot be printed; the message says what is missing."""


@dataclass(frozen=True)
class Entry:
    """A page of the book.

    Attributes
    ----------
    name
        The page without ``.html``, relative to the site.
    part
        The part it stands in; empty for the first page.
    opens_part
        Whether it is the first page of its part.
    """

    name: str
    part: str = ""
    opens_part: bool = False

    @property
    def anchor(self) -> str:
        """Return the page's anchor in the book."""
        return anchor_of(self.name)


@dataclass(frozen=True)
class Book:
    """The report as a publication, its language, and its pages in reading order."""

    publication: Publication
    language: str
    entries: tuple[Entry, ...]


def anchor_of(name: str, fragment: str = "") -> str:
    """Return the anchor of a page, or of a place in it, that no other page has.

    Examples
    --------
    >>> anchor_of("chapters/method", "naming")
    'chapters-method--naming'
    """
    page = name.replace("/", "-")
    return f"{page}--{fragment}" if fragment else page


def read_book(project: Path) -> Book:
    """Return the book that a project's settings describe."""
    config = _settings(project / "_config.yml")
    sphinx = (config.get("sphinx") or {}).get("config") or {}
    return Book(
        Publication.described(
            _needed(config, "title", project / "_config.yml"),
            _needed(config, "author", project / "_config.yml"),
            sphinx,
        ),
        language=sphinx.get("language") or "en",
        entries=tuple(_entries(project / "_toc.yml")),
    )


def _entries(path: Path) -> Iterator[Entry]:
    toc = _settings(path)
    yield Entry(_needed(toc, "root", path))
    for key in LEVELS:
        for node in toc.get(key) or []:
            part = node.get("caption", "")
            for n, name in enumerate(_files(node)):
                yield Entry(name, part, opens_part=bool(part) and n == 0)


def _files(node: dict[str, Any]) -> Iterator[str]:
    if "file" in node:
        yield node["file"].removesuffix(".md").removesuffix(".ipynb")
    for key in LEVELS:
        for below in node.get(key) or []:
            yield from _files(below)


def _settings(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PdfError("the settings cannot be read", file=path, value=error.strerror) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise PdfError("this is not YAML", file=path, line=line) from None
    if not isinstance(found, dict):
        raise PdfError("there are no settings in it", file=path)
    return found


def _needed(settings: dict[str, Any], key: str, path: Path) -> str:
    if not settings.get(key):
        raise PdfError(f"'{key}' is not set", file=path)
    return str(settings[key])
