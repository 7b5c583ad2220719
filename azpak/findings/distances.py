"""How far apart places lie, along the shortest line on the earth's surface."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from pyproj import Geod

from azpak.report import Report, finding
from azpak.text import whole

__all__ = ["GEOD", "LINES", "farthest", "from_both_capitals", "km", "rows"]

GEOD = Geod(ellps="WGS84")

# The lines that the table sets side by side, each with what it stands for.
LINES = {
    ("baku", "islamabad"): "The two capitals",
    ("baku", "karachi"): "Capital and Pakistan's main port",
    ("baku", "tehran"): "First half of a way through Iran",
    ("tehran", "islamabad"): "Second half of a way through Iran",
    ("baku", "ankara"): "Azerbaijan and Türkiye",
    ("ankara", "islamabad"): "Türkiye and Pakistan",
    ("yerevan", "delhi"): "Armenia and India",
    ("yerevan", "islamabad"): "Armenia and Pakistan",
    ("baku_airport", "lahore_airport"): "The route of two airlines",
    ("mincivan", "ordubad"): "The two parts of Azerbaijan, across Syunik",
    ("gwadar_port", "chabahar"): "Pakistan's and Iran's ports on the Arabian Sea",
}


@finding
def km(report: Report, start: str, end: str) -> float:
    """Return the geodesic distance between two places in km (WGS 84, `pyproj.Geod.inv`).

    Parameters
    ----------
    start, end
        Of the column ``place_id`` of ``places``.

    Raises
    ------
    KeyError
        If there is no such place.
    """
    places = report.table("places").set_index("place_id")
    a, b = places.loc[start], places.loc[end]
    return GEOD.inv(a["lon"], a["lat"], b["lon"], b["lat"])[2] / 1000


def farthest(report: Report, places: Iterable[str], centre: str) -> float:
    """Return how far from a place the farthest of some others lies, in km."""
    return max(km(report, place, centre) for place in places)


@finding
def rows(report: Report) -> pd.DataFrame:
    """Return the distances of `LINES`.

    Returns
    -------
    pandas.DataFrame
        ``From`` and ``To`` (names of places), ``km`` (as printed), ``What the line stands for``.

    Raises
    ------
    AssertionError
        If Baku and Islamabad lie no closer together than Ankara and Islamabad, or than Yerevan and
        Delhi: the first sentence on distances says that they do.
    """
    ours = km(report, "baku", "islamabad")
    for other in (("ankara", "islamabad"), ("yerevan", "delhi")):
        assert ours < km(report, *other), f"{' and '.join(other)} lie closer than the two capitals"
    names = report.table("places").set_index("place_id")["name"]
    return pd.DataFrame(
        [
            {
                "From": names[start],
                "To": names[end],
                "km": str(whole(km(report, start, end))),
                "What the line stands for": why,
            }
            for (start, end), why in LINES.items()
        ]
    )


@finding
def from_both_capitals(report: Report, places: tuple[str, ...]) -> pd.DataFrame:
    """Return some places with their distances from both capitals.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``lon``, ``lat`` (degrees), ``km_from_baku``, ``km_from_islamabad`` (whole km).
    """
    chosen = report.table("places").set_index("place_id").loc[list(places)]
    return chosen[["name", "lon", "lat"]].assign(
        **{f"km_from_{c}": [round(km(report, p, c)) for p in places] for c in ("baku", "islamabad")}
    )
