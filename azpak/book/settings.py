"""What a build needs set, so that plain ``jupyter-book build .`` gives what ``make html`` gives."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from azpak import tables
from azpak.book.metadata import epoch, publication

TEMPLATES = Path(__file__).parent / "templates"
CODE = ("azpak", "figures")
NOT_EXECUTED = Path("azpak", "book")  # no chapter computes with the extension
MOST_READERS = 4


def set_environment() -> None:
    """Set what the kernels inherit: one clock, one order of sets, compiled bytecode kept."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch())
    os.environ["PYTHONHASHSEED"] = "0"


def digest(source: Path, data: Path) -> str:
    """Return a digest of all that a cell may read: data, modules, the lock."""
    files = [p for p in data.rglob("*") if p.is_file()]
    for folder in CODE:
        modules = (source / folder).rglob("*.py")
        files += [p for p in modules if not p.is_relative_to(source / NOT_EXECUTED)]
    files += [p for p in (source / "requirements.txt",) if p.is_file()]
    found = hashlib.sha256()
    for path in sorted(files):
        base = data if path.is_relative_to(data) else source
        content = hashlib.sha256(path.read_bytes()).digest()
        found.update(path.relative_to(base).as_posix().encode() + b"\0" + content)
    return found.hexdigest()[:16]


def apply(app: Sphinx, config: Config) -> None:
    """Key the cache of executed cells, and set version and templates."""
    key = digest(Path(app.srcdir), tables.data_dir())
    cache = Path(app.outdir).parent / ".jupyter_cache" / key
    get_cache(cache).db.dispose()  # made here, before readers in parallel want to make it
    config.nb_execution_cache_path = str(cache)
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


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show what other pages hold."""
    from azpak.book.domain import report_domain

    return [docname for docname, page in report_domain(env).pages() if page["pending"]]


def setup(app: Sphinx) -> None:
    """Register the settings."""
    set_environment()
    for name in ("azpak_repository", "azpak_address", "azpak_doi"):
        app.add_config_value(name, "", "html", [str])
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book sets it in any case
    app.connect("config-inited", apply, priority=900)
    app.connect("builder-inited", read_in_parallel)
    app.connect("builder-inited", forget_copied_styles)
    app.connect("env-updated", pages_to_rewrite)
