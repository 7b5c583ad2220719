"""Search that finds a name with and without its diacritics, and by its other names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

from azpak.book.records import Records, depend_on, records
from azpak.errors import DataError

# Letters that do not fall apart into a base letter and a mark.
LETTERS = str.maketrans({"ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ʻ": ""})
SHORTEST_NAME = 3  # shorter names are words of their own too often
MARKS = re.compile(r"[\u0300-\u036f]")

# The same in the browser, wrapped around the stemmer of Sphinx; `fold` must match FOLDED_IN_JS.
FOLDED_IN_JS = """
const azpakLetters = {"ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ʻ": ""};
const azpakFold = (word) =>
  word.toLowerCase().normalize("NFKD").replace(/[\\u0300-\\u036f]/g, "")
    .replace(/[əıøłđßʻ]/g, (letter) => azpakLetters[letter]);
const EnglishStemmer = Stemmer;
Stemmer = function () {
  const stemmer = new EnglishStemmer();
  this.stemWord = (word) => stemmer.stemWord(azpakFold(word));
};
"""


@cache
def fold(word: str) -> str:
    """Return a word in lower case and without diacritics: ``Xocalı`` as ``xocali``."""
    return MARKS.sub("", unicodedata.normalize("NFKD", word.lower())).translate(LETTERS)


class SearchFolded(SearchEnglish):
    """English search that folds diacritics, in the index and in the query."""

    js_stemmer_code = SearchEnglish.js_stemmer_code + FOLDED_IN_JS

    def init(self, options: dict) -> None:
        """Begin without a stem; a word is on many pages, and Sphinx forgets them with each page."""
        super().init(options)
        self._stems: dict[str, str] = {}

    def stem(self, word: str) -> str:
        """Return the stem of the folded word."""
        if word not in self._stems:
            self._stems[word] = super().stem(fold(word))
        return self._stems[word]


def add_other_names(app: Sphinx, doctree: nodes.document) -> None:
    """Give a page the other names of the places and terms it speaks of, as keywords."""
    try:
        data = records()
        names = list(name_groups(data))
        depend_on(app.env, "places", "glossary")
    except DataError:
        return  # named by the directive or role that needs the table
    tokens = words(doctree.astext())
    there = set(tokens)
    text = f" {' '.join(tokens)} "
    spoken_of = (group for group in names if any(_stands(name, there, text) for name in group))
    found = {word for group in spoken_of for name in group for word in name}
    keywords = sorted(word for word in found - there if len(word) >= SHORTEST_NAME)
    if keywords:
        meta = nodes.meta("", name="keywords", lang="en", content=", ".join(keywords))
        doctree.insert(0, meta)


def name_groups(data: Records) -> Iterable[list[list[str]]]:
    """Iterate over places and terms; each is the list of its names, each name a list of words."""
    columns = ((data.places, "name", "other_names"), (data.glossary, "term", "variants"))
    for table, name, others in columns:
        for first, rest in zip(table[name], table[others], strict=True):
            yield [words(n) for n in (first, *rest)]


def known_names(data: Records, texts: Iterable[str]) -> list[list[str]]:
    """Return the names, folded, of each place that texts speak of and that has several.

    What stands in brackets says whose a name is; a name in another script may stand there. Places
    are those of the gazetteer and of the glossary; one that both have is one group.
    """
    text = f" {' '.join(words(' '.join(texts)))} "
    terms = data.glossary[data.glossary["kind"] == "place"]
    columns = ((data.places, "name", "other_names"), (terms, "term", "variants"))
    groups: list[dict[str, None]] = []
    for table, name, others in columns:
        for first, rest in zip(table[name], table[others], strict=True):
            names = dict.fromkeys([fold(first.partition(" (")[0]), *_others(rest)])
            same = next((group for group in groups if next(iter(names)) in group), None)
            if same is not None:
                same.update(names)
            elif any(f" {' '.join(words(each))} " in text for each in names):
                groups.append(names)
    return [list(group) for group in groups if len(group) > 1]


def _others(names: Iterable[str]) -> Iterable[str]:
    """Iterate over other names, folded, without what stands in brackets but another script."""
    for name in names:
        outside, _, inside = name.rstrip(")").partition(" (")
        found = [*outside.split(", "), *inside.partition(": ")[2:]]
        yield from (fold(each) for each in found if len(each) > SHORTEST_NAME)


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return [fold(word) for word in re.findall(r"\w+", text)]


def _stands(name: list[str], there: set[str], text: str) -> bool:
    """Return whether a name stands in a text; its words are looked for first, as that is quick."""
    joined = " ".join(name)
    return len(joined) >= SHORTEST_NAME and there.issuperset(name) and f" {joined} " in text


def setup(app: Sphinx) -> None:
    """Take the place of the English search."""
    app.add_search_language(SearchFolded)
    app.connect("doctree-read", add_other_names)
