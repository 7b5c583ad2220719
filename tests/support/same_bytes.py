"""Build the book again, clean and in another folder, and compare every byte with the last build.

``python -m tests.support.same_bytes`` after ``make book`` copies the checkout elsewhere, builds
pages and PDFs there with the code of the copy, in ordinary kernels instead of forks and under
another clock, language and order of sets, and names every file that differs. Exit code 0 only when
none does. In two steps, ``same_bytes build FOLDER`` builds (beside the first build, if need be),
and ``same_bytes compare FOLDER`` compares when both are there.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
OTHER = {"AZPAK_KERNELS": "1", "TZ": "Asia/Baku", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
LEFT_OUT = shutil.ignore_patterns(
    ".venv", "_build", ".git", "__pycache__",
    ".*_cache", ".hypothesis", "references.bib",  # which builds and tests meanwhile write
)  # fmt: skip


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the copy is removed
    match arguments:
        case ["build", folder]:
            built(Path(folder))
            return 0
        case ["compare", folder]:
            return compared(Path(folder))
        case _:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                again = Path(folder) / "another folder"
                built(again)
                return compared(again)


def compared(again: Path) -> int:
    """Name every file that differs between the last build and another; return 1 if any does."""
    sites = SITE, again / "_build" / "html"
    for site in sites:
        if not (site / "index.html").exists():
            print(f"there is no build in {site} to compare with: run 'make book' first")
            return 1
    differing = sorted(differences(*sites))
    for name in differing:
        print(f"differs: {name}")
    print(f"two builds: {len(differing)} files differ")
    return 1 if differing else 0


def built(folder: Path) -> None:
    """Copy the checkout to `folder` and build it there."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | OTHER
    python = environment_of(folder)
    install = ["-m", "pip", "install", "--no-deps", "--no-build-isolation", "-e", folder]
    done = subprocess.run(
        [python, *install], cwd=folder, env=environment, capture_output=True, text=True
    )
    if done.returncode != 0:  # setuptools warns at length of what is well
        raise RuntimeError(f"the copy could not be installed: {done.stderr}")
    build = [python, "-m", "azpak", "build", "html", "pdf"]
    subprocess.run(build, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def environment_of(folder: Path) -> Path:
    """Make an environment with the packages of this one, but for the project itself."""
    made = folder / ".venv"
    venv.create(made, symlinks=True)
    packages = sysconfig.get_path("purelib")
    (Path(sysconfig.get_path("purelib", vars={"base": str(made)})) / "all.pth").write_text(packages)
    return made / "bin" / "python"


def differences(one: Path, other: Path):
    """Yield the path of every file that is not the same, or not there, in the two folders."""
    files = {p.relative_to(site) for site in (one, other) for p in site.rglob("*") if p.is_file()}
    for name in files:
        left, right = one / name, other / name
        if not (left.exists() and right.exists() and filecmp.cmp(left, right, shallow=False)):
            yield str(name)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
