"""What is said in several files is the same in all: version, date, Pythons, licences, addresses."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

import azpak
from azpak import Report, dates, tables
from azpak.book.colophon import pinned
from azpak.build import environment
from azpak.findings import distances, outside

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text())
PACKAGE = tables.package(ROOT / "data")
LICENCES = (ROOT / "LICENSE-DATA").read_text()
OURS, THIRD_PARTY = LICENCES.split("The resources below come from third parties", 1)
FIGURES = sorted((ROOT / "figures").glob("*.py"))
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def test_the_version_is_one():
    stated = {
        "pyproject.toml": PROJECT["version"],
        "azpak": azpak.__version__,
        "CITATION.cff": CITATION["version"],
        "LICENSE-DATA": re.search(r"version (\d{4}\.\d+(?:\.\d+)?)", LICENCES)[1],
        "README.md": re.search(r"Version (\d{4}\.\d+(?:\.\d+)?)", read("README.md"))[1],
        "CHANGELOG.md": re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[1],
    }
    assert stated == dict.fromkeys(stated, PACKAGE["version"])


def test_the_day_the_data_were_closed_is_one():
    day = PACKAGE["created"][:10]
    assert str(CITATION["date-released"]) == day
    for name in ("README.md", "CHANGELOG.md"):
        stated = re.findall(r"data\s+as\s+of\s+(\d+ \w+ \d{4})", read(name), re.IGNORECASE)
        assert stated[0] == dates.parse(day).display(), name  # the newest version stands first


def test_the_title_is_one():
    title = CITATION["title"]
    assert read("README.md").startswith(f"# {title}\n")
    assert yaml.safe_load(read("_config.yml"))["title"] == title
    assert title in LICENCES


def test_the_pythons_are_the_same_wherever_they_are_named():
    oldest, newest = environment.pythons()
    assert PROJECT["requires-python"] == f">={dotted(oldest)},<{newest[0]}.{newest[1] + 1}"
    workflow = yaml.safe_load(read(".github/workflows/book.yml"))
    tested = workflow["jobs"]["build"]["strategy"]["matrix"]["python"]
    assert [tested[0], tested[-1]] == [dotted(oldest), dotted(newest)]
    assert f"--python-version {dotted(oldest)}" in read("Makefile")


def test_the_locks_agree_on_every_package_that_several_of_them_pin():
    pins: dict[str, dict[str, set]] = {}
    for name in ("requirements.txt", "requirements-test.txt", "requirements-lab.txt"):
        for package, versions in pinned(read(name)).items():
            pins.setdefault(package, {})[name] = {version for version, _ in versions}
    shared = {package: found for package, found in pins.items() if len(found) > 1}
    assert len(shared) > 20
    assert {
        k: v for k, v in shared.items() if len({frozenset(found) for found in v.values()}) > 1
    } == {}


@pytest.mark.parametrize("entry", PACKAGE["resources"], ids=lambda entry: entry["name"])
def test_every_resource_stands_in_the_licence_on_the_side_it_belongs_to(entry):
    path = f"data/{entry['path']}"
    listed = [pattern for pattern in third_party_files() if fnmatch(path, pattern)]
    if entry["path"].startswith(("indicators/", "geo/")):
        assert entry.get("licenses"), f"{path} names no licence of its own"
        assert listed, f"{path} is missing from LICENSE-DATA"
    else:
        words = re.findall(r"\w+", OURS)
        assert entry["name"] in words, f"{path} is missing from LICENSE-DATA's own tables"


def test_the_licence_lists_no_file_that_is_not_there():
    assert [name for name in third_party_files() if not list(ROOT.glob(name))] == []


def test_every_shipped_font_lies_beside_its_licence():
    folders = {path.parent for kind in ("*.ttf", "*.woff2") for path in fonts(kind)}
    assert folders
    assert [str(folder) for folder in folders if not list(folder.glob("LICENSE*"))] == []
    for folder in folders:
        assert f"{folder.relative_to(ROOT).as_posix()}/" in THIRD_PARTY


def test_every_doi_that_the_data_package_names_stands_in_the_licence():
    named = {
        doi
        for entry in PACKAGE["resources"]
        for source in entry.get("sources", ())
        for doi in re.findall(r"10\.\d{4,}/[^\s;,]+", f"{source['title']} {source.get('path')}")
    }
    assert {"10.55163/SAFC1241", "10.55163/CQGC9685"} <= named
    assert [doi for doi in sorted(named) if doi not in THIRD_PARTY] == []


def test_every_table_of_sipri_carries_its_terms_and_no_other():
    """By the words of the tables, so that SIPRI's figures under another name are found as well."""
    about = [entry for entry in PACKAGE["resources"] if "SIPRI" in names_of_sources(entry)]
    assert len(about) == 4
    assert {licence["name"] for entry in about for licence in entry["licenses"]} == {"sipri-terms"}


def test_of_the_exercises_without_a_licence_only_the_states_of_the_text_are_kept():
    rows = Report.load(ROOT / "data").table("joint_exercises_country_year")
    assert set(rows["iso3"]) == set(outside.PAIR)


@pytest.mark.parametrize("module", FIGURES, ids=lambda path: path.stem)
def test_a_figure_that_credits_sipri_says_that_the_calculations_are_ours(module):
    text = module.read_text(encoding="utf-8")
    named = re.findall(r"credits\.(?:ARMS_TRANSFERS|MILITARY_SPENDING)", text)
    assert len(named) == text.count("credits.NOT_SIPRI")
    if module.stem != "credits":  # the one place where the credit line is worded
        assert not re.search(r"SIPRI (?:register|Arms Transfers|Military Exp)", text)


def test_no_font_that_was_modified_bears_the_reserved_name():
    """What is cut or converted is a modified version: the subsets of the pages are."""
    assert fonts("*.woff2")
    assert [path.name for path in fonts("*.woff2") if path.name.startswith("source")] == []
    assert re.findall(r'font-family: "(Source[^"]*)"', read("_static/fonts.css")) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_link_or_picture_of_the_front_pages_is_dead(page):
    named = re.findall(r"\]\(([^)#\s]+)", read(page))
    here = [target for target in named if "://" not in target]
    assert [target for target in here if not (ROOT / target).exists()] == []


def test_the_distance_in_the_readme_is_the_one_the_map_shows():
    distance = distances.km(Report.load(ROOT / "data"), "baku", "islamabad")
    assert re.findall(r"([\d,]+) km", read("README.md")) == [f"{distance:,.0f}"]


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_the_front_pages_name_exists(page):
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = re.findall(r"(?:^    |`|&& )make ([a-z]+)", read(page), re.MULTILINE)
    assert set(named) <= targets


def names_of_sources(entry: dict) -> str:
    """Return the titles of a resource's sources, in one text."""
    return "; ".join(source["title"] for source in entry.get("sources", ()))


def third_party_files() -> list[str]:
    """Return the files and patterns that LICENSE-DATA lists, each with its folder."""
    listed: list[str] = []
    for line in re.findall(r"^  (\S.*/.*)$", THIRD_PARTY, re.MULTILINE):
        folder = ""
        for name in re.sub(r" \(.*\)", "", line).split(", "):
            folder = f"{name.rpartition('/')[0]}/" if "/" in name else folder
            listed.append(f"{folder}{name.rpartition('/')[2]}")
    return listed


def fonts(kind: str) -> list[Path]:
    """Return the font files that the report ships, by the ending of their names."""
    return [path for shipped in ("_static", "azpak") for path in (ROOT / shipped).rglob(kind)]


def read(name: str) -> str:
    """Return the text of a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def dotted(version: tuple[int, int]) -> str:
    """Return a Python's version as people write it."""
    return ".".join(map(str, version))
