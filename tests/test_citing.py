"""A citation says the same in every form, as programs of others read it.

pybtex reads BibTeX, rispy RIS, citeproc CSL-JSON; what Zotero does with an author and with the tags
of a page is told by its own rules, which are repeated here.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import rispy
import yaml
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from lxml import etree, html
from pybtex.database import parse_string
from rdflib import RDF, Graph, namespace

from azpak.book.cite_sources import source_formats
from azpak.build import deposit
from azpak.citing import TYPES, Work, collected, formats, whole
from azpak.pdf.book import read_book
from azpak.publication import Publication
from support.book_project import TABLES, make_project
from support.pages import page

ROOT = Path(__file__).resolve().parents[1]
AUTHOR = "AZPAK contributors"
TITLE = "A Title & 50%, in {braces}_#1: Türkiye"
PLAIN = Publication(TITLE, AUTHOR, "2026.12", dt.date(2026, 11, 28))
KNOWN = Publication(
    PLAIN.title, AUTHOR, "2026.12", PLAIN.data_date, address="https://example.org/r/", doi="10.1/x"
)
WORKS = [
    Work("report", "report", PLAIN.title),
    Work("chapter", "votes", "Votes, 1992-2025", "chapters/votes", abstract="How they vote."),
    Work("figure", "fig-a", "Nine of ten agree", "chapters/votes", "Votes", "Drawn.", "3"),
    Work("table", "tbl-a", "What is counted", "chapters/votes", "Votes", number="4"),
    Work("event", "event-2001-x", "A visit, 3 May 2001", "chapters/chronology", "Chronology"),
    Work("ruling", "ruling-y", "On which day?", "chapters/contradictions", "Disputed points"),
]


def test_every_kind_of_work_is_tried():
    assert {work.kind for work in WORKS} == set(TYPES)


@pytest.mark.parametrize("book", [PLAIN, KNOWN], ids=["without address", "published"])
@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.kind)
def test_author_title_version_and_date_are_the_same_in_every_form(book, work):
    forms = formats(book, work)
    (entry,) = parse_string(forms["bib"], "bibtex").entries.values()
    (person,) = entry.persons["author"]
    (read,) = rispy.loads(forms["ris"])
    item = json.loads(forms["csl"])
    assert [plain(name) for name in person.last_names] == [AUTHOR]
    assert not (person.first_names or person.prelast_names)
    assert {k: spaced(v) for k, v in zotero_name(read["authors"][0]).items()} == {
        "lastName": AUTHOR, "firstName": ""
    }  # fmt: skip
    assert len(re.split("[ ,]+", read["authors"][0].strip(","))) == 1  # as JabRef and bibutils do
    assert item["author"] == [{"literal": AUTHOR}]
    assert plain(entry.fields["title"]) == read["title"] == item["title"] == work.title
    assert entry.fields["version"] == read["edition"] == item["version"] == "2026.12"
    assert f"Version {book.version}" in entry.fields["note"]
    assert entry.fields["year"] == read["year"] == "2026"
    assert read["date"] == "2026/11/28" and item["issued"] == {"date-parts": [[2026, 11, 28]]}
    for part in (AUTHOR, "(2026)", work.title, "Version 2026.12", "28 November 2026"):
        assert part in forms["text"]


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.kind)
def test_an_address_is_in_every_form_or_in_none(work):
    there, not_there = formats(KNOWN, work), formats(PLAIN, work)
    address = work.address(KNOWN)
    assert address.startswith("https://example.org/r/") and (
        not work.chapter or address.endswith(f"{work.docname}.html#{work.name}")
    )
    for form in there:
        assert address in there[form] and "10.1/x" in there[form]
        assert "http" not in not_there[form] and "doi" not in not_there[form].lower()


def test_a_style_prints_the_author_whole_and_the_version():
    items = [json.loads(formats(PLAIN, work)["csl"]) for work in WORKS]
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, source, formatters.plain)
    for item in items:
        made.register(Citation([CitationItem(item["id"])]))
    printed = [str(line) for line in made.bibliography()]
    assert len(printed) == len(WORKS)
    for line in printed:
        assert AUTHOR in line and "2026" in line, line
    assert sum("2026.12" in line for line in printed) >= len(WORKS) - 1  # of parts, and of chapters


def test_one_file_has_all_works_each_under_a_key_of_its_own():
    files = collected(PLAIN, WORKS)
    bib = parse_string(files["all.bib"], "bibtex").entries
    read = rispy.loads(files["all.ris"])
    items = json.loads(files["all.json"])
    assert list(bib) == [r["id"] for r in read] == [i["id"] for i in items]
    assert len(set(bib)) == len(WORKS)


def test_a_source_is_cited_as_the_document_it_is():
    sources = pd.read_csv(io.StringIO(TABLES["sources"]), dtype="str").set_index("source_id")
    forms = source_formats(sources)
    (entry,) = parse_string(forms["alpha2001"]["bib"], "bibtex").entries.values()
    assert entry.persons["author"][0].last_names == ["Author"]
    (read,) = rispy.loads(forms["alpha2001"]["ris"])
    assert read["authors"] == ["Author, Ann"] and read["year"] == "2001"
    item = json.loads(forms["alpha2001"]["csl"])
    assert item["author"] == [{"family": "Author", "given": "Ann"}]
    assert item["issued"] == {"date-parts": [[2001, 2, 3]]}
    assert item["title"] == read["title"] == "First & foremost {braced} 50% <b>bold</b>"
    assert json.loads(forms["beta2002"]["csl"])["author"] == [{"literal": "Ministry of Beta"}]
    assert json.loads(forms["beta2002"]["csl"])["issued"] == {"date-parts": [[2002]]}


def test_every_entry_of_the_pages_has_a_link_to_itself_and_its_citation(book):
    files = {
        name: packed(book / "_downloads" / "cite" / f"{name}.js") for name in ("entries", "sources")
    }
    for name, anchors in {
        "chronology": {"event-2001-visit", "event-2002-deal"},
        "contradictions": {"ruling-visit-day", "ruling-deal-sum"},
        "sources": {"source-alpha2001", "source-beta2002", "source-gamma2002"},
    }.items():
        root = page(book, name)
        links = {a.get("href") for a in root.xpath("//a[contains(@class,'permalink')]")}
        assert links == {f"#{anchor}" for anchor in anchors}
        assert all(root.xpath(f"//*[@id='{anchor}']") for anchor in anchors)
        assert anchors <= set(files["sources" if name == "sources" else "entries"])
    assert {"fig-told", "tbl-told"} <= set(files["entries"])
    assert set(files["entries"]["fig-told"]) == {"text", "bib", "ris", "csl"}
    assert "Nine of ten <b>agree</b>" in files["entries"]["fig-told"]["text"]


def test_zotero_makes_a_chapter_a_part_of_a_book_with_one_author(book):
    root = page(book, "told-2001-2002")
    found = {t.get("name"): t.get("content") for t in root.xpath("//meta[@name]")}
    assert "citation_book_title" in found  # by which its translator takes a book section
    assert zotero_name(found["citation_author"]) == {"lastName": AUTHOR, "firstName": ""}
    assert found["citation_abstract"] == "Told."
    assert "citation_pdf_url" not in found  # there is no address, and none is invented


def test_what_a_page_says_to_machines_can_be_read_and_names_no_address(book):
    for path in sorted((book / "chapters").glob("*.html")):
        root = html.parse(str(path)).getroot()
        graph = {m.get("property"): m.get("content") for m in root.xpath("//meta[@property]")}
        assert graph["og:title"] and graph["og:description"]
        assert not {"og:url", "og:image"} & set(graph)
        assert not root.xpath("//link[@rel='alternate']")
    assert not (book / "sitemap.xml").exists() and not (book / "versions.atom").exists()


def test_what_a_page_says_in_json_ld_is_said_in_terms_of_schema_org(book, site, published):
    kinds: set[str] = set()
    for folder in (book, site, published):
        for path in sorted(folder.rglob("*.html")):
            for script in html.parse(str(path)).getroot().xpath("//script[contains(@type,'ld+')]"):
                kinds |= types_told(script.text, path)
    assert kinds == {
        "Report", "Chapter", "Dataset", "DataDownload", "ClaimReview", "Rating", "Organization"
    }  # fmt: skip


def types_told(text: str, path: Path) -> set[str]:
    """Return the types of things in JSON-LD, every key of which must be a term of schema.org.

    The context of schema.org lies on its server. What it does for us is to put every key into the
    vocabulary, which is done here; that a key is in there, rdflib knows.
    """
    said = json.loads(text)
    assert said.pop("@context") == "https://schema.org", path
    expanded = json.dumps({"@context": {"@vocab": str(namespace.SDO)}, **said})
    graph = Graph().parse(data=expanded, format="json-ld", publicID="https://example.org/")
    assert len([triple for triple in graph if triple[1] != RDF.type]) == told(said), path
    types = {str(kind).removeprefix(str(namespace.SDO)) for kind in graph.objects(None, RDF.type)}
    keys = {str(key).removeprefix(str(namespace.SDO)) for key in graph.predicates()} - {
        str(RDF.type)
    }
    assert [term for term in types | keys if term not in namespace.SDO] == [], path
    assert all(term[0].isupper() for term in types) and all(key[0].islower() for key in keys)
    return types


def told(said: object) -> int:
    """Return how many statements the keys of JSON-LD make, types apart."""
    if isinstance(said, list):
        return sum(told(item) for item in said)
    if not isinstance(said, dict):
        return 0
    values = {key: value for key, value in said.items() if not key.startswith("@")}
    own = sum(len(value) if isinstance(value, list) else 1 for value in values.values())
    return own + sum(map(told, (*values.values(), said.get("@graph", []))))


def test_a_chapter_and_the_settled_rulings_are_things_of_schema_org(book):
    (chapter,) = things(page(book, "told-2001-2002"))
    assert (chapter["@type"], chapter["isPartOf"]["@type"]) == ("Chapter", "Report")
    assert chapter["author"] == {"@type": "Organization", "name": AUTHOR}
    assert (chapter["version"], chapter["datePublished"]) == ("2026.12", "2026-11-28")
    (ledger,) = things(page(book, "contradictions"))
    (review,) = ledger["@graph"]  # the other is unresolved
    assert review["@type"] == "ClaimReview" and review["url"] == "#ruling-visit-day"
    assert review["claimReviewed"] == "On which day was the <u>visit</u>?"


def test_the_data_are_a_dataset_whose_files_are_there(site):
    (dataset,) = things(html.parse(str(site / "chapters" / "use-data.html")).getroot())
    assert dataset["@type"] == "Dataset" and len(dataset["distribution"]) == 5
    for file in dataset["distribution"]:
        assert (site / "chapters" / file["contentUrl"]).resolve().is_file()


def test_the_citation_file_and_the_deposit_are_what_the_command_writes():
    made = deposit.texts(read_book(ROOT).publication)
    assert set(made) == {"CITATION.cff", ".zenodo.json"}
    for name, text in made.items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, "run: python -m azpak citation"


@pytest.mark.parametrize("book", [PLAIN, KNOWN], ids=["without address", "published"])
def test_the_report_is_a_report_by_one_author_wherever_it_is_cited(book):
    made = deposit.texts(replace(book, abstract="Of two states.", keywords=("Azerbaijan",)))
    cff, zenodo = yaml.safe_load(made["CITATION.cff"]), json.loads(made[".zenodo.json"])
    cited, forms = cff["preferred-citation"], formats(book, whole(book))
    (entry,) = parse_string(forms["bib"], "bibtex").entries.values()
    (read,) = rispy.loads(forms["ris"])
    assert (entry.type, read["type_of_reference"]) == ("techreport", "RPRT")
    assert json.loads(forms["csl"])["type"] == cited["type"] == "report"
    assert zenodo["publication_type"] == "report" and cff["type"] == "dataset"
    assert cited["authors"] == cff["authors"] == zenodo["creators"] == [{"name": AUTHOR}]
    assert cited["title"] == cff["title"] == zenodo["title"] == TITLE
    assert cited["version"] == cff["version"] == zenodo["version"] == "2026.12"
    assert cited["date-released"] == cff["date-released"] == zenodo["publication_date"]
    assert cff["abstract"] == zenodo["description"] and cff["keywords"] == zenodo["keywords"]
    for text in made.values():
        assert ("https://example.org/r/" in text) == bool(book.address)
    assert cff.get("doi", "") == cited.get("doi", "") == book.doi


def zotero_name(name: str) -> dict[str, str]:
    """Split a name as Zotero's ``cleanAuthor`` does: at the comma, else before the last word."""
    if "," in name:
        last, _, first = name.partition(",")
        return {"lastName": last.strip(), "firstName": first.strip()}
    first, _, last = name.rpartition(" ")
    return {"lastName": last, "firstName": first}


def spaced(name: str) -> str:
    """Return a name with spaces in the place of those that keep it together."""
    return name.replace("\u00a0", " ")


def plain(latex: str) -> str:
    """Return what LaTeX prints; a brace of a title prints as a bracket, which the test undoes."""
    text = re.sub(r"\\([&%#_$])", r"\1", re.sub(r"^\{|\}$", "", latex))
    return text.replace("(braces)", "{braces}")


def packed(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8").removeprefix("azpakCitations = ")[:-2])


def things(root) -> list[dict]:
    return [json.loads(s.text) for s in root.xpath("//script[@type='application/ld+json']")]


ADDRESS, REPOSITORY = "https://example.org/report", "https://github.com/example/report"
LAUNCH = "contains(@class, 'launch')"


@pytest.fixture(scope="module")
def published(builder, tmp_path_factory) -> Path:
    """The tiny book with a public address."""
    folder = make_project(tmp_path_factory.mktemp("published") / "published")
    config = folder / "_config.yml"
    text = config.read_text(encoding="utf-8")
    text = text.replace('azpak_address: ""', f'azpak_address: "{ADDRESS}/"')
    config.write_text(text.replace('azpak_repository: ""', f'azpak_repository: "{REPOSITORY}"'))
    code, said = builder.build(folder, "-n", "-W", "--keep-going")
    assert code == 0, said
    return folder / "_build" / "html"


def test_a_report_with_an_address_says_it_wherever_one_is_asked_for(published):
    root = page(published, "told-2001-2002")
    here = f"{ADDRESS}/chapters/told-2001-2002"
    assert root.xpath("//link[@rel='canonical']/@href") == [f"{here}.html"]
    metas = {m.get("name") or m.get("property"): m.get("content") for m in root.xpath("//meta")}
    assert metas["og:url"] == metas["citation_public_url"] == f"{here}.html"
    assert metas["citation_pdf_url"] == f"{here}.pdf"  # in the same folder, as Scholar wants it
    assert metas["og:image"] == f"{ADDRESS}/_static/region.png"
    assert (published / "_static" / "region.png").is_file()
    (chapter,) = things(root)
    assert chapter["url"] == f"{here}.html" and chapter["isPartOf"]["url"] == f"{ADDRESS}/"
    assert root.xpath("//link[@rel='alternate']/@href") == [f"{ADDRESS}/versions.atom"]
    review = things(page(published, "contradictions"))[0]["@graph"][0]
    assert review["url"] == f"{ADDRESS}/chapters/contradictions.html#ruling-visit-day"


def test_pages_and_versions_are_listed_where_there_is_an_address(published):
    listed = etree.parse(str(published / "sitemap.xml")).getroot()
    places = [place.text for place in listed.iter("{*}loc")]
    there = {f"{ADDRESS}/{p.relative_to(published)}" for p in published.glob("chapters/*.html")}
    assert set(places) == there and len(places) == len(there)
    feed = etree.parse(str(published / "versions.atom")).getroot()
    assert [entry.findtext("{*}title") for entry in feed.iter("{*}entry")] == ["Version 2026.12"]
    assert feed.findtext("{*}author/{*}name") == AUTHOR


def test_a_chapter_opens_in_binder_and_colab_where_there_is_a_repository(book, published):
    links = [a.get("href") for a in page(published, "told-2001-2002").xpath(f"//a[{LAUNCH}]")]
    assert links == [
        "https://mybinder.org/v2/gh/example/report/HEAD?urlpath=lab/tree/chapters/told-2001-2002.md",
        "https://colab.research.google.com/github/example/report/blob/notebooks/told-2001-2002.ipynb",
    ]
    for path in (book / "chapters").glob("*.html"):
        assert not re.search(r"mybinder|colab\.", path.read_text(encoding="utf-8")), path.name
        assert not page(book, path.stem).xpath(f"//a[{LAUNCH}]")


def test_a_notebook_that_lies_alone_fetches_what_it_needs_if_it_is_published(book, published):
    read = {
        folder: nbformat.read(folder / "_downloads" / "notebooks" / "told-2001-2002.ipynb", 4)
        for folder in (book, published)
    }
    home = f"{ADDRESS}/_downloads/notebooks/"
    assert home in read[published].cells[1].source
    names = re.findall(r"azpak-[\w.-]+?\.(?:whl|zip)", read[published].cells[1].source)
    assert len(names) == 2 and all(name in read[published].cells[0].source for name in names)
    assert "urlretrieve" not in nbformat.writes(read[book])


def test_links_of_a_notebook_lead_to_the_published_pages(published):
    made = nbformat.read(published / "_downloads" / "notebooks" / "told-2001-2002.ipynb", 4)
    prose = "\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
    assert f"({ADDRESS}/chapters/" in prose
    assert not re.search(r"\]\((?!https?://|#)", prose)
