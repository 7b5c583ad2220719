"""Azerbaijan-Pakistan military relations: the library that the report is computed with.

>>> from azpak import Report
>>> report = Report.load()  # or Report.load("another/data")
>>> report.events

``findings`` holds what the report states, a module a subject; ``figures`` draws it; ``measures``
are the pure numbers below. `say`, `table` and `cite` hand a cell's results to a page.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

# Each name and the module that has it, imported when it is asked for: the gate needs no pandas.
_EXPORTS = {
    "Report": "azpak.report",
    "finding": "azpak.report",
    "say": "azpak.output.values",
    "table": "azpak.output.table",
}
__all__ = ["Report", "finding", "say", "table"]

try:
    __version__ = version("azpak")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "unknown"


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        from importlib import import_module

        return getattr(import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
