"""The pages on models, experiments, data, sweeps and costs, in a browser, over what was noted down."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

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


def is_drawn(page: Page, name: str) -> None:
    """Not only there: the browser has got it, and could read it."""
    picture = page.get_by_role("img", name=name)
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1)


def test_a_task_shows_what_it_logged(page: Page, run_id: str) -> None:
    page.goto(f"/dags/shop_features/runs/{quote(run_id, safe='')}/tasks/extract?tab=logged")
    is_drawn(page, "confusion.png")
    expect(page.get_by_role("region", name="Table words.csv")).to_contain_text("hello")
    cache = page.get_by_role("region", name="Cache")
    expect(cache).to_contain_text("Run, not in the cache: the function `fit` changed")
    expect(cache).to_contain_text("return 2")
    expect(page.get_by_role("region", name="Params")).to_contain_text("depth")
    expect(page.get_by_role("link", name="MLflow run 0123456789")).to_have_attribute(
        "href", "https://mlflow.example/runs/1"
    )
    expect(page.get_by_role("region", name="Checkpoints")).to_contain_text("step 120")
    expect(page.get_by_role("region", name="The next try")).to_contain_text("batch_size: 64 → 32")
    expect(page.get_by_role("region", name="Used")).to_contain_text("2.1 GB")
    expect(page.get_by_role("region", name="Data checks")).to_contain_text("such as -5")
    expect(page.get_by_role("img", name="Spread of age")).to_be_visible()
    frame = page.get_by_title("Notebook explore.ipynb")
    expect(frame).to_have_attribute("sandbox", "")
    expect(frame.content_frame.get_by_role("heading")).to_have_text("Age drifted")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download weights.bin").click()
    assert saved.value.suggested_filename == "weights.bin"
    assert Path(saved.value.path()).read_bytes() == b"bytes"


def test_a_run_tells_where_it_ran(page: Page, site: Site, run_id: str) -> None:
    path = f"/dags/shop_features/runs/{quote(run_id, safe='')}"
    noted = site.until(f"{path}/journal", lambda found: found["environment"])["environment"]["said"]
    page.goto(f"{path}?tab=details")
    environment = page.get_by_role("region", name="Environment")
    expect(environment).to_contain_text(noted["platform"])
    expect(environment).to_contain_text(str(noted["seed"]))
    packages = page.get_by_role("list", name="Packages").get_by_role("listitem")
    expect(packages).to_have_count(len(noted["packages"]))
    page.get_by_role("textbox", name="Find a package").fill("MSGSP")
    expect(packages).to_have_text([f"msgspec {noted['packages']['msgspec']}"])
    command = f"tradewind runs reproduce shop_features {run_id}"
    expect(page.get_by_role("region", name="Reproduce")).to_contain_text(command)


def test_a_run_is_reproduced_and_what_differs_is_told(page: Page, site: Site, run_id: str) -> None:
    page.goto(f"/dags/shop_features/runs/{quote(run_id, safe='')}?tab=details")
    page.get_by_role("button", name="Run it once more").click()
    page.wait_for_url(re.compile("/runs/reproduce__"))
    report = page.get_by_role("region", name="Reproduction")
    expect(report.get_by_role("heading")).to_contain_text("the same")
    expect(report.get_by_role("row", name=re.compile("^extract"))).to_contain_text("same")
    expect(report.get_by_role("link", name=run_id)).to_be_visible()


def test_a_run_is_forked_from_a_task_on(page: Page, run_id: str) -> None:
    page.goto(f"/dags/shop_features/runs/{quote(run_id, safe='')}/tasks/collect")
    page.get_by_role("button", name="Fork from here").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="rows").fill("[1")
    expect(dialog.get_by_text("This is not JSON")).to_be_visible()
    expect(dialog.get_by_role("button", name="Fork the run")).to_be_disabled()
    dialog.get_by_role("textbox", name="rows").fill("")
    dialog.get_by_role("button", name="Fork the run").click()
    page.wait_for_url(lambda url: quote(run_id, safe="") not in url and "/tasks/" not in url)
    page.goto(f"{page.url.partition('?')[0]}?tab=details")
    fork = page.get_by_role("region", name="Fork")
    expect(fork).to_contain_text("Begun with collect")
    expect(fork.get_by_role("link", name=run_id)).to_be_visible()


def test_several_values_of_params_are_forks_of_every_combination(page: Page, site: Site, run_id: str) -> None:
    page.goto(f"/dags/shop_features/runs/{quote(run_id, safe='')}/tasks/collect")
    page.get_by_role("button", name="Fork from here").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="rows").fill("10, 20")
    dialog.get_by_role("textbox", name="region").fill("eu, us")
    dialog.get_by_role("textbox", name="Note", exact=True).fill("a sweep")
    dialog.get_by_role("button", name="Fork 4 runs").click()
    page.wait_for_url(re.compile(r"/dags/shop_features\?tab=runs"))
    forks = page.get_by_role("link", name=re.compile("^fork__.*_[1-4]$"))
    expect(forks).to_have_count(4)
    names = forks.all_text_contents()
    made = [site.ask(f"/dags/shop_features/runs/{quote(name, safe='')}") for name in names]
    params = sorted((one["params"]["rows"], one["params"]["region"]) for one in made)
    assert params == [(10, "eu"), (10, "us"), (20, "eu"), (20, "us")]
    assert {one["note"] for one in made} == {"a sweep"}


def test_a_model_tells_who_is_champion_and_why(page: Page, run_id: str) -> None:
    page.goto("/models")
    page.get_by_role("link", name="churn").click()
    expect(page.get_by_role("heading", name="churn", exact=True)).to_be_visible()
    expect(page.get_by_text("champion 2")).to_be_visible()
    compared = page.get_by_role("table", name="Compared metrics")
    expect(compared.get_by_role("row", name="country=NZ")).to_contain_text("-0.02 (-0.06 to 0.02)")
    expect(page.get_by_role("region", name="Lineage of the model")).to_contain_text("extract")
    is_drawn(page, "What the gate of churn saw")
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
    is_drawn(page, "Drift of daily")
    page.get_by_text("The report", exact=True).click()
    expect(page.frame_locator("iframe[title='Report of daily']").get_by_role("heading")).to_have_text("Age drifted")
    page.get_by_text("Checks", exact=True).click()
    expect(page.get_by_role("table", name="Checks")).to_contain_text("such as -5")
    page.get_by_text("Profiles", exact=True).click()
    page.get_by_role("combobox", name="Frame").click()  # the newest is shown; another test may have made a newer one
    page.get_by_role("option", name=re.compile(f" · {re.escape(run_id)}$")).first.click()
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
