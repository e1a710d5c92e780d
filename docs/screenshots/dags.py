"""DAGs of a small team, with a history worth a picture: a daily one with two weeks behind it, training on new data,
failures, something that runs, something that waits for slots and something that waits for a person."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import DAG, Asset, Label, Param, task, task_group

from tradewind import log_metric

WEEKS_AGO = (datetime.now(UTC) - timedelta(days=14)).replace(hour=0, minute=0, second=0, microsecond=0)
BEGIN = datetime(2026, 1, 1)
ORDERS = Asset("orders", uri="s3://lake/orders")
FEATURES = Asset("features", uri="s3://lake/features")
MODEL = Asset("churn_model", uri="s3://models/churn")

with DAG(
    "daily_orders",
    start_date=WEEKS_AGO,
    schedule="0 5 * * *",
    catchup=True,
    tags=["etl", "shop"],
    default_args={"owner": "data"},
    description="Orders of the day before, from three regions, checked and stored",
    doc_md="# Daily orders\nOrders of the day before, from **three regions**.\n\n- to do a day again, clear its run\n",
    params={
        "sample": Param(500, type="integer", minimum=10, maximum=10_000, description="Orders to read from each region"),
        "currency": Param("eur", enum=["eur", "usd", "gbp"], description="Amounts are converted to it"),
        "since": Param(None, type=["null", "string"], format="date", description="Empty: the day before"),
        "is_dry": Param(False, type="boolean", title="Dry run", description="Nothing is stored"),
    },
):

    @task
    def regions() -> list[str]:
        return ["north", "south", "west"]

    @task(map_index_template="{{ region }}")
    def read(region: str, params: dict | None = None) -> object:
        import numpy as np
        import pandas as pd

        rows = int(params["sample"])
        print(f"reading {rows} orders of {region}")
        chance = np.random.default_rng(len(region))
        return pd.DataFrame(
            {
                "order_id": np.arange(rows),
                "region": region,
                "amount": chance.gamma(2.0, 30.0, rows).round(2),
                "is_returned": chance.random(rows) < 0.07,
                "ordered_at": pd.date_range("2026-11-20", periods=rows, freq="2min"),
            }
        )

    @task_group
    def check(parts: list[object]) -> object:
        @task
        def schema(parts: list[object]) -> int:
            return sum(len(part) for part in parts)

        @task
        def amounts(parts: list[object], logical_date: datetime | None = None) -> float:
            if logical_date is not None and logical_date.day % 7 == 3:
                raise ValueError("3 orders of region south have a negative amount")
            return float(max(part["amount"].max() for part in parts))

        return [schema(parts), amounts(parts)]

    @task(outlets=[ORDERS])
    def store(checked: list[object]) -> int:
        log_metric("orders", checked[0])
        return checked[0]

    store(check(read.expand(region=regions())))

with DAG(
    "build_features",
    start_date=BEGIN,
    schedule=[ORDERS],
    tags=["ml", "shop"],
    default_args={"owner": "ml"},
    description="Features of each customer, whenever there are new orders",
):

    @task(outlets=[FEATURES])
    def features() -> dict[str, int]:
        return {"customers": 1830, "columns": 42}

    features()

with DAG(
    "train_churn_model",
    start_date=BEGIN,
    schedule=[FEATURES],
    tags=["ml"],
    default_args={"owner": "ml"},
    description="Churn model on the newest features",
    params={"depth": Param(6, type="integer", minimum=1, maximum=30), "rate": Param(0.1, type="number")},
    max_active_runs=2,
):

    @task
    def split() -> dict[str, float]:
        return {"train": 0.8, "validation": 0.1, "test": 0.1}

    @task
    def train(shares: dict[str, float], params: dict | None = None) -> dict[str, float]:
        from math import exp

        rate, depth = float(params["rate"]), int(params["depth"])
        for step in range(60):
            log_metric("loss/train", 0.7 * exp(-rate * step / 2) + 0.08, step=step)
            log_metric("loss/validation", 0.7 * exp(-rate * step / 2) + 0.1 + 0.0004 * depth * step / 10, step=step)
        print("\x1b[32mconverged\x1b[0m after 60 steps")
        return {"accuracy": round(0.9 + depth / 300, 3), "auc": round(0.93 + rate / 10, 3)}

    @task
    def curve(scores: dict[str, float]) -> object:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib.figure import Figure

        drawn = Figure(figsize=(5, 3.2), layout="constrained")
        axes = drawn.subplots()
        points = [n / 50 for n in range(51)]
        axes.plot(points, [point ** (1 - scores["auc"] + 0.1) for point in points], label=f"AUC {scores['auc']}")
        axes.plot([0, 1], [0, 1], "--", color="gray")
        axes.set(xlabel="false positives", ylabel="true positives", title="ROC")
        axes.legend()
        return drawn

    @task(outlets=[MODEL])
    def register(scores: dict[str, float]) -> str:
        return "churn-2026-11"

    scores = train(split())
    scores >> Label("better than before") >> register(scores)
    curve(scores)

with DAG("publish_model", start_date=BEGIN, schedule=None, tags=["ml"], default_args={"owner": "ml"}):
    ApprovalOperator(
        task_id="approve",
        subject="Publish churn-2026-11?",
        body="Accuracy **0.92** (before: 0.91). Its curves are in the run of `train_churn_model`.",
    )

with DAG("index_images", start_date=BEGIN, schedule=None, tags=["ml", "gpu"], default_args={"owner": "ml"}):

    @task(pool="gpu", map_index_template="shard {{ shard }}")
    def embed(shard: int) -> int:
        for batch in range(600):
            print(f"shard {shard}: batch {batch} of 600, {batch * 64} images")
            time.sleep(1)
        return shard

    @task
    def merge(shards: list[int]) -> int:
        return len(shards)

    merge(embed.expand(shard=[1, 2, 3, 4]))

with DAG(
    "hourly_report",
    start_date=datetime.now(UTC) - timedelta(hours=10),
    schedule="30 * * * *",
    catchup=True,
    tags=["reports"],
    default_args={"owner": "sales"},
    description="What was sold, for the wall screens",
):

    @task
    def query() -> dict[str, object]:
        return {"sold": 1204, "by": {"north": 400, "south": 512, "west": 292}}

    @task
    def render(sold: dict[str, object]) -> str:
        return f"<h1>{sold['sold']}</h1>"

    render(query())
