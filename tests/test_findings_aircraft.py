"""The claims on the sale of the JF-17, counted by hand on the miniature."""

from __future__ import annotations

from typing import Any

import pytest

from azpak import Report
from azpak.dates import parse
from azpak.errors import MeasureError
from azpak.findings import aircraft
from support.mini import MiniPackage

ORDER, TOTAL, PRICE = "jf17-quantity-2024", "jf17-quantity-2025", "jf17-unit-price"
SUM, SUMS = "jf17-package-value-2024", "jf17-package-value-2025"
RANK = "jf17-customer-rank"


def claim(
    topic: str, source: str, low: float, high: float | str | None = None, **more: Any
) -> dict:
    """Return a claim on a topic; s1 and s3 of the miniature are one voice."""
    return {
        "event_id": "2017-order", "source_id": source, "attribute": "count", "topic": topic,
        "value": str(low), "value_low": low, "value_high": low if high is None else high,
        "unit": aircraft.UNITS.get(topic, "place"), "paraphrase": "As it says.", "basis": "report",
        "agreement": "agrees",
    } | more  # fmt: skip


def loaded(mini: MiniPackage, *claims: dict) -> Report:
    kept = [row for row in mini.rows["claims"] if not row["topic"].startswith("jf17")]
    new = [row | {"claim_id": f"j{n}"} for n, row in enumerate(claims)]
    mini.rows["claims"] = kept + new
    return Report.load(mini.write().directory)


# Values that are named.


def test_two_sources_of_one_report_are_one_voice(mini):
    report = loaded(mini, claim(ORDER, "s1", 8), claim(ORDER, "s3", 8), claim(ORDER, "s2", 8))
    assert aircraft.named(report, ORDER).to_dict("index") == {8: {"n_sources": 3, "n_voices": 2}}


def test_a_range_a_bound_and_another_unit_name_no_value(mini):
    report = loaded(
        mini, claim(ORDER, "s1", 8, 16), claim(ORDER, "s2", "", 8),
        claim(ORDER, "s4", 8, unit="squadrons"), claim(ORDER, "s3", 12),
    )  # fmt: skip
    assert aircraft.named(report, ORDER).index.tolist() == [12]


def test_voices_come_before_sources(mini):
    same_report = [claim(ORDER, "s1", 16), claim(ORDER, "s3", 16)]
    report = loaded(mini, *same_report, claim(ORDER, "s2", 8), claim(ORDER, "s4", 8))
    assert aircraft.most_named(report, ORDER) == (8, 2, 2)
    report = loaded(mini, *same_report, claim(ORDER, "s2", 8))
    assert aircraft.most_named(report, ORDER) == (16, 2, 1)


def test_a_tie_is_refused(mini):
    report = loaded(mini, claim(ORDER, "s1", 16), claim(ORDER, "s2", 8))
    with pytest.raises(MeasureError, match=f"{ORDER}: 2 values are named by as many voices"):
        aircraft.most_named(report, ORDER)


def test_the_place_that_more_voices_give_comes_first(mini):
    claims = [claim(RANK, "s1", 3), claim(RANK, "s2", 4), claim(RANK, "s3", 3)]
    with pytest.raises(MeasureError, match="places among buyers"):  # s1 and s3 are one voice
        aircraft.ranks(loaded(mini, *claims))
    first, second = aircraft.ranks(loaded(mini, *claims, claim(RANK, "s4", 4)))
    assert (first, second) == ((4, 2, 2), (3, 2, 1))


# What was said, by voice.


def test_a_voice_that_repeats_a_value_is_one_row_dated_by_its_earliest_text(mini):
    for source, date in zip(
        mini.rows["sources"], ("2024-03", "2024-02", "2024-01-05", ""), strict=True
    ):
        source |= {"date": date, "publisher": f"Paper of {source['source_id']}"}
    report = loaded(
        mini, claim(ORDER, "s1", 8), claim(ORDER, "s3", 8), claim(ORDER, "s3", 9),
        claim(PRICE, "s4", 5), claim(ORDER, "s2", 8), claim(SUM, "s2", 7, unit="EUR"),
    )  # fmt: skip
    rows = aircraft.voices(report)
    assert rows["first_said"].fillna("").tolist() == ["2024-01-05", "2024-01-05", "2024-02", ""]
    first = rows[rows["value_low"] == 8].iloc[0]
    assert (first["n_sources"], first["sources"]) == (2, "Paper of s3;Paper of s1")
    assert "Paper of s2" in rows["sources"].tolist()
    assert set(rows["topic"]) == {ORDER, PRICE}  # euros are not compared


def test_nothing_to_draw_is_refused(mini):
    with pytest.raises(MeasureError, match="no claim on number or price"):
        aircraft.voices(loaded(mini))


def test_the_table_lists_every_claim_with_bounds_once(real):
    rows = aircraft.claim_rows(real)
    claims = real.claims_on(*aircraft.LISTED, bounded=True)
    assert rows["Sources"].sum() == len(
        claims.drop_duplicates(["topic", "unit", "source_id", "value_low"])
    )
    assert (rows["Separate origins"] <= rows["Sources"]).all()
    euros = rows[rows["Value"] == "1.5 billion euros"]
    assert euros[["Of", "First said"]].to_numpy().tolist() == [["Package 2024", "February 2024"]]


def test_each_statement_is_told_in_the_words_of_its_claim(real):
    rows = aircraft.statement_rows(real)
    assert len(rows) == len(aircraft.STATEMENTS)
    assert rows["What"].isin(real.claims["paraphrase"]).all()


# Arithmetic.


PRICES = (claim(PRICE, "s1", 20), claim(PRICE, "s2", 22, 25))


def test_every_number_of_the_first_order_goes_with_its_sum(mini):
    claims = [claim(SUM, "s1", 100)]
    claims += [claim(ORDER, source, n) for source, n in (("s1", 5), ("s2", 10), ("s3", 4))]
    apart = [claim(TOTAL, "s1", 5), claim(SUMS, "s2", 100)]
    found = aircraft.quotients(loaded(mini, *PRICES, *claims, *apart))
    assert found["count_low"].tolist() == [4, 5, 10]
    assert found["low"].tolist() == found["high"].tolist() == [25, 20, 10]
    assert found["fits"].tolist() == [True, True, False]  # prices from 20 to 25, the ends included
    assert set(found["reported_for"]) == {"2024"}


def test_of_the_larger_order_only_what_one_source_names_together_is_paired(mini):
    claims = [
        claim(TOTAL, "s1", 2, 5), claim(SUMS, "s1", 60),
        claim(TOTAL, "s3", 2, 5), claim(SUMS, "s3", 60),  # the same pair, which counts once
        claim(TOTAL, "s2", "", 5), claim(SUMS, "s2", 70),  # no number
        claim(TOTAL, "s4", 7), claim(SUMS, "s4", 80, 90),  # no one sum
        claim(ORDER, "s1", 8), claim(SUM, "s1", 100, unit="EUR"),  # no sum in dollars
    ]  # fmt: skip
    found = aircraft.quotients(loaded(mini, *PRICES, *claims))
    assert found.drop(columns="reported_for").to_numpy().tolist() == [[60, 2, 5, 12, 30, True]]


def test_the_number_that_an_essay_implies_must_be_reported_by_nobody(mini):
    mini.rows["sources"].append(mini.rows["sources"][0] | {"source_id": "rawal2025efsas"})
    claims = [claim(SUM, "rawal2025efsas", 96), claim(PRICE, "rawal2025efsas", 3)]
    assert aircraft.essay(loaded(mini, *claims, claim(ORDER, "s1", 8))) == (3, 32)
    with pytest.raises(AssertionError, match="a source reports 32 aircraft"):
        aircraft.essay(loaded(mini, *claims, claim(ORDER, "s1", 32)))


def test_quotients_print_in_millions(real):
    rows = aircraft.quotient_rows(real)
    assert rows["Quotient, million US dollars"].tolist()[0] == "200"  # 1.6 billion over eight
    assert (rows["Within the stated prices"] == "yes").sum() == aircraft.quotients(real)[
        "fits"
    ].sum()


def test_the_latest_source_speaks_of_the_chapter(real):
    latest = aircraft.latest_source(real)
    speaking = real.claims[real.claims["event_id"].isin(real.events_of(aircraft.CHAPTER).index)]
    dates = real.sources.loc[speaking["source_id"].unique(), "date"].dropna()
    assert latest.start == max(parse(text).start for text in dates)
