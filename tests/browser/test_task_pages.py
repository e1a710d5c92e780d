"""The page of a task instance: rendered templates, values by kind, repeats of a lost try, what is noted down meanwhile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.site import Site


@pytest.fixture(scope="module")
def tries(site: Site) -> str:
    """The path of a run that has ended."""
    run_id = site.trigger("tries")
    assert site.ended("tries", run_id) == "failed"
    return path_of("tries", run_id)


def path_of(dag_id: str, run_id: str) -> str:
    return f"/dags/{dag_id}/runs/{quote(run_id, safe='')}"


def test_a_template_is_shown_as_the_task_got_it(page: Page, tries: str) -> None:
    page.goto(f"{tries}/tasks/templated?tab=rendered")
    expect(page.get_by_role("region", name="bash_command")).to_contain_text("echo run of tries")


def test_what_json_lacks_is_a_tree_all_the_same(page: Page, tries: str) -> None:
    page.goto(f"{tries}/tasks/typed?tab=values")
    value = page.get_by_role("region", name="Value return_value")
    for said in ("0:03:00", "nan", "<b>two</b>"):
        expect(value).to_contain_text(said)


def test_an_array_is_drawn_whole(page: Page, tries: str) -> None:
    page.goto(f"{tries}/tasks/matrix?tab=values")
    expect(page.get_by_role("img", name=re.compile("All of it in small"))).to_be_visible()
    expect(page.get_by_role("img", name="Distribution of its elements")).to_be_visible()


def test_each_repeat_of_a_lost_try_has_a_page(page: Page, tries: str) -> None:
    page.goto(f"{tries}/tasks/killed")
    listed = page.get_by_role("navigation", name="Tries").get_by_role("link")
    expect(listed.nth(1)).to_contain_text("Try 1, once more")
    listed.first.click()
    expect(listed.first).to_have_attribute("aria-current", "true")
    crash = page.get_by_role("region", name="What went wrong")
    expect(crash).to_contain_text("9 SIGKILL")
    expect(crash).to_contain_text("tradewind debug")
    expect(page.get_by_role("region", name="Log")).to_contain_text("my last words")


def test_what_is_noted_down_appears_without_a_reload(page: Page, site: Site) -> None:
    run_id = site.trigger("notes")
    path = path_of("notes", run_id)
    site.until(f"{path}/tasks/writes", lambda found: found["row"]["state"] == "running")
    page.goto(f"{path}/tasks/writes?tab=logged")
    expect(page.get_by_text("Nothing logged")).to_be_visible()
    site.let("note-down")
    expect(page.get_by_text("depth")).to_be_visible()
    site.let("end-notes")
    assert site.ended("notes", run_id) == "success"
