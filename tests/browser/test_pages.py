"""Every page, in light and dark and on a phone: nothing that axe calls a violation of WCAG 2.1 A or AA, nothing the browser
complains of, nothing that has to be scrolled sideways.

Source of the rules: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from tests.browser.conftest import PATIENCE_MILLISECONDS
from tests.browser.noted import SWEEP, note_down
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
    "{run}/tasks/extract?tab=logged",
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
    "/experiments",
    "/models",
    "/models/churn",
    "/data",
    "/data?tab=checks",
    "/data?tab=profiles",
    "/sweeps",
    f"/sweeps/{quote(SWEEP, safe='')}",
    "/costs",
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
    note_down(site.home, "shop_features", unquote(found["run"].rpartition("/")[2]), "extract")
    return found


def settled(page: Page, path: str) -> None:
    """Loaded, and nothing is loading any more. (The live stream stays open: the network never gets idle.)"""
    page.goto(path)
    page.get_by_role("heading", level=1).first.wait_for()
    expect(page.locator("[aria-label^=Loading], [aria-busy=true]")).to_have_count(0)


RULES = {"light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "dark": ["color-contrast"]}
"""In the dark the same elements have other colours, and nothing else is different."""
CHANGED = """async () => {
  const still = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.all(still.map((one) => one.finished.catch(() => undefined)));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def seen(site: Site, browser: Browser, signed_in: Path, paths: dict[str, str]) -> dict[str, list[str]]:
    """What is wrong with the pages: each is loaded once, and looked at in light, in dark, on a phone."""
    assert AXE.exists(), "what develops the pages is not installed: python3 tasks.py ui check"
    axe = AXE.read_text()
    context = browser.new_context(base_url=site.url, storage_state=signed_in, viewport=DESK)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = context.new_page()
    found: dict[str, list[str]] = {"light": [], "dark": [], "phone": [], "browser": []}
    said = found["browser"]
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("console", lambda one: said.append(f"{page.url}: {one.text}") if one.type == "error" else None)
    for path in PAGES:
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        settled(page, path.format(**paths))
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
            page.evaluate(CHANGED)
            found[scheme] += [f"{path}: {one}" for one in violations(page, RULES[scheme])]
        page.set_viewport_size(PHONE)
        page.evaluate(CHANGED)
        width = page.evaluate("document.documentElement.scrollWidth")
        found["phone"] += [f"{path}: {width} pixels"] if width > PHONE["width"] else []
    context.close()
    return found


def violations(page: Page, rules: list[str]) -> list[str]:
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", rules)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(seen: dict[str, list[str]], scheme: str) -> None:
    assert not seen[scheme], "\n".join(seen[scheme])


def test_no_page_is_wider_than_a_phone(seen: dict[str, list[str]]) -> None:
    assert not seen["phone"], "\n".join(seen["phone"])


def test_the_browser_complains_of_nothing(seen: dict[str, list[str]]) -> None:
    assert not seen["browser"], "\n".join(seen["browser"])
