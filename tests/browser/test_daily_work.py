"""What people do all day, through the true server in a true browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.conftest import PATIENCE_MILLISECONDS, sign_in
from tests.browser.site import Site

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]
expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def run_path(dag_id: str, run_id: str) -> str:
    return f"/dags/{dag_id}/runs/{quote(run_id, safe='')}"


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_where_they_went(site: Site, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = context.new_page()
    page.goto("/dags/shop_features?tab=code")
    page.wait_for_url(re.compile("/signin"))
    page.get_by_label("Name").fill("admin")
    page.get_by_role("textbox", name="Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("textbox", name="Password").fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"/dags/shop_features\?tab=code"))
    expect(page.get_by_text("wait_for").first).to_be_visible()
    context.close()


def test_who_was_given_a_password_chooses_another_before_anything_else(site: Site, browser: Browser) -> None:
    word = site.tell("/users", {"name": "newcomer", "roles": ["viewer"]})["password"]
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = context.new_page()
    page.goto("/signin")
    page.get_by_label("Name").fill("newcomer")
    page.get_by_role("textbox", name="Password").fill(word)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("choose one of your own")).to_be_visible()
    page.goto("/dags")  # nothing answers yet: back to where one is chosen
    page.wait_for_url(re.compile("/signin"))
    page.get_by_label("Password now").fill(word)
    for label in ("New password", "New password again"):
        page.get_by_label(label, exact=True).fill("a word of my own")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(re.compile("/dags"))
    expect(page.get_by_text("shop_features").first).to_be_visible()
    context.close()


def test_signing_out_ends_the_session(site: Site, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = context.new_page()
    sign_in(page, site)
    page.get_by_role("button", name=re.compile("account|admin|you", re.I)).first.click()
    page.get_by_role("menuitem", name=re.compile("sign out", re.I)).click()
    page.wait_for_url(re.compile("/signin"))
    assert context.request.get(f"{site.url}/api/tradewind/v1/me").status == 401
    context.close()


def test_a_run_is_triggered_with_params_and_watched_to_its_end(page: Page, site: Site) -> None:
    page.goto("/dags/shop_features")
    page.get_by_role("button", name="Trigger").first.click()
    dialog = page.get_by_role("dialog")
    rows = dialog.get_by_label(re.compile("^rows"))
    rows.fill("0")
    dialog.get_by_role("button", name=re.compile("trigger", re.I)).last.click()
    expect(dialog).to_be_visible()  # 0 is below the minimum: said at the field, nothing is started
    rows.fill("300")
    dialog.get_by_role("button", name=re.compile("trigger", re.I)).last.click()
    page.wait_for_url(re.compile(r"/dags/shop_features/runs/"))
    expect(page.get_by_text("Success").first).to_be_visible()
    run = site.ask(f"/dags/shop_features/runs/{page.url.rpartition('/runs/')[2].partition('?')[0]}")
    assert run["params"]["rows"] == 300


def test_a_running_task_is_seen_live_and_its_log_grows_without_reload(page: Page, site: Site) -> None:
    run_id = site.trigger("slow")
    page.goto(f"{run_path('slow', run_id)}/tasks/speak")
    log = page.get_by_role("region", name="Log")
    expect(log.get_by_text("first words")).to_be_visible()
    expect(log.get_by_text("more words")).to_have_count(0)
    site.let("say-more")
    expect(log.get_by_text("more words")).to_be_visible()
    page.goto(run_path("slow", run_id))
    expect(page.get_by_text("Running").first).to_be_visible()
    site.let("end-slow")
    expect(
        page.get_by_role("heading", level=1).or_(page.locator("header")).get_by_text("Success").first
    ).to_be_visible()


def test_a_failure_is_seen_at_first_sight_and_cleared_after_it_was_mended(page: Page, site: Site) -> None:
    run_id = site.trigger("fragile")
    assert site.ended("fragile", run_id) == "failed"
    page.goto(run_path("fragile", run_id))
    failure = page.get_by_role("region", name="First failure")
    expect(failure).to_contain_text("the shelf <img src=x onerror=alert(1)> is empty")
    failure.get_by_role("link", name="breaks").click()
    expect(page.get_by_role("region", name="What went wrong")).to_contain_text("RuntimeError")
    site.let("mended")
    page.get_by_role("button", name="Run again").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("follows")  # the preview names what goes with it
    dialog.get_by_role("button", name=re.compile("^Clear")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Success")
    assert site.ended("fragile", run_id) == "success"


def test_a_dag_is_paused_and_goes_on(page: Page, site: Site) -> None:
    page.goto("/dags/shop_train")
    switch = page.get_by_role("switch").first
    switch.click(force=True)
    site.until("/dags/shop_train", lambda dag: dag["card"]["is_paused"])
    switch.click(force=True)
    site.until("/dags/shop_train", lambda dag: not dag["card"]["is_paused"])


def test_a_connection_is_made_and_its_password_never_comes_back(page: Page, site: Site) -> None:
    page.goto("/admin/connections?edit=%2B")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile("^(Id|Connection id|Name)", re.I)).first.fill("warehouse")
    dialog.get_by_label(re.compile("type", re.I)).first.fill("postgres")
    dialog.get_by_label(re.compile("^host", re.I)).fill("db.example.com")
    dialog.get_by_label(re.compile("password", re.I)).first.fill("s3cret-word")
    dialog.get_by_role("button", name=re.compile("save|add|create", re.I)).last.click()
    expect(page.get_by_role("table").get_by_text("warehouse").first).to_be_visible()
    page.goto("/admin/connections?edit=warehouse")
    expect(dialog.get_by_label("Host")).to_have_value("db.example.com")
    assert "s3cret-word" not in page.content()


def test_a_connection_is_edited_and_keeps_what_was_not_touched(page: Page, site: Site) -> None:
    made = {"connection_id": "store", "conn_type": "postgres", "host": "old.example.com", "login": "reader"}
    site.airflow("POST", "/connections", {**made, "password": "s3cret-word"})
    page.goto("/admin/connections?edit=store")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Host").fill("new.example.com")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table").get_by_text("new.example.com")).to_be_visible()
    found = site.airflow("GET", "/connections/store")
    assert (found["host"], found["login"], found["password"]) == ("new.example.com", "reader", "***")


def test_a_person_approves_a_step_and_the_run_goes_on(page: Page, site: Site) -> None:
    run_id = site.trigger("asks")
    page.goto("/waiting")
    expect(page.get_by_text("Publish the model?").first).to_be_visible()
    page.get_by_text("Publish the model?").first.click()
    page.get_by_role("button", name=re.compile("^Approve")).first.click()
    assert site.ended("asks", run_id) == "success"


def test_a_finished_run_and_its_plots_are_a_click_from_home(page: Page, site: Site) -> None:
    run_id = site.trigger("draws")
    assert site.ended("draws", run_id) == "success"
    page.goto("/")
    page.get_by_role("region", name="Succeeded lately").get_by_role("link", name=run_id).click()
    plot = page.get_by_role("region", name="Plots").get_by_role("img", name="curve · return_value")
    expect(plot).to_be_visible()
    assert plot.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 0
    plot.click()
    page.wait_for_url(lambda url: "tab=values" in url)


def test_two_runs_are_compared(page: Page, site: Site) -> None:
    runs = [site.trigger("shop_features", params={"rows": rows}) for rows in (10, 20)]
    assert [site.ended("shop_features", run) for run in runs] == ["success", "success"]
    left, right = (quote(run, safe="") for run in runs)
    page.goto(f"/compare?dag=shop_features&left={left}&right={right}")
    expect(page.get_by_text("rows").first).to_be_visible()
    expect(page.get_by_text("20").first).to_be_visible()


def test_values_are_shown_as_what_they_are(page: Page, site: Site) -> None:
    run_id = site.trigger("shop_features")
    assert site.ended("shop_features", run_id) == "success"
    page.goto(f"{run_path('shop_features', run_id)}/tasks/extract?tab=values")
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader", name=re.compile("shop"))).to_be_visible()
    expect(page.get_by_text("200 rows")).to_be_visible()


def test_the_palette_finds_a_dag(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_placeholder(re.compile("search", re.I)).last.fill("shop_tr")
    page.get_by_role("dialog").get_by_text("shop_train").first.click()
    page.wait_for_url(re.compile("/dags/shop_train"))
