"""What a build needs set, so that plain ``jupyter-book build .`` gives what ``make html`` gives."""

from __future__ import annotations

import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from azpak.book.metadata import epoch, publication
from azpak.publication import SETTINGS

TEMPLATES = Path(__file__).parent / "templates"
MOST_READERS = 4


def set_environment() -> None:
    """Set what the kernels inherit: one clock, one order of sets, compiled bytecode kept.

    Matrices are small here: a second thread only waits, and takes a processor for it.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch())
    os.environ.setdefault("PYTHONHASHSEED", "0")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def apply(app: Sphinx, config: Config) -> None:
    """Set version and templates."""
    book = publication(config)
    config.version = config.release = book.version
    config.html_css_files = sorted(config.html_css_files, key=str)
    config.html_js_files = sorted(config.html_js_files, key=str)
    # Not absolute: Sphinx writes a digest of its settings into the pages' folder.
    templates = os.path.relpath(TEMPLATES, app.confdir)
    config.templates_path = [templates, *config.templates_path]
    if config.azpak_repository:
        config.html_theme_options["repository_url"] = config.azpak_repository
        config.html_theme_options["use_repository_button"] = True
        config.html_theme_options["use_issues_button"] = True
    if config.azpak_address:
        config.html_baseurl = config.azpak_address


def read_in_parallel(app: Sphinx) -> None:
    """Read and write pages in parallel; ``jupyter-book build`` has no option for it."""
    app.parallel = max(app.parallel, min(os.cpu_count() or 1, MOST_READERS))
    numbering = app.extensions.get("sphinx_multitoc_numbering")
    if numbering is not None:  # it is safe, it only does not say so
        numbering.parallel_read_safe = True


def forget_copied_styles(app: Sphinx) -> None:
    """Remove the style that myst-nb copies last; a first build writes its pages without it.

    Where it lies there from an earlier build, Sphinx adds its checksum to every page.
    """
    for path in (Path(app.outdir) / "_static").glob("mystnb.*.css"):
        path.unlink()


def setup(app: Sphinx) -> None:
    """Register the settings."""
    set_environment()
    for name in SETTINGS:
        kind, default = (list, []) if name == "keywords" else (str, "")
        app.add_config_value(f"azpak_{name}", default, "html", [kind])
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book sets it in any case
    app.connect("config-inited", apply, priority=900)
    app.connect("builder-inited", read_in_parallel)
    app.connect("builder-inited", forget_copied_styles)
