"""The years 2002 to 2016: the founding agreement and its date, talk of arms, votes, early trade."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import parse
from azpak.errors import MeasureError
from azpak.findings import chronology, trade, transfers, vote_ranks
from azpak.findings.votes import PERIODS, Span
from azpak.output.table import Markup, cite, event
from azpak.report import Report, finding
from azpak.vocabulary import VOICES

__all__ = [
    "CHAPTER", "TALK", "EarlyTrade", "YearGiven", "early_trade", "founding_claims",
    "founding_rows", "last_year", "orders", "rank_span", "ranks", "talk_rows", "trade_rows",
    "year_given",
]  # fmt: skip

CHAPTER = "institutions-2002-2016"

# The claims on when the first defence agreement was signed, and events by which they date it.
FOUNDING_TOPICS = ("founding-defence-agreement-date", "defence-agreement-2003-date")
SIGNED, PRINTED, LATER = (
    "2002-karachi-defence-agreement", "2003-defence-agreement-claim",
    "2013-january-defence-agreement",
)  # fmt: skip
WITHIN_A_YEAR = "c-2003-defence-agreement-claim-10"  # a report of its time, which names no year

# Offers, wishes and reports of Pakistani arms for Azerbaijan that are no orders. The visits of
# Musharraf (2004) and Sharif (2016), where arms were named too, have titles of other matters.
TALK = (
    "2003-karimullah-visit-baku", "2004-small-arms-interest", "2007-jf17-first-interest",
    "2009-noman-bashir-visit-baku", "2010-jf17-24-aircraft-report", "2011-dubai-jf17-talks",
    "2014-gids-visit-baku", "2014-ambassador-arms-interest", "2015-jf17-media-report",
    "2016-jf17-super-mushshak-offer", "2016-ideas-karachi-jamalov",
)  # fmt: skip


@finding
def last_year(report: Report) -> int:
    """Return the last year of the period."""
    end = chronology.period(report, CHAPTER).end
    assert end is not None, f"the period of {CHAPTER} has not ended"
    return end.year


@finding
def founding_claims(report: Report) -> pd.DataFrame:
    """Return the claims that date the first defence agreement, with ``published`` (EDTF or NA)."""
    claims = report.claims_on(*FOUNDING_TOPICS)
    claims = claims[claims["value_edtf"].fillna("") != ""]
    return claims.assign(published=claims["source_id"].map(report.sources["date"]))


class YearGiven(NamedTuple):
    """The sources that date the first defence agreement in one way.

    Attributes
    ----------
    n_sources, n_groups
        How many they are, and from how many separate origins.
    published
        The years in which they were published, as far as they bear a date, each once.
    sources
        Their citation.
    """

    n_sources: int
    n_groups: int
    published: tuple[int, ...]
    sources: Markup

    @classmethod
    def of(cls, claims: pd.DataFrame) -> YearGiven:
        """Return it for some of the `founding_claims`."""
        if claims.empty:
            raise MeasureError("no source dates the first defence agreement so")
        dates = [text for text in claims["published"] if isinstance(text, str) and text]
        return cls(
            claims["source_id"].nunique(),
            claims["independence_group"].nunique(),
            tuple(sorted({parse(text).start.year for text in dates})),
            cite(claims["source_id"]),
        )


@finding
def year_given(report: Report, event_id: str) -> YearGiven:
    """Return the sources that put the agreement in the year of an event."""
    claims = founding_claims(report)
    return YearGiven.of(claims[claims["value_edtf"].str[:4] == str(report.day(event_id).year)])


@finding
def founding_rows(report: Report) -> pd.DataFrame:
    """Return the ways in which the first defence agreement is dated, as a table prints them.

    Returns
    -------
    pandas.DataFrame
        ``Year given``, ``Sources``, ``Separate origins``, ``Published``, ``Which`` (markup).
    """
    claims = founding_claims(report)
    later = claims[claims["value_edtf"] == report.date(LATER).text]
    told = {
        **{str(report.day(name).year): year_given(report, name) for name in (SIGNED, PRINTED)},
        str(report.day(LATER).year): YearGiven.of(later),
        parse(claims.at[WITHIN_A_YEAR, "value_edtf"]).display(): YearGiven.of(
            claims.loc[[WITHIN_A_YEAR]]
        ),
    }
    rows = [
        {
            "Year given": year,
            "Sources": given.n_sources,
            "Separate origins": given.n_groups,
            "Published": ", ".join(map(str, given.published)),
            "Which": given.sources,
        }
        for year, given in told.items()
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def talk_rows(report: Report) -> pd.DataFrame:
    """Return the talk of Pakistani arms for Azerbaijan as a table prints it.

    Returns
    -------
    pandas.DataFrame
        A row for each of `TALK`: ``When`` (markup), ``What``, ``Known from`` (a party's account or
        press), ``Separate origins``, ``Confidence``.
    """
    events, claims = report.events, report.claims
    own = claims[claims["basis"].isin(["act", "party"]) & (claims["agreement"] == "agrees")]
    told = {*own["event_id"]}
    rows = [
        {
            "When": event(talk),
            "What": events.at[talk, "title"],
            "Known from": "a party's account" if talk in told else "press",
            "Separate origins": int(events.at[talk, "n_groups"]),
            "Confidence": events.at[talk, "confidence"],
        }
        for talk in TALK
    ]
    return pd.DataFrame(rows, dtype=object)


@finding
def orders(report: Report) -> pd.DataFrame:
    """Return Azerbaijan's known orders from Pakistan to the end of the period, of ``transfers``."""
    deals = transfers.gathered(report).of("PAK")
    deals = deals[(deals["recipient"] == "AZE") & deals["order_date"].notna()]
    years = deals["order_date"].map(lambda text: parse(text).start.year)
    return deals[years <= last_year(report)]


def rank_span(year: int) -> Span:
    """Return the shortest of the spans of years, for which votes are ranked, that holds a year."""
    holding = [span for span in PERIODS if span[0] <= year <= span[1]]
    return min(holding, key=lambda span: span[1] - span[0])


@finding
def ranks(report: Report) -> dict[Span, vote_ranks.Rank]:
    """Return Pakistan's rank among Azerbaijan's partners at the start and the end of the period."""
    period = chronology.period(report, CHAPTER)
    spans = [rank_span(year) for year in (period.start.year, last_year(report))]
    return {span: vote_ranks.of_partner(report, "AZE", "PAK", *span) for span in spans}


class EarlyTrade(NamedTuple):
    """What is said of trade up to the end of the period, in million US dollars.

    Attributes
    ----------
    rows
        The rows of the table ``trade``.
    top
        The largest figure, upper bounds and the exports of one state alone included.
    exports
        The rows that give the exports of one state alone.
    first, last
        The turnover that the first and the last row give.
    range_last
        The last year of the first statement that is a range.
    """

    rows: pd.DataFrame
    top: float
    exports: pd.DataFrame
    first: float
    last: float
    range_last: int

    @property
    def export_years(self) -> tuple[int, int]:
        """The first and the last year of the rows that give exports alone."""
        years = self.exports["period"].map(lambda text: parse(text).start.year)
        return int(years.min()), int(years.max())


@finding
def early_trade(report: Report) -> EarlyTrade:
    """Return what is said of trade up to the end of the period.

    Raises
    ------
    azpak.errors.MeasureError
        If an office's own series is among the figures: the prose says that none is.
    """
    rows = trade.goods(report, "AZE", "PAK")
    begun = rows["period"].map(lambda text: parse(text).start.year)
    rows = rows[begun <= last_year(report)]
    if (rows["status"] == trade.OFFICE_SERIES).any():
        raise MeasureError("a figure comes from a statistical office", value=CHAPTER)
    ranged = rows.loc[rows["turnover_high"].notna(), "period"].iloc[0]
    return EarlyTrade(
        rows,
        top=float(rows[["turnover", "turnover_high", "exports"]].max().max()),
        exports=rows[rows["turnover"].isna() & rows["exports"].notna()],
        first=float(rows["turnover"].iloc[0]),
        last=float(rows["turnover"].iloc[-1]),
        range_last=parse(ranged).end.year,
    )


@finding
def trade_rows(report: Report) -> pd.DataFrame:
    """Return what is said of trade up to the end of the period, as a table prints it.

    Returns
    -------
    pandas.DataFrame
        ``Period``, ``Million US dollars``, ``Source`` (markup), ``Who says so``.
    """
    stances = report.sources["stance"]
    rows = [
        {
            "Period": parse(row.period).display(),
            "Million US dollars": (
                f"{row.turnover:g}" if pd.notna(row.turnover) else row.turnover_text
            ),
            "Source": cite([row.source_id]),
            "Who says so": VOICES[stances[row.source_id]],
        }
        for row in early_trade(report).rows.itertuples()
    ]
    return pd.DataFrame(rows, dtype=object)
