"""What the tests of the library share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support.book_project import make_project, site, start_build
from support.mini import MiniPackage

# The same examples on every run and machine; no limit of time, because machines differ in speed.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same")


@pytest.fixture
def mini(tmp_path: Path) -> MiniPackage:
    """A small valid data package that a test may spoil."""
    return MiniPackage(tmp_path / "data")


STRICT = ("-n", "-W", "--keep-going")


@pytest.fixture(scope="session")
def books(tmp_path_factory):
    """Two clean builds of one book, in different folders."""
    folders = [
        make_project(tmp_path_factory.mktemp(name) / name) for name in ("one", "other-folder")
    ]
    running = [start_build(folder, *STRICT) for folder in folders]
    for process in running:
        output, _ = process.communicate()
        assert process.returncode == 0, output
    return [site(folder) for folder in folders]


@pytest.fixture(scope="session")
def book(books) -> Path:
    return books[0]
