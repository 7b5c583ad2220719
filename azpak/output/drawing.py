"""A drawing laid out once and saved as files: two SVGs of one pass, PNG and PDF."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fontTools import subset
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from azpak.output import style

__all__ = ["Sheet", "saved", "settled", "sheet", "two_svgs"]

PNG_DPI = 200
LAYOUT_DPI = 288  # at which widths of text differ least from those without any pixels
DIGITS = 6  # of a position, as a part of the figure's width or height
TITLE_CHARACTERS = 72  # what fits the width at the title's size
SOURCE_CHARACTERS = 105
TITLE_GAP = 0.1  # inches between drawing, title and source line
MARGIN = 0.08  # inches around all of it
POINTS = 72  # an inch
LAST = 1e6  # the order of what only the sheet shows: drawn after all that the page shows too
ONLY_ON_SHEET = ("sheet-title", "sheet-source")  # ids of groups in the SVG

# What lays text out. matplotlib has used it when it places glyphs by their number, and no reader of
# a PDF does; to cut it down to the glyphs drawn takes longer than all the rest of the file.
LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF")

# Whatever would make two builds differ is left out of the files.
METADATA = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


@dataclass(frozen=True)
class Sheet:
    """A drawing with title and source line.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The drawing, laid out.
    page : matplotlib.transforms.Bbox
        What the page shows of it, without title and source line (inches).
    whole : matplotlib.transforms.Bbox
        What the files to hand out show (inches).
    """

    figure: Figure
    page: Bbox
    whole: Bbox


def settled(figure: Figure) -> Bbox:
    """Lay out the figure for good, and return what it covers in inches.

    Laying it out takes longer than drawing it, and would move it by a point from file to file.
    """
    figure.set_dpi(LAYOUT_DPI)
    engine = figure.get_layout_engine()
    for _ in range(2):  # axes with a fixed aspect settle at the second time
        if engine is not None:
            engine.execute(figure)
        for axes in figure.axes:
            axes.apply_aspect()
    figure.set_layout_engine(None)  # "none" would keep a stand-in, and draw each file twice for it
    for axes in figure.axes:  # the solver's last bits differ from drawing to drawing
        axes.set_position([round(side, DIGITS) for side in axes.get_position().bounds])
    return figure.get_tightbbox()


@contextmanager
def sheet(figure: Figure, title: str, source: str) -> Iterator[Sheet]:
    """Lay out the figure; within, the title stands above it and the source line below."""
    drawn = settled(figure)
    wide, high = figure.get_size_inches()
    headline = figure.text(
        drawn.x0 / wide,
        (drawn.y1 + TITLE_GAP) / high,
        textwrap.fill(title, TITLE_CHARACTERS),
        ha="left",
        va="bottom",
        fontsize=11,
        fontweight="semibold",
    )
    below = figure.text(
        drawn.x0 / wide,
        (drawn.y0 - TITLE_GAP) / high,
        textwrap.fill(f"Source: {source} Figure: AZPAK contributors.", SOURCE_CHARACTERS),
        ha="left",
        va="top",
        fontsize=7.5,
        color=style.MUTED,
    )
    added: tuple[Text, ...] = (headline, below)
    for text, name in zip(added, ONLY_ON_SHEET, strict=True):
        text.set(gid=name, zorder=LAST)
    covered = [text.get_tightbbox() for text in added]  # dots
    inches = [box.transformed(figure.dpi_scale_trans.inverted()) for box in covered]
    try:
        yield Sheet(figure, drawn.padded(MARGIN), Bbox.union([drawn, *inches]).padded(MARGIN))
    finally:
        for text in added:
            text.remove()


def saved(shown: Sheet, kind: str) -> bytes:
    """Return the sheet as a file of this kind, ``png`` or ``pdf``."""
    with lean_fonts():
        return _saved(shown.figure, kind, shown.whole)


def two_svgs(shown: Sheet) -> tuple[str, str]:
    """Return the SVG of the page and that of the sheet, from one drawing.

    It is drawn with the page's frame, outside which title and source line lie: the page leaves
    these two groups out, the sheet has a wider frame.
    """
    drawn = _saved(shown.figure, "svg", shown.page).decode()
    page = drawn
    for name in ONLY_ON_SHEET:
        page = _replaced(rf'  <g id="{name}">\n.*?\n  </g>\n', "", page)
    left, top = shown.whole.x0 - shown.page.x0, shown.page.y1 - shown.whole.y1
    sides = (left, top, shown.whole.width, shown.whole.height)
    x, y, wide, high = (f"{round(POINTS * side, DIGITS):.10g}" for side in sides)
    frame = f'width="{wide}pt" height="{high}pt" viewBox="{x} {y} {wide} {high}"'
    whole = _replaced(r'width="[0-9.]+pt" height="[0-9.]+pt" viewBox="[0-9. ]+"', frame, drawn)
    ground = f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="white"/>'
    return page, _replaced(r'(?= <g id="figure_1">\n)', f" {ground}\n", whole)


def _replaced(pattern: str, by: str, svg: str) -> str:
    """Replace what matplotlib writes once; raise where it is not there, or not once."""
    text, times = re.subn(pattern, lambda _: by, svg, flags=re.DOTALL)
    if times != 1:
        raise RuntimeError(f"a drawing holds {times} times what it should hold once: {pattern}")
    return text


@contextmanager
def lean_fonts() -> Iterator[None]:
    """Let the fonts that go into a PDF be opened without the tables that lay text out.

    matplotlib has no setting for it; it opens each font by fontTools' public `load_font`.
    """
    load_font = subset.load_font
    subset.load_font = lambda *args, **options: without_layout(load_font(*args, **options))
    try:
        yield
    finally:
        subset.load_font = load_font


def without_layout(font):
    """Drop the tables that lay text out from an opened font, and return it."""
    for tag in LAYOUT_TABLES:
        if tag in font:
            del font[tag]
    return font


def _saved(figure: Figure, kind: str, frame: Bbox) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind, dpi=PNG_DPI, bbox_inches=frame, metadata=METADATA[kind])
    return buffer.getvalue()
