"""What a build is doing and how far it is, in lines for people."""

from __future__ import annotations

import sys


def tell(text: str) -> None:
    """Print one line, at once."""
    print(f"pages: {text}", file=sys.stderr, flush=True)
