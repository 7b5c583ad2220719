"""The library the report's chapters compute with: tables, dates, evidence, measures, the gate."""

__version__ = "2026.11"
