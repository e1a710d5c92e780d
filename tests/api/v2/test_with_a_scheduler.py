"""The whole way: Airflow's client, the API's process, a real scheduler, real tasks."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import airflow_client.client as airflow
import pytest
from airflow_client.client.api.backfill_api import BackfillApi
from airflow_client.client.api.dag_api import DAGApi
from airflow_client.client.api.dag_run_api import DagRunApi
from airflow_client.client.api.experimental_api import ExperimentalApi
from airflow_client.client.api.task_instance_api import TaskInstanceApi
from airflow_client.client.api.x_com_api import XComApi
from airflow_client.client.exceptions import ConflictException

from tests.api.server import ApiServer, running
from tests.api.v2.refusals import status_of
from tests.end_to_end.conftest import HEAD, Place
from tests.end_to_end.service import Up, let_go

Client = airflow.ApiClient
DAG_FILE = (
    HEAD
    + """
with DAG("etl", schedule=None, params={"rows": 3}):
    @task
    def count(params=None):
        return params["rows"]
    @task
    def wait():
        while not os.path.exists(os.environ["TRACE"] + ".go"):
            time.sleep(0.02)
    @task
    def double(n):
        return 2 * n
    rows = count()
    rows >> wait() >> double(rows)
"""
)
PAST = (
    HEAD
    + """
with DAG("past", schedule="@daily", start_date=datetime(2024, 1, 1), end_date=datetime(2024, 1, 3), catchup=True,
         is_paused_upon_creation=True):
    @task
    def mine(): ...
    mine()
"""
)
"""Of three days."""


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    place = Place(tmp_path_factory.mktemp("service"))
    place.write("etl.py", DAG_FILE)
    place.write("past.py", PAST)
    found = Up(place)
    service = found.start("standalone", TRADEWIND_API_PORT="0")
    found.wait_until_up()
    place.wait_for(lambda: found.schedules("etl") != [] and found.schedules("past") != [])
    yield found
    found.end(service, signal.SIGINT)


@pytest.fixture(scope="module")
def api(up: Up) -> Iterator[ApiServer]:
    with running(up.place.home, dags_folder=str(up.place.dags)) as found:
        yield found


@pytest.fixture
def client(api: ApiServer) -> Iterator[Client]:
    with airflow.ApiClient(airflow.Configuration(host=api.url, access_token=api.token)) as found:
        yield found


def state(client: Client, task_id: str, run_id: str) -> str:
    found = TaskInstanceApi(client).get_task_instance("etl", run_id, task_id).state
    return found.value if found is not None else "none"


def start(client: Client, run_id: str, **conf: Any) -> None:
    body = airflow.TriggerDAGRunPostBody.model_validate({"logical_date": None, "dag_run_id": run_id, "conf": conf})
    DagRunApi(client).trigger_dag_run("etl", body)


def ended(client: Client, up: Up, run_id: str) -> str:
    found = DagRunApi(client)
    up.place.wait_for(lambda: found.get_dag_run("etl", run_id).state.value in ("success", "failed"))
    return found.get_dag_run("etl", run_id).state.value


def value_of(client: Client, run_id: str) -> Any:
    found: Any = XComApi(client).get_xcom_entry(
        dag_id="etl", dag_run_id=run_id, task_id="double", xcom_key="return_value"
    )
    return found.actual_instance.value


def once_it_is_over(up: Up, clear: Callable[[], Any]) -> Any:
    """A run that was marked is refused to be cleared while the process of its try is still ending."""
    found: list[Any] = []

    def is_done() -> bool:
        with contextlib.suppress(ConflictException):
            found.append(clear())
        return bool(found)

    up.place.wait_for(is_done)
    return found[0]


def test_a_run_is_started_watched_marked_cleared_and_ends(up: Up, client: Client) -> None:
    start(client, "whole", rows=5)
    up.place.wait_for(lambda: state(client, "wait", "whole") == "running")
    tasks = TaskInstanceApi(client)
    failed = airflow.PatchTaskInstanceBody.model_validate({"new_state": "failed"})
    marked = tasks.patch_task_instance("etl", "whole", "wait", failed)
    assert [one.state.value for one in marked.task_instances if one.state] == ["failed"]
    assert ended(client, up, "whole") == "failed"
    let_go(up.place)
    body = airflow.ClearTaskInstancesBody(dag_run_id="whole", dry_run=False, only_failed=True)
    cleared = once_it_is_over(up, lambda: tasks.post_clear_task_instances("etl", body))
    assert {one.task_id for one in cleared.task_instances} == {"wait", "double"}
    assert ended(client, up, "whole") == "success"
    assert value_of(client, "whole") == 10


def test_a_value_that_is_put_into_a_live_run_is_what_the_next_task_reads(up: Up, client: Client) -> None:
    Path(f"{up.place.trace_file}.go").unlink(missing_ok=True)
    start(client, "by-hand")
    up.place.wait_for(lambda: state(client, "wait", "by-hand") == "running")
    body = airflow.XComUpdateBody(value=21)
    count: Any = {"dag_id": "etl", "dag_run_id": "by-hand", "task_id": "count"}
    XComApi(client).update_xcom_entry(**count, xcom_key="return_value", x_com_update_body=body)
    let_go(up.place)
    assert ended(client, up, "by-hand") == "success"
    assert value_of(client, "by-hand") == 42


def test_a_run_is_stopped_and_deleted(up: Up, client: Client) -> None:
    Path(f"{up.place.trace_file}.go").unlink(missing_ok=True)
    start(client, "stopped")
    up.place.wait_for(lambda: state(client, "wait", "stopped") == "running")
    runs = DagRunApi(client)
    stopped = runs.patch_dag_run("etl", "stopped", airflow.DAGRunPatchBody.model_validate({"state": "failed"}))
    up.place.wait_for(lambda: runs.get_dag_run("etl", "stopped").state.value == "failed")
    assert stopped.dag_run_id == "stopped"
    up.place.wait_for(lambda: state(client, "wait", "stopped") != "running")
    up.place.wait_for(lambda: is_deleted(runs, "stopped"))


def is_deleted(runs: DagRunApi, run_id: str) -> bool:
    """Refused while its scheduler still has it: a moment longer than its tasks run."""
    try:
        runs.delete_dag_run("etl", run_id)
    except ConflictException:
        return False
    return True


def test_a_paused_dag_keeps_its_runs_waiting_until_it_goes_on(up: Up, client: Client) -> None:
    let_go(up.place)
    DAGApi(client).patch_dag("etl", airflow.DAGPatchBody(is_paused=True))
    start(client, "paused")
    assert DagRunApi(client).get_dag_run("etl", "paused").state.value == "queued"
    DAGApi(client).patch_dag("etl", airflow.DAGPatchBody(is_paused=False))
    assert ended(client, up, "paused") == "success"


def paused(client: Client, dag_id: str, is_paused: bool) -> bool:
    return DAGApi(client).patch_dag(dag_id, airflow.DAGPatchBody(is_paused=is_paused)).is_paused


def test_a_run_that_has_begun_goes_on_when_its_dag_is_paused(up: Up, client: Client) -> None:
    Path(f"{up.place.trace_file}.go").unlink(missing_ok=True)
    start(client, "begun")
    up.place.wait_for(lambda: state(client, "wait", "begun") == "running")
    assert [paused(client, "etl", True) for _ in range(2)] == [True, True]  # the second time it is the same
    start(client, "after")
    let_go(up.place)
    assert ended(client, up, "begun") == "success"
    assert DagRunApi(client).get_dag_run("etl", "after").state.value == "queued"
    assert [paused(client, "etl", False) for _ in range(2)] == [False, False]
    assert ended(client, up, "after") == "success"


def test_a_dag_that_is_let_go_catches_up_once(up: Up, client: Client) -> None:
    runs = DagRunApi(client)
    assert DAGApi(client).get_dag("past").is_paused
    assert runs.get_dag_runs("past").total_entries == 0
    paused(client, "past", False)
    up.place.wait_for(lambda: runs.get_dag_runs("past", state=["success"]).total_entries == 3)
    paused(client, "past", True)
    paused(client, "past", False)
    start(client, "meanwhile")  # the scheduler has been round since
    let_go(up.place)
    assert ended(client, up, "meanwhile") == "success"
    found = sorted(str(run.logical_date)[:10] for run in runs.get_dag_runs("past").dag_runs)
    assert found == ["2024-01-01", "2024-01-02", "2024-01-03"]


def test_a_backfill_of_a_paused_dag_waits_with_it(up: Up, client: Client) -> None:
    runs, backfills = DagRunApi(client), BackfillApi(client)
    paused(client, "past", True)
    body = {"dag_id": "past", "from_date": "2024-02-01T00:00:00Z", "to_date": "2024-02-02T00:00:00Z"}
    made = backfills.create_backfill(airflow.BackfillPostBody.model_validate(body))
    start(client, "beside")
    let_go(up.place)
    assert ended(client, up, "beside") == "success"  # others go on
    of_backfill = {"run_type": ["backfill"]}
    assert {run.state.value for run in runs.get_dag_runs("past", **of_backfill).dag_runs} <= {"queued"}
    paused(client, "past", False)
    up.place.wait_for(lambda: backfills.get_backfill(made.id).completed_at is not None)
    states = [run.state.value for run in runs.get_dag_runs("past", **of_backfill).dag_runs]
    assert states == ["success", "success"]


def test_a_dag_that_is_not_there_is_not_paused(client: Client) -> None:
    assert status_of(paused, client, "nobody's", True)[0] == 404


def test_who_waits_for_a_run_hears_of_its_end(up: Up, client: Client) -> None:
    let_go(up.place)
    start(client, "awaited")
    ExperimentalApi(client).wait_dag_run_until_finished_without_preload_content("etl", "awaited", interval=1).read()
    assert DagRunApi(client).get_dag_run("etl", "awaited").state.value == "success"
