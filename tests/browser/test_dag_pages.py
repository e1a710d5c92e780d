"""The pages of a DAG and of a run, by key and by click: what is chosen is in the URL, what is meant is shown first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.site import Site

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]
expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def trained(site: Site) -> str:
    run_id = site.trigger("shop_train")
    assert site.ended("shop_train", run_id) == "success"
    return run_id


def test_the_grid_is_walked_by_key(page: Page, trained: str) -> None:
    page.goto("/dags/shop_train")
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("rowheader", name="split")).to_be_visible()
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")  # the panel
    page.wait_for_url(re.compile("task=prepare.split"))
    expect(page.get_by_role("complementary", name="What is chosen")).to_contain_text("Success")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tasks/prepare.split"))


def test_a_folded_group_is_in_the_url(page: Page, trained: str) -> None:
    page.goto("/dags/shop_train")
    group = page.get_by_role("rowheader", name="prepare")
    group.click()
    expect(group).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(page.get_by_role("rowheader", name="prepare")).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("rowheader", name="split")).to_have_count(0)


def test_a_mapped_task_unfolds_into_its_instances(page: Page, site: Site) -> None:
    run_id = site.trigger("shop_features")
    assert site.ended("shop_features", run_id) == "success"
    page.goto("/dags/shop_features")
    grid = page.get_by_role("grid")
    grid.get_by_role("rowheader", name="work").click()
    expect(grid.get_by_role("rowheader", name="[2]")).to_be_visible()
    page.wait_for_url(re.compile("group=work"))
    grid.get_by_role("gridcell", name=re.compile(rf"^work \[2\], {re.escape(run_id)}: Success")).click()
    panel = page.get_by_role("complementary", name="What is chosen")
    expect(panel).to_contain_text("work [2]")
    panel.get_by_role("link", name="Log, values, why").click()
    page.wait_for_url(re.compile(r"/tasks/work\?map=2"))


def test_a_group_of_the_graph_folds_and_opens(page: Page, trained: str) -> None:
    page.goto(f"/dags/shop_train/runs/{quote(trained, safe='')}?tab=graph")
    graph = page.get_by_role("region", name="Graph of the DAG")
    expect(graph.get_by_text("scale")).to_be_visible()
    graph.get_by_role("button", name="Fold prepare").click()
    expect(graph.get_by_text("scale")).to_have_count(0)
    graph.get_by_role("button", name="Open prepare").click()
    expect(graph.get_by_text("scale")).to_be_visible()


def test_what_clearing_touches_follows_the_choices(page: Page, trained: str) -> None:
    page.goto(f"/dags/shop_train/runs/{quote(trained, safe='')}?task=prepare.split")
    expect(page.get_by_role("treegrid").get_by_text("split")).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Clear 3 task instances")).to_be_enabled()
    dialog.get_by_label("Downstream").uncheck()
    expect(dialog.get_by_role("button", name="Clear 1 task instance")).to_be_enabled()
    dialog.get_by_role("button", name="Leave it").click()
    expect(dialog).to_have_count(0)


def test_what_is_wrong_in_the_trigger_form_is_seen_at_once(page: Page) -> None:
    page.goto("/dags/shop_features?trigger=true")
    dialog = page.get_by_role("dialog")
    rows = dialog.get_by_label("rows")
    expect(rows).to_be_focused()
    rows.fill("0")
    dialog.get_by_role("button", name="Trigger", exact=True).click()
    expect(dialog.get_by_text("At least 1")).to_be_visible()
    expect(rows).to_be_focused()


@pytest.mark.parametrize("path", ["/dags/shop_train", "{run}", "{run}/tasks/fit", "/assets", "/compare"])
def test_a_tab_that_is_not_there_is_the_first_one(page: Page, trained: str, path: str) -> None:
    page.goto(path.format(run=f"/dags/shop_train/runs/{quote(trained, safe='')}") + "?tab=nonsense&sort=%00&try=x")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("This page failed")).to_have_count(0)


def test_instances_that_are_not_due_yet_are_counted(page: Page, site: Site) -> None:
    run_id = site.trigger("slow_parts")
    page.goto(f"/dags/slow_parts/runs/{quote(run_id, safe='')}")
    mapped = page.get_by_role("row", name=re.compile("^Unfold one_part . 4"))
    expect(mapped).to_be_visible()
    expect(page.get_by_text("6 task instances, 4 to come")).to_be_visible()
    site.let("end-parts")
    assert site.ended("slow_parts", run_id) == "success"
    expect(page.get_by_text("6 task instances", exact=True)).to_be_visible()


def test_a_note_is_kept(page: Page, site: Site, trained: str) -> None:
    path = f"/dags/shop_train/runs/{quote(trained, safe='')}"
    page.goto(path)
    page.get_by_role("button", name="Add a note").click()
    page.get_by_role("textbox", name="Note").fill("**good** <b>one</b>")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("strong", has_text="good")).to_be_visible()
    expect(page.get_by_text("<b>one</b>")).to_be_visible()  # Markdown, never HTML
    assert site.ask(path)["note"] == "**good** <b>one</b>"
