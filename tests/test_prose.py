"""Every number and date in the prose is computed; every statement leaves a trace.

Each check is a function of a text, so that each is also shown to fail on a planted fault.
"""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from azpak import tables
from azpak.dates import parse
from support.cell_values import said, shown_strings
from support.chapter_text import (
    CHAPTERS,
    FRONT,
    ROLE,
    Chapter,
    chapters,
    take_apart,
    without_roles,
)

# Names that hold digits. Each stands here because the digits name and count nothing.
NAMES = {
    r"JF-17s?": "a type of aircraft",
    r"RD-93": "a type of engine",
    r"KRL-122": "a type of rocket launcher",
    r"AMAN-(?:2013|19|25)": "an exercise, by its own name",
    r"C-130": "a type of aircraft",
    r"PL-5|LS-6|YJ-12|YJ-83|S-300": "types of weapons",
    r"MiG-29": "a type of aircraft",
    r"D-8": "an organisation, by its own name",
    r"62/243": "a resolution of the General Assembly",
    r"(?:822|853|874|884)(?=\W|$)": "resolutions of the Security Council",
}
ALLOWED = re.compile(r"(?<![\w/])(?:" + "|".join(NAMES) + r")(?![\w/])")

# Roles that lead to a row of data or to a source; the reader can follow each.
TRACES = {"event", "cite", "ruling", "claim", "glue", "numref"}

# Sections that speak of what was not seen, or of the report itself.
MAY_LEAVE_NO_TRACE = ("-limits", "-reuse", "-references", "-disagree", "-events")

BOOK = {chapter.name: chapter for chapter in chapters()}
TABLE = tables.load("chapters").set_index("chapter_id")
TOLD = [name for name in BOOK if name in TABLE.index and TABLE.at[name, "kind"] == "narrative"]
ANALYSED = [name for name in BOOK if name in TABLE.index and TABLE.at[name, "kind"] == "analysis"]


def kind(role: str) -> str:
    """Return the family of a role: ``event-on`` is an event, ``glue:text`` a glue."""
    return re.split("[-:]", role)[0]


def typed_digits(chapter: Chapter) -> list[str]:
    """Return each number that stands typed in prose, in a caption or in words a cell shows."""
    found = []
    lines = [
        (line.number, line.text)
        for line in chapter.prose
        if not re.match(r"\([^()]+\)=\s*$|# ", line.text)
    ]
    lines += [string for cell in chapter.cells for string in shown_strings(cell)]
    for number, text in lines:
        rest = ALLOWED.sub(" ", without_roles(text))
        found += [f"{chapter.name}:{number}: {m[0]}" for m in re.finditer(r"\S*\d\S*", rest)]
    return found


def typed_values(chapter: Chapter) -> list[str]:
    """Return each value that is said without resting on data."""
    return [
        f"{chapter.name}:{value.number}: {value.name}={value.value}"
        for value in said(chapter.cells)
        if not value.computed
    ]


def heading_faults(chapter: Chapter) -> list[str]:
    """Return headings without a label of their own, with a number or role, or a level too deep."""
    found, level = [], 0
    for heading in chapter.headings:
        where = f"{chapter.name}:{heading.number}: {heading.text}"
        if heading.label is None:
            found.append(f"{where}: no label")
        if heading.level > level + 1:
            found.append(f"{where}: skips a level")
        if heading.level > 1 and (re.search(r"\d", heading.text) or "`" in heading.text):
            found.append(f"{where}: holds a number or a role")
        level = heading.level
    labels = [heading.label for heading in chapter.headings if heading.label]
    found += [f"{chapter.name}: {label} twice" for label in labels if labels.count(label) > 1]
    return found


def untraced(chapter: Chapter) -> list[str]:
    """Return paragraphs that state something and lead nowhere."""
    return [
        f"{chapter.name}:{paragraph.number}: {paragraph.text[:60]}"
        for paragraph in chapter.paragraphs
        if not (paragraph.section or "").endswith(MAY_LEAVE_NO_TRACE)
        and not TRACES & {kind(match["name"]) for match in ROLE.finditer(paragraph.text)}
    ]


def untold(chapter: Chapter, event_ids: set[str]) -> list[str]:
    """Return the events that the chapter should tell and does not name by a role."""
    named = {target for name, target in chapter.roles() if kind(name) == "event"}
    return sorted(event_ids - named)


def events_of(chapter_id: str) -> set[str]:
    """Return the events that the data give to a chapter."""
    events = tables.load("events")
    mine = (events["chapter"] == chapter_id) & (events["status"] == "active")
    return set(events.loc[mine, "event_id"])


@pytest.mark.parametrize("name", BOOK)
def test_no_number_stands_typed_in_prose_captions_or_table_words(name):
    found = typed_digits(BOOK[name])
    assert found == []


@pytest.mark.parametrize("name", BOOK)
def test_no_value_said_is_a_literal(name):
    found = typed_values(BOOK[name])
    assert found == []


@pytest.mark.parametrize("name", BOOK)
def test_headings_have_labels_and_hold_nothing_that_moves(name):
    found = heading_faults(BOOK[name])
    assert found == []


def test_no_label_stands_in_two_chapters():
    labels = [h.label for chapter in BOOK.values() for h in chapter.headings]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", TOLD)
def test_every_event_is_told_in_its_narrative_chapter(name):
    found = untold(BOOK[name], events_of(name))
    assert found == []


def test_every_active_event_belongs_to_a_narrative_chapter():
    events = tables.load("events").query("status == 'active'")
    assert set(events["chapter"]) <= set(TABLE.index[TABLE["kind"] == "narrative"])


@pytest.mark.parametrize("name", [*TOLD, *ANALYSED])
def test_every_paragraph_leads_to_data_or_to_a_source(name):
    found = untraced(BOOK[name])
    assert found == []


@pytest.mark.parametrize("name", [name for name in BOOK if name != FRONT.stem])
def test_a_title_is_the_one_in_the_table_of_chapters(name):
    assert BOOK[name].headings[0].text == TABLE.at[name, "title"]


def test_the_front_page_bears_the_title_of_the_report():
    assert f"{BOOK[FRONT.stem].headings[0].text}: data" == tables.package()["title"]


@pytest.mark.parametrize("name", [n for n in TOLD if TABLE["year_first"].notna()[n]])
def test_the_years_of_a_title_are_those_of_its_phase(name):
    title_years = [int(year) for year in re.findall(r"\d{4}", TABLE.at[name, "title"])]
    row = TABLE.loc[name]
    assert title_years == sorted({row["year_first"], row["year_last"]})
    phases = tables.load("phases")
    for phase in phases[phases["chapter_id"] == name].itertuples():
        assert parse(phase.start).start.year == row["year_first"]
        assert last_full_year(phase.end) in (row["year_last"], None)


def last_full_year(text: str) -> int | None:
    """Return the last year that a phase covers to its end; None if it has not ended."""
    if text == "..":
        return None
    end = parse(text).end
    return end.year if (end.month, end.day) == (12, 31) else end.year - 1


def test_every_allowed_name_is_used_somewhere():
    prose = "\n".join(without_roles(line.text) for c in BOOK.values() for line in c.prose)
    assert [name for name in NAMES if not re.search(name, prose)] == []


def test_every_published_chapter_has_a_file():
    published = set(TABLE.index[TABLE["status"] == "published"])
    assert published <= {path.stem for path in CHAPTERS.glob("*.md")}


# Planted faults: each check sees what it is there to see.

HEAD = "---\nkernelspec: {name: python3}\nyear: 1991\n---\n\n(sample)=\n# Sample, 1991\n\n"


def sample(body: str, code: str = "") -> Chapter:
    """Return a small chapter with this prose and this code."""
    cell = f"```{{code-cell}} ipython3\n{dedent(code)}\n```\n\n" if code else ""
    return take_apart("sample", HEAD + cell + "(sample-one)=\n## One\n\n" + dedent(body))


@pytest.mark.parametrize(
    "body",
    [
        "Pakistan recognised Azerbaijan in 1991.",
        "Azerbaijan ordered 40 of them {cite}`a2024b`.",
        "They trained {event}`2018 in all <event-id>`.",
        "A share of 3% was reported.",
        "The JF-18 is not a name we know.",
        "Resolution 62/2431 does not exist.",
        "See [the 5 papers](recognition-1991-1994.md).",
        "```{note}\nIn 2020 there was a war.\n```",
        '```{code-cell} ipython3\n---\nmystnb:\n  figure:\n    caption: "In 2020."\n---\nf()\n```',
        '```{code-cell} ipython3\ntable(rows, f"Orders of 2022 and {last}", "tbl-x")\n```',
    ],
)
def test_a_typed_number_is_found(body):
    assert typed_digits(sample(body))


@pytest.mark.parametrize(
    "body",
    [
        "The JF-17s were {glue:text}`n_2024`, see {cite}`a2024b` and {event-on}`2024-x`.",
        "Resolutions 822, 853, 874 and 884; resolution 62/243.",
        "The [chapter](recognition-1991-1994.md) and <https://example.org/2024>.",
        "```{bibliography}\n:filter: 1991\n```",
        '```{code-cell} ipython3\nx = 1991  # in 1991\nrows.query("year > 1991")\n```',
    ],
)
def test_names_roles_targets_and_code_are_no_typed_numbers(body):
    assert not typed_digits(sample(body))


@pytest.mark.parametrize(
    "code",
    [
        'say(x="40")',
        "say(x=40)",
        'say(x=f"{40:,}")',
        "n = 40\nsay(x=n)",
        "n = 40\nm = n + 2\nsay(x=whole(m))",
        'from azpak.dates import parse\nsay(x=parse("2024-02"))',
        "from azpak.text import count_in_words\nsay(x=count_in_words(5))",
        'LIST = ("a", "b")\nsay(x=len(LIST))',
        'import pandas as pd\nsay(x=pd.Timestamp("2024-02-01").year)',
        'from azpak import Report, say\nt = Report.load()\nsay(x="many", y=len(t.events))',
    ],
)
def test_a_literal_that_is_said_is_found(code):
    assert typed_values(sample("{glue:text}`x`", code))


@pytest.mark.parametrize(
    "code",
    [
        'from azpak import Report, say\nreport = Report.load()\nsay(x=len(report.table("trade")))',
        "from azpak.findings import votes\nn = votes.agreement(report)\nsay(x=whole(n.votes))",
        "from azpak.findings import votes\nrows = [*votes.rows(report)]\nsay(x=len(rows))",
    ],
)
def test_a_value_computed_from_data_passes(code):
    assert not typed_values(sample("{glue:text}`x`", code))


@pytest.mark.parametrize(
    "body",
    [
        "## No label",
        "(sample-two)=\n#### Skips",
        "(sample-two)=\n## War of 2020",
        "(sample-two)=\n## Of {event-year}`x`",
        "(sample-one)=\n## Again",
        "(sample-two)=\nText between.\n\n## Label too far",
    ],
)
def test_a_heading_without_label_with_a_number_or_skipping_is_found(body):
    assert heading_faults(sample("Text {cite}`a`.\n\n" + body))


def test_sound_headings_pass():
    assert not heading_faults(sample("(sample-two)=\n## Two\n\n(sample-two-a)=\n### Deeper"))


def test_a_paragraph_without_a_trace_is_found_unless_it_tells_limits():
    bare = "Pakistan supported Azerbaijan.\n"
    assert len(untraced(sample(f"Traced {{cite}}`a`.\n\n{bare}"))) == 1
    assert not untraced(sample(f"Traced {{cite}}`a`.\n\n(sample-limits)=\n## Limits\n\n{bare}"))


def test_an_event_that_is_not_told_is_found():
    chapter = sample("It began {event-on}`a` and {event}`then ended <b>`; {ruling}`c`.")
    assert untold(chapter, {"a", "b", "c"}) == ["c"]
