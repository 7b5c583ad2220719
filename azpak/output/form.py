"""The two forms in which every figure is drawn: wide for a page, narrow for a telephone.

A figure's function is given the form and asks it for whatever must differ::

    @figure("its-name", "arms")
    def its_name(report: Report, form: Form) -> ReportFigure:
        with style.applied():
            drawing = style.new_figure(form.choose(3.4, 5.2), form)
            panels = drawing.subplots(*form.choose((2, 2), (4, 1)))

Texts and rows are those of the wide form; of the narrow one only the drawing is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

__all__ = ["NARROW", "WIDE", "Form"]

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Form:
    """One form of a figure.

    Attributes
    ----------
    name : str
        ``wide`` or ``narrow``.
    width : float
        Width of the drawing (inches).
    title_characters, foot_characters : int
        How many characters fit the width at the size of the title and of the source line.
    """

    name: str
    width: float
    title_characters: int
    foot_characters: int

    def choose(self, wide: Choice, narrow: Choice) -> Choice:
        """Return what belongs to this form."""
        return narrow if self.name == "narrow" else wide

    @property
    def is_narrow(self) -> bool:
        """Whether this is the form for a telephone."""
        return self.name == "narrow"


# Wide: the text column of the printed page, where a figure stands at its own size. Narrow: the
# column of a telephone of 390 pixels, where 7.5 points are 11 pixels.
WIDE = Form("wide", 5.67, 72, 108)
NARROW = Form("narrow", 3.2, 39, 58)
