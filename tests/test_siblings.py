"""Topics of one event that begin alike and hold what cannot both be: each pair with why it stands.

Claims are weighed against each other within a topic. Two topics can hide a contradiction, so that
a pair of them with disjoint values is declared here, or becomes one topic with a ruling.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from math import inf

from azpak.dates import parse
from support.mutations import Rows, read

TWO_DAYS = "two days or meetings of one visit"
TWO_ENDS = "an opening and a close, or an act and its day of effect"
TWO_YEARS = "two years or orders"
TWO_THINGS = "two things counted, or two states"
TWO_SPEAKERS = "statements of several speakers, each with its day"
A_PLAN = "a plan or goal beside what came of it"
DECLARED = {
    ("azal-karachi-first-landing-date", "azal-karachi-launch-planned"): A_PLAN,
    (
        "aze-investment-agreement-deadline",
        "aze-investment-signing-expected-february-2025",
    ): A_PLAN,
    ("bajwa-2021-arrival-date", "bajwa-2021-security-service-date"): TWO_DAYS,
    ("bakirov-visit-date", "bakirov-visit-karachi-date"): TWO_DAYS,
    ("bilateral-trade-2016", "bilateral-trade-target-2017"): A_PLAN,
    ("caucasian-eagle-2019-date", "caucasian-eagle-2019-observers-day-date"): TWO_DAYS,
    ("eternal-brotherhood-4-close", "eternal-brotherhood-4-opening"): TWO_ENDS,
    ("gafarova-2021-qaiser-date", "gafarova-2021-sanjrani-date"): TWO_DAYS,
    ("hasanov-2022-bajwa-date", "hasanov-2022-imran-khan-date"): TWO_DAYS,
    ("india-boycott-2025-bookings", "india-boycott-2025-cancellations"): TWO_THINGS,
    ("india-pakistan-crisis-2025-end", "india-pakistan-crisis-2025-start"): TWO_ENDS,
    ("jf17-quantity-2024", "jf17-quantity-2025"): TWO_YEARS,
    (
        "karabakh-2023-arrivals-by-30-september",
        "karabakh-2023-refugees-february-2024",
    ): TWO_THINGS,
    ("karabakh-ceasefire-1994-date", "karabakh-ceasefire-1994-signature"): TWO_ENDS,
    ("karabakh-operation-2023-date", "karabakh-operation-2023-end"): TWO_ENDS,
    ("leghari-visit-1995-date", "leghari-visit-1995-second-day"): TWO_DAYS,
    ("leghari-visit-1995-date", "leghari-visit-1995-third-day"): TWO_DAYS,
    ("leghari-visit-1995-second-day", "leghari-visit-1995-third-day"): TWO_DAYS,
    ("naval-academy-bakirov-meeting-date", "naval-academy-piriyev-meeting-date"): TWO_DAYS,
    ("pak-aze-trade-2020", "pak-aze-trade-2022"): TWO_YEARS,
    ("pak-visitors-aze-2024", "pak-visitors-aze-2025-9m"): TWO_YEARS,
    ("pak-visitors-to-aze-2016", "pak-visitors-to-aze-2017"): TWO_YEARS,
    ("pia-first-lahore-baku-flight-date", "pia-first-lahore-baku-flight-plan"): A_PLAN,
    ("rice-exemption-aliyev-remarks-date", "rice-exemption-period"): TWO_ENDS,
    ("sharif-cop29-arrival-date", "sharif-cop29-reception-date"): TWO_DAYS,
    ("sharif-cop29-arrival-date", "sharif-cop29-return-date"): TWO_DAYS,
    ("sharif-cop29-reception-date", "sharif-cop29-return-date"): TWO_DAYS,
    (
        "sharif-visit-baku-2025-arrival-date",
        "sharif-visit-baku-2025-departure-date",
    ): TWO_DAYS,
    ("sharif-visit-baku-2025-arrival-date", "sharif-visit-baku-2025-date"): TWO_DAYS,
    ("sharif-visit-baku-2025-date", "sharif-visit-baku-2025-departure-date"): TWO_DAYS,
    ("sipri-russia-share-arm-2016-20", "sipri-russia-share-aze-2016-20"): TWO_THINGS,
    ("three-brothers-2021-closing-date", "three-brothers-2021-date"): TWO_ENDS,
    ("troops-allegation-adonts-date", "troops-allegation-last-date"): TWO_SPEAKERS,
    ("troops-allegation-adonts-date", "troops-allegation-media-date"): TWO_SPEAKERS,
    ("troops-allegation-adonts-date", "troops-allegation-pashinyan-date"): TWO_SPEAKERS,
    ("troops-allegation-last-date", "troops-allegation-media-date"): TWO_SPEAKERS,
    ("troops-allegation-last-date", "troops-allegation-pashinyan-date"): TWO_SPEAKERS,
    ("troops-allegation-media-date", "troops-allegation-pashinyan-date"): TWO_SPEAKERS,
    ("valiyev-2023-asif-date", "valiyev-2023-departure-date"): TWO_DAYS,
    ("valiyev-2023-asif-date", "valiyev-2023-munir-date"): TWO_DAYS,
    ("valiyev-2023-departure-date", "valiyev-2023-munir-date"): TWO_DAYS,
}


def siblings(claims: Rows) -> set[tuple[str, str]]:
    """Return the pairs of topics of one event that begin with two equal words and exclude."""
    events = defaultdict(list)
    for row in claims:
        if row["agreement"] != "silent":
            events[row["event_id"]].append(row)
    return {
        tuple(sorted((one["topic"], other["topic"])))
        for rows in events.values()
        for one, other in combinations(rows, 2)
        if one["topic"] != other["topic"]
        and one["topic"].split("-")[:2] == other["topic"].split("-")[:2]
        and (one["attribute"], one["unit"]) == (other["attribute"], other["unit"])
        and exclude(one, other)
    }


def exclude(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two claims give days, or numbers, that have nothing in common."""
    if one["attribute"] == "date":
        days = [parse(row["value_edtf"]) for row in (one, other) if row["value_edtf"]]
        return len(days) == 2 and not days[0].overlaps(days[1])
    bounds = [
        (float(row["value_low"] or -inf), float(row["value_high"] or inf)) for row in (one, other)
    ]
    (low, high), (low_2, high_2) = bounds
    return high < low_2 or high_2 < low


def test_every_pair_of_sibling_topics_that_excludes_is_declared():
    claims = read("claims")
    found, topics = siblings(claims), {row["topic"] for row in claims}
    assert found - set(DECLARED) == set(), "one topic with a ruling, or declared with why"
    assert {topic for pair in DECLARED for topic in pair} - topics == set(), "no claim has it"


def test_a_contradiction_hidden_in_two_topics_is_found():
    first, *rest = (row for row in read("claims") if row["topic"] == "aman-2013-date")
    hidden = first | {"topic": "aman-2013-days", "value_edtf": "2014-03-04/2014-03-08"}
    assert siblings([first, hidden, *rest]) == {("aman-2013-date", "aman-2013-days")}
