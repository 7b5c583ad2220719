"""The project's wheel in an empty folder: with nothing but it and the data, the report is there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from support.same_bytes import environment_of

ROOT = Path(__file__).resolve().parents[1]

# What a stranger runs: values, a figure, and no package of a name that is not the project's.
USED = """
import importlib.util, json
from azpak import Report, __version__
from azpak.figures import recognition
from azpak.findings import suppliers
from azpak.output.figure import REGISTERED

report = Report.load("data")
figure = REGISTERED["recognition-sequence"](report)
print(json.dumps({
    "version": __version__,
    "events": len(report.events),
    "suppliers": list(suppliers.shares(report, "AZE", 2016, 2020)["supplier"][:2]),
    "figure": len(figure.exports()["png"]),
    "figures outside": importlib.util.find_spec("figures") is not None,
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy, so that the checkout gets no folder of the build."""
    copy = tmp_path_factory.mktemp("source") / "checkout"
    left_out = shutil.ignore_patterns(".venv", "_build", ".git", "__pycache__", "*.egg-info", ".*")
    shutil.copytree(ROOT, copy, ignore=left_out)
    command = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", copy.parent, copy]
    subprocess.run([sys.executable, "-m", "pip", *command], check=True, capture_output=True)
    (built,) = copy.parent.glob("*.whl")
    return built


def test_the_wheel_and_the_data_are_enough(wheel, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    shutil.copytree(ROOT / "data", empty / "data")
    python = environment_of(tmp_path)
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", wheel]
    subprocess.run(install, check=True, capture_output=True)
    plain = {k: v for k, v in os.environ.items() if k not in ("AZPAK_DATA", "PYTHONPATH")}
    ran = subprocess.run([python, "-c", USED], cwd=empty, env=plain, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert found["version"] == project["version"]
    assert found["events"] > 200
    assert len(found["suppliers"]) == 2
    assert found["figure"] > 10_000
    assert found["figures outside"] is False
    gate = subprocess.run([python, "-m", "azpak", "check", "data"], cwd=empty, env=plain)
    assert gate.returncode == 0


def test_the_wheel_holds_fonts_templates_and_every_module(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, where in (("azpak", "azpak"), ("figures", "azpak/figures")):
        for path in (ROOT / folder).rglob("*"):
            inside = f"{where}/{path.relative_to(ROOT / folder).as_posix()}"
            if path.is_file() and "__pycache__" not in path.parts:
                assert inside in names
    assert [name for name in names if name.startswith(("figures/", "tests/"))] == []


def test_the_dependencies_named_are_those_that_the_library_imports():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    base = {plain(line) for line in project["dependencies"]}
    drawing = {plain(line) for line in extras["figures"]} | base
    book = {plain(line) for line in extras["book"]} | drawing
    light = ("findings", "measures", "evidence", "check", "")
    assert third_party(*(f"azpak/{room}" for room in light)) <= base | drawing
    # Only `azpak citation`, which a checkout runs, writes YAML, with what jupyter-book brings.
    assert third_party("azpak/build") - {"pyyaml"} <= base | drawing
    yaml = [p.name for p in (ROOT / "azpak/build").glob("*.py") if "import yaml" in p.read_text()]
    assert yaml == ["deposit.py"]
    assert third_party("azpak/findings", "azpak/measures", "azpak/output", "figures") <= drawing | {
        "ipython"  # only where it already runs
    }
    missing = {
        name
        for name in third_party("azpak/book", "azpak/pdf") - book
        if not name.startswith("sphinxcontrib-")
    }  # one folder for all of these
    assert missing <= {
        "sphinx", "docutils", "myst-nb", "jupyter-cache", "pybtex", "pyyaml", "nbformat",
        "nbclient", "ipykernel", "ipython", "traitlets", "jupyter_core",
    }, "what jupyter-book does not bring must be named"  # fmt: skip


def plain(requirement: str) -> str:
    """Return the name of a requirement."""
    return requirement.replace("[", "=").replace(">", "=").split("=")[0].strip().lower()


@cache
def distributions() -> dict[str, list[str]]:
    """Return the distributions that hold each package; finding them reads what all are made of."""
    return dict(packages_distributions())


def third_party(*folders: str) -> set[str]:
    """Return the distributions that the modules of some folders import."""
    import ast

    known, found = distributions(), set()
    for folder in folders:
        for path in (ROOT / folder).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module]
                tops = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names)
                found |= {d.lower() for top in tops - {"azpak"} for d in known.get(top, [top])}
    return found
