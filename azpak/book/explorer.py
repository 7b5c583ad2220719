"""The form by which a reader narrows a list, and the marks by which its entries are chosen.

Everything works on the page itself (``_static/explore.js``): an entry has tags, a choice of the
form is one of them, and the address keeps what was chosen. Without scripts there is no form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx

from azpak.book.nodes import block
from azpak.book.records import Records
from azpak.evidence.rules import LEVELS
from azpak.text import upper_first
from azpak.vocabulary import CATEGORIES, STANCES

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

DISPUTES = {
    "disputed": "Disputed", "disputed-open": "Disputed, open",
    "disputed-settled": "Disputed, settled", "undisputed": "Not disputed",
}  # fmt: skip
ORDERS = {"": "Oldest first", "reversed": "Newest first", "sources": "Most sources first"}


@dataclass(frozen=True)
class Choice:
    """A list to choose one tag from.

    Attributes
    ----------
    name
        What the address calls it.
    label
        What the reader sees.
    options
        The word for each tag.
    column
        Whether the file of what is shown has it as a column.
    """

    name: str
    label: str
    options: Mapping[str, str]
    column: bool = True


def marks(data: Records, event: pd.Series, phase: str) -> dict[str, str]:
    """Return the attributes by which an event is found, ordered and written into a file."""
    tags = [phase, event["category"], *event["actors"], *_support(data, event.name)]
    carried = data.evidence.corroboration(event.name)
    return {
        "data-date": event["date"],
        "data-sources": str(len(carried.sources)),
        "data-tags": " ".join(tags),
    }


def _support(data: Records, event_id: str) -> Iterator[str]:
    yield f"support-{data.evidence.confidence(event_id)[0]}"
    claims = data.claims.loc[data.claims_of.get(event_id, [])]
    speaking = set(data.sources.loc[claims["source_id"].unique(), "stance"])
    yield from (stance for stance in STANCES if stance in speaking)
    rulings = data.rulings.loc[data.event_rulings.get(event_id, [])]
    yield "disputed" if len(rulings) else "undisputed"
    ends = {
        "disputed-settled" if r == "preferred" else "disputed-open" for r in rulings["resolution"]
    }
    yield from sorted(ends)


def event_form(data: Records, phases: Mapping[str, str]) -> nodes.Element:
    """Return the form of the chronology; `phases` are the names of its parts by their tags."""
    events = data.active
    categories = {c: word for c, word in CATEGORIES.items() if c in set(events["category"])}
    actors = _actors(data, {actor for actors in events["actors"] for actor in actors})
    return form(
        "event",
        "Find in the events and their claims",
        [
            Choice("phase", "Phase", phases),
            Choice("category", "Category", categories),
            Choice("actor", "Actor", actors),
            Choice("with", "With", actors, column=False),
            Choice("support", "Confidence", {f"support-{g}": upper_first(g) for g in LEVELS}),
            Choice("stance", "Sources", {s: upper_first(word) for s, word in STANCES.items()}),
            Choice("dispute", "Dispute", DISPUTES),
        ],
        ORDERS,
        {"date": "@date", "title": ".event-title", "summary": ".event-summary"},
        "All evidence open",
    )  # fmt: skip


def _actors(data: Records, acting: Iterable[str]) -> dict[str, str]:
    """Return the names of those who act: states first, each kind by name."""
    actors = data.table("actors", "actor_id").loc[sorted(acting)]
    order = actors.assign(is_other=actors["kind"] != "state").sort_values(["is_other", "name"])
    return order["name"].to_dict()


def form(
    noun: str, label: str, choices: Iterable[Choice], orders: Mapping[str, str],
    columns: Mapping[str, str], opens: str = "",
) -> nodes.Element:  # fmt: skip
    """Return a form for the entries whose class is `noun`.

    Parameters
    ----------
    noun
        The class of an entry, and the word that counts them.
    label
        What the field for text is called.
    choices, orders
        What can be chosen, and the orders of the list: the first is that of the page.
    columns
        The columns of the file of what is shown: a selector within the entry, or ``@`` and one of
        its attributes.
    opens
        What the box that opens all folds is called; none if empty.
    """
    text = block("input", attributes={"type": "search", "name": "q", "autocomplete": "off"})
    lists = [_list(c.name, c.label, {"": "Any"} | dict(c.options), c.column) for c in choices]
    tick = block("input", attributes={"type": "checkbox", "name": "open", "value": "all"})
    return block(
        "form",
        block("label", label, text, classes=["explorer-text"]),
        block("fieldset", block("legend", f"Show only {noun}s with"), *lists),
        block(
            "div",
            *([_list("order", "Order", orders)] if orders else []),
            *([block("label", tick, f" {opens}", classes=["explorer-tick"])] if opens else []),
            block("button", "Download as CSV", attributes={"type": "button", "name": "csv"}),
            block("button", "Clear", attributes={"type": "reset"}),
            classes=["explorer-do"],
        ),
        block("output"),
        classes=["explorer", "pst-js-only"],
        attributes={
            "role": "search",
            "aria-label": f"Narrow the list of {noun}s",
            "data-noun": noun,
            "data-columns": "; ".join(f"{name}={where}" for name, where in columns.items()),
        },
    )


def _list(name: str, label: str, options: Mapping[str, str], column: bool = False) -> nodes.Element:
    entries = (block("option", word, attributes={"value": tag}) for tag, word in options.items())
    attributes = {"name": name} | ({"data-column": name} if column else {})
    return block("label", label, block("select", *entries, attributes=attributes))


def setup(app: Sphinx) -> None:
    """Register the script of the forms; pages without one do not load it."""
    app.add_js_file("explore.js", loading_method="defer")
