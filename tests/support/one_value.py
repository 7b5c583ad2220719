"""Find one quantity that is printed with two values, from what each value was computed from."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any, NamedTuple

Value = dict[str, Any]

# Units of one dimension, by what makes their numbers comparable.
SCALES = {
    "share": ("per cent", 100),
    "US dollars": ("US dollars", 1),
    "million US dollars": ("US dollars", 1e6),
    "billion US dollars": ("US dollars", 1e9),
    "visits": ("visitors", 1),
    "thousand visits": ("visitors", 1e3),
}
# These print in their own way (days in words, ranks as ordinals) or are no measure.
NO_MEASURE = {"date", "year", "years", "name", "wording", "rank", "weightings, year"}
# Numbers of few figures meet by chance: only one with so many says that it is the same number.
# Shares of few draws meet more easily, and so does what a number may be rounded to.
FIGURES, FIGURES_IF_ROUNDED = 3, 4
FIGURES_OF_SHARES = 4
FEW = 40
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")


class Pair(NamedTuple):
    """Two values that print one quantity in two ways."""

    rule: str
    one: tuple[str, str]
    other: tuple[str, str]
    told: str


def faults(values: Iterable[Value], ids: frozenset[str]) -> list[Pair]:
    """Return the pairs of values that print one quantity with two values.

    Parameters
    ----------
    values
        Rows of ``values.json``.
    ids
        Keys of rows and topics of claims: an expression that names one speaks of it.
    """
    measured = [v for v in values if v["unit"] not in NO_MEASURE and raws(v)]
    return sorted({*_by_expression(measured), *_by_number(measured), *_by_row(measured, ids)})


def wrong_units(values: Iterable[Value]) -> list[str]:
    """Return the values whose text prints another number than they hold in the unit they name."""
    return [
        f"{v['chapter']}: {v['name']} prints {v['text']} and holds {v['raw']} {v['unit']}"
        for v in values
        if v["unit"] not in NO_MEASURE and raws(v)
        for held in [[r * times for r in raws(v) for times in _as_printed(v)]]
        if not all(any(_prints(text, r) for r in held) for text in NUMBER.findall(v["text"]))
    ]


def raws(value: Value) -> list[float]:
    """Return the numbers that a value holds, in its own unit."""
    return list(_numbers(value["raw"]))


def shown(value: Value) -> tuple[float, ...]:
    """Return the numbers that a value prints, in the unit of its dimension."""
    printed = [_float(text) for text in NUMBER.findall(value["text"])] or raws(value)
    scale = SCALES.get(value["unit"], ("", 1))[1]
    if value["unit"] == "share":  # printed in hundredths, or as a part of one
        texts = NUMBER.findall(value["text"])
        parts = all(any(_prints(text, raw) for raw in raws(value)) for text in texts)
        scale = 100 if parts else 1
    return tuple(float(f"{scale * number:.9g}") for number in printed)


def expression(value: Value) -> str:
    """Return what a value was computed from, but for division by a constant, and rounding."""
    node = ast.parse(value["computed_from"], mode="eval").body
    while True:
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Mult)):
            right = node.right
            if not (isinstance(right, ast.Constant) or ast.unparse(right).isupper()):
                break
            node = node.left
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("round", "int"):
            node = node.args[0]
        else:
            break
    return ast.unparse(node)


def _by_expression(values: list[Value]) -> Iterator[Pair]:
    """Yield values of one expression that print different numbers."""
    alike = defaultdict(list)
    for value in values:
        if value["computed_from"]:
            alike[expression(value), _dimension(value)].append(value)
    for (text, _), same in alike.items():
        for one, other in combinations(same, 2):
            if shown(one) != shown(other):
                yield _pair("one expression", one, other, text)


def _by_number(values: list[Value]) -> Iterator[Pair]:
    """Yield values that hold one number and print it otherwise, or alone and as an end."""
    by_dimension = defaultdict(list)
    for value in values:
        by_dimension[_dimension(value)].append((value, _held(value)))
    for dimension, same in by_dimension.items():
        least = FIGURES_OF_SHARES if dimension == "per cent" else FIGURES
        for (one, held), (other, others) in combinations(same, 2):
            for number, text in held.items():
                for another, its_text in others.items():
                    if text != its_text and _one_number(number, another, least):
                        yield _pair("one number", one, other, f"{text:g} and {its_text:g}")
            both = {n for n in held.keys() & others.keys() if _figures(n) >= least}
            if both and {len(held), len(others)} == {1, 2}:
                yield _pair("alone and as an end", one, other, f"{min(both):g}")


def _by_row(values: list[Value], ids: frozenset[str]) -> Iterator[Pair]:
    """Yield values of two chapters that speak of one row or topic and print other numbers."""
    told: dict[Any, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for value in values:
        for key in _rows(value, ids):
            told[key, _dimension(value)][value["chapter"]].append(value)
    for ((row, _), _), chapters in told.items():
        for one, other in combinations(chapters.values(), 2):
            numbers = [{n for v in of for n in shown(v)} for of in (one, other)]
            if numbers[0] != numbers[1]:
                yield _pair("one row", one[0], other[0], row)


def _rows(value: Value, ids: frozenset[str]) -> set[tuple[str, str]]:
    """Return the rows and topics that an expression names, with the column it takes."""
    if not value["computed_from"]:
        return set()
    node = ast.parse(expression(value), mode="eval").body
    last = node.slice if isinstance(node, ast.Subscript) else None
    column = str(last.value) if isinstance(last, ast.Constant) else ""
    found = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)} & ids
    return {(row, "" if column.startswith("value_") else column) for row in found}


def _held(value: Value) -> dict[float, float]:
    """Return the numbers that a value holds, each with how it prints, where that can be told."""
    scale = SCALES.get(value["unit"], ("", 1))[1]
    numbers = [float(f"{scale * number:.10g}") for number in raws(value)]
    if value["unit"] == "share" and all(map(_is_simple, numbers)):
        return {}
    printed = shown(value)
    if len(numbers) == 2 and len(printed) == 1:
        printed *= 2
    return dict(zip(numbers, printed, strict=True)) if len(numbers) == len(printed) else {}


def _as_printed(value: Value) -> tuple[int, ...]:
    """Return what a number may be multiplied by before it prints: a share by 100, or by nothing."""
    return (100, 1) if value["unit"] == "share" else (1,)


def _is_simple(share: float) -> bool:
    """Whether a share is one of few: two of three is met in many places."""
    return abs(Fraction(share / 100).limit_denominator(FEW) - Fraction(share / 100)) < 1e-9


def _one_number(one: float, other: float, least: int) -> bool:
    """Whether two numbers are the same, or one of them is the other rounded."""
    if one == other:
        return _figures(one) >= least
    short, long = sorted((one, other), key=_figures)
    return _figures(short) >= FIGURES_IF_ROUNDED and float(f"{long:.{_figures(short)}g}") == short


def _figures(number: float) -> int:
    return len(Decimal(repr(abs(number))).normalize().as_tuple().digits)


def _dimension(value: Value) -> str:
    return SCALES.get(value["unit"], (value["unit"],))[0]


def _prints(text: str, number: float) -> bool:
    places = len(text.partition(".")[2])
    return abs(_float(text) - number) <= 0.500001 * 10**-places


def _float(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def _numbers(raw: Any) -> Iterator[float]:
    if isinstance(raw, list):
        for part in raw:
            yield from _numbers(part)
    elif isinstance(raw, (int, float)) and not isinstance(raw, bool):
        yield raw


def _pair(rule: str, one: Value, other: Value, told: str) -> Pair:
    first, second = sorted((v["chapter"], v["name"]) for v in (one, other))
    return Pair(rule, first, second, told)
