"""``make bench``: what the report costs, beside the stock template and what is asked.

All is measured in a copy of the checkout, in a temporary folder with an environment and a build of
its own. Of this checkout only ``_build/bench.md`` and ``.json`` are written.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from azpak.bench import table
from azpak.bench.browser import chromium
from azpak.bench.checkout import ROOT
from azpak.bench.growth import growth
from azpak.bench.rounds import (
    Place,
    as_plain,
    rounds,
    rows,
    set_up,
    set_up_without_uv,
    tested,
)
from azpak.bench.weight import Visit, weigh
from azpak.errors import ReportError

USE = "Measure the report: without --scale its builds, with it how they grow with the data."


def main(arguments: list[str]) -> int:
    """Measure what is asked for, write and print the table; return the exit code."""
    asked = _asked(arguments)
    work = Path(tempfile.mkdtemp(prefix="azpak-bench-"))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to tidy up then too
    try:
        text, content = (_grown if asked.scale else _measured)(asked, work)
    except ReportError as error:
        tell(f"No bench: {error}")
        return 1
    except KeyboardInterrupt:
        tell("No bench: interrupted")
        return 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    out = ROOT / "_build" / ("bench-scale" if asked.scale else "bench")
    out.parent.mkdir(exist_ok=True)
    text = f"{text}\n{_machine()}\n"
    out.with_suffix(".md").write_text(text, encoding="utf-8")
    out.with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(text)
    tell(f"Written: {out.with_suffix('.md')} and {out.with_suffix('.json')}")
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m azpak.bench", description=USE)
    parser.add_argument("--runs", type=int, default=3, help="rounds whose median counts (3)")
    parser.add_argument("--scale", type=int, help="how many times the data, 2 or more")
    parser.add_argument("--tests", action="store_true", help="also `make test` on a built site")
    parser.add_argument("--setup", action="store_true", help="also the set-up without uv")
    asked = parser.parse_args(arguments)
    if asked.runs < 1 or (asked.scale is not None and asked.scale < 2):
        parser.error("at least one round, and at least twice the data")
    return asked


def _measured(asked: argparse.Namespace, work: Path) -> tuple[str, dict[str, Any]]:
    place = set_up(ROOT, work, tell)
    started = {name: (place.checkout / name).read_bytes() for name in _changed(place)}
    results = rounds(place, asked.runs, tell)
    shown = rows(results)
    visits = _visits(place)
    if asked.tests:
        for name, content in started.items():
            (place.checkout / name).write_bytes(content)
        results.costs["test"].append(tested(place, tell))
        shown.append(table.row_of("test", results.costs["test"]))
    if asked.setup:
        results.costs["setup"].append(set_up_without_uv(ROOT, work, tell))
        shown.append(table.row_of("setup", results.costs["setup"]))
    shown += table.weight_rows(visits)
    rounds_ = "one round" if asked.runs == 1 else f"medians of {asked.runs} rounds"
    text = f"# Bench: {rounds_}\n\n{table.markdown(shown)}"
    text += f"\n## Weight of pages\n\n{table.weight_table(visits)}" if visits else ""
    content = {"rows": table.as_json(shown), "runs": as_plain(results.costs),
               "visits": table.as_json(visits)}  # fmt: skip
    return text, content


def _changed(place: Place) -> list[Path]:
    """Return the files that the rounds change, from the folder of the copy."""
    chapters = (place.checkout / "chapters").glob("*.md")
    trade = place.checkout / "data" / "indicators" / "trade.csv"
    return [path.relative_to(place.checkout) for path in (*chapters, trade)]


def _visits(place: Place) -> list[Visit]:
    program = chromium()
    if program is None:
        tell("weight of pages: not measured, there is no Chromium (set CHROMIUM to its path)")
        return []
    if not (place.site / "index.html").is_file():
        tell("weight of pages: not measured, there are no pages")
        return []
    tell("weight of pages")
    return weigh(place.site, program, tell)


def _grown(asked: argparse.Namespace, work: Path) -> tuple[str, dict[str, Any]]:
    place = set_up(ROOT, work, tell)
    found = growth(place.checkout, work, asked.scale, tell)
    text = f"# Bench: data {asked.scale} times\n\n{table.growth_table(found)}"
    return text, {"growth": table.as_json(found)}


def _machine() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, load at the end "
        f"{load}. Processor time is user and system time of all processes; memory is the highest "
        "sum over all processes of a build, shared pages counted once."
    )


def tell(text: str) -> None:
    """Progress goes to standard error, at once."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
