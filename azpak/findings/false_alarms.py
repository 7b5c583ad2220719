"""How often the whole rule supports a boundary where there is none, and what is probable."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from azpak.findings import breaks_found, phases
from azpak.findings.breaks_found import DRAWS, SEED, Searched, searched
from azpak.findings.outside import DISTANCE, KAPPA, SHARE
from azpak.findings.series import ALL
from azpak.measures import boundaries
from azpak.measures.breaks import redraw
from azpak.measures.drift import drift
from azpak.measures.partitions import choose
from azpak.measures.posterior import Posterior, posterior
from azpak.report import Report, finding
from azpak.text import decimal, per_cent

__all__ = [
    "EVENTS", "READINGS", "TURN", "WORLDS", "Alarms", "alarms", "posterior_file", "posterior_rows",
    "posteriors",
]  # fmt: skip

WORLDS = 250  # drawn: a rate of one in twenty is then known to a point and a half
LOOSE_WORLDS = 60  # of them, in which drift is not asked: dear, and the rate is far from nought
TURN, TURNED_WORLDS = 2, 100  # standard deviations: a turn that an eye would see; worlds
WARM_UP = 20  # years before the first, after which a series has forgotten where it began
READINGS = (SHARE, KAPPA, DISTANCE)
EVENTS = "Events of the pair (square roots)"
NAMES = {SHARE: "Votes alike", KAPPA: "Kappa", DISTANCE: "Distance of ideal points"}


class Alarms(NamedTuple):
    """What the rule does in worlds that drift and have no boundary; shares from 0 to 1.

    Attributes
    ----------
    any_supported, war_supported
        Worlds in which at least one of the boundaries is supported, and that of the war.
    any_near, war_near
        Worlds in which a series has a break near at least one, and near that of the war.
    without_drift
        Worlds in which one is supported if drift is not asked.
    turn_found
        Worlds in which kappa turns at the war, by `TURN` of its standard deviations, and the rule
        supports that boundary.
    """

    any_supported: float
    war_supported: float
    any_near: float
    war_near: float
    without_drift: float
    turn_found: float


@finding
def alarms(report: Report) -> Alarms:
    """Return how often the whole rule supports a boundary in worlds that drift.

    Each reading of the votes is drawn anew as drift with the level, the part kept and the shocks
    of the reading itself; the shocks of a year are drawn together, so that the readings go
    together as they do. The whole rule is then run: search, draws, trend, drift and all
    boundaries.
    """
    found = breaks_found.outside_pair(report)
    years = found[READINGS[0]].cut.series.index
    worlds = _worlds([found[name].cut.series.loc[years] for name in READINGS], WORLDS)
    told = list(phases.boundaries_told(report).index)
    war = phases.outcome(report).war
    given = [{kind: set() for kind in ("near", "supported", "without")} for _ in range(WORLDS)]
    for drawn in worlds:  # a reading, in all worlds
        broken = choose(drawn, "normal").n_breaks > 0
        for number in np.flatnonzero(broken):
            loose = number < LOOSE_WORLDS
            _judge(pd.Series(drawn[number], years), told, given[number], loose=loose)
    shares = {kind: [bool(world[kind]) for world in given] for kind in given[0]}
    at_war = {kind: [war in world[kind] for world in given] for kind in given[0]}
    return Alarms(
        float(np.mean(shares["supported"])), float(np.mean(at_war["supported"])),
        float(np.mean(shares["near"])), float(np.mean(at_war["near"])),
        float(np.mean(shares["without"][:LOOSE_WORLDS])),
        _found(worlds[READINGS.index(KAPPA)], years, war),
    )  # fmt: skip


def _found(drawn: np.ndarray, years: pd.Index, war: int) -> float:
    """Return in which share of worlds a turn at the war is found, where there is one."""
    turned = drawn[:TURNED_WORLDS] + TURN * drawn.std() * (years.to_numpy() >= war)
    found = 0
    for values in turned:
        given: dict[str, set[int]] = {"near": set(), "supported": set(), "without": set()}
        _judge(pd.Series(values, years), [war], given, loose=False)
        found += war in given["supported"]
    return found / len(turned)


def _worlds(readings: list[pd.Series], worlds: int) -> list[np.ndarray]:
    """Return each reading in all worlds: one world a row, one year a column."""
    fitted = []
    for values in readings:
        kept = float(drift(values.to_numpy())[1][0])
        away = values.to_numpy() - values.mean()
        fitted.append((float(values.mean()), kept, away[1:] - kept * away[:-1]))
    n = len(readings[0])
    generator = np.random.default_rng(SEED)
    years = generator.integers(n - 1, size=(worlds, WARM_UP + n))
    found = []
    for level, kept, shocks in fitted:
        drawn = (shocks - shocks.mean())[years]
        for year in range(1, drawn.shape[1]):
            drawn[:, year] += kept * drawn[:, year - 1]
        found.append(level + drawn[:, WARM_UP:])
    return found


def _judge(values: pd.Series, told: list[int], given: dict[str, set[int]], *, loose: bool) -> None:
    """Add the boundaries that one drawn reading has a break near, and those it supports.

    Where `loose`, those too that it would support if drift were not asked.
    """
    lax, rule = phases.Rule(against_drift=False), phases.AS_STATED
    one = searched(values, "normal", draws=1)
    close = [year for year in told if one.near(year)]
    given["near"].update(close)
    strict = one.beats_drift and one.share_of_drift < boundaries.RARE
    if not close or not one.beats_trend or not (strict or loose):
        return
    one = replace(one, draws=redraw(one.cut, DRAWS, SEED))
    said = [(year, _given(one, year, lax), _given(one, year, rule)) for year in close]
    given["without"].update(year for year, without, _ in said if without)
    given["supported"].update(year for year, _, supported in said if supported)


def _given(one: Searched, year: int, rule: phases.Rule) -> bool:
    said = phases.said(one, year, rule)
    return said is not None and said.given


@finding
def posteriors(report: Report) -> dict[str, Posterior]:
    """Return for each reading, and for the events, how probable a change is in each year."""
    found = breaks_found.outside_pair(report)
    series = {name: found[name].cut.series for name in READINGS}
    events = breaks_found.events(report)[ALL].cut.series
    return {name: posterior(values) for name, values in series.items()} | {
        EVENTS: posterior(np.sqrt(events.astype("float64")))
    }


@finding
def posterior_file(report: Report) -> pd.DataFrame:
    """Return ``series``, ``year`` and ``probability`` of a change in the year, 0 to 1."""
    return pd.concat(
        pd.DataFrame({"series": name, "year": p.by_year.index, "probability": p.by_year.to_numpy()})
        for name, p in posteriors(report).items()
    )


@finding
def posterior_rows(report: Report) -> pd.DataFrame:
    """Return what is probable, as it is printed.

    Returns
    -------
    pandas.DataFrame
        ``Series``, ``No change at all``, ``Likeliest year``, ``In that year``, ``Within a year
        of the war``, ``Part kept``; per cent but for the year and the part.
    """
    war = phases.outcome(report).war
    rows = []
    for name, found in posteriors(report).items():
        near = found.by_year.loc[war - boundaries.TOLERANCE : war + boundaries.TOLERANCE]
        rows.append(
            {
                "Series": NAMES.get(name, name),
                "No change at all": per_cent(found.none),
                "Likeliest year": str(found.by_year.idxmax()),
                "In that year": per_cent(found.by_year.max()),
                "Near the war": per_cent(min(near.sum(), 1.0)),
                "Part kept": decimal(found.kept, 2),
            }
        )
    return pd.DataFrame(rows, dtype=object)
