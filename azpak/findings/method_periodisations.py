"""Which years open a phase: in the works of the literature, and in this report."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.findings.chronology import periods
from azpak.findings.method_literature import on_the_subject
from azpak.output.table import cite
from azpak.report import Report, finding

__all__ = [
    "SCHEMES", "Openings", "PhasesHere", "counted", "opening_rows", "openings", "openings_of",
    "phase_rows", "phases_here",
]  # fmt: skip

# A scheme that an author offers, and one that this report read from an author's turning points.
SCHEMES = ("given", "read")

WAR, INDEPENDENCE = "2020-karabakh-war", "1991-azerbaijan-independence-act"


def openings_of(works: pd.DataFrame) -> pd.DataFrame:
    """Return the years in which works open a phase.

    Parameters
    ----------
    works
        Rows of ``literature``, with ``phase_starts`` (tuples of years) and
        ``periodisation_status``.

    Returns
    -------
    pandas.DataFrame
        One row for each year, in their order: ``year``, ``works`` (number), ``given`` and ``read``
        (numbers by the status of the scheme), ``source_ids`` (tuple).
    """
    rows = works.explode("phase_starts").dropna(subset=["phase_starts"])
    rows = rows[rows["phase_starts"] != ""].assign(year=lambda d: d["phase_starts"].astype(int))
    status = pd.crosstab(rows["year"], rows["periodisation_status"])
    found = status.reindex(columns=list(SCHEMES), fill_value=0)
    found.insert(0, "works", found.sum(axis=1))
    found["source_ids"] = rows.groupby("year")["source_id"].agg(tuple)
    return found.rename_axis(columns=None).reset_index()


@finding
def openings(report: Report) -> pd.DataFrame:
    """Return the years in which works on the subject open a phase, as `openings_of` has them."""
    return openings_of(on_the_subject(report))


class Openings(NamedTuple):
    """The years that open a phase, in numbers.

    Attributes
    ----------
    n_works
        Works that open a phase in a year that is told.
    n_years
        Different years in which a work opens a phase.
    at_war, at_independence
        Works that open one in the year of the war of 2020, in that of independence.
    elsewhere
        The most works that open one in any other year.
    n_given
        Works that give their phases themselves.
    n_dated, n_since_war
        Works with a known date, and those of them that appeared after the war began.
    """

    n_works: int
    n_years: int
    at_war: int
    at_independence: int
    elsewhere: int
    n_given: int
    n_dated: int
    n_since_war: int


@finding
def counted(report: Report) -> Openings:
    """Count how works on the subject open their phases."""
    works, war = on_the_subject(report), report.day(WAR)
    by_year = openings(report).set_index("year")["works"]
    told = [war.year, report.day(INDEPENDENCE).year]
    others = by_year.drop(told)
    assert by_year.idxmax() == war.year, "the year of the war opens a phase no longer most often"
    assert others.max() < by_year[told].min(), "another year opens a phase as often as the two told"
    written = works.loc[works["date"].notna() & (works["date"] != ""), "date"]
    return Openings(
        n_works=int(works["phase_starts"].map(bool).sum()),
        n_years=len(by_year),
        at_war=int(by_year[told[0]]),
        at_independence=int(by_year[told[1]]),
        elsewhere=int(others.max()),
        n_given=int((works["periodisation_status"] == "given").sum()),
        n_dated=len(written),
        n_since_war=sum(parse(text).start > war for text in written),
    )


@finding
def opening_rows(report: Report) -> pd.DataFrame:
    """Return the years that open a phase, with the works that open it.

    Returns
    -------
    pandas.DataFrame
        A row for each year that several works name, and one for all others together: ``Year``,
        ``Works``, ``Given by the author`` (printed), ``Which`` (markup).
    """
    found = openings(report)
    shared, once = found[found["works"] > 1], found[found["works"] == 1]
    rows = [
        (str(row.year), str(row.works), str(row.given), cite(row.source_ids))
        for row in shared.itertuples()
    ]
    single = [work for ids in once["source_ids"] for work in ids]
    years = ", ".join(map(str, once["year"]))
    rows.append((years, "one each", str(once["given"].sum()), cite(single)))
    return pd.DataFrame(rows, columns=["Year", "Works", "Given by the author", "Which"])


class PhasesHere(NamedTuple):
    """The phases of this report.

    Attributes
    ----------
    n_phases
        Their number.
    years
        The year in which each begins, in order.
    most_proposed
        Works that open a phase where the boundary proposed most often stands: that of the war.
    """

    n_phases: int
    years: tuple[int, ...]
    most_proposed: int


@finding
def phases_here(report: Report) -> PhasesHere:
    """Return the phases of this report, and how many works open one where they do."""
    here = periods(report).set_index("phase_id")
    proposed = here["start_proposed_by"].map(len)
    most = proposed.idxmax()
    assert parse(here.at[most, "start"]).overlaps(report.date(WAR)), (
        "the boundary proposed most often is no longer that of the war"
    )
    years = tuple(parse(text).start.year for text in here["start"])
    return PhasesHere(len(here), years, int(proposed.max()))


@finding
def phase_rows(report: Report) -> pd.DataFrame:
    """Return the phases of this report with the works that open one where they do.

    Returns
    -------
    pandas.DataFrame
        A row for each: ``Phase``, ``Begins`` and ``Why there`` (printed), ``Works that open a
        phase here`` (markup).
    """
    here = periods(report)
    return pd.DataFrame(
        {
            "Phase": here["name"],
            "Begins": [parse(text).display() for text in here["start"]],
            "Why there": here["start_reason"],
            "Works that open a phase here": [
                cite(works) if works else "This report only" for works in here["start_proposed_by"]
            ],
        }
    )
