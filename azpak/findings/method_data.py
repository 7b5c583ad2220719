"""The data sets that the report computes with: their releases, terms and limitations."""

from __future__ import annotations

from typing import Any

import pandas as pd

from azpak.output.table import markup
from azpak.report import Report, finding

__all__ = ["data_rows"]

FOLDER = "indicators/"  # where the tables of series stand in the data package


@finding
def data_rows(report: Report) -> pd.DataFrame:
    """Return the data sets as the description that travels with the data has them.

    Returns
    -------
    pandas.DataFrame
        A row for each, in the order of the data package: ``Data set, release and terms``
        (markup), ``What a user must know``.
    """
    series = [r for r in report.package()["resources"] if r["path"].startswith(FOLDER)]
    rows = [(markup(_headed(report, r)), _limitation(r["description"])) for r in series]
    columns = ["Data set, release and terms", "What a user must know"]
    return pd.DataFrame(rows, columns=columns)


def _headed(report: Report, resource: dict[str, Any]) -> str:
    """Return title, release and terms of a data set, as they stand in one cell."""
    release = _release(report, resource["name"])
    return f"**{resource['title']}.** {release}. *{resource['licenses'][0]['title']}.*"


def _release(report: Report, name: str) -> str:
    """Return the releases of a table, from its rows, else from its sources."""
    rows = report.table(name)
    if "release" in rows:
        return "; ".join(rows["release"].dropna().unique())
    vintages = report.sources.loc[rows["source_id"].unique(), "vintage"]
    pages = vintages.isna().sum() > 1  # a single page beside a data set corrects one vote
    return "pages named in the rows" if pages else "; ".join(vintages.dropna().unique())


def _limitation(description: str) -> str:
    """Return what a description says after its first sentence, which says what the table holds."""
    return description.split(". ", 1)[-1]
