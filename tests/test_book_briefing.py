"""The briefing says on two pages what front page and chapters say, and no word of its own."""

from __future__ import annotations

import re

import pytest
from lxml import html

from azpak import tables
from azpak.book.briefing import WORDS, first_sentences
from azpak.build import book as building
from support import printed
from support.pages import page, words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One is here. Two is there. Three is gone, and far.", "One is here. Two is there."),
        (
            "It costs 4.5 million. J. Smith did. No more than one.",
            "It costs 4.5 million. J. Smith did.",
        ),
        ("Aside (not here. Or so) it is one. Two are more.", "Aside it is one. Two are more."),
        (
            "A first sentence of more words than fit stays. Two.",
            "A first sentence of more words than fit stays.",
        ),
        ("Only one.", "Only one."),
    ],
)
def test_the_first_sentences_end_where_sentences_end(text, shown):
    assert first_sentences(text, 8) == shown
    assert first_sentences(text, WORDS).startswith(shown)


def test_every_chapter_of_narrative_and_analysis_is_told_in_its_own_words(site):
    chapters = tables.load("chapters").query("kind in ('narrative', 'analysis')")
    told = page(site, "briefing").xpath("//section[@id='briefing-chapters']//li")
    assert len(told) == len(chapters)
    for name, entry in zip(chapters["chapter_id"], told, strict=True):
        (title,) = entry.xpath(".//a")
        assert title.get("href") == f"{name}.html"
        said = entry.text_content().removeprefix(title.text_content()).lstrip(". ")
        brief = page(site, name).xpath("//section[./span[contains(@id,'-brief')]]/p")[0]
        start = " ".join(re.sub(r"\s\([^()]*\)", "", brief.text_content()).split())
        assert bare(start).startswith(bare(said)[:60]), name


def test_answer_states_and_milestones_are_those_of_the_front_page(site):
    root = page(site, "briefing")
    front = html.parse(str(site / "index.html")).getroot()
    (answer,) = front.xpath("//div[contains(@class,'front-answer')]/p")
    assert bare(answer.text_content()) in bare(root.xpath("//article")[0].text_content())
    states = front.xpath("//div[contains(@class,'front-states')]//dt")
    assert [words(d) for d in root.xpath("//article//dt")] == [words(d) for d in states]
    listed = front.xpath("//ul[contains(@class,'milestones')]/li")
    shown = root.xpath("//section[@id='briefing-milestones']//li")
    assert len(shown) == len(listed) > 8
    for here, there in zip(shown, listed, strict=True):
        assert bare(here.text_content()) == bare(there.text_content())


def bare(text: str) -> str:
    """Return a text without spaces and signs."""
    return re.sub(r"\W", "", text)


def test_no_key_of_a_source_stands_in_the_briefing(site):
    text = page(site, "briefing").xpath("//article")[0].text_content()
    assert [key for key in tables.load("sources")["source_id"] if f" {key}" in text] == []
    assert "?." not in text and " ." not in text


def test_the_briefing_is_two_pages_in_print(site):
    path = site / "chapters" / "briefing.pdf"
    if not path.is_file():
        building.main(["pdf"])
    assert len(list(printed.sheets(path))) == 2
