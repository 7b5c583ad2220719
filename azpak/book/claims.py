"""How claims and rulings look, wherever a page shows them."""

from __future__ import annotations

from docutils import nodes

from azpak.book.domain import ReportDomain
from azpak.book.nodes import block, items, pairs, paragraph, row_link, span, strong
from azpak.book.records import (
    AGREEMENTS,
    RULES,
    STANCES,
    Records,
    present,
    source_name,
    upper_first,
)


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
    item = nodes.list_item("", line, classes=["claim", f"claim-{claim['agreement']}"])
    if anchor:
        item["ids"].append(anchor)
    return item


def ruling_box(data: Records, ruling_id: str, docname: str, domain: ReportDomain) -> nodes.Node:
    """Return a ruling in full, with its permanent anchor."""
    ruling = data.rulings.loc[ruling_id]
    box = block(
        "div",
        paragraph(strong(ruling["question"]), classes=["ruling-question"]),
        items((claim_item(data, c, docname) for c in ruling["claim_ids"]), classes=["claims"]),
        pairs(_verdict(data, ruling_id, docname), classes=["ruling-verdict"]),
        classes=["ruling", f"ruling-{ruling['resolution']}"],
    )
    box["ids"].append(domain.anchor("ruling", ruling_id, f"ruling-{ruling_id}"))
    return box


def ruling_note(data: Records, ruling_id: str, docname: str) -> nodes.Node:
    """Return a ruling in brief, linked to the page that holds it in full."""
    ruling = data.rulings.loc[ruling_id]
    return block(
        "div",
        paragraph(strong(ruling["question"]), classes=["ruling-question"]),
        paragraph(
            f"{'Open. ' if ruling['resolution'] == 'unresolved' else ''}{ruling['reading']} ",
            row_link("ruling", ruling_id, "The full ruling.", docname),
        ),
        classes=["ruling", "ruling-brief"],
    )


def confidence_badge(level: str) -> nodes.inline:
    """Return the grade as a word in a frame; its colour only repeats it."""
    return span(f"{level} confidence", "confidence", f"confidence-{level}")


def _verdict(data: Records, ruling_id: str, docname: str):
    ruling = data.rulings.loc[ruling_id]
    open_question = ruling["resolution"] == "unresolved"
    yield ("What stays open" if open_question else "Reading preferred"), ruling["reading"]
    if ruling["preferred_claim_ids"]:
        yield "Carried by", _sources(data, ruling["preferred_claim_ids"], docname)
    yield "Rule", upper_first(RULES[ruling["rule"]])
    yield "Reason", ruling["reason"]
    yield "Certainty", upper_first(ruling["certainty"])
    yield "What would settle it", ruling["would_settle"]
    events = paragraph()
    for event_id in data.ruling_events[ruling_id]:
        events += [nodes.Text("; ")] if len(events) else []
        events += row_link("event", event_id, data.events.at[event_id, "title"], docname)
    yield "Events", events


def _sources(data: Records, claim_ids: tuple[str, ...], docname: str) -> nodes.paragraph:
    line = paragraph()
    for source_id in dict.fromkeys(data.claims.loc[list(claim_ids), "source_id"]):
        line += [nodes.Text("; ")] if len(line) else []
        line += row_link("source", source_id, source_name(data.sources.loc[source_id]), docname)
    return line
