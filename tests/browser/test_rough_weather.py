"""Pages that lose what they show: the server restarts, the browser sleeps, a run is deleted; and ids as people make them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.site import Site

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]
expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

ODD_IDS = ("tëst ünï 数据 🚀", "a/b/c", "../../etc/passwd", "...", "50% off?#&+=;", "%2e%2e%2f")


def path_of(dag_id: str, run_id: str) -> str:
    return f"/dags/{dag_id}/runs/{quote(run_id, safe='')}"


def expect_state(page: Page, state: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(state, timeout=90_000)


def test_a_page_that_is_open_over_a_restart_finds_back_and_is_right_again(losing_page: Page, site: Site) -> None:
    run_id = site.trigger("asks")
    site.until("/waiting", lambda waiting: any(one["run_id"] == run_id for one in waiting))
    losing_page.goto(path_of("asks", run_id))
    expect_state(losing_page, "Running")
    expect(losing_page.get_by_role("button", name="Health: Healthy")).to_be_visible()
    site.service.stop()
    expect(losing_page.get_by_role("button", name="Health: Reconnecting")).to_be_visible(timeout=90_000)
    site.service.start()
    site.service.when_ready()
    expect(losing_page.get_by_role("button", name="Health: Healthy")).to_be_visible(timeout=90_000)
    site.airflow("PATCH", f"/dags/asks/dagRuns/{quote(run_id, safe='')}", {"state": "failed"})
    expect_state(losing_page, "Failed")


def test_a_browser_that_slept_shows_what_has_happened_meanwhile(losing_page: Page, site: Site) -> None:
    run_id = site.trigger("asks")
    losing_page.goto(path_of("asks", run_id))
    expect_state(losing_page, "Running")
    losing_page.context.set_offline(True)
    site.airflow("PATCH", f"/dags/asks/dagRuns/{quote(run_id, safe='')}", {"state": "failed"})
    assert site.ended("asks", run_id) == "failed"
    losing_page.context.set_offline(False)
    expect_state(losing_page, "Failed")


def test_a_run_that_is_deleted_while_looked_at_is_said_to_be_gone(losing_page: Page, site: Site) -> None:
    run_id = site.trigger("fails")
    assert site.ended("fails", run_id) == "failed"
    losing_page.goto(path_of("fails", run_id))
    expect_state(losing_page, "Failed")
    site.airflow("DELETE", f"/dags/fails/dagRuns/{quote(run_id, safe='')}")
    expect(losing_page.get_by_role("heading", name="This run is gone")).to_be_visible(timeout=90_000)
    losing_page.get_by_role("link", name=re.compile("To the runs of fails")).click()
    losing_page.wait_for_url(re.compile(r"/dags/fails$"))


def test_a_run_dag_or_task_that_never_was_is_said_so(losing_page: Page) -> None:
    for path, said in (
        ("/dags/nosuch", "nosuch"),
        ("/dags/fails/runs/..%2F..%2Fetc", "../../etc"),
        ("/nowhere/at/all", "nowhere|not found|no such page|no page"),
    ):
        losing_page.goto(path)
        expect(losing_page.get_by_text(re.compile(said, re.I)).first).to_be_visible()


@pytest.mark.parametrize("number", range(len(ODD_IDS)))
def test_run_ids_as_people_make_them_are_shown_and_linked(page: Page, site: Site, number: int) -> None:
    run_id = ODD_IDS[number]
    assert site.trigger("fails", run_id=run_id) == run_id
    assert site.ended("fails", run_id) == "failed"
    page.goto("/dags/fails?tab=runs")
    page.get_by_role("link", name=run_id, exact=True).first.click()
    expect_state(page, "Failed")
    page.get_by_role("link", name="breaks").first.click()
    expect(page.get_by_role("region", name="Log").get_by_text("about to break").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("region", name="Log").get_by_text("about to break").first).to_be_visible()
