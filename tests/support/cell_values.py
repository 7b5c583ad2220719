"""What the code cells of a chapter say to its prose, read without running them."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from support.chapter_text import Cell

# Imports that only reckon or format: what they are given decides whether a value is computed.
FORMATTERS = {
    "math", "re", "datetime", "pandas", "numpy", "itertools", "collections", "functools",
    "IPython", "azpak.dates", "azpak.output.table", "azpak.text", "azpak.vocabulary",
}  # fmt: skip
FORMATTING_NAMES = {"dates", "say", "table", "text", "vocabulary"}

# Strings given to these are patterns and conditions, not words for a reader.
NOT_SHOWN = {
    "query", "eval", "compile", "search", "match", "fullmatch", "sub", "split", "findall",
    "extract", "contains", "replace", "startswith", "endswith",
}  # fmt: skip

BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Said:
    """One value that a cell says: the line of its call, its name, its code."""

    number: int
    name: str
    value: str
    computed: bool


def said(cells: Iterable[Cell]) -> list[Said]:
    """Return every value that the cells say, and whether it rests on data."""
    trees = [(cell, ast.parse(cell.code)) for cell in cells]
    known = _computed_names(ast.Module([s for _, tree in trees for s in tree.body], []))
    return [
        Said(
            cell.number + node.lineno - 1,
            keyword.arg or "**",
            ast.unparse(keyword.value),
            _is_computed(keyword.value, known, hidden),
        )
        for cell, tree in trees
        for node, hidden in _walk(tree, frozenset())
        if isinstance(node, ast.Call) and _called(node) == "say"
        for keyword in node.keywords
    ]


def shown_strings(cell: Cell) -> list[tuple[int, str]]:
    """Return the strings of a cell that read as words: they hold white space, and are no pattern.

    The parts of an f-string are joined; what it computes is left out.
    """
    tree = ast.parse(cell.code)
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in NOT_SHOWN
        for inner in ast.walk(node)
    }
    skipped |= {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            skipped |= {id(inner) for inner in ast.walk(node.format_spec)}
        if id(node) in skipped or not isinstance(node, ast.Constant):
            continue
        if isinstance(node.value, str) and re.search(r"\s", node.value):
            found.append((cell.number + node.lineno - 1, node.value))
    return found


def _called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    return getattr(node.func, "id", None) or getattr(node.func, "attr", "")


def _walk(node: ast.AST, hidden: frozenset[str]) -> Iterator[tuple[ast.AST, frozenset[str]]]:
    """Yield each node with the parameters of the functions around it."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        hidden = hidden | {arg.arg for arg in ast.walk(node.args) if isinstance(arg, ast.arg)}
    yield node, hidden
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, hidden)


def _computed_names(module: ast.Module) -> set[str]:
    """Return the names that rest on an import of the project or on what one returned."""
    known = set()
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module not in FORMATTERS:
            known |= {a.asname or a.name for a in node.names} - FORMATTING_NAMES
        elif isinstance(node, ast.Import):
            known |= {a.asname or a.name for a in node.names if a.name not in FORMATTERS}
    before = -1
    while before != len(known):
        before = len(known)
        for node, hidden in _walk(module, frozenset()):
            for target, value in _bindings(node):
                if _is_computed(value, known, hidden):
                    known |= _names(target) - hidden
    return known


def _bindings(node: ast.AST) -> list[tuple[ast.AST | str, ast.AST]]:
    """Return what a node binds, and to what."""
    if isinstance(node, ast.Assign):
        return [(target, node.value) for target in node.targets]
    if isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and node.value:
        return [(node.target, node.value)]
    if isinstance(node, (ast.For, ast.comprehension)):
        return [(node.target, node.iter)]
    if isinstance(node, ast.With):
        return [(i.optional_vars, i.context_expr) for i in node.items if i.optional_vars]
    if isinstance(node, ast.FunctionDef):
        return [(node.name, part) for part in node.body]
    return []


def _names(target: ast.AST | str) -> set[str]:
    """Return the names a target binds: for ``a[i] = x``, ``a``."""
    if isinstance(target, str):
        return {target}
    if isinstance(target, (ast.Subscript, ast.Attribute)):
        return _names(target.value)
    if isinstance(target, (ast.Tuple, ast.List)):
        return set().union(*(_names(part) for part in target.elts))
    if isinstance(target, ast.Starred):
        return _names(target.value)
    return {target.id} if isinstance(target, ast.Name) else set()


def _is_computed(node: ast.AST, known: set[str], hidden: frozenset[str]) -> bool:
    """Return whether an expression names anything that rests on data."""
    return any(
        isinstance(inner, ast.Name)
        and inner.id in known
        and inner.id not in around
        and inner.id not in BUILTINS
        for inner, around in _walk(node, hidden)
    )
