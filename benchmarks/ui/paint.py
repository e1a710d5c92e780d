"""How soon the first page, and the grid and the graph of large DAGs, are seen, and how smoothly the grid scrolls:
`python -m benchmarks.ui.paint`, from the root of the repository, with the pages built (`npm run build` in `ui/`).

A real API server on a made-up history, a headless Chromium. Figures are of the browser: from going to the page to the
second frame after its data were drawn (a mark that the views leave), the median of `--repeat` loads with a warm cache;
frames while scrolling across all runs and down all tasks.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.ui.large import GRAPH_DAG, GRID_DAG, large_history
from playwright.sync_api import CDPSession, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
STEPS = 150
PASSWORD = "to be measured with"
PAINTED = "() => performance.getEntriesByName('tradewind:{name}').at(-1)?.startTime"
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]"
SCROLL = """async ({steps, x, y}) => {
  const box = document.querySelector('[role=grid]');
  const gaps = []; let last = performance.now();
  for (let step = 0; step < steps; step += 1) {
    box.scrollLeft += x; box.scrollTop += y;
    await new Promise(requestAnimationFrame);
    const now = performance.now(); gaps.push(now - last); last = now;
  }
  return gaps;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--screenshots", type=Path, help="folder for pictures of what was measured")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with large_history() as url, _served(url) as address:
        found = _measured(address, chosen.repeat, chosen.screenshots)
    for name, value in found.items():
        print(f"{name:38} {value:8.0f} ms")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2))


@contextmanager
def _served(url: str) -> Iterator[str]:
    home = Path(url.removeprefix("sqlite:///")).parent
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "TRADEWIND_HOME": str(home), "TRADEWIND_DAGS_FOLDER": str(home)}
    command = [sys.executable, "-m", "tradewind", "api-server", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/api/v2/version")
        make = [sys.executable, "-m", "tradewind", "users", "create", "painter", "-r", "admin", "--password", PASSWORD]
        subprocess.run(make, env=environment, check=True, stdout=subprocess.DEVNULL)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _measured(address: str, repeat: int, pictures: Path | None) -> dict[str, float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        signed_in = context.request.post(
            f"{address}/api/tradewind/v1/session", data={"username": "painter", "password": PASSWORD}
        )
        assert signed_in.ok, signed_in.text()
        page = context.new_page()
        found: dict[str, float] = {}
        found["home: first paint, empty cache"] = _first_paint(page, f"{address}/", repeat, has_cache=False)
        found["home: first paint, warm cache"] = _first_paint(page, f"{address}/", repeat, has_cache=True)
        grid, graph = f"{address}/dags/{GRID_DAG}?group=*", f"{address}/dags/{GRAPH_DAG}?tab=graph"
        found["grid, 365 runs x 500 tasks: painted"] = _painted(page, grid, "grid", repeat)
        _picture(page, pictures, "large-grid")
        found |= _scrolled(page, f"{grid}&runs=365")
        found["graph, groups folded: painted"] = _painted(page, graph, "graph", repeat)
        found["graph, 1,000 nodes: painted"] = _painted(page, f"{graph}&group=*", "graph", repeat)
        _picture(page, pictures, "large-graph")
        browser.close()
        return found


def _first_paint(page: Page, url: str, repeat: int, *, has_cache: bool) -> float:
    """When the browser first shows anything of the page (first contentful paint)."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": not has_cache})
    taken: list[float] = []
    for _ in range(repeat + 1):
        page.goto(url)
        page.wait_for_function(f"() => {FIRST_PAINT}", timeout=60_000)
        taken.append(float(page.evaluate(f"() => {FIRST_PAINT}.startTime")))
    session.detach()
    return statistics.median(taken[1:])


def _painted(page: Page, url: str, name: str, repeat: int) -> float:
    taken: list[float] = []
    for _ in range(repeat + 1):
        page.goto(url)
        page.wait_for_function(PAINTED.format(name=name), timeout=60_000)
        taken.append(float(page.evaluate(PAINTED.format(name=name))))
    return statistics.median(taken[1:])


def _scrolled(page: Page, url: str) -> dict[str, float]:
    """Flings: two columns, or three rows, a frame. Also the main thread's CPU, which other work does not change."""
    page.goto(url)
    page.wait_for_function("() => document.querySelector('[role=grid]')?.ariaColCount >= 366", timeout=120_000)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    found: dict[str, float] = {}
    for name, x, y in (("across", -40, 0), ("down", 0, 80)):
        before = _busy_ms(session)
        gaps: Any = page.evaluate(SCROLL, {"steps": STEPS, "x": x, "y": y})
        found[f"scrolling {name}: 95 of 100 frames"] = statistics.quantiles(gaps, n=20)[-1]
        found[f"scrolling {name}: CPU a frame"] = (_busy_ms(session) - before) / STEPS
    return found


def _busy_ms(session: CDPSession) -> float:
    metrics: Any = session.send("Performance.getMetrics")["metrics"]
    return 1_000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def _picture(page: Page, folder: Path | None, name: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(800)
        page.screenshot(path=str(folder / f"{name}.png"))


if __name__ == "__main__":
    main()
