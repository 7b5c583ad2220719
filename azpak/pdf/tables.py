"""A table to markup, with columns as wide as their content asks.

Typst sets a column of a given width without looking at what stands in it, and a word that is wider
runs over its neighbour. So the widths are computed here, from the widths of the characters: no
column is narrower than its longest word, and the rest goes where it makes the rows less high.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from azpak.pdf.fonts import BOLD, CODE, TEXT, width
from azpak.pdf.markup import BREAK, with_breaks

if TYPE_CHECKING:
    from azpak.pdf.convert import Page

# Points: the width of the text, on the sheets with small type, and in one of their two columns.
SHEET, DENSE_SHEET, COLUMN = 453.0, 493.0, 236.0
BOX = 17.0  # points: what the frame of a box takes
IN_COLUMNS = ("contradictions", "chronology", "glossary", "sources")
DENSE = ("codebook", *IN_COLUMNS)
SIZES = ((0, 8.4, 4.6), (6, 7.6, 3.2), (9, 6.8, 2.4))  # columns from which on, type, gap: points
SMALLEST = 5.8
CODE_SIZE = 0.864  # of the text around it
MARK = 1.2  # em: frame and air of a mark of confidence
SHORT = 0.17  # of the sheet: a column that needs no more, such as dates, is not wrapped
SPARE = 12.0  # points that a column of a narrow table gets beyond its content
LINE = 1.32
# Points. A higher row may break over pages, in all its cells: Typst lets a row that is higher than
# a page run over its foot.
TALLEST = 330.0
SAFETY = 1.02  # kerning and justification are not measured
DASH = re.compile("[-–—]")
WORD = re.compile(rf"[^\s{BREAK}]+?(?:[-–—](?=\w)|(?=[\s{BREAK}]|$))")
STEPS = 80


@dataclass(frozen=True)
class Cell:
    """A cell: how wide its longest word and its longest line are, and all it says, in em."""

    word: float
    line: float
    all: float
    span: int = 1


def markup(page: Page, table: HtmlElement) -> str:
    """Return a table as markup."""
    rows = [row.xpath("./td | ./th") for row in table.iter("tr")]
    rows = [row for row in rows if row]
    count = max(sum(_span(cell) for cell in row) for row in rows)
    sheet = room(page.name, table)
    break_names(table)
    cells = [[measured(cell) for cell in row] for row in rows]
    size, gap = next((s, g) for n, s, g in reversed(SIZES) if count >= n)
    columns, size = fitted(cells, count, sheet, size, gap)
    head, body = [], []
    for row, measures in zip(rows, cells, strict=True):
        widths = columns if len(row) == count else [sheet] * len(row)
        high = max(m.all / max(w, 1) for m, w in zip(measures, widths, strict=True))
        given = ["breakable: true"] if high * LINE * size**2 > TALLEST else []
        line = [_cell(page, cell, given) for cell in row]
        (head if row[0].getparent().getparent().tag == "thead" else body).append(", ".join(line))
    caption = table.xpath("./caption")
    listed = [f"table.header({', '.join(head)})"] if head else []
    return (
        f"#report-table({size}pt, {gap}pt, ({', '.join(f'{w:.1f}pt' for w in columns)},), "
        f"[{page.anchor(table)}], {f'[{page.inline(caption[0]).strip()}]' if caption else 'none'}, "
        + ",\n".join([*listed, *body]) + ");\n\n"
    )  # fmt: skip


def room(page: str, table: HtmlElement) -> float:
    """Return the width in points that a table may have."""
    wide = COLUMN if page in IN_COLUMNS else DENSE_SHEET if page in DENSE else SHEET
    return wide - BOX if table.xpath("boolean(ancestor::aside)") else wide


def _span(cell: HtmlElement) -> int:
    return int(cell.get("colspan", 1))


def _cell(page: Page, cell: HtmlElement, row: Sequence[str]) -> str:
    """Return a cell; `row` is what all cells of its row are given."""
    given = [f"{a}: {cell.get(a)}" for a in ("colspan", "rowspan") if cell.get(a, "1") != "1"]
    given += row
    if "text-right" in cell.get("class", ""):
        given.append("align: right")
    body = page.blocks(cell).strip()
    in_head = cell.getparent().getparent().tag == "thead"
    name = "row-head" if cell.tag == "th" and not in_head else "table.cell"
    if name == "table.cell" and not given:
        return f"[{body}]"
    return f"{name}({', '.join(given)})[{body}]"


def break_names(table: HtmlElement) -> None:
    """Let long names break at their joints."""
    for element in table.iter():
        if element.tag == "code":
            continue
        if element.text:
            element.text = with_breaks(element.text)
        if element.tail and element is not table:
            element.tail = with_breaks(element.tail)


def measured(cell: HtmlElement) -> Cell:
    """Return how much room a cell asks for."""
    inner = list(cell.iterdescendants())
    codes = [element for element in inner if element.tag == "code"]
    face = BOLD if cell.tag == "th" or any(e.tag == "strong" for e in inner) else TEXT
    words, marked = [0.0], False
    for element in codes:
        parts = with_breaks(element.text_content()).replace(BREAK, " ").split()
        words += (width(part, CODE) * CODE_SIZE for part in parts)
    for element in inner:
        if "confidence-" in element.get("class", ""):
            words.append(width(element.text_content(), BOLD) * 0.86 + MARK)
            marked = True
    blocks = [element for element in inner if element.tag in ("p", "li")] or [cell]
    lines = [" ".join("".join(block.itertext()).split()) for block in blocks]
    for line in lines:
        words += (width(word, face) for word in _words(line))
    extra = MARK if marked else 0
    of_line, scale = (CODE, CODE_SIZE) if codes else (face, 1)
    long = [width(line.replace(BREAK, ""), of_line) * scale + extra for line in lines]
    return Cell(max(words), max([*words, *long]), max(sum(long), 0.1), _span(cell))


def _words(line: str) -> Iterator[str]:
    """Yield what stands on a line between the places where it may break."""
    for word in line.replace(BREAK, " ").split():
        if DASH.search(word):
            yield from (part[0] for part in WORD.finditer(word))
        else:
            yield word


def fitted(
    cells: Sequence[Sequence[Cell]], count: int, sheet: float, size: float, gap: float
) -> tuple[list[float], float]:
    """Return the widths of the columns in points, and the size of type at which they fit."""
    plain = [row for row in cells if len(row) == count and all(cell.span == 1 for cell in row)]
    if not plain:
        return [sheet / count] * count, size
    gaps = [gap if n in (0, count - 1) else 2 * gap for n in range(count)]
    while True:
        least = [max(r[n].word for r in plain) * size * SAFETY + gaps[n] for n in range(count)]
        if sum(least) <= sheet or size <= SMALLEST:
            break
        size = round(size - 0.2, 1)
    most = [max(r[n].line for r in plain) * size * SAFETY + gaps[n] for n in range(count)]
    if sum(least) > sheet:
        return [w * sheet / sum(least) for w in least], size
    if sum(most) <= sheet:
        spare = min(sheet - sum(most), SPARE * count)
        spare = sheet - sum(most) if sheet - sum(most) - spare < 0.2 * sheet else spare
        return [w + spare / count for w in most], size
    short = [w if w <= SHORT * sheet else 0 for w in most]
    if sum(max(s, w) for s, w in zip(short, least, strict=True)) <= 0.75 * sheet:
        least = [max(s, w) for s, w in zip(short, least, strict=True)]
    needs = [[row[n].all * size for n in range(count)] for row in plain]
    return _shared(needs, least, most, gaps, sheet), size


def _shared(
    needs: Sequence[Sequence[float]], least: Sequence[float], most: Sequence[float],
    gaps: Sequence[float], sheet: float,
) -> list[float]:  # fmt: skip
    """Return widths that give the room, step by step, to the column that lowers the rows most."""
    columns = list(least)
    step = (sheet - sum(least)) / STEPS
    room = [max(wide - gap, 1) for wide, gap in zip(columns, gaps, strict=True)]
    rows = [[need / wide for need, wide in zip(row, room, strict=True)] for row in needs]
    rows = [(row, heights) for row, heights in zip(needs, rows, strict=True) if max(heights) > 1]
    for _ in range(STEPS):
        gain = [0.0] * len(columns)
        for _, heights in rows:
            high = 0.9 * max(heights)
            for n, height in enumerate(heights):
                if height > 1 and height > high:
                    gain[n] += height / (columns[n] - gaps[n])
        best = max(range(len(columns)), key=lambda n: gain[n] if columns[n] < most[n] else -1)
        columns[best] += step
        wide = max(columns[best] - gaps[best], 1)
        for row, heights in rows:
            heights[best] = row[best] / wide
    return columns
