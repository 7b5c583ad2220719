"""How claims and rulings look, wherever a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes

from azpak.book.cite import permalink
from azpak.book.domain import ReportDomain
from azpak.book.nodes import Content, block, items, pairs, paragraph, row_link, span, strong
from azpak.book.records import Records
from azpak.evidence.words import present, source_name
from azpak.text import upper_first
from azpak.vocabulary import AGREEMENTS, RULES, STANCES


def claim_item(data: Records, claim_id: str, docname: str, anchor: str = "") -> nodes.list_item:
    """Return one claim: source, stance, agreement, what it says."""
    claim = data.claims.loc[claim_id]
    source = data.sources.loc[claim["source_id"]]
    line = paragraph(
        row_link("source", claim["source_id"], source_name(source), docname),
        " ",
        span(f"({STANCES[source['stance']]}; {AGREEMENTS[claim['agreement']]})", "claim-stance"),
        ": ",
        present(claim["paraphrase"]),
        span(f" {present(claim['locator'])}", "claim-locator") if present(claim["locator"]) else "",
    )
    against = ["claim-disagrees"] if claim["agreement"] == "disagrees" else []
    item = nodes.list_item("", line, classes=["claim", *against])
    if anchor:
        item["ids"].append(anchor)
    return item


def ruling_box(data: Records, ruling_id: str, docname: str, domain: ReportDomain) -> nodes.Node:
    """Return a ruling as the ledger has it: in full, with its permanent anchor."""
    claim_ids = data.rulings.at[ruling_id, "claim_ids"]
    box = _box(
        data,
        ruling_id,
        items((claim_item(data, c, docname) for c in claim_ids), classes=["claims"]),
        pairs(_in_full(data, ruling_id, docname), classes=["ruling-verdict"]),
    )
    anchor = domain.anchor("ruling", ruling_id, f"ruling-{ruling_id}")
    box["ids"].append(anchor)
    box[0] += permalink(anchor)
    return box


def ruling_summary(
    data: Records, ruling_id: str, docname: str, domain: ReportDomain, chapter: str
) -> nodes.Node:
    """Return a ruling as its chapter has it: who stands on which side, what is read, and why."""
    there = "What each source says, and what would settle it."
    box = _box(
        data,
        ruling_id,
        pairs(_verdict(data, ruling_id, docname), classes=["ruling-verdict"]),
        paragraph(row_link("ruling", ruling_id, there, docname), classes=["ruling-more"]),
    )
    return _told(box, ruling_id, domain, chapter)


def ruling_note(
    data: Records, ruling_id: str, docname: str, domain: ReportDomain, chapter: str
) -> nodes.Node:
    """Return a ruling in a sentence, for a chapter that shares it with an earlier one."""
    ruling = data.rulings.loc[ruling_id]
    reading = ruling["reading"]
    if ruling["resolution"] == "unresolved" and not reading.startswith("Open"):
        reading = f"Open. {reading}"
    line = paragraph(
        f"{reading} ",
        row_link("ruling", ruling_id, "The full ruling.", docname),
    )
    return _told(_box(data, ruling_id, line), ruling_id, domain, chapter)


def _box(data: Records, ruling_id: str, *content: nodes.Node) -> nodes.Element:
    ruling = data.rulings.loc[ruling_id]
    question = paragraph(strong(ruling["question"]), classes=["ruling-question"])
    classes = ["ruling", f"ruling-{ruling['resolution']}"]
    return block("div", question, *content, classes=classes)


def _told(box: nodes.Element, ruling_id: str, domain: ReportDomain, chapter: str) -> nodes.Element:
    """Give a box of a chapter the anchor that leads to it from the same chapter and the ledger."""
    box["ids"].append(domain.anchor("told", f"{chapter}/{ruling_id}", f"disagree-{ruling_id}"))
    return box


def confidence_badge(level: str) -> nodes.inline:
    """Return the grade as a word in a frame; its colour only repeats it."""
    return span(f"{level} confidence", "confidence", f"confidence-{level}")


def _verdict(data: Records, ruling_id: str, docname: str) -> Iterator[tuple[str, Content]]:
    ruling = data.rulings.loc[ruling_id]
    carrying = ruling["preferred_claim_ids"]
    open_question = ruling["resolution"] == "unresolved"
    yield ("What stays open" if open_question else "Reading preferred"), ruling["reading"]
    yield "Carried by", _sources(data, carrying, docname)
    others = tuple(claim_id for claim_id in ruling["claim_ids"] if claim_id not in carrying)
    yield ("Also weighed" if carrying else "Weighed"), _sources(data, others, docname)
    yield "Rule", upper_first(RULES[ruling["rule"]])
    yield "Reason", ruling["reason"]
    yield "Certainty", upper_first(ruling["certainty"])


def _in_full(data: Records, ruling_id: str, docname: str) -> Iterator[tuple[str, Content]]:
    for term, content in _verdict(data, ruling_id, docname):
        if term not in ("Also weighed", "Weighed"):  # their claims stand above
            yield term, content
    yield "What would settle it", data.rulings.at[ruling_id, "would_settle"]
    events = data.ruling_events[ruling_id]
    titles = data.events["title"]
    yield "Events", _listed(row_link("event", e, titles[e], docname) for e in events)
    chapters = dict.fromkeys(data.events.loc[events, "chapter"])
    told = (
        row_link("told", f"{c}/{ruling_id}", data.chapters.at[c, "title"], docname)
        for c in chapters
    )
    yield "Told in", _listed(told)


def _sources(data: Records, claim_ids: tuple[str, ...], docname: str) -> Content:
    source_ids = dict.fromkeys(data.claims.loc[list(claim_ids), "source_id"])
    names = {s: source_name(data.sources.loc[s]) for s in source_ids}
    return _listed(row_link("source", s, name, docname) for s, name in names.items())


def _listed(links: Iterable[nodes.Node]) -> Content:
    """Return links on one line, or nothing where there is none."""
    line = paragraph()
    for link in links:
        line += [nodes.Text("; "), link] if len(line) else [link]
    return line if len(line) else ""
