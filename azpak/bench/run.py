"""Run a command and say what it cost: processor time, wall time, memory."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cost", "measure", "memory_of_tree"]

PROC = Path("/proc")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_WORD = re.compile(r"\w")
EVERY = 0.25  # seconds between two looks at the memory


@dataclass(frozen=True)
class Cost:
    """What a command cost.

    Attributes
    ----------
    cpu, wall
        Seconds: of all processes that it waited for, and from start to end.
    memory
        The highest sum seen over all processes at one time, in bytes, shared pages counted once;
        where that cannot be read, of the largest process alone.
    code
        The exit code.
    output
        What it wrote, standard error too.
    """

    cpu: float
    wall: float
    memory: int
    code: int
    output: str

    @property
    def last_line(self) -> str:
        """The last thing that it said in words."""
        lines = [line for line in _COLOURS.sub("", self.output).splitlines() if _WORD.search(line)]
        return lines[-1].strip() if lines else ""


def measure(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a command in a folder and wait for it; it may fail."""
    started = time.monotonic()
    process = subprocess.Popen(
        list(command), cwd=folder, env=environment, text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,  # a group of its own, which ends as one
    )  # fmt: skip
    said: list[str] = []
    # Read meanwhile, or a full pipe would stop the command.
    reader = threading.Thread(target=lambda: said.append(process.stdout.read()))
    reader.start()
    watch = _Watch(process.pid)
    watch.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    except BaseException:  # interrupted: what was started ends too
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        reader.join()  # until the last of them has let go of the pipe
        raise
    finally:
        watch.stop()
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    reader.join()
    largest = used.ru_maxrss * (1024 if PROC.is_dir() else 1)  # macOS says bytes, Linux kilobytes
    return Cost(
        cpu=used.ru_utime + used.ru_stime,
        wall=wall,
        memory=watch.highest or largest,
        code=process.returncode,
        output="".join(said),
    )


class _Watch(threading.Thread):
    """Look at the memory of a process and its descendants until told to stop."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.highest = 0
        self._process = process
        self._ended = threading.Event()

    def run(self) -> None:
        while PROC.is_dir() and not self._ended.wait(EVERY):
            self.highest = max(self.highest, memory_of_tree(self._process))

    def stop(self) -> None:
        """End the watching."""
        self._ended.set()
        self.join()


def memory_of_tree(process: int) -> int:
    """Return the bytes that a process and all its descendants hold, shared pages counted once."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            parent = _parent(entry)
            children.setdefault(parent, []).append(int(entry.name))
    total, todo = 0, [process]
    while todo:
        at = todo.pop()
        todo += children.get(at, [])
        total += _share(PROC / str(at))
    return total


def _parent(folder: Path) -> int:
    try:
        # The name of the command, in brackets, may hold blanks and brackets.
        return int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError, ValueError):
        return 0  # it has ended


def _share(folder: Path) -> int:
    try:
        for line in (folder / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return 1024 * int(line.split()[1])
    except (OSError, ValueError):
        pass
    return 0
