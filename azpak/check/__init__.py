"""The data gate: every fault in the data folder, each with file, line and column.

The gate reads with csv and json alone, because it runs before every build: pandas, geopandas and
even shapely cost more time to import than all rules take. Nothing is repaired.

The rules are generators of faults, grouped by what they need to know: `structure` (a file),
`values` (a column), `keys` (the schema), `periods`, `evidence`, `agreement`, `rulings` and
`geography` (several tables), `book` (the chapters beside the data).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from azpak.check import (
    agreement,
    book,
    days,
    evidence,
    geography,
    keys,
    periods,
    rulings,
    schema,
    structure,
    text,
    values,
)
from azpak.check.model import Data, Fault
from azpak.errors import ReportError
from azpak.tables import PACKAGE_FILE, data_dir

__all__ = ["RULES", "Fault", "check", "main"]

# In the order in which their faults are best mended.
RULES: tuple[Callable[[Data], Iterator[Fault]], ...] = (
    text.RULES
    + values.RULES
    + keys.RULES
    + periods.RULES
    + evidence.RULES
    + agreement.RULES
    + days.RULES
    + rulings.RULES
    + geography.RULES
    + book.RULES
)


def check(directory: Path) -> list[Fault]:
    """Check a data folder by every rule.

    Parameters
    ----------
    directory
        The folder that holds ``datapackage.json``.

    Returns
    -------
    list of Fault
        All faults, ordered by file as the package lists them, then by line.
    """
    return _checked(directory)[1]


def main(arguments: list[str]) -> int:
    """Run the gate from the command line and return its exit code.

    Returns
    -------
    int
        0 when clean, 1 on any fault, 2 where there is no data folder to check.
    """
    try:
        directory = _shown(Path(arguments[0]) if arguments else data_dir())
    except ReportError as error:
        print(f"azpak check: {error}", file=sys.stderr)
        return 2
    if not directory.is_dir():
        what = "is not a folder" if directory.exists() else "does not exist"
        print(f"azpak check: the data folder {directory} {what}", file=sys.stderr)
        return 2
    data, faults = _checked(directory)
    for fault in faults:
        print(fault.message(directory))
    if faults:
        files = len({fault.file for fault in faults})
        print(f"{_counted(len(faults), 'fault')} in {_counted(files, 'file')}")
        return 1
    rows = sum(len(table.rows) for table in data.tables.values())
    tables, layers = _counted(len(data.tables), "table"), _counted(len(data.layers), "layer")
    print(f"{directory}: {tables}, {_counted(rows, 'row')}, {layers}: no fault")
    return 0


def _checked(directory: Path) -> tuple[Data, list[Fault]]:
    package, faults = schema.read(directory)
    data = Data(directory, package)
    faults += structure.read_into(data)
    for rule in RULES:
        faults += rule(data)
    order = {PACKAGE_FILE: -1} | {r["path"]: n for n, r in enumerate(package["resources"])}
    faults.sort(key=lambda f: (order.get(f.file, len(order)), f.file, f.line or 0))
    return data, list(dict.fromkeys(faults))


def _shown(directory: Path) -> Path:
    """Return the folder as a reader would name it from here."""
    here = Path.cwd()
    return directory.relative_to(here) if directory.is_relative_to(here) else directory


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
