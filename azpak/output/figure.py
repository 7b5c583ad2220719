"""A figure with everything a page needs to show, describe, cite and hand it out."""

from __future__ import annotations

import base64
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, wraps
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure

from azpak.output import drawing, kept, mime, style
from azpak.output.form import NARROW, WIDE, Form
from azpak.vocabulary import SUBJECTS

if TYPE_CHECKING:
    from azpak.report import Report

__all__ = ["REGISTERED", "ReportFigure", "figure"]


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
        The drawing, without title and source line, in its wide form.
    narrow : callable, optional
        Draws the narrow form; `figure` gives it.
    id : str
        Permanent name, also that of the exported files; `figure` gives it.
    subject : str
        What it is about, one of `azpak.vocabulary.SUBJECTS`; `figure` gives it.
    """

    title: str
    alt: str
    description: str
    data: pd.DataFrame
    source: str
    figure: Figure = field(repr=False)
    narrow: Callable[[], Figure] | None = field(default=None, repr=False, kw_only=True)
    id: str = field(default="", kw_only=True)
    subject: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if not self.id:  # checked when it has its name, by which a fault is known
            return
        if self.data.empty:
            raise ValueError(f"figure {self.id}: there are no rows to draw")
        for name in ("title", "alt", "description", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"figure {self.id}: {name} is empty")

    @property
    def words(self) -> drawing.Words:
        """What the files say of the drawing."""
        return drawing.Words(self.title, self.alt, self.source)

    def svg(self) -> str:
        """Return the drawing for the page, without title, as SVG text."""
        return self._svgs[0]

    def narrow_svg(self) -> str:
        """Return the narrow form for the page, as SVG text; nothing where there is none."""
        return self._narrow_svg if self.narrow else ""

    def exports(self) -> dict[str, bytes]:
        """Return the files to hand out (svg, png, pdf), with title and source drawn in."""
        return {"svg": self._svgs[1].encode(), **self._others}

    @contextmanager
    def sheet(self, form: Form = WIDE) -> Iterator[drawing.Sheet]:
        """Give the drawing as its files show it: laid out once, with title and source line."""
        with style.applied(), (self._wide if form is WIDE else self._narrow).shown() as shown:
            yield shown

    @cached_property
    def _wide(self) -> drawing.Sheet:
        return drawing.sheet(self.figure, self.words)

    @cached_property
    def _narrow(self) -> drawing.Sheet:
        return drawing.sheet(self.narrow(), self.words, NARROW)

    @cached_property
    def _svgs(self) -> tuple[str, str]:
        """The drawing for the page and the one to hand out, saved once."""
        with self.sheet() as sheet:
            return drawing.two_svgs(sheet)

    @cached_property
    def _narrow_svg(self) -> str:
        with self.sheet(NARROW) as sheet:
            return drawing.two_svgs(sheet)[0]

    @cached_property
    def _others(self) -> dict[str, bytes]:
        """The other files to hand out; a notebook on its own does without them."""
        whole = self._svgs[1]
        with self.sheet() as sheet:
            key = kept.key(whole, self.figure)
            return {
                kind: kept.file(f"{key}.{kind}", partial(drawing.saved, sheet, kind))
                for kind in ("png", "pdf")
            }

    def csv(self) -> str:
        """Return the rows drawn as CSV."""
        return self.data.to_csv(index=False, lineterminator="\n")

    def _repr_mimebundle_(self, include=None, exclude=None):
        # A notebook shows the file to hand out: headline and source line are drawn in it.
        drawn = {"image/svg+xml": self._svgs[1], "text/plain": self.alt}
        return drawn if mime.plain() else {mime.FIGURE: self._payload(), **drawn}

    def _payload(self) -> dict[str, object]:
        """Return all that the page needs."""
        svg, narrow = self.svg(), self.narrow_svg()
        return {
            "id": self.id,
            "subject": self.subject,
            "title": self.title,
            "alt": self.alt,
            "description": self.description,
            "source": self.source,
            "svg": svg,
            "narrow": narrow,
            "dark": style.in_the_dark(svg, narrow),
            "exports": {k: base64.b64encode(v).decode() for k, v in self.exports().items()},
            "csv": self.csv(),
        }


# What draws a figure: a function of the report and the form.
Draws = Callable[..., ReportFigure]

# Every figure that was imported, by id: the function that draws it from a report.
REGISTERED: dict[str, Callable[[Report], ReportFigure]] = {}


def figure(name: str, subject: str) -> Callable[[Draws], Callable[[Report], ReportFigure]]:
    """Register the function below as the one that draws the figure of this permanent name.

    It is given the report and the form. The narrow form is drawn when a page asks for it. The
    subject is that under which the gallery has it.

    Raises
    ------
    ValueError
        If another function draws a figure of this name, or there is no such subject.
    """
    if subject not in SUBJECTS:
        raise ValueError(f"figure {name}: no subject {subject!r}; one of {', '.join(SUBJECTS)}")

    def register(function: Draws) -> Callable[[Report], ReportFigure]:
        @wraps(function)
        def drawn(report: Report) -> ReportFigure:
            if "form" not in inspect.signature(function).parameters:
                return replace(function(report), id=name, subject=subject)
            return replace(
                function(report, WIDE),
                id=name,
                subject=subject,
                narrow=lambda: function(report, NARROW).figure,
            )

        other = REGISTERED.get(name, drawn)
        if (other.__module__, other.__qualname__) != (drawn.__module__, drawn.__qualname__):
            raise ValueError(f"two functions draw the figure {name}: {other} and {drawn}")
        REGISTERED[name] = drawn
        return drawn

    return register
