"""Every chapter's notebook runs away from the report, and says what the pages say.

What is published beside the notebooks, and nothing else, lies in an empty folder; the environment
has the packages of the lock, but not the project. One notebook runs as a stranger runs it: from its
first cell, which installs the wheel, in a kernel of its own. Then all run in that environment in
forks of one process, without the cell that installs what is installed by then: a kernel for each
would wait for the same imports fifteen times. Each of these finds no more data than the files that
the box of its chapter names.

All run in the gate, which asks for it (`NOTEBOOKS=all`). Elsewhere some do, drawn by the values of
the pages, so that others are drawn when those change; the summary of the tests says which.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from lxml import html
from markdown_it import MarkdownIt

from azpak import tables
from azpak.book.notebooks import values_of
from azpak.output import mime
from support.pages import page
from support.same_bytes import environment_of

FIRST = "interlude-1995-2001"
SOME = 4  # besides the first
ALL = os.environ.get("NOTEBOOKS") == "all"
# A value that is lost on the way from the kernel is an error and no gap.
RUN_ONE = """
import sys, nbformat
from nbclient import NotebookClient
made = nbformat.read(sys.argv[1], 4)
NotebookClient(made, timeout=600, raise_on_iopub_timeout=True, kernel_name="python3",
               resources={"metadata": {"path": "."}}).execute()
nbformat.write(made, "ran/" + sys.argv[1])
"""
RUN_ALL = """
import re, nbformat
from pathlib import Path
from azpak.book.execute_forks import Job, execute
jobs = []
for path in sorted(Path.cwd().glob("*.ipynb")):
    made = nbformat.read(path, 4)
    made.cells = [c for c in made.cells if "install" not in c.metadata.get("tags", ())]
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.source = re.sub(r'begin\\("azpak.*"\\)', f'begin("only/{path.stem}")', cell.source)
    jobs.append(Job(path.stem, path, made, 600))
for job, outcome in execute(jobs, print):
    assert not outcome.lost, (job.docname, outcome.lost)
    Path("ran", job.docname + ".ipynb").write_text(outcome.notebook)
"""


@pytest.fixture(scope="module")
def offered(site) -> Path:
    """The folder with the notebooks and what they need, as it is published."""
    return site / "_downloads" / "notebooks"


@pytest.fixture(scope="module")
def published(site) -> dict[str, dict[str, dict]]:
    """The values that the pages print, by chapter and name."""
    rows = json.loads((site / "_downloads" / "values.json").read_text(encoding="utf-8"))["values"]
    found: dict[str, dict[str, dict]] = {}
    for row in rows:
        found.setdefault(row["chapter"], {})[row["name"]] = {
            key: row[key] for key in ("text", "raw", "unit")
        }
    return found


@pytest.fixture(scope="module")
def chosen(site, offered) -> list[str]:
    """The notebooks that run."""
    names = sorted(path.stem for path in offered.glob("*.ipynb"))
    if ALL:
        return names
    values = (site / "_downloads" / "values.json").read_bytes()
    drawn = random.Random(hashlib.sha256(values).digest()).sample(names, SOME)
    return sorted({FIRST, *drawn})


@pytest.fixture(scope="module")
def ran(site, offered, chosen, tmp_path_factory) -> Path:
    """Notebooks after they ran in an empty folder, and the folder itself around them."""
    alone = tmp_path_factory.mktemp("alone") / "an empty folder"
    shutil.copytree(offered, alone)
    (alone / "ran").mkdir()
    for path in alone.glob("*.ipynb"):
        if path.stem not in chosen:
            path.unlink()
    for name in chosen:
        for path in ("values.json", *data_line(site, name)):
            target = alone / "only" / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = site / "_downloads" / path
            shutil.copy(beside if beside.is_file() else site / "_downloads" / "data" / path, target)
    python = environment_of(alone.parent)
    plain = {k: v for k, v in os.environ.items() if k not in ("AZPAK_DATA", "PYTHONPATH")}
    # In this environment no index is asked: what is missing there would be an error here.
    plain |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    for code, *names in ((RUN_ONE, f"{FIRST}.ipynb"), (RUN_ALL,)):
        command = [python, "-c", code, *names]
        done = subprocess.run(command, cwd=alone, env=plain, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        if names:
            shutil.copy(alone / "ran" / names[0], alone / "ran" / "first.ran")
    return alone


def notebooks(folder: Path) -> dict[str, nbformat.NotebookNode]:
    return {path.stem: nbformat.read(path, 4) for path in sorted(folder.glob("*.ipynb"))}


def data_line(site: Path, name: str) -> list[str]:
    """Return the files that the box of a chapter names as its data."""
    (line,) = page(site, name).xpath("//div[@class='reuse']//dt[.='Data']/following-sibling::dd[1]")
    return [link.text_content() for link in line.xpath(".//a")]


def test_every_chapter_that_computes_has_a_notebook_of_the_current_form(offered, published):
    found = notebooks(offered)
    without_box = {"index", "tests-explained", "outlook", "places-in-time"}
    assert set(published) - without_box <= set(found)
    for made in found.values():
        nbformat.validate(made)


def test_a_notebook_runs_from_its_first_cell_as_a_stranger_runs_it(ran, published):
    made = nbformat.read(ran / "ran" / "first.ran", 4)
    assert any("%pip install" in cell.source for cell in made.cells)
    assert values_of(made) == published[FIRST]


def test_every_notebook_runs_where_all_are_asked_for(ran, offered, chosen):
    assert set(notebooks(ran / "ran")) == set(chosen)
    there = {path.stem for path in offered.glob("*.ipynb")}
    assert len(there) > 12
    if not ALL:
        pytest.skip(
            f"{len(chosen)} of {len(there)} notebooks ran ({', '.join(chosen)}); all do by "
            "NOTEBOOKS=all .venv/bin/pytest tests/test_notebooks.py"
        )
    assert set(chosen) == there


def test_every_notebook_says_what_the_pages_say(ran, published):
    found = {name: values_of(made) for name, made in notebooks(ran / "ran").items()}
    assert {name: values for name, values in found.items() if values != published[name]} == {}
    told = {name: made.cells[1].outputs[0].text for name, made in notebooks(ran / "ran").items()}
    assert all(text.endswith(f"only/{name}\n") for name, text in told.items())


def test_the_data_line_of_a_chapter_names_what_its_cells_read_and_no_more(site, offered):
    """The notebooks ran with these files alone; here, that the line is no list of everything."""
    lines = {name: data_line(site, name) for name in notebooks(offered)}
    assert all(line[0] == "datapackage.json" and len(line) > 2 for line in lines.values())
    assert "indicators/unga_rollcalls.csv" in lines["votes"]
    assert "indicators/unga_rollcalls.csv" not in lines[FIRST]


def test_every_notebook_compares_its_values_with_the_pages_itself(ran, published):
    for name, made in notebooks(ran / "ran").items():
        said = "".join(output.get("text", "") for output in made.cells[-1].outputs)
        count = len(published[name])
        assert said == f"{count} of {count} values are those that the pages print.\n", name


def test_what_is_published_in_a_notebook_is_what_it_gives_when_it_runs(offered, ran):
    there = notebooks(offered)
    for name, again in notebooks(ran / "ran").items():
        shown = [seen(cell) for cell in computing(there[name])]
        assert [seen(cell) for cell in computing(again)] == shown, name


def test_the_outputs_need_no_reader_that_knows_this_report(ran):
    kinds = {kind for made in notebooks(ran / "ran").values() for cell in made.cells
             for output in cell.get("outputs", ()) for kind in output.get("data", ())}  # fmt: skip
    assert kinds <= {"text/html", "text/plain", "image/svg+xml", "image/png", mime.VALUES}


def test_a_figure_shows_where_the_notebook_is_not_trusted_too(offered, site):
    """JupyterLab shows no SVG there, and would print the description instead."""
    files = {path.read_bytes() for path in (site / "_downloads" / "figures").rglob("*.png")}
    drawn = [
        output["data"] for made in notebooks(offered).values() for cell in made.cells
        for output in cell.get("outputs", ()) if "image/svg+xml" in output.get("data", {})
    ]  # fmt: skip
    assert len(drawn) > 20
    for data in drawn:
        assert base64.b64decode(data["image/png"]) in files


def test_the_prose_of_a_notebook_is_resolved_and_its_links_lead_somewhere(offered):
    reader = MarkdownIt().enable("table")
    for name, made in notebooks(offered).items():
        prose = [cell.source for cell in made.cells if cell.cell_type == "markdown"]
        whole = "\n\n".join(prose)
        assert not re.search(r"\{[a-z:-]+\}`|^:::|^```", whole, re.MULTILINE), name
        anchors = set(re.findall(r'<a id="([^"]+)"></a>', whole))
        links = [
            str(token.attrGet("href"))
            for block in reader.parse(whole)
            for token in block.children or ()
            if token.type == "link_open"
        ]
        assert len(links) > 20, name
        dead = [link for link in links if not link.startswith("http") and link[1:] not in anchors]
        assert dead == [], name


def test_the_tables_of_a_notebook_name_no_id_and_their_links_lead_to_its_references(offered):
    keys = {"events": "event_id", "rulings": "ruling_id", "sources": "source_id"}
    ids = {key for table, column in keys.items() for key in tables.load(table)[column]}
    links = 0
    for name, made in notebooks(offered).items():
        prose = "\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
        anchors = set(re.findall(r'<a id="([^"]+)"></a>', prose))
        for shown in tables_of(made):
            words = set(re.findall(r"[\w-]+", shown.text_content()))
            assert words & ids == set(), name
            targets = shown.xpath(".//a/@href")
            links += len(targets)
            assert [t for t in targets if t[0] != "#" or t[1:] not in anchors] == [], name
            assert not shown.xpath(".//*[@data-page]"), name
    assert links > 100


def tables_of(made: nbformat.NotebookNode) -> list[html.HtmlElement]:
    """Return the tables among the outputs, without the values of the sentences."""
    found = [output.get("data", {}) for cell in made.cells for output in cell.get("outputs", ())]
    texts = [data["text/html"] for data in found if "text/html" in data and mime.VALUES not in data]
    return [html.fromstring(text) for text in texts]


def computing(made: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the cells of the chapter, without those that only a notebook has."""
    ours = ("%pip", "notebook.begin", "notebook.compare")
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    return [cell for cell in code if not any(word in cell.source for word in ours)]


def seen(cell: nbformat.NotebookNode) -> list[dict]:
    """Return what a cell shows, without the PNG that is put beside each SVG for the untrusted."""
    shown = [dict(output.get("data", {})) for output in cell.outputs]
    return [{kind: data[kind] for kind in data if kind != mime.PNG} for data in shown]
