"""What the findings on the bridge promise, on rows counted by hand."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.errors import DataError
from azpak.findings import bridge
from support.mini import MiniPackage
from support.rows import claim, delivered, with_tables


def relayed(mini: MiniPackage, words: str) -> Report:
    """Return a report in which shares of 2014 to 2018 were relayed in these words."""
    mini.rows["actors"] += [
        {"actor_id": code, "kind": "state", "name": code.title(), "short_name": code}
        for code in ("RUS", "ISR", "TUR")
    ]
    mini.rows["claims"].append(claim("c9", bridge.RELAYED, value=words, value_edtf="2014/2018"))
    sold = [
        delivered("RUS", 2014, 600), delivered("ISR", 2018, 395.8), delivered("TUR", 2016, 3),
        delivered("PAK", 2018, 1.2), delivered("ISR", 2019, 999), delivered("TUR", 2013, 999),
    ]  # fmt: skip
    return with_tables(mini, arms_transfers_tiv=sold)


def test_shares_are_read_from_the_words_and_from_the_register_for_the_same_years(mini):
    found = bridge.relayed_shares(relayed(mini, "RUS 51; ISR 43; TUR 2.8"))
    assert (found.first, found.last) == (2014, 2018)
    assert found.published.to_dict() == {"RUS": 51, "ISR": 43, "TUR": 2.8}
    assert found.register.round(4).to_dict() == {
        "RUS": 0.6, "ISR": 0.3958, "TUR": 0.003, "PAK": 0.0012,
    }  # fmt: skip


def test_a_share_below_one_per_cent_has_two_digits_and_a_missing_one_none(mini):
    rows = bridge.supplier_rows(relayed(mini, "RUS 51; ISR 43; TUR 2.8"))
    relay, register = rows.columns[1:]
    assert rows["Supplier"].tolist() == ["Rus", "Isr", "Tur", "Pakistan"]
    assert rows[relay].tolist() == ["51", "43", "2.8", None]
    assert rows[register].tolist() == ["60.0", "39.6", "0.30", "0.12"]


def test_words_without_shares_are_refused(mini):
    with pytest.raises(DataError, match=r"the claim names no shares \(got 'Russia led'\)"):
        bridge.relayed_shares(relayed(mini, "Russia led"))


def test_what_is_said_of_a_delivery_stands_in_the_order_of_publication(mini):
    for source, day in zip(mini.rows["sources"], ("2020", "2018-05", "2019-01-02"), strict=False):
        source["date"] = day
    mini.rows["claims"] += [
        claim("c8", bridge.DELIVERY, "s1", value="estimated"),
        claim("c9", bridge.DELIVERY, "s3", value="denied"),
        claim("c10", bridge.DELIVERY, "s2", value="planned"),
    ]
    rows = bridge.delivery_rows(Report.load(mini.write().directory))
    assert rows["What it says"].tolist() == ["planned", "denied", "estimated"]
    assert rows["Published"].tolist() == ["May 2018", "2 January 2019", "2020"]
    assert rows["Close to"].tolist() == ["Turkish", "unaligned", "unaligned"]


def test_only_alleged_events_that_the_essay_carries_are_counted_as_its_own(mini, monkeypatch):
    monkeypatch.setattr(bridge, "CHAPTER", "second-1995-2026")
    monkeypatch.setattr(bridge, "ESSAY", "s2")
    order = mini.rows["events"][2]
    mini.rows["events"] += [
        order | {"event_id": "2018-essay", "nature": "alleged"},
        order | {"event_id": "2018-other", "nature": "alleged"},
    ]
    mini.rows["claims"] += [
        claim("c8", "essay", "s2", event_id="2018-essay"),
        claim("c9", "other", "s1", event_id="2018-other"),
    ]
    report = Report.load(mini.write().directory)
    assert sorted(bridge.unconfirmed(report).index) == ["2018-essay", "2018-other"]
    assert list(bridge.of_essay(report).index) == ["2018-essay"]


def test_exercises_end_on_the_eve_of_the_war(real):
    starts = bridge.exercises_held(real)["start"]
    assert starts.max() < real.day("2020-karabakh-war")
    assert len(bridge.exercise_rows(real)) == len(starts)
