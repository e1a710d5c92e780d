"""XComs, jobs and event logs through the official client."""

from __future__ import annotations

import pytest
from airflow_client.client.api.event_log_api import EventLogApi
from airflow_client.client.api.extra_links_api import ExtraLinksApi
from airflow_client.client.api.job_api import JobApi
from airflow_client.client.api.x_com_api import XComApi

from tests.api.v2.reading.conftest import DAG, FIRST
from tests.api.v2.refusals import status_of
from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.service import AuditRecord
from tradewind.scheduler.clock import utc_now


def entry(client, task_id, key="return_value", **more):
    where = {"dag_id": DAG, "dag_run_id": FIRST, "task_id": task_id, "xcom_key": key}
    return XComApi(client).get_xcom_entry(**where, **more)


def value(client, task_id, key="return_value", **more):
    return entry(client, task_id, key, **more).actual_instance.value


def test_values_are_shown_as_what_they_are(client, capfd):
    assert value(client, "numbers") == [1, 2, 3]
    assert value(client, "double", map_index=2) == 6
    assert value(client, "reports.text") == "<script>alert(1)</script>"
    assert value(client, "flaky", "score") == 0.5
    assert isinstance(value(client, "reports.pickled"), str)
    assert "unpickled" not in capfd.readouterr().out


def test_what_looks_like_a_secret_is_masked(client):
    assert value(client, "flaky") == {"score": 0.5, "password": "***"}
    assert "hush" not in value(client, "flaky", stringify=True)
    assert value(client, "flaky", "password") == "***"


def test_a_value_as_text(client):
    assert value(client, "numbers", stringify=True) == "[1,2,3]"


@pytest.mark.parametrize(
    ("task_id", "asked", "count"),
    [
        ("numbers", {}, 1),
        ("~", {}, 9),
        ("~", {"xcom_key": "score"}, 1),
        ("~", {"xcom_key_pattern": "RETURN"}, 7),
        ("~", {"xcom_key_prefix_pattern": "return|score"}, 8),
        ("double", {"map_index": 1}, 1),
        ("double", {"map_index": -1}, 0),
        ("~", {"task_id_pattern": "reports"}, 2),
        ("~", {"limit": 2, "offset": 8}, 9),
        ("~", {"order_by": ["-map_index", "key"]}, 9),
    ],
)
def test_entries_are_listed(client, task_id, asked, count):
    found = XComApi(client).get_xcom_entries(DAG, FIRST, task_id, **asked)
    assert found.total_entries == count
    assert len(found.xcom_entries) == min(count - asked.get("offset", 0), asked.get("limit", 50))


def test_an_entry_names_its_task(client):
    (found,) = XComApi(client).get_xcom_entries(DAG, FIRST, "double", map_index=0).xcom_entries
    assert (found.task_display_name, found.dag_display_name, found.map_index) == ("Twice as much", "The pipeline", 0)


def test_what_is_not_there(client):
    for task_id, key, index in (("numbers", "none", -1), ("none", "return_value", -1), ("numbers", "return_value", 4)):
        assert status_of(entry, client, task_id, key, map_index=index)[0] == 404


def test_values_need_their_own_right(api, client):
    with api.limited_to(Grant(Resource.TASK, Action.READ)):
        assert status_of(XComApi(client).get_xcom_entries, DAG, FIRST, "numbers")[0] == 403
        assert status_of(entry, client, "numbers")[0] == 403


def test_there_are_no_links_to_elsewhere(client):
    assert ExtraLinksApi(client).get_extra_links(DAG, FIRST, "numbers").total_entries == 0


def test_jobs(client):
    found = JobApi(client).get_jobs(job_type="LocalRunJob", order_by=["-start_date"])
    assert found.total_entries == len(found.jobs)
    assert {job.job_type for job in found.jobs} <= {"LocalRunJob"}
    assert {job.job_type for job in JobApi(client).get_jobs(is_alive=True).jobs} <= {"ApiServerJob"}
    assert JobApi(client).get_jobs(job_state="nonsense").jobs == []
    assert status_of(JobApi(client).get_jobs, order_by=["nothing"])[0] == 400


def test_event_logs(api, client):
    done = {"token": "***", "n": 1}
    api.store.write_audit(AuditRecord(at=utc_now(), who="admin", action="pause", dag_id=DAG, detail=done))
    logs = EventLogApi(client)
    (found,) = logs.get_event_logs(event="pause").event_logs
    assert (found.dag_id, found.owner, found.extra) == (DAG, "admin", '{"token":"***","n":1}')
    assert logs.get_event_log(found.event_log_id).event == "pause"
    assert logs.get_event_logs(dag_id=DAG, excluded_events=["pause"]).total_entries == 0
    assert logs.get_event_logs(event_pattern="PAU", before=found.when).total_entries == 0
    assert logs.get_event_logs(map_index=3).total_entries == 0
    assert status_of(logs.get_event_log, 10**6)[0] == 404
    with api.limited_to(Grant(Resource.DAG, Action.READ)):
        assert status_of(logs.get_event_logs)[0] == 403
