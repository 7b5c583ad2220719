"""Drawings as pages load or hold them: as few bytes as look the same, and their size on the page.

One that a page holds has no styles written into its elements, which the policy of the pages
refuses; they become attributes.
"""

from __future__ import annotations

import re

GRID = 100  # parts of a point, to which positions are rounded; a screen shows about two of a point
PIXELS = 4 / 3  # of CSS in a point
POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}  # of each command of a path
PATH = re.compile(r'(?<= d=")[^"]*')
PLACE = re.compile(r'(?<= (?P<name>[xy])=")-?\d+\.\d{3,}(?=")|(?<=translate\()[-\d. ]+(?=\))')
# A glyph moved along its line: an attribute of its own says the same in fewer bytes.
ALONG = re.compile(r'(<use [^>]*?)transform="translate\(([-\d.]+) 0\)"')
REFERENCE = re.compile(r"(?:href=\"|url\()#([^\")]+)")
NAME = re.compile(r' id="([^"]*)"')
LOOK = re.compile(r'(?<= style=")[^"]*')
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{6}\b")
BETWEEN = re.compile(r">\s*\n\s*<")
METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
# Of a drawing that a page holds: what stands before it and in it without use, and its styles.
HEAD = re.compile(r".*?<svg ", re.DOTALL)
ROOT = '<svg stroke-linejoin="round" stroke-linecap="butt" '
UNUSED = re.compile(r"<style .*?</style>|<defs>\s*</defs>", re.DOTALL)
GIVEN_ID = re.compile(r' id="(?:figure|axes|patch|line2d|text|matplotlib\.axis|[A-Z_]\w+)_\d+"')
STYLE = re.compile(r' style="([^"]*)"')
FONT = re.compile(r"(?:(?P<weight>\d+|bold) )?(?P<size>[\d.]+)px .*")
SIZE = re.compile(
    r"""<svg [^>]*?\bwidth=["']([\d.]+)(pt|px)?["'] height=["']([\d.]+)(pt|px)?["']"""
)


def slimmed(svg: str) -> str:
    """Return a drawing of Matplotlib with relative positions, rounded to a hundredth of a point.

    Names are shortened, and left out where nothing in the drawing refers to them.
    """
    svg = LOOK.sub(lambda found: found[0].replace(": ", ":").replace("; ", ";"), _short_names(svg))
    return _placed(svg)


def held(svg: str) -> str:
    """Return a drawing of Matplotlib as an element of a page, slim in the same way.

    It keeps the names that were given to its marks, which a script of the page asks for.
    """
    svg = HEAD.sub(ROOT, UNUSED.sub("", svg), count=1)
    svg = GIVEN_ID.sub("", STYLE.sub(lambda found: _attributes(found[1]), svg))
    return _placed(svg)


def _placed(svg: str) -> str:
    """Return a drawing with short positions, and without what is no part of what it shows."""
    svg = PATH.sub(lambda found: _relative(found[0]), svg)
    svg = PLACE.sub(lambda found: " ".join(_text(_units(n)) for n in found[0].split()), svg)
    svg = ALONG.sub(r'\1x="\2"', svg).replace(' x="0"', "")
    return BETWEEN.sub("><", METADATA.sub("", COMMENT.sub("", svg)))


def _attributes(text: str) -> str:
    """Return declarations as attributes; of a font its size and weight, the page has the type."""
    pairs = dict(part.split(":", 1) for part in text.split(";") if ":" in part)
    pairs = {name.strip(): value.strip() for name, value in pairs.items()}
    font = FONT.fullmatch(pairs.pop("font", ""))
    if font:
        pairs["font-size"] = font["size"]
        pairs |= {"font-weight": font["weight"]} if font["weight"] else {}
    return "".join(f' {name}="{value}"' for name, value in pairs.items())


def _short_names(svg: str) -> str:
    """Return a drawing in which only what is referred to has a name, and a short one."""
    used = dict.fromkeys(REFERENCE.findall(svg))
    short = {name: f"a{n:x}" for n, name in enumerate(used, 10)}
    svg = REFERENCE.sub(lambda found: found[0].replace(found[1], short[found[1]]), svg)
    return NAME.sub(lambda found: f' id="{short[found[1]]}"' if found[1] in short else "", svg)


def recoloured(svg: str, colours: dict[str, str]) -> str:
    """Return a drawing with each of its colours (``#rrggbb``) in another's place."""
    return COLOUR.sub(lambda found: colours.get(found[0], found[0]), svg)


def size(svg: str) -> tuple[int, int] | None:
    """Return the width and height in pixels that a drawing asks for, or None if it says none."""
    found = SIZE.search(svg)
    if not found:
        return None
    wide, high = (
        float(number) * (1 if unit == "px" else PIXELS)
        for number, unit in ((found[1], found[2] or "px"), (found[3], found[4] or "px"))
    )
    return round(wide), round(high)


def _relative(path: str) -> str:
    """Return a path with every position but those of moves counted from the one before."""
    tokens = path.split()
    parts: list[str] = []
    at, start, last, n = (0, 0), (0, 0), "", 0
    while n < len(tokens):
        command = tokens[n]
        n += 1
        if command == "z":
            parts.append("z")
            at, last = start, "z"
            continue
        if command not in POINTS:
            return path  # of another maker
        count = 2 * POINTS[command]
        numbers = [_units(token) for token in tokens[n : n + count]]
        n += count
        if command == "M":
            at = start = (numbers[0], numbers[1])
            parts.append("M" + _joined(numbers))
        else:
            moved = [number - at[k % 2] for k, number in enumerate(numbers)]
            at = (numbers[-2], numbers[-1])
            text = _joined(moved)
            gap = "" if text.startswith("-") else " "
            parts.append(gap + text if command == last else command.lower() + text)
        last = command
    return "".join(parts)


def _units(token: str) -> int:
    return round(float(token) * GRID)


def _text(units: int) -> str:
    """Return a number of hundredths as short as it can be written."""
    sign, units = ("-", -units) if units < 0 else ("", units)
    whole, part = divmod(units, GRID)
    if not part:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{part:02d}".rstrip("0")


def _joined(numbers: list[int]) -> str:
    text = _text(numbers[0])
    for number in numbers[1:]:
        more = _text(number)
        text += more if more.startswith("-") else " " + more
    return text
