"""Runs through the official client."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import urllib3
from airflow_client.client.api.dag_run_api import DagRunApi
from airflow_client.client.models.dag_runs_batch_body import DAGRunsBatchBody

from tests.api.v2.reading.conftest import DAG, FIRST, SECOND, WAITING
from tests.api.v2.refusals import status_of
from tradewind.api.access.rights import Action, Grant, Resource


def ids(found):
    return [run.dag_run_id for run in found.dag_runs]


def test_one_run(client):
    run = DagRunApi(client).get_dag_run(DAG, FIRST)
    assert (run.state, run.run_type, run.dag_display_name) == ("success", "manual", "The pipeline")
    assert run.logical_date == datetime(2025, 1, 1, tzinfo=UTC)
    assert run.duration > 0
    assert [version.version_number for version in run.dag_versions] == [1]


def test_a_run_whose_id_has_slashes_and_dots(client):
    run = DagRunApi(client).get_dag_run(DAG, WAITING)
    assert (run.dag_run_id, run.state, run.start_date, run.duration) == (WAITING, "queued", None, None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [FIRST, SECOND, WAITING]),
        ({"order_by": ["-logical_date"]}, [WAITING, SECOND, FIRST]),
        ({"order_by": ["-start_date"]}, [SECOND, FIRST, WAITING]),
        ({"state": ["queued", "running"]}, [WAITING]),
        ({"run_type": ["scheduled"]}, []),
        ({"limit": 1, "offset": 1}, [SECOND]),
        ({"limit": 0}, []),
        ({"logical_date_gte": datetime(2025, 2, 2, tzinfo=UTC)}, [SECOND, WAITING]),
        ({"logical_date_lt": datetime(2025, 2, 2, tzinfo=UTC)}, [FIRST]),
        ({"duration_gte": 0.0}, [FIRST, SECOND]),
        ({"duration_gt": 10_000.0}, []),
        ({"run_id_pattern": "2025-02"}, [SECOND]),
        ({"run_id_prefix_pattern": "manual|waits"}, [FIRST, SECOND, WAITING]),
        ({"dag_version": [1]}, [FIRST, SECOND, WAITING]),
        ({"dag_version": [7]}, []),
        ({"conf_contains": "nothing"}, []),
        ({"conf_contains": "rate"}, [WAITING]),
        ({"conf_contains": '"rate": 4'}, [WAITING]),
        ({"conf_contains": '"rate":4,'}, [WAITING]),
        ({"conf_contains": '"rate": 5'}, []),
        ({"conf_contains": '["ü"'}, [WAITING]),
        ({"partition_date_gte": datetime(2025, 1, 1, tzinfo=UTC)}, []),
        ({"order_by": ["partition_date"]}, [FIRST, SECOND, WAITING]),
        ({"consuming_asset_pattern": "table"}, []),
    ],
)
def test_runs_are_filtered_sorted_and_cut(client, asked, found):
    assert ids(DagRunApi(client).get_dag_runs(DAG, **asked)) == found
    assert ids(DagRunApi(client).get_dag_runs("~", **asked)) == found


def test_cursors_lead_through_all_runs(client):
    runs = DagRunApi(client)
    first = runs.get_dag_runs(DAG, cursor="", limit=2)
    second = runs.get_dag_runs(DAG, cursor=first.next_cursor, limit=2)
    assert ids(first) + ids(second) == [FIRST, SECOND, WAITING]
    assert (first.total_entries, second.next_cursor, first.previous_cursor) == (3, None, None)
    assert ids(runs.get_dag_runs(DAG, cursor=second.previous_cursor, limit=2)) == ids(first)
    assert status_of(runs.get_dag_runs, DAG, cursor="made up")[0] == 400


def test_runs_by_a_body(client):
    runs = DagRunApi(client)
    body = DAGRunsBatchBody(dag_ids=[DAG], states=["success"], order_by="-run_after", page_limit=1, page_offset=1)
    found = runs.get_list_dag_runs_batch("~", body)
    assert (ids(found), found.total_entries) == ([FIRST], 2)
    assert status_of(runs.get_list_dag_runs_batch, DAG, DAGRunsBatchBody())[0] == 400


def test_what_is_not_there(client):
    runs = DagRunApi(client)
    assert status_of(runs.get_dag_run, DAG, "nothing")[0] == 404
    assert status_of(runs.get_dag_runs, "nothing")[0] == 404
    assert status_of(runs.get_dag_runs, DAG, order_by=["nothing"])[0] == 400
    for misspelt in ({"state": ["sucess"]}, {"run_type": ["by hand"]}):
        code, detail = status_of(runs.get_dag_runs, DAG, **misspelt)
        assert (code, "is no value of" in detail) == (422, True)


def test_a_caller_sees_the_runs_of_dags_they_may_see(api, client):
    with api.limited_to(Grant(Resource.RUN, Action.READ, "other")):
        assert DagRunApi(client).get_dag_runs("~").total_entries == 0
        assert status_of(DagRunApi(client).get_dag_runs, DAG)[0] == 403
        body = DAGRunsBatchBody(dag_ids=[DAG])
        assert DagRunApi(client).get_list_dag_runs_batch("~", body).dag_runs == []


def test_waiting_for_a_run_that_has_ended(api):
    url = f"{api.url}/api/v2/dags/{DAG}/dagRuns/{FIRST}/wait?interval=1&result=double&result=flaky"
    found = urllib3.request("GET", url.replace("+", "%2B"), headers=api.headers)
    assert found.json() == {
        "state": "success",
        "results": {"double": [2, 4, 6], "flaky": {"score": 0.5, "password": "***"}},
    }


def test_no_asset_has_started_it(client):
    assert DagRunApi(client).get_upstream_asset_events(DAG, FIRST).total_entries == 0
