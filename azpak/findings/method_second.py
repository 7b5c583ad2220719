"""How far a second coder agreed with the first, and how the differences were settled."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.measures.coders import agreed, alpha
from azpak.report import Report, finding
from azpak.text import decimal, per_cent

__all__ = ["ENOUGH", "FIELDS", "Second", "by_field", "field_rows", "of_report"]

# Krippendorff's bound for results to be relied on; below it a field gets a sharper definition.
ENOUGH = 0.8

# The fields that were coded, in the order of the table, and what a reader calls them.
FIELDS = {
    "value": "Value, in words",
    "date": "Date of the event",
    "bounds": "Bounds of a number",
    "agreement": "Agreement with the event",
    "basis": "Basis",
    "origin": "Origin",
    "published": "Day of publication",
}
FOUND, NOT_FOUND, NOT_CODED = "found", "not found", "not coded"


@finding
def by_field(report: Report) -> pd.DataFrame:
    """Compute the agreement of the two coders, field by field.

    Returns
    -------
    pandas.DataFrame
        Index ``field`` in the order of `FIELDS`, fields without a row left out: ``n`` (claims
        coded twice), ``agreed_first`` and ``alpha_first`` (with the first coding as it was drawn),
        ``agreed`` and ``alpha`` (with the first coding under the sharper definitions), ``first``,
        ``second``, ``third`` and ``open``: how many differences were settled in which way.
    """
    coded = report.table("second_coding").fillna({"first": "", "again": "", "second": ""})
    rows = {}
    for field in FIELDS:
        those = coded[coded["field"] == field]
        if those.empty:
            continue
        before = list(zip(those["first"], those["second"], strict=True))
        after = list(zip(those["again"], those["second"], strict=True))
        settled = those["settled"].value_counts()
        rows[field] = {
            "n": len(those),
            "agreed_first": agreed(before), "alpha_first": alpha(before),
            "agreed": agreed(after), "alpha": alpha(after),
            **{how: int(settled.get(how, 0)) for how in ("first", "second", "third", "open")},
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")


class Second(NamedTuple):
    """The second coding in short.

    Attributes
    ----------
    n_drawn, n_taken, n_found
        Claims that were drawn, those of them that a coder looked up, and those of these whose
        passage was found again.
    n_coders
        Second coders.
    n_differences, n_mended, n_kept, n_open
        Fields of a claim that differed from the first coding as it stood then, and of them those
        in which the claim was changed, those in which the first coding stands, and the rest.
    weak_before, weak
        Words for the fields whose alpha is under `ENOUGH`: under the definitions of the draw, and
        under the sharper ones.
    """

    n_drawn: int
    n_taken: int
    n_found: int
    n_coders: int
    n_differences: int
    n_mended: int
    n_kept: int
    n_open: int
    weak_before: tuple[str, ...]
    weak: tuple[str, ...]


@finding
def of_report(report: Report) -> Second:
    """Count the claims that were coded twice, and what became of the differences."""
    coded, fields = report.table("second_coding"), by_field(report)
    passages = coded.loc[coded["field"] == "passage", "second"]
    settled = fields[["first", "second", "third", "open"]].sum()
    return Second(
        len(passages),
        int((passages != NOT_CODED).sum()),
        int((passages == FOUND).sum()),
        coded["coder"].nunique(),
        int(settled.sum()),
        int(settled["second"] + settled["third"]),
        int(settled["first"]),
        int(settled["open"]),
        tuple(FIELDS[f].lower() for f in fields.index[fields["alpha_first"] < ENOUGH]),
        tuple(FIELDS[f].lower() for f in fields.index[fields["alpha"] < ENOUGH]),
    )


@finding
def field_rows(report: Report) -> pd.DataFrame:
    """Return the agreement of the two coders as the chapter prints it.

    Returns
    -------
    pandas.DataFrame
        A row for each field: ``Field``, ``Claims``, ``Alike as drawn`` and ``Alpha as drawn``,
        ``Alike, sharper`` and ``Alpha, sharper`` (under the sharper definitions), ``First stands``,
        ``Changed``, ``Open``.
    """
    fields = by_field(report)
    return pd.DataFrame(
        {
            "Field": [FIELDS[f] for f in fields.index],
            "Claims": fields["n"].to_list(),
            "Alike as drawn": [f"{per_cent(share)}%" for share in fields["agreed_first"]],
            "Alpha as drawn": [_alpha(a) for a in fields["alpha_first"]],
            "Alike, sharper": [f"{per_cent(share)}%" for share in fields["agreed"]],
            "Alpha, sharper": [_alpha(a) for a in fields["alpha"]],
            "First stands": fields["first"].to_list(),
            "Changed": (fields["second"] + fields["third"]).to_list(),
            "Open": fields["open"].to_list(),
        }
    )


def _alpha(value: float) -> str:
    return "one value only" if value != value else decimal(value, 2)
