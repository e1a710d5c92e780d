"""Task instances and their tries through the official client."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from airflow_client.client.api.task_instance_api import TaskInstanceApi
from airflow_client.client.models.task_instance_state import TaskInstanceState
from airflow_client.client.models.task_instances_batch_body import TaskInstancesBatchBody

from tests.api.v2.reading.conftest import DAG, FIRST, SECOND, WAITING
from tests.api.v2.refusals import status_of
from tradewind.api.access.rights import Action, Grant, Resource

PLAIN = ["end", "flaky", "numbers", "reports.pickled", "reports.text", "talkative"]


def names(found):
    return [(one.task_id, one.map_index) for one in found.task_instances]


def tasks(found):
    return sorted({one.task_id for one in found.task_instances})


def test_task_instances_of_a_run(client):
    found = TaskInstanceApi(client).get_task_instances(DAG, FIRST)
    assert found.total_entries == 9
    assert names(found)[-3:] == [("double", 0), ("double", 1), ("double", 2)]
    assert sorted(names(found)[:-3]) == [(name, -1) for name in PLAIN]
    assert {one.state.value for one in found.task_instances} == {"success"}


def test_one_task_instance(client):
    one = TaskInstanceApi(client).get_task_instance(DAG, FIRST, "flaky")
    assert (one.task_id, one.map_index, one.state, one.try_number, one.max_tries) == ("flaky", -1, "success", 2, 1)
    assert (one.pool, one.queue, one.operator, one.dag_version.version_number) == (
        "default_pool",
        "default",
        "@task",
        1,
    )
    assert one.start_date <= one.end_date
    assert one.id == TaskInstanceApi(client).get_task_instance(DAG, FIRST, "flaky").id


def test_mapped_task_instances(client):
    found = TaskInstanceApi(client).get_mapped_task_instances(DAG, FIRST, "double", order_by=["-map_index"])
    assert names(found) == [("double", 2), ("double", 1), ("double", 0)]
    one = TaskInstanceApi(client).get_mapped_task_instance(DAG, FIRST, "double", 1)
    assert (one.map_index, one.rendered_map_index, one.task_display_name) == (1, "1", "Twice as much")
    assert TaskInstanceApi(client).get_mapped_task_instances(DAG, FIRST, "end").total_entries == 0


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"state": ["failed"]}, 0),
        ({"task_id": "flaky"}, 2),
        ({"task_display_name_pattern": "REPORTS"}, 4),
        ({"task_group_id": "reports"}, 4),
        ({"operator": ["EmptyOperator"]}, 2),
        ({"operator": ["EmptyOperator", "@task"]}, 18),
        ({"operator_name_pattern": "empty"}, 2),
        ({"operator_name_prefix_pattern": "Empty"}, 2),
        ({"operator_name_prefix_pattern": "empty"}, 0),
        ({"operator_name_pattern": "~"}, 18),
        ({"queue_name_pattern": "fau", "task_id": "end"}, 2),
        ({"queue_name_prefix_pattern": "fau"}, 0),
        ({"rendered_map_index_pattern": "1"}, 2),
        ({"rendered_map_index_prefix_pattern": "2"}, 2),
        ({"queue": ["default"], "task_id": "end"}, 2),
        ({"queue": ["other"]}, 0),
        ({"pool": ["default_pool"], "state": ["success"]}, 16),
        ({"executor": ["local"], "task_id": "flaky"}, 2),
        ({"try_number": [2]}, 2),
        ({"map_index": [0, 1]}, 4),
        ({"version_number": [1], "state": ["success"]}, 18),
        ({"run_id_pattern": "2025-02", "state": ["success"]}, 9),
        ({"dag_id_pattern": "nothing"}, 0),
        ({"logical_date_gte": datetime(2025, 2, 1, tzinfo=UTC), "state": ["success"]}, 9),
        ({"start_date_gte": datetime(2025, 2, 1, tzinfo=UTC)}, 16),
        ({"duration_gte": 0.0, "limit": 3}, 16),
        ({"cursor": ""}, 18),
    ],
)
def test_task_instances_of_all_runs_are_filtered(client, asked, count):
    found = TaskInstanceApi(client).get_task_instances("~", "~", **asked)
    assert found.total_entries == count
    assert len(found.task_instances) == min(count, asked.get("limit", 50))


def test_every_order_of_airflow(client):
    orders = "id state duration start_date end_date map_index try_number logical_date run_after data_interval_start"
    for order in (*orders.split(), "data_interval_end", "rendered_map_index", "operator", "queued_when"):
        for run_id in ("~", WAITING):
            assert TaskInstanceApi(client).get_task_instances(DAG, run_id, order_by=[f"-{order}"]).task_instances
    assert status_of(TaskInstanceApi(client).get_task_instances, DAG, "~", order_by=["nothing"])[0] == 400


def test_cursors_lead_through_all_task_instances(client):
    found, cursor = [], ""
    while cursor is not None:
        page = TaskInstanceApi(client).get_task_instances("~", "~", cursor=cursor, limit=7, order_by=["-start_date"])
        found += [one.id for one in page.task_instances]
        cursor = page.next_cursor
    assert len(found) == len(set(found)) == 18


def test_task_instances_by_a_body(client):
    body = TaskInstancesBatchBody(
        dag_ids=[DAG], task_ids=["double"], state=[TaskInstanceState.SUCCESS], order_by="-start_date", page_limit=4
    )
    found = TaskInstanceApi(client).get_task_instances_batch("~", "~", body)
    assert (len(found.task_instances), found.total_entries) == (4, 6)


def test_a_run_that_has_not_begun_has_all_its_tasks(client):
    """Airflow has a row of each from the start."""
    found = TaskInstanceApi(client).get_task_instances(DAG, WAITING, order_by=["id"])
    assert [(one.task_id, one.map_index, one.state) for one in found.task_instances] == [
        (name, -1, None) for name in sorted([*PLAIN, "double"])
    ]
    one = TaskInstanceApi(client).get_task_instance(DAG, WAITING, "flaky")
    assert (one.state, one.try_number, one.start_date) == (None, 0, None)
    some = TaskInstanceApi(client).get_task_instances(DAG, WAITING, limit=2, offset=6)
    assert (len(some.task_instances), some.total_entries) == (1, 7)
    assert TaskInstanceApi(client).get_task_instances(DAG, WAITING, state=["success"]).total_entries == 0
    assert TaskInstanceApi(client).get_task_instances(DAG, WAITING, state=["none"], task_id="end").total_entries == 1


def test_what_keeps_a_task_instance_from_running(client):
    tasks = TaskInstanceApi(client)
    (found,) = tasks.get_task_instance_dependencies(DAG, WAITING, "flaky").dependencies
    assert found.name
    assert found.reason
    assert tasks.get_task_instance_dependencies(DAG, FIRST, "flaky").dependencies == []
    assert tasks.get_task_instance_dependencies_by_map_index(DAG, FIRST, "double", 0).dependencies == []


def test_tries(client):
    found = TaskInstanceApi(client).get_task_instance_tries(DAG, FIRST, "flaky")
    assert [(one.try_number, one.state.value) for one in found.task_instances] == [(1, "failed"), (2, "success")]
    assert TaskInstanceApi(client).get_task_instance_try_details(DAG, FIRST, "flaky", 1).state == "failed"
    assert TaskInstanceApi(client).get_mapped_task_instance_tries(DAG, FIRST, "double", 2).total_entries == 1
    assert TaskInstanceApi(client).get_mapped_task_instance_try_details(DAG, FIRST, "double", 1, 0).try_number == 1
    assert TaskInstanceApi(client).get_task_instance_tries(DAG, WAITING, "flaky").total_entries == 0
    assert status_of(TaskInstanceApi(client).get_task_instance_try_details, DAG, FIRST, "flaky", 3)[0] == 404


def test_what_is_not_there(client):
    tasks = TaskInstanceApi(client)
    assert status_of(tasks.get_task_instances, DAG, "nothing")[0] == 404
    assert status_of(tasks.get_task_instances, "nothing", "~")[0] == 404
    assert status_of(tasks.get_task_instance, DAG, FIRST, "nothing")[0] == 404
    assert status_of(tasks.get_task_instance, DAG, FIRST, "double")[0] == 404
    assert status_of(tasks.get_mapped_task_instance, DAG, FIRST, "double", 3)[0] == 404
    assert status_of(tasks.get_mapped_task_instances, DAG, FIRST, "nothing")[0] == 404
    assert status_of(tasks.get_external_log_url, DAG, FIRST, "flaky", 1)[0] == 404


def test_a_caller_sees_the_task_instances_of_dags_they_may_see(api, client):
    with api.limited_to(Grant(Resource.TASK, Action.READ, "other")):
        assert TaskInstanceApi(client).get_task_instances("~", "~").total_entries == 0
        assert status_of(TaskInstanceApi(client).get_task_instances, DAG, SECOND)[0] == 403
        assert status_of(TaskInstanceApi(client).get_task_instance, DAG, SECOND, "flaky")[0] == 403


def test_over_many_runs_the_order_that_is_asked_for_holds(client):
    found = TaskInstanceApi(client).get_task_instances("~", "~", order_by=["map_index"])
    assert [one.map_index for one in found.task_instances] == sorted(one.map_index for one in found.task_instances)


def test_a_misspelt_state_is_told(client):
    code, detail = status_of(TaskInstanceApi(client).get_task_instances, "~", "~", state=["sucess"])
    assert (code, "sucess" in detail) == (422, True)
    body = TaskInstancesBatchBody(state=["failed"])
    assert TaskInstanceApi(client).get_task_instances_batch("~", "~", body).total_entries == 0


def test_what_has_not_begun_is_found_by_its_pool_and_says_what_it_waits_for(client):
    tasks = TaskInstanceApi(client)
    assert tasks.get_task_instances(DAG, WAITING, pool=["default_pool"]).total_entries > 0
    assert tasks.get_task_instances(DAG, WAITING, pool=["another"]).total_entries == 0
    (reason,) = tasks.get_task_instance_dependencies(DAG, WAITING, "numbers").dependencies
    assert "scheduler" in reason.reason
