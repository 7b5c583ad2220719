"""Promises of the gate on files: each broken one is named, none ends in a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azpak.check import check, main
from support.mini import MiniPackage

REPOSITORY = Path(__file__).parents[1]


def _recoded(encoding: str):
    return lambda content: content.decode().encode(encoding)


def _replaced(old: bytes, new: bytes):
    def spoil(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return spoil


# table, how it is spoilt, line, column, message
BROKEN = {
    "empty": ("events", lambda _: b"", None, "", "the file is empty"),
    "blank": ("events", lambda _: b"\n\n", None, "", "the file is empty"),
    "byte order mark": ("events", lambda c: b"\xef\xbb\xbf" + c, 1, "", "byte order mark"),
    "UTF-16": ("places", _recoded("utf-16"), 1, "", "encoded as UTF-16"),
    "UTF-16 without mark": ("places", _recoded("utf-16-le"), 1, "", "encoded as UTF-16"),
    "Latin-1": ("places", _replaced("Şuşa".encode(), b"S\xe9sa"), 3, "", "not UTF-8"),
    "CRLF": ("events", lambda c: c.replace(b"\n", b"\r\n"), 1, "", "lines end in CRLF"),
    "no last line end": ("events", lambda c: c[:-1], 4, "", "truncated?"),
    "header only": ("source_merges", lambda c: c.split(b"\n")[0] + b"\n", 1, "", "no rows"),
    "semicolons": ("sites", lambda c: c.replace(b",", b";"), 1, "", "something else than commas"),
    "tabs": ("sites", lambda c: c.replace(b",", b"\t"), 1, "", "something else than commas"),
    "unclosed quote": ("sites", _replaced(b"Works", b'"Works'), 2, "", "never closed"),
    "text after a quote": ("sites", _replaced(b"Works", b'"Wor"ks'), 2, "", "',' expected"),
    "empty line": ("events", _replaced(b"\n1993", b"\n\n1993"), 3, "", "an empty line"),
    "extra cell": ("sites", _replaced(b"Works", b"Works,more"), 2, "", "1 cell too many"),
    "short row": ("sites", _replaced(b"Works,", b""), 2, "", "1 cell too few"),
    "column twice": ("sites", _replaced(b",note\n", b",role\n"), 1, "role", "stands twice"),
    "column unknown": ("sites", _replaced(b",note\n", b",remark\n"), 1, "remark", "no such col"),
    "column order": ("sites", _replaced(b"site_id,name", b"name,site_id"), 1, "name", "order"),
    "NUL": ("sites", _replaced(b"Works", b"Wo\x00rks"), 2, "name", "a control character"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_table_is_named_with_its_line(mini, case):
    table, spoil, line, column, message = BROKEN[case]
    path = mini.path(table)
    path.write_bytes(spoil(path.read_bytes()))
    faults = mini.faults()
    first = faults[0]
    assert (first.file, first.line, first.column) == (path.name, line, column)
    assert message in first.what
    # Nothing is reported of other tables only because this one cannot be read.
    assert {fault.file for fault in faults} == {path.name}


def test_a_missing_column_is_named_once(mini):
    mini.resource("sites")["schema"]["fields"].append({"name": "height", "type": "number"})
    text = mini.path("sites").read_text()
    mini.write()
    mini.path("sites").write_text(text)
    assert [(f.line, f.column, f.what) for f in mini.faults()] == [
        (1, "height", "the column is missing")
    ]


def test_a_missing_table_is_named(mini):
    mini.path("claims").unlink()
    assert [fault.what for fault in mini.faults()] == ["the file is missing"]


def test_a_directory_in_a_tables_place_is_named(mini):
    mini.path("claims").unlink()
    mini.path("claims").mkdir()
    assert [fault.what for fault in mini.faults()] == ["a directory stands in its place"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda text: text[:-5], "not valid JSON"),
        (lambda text: text.replace("44.8", "NaN", 1), "NaN is no JSON number"),
        (lambda text: text.replace("FeatureCollection", "Collection"), "not a FeatureCollection"),
        (lambda text: '{"type": "FeatureCollection", "features": []}\n', "no features"),
        (lambda text: "[]\n", "not a FeatureCollection"),
        (lambda text: "[" * 100_000, "not valid JSON"),
    ],
)
def test_a_broken_layer_is_named(mini, spoil, message):
    path = mini.path("geo_countries")
    path.write_text(spoil(path.read_text()))
    [fault] = mini.faults()
    assert fault.file == "geo/countries.geojson"
    assert message in fault.what


def test_a_file_that_no_resource_describes_is_named(mini):
    (mini.directory / "extra.csv").write_text("a\n1\n")
    [fault] = mini.faults()
    assert (fault.file, fault.what) == (
        "extra.csv",
        "no resource of datapackage.json describes it",
    )


def _described(change):
    def spoil(mini: MiniPackage) -> str:
        change(mini.package, mini.resource("events"))
        return json.dumps(mini.package, indent=1)

    return spoil


PACKAGES = {
    "cut": (lambda mini: json.dumps(mini.package)[:-3], "not valid JSON"),
    "a list": (lambda mini: "[]", "no list of resources"),
    "a resource without name": (_described(lambda p, e: e.pop("name")), "without name or path"),
    "a resource that is text": (
        _described(lambda p, e: p["resources"].append("events")), "without name or path",
    ),
    "no schema": (_described(lambda p, e: e.pop("schema")), "no schema with named fields"),
    "unknown type": (
        _described(lambda p, e: e["schema"]["fields"][0].update(type="colour")),
        "the type is none of",
    ),
    "bad pattern": (
        _described(lambda p, e: e["schema"]["fields"][0].update(constraints={"pattern": "("})),
        "the pattern is not one",
    ),
    "field twice": (
        _described(lambda p, e: e["schema"]["fields"].append(e["schema"]["fields"][0])),
        "a field described twice",
    ),
    "resource twice": (_described(lambda p, e: p["resources"].append(dict(e))), "used twice"),
    "key of a field that is not there": (
        _described(lambda p, e: e["schema"].update(primaryKey=["id"])),
        "a key names a field that is not there",
    ),
    "key into no table": (
        _described(
            lambda p, e: e["schema"]["foreignKeys"][0]["reference"].update(resource="towns")
        ),
        "not described",
    ),
    "constraints that are text": (
        _described(lambda p, e: e["schema"]["fields"][0].update(constraints="required")),
        "not the form of a data package",
    ),
    "schema that is text": (_described(lambda p, e: e.update(schema="x.json")), "not the form"),
    "foreign key without reference": (
        _described(lambda p, e: e["schema"]["foreignKeys"].append({"fields": ["date"]})),
        "not the form",
    ),
    "foreign key of no field": (
        _described(lambda p, e: e["schema"]["foreignKeys"][0].update(fields=["town"])),
        "a key names a field that is not there",
    ),
    "minimum that is text": (
        _described(lambda p, e: e["schema"]["fields"][0].update(constraints={"minimum": "1"})),
        "the minimum is no number",
    ),
    "longest text that is text": (
        _described(lambda p, e: e["schema"]["fields"][0].update(constraints={"maxLength": "9"})),
        "the maxLength is no number",
    ),
    "enum that is text": (
        _described(lambda p, e: e["schema"]["fields"][0].update(constraints={"enum": "a"})),
        "the enum is no list",
    ),
    "codes that are not the enum": (
        _described(
            lambda p, e: e["schema"]["fields"][0].update(
                constraints={"enum": ["a", "b"]}, codes=[{"code": "a"}]
            )
        ),
        "the codes decided are not those allowed",
    ),
    "path outside": (_described(lambda p, e: e.update(path="../events.csv")), "leaves the data"),
    "path of another kind": (_described(lambda p, e: e.update(path="events.xls")), "neither .csv"),
}  # fmt: skip


@pytest.mark.parametrize("case", PACKAGES)
def test_a_broken_package_file_is_named(mini, case):
    spoil, message = PACKAGES[case]
    (mini.directory / "datapackage.json").write_text(spoil(mini))
    named = [f for f in mini.faults() if f.file == "datapackage.json"]
    assert message in named[0].what
    assert named[0].line


def test_a_missing_package_file_is_named(mini):
    (mini.directory / "datapackage.json").unlink()
    assert ("datapackage.json", "the file is missing") in [(f.file, f.what) for f in mini.faults()]


def test_all_faults_come_in_one_run_ordered_by_file_and_line(mini):
    mini.rows["events"][2]["date"] = "yesterday"
    mini.rows["events"][0]["category"] = "party"
    mini.rows["sources"][0]["type"] = "rumour"
    found = [(fault.file, fault.line) for fault in mini.write().faults()]
    assert found == [("sources.csv", 2), ("events.csv", 2), ("events.csv", 4)]


@settings(max_examples=40)
@given(spoilt=st.binary(max_size=60), at=st.integers(0, 400), length=st.integers(0, 60))
def test_no_bytes_end_in_a_traceback(tmp_path_factory, spoilt, at, length):
    mini = MiniPackage(tmp_path_factory.mktemp("spoilt") / "data")
    for name in ("events", "geo_countries"):
        content = mini.path(name).read_bytes()
        mini.path(name).write_bytes(content[:at] + spoilt + content[at + length :])
    for fault in check(mini.directory):
        assert "\n" not in fault.message(mini.directory)
    shutil.rmtree(mini.directory)


def test_the_command_prints_faults_and_a_summary_and_exits_with_one(mini, capsys):
    mini.rows["events"][1]["date"] = "1993-02-30"
    assert main([str(mini.write().directory)]) == 1
    place = f"{mini.directory}/events.csv:3: date:"
    assert capsys.readouterr().out.splitlines() == [
        f"{place} February 1993 has no day 30 (got '1993-02-30')",
        "1 fault in 1 file",
    ]


def test_the_command_prints_one_line_and_exits_with_zero_when_clean(mini, capsys):
    assert main([str(mini.directory)]) == 0
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.parametrize("made", ["nothing", "file"])
def test_a_data_folder_that_is_none_is_one_line_and_exit_two(tmp_path, capsys, made):
    path = tmp_path / "data"
    if made == "file":
        path.write_text("")
    assert main([str(path)]) == 2
    error = capsys.readouterr().err
    assert str(path) in error
    assert error.count("\n") == 1


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "azpak", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_the_command_line_says_how_it_is_used():
    assert _run("--help").returncode == 0
    assert _run("chek").returncode == 2
    assert "usage:" in _run("chek").stderr


def test_an_old_python_is_turned_away_with_one_line():
    """The first statement runs with a version that pretends to be old."""
    source = (REPOSITORY / "azpak" / "__main__.py").read_text()
    code = f"import sys\nsys.version_info = (3, 8, 1)\n{source}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("This report needs Python 3.11 to 3.13, and this is 3.8")
    assert done.stderr.count("\n") == 1


def test_the_gate_imports_nothing_dear():
    code = (
        "import sys, azpak.check; from pathlib import Path; azpak.check.check(Path('data'));"
        "print({'numpy', 'pandas', 'geopandas', 'shapely', 'edtf'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_the_data_of_the_report_are_clean():
    environment = {k: v for k, v in os.environ.items() if k != "AZPAK_DATA"}
    done = subprocess.run(
        [sys.executable, "-m", "azpak", "check"],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.count("\n") == 1, done.stdout
    assert done.returncode == 0
