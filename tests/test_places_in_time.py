"""Promises about the places in time: the map has all, and the list says what it lights."""

from __future__ import annotations

import re
import warnings

import pytest

from azpak import tables
from azpak.book import place_events, records
from azpak.book.page_drawings import held
from azpak.findings import placed
from azpak.pdf import pages as printed
from azpak.pdf.book import Entry
from azpak.report import Report
from support.pages import words

HERE = "chapters/places-in-time.html"


@pytest.fixture(scope="module")
def root(pages):
    return pages[HERE]


def marks(root) -> set[str]:
    return set(root.xpath("//*[contains(@class,'live-map')]//*/@id"))


def test_every_event_with_a_place_is_in_the_list_and_lights_a_mark(root):
    events = tables.load("events").query("status == 'active'").dropna(subset=["place_id"])
    tags = {e.get("data-id"): e.get("data-tags").split() for e in root.xpath("//li[@data-id]")}
    missing = [row.event_id for row in events.itertuples()
               if f"at-{row.place_id}" not in tags.get(row.event_id, [])]  # fmt: skip
    assert missing == []
    assert {f"at-{place}" for place in events["place_id"]} <= marks(root)


def test_every_mark_of_a_place_has_its_name_and_can_be_chosen(root):
    chosen = set(root.xpath("//select[@name='place']/option/@value")) - {""}
    found = marks(root)
    assert {m for m in found if m.startswith("at-")} == chosen
    named = {m.split("-", 1)[1] for m in found if m.startswith(("name-", "far-"))}
    assert {f"at-{place}" for place in named} == chosen


def test_a_dated_route_is_listed_and_lights_its_line(root):
    routes = tables.load("routes").dropna(subset=["status_date"])
    listed = {e.get("data-id") for e in root.xpath("//li[contains(@data-tags,'on-')]")}
    assert listed == set(routes["route_id"])
    located = set(tables.load("places").dropna(subset=["lat"])["place_id"])
    drawn = routes[routes["waypoints"].map(lambda stops: len(located.intersection(stops)) > 1)]
    assert len(drawn) > 20 and {f"on-{r}" for r in drawn["route_id"]} <= marks(root)


def test_the_slider_spans_the_years_of_the_list_and_begins_with_all(root):
    (slider,) = root.xpath("//input[@type='range']")
    years = {int(y) for t in root.xpath("//li/@data-tags") for y in re.findall(r"year-(\d+)", t)}
    assert (int(slider.get("min")) + 1, int(slider.get("max"))) == (min(years), max(years))
    assert slider.get("value") == slider.get("min") and slider.get("aria-valuetext") == "all"


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2016-05-04/2016-06-04", 2016, 2016),
        ("1992/1994", 1992, 1994),
        ("[2005..2006]", 2005, 2006),
    ],
)
def test_an_event_lies_in_each_year_that_its_date_can_cover(date, first, last):
    assert list(place_events.years(records.records(), date)) == list(range(first, last + 1))


def test_the_map_in_the_page_has_no_style_that_the_policy_refuses(root):
    (svg,) = root.xpath("//*[contains(@class,'live-map')]//*[local-name()='svg']")
    assert svg.xpath(".//@style | .//*[local-name()='style']") == []
    assert svg.getparent().get("role") == "img" and svg.getparent().get("aria-label")


def test_a_style_becomes_attributes_and_only_given_ids_stay():
    styled = '<g id="patch_2" style="fill: #fff; stroke: none"/>'
    svg = f'<?xml?><svg a="1">{styled}<g id="at-baku"/></svg>'
    assert held(svg).endswith('a="1"><g fill="#fff" stroke="none"/><g id="at-baku"/></svg>')
    text = '<svg x="1"><text style="font: 600 9px \'Sans\'; text-anchor: end">B</text></svg>'
    assert '<text text-anchor="end" font-size="9" font-weight="600">' in held(text)


def test_print_has_the_maps_of_the_periods_and_neither_slider_nor_list(site):
    page = printed.read_page(site, Entry(HERE.removesuffix(".html")))
    assert page.xpath(".//figure//img")
    assert not page.xpath(".//form | .//*[contains(@class,'live-map')] | .//li[@data-id]")
    assert not page.xpath(".//*[@id='places-in-time-years']")  # no heading without a map


def test_the_maps_of_the_periods_count_each_event_once():
    with warnings.catch_warnings():
        report = Report.load()
    shares, rows = placed.share_of_capitals(report), placed.by_place(report)
    known = report.events["place_id"].isin(report.table("places")["place_id"])
    assert shares["events"].sum() == rows["events"].sum() == known.sum()
    inside = report.events.loc[known, "place_id"].isin(placed.CAPITALS).sum()
    assert shares["in_capitals"].sum() == inside


def test_the_list_names_date_event_and_place(root):
    (entry,) = root.xpath("//li[@data-id='2016-efes']")
    assert words(entry).endswith("Izmir") and entry.xpath(".//a/@href")[0].endswith(
        "#event-2016-efes"
    )
