"""What each chapter was executed with: when any of it changes, it is executed again.

The record is a file beside the cache of outputs. It names for each chapter the digest of its cells
and of every input: the tables that it read, the modules that it imports and those that they import,
the lock, the Python.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from azpak import tables

FILE = "executed.json"
FORM = 1  # of the record; another one makes everything stale
PACKAGE = Path(__file__).resolve().parents[1]
FIGURES = "azpak.figures"
ALWAYS = ("azpak", "azpak.tables")
LOCK = "requirements.txt"
IMPORT = re.compile(
    r"^[ \t]*(?:from[ ]+azpak[\w.]*[ ]+import[ ]+(?:\([^()]*\)|\w[\w ,]*)|"
    r"import[ ]+azpak[\w., ]*)",
    re.MULTILINE,
)


@dataclass
class Entry:
    """One execution of a chapter.

    Attributes
    ----------
    cells
        The digest of its code, as the cache of outputs has it.
    inputs
        The digest of each input, by its name.
    seconds
        How long it took.
    """

    cells: str
    inputs: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def tables(self) -> list[str]:
        """The names of the tables and layers that the cells read."""
        kinds = (name.partition(" ") for name in self.inputs)
        return [name for kind, _, name in kinds if kind == "table"]

    @property
    def key(self) -> str:
        """A digest of all of it but the time."""
        text = json.dumps([self.cells, self.inputs], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class Inputs:
    """The inputs of chapters as they are now; each file is looked at once."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self._digests: dict[str, str] = {}
        self._imports: dict[str, set[str]] = {}
        self._files: dict[str, Path | None] = {}

    @cached_property
    def folder(self) -> Path:
        """The data folder."""
        return tables.data_dir()

    def digest(self, name: str) -> str:
        """Return the digest of an input: ``table trade``, ``module azpak.text``, ``lock``."""
        if name not in self._digests:
            kind, _, which = name.partition(" ")
            self._digests[name] = getattr(self, f"_{kind}")(which)
        return self._digests[name]

    def settle(self) -> None:
        """Look at every file now, before chapters are executed with it."""
        every = [entry["name"] for entry in tables.package(self.folder)["resources"]]
        self.of(every, _modules())

    def of(self, reads: Iterable[str], imports: Iterable[str]) -> dict[str, str]:
        """Return the digests of all that a chapter rests on."""
        names = ["lock", "python", "package"]
        names += [f"table {name}" for name in sorted(reads)]
        names += [f"module {name}" for name in sorted(self.reached({*imports, *ALWAYS}))]
        return {name: self.digest(name) for name in names}

    def fresh(self, entry: Entry) -> bool:
        """Return whether every input of an execution is still what it was."""
        return all(self.digest(name) == then for name, then in entry.inputs.items())

    def changed(self, entry: Entry) -> list[str]:
        """Return the names of the inputs that are no longer what they were."""
        return [name for name, then in entry.inputs.items() if self.digest(name) != then]

    def reached(self, imports: Iterable[str]) -> set[str]:
        """Return the modules of the project that imports lead to, directly or not."""
        found: set[str] = set()
        todo = [*imports]
        while todo:
            module = todo.pop()
            if module not in found and self._file(module) is not None:
                found.add(module)
                todo += self._imported_by(module)
        return found

    def _imported_by(self, module: str) -> set[str]:
        if module not in self._imports:
            text = self._file(module).read_text(encoding="utf-8")
            self._imports[module] = imported(text)
        return self._imports[module]

    def _file(self, module: str) -> Path | None:
        if module not in self._files:
            self._files[module] = _file(module)
        return self._files[module]

    def _lock(self, _: str) -> str:
        return _hash([self.source / LOCK])

    def _python(self, _: str) -> str:
        return ".".join(map(str, sys.version_info[:2]))

    def _package(self, _: str) -> str:
        return _hash([self.folder / tables.PACKAGE_FILE])

    def _table(self, name: str) -> str:
        known = {entry["name"]: entry["path"] for entry in tables.package(self.folder)["resources"]}
        return _hash([self.folder / known[name]]) if name in known else ""

    def _module(self, name: str) -> str:
        path = self._file(name)
        return _hash([path, *_beside(path)]) if path else ""


class Record:
    """The executions that the cache of outputs holds, by the name of the chapter."""

    def __init__(self, cache: Path) -> None:
        self.path = cache / FILE
        self.entries: dict[str, Entry] = {}
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            if content["form"] == FORM:
                self.entries = {name: Entry(**e) for name, e in content["chapters"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return  # without a record all is executed again

    def save(self) -> None:
        """Write the file."""
        content = {"form": FORM, "chapters": {n: asdict(e) for n, e in self.entries.items()}}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_suffix(".new")
        unfinished.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
        unfinished.replace(self.path)


def imported(code: str) -> set[str]:
    """Return the modules of the project that a piece of code imports.

    Only its import statements are parsed. What only looks like one, in a text, counts too.
    """
    found: set[str] = set()
    statements = "\n".join(match[0].strip() for match in IMPORT.finditer(code))
    for node in ast.walk(ast.parse(statements)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found |= {_meant(node.module, alias.name) for alias in node.names}
    within = {name for name in found if name.split(".")[0] == "azpak"}
    return within | {name.rsplit(".", n)[0] for name in within for n in range(name.count("."))}


def _meant(package: str, name: str) -> str:
    """Return what ``from package import name`` imports, if it is a module."""
    if package == "azpak":
        import azpak

        return azpak._EXPORTS.get(name, f"{package}.{name}")
    return f"{package}.{name}"


def _file(module: str) -> Path | None:
    """Return the file of a module of the project; None where it is no module."""
    base, parts = PACKAGE, module.split(".")[1:]
    if module == FIGURES or module.startswith(FIGURES + "."):
        base, parts = _figures(), parts[1:]
    path = base.joinpath(*parts)
    for candidate in (path / "__init__.py", path.with_suffix(".py")):
        if candidate.is_file():
            return candidate
    return None


def _modules() -> set[str]:
    """Return the names of all modules of the project."""
    found = set()
    for base, name in ((PACKAGE, "azpak"), (_figures(), FIGURES)):
        for path in base.rglob("*.py"):
            parts = path.relative_to(base).with_suffix("").parts
            found.add(".".join((name, *(part for part in parts if part != "__init__"))))
    return found


def _figures() -> Path:
    """Return the folder of the figures: beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / "figures"
    return inside if inside.is_dir() else PACKAGE.parent / "figures"


def _beside(module: Path) -> list[Path]:
    """Return the files that are no code and lie beside a package, such as its fonts."""
    if module.name != "__init__.py":
        return []
    folders = [
        f for f in module.parent.iterdir()
        if f.is_dir() and f.name != "__pycache__" and not (f / "__init__.py").exists()
    ]  # fmt: skip
    return sorted(p for folder in folders for p in folder.rglob("*") if p.is_file())


def _hash(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes() if path.is_file() else b"\0missing")
    return found.hexdigest()[:16]
