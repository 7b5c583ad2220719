"""Two editions are compared by hand: rows, verdicts and printed values."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from azpak import changes
from azpak.__main__ import main
from azpak.errors import DataError

TABLES = {
    "events": ("event_id,status,title", ["kept,active,A", "mended,active,B", "gone,active,C"]),
    "claims": ("claim_id,value", ["c1,1", "c2,2"]),
    "rulings": (
        "ruling_id,resolution,preferred_claim_ids",
        ["r1,preferred,c1", "r2,preferred,c1", "r3,preferred,c1"],
    ),
    "sources": ("source_id,title", ["s1,T"]),
}
NEW = {
    "events": ("event_id,status,title,note", ["kept,active,A,new column", "mended,active,B2,",
                                             "gone,withdrawn,C,", "more,active,D,"]),
    "claims": ("claim_id,value", ["c2,2"]),
    "rulings": ("ruling_id,resolution,preferred_claim_ids", ["r1,unresolved,", "r2,preferred,c2",
                                                                 "r3,preferred,c2;c1"]),
    "sources": ("source_id,title", ["s1,T"]),
}  # fmt: skip


def value(chapter: str, name: str, text: str) -> dict[str, str]:
    return {"chapter": chapter, "name": name, "text": text}


def edition(folder: Path, version: str, tables: dict, values: list) -> Path:
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps({"version": version}))
    for name, (head, rows) in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n")
    (folder / "values.json").write_text(json.dumps({"version": version, "values": values}))
    return folder


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path]:
    old = [value("votes", "share", "82"), value("votes", "lost", "3"),
           value("votes", "same", "1"), value("phases", "verdict_2020", "holds")]  # fmt: skip
    new = [value("votes", "share", "83"), value("votes", "fresh", "4"),
           value("votes", "same", "1"), value("phases", "verdict_2020", "not seen")]  # fmt: skip
    return (edition(tmp_path / "old", "2001.01", TABLES, old),
            edition(tmp_path / "new", "2001.02", NEW, new))  # fmt: skip


def test_added_corrected_and_withdrawn_rows_are_told_apart(editions):
    found = changes.compare(*map(changes.read, editions))
    events, claims = found.rows["events"], found.rows["claims"]
    assert events.added == ("more",)
    assert events.corrected == {"mended": {"title": ("B", "B2")}}  # a new column corrects nothing
    assert events.withdrawn == ("gone",)
    assert (claims.added, claims.removed) == ((), ("c1",))


def test_only_values_of_both_editions_move(editions):
    found = changes.compare(*map(changes.read, editions))
    assert found.moved == (("votes", "share", "82", "83"),)
    assert found.n_values == 3


def test_verdicts_and_rulings_that_turned_are_told_with_both_states(editions):
    found = changes.compare(*map(changes.read, editions))
    assert found.turned == (
        ("phases", "2020", "holds", "not seen"),
        ("contradictions", "r1, resolution", "preferred", "unresolved"),
        ("contradictions", "r2, preferred_claim_ids", "c1", "c2"),
    )


def test_an_edition_compared_with_itself_has_not_changed(editions):
    old = changes.read(editions[0])
    found = changes.compare(old, old)
    assert not found.moved and not found.turned
    assert not any(part for rows in found.rows.values() for part in rows)


def test_a_packed_edition_reads_as_the_folder_it_was(editions, tmp_path):
    packed = tmp_path / "releases" / "2001.01"
    packed.mkdir(parents=True)
    with zipfile.ZipFile(packed / "data.zip", "w") as archive:
        for path in editions[0].iterdir():
            archive.write(path, path.name)
    (packed / "values.json").write_bytes((editions[0] / "values.json").read_bytes())
    assert changes.read(packed) == changes.read(editions[0])


def test_verdicts_kept_beside_an_edition_are_read_with_its_values(editions):
    kept = editions[0] / "verdicts.json"
    kept.write_text(json.dumps([value("axes", "verdict_votes", "borne out")]))
    found = changes.compare(*map(changes.read, editions))
    assert ("axes", "votes", "borne out", "") in found.turned


def test_the_command_says_what_changed(editions, capsys):
    assert main(["changes", *map(str, editions)]) == 0
    said = capsys.readouterr().out
    for line in ("From 2001.01 to 2001.02", "events: 1 added, 1 corrected, 1 withdrawn, 0 removed",
                 "  ~ mended: title: B -> B2", "  phases, 2020: holds -> not seen",
                 "  votes, share: 82 -> 83"):  # fmt: skip
        assert line in said


def test_a_folder_without_data_is_named_with_the_way_out(tmp_path, capsys):
    with pytest.raises(DataError, match="Name a data folder"):
        changes.read(tmp_path)
    assert main(["changes", str(tmp_path), str(tmp_path)]) == 1
    assert "no edition of the data is here" in capsys.readouterr().err


def test_the_edition_that_is_kept_can_be_compared_with_this_one():
    root = Path(__file__).resolve().parents[1] / "data"
    last = changes.read(root / "releases" / "2026.11")
    assert last.version == "2026.11"
    assert last.values["phases-tested", "verdict_supported"] == "2020 and 2021"
    assert changes.compare(last, changes.read(root)).rows["events"].added
