"""What a report keeps of what was computed from it."""

from __future__ import annotations

import pandas as pd
import pytest

from azpak import Report, finding, tables
from azpak.output.shared import shared
from support.rows import known


def test_a_finding_is_computed_once_however_its_arguments_are_given(mini):
    asked = []

    @finding
    def doubled(report: Report, number: int = 1) -> int:
        asked.append(number)
        return 2 * number

    report = Report.load(mini.directory)
    assert [doubled(report), doubled(report, 1), doubled(report, number=1)] == [2, 2, 2]
    assert doubled(report, 3) == 6
    assert asked == [1, 3]


@pytest.mark.parametrize(("dear", "times"), [(-1.0, 1), (60.0, 2)])
def test_a_dear_result_is_computed_once_for_all_processes(mini, tmp_path, monkeypatch, dear, times):
    """Each report stands for the process of a chapter."""
    monkeypatch.setattr("azpak.output.shared.DEAR", dear)
    asked = []

    @finding
    def places(report: Report) -> pd.DataFrame:
        asked.append(1)
        return report.table("places")

    reports = [Report(mini.directory) for _ in range(2)]
    found = []
    for report in reports:
        report.share(shared(tmp_path))
        with tables.recording() as read:
            found.append(places(report))
        assert "places" in read
    pd.testing.assert_frame_equal(*found)
    assert len(asked) == times


def test_a_report_of_other_data_takes_no_result_of_the_last(mini, tmp_path):
    Report.load(mini.directory).share(shared(tmp_path))
    (mini.directory / "places.csv").touch()
    assert Report.load(mini.directory).result("places", lambda: 2) == 2
    assert list(tmp_path.iterdir()) == [mini.directory]


def test_a_report_with_a_changed_table_takes_what_rests_on_others_alone(mini):
    """Tests compute only what a change can have moved; also what another result has read counts."""
    one, other = Report(mini.directory), Report(mini.directory)
    reads = {"near": "places", "far": "events"}
    for report, said in ((one, "first"), (known(other, one, "places"), "second")):
        for key, table in reads.items():
            report.result(key, lambda report=report, t=table, w=said: (report.table(t), w)[1])
        report.result("on near", lambda report=report: report.result("near", lambda: "never"))
    keys = (*reads, "on near")
    assert [other.result(key, lambda: "never") for key in keys] == ["second", "first", "second"]
