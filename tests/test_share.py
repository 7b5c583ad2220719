"""What is handed out of the data is the data: archive, database, spreadsheet, examples of the page.

Each form is read by a tool that is not of this project.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from azpak import Report, tables
from azpak.share import archive, rows, workbook

ROOT = Path(__file__).resolve().parents[1]
VERSION = tables.package(ROOT / "data")["version"]
PAGE = (ROOT / "chapters" / "use-data.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^## (?P<tool>[^\n]+)$|^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.M | re.S
)


@pytest.fixture(scope="module")
def downloads(site) -> Path:
    return site / "_downloads"


@pytest.fixture(scope="module")
def unpacked(downloads, tmp_path_factory) -> Path:
    """A folder as the page asks for it: the archive as ``data``, the database beside it."""
    folder = tmp_path_factory.mktemp("taken")
    name = f"azpak-{VERSION}-data"
    with zipfile.ZipFile(downloads / "notebooks" / f"{name}.zip") as packed:
        assert {path.split("/")[0] for path in packed.namelist()} == {name}
        packed.extractall(folder)
    (folder / name).rename(folder / "data")
    shutil.copy(downloads / "data" / f"azpak-{VERSION}.sqlite", folder / "azpak.sqlite")
    return folder


@pytest.fixture(scope="module")
def base(unpacked):
    with sqlite3.connect(unpacked / "azpak.sqlite") as opened:
        yield opened
    opened.close()


def test_the_archive_holds_the_package_its_terms_and_how_to_cite_it(unpacked):
    data = unpacked / "data"
    for entry in tables.package(ROOT / "data")["resources"]:
        there, here = (folder / entry["path"] for folder in (data, ROOT / "data"))
        assert there.read_bytes() == here.read_bytes()
    assert (data / "LICENSE-DATA").read_bytes() == (ROOT / "LICENSE-DATA").read_bytes()
    said = (data / "README.md").read_text(encoding="utf-8")
    assert f"AZPAK contributors (2026). {tables.package()['title'].removesuffix(': data')}" in said
    assert json.loads((data / "values.json").read_text(encoding="utf-8"))["version"] == VERSION


def test_the_codebook_of_the_archive_names_every_table_and_column(unpacked):
    text = (unpacked / "data" / "codebook.md").read_text(encoding="utf-8")
    for entry in tables.package()["resources"]:
        assert f"\n## {entry['name']}\n" in text
        for field in entry.get("schema", {}).get("fields", ()):
            assert f"- `{field['name']}` (" in text
    for column in pd.read_csv(unpacked / "data" / "events_resolved.csv").columns:
        assert f"- `{column}`" in text


def test_the_checksums_of_the_archive_are_those_of_its_files(unpacked):
    data = unpacked / "data"
    lines = (data / "SHA256SUMS").read_text().splitlines()
    stated = dict(reversed(line.split("  ", 1)) for line in lines)
    files = [p for p in data.rglob("*") if p.is_file() and p.name != "SHA256SUMS"]
    found = {
        p.relative_to(data).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
    }
    assert stated == found


def test_the_same_files_give_the_same_archive(tmp_path):
    files = {"b/one.csv": b"1", "a.csv": b"2"}
    one = archive.write_zip(tmp_path / "one.zip", files, "top").read_bytes()
    again = archive.write_zip(tmp_path / "two.zip", dict(reversed(files.items())), "top")
    assert again.read_bytes() == one


def test_the_events_that_are_resolved_are_those_that_the_library_computes(unpacked):
    events = Report.load(ROOT / "data").events
    table = pd.read_csv(unpacked / "data" / "events_resolved.csv", index_col="event_id")
    assert list(table.index) == list(events.index)
    assert (table["confidence"] == events["confidence"]).all()
    assert (table["origins"] == events["n_groups"]).all()
    assert (table["first_day"] == events["start"].dt.strftime("%Y-%m-%d")).all()
    open_ended = table["last_day"].isna()
    assert (open_ended == events["end"].isna()).all() and open_ended.any()


def test_the_database_keeps_every_row_and_its_keys_hold(base):
    for name in tables.table_names(ROOT / "data"):
        (count,) = base.execute(f'SELECT count(*) FROM "{name}"').fetchone()
        assert count == len(tables.load(name, ROOT / "data")), name
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    keys = base.execute("SELECT count(*) FROM pragma_foreign_key_list('claims')").fetchone()
    assert keys == (2,)


def test_lists_of_the_database_are_tables_of_their_members(base):
    actors = tables.load("events", ROOT / "data").set_index("event_id")["actors"]
    found = base.execute("SELECT event_id, value FROM events_actors ORDER BY event_id, position")
    assert sorted(found) == sorted(
        (event, actor) for event in actors.index for actor in actors[event]
    )


def test_the_views_of_the_database_join_what_belongs_together(base):
    events = rows.read("events")
    active = [row["event_id"] for row in events if row["status"] == "active"]
    view = base.execute("SELECT event_id, first_day, origins FROM events_resolved").fetchall()
    assert {row[0] for row in view} == set(active)
    contested = base.execute("SELECT DISTINCT event_id FROM contested_events").fetchall()
    told = Report.load(ROOT / "data").events["ruling_ids"]
    assert {row[0] for row in contested} >= set(told[told.map(len) > 0].index)


def test_the_spreadsheet_holds_every_row_with_dates_as_text(downloads):
    book = openpyxl.load_workbook(downloads / "data" / f"azpak-{VERSION}.xlsx", read_only=True)
    assert book.sheetnames[:2] == ["read me", "events_resolved"]
    assert set(book.sheetnames[2:]) == set(tables.table_names(ROOT / "data"))
    for name in tables.table_names(ROOT / "data"):
        head, *body = book[name].iter_rows(values_only=True)
        there = list(rows.read(name))
        assert list(head) == list(there[0])
        assert [dict(zip(head, row, strict=True)) for row in body] == there, name
        assert name != "events" or {type(row[1]) for row in body} == {str}
    said = " ".join(str(row[1]) for row in book["read me"].iter_rows(values_only=True))
    assert "SIPRI" in said and f"Version {VERSION}" in said


def test_names_with_other_letters_survive_in_the_spreadsheet(downloads):
    table = pd.read_excel(downloads / "data" / f"azpak-{VERSION}.xlsx", sheet_name="actors")
    assert "Türkiye" in set(table["name"]) | set(table["short_name"])


def test_no_cell_is_cut_for_a_spreadsheet():
    longest = max(
        len(str(value))
        for name in tables.table_names(ROOT / "data")
        for row in rows.read(name)
        for value in row.values()
    )
    assert longest < workbook.MOST


def examples() -> list[tuple[str, str, str]]:
    """Return tool, language and code of each example of the page."""
    found, tool = [], ""
    for match in EXAMPLE.finditer(PAGE):
        tool = match["tool"] or tool
        if match["language"]:
            found.append((tool, match["language"], match["code"]))
    return found


@pytest.mark.parametrize("code", [c for _, lang, c in examples() if lang == "python"])
def test_the_examples_in_python_run(unpacked, code):
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=unpacked,
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_examples_in_sql_give_rows(unpacked, base, monkeypatch):
    monkeypatch.chdir(unpacked)
    queries = {tool: code.split(";\n") for tool, lang, code in examples() if lang == "sql"}
    assert set(queries) == {"DuckDB", "SQL"}
    for query in filter(str.strip, queries["DuckDB"]):
        assert duckdb.sql(query).fetchall()
    for query in filter(str.strip, queries["SQL"]):
        assert base.execute(query).fetchall()
