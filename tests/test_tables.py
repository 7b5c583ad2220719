"""Promises about loading: typed as the schema says, and every failure names its way out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from azpak import tables
from azpak.errors import DataError

SCHEMA = {
    "name": "tiny",
    "resources": [
        {
            "name": "things",
            "path": "things.csv",
            "schema": {
                "fields": [
                    {"name": "thing_id", "type": "string"},
                    {"name": "count", "type": "integer"},
                    {"name": "weight", "type": "number"},
                    {"name": "real", "type": "boolean"},
                    {"name": "kin", "type": "list", "delimiter": ";", "itemType": "string"},
                    {"name": "date", "type": "string", "edtf": True},
                ]
            },
        },
        {"name": "geo_spots", "path": "geo/spots.geojson"},
    ],
}
ROWS = """thing_id,count,weight,real,kin,date
a,1,2.5,true,b;c,2004-07
NA,,,,,
c,3,4,false,a,2004/..
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    (data / "geo").mkdir(parents=True)
    (data / "datapackage.json").write_text(json.dumps(SCHEMA))
    (data / "things.csv").write_text(ROWS)
    spot = {"type": "Point", "coordinates": [49.9, 40.4]}
    feature = {"type": "Feature", "properties": {"name": "Baku"}, "geometry": spot}
    layer = {"type": "FeatureCollection", "features": [feature]}
    (data / "geo" / "spots.geojson").write_text(json.dumps(layer))
    monkeypatch.setenv("AZPAK_DATA", str(data))
    return data


def test_columns_have_the_types_of_the_schema(folder):
    things = tables.load("things")
    assert things.dtypes.astype(str).to_dict() == {
        "thing_id": "str", "count": "Int64", "weight": "float64",
        "real": "boolean", "kin": "object", "date": "str",
    }  # fmt: skip


def test_a_list_is_a_tuple_and_an_empty_cell_an_empty_one(folder):
    assert list(tables.load("things")["kin"]) == [("b", "c"), (), ("a",)]


def test_the_letters_na_are_text_and_an_empty_cell_is_missing(folder):
    things = tables.load("things")
    assert things["thing_id"].tolist() == ["a", "NA", "c"]
    assert things["count"].isna().tolist() == [False, True, False]


def test_a_loaded_table_is_the_callers_own(folder):
    mine = tables.load("things")
    mine.loc[0, "count"] = 99
    assert tables.load("things").loc[0, "count"] == 1


def test_a_changed_file_is_read_again(folder):
    assert len(tables.load("things")) == 3
    (folder / "things.csv").write_text(ROWS + "d,4,,,,\n")
    assert len(tables.load("things")) == 4


def test_a_layer_is_loaded_by_its_short_name(folder):
    assert tables.load_geo("spots")["name"].tolist() == ["Baku"]


def test_a_missing_table_is_named_with_the_way_out(folder):
    (folder / "things.csv").unlink()
    with pytest.raises(DataError, match=r"things\.csv: the file is missing\. Restore it"):
        tables.load("things")


def test_a_directory_in_a_tables_place_is_named(folder):
    (folder / "things.csv").unlink()
    (folder / "things.csv").mkdir()
    with pytest.raises(DataError, match=r"things\.csv: not a file"):
        tables.load("things")


def test_an_unknown_table_lists_those_there_are(folder):
    with pytest.raises(DataError, match=r"no such resource .*'thing'.*tables are things"):
        tables.load("thing")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("a,1,", "a,one,", r"things\.csv:2: count: not of type integer \(got 'one'\)"),
        ("a,1,", "a,1.5,", r"things\.csv:2: count: not of type integer \(got '1.5'\)"),
        ("c,3,4,", "c,3,four,", r"things\.csv:4: weight: not of type number \(got 'four'\)"),
        ("false", "no", r"things\.csv:4: real: not of type boolean \(got 'no'\)"),
        ("weight", "mass", r"things\.csv:1: the columns are not those of the schema"),
        ("b;c", "b,c", r"things\.csv: a row has more cells than the header"),
    ],
)
def test_a_bad_cell_is_named_with_file_line_and_column(folder, old, new, message):
    (folder / "things.csv").write_text(ROWS.replace(old, new, 1))
    with pytest.raises(DataError, match=message):
        tables.load("things")


def test_a_broken_package_file_is_named(folder):
    (folder / "datapackage.json").write_text('{"resources": [')
    with pytest.raises(DataError, match=r"datapackage\.json: not valid JSON"):
        tables.load("things")


def test_a_wrong_data_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("AZPAK_DATA", str(tmp_path))
    with pytest.raises(DataError, match="AZPAK_DATA names a folder without"):
        tables.data_dir()


def test_the_data_folder_is_found_upward_from_the_working_folder(folder, monkeypatch):
    monkeypatch.delenv("AZPAK_DATA")
    below = folder.parent / "chapters" / "deep"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert tables.data_dir() == folder


def test_the_data_folder_beside_the_package_is_the_last_resort(tmp_path, monkeypatch):
    monkeypatch.delenv("AZPAK_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert tables.data_dir() == Path(tables.__file__).resolve().parents[1] / "data"
