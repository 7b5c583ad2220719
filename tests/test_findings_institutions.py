"""The years of institutions: visits, the founding date, talk of arms and early trade."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.errors import DataError, MeasureError
from azpak.figures.visits_ranked import visits_by_rank
from azpak.findings import institutions, lifelines, record, visits
from azpak.text import count_in_words
from support.mini import MiniPackage
from support.rows import stated, with_tables

TOPIC = institutions.FOUNDING_TOPICS[0]


@pytest.fixture(scope="module")
def report() -> Report:
    return Report.load()


def with_chapter(mini: MiniPackage) -> MiniPackage:
    """Give the second phase of the miniature the period and the name of the chapter."""
    mini.rows["phases"][1] |= {
        "start": "2002", "end": "2016", "chapter_id": institutions.CHAPTER
    }  # fmt: skip
    return mini


def with_events(mini: MiniPackage, dates: dict[str, str], **more: str) -> MiniPackage:
    template = mini.rows["events"][0]
    mini.rows["events"] += [
        template | {"event_id": name, "date": date, "country_iso3": "AZE"} | more
        for name, date in dates.items()
    ]
    return mini


def dated(claim_id: str, source: str, when: str, event: str = institutions.SIGNED):
    return {
        "claim_id": claim_id, "event_id": event, "source_id": source, "attribute": "date",
        "topic": TOPIC, "value": when or "some day", "value_edtf": when, "paraphrase": "So.",
        "basis": "report", "agreement": "agrees",
    }  # fmt: skip


# Visits.


def of_all_visits(mini: MiniPackage, **more: str) -> MiniPackage:
    return with_events(mini, {name: name[:4] for name in visits.VISITS}, **more)


def test_the_host_is_the_state_in_which_a_visit_took_place(mini):
    rows = visits.visits(Report.load(of_all_visits(mini).write().directory))
    assert set(rows["host"]) == {"AZE"}  # in Baku
    assert rows["event_id"].tolist() == list(visits.VISITS)
    assert set(rows["level"]) == {*visits.LEVELS}


def test_a_visit_without_host_or_event_is_named(mini):
    report = Report.load(of_all_visits(mini, country_iso3="").write().directory)
    with pytest.raises(DataError, match=r"a visit has no host.*1995-leghari-visit-baku"):
        visits.visits(report)
    mini.rows["events"] = mini.rows["events"][:-1]
    with pytest.raises(DataError, match=r"no active event.*2016-ideas-karachi-jamalov"):
        visits.visits(Report.load(mini.write().directory))


def test_the_visits_of_all_years_are_those_of_both_lists_in_order_of_time(mini):
    names = [*visits.VISITS, *visits.LATER]
    made = with_events(mini, {name: name[:4] for name in names}, nature="alleged")
    rows = visits.of_all_years(Report.load(made.write().directory))
    assert sorted(rows["event_id"]) == sorted(names) and rows["year"].is_monotonic_increasing
    level = rows.set_index("event_id")["level"]
    assert level["2021-gafarova-visit-pakistan"] == visits.OTHER
    assert level["1995-leghari-visit-baku"] == visits.LEADER
    assert not rows["certain"].any()


def test_the_headline_on_visits_counts_them_by_years_and_direction(report):
    rows = visits.of_all_years(report)
    first, late = (rows["year"] <= 2001).sum(), (rows["year"] > 2020).sum()
    title = visits_by_rank(report).title
    assert title.startswith(f"{count_in_words(first).capitalize()} visits")
    assert f", {late} after 2020; {(rows['host'] == 'AZE').sum()} of all {len(rows)} " in title


def test_a_chapter_counts_its_visits_by_host_and_level(report):
    told = visits.of_chapter(report, institutions.CHAPTER)
    rows = told.visits
    assert told.to("AZE") + told.to("PAK") == len(rows)
    assert told.to("AZE", visits.LEADER) == sum(
        (rows["host"] == "AZE") & (rows["level"] == visits.LEADER)
    )
    assert sum(told.to("PAK", level) for level in visits.LEVELS) == told.to("PAK")


def test_documents_are_agreements_and_declarations_of_the_two_periods(mini):
    with_events(mini, {"2004-paper": "2004"}, category="agreement", chapter=visits.CHAPTERS[1])
    with_events(mini, {"2005-talks": "2005"}, category="visit", chapter=visits.CHAPTERS[1])
    with_events(mini, {"2020-paper": "2020"}, category="agreement")
    with_events(
        mini, {visits.DEFENCE_DOCUMENTS[0]: "2001"}, category="declaration",
        chapter=visits.CHAPTERS[0],
    )  # fmt: skip
    rows = visits.documents(Report.load(mini.write().directory))
    assert dict(zip(rows["event_id"], rows["defence"], strict=True)) == {
        visits.DEFENCE_DOCUMENTS[0]: True,
        "2004-paper": False,
    }


def test_voices_count_each_source_once_and_only_where_it_agrees(report):
    shares = visits.voices(report, institutions.CHAPTER)
    assert shares.sum() == pytest.approx(1)
    told = set(visits.of_chapter(report, institutions.CHAPTER).visits["event_id"])
    claims = report.claims
    agreeing = claims[claims["event_id"].isin(told) & (claims["agreement"] == "agrees")]
    stances = report.sources.loc[agreeing["source_id"].unique(), "stance"]
    assert shares["turkish"] == pytest.approx((stances == "turkish").mean())


# The founding date.


def test_a_year_is_given_by_sources_and_by_groups_of_them(mini):
    with_events(mini, {institutions.SIGNED: "2002-09", institutions.PRINTED: "2003"})
    mini.rows["claims"] += [
        dated("f1", "s1", "2002"), dated("f2", "s3", "2002-09-17"), dated("f3", "s2", "2003"),
        dated("f4", "s4", ""), dated("f5", "s4", "[2002-01..2003-01]"),
    ]  # fmt: skip
    mini.rows["claims"] += [dated("f6", "s1", "2002") | {"topic": institutions.FOUNDING_TOPICS[1]}]
    mini.rows["sources"][0]["date"] = "2019-05"
    report = Report.load(mini.write().directory)
    given = institutions.year_given(report, institutions.SIGNED)
    assert (given.n_sources, given.n_groups) == (2, 1)  # both go back to one newspaper
    assert given.published == (2019,)
    assert given.sources == "{cite}`s1,s3`"
    assert institutions.year_given(report, institutions.PRINTED).n_sources == 1
    assert "f4" not in institutions.founding_claims(report).index


def test_a_year_that_nobody_gives_is_refused(mini):
    with_events(mini, {institutions.SIGNED: "2002-09"})
    mini.rows["claims"] += [
        dated("f1", "s1", "2003"),
        dated("f2", "s1", "2004") | {"topic": institutions.FOUNDING_TOPICS[1]},
    ]
    with pytest.raises(MeasureError, match="no source dates"):
        institutions.year_given(Report.load(mini.write().directory), institutions.SIGNED)


# Arms and votes.


def test_orders_are_those_of_azerbaijan_up_to_the_end_of_the_period(mini):
    deal = mini.rows["transfers"][1]
    mini.rows["transfers"] = [
        deal | {"transfer_id": name, "part_of": "", "order_date": date} | more
        for name, date, more in (
            ("early", "2015-03", {}),
            ("last", "2016-12", {}),
            ("later", "2017-01", {}),
            ("undated", "", {}),
            ("of-another", "2015", {"supplier": "AZE", "recipient": "PAK"}),
        )
    ]
    report = Report.load(with_chapter(mini).write().directory)
    assert institutions.orders(report)["transfer_id"].tolist() == ["early", "last"]


def test_talk_is_known_from_a_party_only_where_one_speaks_for_itself_and_agrees(mini):
    with_events(mini, dict.fromkeys(institutions.TALK, "2010"))
    spoken = dated("t", "s1", "") | {"topic": "talk", "attribute": "occurred"}
    first, second, third, *_ = institutions.TALK
    mini.rows["claims"] += [
        spoken | {"claim_id": "t1", "event_id": first, "basis": "party"},
        spoken | {"claim_id": "t2", "event_id": second, "basis": "report"},
        spoken | {"claim_id": "t3", "event_id": third, "basis": "party", "agreement": "silent"},
    ]
    rows = institutions.talk_rows(Report.load(mini.write().directory))
    assert rows["Known from"].tolist()[:3] == ["a party's account", "press", "press"]
    assert len(rows) == len(institutions.TALK)


@pytest.mark.parametrize(("year", "span"), [(2002, (2000, 2009)), (2016, (2010, 2019))])
def test_a_rank_is_of_the_shortest_span_that_holds_the_year(year, span):
    assert institutions.rank_span(year) == span


def test_ranks_are_of_the_first_and_the_last_year_of_the_period(report):
    spans = [*institutions.ranks(report)]
    period = record.period(report, institutions.CHAPTER)
    assert spans[0][0] <= period.start.year <= spans[0][1]
    assert spans[1][0] <= period.end.year <= spans[1][1]


# Trade.

TRADE = [
    stated("2003", "1.1", status="claim"),
    stated("2006", "1.8"),
    stated("2010/2014", turnover_low="17", turnover_high="25", turnover_text="17 to 25",
           period_type="range"),
    stated("2016", "7.30", source_id="s4"),
    stated("2018", "99"),
]  # fmt: skip


def test_early_trade_ends_with_the_period(mini):
    report = with_tables(with_chapter(mini), trade=TRADE)
    found = institutions.early_trade(report)
    assert (found.first, found.last, found.top, found.range_last) == (1.1, 7.3, 25, 2014)
    rows = institutions.trade_rows(report)
    assert rows["Million US dollars"].tolist() == ["1.1", "1.8", "17 to 25", "7.3"]
    assert rows["Who says so"].tolist()[-1] == "Azerbaijani"


def test_a_figure_of_a_statistical_office_is_refused(mini):
    office = [*TRADE, stated("2015", "4", status="official-dataset")]
    with pytest.raises(MeasureError, match="comes from a statistical office"):
        institutions.early_trade(with_tables(with_chapter(mini), trade=office))


# Lifelines of bodies and agreements.


def lives(mini: MiniPackage, monkeypatch, dates: dict[str, str], **more: str) -> Report:
    """Return a report of three lines: a body of the two, a trading group, a defence agreement."""
    with_events(mini, dates, **more)
    kinds = dict.fromkeys(dates, (lifelines.MET, ""))
    lines = {
        "Group": lifelines.Line(lifelines.TWO, {k: kinds[k] for k in dates if k[0] == "g"}),
        "Trade": lifelines.Line(lifelines.TWO, {k: kinds[k] for k in dates if k[0] == "t"}),
        "Paper": lifelines.Line(
            lifelines.PAPERS, {k: kinds[k] for k in dates if k[0] == "p"}, defence=True
        ),
    }
    monkeypatch.setattr(lifelines, "LINES", lines)
    return Report.load(mini.write().directory)


def test_a_body_is_at_work_that_was_seen_in_the_last_years(mini, monkeypatch):
    dates = {"g1": "2010", "g2": "2024-05", "t1": "2020", "p1": "2002-03-04", "p2": "2011"}
    report = lives(mini, monkeypatch, dates)
    last = int(report.events["start"].dt.year.max())
    found = lifelines.found(report)
    assert found.since == last - lifelines.RECENT
    assert (found.n_bodies, found.n_recent, found.silent) == (2, 1, {"Trade": 2020})
    assert found.last_defence == 2011
    assert lifelines.steps(report)["event_id"].tolist() == list(dates)


def test_a_recent_agreement_on_defence_is_refused(mini, monkeypatch):
    report = lives(mini, monkeypatch, {"g1": "2024", "t1": "2020", "p1": "2024"})
    with pytest.raises(AssertionError, match="an agreement on defence is known of 2024"):
        lifelines.found(report)


def test_what_is_only_claimed_is_no_sign_of_life(mini, monkeypatch):
    dates = {"g1": "2024", "t1": "2020", "p1": "2005"}
    report = lives(mini, monkeypatch, dates)
    assert lifelines.found(report).last_defence == 2005
    assert lifelines.steps(report)["sure"].all()
    mini.rows["events"][-1]["nature"] = "alleged"
    steps = lifelines.steps(Report.load(mini.write().directory))
    assert steps["sure"].tolist() == [True, True, False]


def test_a_line_of_an_event_that_is_not_there_is_refused(mini, monkeypatch):
    report = lives(mini, monkeypatch, {"g1": "2024", "t1": "2020", "p1": "2005"})
    line = lifelines.Line(lifelines.TWO, {"nowhere": (lifelines.MET, "")})
    monkeypatch.setattr(lifelines, "LINES", {"Group": line})
    with pytest.raises(DataError, match=r"no active event.*nowhere"):
        lifelines.steps(report)


def test_the_lines_of_the_report_bear_what_is_known_of_them(report):
    rows = lifelines.steps(report).set_index("event_id")
    assert not rows.at["2003-defence-agreement-claim", "sure"]
    assert not rows.at["2007-fourth-intergovernmental-commission", "sure"]
    assert set(rows["group"]) == set(lifelines.GROUPS)
