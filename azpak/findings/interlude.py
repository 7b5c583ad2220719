"""The years 1995 to 2001: contacts of the armed forces before the first agreement."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.output.table import cite, event
from azpak.report import Report, finding
from azpak.vocabulary import VOICES

__all__ = ["CHAPTER", "CONTACTS", "PhasesOfWorks", "contact_rows", "phases_of_works"]

CHAPTER = "interlude-1995-2001"

# Every contact of the armed forces, reported or alleged, before the agreement of 2002, also the
# one that the next chapter tells.
CONTACTS = (
    "1999-pakistani-attache-abiyev", "2000-national-defence-college-visit",
    "2000-musharraf-heydar-aliyev-meeting", "2001-abiyev-islamabad-declaration",
    "2002-defence-secretary-baku",
)  # fmt: skip


@finding
def contact_rows(report: Report) -> pd.DataFrame:
    """Return the contacts with whose sources carry each.

    Returns
    -------
    pandas.DataFrame
        A row for each of `CONTACTS`: ``When`` and ``Sources`` (markup), ``What``, ``Degree``,
        ``Carried by`` (voices of the sources that agree), ``Confidence``.
    """
    events, claims = report.events, report.claims
    agreeing = claims[claims["agreement"] == "agrees"]
    rows = []
    for contact in CONTACTS:
        told, carrying = events.loc[contact], agreeing[agreeing["event_id"] == contact]
        nature = told["nature"]
        rows.append(
            {
                "When": event(contact),
                "What": told["title"],
                "Degree": "reported as done" if nature == "happened" else nature,
                "Carried by": ", ".join(VOICES[stance] for stance in carrying["stance"].unique()),
                "Confidence": told["confidence"],
                "Sources": cite(carrying["source_id"]),
            }
        )
    return pd.DataFrame(rows, dtype=object)


class PhasesOfWorks(NamedTuple):
    """Works that divide the relationship into phases.

    Attributes
    ----------
    n_works
        Works whose phases could be read.
    n_opening_here
        Those that begin a phase within the period of this chapter.
    n_passing_over
        Those that begin one before the period and none within it.
    """

    n_works: int
    n_opening_here: int
    n_passing_over: int


@finding
def phases_of_works(report: Report) -> PhasesOfWorks:
    """Count the works that have phases, those that begin one here and those that pass over it."""
    period = report.table("phases").set_index("chapter_id").loc[CHAPTER]
    here = range(parse(period["start"]).start.year, parse(period["end"]).start.year + 1)
    told = report.table("literature")["phase_starts"].map(lambda years: {int(y) for y in years})
    starts = told[told.map(bool)]
    opening = starts.map(lambda years: bool(years & {*here}))
    before = starts.map(lambda years: min(years) < here.start)
    return PhasesOfWorks(len(starts), int(opening.sum()), int((before & ~opening).sum()))
