"""What a build takes over from the last one, so that it writes what a clean build would write.

A page is read again when its text, a file that it depends on or its cells' outputs changed, by
content and not by time. It is written again when it was read; all pages are written when anything
changed that pages show of each other (titles, numbers, anchors, who uses an event), or the data,
the styles or the settings. All pages are read when the code that makes them changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search import js_index

from azpak.book.domain import report_domain
from azpak.book.execute_record import Inputs
from azpak.book.numbers import OUTLINES
from azpak.book.progress import tell
from azpak.book.unchanged import nothing_to_do

MAKES_PAGES = ("azpak.book",)
CITATIONS = "cite"
LATE = {"changed-verdicts", "changed-values", "briefing"}  # places that print values of other pages
WORTH_FORKING = 6  # pages; fewer are written sooner by one process
BUILD_INFO = ".buildinfo"  # what Sphinx knows its last settings by; of no use to readers
# Of what is known of a page, what no other page shows.
PRIVATE = {
    "values", "executed", "files", "unknown", "source_map", "wordcount", "line", "mtime",
    "runtime", OUTLINES,
}  # fmt: skip


PLAIN = {str, bytes, int, float, bool, type(None)}
LISTS = {list, tuple}


class Kept:
    """The state of one build, beside what the environment keeps for the next."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.source = Path(app.srcdir)
        self.read: list[str] = []
        self.removed: set[str] = set()
        self.known = False  # whether the pages are those that this environment wrote
        self._digests: dict[str, str] = {}
        for path in (
            *Inputs(self.source).folder.rglob("*.*"),
            *self.source.glob("chapters/*"),
            *self.source.glob("*.md"),
        ):
            self.digest(path)  # now, before anything is read

    def digest(self, path: Path | str) -> str:
        """Return the digest of a file as it was when it was first asked for."""
        whole = self.source / path
        if str(whole) not in self._digests:
            content = whole.read_bytes() if whole.is_file() else b"\0missing"
            self._digests[str(whole)] = hashlib.sha256(content).hexdigest()[:16]
        return self._digests[str(whole)]

    @cached_property
    def code(self) -> str:
        """A digest of the code that makes pages, the lock and the schema of the data."""
        modules = sorted(f"azpak.book.{p.stem}" for p in Path(__file__).parent.glob("*.py"))
        return _hash(Inputs(self.source).of((), (*MAKES_PAGES, *modules)))

    @cached_property
    def look(self) -> str:
        """A digest of what every page may show: data and styles."""
        folders = (Inputs(self.source).folder, self.source / "_static")
        files = sorted(p for folder in folders for p in folder.rglob("*") if p.is_file())
        return _hash([(p.name, self.digest(p)) for p in files])

    def files_of(self, docname: str) -> dict[str, str]:
        """Return the digests of a page's text and of the files that it depends on."""
        env = self.app.env
        names = [env.doc2path(docname, False), *env.dependencies.get(docname, ())]
        return {str(name): self.digest(name) for name in sorted(map(str, names))}


def begin(app: Sphinx) -> None:
    """Look at the files, and give Sphinx back what it knows its last settings by."""
    if nothing_to_do(app):
        return
    app.azpak_kept = Kept(app)
    aside, beside = Path(app.outdir).parent / BUILD_INFO, Path(app.outdir) / BUILD_INFO
    if aside.exists():
        aside.replace(beside)
    app.azpak_kept.known = beside.exists()


def outdated(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """Return the pages to read again."""
    kept: Kept = app.azpak_kept
    kept.removed = set(removed)
    if getattr(env, "azpak_code", None) != kept.code:
        return sorted(env.found_docs)
    pages = dict(report_domain(env).pages())
    return [
        docname for docname in env.found_docs - set(added)
        if pages.get(docname, {}).get("files") != kept.files_of(docname)
    ]  # fmt: skip


def note_read(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Remember which pages are read."""
    app.azpak_kept.read = list(docnames)
    if docnames:
        tell(f"reading {_pages(len(docnames))} of {len(env.found_docs)}")


def to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages if they show anything that changed, else none but those that were read."""
    kept: Kept = app.azpak_kept
    for docname in kept.read:
        report_domain(env).page(docname)["files"] = kept.files_of(docname)
    shown = _hash([kept.code, kept.look, shared(env)])
    same = kept.known and getattr(env, "azpak_shown", None) == shown
    env.azpak_code, env.azpak_shown = kept.code, shown
    writing = set(kept.read) if same else env.found_docs
    pages = list(report_domain(env).pages())
    printed = _hash([(d, v["name"], v["text"]) for d, page in pages for v in page["values"]])
    if printed != getattr(env, "azpak_printed", None):
        writing = writing | {d for d, page in pages if LATE & {*page["pending"]}}
    env.azpak_printed = printed
    if len(writing) < WORTH_FORKING:
        app.parallel = 1
    if writing:
        tell(f"writing {_pages(len(writing))} of {len(env.found_docs)}")
    return sorted(writing)


def shared(env: BuildEnvironment) -> Any:
    """Return what pages show of each other, in a form that has one order."""
    return canonical([
        env.titles, env.longtitles, env.tocs, env.toc_secnumbers, env.toc_fignumbers,
        env.toctree_includes, env.metadata,
        {name: noted for name, noted in env.domaindata.items() if name != CITATIONS},
        _cited(env.domaindata.get(CITATIONS, {})),
    ])  # fmt: skip


def _cited(noted: Mapping[str, Any]) -> list[Any]:
    """Return what pages show of the citations and references of others.

    They are noted in the order in which pages were read last, which no page shows. How an entry is
    printed hangs on the sources, which are data, and shows on the page of its list alone.
    """
    lists = [
        (c.bibliography_key.docname, c.citation_id, c.key, c.formatted_entry.label)
        for c in noted.get("citations", ())
    ]
    return [sorted(lists), sorted(canonical(noted.get("citation_refs", ())), key=repr)]


def canonical(value: Any) -> Any:
    """Return a value as lists and texts, the same for equal values whatever their order."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind in LISTS:
        return [canonical(part) for part in value]
    if isinstance(value, nodes.Node):
        return value.pformat()
    if isinstance(value, type):
        return value.__qualname__
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        pairs = [(canonical(k), canonical(v)) for k, v in value.items() if k not in PRIVATE]
        return sorted(pairs, key=lambda pair: repr(pair[0]))
    if isinstance(value, set | frozenset):
        return sorted(map(canonical, value), key=repr)
    if hasattr(value, "_asdict"):
        return canonical(value._asdict())
    if isinstance(value, Iterable):
        return [canonical(part) for part in value]
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    fields = {name: getattr(value, name) for name in slots if hasattr(value, name)}
    return [type(value).__name__, canonical(fields | getattr(value, "__dict__", {}))]


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _hash(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Take away what no page shows any more, and what is no page's."""
    if nothing_to_do(app):
        return
    site = Path(app.outdir)
    info = site / BUILD_INFO
    if info.exists():
        info.replace(site.parent / BUILD_INFO)
    if exception or app.builder.format != "html":
        return
    forget_unused_words(site / "searchindex.js")
    for docname in app.azpak_kept.removed:
        Path(app.builder.get_outfilename(docname)).unlink(missing_ok=True)
    shown = {name for _, name in app.env.images.values()}
    for path in (site / "_images").glob("*"):
        if path.name not in shown:
            path.unlink()


def forget_unused_words(index: Path) -> None:
    """Take the words out of the search index that Sphinx leaves there without a page."""
    if not index.is_file():
        return
    text = index.read_text(encoding="utf-8")
    content = js_index.loads(text)
    for kind in ("terms", "titleterms"):
        content[kind] = {word: pages for word, pages in content[kind].items() if pages != []}
    mended = js_index.dumps(content)
    if mended != text:
        index.write_text(mended, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Connect the parts, around those of the others."""
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", outdated)
    app.connect("env-before-read-docs", note_read, priority=950)  # once they are executed
    app.connect("env-get-updated", to_write, priority=999)  # once figures have their numbers
    app.connect("build-finished", finish, priority=50)  # before others look at the pages
