"""Scenarios about what a running service is told, with real processes: DAG files that change or go, and cancelling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Place
from tests.end_to_end.service import SLOW, Up, let_go

from tradewind.model.ids import RunKey
from tradewind.model.service import JobKind
from tradewind.model.states import RunState


@pytest.fixture
def up(place: Place) -> Iterator[Up]:
    made = Up(place)
    service = made.start("standalone")
    made.wait_until_up(JobKind.SCHEDULER, JobKind.DAG_PROCESSOR, JobKind.TRIGGERER)
    yield made
    assert made.end(service) == 0
    place.is_quiet()


def test_dag_deleted_while_running(up: Up) -> None:
    """Scenario: "DAG deleted while running": the run ends with the code it has; its history stays; no run follows."""
    file = up.drop("flow", SLOW)
    up.place.wait_for_note("begun")

    file.unlink()

    up.place.wait_for(lambda: up.schedules("flow")[0].is_retired)
    let_go(up.place)
    run = up.wait_for_end("flow")
    assert up.place.trace == ["begun", "done", "after"]
    shown = up.place.tradewind("runs", "show", "flow", run.run_id)
    assert shown.code == 0
    shown.has("slow", "after", "success")
    refused = up.place.tradewind("dags", "trigger", "flow")
    assert refused.code != 0
    assert "Traceback" not in refused.output
    assert len(up.runs("flow")) == 1


QUEUED = """
@task(pool="one")
def t(number):
    note(f"{number} begun")
    while not os.path.exists(os.environ["TRACE"] + ".go"):
        time.sleep(0.02)
    note(f"{number} {VERSION}")
t.expand(number=[1, 2, 3])
"""


def test_dag_edited_while_tasks_are_queued(up: Up) -> None:
    """Scenario: "DAG edited while tasks are queued": one runs, two wait for its slot; all three have the code that
    their run began with, and a run that begins afterwards has the new one."""
    up.place.tradewind("pools", "set", "one", "1", "a slot")
    up.drop("flow", 'VERSION = "old"\n' + QUEUED)
    up.place.wait_for(lambda: any("begun" in line for line in up.place.trace))
    before = up.schedules("flow")[0].dag_hash

    up.drop("flow", 'VERSION = "new"\n@task\ndef added():\n    note("added")\nadded()\n' + QUEUED)

    up.place.wait_for(lambda: up.schedules("flow")[0].dag_hash != before)
    let_go(up.place)
    up.wait_for_end("flow")
    assert sorted(line for line in up.place.trace if "begun" not in line) == ["1 old", "2 old", "3 old"]
    up.place.tradewind("dags", "trigger", "flow", "--run-id", "second")
    up.place.wait_for_note("1 new", "2 new", "3 new", "added")


PHASES = """
import subprocess
from airflow.sensors.date_time import DateTimeSensorAsync

@task(pool="one")
def running():
    child = subprocess.Popen(["sleep", "600"], start_new_session=True)
    note(f"child {child.pid}")
    time.sleep(600)

@task(pool="one", priority_weight=-5)
def waits_for_a_slot():
    note("never")

@task(retries=3, retry_delay=timedelta(hours=1))
def waits_for_its_retry():
    raise RuntimeError("not this time")

@task
def not_decided_yet():
    note("never")

@task.sensor(mode="reschedule", poke_interval=3600)
def waits_between_pokes():
    return False

running() >> not_decided_yet()
waits_between_pokes()
waits_for_a_slot()
waits_for_its_retry()
DateTimeSensorAsync(task_id="deferred", target_time="2099-01-01T00:00:00+00:00")
"""


def test_cancel_in_each_phase_with_child_processes(up: Up) -> None:
    """Scenario: "cancel in each phase, with child processes"."""
    up.place.tradewind("pools", "set", "one", "1", "a slot")
    up.drop("flow", PHASES)
    phases = {"running": "running", "waits_for_its_retry": "up_for_retry", "deferred": "deferred"}
    phases["waits_between_pokes"] = "up_for_reschedule"
    up.place.wait_for(lambda: phases.items() <= _states(up).items() and bool(up.place.trace))
    (child,) = [int(line.split()[1]) for line in up.place.trace]

    cancelled = up.place.tradewind("runs", "cancel", "flow")

    assert cancelled.code == 0, cancelled.output
    run = up.wait_for_end("flow", RunState.FAILED)
    up.place.wait_for(lambda: not _is_alive(child))
    failed = {name for name, state in _states(up).items() if state == "failed"}
    assert failed == {"running", "deferred", "waits_between_pokes"}
    assert set(_states(up).values()) == {"failed", "skipped"}
    assert "never" not in up.place.trace
    with up.store() as store:
        key = RunKey("flow", run.run_id)
        assert store.load_run(key).live_tries == []
        assert store.deferrals(key) == []


def _states(up: Up) -> dict[str, str]:
    with up.store() as store:
        return {
            one.task_id: one.state.value
            for run in store.runs(dag_id="flow")
            for one in store.tasks(RunKey("flow", run.run_id))
        }


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
