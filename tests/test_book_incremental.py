"""A build after a change writes what a clean build writes, and no more than need be."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from pathlib import Path

import pytest

from support.book_project import site

STRICT = ("-q", "-n", "-W", "--keep-going")


@pytest.fixture
def build(builder):
    """Build a book; return what the build says it does."""

    def run(folder: Path) -> list[str]:
        code, output = builder.build(folder, *STRICT)
        assert code == 0, output
        return [line for line in output.splitlines() if line.startswith("pages: ")]

    return run


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def files(folder: Path) -> dict[str, Path]:
    return {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}


def different(one: Path, other: Path) -> list[str]:
    left, right = files(one), files(other)
    return sorted(
        name
        for name in {*left, *right}
        if name not in left
        or name not in right
        or not filecmp.cmp(left[name], right[name], shallow=False)
    )


@pytest.fixture
def project(books) -> Path:
    """A book that was built once, with its times, in the folder in which it was built."""
    folder = books[0].folder
    shutil.rmtree(folder)
    return Path(shutil.copytree(books[0].kept, folder))


def sentence(folder: Path) -> None:
    replace(folder / "chapters" / "told-2001-2002.md", "They are {glue", "They really are {glue")


def cell_of_data(folder: Path) -> None:
    replace(
        folder / "data" / "claims.csv", "price,deal-price,7 million", "price,deal-price,8 million"
    )


def removed_event(folder: Path) -> None:
    path = folder / "data" / "events.csv"
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines() if "2001-tale" not in line
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def renamed_figure(folder: Path) -> None:
    replace(folder / "chapters" / "told-2001-2002.md", '"id": "told"', '"id": "told-anew"')


def new_title(folder: Path) -> None:
    replace(
        folder / "chapters" / "told-2001-2002.md", "# Told, 2001-2002", "# Told anew, 2001-2002"
    )


CHANGES = [sentence, cell_of_data, removed_event, renamed_figure, new_title]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_build_after_a_change_writes_what_a_clean_build_writes(project, build, tmp_path, change):
    change(project)
    said = build(project)
    assert "pages: reading 9 pages of 9" not in said
    if change is sentence:  # it costs one page and no execution
        assert said == ["pages: reading 1 page of 9", "pages: writing 1 page of 9"]
    clean = Path(
        shutil.copytree(project, tmp_path / "clean", ignore=shutil.ignore_patterns("_build"))
    )
    build(clean)
    assert different(site(project), site(clean)) == []


def test_nothing_is_executed_read_or_written_where_nothing_changed(project, build):
    assert build(project) == []


def test_a_chapter_is_executed_again_only_for_a_table_that_it_read(project, build):
    replace(project / "data" / "glossary.csv", "A town.", "A small town.")
    assert not [line for line in build(project) if "execut" in line]
    replace(project / "data" / "sources.csv", "Second thoughts", "Third thoughts")
    assert "pages: executing 1 chapter" in build(project)


def test_a_change_that_keeps_the_time_of_the_file_is_seen(project, build):
    path = project / "chapters" / "start.md"
    before = path.stat()
    replace(path, "A page that speaks", "A page that tells")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "pages: reading 1 page of 9" in build(project)


def test_what_sphinx_knows_its_settings_by_is_not_published(books):
    assert not list(books[0].site.rglob(".buildinfo"))


def test_the_log_tells_no_settings_of_others(books):
    said = books[0].said
    assert not re.search("MdParserConfig|NbParserConfig|jupyter-cache", said)
    assert "executed 1 of 1 chapter" in said
