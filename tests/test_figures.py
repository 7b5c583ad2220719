"""Every figure is a pure function with text for all readers, and the same bytes twice."""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
import re
import textwrap

import pandas as pd
import pytest

import figures
from azpak import tables
from azpak.figures import (
    arms,
    balance,
    base,
    caucasus,
    exchange,
    flights,
    institutions,
    links,
    maps,
    method,
    networks,
    orders,
    phases,
    realignment,
    sites,
    style,
    ties,
    timelines,
    trilateral,
    votes,
)

FIGURES = {
    "region": maps.region,
    "caucasus-borders-links": caucasus.caucasus,
    "corridors-air-links": links.links,
    "cooperation-sites": sites.sites,
    "timeline-of-events": timelines.all_events,
    "recognition-sequence": timelines.recognition,
    "visits-and-documents": institutions.visits_and_documents,
    "azerbaijan-arms-imports": arms.azerbaijan_imports,
    "jf17-claims": arms.jf17_claims,
    "supplier-concentration": balance.supplier_concentration,
    "military-spending": balance.military_spending,
    "armed-forces-personnel": balance.armed_forces,
    "investment-promise": realignment.investment_promise,
    "autumn-2020": trilateral.autumn_2020,
    "sources-by-stance": method.sources_by_stance,
    "phase-openings": method.phase_openings,
    "trade-ranges": exchange.trade_ranges,
    "visitor-ranges": exchange.visitor_ranges,
    "flights-by-route": flights.flights_by_route,
    "vote-agreement-by-year": votes.agreement_by_year,
    "vote-agreement-of-pairs": votes.agreement_of_pairs,
    "vote-ideal-points": votes.ideal_points,
    "ties-in-time": ties.ties_in_time,
    "network-by-phase": networks.network_by_phase,
    "orders-closure": networks.orders_closure,
    "arms-order-values": orders.deal_values,
    "event-breaks": phases.event_breaks,
    "breaks-by-weighting": phases.breaks_by_weighting,
    "outside-breaks": phases.outside_breaks,
}


@pytest.fixture(scope="module", params=FIGURES, ids=str)
def drawn(request) -> tuple[str, base.ReportFigure]:
    return request.param, FIGURES[request.param]()


def test_every_figure_is_tested():
    found = {
        function
        for module in pkgutil.iter_modules(figures.__path__, "figures.")
        for function in vars(importlib.import_module(module.name)).values()
        if inspect.isfunction(function) and function.__annotations__ == {"return": "ReportFigure"}
    }
    assert {f"{f.__module__}.{f.__name__}" for f in found - set(FIGURES.values())} == set()


def test_a_figure_bears_its_permanent_name(drawn):
    name, figure = drawn
    assert figure.id == name


def test_alt_text_says_more_than_the_title_and_names_no_file(drawn):
    _, figure = drawn
    assert len(figure.alt) > max(80, len(figure.title))
    assert figure.alt not in (figure.title, figure.description)
    assert ".svg" not in figure.alt


def test_a_headline_is_short_enough_for_two_lines(drawn):
    _, figure = drawn
    assert len(textwrap.wrap(figure.title, base.TITLE_CHARACTERS)) <= 2


def test_the_csv_holds_every_row_drawn(drawn):
    _, figure = drawn
    read = pd.read_csv(io.StringIO(figure.csv()))
    assert list(read.columns) == list(figure.data.columns)
    assert len(read) == len(figure.data) > 0


def test_drawing_twice_gives_the_same_bytes_whatever_is_asked_for_first(drawn):
    name, figure = drawn
    again = FIGURES[name]()
    exports = again.exports()
    assert (again.svg(), exports) == (figure.svg(), figure.exports())


def test_text_in_the_drawing_is_paths_and_needs_no_font(drawn):
    _, figure = drawn
    assert "<text" not in figure.svg()
    assert "<text" not in figure.exports()["svg"].decode()


def test_the_exported_drawing_is_larger_by_title_and_source(drawn):
    _, figure = drawn
    page, exported = height(figure.svg()), height(figure.exports()["svg"].decode())
    assert exported > page + 20  # points: a line of title and one of source at the least


def height(svg: str) -> float:
    """Return the height of a drawing in points."""
    return float(re.search(r'<svg [^>]*?height="([0-9.]+)pt"', svg)[1])


def test_a_figure_without_rows_is_refused_by_name():
    empty = pd.DataFrame({"a": []})
    with pytest.raises(ValueError, match="figure nothing: there are no rows"):
        base.ReportFigure("nothing", "t", "a", "d", empty, "s", style.new_figure(1))


def test_a_figure_without_alt_text_is_refused_by_name():
    with pytest.raises(ValueError, match="figure mute: alt is empty"):
        base.ReportFigure("mute", "t", " ", "d", pd.DataFrame({"a": [1]}), "s", style.new_figure(1))


def test_the_five_states_of_the_story_have_fixed_colours():
    assert {"AZE", "PAK", "TUR", "ARM", "IND"} <= set(style.state_colours())


def test_the_great_circle_between_the_capitals_agrees_with_the_haversine_formula():
    places = tables.load("places").set_index("place_id")
    from math import asin, cos, radians, sin, sqrt

    a, b = (places.loc[p, ["lat", "lon"]].astype(float).map(radians) for p in ("baku", "islamabad"))
    h = sin((b["lat"] - a["lat"]) / 2) ** 2
    h += cos(a["lat"]) * cos(b["lat"]) * sin((b["lon"] - a["lon"]) / 2) ** 2
    sphere = 2 * 6371.0088 * asin(sqrt(h))
    assert maps.distance_km(places, "baku", "islamabad") == pytest.approx(sphere, rel=0.005)


def test_dates_of_different_precision_take_no_mark_from_each_other():
    from azpak.dates import parse

    dates = [parse(t) for t in ("1991/2000", "1992-06-09", "1992-06-10", "1993")]
    lanes = timelines.in_lanes(dates, 2027)
    assert lanes == [0, 1, 2, 1]
