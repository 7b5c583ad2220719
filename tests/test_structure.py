"""How the house is built: which room may use which, how long a module may be, what may be kept."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from support.chapter_text import FRONT, chapters

ROOT = Path(__file__).resolve().parents[1]
MODULE_LINES, FUNCTION_LINES = 400, 60
SOURCES = [
    path
    for folder in ("azpak", "figures", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
]

# The rooms, from the ground up: each may use those above it in this list, and itself. What stands
# on one line may not use each other.
FLOORS = [
    {"azpak.errors", "azpak.vocabulary", "azpak.output.mime"},
    {"azpak.dates", "azpak.tables", "azpak.text", "azpak.changes"},
    {"azpak.publication"},  # pages and PDFs name the report and cite it in one way
    {"azpak.citing"},
    {"azpak.stamp"},  # what a build that finds nothing changed need not make again
    {"azpak.measures", "azpak.evidence"},
    {"azpak.report"},
    {"azpak.output"},
    {"azpak.notebook", "azpak.findings"},
    {"azpak.figures"},
]
# Beside them: what makes pages, prints them, checks rows, and starts all that.
BESIDE = {
    "azpak.check": {"azpak.errors", "azpak.dates", "azpak.tables", "azpak.evidence.rules",
                    "azpak.vocabulary"},
    # azpak.output.warm is what chapters start with, in the process that executes them.
    "azpak.book": {"azpak.errors", "azpak.dates", "azpak.tables", "azpak.text", "azpak.vocabulary",
                   "azpak.evidence", "azpak.changes", "azpak.output.mime", "azpak.output.warm",
                   "azpak.publication", "azpak.citing", "azpak.stamp", "azpak.share"},
    # What the pages put beside themselves.
    "azpak.share": {"azpak.errors", "azpak.dates", "azpak.tables", "azpak.vocabulary",
                    "azpak.publication", "azpak.evidence"},
    "azpak.pdf": {"azpak.errors", "azpak.tables", "azpak.publication"},
    "azpak.build": {"azpak.errors", "azpak.pdf", "azpak.stamp", "azpak.share",
                    "azpak.publication"},
    "azpak.__main__": {"azpak.build", "azpak.check", "azpak.changes"},
    # Measures all of it from outside, as commands.
    "azpak.bench": {"azpak.errors"},
}  # fmt: skip
ROOMS = [*BESIDE, *(room for floor in FLOORS for room in floor)]


def module_of(path: Path) -> str:
    """Return the name by which a file is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = ("azpak", *parts) if parts[0] == "figures" else parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    """Return the room a module stands in; None for azpak itself, which only names the others."""
    inside = [room for room in ROOMS if module == room or module.startswith(room + ".")]
    return max(inside, key=len, default=None)


def imports_of(path: Path) -> set[str]:
    """Return the modules of the project that a file imports when it runs."""
    names = set()
    for node in _running(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {_imported(node.module, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.startswith("azpak.")}


def _imported(package: str, name: str) -> str:
    """Return what ``from package import name`` imports: a module of the package, or itself."""
    folder = ROOT.joinpath(*package.split("."))
    is_module = (folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists()
    return f"{package}.{name}" if is_module or package == "azpak.figures" else package


def _running(node: ast.AST):
    """Yield the nodes of code that runs, without what only type checkers read."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _running(child)


def allowed(room: str) -> set[str]:
    """Return the rooms that a room may use."""
    if room in BESIDE:
        return BESIDE[room] | {room}
    level = next(n for n, floor in enumerate(FLOORS) if room in floor)
    return {room}.union(*FLOORS[:level])


def upward(path: Path) -> list[str]:
    """Return the imports of a file that run against the arrows."""
    room = room_of(module_of(path))
    if room is None:
        return []
    return [
        f"{path.relative_to(ROOT)} ({room}) imports {name}"
        for name in sorted(imports_of(path))
        if room_of(name)
        and not any(name == may or name.startswith(may + ".") for may in allowed(room))
    ]


def test_imports_run_one_way():
    library = [path for path in SOURCES if path.parts[len(ROOT.parts)] != "tests"]
    assert [fault for path in library for fault in upward(path)] == []


def test_an_import_against_the_arrows_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("test_structure.ROOT", tmp_path)
    wrong = tmp_path / "azpak" / "findings" / "arms.py"
    wrong.parent.mkdir(parents=True)
    wrong.write_text("from azpak.figures import arms\nfrom azpak.report import finding\n")
    assert upward(wrong) == [
        "azpak/findings/arms.py (azpak.findings) imports azpak.figures.arms",
    ]


def test_no_module_is_too_long():
    lengths = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in SOURCES}
    assert {name: n for name, n in lengths.items() if n > MODULE_LINES} == {}


def test_no_function_is_too_long():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}, {node.end_lineno - node.lineno + 1}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert found == []


def test_nothing_above_the_tables_is_kept_by_a_functions_name_alone():
    """Results belong to a report, which belongs to one state of the data."""
    kept = []
    for path in SOURCES:
        module = module_of(path)
        if module.startswith(("azpak.findings", "azpak.figures", "azpak.report", "azpak.output")):
            text = path.read_text(encoding="utf-8")
            kept += [
                f"{module}: {m[0]}" for m in re.finditer(r"@(functools\.)?(lru_)?cache\b", text)
            ]
    # The fonts and the ways between two projections are no data.
    assert sorted(kept) == ["azpak.figures.projection: @cache", "azpak.output.style: @cache"]


@pytest.mark.parametrize("folder", ["findings", "figures", "measures"])
def test_findings_figures_and_measures_load_nothing_themselves(folder):
    files = [p for p in SOURCES if folder in p.relative_to(ROOT).parts and "tests" not in p.parts]
    loads = re.compile(r"tables\.load|Evidence\.load|Report\.load|read_csv|load_geo")
    assert [f"{p.name}: {m[0]}" for p in files for m in loads.finditer(p.read_text())] == []
    if folder == "measures":
        assert [p.name for p in files if "report.table" in p.read_text()] == []


def undocumented(code: str) -> list[str]:
    """Return the findings that do not say what they return.

    The type says it of a result with named attributes; a table's columns stand under *Returns*, or
    the first sentence names the table, the finding or the columns that its rows are of.
    """
    found = []
    for node in ast.parse(code).body:
        if not isinstance(node, ast.FunctionDef) or "finding" not in map(
            ast.unparse, node.decorator_list
        ):
            continue
        said, kind = ast.get_docstring(node) or "", node.returns and ast.unparse(node.returns)
        is_table = re.search(r"DataFrame|Series", kind or "")
        named = "Returns\n-------" in said or "`" in said.partition("\n\n")[0] or not is_table
        if not (said and kind and named):
            found.append(node.name)
    return found


def test_every_finding_says_what_it_returns():
    files = [p for p in SOURCES if "findings" in p.relative_to(ROOT).parts[:2]]
    found = {p.name: undocumented(p.read_text(encoding="utf-8")) for p in files}
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "body",
    [
        "def f(report) -> int: ...",
        'def f(report):\n    """Return the number."""',
        'def f(report) -> pd.DataFrame:\n    """Return the rows."""',
    ],
)
def test_a_finding_that_does_not_say_it_is_found(body):
    assert undocumented(f"@finding\n{body}") == ["f"]


def test_every_page_that_cites_has_a_list_of_references():
    without = []
    for chapter in chapters():
        below = "" if chapter.name == FRONT.stem else "chapters"
        text = (ROOT / below / f"{chapter.name}.md").read_text(encoding="utf-8")
        cites = "{cite" in text or re.search(r"\bcite\(", text)
        lists = "```{bibliography}" in text or chapter.name == "sources"
        if cites and not lists:
            without.append(chapter.name)
    assert without == []


def test_stance_words_are_said_once():
    said = re.compile(r"close to the Azerbaijani state")
    assert [p.name for p in SOURCES if "tests" not in p.parts and said.search(p.read_text())] == [
        "vocabulary.py"
    ]
