"""XComs and answers by hand, and assets made, while no scheduler is alive."""

from __future__ import annotations

from typing import Any

import airflow_client.client as airflow
import pytest
from airflow_client.client.api.asset_api import AssetApi
from airflow_client.client.api.task_instance_api import TaskInstanceApi
from airflow_client.client.api.x_com_api import XComApi

from tests.api.dags import NOW, queue, save
from tests.api.server import ApiServer, Caller
from tests.api.v2.refusals import status_of
from tradewind import DAG, Asset
from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.changes import ApprovalAsked, DeferralMade, RunChanged, TaskChanged, TryCreated
from tradewind.model.ids import RunKey
from tradewind.model.states import RunState, TaskState, TryPurpose
from tradewind.operators.empty import EmptyOperator

Client = airflow.ApiClient
R1 = RunKey("ask", "r1")
INSTANCE: Any = {"dag_id": "ask", "dag_run_id": "r1", "task_id": "who"}


@pytest.fixture
def asking(api: ApiServer) -> ApiServer:
    """A run whose task waits for a person."""
    with DAG("ask") as dag:
        EmptyOperator(task_id="who", outlets=[Asset("made", uri="s3://made")])
    save(api.store, dag)
    queue(api.store, "ask", "r1", NOW)
    question = ApprovalAsked(
        R1,
        "who",
        (),
        "t1",
        "Go on?",
        "Look *here*",
        ("Approve", "Reject"),
        assigned_users=(),
        params={"n": {"value": 1}},
    )
    changes = [
        RunChanged(R1, RunState.QUEUED, RunState.RUNNING, ""),
        TryCreated("t1", R1, "who", (), 1, TryPurpose.EXECUTE, "local", "default_pool", 1, "log"),
        TaskChanged(R1, "who", (), TaskState.NONE, TaskState.QUEUED, "", try_id="t1", try_number=1),
        TaskChanged(R1, "who", (), TaskState.QUEUED, TaskState.RUNNING, "", try_id="t1", try_number=1),
        TaskChanged(R1, "who", (), TaskState.RUNNING, TaskState.DEFERRED, "", try_id="t1", try_number=0),
        DeferralMade(R1, "who", (), "t1", "", {}, "execute_complete", {}, "snapshot", "ask.py"),
        question,
    ]
    api.store.commit(changes, who="test", now=NOW)
    return api


# ---------------------------------------------------------------------------------------------- questions


def test_a_task_that_waits_is_in_its_first_try_whose_log_can_be_read(asking: ApiServer, client: Client) -> None:
    log = asking.home / "logs" / "log"
    log.parent.mkdir(exist_ok=True)
    log.write_text("2026-01-01T00:00:00.000Z INFO     tradewind.task | it waits\n")
    tasks = TaskInstanceApi(client)
    assert tasks.get_task_instance("ask", "r1", "who").try_number == 1
    found = tasks.get_log("ask", "r1", "who", 1).content.actual_instance
    assert [one.event for one in found] == ["it waits"]


def test_a_question_is_listed_shown_and_answered_once(asking: ApiServer, client: Client) -> None:
    tasks = TaskInstanceApi(client)
    (listed,) = tasks.get_hitl_details("~", "~", response_received=False).hitl_details
    assert (listed.subject, listed.options, listed.response_received) == ("Go on?", ["Approve", "Reject"], False)
    assert listed.task_instance.task_id == "who"
    body = airflow.UpdateHITLDetailPayload(chosen_options=["Approve"], params_input={"n": 2})
    answer = tasks.update_hitl_detail(**INSTANCE, map_index=-1, update_hitl_detail_payload=body)
    assert (answer.responded_by.id, answer.chosen_options, answer.params_input) == ("admin", ["Approve"], {"n": 2})
    shown = tasks.get_hitl_detail(**INSTANCE, map_index=-1)
    assert (shown.response_received, shown.chosen_options) == (True, ["Approve"])
    assert tasks.get_hitl_detail_try_detail(**INSTANCE, map_index=-1, try_number=1).subject == "Go on?"
    assert tasks.get_hitl_details("ask", "r1", response_received=False).total_entries == 0
    refused = status_of(tasks.update_hitl_detail, **INSTANCE, map_index=-1, update_hitl_detail_payload=body)
    assert refused[0] == 409


def test_who_answered_what_and_when_can_be_looked_up(asking: ApiServer, client: Client) -> None:
    admin = Caller(asking.url, asking.headers)
    path = "/api/tradewind/v1/waiting"
    assert [one["subject"] for one in admin.get(path).json] == ["Go on?"]
    assert admin.get(f"{path}?show=answered").json == []
    body = airflow.UpdateHITLDetailPayload(chosen_options=["Reject"], params_input={"n": 2})
    TaskInstanceApi(client).update_hitl_detail(**INSTANCE, map_index=-1, update_hitl_detail_payload=body)
    assert admin.get(path).json == []
    (found,) = admin.get(f"{path}?show=answered").json
    assert (found["answered_by"], found["chosen"], found["params_input"]) == ("admin", ["Reject"], {"n": 2})
    assert (found["answered_at"] is not None, found["may_answer"]) == (True, False)
    with asking.limited_to(Grant(Resource.HUMAN, Action.READ, "other")):
        assert admin.get(f"{path}?show=answered").json == []
    assert admin.get(f"{path}?show=nonsense").status == 422


def test_wrong_answers_leave_the_question_open(asking: ApiServer, client: Client) -> None:
    tasks = TaskInstanceApi(client)
    for wrong in ({"chosen_options": ["Maybe"]}, {"chosen_options": ["Approve"], "params_input": {"x": 1}}):
        body = airflow.UpdateHITLDetailPayload.model_validate(wrong)
        refused = status_of(tasks.update_hitl_detail, **INSTANCE, map_index=-1, update_hitl_detail_payload=body)
        assert refused[0] == 422
    assert status_of(tasks.get_hitl_detail, **INSTANCE, map_index=3)[0] == 404
    assert len(asking.store.approvals(is_open=True)) == 1


# ---------------------------------------------------------------------------------------------- values


def test_a_value_is_made_changed_and_taken_away(asking: ApiServer, client: Client) -> None:
    xcoms = XComApi(client)
    made = xcoms.create_xcom_entry(**INSTANCE, x_com_create_body=airflow.XComCreateBody(key="k", value={"rows": [1]}))
    assert (made.key, made.value) == ("k", {"rows": [1]})
    twice = airflow.XComCreateBody(key="k", value=1)
    assert status_of(xcoms.create_xcom_entry, **INSTANCE, x_com_create_body=twice)[0] == 409
    xcoms.create_xcom_entry(**INSTANCE, x_com_create_body=airflow.XComCreateBody(key="other", value="stays"))
    body = airflow.XComUpdateBody(value=[1, 2])
    assert xcoms.update_xcom_entry(**INSTANCE, xcom_key="k", x_com_update_body=body).value == [1, 2]
    read: Any = xcoms.get_xcom_entry(**INSTANCE, xcom_key="k")
    assert read.actual_instance.value == [1, 2]
    xcoms.delete_xcom_entry(**INSTANCE, xcom_key="k")
    assert [one.key for one in xcoms.get_xcom_entries(**INSTANCE).xcom_entries] == ["other"]
    assert status_of(xcoms.delete_xcom_entry, **INSTANCE, xcom_key="k")[0] == 404
    assert status_of(xcoms.update_xcom_entry, **INSTANCE, xcom_key="k", x_com_update_body=body)[0] == 404


# ---------------------------------------------------------------------------------------------- assets


def test_an_asset_is_made_by_a_run_of_its_dag(asking: ApiServer, client: Client) -> None:
    (asset,) = AssetApi(client).get_assets(name_pattern="made").assets
    made = AssetApi(client).materialize_asset(asset.id)
    assert (made.dag_id, made.state.value) == ("ask", "queued")
    assert asking.store.run(RunKey("ask", made.dag_run_id)) is not None


def test_who_may_not_start_its_dag_does_not_have_an_asset_made(asking: ApiServer, client: Client) -> None:
    (asset,) = AssetApi(client).get_assets(name_pattern="made").assets
    with asking.limited_to(Grant(Resource.ASSET, Action.READ), Grant(Resource.RUN, Action.CREATE, "other")):
        assert status_of(AssetApi(client).materialize_asset, asset.id)[0] == 403
