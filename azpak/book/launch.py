"""Where a chapter runs without an installation: Binder and Colab, for a report with a repository.

Binder makes what ``.binder/`` says of the repository and opens the chapter in it. Colab opens
notebooks only: those of the branch on which the workflow publishes them with what they need.
"""

from __future__ import annotations

import re

from azpak.publication import Publication

__all__ = ["launchers", "published"]

BRANCH = "notebooks"  # the workflow writes it anew after each build of the main branch
ON_GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?")
BINDER = "https://mybinder.org/v2/gh/{owner}/{name}/HEAD?urlpath=lab/tree/chapters/{chapter}.md"
COLAB = "https://colab.research.google.com/github/{owner}/{name}/blob/{branch}/{chapter}.ipynb"
RAW = "https://raw.githubusercontent.com/{owner}/{name}/{branch}"


def launchers(book: Publication, chapter: str) -> dict[str, str]:
    """Return where a chapter runs, by name; nothing where the report has no such repository."""
    found = ON_GITHUB.fullmatch(book.repository)
    if not found:
        return {}
    where = {"owner": found[1], "name": found[2], "branch": BRANCH, "chapter": chapter}
    return {"Binder": BINDER.format(**where), "Colab": COLAB.format(**where)}


def published(book: Publication) -> str:
    """Return the address of the folder of notebooks, or nothing where none is known."""
    if book.address:
        return f"{book.address.rstrip('/')}/_downloads/notebooks"
    found = ON_GITHUB.fullmatch(book.repository)
    return RAW.format(owner=found[1], name=found[2], branch=BRANCH) if found else ""
