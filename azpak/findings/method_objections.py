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
        "The mix of sources is printed, and results are given again without that press "
        "({ref}`method-voices`); one side's press lifts no contested military fact "
        "({ref}`method-confidence`). What befell people of both nations stands in "
        "{ref}`recognition-people`, {ref}`trilateral-war` and {ref}`trilateral-flight`, and each "
        "figure bears the name of who gave it.",
    ),
    (
        "Armenian",
        "The report clears Pakistan of having taken part in the war.",
        "It does not. The charge is called unproven, each statement on it is dated, and what would "
        "settle it is named ({ref}`trilateral-troops`; {ruling}`pakistani-troops-2020`).",
    ),
    (
        "Azerbaijani",
        "That the territories were occupied is law, and not the claim of one side.",
        "The resolutions of the Security Council are told by their wording, with what the parties "
        "argue over in it, and the General Assembly's by its votes ({ref}`recognition-council`, "
        "{ref}`institutions-support`).",
    ),
    (
        "Azerbaijani",
        "The report doubts that our aircraft have come, and makes a partnership small by counting.",
        "The presidency's statement stands beside those of Pakistan that followed it "
        "({ref}`aircraft-september`; {ruling}`jf17-delivered-to-azerbaijan`); what counts cannot "
        "see is in {ref}`method-objections`.",
    ),
    (
        "Pakistani",
        "To call Pakistan the third state to recognise Azerbaijan, and to find no delivery, is "
        "hostile.",
        "The dates and their sources are given, and the report says that the speed of recognition "
        "matters more than its rank ({ref}`recognition-rank`). That no delivery of the trainers "
        "was found is not taken to mean that there was none "
        "({ruling}`super-mushshak-delivery`).",
    ),
    (
        "Pakistani",
        "Pakistan appears as a tool of China or Türkiye, in a proxy contest.",
        "The report says, with sources, which states must agree to a sale, and tells Pakistan's "
        "own choices beside this ({ref}`aircraft-chain`); a proxy contest is one of four "
        "explanations that it names ({ref}`method-schools`).",
    ),
    (
        "Indian",
        "Arms for a state under attack are set equal to arms for the stronger one.",
        "For the arms of both states the report gives dates, sums and status by one rule, and the "
        "size of both budgets. It does not call the two equal ({ref}`trilateral-indian-arms`, "
        "{ref}`realignment-armenia`; {MORE}).",
    ),
    (
        "Indian",
        "Kashmir is told in Pakistan's terms.",
        "No map gives the area a sovereign ({ref}`method-borders`), adjectives are attributed to "
        "those who used them, and the confrontation is told by the accounts of both sides "
        "({ref}`realignment-confrontation`).",
    ),
    (
        "Turkish",
        "A partnership of three is told as if it were a bloc against others.",
        "Axis appears as the word of somebody who is named, and no two closed blocs were found; "
        "the format of the three states is told by its own texts ({ref}`trilateral-format`).",
    ),
    (
        "Iranian and Russian",
        "The states between are left out of a story on their borders.",
        "In part this is so. Iran and Russia appear where they touch the two states, as suppliers "
        "of arms ({ref}`trilateral-arms`) and on the routes ({ROUTES}).",
    ),
    (
        "Quantitative",
        "The events are a convenience sample. Many claims were coded once, and they come from a "
        "press that writes more from year to year.",
        "This is so, and the report says it first ({ref}`method-gathering`, "
        "{ref}`method-accuracy`). Agreement in votes is corrected for chance "
        "({ref}`method-data`); a break in the events counts as a pattern of collection unless a "
        "series that does not come from the press supports it ({TESTED}).",
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
