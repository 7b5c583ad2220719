"""The form by which a reader narrows a list, and the marks by which its entries are chosen.

Everything works on the page itself (``_static/explore.js``): an entry has tags, a choice of the
form is one of them, and the address keeps what was chosen. Without scripts there is no form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx

from azpak.book.nodes import block, span
from azpak.book.records import Records
from azpak.book.search import known_names
from azpak.evidence.rules import LEVELS
from azpak.text import upper_first
from azpak.vocabulary import CATEGORIES, STANCES

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

DISPUTES = {
    "disputed": "Disputed", "disputed-open": "Disputed, left open",
    "disputed-settled": "Disputed, decided", "undisputed": "Not disputed",
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


@dataclass(frozen=True)
class Slider:
    """A year to choose; its left end, the year before the first, chooses none.

    Attributes
    ----------
    name
        What the address calls it; the tag of a year is ``name-2016``.
    label
        What the reader sees.
    first, last
        The years.
    """

    name: str
    label: str
    first: int
    last: int


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
        opens="All evidence open",
        names=known_names(data, _texts(data)),
    )  # fmt: skip


def _texts(data: Records) -> Iterator[str]:
    """Iterate over what the entries of the events say."""
    yield from data.places.loc[data.active["place_id"].replace("", None).dropna().unique(), "name"]
    yield from (*data.active["title"], *data.active["summary"])
    yield from data.claims["paraphrase"].dropna()


def _actors(data: Records, acting: Iterable[str]) -> dict[str, str]:
    """Return the names of those who act: states first, each kind by name."""
    actors = data.table("actors", "actor_id").loc[sorted(acting)]
    order = actors.assign(is_other=actors["kind"] != "state").sort_values(["is_other", "name"])
    return order["name"].to_dict()


def form(
    noun: str, label: str, choices: Iterable[Choice | Slider], orders: Mapping[str, str],
    columns: Mapping[str, str], *, entries: str = "", opens: str = "",
    names: Iterable[Sequence[str]] = (),
) -> nodes.Element:  # fmt: skip
    """Return a form for the entries of a page.

    Parameters
    ----------
    noun
        The word that counts the entries.
    label
        What the field for text is called.
    choices, orders
        What can be chosen, and the orders of the list: the first is that of the page.
    columns
        The columns of the file of what is shown: a selector within the entry, or ``@`` and one of
        its attributes.
    entries
        The class of an entry, if it is not the noun.
    opens
        What the box that opens all folds is called; none if empty.
    names
        Groups of names of one thing, folded: who types one finds what bears another.
    """
    also = ";".join("|".join(group) for group in names)
    text = block("input", attributes={"type": "search", "name": "q", "autocomplete": "off"})
    tick = block("input", attributes={"type": "checkbox", "name": "open", "value": "all"})
    return block(
        "form",
        block("label", label, text, classes=["explorer-text"]),
        block(
            "fieldset", block("legend", f"Show only {plural(noun)} with"), *map(_control, choices)
        ),
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
            "aria-label": f"Narrow the list of {plural(noun)}",
            "data-nouns": plural(noun),
            "data-entries": entries or noun,
            "data-columns": "; ".join(f"{name}={where}" for name, where in columns.items()),
            **({"data-names": also} if also else {}),
        },
    )


def plural(noun: str) -> str:
    """Return the word for many of what a form counts."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _control(choice: Choice | Slider) -> nodes.Element:
    if isinstance(choice, Choice):
        return _list(choice.name, choice.label, {"": "Any"} | dict(choice.options), choice.column)
    none = str(choice.first - 1)
    slider = block(
        "input",
        attributes={"type": "range", "name": choice.name, "value": none, "min": none,
                    "max": str(choice.last), "step": "1", "aria-valuetext": "all"},
    )  # fmt: skip
    shown = span("all", "explorer-value")
    return block("label", f"{choice.label}: ", shown, slider, classes=["explorer-slider"])


def _list(name: str, label: str, options: Mapping[str, str], column: bool = False) -> nodes.Element:
    entries = (block("option", word, attributes={"value": tag}) for tag, word in options.items())
    attributes = {"name": name} | ({"data-column": name} if column else {})
    return block("label", label, block("select", *entries, attributes=attributes))


def setup(app: Sphinx) -> None:
    """Register the script of the forms; pages without one do not load it."""
    app.add_js_file("explore.js", loading_method="defer")
