"""What a visitor's browser loads: bytes, requests, shifts of layout, what the console says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from azpak.bench.browser import Browser, Tab, started
from azpak.bench.server import Log, serving

__all__ = ["Visit", "weigh"]

HOME = "index.html"


@dataclass(frozen=True)
class Visit:
    """What one page loads.

    Attributes
    ----------
    page
        Its address in the site.
    first
        Whether it is the first page that the visitor opens; if not, all before it are read.
    sent, requests
        Bytes and number of requests.
    shift
        How much its layout moves while it loads (cumulative layout shift).
    faults
        What the console says, and addresses that are not there.
    """

    page: str
    first: bool
    sent: int
    requests: int
    shift: float
    faults: tuple[str, ...]


def weigh(site: Path, program: str, tell: Callable[[str], None] = lambda _: None) -> list[Visit]:
    """Return the visits of each page: first of all, and in the order of the names after the home.

    Parameters
    ----------
    site
        The folder of built pages.
    program
        The browser.
    tell
        What is told the progress.
    """
    return asyncio.run(_weigh(site, program, tell))


async def _weigh(site: Path, program: str, tell: Callable[[str], None]) -> list[Visit]:
    pages = [HOME, *(f"chapters/{path.name}" for path in sorted(site.glob("chapters/*.html")))]
    with serving(site) as (address, log):
        async with started(program) as browser:
            visits = [await _first(browser, address, log, page) for page in pages]
            tell(f"  {len(pages)} pages opened by new visitors")
            async with browser.visitor() as tab:
                for page in pages:
                    visit = await _visit(tab, address, log, page, first=False)
                    visits += [] if page == HOME else [visit]
            return visits


async def _first(browser: Browser, address: str, log: Log, page: str) -> Visit:
    async with browser.visitor() as tab:
        return await _visit(tab, address, log, page, first=True)


async def _visit(tab: Tab, address: str, log: Log, page: str, *, first: bool) -> Visit:
    log.empty()
    tab.said.clear()
    seen = log.requests

    def busy() -> bool:
        nonlocal seen
        waits, seen = log.open > 0 or log.requests != seen, log.requests
        return waits

    shift = await tab.open(address + page, busy)
    missing = (f"not there: {name}" for name in log.missing)
    return Visit(page, first, log.sent, log.requests, shift, (*tab.said, *missing))
