"""Run the cells of one chapter in this process, and keep what each puts out.

The outputs are those that an ordinary kernel would send: what is displayed, the value of the last
line, what is printed, by Python or by a library below it.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets.config import Config


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    """Return a bundle as it would cross to another process, with pictures as text."""
    return json_clean(encode_images(data))


class _Published(DisplayPublisher):
    """Takes what a cell displays."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_):
        """Keep a display."""
        if update:
            raise NotImplementedError("a chapter cannot change what an earlier cell displayed")
        self.shell.outputs.append(
            new_output("display_data", data=_bundle(data), metadata=metadata or {})
        )

    def clear_output(self, wait=False):
        """Forget what the cell put out so far."""
        self.shell.outputs.clear()


class _Result(DisplayHook):
    """Takes the value of a cell's last line."""

    def start_displayhook(self):
        """Nothing stands before a value."""

    def write_output_prompt(self):
        """Nothing stands before a value."""

    def finish_displayhook(self):
        """Nothing stands after a value."""

    def write_format_data(self, format_dict, md_dict=None):
        """Keep the value."""
        self.shell.outputs.append(
            new_output("execute_result", data=_bundle(format_dict), metadata=md_dict or {},
                       execution_count=self.shell.execution_count)
        )  # fmt: skip


class ChapterShell(InteractiveShell):
    """An IPython without prompt, history or colours."""

    outputs: list[NotebookNode]

    def __init__(self, **kwargs: Any) -> None:
        self.outputs = []
        settings = Config()
        settings.HistoryManager.enabled = False
        settings.InteractiveShell.colors = "nocolor"
        super().__init__(config=settings, display_pub_class=_Published, displayhook_class=_Result,
                         **kwargs)  # fmt: skip

    def _showtraceback(self, etype, evalue, stb):
        self.outputs.append(
            new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))
        )


class _Printed(io.TextIOBase):
    """Takes what a cell prints, in its order with all else."""

    encoding = "utf-8"

    def __init__(self, shell: ChapterShell, name: str) -> None:
        self.shell, self.name = shell, name

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, text: str) -> int:
        """Keep the text, together with what was printed just before."""
        last = self.shell.outputs[-1] if self.shell.outputs else None
        if last is not None and last.output_type == "stream" and last.name == self.name:
            last.text += text
        elif text:
            self.shell.outputs.append(new_output("stream", name=self.name, text=text))
        return len(text)


class _Below:
    """Takes what is written below Python, straight to a file descriptor."""

    def __init__(self, stream: _Printed, descriptor: int) -> None:
        self.stream, self.seen = stream, 0
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the process)
        os.dup2(self.file.fileno(), descriptor)

    def collect(self) -> None:
        """Hand over what came since the last time."""
        end = os.fstat(self.file.fileno()).st_size
        if end > self.seen:
            new = os.pread(self.file.fileno(), end - self.seen, self.seen)
            self.stream.write(new.decode("utf-8", "replace"))
            self.seen = end


def run_cells(notebook: NotebookNode, begin: Callable[[int], None]) -> None:
    """Run the code cells in their order and put the outputs into the notebook.

    It stops after a cell that raised. This process gives up its standard output for it.

    Parameters
    ----------
    notebook
        The chapter.
    begin
        Called with the index of each cell before it runs.
    """
    shell = ChapterShell.instance()
    printed = [_Printed(shell, name) for name in ("stdout", "stderr")]
    below = [_Below(stream, number + 1) for number, stream in enumerate(printed)]
    sys.stdout, sys.stderr = printed  # type: ignore[assignment]
    code = [(n, cell) for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    for count, (index, cell) in enumerate(code, 1):
        begin(index)
        shell.outputs = []
        shell.execution_count = cell.execution_count = count
        shell.run_cell(cell.source, store_history=False)
        for stream in below:
            stream.collect()
        cell.outputs = shell.outputs
        if any(output.output_type == "error" for output in cell.outputs):
            break
