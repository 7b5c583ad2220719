"""The bench: what a command cost, what a build said, the table; nothing here is timed."""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from azpak.bench import checkout, rounds, table
from azpak.bench.browser import chromium
from azpak.bench.growth import Growth, Point, points
from azpak.bench.run import PROC, Cost, measure, memory_of_tree
from azpak.bench.server import serving
from azpak.bench.weight import Visit, weigh


def cost(cpu: float, wall: float = 1.0, memory: int = 0, code: int = 0, output: str = "") -> Cost:
    return Cost(cpu, wall, memory, code, output)


# A command and what it cost.

# It stays until somebody has seen enough memory, however slowly the other starts.
CHILD = """
import pathlib, time
x, patience = bytearray(b'x' * 80_000_000), time.monotonic() + 100
while not pathlib.Path('seen').exists() and time.monotonic() < patience:
    time.sleep(0.01)
"""
TWO = 160_000_000  # bytes, which no process of the two holds alone


def test_what_children_use_is_counted_too(tmp_path):
    busy = "sum(n * n for n in range(3_000_000))"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    assert (
        measure([sys.executable, "-c", code], tmp_path).cpu
        > 2
        * measure(
            [
                sys.executable,
                "-c",
                "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
            ],
            tmp_path,
        ).cpu
    )


@pytest.mark.skipif(not PROC.is_dir(), reason="this system has no /proc to look into")
def test_memory_is_that_of_all_processes_at_one_time(tmp_path, monkeypatch):
    def looked(process: int) -> int:
        found = memory_of_tree(process)
        if found > TWO:
            (tmp_path / "seen").touch()
        return found

    monkeypatch.setattr("azpak.bench.run.memory_of_tree", looked)
    code = f"import subprocess, sys; c = [subprocess.Popen([sys.executable, '-c', {CHILD!r}])"
    code += " for _ in range(2)]; [p.wait() for p in c]"
    assert measure([sys.executable, "-c", code], tmp_path).memory > TWO


def test_a_command_that_fails_is_reported_with_its_last_line(tmp_path):
    said = "\x1b[91mno pages: mend it\x1b[0m\n\x1b[91m=====\x1b[0m"
    failed = measure([sys.executable, "-c", f"import sys; sys.exit({said!r})"], tmp_path)
    assert (failed.code, failed.last_line) == (1, "no pages: mend it")


def has_ended(process: int) -> bool:
    """Return whether a process is gone, or waits only for somebody to take note of it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    status = PROC / str(process) / "stat"
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_what_was_started_ends_when_the_bench_is_interrupted(tmp_path, monkeypatch):
    started = tmp_path / "started"

    def interrupted(*_):
        while not started.exists():
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr("azpak.bench.run.os.wait4", interrupted)
    code = "import os, pathlib, time; pathlib.Path('new').write_text(str(os.getpid())); "
    code += "os.rename('new', 'started'); time.sleep(300)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}]); print()"
    with pytest.raises(KeyboardInterrupt):
        measure([sys.executable, "-c", code], tmp_path)
    # A process lets go of its files a moment before the system counts it as ended.
    sleeper, patience = int(started.read_text()), time.monotonic() + 100
    while not has_ended(sleeper) and time.monotonic() < patience:
        time.sleep(0.01)
    assert has_ended(sleeper)


# What is said of it.


def test_a_ratio_is_that_of_medians_and_both_must_reach_the_target():
    row = table.row_of(
        "cold", [cost(50, 60), cost(30, 20), cost(40, 30)], [cost(10, 10), cost(9, 4), cost(8, 5)]
    )
    assert row.measured.startswith("4.44 x CPU, 6.00 x wall")
    assert row.reached  # 6 of wall is just what is asked
    assert not table.row_of("cold", [cost(40, 31)], [cost(9, 5)]).reached


def test_a_step_that_failed_reaches_nothing_and_says_why():
    row = table.row_of("pdf", [cost(1), cost(1, code=1, output="...\nno font\n")])
    assert (row.measured, row.reached, row.note) == ("-", None, "failed: no font")


def test_without_the_stock_template_there_is_no_ratio():
    row = table.row_of("warm", [cost(1, 2)], [cost(1, code=1)])
    assert (row.measured, row.reached) == ("1.0 s CPU, 2.0 s wall", None)


@pytest.mark.parametrize(
    ("step", "one", "reached"),
    [("pdf", cost(14, 99), True), ("pdf", cost(14.1, 1), False), ("setup", cost(99, 20), True),
     ("setup", cost(1, 20.1), False), ("memory", cost(1, 1, 1_500_000_000), True),
     ("memory", cost(1, 1, 1_510_000_000), False)],
)  # fmt: skip
def test_each_target_is_held_against_its_own_unit(step, one, reached):
    assert table.row_of(step, [one]).reached is reached


@pytest.mark.parametrize(
    "said",
    ["pages: executed 1 of 2 chapters: chapters/votes, 4.1 s\n"
     "pages: executed 2 of 2 chapters: chapters/arms-balance, 1.0 s\n",
     "\x1b[94m/a b/chapters/votes: Executing notebook using CACHE kernel\x1b[39;49;00m [mystnb]\n"
     "/a b/chapters/arms-balance: Executing notebook using local CWD [mystnb]\n"],
)  # fmt: skip
def test_the_chapters_executed_are_read_from_what_a_build_says(said):
    assert table.executed_in(said) == ["arms-balance", "votes"]


def test_the_chapters_that_read_a_table_are_those_that_the_build_noted(tmp_path):
    assert rounds.readers_of("trade", tmp_path) is None
    chapters = {
        "chapters/votes": {"inputs": {"table unga_rollcalls": "1"}},
        "chapters/trade-travel": {"inputs": {"table trade": "2", "lock": "3"}},
    }
    (tmp_path / "executed").mkdir()
    (tmp_path / "executed" / "executed.json").write_text(json.dumps({"chapters": chapters}))
    assert rounds.readers_of("trade", tmp_path) == ["trade-travel"]


def test_other_chapters_than_the_readers_do_not_reach_the_target():
    results = rounds.Results(readers=["trade-travel"], changed="a cell")
    for told, reached in ((["trade-travel"], True), (["trade-travel", "votes"], False)):
        said = "".join(f"executed 1 of 2 chapters: chapters/{name}, 1 s\n" for name in told)
        results.costs["cell"] = [cost(1, output=said)]
        row = next(row for row in rounds.rows(results) if row.what.startswith("one cell"))
        assert row.reached is reached


def visit(page: str, sent: int, first: bool = True, shift: float = 0.0, faults=()) -> Visit:
    return Visit(page, first, sent, 9, shift, faults)


def test_the_heaviest_page_of_each_kind_counts():
    rows = table.weight_rows([
        visit("index.html", 300_000), visit("chapters/a.html", 350_001, shift=0.06),
        visit("chapters/b.html", 10), visit("chapters/a.html", 90_000, first=False),
        visit("chapters/b.html", 20, first=False, faults=("a 404",)),
    ])  # fmt: skip
    assert [row.reached for row in rows] == [True, False, True, False, False]
    assert rows[1].note == "chapters/a.html, 9 requests; 1 above the target"


def test_a_table_keeps_a_line_for_each_row_whatever_a_note_holds():
    row = table.Row("what", "1", "", "", "", False, "a | b\nc")
    lines = table.markdown([row]).splitlines()
    assert lines[2:] == ["| what | 1 |  |  |  | NO | a \\| b c |"]


def step(*cpu: float | None) -> Growth:
    sizes = zip((1, 3, 10), cpu, strict=False)
    return Growth("gate", tuple(Point(n, 1000 * n, c, c, 1 if c else None) for n, c in sizes))


def test_growth_is_linear_with_a_fixed_part_and_not_when_it_bends_upward():
    assert step(1.0, 2.0, 5.5).linear  # half a second, and half for each thousand rows
    assert step(1.0, 3.0, 10.5).linear is False  # more than ten times as much
    assert step(5.0, 5.4, 9.0).linear is False  # a fifth of a second, then half a second
    assert step(1.0, None, 5.5).linear is None


def test_growth_is_looked_at_on_the_way():
    assert (points(10), points(100), points(2)) == ([1, 3, 10], [1, 33, 100], [1, 2])


def test_a_table_of_growth_says_what_failed():
    shown = table.growth_table([step(1.0, None, 5.5)])
    assert "| gate | 3 x | 3,000 | failed |" in shown
    assert "not seen" in shown


# What is changed in the copy.


@pytest.fixture
def project(tmp_path) -> Path:
    """A folder with the real chapters and data."""
    return checkout.copy(checkout.ROOT, tmp_path / "copy")


def test_a_copy_holds_what_is_not_committed_and_nothing_that_was_built(project):
    assert (project / "azpak" / "bench" / "run.py").is_file()
    assert not (project / "_build").exists()
    assert not (project / ".venv").exists()


def test_a_sentence_is_added_to_one_chapter_and_a_cell_changed_in_one_row(project):
    name = checkout.change_sentence(project, 7)
    changed = [
        path.stem
        for path in (project / "chapters").glob("*.md")
        if path.read_text() != (checkout.ROOT / "chapters" / path.name).read_text()
    ]
    assert changed == [name]
    assert "This sentence is number 7." in (project / "chapters" / f"{name}.md").read_text()
    checkout.change_cell(project, 1)
    trade = Path("data", "indicators", "trade.csv")
    with (checkout.ROOT / trade).open() as was, (project / trade).open() as now:
        cells = zip(csv.reader(was), csv.reader(now), strict=True)
        differ = [(a, b) for one, other in cells for a, b in zip(one, other, strict=True) if a != b]
    assert len(differ) == 1


def test_chapters_without_cells_keep_their_prose(project):
    checkout.without_cells(project)
    texts = [path.read_text() for path in (project / "chapters").glob("*.md")]
    assert not any("{code-cell}" in text or "{glue:" in text for text in texts)
    assert sum(text.count("{event}") for text in texts) > 10


# The server and the browser.


def test_the_server_packs_text_and_counts_what_it_sends(tmp_path):
    (tmp_path / "index.html").write_text("<p>" + "word " * 1000)
    (tmp_path / "dot.png").write_bytes(b"\x89PNG")
    with serving(tmp_path) as (address, log):
        with urllib.request.urlopen(address) as answer:
            body = answer.read()
        assert gzip.decompress(body).startswith(b"<p>word")
        assert len(body) < log.sent < len(body) + 500
        with urllib.request.urlopen(f"{address}dot.png") as answer:
            assert answer.read() == b"\x89PNG"
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{address}../secret")
        assert (log.requests, log.missing) == (3, ["/../secret"])


@pytest.mark.skipif(
    chromium() is None,
    reason="no Chromium here: install it (Debian: apt-get install chromium-headless-shell) or name "
    "it by CHROMIUM=/path, then run .venv/bin/python -m pytest tests/test_bench.py",
)
def test_a_visitor_loads_a_file_once(tmp_path):
    (tmp_path / "chapters").mkdir()
    icon = "<link rel=icon href=data:,>"
    page = f"{icon}<link rel=stylesheet href=/look.css><p>Text"
    for name in ("index.html", "chapters/a.html", "chapters/b.html"):
        (tmp_path / name).write_text(page)
    (tmp_path / "chapters" / "b.html").write_text(f"{page}<script>missing()</script>")
    (tmp_path / "look.css").write_text("p { color: black }")
    visits = {(v.page, v.first): v for v in weigh(tmp_path, chromium())}
    assert visits["chapters/a.html", True].requests == 2
    assert visits["chapters/a.html", False].requests == 1
    assert visits["chapters/a.html", True].faults == ()
    assert visits["chapters/b.html", True].faults == ("Uncaught",)
