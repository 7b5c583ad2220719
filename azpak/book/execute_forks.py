"""Execute chapters in forks of one warm process, which has imported what they import.

The warm process is itself a fork and ends with the last chapter, so that neither its modules nor
its memory stay with the pages. It tells the build what happens in messages.
"""

from __future__ import annotations

import ast
import gc
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import nbformat

from azpak import tables

MOST_WORKERS = 4
FORK = get_context("fork") if hasattr(os, "fork") else None


@dataclass
class Job:
    """A chapter to execute.

    Attributes
    ----------
    docname
        Its name in the book.
    path
        Its file.
    notebook
        Its cells; their outputs once it was executed.
    timeout
        Seconds a cell may take; none or -1 is without a limit.
    cost
        How long it took the last time; what takes longest begins first.
    """

    docname: str
    path: Path
    notebook: nbformat.NotebookNode
    timeout: float | None
    cost: float = 0.0


@dataclass
class Outcome:
    """What became of a chapter.

    Attributes
    ----------
    cell
        The index of the cell that ran last.
    notebook
        The chapter with its outputs, as JSON; empty if the process was lost.
    reads
        The names of the tables that it read.
    seconds
        How long it took.
    lost
        Why there are no outputs, if there are none.
    """

    cell: int = -1
    notebook: str = ""
    reads: frozenset[str] = frozenset()
    seconds: float = 0.0
    lost: str = ""


@dataclass
class _Running:
    job: Job
    process: Any
    pipe: Connection
    started: float = field(default_factory=time.monotonic)
    since: float = field(default_factory=time.monotonic)
    cell: int = -1


def workers() -> int:
    """Return how many chapters run at a time: as many as there are cores, or ``AZPAK_WORKERS``."""
    chosen = os.environ.get("AZPAK_WORKERS", "")
    if chosen.isdigit() and int(chosen):
        return int(chosen)
    usable = getattr(os, "sched_getaffinity", None)
    cores = len(usable(0)) if usable else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)


def execute(jobs: list[Job], warn: Callable[[str], None]) -> Iterator[tuple[Job, Outcome]]:
    """Execute chapters; yield each with its outcome as it ends.

    Parameters
    ----------
    jobs
        The chapters.
    warn
        Called with what an import had to complain of.
    """
    here, there = FORK.Pipe(duplex=False)
    results = tempfile.TemporaryDirectory()
    warm = FORK.Process(target=_warm_process, args=(jobs, Path(results.name), here, there))
    warm.start()
    there.close()
    by_name = {job.docname: job for job in jobs}
    try:
        while True:
            try:
                kind, content = here.recv()
            except EOFError:
                break
            if kind == "warning":
                warn(content)
            else:
                docname, outcome = content
                yield by_name.pop(docname), outcome
    finally:
        here.close()
        if by_name:
            warm.terminate()
        warm.join()
        results.cleanup()
    for job in by_name.values():
        yield job, Outcome(lost="the process that executes the chapters died")


def _warm_process(jobs: list[Job], results: Path, build_end: Connection, pipe: Connection) -> None:
    """Import what the chapters import, then run each in a fork."""
    build_end.close()
    for text in _prepare(jobs, results):
        pipe.send(("warning", text))
    gc.collect()
    gc.freeze()  # the forks share this memory as long as nothing looks through it
    waiting = sorted(jobs, key=lambda job: job.cost)
    running: dict[Connection, _Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers():
                one = _start(waiting.pop(), [*running, pipe])
                running[one.pipe] = one
            for connection in wait(list(running), timeout=_patience(running.values())):
                _hear(running, connection, pipe)
            for one in [r for r in running.values() if _late(r)]:
                _end(running, one, pipe, f"ran longer than {one.job.timeout:g} seconds")
    finally:
        for one in running.values():
            one.process.kill()


def _start(job: Job, others: list[Connection]) -> _Running:
    here, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_run, args=(job, there, [*others, here]))
    process.start()
    there.close()
    return _Running(job, process, here)


def _hear(running: dict[Connection, _Running], connection: Connection, pipe: Connection) -> None:
    """Take one message of a chapter."""
    one = running[connection]
    try:
        kind, content = connection.recv()
    except (EOFError, OSError):
        one.process.join()
        _end(running, one, pipe, f"its process died (exit code {one.process.exitcode})")
        return
    if kind == "cell":
        one.cell, one.since = content, time.monotonic()
    else:
        pipe.send(("done", (one.job.docname, content)))
        one.process.join()
        del running[connection]


def _end(running: dict[Connection, _Running], one: _Running, pipe: Connection, why: str) -> None:
    """Give a chapter up."""
    one.process.kill()
    one.process.join()
    del running[one.pipe]
    seconds = time.monotonic() - one.started
    pipe.send(("done", (one.job.docname, Outcome(one.cell, seconds=seconds, lost=why))))


def _limited(one: _Running) -> bool:
    return bool(one.job.timeout) and one.job.timeout > 0


def _late(one: _Running) -> bool:
    return _limited(one) and time.monotonic() - one.since > one.job.timeout


def _patience(running) -> float | None:
    """Return the seconds until the first cell has used up its time."""
    ends = [one.since + one.job.timeout for one in running if _limited(one)]
    return max(0.0, min(ends) - time.monotonic()) + 0.01 if ends else None


def _run(job: Job, pipe: Connection, others: list[Connection]) -> None:
    """Execute one chapter in this process, a fork of the warm one."""
    from azpak.book.execute_shell import run_cells

    for other in others:  # so that who waits for them is told when they end
        other.close()
    gc.disable()  # it ends soon, and would copy all the memory that it looks through
    os.chdir(job.path.parent)
    started, at = time.monotonic(), [-1]

    def begin(index: int) -> None:
        at[0] = index
        pipe.send(("cell", index))

    with tables.recording() as reads:
        run_cells(job.notebook, begin)
    text = nbformat.writes(job.notebook, nbformat.NO_CONVERT)
    seconds = time.monotonic() - started
    pipe.send(("done", Outcome(at[0], text, frozenset(reads), seconds)))
    pipe.close()


def _prepare(jobs: list[Job], results: Path) -> list[str]:
    """Import what the chapters import; return what the imports complained of."""
    from azpak.book.execute_shell import ChapterShell
    from azpak.output.warm import warm

    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as kernels
    lines = dict.fromkeys(line for job in jobs for line in import_lines(job.notebook))
    with warnings.catch_warnings(record=True) as complaints:
        for line in lines:
            with suppress(Exception):  # the chapter that imports it says what is wrong
                exec(line, {})
        with suppress(Exception):
            warm(results, drawing=any("azpak.figures" in line for line in lines))
        ChapterShell.instance()
    return [f"{w.filename}:{w.lineno}: {w.category.__name__}: {w.message}" for w in complaints]


def import_lines(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the import statements of a chapter's cells."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            with suppress(SyntaxError):
                found += [
                    ast.unparse(node)
                    for node in ast.walk(ast.parse(cell.source))
                    if isinstance(node, ast.Import | ast.ImportFrom)
                ]
    return found
