"""Every page, in light and dark: nothing that axe calls a violation of WCAG 2.1 A or AA, nothing the browser complains of.

Source of the rules: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.browser.site import Site

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("browser")]
expect = pytest.importorskip("playwright.sync_api").expect
AXE = Path(__file__).parents[2] / "ui/node_modules/axe-core/axe.min.js"

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = (
    "/",
    "/dags",
    "/dags/shop_features",
    "/dags/shop_features?tab=graph",
    "/dags/shop_features?tab=gantt",
    "/dags/shop_features?tab=calendar",
    "/dags/shop_features?tab=durations",
    "/dags/shop_features?tab=runs",
    "/dags/shop_features?tab=code",
    "/dags/shop_features?tab=assets",
    "/dags/shop_features?tab=backfills",
    "/dags/shop_features?tab=details",
    "/dags/shop_features?trigger=true",
    "{run}",
    "{run}?tab=graph",
    "{run}?tab=gantt",
    "{run}?tab=values",
    "{run}?tab=params",
    "{run}?tab=events",
    "{run}?tab=details",
    "{run}/tasks/extract",
    "{run}/tasks/extract?tab=why",
    "{run}/tasks/extract?tab=values",
    "{run}/tasks/extract?tab=history",
    "{run}/tasks/extract?tab=details",
    "{run}/tasks/collect?tab=metrics",
    "{run}/tasks/collect?tab=resources",
    "{failed}",
    "{failed}/tasks/breaks",
    "/compare",
    "/assets",
    "/assets?tab=list",
    "/assets/features",
    "/waiting",
    "/admin/pools",
    "/admin/variables",
    "/admin/connections",
    "/admin/users",
    "/admin/roles",
    "/admin/tokens",
    "/admin/audit",
    "/admin/settings",
    "/admin/import-errors",
    "/admin/jobs",
)


@pytest.fixture(scope="module")
def paths(site: Site) -> dict[str, str]:
    """Of an ended run, and of one that failed."""
    found: dict[str, str] = {}
    for name, dag_id in (("run", "shop_features"), ("failed", "fails")):
        run_id = site.trigger(dag_id)
        site.ended(dag_id, run_id)
        found[name] = f"/dags/{dag_id}/runs/{quote(run_id, safe='')}"
    return found


def settled(page: Page, path: str) -> None:
    """Loaded, and nothing is loading any more. (The live stream stays open: the network never gets idle.)"""
    page.goto(path)
    page.get_by_role("heading", level=1).first.wait_for()
    expect(page.locator("[aria-label^=Loading], [aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(
    site: Site, browser: Browser, signed_in: Path, paths: dict[str, str], scheme: Any
) -> None:
    assert AXE.exists(), "what develops the pages is not installed: python3 tasks.py ui check"
    axe = AXE.read_text()
    context = browser.new_context(base_url=site.url, storage_state=signed_in, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    for path in PAGES:
        settled(page, path.format(**paths))
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
        complaints += [
            f"{path}: {one['id']}: {one['help']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
            for one in found["violations"]
            for node in one["nodes"][:3]
        ]
    context.close()
    assert not complaints, "\n".join(complaints)


def test_no_page_is_wider_than_a_phone(site: Site, browser: Browser, signed_in: Path, paths: dict[str, str]) -> None:
    context = browser.new_context(base_url=site.url, storage_state=signed_in, viewport={"width": 390, "height": 844})
    page = context.new_page()
    wide: list[str] = []
    for path in PAGES:
        settled(page, path.format(**paths))
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide.append(f"{path}: {width} pixels")
    context.close()
    assert not wide, "\n".join(wide)
