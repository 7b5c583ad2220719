"""Text, strings and calls in Typst's markup."""

from __future__ import annotations

import re

# White space that is not one space already; each of these begins with the set it looks for, which
# makes the search fast.
SPACE = re.compile(r"[ \t\r\n\f](?:[ \t\r\n\f]+|(?<! ))")
# What Typst reads as markup: marks, and dashes, dots and slashes that it would join.
SPECIAL = re.compile(
    r"[\\#\[\]*_`$<>@~/.-]"
    r"(?:(?<![.-])|(?<=\.)(?=\.)|(?<=-)(?:(?<![A-Za-z]-)|(?![A-Za-z])))"
)
# A text may come to stand at the start of a line, where these would make a heading or a list.
START = re.compile(r"^( ?)(?:([=+])|(\d+)\.)")
LONG = re.compile(r"[^\s\u200b]{13,}")
JOINT = re.compile(r"(?<=[_/.=:&?%+-])(?=\w)|(?<=[a-z])(?=[A-Z])")
BREAK = "\N{ZERO WIDTH SPACE}"


def text(content: str | None) -> str:
    r"""Return text as markup that shows it, with its white space as HTML has it.

    Examples
    --------
    >>> text("a_b --  c")
    'a\\_b \\-\\- c'
    """
    if not content:
        return ""
    shown = SPECIAL.sub(r"\\\g<0>", SPACE.sub(" ", content))
    return START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\.", shown)


def string(content: str) -> str:
    """Return a string of Typst's code."""
    quoted = content.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{quoted}"'


def call(name: str, body: str, *arguments: str) -> str:
    """Return a call with arguments and content, closed against what follows."""
    listed = f"({', '.join(arguments)})" if arguments else ""
    return f"#{name}{listed}[{body}];"


def with_breaks(content: str) -> str:
    """Return text whose long names may break at their joints: after ``_``, ``/``, a full stop.

    Examples
    --------
    >>> with_breaks("indicators/arms_deals.csv").split(BREAK)
    ['indicators/', 'arms_', 'deals.', 'csv']
    """
    return LONG.sub(lambda m: JOINT.sub(BREAK, m[0]), content)
