"""Who held the contested towns of Karabakh and the districts around it, as the gazetteer says."""

from __future__ import annotations

import re

import pandas as pd

from azpak.errors import DataError
from azpak.report import Report, finding

__all__ = ["MOMENTS", "holders"]

# The ends of the years in which the holder changed: after the ceasefire of the first war, after
# the second, after the operation.
MOMENTS = (1994, 2020, 2023)
# "Azerbaijan since November 2020; Armenian forces before, from July 1993"; where the district
# changed hands before its town, the town's year stands for it, and a force that held the town in
# between is named: "; Russian peacekeepers in the town from November 2020".
HELD = re.compile(
    r"(?:^Azerbaijan|, town) since (?:[A-Z][a-z]+ )?(?P<since>\d{4}); "
    r"(?:(?P<between>[A-Z][a-z ]+) in the town from (?:[A-Z][a-z]+ )?(?P<start_between>\d{4}); )?"
    r"(?P<before>Armenian [a-z]+) before, from (?P<start>.+)$"
)


@finding
def holders(report: Report) -> pd.DataFrame:
    """Return the contested towns of Azerbaijan with who held them at the ends of `MOMENTS`.

    Returns
    -------
    pandas.DataFrame
        By ``place_id``, from north to south: ``name``, ``lat``, ``lon``, ``since`` (the year from
        which Azerbaijan holds it), ``before`` (who held it before), ``between`` and
        ``between_from`` (who held it between the two, or empty, and from which year, or missing),
        and for each year of `MOMENTS` a column ``held_…`` (``AZE``, ``between`` or ``before``).

    Raises
    ------
    DataError
        If the administrator of such a town is not written so that a program can read it.
    """
    places = report.table("places").set_index("place_id")
    towns = places[places["contested"] & (places["type"] == "city")]
    towns = towns[towns["country_iso3"] == "AZE"].sort_values("lat", ascending=False)
    said = {place: HELD.search(text) for place, text in towns["administrator"].items()}
    for place, found in said.items():
        if found is None:
            raise DataError(
                "it cannot be read since when Azerbaijan holds a contested town",
                file=report.folder / "places.csv", value=towns.at[place, "administrator"],
                way_out=f"Write the administrator of {place} as: Azerbaijan since November 2020; "
                "Armenian forces before, from July 1993",
            )  # fmt: skip
    rows = towns[["name", "other_names", "lat", "lon"]].assign(
        since=[int(found["since"]) for found in said.values()],
        before=[found["before"] for found in said.values()],
        between=[found["between"] or "" for found in said.values()],
        between_from=[
            found["start_between"] and int(found["start_between"]) for found in said.values()
        ],
    )
    for year in MOMENTS:
        rows[f"held_{year}"] = [
            "AZE" if since <= year else "between" if start and start <= year else "before"
            for since, start in zip(rows["since"], rows["between_from"], strict=True)
        ]
    return rows
