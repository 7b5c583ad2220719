"""Where the files of drawings are kept from build to build; see `azpak.output.kept`.

A drawing whose content is that of an earlier build is not saved as PNG and PDF again. The folder
lies beside the outputs of chapters, which are kept from build to build.
"""

from __future__ import annotations

import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from azpak.output import mime

MOST_FILES = 800  # those of some six editions


def folder(app: Sphinx) -> Path:
    """Return the folder that holds the files of drawings."""
    return Path(app.config.nb_execution_cache_path) / "drawings"


def name_folder(app: Sphinx, config: Config) -> None:
    """Name the folder where kernels and forks find it."""
    os.environ[mime.DRAWINGS] = str(folder(app))


def drop_oldest(app: Sphinx, exception: Exception | None) -> None:
    """Drop the files that were of no use for longest."""
    files = sorted(folder(app).glob("*.*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[MOST_FILES:]:
        path.unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Name the folder before chapters are executed, and tidy it at the end."""
    app.connect("config-inited", name_folder, priority=950)  # the cache has its place
    app.connect("build-finished", drop_oldest)
