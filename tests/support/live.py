"""Run the cells of a chapter from the top in one living process, as a person in a notebook does."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from azpak.output import kept, mime
from azpak.output.figure import ReportFigure
from support.chapter_text import CHAPTERS, take_apart


@dataclass
class Shown:
    """What the cells of a chapter showed.

    Attributes
    ----------
    values
        The texts of the values said, by name.
    figures
        What each figure hands to the page, by its id.
    tables
        The Markdown of the tables, in order.
    """

    values: dict[str, str] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)

    def take(self, data: dict[str, Any]) -> None:
        """Take in one output."""
        if mime.VALUES in data:
            said = data[mime.VALUES]["values"]
            self.values |= {name: value["text"] for name, value in said.items()}
        elif mime.FIGURE in data:
            self.figures[data[mime.FIGURE]["id"]] = data[mime.FIGURE]
        elif "text/markdown" in data:
            self.tables.append(data["text/markdown"])


@contextmanager
def drawing_only(ids: Collection[str]) -> Iterator[None]:
    """Draw the figures of some ids as SVG; the others hand out only their title and rows."""
    whole = ReportFigure._repr_mimebundle_

    def bundle(self: ReportFigure, include=None, exclude=None) -> dict[str, Any]:
        if self.id in ids:
            return whole(self)
        return {mime.FIGURE: {"id": self.id, "title": self.title, "csv": self.csv()}}

    with (
        patch.object(ReportFigure, "_repr_mimebundle_", bundle),
        patch.object(kept, "file", lambda name, make: b""),  # PNG and PDF, which no one looks at
    ):
        yield


def run_cells(name: str, folder: Path, drawn: Collection[str] = ()) -> Shown:
    """Run the cells of a chapter with the data of a folder, in the process that is running.

    Of its figures only those `drawn` are; drawing all of them takes longer than all else.

    Raises
    ------
    RuntimeError
        If a cell raises or prints to standard error; the message names its line.
    """
    shell = InteractiveShell.instance()
    chapter = take_apart(name, (CHAPTERS / f"{name}.md").read_text(encoding="utf-8"))
    shown = Shown()
    before = os.environ.get("AZPAK_DATA")
    os.environ["AZPAK_DATA"] = str(folder)
    try:
        for cell in chapter.cells:
            with capture_output() as captured, drawing_only(drawn):
                done = shell.run_cell(cell.code, store_history=True)
            fault = done.error_before_exec or done.error_in_exec
            if fault or captured.stderr:
                raise RuntimeError(f"{name}:{cell.number}: {fault!r} {captured.stderr}") from fault
            for output in captured.outputs:
                shown.take(output.data)
            if done.result is not None and not captured.outputs:
                with drawing_only(drawn):
                    shown.take(shell.display_formatter.format(done.result)[0])
    finally:
        os.environ.pop("AZPAK_DATA")
        if before is not None:
            os.environ["AZPAK_DATA"] = before
    return shown
