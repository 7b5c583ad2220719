"""What a build does with ids that do not exist; test_book_execute.py has cells that fail."""

from __future__ import annotations

import pytest

from support.book_project import make_project

WRONG = """\
(start)=
# Start

Fine.

A visit {event}`2001-visti`, a {ruling}`visit-dya`, a {place}`khojali` and a {term}`leadre`.

A {event-title}`withdrawn trip <2001-trip>`.
"""


@pytest.fixture(scope="module")
def wrong(tmp_path_factory, builder) -> str:
    """What a build says of ids that are not there."""
    folder = make_project(tmp_path_factory.mktemp("wrong") / "book", start=WRONG)
    code, log = builder.build(folder)
    assert code != 0
    return log


def test_unknown_ids_are_named_with_file_line_and_the_nearest(wrong):
    assert "chapters/start.md:6: unknown event '2001-visti'; the nearest are 2001-visit" in wrong
    assert "chapters/start.md:6: unknown ruling 'visit-dya'; the nearest are visit-day" in wrong
    assert "chapters/start.md:6: unknown place 'khojali'; the nearest are khojaly" in wrong
    assert "chapters/start.md:6: unknown term 'leadre'; the nearest are leader" in wrong


def test_a_withdrawn_event_cannot_be_told(wrong):
    assert "chapters/start.md:8: unknown event '2001-trip'" in wrong
