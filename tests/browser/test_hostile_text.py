"""Text that would be a script if anything took it for HTML is shown as text, wherever people's words are shown."""

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

EVIL = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>'
SHOWN = "<img src=x"
RUN_ID = "run <img src=x onerror=globalThis.pwned=1>"

PAGES = (
    "/?q=<img src=x onerror=globalThis.pwned=1>",
    "/dags?q=hostile",
    "/dags/hostile?tab=details",
    "/dags/hostile?tab=graph",
    "/dags/hostile?tab=grid",
    "/dags/hostile?tab=runs",
    "/dags/hostile?tab=code",
    "/dags/hostile?tab=assets",
    "/dags/hostile?trigger=true",
    "{run}",
    "{run}?tab=graph",
    "{run}?tab=gantt",
    "{run}?tab=values",
    "{run}?tab=params",
    "{run}?tab=events",
    "{run}?tab=details",
    "{run}/tasks/says",
    "{run}/tasks/says?tab=values",
    "{run}/tasks/says?tab=details",
    "{run}/tasks/tree?tab=values",
    "{run}/tasks/table?tab=values",
    "{run}/tasks/group.part?map=0",
    "{run}/tasks/group.part?map=0&tab=why",
    "/compare?dag=hostile&left={id}&right={id}",
    "/assets",
    "/assets?tab=list",
    "/admin/pools",
    "/admin/variables",
    "/admin/connections",
    "/admin/audit",
)
SILENT = ("/?q", "/assets", "tab=grid", "tab=gantt", "tab=why", "tasks/says?tab=details", "/compare")
"""Pages that need not show such a word: a canvas, an id only, or nothing of it."""


@pytest.fixture(scope="module")
def run_path(site: Site) -> str:
    run_id = site.trigger("hostile", run_id=RUN_ID, params={"text": EVIL}, note=f"a **note** {EVIL}")
    site.airflow("POST", "/pools", {"name": f"pool {EVIL}", "slots": 3, "description": EVIL})
    site.airflow("POST", "/variables", {"key": f"key {EVIL}", "value": EVIL, "description": EVIL})
    site.airflow(
        "POST",
        "/connections",
        {"connection_id": "evil", "conn_type": "http", "host": EVIL, "description": EVIL, "login": EVIL},
    )
    assert site.ended("hostile", run_id) == "failed"
    return f"/dags/hostile/runs/{quote(run_id, safe='')}"


def test_nothing_that_people_wrote_is_executed_and_all_of_it_is_shown(page: Page, run_path: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    hidden: list[str] = []
    for path in PAGES:
        page.goto(path.format(run=run_path, id=quote(RUN_ID, safe="")))
        page.get_by_role("heading", level=1).first.wait_for()
        expect(page.locator("[aria-label^=Loading], [aria-busy=true]")).to_have_count(0)
        if not any(part in path for part in SILENT):
            try:
                expect(page.locator("body")).to_contain_text(SHOWN, use_inner_text=True, timeout=60_000)
            except AssertionError:
                hidden.append(path)
        assert page.evaluate("globalThis.pwned") is None, path
        assert page.locator("img[src=x], svg[onload], [onerror], a[href^='javascript' i]").count() == 0, path
    assert not hidden
    assert not asked


def test_a_link_in_documents_leads_nowhere_but_to_the_web(page: Page, run_path: str) -> None:
    page.goto("/dags/hostile?tab=details")
    expect(page.get_by_text("press").first).to_be_visible()
    expect(page.get_by_role("link", name="press")).to_have_count(0)


def test_the_log_shows_what_was_printed(page: Page, run_path: str) -> None:
    page.goto(f"{run_path}/tasks/says")
    log = page.get_by_role("region", name="Log")
    expect(log.get_by_text(re.compile(re.escape(EVIL))).first).to_be_visible()
    expect(log.get_by_role("link", name="press")).to_have_count(0)
