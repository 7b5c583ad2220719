"""Promises about the pages as they are built: links land, nothing leaves the site, all can read."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from azpak import tables
from support.chapter_text import chapters as chapters_in_text

LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


def chapters(pages):
    """Only the pages that are chapters."""
    return {name: page for name, page in pages.items() if name.startswith("chapters/")}


def targets(page) -> set[str]:
    return set(page.xpath("//@id | //a/@name"))


def test_every_chapter_of_the_contents_is_a_page(site):
    published = tables.load("chapters").query("status == 'published'")["chapter_id"]
    assert [c for c in published if not (site / "chapters" / f"{c}.html").exists()] == []


def test_every_internal_link_lands(site, pages):
    known = {name: targets(page) for name, page in pages.items()}
    top = site.resolve()

    @cache
    def within(file: Path) -> str | None:
        found = file.resolve()
        return str(found.relative_to(top)) if found.exists() else None

    broken = []
    for name, page in pages.items():
        for link in page.xpath("//a/@href | //img/@src | //script/@src | //link/@href"):
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            path, fragment = urldefrag(link)
            path = path.split("?")[0]
            inside = within((site / name).parent / unquote(path) if path else site / name)
            if inside is None:
                broken.append(f"{name}: {link}")
            elif fragment and inside in known and unquote(fragment) not in known[inside]:
                broken.append(f"{name}: {link} (no such anchor)")
    assert broken == []


def test_no_page_asks_anything_of_another_host(site, pages):
    asked = []
    for name, page in pages.items():
        for where in page.xpath(
            "//script/@src | //img/@src | //iframe/@src | //source/@src | //object/@data"
            " | //link[not(@rel='canonical') and not(@rel='license')]/@href"
        ):
            if urlsplit(where).netloc:
                asked.append(f"{name}: {where}")
    for sheet in site.rglob("*.css"):
        for where in re.findall(r"url\(([^)]+)\)|@import\s+['\"]([^'\"]+)", sheet.read_text()):
            address = "".join(where).strip("'\" ")
            if urlsplit(address).netloc:
                asked.append(f"{sheet.relative_to(site)}: {address}")
    assert asked == []


def test_every_image_has_alt_text_that_is_not_a_file_name(pages):
    faults = []
    for name, page in chapters(pages).items():
        for image in page.xpath("//article//img"):
            alt = (image.get("alt") or "").strip()
            if len(alt) < 20 or re.search(r"\.(svg|png|jpe?g)$", alt):
                faults.append(f"{name}: {image.get('src')}: {alt!r}")
    assert faults == []


def test_an_entry_of_a_list_of_references_is_its_text_alone(pages):
    entries = [e for page in chapters(pages).values() for e in page.xpath("//*[@class='citation']")]
    assert len(entries) > 1000
    assert {tuple(part.tag for part in entry) for entry in entries} == {("p",)}


def test_no_heading_level_is_skipped(pages):
    faults = []
    for name, page in chapters(pages).items():
        headings = page.iter(*LEVELS)
        levels = [
            int(h.tag[1]) for h in headings if next(h.iterancestors("article"), None) is not None
        ]
        if levels[:1] != [1] or levels.count(1) != 1:
            faults.append(f"{name}: headings start {levels[:3]}")
        faults += [f"{name}: h{a} then h{b}" for a, b in pairwise(levels) if b > a + 1]
    assert faults == []


def test_ids_are_unique_on_every_page(pages):
    faults = {
        name: twice
        for name, page in chapters(pages).items()
        if (twice := [i for i, n in Counter(page.xpath("//@id")).items() if n > 1])
    }
    assert faults == {}


def test_headings_figures_tables_and_events_have_permanent_anchors(pages):
    anchors = targets(pages["chapters/chronology.html"])
    events = tables.load("events")
    missing = [e for e in events["event_id"] if f"event-{e}" not in anchors]
    for name, page in chapters(pages).items():
        for _ in page.xpath("//section[not(@id)][ancestor::article]"):
            missing.append(f"{name}: a section without id")
        for figure in page.xpath("//figure[ancestor::article]"):
            if not (figure.get("id") or "").startswith("fig-"):
                missing.append(f"{name}: figure {figure.get('id')}")
        missing += [
            f"{name}: automatic anchor {i} of a heading"
            for i in page.xpath("//section[ancestor::article]/@id")
            if re.fullmatch(r"id\d+", i)
        ]
    assert missing == []


def test_every_figure_hands_out_its_files(site, pages):
    faults = []
    for name, page in chapters(pages).items():
        for figure in page.xpath("//figure[contains(@class, 'report-figure')][ancestor::article]"):
            links = [urlsplit(h).path for h in figure.xpath(".//a/@href")]
            for kind in ("svg", "png", "pdf", "csv"):
                if not any(link.endswith(f".{kind}") for link in links):
                    faults.append(f"{name}: {figure.get('id')} has no {kind}")
    assert faults == []


def test_every_analysis_hands_out_a_table_of_results(pages):
    table = tables.load("chapters").query("status == 'published' and kind == 'analysis'")
    offered = "//article//p[contains(@class, 'table-file')]/a[contains(@href, '/tables/')]"
    assert [
        name for name in table["chapter_id"] if not pages[f"chapters/{name}.html"].xpath(offered)
    ] == []


def test_every_number_that_the_prose_prints_is_there_as_a_number_a_date_or_a_name(site):
    kept = json.loads((site / "_downloads" / "values.json").read_text(encoding="utf-8"))["values"]
    as_text = {"date", "name", "wording"}
    found = [
        f"{value['chapter']}: {value['name']}={value['text']}"
        for value in kept
        if re.search(r"\d", value["text"] + json.dumps(value["raw"], ensure_ascii=False))
        and not isinstance(value["raw"], (int, float))
        and value["unit"] not in as_text
        and not (isinstance(value["raw"], list) and all(map(numeric, value["raw"])))
    ]
    assert len(kept) > 1000 and found == []


def test_every_value_names_the_section_whose_sentences_print_it(site):
    kept = json.loads((site / "_downloads" / "values.json").read_text(encoding="utf-8"))["values"]
    labels = {c.name: {heading.label for heading in c.headings} for c in chapters_in_text()}
    assert [v for v in kept if v["section"] not in labels[v["chapter"]]] == []


def numeric(part: object) -> bool:
    """Return whether a part of a raw value is a number, an open bound, or numbers."""
    if isinstance(part, list):
        return all(map(numeric, part))
    return part is None or isinstance(part, (int, float))


def test_every_page_names_its_language_and_title(pages):
    assert [
        n for n, p in pages.items() if p.get("lang") != "en" or not p.findtext(".//title")
    ] == []
