"""What the tests of the library share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.mini import MiniPackage

# The same examples on every run and machine; no limit of time, because machines differ in speed.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same")


@pytest.fixture
def mini(tmp_path: Path) -> MiniPackage:
    """A small valid data package that a test may spoil."""
    return MiniPackage(tmp_path / "data")
