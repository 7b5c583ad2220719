"""A map within a page, whose marks a script lights: plain SVG that a strict policy lets be.

Styles written into elements are refused by the policy of the pages; they become attributes. Text
stays text, in the type of the page.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from html import escape

import matplotlib as mpl
from matplotlib.figure import Figure

from azpak.output import mime, style

__all__ = ["LiveMap"]

HEAD = re.compile(r".*?<svg ", re.DOTALL)
LEFT_OUT = re.compile(
    r"<metadata>.*?</metadata>|<style .*?</style>|<!--.*?-->|<defs>\s*</defs>", re.DOTALL
)
GIVEN_ID = re.compile(r' id="(?:figure|axes|patch|line2d|text|matplotlib\.axis|[A-Z_]\w+)_\d+"')
STYLE = re.compile(r' style="([^"]*)"')
FONT = re.compile(r"(?:(?P<weight>\d+|bold) )?(?P<size>[\d.]+)px .*")
MARK = re.compile(r'<g id="((?:at|on)-\w+)">')
ROOT = 'stroke-linejoin="round" stroke-linecap="butt" '


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
        """Return the drawing as an element of a page."""
        buffer = io.BytesIO()
        with style.applied(), mpl.rc_context({"svg.fonttype": "none"}):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        svg = plain(buffer.getvalue().decode())
        return MARK.sub(
            lambda found: f"{found[0]}<title>{escape(self.names[found[1]])}</title>", svg
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        svg = self.svg()
        payload = {"live": svg, "label": self.label}
        return {mime.FIGURE: payload, "image/svg+xml": svg, "text/plain": self.label}


def plain(svg: str) -> str:
    """Return an SVG of matplotlib without styles, and with the ids that were given to marks."""
    svg = HEAD.sub("<svg " + ROOT, LEFT_OUT.sub("", svg), count=1)
    return GIVEN_ID.sub("", STYLE.sub(lambda found: _attributes(found[1]), svg))


def _attributes(text: str) -> str:
    pairs = dict(part.split(":", 1) for part in text.split(";") if ":" in part)
    pairs = {name.strip(): value.strip() for name, value in pairs.items()}
    font = FONT.fullmatch(pairs.pop("font", ""))
    if font:
        pairs["font-size"] = font["size"]
        pairs |= {"font-weight": font["weight"]} if font["weight"] else {}
    return "".join(f' {name}="{value}"' for name, value in pairs.items())
