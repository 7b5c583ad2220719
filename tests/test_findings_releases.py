"""What two releases of one database allow to infer, and which numbers are estimates."""

from __future__ import annotations

import pytest

from azpak.findings import releases, transfers


def test_of_the_difference_between_releases_little_can_lie_in_earlier_years(real):
    both = releases.two(real, "PAK", "AZE")
    assert both.outside_last <= both.revised_exports.clip(lower=0).sum()
    low, high = both.share_of_last
    assert 0 < low <= high == both.difference / both.imports.at[both.newer_last, "newer"]
    assert both.imports["newer"].loc[: both.first - 1].sum() == pytest.approx(
        both.imports["newer"].sum() - both.total_all
    )


def test_estimates_are_counted_for_the_deals_of_some_years(real):
    every, late = (transfers.estimated_share(real, "AZE", *span) for span in ((), (2020, 2024)))
    assert 0 < every < late <= 1
