"""What a reader who opens the code of a chapter meets: short cells beside their sentences.

Each check is a function of a text, so that each is also shown to fail on a planted fault.
"""

from __future__ import annotations

import ast
import builtins
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.chapter_text import ROLE, Cell, Chapter, chapters, take_apart, target_of

LINES = 15
IMPORTS, COMPUTES = ["remove-cell"], ["hide-input"]  # hidden altogether, or folded on the page

BOOK = {chapter.name: chapter for chapter in chapters()}
COMPUTING = [name for name, chapter in BOOK.items() if chapter.cells]


def section_at(chapter: Chapter, number: int) -> str | None:
    """Return the label of the section that a line stands in."""
    above = [heading for heading in chapter.headings if heading.number < number]
    return above[-1].label if above else None


def where(chapter: Chapter, cell: Cell) -> str:
    return f"{chapter.name}:{cell.number}"


def length_faults(chapter: Chapter) -> list[str]:
    """Return cells that are too long, or define or repeat what belongs in a finding."""
    found = []
    for cell in chapter.cells:
        lines = sum(1 for line in cell.code.splitlines() if line.strip())
        if lines > LINES:
            found.append(f"{where(chapter, cell)}: {lines} lines")
        for node in ast.walk(ast.parse(cell.code)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
                found.append(f"{where(chapter, cell)}: defines {getattr(node, 'name', 'a lambda')}")
            if isinstance(node, ast.For | ast.While):
                found.append(f"{where(chapter, cell)}: a loop")
            if isinstance(node, ast.Assert):
                found.append(f"{where(chapter, cell)}: an assert")
    return found


def fold_faults(chapter: Chapter) -> list[str]:
    """Return cells that are hidden although they compute, or shown although they need no reader."""
    found = []
    for n, cell in enumerate(chapter.cells):
        tags = cell.options.get("tags")
        if tags != (IMPORTS if n == 0 else COMPUTES):
            found.append(f"{where(chapter, cell)}: tagged {tags}")
        if n == 0 and re.search(r"\bsay\(|\btable\(", cell.code):
            found.append(f"{where(chapter, cell)}: the hidden cell hands out values")
    return found


def said(cell: Cell) -> list[str]:
    """Return the names of the values that a cell says."""
    return [
        keyword.arg or "**"
        for node in ast.walk(ast.parse(cell.code))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"
        for keyword in node.keywords
    ]


def values_away_from_their_sentences(chapter: Chapter) -> list[str]:
    """Return values that the section they stand in does not use, or that are said twice."""
    used: dict[str | None, set[str]] = {}
    for line in chapter.prose:
        names = {target_of(m["target"]) for m in ROLE.finditer(line.text) if "glue" in m["name"]}
        used.setdefault(section_at(chapter, line.number), set()).update(names)
    found, before = [], set()
    for cell in chapter.cells:
        section = section_at(chapter, cell.number)
        for name in said(cell):
            if name in before:
                found.append(f"{where(chapter, cell)}: {name} is said twice")
            if name not in used.get(section, ()):
                found.append(f"{where(chapter, cell)}: no sentence of {section} uses {name}")
            before.add(name)
    return found


def sentences_without_their_value(chapter: Chapter) -> list[str]:
    """Return sentences whose value comes from another section, or from none."""
    there: dict[str | None, set[str]] = {}
    for cell in chapter.cells:
        there.setdefault(section_at(chapter, cell.number), set()).update(said(cell))
    return [
        f"{chapter.name}:{line.number}: {name} is not said in {section}"
        for line in chapter.prose
        for section in [section_at(chapter, line.number)]
        for match in ROLE.finditer(line.text)
        if "glue" in match["name"]
        and (name := target_of(match["target"])) not in there.get(section, ())
    ]


def names_from_other_cells(chapter: Chapter) -> list[str]:
    """Return names that a cell takes from another one than the first.

    A cell that stands by itself can be read by itself, and the tables it read are those its values
    rest on.
    """
    if not chapter.cells:
        return []
    shared = set(dir(builtins)) | bound(ast.parse(chapter.cells[0].code))
    found = []
    for cell in chapter.cells[1:]:
        tree = ast.parse(cell.code)
        taken = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - bound(tree) - shared
        found += [f"{where(chapter, cell)}: {name} comes from another cell" for name in taken]
    return found


def bound(tree: ast.AST) -> set[str]:
    """Return the names that code binds."""
    names = {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(a.asname or a.name).split(".")[0] for a in node.names}
    return names


def imports_without_use(chapter: Chapter) -> list[str]:
    """Return what the first cell imports and no cell uses."""
    trees = [ast.parse(cell.code) for cell in chapter.cells]
    imported = {
        alias.asname or alias.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    used = {n.id for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Name)}
    return [f"{chapter.name}: {name} is imported and not used" for name in imported - used]


CHECKS = [
    length_faults, fold_faults, values_away_from_their_sentences, sentences_without_their_value,
    names_from_other_cells, imports_without_use,
]  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", COMPUTING)
def test_cells_are_short_stand_beside_their_sentences_and_can_be_opened(name, check):
    found = check(BOOK[name])
    assert found == []


@pytest.mark.parametrize("name", COMPUTING)
def test_ruff_finds_cells_formatted_and_sound_like_any_module(name, tmp_path):
    for n, cell in enumerate(BOOK[name].cells):
        (tmp_path / f"{name}_{n:02}_line_{cell.number}.py").write_text(cell.code + "\n")
    # What a cell takes from the first one, and what it shows by naming it last, is no fault.
    ignored = "--ignore=F821,D,B018,INP,E402,F401,N999,I"
    settings = ["--config", str(Path(__file__).parents[1] / "pyproject.toml"), tmp_path]
    for command in (["check", ignored], ["format", "--diff"]):
        ruff = [sys.executable, "-m", "ruff", *command, *settings]
        found = subprocess.run(ruff, capture_output=True, text=True)
        assert found.returncode == 0, found.stdout


# Planted faults.

OPEN = "```{{code-cell}} ipython3\n---\ntags: [{tag}]\n---\n{code}\n```\n\n"
FIRST = OPEN.format(
    tag="remove-cell", code="from azpak import Report, say\n\nreport = Report.load()"
)


def sample(code: str, prose: str = "They are {glue:text}`n`.", tags: str = "hide-input") -> Chapter:
    """Return a chapter of two sections, the first with a cell and a sentence."""
    one = f"(one)=\n## One\n\n{OPEN.format(tag=tags, code=code)}{prose}\n\n"
    return take_apart("sample", f"(s)=\n# Sample\n\n{FIRST}{one}(two)=\n## Two\n\nWords.\n")


GOOD = "n = len(report.events)\nsay(n=n)"


def test_a_sound_chapter_passes_every_check():
    assert [check(sample(GOOD)) for check in CHECKS] == [[]] * len(CHECKS)


def test_a_cell_that_jupyterlab_saved_is_read_as_the_one_it_was():
    saved = "```{code-cell} ipython3\n:tags: [hide-input]\n\nsay(n=1)\n```\n"
    (cell,) = take_apart("s", saved).cells
    assert (cell.number, cell.options, cell.code) == (4, {"tags": ["hide-input"]}, "say(n=1)")


@pytest.mark.parametrize(
    ("check", "chapter"),
    [
        (length_faults, sample("def f():\n    return 1\n" + GOOD)),
        (length_faults, sample("\n".join(f"x{n} = {n}" for n in range(LINES)) + "\n" + GOOD)),
        (length_faults, sample("for n in range(3):\n    say(n=n)")),
        (length_faults, sample("assert report.events.size\n" + GOOD)),
        (fold_faults, sample(GOOD, tags="remove-input")),
        (values_away_from_their_sentences, sample(GOOD, prose="Nothing is counted here.")),
        (values_away_from_their_sentences, sample(GOOD + "\nsay(n=n)")),
        (sentences_without_their_value, sample("say(m=1)", prose="{glue:text}`m` {glue:text}`n`")),
        (names_from_other_cells, sample("say(n=len(rows))")),
        (imports_without_use, sample("n = 1\nprint(n)")),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)  # fmt: skip
def test_a_planted_fault_is_found(check, chapter):
    assert check(chapter)
