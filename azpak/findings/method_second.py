"""How far a second coder agreed with the first, and how the differences were settled."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from azpak.measures.coders import agreed, alpha
from azpak.report import Report, finding
from azpak.text import decimal, per_cent

__all__ = ["ENOUGH", "FIELDS", "Second", "by_field", "field_rows", "of_report"]

# Krippendorff's bound for results to be relied on; below it a field gets a sharper definition and
# is coded again, in another round of claims.
ENOUGH = 0.8

# The fields that were coded, in the order of the table, and what a reader calls them.
FIELDS = {
    "value": "Value, in words",
    "date": "Date of the event",
    "bounds": "Bounds of a number",
    "agreement": "Agreement with the event",
    "basis": "Basis (how the source knows)",
    "origin": "Origin",
    "published": "Day of publication",
}
# The fields whose definitions were sharpened after claims had been coded by them.
SHARPENED = ("agreement", "basis")
FOUND, NOT_FOUND, NOT_CODED = "found", "not found", "not coded"


@finding
def by_field(report: Report) -> pd.DataFrame:
    """Compute the agreement of the two coders, field by field and round by round.

    Returns
    -------
    pandas.DataFrame
        Index ``field`` in the order of `FIELDS`, fields without a row left out: ``n`` (claims
        coded twice in all rounds), ``agreed`` (the share of them coded alike), ``alpha_1`` and so
        on (Krippendorff's alpha of each round, between the first coding as it was drawn and the
        second), ``first``, ``second``, ``third`` and ``open``: how many differences were settled
        in which way.
    """
    coded = report.table("second_coding").fillna({"first": "", "again": "", "second": ""})
    rounds = sorted(coded["round"].unique())
    rows = {}
    for field in FIELDS:
        those = coded[coded["field"] == field]
        if those.empty:
            continue
        differing = those[those["again"] != those["second"]]
        settled = differing["settled"].value_counts()
        rows[field] = {
            "n": len(those),
            "agreed": agreed(_pairs(those)),
            **{f"alpha_{n}": alpha(_pairs(those[those["round"] == n])) for n in rounds},
            **{how: int(settled.get(how, 0)) for how in ("first", "second", "third", "open")},
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")


def _pairs(coded: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(coded["first"], coded["second"], strict=True))


class Second(NamedTuple):
    """The second coding in short.

    Attributes
    ----------
    n_drawn, n_found
        Claims that were drawn, and those of them whose passage was found again.
    n_rounds, n_coders
        Rounds, and second coders in all of them.
    n_differences, n_mended, n_kept, n_open
        Fields of a claim that differed from the first coding as it stood then, and of them those
        in which the claim was changed, those in which the first coding stands, and the rest.
    n_recoded
        Fields of `SHARPENED` coded alike that were changed afterwards, because the definition had
        been sharpened.
    weak_before, weak
        Words for the fields whose alpha is under `ENOUGH` in the first round, and in the last.
    """

    n_drawn: int
    n_found: int
    n_rounds: int
    n_coders: int
    n_differences: int
    n_mended: int
    n_kept: int
    n_open: int
    n_recoded: int
    weak_before: tuple[str, ...]
    weak: tuple[str, ...]


@finding
def of_report(report: Report) -> Second:
    """Count the claims that were coded twice, and what became of the differences."""
    coded, fields = report.table("second_coding"), by_field(report)
    passages = coded.loc[coded["field"] == "passage", "second"]
    settled = fields[["first", "second", "third", "open"]].sum()
    rounds = [column for column in fields if column.startswith("alpha_")]
    alike = coded[(coded["again"] == coded["second"]) & coded["field"].isin(SHARPENED)]
    n_recoded = int((alike["settled"] == "third").sum())
    return Second(
        len(passages),
        int((passages == FOUND).sum()),
        len(rounds),
        coded["coder"].nunique(),
        int(settled.sum()),
        int(settled["second"] + settled["third"]),
        int(settled["first"]),
        int(settled["open"]),
        n_recoded,
        _weak(fields[rounds[0]]),
        _weak(fields[rounds[-1]]),
    )


def _weak(alphas: pd.Series) -> tuple[str, ...]:
    return tuple(FIELDS[field].lower() for field in alphas.index[alphas < ENOUGH])


@finding
def field_rows(report: Report) -> pd.DataFrame:
    """Return the agreement of the two coders as the chapter prints it.

    Returns
    -------
    pandas.DataFrame
        A row for each field: ``Field``, ``Claims``, ``Alike``, ``Alpha 1`` and so on for rounds,
        ``Kept``, ``Changed``, ``Open``.
    """
    fields = by_field(report)
    rounds = [column for column in fields if column.startswith("alpha_")]
    return pd.DataFrame(
        {
            "Field": [FIELDS[f] for f in fields.index],
            "Claims": fields["n"].to_list(),
            "Alike": [f"{per_cent(share)}%" for share in fields["agreed"]],
            **{
                f"Alpha {column.removeprefix('alpha_')}": [_alpha(a) for a in fields[column]]
                for column in rounds
            },
            "Kept": fields["first"].to_list(),
            "Changed": (fields["second"] + fields["third"]).to_list(),
            "Open": fields["open"].to_list(),
        }
    )


def _alpha(value: float) -> str:
    return "one value only" if value != value else decimal(value, 2)
