"""What the findings on the votes that concern the conflict promise."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.errors import DataError
from azpak.findings import votes_by_question as by_question
from azpak.findings import votes_on_conflict as conflict
from azpak.findings.votes import PAIR
from support.mini import MiniPackage
from support.rows import with_frames
from support.votes import BORNE, cast

ACTORS = [
    {"actor_id": code, "kind": "state", "name": name, "short_name": name}
    for code, name in (
        ("AZE", "Azerbaijan"), ("PAK", "Pakistan"), ("ARM", "Armenia"), ("IND", "India"),
        ("KAZ", "Kazakhstan"), ("UKR", "Ukraine"),
    )
]  # fmt: skip


def key(vote: str, state: str, kind: str = "procedural motion", **more: str) -> dict[str, str]:
    return {"date": "1997-11", "rcid": "9", "resolution": "A/RES/52/22", "subject": "A motion",
            "kind": kind, "iso3": state, "vote": vote, **BORNE} | more  # fmt: skip


ADOPTED = {"kind": "resolution adopted", "resolution": conflict.CONFLICT, "date": "2008-03-14",
           "tally": "39-7-100", "rcid": "1"}  # fmt: skip


def test_motions_count_once_for_all_states(of):
    rows = [key("no", s, rcid=r, date=d) for s in PAIR for r, d in (("8", "1998"), ("9", "1997"))]
    found = conflict.motions(of(unga_key_votes=rows))
    assert (found.n, found.first.text, found.last.text) == (2, "1997", "1998")


@pytest.mark.parametrize("vote", ["yes", "absent"])
def test_a_motion_on_which_the_two_part_is_refused(of, vote):
    with pytest.raises(DataError, match="did not vote against every motion"):
        conflict.motions(of(unga_key_votes=[key("no", "AZE"), key(vote, "PAK")]))


def test_a_resolution_and_its_tally(of):
    report = of(unga_key_votes=[key("yes", "AZE", **ADOPTED)])
    found = conflict.resolution(report)
    assert (found.number, found.yes, found.no, found.abstained) == ("62/243", 39, 7, 100)
    with pytest.raises(DataError, match=r"no votes on this resolution.*68/262"):
        conflict.resolution(report, conflict.UKRAINE)


def clause(month: str, word: str) -> list[dict[str, str]]:
    return cast(month, word, resolution=conflict.OSCE[0], whole="false")


def test_clauses_by_month_and_on_how_many_india_abstained(of):
    calls = clause("2002-12", "yyyyan") + clause("1998-12", "yyyyyn") + clause("2001-12", "yyyyan")
    report = of(unga_rollcalls=[*calls, *cast("1999-01", "yy")], actors=ACTORS)
    assert conflict.clauses(report)["month"].tolist() == ["1998-12", "2001-12", "2002-12"]
    assert conflict.india_abstained(report) == 2
    rows = conflict.clause_rows(report)
    assert rows["Vote"].iloc[0] == "A/RES/51/57, December 1998"
    assert rows[["Yes", "Abstained", "No"]].to_numpy().tolist() == [
        ["5", None, "Armenia"], ["4", "India", "Armenia"], ["4", "India", "Armenia"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "message"),
    [("yayyyn", "did not both vote for every clause"), ("yyyynn", "Armenia is not the only one"),
     ("yyyyyy", "Armenia is not the only one")],
)  # fmt: skip
def test_a_clause_that_says_otherwise_is_refused(of, word, message):
    with pytest.raises(DataError, match=message):
        conflict.clauses(of(unga_rollcalls=clause("1998-12", word)))


@pytest.mark.parametrize("words", [("yyyyan", "yyyyyn"), ("yyyyyn", "yyyyyn")])
def test_india_abstains_on_the_last_clauses_or_the_sentence_is_refused(of, words):
    calls = [*clause("1998-12", words[0]), *clause("2002-12", words[1])]
    with pytest.raises(DataError, match="are not the last ones"):
        conflict.india_abstained(of(unga_rollcalls=calls))


def test_key_votes_list_the_states_of_the_report_first(of):
    votes_cast = [("no", "IND"), ("no", "UKR"), ("no", "PAK"), ("yes", "ARM"), ("absent", "KAZ"),
                  ("no", "AZE")]  # fmt: skip
    rows = conflict.key_rows(of(unga_key_votes=[key(*vote) for vote in votes_cast], actors=ACTORS))
    assert rows.to_dict("records") == [
        {"Question": "A/RES/52/22, procedural motion, November 1997", "Yes": "Armenia",
         "No": "Azerbaijan, Pakistan, India and Ukraine", "Abstained": None,
         "No vote": "Kazakhstan"},
    ]  # fmt: skip


def released(of, mini: MiniPackage, word: str) -> Report:
    """Return a report in which the data set has a word for Pakistan's vote, and the truth is yes.

    Two votes of 2008, the second on the conflict; one of 1995.
    """
    claim = mini.rows["claims"][0] | {"claim_id": conflict.AS_RELEASED, "value_norm": word}
    calls = cast("2008-01", "yn", rollcall_id="5") + cast("2008-03", "yy", rollcall_id="1")
    return of(
        unga_key_votes=[key("yes", "PAK", **ADOPTED)],
        unga_rollcalls=[*calls, *cast("1995-01", "yy", rollcall_id="7")],
        claims=[*mini.rows["claims"], claim],
    )


def test_the_correction_moves_one_vote_in_every_span_that_holds_it(of, mini):
    rows = conflict.correction(released(of, mini, "abstained"))
    assert rows["period"].tolist() == ["2008/2008", "2000/2009", "1992/2024"]
    assert rows["n_votes"].tolist() == [2, 2, 3]
    assert rows["n_same"].tolist() == [1, 1, 2]
    assert (rows["n_same"] - rows["n_same_released"]).tolist() == [1, 1, 1]
    assert rows["s_index_released"].tolist() == [0.25, 0.25, 0.5]  # 1 - (1 + 2) / 2 / 2


@pytest.mark.parametrize("word", ["in favour", "somehow"])
def test_a_correction_that_corrects_nothing_is_refused(of, mini, word):
    with pytest.raises(DataError, match=f"no vote, or the one that the roll calls have.*{word}"):
        conflict.correction(released(of, mini, word))


# The rows as they stand in the data


def test_key_votes_agree_with_the_roll_calls(real):
    words = {"y": "yes", "n": "no", "a": "abstain", "-": "absent"}
    calls = real.table("unga_rollcalls").set_index("rollcall_id")
    for row in real.table("unga_key_votes").itertuples():
        if row.iso3 in calls.columns:
            assert words[calls.loc[row.rcid, row.iso3]] == row.vote, (row.rcid, row.iso3)


def test_pakistan_voted_for_resolution_62_243(real):
    vote = real.table("unga_rollcalls").set_index("resolution").loc["R/62/243"]
    assert (vote["AZE"], vote["PAK"], vote["TUR"], vote["ARM"]) == ("y", "y", "y", "n")


# By question.


def test_the_votes_on_the_conflict_stand_by_date_and_the_one_on_ukraine_last(real):
    rows = by_question.questions(real)
    calls = rows.drop_duplicates("rollcall_id")
    assert calls["kind"].tolist()[:4] == ["motion", "clause", "motion", "clause"]
    assert calls["on_conflict"].tolist() == [True] * (len(calls) - 1) + [False]
    assert calls["resolution"].iloc[-1] == conflict.UKRAINE
    assert calls["date"].iloc[:-1].is_monotonic_increasing
    assert (rows.groupby("rollcall_id").size() == len(by_question.STATES)).all()


def test_a_vote_stands_to_azerbaijans_and_not_to_yes(real):
    rows = by_question.questions(real)
    side = rows[rows["kind"] == "motion"].set_index(["date", "state"])["side"]
    assert side["1997-11", "ARM"] == by_question.AGAINST  # it voted yes
    assert side["1998-12", "IND"] == by_question.WITH  # it voted no
    assert side["1997-11", "IND"] == by_question.ABSTAINED


def test_how_often_a_state_voted_with_azerbaijan(real):
    found = by_question.together(real)
    assert (found.n_with, found.n, found.lowest) == (9, 9, "nuclear weapons")
    assert by_question.together(real, "ARM").n_with == 0
    assert by_question.always_with(real) == ("PAK", "TUR")


def test_who_always_voted_with_azerbaijan_is_refused_where_another_did(real):
    cast = real.table("unga_key_votes")
    other = (cast["resolution"] == conflict.CONFLICT) & (cast["iso3"] == "TUR")
    changed = with_frames(unga_key_votes=cast.assign(vote=cast["vote"].mask(other, "abstain")))
    with pytest.raises(AssertionError, match="with Azerbaijan each time voted PAK"):
        by_question.always_with(changed)


def test_a_subject_without_a_row_for_each_state_is_refused(real):
    rows = real.table("unga_issue_agreement")
    fewer = rows[~((rows["issue"] == "hr") & (rows["country_b"] == "IND"))]
    with pytest.raises(DataError, match="not one row for each subject and state"):
        by_question.by_state(with_frames(unga_issue_agreement=fewer))
