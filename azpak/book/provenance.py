"""What each value that a cell says was computed from, read off the cell.

The expression is the one given to `say`, without the function of `azpak.text` that prints it, and
with the names that the cell made replaced by what they stand for: ``share`` in
``share = votes.agreement(report, "AZE", "PAK").share`` by the call. So the same quantity has the
same expression in every chapter, whatever its sentence calls it.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from azpak import text

__all__ = ["computed_from"]

REPORT = "report"  # the name that every chapter has for what it loaded
_PRINTS = frozenset(text.__all__)  # functions that print a value and do not change it
_OF_PRINTED = ("of", "capital")  # methods of what is printed that keep its value
_TWO = ("bounds", "open_bounds", "span_of_years")  # print two ends


def computed_from(code: str) -> dict[str, str]:
    """Return what each name that a cell gives to `say` was computed from.

    Parameters
    ----------
    code
        The code of a cell.

    Returns
    -------
    dict of str to str
        By name, a Python expression on what the first cell of the chapter imports.
    """
    made: dict[str, ast.expr] = {}
    found = {}
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Assign):
            for name, value in _bound(statement):
                if name != REPORT:
                    made[name] = _Inlined(made).visit(copy.deepcopy(value))
        for call in _says(statement):
            for given in call.keywords:
                if given.arg:
                    value = _Inlined(made).visit(copy.deepcopy(given.value))
                    found[given.arg] = ast.unparse(_unprinted(value))
    return found


def _says(statement: ast.stmt) -> Iterator[ast.Call]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
            yield node


def _bound(statement: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that an assignment makes, each with what it stands for."""
    for target in statement.targets:
        if isinstance(target, ast.Name):
            yield target.id, statement.value
        elif isinstance(target, ast.Tuple):
            for n, part in enumerate(target.elts):
                if isinstance(part, ast.Name):
                    yield part.id, _part(statement.value, n)


def _part(value: ast.expr, n: int) -> ast.expr:
    if isinstance(value, ast.Tuple) and not any(isinstance(e, ast.Starred) for e in value.elts):
        return value.elts[n]
    return ast.Subscript(value, ast.Constant(n), ast.Load())


class _Inlined(ast.NodeTransformer):
    """Puts what names stand for in their place."""

    def __init__(self, made: dict[str, ast.expr]) -> None:
        self.made = made

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id in self.made:
            return copy.deepcopy(self.made[node.id])
        return node


def _unprinted(value: ast.expr) -> ast.expr:
    """Return an expression without the functions around it that only print."""
    while isinstance(value, ast.Call):
        called = value.func
        if _keeps_printed(called):
            value = called.value
        elif isinstance(called, ast.Name) and called.id in _PRINTS and value.args:
            value = _shown(value.args, called.id in _TWO)
        else:
            break
    return value


def _keeps_printed(called: ast.expr) -> bool:
    """Whether a method of what a function of `azpak.text` has printed is called."""
    return (
        isinstance(called, ast.Attribute)
        and called.attr in _OF_PRINTED
        and isinstance(called.value, ast.Call)
        and getattr(called.value.func, "id", "") in _PRINTS
    )


def _shown(arguments: list[ast.expr], two: bool) -> ast.expr:
    """Return what a printing function is given to print: one value, or two ends."""
    first, *rest = arguments
    if isinstance(first, ast.Starred):
        return first.value
    return ast.Tuple([first, rest[0]], ast.Load()) if two and rest else first
