"""What readers on each side will object, and where the report meets it."""

from __future__ import annotations

import pandas as pd

from azpak.output.table import markup
from azpak.report import Report, finding

__all__ = ["ANSWERS", "SIDES", "answer_rows"]

# Whose objection, the objection, the answer; links to chapters that may still be planned stand
# in braces. All of it is in our words.
ANSWERS = (
    (
        "Armenian",
        "The report leans on Azerbaijan's press and tells the war from Baku.",
        "The mix is printed and the results are given without it ({ref}`method-voices`); one "
        "side's press lifts no contested military fact ({ref}`method-confidence`). What befell "
        "people of both nations stands in {ref}`recognition-people`, {ref}`trilateral-war` and "
        "{ref}`trilateral-flight`, with whose figures they are.",
    ),
    (
        "Armenian",
        "It clears Pakistan of the war.",
        "It does not: the charge is called unproven, each statement is dated, and what would "
        "settle it is named ({ref}`trilateral-troops`; {ruling}`pakistani-troops-2020`).",
    ),
    (
        "Azerbaijani",
        "Occupation is law and not a claim.",
        "The resolutions of the Security Council are told by their wording, with what the parties "
        "argue over in it, and the General Assembly's by its votes ({ref}`recognition-council`, "
        "{ref}`institutions-support`).",
    ),
    (
        "Azerbaijani",
        "It doubts our aircraft and belittles a partnership by counting.",
        "The presidency's statement stands beside those of Pakistan that followed it "
        "({ref}`aircraft-september`; {ruling}`jf17-delivered-to-azerbaijan`); what counts cannot "
        "see is in {ref}`method-objections`.",
    ),
    (
        "Pakistani",
        "Third in rank and no delivery found: that is hostile.",
        "Dates and sources are given, and the speed of recognition is said to matter more "
        "({ref}`recognition-rank`). For the trainers lack of evidence is not taken for evidence "
        "({ruling}`super-mushshak-delivery`).",
    ),
    (
        "Pakistani",
        "Pakistan appears as a tool of China or Türkiye, in a proxy contest.",
        "Who must agree to a sale is sourced, with Pakistan's own choices beside it "
        "({ref}`aircraft-chain`); the contest is one of four explanations "
        "({ref}`method-schools`).",
    ),
    (
        "Indian",
        "Arms for a state under attack are set equal to arms for the stronger one.",
        "Dates, sums and status are given for both by one rule, with the size of both budgets, "
        "and no equivalence is drawn ({ref}`trilateral-indian-arms`, {ref}`realignment-armenia`; "
        "{MORE}).",
    ),
    (
        "Indian",
        "Kashmir is told in Pakistan's terms.",
        "The area has no sovereign on any map ({ref}`method-borders`), adjectives are attributed, "
        "and the confrontation has both accounts side by side ({ref}`realignment-confrontation`).",
    ),
    (
        "Turkish",
        "A partnership of three is told as if it were a bloc against others.",
        "The words axis and bloc appear as somebody's; the format is told by its texts "
        "({ref}`trilateral-format`).",
    ),
    (
        "Iranian and Russian",
        "The states between are left out of a story on their borders.",
        "In part this is so: they appear where they touch the pair, as suppliers "
        "({ref}`trilateral-arms`) and on the routes ({ROUTES}).",
    ),
    (
        "Quantitative",
        "A convenience sample, most of it coded once, from a press that thickens over time.",
        "It is, and the report says so first ({ref}`method-gathering`, {ref}`method-accuracy`). "
        "Agreement in votes is corrected for chance ({ref}`method-data`); a break in the events "
        "counts as a pattern of collection unless a series that does not come from the press "
        "supports it ({TESTED}).",
    ),
)

SIDES = tuple(dict.fromkeys(side for side, *_ in ANSWERS))

LINKS = {
    "{MORE}": ("armenia-india", "Armenia and India"),
    "{ROUTES}": ("geography", "geography"),
    "{TESTED}": ("phases-tested", "the phases tested"),
}


@finding
def answer_rows(report: Report) -> pd.DataFrame:
    """Return the objections with their answers.

    Returns
    -------
    pandas.DataFrame
        ``Side and objection``, ``Answer, and where it is met`` (both markup).
    """
    status = report.table("chapters").set_index("chapter_id")["status"]

    def linked(text: str) -> str:
        for place, (chapter, words) in LINKS.items():
            published = status[chapter] == "published"
            link = f"{{doc}}`{words} <{chapter}>`" if published else f"{words} (planned)"
            text = text.replace(place, link)
        return text

    rows = [
        (markup(f"**{side}.** {objection}"), markup(linked(answer)))
        for side, objection, answer in ANSWERS
    ]
    return pd.DataFrame(rows, columns=["Side and objection", "Answer, and where it is met"])
