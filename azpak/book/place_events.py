"""The year by year of the places: the form with its slider, and the list beside the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from azpak import dates
from azpak.book.explorer import Choice, Slider, form
from azpak.book.nodes import Content, block, paragraph, row_link, span
from azpak.book.records import Records, depend_on, records
from azpak.book.search import known_names
from azpak.evidence.words import present
from azpak.text import upper_first
from azpak.vocabulary import CATEGORIES, ROUTE_STATUSES

if TYPE_CHECKING:  # dear to import, and of no use to a build with nothing to do
    import pandas as pd

TABLES = ("events", "claims", "sources", "rulings", "places", "routes")
ROUTE = "route"


class PlaceForm(SphinxDirective):
    """``{place-form}``: the form that narrows the list of ``{place-events}`` on the same page."""

    def run(self) -> list[nodes.Node]:
        """Return the form."""
        depend_on(self.env, *TABLES)
        data = records()
        years = [year for years in _all_years(data) for year in years]
        events = located(data)
        categories = {c: w for c, w in CATEGORIES.items() if c in set(events["category"])}
        names = data.places.loc[sorted(set(events["place_id"])), "name"].sort_values()
        return [
            form(
                "entry",
                "Find in events and routes",
                [
                    Slider("year", "Year", min(years), max(years)),
                    Choice("kind", "Kind", categories | {ROUTE: "Routes"}),
                    Choice("place", "Place", {f"at-{p}": name for p, name in names.items()}),
                ],
                {},
                {"date": "@date", "title": ".row-of-map"},
                entries="placed",
                names=known_names(data, names),
            )
        ]


class PlaceEvents(SphinxDirective):
    """``{place-events}``: every event with a place and every dated route, in order of time."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        depend_on(self.env, *TABLES)
        data = records()
        entries = [*self._events(data), *self._routes(data)]
        in_time = sorted(
            entries, key=lambda entry: dates.parse(entry["attributes"]["data-date"]).sort_key
        )
        return [block("ul", *in_time, classes=["place-events"])]

    def _events(self, data: Records) -> Iterator[nodes.Element]:
        for event_id, event in located(data).iterrows():
            place = data.places.at[event["place_id"], "name"]
            link = row_link("event", event_id, event["title"], self.env.docname)
            tags = [event["category"], f"at-{event['place_id']}"]
            yield _entry(data, event_id, event["date"], tags, link, place)

    def _routes(self, data: Records) -> Iterator[nodes.Element]:
        for route_id, route in dated_routes(data).iterrows():
            status = f"route, {ROUTE_STATUSES[route['status']]} as last reported"
            tags = [ROUTE, f"on-{route_id}", *(f"at-{p}" for p in route["waypoints"])]
            yield _entry(data, route_id, route["status_date"], tags, route["name"], status)


def _entry(
    data: Records, row_id: str, date: str, tags: list[str], title: Content, beside: str
) -> nodes.Element:
    return block(
        "li",
        paragraph(
            span(upper_first(dates.parse(date).display()), "event-date"),
            " ",
            title if isinstance(title, nodes.Node) else span(title),
            span(f", {beside}", "row-beside"),
            classes=["row-of-map"],
        ),
        classes=["placed"],
        attributes={
            "data-id": row_id,
            "data-date": date,
            "data-tags": " ".join([*(f"year-{year}" for year in years(data, date)), *tags]),
        },
    )


def located(data: Records) -> pd.DataFrame:
    """Return the events that stand and whose place is in the data, in order of time."""
    return data.active[data.active["place_id"].notna() & (data.active["place_id"] != "")]


def dated_routes(data: Records) -> pd.DataFrame:
    """Return the routes whose status has a date, by ``route_id``."""
    routes = data.table("routes", "route_id")
    return routes[[bool(present(date)) for date in routes["status_date"]]]


def years(data: Records, date: str) -> range:
    """Return the years in which a date lies; what has not ended lasts to the latest event."""
    parsed = dates.parse(date)
    last = parsed.end or data.cutoff.end or data.cutoff.start
    return range(parsed.start.year, last.year + 1)


def _all_years(data: Records) -> Iterator[range]:
    for date in [*located(data)["date"], *dated_routes(data)["status_date"]]:
        yield years(data, date)


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("place-form", PlaceForm)
    app.add_directive("place-events", PlaceEvents)
