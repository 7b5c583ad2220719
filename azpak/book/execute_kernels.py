"""Execute chapters in ordinary kernels, one after the other.

For machines where a process must not be forked, and to compare with.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import nbformat
from jupyter_core.utils import ensure_async, run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from azpak.book.execute_forks import Job, Outcome

ANSWER = 60  # seconds a kernel may take for what is asked between cells
RECORD = "import azpak.tables as _t; _r = _t.recording(); _reads = _r.__enter__()"
READS = "sorted(_reads)"
# Each would warn that others could listen, and complain of the signal by which it is ended.
QUIET = ["--IPKernelApp.log_level=CRITICAL"]


def execute(jobs: list[Job]) -> Iterator[tuple[Job, Outcome]]:
    """Execute chapters; yield each with its outcome."""
    for job in jobs:
        yield job, _executed(job)


def _executed(job: Job) -> Outcome:
    notebook = deepcopy(job.notebook)  # whose metadata the client changes
    client = NotebookClient(
        notebook, timeout=job.timeout, extra_arguments=QUIET, raise_on_iopub_timeout=True,
        resources={"metadata": {"path": str(job.path.parent)}},
    )  # fmt: skip
    client.reset_execution_trackers()
    started, at, lost, reads = time.monotonic(), -1, "", frozenset()
    with client.setup_kernel():
        _ask(client, RECORD)
        try:
            for at, cell in enumerate(notebook.cells):
                client.execute_cell(cell, at)
        except CellExecutionError:
            pass  # its output says so
        except CellTimeoutError:
            lost = f"ran longer than {job.timeout:g} seconds"
        except DeadKernelError:
            lost = "its kernel died"
        else:
            answer = _ask(client, "", reads=READS)["user_expressions"]["reads"]
            reads = frozenset(ast.literal_eval(answer["data"]["text/plain"]))
    text = "" if lost else nbformat.writes(notebook, nbformat.NO_CONVERT)
    return Outcome(at, text, reads, time.monotonic() - started, lost)


def _ask(client: NotebookClient, code: str, **expressions: str) -> dict[str, Any]:
    """Run something that is no cell, and return the kernel's reply."""

    async def reply() -> dict[str, Any]:
        asked = client.kc.execute(
            code, silent=True, user_expressions=expressions, reply=True, timeout=ANSWER
        )
        return (await ensure_async(asked))["content"]

    return run_sync(reply)()
