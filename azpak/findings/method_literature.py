"""What the literature consists of: its works, what was read of them, and who argues what."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import DataError
from azpak.output.table import cite, markup
from azpak.report import Report, finding

__all__ = ["SCHOOLS", "Literature", "of_report", "on_the_subject", "school_rows", "works"]

# Each school: its name, what drives the tie by its works, and what follows from it.
SCHOOLS = {
    "azerbaijani": (
        "Azerbaijani",
        "Loyalty over Karabakh, and modern arms at a price within reach",
        "More drills and production together; a format of three that keeps rising",
    ),
    "pakistani": (
        "Pakistani",
        "Karabakh and Kashmir side by side; markets and standing among Muslim states",
        "A third pole; some warn of an arms race that outsiders feed",
    ),
    "turkish": (
        "Turkish",
        "A bridge from the Turkic world to South Asia",
        "An axis in security and trade, or so far the promise of one",
    ),
    "armenian": (
        "Armenian",
        "War, and the ambition of Baku beyond its region",
        "Armenia should lean on India and others, and act more than it has",
    ),
    "indian": (
        "Indian",
        "Pakistan's search for allies on Kashmir",
        "Arms and ties for Armenia; one study finds that religion does not explain who backed whom",
    ),
    "iranian": (
        "Iranian",
        "The rivalry over Kashmir carried abroad",
        "Balance by transit more than by arms",
    ),
    "russian": (
        "Russian",
        "Ankara and Baku set the agenda, and Pakistan adapts",
        "Options for Moscow; doubt that a union of three can last",
    ),
    "western-independent": (
        "Western and independent",
        "Suppliers other than Russia, and a rivalry that spills over",
        "Risk to the peace process; one media monitor argues that Pakistan took part in the war",
    ),
}


@finding
def works(report: Report) -> pd.DataFrame:
    """Return the works of the literature, in the order of the table.

    Returns
    -------
    pandas.DataFrame
        The table ``literature``, with ``extent_seen``, ``language`` and ``date`` of the source.
    """
    sources = report.sources[["extent_seen", "language", "date"]]
    return report.table("literature").join(sources, on="source_id")


@finding
def on_the_subject(report: Report) -> pd.DataFrame:
    """Return the works on the subject or its setting, as `works` has them: those on method not."""
    found = works(report)
    return found[found["school"] != "method"].reset_index(drop=True)


class Literature(NamedTuple):
    """How many works there are, and of what kind.

    Attributes
    ----------
    n_works
        All works.
    n_subject
        Works on the subject or its setting; the others are on method.
    n_narrative, n_statistics
        Works on the subject by their method.
    n_full
        Works whose full text could be read.
    n_english
        Works in English.
    """

    n_works: int
    n_subject: int
    n_narrative: int
    n_statistics: int
    n_full: int
    n_english: int


@finding
def of_report(report: Report) -> Literature:
    """Count the works."""
    found, subject = works(report), on_the_subject(report)
    return Literature(
        n_works=len(found),
        n_subject=len(subject),
        n_narrative=int((subject["method"] == "narrative").sum()),
        n_statistics=int((subject["method"] == "statistics").sum()),
        n_full=int((found["extent_seen"] == "full").sum()),
        n_english=int((found["language"] == "en").sum()),
    )


@finding
def school_rows(report: Report) -> pd.DataFrame:
    """Return what the works of each school say.

    Returns
    -------
    pandas.DataFrame
        A row for each of `SCHOOLS`: ``School and works`` (markup), ``What drives the tie``,
        ``What follows from it``.

    Raises
    ------
    DataError
        If a work is of a school that is not described, or a school described has no work.
    """
    subject = on_the_subject(report)
    apart = set(SCHOOLS) ^ set(subject["school"])
    if apart:
        raise DataError(
            "the schools of the works are not those that are described",
            file=report.folder / "literature.csv", value=", ".join(sorted(apart)),
            way_out="Describe the school in azpak.findings.method_literature.SCHOOLS",
        )  # fmt: skip
    rows = []
    for school, (name, driver, consequence) in SCHOOLS.items():
        of_school = subject[subject["school"] == school]
        head = markup(f"**{name}** ({len(of_school)}): {cite(of_school['source_id'])}")
        rows.append((head, driver, consequence))
    columns = ["School and works", "What drives the tie", "What follows from it"]
    return pd.DataFrame(rows, columns=columns, dtype=object)
