"""Pictures of every view in light and dark, into docs/images/ui: `python -m docs.screenshots.take [NAME …]`, from the
root of the repository, with the pages built (`python3 tasks.py ui`) and Chromium installed."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.browser.conftest import FLAGS, sign_in
from tests.browser.site import Site, standalone

OUT = Path(__file__).parents[1] / "images/ui"
EXAMPLES = [
    Path(__file__).parents[2] / f"examples/ml/{name}.py"
    for name in ("nightly_retraining", "sweep_with_pruning", "drift_retraining")
]
SIZE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}
COLOURS = 200
ON_PHONES = ("home", "dag-grid", "run-failed", "model")
SETTLE_MILLISECONDS = 2000

VIEWS = {
    "home": "/",
    "dags": "/dags",
    "dag-grid": "/dags/daily_orders",
    "dag-graph": "/dags/daily_orders?tab=graph",
    "dag-gantt": "/dags/daily_orders?tab=gantt",
    "dag-calendar": "/dags/daily_orders?tab=calendar",
    "dag-durations": "/dags/daily_orders?tab=durations",
    "dag-runs": "/dags/daily_orders?tab=runs",
    "dag-code": "/dags/daily_orders?tab=code",
    "dag-details": "/dags/daily_orders?tab=details",
    "trigger": "/dags/daily_orders?trigger=true",
    "run": "{orders}",
    "run-failed": "{failed}",
    "run-live": "{images}",
    "run-values": "{train}?tab=values",
    "run-params": "{train}?tab=params",
    "try-log": "{images}/tasks/embed?map=0",
    "try-why": "{images}/tasks/embed?map=3&tab=why",
    "try-table": "{orders}/tasks/read?map=0&tab=values",
    "try-metrics": "{train}/tasks/train?tab=metrics",
    "try-plot": "{train}/tasks/curve?tab=values",
    "compare": "/compare?dag=train_churn_model&left={left_id}&right={right_id}",
    "try-crash": "{failed}/tasks/check.amounts",
    "experiments": "/experiments?dag=train_churn_model&by=loss%2Fvalidation&run={chosen}",
    "models": "/models",
    "model": "/models/wine",
    "sweep": "{sweep}",
    "data": "/data",
    "profile": "/data?tab=profiles",
    "costs": "/costs",
    "assets": "/assets",
    "asset": "/assets/orders",
    "waiting": "/waiting",
    "pools": "/admin/pools",
    "variables": "/admin/variables",
    "connections": "/admin/connections",
    "audit": "/admin/audit",
    "settings": "/admin/settings",
}


def main(wanted: list[str]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="tradewind-screens-") as folder,
        standalone(Path(folder) / "home", Path(__file__).parent) as site,
    ):
        places = {**lived(site), **learned(site)}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            for scheme, size in (("light", SIZE), ("dark", SIZE), ("phone", PHONE)):
                shown = browser.new_context(
                    base_url=site.url, viewport=size, color_scheme="dark" if scheme == "dark" else "light"
                )
                page = shown.new_page()
                take(page, "sign-in", scheme, "/signin", wanted)
                sign_in(page, site)
                for name, path in VIEWS.items():
                    if scheme != "phone" or name in ON_PHONES:
                        take(page, name, scheme, path.format(**places), wanted)
                shown.close()
            browser.close()


def lived(site: Site) -> dict[str, str]:
    """A home with a history; the paths of its runs by what they show."""
    (site.home / "dags" / Path(__file__).name).unlink()  # this file came with the DAGs, and is none
    site.airflow("POST", "/pools", {"name": "gpu", "slots": 2, "description": "cards of the training machine"})
    for key, value in (("region", "eu-central-1"), ("min_accuracy", "0.9"), ("alerts", '{"channel": "#ml"}')):
        site.airflow("POST", "/variables", {"key": key, "value": value, "description": ""})
    lake = {"connection_id": "lake", "conn_type": "aws", "login": "reader", "password": "x", "description": "the lake"}
    shop = {
        "connection_id": "shop_db",
        "conn_type": "postgres",
        "host": "db.example.com",
        "schema": "shop",
        "port": 5432,
    }
    for connection in (lake, shop):
        site.airflow("POST", "/connections", connection)
    site.trigger("index_images")
    site.trigger("publish_model")
    ids = [site.trigger("train_churn_model", params={"depth": 6, "rate": rate}) for rate in (0.1, 0.25)]
    for one in ids:
        site.ended("train_churn_model", one)
    runs = settled(site, "/dags/daily_orders/dagRuns?limit=100")
    images = site.airflow("GET", "/dags/index_images/dagRuns")["dag_runs"][0]
    return {
        "chosen": "&run=".join(quote(f"train_churn_model {one}", safe="") for one in ids),
        "left_id": quote(ids[0], safe=""),
        "right_id": quote(ids[1], safe=""),
        "train": run_path("train_churn_model", ids[1]),
        "orders": run_path("daily_orders", next(run["dag_run_id"] for run in runs if run["state"] == "success")),
        "failed": run_path("daily_orders", next(run["dag_run_id"] for run in runs if run["state"] == "failed")),
        "images": run_path("index_images", images["dag_run_id"]),
    }


def learned(site: Site) -> dict[str, str]:
    """Models, a sweep and drift, by the examples as they are."""
    for file in EXAMPLES:
        shutil.copy(file, site.home / "dags")
    site.until(
        "/dags", lambda found: {"nightly_retraining", "watch_orders"} <= {one["dag_id"] for one in found["dags"]}
    )
    sweep = site.trigger("sweep_with_pruning")
    runs = "/dags/nightly_retraining/dagRuns"  # what is due by its schedule runs first: one promotes at a time
    while not all(one["state"] in ("success", "failed") for one in site.airflow("GET", runs)["dag_runs"]):
        time.sleep(1)
    for trees in (2, 60):
        site.ended("nightly_retraining", site.trigger("nightly_retraining", params={"trees": trees}))
    for _ in range(2):
        site.ended("watch_orders", site.trigger("watch_orders"))
    site.ended("sweep_with_pruning", sweep)
    name = site.ask("/journal/SweepStarted?newest=true")["entries"][0]["name"]
    return {"sweep": f"/sweeps/{quote(name, safe='')}"}


def settled(site: Site, path: str) -> list[dict[str, str]]:
    """The scheduled days have ended, the newest first."""
    deadline = time.monotonic() + 300
    while True:
        runs: list[dict[str, str]] = site.airflow("GET", path)["dag_runs"]
        if len(runs) >= 13 and all(run["state"] in ("success", "failed") for run in runs):
            return sorted(runs, key=lambda run: run["logical_date"], reverse=True)
        assert time.monotonic() < deadline, runs
        time.sleep(1)


def run_path(dag_id: str, run_id: str) -> str:
    return f"/dags/{dag_id}/runs/{quote(run_id, safe='')}"


def take(page: Page, name: str, scheme: str, path: str, wanted: list[str]) -> None:
    if wanted and name not in wanted:
        return
    page.goto(path)
    page.get_by_role("heading").first.wait_for()
    page.locator("[aria-label^=Loading], [aria-busy=true]").first.wait_for(state="detached")
    page.wait_for_timeout(SETTLE_MILLISECONDS)  # what is drawn on canvases and moves into place
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file = OUT / f"{name}-{scheme}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.name:32} {file.stat().st_size // 1000:4} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
