"""Which anchors are linked, whose they are, and where a chapter on its own leads its links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

HEADINGS = ".//h1 | .//h2 | .//h3 | .//h4 | .//h5"
LISTED = "(.//a[starts-with(@href, '#')]/@href)[1]"  # what an item of a list of figures names
FIRST = 10_001  # a link leads to a point so far to the right until it lands: see landing.py


@dataclass
class Places:
    """The anchors of the joined pages.

    Attributes
    ----------
    owner
        For each anchor the anchor of its page.
    linked
        The anchors that some link leads to.
    alias
        What an anchor became: a heading has one, whatever names the page gives it.
    titles
        The title of each page, by its anchor.
    cards
        The cards of the sources, by their anchors, in the order of the page.
    entries
        For a page and a card the anchor of the entry in the page's own list of references.
    listed
        The anchors that a list names with the number of their sheet.
    numbers
        The number of each anchor that stands in the markup or is linked there.
    """

    owner: dict[str, str] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    alias: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    cards: dict[str, HtmlElement] = field(default_factory=dict)
    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, anchor: str) -> str:
        """Return the number of an anchor, as markup."""
        return str(self.numbers.setdefault(anchor, FIRST + len(self.numbers)))

    def resolve(self, anchor: str) -> str:
        """Return the anchor that stands in the PDF."""
        return self.alias.get(anchor, anchor)

    def stands_at(self, anchor: str | None) -> bool:
        """Tell whether an anchor must be set where it stands."""
        return bool(anchor) and anchor in self.linked and anchor not in self.alias

    def reference(self, page: str, card: str) -> str:
        """Return the anchor of a source in a chapter's own list of references."""
        return self.entries.get((page, card), f"{page}--ref-{card.rpartition('--')[2]}")


def places_of(sections: Sequence[HtmlElement]) -> Places:
    """Return the places of the joined pages."""
    places = Places()
    for section in sections:
        me = section.get("id")
        for element in section.xpath("descendant-or-self::*[@id]"):
            places.owner[element.get("id")] = me
        title = section.xpath(".//h1")[0]
        places.titles[me] = " ".join(title.text_content().split())
        for card in section.xpath(".//article[contains(@class, 'source')][@id]"):
            places.cards[card.get("id")] = card
        for heading in section.xpath(HEADINGS):
            _note_aliases(places, heading, me)
    for section in sections:
        links = section.xpath(".//a[starts-with(@href, '#')]")
        targets = {places.resolve(link.get("href")[1:]) for link in links}
        for entry in section.xpath(".//div[contains(@class, 'citation')][@id]"):
            for target in entry.xpath(".//a[starts-with(@href, '#')]/@href"):
                places.entries[section.get("id"), target[1:]] = entry.get("id")
        for item in section.xpath(".//ul[contains(@class, 'caption-list')]/li"):
            places.listed |= {places.resolve(a[1:]) for a in item.xpath(LISTED)}
        own = {places.reference(section.get("id"), t) for t in targets if t in places.cards}
        places.linked |= targets | own
    return places


def anchor_of_heading(heading: HtmlElement) -> str | None:
    """Return the anchor of a heading: its own, or that of the section it opens."""
    section = heading.getparent().get("id") if _opens_section(heading) else None
    return heading.get("id") or section


def _opens_section(heading: HtmlElement) -> bool:
    return not heading.xpath("boolean(preceding-sibling::*[self::h1 or self::h2 or self::h3])")


def _note_aliases(places: Places, heading: HtmlElement, page: str) -> None:
    main = page if heading.tag == "h1" else anchor_of_heading(heading)
    names = [heading.get("id")]
    if _opens_section(heading):
        section = heading.getparent()
        names += [section.get("id"), *section.xpath("./span[@id and not(node())]/@id")]
    for anchor in names:
        if anchor and main and anchor != main:
            places.alias[anchor] = main


def cited_cards(section: HtmlElement, places: Places) -> list[str]:
    """Return the cards that a page names and has no reference for, in the order of the sources."""
    me = section.get("id")
    if any(places.owner.get(card) == me for card in places.cards):
        return []
    targets = {link[1:] for link in section.xpath(".//a[starts-with(@href, '#')]/@href")}
    return [card for card in places.cards if card in targets and (me, card) not in places.entries]
