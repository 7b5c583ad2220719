"""Chapters run in forks as they do in kernels, and a cell that fails is named as people need it."""

from __future__ import annotations

import filecmp
import os
from pathlib import Path

import pytest

from azpak.book.execute_record import Inputs, imported
from support.book_project import make_project, site

HEAD = """\
---
jupytext: {text_representation: {format_name: myst}}
kernelspec: {name: python3, display_name: Python 3}
---
# Page

"""
FAULTS = {
    "start": "x = 1\nraise ValueError('the table is empty')",
    "codebook": "import sys\nprint('oh', file=sys.stderr)",
    "lists": "import os\nos.write(2, b'from below\\n')",
    "sources": "import time\ntime.sleep(600)",
    "reuse": "import os\nos._exit(3)",
    "glossary": "x = = 1",
}
SAID = [
    "chapters/start.md:12: cell 1: ValueError: the table is empty",
    "chapters/codebook.md:11: cell 1: the cell writes to standard error",
    "chapters/lists.md:11: cell 1: the cell writes to standard error",
    "chapters/sources.md:11: cell 1: ran longer than 20 seconds",
    "chapters/reuse.md:11: cell 1: its process died",
    "chapters/glossary.md:11: cell 1: SyntaxError",
]


def page(code: str) -> str:
    return HEAD + "```{code-cell} ipython3\n---\ntags: [hide-input]\n---\n" + code + "\n```\n"


@pytest.fixture(scope="module")
def failed(tmp_path_factory, builder) -> tuple[int, str]:
    """What a build says in whose chapters everything goes wrong at once."""
    pages = {name: page(code) for name, code in FAULTS.items()}
    folder = make_project(tmp_path_factory.mktemp("faults") / "book", **pages)
    config = folder / "_config.yml"
    config.write_text(config.read_text().replace("timeout: 600", "timeout: 20"))
    return builder.build(folder)


@pytest.mark.parametrize("line", SAID)
def test_a_cell_that_fails_ends_the_build_with_chapter_line_and_cell(failed, line):
    code, output = failed
    assert code != 0
    assert line in output


def test_the_trace_of_the_cell_is_all_the_trace_there_is(failed):
    _, output = failed
    assert "sphinx/application.py" not in output


def test_kernels_give_the_same_pages_as_forks(book, tmp_path, monkeypatch, builder):
    monkeypatch.setenv("AZPAK_KERNELS", "1")
    folder = make_project(tmp_path / "book")
    code, output = builder.build(folder, "-n", "-W", "--keep-going")
    assert code == 0, output
    other = site(folder)
    names = {p.relative_to(s) for s in (book, other) for p in s.rglob("*") if p.is_file()}
    assert [
        str(name)
        for name in sorted(names)
        if not ((book / name).exists() and (other / name).exists()
                and filecmp.cmp(book / name, other / name, shallow=False))
    ] == []  # fmt: skip
    record = (folder / "_build" / "executed" / "executed.json").read_text()
    assert '"table claims"' in record
    assert '"table trade"' not in record
    assert "WARNING" not in output and "KeyboardInterrupt" not in output


def test_what_a_cell_imports_is_followed_through_the_project():
    root = Path(__file__).resolve().parents[1]
    os.chdir(root)
    reached = Inputs(root).reached(
        imported("from azpak import say\nfrom azpak.figures import orders")
    )
    assert {"azpak.output.values", "azpak.figures.orders", "azpak.output.figure",
            "azpak.tables"} <= reached  # fmt: skip
    assert "azpak.figures.votes" not in reached
    assert "azpak.findings.votes" not in reached
    assert not [name for name in reached if name.startswith("azpak.book")]
