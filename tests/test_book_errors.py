"""What a build does with faults: ids that do not exist, a cell that raises."""

from __future__ import annotations

from support.book_project import START, make_project, start_build

WRONG = """\
(start)=
# Start

Fine.

A visit {event}`2001-visti`, a {ruling}`visit-dya`, a {place}`khojali` and a {term}`leadre`.
"""


def build_log(folder) -> tuple[int, str]:
    process = start_build(folder)
    output, _ = process.communicate()
    return process.returncode, output


def test_unknown_ids_are_named_with_file_line_and_the_nearest(tmp_path):
    code, log = build_log(make_project(tmp_path / "book", start=WRONG))
    assert code != 0
    assert "chapters/start.md:6: unknown event '2001-visti'; the nearest are 2001-visit" in log
    assert "chapters/start.md:6: unknown ruling 'visit-dya'; the nearest are visit-day" in log
    assert "chapters/start.md:6: unknown place 'khojali'; the nearest are khojaly" in log
    assert "chapters/start.md:6: unknown term 'leadre'; the nearest are leader" in log


def test_a_withdrawn_event_cannot_be_told(tmp_path):
    page = START.replace("<2001-visit>", "<2001-trip>")
    code, log = build_log(make_project(tmp_path / "book", start=page))
    assert code != 0
    assert "unknown event '2001-trip'" in log


def test_a_cell_that_raises_fails_the_build_and_names_the_chapter(tmp_path):
    page = "---\njupytext: {text_representation: {format_name: myst}}\n"
    page += "kernelspec: {name: python3, display_name: Python 3}\n---\n# Start\n\n"
    page += "```{code-cell}\nraise ValueError('the table is empty')\n```\n"
    code, log = build_log(make_project(tmp_path / "book", start=page))
    assert code != 0
    assert "chapters/start.md" in log
