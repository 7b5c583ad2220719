"""A figure with everything a page needs to show, describe, cite and hand it out."""

from __future__ import annotations

import base64
import io
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from azpak.output import mime, style

if TYPE_CHECKING:
    from azpak.report import Report

__all__ = ["REGISTERED", "ReportFigure", "figure"]

PNG_DPI = 200
LAYOUT_DPI = 288  # at which widths of text differ least from those without any pixels
DIGITS = 6  # of a position, as a part of the figure's width or height
TITLE_CHARACTERS = 72  # what fits the width at the title's size
SOURCE_CHARACTERS = 105
TITLE_GAP = 0.1  # inches between drawing, title and source line
MARGIN = 0.08  # inches around all of it


@dataclass(frozen=True)
class ReportFigure:
    """One figure of the report.

    Parameters
    ----------
    title : str
        Headline that says the finding. On the page it is text above the image; it is drawn only
        into the exported files.
    alt : str
        What a reader who cannot see the figure must know, in one or two sentences.
    description : str
        The longer description: what is drawn and the values that matter.
    data : pandas.DataFrame
        The rows that are drawn, as they are handed out as CSV.
    source : str
        Source line, without the word "Source", ending in a full stop.
    figure : matplotlib.figure.Figure
        The drawing, without title and source line.
    id : str
        Permanent name, also that of the exported files; `figure` gives it.
    """

    title: str
    alt: str
    description: str
    data: pd.DataFrame
    source: str
    figure: Figure = field(repr=False)
    id: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if not self.id:  # checked when it has its name, by which a fault is known
            return
        if self.data.empty:
            raise ValueError(f"figure {self.id}: there are no rows to draw")
        for name in ("title", "alt", "description", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"figure {self.id}: {name} is empty")

    def svg(self) -> str:
        """Return the drawing for the page, without title, as SVG text."""
        return self._files[0].decode()

    def exports(self) -> dict[str, bytes]:
        """Return the files to hand out (svg, png, pdf), with title and source drawn in."""
        return dict(self._files[1])

    @cached_property
    def _files(self) -> tuple[bytes, dict[str, bytes]]:
        """The drawing for the page and the exports, all of one layout, saved once."""
        with style.applied():
            drawn = _settled(self.figure)
            page = _saved(self.figure, "svg", drawn)
            added, sheet = _draw_title_and_source(self, drawn)
            try:
                return page, {
                    kind: _saved(self.figure, kind, sheet) for kind in ("svg", "png", "pdf")
                }
            finally:
                for artist in added:
                    artist.remove()

    def csv(self) -> str:
        """Return the rows drawn as CSV."""
        return self.data.to_csv(index=False, lineterminator="\n")

    def _repr_mimebundle_(self, include=None, exclude=None):
        payload = {
            "id": self.id,
            "title": self.title,
            "alt": self.alt,
            "description": self.description,
            "source": self.source,
            "svg": self.svg(),
            "exports": {k: base64.b64encode(v).decode() for k, v in self.exports().items()},
            "csv": self.csv(),
        }
        return {mime.FIGURE: payload, "image/svg+xml": payload["svg"], "text/plain": self.alt}


# Every figure that was imported, by id: the function that draws it from a report.
REGISTERED: dict[str, Callable[[Report], ReportFigure]] = {}


def figure(
    name: str,
) -> Callable[[Callable[[Report], ReportFigure]], Callable[[Report], ReportFigure]]:
    """Register the function below as the one that draws the figure of this permanent name.

    Raises
    ------
    ValueError
        If another function draws a figure of this name.
    """

    def register(
        function: Callable[[Report], ReportFigure],
    ) -> Callable[[Report], ReportFigure]:
        @wraps(function)
        def drawn(report: Report) -> ReportFigure:
            return replace(function(report), id=name)

        other = REGISTERED.get(name, drawn)
        if (other.__module__, other.__qualname__) != (drawn.__module__, drawn.__qualname__):
            raise ValueError(f"two functions draw the figure {name}: {other} and {drawn}")
        REGISTERED[name] = drawn
        return drawn

    return register


def _settled(figure: Figure) -> Bbox:
    """Lay out the figure for good, and return what it covers in inches.

    Laying it out takes longer than drawing it, and would move it by a point from file to file.
    """
    figure.set_dpi(LAYOUT_DPI)
    for _ in range(2):  # axes with a fixed aspect settle at the second drawing
        figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:  # the solver's last bits differ from drawing to drawing
        axes.set_position([round(side, DIGITS) for side in axes.get_position().bounds])
    return figure.get_tightbbox()


def _draw_title_and_source(shown: ReportFigure, drawn: Bbox) -> tuple[list[Text], Bbox]:
    """Draw headline above and source line below what is `drawn`.

    Return the added texts, and what the sheet with them covers in inches.
    """
    wide, high = shown.figure.get_size_inches()
    title = shown.figure.text(
        drawn.x0 / wide,
        (drawn.y1 + TITLE_GAP) / high,
        textwrap.fill(shown.title, TITLE_CHARACTERS),
        ha="left",
        va="bottom",
        fontsize=11,
        fontweight="semibold",
    )
    source = shown.figure.text(
        drawn.x0 / wide,
        (drawn.y0 - TITLE_GAP) / high,
        textwrap.fill(f"Source: {shown.source} Figure: AZPAK contributors.", SOURCE_CHARACTERS),
        ha="left",
        va="top",
        fontsize=7.5,
        color=style.MUTED,
    )
    added = [title, source]
    covered = [text.get_tightbbox() for text in added]  # dots
    inches = [box.transformed(shown.figure.dpi_scale_trans.inverted()) for box in covered]
    return added, Bbox.union([drawn, *inches])


# Whatever would make two builds differ is left out of the files.
_METADATA = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


def _saved(figure: Figure, kind: str, covered: Bbox) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(
        buffer,
        format=kind,
        dpi=PNG_DPI,
        bbox_inches=covered.padded(MARGIN),
        metadata=_METADATA[kind],
    )
    return buffer.getvalue()
