"""DAGs and runs by the assets that they wait for, and that started them."""

from __future__ import annotations

from datetime import timedelta

from airflow_client.client.api.dag_api import DAGApi
from airflow_client.client.api.dag_run_api import DagRunApi

from tests.api.conftest import api, client
from tests.api.dags import NOW, save
from tradewind import DAG, Asset
from tradewind.operators.empty import EmptyOperator

__all__ = ["api", "client"]  # fixtures: a server of this test's own, not the shared one


def test_dags_are_found_by_what_they_wait_for(api, client):
    raw = Asset("raw", uri="s3://data/raw")
    with DAG("load") as load:
        EmptyOperator(task_id="fetch", outlets=[raw])
    with DAG("wash", schedule=[raw]) as wash:
        EmptyOperator(task_id="wash")
    save(api.store, load, wash)
    for asked in ("RAW", "data/", "~"):
        found = [dag.dag_id for dag in DAGApi(client).get_dags(asset_dependency=asked).dags]
        assert found == (["load", "wash"] if asked == "~" else ["wash"])
    assert [dag.dag_id for dag in DAGApi(client).get_dags(has_asset_schedule=True).dags] == ["wash"]
    assert DAGApi(client).get_dags(asset_dependency="clean").dags == []
    assert (
        DagRunApi(client).get_dag_runs("~", consuming_asset_pattern="raw", run_after_gte=NOW - timedelta(1)).dag_runs
        == []
    )
