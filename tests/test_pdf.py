"""Promises of the printed report and its chapters, on a site of three pages."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from lxml import html

from azpak import pdf
from azpak.errors import ReportError
from azpak.pdf import fonts, landing, letters, links, pages, tables
from azpak.pdf.book import Entry, read_book
from azpak.pdf.places import FIRST
from support import printed
from support.printed_site import ALT, MARKS, NAMES, make_site

MARGIN = 51  # points: the narrowest margin of a sheet


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    make_site(folder)
    pdf.write_all(folder / "html", folder)
    return folder


@pytest.fixture(scope="module")
def report(project) -> Path:
    return project / "html" / "report.pdf"


@pytest.fixture(scope="module")
def first(project) -> Path:
    return project / "html" / "chapters" / "first.pdf"


@pytest.fixture(scope="module")
def sheets(report) -> list[str]:
    return printed.sheets(report)


@pytest.fixture(scope="module")
def joined(project) -> list:
    site = project / "html"
    sections = [pages.read_page(site, entry) for entry in read_book(project).entries]
    links.join(sections)
    return sections


def test_the_cover_says_what_it_is_and_invents_nothing(sheets):
    cover = " ".join(sheets[0].split())
    assert "A Title A Subtitle AZPAK contributors" in cover
    assert "Data as of 28 November 2026" in cover
    assert "CC BY 4.0" in cover
    assert "doi" not in cover.lower() and "http" not in cover


@pytest.mark.parametrize("heading", ["First page", "The facts", "Second page", "A place"])
def test_the_contents_name_the_page_on_which_each_section_stands(sheets, heading):
    contents = sheets[1]
    number = int(re.search(rf"{heading}[ .]+(\d+)", contents).group(1))
    assert re.search(rf"^ *{heading}$", sheets[number - 1], re.MULTILINE)


def test_parts_stand_in_contents_and_bookmarks(report, sheets):
    assert re.search("narrative", sheets[1], re.IGNORECASE)
    found = [(title, level) for title, level, *_ in printed.bookmarks(report)]
    below_parts = [("Narrative", 0), ("Second page", 1), ("A place", 2)]
    assert found[:3] == [("Contents", 0), ("First page", 0), ("The facts", 1)]
    assert [mark for mark in found if mark in below_parts] == below_parts


def test_running_heads_name_the_chapter(report):
    heads = {}
    for number, found in printed.pieces(report):
        heads[number] = max(found, key=lambda piece: piece.top).text
    rights = [heads[n] for n in heads if n % 2 and n > 4]
    assert "Second page" in rights
    assert "A Title: A Subtitle" in [heads[n] for n in heads if n % 2 == 0]


def test_no_anchor_stands_twice(joined):
    anchors = [e.get("id") for section in joined for e in section.xpath(".//*[@id] | .")]
    assert not [anchor for anchor, times in Counter(anchors).items() if times > 1]


def test_every_internal_link_lands(joined):
    anchors = {e.get("id") for section in joined for e in section.xpath(".//*[@id] | .")}
    targets = [a.get("href") for section in joined for a in section.xpath(".//a[@href]")]
    internal = {target[1:] for target in targets if target.startswith("#")}
    assert internal == {
        "chapters-second--place", "chapters-first--facts", "chapters-second--tbl",
        "chapters-third--source-b_c",
    }  # fmt: skip
    assert internal <= anchors


def test_links_land_in_the_file_too(report):
    addresses, places = printed.links(report)
    assert addresses == {"https://example.org/a"}
    assert len(places) >= 4  # contents and text


@pytest.mark.parametrize("name", ["report", "chapters/first", "chapters/second"])
def test_a_link_says_the_sheet_to_which_it_leads(project, name):
    path = project / "html" / f"{name}.pdf"
    width, height = printed.size(path)
    for called, sheet, left, up in printed.landings(path):
        assert re.fullmatch(rf"(Section, )?page {sheet}|(Footnote )?[12]", called)
        assert 0 <= left <= width and 0 <= up <= height


def test_a_link_leads_to_what_it_names(report):
    leads = {(sheet, round(up)) for _, sheet, _, up in printed.landings(report)}
    for shown in ("Repeated head", "A source, 2001", "A place"):
        tops = [
            (sheet, p.top) for sheet, found in printed.pieces(report) if sheet > 2
            for p in found if shown in p.text
        ]  # fmt: skip
        sheet, top = tops[0]
        assert any(s == sheet and top <= up <= top + 16 for s, up in leads), shown


def test_a_link_to_an_anchor_that_is_not_in_the_file_is_one_clear_line(report):
    with pikepdf.open(report) as file:
        page = file.pages[1].obj
        page.Annots[0].Dest = file.make_indirect(
            pikepdf.Array([page, pikepdf.Name.XYZ, FIRST, 0, 0])
        )
        with pytest.raises(ReportError, match=r"not in the file.*nowhere"):
            landing.land(file, {"nowhere": FIRST}, [])


def test_a_link_to_what_is_not_printed_is_plain_text(joined):
    assert "what is not printed" in joined[0].text_content()
    assert not joined[0].xpath(".//a[contains(., 'not printed')]")


def test_downloads_are_plain_text_without_an_address(joined):
    assert "events.csv" in joined[0].text_content()
    assert not joined[0].xpath(".//a[contains(., 'events.csv')]")
    assert "Download" not in joined[0].text_content()


def test_downloads_lead_to_the_address_where_there_is_one(project):
    section = pages.read_page(project / "html", Entry("chapters/first"))
    links.join([section], "https://example.org/report")
    found = section.xpath(".//a[contains(., 'events.csv')]/@href")
    assert found == ["https://example.org/report/_downloads/data/events.csv"]


def test_screen_furniture_and_code_cells_are_not_printed(sheets):
    text = "".join(sheets)
    for unwanted in ("secret", "Show code", "print()", "Side bar", "Next page", "As PDF", "#\n"):
        assert unwanted not in text


def test_a_footnote_stands_at_the_foot_of_its_page(sheets):
    sheet = next(s for s in sheets if "A note" in s)
    assert sheet.index("The facts") < sheet.index("What the note says.")


def test_marks_of_typst_in_a_text_are_text(report):
    assert MARKS in printed.flat(report)


def test_the_file_is_tagged_in_its_language_and_pdf_ua_is_claimed(report, first):
    import pikepdf

    for path, title in (
        (report, "A Title: A Subtitle"),
        (first, "First page – A Title: A Subtitle"),
    ):
        with pikepdf.open(path) as file:
            assert file.Root.MarkInfo.Marked
            assert file.Root.Lang == "en"
            assert file.Root.ViewerPreferences.DisplayDocTitle
            assert file.docinfo["/Title"] == title
            assert file.docinfo["/Author"] == "AZPAK contributors"
            assert file.open_metadata()["pdfuaid:part"] == "1"


def test_the_only_image_has_its_alternative_text(report, first):
    for path in (report, first):
        assert [e.alt for e in printed.tree(path) if e.kind == "Figure"] == [ALT]


def test_an_image_without_an_alternative_text_is_one_clear_line(tmp_path):
    page = make_site(tmp_path) / "chapters" / "first.html"
    page.write_text(page.read_text().replace(ALT, " "))
    with pytest.raises(ReportError, match=r"first: the image has no alternative .*square\.svg"):
        pdf.write_all(tmp_path / "html", tmp_path)
    assert not list(tmp_path.rglob("*.pdf"))


def test_only_the_shipped_fonts_are_embedded(report):
    found = printed.fonts(report)
    assert found and all(found.values())
    assert set(found) <= {face.stem for face in fonts.faces()}


def test_every_name_can_be_read_in_every_style_and_script(report):
    text = printed.flat(report)
    assert text.count(NAMES) >= 6
    assert "Արցախ" in text
    assert {"NotoSansDevanagari-Regular", "NotoNaskhArabic-Regular"} <= set(printed.fonts(report))


def test_a_table_repeats_its_head_on_each_page(sheets):
    with_rows = [sheet for sheet in sheets if re.search(r"Row \d", sheet)]
    assert len(with_rows) > 1
    assert all(sheet.count("Repeated head") == 1 for sheet in with_rows)


def test_a_cell_that_is_longer_than_a_page_is_printed_to_its_end(report):
    text = printed.flat(report)
    assert text.count("goes") == 700
    assert "And ends." in text


def test_nothing_is_cut_at_the_margin_and_no_text_stands_over_another(report, project):
    for path in (report, *pdf.chapter_files(project / "html", project)):
        width, _ = printed.size(path)
        for number, found in printed.pieces(path):
            assert max(piece.right for piece in found) <= width - MARGIN
            assert printed.overlaps(found) == [], (path.name, number)


def test_columns_are_as_wide_as_their_longest_word_and_fill_the_sheet_at_most():
    short, long = tables.Cell(3, 3, 3), tables.Cell(9, 80, 80)
    wide, size = tables.fitted([[short, long], [long, short]], 2, 453, 8.4, 4.6)
    assert sum(wide) <= 453.1 and size == 8.4
    assert min(wide) >= 9 * 8.4 + 4.6


def test_a_table_whose_words_do_not_fit_is_set_smaller():
    many = [[tables.Cell(6, 6, 6)] * 12]
    wide, size = tables.fitted(many, 12, 453, 6.8, 2.4)
    assert sum(wide) <= 453.1 and size < 6.8


def test_figures_stay_vector(report):
    import pikepdf

    with pikepdf.open(report) as file:
        images = [o for o in file.objects if isinstance(o, pikepdf.Stream)
                  and o.get("/Subtype") == "/Image"]  # fmt: skip
    assert images == []


def test_a_letter_of_a_drawing_is_kept_once_and_looks_as_before(monkeypatch):
    monkeypatch.setattr(letters, "TEXT", 0)
    outline = b"0 0 m " + b"".join(b"%d %d l " % (n, 40 - n) for n in range(1, 20)) + b"20 0 l\nh\n"
    once = b"30 30 m 60 30 l 60 60 l 30 60 l 31 59 l 32 58 l 33 57 l 34 56 l 35 55 l 36 54 l\nh\n"
    placed = b"q 1 0 0 1 %d %d cm/DeviceRGB cs 0.2 0.3 %.1f scn %sf\nQ\n"
    content = b"".join(placed % (20 * n, 9 * n, n / 9, outline) for n in range(6))
    content += placed % (0, 40, 0.5, once) + b"0 0 m 9 9 l S\n"
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(150, 100))
        page.Contents = made.make_stream(content)
        before = seen(made)
        letters.keep_once(made)
        assert page.Contents.read_bytes().count(b"/Letter0 Do") == 6
        assert page.Contents.read_bytes().count(once) == 1  # what is drawn once stays
        assert list(page.Resources.XObject.keys()) == ["/Letter0"]
        assert seen(made) == before
        assert len(set(before)) > 20  # shades of six colours


def seen(made: pikepdf.Pdf) -> bytes:
    made.save(buffer := io.BytesIO())
    return pdfium.PdfDocument(buffer.getvalue())[0].render(scale=3).to_numpy().tobytes()


def test_the_same_pages_give_the_same_bytes(project, tmp_path):
    make_site(tmp_path)
    for again in pdf.write_all(tmp_path / "html", tmp_path):
        before = project / again.relative_to(tmp_path)
        assert again.read_bytes() == before.read_bytes(), again.name


# A chapter on its own


def test_a_chapter_begins_with_title_authors_and_how_to_cite_it(project):
    for name in ("first", "second", "third"):
        top = " ".join(printed.sheets(project / "html" / "chapters" / f"{name}.pdf")[0].split())
        title = f"{name.title()} page"
        assert top.startswith(f"{title} AZPAK contributors Cite as: AZPAK contributors (2026).")
        assert f"“{title}.” In A Title: A Subtitle. Version" in top


def test_a_chapter_lists_the_sources_that_it_names(first, project):
    text = printed.flat(first)
    assert re.search(r"References Bee\. A source, 2001\.", text)
    assert "References" not in printed.flat(project / "html" / "chapters" / "third.pdf")
    second = printed.flat(project / "html" / "chapters" / "second.pdf")
    assert "References Bee (2001). A list entry." in second
    assert "A source, 2001" not in second and "Source card" not in second


def test_the_book_has_each_source_on_its_page_alone(report):
    text = printed.flat(report)
    assert text.count("A source, 2001") == 1
    assert "Source card" in text


def test_a_chapter_names_the_other_chapters_it_leads_to(first):
    addresses, _ = printed.links(first)
    assert addresses == {"https://example.org/a"}
    assert "Table 1 (in “Second page”)" in printed.flat(first)


def test_a_chapter_leads_to_the_address_of_other_chapters_where_there_is_one(tmp_path):
    make_site(tmp_path, "https://example.org/report")
    pdf.write_chapters(tmp_path / "html", tmp_path / "out", tmp_path)
    first = tmp_path / "out" / "chapters" / "first.pdf"
    addresses, _ = printed.links(first)
    there = "https://example.org/report/chapters/second.html"
    assert {f"{there}#tbl", f"{there}#place"} <= addresses
    assert "(in “" not in printed.flat(first)


# Links on the pages


def test_pages_link_the_pdfs_that_exist_and_no_other(tmp_path):
    site = make_site(tmp_path)
    page = site / "chapters" / "first.html"
    empty = page.read_text()
    assert pdf.offer(site) == []
    (site / "report.pdf").write_bytes(b"")
    pdf.offer(site)
    assert html.parse(page).xpath("//p[@class='pdf-files']/a/@href") == ["../report.pdf"]
    (site / "chapters" / "first.pdf").write_bytes(b"")
    pdf.offer(site)
    found = html.parse(page).xpath("//p[@class='pdf-files']/a/@href")
    assert found == ["first.pdf", "../report.pdf"]
    assert pdf.offer(site) == []
    (site / "chapters" / "first.pdf").unlink()
    (site / "report.pdf").unlink()
    pdf.offer(site)
    assert page.read_text() == empty


# What is wrong is said


def test_a_missing_site_is_one_clear_line(project, tmp_path):
    with pytest.raises(ReportError, match=r"first\.html: there is no such page.*make html"):
        pdf.write_report(tmp_path / "nowhere", tmp_path / "x.pdf", project)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("_toc.yml", None, "_toc.yml: the settings cannot be read"),
        ("_toc.yml", "root: [", r"_toc.yml:\d+: this is not YAML"),
        ("_config.yml", "author: A", "'title' is not set"),
        ("html/chapters/second.html", "", "no article with a title"),
        ("html/_images/square.svg", None, r"first.html: .* image .*square.svg"),
    ],
)
def test_a_broken_input_is_one_clear_line(tmp_path, file, text, message):
    make_site(tmp_path)
    (tmp_path / file).unlink()
    if text is not None:
        (tmp_path / file).write_text(text)
    with pytest.raises(ReportError, match=message) as raised:
        pdf.write_report(tmp_path / "html", tmp_path / "x.pdf", tmp_path)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "x.pdf").exists()


def test_a_character_no_font_has_is_named():
    section = html.fromstring("<section id='chapters-x'><p>Price in ₼ and more</p></section>")
    with pytest.raises(ReportError, match=r"chapters-x: .*U\+20BC MANAT SIGN.*Price in"):
        fonts.check_coverage([section])
