"""Starting, marking, noting, clearing and deleting runs, task instances and DAGs, while no scheduler is alive: what is
to run then waits for one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import airflow_client.client as airflow
import httpx
import pytest
from airflow_client.client.api.dag_api import DAGApi
from airflow_client.client.api.dag_run_api import DagRunApi
from airflow_client.client.api.task_instance_api import TaskInstanceApi

from tests.api.dags import NOW, queue, save
from tests.api.server import ApiServer
from tests.api.v2.refusals import status_of
from tradewind import DAG, Param, TaskGroup
from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.changes import RunChanged
from tradewind.model.ids import RunKey
from tradewind.model.states import RunState
from tradewind.operators.bash import BashOperator

Client = airflow.ApiClient
R1 = RunKey("etl", "r1")
GOES_ON = {"queued", "running"}
"""A run of which something was cleared waits for a scheduler, or for its turn."""


@pytest.fixture
def etl(api: ApiServer) -> ApiServer:
    with DAG("etl", params={"rows": Param(3, type="integer", minimum=1)}) as etl:
        first = BashOperator(task_id="first", bash_command="true")
        with TaskGroup("group"):
            second = BashOperator(task_id="second", bash_command="true")
        mapped = BashOperator.partial(task_id="mapped").expand(bash_command=["a", "b"])
        first >> second >> mapped
    with DAG("other") as other:
        BashOperator(task_id="only", bash_command="true")
    save(api.store, etl, other)
    queue(api.store, "etl", "r1", NOW)
    queue(api.store, "other", "r1", NOW)
    return api


def states(api: ApiServer, key: RunKey = R1) -> dict[str, str]:
    return {f"{one.task_id}{list(one.map_path) or ''}": str(one.state) for one in api.store.tasks(key)}


def trigger_body(**more: Any) -> airflow.TriggerDAGRunPostBody:
    return airflow.TriggerDAGRunPostBody.model_validate({"logical_date": None, **more})


# ---------------------------------------------------------------------------------------------- runs


def test_a_run_is_started_with_all_that_can_be_said_of_it(etl: ApiServer, client: Client) -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    body = trigger_body(
        dag_run_id="mine",
        logical_date=at,
        conf={"rows": 5, "x": [1]},
        note="why",
        run_after=at + timedelta(days=1),
        data_interval_start=at - timedelta(days=1),
        data_interval_end=at,
    )
    made = DagRunApi(client).trigger_dag_run("etl", body)
    assert (made.dag_run_id, made.state.value, made.run_type.value, made.note) == ("mine", "queued", "manual", "why")
    assert (made.logical_date, made.data_interval_start) == (at, at - timedelta(days=1))
    assert (made.triggered_by and made.triggered_by.value, made.triggering_user_name) == ("rest_api", "admin")
    stored = etl.store.run(RunKey("etl", "mine"))
    assert stored is not None
    assert (stored.params, stored.conf) == ({"rows": 5}, {"rows": 5, "x": [1]})
    assert DagRunApi(client).get_dag_run("etl", "mine").dag_run_id == "mine"


def test_a_run_needs_nothing_but_its_dag(etl: ApiServer, client: Client) -> None:
    made = DagRunApi(client).trigger_dag_run("etl", trigger_body())
    assert made.dag_run_id.startswith("manual__")
    assert [one.action for one in etl.store.audit(dag_id="etl")] == ["trigger"]


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"conf": {"rows": "many"}}, 422, "param 'rows'"),
        ({"conf": {"rows": 0}}, 422, "param 'rows'"),
        ({"dag_run_id": "r1"}, 409, "r1"),
        ({"logical_date": NOW}, 409, ""),
        ({"data_interval_start": NOW}, 422, "together"),
        ({"dag_run_id": "x" * 300}, 422, ""),
    ],
)
def test_runs_that_cannot_be_are_refused(
    etl: ApiServer, client: Client, body: dict[str, Any], status: int, says: str
) -> None:
    before = len(etl.store.runs(dag_id="etl"))
    refused = status_of(DagRunApi(client).trigger_dag_run, "etl", trigger_body(**body))
    assert refused[0] == status
    assert says in refused[1]
    assert len(etl.store.runs(dag_id="etl")) == before


def test_there_is_no_run_of_a_dag_that_is_not_there(client: Client) -> None:
    assert status_of(DagRunApi(client).trigger_dag_run, "none", trigger_body())[0] == 404


def test_ids_of_runs_may_hold_anything(etl: ApiServer, client: Client) -> None:
    for run_id in ("a/b", "../../x", "ü <script>", "%2F", "a b+c"):
        DagRunApi(client).trigger_dag_run("etl", trigger_body(dag_run_id=run_id))
        assert DagRunApi(client).get_dag_run("etl", run_id).dag_run_id == run_id
        DagRunApi(client).delete_dag_run("etl", run_id)
    assert etl.settings.home.exists()
    assert status_of(DagRunApi(client).trigger_dag_run, "etl", trigger_body(dag_run_id=".."))[0] == 422


def test_a_run_is_marked_and_noted(etl: ApiServer, client: Client) -> None:
    runs = DagRunApi(client)
    marked = runs.patch_dag_run("etl", "r1", airflow.DAGRunPatchBody.model_validate({"state": "success", "note": "n"}))
    assert (marked.state.value, marked.note) == ("success", "n")
    assert set(states(etl).values()) == {"success"}
    only = airflow.DAGRunPatchBody.model_validate({"state": "failed", "note": "other"})
    masked = runs.patch_dag_run("etl", "r1", only, update_mask=["note"])
    assert (masked.state.value, masked.note) == ("success", "other")


def test_a_failed_run_that_is_queued_again_goes_on(etl: ApiServer, client: Client) -> None:
    runs = DagRunApi(client)
    runs.patch_dag_run("etl", "r1", airflow.DAGRunPatchBody.model_validate({"state": "success"}))
    tasks = TaskInstanceApi(client)
    tasks.patch_task_instance("etl", "r1", "first", patch_body("failed"))
    queued = runs.patch_dag_run("etl", "r1", airflow.DAGRunPatchBody.model_validate({"state": "queued"}))
    assert queued.state.value in GOES_ON
    assert states(etl)["first"] == "none"


def test_a_run_is_deleted_with_all_it_had(etl: ApiServer, client: Client) -> None:
    DagRunApi(client).delete_dag_run("etl", "r1")
    assert etl.store.run(R1) is None
    assert status_of(DagRunApi(client).delete_dag_run, "etl", "r1")[0] == 404


def test_a_run_that_goes_on_is_not_deleted(etl: ApiServer, client: Client) -> None:
    etl.store.commit([RunChanged(R1, RunState.QUEUED, RunState.RUNNING, "begun")], who="test", now=NOW)
    assert status_of(DagRunApi(client).delete_dag_run, "etl", "r1")[0] == 409


def test_a_run_is_cleared_after_a_look_at_what_that_means(etl: ApiServer, client: Client) -> None:
    runs = DagRunApi(client)
    runs.patch_dag_run("etl", "r1", airflow.DAGRunPatchBody.model_validate({"state": "success"}))
    looked = httpx.post(
        f"{etl.url}/api/v2/dags/etl/dagRuns/r1/clear", json={}, headers=etl.headers
    ).json()  # the client cannot read it
    assert looked["total_entries"] == len(states(etl))
    assert {one["task_id"] for one in looked["task_instances"]} == {"first", "group.second", "mapped"}
    assert etl.store.run(R1).state is RunState.SUCCESS  # pyright: ignore[reportOptionalMemberAccess]
    done: Any = runs.clear_dag_run("etl", "r1", airflow.DAGRunClearBody(dry_run=False, note="again"))
    assert done.actual_instance.state.value in GOES_ON
    assert done.actual_instance.note == "again"
    assert set(states(etl).values()) == {"none"}


def test_many_runs_are_changed_and_deleted_in_one_call(etl: ApiServer, client: Client) -> None:
    body: Any = airflow.BulkBodyBulkDAGRunBody.from_dict(
        {
            "actions": [
                {"action": "update", "entities": [{"dag_id": "etl", "dag_run_id": "r1", "note": "n"}]},
                {"action": "delete", "entities": [{"dag_id": "other", "dag_run_id": "r1"}]},
                {"action": "delete", "entities": [{"dag_id": "other", "dag_run_id": "none"}]},
            ]
        }
    )
    found = DagRunApi(client).bulk_dag_runs("~", body)
    assert found.update is not None
    assert found.delete is not None
    assert (found.update.success, found.delete.success) == (["etl.r1"], ["other.r1"])
    assert [one["status_code"] for one in found.delete.errors or []] == [404]
    assert etl.store.run(RunKey("other", "r1")) is None


def test_each_run_of_a_bulk_needs_rights_to_its_own_dag(etl: ApiServer, client: Client) -> None:
    body: Any = airflow.BulkBodyBulkDAGRunBody.from_dict(
        {
            "actions": [
                {"action": "delete", "entities": [{"dag_id": name, "dag_run_id": "r1"} for name in ("etl", "other")]}
            ]
        }
    )
    rights = (Grant(Resource.RUN, Action.READ), Grant(Resource.RUN, Action.DELETE, "other"))
    with etl.limited_to(*rights):
        found = DagRunApi(client).bulk_dag_runs("~", body)
    assert found.delete is not None
    assert found.delete.success == ["other.r1"]
    assert [one["status_code"] for one in found.delete.errors or []] == [403]
    assert etl.store.run(R1) is not None


def test_runs_are_found_and_cleared_by_the_dates_of_their_partitions(etl: ApiServer, client: Client) -> None:
    runs = DagRunApi(client)
    for key in ("eu", "2025-01-31", "2025-02-01T06:00:00", "2025-03-01"):
        runs.trigger_dag_run("etl", trigger_body(dag_run_id=key, partition_key=key))
    since, until = datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)

    found = runs.get_dag_runs("etl", partition_date_gte=since, partition_date_lte=datetime(2025, 2, 28, tzinfo=UTC))
    named = airflow.BulkDAGRunClearBody(partition_date_start=since, partition_date_end=until, dry_run=False)
    cleared: Any = runs.clear_dag_runs("etl", named)

    assert [one.partition_date for one in found.dag_runs] == [datetime(2025, 2, 1, 6, tzinfo=UTC)]
    assert {one.dag_run_id for one in cleared.actual_instance.dag_runs} == {"2025-02-01T06:00:00", "2025-03-01"}


def test_many_runs_are_cleared_by_name_and_by_partition(etl: ApiServer, client: Client) -> None:
    runs = DagRunApi(client)
    runs.trigger_dag_run("etl", trigger_body(dag_run_id="eu", partition_key="eu"))
    for name in ("r1", "eu"):
        runs.patch_dag_run("etl", name, airflow.DAGRunPatchBody.model_validate({"state": "success"}))
    by_key: Any = runs.clear_dag_runs("etl", airflow.BulkDAGRunClearBody(partition_key="eu", dry_run=False))
    assert [one.dag_run_id for one in by_key.actual_instance.dag_runs] == ["eu"]
    named = airflow.BulkDAGRunClearBody(dag_runs=[airflow.BulkDAGRunBody(dag_run_id="r1")], dry_run=False)
    by_name: Any = runs.clear_dag_runs("etl", named)
    assert {one.state.value for one in by_name.actual_instance.dag_runs} <= GOES_ON


def test_only_what_a_newer_version_has_added_is_looked_at_and_let_run(etl: ApiServer, client: Client) -> None:
    runs = DagRunApi(client)
    only_new = airflow.DAGRunClearBody(only_new=True)
    nothing: Any = runs.clear_dag_run("etl", "r1", only_new)
    assert nothing.actual_instance.total_entries == 0
    with DAG("etl") as newer:
        BashOperator(task_id="first", bash_command="true") >> BashOperator(task_id="report", bash_command="true")
    save(etl.store, newer)
    assert status_of(runs.clear_dag_run, "etl", "r1", only_new)[0] == 409  # it has not ended
    runs.patch_dag_run("etl", "r1", airflow.DAGRunPatchBody.model_validate({"state": "success"}))
    looked: Any = runs.clear_dag_run("etl", "r1", only_new)
    assert [one.actual_instance.task_id for one in looked.actual_instance.task_instances] == ["report"]
    both = airflow.DAGRunClearBody(only_new=True, only_failed=True)
    assert status_of(runs.clear_dag_run, "etl", "r1", both)[0] == 422
    done: Any = runs.clear_dag_run("etl", "r1", airflow.DAGRunClearBody(only_new=True, dry_run=False))
    assert done.actual_instance.dag_run_id == "r1"


# ---------------------------------------------------------------------------------------------- task instances


def patch_body(state: str | None = None, **more: Any) -> airflow.PatchTaskInstanceBody:
    return airflow.PatchTaskInstanceBody.model_validate(({"new_state": state} if state else {}) | more)


def names(found: Any) -> list[tuple[str, int]]:
    return [(one.task_id, one.map_index) for one in found.task_instances]


def test_a_task_instance_is_marked_after_a_look(etl: ApiServer, client: Client) -> None:
    tasks = TaskInstanceApi(client)
    assert names(tasks.patch_task_instance_dry_run("etl", "r1", "first", patch_body("success"))) == [("first", -1)]
    assert states(etl) == {}
    marked = tasks.patch_task_instance("etl", "r1", "first", patch_body("success"))
    assert [(one.task_id, one.state and one.state.value) for one in marked.task_instances] == [("first", "success")]
    assert status_of(tasks.patch_task_instance, "etl", "r1", "first", patch_body("success"))[0] == 409


def test_relatives_and_groups_are_marked_along(etl: ApiServer, client: Client) -> None:
    tasks = TaskInstanceApi(client)
    body = patch_body("skipped", include_upstream=True)
    assert names(tasks.patch_task_instance_dry_run("etl", "r1", "group.second", body)) == [
        ("first", -1),
        ("group.second", -1),
    ]
    assert names(tasks.patch_task_group_instances_dry_run("etl", "r1", "group", patch_body("failed"))) == [
        ("group.second", -1)
    ]
    tasks.patch_task_group_instances("etl", "r1", "group", patch_body("failed"))
    assert states(etl)["group.second"] == "failed"


def test_one_instance_of_a_mapped_task_is_marked(etl: ApiServer, client: Client) -> None:
    DagRunApi(client).patch_dag_run("etl", "r1", airflow.DAGRunPatchBody.model_validate({"state": "success"}))
    tasks = TaskInstanceApi(client)
    before = {name for name in states(etl) if name.startswith("mapped")}
    marked = tasks.patch_task_instance("etl", "r1", "mapped", patch_body("failed"))
    assert len(names(marked)) == len(before)
    assert status_of(tasks.patch_task_instance_by_map_index, "etl", "r1", "mapped", 9, patch_body("failed"))[0] == 404
    assert tasks.patch_task_instance_dry_run_by_map_index("etl", "r1", "first", -1, patch_body("failed"))


def test_notes_on_task_instances_are_written_and_shown(etl: ApiServer, client: Client) -> None:
    tasks = TaskInstanceApi(client)
    noted = tasks.patch_task_instance("etl", "r1", "first", patch_body(note="look here"))
    assert [one.note for one in noted.task_instances] == ["look here"]
    assert etl.store.task_notes(R1) == {("first", ()): "look here"}
    assert tasks.get_task_instance("etl", "r1", "first").note == "look here"


def test_states_that_only_the_scheduler_gives_are_refused(client: Client, etl: ApiServer) -> None:
    tasks = TaskInstanceApi(client)
    assert status_of(tasks.patch_task_instance, "etl", "r1", "first", patch_body("running"))[0] == 422
    assert status_of(tasks.patch_task_instance, "etl", "r1", "first", patch_body())[0] == 422
    assert status_of(tasks.patch_task_instance, "etl", "r1", "none", patch_body("failed"))[0] == 404
    assert status_of(tasks.delete_task_instance, "etl", "r1", "first")[0] == 501


def test_task_instances_are_cleared_by_many_words(etl: ApiServer, client: Client) -> None:
    DagRunApi(client).patch_dag_run("etl", "r1", airflow.DAGRunPatchBody.model_validate({"state": "success"}))
    tasks = TaskInstanceApi(client)

    def clear(**words: Any) -> list[tuple[str, int]]:
        if "task_ids" in words:
            words["task_ids"] = [airflow.ClearTaskInstancesBodyTaskIdsInner(one) for one in words["task_ids"]]
        body = airflow.ClearTaskInstancesBody.model_validate({"dag_run_id": "r1", "only_failed": False, **words})
        return names(tasks.post_clear_task_instances("etl", body))

    assert clear(task_ids=["first"]) == [("first", -1)]
    assert [name for name, _ in clear(task_ids=["first"], include_downstream=True)][:2] == ["first", "group.second"]
    assert clear(only_failed=True) == []
    assert clear(dag_run_id=None, start_date=NOW + timedelta(days=1)) == []
    assert set(states(etl).values()) == {"success"}
    assert clear(task_ids=["first"], dry_run=False) == [("first", -1)]
    assert states(etl)["first"] == "none"
    body = airflow.ClearTaskInstancesBody(dag_run_id="none")
    assert status_of(tasks.post_clear_task_instances, "etl", body)[0] == 404


def test_many_task_instances_are_marked_in_one_call(etl: ApiServer, client: Client) -> None:
    one = {"dag_id": "other", "dag_run_id": "r1", "task_id": "only", "new_state": "success", "note": "n"}
    bodies = [{"action": "update", "entities": [one, {**one, "task_id": "none"}]}]
    body: Any = airflow.BulkBodyBulkTaskInstanceBody.from_dict({"actions": bodies})
    found = TaskInstanceApi(client).bulk_task_instances("~", "~", body)
    assert found.update is not None
    assert found.update.success == ["other.r1.only[-1]"]
    assert [error["status_code"] for error in found.update.errors or []] == [404]
    assert states(etl, RunKey("other", "r1")) == {"only": "success"}


# ---------------------------------------------------------------------------------------------- DAGs


def test_dags_are_paused_one_by_one_and_together(etl: ApiServer, client: Client) -> None:
    dags = DAGApi(client)
    assert dags.patch_dag("etl", airflow.DAGPatchBody(is_paused=True)).is_paused
    assert etl.store.dag("etl").is_paused  # pyright: ignore[reportOptionalMemberAccess]
    found = dags.patch_dags(airflow.DAGPatchBody(is_paused=True), dag_id_pattern="~")
    assert {one.dag_id: one.is_paused for one in found.dags} == {"etl": True, "other": True}
    dags.patch_dags(airflow.DAGPatchBody(is_paused=False), dag_id_pattern="oth")
    assert [one.dag_id for one in etl.store.dags() if one.is_paused] == ["etl"]
    assert status_of(dags.patch_dag, "none", airflow.DAGPatchBody(is_paused=True))[0] == 404


def test_dags_that_may_not_be_changed_are_not_paused_with_the_others(etl: ApiServer, client: Client) -> None:
    rights = (Grant(Resource.DAG, Action.READ), Grant(Resource.DAG, Action.EDIT, "other"))
    with etl.limited_to(*rights):
        refused = status_of(DAGApi(client).patch_dags, airflow.DAGPatchBody(is_paused=True), dag_id_pattern="~")
    assert refused[0] == 403
    assert [one.dag_id for one in etl.store.dags() if one.is_paused] == []


def test_a_dag_is_deleted_with_its_runs(etl: ApiServer, client: Client) -> None:
    DAGApi(client).delete_dag("etl")
    assert etl.store.dag("etl") is None
    assert etl.store.runs(dag_id="etl") == []
    assert status_of(DAGApi(client).get_dag, "etl")[0] == 404
    assert status_of(DAGApi(client).delete_dag, "etl")[0] == 404
    assert etl.store.dag("other") is not None


def test_what_has_no_meaning_here_says_why(etl: ApiServer) -> None:
    answer = httpx.post(f"{etl.url}/api/v2/dags/etl/favorite", headers=etl.headers)
    assert (answer.status_code, answer.json()["detail"]) == (501, "the server keeps no favourites")
