"""Roll calls in a few letters."""

from __future__ import annotations

STATES = ("AZE", "PAK", "KAZ", "TUR", "IND", "ARM")
BORNE = {"source_id": "s1"}


def cast(month: str, words: str, **more: str) -> list[dict[str, str]]:
    """Return roll calls of a month from words such as ``yya``: the votes of `STATES` in order.

    The last letter is also the vote of those of them that are not in the word.
    """
    return [
        {"month": month, "resolution": "R/1/1", "whole": "true"}
        | dict(zip(STATES, word + word[-1] * len(STATES), strict=False))
        | BORNE
        | more
        for word in words.split()
    ]
