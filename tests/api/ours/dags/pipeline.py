"""What the views have to show: groups, mapped tasks, values of many kinds, metrics, a failure that others follow."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.decorators import dag, task, task_group
from airflow.models.param import Param

from tradewind import log_metric


@dag(
    schedule=None,
    start_date=datetime(2025, 1, 1),
    tags=["ml", "daily"],
    params={"rate": Param(0.1, type="number", minimum=0, description="How fast it learns"), "break_it": False},
    doc_md="# A pipeline",
    description="Learns something",
)
def pipeline():
    @task
    def load():
        import pyarrow as pa

        print("loading <script>alert(1)</script>")
        return pa.table(
            {"x": list(range(100)), "name": [f"n{i % 3}" for i in range(100)], "y": [i / 7 for i in range(100)]}
        )

    @task
    def settings():
        return {"rate": 0.1, "password": "hunter2", "layers": [1, 2, 3]}

    @task_group
    def training():
        @task
        def split():
            return [1, 2, 3]

        @task
        def fit(fold: int, params=None):
            for step in range(5):
                log_metric("loss", 1 / (step + fold), step=step)
            return fold * 2

        return fit.expand(fold=split())

    @task(retries=1, retry_delay=timedelta(milliseconds=1))
    def score(folds, params=None):
        print("about to score")
        if params["break_it"]:
            raise ValueError("the folds do not fit")
        return sum(folds)

    @task
    def publish(result):
        return f"published {result}"

    load()
    settings()
    publish(score(training()))


pipeline()
