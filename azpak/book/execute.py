"""Execute the chapters that changed, before the pages are read; myst-nb finds the outputs cached.

Chapters run in forks of one warm process, or in ordinary kernels where forking is not safe (macOS)
or ``AZPAK_KERNELS=1`` asks for them. A cell that raises, writes to standard error or runs too long
ends the build with its chapter, line and cell.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import nbformat
from docutils import nodes
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from azpak.book.domain import report_domain
from azpak.book.execute_forks import Job, Outcome
from azpak.book.execute_record import Entry, Inputs, Record, imported
from azpak.book.progress import tell

logger = logging.getLogger(__name__)
# What a kernel says of its language; pages choose the colours of code by the lexer.
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3", "file_extension": ".py"}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
CELL_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")


def set_cache(app: Sphinx, config) -> None:
    """Keep the outputs where every way of building this book finds them."""
    place = os.environ.get("AZPAK_EXECUTED")
    cache = Path(place) if place else Path(app.outdir).parent / "executed"
    if not app.azpak_unchanged:
        get_cache(cache).db.dispose()  # made here, before readers in parallel want to make it
    config.nb_execution_cache_path = str(cache)


def stale(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """Return the pages whose cells must be executed again, or were since they were read."""
    record, inputs = _record(app), Inputs(Path(app.srcdir))
    found = []
    for docname, page in report_domain(env).pages():
        noted = page.get("executed")
        if noted is None or docname in removed:
            continue
        entry = record.entries.get(docname)
        if entry is None or entry.key != noted or not inputs.fresh(entry):
            found.append(docname)
    return found


def execute_chapters(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Execute those of the pages to be read whose outputs are not in the cache.

    Raises
    ------
    SystemExit
        If a cell raises, writes to standard error or runs too long, or a process dies. It is no
        error of the program, and Jupyter Book would bury what is said here under its own trace.
    """
    if env.mystnb_config.execution_mode != "cache" or not docnames:
        return
    record, inputs = _record(app), Inputs(Path(app.srcdir))
    jobs = list(_jobs(env, docnames, record, inputs))
    if not jobs:
        return
    inputs.settle()
    tell(f"executing {_chapters(len(jobs))}")
    faults = []
    for count, (job, outcome) in enumerate(_execute(jobs), 1):
        done = nbformat.reads(outcome.notebook, nbformat.NO_CONVERT) if outcome.notebook else None
        fault = _fault(app, job, outcome, done)
        if fault:
            faults.append(fault)
        else:
            _keep(env, job, outcome, done, record, inputs)
        tell(f"executed {count} of {_chapters(len(jobs))}: {job.docname}, {outcome.seconds:.1f} s"
             f"{', and it failed' if fault else ''}")  # fmt: skip
    record.save()
    if faults:
        for fault in sorted(faults):
            logger.error(fault)
        raise SystemExit(1)


def _execute(jobs: list[Job]) -> Iterator[tuple[Job, Outcome]]:
    """Choose how."""
    from azpak.book import execute_forks, execute_kernels

    asked = os.environ.get("AZPAK_KERNELS", "") not in ("", "0")
    if asked or sys.platform == "darwin" or execute_forks.FORK is None:
        return execute_kernels.execute(jobs)
    return execute_forks.execute(jobs, logger.warning)


def _jobs(
    env: BuildEnvironment, docnames: list[str], record: Record, inputs: Inputs
) -> Iterator[Job]:
    cache = get_cache(env.mystnb_config.execution_cache_path)
    for docname in docnames:
        path = Path(env.doc2path(docname))
        notebook = _notebook(env, path)
        if notebook is None:
            continue
        _, cells = cache.create_hashed_notebook(notebook)
        entry = record.entries.get(docname)
        there = entry is not None and entry.cells == cells and inputs.fresh(entry)
        if there and _cached(cache, notebook):
            continue
        config: NbParserConfig = env.mystnb_config
        cost = entry.seconds if entry else path.stat().st_size / 1e6
        yield Job(docname, path, notebook, config.execution_timeout, cost)
    cache.db.dispose()


def _notebook(env: BuildEnvironment, path: Path) -> NotebookNode | None:
    """Return a page as myst-nb reads it; None if it has no code."""
    text = path.read_text(encoding="utf-8")
    reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
    notebook = reader.read(text) if reader is not None else None
    has_code = notebook is not None and any(c.cell_type == "code" for c in notebook.cells)
    return notebook if has_code else None


def _cached(cache, notebook: NotebookNode) -> bool:
    try:
        record = cache.match_cache_notebook(notebook)
        return cache.get_cache_bundle(record.pk) is not None
    except KeyError:
        return False


def _keep(env, job: Job, outcome: Outcome, done: NotebookNode, record, inputs) -> None:
    """Put the outputs into the cache, and note what they rest on."""
    cache = get_cache(env.mystnb_config.execution_cache_path)
    kept = deepcopy(job.notebook)
    kept.metadata["language_info"] = NotebookNode(LANGUAGE)
    for cell, ran in zip(kept.cells, done.cells, strict=True):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
    bundle = CacheBundleIn(kept, str(job.path), data={"execution_seconds": outcome.seconds})
    cells = cache.cache_notebook_bundle(bundle, overwrite=True).hashkey
    code = [cell.source for cell in kept.cells if cell.cell_type == "code"]
    imports = set().union(*map(imported, code))
    record.entries[job.docname] = Entry(cells, inputs.of(outcome.reads, imports), outcome.seconds)
    cache.db.dispose()


def _fault(app: Sphinx, job: Job, outcome: Outcome, done: NotebookNode | None) -> str:
    """Return what is wrong with an execution, with its place; nothing if all is well."""
    if outcome.lost:
        return f"{_place(app, job, outcome.cell)}: {outcome.lost}"
    code = [(n, cell) for n, cell in enumerate(done.cells) if cell.cell_type == "code"]
    for n, cell in code:
        for output in cell.outputs:
            if output.output_type == "error":
                trace = COLOURS.sub("", "\n".join(output.traceback))
                what = f"{output.ename}: {COLOURS.sub('', output.evalue)}"
                return f"{_place(app, job, n, _line_in(trace))}: {what}\n{_indented(trace)}"
            if output.output_type == "stream" and output.name == "stderr":
                return (
                    f"{_place(app, job, n)}: the cell writes to standard error\n"
                    f"{_indented(output.text)}"
                )
    not_run = [n for n, cell in code if cell.execution_count is None]
    return f"{_place(app, job, not_run[0])}: the cell was not executed" if not_run else ""


def _place(app: Sphinx, job: Job, cell: int, line: int = 1) -> str:
    """Return the place of a line of a cell: ``chapters/votes.md:87: cell 5``."""
    path = os.path.relpath(job.path, app.srcdir)
    if cell < 0:
        return path
    source = job.notebook.cells[cell].source.split("\n")
    text = job.path.read_text(encoding="utf-8").split("\n")
    start = job.notebook.metadata["source_map"][cell]
    first = next((n for n in range(start, len(text)) if text[n : n + len(source)] == source), start)
    number = sum(c.cell_type == "code" for c in job.notebook.cells[: cell + 1])
    return f"{path}:{first + line}: cell {number}"


def _line_in(trace: str) -> int:
    found = CELL_LINE.findall(trace)
    return int(found[-1]) if found else 1


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.strip("\n").split("\n"))


def note_execution(app: Sphinx, doctree: nodes.document) -> None:
    """Note of the page that was read which execution it shows."""
    entry = _record(app).entries.get(app.env.docname)
    if entry is not None:
        report_domain(app.env).page(app.env.docname)["executed"] = entry.key


def _record(app: Sphinx) -> Record:
    return Record(Path(app.config.nb_execution_cache_path))


def _chapters(count: int) -> str:
    return "1 chapter" if count == 1 else f"{count} chapters"


def setup(app: Sphinx) -> None:
    """Connect the executing."""
    app.connect("config-inited", set_cache, priority=900)
    app.connect("env-get-outdated", stale)
    app.connect("env-before-read-docs", execute_chapters, priority=900)
    app.connect("doctree-read", note_execution)
