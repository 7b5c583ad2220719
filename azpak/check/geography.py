"""Rules on geography: layers well formed, places in the country they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from math import isfinite
from typing import Any

from azpak.check.geometry import Polygons, distance_km, rings_of
from azpak.check.model import Data, Fault, Layer, Row, Table

__all__ = ["RULES", "TOLERANCE_KM", "WINDOW"]

# West, south, east, north: what the layers are cut to.
WINDOW = (20.0, 5.0, 100.0, 52.0)

# Coasts and borders at 1:50m, simplified by 0.01 degree, err by up to this much.
TOLERANCE_KM = 5.0

_OTHER_NAME = re.compile(r"[^()]+ \([^()]+\)")

_DEPTH = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2,
    "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip


def layers_are_well_formed(data: Data) -> Iterator[Fault]:
    """Yield features without a geometry, or with coordinates that are none or off the window."""
    for layer in data.layers.values():
        for number, feature in enumerate(layer.features):
            where = f"features[{number}]"
            fault = partial(Fault, layer.file, layer.lines[number])
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                layer.bad.add(number)
                yield fault(where, "not a Feature")
            elif not isinstance(feature.get("properties"), dict):
                layer.bad.add(number)
                yield fault(f"{where}.properties", "no properties")
            elif what := _geometry_fault(feature.get("geometry")):
                layer.bad.add(number)
                yield fault(f"{where}.geometry", *what)


def coordinates_come_together(data: Data) -> Iterator[Fault]:
    """Yield places with half a point, a point without source or precision, or the reverse."""
    for table, line, row in data.records("places", "lat", "lon", "precision", "source_id"):
        given = [row[name] is not None for name in ("lat", "lon")]
        if given[0] != given[1]:
            lacking = "lon" if given[0] else "lat"
            yield table.fault(line, lacking, "a point needs both coordinates")
        elif given[0] and not row["source_id"]:
            yield table.fault(line, "source_id", "coordinates need their source")
        elif given[0] == (row["precision"] == "none"):
            what = "is 'none' where there are no coordinates, and only there"
            yield table.fault(line, "precision", what, row["precision"])


def a_contested_place_bears_both_names(data: Data) -> Iterator[Fault]:
    """Yield contested places without sovereign, administrator or other names."""
    columns = ("sovereign", "administrator", "other_names")
    for table, line, row in data.records("places", "contested", *columns):
        for column in columns if row["contested"] else ():
            if not row[column]:
                yield table.fault(line, column, "a contested place needs it")


def another_name_says_whose_it_is(data: Data) -> Iterator[Fault]:
    """Yield other names of places that are not a name and, in brackets, a language or a user."""
    for table, line, row in data.records("places", "other_names"):
        for name in row["other_names"] or ():
            if not _OTHER_NAME.fullmatch(name):
                what = "write the name and then, in brackets, its language or user"
                yield table.fault(line, "other_names", what, name)


def places_lie_in_the_country_named(data: Data) -> Iterator[Fault]:
    """Yield places farther than the tolerance from their country, and needless exemptions.

    A point off the country layer cannot be checked and needs an exemption too.
    """
    layer = data.layers.get("geo_countries")
    if not layer:
        return
    countries = _countries(layer)
    needed = ("lat", "lon", "country_iso3", "exemption_reason")
    for table, line, row in data.records("places", *needed):
        yield from _place_faults(table, line, row, countries)


def a_site_lies_in_the_country_of_its_place(data: Data) -> Iterator[Fault]:
    """Yield sites whose country is not that of their place."""
    country_of = {row["place_id"]: row["country_iso3"] for _, _, row in data.records("places")}
    for table, line, row in data.records("sites", "place_id", "country_iso3"):
        country = country_of.get(row["place_id"])
        if country and country != row["country_iso3"]:
            what = f"the place {row['place_id']} lies in {country}"
            yield table.fault(line, "country_iso3", what, row["country_iso3"])


RULES = (
    layers_are_well_formed,
    coordinates_come_together,
    a_contested_place_bears_both_names,
    another_name_says_whose_it_is,
    places_lie_in_the_country_named,
    a_site_lies_in_the_country_of_its_place,
)


def _geometry_fault(geometry: Any) -> tuple[str, str | None] | None:
    """Return what is wrong with a geometry and the value, or None."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _DEPTH:
        return "no geometry of a known type", str(kind)
    try:
        points = _points(geometry["coordinates"], _DEPTH[kind])
    except (KeyError, TypeError, ValueError):
        return f"the coordinates are not those of a {kind}", None
    west, south, east, north = WINDOW
    for x, y in points:
        if not (west <= x <= east and south <= y <= north):
            return f"outside the window {WINDOW}", f"{x}, {y}"
    if "Polygon" in kind and any(len(r) < 4 or r[0] != r[-1] for r in rings_of(geometry)):
        return "a ring that is not closed", None
    return None


def _points(coordinates: Any, depth: int) -> list[tuple[float, float]]:
    if depth:
        if not coordinates or not isinstance(coordinates, list):
            raise ValueError
        return [point for part in coordinates for point in _points(part, depth - 1)]
    x, y = coordinates
    if isinstance(x, bool) or isinstance(y, bool) or not (isfinite(x) and isfinite(y)):
        raise ValueError
    return [(x, y)]


def _countries(layer: Layer) -> dict[str, Polygons]:
    """Return the polygons of each state by ISO3, leaving out features at fault."""
    sound = [f for number, f in enumerate(layer.features) if number not in layer.bad]
    return {
        feature["properties"]["iso3"]: Polygons(feature["geometry"])
        for feature in sound
        if feature["properties"].get("iso3") and "Polygon" in feature["geometry"]["type"]
    }


def _place_faults(
    table: Table, line: int, row: Row, countries: dict[str, Polygons]
) -> Iterator[Fault]:
    lat, lon, country = row["lat"], row["lon"], row["country_iso3"]
    if lat is None or lon is None:
        return
    what = _misplaced(lon, lat, country, countries) if country else None
    if what and not row["exemption_reason"]:
        yield table.fault(line, "country_iso3", what, f"{country} at lat {lat}, lon {lon}")
    elif row["exemption_reason"] and not what:
        what = "a needless exemption: the point lies in its country"
        yield table.fault(line, "exemption_reason", what, row["exemption_reason"])


def _misplaced(lon: float, lat: float, country: str, countries: dict[str, Polygons]) -> str | None:
    """Return how a point is misplaced, or why that cannot be seen; None where it is not."""
    west, south, east, north = WINDOW
    if country not in countries or not (west <= lon <= east and south <= lat <= north):
        return "not on the country layer: the place needs an exemption_reason"
    polygons = countries[country]
    if polygons.hold(lon, lat):
        return None
    away = distance_km(polygons, lon, lat)
    return f"{away:.0f} km outside the country named" if away > TOLERANCE_KM else None
