"""The citation of a source, which is that of the document itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pybtex.database import Person

from azpak import dates
from azpak.book.bibliography import authors, bibliography
from azpak.citing import one_name
from azpak.evidence.words import date_text, present

if TYPE_CHECKING:
    import pandas as pd

# By type of source: the type of RIS and of CSL-JSON.
TYPES = {
    "press": ("NEWS", "article-newspaper"),
    "state-media": ("NEWS", "article-newspaper"),
    "academic": ("GEN", "article"),
    "think-tank": ("RPRT", "report"),
    "official": ("GEN", "document"),
    "dataset": ("DATA", "dataset"),
}
OTHER = ("ELEC", "webpage")
LETTER = re.compile(r"(  year = \{(?:\d{4}|n\.d\.))-?[a-z]+\}")  # of works of one year, in one list


def source_formats(sources: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return every form of each source's citation, by its id."""
    table = sources.reset_index()
    entries = bibliography(table).split("\n\n")
    by_key = {entry.partition("{")[2].partition(",")[0]: entry for entry in entries}
    return {
        row["source_id"]: {
            "text": _text(row),
            "bib": LETTER.sub(r"\1}", by_key[row["source_id"]].strip()) + "\n",
            "ris": _ris(row),
            "csl": json.dumps(_csl(row), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        }
        for row in table.to_dict("records")
    }


def _names(row: dict[str, Any]) -> list[dict[str, str]]:
    """Return the authors: persons by family and given name, a body in one piece."""
    named = authors(row)
    if named.startswith("{"):
        return [{"literal": present(row["author"]) or present(row["publisher"]) or "–"}]
    people = (Person(name) for name in named.split(" and "))
    return [
        {
            "family": " ".join([*person.prelast_names, *person.last_names]),
            "given": " ".join([*person.first_names, *person.middle_names]),
        }
        for person in people
    ]


def _text(row: dict[str, Any]) -> str:
    author, publisher = present(row["author"]), present(row["publisher"])
    when = ", ".join(p for p in (publisher, date_text(row["date"]), present(row["vintage"])) if p)
    described = row["title_status"] == "descriptive"
    title = row["title"] if described else f"“{row['title']}”"
    parts = [f"{author}." if author else "", f"{title}.", f"{when}." if when else ""]
    return " ".join(part for part in [*parts, present(row["url"])] if part)


def _ris(row: dict[str, Any]) -> str:
    names = [
        one_name(name["literal"]) if "literal" in name else f"{name['family']}, {name['given']}"
        for name in _names(row)
    ]
    day = present(row["date"])
    start = dates.parse(day).start if day else None
    lines = [("TY", TYPES.get(row["type"], OTHER)[0]), ("ID", row["source_id"])]
    lines += [("AU", name) for name in names]
    lines += [
        ("TI", row["title"]), ("PB", present(row["publisher"])),
        ("PY", str(start.year) if start else ""), ("N1", date_text(row["date"]) if day else ""),
        ("LA", row["language"]), ("UR", present(row["url"])), ("ER", ""),
    ]  # fmt: skip
    return "\n".join(f"{tag}  - {value}" for tag, value in lines if value or tag == "ER") + "\n"


def _csl(row: dict[str, Any]) -> dict[str, Any]:
    day = present(row["date"])
    issued = {"date-parts": [[dates.parse(day).start.year]]} if day else None
    if day and dates.parse(day).start == dates.parse(day).end:
        start = dates.parse(day).start
        issued = {"date-parts": [[start.year, start.month, start.day]]}
    item = {
        "id": row["source_id"],
        "type": TYPES.get(row["type"], OTHER)[1],
        "author": _names(row),
        "title": row["title"],
        "publisher": present(row["publisher"]),
        "issued": issued,
        "language": row["language"],
        "URL": present(row["url"]),
    }
    return {name: value for name, value in item.items() if value}
