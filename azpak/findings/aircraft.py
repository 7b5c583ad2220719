"""The sale of the JF-17: what was claimed of number, price, service and rank, and by how many."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.dates import Date, parse
from azpak.errors import MeasureError
from azpak.findings import record
from azpak.output.table import cite, event
from azpak.report import Report, finding
from azpak.text import bounds, plain

__all__ = [
    "BILLION", "CHAPTER", "MILLION", "UNITS", "Essay", "Named", "claim_rows", "essay",
    "latest_source", "most_named", "named", "quotient_rows", "quotients", "ranks",
    "statement_rows", "voices",
]  # fmt: skip

CHAPTER = "aircraft-2024"
MILLION, BILLION = 1e6, 1e9

# The topics that are compared, in the order of time and subject, and the unit of each: sums in
# other currencies are told and not compared.
UNITS = {
    "jf17-quantity-2021": "aircraft",
    "jf17-quantity-2024": "aircraft",
    "jf17-quantity-2025": "aircraft",
    "jf17-package-value-2024": "USD",
    "jf17-package-value-2025": "USD",
    "jf17-unit-price": "USD per aircraft",
}
UNDATED_LAST = "2100"  # undated texts stand after the dated ones


class Named(NamedTuple):
    """A value that sources name.

    Attributes
    ----------
    value
        In the unit of its topic.
    n_sources
        The sources that name it.
    n_voices
        Their independence groups: sources that go back to one report are one voice.
    """

    value: float
    n_sources: int
    n_voices: int


@finding
def named(report: Report, topic: str) -> pd.DataFrame:
    """Return the values that are named for a topic, without ranges and bounds.

    Parameters
    ----------
    topic
        One of `UNITS`, or ``jf17-customer-rank``.

    Returns
    -------
    pandas.DataFrame
        ``n_sources`` and ``n_voices`` by ``value``, the lowest first.
    """
    rows = _compared(report, topic)
    single = rows[rows["value_low"] == rows["value_high"]]
    return (
        single.groupby("value_low")
        .agg(n_sources=("source_id", "nunique"), n_voices=("independence_group", "nunique"))
        .rename_axis("value")
    )


@finding
def most_named(report: Report, topic: str) -> Named:
    """Return the value that most voices name for a topic, and of equal ones the most sources.

    Raises
    ------
    MeasureError
        If there is not one such value.
    """
    found = named(report, topic)
    best = found[found["n_voices"] == found["n_voices"].max()]
    best = best[best["n_sources"] == best["n_sources"].max()]
    if len(best) != 1:
        raise MeasureError(
            f"{topic}: {len(best)} values are named by as many voices and sources",
            value=list(best.index),
            way_out="Name each of them where the text names one",
        )
    return Named(float(best.index[0]), *(int(n) for n in best.iloc[0]))


@finding
def voices(report: Report) -> pd.DataFrame:
    """Return what was said of number and price, a row for each voice and value of a topic.

    Returns
    -------
    pandas.DataFrame
        ``topic`` (of `UNITS`), ``independence_group``, ``value_low`` and ``value_high`` (in the
        unit of the topic; one may be missing), ``first_said`` (EDTF of the earliest source),
        ``sources`` (publishers, or authors, parted by semicolons) and ``n_sources``, by when it
        was said first; undated rows last.

    Raises
    ------
    MeasureError
        If no claim carries bounds.
    """
    claims = report.claims
    claims = claims[claims["unit"] == claims["topic"].map(UNITS)]
    claims = claims.dropna(subset=["value_low", "value_high"], how="all")
    if claims.empty:
        raise MeasureError("no claim on number or price of the JF-17 carries bounds")
    joined = claims.join(report.sources[["publisher", "author", "date"]], on="source_id")
    joined["publisher"] = joined["publisher"].fillna(joined["author"])
    joined["order"] = [parse(text).sort_key for text in joined["date"].fillna(UNDATED_LAST)]
    keys = ["topic", "independence_group", "value_low", "value_high"]
    return (
        joined.sort_values("order")
        .groupby(keys, dropna=False, sort=False)
        .agg(
            first_said=("date", "first"),
            order=("order", "first"),
            sources=("publisher", lambda names: ";".join(dict.fromkeys(names))),
            n_sources=("source_id", "nunique"),
        )
        .reset_index()
        .sort_values("order")
        .drop(columns="order")
    )


@finding
def values_said(report: Report) -> pd.DataFrame:
    """Return each value or range that was said of number and price, with how many say it.

    Returns
    -------
    pandas.DataFrame
        ``topic``, ``value_low``, ``value_high`` (as in `voices`), ``n_origins`` and ``n_sources``
        (int), and ``first_said`` (EDTF of the earliest source).
    """
    return (
        voices(report)
        .groupby(["topic", "value_low", "value_high"], dropna=False, sort=False)
        .agg(
            n_origins=("independence_group", "nunique"),
            n_sources=("n_sources", "sum"),
            first_said=("first_said", "first"),
        )
        .reset_index()
    )


# Topic: what the table calls it, the unit it prints with and the divisor.
LISTED = {
    "jf17-quantity-2021": ("Order reported", "aircraft", 1),
    "jf17-quantity-2024": ("Order", "aircraft", 1),
    "jf17-option-2024": ("Option", "aircraft", 1),
    "jf17-quantity-2025": ("Order reported", "aircraft", 1),
    "jf17-package-value-2024": ("Package", "billion", BILLION),
    "jf17-package-value-2025-may": ("Package, first reports of", "billion", BILLION),
    "jf17-package-value-2025": ("Package reported", "billion", BILLION),
    "jf17-unit-price": ("One aircraft", "million", MILLION),
}
CURRENCY = {"EUR": " euros", "USD": " US dollars", "USD per aircraft": " US dollars"}


@finding
def claim_rows(report: Report) -> pd.DataFrame:
    """Return the claims on number and price by value, as they are printed.

    Returns
    -------
    pandas.DataFrame
        ``Of``, ``Value``, ``First said``, ``Sources`` and ``Separate origins`` (int), ``Which``
        (markup).
    """
    rows = []
    for topic, (name, measure, divisor) in LISTED.items():
        year = next((part for part in topic.split("-") if part.isdigit()), "")
        claims = report.claims_on(topic, bounded=True)
        for (unit, low, high), same in claims.groupby(
            ["unit", "value_low", "value_high"], dropna=False
        ):
            value = bounds(low, high, None, times=1 / divisor)
            rows.append(
                {
                    "Of": f"{name} {year}".strip(),
                    "Value": f"{value} {measure}{CURRENCY.get(unit, '')}",
                    "First said": _first_said(report, same),
                    "Sources": same["source_id"].nunique(),
                    "Separate origins": same["independence_group"].nunique(),
                    "Which": cite(same["source_id"]),
                }
            )
    return pd.DataFrame(rows, dtype=object)


# Event, source and topic of the claim that says what each government stated, and who spoke.
STATEMENTS = (
    ("2024-jf17-adex-handover", "metbuat2024jf17c", "jf17-in-service-2024",
     "Presidency of Azerbaijan"),
    ("2024-ispr-jf17-statement", "baaghi2024ispr", "jf17-contract-announced",
     "Pakistan's military"),
    ("2024-paf-trains-azerbaijani-crew", "urdupoint2024training", "jf17-training",
     "Pakistan's military"),
    ("2025-jf17-first-batch-expected", "dailytimes2025tarar", "jf17-in-service-2024",
     "Pakistan's information minister"),
)  # fmt: skip


@finding
def statement_rows(report: Report) -> pd.DataFrame:
    """Return what the two governments said: ``When``, ``Who``, ``What`` and ``Source``."""
    rows = []
    for event_id, source_id, topic, speaker in STATEMENTS:
        claims = report.claims_on(topic)
        said = claims.loc[claims["source_id"] == source_id, "paraphrase"].iloc[0]
        source = cite([source_id])
        rows.append({"When": event(event_id), "Who": speaker, "What": said, "Source": source})
    return pd.DataFrame(rows, dtype=object)


@finding
def quotients(report: Report) -> pd.DataFrame:
    """Return reported packages divided by reported numbers of aircraft.

    Each number named for the first order goes with the one sum named for it; for the larger order
    only the numbers and sums that one source names together.

    Returns
    -------
    pandas.DataFrame
        ``reported_for`` (year), ``package`` (US dollars), ``count_low`` and ``count_high``
        (aircraft), ``low`` and ``high`` (US dollars an aircraft) and ``fits`` (bool: within the
        stated unit prices). No unit prices: a package holds more than aircraft.
    """
    first = pd.DataFrame({"package": named(report, "jf17-package-value-2024").index}).merge(
        pd.DataFrame({"count_low": named(report, "jf17-quantity-2024").index}), how="cross"
    )
    first = first.assign(count_high=first["count_low"])
    sums = _compared(report, "jf17-package-value-2025")
    sums = sums[sums["value_low"] == sums["value_high"]].rename(columns={"value_low": "package"})
    larger = (
        _compared(report, "jf17-quantity-2025")[["source_id", "value_low", "value_high"]]
        .dropna()
        .rename(columns={"value_low": "count_low", "value_high": "count_high"})
        .merge(sums[["source_id", "package"]], on="source_id")
    )
    pairs = pd.concat([first.assign(reported_for="2024"), larger.assign(reported_for="2025")])
    columns = ["reported_for", "package", "count_low", "count_high"]
    pairs = pairs[columns].drop_duplicates(ignore_index=True)
    pairs = pairs.assign(
        low=pairs["package"] / pairs["count_high"], high=pairs["package"] / pairs["count_low"]
    )
    price = _compared(report, "jf17-unit-price")
    lowest, highest = price["value_low"].min(), price["value_high"].max()
    return pairs.assign(fits=(pairs["high"] >= lowest) & (pairs["low"] <= highest))


@finding
def quotient_rows(report: Report) -> pd.DataFrame:
    """Return `quotients` as they are printed."""
    return pd.DataFrame(
        [
            {
                "Package": f"{plain(pair.package / BILLION)} billion US dollars",
                "Reported for": pair.reported_for,
                "Aircraft": bounds(pair.count_low, pair.count_high, None),
                "Quotient, million US dollars": bounds(pair.low, pair.high, 0, times=1 / MILLION),
                "Within the stated prices": "yes" if pair.fits else "no",
            }
            for pair in quotients(report).itertuples()
        ],
        dtype=object,
    )


class Essay(NamedTuple):
    """What one essay says of the package and of one aircraft.

    Attributes
    ----------
    unit_price
        US dollars.
    implied
        The package over the unit price: aircraft.
    """

    unit_price: float
    implied: float


@finding
def essay(report: Report) -> Essay:
    """Return the price that one essay gives beside the package, and the number it implies.

    Raises
    ------
    AssertionError
        If a source reports this number, which the text denies.
    """
    package, price = (
        report.value(topic, source="rawal2025efsas", unit=UNITS[topic])
        for topic in ("jf17-package-value-2024", "jf17-unit-price")
    )
    implied = package / price
    reported = _compared(report, "jf17-quantity-2024")["value_low"]
    assert not reported.eq(implied).any(), f"a source reports {implied:g} aircraft"
    return Essay(price, implied)


@finding
def ranks(report: Report) -> tuple[Named, Named]:
    """Return the place among buyers that most voices give Azerbaijan, and the other one.

    Raises
    ------
    MeasureError
        If there are not two places, or as many voices for each.
    """
    found = named(report, "jf17-customer-rank").sort_values("n_voices", ascending=False)
    if len(found) != 2 or found["n_voices"].nunique() != 2:
        raise MeasureError(
            "the places among buyers are not two, one of them named by more voices",
            value=found["n_voices"].to_dict(),
            way_out="Rewrite the paragraph on the customer",
        )
    first, second = found.itertuples(name=None)
    return Named(*first), Named(*second)


@finding
def latest_source(report: Report) -> Date:
    """Return the date of the latest source on the events of the chapter."""
    dates = record.of_chapter(report, CHAPTER).sources["date"].dropna()
    return max((parse(text) for text in dates if text), key=lambda day: day.start)


def _compared(report: Report, topic: str) -> pd.DataFrame:
    """Return the claims on a topic that carry a bound in the unit it is compared in."""
    claims = report.claims_on(topic, bounded=True)
    return claims[claims["unit"] == UNITS[topic]] if topic in UNITS else claims


def _first_said(report: Report, claims: pd.DataFrame) -> str:
    """Return when the earliest dated source said it."""
    texts = report.sources.loc[claims["source_id"], "date"].dropna()
    dates = [parse(text) for text in texts if text]
    return min(dates, key=lambda day: day.end).display() if dates else "undated"
