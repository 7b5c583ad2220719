"""The pages of a tiny book: anchors, escaping, links, citation tags, the same bytes twice."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from azpak import tables
from azpak.book import bibliography, chronology, glossary, ledger
from azpak.evidence import Evidence
from support.book_project import ROOT
from support.pages import page, pages, words


def test_an_event_role_prints_the_date_and_links_to_the_chronology(book):
    text = page(book, "told-2001-2002").text_content()
    assert "on 3 February 2001, the deal in 2002 (September 2002 (date uncertain))" in text
    links = page(book, "told-2001-2002").xpath("//a[@href='chronology.html#event-2001-visit']")
    assert links


def test_ruling_claim_and_place_roles_print_their_rows(book):
    text = " ".join(page(book, "told-2001-2002").text_content().split())
    ruled = "the sources differ on the day of the visit; how we decided, says Ann Author"
    assert f"{ruled}, 3 February 2001, at Xocalı (English: Khojaly; Armenian: Khojalu)" in text


def test_every_event_claim_and_source_has_its_anchor(book):
    ids = set(page(book, "chronology").xpath("//@id")) | set(page(book, "sources").xpath("//@id"))
    assert {"event-2001-visit", "event-2002-deal", "claim-visit-1", "claim-visit-2",
            "source-alpha2001", "source-beta2002", "source-gamma2002"} <= ids  # fmt: skip


def test_the_anchor_of_a_withdrawn_event_leads_to_the_one_that_replaces_it(book):
    (entry,) = page(book, "chronology").xpath(
        "//article[contains(@class,'event')][.//*[@id='event-2001-trip']]"
    )
    assert "A visit" in entry.text_content()


def test_a_withdrawn_event_that_nothing_replaces_keeps_its_address(book):
    (line,) = page(book, "chronology").xpath("//*[@id='event-2001-tale']")
    assert "This entry was withdrawn. It was of another state." in line.text_content()


def test_a_ruling_is_anchored_once_in_the_whole_book_and_always_in_the_ledger(book):
    for ruling in ("visit-day", "deal-sum"):
        anchored = f"//*[@id='ruling-{ruling}']"
        found = [p.name for p in pages(book) if html.parse(str(p)).xpath(anchored)]
        assert found == ["contradictions.html"]


def test_the_ledger_says_who_said_what_and_what_would_settle_it(book):
    (box,) = page(book, "contradictions").xpath("//*[@id='ruling-visit-day']")
    text = words(box)
    for said in ("Says the 3rd.", "Says <b>the 4th</b>.", "Reading preferred The 3rd.",
                 "A contemporary account goes before a later one", "Reason Written then.",
                 "Certainty Medium", "What would settle it The diary."):  # fmt: skip
        assert said in text
    assert box.xpath(".//a[@href='chronology.html#event-2001-visit']")
    assert box.xpath(".//a[@href='told-2001-2002.html#disagree-visit-day']")


def test_the_ledger_and_the_glossary_have_a_section_for_every_kind():
    def enum(table: str) -> set[str]:
        fields = tables.resource(table)["schema"]["fields"]
        return set(next(f for f in fields if f["name"] == "kind")["constraints"]["enum"])

    assert ledger.KINDS.keys() == enum("rulings")
    assert {*glossary.KINDS, glossary.ABBREVIATION} == enum("glossary")


def test_the_ledger_counts_its_rulings_by_kind(book):
    root = page(book, "contradictions")
    rows = root.xpath("//table[contains(@class,'counts')]/tbody/tr")
    assert [[" ".join(c.text_content().split()) for c in row] for row in rows] == [
        ["Dates", "1", "0", "1"],
        ["Prices", "0", "1", "1"],
    ]
    assert "1 prefer a reading and 1 leave the question open" in root.text_content()


def test_a_ruling_role_leads_to_the_box_on_its_page_or_else_to_the_ledger(book):
    home, here = "contradictions.html#ruling-visit-day", "#disagree-visit-day"
    label = "//p//a[.='sources differ on the day of the visit; how we decided']"
    assert page(book, "start").xpath(f"{label}/@href") == [home]
    assert page(book, "told-2001-2002").xpath(f"{label}/@href") == [here]
    (question,) = page(book, "start").xpath(f"{label}/@title")
    assert question == "On which day was the <u>visit</u>?"
    assert page(book, "told-2001-2002").xpath(f"//*[@id='disagree-visit-day']//a[@href='{home}']")


def test_a_chapter_says_what_of_its_evidence_remains_without_each_stance(book):
    evidence = Evidence.load(book.parents[1] / "data")
    (box,) = page(book, "told-2001-2002").xpath("//aside[contains(@class,'support')]")
    graded = evidence.event_table()
    text = " ".join(box.text_content().split())
    carried = round(evidence.share_two_groups() * len(graded))
    assert f"Of {len(graded)} events, {carried} ({100 * carried // len(graded)}%)" in text
    levels = graded["confidence"].value_counts()
    shown = ", ".join(f"{levels.get(level, 0)} {level}" for level in ("high", "medium", "low"))
    assert f"Confidence: {shown}." in text
    stances = {"Nothing": "", "Close to the Azerbaijani state": "azerbaijani-state-aligned",
               "Close to the Pakistani state": "pakistani-state-aligned",
               "Close to no state": "independent"}  # fmt: skip
    rows = {row[0].text_content(): [int(c.text_content()) for c in row[1:]]
            for row in box.xpath(".//tbody/tr")}  # fmt: skip
    assert rows.keys() == stances.keys()
    for name, stance in stances.items():
        rest = (evidence.without_stance(stance) if stance else evidence).event_table()
        assert rows[name] == [
            (rest["n_groups"] >= 1).sum(),
            (rest["n_groups"] >= 2).sum(),
            (rest["confidence_computed"] == "high").sum(),
        ]


def test_the_chronology_counts_groups_and_prints_no_ids_of_them(book):
    (entry,) = page(book, "chronology").xpath("//article[@id='event-2001-visit']")
    (facts,) = entry.xpath(".//p[@class='event-facts']")
    assert words(entry.xpath(".//summary")[0]).startswith("medium confidence 1 source;")
    assert facts.text_content().startswith("Visits; Xocalı. One separate origin. Record")


@pytest.mark.parametrize(
    ("why", "brief"),
    [
        ("two separate origins: dawn, trend-2", "two separate origins"),
        ("one separate origin: dawn, in retrospect only",
         "one separate origin, in retrospect only"),
        ("the document itself is the act: un2008; one separate origin: un; at most medium, "
         "because a contradiction is unresolved (vote-day, vote)",
         "the document itself is the act; one separate origin; at most medium, "
         "because a contradiction is unresolved"),
        ("set by the editor: Seen: by one, or two (computed: high, two separate origins: a, b)",
         "set by the editor: Seen: by one, or two (computed: high, two separate origins)"),
    ],
)  # fmt: skip
def test_the_reason_of_a_grade_is_printed_without_ids(why, brief):
    assert chronology.in_brief(why) == brief


def test_every_term_has_its_anchor_and_abbreviations_lead_to_what_explains_them(book):
    ids = set(page(book, "glossary").xpath("//@id"))
    assert {"term-nations", "term-shusha", "term-khojaly", "term-leader"} <= ids
    (item,) = page(book, "lists").xpath("//*[@id='term-un']/following-sibling::dd[1]")
    assert item.text_content().strip() == "United <b>Nations</b>. See United Nations."
    assert item.xpath(".//a/@href") == ["glossary.html#term-nations"]


def test_the_glossary_prints_variants_offices_dates_and_administrators(book):
    text = words(page(book, "glossary"))
    assert "Şuşa also Shusha; Shushi" in text
    assert "President of Azerbaijan (attested October 1995 to October 2002)" in text
    assert "Founded 24 October 1945" in text
    assert "Sovereign Azerbaijan Administered by AZE since 2023" in text


def test_term_and_place_roles_lead_to_the_glossary(book):
    links = page(book, "start").xpath("//p//a[contains(@href,'#term-')]")
    assert [(a.text_content(), a.get("href")) for a in links] == [
        ("A. Leader", "glossary.html#term-leader"),
        ("the body", "glossary.html#term-nations"),
        ("UN", "lists.html#term-un"),
    ]
    (place,) = page(book, "told-2001-2002").xpath("//p//a[@href='glossary.html#term-khojaly']")
    assert place.text_content() == "Xocalı (English: Khojaly; Armenian: Khojalu)"


def test_the_reuse_page_prints_terms_pins_and_what_was_executed(book):
    root = page(book, "reuse")
    text = " ".join(root.text_content().split())
    assert "AZPAK contributors (2026)." in text and "@techreport{azpak2026," in text
    rows = {" ".join(r[0].text_content().split()): [c.text_content().strip() for c in r[1:]]
            for r in root.xpath("//tbody/tr")}  # fmt: skip
    assert rows["Told, 2001-2002"] == ["3", "yes"]
    assert "Chronology" not in rows  # it holds no code
    assert rows["Events"] == ["events.csv", "Creative Commons Attribution 4.0"]
    assert rows["Military expenditure (SIPRI)"][1].startswith("SIPRI terms: fair use")
    pin = re.search(r"^jupyter-book==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert rows["jupyter-book"] == [pin[1]]


def test_bodies_are_not_split_into_family_and_given_names():
    names = {"Human Rights Watch/Helsinki", "Wikipedia contributors", "Daily Pakistan",
             "PA-X Peace Agreements Database", "azerbaijan.az portal", "RFE/RL"}  # fmt: skip
    for name in names:
        assert bibliography.authors({"author": name}) == "{" + name + "}"
    persons = bibliography.authors({"author": "Brett Ashley Leeds, N. S. Niyazov"})
    assert persons == "Brett Ashley Leeds and N. S. Niyazov"


def test_the_chronology_links_back_to_the_sentences_that_use_an_event(book):
    (entry,) = page(book, "chronology").xpath("//article[@id='event-2001-visit']")
    hrefs = entry.xpath(".//p[contains(@class,'event-uses')]//a/@href")
    assert hrefs == ["start.html#use-2001-visit-1", "told-2001-2002.html#use-2001-visit-1"]


def test_text_from_data_is_shown_and_not_run(book):
    for path in pages(book):
        root = html.parse(str(path)).getroot()
        article = root.xpath("//article[contains(@class,'bd-article')]")
        for found in article:
            assert not found.xpath(".//script"), path
            assert not found.xpath(".//*[@onerror]"), path
            assert not found.xpath(".//b | .//u"), path
    text = page(book, "chronology").text_content()
    assert "A visit <script>alert(1)</script>" in text
    assert "<img src=x onerror=alert(2)>, *stars* and {event}`x`" in text
    assert "First & foremost {braced} 50% <b>bold</b>" in page(book, "sources").text_content()
    references = page(book, "told-2001-2002").text_content()
    assert "Ann Author (2001). First & foremost (braced) 50% <b>bold</b>. Alpha" in references


def test_every_internal_link_lands(book):
    ids = {path: set(html.parse(str(path)).xpath("//@id")) for path in pages(book)}
    for path in pages(book):
        for href in html.parse(str(path)).xpath("//a/@href | //link/@href | //img/@src"):
            parts = urlsplit(href)
            if parts.scheme or not href.strip("#"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name}: {href}"
            if parts.fragment and target.suffix == ".html":
                assert unquote(parts.fragment) in ids[target], f"{path.name}: {href}"


def test_ids_are_unique_on_each_page(book):
    for path in pages(book):
        ids = html.parse(str(path)).xpath("//@id")
        assert len(ids) == len(set(ids)), f"{path}: {[i for i in ids if ids.count(i) > 1]}"


def test_no_page_asks_another_host_for_anything(book):
    for path in pages(book):
        root = html.parse(str(path)).getroot()
        asked = root.xpath("//script/@src | //img/@src | //iframe/@src | //source/@src")
        asked += root.xpath("//link[not(@rel='canonical')]/@href")
        assert not [a for a in asked if re.match(r"(https?:)?//", a)], path
        assert "fontawesome.js" not in path.read_text() and "thebe" not in path.read_text()
    for path in (book / "_static").glob("*.css"):
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", path.read_text()), path


def test_no_cell_of_a_table_head_is_empty(book):
    for path in pages(book):
        heads = html.parse(str(path)).xpath("//th")
        assert all(cell.text_content().strip() for cell in heads), path


def test_no_heading_level_is_skipped(book):
    for path in (book / "chapters").glob("*.html"):
        headings = html.parse(str(path)).xpath("//article//*[self::h1 or self::h2 or self::h3]")
        levels = [int(h.tag[1]) for h in headings]
        assert all(b <= a + 1 for a, b in pairwise(levels)), path


def test_the_book_opens_with_a_proper_page(book):
    text = (book / "index.html").read_text()
    root = html.document_fromstring(text)
    assert root.get("lang") == "en" and root.findtext(".//title")
    assert "url=chapters/start.html" in root.xpath("//meta[@http-equiv='refresh']/@content")[0]
    assert root.xpath("//a/@href") == ["chapters/start.html"]


def test_the_footer_names_version_data_date_and_cutoff(book):
    footer = page(book, "start").xpath("//*[@class='report-footer']")[0].text_content()
    assert "Version 2026.12" in footer and "28 November 2026" in footer
    assert "September 2002" in footer


def test_a_chapter_has_citation_tags_and_an_appendix_has_none(book):
    tags = page(book, "told-2001-2002").xpath("//meta[starts-with(@name,'citation_')]")
    found = {tag.get("name"): tag.get("content") for tag in tags}
    assert found["citation_title"] == "Told, 2001-2002"
    assert found["citation_author"] == "AZPAK contributors,"  # which keeps it one name
    assert found["citation_publication_date"] == "2026/11/28"
    assert not page(book, "chronology").xpath("//meta[starts-with(@name,'citation_')]")


def test_what_is_not_known_of_the_publication_is_left_out(book):
    for path in pages(book):
        assert "doi.org" not in path.read_text(), path
        assert "executablebooks" not in path.read_text(), path
    bib = (book / "_downloads" / "cite" / "told-2001-2002.bib").read_text()
    assert "doi" not in bib and "url" not in bib


def test_two_builds_in_different_folders_give_the_same_bytes(books):
    one, other = ({p.relative_to(b.site): p.read_bytes() for p in b.site.rglob("*") if p.is_file()}
                  for b in books)  # fmt: skip
    assert one.keys() == other.keys()
    assert not [str(path) for path in one if one[path] != other[path]]
