"""A miniature data package: valid, small, and made to be spoilt by tests.

It takes its schema from the real ``datapackage.json``, so that the two never part.
"""

from __future__ import annotations

import csv
import io
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from azpak.check import RULES, Fault, check, schema, structure
from azpak.check.model import Data

SCHEMA = Path(__file__).parents[2] / "data" / "datapackage.json"

TABLES: dict[str, list[dict[str, str]]] = {
    "sources": [
        {"source_id": f"s{number}", "type": "press", "title": f"Report {number}",
         "title_status": "as-published", "language": "en", "stance": stance,
         "independence_group": group, "extent_seen": "full", "licence": "copyright"}
        for number, (stance, group) in enumerate(
            [("independent", "dawn"), ("turkish", "anadolu"), ("independent", "dawn"),
             ("azerbaijani-state-aligned", "azertac")], 1)
    ],
    "source_merges": [{"merged_id": "s1b", "source_id": "s1", "reason": "The same page."}],
    "actors": [
        {"actor_id": code, "kind": "state", "name": name, "short_name": name, "source_ids": ""}
        for code, name in (("AZE", "Azerbaijan"), ("PAK", "Pakistan"))
    ],
    "places": [
        {"place_id": "baku", "name": "Baku", "country_iso3": "AZE", "lat": "40.4",
         "lon": "49.9", "precision": "settlement", "type": "capital", "contested": "false",
         "source_id": "s1"},
        {"place_id": "shusha", "name": "Shusha", "other_names": "Şuşa (Azerbaijani)",
         "country_iso3": "AZE", "lat": "39.8", "lon": "46.7", "precision": "settlement",
         "type": "city", "contested": "true", "sovereign": "AZE",
         "administrator": "Azerbaijan since 2020", "source_id": "s1"},
        {"place_id": "islamabad", "name": "Islamabad", "country_iso3": "PAK", "lat": "33.7",
         "lon": "73.1", "precision": "settlement", "type": "capital", "contested": "false",
         "source_id": "s1"},
    ],
    "chapters": [
        {"chapter_id": "summary", "title": "Summary", "kind": "front", "position": "1",
         "status": "published", "description": "What it finds."},
        {"chapter_id": "first-1991-1994", "title": "First, 1991-1994", "kind": "narrative",
         "year_first": "1991", "year_last": "1994", "position": "2", "status": "published",
         "description": "What came first."},
        {"chapter_id": "second-1995-2026", "title": "Second, 1995-2026", "kind": "narrative",
         "year_first": "1995", "year_last": "2026", "position": "3", "status": "planned",
         "description": "What came next."},
    ],
    "phases": [
        {"phase_id": "first", "name": "First", "kind": "period", "start": "1991-10-18",
         "end": "1994", "chapter_id": "first-1991-1994", "start_reason": "Independence.",
         "position": "1"},
        {"phase_id": "second", "name": "Second", "kind": "period", "start": "1995", "end": "..",
         "chapter_id": "second-1995-2026", "start_reason": "A visit.", "position": "2"},
    ],
    "events": [
        {"event_id": f"{year}-{slug}", "date": date, "category": "diplomatic",
         "nature": "happened", "title": title, "summary": f"{title}.", "actors": "AZE;PAK",
         "place_id": place, "chapter": chapter, "contested_military": "false",
         "status": "active"}
        for year, slug, date, title, place, chapter in (
            ("1992", "relations", "1992-06-09", "Relations begin", "baku", "first-1991-1994"),
            ("1993", "visit", "1993-04", "A visit", "islamabad", "first-1991-1994"),
            ("2017", "order", "2017~", "An order of 10", "", "second-1995-2026"),
        )
    ],
    "claims": [
        {"claim_id": claim_id, "event_id": event, "source_id": source, "attribute": attribute,
         "topic": topic, "value": value, "paraphrase": "As it says.", "basis": "report",
         "agreement": agreement} | more
        for claim_id, event, source, attribute, topic, value, agreement, more in (
            ("c1", "1992-relations", "s1", "date", "relations-date", "9 June", "agrees",
             {"value_edtf": "1992-06-09"}),
            ("c2", "1992-relations", "s2", "date", "relations-date", "July", "partial",
             {"value_edtf": "1992-07"}),
            ("c3", "1992-relations", "s3", "occurred", "relations", "began", "agrees", {}),
            ("c4", "1993-visit", "s2", "occurred", "visit", "took place", "agrees", {}),
            ("c5", "1993-visit", "s4", "occurred", "visit", "not mentioned", "silent", {}),
            ("c6", "2017-order", "s3", "count", "order-quantity", "10", "agrees",
             {"value_low": "10", "value_high": "10", "unit": "aircraft"}),
            ("c7", "2017-order", "s2", "count", "order-quantity", "about 10", "agrees",
             {"value_low": "8", "value_high": "12", "unit": "aircraft"}),
        )
    ],
    "rulings": [
        {"ruling_id": "relations-date", "kind": "date", "question": "When?",
         "disputed": "the day of the relations",
         "claim_ids": "c1;c2", "resolution": "preferred", "preferred_claim_ids": "c1",
         "reading": "On 9 June.", "rule": "specific-over-vague", "reason": "The day is named.",
         "would_settle": "The note.", "certainty": "high"},
    ],
    "transfers": [
        {"transfer_id": transfer_id, "record_kind": kind, "part_of": part_of,
         "supplier": "PAK", "recipient": "AZE", "system": "Trainer", "system_type": "trainer",
         "order_date": "2017", "delivery_start": "2017", "delivery_end": "..",
         "quantity_low": "8", "quantity_high": "10", "status": "ordered",
         "event_ids": "2017-order", "register_note": "Not in it.", "source_ids": "s1;s3",
         "confidence": "medium"}
        for transfer_id, kind, part_of in (("all", "aggregate", ""), ("ten", "deal", "all"))
    ],
    "sites": [
        {"site_id": "works", "name": "Works", "type": "factory", "place_id": "islamabad",
         "country_iso3": "PAK", "role": "Builds.", "source_ids": "s1", "confidence": "high"},
    ],
    "milex_sipri": [
        {"iso3": "AZE", "year": year, "indicator": "spending", "value": "1.5",
         "unit": "million USD", "release": "2026", "source_id": "s1"}
        for year in ("1992", "1993")
    ],
}  # fmt: skip

# Two squares that touch nothing.
COUNTRIES = {"AZE": (44.8, 38.4, 50.4, 41.9), "PAK": (61.0, 24.0, 76.0, 36.0)}


class MiniPackage:
    """A valid data folder; change ``rows``, ``package`` or ``features``, then ``write``."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.rows = {name: [dict(row) for row in rows] for name, rows in TABLES.items()}
        self.package: dict[str, Any] = json.loads(_schema())
        self.features = [_feature(iso3, *box) for iso3, box in COUNTRIES.items()]
        self.write()

    def resource(self, name: str) -> dict[str, Any]:
        return next(r for r in self.package["resources"] if r["name"] == name)

    def path(self, name: str) -> Path:
        return self.directory / self.resource(name)["path"]

    def write(self) -> MiniPackage:
        self.directory.mkdir(exist_ok=True)
        (self.directory / "datapackage.json").write_text(_in_lines(json.dumps(self.package)))
        for name, rows in self.rows.items():
            columns = [f["name"] for f in self.resource(name)["schema"]["fields"]]
            text = io.StringIO()
            writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            self.path(name).parent.mkdir(exist_ok=True)
            self.path(name).write_text(text.getvalue(), encoding="utf-8")
        layer = {"type": "FeatureCollection", "features": self.features}
        self.path("geo_countries").parent.mkdir(exist_ok=True)
        self.path("geo_countries").write_text(_in_lines(json.dumps(layer)))
        return self

    def spoil(self, name: str, old: str, new: str) -> None:
        """Replace the first such text in a file."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.path(name).write_bytes(text.replace(old, new, 1).encode())

    def faults(self) -> list[Fault]:
        return check(self.directory)

    def rules_broken(self) -> set[str]:
        """Return the names of the rules that find a fault."""
        package, _ = schema.read(self.directory)
        data = Data(self.directory, package)
        structure.read_into(data)
        return {rule.__name__ for rule in RULES if list(rule(data))}


@cache
def _schema() -> str:
    """Return the real schema, of the tables of the miniature alone."""
    package = json.loads(SCHEMA.read_text(encoding="utf-8"))
    kept = [r for r in package["resources"] if r["name"] in {*TABLES, "geo_countries"}]
    return json.dumps({**package, "resources": [_closed(r) for r in kept]})


@lru_cache(maxsize=8)
def _in_lines(text: str) -> str:
    """Return JSON in lines; most tests leave the schema as it is, and it takes longer than all."""
    return json.dumps(json.loads(text), indent=1)


def _closed(resource: dict[str, Any]) -> dict[str, Any]:
    """Return a resource without keys into tables that the miniature leaves out."""
    described = resource.get("schema")
    if described:
        described["foreignKeys"] = [
            key
            for key in described.get("foreignKeys", [])
            if key["reference"]["resource"] in {*TABLES, ""}
        ]
        for field in described["fields"]:
            if field.get("itemKey", {}).get("resource") not in TABLES:
                field.pop("itemKey", None)
    return resource


def _feature(iso3: str, west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"iso3": iso3, "name": iso3},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }
