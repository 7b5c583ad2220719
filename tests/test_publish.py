"""Whatever goes wrong: one clear line, exit code not zero, and the last build still in place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from azpak import install, publish


@pytest.fixture
def site(tmp_path: Path, monkeypatch) -> Path:
    """A published site of an earlier build, and building steps that can be told to fail."""
    last = tmp_path / "html"
    last.mkdir()
    (last / "index.html").write_text("last good pages")
    (last / publish.PDF_NAME).write_text("last good PDF")
    for name, folder in (
        ("SITE", "html"),
        ("STAGING", "next"),
        ("PREVIOUS", "html.old"),
        ("LOCK", "lock"),
    ):
        monkeypatch.setattr(publish, name, tmp_path / folder)
    monkeypatch.setattr(publish, "check_data", lambda: None)
    monkeypatch.setattr(publish, "build_pages", stage_new_pages)
    monkeypatch.setattr(publish, "build_pdf", write_new_pdf)
    return last


def stage_new_pages() -> None:
    new = publish.STAGING / "html"
    new.mkdir(parents=True)
    (new / "index.html").write_text("new pages")


def write_new_pdf(folder: Path) -> None:
    (folder / publish.PDF_NAME).write_text("new PDF")


def raising(error: BaseException):
    def step(*_):
        raise error

    return step


def contents(site: Path) -> tuple[str, str]:
    return (site / "index.html").read_text(), (site / publish.PDF_NAME).read_text()


def test_a_good_build_takes_the_place_of_the_last_one(site):
    assert publish.main(["html", "pdf"]) == 0
    assert contents(site) == ("new pages", "new PDF")
    assert not publish.STAGING.exists()
    assert not publish.PREVIOUS.exists()


def test_a_second_build_in_the_same_folder_is_refused_in_one_line(site, capsys):
    with publish.alone():
        assert publish.main(["html"]) == 1
    assert contents(site) == ("last good pages", "last good PDF")
    assert capsys.readouterr().err.strip().count("\n") == 0
    assert publish.main(["html"]) == 0


@pytest.mark.parametrize("step", ["check_data", "build_pages"])
def test_a_step_that_fails_leaves_the_last_build_and_says_so_in_one_line(
    site, monkeypatch, capsys, step
):
    monkeypatch.setattr(publish, step, raising(publish.BuildError("chapter x raised")))
    assert publish.main(["html", "pdf"]) == 1
    assert contents(site) == ("last good pages", "last good PDF")
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("No new pages: chapter x raised")
    assert str(site) in said


def test_a_part_that_is_none_is_refused_and_the_last_build_stays(site, capsys):
    assert publish.main(["hmtl"]) == 2
    assert contents(site) == ("last good pages", "last good PDF")
    assert "No such part of the book: hmtl. There are html and pdf" in capsys.readouterr().err


def test_an_interrupted_build_leaves_the_last_build(site, monkeypatch, capsys):
    monkeypatch.setattr(publish, "build_pages", raising(KeyboardInterrupt()))
    assert publish.main(["html", "pdf"]) == 1
    assert contents(site) == ("last good pages", "last good PDF")
    assert "interrupted" in capsys.readouterr().err


def test_without_pango_the_pages_are_published_and_the_exit_code_is_not_zero(
    site, monkeypatch, capsys
):
    monkeypatch.setattr(publish, "build_pdf", lambda folder: publish.provide_pango())
    monkeypatch.setattr(publish.ctypes.util, "find_library", lambda name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert publish.main(["html", "pdf"]) == 1
    assert contents(site) == ("new pages", "last good PDF")
    said = capsys.readouterr().err
    assert "No new PDF: it needs Pango" in said
    assert "apt-get install" in said


def test_a_swap_that_was_cut_off_is_mended_before_the_next_build(site):
    site.rename(publish.PREVIOUS)
    publish.recover()
    assert contents(site) == ("last good pages", "last good PDF")


def test_a_pdf_without_pages_says_what_to_run_first(tmp_path):
    with pytest.raises(publish.BuildError, match="run 'make book'"):
        publish.build_pdf(tmp_path)


def test_a_python_that_is_too_old_is_named_with_the_way_out(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as stopped:
        install.main(str(tmp_path / "venv"))
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "needs Python 3.11 to 3.13, and this is 3.9" in said
    assert "PYTHON=" in said


@pytest.fixture
def commands(monkeypatch) -> list[list[str]]:
    """The commands that the set-up would run, and none of them run."""
    noted: list[list[str]] = []

    def call(command, **_):
        noted.append(command)
        return 1 if command[0] == "uv" and "uv fails" in noted else 0

    monkeypatch.setattr(install.subprocess, "call", call)
    monkeypatch.setattr(install.shutil, "which", lambda name: "/usr/bin/uv")
    return noted


def test_an_interrupted_install_is_made_anew(commands, monkeypatch, tmp_path):
    venv = tmp_path / "venv"
    with monkeypatch.context() as broken:
        broken.setattr(install, "packages_with_uv", raising(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            install.main(str(venv))
    assert not (venv / "installed.json").exists()
    install.main(str(venv))
    assert commands[0][:2] == ["uv", "venv"]
    assert (venv / "installed.json").exists()


def test_a_finished_install_is_not_repeated(commands, tmp_path):
    venv = tmp_path / "venv"
    install.main(str(venv))
    count = len(commands)
    install.main(str(venv))
    assert count > 0
    assert len(commands) == count


@pytest.mark.parametrize("uv", ["uv works", "uv fails"])
def test_packages_are_installed_by_hash_with_uv_or_else_with_pip(commands, tmp_path, uv, capsys):
    commands.append(uv)
    install.main(str(tmp_path / "venv"))
    hashed = [command for command in commands if "--require-hashes" in command]
    assert ("uv" in hashed[-1]) == (uv == "uv works")
    assert ("trying with pip" in capsys.readouterr().err) == (uv == "uv fails")
