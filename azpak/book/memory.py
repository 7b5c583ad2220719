"""No search for cycles while pages are made.

Python's collector walks through every node of every page again and again, and what it finds is let
go with the process in any case. At its end Python would look once more, which takes seconds.
"""

from __future__ import annotations

import atexit
import gc

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Stop the search for the rest of the build, and leave out the last one."""
    gc.disable()
    atexit.register(gc.freeze)
