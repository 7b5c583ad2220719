"""Load a table of the data package, typed as its schema says.

``datapackage.json`` is the one schema: columns, types and list separators are read from it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azpak.errors import DataError

if TYPE_CHECKING:  # pandas and geopandas are dear to import: only where a table is loaded
    import geopandas
    import pandas

__all__ = [
    "PACKAGE_FILE", "data_dir", "load", "load_geo", "note_read", "package", "read_in_cell",
    "recording", "resource", "state", "table_names",
]  # fmt: skip

PACKAGE_FILE = "datapackage.json"


def data_dir() -> Path:
    """Find the data folder.

    Returns
    -------
    Path
        ``AZPAK_DATA`` where set; else the nearest ``data`` that holds a ``datapackage.json``,
        upward from the working folder; else the one beside the package.

    Raises
    ------
    DataError
        If none of them holds a ``datapackage.json``.
    """
    chosen = os.environ.get("AZPAK_DATA")
    if chosen:
        if (Path(chosen) / PACKAGE_FILE).is_file():
            return Path(chosen).resolve()
        raise DataError(
            f"AZPAK_DATA names a folder without {PACKAGE_FILE}",
            value=chosen,
            way_out="Set it to the data folder of the report, or unset it",
        )
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (folder / "data" / PACKAGE_FILE).is_file():
            return folder / "data"
    raise DataError(
        f"no folder data/ with a {PACKAGE_FILE} from {here} upward",
        way_out="Run from the report's folder, or set AZPAK_DATA to its data folder",
    )


def package(directory: Path | None = None) -> dict[str, Any]:
    """Return ``datapackage.json`` as a dictionary, to be read and not changed.

    Parameters
    ----------
    directory
        The data folder; by default the one `data_dir` finds.
    """
    path = (directory or data_dir()) / PACKAGE_FILE
    return _read_package(path, _stamp(path))


def table_names(directory: Path | None = None) -> list[str]:
    """Return the names of the tables, in the order of the package."""
    return [r["name"] for r in package(directory)["resources"] if "schema" in r]


def resource(name: str, directory: Path | None = None) -> dict[str, Any]:
    """Return what the package says of one resource: path, title, licence, schema.

    Raises
    ------
    DataError
        If the package has no such resource.
    """
    for entry in package(directory)["resources"]:
        if entry["name"] == name:
            return entry
    raise DataError(
        "no such resource in the data package",
        file=PACKAGE_FILE,
        value=name,
        way_out=f"The tables are {', '.join(table_names(directory))}",
    )


def load(name: str, directory: Path | None = None) -> pandas.DataFrame:
    """Load one table.

    Parameters
    ----------
    name
        The resource's name, such as ``events``.
    directory
        The data folder; by default the one `data_dir` finds.

    Returns
    -------
    pandas.DataFrame
        The schema's columns in its order, as ``str``, ``Int64``, ``float64`` and ``boolean``;
        a list is a tuple of strings, empty where the cell is. EDTF dates stay text
        (`azpak.dates.parse` reads them). The frame is the caller's own copy.

    Raises
    ------
    DataError
        If the table is missing, its columns differ from the schema or a cell has another type.
    """
    directory = directory or data_dir()
    entry = resource(name, directory)
    path = directory / entry["path"]
    note_read([name])
    return _read_table(path, name, directory, _stamp(path)).copy()


def load_geo(name: str, directory: Path | None = None) -> geopandas.GeoDataFrame:
    """Load one layer of ``data/geo``.

    Parameters
    ----------
    name
        The layer's name without ``geo_``, such as ``countries``.
    directory
        The data folder; by default the one `data_dir` finds.

    Returns
    -------
    geopandas.GeoDataFrame
        The features in longitude and latitude (WGS 84).
    """
    import geopandas

    directory = directory or data_dir()
    path = directory / resource(f"geo_{name}", directory)["path"]
    _stamp(path)
    note_read([f"geo_{name}"])
    return geopandas.read_file(path)


def state(directory: Path) -> tuple[tuple[str, int, int], ...]:
    """Return the state of a data folder: path, size and time of change of each of its files.

    Two equal states hold the same tables. A file that is missing has size and time of -1.
    """
    paths = [PACKAGE_FILE, *(entry["path"] for entry in package(directory)["resources"])]
    found = []
    for path in paths:
        try:
            status = (directory / path).stat()
        except OSError:
            found.append((path, -1, -1))
        else:
            found.append((path, status.st_size, status.st_mtime_ns))
    return tuple(found)


# What was read, by whom: the innermost set first asked for is the last. The first belongs to the
# cell that runs; each finding that is being computed has its own.
_readers: list[set[str]] = [set()]
_cell: list[object] = [None]


def note_read(names: Iterable[str]) -> None:
    """Note that tables were read, or that a kept result rests on them."""
    _start_cell()
    for reader in _readers:
        reader.update(names)


@contextmanager
def recording() -> Iterator[set[str]]:
    """Collect the names of the tables that are read meanwhile."""
    read: set[str] = set()
    _readers.append(read)
    try:
        yield read
    finally:
        _readers.pop()


def read_in_cell() -> frozenset[str]:
    """Return the names of the tables that the running notebook cell has read so far.

    Outside a notebook: all that were read.
    """
    _start_cell()
    return frozenset(_readers[0])


def _start_cell() -> None:
    """Forget what an earlier cell read."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    now = getattr(shell, "execution_count", None)
    if now != _cell[0]:
        _cell[0] = now
        _readers[0].clear()


def _stamp(path: Path) -> tuple[int, int]:
    """Return size and time of change, so that a cached table is never a stale one."""
    if not path.is_file():
        raise DataError(
            "the file is missing" if not path.exists() else "not a file",
            file=path,
            way_out="Restore it from the repository; `python -m azpak check` lists what else lacks",
        )
    status = path.stat()
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=4)
def _read_package(path: Path, stamp: tuple[int, int]) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(
            f"not valid JSON: {error}", file=path, way_out="Mend it as the message says"
        ) from error


@cache
def _read_table(path: Path, name: str, directory: Path, stamp: tuple[int, int]) -> pandas.DataFrame:
    import pandas as pd

    fields = resource(name, directory)["schema"]["fields"]
    try:
        raw = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    except (ValueError, UnicodeError) as error:
        raise DataError(f"not readable as a table: {error}", file=path, way_out=_GATE) from error
    expected = [field["name"] for field in fields]
    if not isinstance(raw.index, pd.RangeIndex):  # pandas takes surplus cells for row labels
        raise DataError("a row has more cells than the header", file=path, way_out=_GATE)
    if list(raw.columns) != expected:
        raise DataError(
            f"the columns are not those of the schema, {','.join(expected)}",
            file=path, line=1, value=",".join(raw.columns), way_out=_GATE,
        )  # fmt: skip
    return raw.assign(**{f["name"]: _typed(raw[f["name"]], f, path) for f in fields})


_GATE = "`python -m azpak check` lists every fault"


def _typed(column: pandas.Series, field: dict[str, Any], path: Path) -> pandas.Series:
    import pandas as pd

    kind = field["type"]
    if kind == "list":
        mark = field.get("delimiter", ";")
        cells = [tuple(c.split(mark)) if isinstance(c, str) else () for c in column]
        return pd.Series(cells, index=column.index, dtype=object)
    if kind == "boolean":
        typed = column.map({"true": True, "false": False}).astype("boolean")
    elif kind in ("integer", "number"):
        typed = pd.to_numeric(column, errors="coerce").astype("float64")
        if kind == "integer":
            typed = typed.where(typed % 1 == 0).astype("Int64")
    else:
        return column
    bad = column.notna() & typed.isna()
    if bad.any():
        row = bad.idxmax()
        raise DataError(
            f"{field['name']}: not of type {kind}",
            file=path, line=row + 2, value=column[row], way_out=_GATE,
        )  # fmt: skip
    return typed
