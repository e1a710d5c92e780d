"""One site and one browser for all tests of the pages; each test has a context of its own, signed in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.site import Site, standalone

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_MILLISECONDS = 60_000


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    with standalone(tmp_path_factory.mktemp("site") / "home") as found:
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import expect, sync_playwright  # 0.3 s, only where there is a browser

    expect.set_options(timeout=PATIENCE_MILLISECONDS)

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def signed_in(site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of the admin, signed in through the page."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    sign_in(page, site)
    state = tmp_path_factory.mktemp("cookies") / "admin.json"
    page.context.storage_state(path=state)
    page.close()
    return state


@pytest.fixture
def page(site: Site, browser: Browser, signed_in: Path) -> Iterator[Page]:
    """A page that is signed in. What the browser complains of fails the test."""
    with watched_page(site, browser, signed_in) as (found, complaints):
        yield found
    assert not complaints, complaints


@pytest.fixture
def losing_page(site: Site, browser: Browser, signed_in: Path) -> Iterator[Page]:
    """As `page`, where what it asks for may be missing."""
    with watched_page(site, browser, signed_in) as (found, complaints):
        yield found
    assert not [one for one in complaints if not one.startswith("Failed to load resource")], complaints


@contextmanager
def watched_page(site: Site, browser: Browser, signed_in: Path) -> Iterator[tuple[Page, list[str]]]:
    context = browser.new_context(base_url=site.url, storage_state=signed_in, viewport={"width": 1360, "height": 850})
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    found = context.new_page()
    complaints: list[str] = []
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield found, complaints
    context.close()


def sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/signin")
    page.get_by_label("Name").fill("admin")
    page.get_by_role("textbox", name="Password").fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site.url}/")
