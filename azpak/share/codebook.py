"""The codebook as text: what each table and column means, from the one schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from azpak import tables
from azpak.share import rows

__all__ = ["text"]


def text() -> str:
    """Return the codebook in Markdown."""
    package = tables.package()
    blocks = [f"# {package['title']}: codebook", package["description"]]
    for entry in package["resources"]:
        blocks += _resource(entry)
    computed = "\n".join(f"- `{name}`: {said}" for name, said in rows.DESCRIBED.items())
    blocks += [
        "## events_resolved",
        "The active events by date, with the columns of `events` and what is computed from their "
        "claims. File `events_resolved.csv`.",
        computed,
    ]
    return "\n\n".join(blocks) + "\n"


def _resource(entry: dict[str, Any]) -> Iterator[str]:
    yield f"## {entry['name']}"
    yield f"{entry['title']}: {entry.get('description', '')} File `{entry['path']}`.".replace(
        ": .", "."
    )
    terms = [licence.get("title") or licence["name"] for licence in entry.get("licenses", ())]
    if terms:
        yield f"Terms: {'; '.join(terms)}."
    sources = [source["title"] for source in entry.get("sources", ())]
    if sources:
        yield f"Sources: {'; '.join(sources)}."
    fields = entry.get("schema", {}).get("fields", ())
    if fields:
        yield "\n".join(_field(field) for field in fields)


def _field(field: dict[str, Any]) -> str:
    rules = field.get("constraints", {})
    said = [field["type"]]
    said += ["required"] if rules.get("required") else []
    said += [f"unit {field['unit']}"] if field.get("unit") else []
    said += [f"one of {', '.join(map(str, rules['enum']))}"] if "enum" in rules else []
    lines = [f"- `{field['name']}` ({'; '.join(said)}): {field.get('description', '')}"]
    for code in field.get("codes", field.get("categories", ())):
        if isinstance(code, dict) and "code" in code:
            lines.append(f"  - {code['code']}: {code.get('when', '')}")
    return "\n".join(lines)
