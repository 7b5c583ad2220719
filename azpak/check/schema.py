"""Read ``datapackage.json`` itself and check that it describes the folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from azpak.check.model import Fault
from azpak.tables import PACKAGE_FILE

__all__ = ["TYPES", "read"]

TYPES = ("string", "integer", "number", "boolean", "list")
_EMPTY: dict[str, Any] = {"resources": []}
RELEASES = "releases"  # data and values of earlier versions, kept whole and not checked again


def read(directory: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Return the package, without the resources that cannot be used, and the faults found."""
    path = directory / PACKAGE_FILE
    if not path.is_file():
        what = "not a file" if path.exists() else "the file is missing"
        return _EMPTY, [Fault(PACKAGE_FILE, None, "", what)]
    try:
        text = path.read_text(encoding="utf-8")
        package = json.loads(text)
    except UnicodeDecodeError as error:
        return _EMPTY, [Fault(PACKAGE_FILE, None, "", f"not UTF-8 at byte {error.start}")]
    except json.JSONDecodeError as error:
        column = f"character {error.colno}"
        return _EMPTY, [Fault(PACKAGE_FILE, error.lineno, column, f"not valid JSON: {error.msg}")]
    except (OSError, ValueError, RecursionError) as error:
        return _EMPTY, [Fault(PACKAGE_FILE, None, "", f"not readable as JSON: {error}")]
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        return _EMPTY, [Fault(PACKAGE_FILE, 1, "resources", "no list of resources")]
    faults, usable = [], []
    for entry in package["resources"]:
        try:
            found = list(_resource_faults(entry))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            what = f"the description has not the form of a data package: {error!r}"
            found = [Fault(PACKAGE_FILE, None, str(entry.get("name")), what)]
        if found:
            line = _line_of(str(entry.get("name")), text) if isinstance(entry, dict) else 1
            faults += [fault._replace(line=line) for fault in found]
        else:
            usable.append(entry)
    faults += _twice(usable, text)
    faults += _dangling(usable, len(usable) == len(package["resources"]), text)
    faults += _not_described(directory, package["resources"])
    return {**package, "resources": usable}, faults


def _resource_faults(entry: Any) -> Iterator[Fault]:
    """Yield what is wrong with one description; `read` adds the line."""
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not isinstance(entry.get("path"), str):
        yield Fault(PACKAGE_FILE, None, "resources", "a resource without name or path", str(name))
        return
    path = PurePosixPath(entry["path"])
    if path.is_absolute() or ".." in path.parts:
        yield Fault(PACKAGE_FILE, None, name, "the path leaves the data folder", entry["path"])
    if path.suffix not in (".csv", ".geojson"):
        yield Fault(PACKAGE_FILE, None, name, "neither .csv nor .geojson", entry["path"])
    if path.suffix != ".csv":
        return
    fields = (entry.get("schema") or {}).get("fields") or []
    if not fields or not all(isinstance(f, dict) and f.get("name") for f in fields):
        yield Fault(PACKAGE_FILE, None, name, "no schema with named fields")
        return
    names = [f["name"] for f in fields]
    for field in fields:
        yield from _field_faults(field, name)
    for column in sorted({n for n in names if names.count(n) > 1}):
        yield Fault(PACKAGE_FILE, None, name, "a field described twice", column)
    for column in [*_primary_key(entry), *entry.get("series", [])]:
        if column not in names:
            yield Fault(PACKAGE_FILE, None, name, "a key names a field that is not there", column)
    for column, _, _ in references(entry):
        if column not in names:
            yield Fault(PACKAGE_FILE, None, name, "a key names a field that is not there", column)


def _field_faults(field: dict[str, Any], name: str) -> Iterator[Fault]:
    column = f"{name}.{field['name']}"
    if field.get("type") not in TYPES:
        what = f"the type is none of {', '.join(TYPES)}"
        yield Fault(PACKAGE_FILE, None, column, what, str(field.get("type")))
    rules = field.get("constraints", {})
    for bound in ("minimum", "maximum", "maxLength"):
        if not isinstance(rules.get(bound, 0), int | float):
            yield Fault(PACKAGE_FILE, None, column, f"the {bound} is no number", str(rules[bound]))
    if not isinstance(rules.get("enum", []), list):
        yield Fault(PACKAGE_FILE, None, column, "the enum is no list", str(rules["enum"]))
    decided = [entry["code"] for entry in field.get("codes", [])]
    if decided and "enum" in rules and sorted(decided) != sorted(rules["enum"]):
        what = "the codes decided are not those allowed"
        yield Fault(PACKAGE_FILE, None, column, what, ", ".join(decided))
    try:
        re.compile(rules.get("pattern", ""))
    except re.error as error:
        yield Fault(PACKAGE_FILE, None, column, f"the pattern is not one: {error}")


def _primary_key(entry: dict[str, Any]) -> list[str]:
    key = entry["schema"].get("primaryKey", [])
    return [key] if isinstance(key, str) else key


def _twice(resources: list[dict[str, Any]], text: str) -> Iterator[Fault]:
    for part in ("name", "path"):
        values = [entry[part] for entry in resources]
        for value in sorted({v for v in values if values.count(v) > 1}):
            yield Fault(PACKAGE_FILE, _line_of(value, text), part, "used twice", value)


def _dangling(resources: list[dict[str, Any]], complete: bool, text: str) -> Iterator[Fault]:
    """Yield foreign keys to a table or field that the package does not describe."""
    columns = {
        entry["name"]: {f["name"] for f in entry["schema"]["fields"]}
        for entry in resources
        if "schema" in entry
    }
    for entry in resources if complete else []:
        for column, table, key in references(entry):
            if key not in columns.get(table, ()):
                what = "a key into a table or field that is not described"
                where = f"{entry['name']}.{column}"
                yield Fault(
                    PACKAGE_FILE, _line_of(entry["name"], text), where, what, f"{table}.{key}"
                )


def references(entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (column, table, key) for each foreign key and each key in a list."""
    described = entry.get("schema", {})
    for key in described.get("foreignKeys", []):
        into = key["reference"]
        for column, target in zip(_listed(key["fields"]), _listed(into["fields"]), strict=True):
            yield column, into["resource"] or entry["name"], target
    for field in described.get("fields", []):
        if "itemKey" in field:
            yield field["name"], field["itemKey"]["resource"], field["itemKey"]["field"]


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _not_described(directory: Path, resources: list[Any]) -> Iterator[Fault]:
    described = {PACKAGE_FILE} | {str(r.get("path")) for r in resources if isinstance(r, dict)}
    for path in sorted(directory.rglob("*")):
        file = path.relative_to(directory)
        hidden = any(part.startswith(".") for part in file.parts)
        hidden = hidden or file.parts[0] == RELEASES
        if path.is_file() and not hidden and file.as_posix() not in described:
            yield Fault(file.as_posix(), None, "", f"no resource of {PACKAGE_FILE} describes it")


def _line_of(name: str, text: str) -> int:
    """Return the line on which a resource's name or path first stands."""
    found = re.search(rf'"(?:name|path)"\s*:\s*{re.escape(json.dumps(name))}', text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
