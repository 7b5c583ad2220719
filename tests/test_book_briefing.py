"""The briefing says on two pages what front page and chapters say, and no word of its own."""

from __future__ import annotations

import pytest
from lxml import html

from azpak import tables
from azpak.book.briefing import SENTENCES, first_sentences
from azpak.build import book as building
from support import printed
from support.pages import page, words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One is here. Two is there. Three is gone.", "One is here. Two is there."),
        ("It costs 4.5 million. J. Smith did. No more.", "It costs 4.5 million. J. Smith did."),
        ("Aside (not here. Or so) it is one. Two.", "Aside it is one. Two."),
        ("Only one.", "Only one."),
    ],
)
def test_the_first_sentences_end_where_sentences_end(text, shown):
    assert SENTENCES == 2
    assert first_sentences(text) == shown


def test_every_chapter_of_narrative_and_analysis_is_told_in_its_own_words(site):
    chapters = tables.load("chapters").query("kind in ('narrative', 'analysis')")
    told = page(site, "briefing").xpath("//section[@id='briefing-chapters']//li")
    assert len(told) == len(chapters)
    for name, entry in zip(chapters["chapter_id"], told, strict=True):
        (title,) = entry.xpath(".//a/@href")
        assert title == f"{name}.html"
        own = words(page(site, name).xpath("//section[.//span[contains(@id,'-brief')]]//p")[0])
        last = words(entry).rsplit(". ", 1)[-1]
        assert len(last.split()) > 3
        assert last.split()[0] in own


def test_answer_states_and_milestones_are_those_of_the_front_page(site):
    root = page(site, "briefing")
    front = html.parse(str(site / "index.html")).getroot()
    (answer,) = front.xpath("//div[contains(@class,'front-answer')]/p")
    assert words(answer) in words(root.xpath("//article")[0])
    states = front.xpath("//div[contains(@class,'front-states')]//dt")
    assert [words(d) for d in root.xpath("//article//dt")] == [words(d) for d in states]
    listed = front.xpath("//ul[contains(@class,'milestones')]/li")
    shown = root.xpath("//section[@id='briefing-milestones']//li")
    assert [words(item) for item in shown] == [words(item) for item in listed]


def test_the_briefing_is_two_pages_in_print(site):
    path = site / "chapters" / "briefing.pdf"
    if not path.is_file():
        building.main(["pdf"])
    assert len(list(printed.sheets(path))) == 2
