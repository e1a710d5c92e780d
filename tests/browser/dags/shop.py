"""DAGs that the browser's tests look at: mapped tasks, groups, failures, values, metrics, a question to people."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import DAG, Asset, Param, task, task_group

from tradewind import log_metric

START = datetime(2026, 1, 1)
FEATURES = Asset("features", uri="s3://lake/features")
HOME = os.environ["TRADEWIND_HOME"]


def wait_for(name: str) -> None:
    """Until a test lets it go on, by a file."""
    while not os.path.exists(os.path.join(HOME, name)):
        time.sleep(0.05)


with DAG(
    "shop_features",
    start_date=START,
    schedule=None,
    tags=["shop", "etl"],
    doc_md="# Features of the shop\nMade **daily**.",
    params={
        "rows": Param(200, type="integer", minimum=1, maximum=10_000, description="Rows to make"),
        "region": Param("eu", enum=["eu", "us"]),
        "note": Param("", type=["string", "null"]),
    },
):

    @task
    def extract(params: dict | None = None) -> object:
        import pandas as pd

        rows = params["rows"]
        print(f"extracting {rows} rows of {params['region']}")
        return pd.DataFrame({"x": [n / rows for n in range(rows)], "shop": ["abc"[n % 3] for n in range(rows)]})

    @task
    def parts(frame: object) -> list[int]:
        return [1, 2, 3]

    @task
    def work(part: int) -> int:
        print(f"part {part}")
        return part * 2

    @task(outlets=[FEATURES])
    def collect(done: list[int]) -> int:
        total = sum(done)
        log_metric("total", total)
        return total

    collect(work.expand(part=parts(extract())))

with DAG("shop_train", start_date=START, schedule=[FEATURES], tags=["shop", "ml"]):

    @task_group
    def prepare() -> None:
        @task
        def split() -> dict[str, float]:
            return {"train": 0.8}

        @task
        def scale(shares: dict[str, float]) -> dict[str, float]:
            return shares

        scale(split())

    @task
    def fit() -> dict[str, float]:
        for step in range(30):
            log_metric("loss", 1 / (step + 1), step=step)
        return {"accuracy": 0.93}

    prepare() >> fit()

with DAG("slow", start_date=START, schedule=None, tags=["demo"]):

    @task
    def speak() -> str:
        print("first words")
        wait_for("say-more")
        print("\x1b[32mmore words\x1b[0m")
        wait_for("end-slow")
        return "said"

    @task
    def after(said: str) -> str:
        return said

    after(speak())

with DAG("fragile", start_date=START, schedule=None, tags=["demo"]):

    @task(retries=0, retry_delay=timedelta(seconds=1))
    def breaks() -> str:
        if not os.path.exists(os.path.join(HOME, "mended")):
            raise RuntimeError("the shelf <img src=x onerror=alert(1)> is empty")
        return "mended"

    @task
    def follows(value: str) -> str:
        return value

    follows(breaks())

with DAG("asks", start_date=START, schedule=None, tags=["demo"]):
    ApprovalOperator(task_id="approve", subject="Publish the model?", body="Its accuracy is **0.93**.")

with DAG("fails", start_date=START, schedule=None, tags=["demo"]):

    @task
    def breaks() -> None:
        print("about to break")
        raise ValueError("no rows for the 20th")

    breaks()


with DAG("slow_parts", start_date=START, schedule=None, max_active_tasks=1, tags=["demo"]):

    @task
    def parts_of_it() -> list[int]:
        return [1, 2, 3, 4]

    @task
    def one_part(part: int) -> int:
        wait_for("end-parts")
        return part

    @task
    def whole(done: list[int]) -> int:
        return len(done)

    whole(one_part.expand(part=parts_of_it()))


with DAG("draws", start_date=START, schedule=None, tags=["demo"]):

    @task
    def curve() -> object:
        from matplotlib.figure import Figure

        drawn = Figure(figsize=(2, 1))
        drawn.subplots().plot([0, 1], [1, 0])
        return drawn

    curve()
