"""What a build is doing and how far it is, in lines for people."""

from __future__ import annotations

import logging
import os
import sys

from sphinx.application import Sphinx

SETTINGS_OF_OTHERS = "sphinx.myst"  # the loggers of MyST-Parser and MyST-NB begin with it


def tell(text: str) -> None:
    """Print one line, at once."""
    print(f"pages: {text}", file=sys.stderr, flush=True)


def worth_reading(record: logging.LogRecord) -> bool:
    """Return whether a line of the log says more than how others are set."""
    return record.levelno > logging.INFO or not record.name.startswith(SETTINGS_OF_OTHERS)


def setup(app: Sphinx) -> None:
    """Leave the settings of others out of the log, unless ``V=1`` asks for all."""
    if not os.environ.get("V"):
        for handler in logging.getLogger("sphinx").handlers:
            handler.addFilter(worth_reading)
