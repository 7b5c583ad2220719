"""Lists of events that a person chose: a new event of the kind is listed, or left out with why."""

from __future__ import annotations

import pytest

from azpak.findings import institutions, interlude, lifelines, recognition, trilateral, visits

# What each rule of a list finds and the list leaves out, with the reason.
OF_STATE = "a visit of heads of state; the list has contacts of the armed forces"
CIVIL = "no contact of the armed forces"
OTHERS_TOO = "other states took part; the list has what the three did alone"
NO_MEETING = "no meeting or exercise of the three"
GENERAL = "a general document, not one on defence"
BUNDLE = "papers on civil matters, signed together"
SECTOR = "a paper of firms, agencies or institutes"
MEMBERS = "a body in which the two are two of many members"
UN = "an act of the Security Council"
OTHER_ACT = "not one of the acts that the rank is counted from"
LEFT_OUT = {
    "visits": {},
    "later visits": {},
    "contacts": {
        "1995-baku-documents": CIVIL,
        "1995-leghari-visit-baku": OF_STATE,
        "1996-heydar-aliyev-visit-pakistan": OF_STATE,
        "1996-bhutto-refugee-aid": CIVIL,
        "1996-nine-agreements": CIVIL,
        "1996-pakistan-day-baku": CIVIL,
        "1997-azerbaijan-embassy-islamabad": CIVIL,
        "1997-pakistan-day-baku": CIVIL,
        "1998-pakistan-day-baku": CIVIL,
    },
    "talk": {},
    "format": {
        "2016-anatolian-eagle": OTHERS_TOO,
        "2021-anatolian-21": OTHERS_TOO,
        "2021-kashmir-contact-group": OTHERS_TOO,
        "2022-efes": OTHERS_TOO,
        "2023-indus-shield": OTHERS_TOO,
        "2024-d8-accession": NO_MEETING,
        "2025-pakistan-independence-parade": "a ceremony, in a series of one state's own",
        "2025-victory-parade-baku": "a ceremony, in a series of one state's own",
        "2025-novruzov-proposal": NO_MEETING,
    },
    "defence documents": {
        "1995-baku-documents": GENERAL,
        "1996-nine-agreements": GENERAL,
        "2004-baku-four-agreements": GENERAL,
        "2005-islamabad-six-agreements": GENERAL,
        "2015-strategic-partnership-declaration": GENERAL,
        "2016-baku-joint-declaration": GENERAL,
    },
    "lifelines": {
        "1992-eco-enlargement": MEMBERS,
        "1993-unsc-resolution-822": UN,
        "1993-unsc-resolution-853": UN,
        "1993-unsc-resolution-874": UN,
        "1993-unsc-resolution-884": UN,
        "1995-baku-documents": BUNDLE,
        "1996-nine-agreements": BUNDLE,
        "2004-baku-four-agreements": BUNDLE,
        "2005-islamabad-six-agreements": BUNDLE,
        "2012-joint-unsc-membership": MEMBERS,
        "2022-azercosmos-suparco": SECTOR,
        "2023-socar-lng-framework": SECTOR,
        "2023-issi-idd-memorandum": SECTOR,
        "2024-d8-accession": MEMBERS,
        "2025-socar-fwo-memorandum": SECTOR,
        "2025-eco-khankendi-investment": "an investment that is to be agreed on in detail",
    },
    "recognisers": {
        "1991-pakistan-withholds-recognition-armenia": OTHER_ACT,
        "2025-armenia-pakistan-relations": OTHER_ACT,
    },
}

AGREED = "2002-09-17"  # the agreement of Karachi


def in_chapters(events, *chapters):
    return events[events["chapter"].isin(chapters)]


def of_the_three(events):
    alone = [
        {a for a in actors if a[:4] != "org-"} == {*trilateral.THREE} for actors in events.actors
    ]
    return events[alone]


def between_the_two(events):
    return events[[{"AZE", "PAK"} <= {*actors} for actors in events["actors"]]]


def before_the_agreement(events):
    """Return the events of the interlude, and those of the next chapter before the agreement."""
    near = in_chapters(events, interlude.CHAPTER, "institutions-2002-2016")
    return near[near["start"] < AGREED]


def signed(events):
    return events[events["category"].isin(["agreement", "declaration"])]


RULES = {
    "visits": (
        visits.VISITS,
        lambda events: in_chapters(events[events["category"] == "visit"], *visits.CHAPTERS),
    ),
    "later visits": (
        visits.LATER,
        lambda events: between_the_two(events[events["category"] == "visit"]).query(
            "chapter not in @visits.CHAPTERS"
        ),
    ),
    "contacts": (interlude.CONTACTS, before_the_agreement),
    "talk": (
        institutions.TALK,
        lambda events: in_chapters(events[events["category"] == "arms"], institutions.CHAPTER),
    ),
    "format": (trilateral.FORMAT, of_the_three),
    "defence documents": (
        visits.DEFENCE_DOCUMENTS,
        lambda events: in_chapters(signed(events), *visits.CHAPTERS),
    ),
    "lifelines": (
        [event_id for line in lifelines.LINES.values() for event_id in line.steps],
        lambda events: between_the_two(
            events[
                events["category"].isin(["agreement", "declaration", "institution"])
                | events.index.str.contains("contact-group|consultations|commission|working-group")
            ]
        ),
    ),
    "recognisers": (
        recognition.RECOGNISERS,
        lambda events: events[events["category"] == "recognition"],
    ),
}


def missing(name, events):
    """Return the events that the rule of a list finds, neither listed nor left out for a reason."""
    listed, rule = RULES[name]
    return [
        event_id for event_id in rule(events).index if event_id not in {*listed, *LEFT_OUT[name]}
    ]


@pytest.mark.parametrize("name", RULES)
def test_every_event_of_the_kind_is_listed_or_left_out_for_a_reason(real, name):
    assert missing(name, real.events) == []


@pytest.mark.parametrize("name", RULES)
def test_what_is_left_out_is_of_the_kind_and_not_listed(real, name):
    listed, rule = RULES[name]
    assert {*LEFT_OUT[name]} <= {*rule(real.events).index} - {*listed}


@pytest.mark.parametrize("name", RULES)
def test_an_event_that_nobody_listed_is_found(real, name):
    events = real.events
    like = events.loc[[next(iter(RULES[name][0]))]]
    if name == "visits":
        like = events.loc[["2004-khalafov-visit-islamabad"]]
    elif name == "lifelines":
        like = events.loc[["2025-joint-commission-8"]]
    elif name == "talk":
        like = events.loc[["2004-small-arms-interest"]]
    assert missing(name, like.rename(index=lambda _: "2099-nobody-listed")) == [
        "2099-nobody-listed"
    ]


def test_no_event_falls_in_the_years_that_are_called_silent(real):
    speech, attache = "1998-pakistan-day-baku", "1999-pakistani-attache-abiyev"
    told = [i for i in real.events_of(interlude.CHAPTER).index if i not in (speech, attache)]
    between = [i for i in told if real.day(speech) < real.day(i) < real.day(attache)]
    assert between == []


def test_one_event_stands_between_the_embassy_and_the_silence(real):
    opened, attache = "1997-azerbaijan-embassy-islamabad", "1999-pakistani-attache-abiyev"
    told = real.events_of(interlude.CHAPTER).index
    between = [i for i in told if real.day(opened) < real.day(i) < real.day(attache)]
    assert between == ["1998-pakistan-day-baku"]
