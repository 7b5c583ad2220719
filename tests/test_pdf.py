"""Promises of the printed report, on a site of two pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from azpak import pdf
from azpak.build import book
from azpak.errors import ReportError
from azpak.pdf import fonts, links, pages
from azpak.pdf.book import Entry, read_book

NAMES = "Əliyev, əsgər, Şuşa, çay, dağ, qılınc, İrəvan, Шуша, ≤ 5, 1–2, −3, 4 × 4"
ALT = "A square: the only shape drawn."
MARGIN, WIDTH = 51, 595.28  # points: the narrowest margin of a sheet, and A4

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<nav>Side bar</nav>
<main><article class="bd-article">
<section id="{name}"><span id="id1"></span>
<h1>{title}<a class="headerlink" href="#{name}" title="Link">#</a></h1>
{body}
</section></article></main>
<footer class="prev-next-footer">Next page</footer></body></html>
"""

FIRST = f"""
<p>Text leads to <a class="reference internal" href="second.html#place">a place</a>, to
<a class="reference internal" href="#facts">the facts</a>, to
<a class="reference internal" href="second.html#folded-code">what is not printed</a>, to
<a class="reference external" href="https://example.org/a">another site</a> and to
<a class="download" href="../_downloads/data/events.csv"><code>events.csv</code></a>. A note
<a class="footnote-reference brackets" href="#note" id="call" role="doc-noteref">1</a>, and again
<a class="footnote-reference brackets" href="#note" id="call2" role="doc-noteref">1</a> follows.</p>
<section id="facts"><h2>The facts<a class="headerlink" href="#facts">#</a></h2>
<p>{NAMES} <em>{NAMES}</em> <strong>{NAMES}</strong> <strong><em>{NAMES}</em></strong></p>
<p><code>{NAMES}</code></p><h3>{NAMES}</h3>
<div class="cell tag_hide-input"><details class="hide above-input"><summary>Show code</summary>
<div class="cell_input"><pre>secret = 1</pre></div></details>
<div class="cell_output"><figure class="report-figure" id="fig-square">
<div class="figure-head"><p class="figure-headline">One square is drawn</p>
<div class="figure-image" role="group" aria-label="Drawing: One square" tabindex="0">
<img class="report-figure-image" alt="{ALT}" src="../_images/square.svg"></div></div>
<figcaption><p><span class="caption-number">Figure 1</span> The square.</p>
<div class="legend"><p class="figure-source">Source: us.</p>
<p class="figure-downloads">Download:
<a class="download" href="../_downloads/square.svg">SVG</a></p></div></figcaption></figure>
</div></div>
<div class="pst-scrollable-table-container"><table class="table"><thead><tr>
{"".join(f"<th>Column {n} with_a_long_name</th>" for n in range(12))}</tr></thead><tbody>
<tr>{"<td>unbreakable_identifier_of_a_row</td>" * 12}</tr></tbody></table></div></section>
<aside class="footnote-list brackets">
<aside class="footnote brackets" id="note" role="doc-footnote">
<span class="label">1</span><p>What the note says.</p></aside></aside>
"""

SECOND = f"""
<section id="place"><h2>A place<a class="headerlink" href="#place">#</a></h2>
<div class="highlight cell_input"><pre id="folded-code">print()</pre></div>
<table class="table"><thead><tr><th>Repeated head</th><th>Value</th></tr></thead>
<tbody>{"".join(f"<tr><td><p>Row {n}</p></td><td>{n}</td></tr>" for n in range(120))}
</tbody></table>
</section>
"""

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">'
    '<path d="M5 5h30v30h-30z" fill="#1d4f73"/></svg>'
)


def make_site(folder: Path) -> Path:
    site = folder / "html"
    (site / "chapters").mkdir(parents=True)
    (site / "_images").mkdir()
    (site / "_images" / "square.svg").write_text(SQUARE)
    for name, title, body in (("first", "First page", FIRST), ("second", "Second page", SECOND)):
        text = PAGE.format(name=name, title=title, body=body)
        (site / "chapters" / f"{name}.html").write_text(text, encoding="utf-8")
    (folder / "_config.yml").write_text(
        'title: "A Title: A Subtitle"\nauthor: AZPAK contributors\n'
        "sphinx: {config: {language: en, azpak_address: ''}}\n"
    )
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/first\n"
        "parts: [{caption: Narrative, chapters: [{file: chapters/second}]}]\n"
    )
    return site


def run(*command: str | Path) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    make_site(folder)
    return folder


@pytest.fixture(scope="module")
def report(project) -> Path:
    book.provide_pango()  # or say how to get it
    out = project / "report.pdf"
    pdf.write_report(project / "html", out, project)
    return out


@pytest.fixture(scope="module")
def sheets(report) -> list[str]:
    return run("pdftotext", "-layout", report, "-").split("\f")[:-1]


@pytest.fixture(scope="module")
def joined(project) -> list:
    site = project / "html"
    sections = [pages.read_page(site, entry) for entry in read_book(project).entries]
    links.join(sections)
    return sections


def test_the_cover_says_what_it_is_and_invents_nothing(sheets):
    cover = " ".join(sheets[0].split())
    assert "A Title A Subtitle AZPAK contributors" in cover
    assert "Data as of 21 November 2026" in cover
    assert "CC BY 4.0" in cover
    assert "doi" not in cover.lower() and "http" not in cover


@pytest.mark.parametrize("heading", ["First page", "The facts", "Second page", "A place"])
def test_the_contents_name_the_page_on_which_each_section_stands(sheets, heading):
    contents = next(sheet for sheet in sheets if "Contents" in sheet)
    number = int(re.search(rf"{heading}[ .]+(\d+)", contents).group(1))
    assert re.search(rf"^ *{heading}$", sheets[number - 1], re.MULTILINE)


def test_parts_stand_in_contents_and_bookmarks(report, sheets):
    assert re.search("narrative", sheets[1], re.IGNORECASE)
    bookmarks = re.findall(r"/Title \(([^)]*)\)/Dest", readable(report))
    shown = ["Contents", "First page", "The facts", "Narrative", "Second page", "A place"]
    assert bookmarks == shown


def test_running_heads_name_the_chapter(sheets):
    last_right = [sheet for n, sheet in enumerate(sheets, 1) if n % 2][-1]
    assert last_right.split("\n", 1)[0].strip() == "Second page"


def test_no_anchor_stands_twice(joined):
    anchors = [e.get("id") for section in joined for e in section.xpath(".//*[@id] | .")]
    assert not [anchor for anchor, times in Counter(anchors).items() if times > 1]


def test_every_internal_link_lands(joined):
    anchors = {e.get("id") for section in joined for e in section.xpath(".//*[@id] | .")}
    targets = [a.get("href") for section in joined for a in section.xpath(".//a[@href]")]
    internal = {target[1:] for target in targets if target.startswith("#")}
    assert internal == {"chapters-second--place", "chapters-first--facts"}
    assert internal <= anchors


def test_links_land_in_the_file_too(report):
    assert "chapters-second--place" in run("pdfinfo", "-dests", report)
    assert "https://example.org/a" in run("pdfinfo", "-url", report)


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
    for unwanted in ("secret", "Show code", "print()", "Side bar", "Next page", "#"):
        assert unwanted not in text


def test_a_space_before_a_link_leaves_the_text_before_it():
    line = html.fromstring(
        "<p>See the <a href='#x'>place</a>, or <em>this</em> one [<a>b</a>].</p>"
    )
    pages.move_spaces(line)
    assert line.text_content() == "See the place, or this one [b]."
    assert line.text == "See the" and [e.tail for e in line[:3]] == [", or", " one", None]


def test_a_footnote_stands_at_the_foot_of_its_page(sheets):
    sheet = next(s for s in sheets if "A note" in s)
    assert sheet.index("The facts") < sheet.index("What the note says.")


def test_alternative_texts_are_kept_and_the_file_is_tagged(report):
    assert "Tagged:          yes" in run("pdfinfo", report)
    assert "/Lang (en)" in readable(report)
    assert ALT in readable(report)


def test_pdf_ua_is_claimed_only_where_every_image_has_a_text(report, joined):
    assert "pdfuaid" in run("pdfinfo", "-meta", report)
    from azpak.pdf.printing import images_have_texts

    assert not images_have_texts(html.fromstring("<p><img src='x'><img src='y' alt='Y'></p>"))


def test_only_the_shipped_fonts_are_embedded(report):
    rows = run("pdffonts", report).splitlines()[2:]
    names = {row.split()[0].partition("+")[2] for row in rows}
    assert names and all(name.startswith("Report-") for name in names), names
    assert all(row.split()[-5] == "yes" for row in rows)  # embedded


def test_every_name_can_be_read_in_every_style(sheets):
    text = " ".join("".join(sheets).split())
    assert text.count(NAMES) == 6


def test_a_table_repeats_its_head_on_each_page(sheets):
    with_rows = [sheet for sheet in sheets if re.search(r"Row \d", sheet)]
    assert len(with_rows) > 1
    assert all(sheet.count("Repeated head") == 1 for sheet in with_rows)


def test_nothing_is_cut_at_the_margin(report):
    boxes = run("pdftotext", "-bbox", report, "-")
    ends = [float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(ends) <= WIDTH - MARGIN


def test_figures_stay_vector(report):
    assert len(run("pdfimages", "-list", report).splitlines()) == 2


def test_the_same_pages_give_the_same_bytes(report, tmp_path):
    make_site(tmp_path)
    pdf.write_report(tmp_path / "html", tmp_path / "again.pdf", tmp_path)
    assert (tmp_path / "again.pdf").read_bytes() == report.read_bytes()


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
        fonts.check_coverage([section], pdf.STYLE)


def test_the_shipped_fonts_are_there():
    found = fonts.faces(pdf.STYLE)
    assert len(found) >= 9
    assert all(face.is_file() for face in found)


def readable(report: Path) -> str:
    """Return the file's objects as text, uncompressed."""
    import zlib

    data = report.read_bytes()
    parts = [data]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            parts.append(zlib.decompress(match.group(1)))
        except zlib.error:
            continue
    return b"\n".join(parts).decode("latin-1")


def test_poppler_is_here():
    for tool in ("pdftotext", "pdfinfo", "pdffonts", "pdfimages"):
        assert shutil.which(tool), f"{tool} is missing: install poppler-utils"
