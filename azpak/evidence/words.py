"""How a row is named in a sentence or a cell: a source, a place, a ruling, the year of an event."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from azpak import dates
from azpak.text import listed
from azpak.vocabulary import RESOLUTIONS

__all__ = ["date_text", "place_name", "present", "ruling_words", "source_name", "year_text"]

Row = Mapping[str, Any]

_OTHER_NAME = re.compile(r"([^()]+) \(([^()]+)\)")


def present(value: object) -> str:
    """Return a cell as text, empty where it is missing."""
    import pandas as pd  # dear to import, and of no use to a build with nothing to do

    return "" if value is None or value is pd.NA or value != value else str(value)


def date_text(value: object) -> str:
    """Return an EDTF cell as it prints, empty where it is missing."""
    text = present(value)
    return dates.parse(text).display() if text else ""


def source_name(source: Row) -> str:
    """Return who speaks in a source, and when: ``Trend, 3 May 2008``."""
    who = present(source["author"]) or present(source["publisher"]) or present(source["title"])
    when = date_text(source["date"]) or present(source["vintage"]) or "no date"
    return f"{who}, {when}"


def place_name(place: Row) -> str:
    """Return the name of a place, for contested places with the other names and whose they are."""
    others = "; ".join(map(_other_name, place["other_names"])) if place["contested"] else ""
    return f"{place['name']} ({others})" if others else place["name"]


def _other_name(text: str) -> str:
    """Turn ``Karvachar (Armenian: Քարվաճառ)`` into words without brackets, whose it is first."""
    name, whose = _OTHER_NAME.fullmatch(text).groups()
    language, _, script = whose.partition(": ")
    return f"{language}: {name}, {script}" if script else f"{language}: {name}"


def ruling_words(*rulings: Row) -> str:
    """Return what is disputed and whether it is decided, short enough for brackets."""
    said = []
    for resolution, end in RESOLUTIONS.items():
        phrases = [f"on {r['disputed']}" for r in rulings if r["resolution"] == resolution]
        if phrases:
            said.append(f"sources differ {listed(dict.fromkeys(phrases))}; {end}")
    return "; ".join(said)


def year_text(date: str) -> str:
    """Return the year of a date, or the whole of a date that spans several."""
    parsed = dates.parse(date)
    last = parsed.end.year if parsed.end else parsed.start.year
    return str(parsed.start.year) if last == parsed.start.year else parsed.display()
