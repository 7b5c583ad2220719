"""Events, claims, sources and rulings joined: corroboration, confidence, contradiction.

The rules themselves are in `azpak.evidence.rules`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from azpak import tables
from azpak.dates import parse
from azpak.errors import DataError
from azpak.evidence import completeness, rules
from azpak.evidence.rules import Contradiction, Level

__all__ = ["Corroboration", "Evidence"]


@dataclass(frozen=True)
class Corroboration:
    """What carries an event.

    Attributes
    ----------
    sources
        Sources whose claims agree with the event as told.
    groups
        The independence groups that agree on one matter, the one that most of them carry.
    stances
        The stances of their sources on it.
    claims
        Number of claims, the disagreeing and silent ones too.
    contradictions
        Contradictions in which a claim of the event takes part.
    """

    sources: tuple[str, ...]
    groups: tuple[str, ...]
    stances: tuple[str, ...]
    claims: int
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True)
class Evidence:
    """The evidence of the report.

    Attributes
    ----------
    events, claims, sources, rulings
        The tables as `azpak.tables.load` returns them, indexed by their ids.
    """

    events: pd.DataFrame
    claims: pd.DataFrame
    sources: pd.DataFrame
    rulings: pd.DataFrame

    @classmethod
    def load(cls, data_dir: Path | None = None) -> Evidence:
        """Load the four tables from the data folder."""
        names = {"events": "event_id", "claims": "claim_id"}
        names |= {"sources": "source_id", "rulings": "ruling_id"}
        frames = {n: tables.load(n, data_dir).set_index(key) for n, key in names.items()}
        return cls(**frames)

    def confidence(self, event_id: str) -> tuple[Level, str]:
        """Return how sure the event is, and why; an editor's override comes first.

        Raises
        ------
        DataError
            If there is no such event.
        """
        return self._as_edited(event_id, *self.computed_confidence(event_id))

    def computed_confidence(self, event_id: str) -> tuple[Level, str]:
        """Return what the rule gives, whatever the editor says."""
        event = self._event(event_id)
        rulings = [self._rulings[r] for r in self._weighing[event_id]]
        return rules.confidence(event, self._claims_of[event_id], self._sources, rulings)

    def grading_step(self, event_id: str) -> str:
        """Return the question of the rule, one of `rules.STEPS`, that grades the event."""
        event = self._event(event_id)
        return rules.grading_step(event, self._claims_of[event_id], self._sources)

    def groups(self, event_id: str) -> set[str]:
        """Return the independence groups that agree with the event as told, on one matter."""
        self._event(event_id)
        return rules.groups(self._claims_of[event_id], self._sources)

    def corroboration(self, event_id: str) -> Corroboration:
        """Return what carries the event and what contradicts it."""
        self._event(event_id)
        claims = self._claims_of[event_id]
        agreeing = rules.agreeing(claims)
        return Corroboration(
            sources=tuple(sorted({claim["source_id"] for claim in agreeing})),
            groups=tuple(sorted(rules.groups(claims, self._sources))),
            stances=tuple(sorted(rules.stances(claims, self._sources))),
            claims=len(claims),
            contradictions=tuple(self._contradictions_of[event_id]),
        )

    def completeness(self, event_id: str, names: frozenset[str]) -> dict[str, bool]:
        """Return what is known of the event; see `azpak.evidence.completeness.completeness`."""
        event = self._event(event_id)
        claims = self._claims_of[event_id]
        return completeness.completeness(event, claims, self._sources, names)

    def contradictions(self) -> list[Contradiction]:
        """Return every pair of claims that contradict each other, with the rulings on it."""
        return list(self._contradictions)

    def rulings_for(self, event_id: str) -> pd.DataFrame:
        """Return the rulings that weigh a claim of the event, in the order of the table."""
        self._event(event_id)
        return self.rulings.loc[self._weighing[event_id]]

    def event_table(self) -> pd.DataFrame:
        """Return the active events with what is computed from their claims.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``event_id``, by date, with the columns of the events table and ``start``,
            ``end`` (NaT where not ended), ``date_text`` (as printed), ``confidence``,
            ``confidence_why``, ``confidence_computed``, ``source_ids``, ``n_sources``,
            ``n_groups`` (that agree on one matter), ``n_claims``, ``n_contradictions``,
            ``ruling_ids``.
        """
        active = self.events[self.events["status"] == "active"]
        columns = [
            "start", "end", "date_text", "confidence", "confidence_why", "confidence_computed",
            "source_ids", "n_sources", "n_groups", "n_claims", "n_contradictions", "ruling_ids",
        ]  # fmt: skip
        rows = [self._computed(event_id) for event_id in active.index]
        computed = pd.DataFrame(rows, index=active.index, columns=columns)
        dated = ["start", "end"]
        computed[dated] = computed[dated].apply(pd.to_datetime)
        texts = active["date"].to_dict()
        order = sorted(texts, key=lambda event_id: (parse(texts[event_id]).sort_key, event_id))
        return active.join(computed).loc[order]

    def source_table(self) -> pd.DataFrame:
        """Return the sources with how often they speak and are contradicted.

        Returns
        -------
        pandas.DataFrame
            The sources table and ``n_claims``, ``n_events`` and ``n_contradicted``: the number
            of its claims that a claim of another source contradicts.
        """
        by_source = self.claims.groupby("source_id")
        counted = {
            "n_claims": by_source.size(),
            "n_events": by_source["event_id"].nunique(),
            "n_contradicted": pd.Series(self._contradicted_claims(), dtype="Int64"),
        }
        counts = {
            n: c.reindex(self.sources.index).fillna(0).astype(int) for n, c in counted.items()
        }
        return self.sources.assign(**counts)

    def share_two_groups(self, events: Iterable[str] | None = None) -> float:
        """Return the share of events that two or more independence groups carry on one matter.

        Parameters
        ----------
        events
            Ids; by default of all active events.

        Returns
        -------
        float
            From 0 to 1; not a number for no events.
        """
        ids = list(self._active if events is None else events)
        if not ids:
            return float("nan")
        return sum(len(self.groups(event_id)) >= 2 for event_id in ids) / len(ids)

    def without_stance(self, stance: str) -> Evidence:
        """Return the evidence with all claims of one stance's sources left out.

        Rulings keep the claims that remain; a ruling with fewer than two left is dropped,
        because then nothing is in dispute.
        """
        left_out = self.sources.index[self.sources["stance"] == stance]
        claims = self.claims[~self.claims["source_id"].isin(left_out)]
        remaining = [
            tuple(c for c in claim_ids if c in claims.index)
            for claim_ids in self.rulings["claim_ids"]
        ]
        rulings = self.rulings.assign(
            claim_ids=pd.Series(remaining, index=self.rulings.index, dtype=object)
        )
        rest = replace(self, claims=claims, rulings=rulings[rulings["claim_ids"].map(len) >= 2])
        # The rows are those made of these tables already; who asks leaves out each stance in turn.
        spoken = {c: row for c, row in self._claims.items() if c in claims.index}
        vars(rest).update(_events=self._events, _sources=self._sources, _claims=spoken)
        return rest

    # The tables as rows, and what belongs to which event; made once, when first asked for.

    @cached_property
    def _events(self) -> dict[str, dict[str, Any]]:
        return _rows(self.events)

    @cached_property
    def _active(self) -> list[str]:
        return [e for e, event in self._events.items() if event["status"] == "active"]

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        return _rows(self.sources)

    @cached_property
    def _claims(self) -> dict[str, dict[str, Any]]:
        return _rows(self.claims)

    @cached_property
    def _rulings(self) -> dict[str, dict[str, Any]]:
        return _rows(self.rulings)

    @cached_property
    def _claims_of(self) -> dict[str, list[dict[str, Any]]]:
        found = defaultdict(list)
        for claim in self._claims.values():
            found[claim["event_id"]].append(claim)
        return found

    @cached_property
    def _weighing(self) -> dict[str, list[str]]:
        """The rulings that weigh a claim of each event, in the order of the table."""
        found = defaultdict(list)
        for ruling_id, ruling in self._rulings.items():
            claims = (self._claims[c] for c in ruling["claim_ids"] if c in self._claims)
            for event_id in dict.fromkeys(claim["event_id"] for claim in claims):
                found[event_id].append(ruling_id)
        return found

    @cached_property
    def _contradictions(self) -> list[Contradiction]:
        active = set(self._active)
        claims = [claim for claim in self._claims.values() if claim["event_id"] in active]
        return rules.contradictions(claims, self._rulings.values())

    @cached_property
    def _contradictions_of(self) -> dict[str, list[Contradiction]]:
        found = defaultdict(list)
        for contradiction in self._contradictions:
            pair = (contradiction.claim_a, contradiction.claim_b)
            for event_id in dict.fromkeys(self._claims[c]["event_id"] for c in pair):
                found[event_id].append(contradiction)
        return found

    def _event(self, event_id: str) -> dict[str, Any]:
        if event_id not in self._events:
            raise DataError(
                "no such event",
                file="events.csv",
                value=event_id,
                way_out="Use an event_id of the events table",
            )
        return self._events[event_id]

    def _as_edited(self, event_id: str, level: Level, why: str) -> tuple[Level, str]:
        event = self._events[event_id]
        if not event["confidence_override"]:
            return level, why
        set_by_editor = f"set by the editor: {event['override_reason']}"
        return event["confidence_override"], f"{set_by_editor} (computed: {level}, {why})"

    def _computed(self, event_id: str) -> tuple:
        day = parse(self._events[event_id]["date"])
        carried = self.corroboration(event_id)
        computed, reason = self.computed_confidence(event_id)
        level, why = self._as_edited(event_id, computed, reason)
        return (
            day.start, day.end, day.display(), level, why, computed,
            carried.sources, len(carried.sources), len(carried.groups), carried.claims,
            len(carried.contradictions), tuple(self._weighing[event_id]),
        )  # fmt: skip

    def _contradicted_claims(self) -> Counter[str]:
        contradicted = set()
        for contradiction in self._contradictions:
            pair = (contradiction.claim_a, contradiction.claim_b)
            if len({self._claims[claim_id]["source_id"] for claim_id in pair}) == 2:
                contradicted.update(pair)
        return Counter(self._claims[claim_id]["source_id"] for claim_id in contradicted)


def _rows(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the rows by id, missing values as None."""
    plain = frame.reset_index().astype(object)
    plain = plain.where(plain.notna(), None)
    return {row[frame.index.name]: row for row in plain.to_dict("records")}
