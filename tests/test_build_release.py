"""A version that is kept can be opened again, byte for byte as it was."""

from __future__ import annotations

import json
import zipfile

import pytest

from azpak.build.book import Place
from azpak.build.release import keep
from azpak.errors import ReportError


@pytest.fixture
def place(tmp_path) -> Place:
    """A checkout with two tables, and its pages."""
    data = tmp_path / "data"
    (data / "indicators").mkdir(parents=True)
    (data / "datapackage.json").write_text('{"version": "2001.02"}')
    (data / "events.csv").write_text("event_id\n2001-visit\n")
    (data / "indicators" / "trade.csv").write_text("year\n2001\n")
    built = Place(tmp_path, tmp_path / "_build")
    (built.site / "_downloads").mkdir(parents=True)
    write_values(built, "2001.02")
    return built


def write_values(place: Place, version: str) -> None:
    text = json.dumps({"version": version, "values": []})
    (place.site / "_downloads" / "values.json").write_text(text)


def test_data_and_values_are_kept_as_they_are(place):
    folder = keep(place)
    assert folder == place.root / "data" / "releases" / "2001.02"
    assert json.loads((folder / "values.json").read_text())["version"] == "2001.02"
    with zipfile.ZipFile(folder / "data.zip") as archive:
        assert sorted(archive.namelist()) == [
            "datapackage.json",
            "events.csv",
            "indicators/trade.csv",
        ]
        assert archive.read("events.csv") == (place.root / "data" / "events.csv").read_bytes()


def test_keeping_twice_gives_the_same_bytes(place):
    first = (keep(place) / "data.zip").read_bytes()
    assert (keep(place) / "data.zip").read_bytes() == first


def test_pages_of_another_version_are_refused(place):
    write_values(place, "2000.01")
    with pytest.raises(ReportError, match=r"another version than the data, 2001.02 \(got '2000.01"):
        keep(place)


def test_pages_that_are_not_there_are_named_with_the_way_out(place):
    (place.site / "_downloads" / "values.json").unlink()
    with pytest.raises(ReportError, match=r"not built.*Run 'make html' first"):
        keep(place)
