"""The rows the pages show, loaded once for each state of the data folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.environment import BuildEnvironment

from azpak import dates, tables
from azpak.evidence.completeness import names_of_persons
from azpak.vocabulary import STANCES

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

    from azpak.evidence import Evidence


@dataclass(frozen=True)
class Records:
    """The tables of one data folder, indexed by their keys."""

    folder: Path

    @cached_property
    def evidence(self) -> Evidence:
        """Events, claims, sources and rulings, joined."""
        from azpak.evidence import Evidence

        return Evidence.load(self.folder)

    @cached_property
    def events(self) -> pd.DataFrame:
        """All events, withdrawn ones too, in order of date."""
        events = self.evidence.events
        texts = events["date"].to_dict()
        return events.loc[sorted(texts, key=lambda i: (dates.parse(texts[i]).sort_key, i))]

    @cached_property
    def active(self) -> pd.DataFrame:
        """The events that stand, in order of date."""
        return self.events[self.events["status"] == "active"]

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Claims by ``claim_id``."""
        return self.evidence.claims

    @cached_property
    def claims_of(self) -> dict[str, list[str]]:
        """Claim ids of each event, in order of the file."""
        return _grouped(self.claims["event_id"])

    @cached_property
    def events_of_source(self) -> dict[str, list[str]]:
        """Events that each source speaks of, one for each of its claims, in order of the file."""
        by_source = self.claims["event_id"].set_axis(self.claims["source_id"])
        found: dict[str, list[str]] = {}
        for source_id, event_id in by_source.items():
            found.setdefault(source_id, []).append(event_id)
        return found

    @cached_property
    def replaced_by(self) -> dict[str, list[str]]:
        """Withdrawn events for which each event stands now, in order of date."""
        gone = self.events[self.events["status"] == "withdrawn"]
        return _grouped(gone["replaced_by"].dropna())

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Sources by ``source_id``."""
        return self.evidence.sources

    @cached_property
    def rulings(self) -> pd.DataFrame:
        """Rulings by ``ruling_id``."""
        return self.evidence.rulings

    @cached_property
    def places(self) -> pd.DataFrame:
        """Places by ``place_id``."""
        return self.table("places", "place_id")

    @cached_property
    def chapters(self) -> pd.DataFrame:
        """Chapters by ``chapter_id``."""
        return self.table("chapters", "chapter_id")

    @cached_property
    def glossary(self) -> pd.DataFrame:
        """Terms by ``term_id``."""
        return self.table("glossary", "term_id")

    @cached_property
    def persons(self) -> frozenset[str]:
        """Names of the persons of the glossary, as titles and summaries write them."""
        return names_of_persons(self.glossary.to_dict("records"))

    @cached_property
    def ruling_events(self) -> dict[str, list[str]]:
        """Events each ruling bears on, in order of date."""
        order = {event_id: n for n, event_id in enumerate(self.events.index)}
        found = {}
        event_of = self.claims["event_id"].to_dict()
        for ruling_id, claim_ids in self.rulings["claim_ids"].items():
            events = {event_of[claim_id] for claim_id in claim_ids if claim_id in event_of}
            found[ruling_id] = sorted(events, key=order.get)
        return found

    @cached_property
    def event_rulings(self) -> dict[str, list[str]]:
        """Rulings that bear on each event, in order of the file."""
        found: dict[str, list[str]] = {}
        for ruling_id, events in self.ruling_events.items():
            for event_id in events:
                found.setdefault(event_id, []).append(ruling_id)
        return found

    @cached_property
    def contradicted(self) -> pd.Series:
        """Number of claims of each source that a claim of another source contradicts."""
        return self.evidence.source_table()["n_contradicted"]

    @cached_property
    def without(self) -> dict[str, Evidence]:
        """The evidence without the sources of each stance; under "" with all sources."""
        return {"": self.evidence} | {s: self.evidence.without_stance(s) for s in STANCES}

    @cached_property
    def cutoff(self) -> dates.Date:
        """Return the date of the latest event that happened."""
        happened = self.active[self.active["nature"] != "announced"]
        known = [dates.parse(text) for text in happened["date"]]
        return max(known, key=lambda d: (d.start, d.precision == "day", d.text))

    def table(self, name: str, key: str) -> pd.DataFrame:
        """Return a table by its key."""
        return tables.load(name, self.folder).set_index(key)


def _grouped(column: pd.Series) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in column.items():
        found.setdefault(value, []).append(key)
    return found


def records() -> Records:
    """Return the rows as they are on disk now."""
    folder = tables.data_dir()
    return _records(folder, _state(folder))


@lru_cache(maxsize=2)
def _records(folder: Path, state: str) -> Records:
    return Records(folder)


def _state(folder: Path) -> str:
    stamps = [f"{p.name} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in folder.glob("*.*")]
    return hashlib.sha256("\n".join(sorted(stamps)).encode()).hexdigest()


def depend_on(env: BuildEnvironment, *names: str) -> None:
    """Make the page being read depend on tables, so that it is read again when they change."""
    folder = tables.data_dir()
    env.note_dependency(str(folder / tables.PACKAGE_FILE))
    for name in names:
        env.note_dependency(str(folder / tables.resource(name, folder)["path"]))
