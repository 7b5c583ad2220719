"""Promises about dates; the edtf package is the oracle for what a date covers."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak.dates import parse, shown, span
from azpak.errors import DateError

DISPLAYED = [
    # EDTF, as it stands alone, as it stands in a sentence
    ("1992-06-09", "9 June 1992", "on 9 June 1992"),
    ("2004-07", "July 2004", "in July 2004"),
    ("2004", "2004", "in 2004"),
    ("2014-02~", "about February 2014", "in or about February 2014"),
    ("1992-06-09~", "about 9 June 1992", "on or about 9 June 1992"),
    ("2002-09?", "September 2002 (date uncertain)", "in September 2002 (date uncertain)"),
    (
        "2002-09%",
        "about September 2002 (date uncertain)",
        "in or about September 2002 (date uncertain)",
    ),
    ("1995-10-09/1995-10-11", "9 to 11 October 1995", "from 9 to 11 October 1995"),
    ("2004-06-28/2004-07-03", "28 June to 3 July 2004", "from 28 June to 3 July 2004"),
    (
        "2004-12-28/2005-01-03",
        "28 December 2004 to 3 January 2005",
        "from 28 December 2004 to 3 January 2005",
    ),
    ("2004-06/2004-07", "June to July 2004", "from June to July 2004"),
    ("2004-06~/2004-07", "about June 2004 to July 2004", "from about June 2004 to July 2004"),
    (
        "2018-09-25/2018-09-27?",
        "25 to 27 September 2018 (the last day is known only from an announcement)",
        "from 25 to 27 September 2018 (the last day is known only from an announcement)",
    ),
    (
        "2016-05-30/2016-06-10?",
        "30 May to 10 June 2016 (the last day is known only from an announcement)",
        "from 30 May to 10 June 2016 (the last day is known only from an announcement)",
    ),
    (
        "2015-03~/2015-04?",
        "about March 2015 to April 2015 (date uncertain)",
        "from about March 2015 to April 2015 (date uncertain)",
    ),
    ("2015/2016", "2015 to 2016", "from 2015 to 2016"),
    ("2015-03-02/2016", "2 March 2015 to 2016", "from 2 March 2015 to 2016"),
    ("1991/..", "since 1991", "since 1991"),
    ("1991-10-18/..", "since 18 October 1991", "since 18 October 1991"),
    ("[2004-07-08..2004-07-10]", "between 8 and 10 July 2004", "between 8 and 10 July 2004"),
    ("[2023-09-22..2023-09-23]", "22 or 23 September 2023", "on 22 or 23 September 2023"),
    ("[2004-06..2004-07]", "between June and July 2004", "between June and July 2004"),
    ("[2015..2016]", "between 2015 and 2016", "between 2015 and 2016"),
]


@pytest.mark.parametrize(("text", "alone", "in_sentence"), DISPLAYED)
def test_a_date_prints_at_its_true_precision(text, alone, in_sentence):
    assert parse(text).display() == alone
    assert parse(text).with_preposition() == in_sentence


@pytest.mark.parametrize("empty", ["", None, float("nan")])
def test_an_empty_cell_shows_the_word_for_no_date(empty):
    assert shown(empty, "undated") == "undated"
    assert shown("1992-06", "undated") == "June 1992"


IMPOSSIBLE = [
    ("1992-02-30", "no day 30"),
    ("2023-02-29", "no day 29"),
    ("1992-13", "no month 13"),
    ("1992-00", "no month 00"),
    ("0000", "year 0000"),
    ("2004/2003", "ends before it starts"),
    ("[2004-07-10..2004-07-08]", "ends before it starts"),
    ("[2004..2005?]", "bear no"),
    ("[2004", r"\[a\.\.b\]"),
    ("[..]", r"\[a\.\.b\]"),
    ("[..2004?]", "bear no"),
    ("2004-7", "not an EDTF date"),
    ("9 June 1992", "not an EDTF date"),
    ("../1999", "not an EDTF date"),
    ("2004/", "not an EDTF date"),
    ("2004/2005/2006", "not an EDTF date"),
    ("..", "not an EDTF date"),
    ("", "not an EDTF date"),
    ("२००४", "not an EDTF date"),
    (float("nan"), "missing"),
]


@pytest.mark.parametrize(("text", "reason"), IMPOSSIBLE)
def test_an_impossible_date_is_refused_with_the_reason_and_the_value(text, reason):
    with pytest.raises(DateError, match=reason) as raised:
        parse(text)
    assert repr(text) in str(raised.value)


def test_an_open_interval_has_no_last_day():
    lasting = parse("1991/..")
    assert (lasting.start, lasting.end, lasting.open_end) == (date(1991, 1, 1), None, True)
    assert lasting.overlaps(parse("2026-11-21"))
    assert not lasting.overlaps(parse("1990"))


def test_a_day_no_later_than_another_overlaps_all_before_it_and_stands_at_it():
    late = parse("[..2026-02-02]")
    assert (late.start, late.end, late.open_start) == (date(2026, 2, 2), date(2026, 2, 2), True)
    assert late.overlaps(parse("1993")) and not late.overlaps(parse("2026-02-03"))
    assert late.display() == late.with_preposition() == "no later than 2 February 2026"
    assert parse("[..2026-02]").end == date(2026, 2, 28)
    assert sorted(
        ["[..2026-02-02]", "2026-02-01", "2026-02-03"], key=lambda t: parse(t).sort_key
    ) == ["2026-02-01", "[..2026-02-02]", "2026-02-03"]


def test_a_day_no_earlier_than_another_overlaps_all_after_it():
    early = parse("[2004-07..]")
    assert (early.start, early.end, early.open_end) == (date(2004, 7, 1), None, False)
    assert early.overlaps(parse("2026")) and not early.overlaps(parse("2004-06"))
    assert early.display() == "no earlier than July 2004"


def test_differing_precision_is_no_disagreement():
    assert parse("2004-07").overlaps(parse("2004-07-09"))
    assert not parse("2004-07").overlaps(parse("2004-08-01"))


def test_dates_sort_by_first_day_then_by_last():
    texts = ["1991/..", "1991", "1991-02", "1991-01-01", "1990-12-31"]
    ordered = ["1990-12-31", "1991-01-01", "1991", "1991/..", "1991-02"]
    assert sorted(texts, key=lambda text: parse(text).sort_key) == ordered


def test_a_span_joins_two_cells():
    assert span("2024", "..") == parse("2024/..")


def _texts(day: date) -> st.SearchStrategy[str]:
    marks = st.sampled_from(["", "?", "~", "%"])
    forms = st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
    return st.builds(lambda form, mark: form + mark, forms, marks)


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SIMPLE = DAYS.flatmap(_texts)
PAIRS = st.tuples(DAYS, DAYS).map(sorted)
DATES = st.one_of(
    SIMPLE,
    PAIRS.map(lambda pair: f"{pair[0]}/{pair[1]}"),
    PAIRS.map(lambda pair: f"[{pair[0]}..{pair[1]}]"),
    DAYS.map(lambda day: f"[{day}..]"),
    SIMPLE.map(lambda text: f"{text}/.."),
)


@settings(max_examples=60)  # the package takes some 20 ms a date
@given(DATES)
def test_bounds_are_those_of_the_edtf_package(text):
    from edtf import parse_edtf

    ours, oracle = parse(text), parse_edtf(text)
    assert tuple(oracle.lower_strict()[:3]) == ours.start.timetuple()[:3]
    upper = oracle.upper_strict()
    if isinstance(upper, float):  # the package's way to say "not ended"
        assert math.isinf(upper)
        assert ours.end is None
    else:
        assert tuple(upper[:3]) == ours.end.timetuple()[:3]


@given(DATES, DATES)
def test_overlap_is_mutual_and_every_date_overlaps_itself(one, other):
    assert parse(one).overlaps(parse(one))
    assert parse(one).overlaps(parse(other)) == parse(other).overlaps(parse(one))


@given(st.text(max_size=24) | st.from_regex(r"[0-9\[\]./?~%-]{0,24}"))
def test_any_text_parses_or_is_a_date_error(text):
    try:
        found = parse(text)
    except DateError:
        return
    assert found.end is None or found.start <= found.end
    assert found.display()


@pytest.mark.parametrize(
    ("text", "one_sided"),
    [
        ("[..2018-11-27]", True),
        ("[2025-06-28..]", True),
        ("[2025-06..2025-08]", False),
        ("2024/..", False),
        ("2018-11-27", False),
    ],
)
def test_a_day_is_one_sided_where_only_its_latest_or_its_earliest_is_known(text, one_sided):
    assert parse(text).one_sided is one_sided
