"""DAGs, tasks, versions, sources and statistics through the official client."""

from __future__ import annotations

import pytest
import urllib3
from airflow_client.client.api.dag_api import DAGApi
from airflow_client.client.api.dag_source_api import DagSourceApi
from airflow_client.client.api.dag_stats_api import DagStatsApi
from airflow_client.client.api.dag_version_api import DagVersionApi
from airflow_client.client.api.task_api import TaskApi
from airflow_client.client.models.dag_run_state import DagRunState

from tests.api.v2.reading.conftest import DAG
from tests.api.v2.refusals import status_of
from tradewind.api.access.rights import Action, Grant, Resource


def test_dags_are_listed(client):
    found = DAGApi(client).get_dags()
    (dag,) = found.dags
    assert (found.total_entries, dag.dag_id, dag.dag_display_name, dag.is_paused) == (1, DAG, "The pipeline", False)
    assert [tag.name for tag in dag.tags] == ["ml", "nightly"]
    assert (dag.owners, dag.description, dag.relative_fileloc) == (["ada"], "Trains a model", "pipeline.py")
    assert (dag.has_import_errors, dag.is_stale, dag.timetable_summary) == (False, False, None)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"tags": ["ml", "x"]}, 1),
        ({"tags": ["ml", "x"], "tags_match_mode": "all"}, 0),
        ({"owners": ["ada"]}, 1),
        ({"dag_id_pattern": "PIPE%"}, 1),
        ({"dag_id_pattern": "~"}, 1),
        ({"dag_id_prefix_pattern": "pipe"}, 1),
        ({"dag_id_prefix_pattern": "Pipe"}, 0),
        ({"dag_display_name_pattern": "the pipe"}, 1),
        ({"paused": True}, 0),
        ({"has_import_errors": False}, 1),
        ({"has_asset_schedule": False}, 1),
        ({"asset_dependency": "table"}, 0),
        ({"last_dag_run_state": DagRunState.SUCCESS}, 0),
        ({"dag_run_state": ["queued"]}, 1),
        ({"offset": 1}, 0),
        ({"limit": 500}, 1),
    ],
)
def test_dags_are_filtered(client, asked, count):
    assert len(DAGApi(client).get_dags(**asked).dags) == count


def test_dags_are_sorted_by_what_airflow_sorts_by(client):
    for name in ("dag_id", "dag_display_name", "next_dagrun", "state", "start_date", "last_run_state"):
        assert DAGApi(client).get_dags(order_by=[f"-{name}"]).total_entries == 1
    assert status_of(DAGApi(client).get_dags, order_by=["nothing"])[0] == 400


def test_a_dag_in_detail(client):
    found = DAGApi(client).get_dag_details(DAG)
    assert (found.doc_md, found.catchup, found.concurrency, found.dag_run_timeout) == (
        "# Pipeline",
        False,
        16,
        "PT7200S",
    )
    assert found.params["n"]["value"] == 3
    assert found.params["api_token"]["value"] == "***"
    assert found.latest_dag_version.version_number == 1
    assert found.active_runs_count == 1
    assert DAGApi(client).get_dag(DAG).file_token == found.file_token


def test_a_dag_that_is_not_there(client):
    for ask in (DAGApi(client).get_dag, DAGApi(client).get_dag_details, TaskApi(client).get_tasks):
        code, detail = status_of(ask, "no/such <dag>")
        assert code == 404
        assert "no/such <dag>" in detail


def test_a_caller_sees_what_they_may(api, client):
    with api.limited_to(Grant(Resource.DAG, Action.READ, "other*")):
        assert DAGApi(client).get_dags().total_entries == 0
        assert DAGApi(client).get_dag_tags().tags == []
        assert status_of(DAGApi(client).get_dag, DAG)[0] == 403


def test_tags_and_statistics(client):
    assert DAGApi(client).get_dag_tags().tags == ["ml", "nightly"]
    assert DAGApi(client).get_dag_tags(tag_name_pattern="night").tags == ["nightly"]
    (found,) = DagStatsApi(client).get_dag_stats([DAG]).dags
    assert {one.state: one.count for one in found.stats} == {"success": 2, "queued": 1, "running": 0, "failed": 0}
    assert status_of(DagStatsApi(client).get_dag_stats, ["none"])[0] == 404


def test_tasks(client):
    found = {task.task_id: task for task in TaskApi(client).get_tasks(DAG).tasks}
    assert set(found) == {"numbers", "double", "flaky", "reports.text", "reports.pickled", "end", "talkative"}
    assert found["numbers"].downstream_task_ids == ["double"]
    assert (found["double"].is_mapped, found["double"].task_display_name) == (True, "Twice as much")
    assert (found["flaky"].retries, found["flaky"].retry_delay.seconds, found["flaky"].owner) == (1, 0, "ada")
    assert TaskApi(client).get_task(DAG, "end").operator_name == "EmptyOperator"
    assert status_of(TaskApi(client).get_task, DAG, "nothing")[0] == 404
    assert status_of(TaskApi(client).get_tasks, DAG, order_by="nothing")[0] == 400


def test_versions_and_sources(api, client):
    (version,) = DagVersionApi(client).get_dag_versions(DAG).dag_versions
    assert DagVersionApi(client).get_dag_versions("~").total_entries == 1
    assert DagVersionApi(client).get_dag_version(DAG, 1) == version
    assert status_of(DagVersionApi(client).get_dag_version, DAG, 9)[0] == 404
    source = DagSourceApi(client).get_dag_source(DAG, accept="application/json")
    assert "def flaky" in source.content
    assert source.version_number == 1
    url = f"{api.url}/api/v2/dagSources/{DAG}"
    plain = urllib3.request("GET", url, headers={**api.headers, "accept": "text/plain"})
    assert (plain.data.decode(), plain.headers["content-type"]) == (source.content, "text/plain; charset=utf-8")
    assert urllib3.request("GET", url, headers={**api.headers, "accept": "image/png"}).status == 406
