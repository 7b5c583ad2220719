"""What every page gets: footer, citation tags, no request to another host, sound markup."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from azpak.book.metadata import publication
from azpak.book.records import records

CITABLE = ("front", "narrative", "analysis")

UNUSED = (
    "*webpack-macros.html", "**/*.map", "scripts/fontawesome.js*", "locales", "images/logo_*",
    "vendor/**/*.ttf",
)  # fmt: skip

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={page}">
<link rel="canonical" href="{page}">
<title>{title}</title>
</head>
<body>
<main><h1>{title}</h1><p>The report starts with its <a href="{page}">summary</a>.</p></main>
</body>
</html>
"""


def prepare(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree) -> None:
    """Add footer values and citation tags; drop scripts and styles that pages must not load."""
    book = publication(app.config)
    context["report"] = book
    context["report_cutoff"] = records().cutoff.display()
    context["metatags"] = context.get("metatags", "") + citation_tags(app, page)
    for kind in ("script_files", "css_files"):
        kept = [asset for asset in context.get(kind, ()) if _is_ours(asset)]
        context[kind] = kept
    if context.get("body"):
        context["body"] = mended(context["body"])


def citation_tags(app: Sphinx, page: str) -> str:
    """Return the Highwire tags of a chapter, by which reference managers know it."""
    chapters = records().chapters
    chapter = page.rsplit("/", 1)[-1]
    if chapter not in chapters.index or chapters.at[chapter, "kind"] not in CITABLE:
        return ""
    book = publication(app.config)
    tags = [
        ("citation_title", app.env.titles[page].astext()),
        ("citation_author", book.author),
        ("citation_publication_date", book.data_date.strftime("%Y/%m/%d")),
        ("citation_book_title", book.title),
        ("citation_language", "en"),
        ("citation_public_url", book.page_address(page)),
    ]
    lines = [
        f'<meta name="{name}" content="{html.escape(value)}" />' for name, value in tags if value
    ]
    return "\n" + "\n".join(lines) + "\n"


def _is_ours(asset: Any) -> bool:
    name = str(getattr(asset, "filename", asset) or "")
    return not name.startswith(("http:", "https:", "//"))


def mended(body: str) -> str:
    """Return a page without the roles that docutils puts on lists of references in vain.

    It marks entries as ``doc-biblioentry`` in a ``list``, which takes list items only.
    """
    body = body.replace('<div role="list" class="citation-list">', '<div class="citation-list">')
    return re.sub(r' role="doc-biblioentry"', "", body)


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the page at the address of the book, which leads to the summary."""
    if exception or app.builder.name != "html" or app.config.root_doc == "index":
        return
    title = html.escape(publication(app.config).title)
    text = INDEX.format(page=f"{app.config.root_doc}.html", title=title)
    (Path(app.outdir) / "index.html").write_text(text, encoding="utf-8")


def tidy(app: Sphinx, exception: Exception | None) -> None:
    """Remove what the theme brings and no page asks for; most of it is one icon script."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for pattern in UNUSED:
        for path in sorted(static.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def setup(app: Sphinx) -> None:
    """Connect the changes, after those of the theme."""
    app.connect("html-page-context", prepare, priority=999)
    app.connect("build-finished", write_index, priority=100)  # before the bare one is written
    app.connect("build-finished", tidy, priority=900)
