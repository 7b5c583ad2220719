"""Appendices made from the tables: sources, codebook, lists of figures and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import tables
from azpak.book.chronology import counted
from azpak.book.cite import permalink
from azpak.book.domain import report_domain
from azpak.book.downloads import data_uri
from azpak.book.nodes import (
    Pending,
    block,
    code,
    items,
    link,
    paragraph,
    row_link,
    section,
    span,
    strong,
    table,
)  # fmt: skip
from azpak.book.records import Records, depend_on, records
from azpak.evidence.words import date_text, present
from azpak.text import upper_first
from azpak.vocabulary import EXTENTS, LANGUAGES, STANCES

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

SOURCE_TYPES = {
    "academic": "Academic works",
    "think-tank": "Think tanks",
    "official": "Official documents",
    "state-media": "State media",
    "press": "Press",
    "company": "Companies",
    "dataset": "Data sets",
    "reference": "Reference works",
}


class SourceList(SphinxDirective):
    """``{source-list}``: a card for each source, by type."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each type of source."""
        depend_on(self.env, "sources", "claims", "events", "rulings")
        data = records()
        sources = data.sources
        return [
            section(f"{title}", f"sources-{kind}", *self._cards(data, of_kind))
            for kind, title in SOURCE_TYPES.items()
            if len(of_kind := sources[sources["type"] == kind])
        ]

    def _cards(self, data: Records, sources: pd.DataFrame) -> Iterator[nodes.Node]:
        first = sources["author"].fillna(sources["publisher"]).fillna(sources["title"])
        order = first.str.casefold() + " " + sources["date"].fillna("")
        for source_id in order.sort_values(kind="stable").index:
            yield self._card(data, data.sources.loc[source_id])

    def _card(self, data: Records, source: pd.Series) -> nodes.Node:
        anchor = report_domain(self.env).anchor("source", source.name, f"source-{source.name}")
        card = block(
            "article",
            paragraph(*reference(source), permalink(anchor), classes=["source-reference"]),
            paragraph("; ".join(_marks(source)) + ". ", code(source.name),
                      classes=["source-marks"]),
            ids=[anchor],
            classes=["source"],
        )  # fmt: skip
        card.extend(self._claims(data, source.name))
        if present(source["note"]):
            card += paragraph(source["note"], classes=["source-note"])
        return card

    def _claims(self, data: Records, source_id: str) -> Iterator[nodes.Node]:
        spoken_of = data.events_of_source.get(source_id)
        if not spoken_of:
            return
        against = data.contradicted[source_id]
        by_others = f", {against} contradicted by others" if against else ""
        line = paragraph(
            f"{counted(len(spoken_of), 'claim')}{by_others}: ", classes=["source-claims"]
        )
        for n, event_id in enumerate(dict.fromkeys(spoken_of)):
            line += [nodes.Text("; ")] if n else []
            if data.events.at[event_id, "status"] == "active":
                title = data.events.at[event_id, "title"]
                line += row_link("event", event_id, title, self.env.docname)
        yield line


def reference(source: pd.Series) -> Iterator[nodes.Node | str]:
    """Return a source as a reference: author, title, publisher, date, with its address."""
    author, publisher = present(source["author"]), present(source["publisher"])
    if author:
        yield f"{author}. "
    described = source["title_status"] == "descriptive"
    title = source["title"] if described else f"“{source['title']}”"
    yield link(source["url"], title) if present(source["url"]) else title
    yield ". "
    when = [date_text(source["date"]), present(source["vintage"])]
    yield ", ".join(part for part in (publisher, *when) if part) + "."


def _marks(source: pd.Series) -> Iterator[str]:
    yield upper_first(STANCES[source["stance"]])
    yield LANGUAGES.get(source["language"], source["language"])
    yield EXTENTS[source["extent_seen"]]
    if source["title_status"] == "descriptive":
        yield "title is our description"
    if present(source["licence"]):
        yield f"terms: {source['licence']}"


class Codebook(SphinxDirective):
    """``{codebook}``: every table, column, rule and unit, from the schema."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each resource."""
        depend_on(self.env)
        package = tables.package()
        return [self._resource(resource) for resource in package["resources"]]

    def _resource(self, resource: dict[str, Any]) -> nodes.section:
        content = [paragraph(resource["description"])]
        uri = data_uri(self.env.docname, resource["path"])
        content.append(paragraph(
            "File: ",
            link(uri, code(resource["path"]), classes=["download"]) if uri
            else code(resource["path"]),
            *(f" {text}" for text in _terms(resource)),
        ))  # fmt: skip
        schema = resource.get("schema")
        if schema:
            content.append(table(
                ("Column", "Type", "Rules", "Meaning"),
                [_column(field) for field in schema["fields"]],
                classes=["codebook-columns"],
            ))  # fmt: skip
            content.extend(_keys(schema))
            for field in schema["fields"]:
                content.extend(_codes(field))
        name = resource["name"].replace("_", "-")
        return section(resource["title"], f"table-{name}", *content)


def _terms(resource: dict[str, Any]) -> Iterator[str]:
    for licence in resource.get("licenses", []):
        yield f"Terms: {licence.get('title', licence.get('name', ''))}."


def _column(field: dict[str, Any]) -> list[nodes.Node | str]:
    unit = f" Unit: {field['unit']}." if field.get("unit") else ""
    kind = "date (EDTF)" if field.get("edtf") else field["type"]
    return [code(field["name"]), kind, _rules(field), field["description"] + unit]


def _rules(field: dict[str, Any]) -> nodes.paragraph:
    rules = field.get("constraints", {})
    line = paragraph()
    said: list[list[nodes.Node]] = []
    if rules.get("required"):
        said.append([nodes.Text("required")])
    if "enum" in rules:
        words = [part for word in rules["enum"] for part in (nodes.Text(", "), code(str(word)))]
        said.append([nodes.Text("one of "), *words[1:]])
    if "minimum" in rules or "maximum" in rules:
        low, high = rules.get("minimum", "no limit"), rules.get("maximum", "no limit")
        said.append([nodes.Text(f"from {low} to {high}")])
    if "maxLength" in rules:
        said.append([nodes.Text(f"at most {rules['maxLength']} characters")])
    if "pattern" in rules:
        said.append([nodes.Text("matches "), code(rules["pattern"])])
    if "itemKey" in field:
        key = field["itemKey"]
        said.append([nodes.Text("each in "), code(f"{key['resource']}.{key['field']}")])
    for n, part in enumerate(said):
        line += [nodes.Text("; ")] if n else []
        line += part
    return line if said else paragraph("none")


def _codes(field: dict[str, Any]) -> Iterator[nodes.Node]:
    """Yield how the codes of a column are decided, where the schema says so."""
    if field.get("codes"):
        yield paragraph("How ", code(field["name"]), " is decided; the first row that fits counts:")
        yield table(
            ("Code", "When", "Example"),
            [[entry["code"], entry["when"], entry["example"]] for entry in field["codes"]],
            classes=["codebook-codes"],
        )


def _keys(schema: dict[str, Any]) -> Iterator[nodes.Node]:
    lines = []
    if schema.get("primaryKey"):
        lines.append(paragraph(f"Key: {', '.join(_listed(schema['primaryKey']))}."))
    for key in schema.get("foreignKeys", []):
        target = key["reference"]
        there = ", ".join(_listed(target["fields"]))
        table_name = target["resource"] or "this table"
        lines.append(paragraph(f"{', '.join(_listed(key['fields']))} is {there} of {table_name}."))
    if lines:
        yield items(lines, classes=["codebook-keys"])


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


class CaptionList(SphinxDirective):
    """``{list-of-figures}`` and ``{list-of-tables}``: numbers and captions over all pages."""

    def run(self) -> list[nodes.Node]:
        """Return a place to fill once all pages are read."""
        kind = "figure" if self.name == "list-of-figures" else "table"
        return [Pending("", kind=f"{kind}s")]


def fill_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the lists of figures and tables."""
    for node in [p for p in doctree.findall(Pending) if p["kind"] in ("figures", "tables")]:
        kind = node["kind"][:-1]
        entries = list(_captions(app, kind, docname))
        none = paragraph(f"No {kind} has a number in this version.")
        node.replace_self(items(entries, classes=["caption-list"]) if entries else none)


def _captions(app: Sphinx, kind: str, docname: str) -> Iterator[nodes.Node]:
    for page, noted in report_domain(app.env).pages():
        numbers = app.env.toc_fignumbers.get(page, {}).get(kind, {})
        for found, anchor, caption in noted["captions"]:
            if found == kind and anchor in numbers:
                number = ".".join(map(str, numbers[anchor]))
                uri = f"{app.builder.get_relative_uri(docname, page)}#{anchor}"
                label = app.config.numfig_format[kind] % number
                title = span(f" {app.env.titles[page].astext()}", "caption-page")
                yield paragraph(strong(f"{label}. "), link(uri, caption), title)


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("source-list", SourceList)
    app.add_directive("codebook", Codebook)
    app.add_directive("list-of-figures", CaptionList)
    app.add_directive("list-of-tables", CaptionList)
    app.connect("doctree-resolved", fill_lists)
