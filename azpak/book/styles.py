"""One stylesheet for all pages, without the rules that no page and no script asks for.

The themes bring nine stylesheets of half a megabyte; the pages use a fifth. What a page may show is
known when all are written: their classes and tags, and every word of the scripts, which set states
such as ``active`` or ``highlighted``. A rule stays if each of its names is among these.

What holds on a dark page holds as well where no script says which one it is and the system is dark.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx

from azpak.book import icons
from azpak.book.unchanged import wrote

# In the order in which the themes link them; those of the report come last.
SOURCES = (
    "basic.css", "styles/pydata-sphinx-theme.css", "pygments.css", "styles/sphinx-book-theme.css",
    "copybutton.css", "mystnb.*.css", "sphinx-design.min.css", "book.css", "fonts.css",
)  # fmt: skip
LINKED = "report.css"
MADE_OF = "report.css.made-of"  # digests of the rules and of the names that the last one rests on
NO_LONGER_LINKED = (*SOURCES, "styles")

NESTED = frozenset({"media", "supports", "container", "layer"})
ANY_OF = frozenset({"is", "where", "matches", "-webkit-any", "-moz-any"})
ICONS = "vendor/fontawesome"  # whole fonts of icons, instead of which the page gets a few signs
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
DECLARED = re.compile(
    r"""(?P<before>[{;])(?P<name>--[\w-]+):(?:"[^"]*"|'[^']*'|\([^()"']*\)|[^;{}"'])*(?:;|(?=\}))"""
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A rule so plain that its text tells its classes; thousands of them are dropped before parsing.
PLAIN = re.compile(
    r"""(?<=[{};])(?P<selectors>[^{}@;"'()\[]+)\{(?:[^{}"']|"[^"{}]*"|'[^'{}]*')*\}"""
)
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")

DARK = re.compile(r"""(?:html|:is\(html, body\))\[data-theme="?dark"?\]""")
NO_THEME, DARK_SYSTEM = "html:not([data-theme])", "@media screen and (prefers-color-scheme:dark)"


@dataclass
class Used:
    """The names that pages use, with those in the scripts that they load."""

    names: set[str] = field(default_factory=set)
    scripts: set[str] = field(default_factory=set)

    def read_page(self, text: str) -> None:
        """Add the tags, classes and ids of a page, and note its scripts."""
        self.names.update(re.findall(r"<([a-z][a-z0-9-]*)", text))
        for value in re.findall(r'\s(?:class|id)="([^"]*)"', text):
            self.names.update(value.split())
        self.scripts.update(re.findall(r'<script [^>]*src="[^"]*?_static/([^"?]+)', text))

    def read_script(self, text: str) -> None:
        """Add every word of a script: any may be a class that it sets or a tag it makes."""
        self.names.update(re.findall(r"[A-Za-z][\w-]*", text))


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the stylesheet of the pages, if the themes' own have been copied in this build."""
    if not wrote(app, exception) or app.builder.name != "html":
        return
    site = Path(app.outdir)
    static = site / "_static"
    sheets = [path for pattern in SOURCES for path in sorted(static.glob(pattern))]
    if not {static / "basic.css", static / "book.css"} <= set(sheets):
        return  # no page was written: the one from before still fits
    used = Used()
    for page in sorted({*site.rglob("*.html")} - {*static.rglob("*.html")}):
        used.read_page(page.read_text(encoding="utf-8"))
    for script in sorted(used.scripts):
        used.read_script((static / script).read_text(encoding="utf-8"))
    whole = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    asked = hashlib.sha256("\n".join([whole, *sorted(used.names)]).encode()).hexdigest()
    noted = Path(app.doctreedir) / MADE_OF
    known = noted.read_text() if noted.is_file() and (static / LINKED).is_file() else ""
    if known != f"{asked} {app.env.azpak_code}":
        (static / LINKED).write_text(icons.with_icons(pruned(whole, used.names), static), "utf-8")
        noted.write_text(f"{asked} {app.env.azpak_code}")


def pruned(css: str, names: set[str]) -> str:
    """Return the rules whose selectors name only what is among `names`, as text.

    Faces of fonts, animations and variables stay where what is left asks for them.
    """
    css = PLAIN.sub(lambda rule: _unless_unused(rule, names), COMMENT.sub("", css))
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    kept = list(_kept(rules, names))
    faces = [(face, text) for kind, face, text in kept if kind == "face"]
    moves = {name: text for kind, name, text in kept if kind == "move"}
    plain = [text for kind, _, text in kept if kind == "rule"]
    plain = [rule.replace(";}", "}") for rule in _without_unused_variables(plain)]
    plain = list(_with_dark_systems(plain))
    everything = "".join(plain)
    shown = [text for face, text in faces if face in everything]
    moving = [text for name, text in moves.items() if re.search(rf"\b{name}\b", everything)]
    return "\n".join(['@charset "utf-8";', *shown, *moving, *plain]) + "\n"


def _unless_unused(rule: re.Match[str], names: set[str]) -> str:
    """Return a plain rule, or nothing if each of its selectors has a class that is not used."""
    selectors = rule["selectors"].split(",")
    return rule[0] if any(names.issuperset(CLASS.findall(part)) for part in selectors) else ""


def _kept(rules: Iterable, names: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the kind of each rule that stays, the name by which it is asked for, and its text."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [part for part in _split(rule.prelude) if _is_used(part, names)]
            body = _declarations(rule.content)
            if selectors and body:
                text = ",".join(_plain(part) for part in selectors)
                yield "rule", "", f"{text}{{{body}}}"
        elif rule.type != "at-rule":
            continue
        elif rule.lower_at_keyword in NESTED and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            text = "".join(text for kind, _, text in _kept(inner, names) if kind == "rule")
            if text:
                yield "rule", "", f"@{rule.at_keyword} {_plain(rule.prelude)}{{{text}}}"
        elif rule.lower_at_keyword == "font-face":
            body = _declarations(rule.content)
            if ICONS not in body:
                yield "face", _family(body), f"@font-face{{{body}}}"
        elif rule.lower_at_keyword.endswith("keyframes"):
            text = _plain(rule.content)
            name = _plain(rule.prelude)
            yield "move", name, f"@{rule.at_keyword} {name}{{{text}}}"


def _split(tokens: Iterable) -> Iterator[list]:
    """Yield the selectors of a list of selectors."""
    part: list = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _is_used(selector: Iterable, names: set[str]) -> bool:
    """Return whether all tags, classes and ids of a selector are among the names.

    What must not be there (``:not``) and attributes do not count; of alternatives one is enough.
    """
    before = ""
    for token in selector:
        if token.type == "ident" and before != ":" and token.value not in names:
            return False
        if token.type == "hash" and token.value not in names:
            return False
        if token.type == "function" and token.lower_name in ANY_OF:
            alternatives = _split(token.arguments)
            if not any(_is_used(part, names) for part in alternatives):
                return False
        before = token.value if token.type == "literal" else ""
        if before == "::":
            before = ":"
    return True


def _declarations(content: Iterable) -> str:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    texts = []
    for item in found:
        if item.type == "declaration":
            important = "!important" if item.important else ""
            texts.append(f"{item.name}:{_plain(item.value)}{important}")
    return ";".join(texts)


def _plain(tokens: Iterable) -> str:
    """Return tokens as text without comments and with single spaces."""
    text = tinycss2.serialize([token for token in tokens if token.type != "comment"])
    return re.sub(r"\s+", " ", text).strip()


def _with_dark_systems(rules: Iterable[str]) -> Iterator[str]:
    """Yield the rules, and after those of dark pages what they are for a page without scripts."""
    for is_dark, some in groupby(rules, lambda r: not r.startswith("@") and bool(DARK.search(r))):
        together = list(some)
        yield from together
        if is_dark:
            yield f"{DARK_SYSTEM}{{{''.join(map(_of_no_theme, together))}}}"


def _of_no_theme(rule: str) -> str:
    """Return a rule of dark pages for a page that no script has given a theme."""
    head, body = rule.split("{", 1)
    parts = _split(tinycss2.parse_component_value_list(head))
    selectors = [text for part in parts if DARK.search(text := _plain(part))]
    return f"{','.join(DARK.sub(NO_THEME, text) for text in selectors)}{{{body}"


def _family(body: str) -> str:
    found = re.search(r"font-family:\s*['\"]?([^;'\"]+)", body)
    return found[1] if found else ""


def _without_unused_variables(rules: list[str]) -> list[str]:
    """Return the rules without variables that none of them reads, nor another that is read."""
    while True:
        read = set(VARIABLE.findall("".join(rules)))

        def dropped(found: re.Match[str], read: set[str] = read) -> str:
            return found[0] if found["name"] in read else found["before"]

        fewer = [DECLARED.sub(dropped, rule) for rule in rules]
        fewer = [rule for rule in fewer if not rule.endswith("{}")]
        if fewer == rules:
            return rules
        rules = fewer


def setup(app: Sphinx) -> None:
    """Write it after the themes have written theirs."""
    app.connect("build-finished", write, priority=850)
