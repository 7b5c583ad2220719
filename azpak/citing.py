"""How the report and its parts are cited, in every form, from one description of each.

A `Work` is what is cited: the report, a chapter, a figure, a table, an event, a ruling. The forms
say the same of it: reference text, BibTeX, RIS, CSL-JSON. The corporate author stays one name in
each: in braces, with a comma behind it, as a literal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from azpak.publication import Publication

__all__ = ["FORMS", "LATEX", "Work", "collected", "formats", "key", "one_name", "whole"]

LATEX = {
    "\\": r"\textbackslash{}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "{": "(", "}": ")",  # a brace is always read as LaTeX
}  # fmt: skip
FORMS = ("text", "bib", "ris", "csl")
# By kind: the type of BibTeX, of RIS and of CSL-JSON.
TYPES = {
    "report": ("techreport", "RPRT", "report"),
    "chapter": ("incollection", "CHAP", "chapter"),
    "figure": ("incollection", "FIGURE", "figure"),
    "table": ("incollection", "CHAP", "entry"),
    "event": ("incollection", "CHAP", "entry"),
    "ruling": ("incollection", "CHAP", "entry"),
}


@dataclass(frozen=True)
class Work:
    """What is cited.

    Attributes
    ----------
    kind
        One of ``report``, ``chapter``, ``figure``, ``table``, ``event``, ``ruling``.
    name
        Its permanent name: the id of the chapter, or the anchor on its page.
    title
        What it is called.
    docname
        The page it stands on; empty for the report.
    chapter
        The title of that page, for what is a part of it.
    abstract
        What it says, in a sentence.
    number
        The number of a figure or table in this version.
    """

    kind: str
    name: str
    title: str
    docname: str = ""
    chapter: str = ""
    abstract: str = ""
    number: str = ""

    def address(self, book: Publication) -> str:
        """Return where it stands, or nothing where the report has no address."""
        if self.kind == "report":
            return book.address
        page = book.page_address(self.docname)
        return f"{page}#{self.name}" if page and self.chapter else page

    def place(self) -> str:
        """Return where it stands in the report, in words; nothing for report and chapters."""
        if self.number:
            return f"{self.kind.capitalize()} {self.number} in “{self.chapter}”, {self.name}"
        return f"In “{self.chapter}”, entry {self.name}" if self.chapter else ""


def whole(book: Publication) -> Work:
    """Return the report as what is cited, with its abstract."""
    return Work("report", "report", book.title, abstract=book.abstract)


def key(book: Publication, work: Work) -> str:
    """Return the citation key of a work."""
    year = f"azpak{book.data_date.year}"
    return year if work.kind == "report" else f"{year}-{work.name}"


def formats(book: Publication, work: Work) -> dict[str, str]:
    """Return the citation of a work in every form, by the names of `FORMS`."""
    return {
        "text": text(book, work),
        "bib": bibtex(book, work),
        "ris": ris(book, work),
        "csl": json.dumps(csl(book, work), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
    }


def text(book: Publication, work: Work) -> str:
    """Return a reference in the author-date style."""
    if work.kind == "report":
        return book.citation_of_report()
    if not work.chapter:
        return book.citation(work.title, work.docname)
    mark = "" if work.title.endswith(("?", "!", ".")) else "."
    what = f"“{work.title}{mark}” {work.place()}, {book.title}."
    return book.cited(what, work.address(book))


def bibtex(book: Publication, work: Work) -> str:
    """Return an entry for BibTeX and what reads it."""
    kind = TYPES[work.kind][0]
    fields = {
        "author": f"{{{book.author}}}",
        "title": f"{{{_latex(work.title)}}}",
        "booktitle": f"{{{_latex(book.title)}}}" if work.kind != "report" else "",
        "type": "Executable report" if work.kind == "report" else "",
        "institution": f"{{{book.author}}}" if work.kind == "report" else "",
        "year": str(book.data_date.year),
        "edition": book.version if work.kind != "report" else "",
        "version": book.version,
        "doi": book.doi,
        "url": work.address(book),
        "abstract": _latex(work.abstract),
        "note": _latex(_note(book, work)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@{kind}{{{key(book, work)},", *lines, "}", ""])


def ris(book: Publication, work: Work) -> str:
    """Return an entry in RIS."""
    fields = [
        ("TY", TYPES[work.kind][1]), ("ID", key(book, work)), ("AU", one_name(book.author)),
        ("TI", work.title), ("T2", book.title if work.kind != "report" else ""),
        ("PY", str(book.data_date.year)), ("DA", book.data_date.strftime("%Y/%m/%d")),
        ("ET", book.version), ("N1", _note(book, work)), ("AB", work.abstract), ("LA", "en"),
        ("DO", book.doi), ("UR", work.address(book)), ("ER", ""),
    ]  # fmt: skip
    lines = [f"{tag}  - {value}" for tag, value in fields if value or tag == "ER"]
    return "\n".join(lines) + "\n"


def one_name(body: str) -> str:
    """Return the name of a body so that no reader of RIS takes it for a first and a last name.

    Zotero and EndNote split before the comma and find one part; JabRef and bibutils do not heed
    the comma, and split at spaces, of which there are none that break.
    """
    return body.replace(" ", "\u00a0") + ","


def csl(book: Publication, work: Work) -> dict[str, Any]:
    """Return an item of CSL-JSON."""
    day = book.data_date
    item = {
        "id": key(book, work),
        "type": TYPES[work.kind][2],
        "author": [{"literal": book.author}],
        "title": work.title,
        "container-title": book.title if work.kind != "report" else "",
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "edition": book.version,
        "version": book.version,
        "note": _note(book, work),
        "abstract": work.abstract,
        "language": "en",
        "DOI": book.doi,
        "URL": work.address(book),
    }
    return {name: value for name, value in item.items() if value}


def collected(book: Publication, works: Iterable[Work]) -> dict[str, str]:
    """Return one file with all works for each form that a reference manager reads."""
    listed = list(works)
    items = [csl(book, work) for work in listed]
    return {
        "all.bib": "\n".join(bibtex(book, work) for work in listed),
        "all.ris": "\n".join(ris(book, work) for work in listed),
        "all.json": json.dumps(items, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
    }


def _note(book: Publication, work: Work) -> str:
    version = f"Version {book.version}, data as of {book.data_date_text}"
    return f"{work.place()}. {version}" if work.chapter else version


def _latex(text: str) -> str:
    return "".join(LATEX.get(sign, sign) for sign in text)
