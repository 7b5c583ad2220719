"""No number stands typed in the words that findings and figures hand to readers.

What a chapter may not type in a sentence, no title, alternative text, description or cell of a
table may either: a string with a number in it says something that data could contradict.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from test_prose import NAMES

from support.cell_values import shown_strings
from support.chapter_text import Cell, without_roles

ROOT = Path(__file__).parents[1]
MODULES = sorted([*(ROOT / "azpak" / "findings").rglob("*.py"), *(ROOT / "figures").rglob("*.py")])

# Digits that are a name or a definition, and change with no row of the data.
FIXED = {
    r"155 mm": "a calibre that names a type of gun",
    r"GM200": "a type of radar",
    r"DOI 10\.55163/[A-Z0-9]+": "the permanent name of a data set",
    r"CC BY 4\.0": "the name of a licence",
    r"1:\d+m": "the scale that a release of Natural Earth is named by",
    r"\+proj=.*": "a map projection, which no reader sees",
    r" \+l(?:at|on)_\d=": "a part of one",
    r"Kappa is 0 where": "a value of kappa, as defined",
    r"and 1 where they agree always": "a value of kappa, as defined",
    r"5th to the 95th percentile": "the bounds in which the estimates are published",
}
ALLOWED = re.compile("|".join([*(rf"(?<![\w/]){name}(?![\w/])" for name in NAMES), *FIXED]))
# What is said to who runs the report and not to who reads it.
ERRORS = {"DataError", "MeasureError", "AssertionError", "ValueError", "KeyError", "_described"}


def words_of(code: str) -> list[tuple[int, str]]:
    """Return the strings of a module that readers may see, with their lines."""
    tree = ast.parse(code)
    hidden = {
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant)
    }
    hidden |= {
        node.body[0].lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }
    return [found for found in shown_strings(Cell(1, {}, code)) if found[0] not in hidden]


def typed(code: str) -> list[str]:
    """Return each number that stands typed in the words of a module, with its line."""
    return [
        f"{line}: {match[0]}"
        for line, text in words_of(code)
        for match in re.finditer(r"\S*\d\S*", ALLOWED.sub(" ", without_roles(text)))
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_number_stands_typed_in_words_that_a_reader_sees(path):
    assert typed(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'alt = f"Steps from 1991 to {last}: "',
        'source = ("Votes to "\n"4 June 2024.")',
        'PANELS = {"a": "Order of 2024"}',
        'def f():\n    """A."""\n    return rows.assign(what="in 12 rows")',
    ],
)
def test_a_typed_number_is_found(code):
    assert len(typed(code)) == len(re.findall(r"\b\d+\b", code))


@pytest.mark.parametrize(
    "code",
    [
        '"""What 2024 brought."""\nx = 1',
        'def f():\n    """Return all of 2024."""\n    return f"JF-17 of {year}"',
        'raise DataError("no row", way_out="Write them as RUS 51; ISR 43")',
        'rows.query("year > 2019 and x")',
        'x = f"{share:.1f} per cent"',
    ],
)
def test_names_errors_conditions_and_docstrings_are_no_typed_numbers(code):
    assert typed(code) == []


def test_every_allowed_number_stands_somewhere():
    words = "\n".join(
        text for path in MODULES for _, text in words_of(path.read_text(encoding="utf-8"))
    )
    assert [name for name in FIXED if not re.search(name, words)] == []
