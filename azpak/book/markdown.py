"""A page's body as Markdown that Jupyter, VS Code and nbconvert all show alike.

It takes what a reader of the page sees: numbers, dates, captions, tables, references. What only a
page can do (folds of code, downloads, buttons) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml.html import HtmlElement

MARKS = re.compile(r"([\\`*_\[\]<>$|~])")
ENTITY = re.compile(r"&(?=#?\w+;)")
LINE_START = re.compile(r"^(?:([#+-])|(\d+)([.)]))(?=\s|$)")
HEADING = re.compile(r"h([1-6])$")
LEFT_OUT = {
    "how-computed", "code-switch", "figure-downloads", "pdf-files", "headerlink", "backrefs",
    "figure-head", "citation-format", "cell_input", "permalink",
}  # fmt: skip
CELL = "cell"  # the class of what a code cell put on the page
MISSING = "–"  # of a cell of a table without text

Link = Callable[[str], str]


class Markdown:
    """Turns parts of one page into Markdown.

    Parameters
    ----------
    link
        Returns where a link of the page leads in a notebook, or nothing where it leads nowhere.
    anchors
        The ids that a link of the page leads to; only these are kept.
    """

    def __init__(self, link: Link, anchors: Iterable[str]) -> None:
        self.link, self.anchors = link, frozenset(anchors)

    def text(self, elements: Iterable[HtmlElement]) -> str:
        """Return the Markdown of some elements, block by block."""
        return "\n\n".join(block for element in elements for block in self.blocks(element))

    def blocks(self, element: HtmlElement) -> Iterator[str]:
        """Yield an element's blocks."""
        tag, classes = element.tag, set((element.get("class") or "").split())
        if not isinstance(tag, str) or classes & LEFT_OUT:
            return
        if heading := HEADING.match(tag):
            yield f"{'#' * int(heading[1])} {self.inline(element)}"
        elif tag in ("p", "summary"):
            yield from self._paragraph(element, strong=tag == "summary")
        elif tag in ("ul", "ol"):
            yield self._list(element)
        elif tag == "dl":
            yield self._pairs(element)
        elif tag == "figure":
            yield from self._figure(element)
        elif tag == "table":
            yield from self._table(element)
        elif "citation" in classes:
            body = " ".join(self.inline(p) for p in element.xpath("./p"))
            yield f"- {self.anchor(element)}{body}"
        elif tag == "span":
            if anchor := self.anchor(element):
                yield anchor
        else:
            yield from self._joined(element)

    def _joined(self, element: HtmlElement) -> Iterator[str]:
        """Yield the blocks of a box, its own anchor before the first; lists keep together."""
        pending = self.anchor(element)
        for child in element:
            for block in self.blocks(child):
                yield pending + block
                pending = ""
        if pending:
            yield pending

    def _paragraph(self, element: HtmlElement, strong: bool = False) -> Iterator[str]:
        text = self.inline(element).strip()
        if text:
            escaped = LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)
            yield f"**{escaped}**" if strong else escaped

    def _list(self, element: HtmlElement) -> str:
        mark = "1. " if element.tag == "ol" else "- "
        return "\n".join(_item(mark, self._inside(item)) for item in element.xpath("./li"))

    def _pairs(self, element: HtmlElement) -> str:
        """Return terms with what is said of each as a list."""
        lines, term = [], ""
        for child in element:
            if child.tag == "dt":
                term = self.inline(child).strip()
            elif child.tag == "dd":
                first, *others = self._inside(child) or [""]
                lines.append(_item("- ", [f"**{term}:** {first}", *others]))
        return "\n".join(lines)

    def _inside(self, element: HtmlElement) -> list[str]:
        """Return the blocks of an item, which may hold bare text."""
        own = (element.text or "").strip() or any(_is_inline(child) for child in element)
        return [self.inline(element).strip()] if own else list(self._joined(element))

    def _figure(self, element: HtmlElement) -> Iterator[str]:
        """Yield caption, source and description; the cell above shows the drawing."""
        for caption in element.xpath("./figcaption"):
            for child in caption.xpath("./p"):
                yield self.anchor(element) + self._caption(child)
            for child in caption.xpath(".//p[@class='figure-source'] | .//details/p"):
                yield from self._paragraph(child)

    def _caption(self, element: HtmlElement) -> str:
        number = element.xpath(".//*[contains(@class,'caption-number')]")
        text = element.xpath(".//*[contains(@class,'caption-text')]")
        if not number:
            return self.inline(element).strip()
        return f"**{self.inline(number[0]).strip()}** {self.inline(text[0]).strip()}"

    def _table(self, element: HtmlElement) -> Iterator[str]:
        for caption in element.xpath("./caption"):
            yield self.anchor(element) + self._caption(caption)
        if _from_cell(element):
            return  # which shows it
        rows = [
            [self._cell(cell) for cell in row.xpath("./td | ./th")]
            for row in element.xpath(".//tr")
        ]
        head, *body = rows
        yield "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body))

    def _cell(self, element: HtmlElement) -> str:
        return "<br>".join(" ".join(part.split()) for part in self._inside(element)) or MISSING

    def anchor(self, element: HtmlElement) -> str:
        """Return the anchor of an element, where something leads to it."""
        name = element.get("id", "")
        return f'<a id="{name}"></a>' if name in self.anchors else ""

    def inline(self, element: HtmlElement) -> str:
        """Return the content of an element as one line."""
        parts = [escaped(element.text)]
        for child in element:
            parts += [self._inline_child(child), escaped(child.tail)]
        return re.sub(r"\s+", " ", "".join(parts))

    def _inline_child(self, child: HtmlElement) -> str:
        tag, classes = child.tag, set((child.get("class") or "").split())
        if not isinstance(tag, str) or classes & LEFT_OUT:
            return ""
        if tag == "code":
            return f"`{' '.join(child.text_content().split())}`"
        if tag == "br":
            return "<br>"
        text = self.anchor(child) + self.inline(child)
        if tag in ("em", "i"):
            return _around("*", text)
        if tag in ("strong", "b"):
            return _around("**", text)
        if tag == "a" and text.strip():
            target = self.link(child.get("href", ""))
            return f"[{text}]({target})" if target else text
        return text


def escaped(text: str | None) -> str:
    """Return text that Markdown shows as it is."""
    return MARKS.sub(r"\\\1", ENTITY.sub("&amp;", text or ""))


def _around(mark: str, text: str) -> str:
    """Put marks around a text, with its outer spaces outside."""
    bare = text.strip()
    return text.replace(bare, f"{mark}{bare}{mark}", 1) if bare else text


def _item(mark: str, blocks: list[str]) -> str:
    """Return an item of a list; what follows its first block is indented below it."""
    indent = " " * len(mark)
    return mark + "\n\n".join(blocks).replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n")


def _is_inline(element: HtmlElement) -> bool:
    return element.tag in ("a", "span", "em", "strong", "code", "b", "i")


def _from_cell(element: HtmlElement) -> bool:
    return any(CELL in (a.get("class") or "").split() for a in element.iterancestors("div"))
