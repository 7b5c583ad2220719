"""Read a chapter as the tests of its prose need it: cells apart, prose apart, roles apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

CHAPTERS = Path(__file__).parents[2] / "chapters"
FRONT = CHAPTERS.parent / "index.md"  # the front page

ROLE = re.compile(r"\{(?P<name>[a-z][a-z:-]*)\}`(?P<target>[^`]*)`")
LABEL = re.compile(r"^\((?P<label>[^()]+)\)=\s*$")
HEADING = re.compile(r"^(?P<marks>#{1,6}) +(?P<text>.+?)\s*$")
FENCE = re.compile(r"^\s*(?P<fence>`{3,}|:{3,})(?:\{(?P<name>[a-z-]+)\})?")
OPTION = re.compile(r"^\s*:[a-z-]+:")
LINK_TARGET = re.compile(r"\]\([^)]*\)")
ADDRESS = re.compile(r"<?https?://\S+")
INLINE_CODE = re.compile(r"`[^`]*`")

# What these directives hold is generated or set by a program: no prose.
GENERATED = {
    "bibliography", "chapter-events", "chapter-rulings", "chapter-reuse", "chronology", "codebook",
    "source-list", "list-of-figures", "list-of-tables", "abbreviations", "contradictions",
    "glossary", "figure", "image", "milestones",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of prose and where it stands."""

    number: int
    text: str
    caption: bool = False


@dataclass(frozen=True)
class Cell:
    """One code cell: its options and its code."""

    number: int
    options: dict
    code: str


@dataclass(frozen=True)
class Heading:
    """One heading with the label in front of it, if any."""

    number: int
    level: int
    text: str
    label: str | None


@dataclass(frozen=True)
class Paragraph:
    """A run of prose lines that is no caption, and the label of the section it stands in."""

    number: int
    text: str
    section: str | None


@dataclass(frozen=True)
class Chapter:
    """A chapter taken apart."""

    name: str
    cells: tuple[Cell, ...]
    prose: tuple[Line, ...]
    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]

    def roles(self) -> list[tuple[str, str]]:
        """Return every role of the prose as name and target."""
        found = (match for line in self.prose for match in ROLE.finditer(line.text))
        return [(match["name"], target_of(match["target"])) for match in found]


def chapters() -> list[Chapter]:
    """Return the front page and every chapter of the book that has a file."""
    return [
        take_apart(path.stem, path.read_text(encoding="utf-8"))
        for path in [FRONT, *sorted(CHAPTERS.glob("*.md"))]
    ]


def target_of(text: str) -> str:
    """Return the id in ``id`` or ``words <id>``."""
    explicit = re.search(r"<([^<>]+)>\s*$", text)
    return explicit[1] if explicit else text.strip()


def without_roles(text: str) -> str:
    """Return what a reader of the file would read as typed words."""
    text = ROLE.sub(_words_of_role, text)
    text = LINK_TARGET.sub("]", text)
    text = ADDRESS.sub(" ", text)
    return INLINE_CODE.sub(" ", text)


def take_apart(name: str, text: str) -> Chapter:
    """Return cells, prose, headings and paragraphs of one chapter."""
    lines = text.splitlines()
    cells: list[Cell] = []
    prose: list[Line] = []
    at = _after_front_matter(lines)
    while at < len(lines):
        fence = FENCE.match(lines[at])
        if not fence:
            prose.append(Line(at + 1, lines[at]))
            at += 1
            continue
        end = _closing(lines, at, fence["fence"])
        if fence["name"] == "code-cell":
            cells.append(_cell(lines, at, end))
            prose.extend(_caption(cells[-1]))
        elif fence["name"] not in GENERATED and fence["name"] is not None:
            prose.extend(_body(lines, at, end))
        prose.append(Line(end + 1, ""))
        at = end + 1
    headings = _headings(prose)
    return Chapter(name, tuple(cells), tuple(prose), headings, _paragraphs(prose, headings))


def _words_of_role(match: re.Match) -> str:
    """Return the words typed for a role (`words <id>`), else nothing."""
    words = re.match(r"(.*?)<[^<>]+>\s*$", match["target"])
    return words[1] if words else " "


def _after_front_matter(lines: list[str]) -> int:
    if not lines or lines[0] != "---":
        return 0
    return lines.index("---", 1) + 1


def _closing(lines: list[str], start: int, fence: str) -> int:
    for at in range(start + 1, len(lines)):
        if lines[at].strip() == fence:
            return at
    raise ValueError(f"line {start + 1}: this fence is never closed")


def _cell(lines: list[str], start: int, end: int) -> Cell:
    """Return the cell between two fences, with options in either of MyST's two forms."""
    first, options = start + 1, []
    if first < end and lines[first] == "---":
        close = lines.index("---", first + 1)
        options, first = lines[first + 1 : close], close + 1
    else:
        while first < end and OPTION.match(lines[first]):
            options.append(lines[first].strip()[1:])
            first += 1
        while options and first < end and not lines[first].strip():  # as JupyterLab saves a cell
            first += 1
    return Cell(first + 1, yaml.safe_load("\n".join(options)) or {}, "\n".join(lines[first:end]))


def _caption(cell: Cell) -> list[Line]:
    """Return the caption of a figure cell as prose."""
    caption = cell.options.get("mystnb", {}).get("figure", {}).get("caption")
    return [Line(cell.number, ""), Line(cell.number, str(caption), True)] if caption else []


def _body(lines: list[str], start: int, end: int) -> list[Line]:
    """Return title and text of a directive that holds prose, without its options."""
    title = re.sub(r"^\s*[`:]{3,}\{[a-z-]+\}", "", lines[start])
    body = [Line(at + 1, lines[at]) for at in range(start + 1, end) if not OPTION.match(lines[at])]
    return [Line(start + 1, title), *body]


def _headings(prose: list[Line]) -> tuple[Heading, ...]:
    found = []
    label = None
    for line in prose:
        if mark := LABEL.match(line.text):
            label = mark["label"]
        elif heading := HEADING.match(line.text):
            found.append(Heading(line.number, len(heading["marks"]), heading["text"], label))
            label = None
        elif line.text.strip():
            label = None
    return tuple(found)


def _paragraphs(prose: list[Line], headings: tuple[Heading, ...]) -> tuple[Paragraph, ...]:
    section = {heading.number: heading.label for heading in headings}
    found: list[Paragraph] = []
    current: str | None = None
    run: list[Line] = []

    def close() -> None:
        if run:
            text = " ".join(line.text.strip() for line in run)
            found.append(Paragraph(run[0].number, text, current))
            run.clear()

    for line in prose:
        if line.number in section and HEADING.match(line.text):
            close()
            current = section[line.number]
        elif not line.text.strip() or LABEL.match(line.text) or line.caption:
            close()
        else:
            run.append(line)
    close()
    return tuple(found)
