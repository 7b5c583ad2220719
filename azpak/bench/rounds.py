"""The rounds of a bench: each step of the report, and the stock template in turn with it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from azpak.bench.checkout import BenchError, change_cell, change_sentence, copy
from azpak.bench.run import Cost, measure
from azpak.bench.table import Row, executed_in, row_of

__all__ = ["Place", "Results", "rounds", "rows", "set_up", "set_up_without_uv", "tested"]

# What make and the caller's shell would hand down, and what says how this checkout is built.
NOT_HANDED_DOWN = ("MAKE", "MFLAGS", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "AZPAK_")
PYTHON = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"

PDF = "import sys; from pathlib import Path; from azpak import pdf; "
PDF += "site, out = map(Path, sys.argv[1:]); "
BOOK_PDF = PDF + "pdf.write_report(site, out / 'report.pdf')"
CHAPTER_PDFS = PDF + (
    "sys.exit('there are no PDFs of chapters yet') if not hasattr(pdf, 'write_chapters') "
    "else pdf.write_chapters(site, out)"
)


@dataclass(frozen=True)
class Place:
    """Where is measured.

    Attributes
    ----------
    checkout
        The copy of the checkout.
    stock
        The stock template.
    work
        A folder for all else.
    """

    checkout: Path
    stock: Path
    work: Path

    @property
    def site(self) -> Path:
        """The pages built last."""
        return self.checkout / "_build" / "html"

    def tool(self, name: str) -> str:
        """Return a program of the environment of the copy."""
        return str(self.checkout / ".venv" / "bin" / name)


@dataclass
class Results:
    """What each step cost in each round, and what is to be said of it."""

    costs: dict[str, list[Cost]] = field(default_factory=lambda: defaultdict(list))
    readers: list[str] | None = None
    changed: str = ""


def environment(**more: str) -> dict[str, str]:
    """Return this environment without what would steer the commands that are measured."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(NOT_HANDED_DOWN)}
    return kept | more


def set_up(root: Path, work: Path, tell: Callable[[str], None]) -> Place:
    """Copy the checkout, install its environment, create the stock template in it.

    Raises
    ------
    BenchError
        If one of them fails.
    """
    place = Place(copy(root, work / "checkout"), work / "stock", work)
    tell("setting up a copy of the checkout")
    _must(make(place, "check"), "the copy was not set up")
    _must(
        measure([place.tool("jupyter-book"), "create", str(place.stock)], work, environment()),
        "the stock template was not created",
    )
    # Else the first of the two that is built would compile what both load. That some file of a
    # package is no Python of this version is no fault.
    compiled = [place.tool("python"), "-m", "compileall", "-q", "-j0", ".venv", "azpak", "figures"]
    measure(compiled, place.checkout, environment())
    return place


def make(place: Place, *goals: str, **more: str) -> Cost:
    """Run make in the copy."""
    return measure(["make", f"PYTHON={PYTHON}", *goals], place.checkout, environment(**more))


def rounds(place: Place, runs: int, tell: Callable[[str], None]) -> Results:
    """Run every step so many times."""
    results = Results()
    for number in range(1, runs + 1):
        tell(f"round {number} of {runs}")
        _round(place, number, results, tell)
    return results


def _round(place: Place, number: int, results: Results, tell: Callable[[str], None]) -> None:
    def note(step: str, cost: Cost) -> None:
        results.costs[step].append(cost)
        failed = f", and it failed: {cost.last_line}" if cost.code else ""
        tell(f"  {step}: {cost.cpu:.1f} s CPU, {cost.wall:.1f} s wall{failed}")

    jupyter_book = place.tool("jupyter-book")

    def stock(kind: str) -> None:
        build = [jupyter_book, "build", str(place.stock)]
        note(f"stock {kind}", measure(build, place.work, environment()))

    for folder in (place.stock, place.checkout):
        shutil.rmtree(folder / "_build", ignore_errors=True)
    stock("cold")
    note("cold", make(place, "html"))
    stock("warm")
    note("warm", make(place, "html"))
    change_sentence(place.checkout, number)
    note("sentence", make(place, "html"))
    stock("warm")
    results.changed = change_cell(place.checkout, number)
    note("cell", make(place, "html"))
    results.readers = readers_of("trade", place.checkout / "_build")
    for step, code in (("pdf", BOOK_PDF), ("chapters", CHAPTER_PDFS)):
        out = place.work / "pdf"
        out.mkdir(exist_ok=True)
        command = [place.tool("python"), "-c", code, str(place.site), str(out)]
        note(step, measure(command, place.checkout, environment()))
    plain = [jupyter_book, "build", "."]
    note("plain first", measure(plain, place.checkout, environment()))
    stock("warm")
    note("plain", measure(plain, place.checkout, environment()))


def readers_of(table: str, build: Path) -> list[str] | None:
    """Return the chapters that a build noted to read a table; None where it notes nothing."""
    for path in sorted(build.rglob("executed.json")):
        try:
            chapters = json.loads(path.read_text(encoding="utf-8"))["chapters"]
            return sorted(
                name.rsplit("/", 1)[-1]
                for name, entry in chapters.items()
                if f"table {table}" in entry["inputs"]
            )
        except (ValueError, KeyError, TypeError):
            continue
    return None


def tested(place: Place, tell: Callable[[str], None]) -> Cost:
    """Run the tests on the built site of the copy as it was handed out."""
    _must(make(place, "setup"), "the tests were not set up")
    _must(make(place, "html"), "there is no site to test")
    tell("make test")
    return make(place, "test")


def set_up_without_uv(root: Path, work: Path, tell: Callable[[str], None]) -> Cost:
    """Set up another copy as on a machine without uv, and with nothing fetched before."""
    tell("set-up without uv")
    checkout = copy(root, work / "bare")
    tools = work / "tools"
    tools.mkdir()
    for name in ("make", "git", "sh", "env"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    path = [str(tools), *(f for f in folders if not (Path(f) / "uv").exists())]
    bare = environment(
        PATH=os.pathsep.join(path), UV_CACHE_DIR=str(work / "uv"), PIP_CACHE_DIR=str(work / "pip")
    )
    return measure(["make", f"PYTHON={PYTHON}", "setup"], checkout, bare)


def rows(results: Results) -> list[Row]:
    """Return the lines of the table."""
    costs = results.costs
    cold, warm = costs["stock cold"], costs["stock warm"]
    shown = [row_of("cold", costs["cold"], cold)]
    shown += [row_of(step, costs[step], warm) for step in ("warm", "plain", "sentence")]
    shown += [_cell(results)]
    shown += [row_of(step, costs[step]) for step in ("pdf", "chapters")]
    return [*shown, row_of("memory", costs["cold"])]


def _cell(results: Results) -> Row:
    row = row_of("cell", results.costs["cell"])
    if row.note:
        return row
    told = executed_in(results.costs["cell"][-1].output)
    who = f"{len(told)} chapters executed: {', '.join(told) or 'none'}"
    asked = "only the chapters that read it"
    if results.readers is not None:
        asked += f": {', '.join(results.readers) or 'none'}"
    reached = None if results.readers is None else set(told) == set(results.readers)
    return Row(f"{row.what} ({results.changed})", row.measured, "", asked, "", reached, who)


def _must(cost: Cost, what: str) -> None:
    if cost.code:
        raise BenchError(f"{what}: {cost.last_line}\n{cost.output[-3000:]}")


def as_plain(costs: Mapping[str, Sequence[Cost]]) -> dict[str, list[dict[str, float]]]:
    """Return every run as numbers."""
    return {
        step: [{"cpu": c.cpu, "wall": c.wall, "memory": c.memory, "code": c.code} for c in seen]
        for step, seen in costs.items()
    }
