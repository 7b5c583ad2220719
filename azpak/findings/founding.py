"""What the founding texts think, hope for and list, beside the dated facts that they state.

Their facts are claims on events and told where the events are. A view, a hope and a name in a list
of arms are claims too, of topics that begin with ``view-``, ``hope-`` and ``arms-named-``; the
tables below show each of them once, with whose it is.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.errors import DataError
from azpak.findings.collection import FOUNDING
from azpak.output.table import cite, markup
from azpak.report import Report, finding
from azpak.text import upper_first

__all__ = [
    "ARMS", "HOPE", "HOPES", "THEMES", "VIEW", "Theme", "arms_rows", "hope_rows", "of_kind",
    "view_rows",
]  # fmt: skip

# How the topics begin that the tables show.
VIEW, HOPE, ARMS = ("view-", "hope-", "arms-named-")


class Theme(NamedTuple):
    """What several views are about.

    Attributes
    ----------
    name
        The theme, as the table has it.
    beside
        Where the report has what is known of it (markup).
    topics
        The views, by topic, without their beginning.
    """

    name: str
    beside: str
    topics: tuple[str, ...]


THEMES = (
    Theme(
        "The tie",
        "Four drivers are asserted and none is tested: {ref}`method-schools`. The word alliance "
        "fits no treaty of the two that was found: {ref}`outlook-unsupported`.",
        (
            "muslim-ties", "reliable-partner", "cooperation-growth", "trust-since-2002",
            "strategic-allies", "momentum", "cooperation-diversified", "strategic-alliance",
            "instruments", "leverage",
        ),
    ),
    Theme(
        "Its past",
        "Support is dated in {ref}`recognition-council` and {ref}`institutions-support`; the visit "
        "of {event}`1995-leghari-visit-baku` opens the record of high ones; the kind of the "
        "support of {event-year}`2020-karabakh-war` is ruled on "
        "({ruling}`pakistan-support-kind-2020`).",
        (
            "gratitude", "support-many-issues", "friendship-in-war", "tagiyev-memory",
            "old-contacts", "support-in-pakistan-2020", "first-visitors",
        ),
    ),
    Theme(
        "Armenia and the wars",
        "The dead and displaced of both nations are in {ref}`recognition-people` and "
        "{ref}`trilateral-war`; Armenia and Pakistan took up relations "
        "{event-on}`2025-armenia-pakistan-relations`.",
        ("first-war", "criticism-of-yerevan", "reason-nonrecognition"),
    ),
    Theme(
        "India, Iran and Türkiye",
        "Two opposed camps were tested and for the most part not found: "
        "{ref}`armenia-india-tests`.",
        (
            "counterweight", "turkiye-backs", "arms-race", "contest", "iran-threat",
            "counter-india", "energy-corridor",
        ),
    ),
    Theme(
        "What Pakistan has and wants",
        "That no other state with a Muslim majority has nuclear arms is also in a later Indian "
        "daily {cite}`dnaindia2025nuclear`. Of prices there are claims for one type only "
        "({ruling}`jf17-unit-price`).",
        ("nuclear-status", "strong-army", "low-prices", "foreign-investment"),
    ),
    Theme(
        "The aircraft",
        "What is known of number, delivery and block is in {ref}`aircraft-2024`; no comparison of "
        "types is made there.",
        (
            "purchase-meaning", "jf17-interest", "block3-better", "jf17-against-s300",
            "jf17-summit", "outpaced-neighbours",
        ),
    ),
    Theme(
        "Forces and industry",
        "The outlays are in {ref}`arms-balance`; no product made in common was found "
        "({ref}`realignment-military`).",
        (
            "military-priority", "industry-interest", "pakistani-experience", "showcase",
            "industry-reform", "key-partner",
        ),
    ),
)  # fmt: skip

# Each hope, by topic without its beginning, and what came of it as far as was seen (markup).
HOPES = {
    "jf17-rearmament": "A contract ({event}`2024-ispr-jf17-statement`); delivery is open "
    "({ruling}`jf17-delivered-to-azerbaijan`).",
    "tripartite-cooperation": "An exercise of three ({event}`2021-three-brothers`) and a summit of "
    "three ({event}`2024-astana-trilateral-summit`); no military agreement of three was found.",
    "growth": "Visits, exercises and an arms contract followed; how much of the growth is that of "
    "reporting is asked in {ref}`phases-tested`.",
    "prospects": "A summit of three ({event}`2024-astana-trilateral-summit`) and an exercise of "
    "the two ({event}`2025-indus-shield-alpha`) followed.",
    "offers-2023": "Of these a contract for the aircraft, training of aircrew "
    "({event}`2024-paf-trains-azerbaijani-crew`) and an exercise ({event}`2025-indus-shield-alpha`)"
    " are on record. Outlets name missiles with the aircraft; one analyst has some products made "
    "jointly ({ref}`realignment-military`). Of the others nothing was found.",
    "joint-production-2023": "Production in common was spoken of again "
    "({event}`2025-sharif-visit-baku`); none of these products was reported.",
    "fields-2023": "A framework on gas ({event}`2023-socar-lng-framework`) and a trade agreement "
    "({event}`2024-preferential-trade-agreement`); what trade did is in {ref}`trade-travel`.",
    "south-asia": "Not tested. Azerbaijan had entered the D-8 before ({event}`2024-d8-accession`); "
    "India is said to have blocked it elsewhere ({event}`2025-azerbaijan-sco-bid`).",
    "energy-south-asia": "The framework on gas is older ({event}`2023-socar-lng-framework`); a "
    "memorandum on an oil pipeline is on record too ({event}`2025-socar-fwo-memorandum`).",
    "industry-fields": "A tour of plants ({event}`2025-mustafayev-pakistan-industry`); whether a "
    "memorandum was signed was not found.",
}


@finding
def of_kind(report: Report, kind: str) -> pd.DataFrame:
    """Return the claims of the founding texts of one kind.

    Parameters
    ----------
    kind
        `VIEW`, `HOPE` or `ARMS`.

    Returns
    -------
    pandas.DataFrame
        Columns of the claims, with ``subject`` (the topic without its beginning), in the order of
        `FOUNDING` and of the table.
    """
    claims = report.claims[report.claims["source_id"].isin(FOUNDING)]
    mine = claims[claims["topic"].str.startswith(kind)]
    rank = mine["source_id"].map({source: n for n, source in enumerate(FOUNDING)})
    mine = mine.assign(subject=mine["topic"].str.removeprefix(kind), rank=rank)
    return mine.sort_values("rank", kind="stable").drop(columns="rank")


@finding
def view_rows(report: Report) -> pd.DataFrame:
    """Return what the founding texts think, by theme.

    Returns
    -------
    pandas.DataFrame
        ``On what``, ``What the texts hold`` (markup: each text with what it holds), ``Where the
        report has what is known of it`` (markup). A theme on which nothing is held has no row.

    Raises
    ------
    DataError
        If a view belongs to no theme.
    """
    views = of_kind(report, VIEW)
    _all_known(report, views, {topic for theme in THEMES for topic in theme.topics}, "THEMES")
    by_theme = [(theme, views[views["subject"].isin(theme.topics)]) for theme in THEMES]
    rows = [
        {
            "On what": theme.name,
            "What the texts hold": markup(_held(held)),
            "Where the report has what is known of it": markup(theme.beside),
        }
        for theme, held in by_theme
        if len(held)
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def hope_rows(report: Report) -> pd.DataFrame:
    """Return what the founding texts hope for and expect, with what came of it.

    Returns
    -------
    pandas.DataFrame
        ``Whose`` (markup), ``What it hopes for or expects``, ``What came of it, as far as was
        seen`` (markup).

    Raises
    ------
    DataError
        If of a hope nothing is said of what came of it.
    """
    hopes = of_kind(report, HOPE)
    _all_known(report, hopes, set(HOPES), "HOPES")
    rows = [
        {
            "Whose": cite([hope["source_id"]]),
            "What it hopes for or expects": hope["paraphrase"],
            "What came of it, as far as was seen": markup(HOPES[hope["subject"]]),
        }
        for hope in hopes.to_dict("records")
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def arms_rows(report: Report) -> pd.DataFrame:
    """Return the arms that a founding text names for Pakistan's own forces.

    Returns
    -------
    pandas.DataFrame
        ``Kind``, ``What is named``: the two sides of the colon in the paraphrase of each claim.
    """
    named = of_kind(report, ARMS)["paraphrase"].str.partition(": ")
    return pd.DataFrame(
        {"Kind": named[0].to_list(), "What is named": [upper_first(text) for text in named[2]]}
    )


def _held(views: pd.DataFrame) -> str:
    """Return each text of some views, cited, with what it holds."""
    return " ".join(
        f"{cite([str(source)])} {' '.join(held['paraphrase'])}"
        for source, held in views.groupby("source_id", sort=False)
    )


def _all_known(report: Report, claims: pd.DataFrame, known: set[str], where: str) -> None:
    """Refuse a claim that the tables would leave out."""
    unknown = claims[~claims["subject"].isin(known)]
    if len(unknown):
        raise DataError(
            "a view or hope of a founding text belongs to no row of the tables",
            file=report.folder / "claims.csv", value=unknown["topic"].iloc[0],
            way_out=f"Name its topic in {where} of azpak/findings/founding.py",
        )  # fmt: skip
