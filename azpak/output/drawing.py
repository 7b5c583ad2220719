"""A drawing laid out once and saved as files: two SVGs of one pass, PNG and PDF.

Every file bears the headline, the source, the credit and the licence: in its metadata all of them,
and drawn all but the headline, which the page has as text above the image.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

import numpy as np
from fontTools import subset
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image, PngImagePlugin

from azpak.output import style
from azpak.output.form import WIDE, Form
from azpak.output.legible import clear_of_rules, typeset

__all__ = ["Sheet", "Words", "saved", "settled", "sheet", "two_svgs"]

PNG_DPI = 200
LAYOUT_DPI = 288  # at which widths of text differ least from those without any pixels
DIGITS = 6  # of a position, as a part of the figure's width or height
CREDIT = "Figure: AZPAK contributors, CC BY 4.0."
AUTHOR = "AZPAK contributors"
COLOURS = 1 << 24  # that a pixel may have
PACKED = 6  # of 9: the last three take eight times as long for a twentieth of the bytes
PNG_COLOURS = 256  # shades of a drawing: more cannot be told apart, and weigh twice as much
GAP = 0.1  # inches between drawing, title and source line
MARGIN = 0.08  # inches around all of it
POINTS = 72  # an inch
LAST = 1e6  # the order of what only the sheet shows: drawn after all that the page shows too
TITLE, FOOT = "sheet-title", "sheet-source"  # ids of groups in the SVG

# What lays text out. matplotlib has used it when it places glyphs by their number, and no reader of
# a PDF does; to cut it down to the glyphs drawn takes longer than all the rest of the file.
LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF")

# Whatever would make two builds differ is left out of the files.
UNDATED = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


@dataclass(frozen=True)
class Words:
    """What the files of a drawing say of it.

    Attributes
    ----------
    title : str
        The headline.
    alt : str
        What a reader who cannot see it must know.
    source : str
        The source line, without the word "Source".
    """

    title: str
    alt: str
    source: str

    @property
    def foot(self) -> str:
        """Source, credit and licence, as they are drawn below the figure."""
        return f"Source: {self.source} {CREDIT}"


@dataclass(frozen=True)
class Sheet:
    """A drawing with title and source line.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The drawing, laid out.
    words : Words
        What its files say of it.
    page : matplotlib.transforms.Bbox
        What the page shows of it, without the title (inches).
    whole : matplotlib.transforms.Bbox
        What the files to hand out show (inches).
    lines : tuple of matplotlib.text.Text
        The title and the source line.
    """

    figure: Figure
    words: Words
    page: Bbox
    whole: Bbox
    lines: tuple[Text, ...]

    @contextmanager
    def shown(self) -> Iterator[Sheet]:
        """Show the title and the source line within, and hide them again."""
        for line in self.lines:
            line.set_visible(True)
        try:
            yield self
        finally:
            for line in self.lines:
                line.set_visible(False)


def settled(figure: Figure) -> Bbox:
    """Lay out the figure for good, and return what it covers in inches.

    Laying it out takes longer than drawing it, and would move it by a point from file to file.
    """
    figure.set_dpi(LAYOUT_DPI)
    FigureCanvasAgg(figure)  # else each text is measured on a ground of its own, none remembered
    for text in figure.findobj(Text):
        if "'" in text.get_text():
            text.set_text(typeset(text.get_text()))
    engine = figure.get_layout_engine()
    for _ in range(2):  # axes with a fixed aspect settle at the second time
        if engine is not None:
            engine.execute(figure)
        for axes in figure.axes:
            axes.apply_aspect()
    for legend in figure.legends:  # else it would stand in the frame of each file
        legend.set_bbox_to_anchor((0, 0, 1, 1), transform=figure.transFigure)
    figure.set_layout_engine(None)  # "none" would keep a stand-in, and draw each file twice for it
    for axes in figure.axes:  # the solver's last bits differ from drawing to drawing, and so its -0
        axes.set_position([round(side, DIGITS) + 0.0 for side in axes.get_position().bounds])
    covered = figure.get_tightbbox()
    clear_of_rules(figure)
    return covered


def sheet(figure: Figure, words: Words, form: Form = WIDE) -> Sheet:
    """Lay out the figure, with the title above it and the source line below, and hide these."""
    drawn = settled(figure)
    wide, high = figure.get_size_inches()
    title, below = typeset(words.title), typeset(words.foot)
    headline = figure.text(
        0, (drawn.y1 + GAP) / high, textwrap.fill(title, form.title_characters), ha="left",
        va="bottom", fontsize=11, fontweight="semibold", gid=TITLE, zorder=LAST,
    )  # fmt: skip
    foot = figure.text(
        0, (drawn.y0 - GAP) / high, textwrap.fill(below, form.foot_characters), ha="left",
        va="top", fontsize=style.SMALLEST, color=style.MUTED, gid=FOOT, zorder=LAST,
    )  # fmt: skip
    covered = [text.get_tightbbox() for text in (headline, foot)]  # dots
    above, under = (box.transformed(figure.dpi_scale_trans.inverted()) for box in covered)
    column = Bbox([[0, drawn.y0], [wide, drawn.y1]])  # so that every figure has one scale
    page = Bbox.union([drawn, column, under])
    whole = Bbox.union([page, above]).padded(MARGIN)
    for line in (headline, foot):
        line.set_visible(False)
    return Sheet(figure, words, page.padded(MARGIN), whole, (headline, foot))


def saved(shown: Sheet, kind: str) -> bytes:
    """Return the sheet as a file of this kind, ``png`` or ``pdf``."""
    words = shown.words
    if kind == "pdf":
        said = {"Title": words.title, "Author": AUTHOR, "Subject": f"{words.alt} {words.foot}"}
        with lean_fonts():
            return _saved(shown.figure, "pdf", shown.whole, said)
    return _in_few_colours(_saved(shown.figure, "png", shown.whole), words)


def _in_few_colours(png: bytes, words: Words) -> bytes:
    """Return a PNG in a palette of its own colours, with its words in its metadata."""
    said = PngImagePlugin.PngInfo()
    for key, text in {
        "Title": words.title, "Author": AUTHOR, "Description": words.alt, "Source": words.source,
        "Copyright": CREDIT,
    }.items():  # fmt: skip
        said.add_itxt(key, text, lang="en")
    buffer = io.BytesIO()
    few = _with_own_palette(Image.open(io.BytesIO(png)).convert("RGB"))
    few.save(buffer, "png", pnginfo=said, dpi=(PNG_DPI, PNG_DPI), compress_level=PACKED)
    return buffer.getvalue()


def _with_own_palette(drawn: Image.Image) -> Image.Image:
    """Return an image in the colours it has most of; each other takes the nearest of these.

    It has a million pixels and some thousand colours: the pixels are neither sorted nor counted
    here, but looked up.
    """
    red, green, blue = np.asarray(drawn).transpose(2, 0, 1).astype("int32")
    pixels = red << 16 | green << 8 | blue
    counted = drawn.getcolors(pixels.size)
    found, counts = np.array(sorted((r << 16 | g << 8 | b, n) for n, (r, g, b) in counted)).T
    most = found[np.lexsort((found, -counts))[:PNG_COLOURS]]
    parts, chosen = (
        np.stack([c >> 16, c >> 8 & 255, c & 255], axis=1).astype("float32") for c in (found, most)
    )
    distances = (chosen**2).sum(axis=1) - 2 * parts @ chosen.T  # whole numbers, and so exact
    nearest = np.zeros(COLOURS, "uint8")
    nearest[found] = distances.argmin(axis=1)
    few = Image.fromarray(nearest[pixels])
    few.putpalette(chosen.astype("uint8").tobytes())
    return few


def two_svgs(shown: Sheet) -> tuple[str, str]:
    """Return the SVG of the page and that of the sheet, from one drawing.

    It is drawn with the page's frame, outside which the title lies: the page leaves that group
    out, the sheet has a wider frame.
    """
    drawn = _named(_saved(shown.figure, "svg", shown.page).decode(), shown.words)
    page = _replaced(rf'  <g id="{TITLE}">\n.*?\n  </g>\n', "", drawn)
    left, top = shown.whole.x0 - shown.page.x0, shown.page.y1 - shown.whole.y1
    sides = (left, top, shown.whole.width, shown.whole.height)
    x, y, wide, high = (f"{round(POINTS * side, DIGITS):.10g}" for side in sides)
    frame = f'width="{wide}pt" height="{high}pt" viewBox="{x} {y} {wide} {high}"'
    whole = _replaced(r'width="[0-9.]+pt" height="[0-9.]+pt" viewBox="[0-9. ]+"', frame, drawn)
    ground = f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{style.GROUND}"/>'
    return page, _replaced(r'(?= <g id="figure_1">\n)', f" {ground}\n", whole)


def _named(svg: str, words: Words) -> str:
    """Return a drawing that says its title and what it shows, in place of the empty metadata."""
    said = f"{words.alt} {words.foot}"
    text = f" <title>{escape(words.title)}</title>\n <desc>{escape(said)}</desc>\n"
    return _replaced(r" <metadata>.*?</metadata>\n", text, svg)


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


def _saved(figure: Figure, kind: str, frame: Bbox, said: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    fast = {"pil_kwargs": {"compress_level": 0}} if kind == "png" else {}  # it is packed below
    figure.savefig(
        buffer, format=kind, dpi=PNG_DPI, bbox_inches=frame, metadata=UNDATED[kind] | (said or {}),
        **fast,
    )  # fmt: skip
    return buffer.getvalue()
