"""How gate, pages and PDFs grow with the data.

The prose is made for the data as they are: its findings check what the sentences say and refuse any
other. So the pages are measured without their cells: what is left is made from the rows, which are
what grows.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from azpak.bench.checkout import without_cells
from azpak.bench.run import Cost, measure
from azpak.bench.scale import MULTIPLIED, scale

__all__ = ["GATE_ALONE", "Growth", "Point", "growth", "points"]

# From here on the gate alone: the pages would take an hour.
GATE_ALONE = 50
# A further row may cost so much more than an earlier one before growth is called faster than
# linear: processor times on a shared machine differ by a fifth and more.
TOLERANCE = 1.5

JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"


@dataclass(frozen=True)
class Point:
    """What a step cost with so many rows; None where it failed."""

    times: int
    rows: int
    cpu: float | None
    wall: float | None
    memory: int | None
    why: str = ""


@dataclass(frozen=True)
class Growth:
    """What one step cost as the data grew, from few rows to many."""

    step: str
    points: tuple[Point, ...]

    @property
    def slopes(self) -> list[float]:
        """Seconds for each further thousand rows, from point to point."""
        known = [point for point in self.points if point.cpu is not None]
        return [
            1000 * (after.cpu - before.cpu) / (after.rows - before.rows)
            for before, after in pairwise(known)
        ]

    @property
    def linear(self) -> bool | None:
        """Whether the step grows no faster than the rows; None where that was not seen."""
        if len(self.points) < 2 or any(point.cpu is None for point in self.points):
            return None
        first, last = self.points[0], self.points[-1]
        slopes = self.slopes
        return last.cpu <= first.cpu * last.rows / first.rows and slopes[-1] <= TOLERANCE * max(
            slopes[0], 0.0
        )


def points(times: int) -> list[int]:
    """Return how many times the data are looked at on the way: 1, 3 and 10."""
    return sorted({1, max(1, round(times / 3)), times})


def growth(checkout: Path, work: Path, times: int, tell: Callable[[str], None]) -> list[Growth]:
    """Measure gate, pages and PDF with the data once, and many times.

    Parameters
    ----------
    checkout
        A copy of the checkout with its environment; its chapters and data are changed.
    work
        A folder for the data.
    times
        How many times the rows.
    tell
        What is told the progress.
    """
    found: dict[str, list[Point]] = {"gate": []}
    if times < GATE_ALONE:
        found |= {"pages": [], "book's PDF": []}
    original = work / "data-once"
    shutil.copytree(checkout / "data", original)
    without_cells(checkout)
    for number in points(times):
        tell(f"data {number} times")
        shutil.rmtree(checkout / "data")
        scale(original, checkout / "data", number)
        rows = _rows(checkout / "data")
        for step, command in _commands(checkout, work, times).items():
            cost = measure(command, checkout)
            tell(f"  {step}: {cost.cpu:.1f} s CPU{'' if not cost.code else ', and it failed'}")
            found[step].append(_point(number, rows, cost))
    return [Growth(step, tuple(seen)) for step, seen in found.items()]


def _commands(checkout: Path, work: Path, times: int) -> dict[str, Sequence[str]]:
    python = str(checkout / ".venv" / "bin" / "python")
    gate = [python, "-m", "azpak", "check"]
    if times >= GATE_ALONE:
        return {"gate": gate}
    out = work / "pages"
    shutil.rmtree(out, ignore_errors=True)
    pdf = "import sys; from pathlib import Path; from azpak import pdf; "
    pdf += "pdf.write_report(Path(sys.argv[1]), Path(sys.argv[2]))"
    return {
        "gate": gate,
        "pages": [python, "-c", JUPYTER_BOOK, "build", ".", "--path-output", str(out), "-q"],
        "book's PDF": [python, "-c", pdf, str(out / "_build" / "html"), str(work / "report.pdf")],
    }


def _point(times: int, rows: int, cost: Cost) -> Point:
    if cost.code:
        return Point(times, rows, None, None, None, cost.last_line)
    return Point(times, rows, cost.cpu, cost.wall, cost.memory)


def _rows(data: Path) -> int:
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    paths = [entry["path"] for entry in package["resources"] if entry["name"] in MULTIPLIED]
    csv.field_size_limit(sys.maxsize)
    total = 0
    for path in paths:
        with (data / path).open(encoding="utf-8", newline="") as file:
            total += sum(1 for _ in csv.reader(file)) - 1
    return total
