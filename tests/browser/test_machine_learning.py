"""The pages on models, experiments, data, sweeps and costs, in a browser, over what was noted down."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.noted import SWEEP, note_down
from tests.browser.site import Site

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]
expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def run_id(site: Site) -> str:
    run_id = site.trigger("shop_features")
    site.ended("shop_features", run_id)
    note_down(site.home, "shop_features", run_id, "extract")
    return run_id


def test_a_model_tells_who_is_champion_and_why(page: Page, run_id: str) -> None:
    page.goto("/models")
    page.get_by_role("link", name="churn").click()
    expect(page.get_by_role("heading", name="churn", exact=True)).to_be_visible()
    expect(page.get_by_text("champion 2")).to_be_visible()
    compared = page.get_by_role("table", name="Compared metrics")
    expect(compared.get_by_role("row", name="country=NZ")).to_contain_text("-0.02 (-0.06 to 0.02)")
    expect(page.get_by_role("region", name="Lineage of the model")).to_contain_text("extract")
    page.get_by_role("button", name="Promote").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Version 2 is the champion now")
    dialog.get_by_role("button", name="Cancel").click()


def test_experiments_are_compared_and_saved(page: Page, run_id: str) -> None:
    page.goto("/experiments?dag=shop_features")
    table = page.get_by_role("table", name="Experiments")
    expect(table.get_by_role("row").nth(1)).to_contain_text("shop_features")
    table.get_by_role("checkbox").first.check()
    expect(page.get_by_role("region", name="Curves")).to_be_visible()
    expect(page).to_have_url(re.compile("run="))
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export CSV").click()
    text = Path(saved.value.path()).read_text()
    assert text.startswith("dag_id,run_id,state")
    assert run_id in text


def test_drift_checks_and_profiles(page: Page, run_id: str) -> None:
    page.goto("/data")
    expect(page.get_by_role("table", name="Monitors of drift").get_by_role("row", name="daily")).to_contain_text("yes")
    expect(page.get_by_role("img", name="Share of columns of daily that drifted")).to_be_visible()
    expect(page.get_by_role("table", name="Columns").get_by_role("row", name="age")).to_contain_text("0.02")
    page.get_by_text("Checks", exact=True).click()
    expect(page.get_by_role("table", name="Checks")).to_contain_text("such as -5")
    page.get_by_text("Profiles", exact=True).click()
    expect(page.get_by_role("img", name="Spread of age")).to_be_visible()


def test_a_sweep_tells_what_was_good(page: Page, run_id: str) -> None:
    page.goto("/sweeps")
    page.get_by_role("link", name=SWEEP).click()
    expect(page.get_by_role("heading", name=SWEEP)).to_be_visible()
    expect(page.get_by_role("list", name="Importance of each param")).to_contain_text("70 %")
    expect(page.get_by_role("img", name="Params and value of each trial")).to_be_visible()
    expect(page.get_by_role("table", name="Trials").get_by_role("row")).to_have_count(13)
    page.reload()
    expect(page.get_by_role("heading", name=SWEEP)).to_be_visible()


def test_costs_are_told_by_dag(page: Page, run_id: str) -> None:
    page.goto("/costs")
    row = page.get_by_role("table", name="What DAGs took").get_by_role("row", name="shop_features")
    expect(row).to_contain_text("2")
    expect(row).to_contain_text("2.0 GiB")
