"""The errors the report raises: each names the file, the line, the value and the way out."""

from __future__ import annotations

from pathlib import Path


class ReportError(Exception):
    """An error a reader or an editor can act on.

    Parameters
    ----------
    what
        What is wrong, in one clause.
    file
        The file it is in, where there is one.
    line
        The line in that file, counted from 1.
    value
        The offending value.
    way_out
        What to do about it, in one sentence.
    """

    def __init__(
        self,
        what: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        value: object = None,
        way_out: str = "",
    ) -> None:
        self.what = what
        self.file = file
        self.line = line
        self.value = value
        self.way_out = way_out
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return the message on one line: ``file:line: what (got 'value'). Way out.``"""
        place = "" if self.file is None else f"{self.file}:"
        place += "" if self.line is None else f"{self.line}:"
        got = "" if self.value is None else f" (got {self.value!r})"
        way_out = f". {self.way_out}" if self.way_out else ""
        return f"{place} {self.what}{got}{way_out}".strip()

    def __reduce__(self) -> tuple:
        """Keep the parts when the error crosses to another process."""
        return _rebuilt, (type(self), self.what, self.file, self.line, self.value, self.way_out)


class DataError(ReportError):
    """A table, a layer or the data folder is not what the schema says."""


class DateError(ReportError, ValueError):
    """A date is not in the part of EDTF that the report uses, or does not exist."""


class MeasureError(ReportError, ValueError):
    """A measure cannot be computed from what was given."""


def _rebuilt(kind: type[ReportError], what, file, line, value, way_out) -> ReportError:
    return kind(what, file=file, line=line, value=value, way_out=way_out)
