"""What the tests of the library share."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from lxml import html

from azpak import Report
from azpak.build import book as building
from support import browser
from support.book_project import ROOT, make_project, start_build
from support.book_project import site as site_of
from support.mini import MiniPackage
from support.rows import with_tables
from support.warm import Builder

# The same examples on every run and machine; no limit of time, because machines differ in speed.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same")


def pytest_collection_finish() -> None:
    """Leave what was imported out of every search for garbage, and search less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def mini(tmp_path: Path) -> MiniPackage:
    """A small valid data package that a test may spoil."""
    return MiniPackage(tmp_path / "data")


@pytest.fixture
def of(mini: MiniPackage) -> Callable[..., Report]:
    """A function that puts tables into the small package and loads it."""
    return partial(with_tables, mini)


@pytest.fixture(scope="module")
def real() -> Report:
    """The report on its own data."""
    return Report.load()


@pytest.fixture(scope="session")
def headlines() -> dict[str, str]:
    """The headlines of the figures that were drawn from the data of the report, by name."""
    return {}


WAY_OUT = (
    "no Chromium or Chrome here: install it (Debian: apt-get install chromium-headless-shell) or "
    "name it by CHROMIUM=/path, then run .venv/bin/pytest tests/test_browser*.py"
)
MADE_OF = ("_config.yml", "_toc.yml", "index.md", "chapters", "data", "azpak", "figures", "_static")
STRICT = ("-n", "-W", "--keep-going")


@pytest.fixture(scope="session")
def builder():
    """Builds books as the command does, without importing everything for each."""
    warm = Builder()
    yield warm
    warm.close()


@dataclass(frozen=True)
class BuiltBook:
    """The tiny book after a clean build: its folder, a copy of it, and what was said."""

    folder: Path
    kept: Path
    said: str

    @property
    def site(self) -> Path:
        return site_of(self.kept)


@pytest.fixture(scope="session")
def books(tmp_path_factory, builder) -> list[BuiltBook]:
    """Two clean builds of one book in different folders: by the command, and by `builder`."""
    one, other = (
        make_project(tmp_path_factory.mktemp(name) / name) for name in ("one", "other-folder")
    )
    command = start_build(one, *STRICT)
    code, said = builder.build(other, *STRICT)
    told, _ = command.communicate()
    assert command.returncode == 0, told
    assert code == 0, said
    return [
        BuiltBook(folder, Path(shutil.copytree(folder, folder.with_name("kept"))), output)
        for folder, output in ((one, told), (other, said))
    ]


@pytest.fixture(scope="session")
def book(books) -> Path:
    return books[0].site


def newest(paths) -> float:
    """Return when the newest file below the paths was changed."""
    files = [f for path in paths for f in ([path] if path.is_file() else path.rglob("*"))]
    return max(f.stat().st_mtime for f in files if f.is_file() and "__pycache__" not in f.parts)


@pytest.fixture(scope="session")
def site() -> Path:
    """The pages of the last `make book` or `make html`.

    Where they are missing or older than what they are made of, they are built first.
    """
    built = building.CHECKOUT.site
    index = built / "index.html"
    if not index.exists() or index.stat().st_mtime < newest(ROOT / p for p in MADE_OF):
        assert building.main(["html"]) == 0, "the pages could not be built"
    return built


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page by its path within the site."""
    return {str(p.relative_to(site)): html.parse(str(p)).getroot() for p in site.rglob("*.html")}


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """One for all tests: what a page keeps is that of its own reader, and goes with it."""
    path = browser.found()
    if path is None:
        assert not os.environ.get("CI"), WAY_OUT
        pytest.skip(WAY_OUT)
    running = browser.Browser(path, tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def browsers(chromium, tmp_path_factory):
    """Two, because one waits for a processor while the other works."""
    other = browser.Browser(browser.found(), tmp_path_factory.mktemp("profile"))
    yield [chromium, other]
    other.close()


@pytest.fixture(scope="module")
def address(site):
    server = browser.serve(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def page(chromium):
    """A window on a desk, of a reader who was never here."""
    opened = chromium.page(1280)
    yield opened
    opened.close()
