"""Who changes a row and runs the cells again, in a kernel that lives on, sees the new numbers.

Each case changes one cell of one row, runs a chapter before and after in one process, and looks at
values in the prose, at a figure's CSV and at its title; then it runs on the first data again.
"""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from azpak import Report
from azpak.errors import DataError
from support.live import Shown, run_cells
from support.rows import known

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class Change:
    """One row that is changed, the chapter that is run, and what must follow."""

    table: str
    key: tuple[str, str]
    column: str
    value: str
    chapter: str
    values: tuple[str, ...]
    figure: str


CHANGES = [
    Change(
        "events.csv", ("event_id", "1997-azerbaijan-embassy-islamabad"), "date", "1998-08-24",
        "recognition-1991-1994", ("years_to_second_embassy",), "recognition-sequence",
    ),
    Change(
        "claims.csv", ("claim_id", "c-2024-jf17-1-6bn-report-02"), "value_high", "70",
        "aircraft-2024",
        ("n_fit", "n_pairs"), "jf17-claims",
    ),
    Change(
        "indicators/visitors.csv", ("visitor_id", "pak-aze-2014"), "visitors_high", "2900",
        "trade-travel", ("count_first", "visits_first"), "visitor-ranges",
    ),
    Change(
        "transfers.csv", ("transfer_id", "ind-arm-swathi-2020"), "value_usd_high", "60000000",
        "armenia-india", ("indian_sum",), "arms-order-values",
    ),
    Change(
        "indicators/unga_rollcalls.csv", ("rollcall_id", "5249"), "PAK", "n",
        "votes",
        # A vote that is changed makes an item of its own, which the draws take too.
        ("highest", "items_wider", "n_apart", "n_items", "n_opposite",
         "quiet_kappa", "rivals_gap"),
        "vote-agreement-by-year",
    ),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data that a test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def change(folder: Path, case: Change) -> None:
    """Change one cell of one row, and nothing else of the file."""
    path = folder / case.table
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    key, wanted = case.key
    (row,) = (row for row in rows if row[key] == wanted)
    assert row[case.column] != case.value
    row[case.column] = case.value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def moved(before: Shown, after: Shown) -> set[str]:
    """Return the names of the values that print otherwise than before."""
    return {name for name, text in after.values.items() if before.values[name] != text}


def know(folder: Path, *but: str) -> None:
    """Let the copy take what was computed from the data, but for what rests on changed tables."""
    known(Report.load(folder), Report.load(DATA), *but)


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case.table.removesuffix(".csv"))
def test_values_figures_and_titles_follow_a_changed_row(folder, case):
    know(folder)
    before = run_cells(case.chapter, folder, {case.figure})
    change(folder, case)
    know(folder, Path(case.table).stem)
    after = run_cells(case.chapter, folder, {case.figure})
    assert moved(before, after) == set(case.values)
    was, now = (shown.figures[case.figure] for shown in (before, after))
    assert was["csv"] != now["csv"]
    assert was["title"] != now["title"]
    assert was["svg"] != now["svg"]
    assert run_cells(case.chapter, DATA).values == before.values


def test_a_report_refuses_a_table_that_was_changed_after_it_was_loaded(folder):
    report = Report.load(folder)
    report.table("transfers")
    change(folder, CHANGES[3])
    with pytest.raises(DataError, match=r"changed after the report was loaded.*from the top"):
        report.table("transfers")
    assert Report.load(folder) is not report
    Report.load(folder).table("transfers")


def test_a_report_is_the_same_one_while_nothing_changes(folder):
    assert Report.load(folder) is Report.load(folder)
