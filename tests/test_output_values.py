"""What a cell says: every number that is printed is there as a number too."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from azpak.dates import parse
from azpak.output import mime
from azpak.text import listed, named, per_cent, whole


def said(**values: object) -> dict[str, dict]:
    """Return what `say` hands to the page, for values that a cell names."""
    shell = InteractiveShell.instance()
    shell.user_ns["values"] = values
    with capture_output() as captured:
        shell.run_cell("from azpak import say\nsay(**values)").raise_error()
    (bundle,) = (out.data for out in captured.outputs if mime.VALUES in out.data)
    return bundle[mime.VALUES]["values"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (whole(1204, "votes"), {"text": "1,204", "raw": 1204, "unit": "votes"}),
        (per_cent(0.25), {"text": "25", "raw": 0.25, "unit": "share"}),
        (2018, {"text": "2018", "raw": 2018, "unit": "year"}),
        (parse("2018-02"), {"text": "February 2018", "raw": "2018-02", "unit": "date"}),
        (named("T-55"), {"text": "T-55", "raw": "T-55", "unit": "name"}),
        ("several tens", {"text": "several tens", "raw": "several tens", "unit": ""}),
        (listed([2018, 2020]), {"text": "2018 and 2020", "raw": [2018, 2020], "unit": "year"}),
        (
            listed([whole(1204, "votes"), whole(2, "votes")]),
            {"text": "1,204 and 2", "raw": [1204, 2], "unit": "votes"},
        ),
    ],
    ids=str,
)
def test_a_value_said_keeps_its_text_its_number_and_its_unit(value, shown):
    assert said(x=value) == {"x": shown}


@pytest.mark.parametrize("value", ["2018", "64 of 105", listed(["ten near 2015"])])
def test_a_number_handed_over_as_text_is_refused(value):
    with pytest.raises(ValueError, match=r"x: '.*' holds a number .* named\(text\)"):
        said(x=value)


def test_a_bare_whole_number_that_is_no_year_is_refused():
    with pytest.raises(ValueError, match="x: 40 is no year"):
        said(x=40)


def test_a_number_with_decimals_does_not_know_how_it_prints():
    with pytest.raises(TypeError, match=r"x: how does 0\.5 print"):
        said(x=0.5)
