from __future__ import annotations

from datetime import datetime, timedelta

from airflow.sdk import DAG, Asset, AssetAlias, BaseOperator, Label, Param, TaskGroup, TriggerRule, chain, dag, get_current_context, task, task_group
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator

raw = Asset("raw_orders")
features = Asset(name="features", uri="s3://bucket/features.parquet", group="ml")


class HelloOperator(BaseOperator):
    template_fields = ["name"]

    def __init__(self, name: str, **kwargs) -> None:
        super().__init__(**kwargs)
        self.name = name

    def execute(self, context):
        return f"Hello {self.name}"


@dag(schedule=[raw], dag_display_name="Features", max_consecutive_failed_dag_runs=3, fail_fast=False)
def build_features():
    @task(outlets=[features], retries=2, task_display_name="Build it")
    def build(*, triggering_asset_events=None, outlet_events=None):
        return {"rows": 3}

    @task.short_circuit
    def enough(rows) -> bool:
        return rows > 2

    @task.branch
    def choose(x, ti=None) -> str:
        return "train.fit"

    @task_group
    def train():
        @task
        def fit() -> dict:
            return {"acc": 0.9}

        @task
        def other():
            pass

        other()
        return fit()

    rows = build()
    ok = enough(rows)
    ok >> choose(rows) >> [train(), HelloOperator(task_id="hello", name="{{ ds }} " + str(rows))]


build_features()

with DAG("manual_only", params={"date": Param("2024-01-01", type="string", format="date"), "need": Param(type="integer")}):
    @task.bash(env={"X": "1"}, cwd="/tmp")
    def shell(day):
        return f"echo {day} {{{{ ds }}}}"

    @task.sensor(poke_interval=1, timeout=3, mode="poke")
    def there():
        return True

    @task.run_if(lambda context: True, skip_message="no")
    @task
    def maybe(): ...

    @task.skip_if(lambda context: False)
    @task.bash()
    def maybe_bash():
        return "echo"

    there() >> shell("{{ params.date }}") >> [maybe(), maybe_bash()]
