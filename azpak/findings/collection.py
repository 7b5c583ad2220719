"""How the evidence was gathered: its sources by type, language, extent seen and stance."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, parse
from azpak.findings import voices
from azpak.report import Report, finding
from azpak.text import per_cent, upper_first
from azpak.vocabulary import STANCES

__all__ = [
    "AZERBAIJANI", "FOUNDING", "GOVERNMENTS", "NEAR", "PRESS", "TYPES", "Collection", "left_out",
    "near_governments", "of_report", "rows_by_type", "rows_left_out", "shares_by_phase",
]  # fmt: skip

# The texts that the collection grew from.
FOUNDING = (
    "sultanov2018cgss", "alizada2021ankasam", "azernews2023valiyev",
    "azernews2025defenceindustry", "rawal2025efsas",
)  # fmt: skip

# The stances of the two governments whose relations are the subject.
AZERBAIJANI, PAKISTANI = GOVERNMENTS = ("azerbaijani-state-aligned", "pakistani-state-aligned")

# Types of sources that thicken over time as the press does.
PRESS = ("press", "state-media")

# Each stance as charts and tables of this subject have it, where room is short.
NEAR = {stance: meaning.replace("close to", "near") for stance, meaning in STANCES.items()}

# Each type of source, in the order of the table.
TYPES = {
    "press": "Press", "state-media": "State media", "official": "Official",
    "think-tank": "Think tanks", "academic": "Academic", "dataset": "Data sets",
    "reference": "Reference", "company": "Companies",
}  # fmt: skip


class Collection(NamedTuple):
    """What was collected.

    Attributes
    ----------
    n_events
        Active events.
    n_claims
        Claims.
    sources
        The sources, by ``source_id``, that make a claim.
    latest
        Date of the latest event that was not only announced.
    """

    n_events: int
    n_claims: int
    sources: pd.DataFrame
    latest: Date

    def number(self, column: str, *codes: str) -> int:
        """Return the number of sources with one of these codes in a column."""
        return int(self.sources[column].isin(codes).sum())

    def share(self, column: str, *codes: str) -> float:
        """Return their share of the sources, 0 to 1."""
        return self.number(column, *codes) / len(self.sources)


@finding
def of_report(report: Report) -> Collection:
    """Return what was collected."""
    events, claims, sources = report.events, report.claims, report.sources
    happened = events[events["nature"] != "announced"]
    return Collection(
        len(events),
        len(claims),
        sources[sources.index.isin(claims["source_id"])],
        parse(happened["date"].iloc[-1]),
    )


@finding
def near_governments(report: Report) -> float:
    """Return the share of the sources, 0 to 1, that stand near one of the two governments."""
    made = of_report(report)
    assert made.number("stance", AZERBAIJANI) > made.number("stance", PAKISTANI), (
        "most sources near one of the two governments are no longer near the Azerbaijani one"
    )
    return made.share("stance", *GOVERNMENTS)


@finding
def left_out(report: Report) -> pd.DataFrame:
    """Return what remains of the evidence without the sources of each stance.

    Returns
    -------
    pandas.DataFrame
        As `azpak.findings.voices.without_each_stance` has it. The chapter rests on it that the
        result depends on sources near the Azerbaijani state most.
    """
    remaining = voices.without_each_stance(report)
    assert remaining["two_groups"].idxmin() == AZERBAIJANI, (
        "events lose a second group most without another stance than the Azerbaijani"
    )
    return remaining


@finding
def shares_by_phase(report: Report) -> pd.DataFrame:
    """Return the sources that speak of the events of each period, by stance.

    Returns
    -------
    pandas.DataFrame
        A row for each period, in order of time, and stance, in that of
        `azpak.vocabulary.STANCES`: ``phase_id``, ``phase`` (its name), ``stance``, ``sources``
        (number), ``share`` (of those that speak of the period, 0 to 1). The chapter rests on it
        that the period with the fewest sources leans furthest to those near the Azerbaijani state.
    """
    counts = voices.sources_by_phase(report)
    shares, speaking = counts.div(counts.sum(axis=1), axis=0), counts.sum(axis=1)
    assert shares[AZERBAIJANI].idxmax() == speaking.idxmin(), (
        "another phase than that with the fewest sources leans furthest to the Azerbaijani state"
    )
    names = report.table("phases").set_index("phase_id")["name"]
    rows = counts.stack().rename("sources").reset_index()
    rows["phase"] = rows["phase_id"].map(names)
    rows["share"] = rows["sources"] / rows.groupby("phase_id")["sources"].transform("sum")
    return rows[["phase_id", "phase", "stance", "sources", "share"]]


@finding
def rows_by_type(report: Report) -> pd.DataFrame:
    """Return the sources by stance and type.

    Returns
    -------
    pandas.DataFrame
        A row for each stance: ``Stance``, a column for each of `TYPES` and ``All`` (numbers),
        ``In English`` (a share, printed).
    """
    sources = of_report(report).sources
    counts = pd.crosstab(sources["stance"], sources["type"])
    counts = counts.reindex(index=list(STANCES), columns=list(TYPES), fill_value=0)
    english = (sources["language"] == "en").groupby(sources["stance"]).mean()
    rows = counts.rename(columns=TYPES).reset_index(drop=True).rename_axis(columns=None)
    rows.insert(0, "Stance", [upper_first(NEAR[stance]) for stance in STANCES])
    return rows.assign(
        All=counts.sum(axis=1).to_list(),
        **{"In English": [_printed(english[stance]) for stance in STANCES]},
    )


@finding
def rows_left_out(report: Report) -> pd.DataFrame:
    """Return what remains without the sources of each stance, as a table prints it.

    Returns
    -------
    pandas.DataFrame
        A row for nothing and for each stance left out: ``Left out``, and the shares of
        `left_out`, printed.
    """
    remaining = left_out(report)
    names = {"": "nothing", **NEAR}
    return pd.DataFrame(
        {
            "Left out": [upper_first(names[stance]) for stance in remaining.index],
            "Events that keep a source": remaining["one_group"].map(_printed).to_list(),
            "Events that keep two groups": remaining["two_groups"].map(_printed).to_list(),
            "Events still graded high": remaining["high"].map(_printed).to_list(),
        }
    )


def _printed(share: float) -> str:
    return f"{per_cent(share)}%"
