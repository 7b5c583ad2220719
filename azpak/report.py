"""One state of the data: its tables, its evidence, and what was computed from them.

>>> report = Report.load()
>>> report.table("trade")
>>> report.day("2020-karabakh-war")
>>> report.value("jf17-training")

A finding is a function of a report, marked with `finding`; its result is kept on the report, with
the tables it rests on. Who changes a row loads the report again and gets new results everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from azpak import tables
from azpak.dates import Date, parse
from azpak.errors import DataError
from azpak.evidence import Evidence
from azpak.text import Printed, listed

if TYPE_CHECKING:
    import geopandas

__all__ = ["PAIR", "Report", "finding"]

PAIR = ("AZE", "PAK")  # the two states that the report is about (ISO 3166-1 alpha-3)

Finding = TypeVar("Finding", bound=Callable[..., Any])

_newest: dict[Path, Report] = {}  # the last report of each folder


class Report:
    """The report of one state of a data folder.

    Attributes
    ----------
    folder : Path
        The data folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = tables.state(folder)
        self._kept: dict[Hashable, tuple[Any, frozenset[str]]] = {}
        self._computed = lambda key, compute: compute()

    @classmethod
    def load(cls, folder: str | Path | None = None) -> Report:
        """Return the report of the folder as it is now.

        Parameters
        ----------
        folder
            The data folder; by default the one that `azpak.tables.data_dir` finds.

        Returns
        -------
        Report
            A new one, unless nothing has changed in the folder since the last.

        Raises
        ------
        DataError
            If the folder holds no data package.
        """
        where = Path(folder).resolve() if folder is not None else tables.data_dir()
        last = _newest.get(where)
        if last is None or last._state != tables.state(where):
            _newest[where] = last = cls(where)
        return last

    def __repr__(self) -> str:
        """Return the folder, and how much it holds."""
        return f"<Report of {self.folder}: {len(self.events)} events>"

    # Tables.

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, typed as its schema says; the caller's own copy.

        Raises
        ------
        DataError
            If there is none of that name, it breaks the schema, or it was changed after the report
            was loaded.
        """
        self._check(name)
        return tables.load(name, self.folder)

    def layer(self, name: str) -> geopandas.GeoDataFrame:
        """Return a layer of ``data/geo``, such as ``countries``, in longitude and latitude."""
        self._check(f"geo_{name}")
        return tables.load_geo(name, self.folder)

    def resource(self, name: str) -> dict[str, Any]:
        """Return what the data package says of a table: title, description, schema."""
        return tables.resource(name, self.folder)

    def package(self) -> dict[str, Any]:
        """Return ``datapackage.json``, to be read and not changed."""
        return tables.package(self.folder)

    def _check(self, name: str) -> None:
        path = tables.resource(name, self.folder)["path"]
        was, now = ({p: rest for p, *rest in s} for s in (self._state, tables.state(self.folder)))
        if was.get(path) != now.get(path):
            raise DataError(
                "the table was changed after the report was loaded, so that results would mix two "
                "states of the data",
                file=self.folder / path,
                way_out="Run the cells from the top: Report.load() takes the new state",
            )

    # What is computed.

    def share(self, computed: Callable[[Hashable, Callable[[], Any]], Any]) -> None:
        """Let results be computed by what asks other processes first (`azpak.output.shared`)."""
        self._computed = computed

    def result(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """Return what was computed under the key, computing it once; note the tables it read."""

        def recorded() -> tuple[Any, frozenset[str]]:
            with tables.recording() as read:
                value = compute()
            return value, frozenset(read)

        if key not in self._kept:
            self._kept[key] = self._computed(key, recorded)
        value, read = self._kept[key]
        tables.note_read(read)
        return value.copy() if isinstance(value, (pd.DataFrame, pd.Series)) else value

    @property
    def evidence(self) -> Evidence:
        """Events, claims, sources and rulings, joined."""
        return self.result("evidence", lambda: Evidence.load(self.folder))

    @property
    def events(self) -> pd.DataFrame:
        """The active events by date, with what is computed from their claims.

        See `azpak.evidence.Evidence.event_table` for the columns.
        """
        return self.result("events", lambda: self.evidence.event_table())

    @property
    def claims(self) -> pd.DataFrame:
        """The claims by ``claim_id``, with ``stance`` and ``independence_group`` of the source."""
        return self.result(
            "claims",
            lambda: self.evidence.claims.join(
                self.evidence.sources[["stance", "independence_group"]], on="source_id"
            ),
        )

    @property
    def sources(self) -> pd.DataFrame:
        """The sources by ``source_id``."""
        return self.evidence.sources

    @property
    def closed(self) -> Date:
        """The day the data were closed."""
        return parse(self.package()["created"][:10])

    def date(self, event_id: str) -> Date:
        """Return the date of an event.

        Raises
        ------
        DataError
            If there is no such active event.
        """
        return parse(self._event(event_id)["date"])

    def day(self, event_id: str) -> date:
        """Return the first day of an event."""
        return self.date(event_id).start

    def last_day(self, event_id: str) -> date | None:
        """Return the last day of an event; None where it has not ended."""
        return self.date(event_id).end

    def published(self, source_id: str) -> Date:
        """Return the date that a source bears.

        Raises
        ------
        DataError
            If there is no such source, or it bears none.
        """
        sources = self.sources
        text = sources["date"].get(source_id)
        if not isinstance(text, str) or not text:
            raise DataError(
                "this source bears no date" if source_id in sources.index else "no such source",
                file=self.folder / "sources.csv", value=source_id,
                way_out="Name one of the column source_id whose date is known",
            )  # fmt: skip
        return parse(text)

    def events_of(self, chapter_id: str) -> pd.DataFrame:
        """Return the active events that a chapter tells, by date."""
        events = self.events
        return events[events["chapter"] == chapter_id]

    def claims_on(self, *topics: str, bounded: bool = False) -> pd.DataFrame:
        """Return the claims on some topics, in the order of the table.

        Parameters
        ----------
        *topics
            The topics, of the column ``topic``.
        bounded
            Whether to leave out claims without a lower and an upper bound.

        Raises
        ------
        DataError
            If there is no claim on one of the topics.
        """
        claims = self.claims
        for topic in topics:
            if not (claims["topic"] == topic).any():
                raise DataError(
                    "there is no claim on this topic",
                    file=self.folder / "claims.csv", value=topic,
                    way_out="Name a topic of the column topic",
                )  # fmt: skip
        rows = claims[claims["topic"].isin(topics)]
        return rows[rows[["value_low", "value_high"]].notna().any(axis=1)] if bounded else rows

    def value(
        self,
        topic: str,
        *,
        bound: str = "low",
        source: str | None = None,
        unit: str | None = None,
        agreeing: bool = False,
    ) -> float:
        """Return the one number that the claims on a topic give.

        Parameters
        ----------
        topic
            The topic, of the column ``topic``.
        bound
            ``low`` or ``high``.
        source
            Look at the claims of this source only.
        unit
            Look at claims in this unit only.
        agreeing
            Look at claims that agree with their event only.

        Raises
        ------
        DataError
            If they give none, or more than one: which of them is meant, the sentence must say.
        """
        rows = self.claims_on(topic)
        if source is not None:
            rows = rows[rows["source_id"] == source]
        if unit is not None:
            rows = rows[rows["unit"] == unit]
        if agreeing:
            rows = rows[rows["agreement"] == "agrees"]
        found = rows[f"value_{bound}"].dropna().unique()
        if len(found) != 1:
            raise DataError(
                f"the claims on {topic} give {len(found)} numbers where one is needed",
                file=self.folder / "claims.csv", value=", ".join(map(str, found)) or None,
                way_out="Name the source or the unit that is meant, or print the bounds",
            )  # fmt: skip
        return float(found[0])

    def wording(self, topic: str, *, source: str | None = None) -> Printed:
        """Return the one value, as they word it, that the claims on a topic give.

        Parameters
        ----------
        topic
            The topic, of the column ``topic``.
        source
            Look at the claims of this source only.

        Raises
        ------
        DataError
            If they give none, or word it differently: whose words are meant, the sentence must say.
        """
        rows = self.claims_on(topic)
        if source is not None:
            rows = rows[rows["source_id"] == source]
        found = rows["value"].dropna().unique()
        if len(found) != 1:
            raise DataError(
                f"the claims on {topic} give {len(found)} wordings where one is needed",
                file=self.folder / "claims.csv", value="; ".join(found) or None,
                way_out="Name the source that is meant, or say how they differ",
            )  # fmt: skip
        return Printed(str(found[0]), unit="wording")

    def names(self) -> pd.Series:
        """Return the names of states and organisations by ``actor_id``."""
        return self.table("actors").set_index("actor_id")["name"]

    def names_of(self, states: Iterable[str], *, article: bool = False) -> Printed:
        """Return the names of states (ISO 3166-1 alpha-3) as a sentence lists them.

        Parameters
        ----------
        states
            The states, in the order in which they are named.
        article
            Whether to give *the United States* their article.

        Raises
        ------
        KeyError
            If the table ``actors`` has no such state.
        """
        names = self.names()
        the = {"USA": "the "} if article else {}
        return listed(f"{the.get(state, '')}{names[state]}" for state in states)

    def _event(self, event_id: str) -> pd.Series:
        events = self.events
        if event_id not in events.index:
            raise DataError(
                "there is no such active event",
                file=self.folder / "events.csv", value=event_id,
                way_out="Name one of the column event_id",
            )  # fmt: skip
        return events.loc[event_id]


def finding(function: Finding) -> Finding:
    """Mark a function of a report as a finding: computed once for each report and arguments.

    Its arguments must be hashable; to name one, or to give its default, is to ask for the same. A
    data frame is handed out as a copy; any other result is shared and not to be changed.
    """
    takes = signature(function)

    @wraps(function)
    def computed(report: Report, *arguments: Any, **named: Any) -> Any:
        given = takes.bind(report, *arguments, **named)
        given.apply_defaults()
        name = (function.__module__, function.__qualname__)
        key = (*name, given.args[1:], tuple(sorted(given.kwargs.items())))
        return report.result(key, lambda: function(*given.args, **given.kwargs))

    return computed  # type: ignore[return-value]
