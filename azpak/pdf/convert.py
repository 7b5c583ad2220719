"""Built pages as Typst markup: what stands in which box. How a box looks is in ``report.typ``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from azpak.pdf import tables
from azpak.pdf.book import Book, Entry, PdfError
from azpak.pdf.markup import SPACE, call, string, text, with_breaks
from azpak.pdf.places import LISTED, Places, anchor_of_heading, cited_cards

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "hr", "nav", "ol", "p", "pre", "section", "table", "ul",
))  # fmt: skip
HOLDS = frozenset(("p", "div", "ul"))  # what holds one of these is a block too
# Classes that have a function of their own name in report.typ.
SPANS = (
    "confidence-high", "confidence-medium", "confidence-low", "event-date", "claim-stance",
    "claim-locator", "caption-number", "support-label",
)  # fmt: skip
PARAGRAPHS = (
    "event-head", "event-summary", "event-facts", "event-note", "event-ruling", "event-uses",
    "term-head", "term-note", "ruling-question", "unfolded", "figure-downloads",
)  # fmt: skip
RUN_IN = ("source-reference", "source-marks", "source-note", "source-claims")
BOXES = ("ruling-preferred", "ruling-unresolved", "support", "event", "term")
LONG_BOX = 1_200  # characters: a box that may break over pages
LONG_DESCRIPTION = 900  # characters: it follows its figure in the text
KEPT = 7  # references that stand together at the end of a list
# Links that say a number or a name of a place.
NUMBERED = frozenset(("std-ref", "std-numref", "std-doc"))
WRAPPED = {"em": "emph", "i": "emph", "strong": "strong", "b": "strong", "sup": "super",
           "sub": "sub"}  # fmt: skip


@dataclass(frozen=True)
class Converted:
    """A page as markup.

    Attributes
    ----------
    entry
        The page.
    title
        Its title, as markup.
    plain
        Its title, as text.
    body
        What stands below the title, as markup.
    images
        The image files it shows, from the site's root.
    elsewhere
        Whether it names places of other pages.
    """

    entry: Entry
    title: str
    plain: str
    body: str
    images: tuple[str, ...]
    elsewhere: bool

    @property
    def name(self) -> str:
        """Return the page's name without its folder."""
        return self.entry.name.rsplit("/", 1)[-1]


def convert(sections: Sequence[HtmlElement], book: Book, places: Places) -> list[Converted]:
    """Return the joined pages as markup, and number their places.

    Raises
    ------
    PdfError
        If an image has no alternative text.
    """
    return [
        _converted(section, entry, places)
        for section, entry in zip(sections, book.entries, strict=True)
    ]


def _converted(section: HtmlElement, entry: Entry, places: Places) -> Converted:
    page = Page(section, places)
    title = page.inline(section.xpath(".//h1")[0]).strip()
    body = page.blocks(section) + page.further_references()
    return Converted(
        entry,
        title,
        places.titles[page.me],
        body,
        tuple(dict.fromkeys(page.images)),
        page.elsewhere,
    )


class Page:
    """One page on its way to markup."""

    def __init__(self, section: HtmlElement, places: Places) -> None:
        self.section = section
        self.places = places
        self.me = section.get("id")
        self.name = section.get("class").rpartition("page-")[2]
        self.images: list[str] = []
        self.elsewhere = False
        self.citing = False  # within an entry of a list of references

    # Anchors and links

    def anchor(self, element: HtmlElement) -> str:
        """Return the mark that links to an element lead to, where there are any."""
        name = element.get("id")
        if not self.places.stands_at(name):
            return ""
        listed = ", listed: true" if name in self.places.listed else ""
        return f"#A({self.places.number(name)}{listed});"

    def link(self, element: HtmlElement, body: str) -> str:
        """Return a link, without the spaces at its ends."""
        href, shown = element.get("href"), body.strip()
        if not href or not shown:
            return body
        lead, trail = body[: len(body) - len(body.lstrip())], body[len(body.rstrip()) :]
        if not href.startswith("#"):
            return f"{lead}{call('link', shown, string(href))}{trail}"
        target = self.places.resolve(href[1:])
        if self.places.owner.get(target) == self.me:
            return f"{lead}{call('L', shown, self.places.number(target))}{trail}"
        return f"{lead}{self._away(element, target, shown)}{trail}"

    def _away(self, element: HtmlElement, target: str, shown: str) -> str:
        """Return a link to another page of the book."""
        url, number = string(element.get("data-address", "")), self.places.number(target)
        if self.citing:
            return call("source-card", shown, number, url)
        if target in self.places.cards:
            reference = self.places.number(self.places.reference(self.me, target))
            return call("S", shown, number, reference)
        self.elsewhere = True
        title = self.places.titles[self.places.owner[target]]
        numbered = any(not NUMBERED.isdisjoint(_classes(e)) for e in element.iterdescendants())
        named = title if numbered and title not in element.text_content() else ""
        return call("X", shown, number, url, string(named))

    # Within a line

    def inline(self, element: HtmlElement) -> str:
        """Return what stands in an element, as part of a line."""
        out = [text(element.text)]
        for child in element:
            out += (self.span(child), text(child.tail))
        return "".join(out)

    def span(self, element: HtmlElement) -> str:
        """Return an element as part of a line."""
        tag, classes = element.tag, _classes(element)
        if not isinstance(tag, str):
            return ""
        if tag in BLOCKS:
            return self.block(element)
        if tag == "code":
            shown = with_breaks(SPACE.sub(" ", element.text_content()))
            return f"{self.anchor(element)}#raw({string(shown)});"
        if tag == "br":
            return "#linebreak();"
        if tag == "img":
            return f"#picture({self.image(element)});"
        body, anchor = self.inline(element), self.anchor(element)
        if tag == "a":
            return anchor + self.link(element, body)
        if "page-note" in classes:
            return call("footnote", body.strip())
        if "page-note-paragraph" in classes:
            return f"#parbreak();{body}"
        if not body:
            return anchor
        name = WRAPPED.get(tag) or next((c for c in SPANS if c in classes), None)
        return anchor + (call(name, body) if name else body)

    def image(self, element: HtmlElement) -> str:
        """Return an image with its alternative text: two arguments of a call."""
        source, alt = element.get("src"), element.get("alt", "").strip()
        if not alt:
            raise PdfError(
                "the image has no alternative text", file=self.me, value=source,
                way_out="Give its figure an alt text; a PDF for all readers needs one",
            )  # fmt: skip
        self.images.append(source)
        return f"{string('/site/' + source)}, {string(alt)}"

    # Blocks

    def blocks(self, element: HtmlElement) -> str:
        """Return what stands in a container; loose text becomes paragraphs."""
        out: list[str] = []
        run = [text(element.text)]

        def flush() -> None:
            loose = "".join(run).strip()
            if loose:
                out.append(f"{loose}\n\n")
            run.clear()

        for child in element:
            if isinstance(child.tag, str):
                if child.tag in BLOCKS or any(c.tag in HOLDS for c in child):
                    flush()
                    out.append(self.block(child))
                else:
                    run.append(self.span(child))
            run.append(text(child.tail))
        flush()
        return "".join(out)

    def block(self, element: HtmlElement) -> str:
        """Return an element as a block of its own."""
        tag, classes = element.tag, _classes(element)
        special = {
            "p": self.paragraph, "figure": self.figure, "dl": self.pairs, "ul": self.items,
            "ol": self.items, "pre": self.listing, "hr": lambda _: "#rule-across;\n\n",
            "blockquote": lambda e: self.box("quote", e, "block: true"),
            "table": lambda e: tables.markup(self, e), "h1": lambda _: "",
        }.get(tag)  # fmt: skip
        if special:
            return special(element)
        if tag in ("h2", "h3", "h4", "h5"):
            return self.heading(element)
        if "source" in classes and tag == "article":
            return self.run_in(element)
        if "citation" in classes:
            return self.citation(element)
        if "citation-list" in classes:
            return self.references(element)
        name = next((c for c in BOXES if c in classes), None)
        if name and name.startswith("ruling"):
            long = len(element.text_content()) > LONG_BOX
            long = long or (self.name in tables.DENSE and element.getnext() is not None)
            return self.box(name, element, f"breakable: {str(long).lower()}")
        if name:
            return self.box(name, element)
        if tag == "aside":
            return self.box("support", element)
        return (self.anchor(element) if tag != "section" else "") + self.blocks(element)

    def box(self, name: str, element: HtmlElement, *arguments: str) -> str:
        """Return an element in the box of a name."""
        body = self.anchor(element) + self.blocks(element).strip()
        return f"{call(name, body, *arguments)}\n\n"

    def run_in(self, card: HtmlElement) -> str:
        """Return the card of a source: its paragraphs run on, one behind the other."""
        parts = [
            call(next((c for c in RUN_IN if c in _classes(p)), "source-note"),
                 self.inline(p).strip())
            for p in card.xpath("./p")
        ]  # fmt: skip
        return f"{call('source', self.anchor(card) + ' '.join(parts))}\n\n"

    def citation(self, element: HtmlElement) -> str:
        """Return an entry of a list of references."""
        self.citing = True
        body = " ".join(self.inline(p).strip() for p in element.xpath("./p"))
        self.citing = False
        return f"{call('citation', self.anchor(element) + body)}\n\n"

    def references(self, element: HtmlElement) -> str:
        """Return a list of references; its last entries stay together on a page."""
        entries = [self.block(child) for child in element]
        return f"{call('citation-list', _kept(entries))}\n\n"

    def further_references(self) -> str:
        """Return the sources that a page names and does not list, for the chapter's own PDF."""
        cards = cited_cards(self.section, self.places)
        if not cards:
            return ""
        entries = []
        for name in cards:
            reference = self.places.cards[name].xpath("./p[contains(@class, 'source-reference')]")
            anchor = self.places.number(self.places.reference(self.me, name))
            body = "".join(self.inline(p).strip() for p in reference)
            entries.append(f"{call('citation', f'#A({anchor});{body}')}\n\n")
        has_list = bool(self.section.xpath(".//div[contains(@class, 'citation-list')]"))
        body = _kept(entries)
        return f"#if not whole {{ further-references({str(has_list).lower()})[{body}] }}\n\n"

    def paragraph(self, element: HtmlElement) -> str:
        """Return a paragraph, in the manner of its class."""
        body = self.anchor(element) + self.inline(element).strip()
        if not body:
            return ""
        name = next((c for c in PARAGRAPHS if c in _classes(element)), None)
        return f"{call(name, body) if name else body}\n\n"

    def heading(self, element: HtmlElement) -> str:
        """Return a heading; contents and links name it by its anchor."""
        name = anchor_of_heading(element)
        label = f"#label({string(name)});" if name and self.places.resolve(name) == name else ""
        title = call("heading", self.inline(element).strip(), f"depth: {element.tag[1]}")
        return f"{title.removesuffix(';')}{label}\n\n"

    def listing(self, element: HtmlElement) -> str:
        """Return a listing."""
        return f"#raw(block: true, {string(element.text_content().rstrip())});\n\n"

    def items(self, element: HtmlElement) -> str:
        """Return a list."""
        classes, items = _classes(element), []
        listed = "caption-list" in classes
        for item in element.xpath("./li"):
            for page in item.xpath(".//span[@class='caption-page']"):
                page.drop_tree()
            body = self.anchor(item) + self.blocks(item).strip()
            target = item.xpath(LISTED) if listed else []
            if target:
                body = call("listed", body, self.places.number(self.places.resolve(target[0][1:])))
            elif "claim-disagrees" in _classes(item):
                body = call("claim-disagrees", body)
            items.append(f"[{body}]")
        name = next((c for c in ("claims", "caption-list", "codebook-keys") if c in classes), None)
        name = name or ("enum" if element.tag == "ol" else "list")
        return f"{self.anchor(element)}#{name}({', '.join(items)});\n\n"

    def pairs(self, element: HtmlElement) -> str:
        """Return terms with what is said of each."""
        pairs, term = [], ""
        for child in element:
            if child.tag == "dt":
                term = self.anchor(child) + self.inline(child).strip()
            elif child.tag == "dd":
                said = self.anchor(child) + self.blocks(child).strip()
                pairs.append(f"([{term}], [{said}])")
                term = ""
        around = _classes(element) | _classes(element.getparent())
        known = ("ruling-verdict", "term-facts", "abbreviations", "reuse")
        name = next((c for c in known if c in around), "described")
        return f"#{name}({', '.join(pairs)});\n\n"

    def figure(self, element: HtmlElement) -> str:
        """Return a figure: headline, image, caption, and what stands below it."""
        images = element.xpath(".//img")
        if not images:
            return self.blocks(element)
        headline = element.xpath(f".//*[{_has('figure-headline')}]")
        caption = element.xpath("./figcaption/p")
        number = element.xpath(f".//*[{_has('caption-number')}]")
        name = " ".join(number[0].text_content().split()) if number else "the figure"
        below, after = [], []
        for part in element.xpath(f".//*[{_has('figure-source')}]"):
            below.append(call("figure-source", self.inline(part).strip()))
        for part in element.xpath(f".//*[{_has('figure-description')}]"):
            said = (self.inline(p).strip() for p in part.xpath(f"./p[not({_has('unfolded')})]"))
            described = call("figure-description", " ".join(said), string(name))
            (after if len(described) > LONG_DESCRIPTION else below).append(described)
        for part in element.xpath(f".//*[{_has('figure-downloads')}]"):
            below.append(call("figure-downloads", self.inline(part).strip()))
        parts = (
            f"[{self.anchor(element)}]",
            f"[{self.inline(headline[0]).strip() if headline else ''}]",
            self.image(images[0]),
            f"[{self.inline(caption[0]).strip() if caption else ''}]",
            f"[{''.join(below)}]",
            f"[{''.join(after)}]",
        )
        return f"#report-figure({', '.join(parts)});\n\n"


def _kept(entries: Sequence[str]) -> str:
    """Return entries, the last of which stay together on a page."""
    return "".join([*entries[:-KEPT], call("kept-together", "".join(entries[-KEPT:]))])


def _classes(element: HtmlElement) -> set[str]:
    return set(element.get("class", "").split())


def _has(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
