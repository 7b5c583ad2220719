"""Positions on a map, to the metre.

The last bits of a projected position differ between builds of PROJ, and with them the files drawn;
a metre is far below what a map shows, and far above those bits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import geopandas as gpd
import numpy as np
from pyproj import Transformer

LON_LAT = "EPSG:4326"


@cache  # to find the way between two projections takes longer than to go it
def projector(to: str, start: str = LON_LAT) -> Callable:
    """Return a function that takes x and y (or lists of them) into a projection.

    Parameters
    ----------
    to
        The projection of the map, in metres.
    start
        The projection the positions are in; by default longitude and latitude.
    """
    transform = Transformer.from_crs(start, to, always_xy=True).transform

    def project(xs, ys):
        xs, ys = transform(xs, ys)
        return np.round(xs), np.round(ys)

    return project


def projected(layer: gpd.GeoDataFrame, to: str) -> gpd.GeoDataFrame:
    """Return a layer in the projection of a map."""
    return to_the_metre(layer.to_crs(to))


def to_the_metre(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a layer with every position rounded to the metre."""
    return layer.assign(geometry=layer.geometry.transform(np.round))
