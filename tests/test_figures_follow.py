"""Every figure's headline is computed: a change of its data changes it, or is refused by name."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Callable

import pandas as pd
import pytest

import azpak.figures
from azpak import Report, tables
from azpak.errors import DataError, MeasureError
from azpak.output.figure import REGISTERED
from support.rows import known, with_frames

for module in pkgutil.iter_modules(azpak.figures.__path__, "azpak.figures."):
    importlib.import_module(module.name)

Changed = Callable[[pd.DataFrame], pd.DataFrame]
JOINED = ("events", "claims", "sources")  # read with the evidence, and not as a table alone


def thinned(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out every third row."""
    return rows[[place % 3 != 0 for place in range(len(rows))]]


def without(column: str, text: str) -> Changed:
    """Leave out the rows in whose column the text stands."""
    return lambda rows: rows[~rows[column].astype(str).str.contains(text, regex=False)]


def with_value(key: str, name: str, column: str, value: object) -> Changed:
    """Put a value into a column of the rows of one name."""

    def changed(rows: pd.DataFrame) -> pd.DataFrame:
        there = rows[key] == name
        assert there.any()
        return rows.assign(**{column: rows[column].mask(there, value)})

    return changed


def scaled(column: str, by: float, **where: object) -> Changed:
    """Multiply a column of some rows."""

    def changed(rows: pd.DataFrame) -> pd.DataFrame:
        there = pd.Series(True, index=rows.index)
        for name, value in where.items():
            there &= rows[name] == value
        assert there.any()
        return rows.assign(**{column: rows[column].mask(there, by * rows[column])})

    return changed


SHUSHA = "Azerbaijan since September 2023; Armenian administration before, from 1992"

# For each figure a table and what is changed of it.
CHANGES: dict[str, tuple[str, Changed]] = {
    "arms-order-values": ("transfers", scaled("value_usd_high", 2)),
    "autumn-2020": (
        "claims", with_value("topic", "pakistan-statement-2020-09-27", "value_edtf", "2020-09-30"),
    ),
    "azerbaijan-arms-imports": ("arms_transfers_tiv", thinned),
    "breaks-by-weighting": ("events", without("date", "2016")),
    "caucasus-borders-links": (
        "routes", with_value("route_id", "tripp_syunik", "status", "operating"),
    ),
    "conflict-deaths": ("conflict_deaths_ucdp", scaled("value", 2)),
    "cooperation-sites": ("exercises", thinned),
    "corridors-air-links": (
        "routes", with_value("route_id", "tir_road_karachi_baku", "status", "operating"),
    ),
    "deals-by-stage": ("transfers", thinned),
    "disputed-points": ("rulings", thinned),
    "event-breaks": ("literature", thinned),
    "exercises-by-state": ("exercises", thinned),
    "flights-by-route": ("flights", thinned),
    "investment-promise": (
        "claims", with_value("claim_id", "c-2025-sharif-visit-baku-06", "value_edtf", "2025-03"),
    ),
    "jf17-claims": (
        "claims", with_value("claim_id", "c-2024-jf17-1-6bn-report-02", "value_high", "70"),
    ),
    "karabakh-towns": ("places", with_value("place_id", "shusha", "administrator", SHUSHA)),
    "lifelines": (
        "events", with_value("event_id", "2025-working-group-11", "nature", "announced"),
    ),
    "military-spending": ("milex_sipri", scaled("value", 1.5, iso3="ARM", year=2025)),
    "network-by-phase": ("exercises", thinned),
    "orders-closure": ("arms_deals", thinned),
    "outside-breaks": ("defence_agreements", without("party_b", "PAK")),
    "phase-openings": ("literature", without("source_id", "sultanov2018cgss")),
    "places-by-phase": (
        "events", with_value("event_id", "1994-karabakh-ceasefire", "place_id", "baku"),
    ),
    "recognition-sequence": (
        "events", with_value("event_id", "1997-azerbaijan-embassy-islamabad", "date", "1998-08-24"),
    ),
    "region": ("places", with_value("place_id", "baku", "lat", 41.4)),
    "sources-by-stance": (
        "sources", with_value("stance", "pakistani-state-aligned", "stance", "independent"),
    ),
    "supplier-concentration": ("arms_transfers_tiv", scaled("value", 9, supplier="TUR")),
    "supplier-ranks": (
        "arms_transfers_tiv", scaled("value", 9, supplier="RUS", recipient="ARM", year=2022),
    ),
    "ties-in-time": (
        "defence_agreements", with_value("record_id", "DCADv1.0-1548", "date", "2004-09-17"),
    ),
    "timeline-of-events": ("events", without("date", "2025-1")),
    "trade-ranges": ("trade", thinned),
    "visitor-ranges": ("visitors", thinned),
    "visits-and-documents": ("events", without("event_id", "1995-leghari-visit-baku")),
    "visits-by-rank": ("events", without("event_id", "1995-leghari-visit-baku")),
    "vote-agreement-by-year": ("unga_rollcalls", thinned),
    "vote-agreement-of-pairs": ("unga_rollcalls", thinned),
    "votes-by-question": (
        "unga_issue_agreement",
        scaled("share_same", 1.1, country_a="AZE", country_b="PAK", issue="nu"),
    ),
    "vote-ideal-points": ("unga_ideal_points", with_value("iso3", "AZE", "q95", -9.0)),
    "vote-ranks": ("unga_partner_rank", scaled("rank", 2)),
}  # fmt: skip
# Its headline is computed from a layer of polygons, whose change below is of another kind.
FROM_A_LAYER = {"kashmir-parts"}


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def changed_report(report: Report, folder, table: str, change: Changed) -> Report:
    """Return a report of the same data, but for one table."""
    if table not in JOINED:
        return known(with_frames(**{table: change(report.table(table))}), report, table)
    data = shutil.copytree(tables.data_dir(), folder / "data", ignore=lambda *_: ["releases"])
    rows = pd.read_csv(data / f"{table}.csv", dtype=str, keep_default_na=False)
    change(rows).to_csv(data / f"{table}.csv", index=False, lineterminator="\n")
    return known(Report.load(data), report, table)


def test_every_figure_has_its_change():
    assert set(CHANGES) | FROM_A_LAYER == set(REGISTERED)


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_headline_follows_its_data_or_its_finding_refuses_them(report, headlines, tmp_path, name):
    was = headlines.get(name) or REGISTERED[name](report).title
    changed = changed_report(report, tmp_path, *CHANGES[name])
    try:
        now = REGISTERED[name](changed).title
    except (AssertionError, DataError, MeasureError) as refused:
        assert str(refused), "a finding refuses its data without a word"
        return
    assert now != was


def test_the_headline_on_kashmir_follows_the_claimants_of_its_parts(report):
    areas = report.layer("disputed_areas")
    changed = Report(tables.data_dir())
    own = changed.layer
    claimants = areas["claimants"].mask(areas["area_id"] == "demchok", "IND")
    changed.layer = lambda name: (
        areas.assign(claimants=claimants) if name == "disputed_areas" else own(name)
    )
    draw = REGISTERED["kashmir-parts"]
    assert draw(report).title.endswith("each is claimed by another of them")
    assert draw(changed).title.endswith("five is claimed by another of them")
