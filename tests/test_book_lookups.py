"""What is looked up for pages is looked up once, and the pages stay as Sphinx makes them."""

from __future__ import annotations

import gc
import io
import pickle
from collections import Counter
from pathlib import Path

import pybtex.plugin
import pytest
from docutils import nodes
from pybtex.plugin import register_plugin
from pybtex.style.formatting.alpha import Style as AlphaStyle
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinxcontrib.bibtex.domain import BibtexDomain

from azpak.book.bibliography import ReportStyle
from azpak.book.numbers import OUTLINES
from azpak.book.search import SearchFolded

CONF = """
extensions = ["sphinxcontrib.bibtex", *{extensions}]
bibtex_bibfiles = ["works.bib"]
bibtex_reference_style = "author_year"
bibtex_default_style = "azpak"
root_doc = "first"
numfig = True
suppress_warnings = ["bibtex.duplicate_citation", "bibtex.duplicate_label"]
"""
FIRST = """
First
=====

.. toctree::
   :numbered:

   second

See :numref:`a-figure`, :numref:`a-table`, :numref:`a-listing`, :numref:`a-section`,
:numref:`a-figure`, and :cite:`one,two`, :cite:t:`two`.

.. bibliography::
   :filter: docname in docnames
"""
SECOND = """
Second
======

.. _a-section:

A section
---------

.. _a-figure:

.. figure:: none.svg

   A caption.

.. _a-table:

.. table:: A table

   == ==
   1  2
   == ==

.. code-block:: python
   :caption: A listing
   :name: a-listing

   1 + 1

Only :cite:`three`.

.. bibliography::
   :filter: {filter}
"""
NEVER = 'key == "never" or docname in docnames'
WORK = "@misc{{{key}, author={{A. {key}}}, title={{On {key}}}, year={{2001}}, url={{http://a/}}}}\n"


def pages(folder: Path, *extensions: str, of: str = "docname in docnames") -> dict[str, str]:
    """Build two pages with these extensions, and return them; no warning is passed over."""
    folder.mkdir()
    (folder / "conf.py").write_text(CONF.format(extensions=list(extensions)))
    (folder / "first.rst").write_text(FIRST)
    (folder / "second.rst").write_text(SECOND.format(filter=of))
    (folder / "none.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    keys = ("one", "two", "three", "never")
    (folder / "works.bib").write_text("".join(WORK.format(key=key) for key in keys))
    out, warnings = folder / "out", io.StringIO()
    with patch_docutils(str(folder)), docutils_namespace():
        app = Sphinx(
            folder, folder, out, out / "doctrees", "html", status=None, warning=warnings
        )  # fmt: skip
        app.build()
    assert warnings.getvalue() == ""
    return {name: (out / f"{name}.html").read_text() for name in ("first", "second")}


@pytest.fixture(autouse=True)
def style():
    register_plugin("pybtex.style.formatting", "azpak", ReportStyle, force=True)


@pytest.mark.parametrize("of", ["docname in docnames", "True", "cited", NEVER])
def test_lists_of_references_are_those_of_sphinxcontrib_bibtex(tmp_path, of):
    usual = pages(tmp_path / "usual", of=of)
    assert pages(tmp_path / "ours", "azpak.book.citations", of=of) == usual
    assert ("On never" in usual["second"]) == (of in ("True", NEVER))


def test_no_citation_looks_through_the_installed_packages(tmp_path, monkeypatch):
    from azpak.book import citations

    asked = []
    look = pybtex.plugin.entry_points
    monkeypatch.setattr(pybtex.plugin, "_RUNTIME_PLUGINS", {})
    register_plugin("pybtex.style.formatting", "azpak", ReportStyle)
    monkeypatch.setattr(
        pybtex.plugin, "entry_points", lambda **what: (asked.append(what), look(**what))[1]
    )
    pages(tmp_path / "usual")
    assert {(what["group"], what["name"]) for what in asked} == set(citations.PLUGINS)
    asked.clear()
    pages(tmp_path / "ours", "azpak.book.citations")
    assert len(asked) == 2 * len(citations.PLUGINS)  # found, and registered


def test_the_list_of_a_page_asks_nothing_of_every_entry(tmp_path, monkeypatch):
    def slow(self, key):
        raise AssertionError("every entry was asked which pages cite it")

    monkeypatch.setattr(BibtexDomain, "get_filtered_entries", slow)
    assert "On three" in pages(tmp_path / "ours", "azpak.book.citations")["second"]


def test_a_page_that_holds_figures_is_opened_once_for_all_references(tmp_path, monkeypatch):
    opened: Counter = Counter()
    usual_open = BuildEnvironment.get_doctree

    def counted(self, docname):
        opened[docname] += 1
        return usual_open(self, docname)

    monkeypatch.setattr(BuildEnvironment, "get_doctree", counted)
    usual = pages(tmp_path / "usual")
    before = opened.pop("second")
    opened.clear()
    assert pages(tmp_path / "ours", "azpak.book.numbers") == usual
    # Five references, one of which opens it; figures are numbered without.
    assert opened["second"] == before - 5
    for said in ("Fig. 1.1", "Table 1.1", "Listing 1.1", "Section 1.1"):
        assert usual["first"].count(said) >= 1


def test_what_is_kept_for_numbers_and_references_holds_neither_pages_nor_all_sources(tmp_path):
    pages(tmp_path / "ours", "azpak.book.numbers", "azpak.book.citations")
    with (tmp_path / "ours" / "out" / "doctrees" / "environment.pickle").open("rb") as file:
        env = pickle.load(file)
    outlines = env.domaindata["std"][OUTLINES].values()
    numbered = [node for page in outlines for node in page.findall(nodes.figure)]
    assert [node["ids"][-1] for node in numbered] == ["a-figure"]
    assert {node.document for page in outlines for node in page.findall()} == {None}
    listed = {
        key.docname: set(asked.citation_nodes)
        for key, asked in env.domaindata["cite"]["bibliographies"].items()
    }
    assert listed == {"first": {"one", "two"}, "second": {"three"}}


def test_an_entry_that_several_pages_list_is_formatted_once(tmp_path, monkeypatch):
    formatted: Counter = Counter()
    usual = AlphaStyle.format_entry
    monkeypatch.setattr(
        AlphaStyle,
        "format_entry",
        lambda self, label, entry, *rest: (
            formatted.update([entry.key]), usual(self, label, entry, *rest)
        )[1],
    )  # fmt: skip
    pages(tmp_path / "ours", "azpak.book.citations", of="True")
    assert formatted == {"one": 1, "two": 1, "three": 1, "never": 1}


def test_a_word_of_many_pages_is_stemmed_once(monkeypatch):
    stemmed: Counter = Counter()
    usual = SearchEnglish.stem
    monkeypatch.setattr(
        SearchEnglish, "stem", lambda self, word: (stemmed.update([word]), usual(self, word))[1]
    )
    language = SearchFolded({})
    assert [language.stem(word) for word in ("visits", "Visits", "visits")] == ["visit"] * 3
    assert stemmed == {"visits": 2}  # once as it is written, once as it begins a sentence


def test_no_search_for_cycles_while_pages_are_made(tmp_path):
    gc.enable()
    pages(tmp_path / "ours", "azpak.book.memory")
    stopped = not gc.isenabled()
    gc.enable()
    assert stopped
