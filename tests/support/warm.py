"""A process that has imported what builds a book, and builds books in forks of itself.

Half of what the command ``jupyter-book`` takes for a tiny book is importing. Here that is done
once; each fork then does what the command does, with its own folder, variables and output.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[1]
MODULES = (
    "jupyter_book.cli.main", "jupyter_book.sphinx", "azpak.book", "azpak.output.table",
    "azpak.output.warm", "bs4", "jupyter_cache", "latexcodec", "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg", "myst_nb.ext.glue.domain", "myst_nb.sphinx_ext",
    "pybtex.style.labels.alpha", "pybtex.style.names.plain",
    "pybtex.style.sorting.author_year_title", "pydata_sphinx_theme", "sphinx.builders.html",
    "sphinx.ext.intersphinx", "sphinx_book_theme", "sphinx_copybutton", "sphinx_design.extension",
    "sphinx_external_toc.events", "sphinx_multitoc_numbering", "sphinx_togglebutton",
    "sphinxcontrib.bibtex", "sphinxcontrib.bibtex.style.referencing.author_year",
    "sqlalchemy.dialects.sqlite", "tinycss2",
)  # fmt: skip


class Builder:
    """The warm process, seen from the tests; it begins with the first book."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None

    def build(self, folder: Path, *options: str) -> tuple[int, str]:
        """Build a book; return the exit code and all that was said."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "support.warm"], cwd=SOURCE, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        said = folder.with_name(folder.name + ".log")
        order = {
            "arguments": ["build", str(folder), *options],
            "folder": str(folder),
            "variables": {k: v for k, v in os.environ.items() if k != "AZPAK_DATA"},
            "output": str(said),
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the warm process has ended"
        return int(answer), said.read_text(encoding="utf-8")

    def close(self) -> None:
        """End the process, and wait for it: what it used is counted to the tests."""
        if self._process is not None:
            self._process.communicate()


def serve() -> None:
    """Build what is asked for on standard input, one line a book, until it is closed."""
    from nbformat.validator import get_validator

    for name in MODULES:
        __import__(name)
    get_validator(4, 5)  # it is written anew from the schema, and kept
    gc.collect()
    gc.freeze()  # the forks share this memory as long as nothing looks through it
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            os._exit(run(**json.loads(line)))
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def run(arguments: list[str], folder: str, variables: dict[str, str], output: str) -> int:
    """Do what the command does."""
    from jupyter_book.cli.main import main

    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for fd, target in ((nothing, 0), (written, 1), (written, 2)):
        os.dup2(fd, target)
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    sys.argv = ["jupyter-book", *arguments]
    code: Any = 1
    try:
        main(arguments)
    except SystemExit as ended:
        code = ended.code
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    serve()
