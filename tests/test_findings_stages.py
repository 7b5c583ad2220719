"""Promises about how far each arms deal got, by cases counted by hand."""

from __future__ import annotations

import pytest

from azpak import Report
from azpak.errors import MeasureError
from azpak.figures.stages import PANELS, deals_by_stage
from azpak.findings import stages
from azpak.findings.stages import STAGES


@pytest.fixture(scope="module")
def real():
    return Report.load()


def changed(report, tmp_path, deal, status):
    """Return a report in which a deal has another status."""
    import shutil

    folder = tmp_path / "data"
    shutil.copytree(report.folder, folder, ignore=shutil.ignore_patterns("releases"))
    lines = (folder / "transfers.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    old = report.table("transfers").set_index("transfer_id").at[deal, "status"]
    lines = [
        line.replace(f",{old},", f",{status},") if line.startswith(f"{deal},") else line
        for line in lines
    ]
    (folder / "transfers.csv").write_text("".join(lines), encoding="utf-8")
    return Report.load(folder)


def test_every_deal_but_those_that_another_row_replaces_stands_on_one_step(real):
    table = real.table("transfers")
    standing = table[(table["record_kind"] == "deal") & table["superseded_by"].isna()]
    rows = stages.deals(real)
    assert set(rows["transfer_id"]) == set(standing["transfer_id"])
    by_hand = dict(zip(standing["transfer_id"], standing["status"], strict=True))
    assert all(
        list(STAGES)[row.stage] == by_hand[row.transfer_id] == row.status
        for row in rows.itertuples()
    )


def test_the_panels_have_every_deal_once(real):
    pairs = stages.deals(real)[["supplier", "recipient"]].apply(tuple, axis=1)
    assert set(pairs) == set(PANELS)


def test_a_date_that_may_lie_in_two_years_says_both(real):
    years = stages.deals(real).set_index("transfer_id")["order_year"]
    assert years["ind-arm-akash-2023"] == "2022 to 2023"
    assert years["pak-aze-krl122"] == "" and years["ind-arm-swathi-2020"] == "2020"


def test_a_delivery_of_the_trainers_changes_the_headline_and_fails_the_paragraph(real, tmp_path):
    before = stages.reached(real, "PAK", "AZE")
    report = changed(real, tmp_path, stages.TRAINERS, "delivered")
    assert stages.reached(report, "PAK", "AZE") == (before.begun + 1, before.all)
    assert deals_by_stage(report).title != deals_by_stage(real).title
    with pytest.raises(MeasureError, match="only claimed"):
        stages.like_the_trainers(report)


def test_a_pair_without_deals_is_refused_by_name(real):
    with pytest.raises(MeasureError, match="TUR to ARM"):
        stages.reached(real, "TUR", "ARM")
