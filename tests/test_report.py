"""What a report keeps of what was computed from it."""

from __future__ import annotations

from azpak import Report, finding


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
