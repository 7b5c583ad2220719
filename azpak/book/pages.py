"""What every page gets: footer, citation tags, a policy, the scripts and the markup it needs."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any

from sphinx.application import Sphinx

from azpak.book import policy, styles, tags
from azpak.book.metadata import publication
from azpak.book.records import records
from azpak.book.unchanged import wrote

ELSEWHERE = ("search.js",)  # read by the search page alone
# Scripts that only some pages need, and what these pages have.
NEEDED_WITH = {
    "design-tabs.js": "sd-tab-",
    "clipboard.min.js": "<pre",
    "copybutton.js": "<pre",
    "explore.js": 'class="explorer ',
    "cite.js": "headerlink",
}
FAVICON = "favicon.svg"

UNUSED = (
    "*webpack-macros.html", "**/*.map", "scripts/fontawesome.js*", "locales", "images/logo_*",
    "vendor", "copybutton_funcs.js", "minus.png", "plus.png", "check-solid.svg",
    "copy-button.svg",
    *styles.NO_LONGER_LINKED,
)  # fmt: skip

LABELLED = re.compile(  # the start of an entry in a list of references, up to its text
    r'<div class="citation" id="([^"]*)" role="doc-biblioentry">\n'
    r'<span class="label">.*?</span>\n(?:<span class="backrefs">.*?</span>\n)?<p>'
)
TALK = re.compile(r"\bconsole\.(?:log|info|debug)\(")  # the theme reports every change of colours

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:">
<meta name="description" content="{title}">
<link rel="icon" href="_static/{icon}">
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
    """Add footer values, description, policy; mend the body; drop what the page must not load."""
    book = publication(app.config)
    context["report"] = book
    context["report_cutoff"] = records().cutoff.display()
    context["policy"], context["first_script"] = policy.POLICY, policy.FIRST_SCRIPT
    context["stylesheet"] = styles.LINKED
    context["favicon_url"] = context["pathto"](f"_static/{FAVICON}", 1)
    context["metatags"] = context.get("metatags", "") + tags.tags(app, page)
    if context.get("body"):
        context["body"] = mended(context["body"])
    body = context.get("body", "")
    context["css_files"] = [sheet for sheet in context["css_files"] if _is_linked(sheet)]
    context["script_files"] = list(_scripts(context["script_files"], body))
    buttons = context.get("header_buttons", ())
    context["has_menus"] = any(button.get("type") == "group" for button in buttons)


def _scripts(assets: Iterable[Any], body: str) -> Iterator[Any]:
    """Yield each script once that the page needs; those without a file tell the theme nothing."""
    seen = set()
    for asset in assets:
        name = _name(asset)
        needed = NEEDED_WITH.get(Path(name).name, "") in body
        if name and name not in seen and needed and _is_ours(asset):
            seen.add(name)
            yield asset


def _is_linked(sheet: Any) -> bool:
    path = PurePath(_name(sheet))
    bundled = any(path.match(f"_static/{pattern}") for pattern in styles.SOURCES)
    return _is_ours(sheet) and not bundled


def _is_ours(asset: Any) -> bool:
    name = _name(asset)
    return not name.startswith(("http:", "https:", "//")) and Path(name).name not in ELSEWHERE


def _name(asset: Any) -> str:
    return str(getattr(asset, "filename", asset) or "")


def mended(body: str) -> str:
    """Return a page without what docutils puts on lists of references in vain.

    It marks entries as ``doc-biblioentry`` in a ``list``, which takes list items only, and gives
    each a label, which repeats what the entry says, and links back to where it is cited.
    """
    body = body.replace('<div role="list" class="citation-list">', '<div class="citation-list">')
    return LABELLED.sub(r'<div class="citation" id="\1">\n<p>', body)


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the page at the address of the book, which leads to the summary."""
    if not wrote(app, exception) or app.builder.name != "html" or app.config.root_doc == "index":
        return
    title = html.escape(publication(app.config).title)
    text = INDEX.format(page=f"{app.config.root_doc}.html", title=title, icon=FAVICON)
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
    script = static / "scripts" / "pydata-sphinx-theme.js"
    if script.exists():
        script.write_text(TALK.sub("void(", script.read_text("utf-8")), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Connect the changes, after those of the theme."""
    app.connect("html-page-context", prepare, priority=999)
    app.connect("build-finished", write_index, priority=100)  # before the bare one is written
    app.connect("build-finished", tidy, priority=900)
