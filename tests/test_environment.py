"""The set-up installs what is asked for, by hash, once, and with whatever installer there is."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.markers import Marker

from azpak.build import environment
from azpak.build.book import ROOT


def raising(error: BaseException):
    def step(*_):
        raise error

    return step


class Machine:
    """A machine on which installers only note what they are asked, and some of them fail."""

    def __init__(self, monkeypatch) -> None:
        self.commands: list[str] = []
        self.failing = "nothing"
        self.uv: str | None = "/usr/bin/uv"
        self.fetched = False
        monkeypatch.setattr(environment.subprocess, "call", self.call)
        monkeypatch.setattr(environment.subprocess, "Popen", self.start)
        monkeypatch.setattr(environment.shutil, "which", self.which)

    def call(self, command, **_) -> int:
        line = " ".join(command)
        self.commands.append(line)
        if re.search(self.failing, line):
            return 1
        if " venv " in line:
            Path(command[-1]).mkdir(exist_ok=True)
        self.fetched |= "requirements-uv.txt" in line
        return 0

    def start(self, command, **_) -> subprocess.CompletedProcess:
        done = subprocess.CompletedProcess(command, self.call(command))
        done.stderr = ["Resolved 3 packages in 1ms\n", " + numpy==2\n"]
        done.wait, done.communicate = (lambda: done.returncode), (lambda: (b"said", b""))
        return done

    def which(self, name: str) -> str | None:
        return self.uv if name == "uv" else name if self.fetched else None

    def installed(self) -> list[str]:
        """Return what was installed by hash, in order: with which installer, of which locks."""
        found = []
        for line in self.commands:
            if "--require-hashes" in line:
                installer = "pip" if " -m pip " in line else "uv"
                locks = re.findall(r"requirements-?([a-z]*)\.txt", line)
                found.append(" ".join([installer, *(lock or "book" for lock in locks)]))
        return found


@pytest.fixture
def machine(monkeypatch) -> Machine:
    return Machine(monkeypatch)


@pytest.fixture
def venv(tmp_path: Path) -> str:
    return str(tmp_path / "made")


def test_a_python_that_is_too_old_is_named_with_the_way_out(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as stopped:
        environment.main(str(tmp_path / "venv"))
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "needs Python 3.11 to 3.13, and this is 3.9" in said
    assert "PYTHON=" in said


def test_the_book_needs_its_own_lock_only_and_tests_and_lab_add_theirs(machine, venv):
    environment.main(venv)
    environment.main(venv, "test")
    environment.main(venv, "lab")
    assert machine.installed() == ["uv book", "uv test", "uv lab"]


def test_a_finished_set_up_is_not_repeated(machine, venv):
    environment.main(venv, "test")
    count = len(machine.commands)
    environment.main(venv, "test")
    environment.main(venv)
    assert len(machine.commands) == count > 0


def test_an_interrupted_set_up_is_made_anew(machine, venv, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(environment, "install_project", raising(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            environment.main(venv)
    machine.commands.clear()
    environment.main(venv)
    assert machine.commands[0].startswith("uv venv")
    assert machine.installed() == ["uv book"]


def test_a_new_lock_makes_the_environment_anew_with_all_that_was_in_it(
    machine, venv, monkeypatch, tmp_path
):
    environment.main(venv, "test")
    machine.commands.clear()
    other = tmp_path / "requirements.txt"
    other.write_text("numpy==3")
    monkeypatch.setattr(environment, "LOCK", str(other))
    environment.main(venv)
    assert machine.commands[0].startswith("uv venv")
    assert machine.installed() == ["uv book test"]


@pytest.mark.parametrize(
    ("uv", "failing", "installed"),
    [
        ("/usr/bin/uv", "nothing", ["uv book"]),
        ("/usr/bin/uv", "uv pip.*--require-hashes", ["uv book", "pip book"]),
        (None, "nothing", ["pip uv", "uv book"]),
        (None, "requirements-uv", ["pip uv", "pip book"]),
    ],
    ids=["uv is there", "uv fails", "uv is fetched", "uv cannot be fetched"],
)
def test_packages_are_installed_by_hash_with_uv_or_else_with_pip(
    machine, venv, uv, failing, installed, capsys
):
    machine.uv, machine.failing = uv, failing
    environment.main(venv)
    assert machine.installed() == installed
    assert "Set-up: done in" in capsys.readouterr().err


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.txt")), ids=lambda lock: lock.stem)
def test_every_python_gets_the_same_packages(lock):
    """Another numpy computes other last digits, so that the book would not be the same."""
    pinned = re.findall(r"^([\w.-]+)==([\w.]+)(?: ; (.*?))?(?= \\)", lock.read_text(), re.MULTILINE)
    versions = defaultdict(set)
    for python in ("3.11", "3.12", "3.13"):
        where = {"python_version": python, "python_full_version": f"{python}.9"}
        for name, version, marker in pinned:
            if not marker or Marker(marker).evaluate(where):
                versions[name].add(version)
    assert len(versions) > 0
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
