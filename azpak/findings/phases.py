"""The phases tested: breaks in the report's events and in outside series, and the verdicts.

Everything is computed once and kept; the seeds of the random numbers are fixed. Imports ruptures,
which takes seconds.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak import tables
from azpak.coverage import phases_of
from azpak.dates import parse
from azpak.errors import MeasureError
from azpak.evidence import Evidence
from azpak.measures import boundaries
from azpak.measures.boundaries import ENOUGH, TOLERANCE
from azpak.measures.breaks import Segmentation, find_breaks, redraw, share_of_nulls
from azpak.measures.partitions import MIN_SIZE, choose
from azpak.measures.trends import proportional

__all__ = [
    "ALARM_DRAWS", "DRAWS", "RARE", "SEED", "VARIATIONS", "Found", "alarm_share",
    "describing_rows", "events_found", "lag_rows", "outside_found", "sources_found", "span",
    "variation_rows", "verdict_rows",
]  # fmt: skip

SEED, DRAWS = 1991, 200
ALARM_DRAWS = 2000  # so that a rate of false alarms is known to a percentage point or two
RARE = 0.05  # the custom of the field
NONE_YET = 1  # added to the sources of each year, some of which have none
ALL = "all events"

# What is changed, one at a time, to see what a verdict hangs on.
VARIATIONS: dict[str, dict[str, object]] = {
    "as stated": {},
    "same year only": {"tolerance": TOLERANCE - 1},
    "two years either way": {"tolerance": TOLERANCE + 1},
    "modified criterion": {"criterion": "mbic"},
    "levels of three years or more": {"min_size": MIN_SIZE + 1},
    "breaks shared with other dyads count too": {"of_pair": False},
    "no comparison with a smooth trend": {"against_trend": False},
    "votes not corrected for chance": {"kinds": ("share", "distance", "")},
    "breaks that drift makes rarely": {"rare": True},
}


class Found(NamedTuple):
    """A series and what was found in it; ``found`` is None where ``reason`` says why."""

    outside: pair_series.Outside | None
    found: Segmentation | None
    draws: pd.DataFrame | None
    reason: str


@cache
def evidence() -> Evidence:
    """Return the evidence of the report."""
    return Evidence.load()


@cache
def span() -> tuple[int, int]:
    """Return the first full year of Azerbaijan's independence and the last full year of data."""
    phases = tables.load("phases").query("kind == 'period'")
    closed = int(tables.package()["created"][:4])
    return min(parse(text).start.year for text in phases["start"]) + 1, closed - 1


def searched(series: pd.Series, family: str, trials=None, **how) -> Found:
    """Return what is found in a series, with its draws, or why nothing can be."""
    try:
        found = find_breaks(series, family, trials, **how)
    except MeasureError as error:
        return Found(None, None, None, error.what.removeprefix("breaks are not computable: "))
    return Found(None, found, redraw(found, DRAWS, SEED), "")


@cache
def events_found(criterion: str = "bic", min_size: int = MIN_SIZE) -> dict[str, Found]:
    """Return what is found in the pair's events under each weighting.

    With another criterion or shortest level only all events are searched.
    """
    series = pair_series.event_series(evidence(), *span())
    if (criterion, min_size) != ("bic", MIN_SIZE):
        series = {ALL: series[ALL]}
    return {
        name: searched(counts, "counts", criterion=criterion, min_size=min_size)
        for name, counts in series.items()
    }


@cache
def sources_found() -> dict[str, Found]:
    """Return what is found in the numbers of sources and of other events."""
    series = pair_series.source_series(evidence(), *span())
    return {name: searched(counts, "counts") for name, counts in series.items()}


@cache
def outside_tables() -> dict[str, pd.DataFrame]:
    """Return the tables of the series that owe nothing to the events gathered here."""
    names = (
        "unga_rollcalls", "unga_ideal_points", "arms_transfers_tiv", "defence_agreements",
        "alliances_atop", "visitors", "trade", "defence_agreements_counts",
        "joint_exercises_country_year", "milex_sipri",
    )  # fmt: skip
    return {name: tables.load(name) for name in names}


@cache
def outside_found(
    about_pair: bool = True, criterion: str = "bic", min_size: int = MIN_SIZE
) -> list[Found]:
    """Return what is found in the outside series, about the pair or about one state."""
    series = (pair_series.pair_series if about_pair else pair_series.country_series)(
        outside_tables()
    )
    return [
        searched(s.values, s.family, s.trials, criterion=criterion, min_size=min_size)._replace(
            outside=s
        )
        for s in series
    ]


@cache
def other_dyads(kind: str) -> list[tuple[str, pair_series.Outside]]:
    """Return a measure in the other dyads of each state, where it is computable in every year."""
    data = outside_tables()
    rolls, points = data["unga_rollcalls"], data["unga_ideal_points"]
    found = [
        (own, pair_series.of_dyad(kind, rolls, points, own, other))
        for own, other in pair_series.dyads_of(kind, rolls, points)
    ]
    return [
        (own, dyad)
        for own, dyad in found
        if dyad.values.notna().all() and (np.diff(dyad.values.index) == 1).all()
    ]


@cache
def breaks_of_dyads(
    kind: str, criterion: str = "bic", min_size: int = MIN_SIZE
) -> dict[str, list[tuple[int, ...]]]:
    """Return, for each of the two states, the breaks of a measure in its other dyads.

    Dyads with a year in which the measure cannot be computed are left out. Empty for a measure
    that only this pair has.
    """
    if not kind:
        return {}
    found: dict[str, list[tuple[int, ...]]] = {state: [] for state in pair_series.PAIR}
    for own, dyad in other_dyads(kind):
        years = dyad.values.index.to_numpy()
        chosen = choose(
            dyad.values.to_numpy(), dyad.family, dyad.trials, criterion, min_size=min_size
        )
        found[own].append(tuple(int(year) for year in years[chosen.starts[0]]))
    return found


@cache
def drift_share(found: Segmentation) -> float:
    """Return how often drift makes as many breaks; NaN for other than values."""
    if found.family != "normal":
        return float("nan")
    return share_of_nulls(found, "drift", DRAWS, SEED)


@cache
def alarm_share(found: Segmentation, null: str) -> float:
    """Return how often the search finds a break or more in a series like one, without any."""
    return share_of_nulls(found, null, ALARM_DRAWS, SEED, fewest=1)


def supports(
    found: Found,
    year: int,
    tolerance: int,
    min_size: int,
    of_pair: bool = True,
    against_trend: bool = True,
) -> boundaries.Support | None:
    """Return what a series about the pair says of a boundary; None where it is not computable."""
    if found.found is None:
        return None
    others = breaks_of_dyads(found.outside.kind, found.found.criterion, min_size)
    return boundaries.support(
        found.outside.values.index, found.found.breaks,
        found.found.beats_trend or not against_trend, found.draws,
        others if of_pair else {}, year, min_size, tolerance,
    )  # fmt: skip


def in_events(found: Found, year: int, tolerance: int, min_size: int) -> bool:
    """Return whether events have a break at a boundary, in enough of the draws."""
    return (
        found.found is not None
        and boundaries.reaches(found.found.series.index, year, min_size)
        and boundaries.near(found.found.breaks, year, tolerance)
        and boundaries.share_near(found.draws, year, tolerance) >= ENOUGH
    )


@cache
def verdict_rows(
    tolerance: int = TOLERANCE,
    criterion: str = "bic",
    min_size: int = MIN_SIZE,
    of_pair: bool = True,
    against_trend: bool = True,
    kinds: tuple[str, ...] | None = None,
    rare: bool = False,
) -> pd.DataFrame:
    """Return the verdict on each boundary told, with what it rests on.

    Parameters
    ----------
    tolerance, criterion, min_size
        As in `azpak.measures.boundaries` and `azpak.measures.breaks`.
    of_pair
        Whether a break that half or more of a state's other dyads share is held against the pair.
    against_trend
        Whether breaks support only if they describe the series better than a smooth trend.
    kinds
        The measures of votes that may support; all by default.
    rare
        Whether a series supports only if drift makes as many breaks in fewer than `RARE` of the
        draws.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``year``: ``phase_id``, ``works``, ``n_works``, ``in_events`` (bool),
        ``share_events`` (of the draws of all events with a break near), ``n_weightings`` under
        which events have a break there, ``n_reached`` (series about the pair that could show
        it), ``near`` (names of those that have a break near) and ``supported`` (names of those
        that support it), tuples, and ``verdict``.
    """
    counted = events_found(criterion, min_size)
    outside = [
        found
        for found in outside_found(True, criterion, min_size)
        if kinds is None or found.outside.kind in kinds
    ]
    told = boundaries.boundaries_told(tables.load("phases"), tables.load("literature"))
    rows = []
    for year in told.index:
        said = {
            f.outside.name: supports(f, year, tolerance, min_size, of_pair, against_trend)
            for f in outside
        }
        said = {name: s for name, s in said.items() if s is not None and s.reached}
        drifts = {f.outside.name for f in outside if rare and f.found and not seldom(f.found)}
        supported = tuple(n for n, s in said.items() if s.given and n not in drifts)
        seen = in_events(counted[ALL], year, tolerance, min_size)
        rows.append(
            {
                "in_events": seen,
                "share_events": boundaries.share_near(counted[ALL].draws, year, tolerance),
                "n_weightings": sum(
                    in_events(f, year, tolerance, min_size) for f in counted.values()
                ),
                "n_reached": len(said),
                "near": tuple(n for n, s in said.items() if s.found),
                "supported": supported,
                "verdict": boundaries.verdict(seen, bool(said), bool(supported)),
            }
        )
    return told.join(pd.DataFrame(rows, index=told.index))


def seldom(found: Segmentation) -> bool:
    """Return whether drift makes as many breaks rarely, or does not apply."""
    return found.family != "normal" or not found.breaks or drift_share(found) < RARE


def chance_of(of_events: bool) -> tuple[float, int]:
    """Return the share of years that events or outside series mark, and of how many years."""
    first, last = span()
    if of_events:
        found = events_found()[ALL]
        years = [
            y for y in range(first, last + 1) if boundaries.reaches((first, last), y, MIN_SIZE)
        ]
        met = [in_events(found, year, TOLERANCE, MIN_SIZE) for year in years]
    else:
        said = {
            year: [supports(f, year, TOLERANCE, MIN_SIZE) for f in outside_found()]
            for year in range(first, last + 1)
        }
        said = {y: [s for s in some if s is not None and s.reached] for y, some in said.items()}
        years = [year for year, some in said.items() if some]
        met = [any(s.given for s in said[year]) for year in years]
    marked = dict(zip(years, met, strict=True))
    return boundaries.chance(years, marked.__getitem__), len(years)


@cache
def variation_rows() -> pd.DataFrame:
    """Return the boundaries of each verdict under each of `VARIATIONS`.

    Returns
    -------
    pandas.DataFrame
        ``variation`` and a column for each verdict: tuple of years.
    """
    rows = []
    for name, changed in VARIATIONS.items():
        verdicts = verdict_rows(**changed)["verdict"]
        by = {v: tuple(verdicts.index[verdicts == v]) for v in boundaries.VERDICTS}
        rows.append({"variation": name, **by})
    return pd.DataFrame(rows)


@cache
def describing_rows() -> pd.DataFrame:
    """Return how well each description fits all events: the rivals of breaks.

    Returns
    -------
    pandas.DataFrame
        ``description``, ``breaks`` (tuple of years) and ``value`` of the criterion, the smaller
        the better; the first is one level, the second the levels that were found.
    """
    found = events_found()[ALL].found
    counts = found.series
    flat = float(found.candidates.at[0, "value"])
    rows = [
        ("one level", (), flat),
        ("levels with breaks", found.breaks, float(found.candidates["value"].min())),
        ("smooth growth", (), found.trend_value),
    ]
    sources = {name: sources_found()[name].found.series for name in ("sources", "other sources")}
    for name, offered in sources.items():
        offered = offered + NONE_YET
        rate = find_breaks(counts, "counts", exposure=offered.to_numpy(dtype="float64"))
        rows.append((f"in proportion to {name}", (), proportional(counts, offered)))
        rows.append(
            (
                f"levels, counted per {name.removesuffix('s')}",
                rate.breaks,
                rate.candidates["value"].min(),
            )
        )
    return pd.DataFrame(rows, columns=["description", "breaks", "value"])


@cache
def lag_rows() -> pd.DataFrame:
    """Return how soon the pair's events were told, by period.

    Returns
    -------
    pandas.DataFrame
        By ``phase_id``: ``n_events``, ``median_lag`` (years from event to first source) and
        ``at_the_time`` (share told within a year, 0 to 1).
    """
    told = pair_series.known_at_the_time(evidence())
    phases = tables.load("phases")
    period = phases_of(evidence().events.loc[told.index], phases)
    order = phases[phases["kind"] == "period"].sort_values("position")["phase_id"]
    return (
        told.groupby(period)
        .agg(
            n_events=("lag", "size"),
            median_lag=("lag", "median"),
            at_the_time=("at_the_time", "mean"),
        )
        .reindex(order)
    )
