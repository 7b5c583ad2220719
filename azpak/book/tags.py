"""What a page says of itself to machines: description, citation tags, Open Graph, schema.org.

Only what is known is said: without a public address there are no absolute links and no picture,
and what would need one is left out.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from azpak import tables
from azpak.book.cite import chapter_work
from azpak.book.domain import page_name, report_domain
from azpak.book.metadata import publication
from azpak.book.records import records
from azpak.book.unchanged import wrote
from azpak.citing import Work
from azpak.publication import Publication
from azpak.share.archive import archive_name

CITABLE = ("front", "narrative", "analysis")
PICTURE = "_static/region.png"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CONTEXT = {"@context": "https://schema.org"}
DATA_PAGE, LEDGER = "use-data", "contradictions"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ATOM = "http://www.w3.org/2005/Atom"


def tags(app: Sphinx, page: str) -> str:
    """Return all tags of a page, a line each."""
    book = publication(app.config)
    lines = [
        f'<meta name="description" content="{html.escape(description(app, page))}" />',
        *_highwire(app, book, page),
        *_open_graph(app, book, page),
        *(
            f'<script type="application/ld+json">{_json(item)}</script>'
            for item in things(app, book, page)
        ),
    ]
    if book.address:
        lines.append(
            '<link rel="alternate" type="application/atom+xml" title="Versions of the report" '
            f'href="{html.escape(book.address.rstrip("/"))}/versions.atom" />'
        )
    return "\n" + "\n".join(lines) + "\n"


def description(app: Sphinx, page: str) -> str:
    """Return what a page holds, in a sentence."""
    chapters, chapter = records().chapters, page_name(page)
    said = chapters.at[chapter, "description"] if chapter in chapters.index else ""
    return said or publication(app.config).title


def is_citable(page: str) -> bool:
    """Return whether a page is a chapter that is cited on its own."""
    chapters, chapter = records().chapters, page_name(page)
    return chapter in chapters.index and chapters.at[chapter, "kind"] in CITABLE


def _highwire(app: Sphinx, book: Publication, page: str) -> Iterator[str]:
    """Yield the tags by which reference managers and search engines know a chapter.

    The comma tells Zotero that the author is one name and not a first and a last one.
    """
    if not is_citable(page):
        return
    address = book.page_address(page)
    pdf = f"{address.removesuffix('.html')}.pdf" if address else ""
    pairs = [
        ("citation_title", app.env.titles[page].astext()),
        ("citation_author", f"{book.author},"),
        ("citation_publication_date", book.data_date.strftime("%Y/%m/%d")),
        ("citation_book_title", book.title),
        ("citation_edition", book.version),
        ("citation_language", "en"),
        ("citation_abstract", description(app, page)),
        ("citation_doi", book.doi),
        ("citation_public_url", address),
        ("citation_pdf_url", pdf),
    ]
    yield from (f'<meta name="{n}" content="{html.escape(v)}" />' for n, v in pairs if v)


def _open_graph(app: Sphinx, book: Publication, page: str) -> Iterator[str]:
    title = app.env.titles[page].astext() if page in app.env.titles else book.title
    picture = f"{book.address.rstrip('/')}/{PICTURE}" if book.address else ""
    shown = "Map of the region between Azerbaijan and Pakistan" if picture else ""
    pairs = [
        ("og:title", title),
        ("og:site_name", book.title),
        ("og:description", description(app, page)),
        ("og:url", book.page_address(page)),
        ("og:image", picture),
        ("og:image:alt", shown),
    ]
    yield from (f'<meta property="{n}" content="{html.escape(v)}" />' for n, v in pairs if v)


def things(app: Sphinx, book: Publication, page: str) -> Iterator[dict[str, Any]]:
    """Yield what a page is about, in the words of schema.org."""
    whole = _thing(book, "Report", book.title, book.address)
    if page == app.config.root_doc:
        told = {"abstract": book.abstract, "keywords": list(book.keywords)}
        yield CONTEXT | whole | {name: value for name, value in told.items() if value}
    elif is_citable(page):
        work = chapter_work(app.env, page)
        chapter = _thing(book, "Chapter", work.title, work.address(book))
        yield {**CONTEXT, **chapter, "abstract": work.abstract, "isPartOf": whole}
    elif page_name(page) == DATA_PAGE:
        yield CONTEXT | _dataset(book, page, whole)
    elif page_name(page) == LEDGER:
        yield {**CONTEXT, "@graph": list(_reviews(app, book, page))}


def _thing(book: Publication, kind: str, name: str, address: str) -> dict[str, Any]:
    said = {
        "@type": kind,
        "name": name,
        "author": {"@type": "Organization", "name": book.author},
        "version": book.version,
        "datePublished": book.data_date.isoformat(),
        "inLanguage": "en",
        "license": LICENCE,
        "url": address,
        "identifier": f"https://doi.org/{book.doi}" if book.doi else "",
    }
    return {name: value for name, value in said.items() if value}


def _dataset(book: Publication, page: str, whole: dict[str, Any]) -> dict[str, Any]:
    """Return the data with their forms; addresses are those of the files as seen from the page."""
    up, version = "../" * page.count("/"), book.version
    base = f"{book.address.rstrip('/')}/" if book.address else up
    files = {
        f"_downloads/notebooks/{archive_name(version)}.zip": "application/zip",
        f"_downloads/data/azpak-{version}.sqlite": "application/vnd.sqlite3",
        f"_downloads/data/azpak-{version}.xlsx":
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "_downloads/data/events_resolved.csv": "text/csv",
        "_downloads/values.json": "application/json",
    }  # fmt: skip
    package = tables.package()
    return {
        **_thing(book, "Dataset", package["title"], book.page_address(page)),
        "description": package["description"],
        "isPartOf": whole,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": base + path, "encodingFormat": kind}
            for path, kind in files.items()
        ],
    }


def _reviews(app: Sphinx, book: Publication, page: str) -> Iterator[dict[str, Any]]:
    """Yield each settled ruling as the review of a claim."""
    data, address = records(), book.page_address(page)
    author = {"@type": "Organization", "name": book.author}
    for (kind, key), anchor in report_domain(app.env).page(page)["anchors"].items():
        if kind != "ruling" or data.rulings.at[key, "resolution"] != "preferred":
            continue
        ruling = data.rulings.loc[key]
        yield {
            "@type": "ClaimReview",
            "url": Work("ruling", anchor, "", page, "here").address(book) or f"#{anchor}",
            "claimReviewed": ruling["question"],
            "reviewBody": ruling["reading"],
            "author": author,
            "datePublished": book.data_date.isoformat(),
            "reviewRating": {
                "@type": "Rating",
                "alternateName": f"Certainty: {ruling['certainty']}",
            },
            **({"isPartOf": address} if address else {}),
        }


def _json(item: dict[str, Any]) -> str:
    """Return data for a page, in which nothing can end the element around it."""
    return json.dumps(item, ensure_ascii=False).replace("<", "\\u003c")


def write_feeds(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of pages and the feed of versions, where the report has an address."""
    book = publication(app.config)
    if not wrote(app, exception) or not book.address:
        return
    day = book.data_date.isoformat()
    places = [book.page_address(docname) for docname in sorted(app.env.found_docs)]
    urls = "".join(f"<url><loc>{escape(p)}</loc><lastmod>{day}</lastmod></url>" for p in places)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    site = Path(app.outdir)
    sitemap = f'{head}<urlset xmlns="{SITEMAP}">{urls}</urlset>\n'
    (site / "sitemap.xml").write_text(sitemap, encoding="utf-8")
    entry = (
        f"<entry><id>{escape(book.address)}#{book.version}</id><title>Version {book.version}"
        f'</title><updated>{day}T00:00:00Z</updated><link href="{escape(book.address)}"/>'
        f"<summary>{escape(book.citation_of_report())}</summary></entry>"
    )
    feed = (
        f'{head}<feed xmlns="{ATOM}"><id>{escape(book.address)}</id><title>{escape(book.title)}'
        f"</title><updated>{day}T00:00:00Z</updated><author><name>{escape(book.author)}</name>"
        f"</author>{entry}</feed>\n"
    )
    (site / "versions.atom").write_text(feed, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the feeds with the pages."""
    app.connect("build-finished", write_feeds)
