"""Runs of eight words, normalised, so that a copy can be found without the original."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LENGTH = 8
DIGITS = 12
# Letters that Unicode does not take apart into a letter and a mark.
LETTERS = str.maketrans({"ı": "i", "ə": "e", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae"})


def words(text: str) -> list[str]:
    """Return lower-case words of letters and digits, without diacritics or apostrophes."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", re.sub(r"['’ʼ]", "", folded))


def windows(text: str) -> list[str]:
    """Return every run of eight words in the order in which they stand."""
    run = words(text)
    return [" ".join(run[at : at + LENGTH]) for at in range(len(run) - LENGTH + 1)]


def digest(window: str) -> str:
    """Return the first digits of the SHA-256 of a window."""
    return hashlib.sha256(window.encode("utf-8")).hexdigest()[:DIGITS]
