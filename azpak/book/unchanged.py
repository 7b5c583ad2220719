"""Nothing to do: a build that finds all as the last one left it stops before it loads anything.

Sphinx would ask every extension what changed, and their answers take longer than all the rest:
citations are formatted and figures numbered before anybody knows that no page is to be written.
A stamp beside the stored pages says what they were made of, and which files were written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.util import logging

from azpak import stamp

STAMP = "azpak.json"
logger = logging.getLogger(__name__)


class Pages(StandaloneHTMLBuilder):
    """Sphinx' own builder of pages, which knows when there is nothing to do."""

    def build_update(self) -> None:
        """Build what changed, unless nothing did."""
        if nothing_to_do(self.app):
            logger.info("no targets are out of date.")
        else:
            super().build_update()


def look(app: Sphinx, config: Config) -> None:
    """Find out whether anything changed, before anything is read."""
    overrides = repr(sorted(config.overrides.items()))
    made_of = stamp.inputs(Path(app.srcdir)) + hashlib.sha256(overrides.encode()).hexdigest()
    app.azpak_made_of = made_of
    app.azpak_unchanged = stamp.holds(_stamp(app), made_of, Path(app.outdir))


def nothing_to_do(app: Sphinx) -> bool:
    """Return whether the pages are there as a build would write them; ``--all`` wants them anew."""
    return getattr(app, "azpak_unchanged", False) and not app.fresh_env_used


def wrote(app: Sphinx, exception: Exception | None) -> bool:
    """Return whether pages were built, so that what lies beside them is due too."""
    return exception is None and app.builder.format == "html" and not nothing_to_do(app)


def note(app: Sphinx, exception: Exception | None) -> None:
    """Note what the pages were made of, once all files are written."""
    if app.builder.name != Pages.name or nothing_to_do(app):
        return
    _stamp(app).unlink(missing_ok=True)
    if exception is None:
        stamp.write(_stamp(app), app.azpak_made_of, Path(app.outdir))


def _stamp(app: Sphinx) -> Path:
    return Path(app.doctreedir) / STAMP


def setup(app: Sphinx) -> None:
    """Take the place of the builder; look first, note last."""
    app.add_builder(Pages, override=True)
    app.connect("config-inited", look, priority=1)
    app.connect("build-finished", note, priority=1000)
