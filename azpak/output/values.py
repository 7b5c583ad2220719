"""Name the values that the sentences of a section print.

A cell ends with ``say(pair_share=per_cent(share), n_pair=whole(n))``; the sentences of its section
take them with ``{glue:text}`` and their name. In a notebook the cell shows them as a small table;
on the page it prints nothing, and the values go into ``values.json`` with the tables they rest on.
"""

from __future__ import annotations

from html import escape
from typing import Any

from azpak import tables
from azpak.dates import Date
from azpak.output import mime
from azpak.text import Printed

__all__ = ["say"]

GLUE = "application/papermill.record/"  # what myst-nb looks for


def say(**values: object) -> None:
    """Hand values to the sentences of the section.

    Parameters
    ----------
    **values
        By the name that the sentence uses: `azpak.text.Printed`, a text, a whole number or a
        `azpak.dates.Date`. Names are those of one chapter: two cells never say the same.

    Raises
    ------
    TypeError
        For anything else; a number with decimals, say, does not know how it prints.
    """
    printed = {name: _printed(name, value) for name, value in values.items()}
    read = tables.read_in_cell()
    shell = _shell()
    if shell is None:  # a script: there is nobody to show anything to
        return
    from IPython.display import display

    for name, value in printed.items():
        display(
            {f"{GLUE}text/plain": repr(str(value))},
            raw=True,
            metadata={"scrapbook": {"name": name, "mime_prefix": GLUE}},
        )
    display(_bundle(printed, read), raw=True)


def _printed(name: str, value: object) -> Printed:
    if isinstance(value, Printed):
        return value
    if isinstance(value, Date):
        return Printed(value.display(), value.text, "date")
    if isinstance(value, str):
        return Printed(value)
    if hasattr(value, "__index__") and not isinstance(value, bool):
        return Printed(str(int(value)), int(value))
    raise TypeError(
        f"{name}: how does {value!r} print? Give it to a function of azpak.text, such as "
        "decimal(value, 2) or per_cent(share)"
    )


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
