"""A release is one folder that says itself whether a copy of it is whole."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml

from azpak.book import launch
from azpak.build import publish, tree
from azpak.build.book import Place
from azpak.errors import ReportError

ROOT = Path(__file__).resolve().parents[1]
FILES = (
    "index.html", "report.pdf", "_downloads/notebooks/votes.ipynb",
    "_downloads/notebooks/azpak-2001.02-py3-none-any.whl",
    "_downloads/notebooks/azpak-2001.02-data.zip", "_downloads/data/azpak-2001.02.sqlite",
    "_downloads/data/azpak-2001.02.xlsx", *(f"_downloads/cite/{n}" for n in publish.CITATIONS),
)  # fmt: skip


@pytest.fixture
def place(tmp_path) -> Place:
    """A checkout that was built."""
    built = Place(tmp_path, tmp_path / "_build")
    for name in FILES:
        path = built.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "data").mkdir()
    version = json.dumps({"version": "2001.02", "values": []})
    (tmp_path / "data" / "datapackage.json").write_text(version)
    (built.site / "_downloads" / "values.json").write_text(version)
    for name in publish.BESIDE:
        (tmp_path / name).write_text(name)
    return built


def test_a_release_has_pages_pdf_wheel_archive_notebooks_and_terms(place):
    folder = publish.release(place)
    assert folder == place.build / "release" / "azpak-2001.02"
    assert {path.name for path in folder.iterdir()} == {
        "pages", "azpak-2001.02.pdf", "azpak-2001.02-py3-none-any.whl", "azpak-2001.02-data.zip",
        "azpak-2001.02.sqlite", "azpak-2001.02.xlsx", "azpak-2001.02-notebooks.zip",
        "SHA256SUMS", "TREE", *publish.CITATIONS, *publish.BESIDE,
    }  # fmt: skip
    with zipfile.ZipFile(folder / "azpak-2001.02-notebooks.zip") as packed:
        assert packed.namelist() == ["azpak-2001.02-notebooks/votes.ipynb"]
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True)
    assert done.returncode == 0


def test_the_same_build_gives_the_same_digest(place):
    first = tree.root(publish.release(place))
    assert tree.root(publish.release(place)) == first


@pytest.mark.parametrize("within", ["", "pages"], ids=["release", "pages alone"])
def test_a_whole_copy_is_verified_and_every_damage_is_named(place, within, capsys):
    folder = publish.release(place) / within
    assert publish.verify([str(folder)], place) == 0
    changed = next(path for path in sorted(folder.glob("*.pdf")))
    changed.write_text("other")
    (folder / "new.txt").write_text("new")
    gone = next(path for path in sorted(folder.rglob("*.whl")))
    gone.unlink()
    assert publish.verify([str(folder)], place) == 1
    said = capsys.readouterr().out
    missing = f"missing: {gone.relative_to(folder).as_posix()}"
    for line in (f"changed: {changed.name}", "not of the release: new.txt", missing):
        assert line in said
    assert "3 files are not as released" in said


def test_a_tree_that_was_changed_is_seen(place):
    folder = publish.release(place)
    path = folder / tree.NAME
    text = path.read_text()
    first = next(line for line in text.splitlines() if line.endswith(" pages/"))
    path.write_text(text.replace(first, "0" * 64 + first[64:]))
    assert tree.differences(folder) == ["the tree itself was changed: TREE"]


def test_the_digest_of_a_folder_can_be_followed_by_hand(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c").write_bytes(b"2")
    one, two = (hashlib.sha256(content).hexdigest() for content in (b"1", b"2"))
    inner = hashlib.sha256(f"{two}  c\n".encode()).hexdigest()
    whole = hashlib.sha256(f"{one}  a\n{inner}  b\n".encode()).hexdigest()
    assert tree.write(tmp_path) == whole
    assert (tmp_path / "TREE").read_text() == (f"{whole}  ./\n{one}  a\n{inner}  b/\n{two}  b/c\n")


def test_what_was_not_built_is_named_with_the_way_out(place):
    (place.site / "report.pdf").unlink()
    with pytest.raises(ReportError, match=r"report.pdf: the book is not built.*make book"):
        publish.release(place)


def test_a_folder_without_a_tree_is_refused(tmp_path, place):
    with pytest.raises(ReportError, match="no tree of digests"):
        tree.differences(tmp_path / "data")
    assert publish.verify([], place) == 1


def test_every_action_of_the_workflow_is_pinned_to_a_commit():
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        used = re.findall(r"uses: (\S+)(.*)", path.read_text())
        assert used
        for action, comment in used:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action), action
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


def test_a_tag_publishes_what_make_release_writes():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "book.yml").read_text())
    steps = workflow["jobs"]["release"]["steps"]
    assert "make release && make verify" in [step.get("run") for step in steps]
    assert workflow["jobs"]["release"]["needs"] == "build"


def test_binder_installs_the_locks_and_then_the_project():
    wanted = (ROOT / ".binder" / "requirements.txt").read_text().split()
    named = [(ROOT / ".binder" / name).resolve() for name in wanted if name.endswith(".txt")]
    assert [path.name for path in named] == ["requirements.txt", "requirements-lab.txt"]
    assert all(path.is_file() for path in named)
    script = ROOT / ".binder" / "postBuild"
    assert "--no-deps" in script.read_text() and script.stat().st_mode & 0o111


def test_binder_opens_a_chapter_as_a_notebook(tmp_path):
    script = (ROOT / ".binder" / "postBuild").read_text()
    (command,) = re.findall(r"python -c '(.*)'", script)
    exec(command.replace("sys.prefix", repr(str(tmp_path))))
    written = tmp_path / "etc" / "jupyter" / "labconfig" / "default_setting_overrides.json"
    (settings,) = json.loads(written.read_text()).values()
    assert settings["defaultViewers"]["markdown"] == "Jupytext Notebook"


def test_the_branch_that_colab_opens_is_the_one_the_workflow_writes():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "book.yml").read_text())
    job = workflow["jobs"]["notebooks"]
    assert (
        job["needs"] == "build" and f"--force origin {launch.BRANCH}\n" in job["steps"][-1]["run"]
    )
