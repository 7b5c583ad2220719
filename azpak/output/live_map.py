"""A map within a page, whose marks a script lights. Text stays text, in the type of the page."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from html import escape

import matplotlib as mpl
from matplotlib.figure import Figure

from azpak.output import mime, style

__all__ = ["LiveMap"]

MARK = re.compile(r'<g id="((?:at|on)-\w+)">')


@dataclass(frozen=True)
class LiveMap:
    """A drawing whose marks have ids (``gid``), to be written into a page.

    Attributes
    ----------
    label
        What it is called where it is read out.
    names
        What each mark is called, by its id: shown where a pointer rests on it.
    figure
        The drawing.
    """

    label: str
    names: dict[str, str]
    figure: Figure = field(repr=False)

    def svg(self) -> str:
        """Return the drawing with the name of each mark."""
        buffer = io.BytesIO()
        with style.applied(), mpl.rc_context({"svg.fonttype": "none"}):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return MARK.sub(
            lambda found: f"{found[0]}<title>{escape(self.names[found[1]])}</title>",
            buffer.getvalue().decode(),
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        svg = self.svg()
        payload = {"live": svg, "label": self.label}
        return {mime.FIGURE: payload, "image/svg+xml": svg, "text/plain": self.label}
