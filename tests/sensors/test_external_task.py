"""ExternalTaskSensor against a supervisor that knows some runs and tasks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tradewind.authoring import ports
from tradewind.authoring.exceptions import AirflowException, AirflowSkipException, TaskDeferred
from tradewind.authoring.ports import EnvironmentSupervisor
from tradewind.model.messages import GetDag, GetRuns, GetTaskStates
from tradewind.sensors.external_task import ExternalTaskMarker, ExternalTaskSensor
from tradewind.sensors.other_dags import Wanted, verdict

DATE = datetime(2025, 1, 2, tzinfo=UTC)


class Elsewhere(EnvironmentSupervisor):
    """DAG `other` with tasks a, group.b and group.c, and a run on DATE."""

    def __init__(self, tasks: dict[str, str], run_state: str = "running") -> None:
        super().__init__()
        self.tasks, self.run_state = tasks, run_state
        self.asked_dates: list[datetime] = []

    def ask(self, request: Any) -> Any:
        match request:
            case GetDag(dag_id="other"):
                tasks = ["a", "group.b", "group.c"]
                return {"dag_id": "other", "is_paused": False, "is_retired": False, "tasks": tasks, "groups": ["group"]}
            case GetDag():
                return None
            case GetRuns(logical_dates=dates):
                self.asked_dates += dates or ()
                return [{"run_id": "r", "state": self.run_state}] if DATE in (dates or ()) else []
            case GetTaskStates(task_ids=wanted):
                return [
                    {"run_id": "r", "task_id": task, "map_path": (), "state": state}
                    for task, state in self.tasks.items()
                    if task in (wanted or ())
                ]
            case _:
                return super().ask(request)


@pytest.fixture
def elsewhere():
    def install(run_state: str = "running", **tasks: str) -> Elsewhere:
        found = Elsewhere({name.replace("_", ".", 1): state for name, state in tasks.items()}, run_state)
        ports.install(found)
        return found

    yield install
    ports.install(None)


def sensor(**more: Any) -> ExternalTaskSensor:
    return ExternalTaskSensor(task_id="wait", external_dag_id="other", **more)


@pytest.mark.parametrize(
    ("arguments", "run_state", "tasks", "expected"),
    [
        ({}, "running", {}, False),
        ({}, "success", {}, True),
        ({}, "failed", {}, False),
        ({"allowed_states": ["success", "failed"]}, "failed", {}, True),
        ({"external_task_id": "a"}, "running", {"a": "running"}, False),
        ({"external_task_id": "a"}, "running", {"a": "success"}, True),
        ({"external_task_id": "a"}, "running", {}, False),
        ({"external_task_ids": ["a", "group.b"]}, "running", {"a": "success"}, False),
        ({"external_task_ids": ["a", "group.b"]}, "running", {"a": "success", "group_b": "success"}, True),
        ({"external_task_group_id": "group"}, "running", {"group_b": "success", "group_c": "queued"}, False),
        ({"external_task_group_id": "group"}, "running", {"group_b": "success", "group_c": "success"}, True),
    ],
)
def test_what_it_waits_for(dag, context_of, elsewhere, arguments, run_state, tasks, expected):
    elsewhere(run_state, **tasks)
    task = sensor(**arguments)

    assert task.poke(context_of(task)) is expected


def test_a_state_among_failed_states_fails_it_also_where_other_tasks_go_on(dag, context_of, elsewhere):
    elsewhere(a="failed", group_b="running")
    task = sensor(external_task_ids=["a", "group.b"], failed_states=["failed"])

    with pytest.raises(AirflowException, match="failed"):
        task.poke(context_of(task))


def test_with_soft_fail_and_for_skipped_states_it_is_skipped(dag, context_of, elsewhere):
    elsewhere(a="failed", group_b="skipped")
    soft = sensor(external_task_id="a", failed_states=["failed"], soft_fail=True)
    skipped = ExternalTaskSensor(
        task_id="w2", external_dag_id="other", external_task_id="group.b", skipped_states=["skipped"]
    )

    for task in (soft, skipped):
        with pytest.raises(AirflowSkipException):
            task.poke(context_of(task))


@pytest.mark.parametrize(
    ("arguments", "dates"),
    [
        ({}, [DATE]),
        ({"execution_delta": timedelta(days=1)}, [DATE - timedelta(days=1)]),
        ({"execution_date_fn": lambda date: date + timedelta(hours=1)}, [DATE + timedelta(hours=1)]),
        ({"execution_date_fn": lambda date, ds: [date, date - timedelta(days=2)]}, [DATE, DATE - timedelta(days=2)]),
        ({"execution_date_fn": lambda date, **context: f"{context['ds']}T06:00:00+00:00"}, [DATE + timedelta(hours=6)]),
    ],
    ids=["same", "delta", "function", "several", "text"],
)
def test_which_runs_it_looks_at(dag, context_of, elsewhere, arguments, dates):
    asked = elsewhere()
    task = sensor(**arguments)

    task.poke(context_of(task))

    assert asked.asked_dates == dates


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ({"external_dag_id": "gone"}, "DAG gone does not exist"),
        ({"external_task_id": "x"}, "task x in DAG other does not exist"),
        ({"external_task_group_id": "x"}, "group x in DAG other does not exist"),
    ],
)
def test_check_existence(dag, context_of, elsewhere, arguments, what):
    elsewhere()
    task = ExternalTaskSensor(**{"task_id": "w", "external_dag_id": "other", "check_existence": True, **arguments})

    with pytest.raises(AirflowException, match=what):
        task.poke(context_of(task))


def test_it_looks_once_and_then_waits_in_the_triggerer(dag, context_of, elsewhere):
    elsewhere()
    task = sensor(external_task_id="a", failed_states=["failed"])

    with pytest.raises(TaskDeferred) as deferred:
        task.execute(context_of(task))

    path, arguments = deferred.value.trigger.serialize()
    assert path.endswith("external_task.WorkflowTrigger")
    assert arguments["external_task_ids"] == ["a"]
    assert arguments["logical_dates"] == [DATE]
    task.execute_complete(context_of(task), {"status": "success"})
    with pytest.raises(AirflowException):
        task.execute_complete(context_of(task), {"status": "failed"})


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({}, "waiting"),
        ({"r1": ["success"]}, "waiting"),
        ({"r1": ["success"], "r2": ["success", "running"]}, "waiting"),
        ({"r1": ["success"], "r2": ["success", "success"]}, "success"),
        ({"r1": ["success"], "r2": ["failed", "running"]}, "failed"),
        ({"r1": ["skipped"], "r2": ["success"]}, "skipped"),
    ],
)
def test_the_verdict_over_several_runs(states, expected):
    wanted = Wanted("other", run_ids=("r1", "r2"), failed=("failed",), skipped=("skipped",))

    assert verdict(wanted, states) == expected


def test_a_marker_wants_a_depth_that_ends(dag):
    marker = ExternalTaskMarker(task_id="m", external_dag_id="other", external_task_id="a")
    assert marker.recursion_depth == 10
    with pytest.raises(ValueError, match="positive"):
        ExternalTaskMarker(task_id="m2", external_dag_id="other", external_task_id="a", recursion_depth=0)
