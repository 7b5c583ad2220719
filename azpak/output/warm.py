"""Do once, before a process is forked, what every chapter would do at its start."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pandas as pd

from azpak import tables
from azpak.errors import DataError
from azpak.output import style
from azpak.output.figure import ReportFigure
from azpak.output.shared import shared
from azpak.report import Report


def warm(folder: Path, *, drawing: bool = True) -> None:
    """Read all tables, join and grade the evidence, and draw a figure in every format.

    Dear results go into the folder, where every chapter finds them. A fault of the data is left to
    the chapter that meets it.

    Parameters
    ----------
    folder
        Where dear results are kept.
    drawing
        Whether any chapter draws.
    """
    with suppress(DataError):
        report = Report.load()
        report.share(shared(folder))
        for name in tables.table_names(report.folder):
            with suppress(DataError):
                report.table(name)
        _ = report.events, report.claims
    if drawing:
        _draw()


def _draw() -> None:
    """Draw a figure in every format."""
    with style.applied():
        shown = style.new_figure(2)
        axes = shown.subplots()
        axes.plot([0, 1], label="Aə")
        axes.legend()
    rows = pd.DataFrame({"x": [0, 1]})
    ReportFigure("Warm", "Warm.", "Warm.", rows, "None.", shown, id="warm").exports()
