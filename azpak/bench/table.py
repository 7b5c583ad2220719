"""The results as tables, with what issue 8 asks beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from azpak.bench.growth import Growth
from azpak.bench.run import Cost
from azpak.bench.weight import Visit

__all__ = [
    "TARGETS", "Row", "Target", "executed_in", "growth_table", "markdown", "row_of",
    "weight_rows", "weight_table",
]  # fmt: skip

_EXECUTED = (
    re.compile(r"executed [0-9]+ of [0-9]+ chapters?: (\S+?),"),
    re.compile(r"(\S+?): Executing notebook using"),
)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Target:
    """What a step may cost.

    Attributes
    ----------
    what
        The step, in words.
    unit
        ``x`` (times the stock template, processor and wall time), ``CPU s``, ``wall s`` or ``GB``.
    reach, aim
        The most that it may cost, and what would be well.
    """

    what: str
    unit: str
    reach: float
    aim: float


TARGETS = {
    "cold": Target("cold, all chapters executed: pages", "x", 6, 4),
    "warm": Target("nothing changed, make html", "x", 0.3, 0.1),
    "plain": Target("nothing changed, jupyter-book build .", "x", 1.7, 1.2),
    "sentence": Target("one sentence changed", "x", 4, 2),
    "cell": Target("one cell of trade.csv changed", "", 0, 0),
    "pdf": Target("the book's PDF from the pages", "CPU s", 14, 10),
    "chapters": Target("all chapter PDFs", "CPU s", 12, 8),
    "setup": Target("set-up on a machine without uv", "wall s", 20, 10),
    "test": Target("make test on a built site", "CPU s", 60, 40),
    "memory": Target("peak memory of the cold build", "GB", 1.5, 1),
}


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``reached`` is None where there is no target or nothing was measured.
    """

    what: str
    measured: str
    stock: str
    reach: str
    aim: str
    reached: bool | None
    note: str = ""


def row_of(step: str, costs: Sequence[Cost], stock: Sequence[Cost] = ()) -> Row:
    """Return the line of a step: medians of its runs, against those of the stock template."""
    target = TARGETS[step]
    asked = (_bound(target, target.reach), _bound(target, target.aim))
    failed = next((cost for cost in costs if cost.code), None)
    if not costs or failed:
        why = f"failed: {failed.last_line}" if failed else "not measured"
        return Row(target.what, "-", "", *asked, None, why)
    cpu, wall = (median(getattr(cost, name) for cost in costs) for name in ("cpu", "wall"))
    seconds = f"{cpu:.1f} s CPU, {wall:.1f} s wall"
    if target.unit == "GB":
        most = max(cost.memory for cost in costs) / 1e9
        return Row(target.what, f"{most:.2f} GB", "", *asked, most <= target.reach)
    if target.unit != "x":
        value = {"CPU s": cpu, "wall s": wall}.get(target.unit)
        return Row(target.what, seconds, "", *asked, None if value is None else
                   value <= target.reach)  # fmt: skip
    if not stock or any(cost.code for cost in stock):
        return Row(target.what, seconds, "-", *asked, None, "the stock template was not built")
    base = [median(getattr(cost, name) for cost in stock) for name in ("cpu", "wall")]
    times = (cpu / base[0], wall / base[1])
    return Row(
        target.what,
        f"{times[0]:.2f} x CPU, {times[1]:.2f} x wall ({seconds})",
        f"{base[0]:.1f} s CPU, {base[1]:.1f} s wall",
        *asked,
        max(times) <= target.reach,
    )


def _bound(target: Target, value: float) -> str:
    return f"{value:g} {target.unit}" if target.unit else ""


def executed_in(output: str) -> list[str]:
    """Return the chapters that a build says it executed, in the order of their names."""
    text = _COLOURS.sub("", output)
    named = {found.rsplit("/", 1)[-1] for form in _EXECUTED for found in form.findall(text)}
    return sorted(named)


def weight_rows(visits: Sequence[Visit]) -> list[Row]:
    """Return the lines on the weight of pages: the heaviest of each kind against its target."""
    kinds = (
        ("home page, first visit", 300, lambda v: v.first and not v.page.startswith("chapters/")),
        ("any chapter, first visit", 350, lambda v: v.first and v.page.startswith("chapters/")),
        ("any later page", 90, lambda v: not v.first),
    )
    rows = []
    for what, reach, among in kinds:
        heaviest = max(filter(among, visits), key=lambda v: v.sent, default=None)
        if heaviest:
            over = sum(v.sent > 1000 * reach for v in visits if among(v))
            note = f"{heaviest.page}, {heaviest.requests} requests; {over} above the target"
            rows.append(Row(what, f"{heaviest.sent / 1000:.0f} kB", "", f"{reach} kB", "",
                            not over, note))  # fmt: skip
    if visits:
        moved = max(visits, key=lambda v: v.shift)
        faults = sorted({fault for visit in visits for fault in visit.faults})
        rows.append(Row("layout shift, any page", f"{moved.shift:.3f}", "", "0.05", "",
                        moved.shift < 0.05, moved.page))  # fmt: skip
        rows.append(Row("console messages and addresses not found", str(len(faults)), "", "0", "",
                        not faults, "; ".join(faults)))  # fmt: skip
    return rows


def markdown(rows: Iterable[Row]) -> str:
    """Return the lines as a table."""
    head = ("What", "Measured", "Stock", "Reach", "Aim", "Reached", "Note")
    marks = {True: "yes", False: "NO", None: ""}
    return _table(head, [
        (r.what, r.measured, r.stock, r.reach, r.aim, marks[r.reached], r.note) for r in rows
    ])  # fmt: skip


def weight_table(visits: Sequence[Visit]) -> str:
    """Return the weight of each page."""
    later = {visit.page: visit for visit in visits if not visit.first}
    rows = []
    for visit in (v for v in visits if v.first):
        after = later.get(visit.page)
        rows.append((
            visit.page, f"{visit.sent / 1000:.0f}", str(visit.requests),
            f"{after.sent / 1000:.0f}" if after else "", str(after.requests) if after else "",
            f"{visit.shift:.3f}",
        ))  # fmt: skip
    head = ("Page", "First visit, kB", "Requests", "Later, kB", "Requests", "Layout shift")
    return _table(head, rows)


def growth_table(found: Sequence[Growth]) -> str:
    """Return how each step grew: what it cost at each size, and each further thousand rows."""
    marks = {True: "yes", False: "NO", None: "not seen"}
    rows = []
    for step in found:
        for number, point in enumerate(step.points):
            if point.cpu is None:
                cost = ("failed", "", "", point.why)
            else:
                first = step.points[0].cpu
                cost = (f"{point.cpu:.1f}", f"{point.wall:.1f}", f"{point.memory / 1e9:.2f}",
                        f"{point.cpu / first:.1f}" if first else "")  # fmt: skip
            last = number == len(step.points) - 1
            rows.append((step.step, f"{point.times} x", f"{point.rows:,}", *cost,
                         marks[step.linear] if last else ""))  # fmt: skip
        if step.slopes:
            slopes = ", then ".join(f"{slope:.2f}" for slope in step.slopes)
            rows.append((f"{step.step}: CPU s per further thousand rows", slopes, *[""] * 6))
    head = ("Step", "Data", "Rows", "CPU s", "Wall s", "Memory GB", "Times the first",
            "No faster than linear")  # fmt: skip
    return _table(head, rows)


def as_json(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return rows, visits or growth as plain values."""
    return [asdict(row) for row in rows]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = ([_cell(cell) for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


def _cell(text: str) -> str:
    return " ".join(str(text).replace("|", "\\|").split())
