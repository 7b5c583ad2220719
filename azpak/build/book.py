"""Make the book: gate, pages, PDF, in a folder of their own, and swap it in when all is well.

``python -m azpak build [html] [pdf]`` is what the Makefile calls. Whatever fails, the last good
build stays in ``_build/html`` and the last line says what to do.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from azpak import stamp
from azpak.errors import ReportError

ROOT = Path(__file__).resolve().parents[2]
PDF_NAME = "report.pdf"
PARTS = frozenset(("html", "pdf"))


@dataclass(frozen=True)
class Place:
    """Where a checkout is built.

    Attributes
    ----------
    root
        The checkout.
    build
        The folder of what is made of it.
    """

    root: Path
    build: Path

    @property
    def site(self) -> Path:
        """The pages built last, and the PDF."""
        return self.build / "html"

    @property
    def work(self) -> Path:
        """Where pages are made: pages and documents as the last build left them.

        Only what a build that went well left is kept; any other begins anew.
        """
        return self.build / "work"

    @property
    def unfinished(self) -> Path:
        """The file that says that a build did not end."""
        return self.work / "unfinished"

    @property
    def stamp(self) -> Path:
        """What the pages built last were made of."""
        return self.build / "stamp.json"

    @property
    def checked(self) -> Path:
        """The data in which the gate found no fault last."""
        return self.build / "checked.json"

    @property
    def printed(self) -> Path:
        """What the PDFs set last were made of."""
        return self.build / "printed.json"

    @property
    def staging(self) -> Path:
        """Where new pages are made whole; then they take the place of the last ones."""
        return self.build / "next"

    @property
    def previous(self) -> Path:
        """Where the last pages wait while new ones take their place."""
        return self.build / "html.old"

    @property
    def lock(self) -> Path:
        """The file that keeps a second build out."""
        return self.build / "lock"

    @property
    def executed(self) -> Path:
        """What the chapters put out, kept from build to build, with what it rests on."""
        return self.build / "executed"


# Its script names the Python it was installed with, which need not be the one that runs.
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"

CHECKOUT = Place(ROOT, ROOT / "_build")


class BuildError(ReportError):
    """A step of the build failed; the message says which and what to do."""


def main(arguments: list[str], place: Place = CHECKOUT) -> int:
    """Make what is asked for and say where it is; return the exit code."""
    unknown = sorted(set(arguments) - PARTS)
    if unknown:
        there_are = " and ".join(sorted(PARTS))
        say(f"No such part of the book: {', '.join(unknown)}. There are {there_are}")
        return 2
    wanted = set(arguments) or PARTS
    steps: dict[str, float] = {}
    kind, site = "pages", place.site
    try:
        held = alone(place)
    except BuildError as error:
        return fail(kind, str(error), place)
    try:
        if "html" in wanted and not up_to_date(place):
            timed(steps, "data gate", lambda: check_data(place))
            timed(steps, "pages", lambda: build_pages(place))
            site = place.staging / "html"
        if "pdf" in wanted:
            kind = "PDF"
            timed(steps, "PDF", lambda: build_pdf(place, site))
    except KeyboardInterrupt:
        return fail(kind, "interrupted; run make again", place)
    except ReportError as error:
        return fail(kind, str(error), place)
    finally:
        if site != place.site:  # the new pages are complete, whatever became of the PDF
            if keep_last_pdfs(place):
                say(f"PDF: {PDF_NAME} and those of the chapters are of the earlier build")
            swap_in(place)
        held.close()
    report(steps, wanted, place)
    return 0


def alone(place: Place) -> IO[str]:
    """Keep other builds out of the folder until the file returned is closed."""
    place.build.mkdir(parents=True, exist_ok=True)
    held = place.lock.open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise BuildError("another build is at work in this folder: wait until it ends") from None
    return held


def check_data(place: Place) -> None:
    """Run the data gate, which prints every fault, unless it found none in the same data."""
    made_of = stamp.data(place.root)
    if stamp.holds(place.checked, made_of, place.build):
        say("data gate: nothing has changed since it found no fault")
        return
    run([sys.executable, "-m", "azpak", "check"], "the data gate found faults: mend the rows named")
    stamp.write(place.checked, made_of, place.build, [])


def up_to_date(place: Place) -> bool:
    """Say so if the pages built last are those that a build would write now."""
    recover(place)
    found = stamp.holds(place.stamp, stamp.inputs(place.root), place.site)
    if found:
        say("pages: nothing has changed since they were built")
    return found


def build_pages(place: Place) -> None:
    """Execute the chapters that changed and write the pages to the staging folder."""
    recover(place)
    shutil.rmtree(place.staging, ignore_errors=True)
    if place.unfinished.exists():
        shutil.rmtree(place.work)
    place.work.mkdir(parents=True, exist_ok=True)
    place.unfinished.touch()
    made_of = stamp.inputs(place.root)
    command = [sys.executable, "-c", JUPYTER_BOOK, "build", str(place.root)]
    command += ["--path-output", str(place.work), "-n", "-W", "--keep-going"]
    quiet = not os.environ.get("V")
    command += ["-q"] if quiet else []
    otherwise = "the pages were not built: the first warning or error above says where"
    order = os.environ.get("PYTHONHASHSEED", "0")  # of sets; another may be asked for
    variables = {
        "AZPAK_EXECUTED": str(place.executed), "PYTHONHASHSEED": order, "OPENBLAS_NUM_THREADS": "1"
    }  # fmt: skip
    run(command, otherwise, variables, quiet=quiet)
    shutil.copytree(place.work / "_build" / "html", place.staging / "html")
    place.unfinished.unlink()
    stamp.write(place.stamp, made_of, place.staging / "html")


def build_pdf(place: Place, site: Path) -> None:
    """Print the pages of `site`: report.pdf, and a PDF beside each page, unless they are there."""
    if not (site / "index.html").is_file():
        raise BuildError("there are no pages to print yet: run 'make book'")
    made_of = stamp.pages(place.root, site)
    if stamp.holds(place.printed, made_of, place.site):
        say("PDF: nothing has changed since they were set")
        if site != place.site:
            keep_last_pdfs(place)
        return
    from azpak import pdf

    stamp.write(place.printed, made_of, site, pdf.write_all(site))


def keep_last_pdfs(place: Place) -> bool:
    """Where no PDFs were made, carry the last ones over, and return whether there were any."""
    staging = place.staging / "html"
    kept = False
    for last in sorted(place.site.rglob("*.pdf")):
        name = last.relative_to(place.site)
        staged = staging / name
        printed = name.as_posix() == PDF_NAME or staged.with_suffix(".html").exists()
        if printed and not staged.exists():
            _link(last, staged)
            kept = True
    if kept:
        from azpak import pdf

        pdf.offer(staging)
    return kept


def _link(file: Path, new: Path) -> None:
    """Put a PDF into a second place; what is set anew replaces it, and is not written into it."""
    try:
        os.link(file, new)
    except OSError:  # a file system without links
        shutil.copy2(file, new)


def swap_in(place: Place) -> None:
    """Put the staged pages in the place of the last ones."""
    shutil.rmtree(place.previous, ignore_errors=True)
    if place.site.exists():
        place.site.rename(place.previous)
    (place.staging / "html").rename(place.site)
    (place.build / ".buildinfo").unlink(missing_ok=True)  # of pages that Jupyter Book wrote there
    shutil.rmtree(place.previous, ignore_errors=True)
    shutil.rmtree(place.staging, ignore_errors=True)


def recover(place: Place) -> None:
    """Bring the last pages back if a swap was interrupted half-way."""
    if place.previous.exists() and not place.site.exists():
        place.previous.rename(place.site)


def report(steps: dict[str, float], wanted: Collection[str], place: Place) -> None:
    """Say where the book is, how long each step took and how to open it."""
    say("")
    for name, seconds in steps.items():
        say(f"  {name:<10}{seconds:7.1f} s")
    say("")
    if "html" in wanted:
        say(f"  pages: {place.site / 'index.html'}")
    if "pdf" in wanted:
        say(f"  PDF:   {place.site / PDF_NAME}")
    say("  Open the first in a browser, or run 'make serve' and go to http://localhost:8000")


def timed(steps: dict[str, float], name: str, step: Callable[[], None]) -> None:
    """Run `step` and note its seconds under `name`."""
    say(f"{name} ...")
    started = time.monotonic()
    step()
    steps[name] = time.monotonic() - started


def run(
    command: list[str],
    otherwise: str,
    variables: dict[str, str] | None = None,
    quiet: bool = False,
) -> None:
    """Run `command` from the project's folder; raise with `otherwise` when it fails.

    A quiet one shows only what it writes to standard error: progress, warnings and errors.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= variables or {}
    shown = subprocess.DEVNULL if quiet else None
    code = subprocess.call(command, cwd=ROOT, env=environment, stdout=shown)
    if code != 0:
        raise BuildError(otherwise)


def fail(kind: str, why: str, place: Place) -> int:
    """Say in one line why there are no new pages or no new PDF, and what is still there."""
    last = place.site / ("index.html" if kind == "pages" else PDF_NAME)
    kept = f". The last good one is still there: {last}" if last.exists() else ""
    say(f"No new {kind}: {why}{kept}")
    return 1


def say(text: str) -> None:
    """Progress goes to standard error, at once."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
