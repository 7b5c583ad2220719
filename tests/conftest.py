"""What the tests of the library share."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run and machine; no deadline, because machines differ in speed.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")
