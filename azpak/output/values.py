"""Name the values that the sentences of a section print.

A cell ends with ``say(pair_share=per_cent(share), n_pair=whole(n))``; the sentences of its section
take them with ``{glue:text}`` and their name. In a notebook the cell shows them as a small table;
on the page it prints nothing, and the values go into ``values.json`` with the tables they rest on.
A notebook that stands alone gets one output a cell, so that none of its values can be lost alone.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from azpak import tables
from azpak.output import mime
from azpak.text import Printed, printed

__all__ = ["say"]

YEARS = (1700, 2199)  # what a bare whole number may be: a year that the report speaks of
DIGIT = re.compile(r"\d")
GLUE = "application/papermill.record/"  # what myst-nb looks for
SAID: dict[str, str] = {}  # what the cells of this process said last, as it prints


def say(**values: object) -> None:
    """Hand values to the sentences of the section.

    Parameters
    ----------
    **values
        By the name that the sentence uses: what a function of `azpak.text` returns, a text, a
        `azpak.dates.Date`, or a bare whole number, which is a year. Names are those of one
        chapter: two cells never say the same.

    Raises
    ------
    TypeError
        For anything else; a number with decimals, say, does not know how it prints.
    ValueError
        For a text that holds a number and is not called a name, and for a bare whole number that
        is no year: every number that a page prints is there as a number too.
    """
    shown = {name: _printed(name, value) for name, value in values.items()}
    SAID.update({name: str(value) for name, value in shown.items()})
    read = tables.read_in_cell()
    shell = _shell()
    if shell is None:  # a script: there is nobody to show anything to
        return
    from IPython.display import display

    for name, value in () if mime.plain() else shown.items():
        display(
            {f"{GLUE}text/plain": repr(str(value))},
            raw=True,
            metadata={"scrapbook": {"name": name, "mime_prefix": GLUE}},
        )
    display(_bundle(shown, read), raw=True)


def _printed(name: str, value: object) -> Printed:
    """Return a value as it prints, refusing one that is no number where it prints one."""
    try:
        made = printed(value)
    except TypeError as fault:
        raise TypeError(f"{name}: {fault}") from None
    parts = _parts(made.raw)
    if made.unit == "year" and any(not YEARS[0] <= part <= YEARS[1] for part in parts):
        raise ValueError(f"{name}: {made} is no year: print it with whole(value, unit)")
    if not made.unit and any(isinstance(p, str) and DIGIT.search(p) for p in parts):
        raise ValueError(
            f"{name}: {str(made)!r} holds a number that is there as text alone: give the number or "
            "the date, or named(text) if it is a name"
        )
    return made


def _parts(raw: Any) -> list[Any]:
    """Return the single values of a raw value, of lists in lists too."""
    return [p for part in raw for p in _parts(part)] if isinstance(raw, list | tuple) else [raw]


def _bundle(printed: dict[str, Printed], read: frozenset[str]) -> dict[str, Any]:
    """Return the values for the page, and as a table for a person with a notebook."""
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(name)}</th><td style='text-align:left'>"
        f"{escape(value)}</td></tr>"
        for name, value in printed.items()
    )
    values = {
        name: {"text": str(value), "raw": _jsonable(value.raw), "unit": value.unit}
        for name, value in printed.items()
    }
    return {
        mime.VALUES: {"values": values, "tables": sorted(read)},
        "text/html": f"<table>{rows}</table>",
        "text/plain": "\n".join(f"{name}: {value}" for name, value in printed.items()),
    }


def _jsonable(value: Any) -> Any:
    """Return a value as JSON has it: numpy's numbers as Python's, days as text."""
    if isinstance(value, (list, tuple)):
        return [_jsonable(part) for part in value]
    if hasattr(value, "item"):
        return _jsonable(value.item())
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, float) and value != value:
        return None
    return value


def _shell() -> Any:
    """Return the running IPython, if there is one."""
    import sys

    if "IPython" not in sys.modules:
        return None
    return sys.modules["IPython"].get_ipython()
